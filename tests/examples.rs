//! The examples: what the README shows of them is true.

mod common;

use std::path::Path;

use omnic::diagnostics::Severity;
use omnic::plan::{Plan, compile};

#[test]
fn acme_support_is_clean_and_compiles() {
    let (_, analysis) = common::check(Path::new("examples/acme-support"), false);
    assert_eq!(common::codes(&analysis, Severity::Warning), [""; 0], "{}", common::concise(&analysis));
    let mut plan = compile(&analysis.graph, &analysis.sources);
    let whole = plan.to_json();
    assert_eq!(Plan::from_json(&whole).unwrap().to_json(), whole);
    plan.provenance = None;
    insta::assert_snapshot!(plan.to_json());
}

#[test]
fn broken_shows_what_its_readme_lists() {
    let (_, analysis) = common::check(Path::new("examples/broken"), false);
    let readme = std::fs::read_to_string("examples/broken/README.md").unwrap();
    let mut found = common::codes(&analysis, Severity::Warning);
    found.sort_unstable();
    found.dedup();
    let listed: Vec<&str> = readme
        .lines()
        .filter_map(|line| {
            line.split('|')
                .map(str::trim)
                .find(|cell| cell.starts_with("OC") || cell.starts_with("`OC"))
                .map(|cell| cell.trim_matches('`'))
        })
        .collect();
    let mut sorted = listed.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(found, sorted);
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
