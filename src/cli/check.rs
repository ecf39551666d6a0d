//! `omnic check`

use std::collections::BTreeMap;
use std::io;

use clap::{Args, ValueEnum};

use super::{CLEAN, ColorArgs, FAILED, FOUND, FailOn, Failure, ProjectArgs, output};
use crate::analyse::{self, Analysis};
use crate::diagnostics::render::{Report, concise, human, json};
use crate::diagnostics::{Diagnostic, Severity, Summary};
use crate::source::{Interest, Project};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    project: ProjectArgs,
    /// How findings are written
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Show findings from this severity on
    #[arg(long, value_enum, default_value_t = Severity::Warning, value_name = "SEVERITY")]
    min_severity: Severity,
    /// Exit with status 1 if there is a finding from this severity on, shown or not
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    #[command(flatten)]
    color: ColorArgs,
}

/// How findings are written.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// With the lines they are about
    Human,
    /// One line each
    Concise,
    /// For programs; schemas/diagnostics.schema.json describes it
    Json,
}

pub(super) fn run(args: &CheckArgs) -> Result<u8, Failure> {
    let project = args.project.discover()?;
    let mut analysis = analyse::analyse(&project, &args.project.options(&project)?);
    let found = Findings::of(&project, &analysis)?;
    let shown = found.shown(args.min_severity);
    analysis.load(&project, &shown);
    let report = found.report(&project, &analysis, &shown);
    output::print(|out| match args.format {
        Format::Json => json::render(&report, out),
        Format::Concise => {
            concise::render(&report, out)?;
            writeln!(out, "{}", human::summary_line(&report, args.min_severity))
        }
        Format::Human => {
            let color = output::use_color(args.color.color, &io::stdout());
            human::render(&report, &human::HumanOptions { color, links: color, width: output::width() }, out)?;
            writeln!(out, "{}", human::summary_line(&report, args.min_severity))
        }
    })?;
    let failed = !project.problems.is_empty();
    // The process ends here: to give back a large project's memory piece by piece would only take time.
    std::mem::forget((analysis, project));
    if failed {
        return Ok(FAILED);
    }
    let fails = args.fail_on.severity().is_some_and(|severity| found.summary.at_least(severity) > 0);
    Ok(if fails { FOUND } else { CLEAN })
}

/// What was found in the part of a project that is to be reported.
pub(super) struct Findings {
    all: Vec<Diagnostic>,
    pub(super) summary: Summary,
    files: usize,
}

impl Findings {
    /// Selects what is to be reported. A path without a file of ours is a failure: it is most often a slip, and must not
    /// look like success.
    pub(super) fn of(project: &Project, analysis: &Analysis) -> Result<Self, Failure> {
        if !project.entries.iter().any(|entry| !entry.ignored && project.selection.contains(&entry.path)) {
            let root = &project.display_root;
            let message = format!("nothing to check: no Omni-Channel metadata here (the project's root is `{root}`)");
            return Err(Failure::new(message)
                .with_help("give the folder of a Salesforce project, or a file such as `Support.queue-meta.xml`"));
        }
        let selected = |d: &&Diagnostic| {
            let file = analysis.sources.get(d.primary.location.file.0 as usize);
            file.is_some_and(|file| project.selection.contains(&file.path))
        };
        let all: Vec<_> = analysis.diagnostics.iter().filter(selected).cloned().collect();
        let summary = Summary::of(&all);
        let read = project.entries.iter().filter(|entry| entry.interest == Interest::Read && !entry.ignored);
        Ok(Self { all, summary, files: read.count() })
    }

    /// Those from `least` on.
    pub(super) fn shown(&self, least: Severity) -> Vec<Diagnostic> {
        self.all.iter().filter(|d| d.severity >= least).cloned().collect()
    }

    /// What a renderer needs to show them.
    pub(super) fn report<'a>(
        &self,
        project: &'a Project,
        analysis: &'a Analysis,
        shown: &'a [Diagnostic],
    ) -> Report<'a> {
        let mut components = BTreeMap::new();
        for component in analysis.graph.components() {
            *components.entry(component.kind.as_str()).or_default() += 1;
        }
        Report {
            root: &project.display_root,
            layout: project.layout.as_str(),
            api_version: project.api_version.to_string(),
            api_version_source: project.api_version_source.as_str(),
            files_checked: self.files,
            components,
            diagnostics: shown,
            summary: self.summary,
            files: &analysis.sources,
        }
    }
}
