//! Any files give findings that every format can show; a project without errors compiles to a plan that reads back.
//!
//! The input is a project: files apart at bytes 0, each with its path up to the first line end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::diagnostics::render::{Report, concise, human, json};
use omnic::diagnostics::{Severity, Summary};
use omnic::graph::World;
use omnic::plan::{Plan, compile};
use omnic::source::{ApiVersion, Layout};

fuzz_target!(|input: &str| {
    let mut files: Vec<TextFile> = Vec::new();
    for (index, file) in input.split('\0').enumerate() {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        if !files.iter().any(|other| other.path == path) {
            files.push(TextFile { path: path.to_owned(), text: text.to_owned(), package: (index % 2) as u32, ignored: index % 5 == 4 });
        }
    }
    let version = ApiVersion(47 + (input.len() % 22) as u16);
    let options = Options { world: World::Closed, policy: omnic::triage::Policy { strict: true, ..Default::default() }, keep_texts: true, ..Options::default() };
    let analysis = analyse_texts(files, Layout::Sfdx, version, &options);
    let report = Report {
        root: ".",
        layout: "sfdx",
        api_version: version.to_string(),
        api_version_source: "newest known",
        files_checked: analysis.sources.len(),
        components: std::collections::BTreeMap::new(),
        diagnostics: &analysis.diagnostics,
        summary: Summary::of(&analysis.diagnostics),
        files: &analysis.sources,
    };
    let mut out = Vec::new();
    human::render(&report, &human::HumanOptions { color: false, links: false, width: 80 }, &mut out).unwrap();
    concise::render(&report, &mut out).unwrap();
    json::render(&report, &mut out).unwrap();
    if report.summary.at_least(Severity::Error) == 0 {
        let text = compile(&analysis.graph, &analysis.sources).to_json();
        assert_eq!(Plan::from_json(&text).unwrap().to_json(), text);
    }
});
