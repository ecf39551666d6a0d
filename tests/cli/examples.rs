//! The examples: what the README shows of them is true.

use crate::common;
use std::path::Path;

use omnic::compile::{OnErrors, compile};
use omnic::diagnostics::Severity;
use omnic::plan::Plan;
use omnic::source::LineIndex;

#[test]
fn acme_support_is_clean_and_compiles() {
    let (_, analysis) = common::check(Path::new("examples/acme-support"), false);
    assert_eq!(common::codes(&analysis, Severity::Warning), [""; 0], "{}", common::concise(&analysis));
    let mut plan = compile(&analysis, &[], OnErrors::Refuse).unwrap();
    let whole = plan.to_json();
    assert_eq!(Plan::from_json(&whole).unwrap().to_json(), whole);
    plan.provenance = None;
    insta::assert_snapshot!(plan.to_json());
}

#[test]
fn broken_shows_what_its_readme_lists() {
    let (_, analysis) = common::check(Path::new("examples/broken"), false);
    let readme = std::fs::read_to_string("examples/broken/README.md").unwrap();
    let found: Vec<String> = analysis
        .diagnostics
        .iter()
        .filter(|d| d.severity >= Severity::Warning)
        .map(|d| {
            let file = &analysis.sources[d.primary.location.file.0 as usize];
            let line = LineIndex::new(&file.text).position(d.primary.location.span.start).line;
            format!("{} {} {line}", d.code, file.path.trim_start_matches("force-app/main/default/"))
        })
        .collect();
    let mut listed = Vec::new();
    for row in readme.lines().filter(|line| line.starts_with("| OC")) {
        let cells: Vec<&str> = row.split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        listed.push(format!("{} {} {}", cells[1], cells[2], cells[3]));
    }
    let missing: Vec<_> = listed.iter().filter(|row| !found.contains(row)).collect();
    let unlisted: Vec<_> = found.iter().filter(|row| !listed.contains(row)).collect();
    assert!(
        missing.is_empty() && unlisted.is_empty(),
        "listed, not found: {missing:#?}\nfound, not listed: {unlisted:#?}"
    );
    insta::assert_snapshot!(common::human(&analysis));
}

#[test]
fn real_projects_have_no_errors_but_dangling_names() {
    let Some(corpus) = common::corpus() else { return };
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if path.join("sfdx-project.json").is_file() {
            let (_, analysis) = common::check(&path, true);
            let errors: Vec<_> =
                common::codes(&analysis, Severity::Error).into_iter().filter(|c| *c != "OC201").collect();
            assert!(errors.is_empty(), "{}:\n{}", path.display(), common::concise(&analysis));
        }
    }
}
