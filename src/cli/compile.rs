//! `omnic compile`

use std::io;
use std::path::PathBuf;

use clap::{ArgMatches, Args};

use super::findings::{Findings, Scope, Shown};
use super::project::{Loaded, ProjectArgs};
use super::{CLEAN, ColorArgs, FAILED, FOUND, Failure, output};
use crate::analyse;
use crate::diagnostics::Severity;
use crate::diagnostics::render::human;
use crate::plan;
use crate::source::Selection;

#[derive(Debug, Args)]
pub(super) struct CompileArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// File to write the plan to; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave out the table that says which file and line each row comes from
    #[arg(long)]
    no_provenance: bool,
    #[command(flatten)]
    color: ColorArgs,
}

pub(super) fn run(args: &CompileArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let Loaded { mut project, mut options, .. } =
        args.project.load(&args.project.path, args.project.given(matches)?)?;
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
    if !project.problems.is_empty() {
        output::complain("no plan was written: a part of the project could not be read");
        return Ok(FAILED);
    }
    if found.summary.warnings > 0 {
        output::complain(&human::summary_line(&found.report(&project, &analysis, &Shown::default()), Severity::Note));
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
