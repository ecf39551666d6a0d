//! `omnic diff`

mod github;
mod human;
mod json;
mod markdown;
mod report;
mod side;

use std::path::PathBuf;

use clap::{ArgMatches, Args, ValueEnum};

use super::project::ProjectArgs;
use super::write::{self, Outputs};
use super::{CLEAN, ColorArgs, FAILED, FOUND, Failure, OUTPUT, output};
use crate::compare::{self, Comparison, Intent, Side, Topic};
use crate::source;
use crate::text::Content;

pub(super) use report::Judged;
use report::Report;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic diff                                  # what do my changes do to routing, since the last commit?
  omnic diff main                             # since the branch main
  omnic diff main...feature                   # what does this branch do?
  omnic diff main...feature projects/service  # to the project in that folder?
  omnic diff plan-of-production.json .        # against a plan that `omnic compile` wrote
  omnic diff main --format markdown -o comment.md
  omnic diff main --expect intent.toml --fail-on collateral

Each side is a path, a plan, or a git revision. What exists as a path is one; `./main` is never a revision.
docs/diff.md says what is compared, and what the file of --expect holds.

Exit status:
  0  the two were compared, whatever differs
  1  only with --fail-on: what it names was found
  2  wrong arguments, or a side that could not be read, compiled or compared")]
pub(super) struct DiffArgs {
    /// What is now: a path, a plan or a git revision [default: the working tree]; after `A..B`, the path of the project
    #[arg(value_name = "NEW", index = 2)]
    new: Option<PathBuf>,
    /// Folder with records of the org for the old side; without it, --records counts for both
    #[arg(long, value_name = "DIR", help_heading = "Org")]
    old_records: Option<PathBuf>,
    /// File that says what the change is meant to do; all else is collateral
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Exit with 1 if such a change is found
    #[arg(long, value_enum, default_value_t = FailOn::Never, value_name = "WHAT")]
    fail_on: FailOn,
    /// Show every change with all its rows and its example, and the rows without effect
    #[arg(long, help_heading = OUTPUT)]
    details: bool,
    /// Output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Human, value_name = "FORMAT", help_heading = OUTPUT)]
    format: DiffFormat,
    /// Write the report to a file instead; `-` is standard output
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    output: Option<PathBuf>,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// How a comparison is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For people, on a terminal
    Human,
    /// For programs; schemas/diff.schema.json describes it
    Json,
    /// For a comment on a pull request
    Markdown,
    /// Annotations of GitHub Actions, at the lines that make the difference
    Github,
}

/// What makes a run fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// What the file of --expect does not mean, or what it means and does not happen
    Collateral,
    /// Work that reaches nobody or fewer reps than before, or whose reps are no longer known
    Loss,
    /// Any change to routing
    Any,
    /// Nothing
    Never,
}

/// What the help says of the first argument.
pub(super) const OLD_HELP: &str = "What was: a path, a plan, a git revision, or two of them as `A..B` or `A...B`; the whole project around a path is read";

pub(super) fn run(args: &DiffArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    if args.fail_on == FailOn::Collateral && args.expect.is_none() {
        return Err(Failure::new("`--fail-on collateral` needs to know what is meant")
            .with_help("say it in a file, and name that with `--expect`; docs/diff.md has an example"));
    }
    if args.details && matches!(args.format, DiffFormat::Json | DiffFormat::Github) {
        return Err(Failure::new("`--details` is for the formats human and markdown")
            .with_help("leave it out: json holds every detail, and an annotation has no room for them"));
    }
    let target = args.output.as_deref().filter(|path| !write::is_stdout(path));
    let mut outputs = Outputs::default();
    if let Some(path) = target {
        outputs.add("--output", path);
    }
    outputs.spare(&args.expect)?;
    let intent = args.expect.as_deref().map(intent).transpose()?;
    let Some([old, new]) = side::read(args, matches, &outputs)? else { return Ok(FAILED) };
    let found = compare::compare(&old.plan, &new.plan).map_err(|error| {
        let side = if error.side == Side::Old { &old } else { &new };
        Failure::new(format!("{} cannot be compared: {error}", side.name))
    })?;
    let verdict = intent.map(|intent| intent.judge(&found)).transpose();
    let verdict = verdict.map_err(|error| Failure::new(format!("`--expect`: {error}")))?;
    let fails = fails(args.fail_on, &found, verdict.as_ref().is_some_and(|verdict| !verdict.is_met()));
    let report = Report { old: &old, new: &new, found: &found, judged: verdict.map(Judged), details: args.details };
    let (text, content) = match args.format {
        DiffFormat::Human => {
            let color = target.is_none() && output::use_color(args.color.color, &std::io::stdout());
            (human::write(&report, color, output::width()), if color { Content::Styled } else { Content::Text })
        }
        DiffFormat::Json => (json::write(&report), Content::Data),
        DiffFormat::Markdown => (markdown::write(&report), Content::Text),
        DiffFormat::Github => (github::write(&report), Content::Annotations),
    };
    output::write_to(target, content, &text)?;
    Ok(if fails { FOUND } else { CLEAN })
}

fn fails(on: FailOn, found: &Comparison, has_collateral: bool) -> bool {
    let is_loss = |topic| matches!(topic, Topic::ReachesNobody | Topic::NotKnown | Topic::FewerReps);
    match on {
        FailOn::Collateral => has_collateral,
        FailOn::Loss => found.changes.iter().any(|change| is_loss(change.topic)),
        FailOn::Any => !found.changes.is_empty() || !found.renames.is_empty(),
        FailOn::Never => false,
    }
}

fn intent(path: &std::path::Path) -> Result<Intent, Failure> {
    let shown = source::display(path);
    let text = source::read_named(path, source::MAX_FILE_BYTES)
        .map_err(|problem| Failure::new(format!("`{shown}` cannot be read: {problem}")))?;
    Intent::from_toml(&text).map_err(|error| {
        Failure::new(format!("`{shown}`: {error}")).with_help("docs/diff.md says what such a file holds")
    })
}

/// The JSON Schema of `--format json`.
pub fn schema() -> String {
    json::schema()
}
