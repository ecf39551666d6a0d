//! `omnic baseline`

use clap::{ArgMatches, Args, Subcommand};

use super::findings::{Findings, Scope};
use super::project::ProjectArgs;
use super::write::{self, Outputs};
use super::{CLEAN, FAILED, Failure, check, output};
use crate::analyse;
use crate::setup::{self, BaselineUse, Ready};
use crate::source::{self, Selection};
use crate::text::{Content, count, one_line};
use crate::triage::Baseline;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic baseline create  # once; commit the file, and `omnic check` passes by what it holds
  omnic baseline prune   # after mending something")]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write what is found today to a new baseline
    Create(CreateArgs),
    /// Write the baseline anew with what is found today, also what is new
    Update(WriteArgs),
    /// Take out of the baseline what is no longer found, and add nothing
    Prune(WriteArgs),
}

#[derive(Debug, Args)]
struct CreateArgs {
    /// Write over a baseline that is there
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    write: WriteArgs,
}

#[derive(Debug, Args)]
struct WriteArgs {
    #[command(flatten)]
    severity: check::MinSeverityArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

pub(super) fn run(args: &BaselineArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let none = ArgMatches::default();
    let matches = matches.subcommand().map_or(&none, |(_, matches)| matches);
    match &args.action {
        Action::Create(create) => write(&create.write, matches, if create.force { Mode::Force } else { Mode::Create }),
        Action::Update(args) => write(args, matches, Mode::Update),
        Action::Prune(args) => write(args, matches, Mode::Prune),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Create,
    Force,
    Update,
    Prune,
}

fn write(args: &WriteArgs, matches: &ArgMatches, mode: Mode) -> Result<u8, Failure> {
    let given = args.severity.given(args.project.given(matches)?, matches);
    // It need not be there, unless it is to be changed.
    let changes = matches!(mode, Mode::Update | Mode::Prune);
    let baseline = if changes { BaselineUse::Required } else { BaselineUse::Ignored };
    let mut ready = args.project.load(&args.project.path, given, baseline)?;
    let old = ready.options.policy.baseline.take();
    let mut outputs = Outputs::default();
    outputs.add("--baseline", &ready.settings.baseline.value);
    outputs.spare_project(&ready)?;
    let Ready { project, settings, mut options, .. } = ready;
    if project.selection != Selection::All {
        let root = &project.display_root;
        return Err(Failure::new("a baseline is of a whole project, and the path is a part of one")
            .with_help(format!("name the project's root, `{root}`")));
    }
    let file = &settings.baseline.value;
    let shown = source::display(file);
    if mode == Mode::Create && file.exists() {
        return Err(Failure::new(format!("the baseline `{shown}` is already there")).with_help(
            "`omnic baseline update` brings it up to date, `omnic baseline create --force` writes it anew",
        ));
    }
    if mode == Mode::Prune {
        options.policy.baseline.clone_from(&old);
    }
    let analysis = analyse::analyse(&project, &options);
    let found = Findings::of(&project, &analysis, &Scope::default(), false)?;
    if !project.problems.is_empty() {
        output::complain("no baseline was written: a part of the project could not be read");
        return Ok(FAILED);
    }
    let old_len = old.as_ref().map_or(0, Baseline::len);
    let new = match (mode, old) {
        (Mode::Prune, Some(old)) => old.without(&analysis.stale),
        _ => Baseline::of(&found.shown(settings.min_severity.value).diagnostics, &analysis.sources),
    };
    write::write_file(&setup::baseline_target(&project, &settings)?, &new.to_json())?;
    let told = match mode {
        Mode::Create | Mode::Force => format!("wrote {} to `{shown}`", count(new.len(), "finding")),
        Mode::Update => format!("`{shown}` holds {}, before {old_len}", count(new.len(), "finding")),
        Mode::Prune => format!("took {} out of `{shown}`, {} left", count(old_len - new.len(), "finding"), new.len()),
    };
    output::print(Content::Text, |out| writeln!(out, "{}", one_line(&told)))?;
    Ok(CLEAN)
}
