//! `omnic compile`

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{ArgMatches, Args};

use super::findings::{Findings, Scope, Shown};
use super::project::ProjectArgs;
use super::{CLEAN, ColorArgs, FAILED, FOUND, Failure, OUTPUT, output};
use crate::analyse;
use crate::diagnostics::render::human;
use crate::diagnostics::{Severity, Summary};
use crate::graph::File;
use crate::plan;
use crate::setup::{BaselineUse, Ready};
use crate::source::Selection;
use crate::text::count;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic compile --no-provenance -o routing-plan.json  # a plan to commit, for reviews
  omnic compile --records org                         # with the agents that the org has

Exit status:
  0  the plan was written
  1  the project has errors; nothing was written
  2  wrong arguments, something that could not be read or written, or nothing to compile")]
pub(super) struct CompileArgs {
    /// File to write the plan to; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    output: Option<PathBuf>,
    /// Leave out which file and line each row comes from
    #[arg(long, help_heading = OUTPUT)]
    no_provenance: bool,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

pub(super) fn run(args: &CompileArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let given = args.project.given(matches)?;
    let Ready { mut project, mut options, .. } = args.project.load(&args.project.path, given, BaselineUse::Read)?;
    // A plan is of the whole project, whatever part of it the path names.
    project.selection = Selection::All;
    options.keep_texts = true;
    let analysis = analyse::analyse(&project, &options);
    let found = Findings::of(&project, &analysis, &Scope::default(), false)?;
    if found.summary.errors > 0 {
        let shown = found.shown(Severity::Error);
        let report = found.report(&project, &analysis, &shown);
        let color = output::use_color(args.color.color, &io::stderr());
        let options = human::HumanOptions { color, links: color, width: output::width() };
        let mut text = Vec::new();
        // Writing to memory does not fail.
        let _ = human::render(&report, &options, &mut text);
        output::complain(&String::from_utf8_lossy(&text));
        output::complain(&human::summary_line(&report, Severity::Note));
        output::complain("no plan was written: a project with errors is not compiled");
        return Ok(FOUND);
    }
    // Whoever silences such a finding does not want a plan that silently lacks what the file holds.
    let is_broken = |file: &&Arc<File>| file.kind.is_some() && !file.ignored && !file.is_whole();
    if let Some(file) = analysis.graph.files.iter().find(is_broken) {
        let path = &file.path;
        output::complain(&format!(
            "no plan was written: `{path}` cannot be read to its end, so parts would be missing"
        ));
        return Ok(FOUND);
    }
    if !project.problems.is_empty() {
        output::complain("no plan was written: a part of the project could not be read");
        return Ok(FAILED);
    }
    if found.summary.warnings > 0 {
        output::complain(&human::summary_line(&found.report(&project, &analysis, &Shown::default()), Severity::Note));
    }
    let accepted = Summary::of(&analysis.baselined).errors;
    if accepted > 0 {
        output::complain(&format!("note: {} of the baseline may be in the plan", count(accepted, "error")));
    }
    let mut compiled = plan::compile(&analysis.graph, &analysis.sources);
    if args.no_provenance {
        compiled.provenance = None;
    }
    let text = compiled.to_json();
    match &args.output {
        Some(path) if path.as_os_str() != "-" => output::write_file(path, &text)?,
        _ => output::print(|out| out.write_all(text.as_bytes()))?,
    }
    Ok(CLEAN)
}
