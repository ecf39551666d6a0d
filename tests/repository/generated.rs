//! Files that the program makes of itself are current: `OMNIC_UPDATE=1 cargo test --test repository generated` writes them anew.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use omnic::checks::{Check, Page, REGISTRY};
use omnic::cli::completions::{Shell, script};
use omnic::config;
use omnic::diagnostics::render::{json, statistics};
use omnic::plan::Plan;
use omnic::source::{Boundary, NamedBy};
use omnic::triage::Baseline;
use omnic::{cli, docs};

/// Holds the files of `folder` against what they should be, by name; none may be missing and none too many.
fn current(folder: &str, wanted: Vec<(String, String)>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let wanted: BTreeMap<String, String> = wanted.into_iter().collect();
    if std::env::var_os("OMNIC_UPDATE").is_some() {
        std::fs::create_dir_all(&path).unwrap();
        for name in committed(&path).keys().filter(|name| !wanted.contains_key(*name)) {
            std::fs::remove_file(path.join(name)).unwrap();
        }
        for (name, text) in &wanted {
            std::fs::write(path.join(name), text).unwrap();
        }
    }
    let committed = committed(&path);
    let differ: Vec<&String> = committed
        .keys()
        .chain(wanted.keys().filter(|name| !committed.contains_key(*name)))
        .filter(|name| committed.get(*name) != wanted.get(*name))
        .collect();
    assert!(differ.is_empty(), "not current in {folder}: {differ:?}; `OMNIC_UPDATE=1 cargo test` writes them anew");
}

fn committed(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap().replace("\r\n", "\n");
            (entry.file_name().into_string().unwrap(), text)
        })
        .collect()
}

#[test]
fn pages_of_checks() {
    let index = ("README.md".to_owned(), docs::index());
    let pages = REGISTRY.iter().map(|check| (format!("{}.md", check.code), page(check)));
    current("docs/checks", std::iter::once(index).chain(pages).collect());
}

/// The page of a check, from its text as it is on disk now: other tests may have brought it up to date just now.
fn page(check: &Check) -> String {
    let name = check.name.replace('-', "_");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/checks/{}/{name}.md", check.family().name));
    docs::page(check, &Page::parse(&std::fs::read_to_string(file).unwrap()).0)
}

#[test]
fn every_check_is_in_the_index_and_its_page_shows_what_the_program_says() {
    let index = docs::index();
    for check in REGISTRY {
        assert!(index.contains(&format!("| [{0}]({0}.md) |", check.code)), "{} is of no family", check.code);
        let said = format!("[{}] {}: ", check.code, check.name);
        assert!(page(check).contains(&said), "{}: nothing is said", check.code);
    }
}

/// Those of findings, statistics, plans and runs are held against what is written, too, in `formats.rs`, `plan.rs` and
/// `run.rs`.
#[test]
fn schemas() {
    let others = [
        ("baseline", Baseline::schema()),
        ("closure", cli::closure::schema()),
        ("config", config::schema()),
        ("diagnostics", json::schema()),
        ("diff", cli::diff::schema()),
        ("graph", cli::graph::schema()),
        ("plan", Plan::schema()),
        ("statistics", statistics::schema()),
        ("why", cli::why::schema()),
    ];
    for (name, schema) in others.into_iter().chain(cli::run::schemas()).chain(cli::serve::schemas()) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schemas/{name}.schema.json"));
        if std::env::var_os("OMNIC_UPDATE").is_some() {
            std::fs::write(&path, &schema).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
        assert!(
            committed == schema,
            "schemas/{name}.schema.json is not current; `OMNIC_UPDATE=1 cargo test` writes it"
        );
    }
}

/// The example of the page is what the program takes, and what the schema allows.
#[test]
fn the_schema_of_the_configuration_allows_what_the_program_takes() {
    let validator = jsonschema::validator_for(&serde_json::from_str(&config::schema()).unwrap()).unwrap();
    let page = include_str!("../../docs/configuration.md");
    let examples: Vec<&str> = page.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(examples.len() > 1);
    for example in examples {
        let value: serde_json::Value = toml::from_str(example).unwrap();
        let errors: Vec<_> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{example}\n{errors:#?}");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(config::FILE_NAME);
        // What it extends is another file.
        let alone: Vec<&str> = example.lines().filter(|line| !line.starts_with("extend")).collect();
        std::fs::write(&file, alone.join("\n")).unwrap();
        let (root, boundary) = (folder.path(), Boundary::around(folder.path(), false));
        let files = config::Files::from(&file, NamedBy::Caller, root, &boundary).unwrap();
        config::resolve(config::Given::default(), files, root).unwrap();
    }
    assert!(!validator.is_valid(&serde_json::json!({"strct": true})));
}

#[test]
fn completions() {
    let file = |shell: &Shell| (shell.file_name(), text(|out| script(*shell, out)));
    current("completions", Shell::all().iter().map(file).collect());
}

#[test]
fn manual_pages() {
    let mut command = cli::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    manual(&command, &mut pages);
    current("man", pages);
}

/// The picture in the README is what the command that it names writes.
#[test]
fn picture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("docs/images/graph.svg");
    let folder = tempfile::tempdir_in(root.join("docs")).unwrap();
    // As deep as the picture's own folder, so that links are the same.
    let drawn = folder.path().join("graph.svg");
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_omnic"))
        .args(["graph", "examples/acme-support", "--focus", "Queue:Cases_Tier_1", "--isolated", "-o"])
        .arg(&drawn)
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let wanted = std::fs::read_to_string(&drawn).unwrap();
    if std::env::var_os("OMNIC_UPDATE").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "docs/images/graph.svg is not current; `OMNIC_UPDATE=1 cargo test` writes it");
    let in_page = include_str!("../../README.md");
    assert!(in_page.contains("(docs/images/graph.svg)") && in_page.contains("--focus Queue:Cases_Tier_1"));
}

/// The comment that docs/diff.md shows is what the program writes, and what is meant there is what the file says.
#[test]
fn comment() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = root.join("docs/diff-example.md");
    let folder = "tests/fixtures/diff";
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_omnic"))
        .args(["diff", &format!("{folder}/before"), &format!("{folder}/after"), "--isolated", "--format", "markdown"])
        .args(["--expect", &format!("{folder}/intent.toml")])
        .current_dir(root)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let wanted = String::from_utf8(output.stdout).unwrap();
    if std::env::var_os("OMNIC_UPDATE").is_some() {
        std::fs::write(&file, &wanted).unwrap();
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "docs/diff-example.md is not current; `OMNIC_UPDATE=1 cargo test` writes it");
    let intent = std::fs::read_to_string(root.join(folder).join("intent.toml")).unwrap().replace("\r\n", "\n");
    assert!(include_str!("../../docs/diff.md").replace("\r\n", "\n").contains(&format!("```toml\n{intent}```\n")));
}

/// The page of `command`, and of each command below it.
fn manual(command: &clap::Command, pages: &mut Vec<(String, String)>) {
    let source = concat!("omnic ", env!("CARGO_PKG_VERSION"));
    // An empty date would be left out, and the rest would move to its place.
    let page = clap_mangen::Man::new(command.clone()).date(" ").source(source).manual("omnic manual");
    pages.push((page.get_filename(), text(|out| page.render(out))));
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        manual(command, pages);
    }
}

fn text(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}
