//! What several test files need.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

pub(crate) mod pages;
pub(crate) mod sample;

use std::path::{Path, PathBuf};

use omnic::analyse::{Analysis, Options, analyse, interest};
use omnic::diagnostics::render::human::{self, HumanOptions};
use omnic::diagnostics::render::{Report, concise};
use omnic::diagnostics::{Severity, Summary};
use omnic::schema::type_folders;
use omnic::source::{DiscoverOptions, Project, discover, read_folder};
use omnic::triage::Policy;

/// The shared corpus of real projects, if the environment names it; else the reason why the test does nothing.
pub(crate) fn corpus() -> Option<PathBuf> {
    let path = std::env::var_os("OMNIC_CORPUS").map(PathBuf::from);
    if path.is_none() {
        println!("skipped: OMNIC_CORPUS does not name a folder of real projects");
    }
    path
}

/// Finds and analyses a project as the command line does.
pub(crate) fn check(path: &Path, strict: bool) -> (Project, Analysis) {
    check_with(path, strict, None)
}

/// The same, with the records of the org that lie in a folder.
pub(crate) fn check_with(path: &Path, strict: bool, records: Option<&Path>) -> (Project, Analysis) {
    let (project, options) = load(path, strict, records);
    let analysis = analyse(&project, &options);
    (project, analysis)
}

/// Finds a project, and how the command line analyses it.
pub(crate) fn load(path: &Path, strict: bool, records: Option<&Path>) -> (Project, Options) {
    let folders: Vec<&str> = type_folders().collect();
    let types = omnic::analyse::manifest_types();
    let options = DiscoverOptions {
        api_version: None,
        interest: &interest,
        type_folders: &folders,
        manifest_types: &types,
        allow_outside: false,
    };
    let project = discover(path, &options).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let records =
        records.map(|folder| read_folder(&project.root, &project.boundary, folder).unwrap()).unwrap_or_default();
    let policy = Policy { strict, ..Policy::default() };
    let replacements = project.replacements.clone();
    let options = Options { policy, keep_texts: true, records, replacements, ..Options::default() };
    (project, options)
}

/// Everything found, notes too, one line each.
pub(crate) fn concise(analysis: &Analysis) -> String {
    render(analysis, |report, out| concise::render(report, out).unwrap())
}

/// Everything found, notes too, as people see it.
pub(crate) fn human(analysis: &Analysis) -> String {
    let options = HumanOptions { color: false, links: false, width: 100 };
    render(analysis, |report, out| human::render(report, &options, out).unwrap())
}

/// The same as a page of a check shows it: without the version and the summary.
pub(crate) fn human_alone(analysis: &Analysis) -> String {
    let options = HumanOptions { color: false, links: false, width: 100 };
    let report = Report { api_version_source: "", ..report(analysis) };
    let mut out = Vec::new();
    human::render(&report, &options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn render(analysis: &Analysis, write: impl FnOnce(&Report<'_>, &mut Vec<u8>)) -> String {
    let report = report(analysis);
    let mut out = Vec::new();
    write(&report, &mut out);
    String::from_utf8(out).unwrap()
}

fn report(analysis: &Analysis) -> Report<'_> {
    Report {
        root: ".",
        layout: analysis.graph.layout.as_str(),
        api_version: analysis.graph.api_version.to_string(),
        api_version_source: "sfdx-project.json",
        files_checked: analysis.sources.len(),
        components: std::collections::BTreeMap::new(),
        diagnostics: &analysis.diagnostics,
        summary: Summary::of(&analysis.diagnostics),
        files: &analysis.sources,
        ..Report::default()
    }
}

/// The codes of the findings at or above `least`.
pub(crate) fn codes(analysis: &Analysis, least: Severity) -> Vec<&'static str> {
    analysis.diagnostics.iter().filter(|d| d.severity >= least).map(|d| d.code).collect()
}

/// The files below a folder, sorted.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}
