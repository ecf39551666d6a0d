//! Any files give findings that every format can show, fixes that bring no error, and a plan that reads back.
//!
//! The input is a project: files apart at bytes 0, each with its path up to the first line end. What lies in `org/` are
//! records of the org.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::checks;
use omnic::diagnostics::render::{
    Report, checkstyle, concise, github, gitlab, human, json, json_lines, junit, markdown, sarif, statistics,
};
use omnic::diagnostics::{Applicability, Summary, fingerprints};
use omnic::fix::{Choice, fix_project};
use omnic::graph::World;
use omnic::compile::{OnErrors, compile};
use omnic::plan::Plan;
use omnic::source::{ApiVersion, FolderFile, Layout};
use omnic::triage::{Baseline, Policy};

fuzz_target!(|input: &str| {
    let mut files: Vec<TextFile> = Vec::new();
    let mut records: Vec<FolderFile> = Vec::new();
    for (index, file) in input.split('\0').enumerate() {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        if path.starts_with("org/") {
            records.push(FolderFile { path: path.to_owned(), text: Ok(text.to_owned()) });
        } else if !files.iter().any(|other| other.path == path) {
            let (package, ignored) = ((index % 2) as u32, index % 5 == 4);
            files.push(TextFile { path: path.to_owned(), text: text.to_owned(), package, ignored });
        }
    }
    let version = ApiVersion(47 + (input.len() % 22) as u16);
    let layout = if input.len() % 2 == 0 { Layout::Sfdx } else { Layout::Mdapi };
    let policy = Policy { strict: true, ..Policy::default() };
    let options = Options { world: World::Closed, policy, keep_texts: true, records, ..Options::default() };
    let analysis = analyse_texts(files, layout, version, &options);
    let report = Report {
        root: ".",
        layout: layout.as_str(),
        api_version: version.to_string(),
        api_version_source: "newest known",
        files_checked: analysis.sources.len(),
        diagnostics: &analysis.diagnostics,
        fingerprints: fingerprints(&analysis.diagnostics, &analysis.sources),
        summary: Summary::of(&analysis.diagnostics),
        files: &analysis.sources,
        rules: checks::rules(),
        ..Report::default()
    };
    let mut out = Vec::new();
    human::render(&report, &human::HumanOptions { color: false, links: false, width: 80 }, &mut out).unwrap();
    for render in [
        concise::render,
        json::render,
        json_lines::render,
        sarif::render,
        github::render,
        gitlab::render,
        junit::render,
        checkstyle::render,
        markdown::render,
        statistics::render,
    ] {
        render(&report, &mut out).unwrap();
    }
    let baseline = Baseline::of(&analysis.diagnostics, &analysis.sources);
    let read = Baseline::parse(&baseline.to_json()).unwrap();
    assert!(read.subtract(analysis.diagnostics.clone(), &analysis.sources).0.is_empty());
    let text = compile(&analysis, &[], OnErrors::LeaveOut).unwrap().to_json();
    assert_eq!(Plan::from_json(&text).unwrap().to_json(), text);
    let errors = report.summary.errors;
    let choice = Choice { least: Applicability::Unsafe, wanted: &|_| true, writable: &|_| true };
    let fixed = fix_project(analysis, &options, &choice);
    assert!(Summary::of(&fixed.analysis.diagnostics).errors <= errors);
});
