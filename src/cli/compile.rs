//! `omnic compile`

use std::io;
use std::path::PathBuf;

use clap::{ArgMatches, Args};

use super::findings::{Findings, Scope, Shown};
use super::formats::{self, Format, Style};
use super::project::ProjectArgs;
use super::write::{self, Outputs};
use super::{CLEAN, Color, ColorArgs, FAILED, FOUND, Failure, OUTPUT, output};
use crate::analyse::{self, Analysis};
use crate::compile::{NoPlan, OnErrors, compile};
use crate::diagnostics::render::human;
use crate::diagnostics::{Severity, Summary};
use crate::plan::{FilledIn, LeftOut, Plan};
use crate::schema::Kind;
use crate::setup::{BaselineUse, Ready};
use crate::source::{Project, Selection};
use crate::text::{Content, count};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic compile --no-provenance -o routing-plan.json  # a plan to commit, for reviews
  omnic compile --records org                         # with the agents that the org has
  omnic compile --allow-errors                        # why does work reach nobody? without what a deploy rejects

Exit status:
  0  the plan was written
  1  the project has errors, and --allow-errors was not given; nothing was written
  2  wrong arguments, something that could not be read (a file of the project included) or written, or nothing to
     compile")]
pub(super) struct CompileArgs {
    /// File to write the plan to; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    output: Option<PathBuf>,
    /// Leave out which file and line each row comes from
    #[arg(long, help_heading = OUTPUT)]
    no_provenance: bool,
    /// Leave out what people see and routing ignores, such as labels and sounds
    #[arg(long, help_heading = OUTPUT)]
    no_display: bool,
    #[command(flatten)]
    errors: ErrorArgs,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// What is done about errors.
#[derive(Debug, Args)]
pub(super) struct ErrorArgs {
    /// Compile a project with errors, too: without the components that a deploy rejects, which are named
    #[arg(long)]
    allow_errors: bool,
}

impl ErrorArgs {
    /// As with the flag: whoever asks why work reaches nobody has a project with errors.
    pub(super) const LEAVE_OUT: Self = Self { allow_errors: true };

    const fn on_errors(&self) -> OnErrors {
        if self.allow_errors { OnErrors::LeaveOut } else { OnErrors::Refuse }
    }
}

pub(super) fn run(args: &CompileArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let output = args.output.as_deref().filter(|path| !write::is_stdout(path));
    let mut outputs = Outputs::default();
    if let Some(path) = output {
        outputs.add("--output", path);
    }
    let request = CompileRequest {
        errors: &args.errors,
        color: args.color.color,
        outcome: "no plan was written",
        outputs: &outputs,
        goes_on: false,
    };
    let mut compiled = match plan(&args.project, matches, &request)? {
        Ok(plan) => plan,
        Err(status) => return Ok(status),
    };
    if args.no_provenance {
        compiled.provenance = None;
    }
    if args.no_display {
        compiled.display = None;
    }
    match output {
        Some(path) => write::write_file_with(path, |file| compiled.write_json(file))?,
        None => output::print(Content::Data, |out| compiled.write_json(out))?,
    }
    std::mem::forget(compiled);
    Ok(CLEAN)
}

/// How a project is compiled.
pub(super) struct CompileRequest<'a> {
    /// What is done about errors.
    pub(super) errors: &'a ErrorArgs,
    /// Whether standard error is coloured.
    pub(super) color: Color,
    /// What it means for the user if there is no plan.
    pub(super) outcome: &'a str,
    /// What is written, and must not be what is read.
    pub(super) outputs: &'a Outputs<'a>,
    /// The process goes on for long, and gives the memory back.
    pub(super) goes_on: bool,
}

/// Compiles a project; what is to be known of it is told on standard error. The exit status instead if it cannot be
/// compiled.
pub(super) fn plan(
    args: &ProjectArgs,
    matches: &ArgMatches,
    request: &CompileRequest<'_>,
) -> Result<Result<Plan, u8>, Failure> {
    let &CompileRequest { errors, color, outcome, outputs, goes_on } = request;
    let ready = args.load(&args.path, args.given(matches)?, BaselineUse::Read)?;
    outputs.spare_project(&ready)?;
    let Ready { mut project, mut options, .. } = ready;
    // A plan is of the whole project, whatever part of it the path names.
    project.selection = Selection::All;
    options.keep_lines = true;
    let mut analysis = analyse::analyse(&project, &options);
    let found = Findings::of(&project, &analysis, &Scope::default(), false)?;
    if found.summary.errors > 0 {
        tell_errors(&project, &mut analysis, &found, color);
    }
    let plan = match compile(&analysis, &project.problems, errors.on_errors()) {
        Ok(plan) => plan,
        Err(no_plan) => {
            output::complain(&format!("{outcome}: {no_plan}"));
            return Ok(Err(if matches!(no_plan, NoPlan::Errors { .. }) { FOUND } else { FAILED }));
        }
    };
    if found.summary.errors == 0 && found.summary.warnings > 0 {
        output::complain(&human::summary_line(&found.report(&project, &analysis, &Shown::default()), Severity::Note));
    }
    let accepted = Summary::of(&analysis.baselined).errors;
    if accepted > 0 {
        output::complain(&format!("note: {} of the baseline may be in the plan", count(accepted, "error")));
    }
    for (path, _) in &project.problems {
        output::complain(&format!("note: `{path}` could not be read, and is not in the plan"));
    }
    tell_left_out(&plan);
    tell_filled_in(&plan);
    // Of a large project, two million pieces of memory: the end of the process gives them back at once.
    if !goes_on {
        std::mem::forget((analysis, project, options));
    }
    Ok(Ok(plan))
}

/// Says what is not in the plan because of errors.
fn tell_left_out(plan: &Plan) {
    for LeftOut { component, name, code } in &plan.left_out {
        let noun = noun(component);
        output::complain(&format!("note: left out of the plan: the {noun} `{name}` ({code} says why)"));
    }
}

/// The words for a metadata type.
pub(super) fn noun(component: &str) -> &'static str {
    Kind::TYPES.into_iter().find(|kind| kind.as_str() == component).map_or("component", Kind::noun)
}

/// Says what the plan cannot know, because it is filled in when the project is deployed.
fn tell_filled_in(plan: &Plan) {
    for filled in plan.filled_in.iter().filter(|filled| filled.left_out) {
        let FilledIn { component, name, element, .. } = filled;
        let noun = noun(component);
        let what = if element.is_empty() { "a part of it".to_owned() } else { format!("`{element}`") };
        output::complain(&format!("note: the {noun} `{name}` is not in the plan: {what} is filled in at deploy time"));
    }
    if !plan.filled_in.is_empty() {
        let number = plan.filled_in.len();
        let (are, them) = if number == 1 { ("is", "it") } else { ("are", "them") };
        let number = count(number, "element");
        output::complain(&format!(
            "note: {number} {are} filled in at deploy time: `filled_in` of the plan lists {them}"
        ));
    }
}

/// Shows the errors as `omnic check` does, on standard error.
fn tell_errors(project: &Project, analysis: &mut Analysis, found: &Findings, color: Color) {
    let shown = found.shown(Severity::Error);
    analysis.load(project, &shown.diagnostics);
    let report = found.report(project, analysis, &shown);
    let color = output::use_color(color, &io::stderr());
    let style = Style { color, statistics: false, least: Severity::Note };
    // It guards its own lines.
    output::print_error(Content::Data, |out| formats::render(Format::Human, style, &report, out));
}
