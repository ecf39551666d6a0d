//! Drop-in folders: a folder in `fixtures/err` is a project with the finding that its name says, one in `fixtures/ok` a
//! project without errors and warnings, one in `fixtures/projects` a project whose whole output is worth looking at.
//! Records of the org lie in a folder `org` of the project.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common;
use std::path::{Path, PathBuf};

use omnic::analyse::Analysis;
use omnic::diagnostics::Severity;
use omnic::source::Project;

fn folders(of: &str) -> Vec<(String, PathBuf)> {
    let mut folders: Vec<_> = std::fs::read_dir(Path::new("tests/fixtures").join(of))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), path))
        .collect();
    folders.sort();
    assert!(!folders.is_empty());
    folders
}

fn check(path: &Path) -> (Project, Analysis) {
    let records = path.join("org");
    common::check_with(path, false, records.is_dir().then_some(records.as_path()))
}

#[test]
fn err_folders_have_the_finding_that_their_name_says() {
    for (name, path) in folders("err") {
        let (_, analysis) = check(&path);
        let code = name.split('-').next().unwrap();
        assert!(common::codes(&analysis, Severity::Note).contains(&code), "{name}:\n{}", common::concise(&analysis));
        insta::with_settings!({ snapshot_suffix => name.clone() }, {
            insta::assert_snapshot!("err", common::concise(&analysis));
        });
    }
}

#[test]
fn ok_folders_have_no_errors_and_no_warnings() {
    for (name, path) in folders("ok") {
        let (_, analysis) = check(&path);
        assert_eq!(common::codes(&analysis, Severity::Warning), [""; 0], "{name}:\n{}", common::concise(&analysis));
    }
}

#[test]
fn projects_are_read_as_their_layout_demands() {
    for (name, path) in folders("projects") {
        let (project, analysis) = check(&path);
        let components = analysis.graph.components();
        let told = format!(
            "layout {}, API {} from {}, packages {:?}\n{}\n{}",
            project.layout.as_str(),
            project.api_version,
            project.api_version_source.as_str(),
            project.packages,
            components.flat_map(|c| [c.kind.as_str(), " ", &c.name, "\n"]).collect::<String>(),
            common::human(&analysis),
        );
        insta::with_settings!({ snapshot_suffix => name }, {
            insta::assert_snapshot!("project", told);
        });
    }
}
