//! What the documentation says is so: the checks it names exist, its links lead somewhere, its commands are accepted,
//! and its YAML is YAML.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::{Path, PathBuf};

/// The pages written by hand, and the ones made.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "examples/README.md", "examples/broken/README.md"]
            .map(PathBuf::from)
            .to_vec();
    let entries = walkdir::WalkDir::new("docs").sort_by_file_name().into_iter().map(Result::unwrap);
    pages.extend(entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "md")));
    pages
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

#[test]
fn checks_that_are_named_exist() {
    for path in pages() {
        let text = read(&path);
        for (at, _) in text.match_indices("OC") {
            let code: String = text[at..].chars().take_while(char::is_ascii_alphanumeric).collect();
            if code.len() == 5 && code[2..].bytes().all(|byte| byte.is_ascii_digit()) {
                assert!(omnic::checks::find(&code).is_some(), "{} names {code}", path.display());
            }
        }
    }
}

#[test]
fn links_lead_to_files() {
    for path in pages() {
        let text = read(&path);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if !file.is_empty() && !target.contains("://") {
                let file = path.parent().unwrap().join(file);
                assert!(file.exists(), "{} links to {}", path.display(), file.display());
            }
        }
    }
}
