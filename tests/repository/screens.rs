//! What pages show of the program is what it writes: each block marked `console` is run.
//! `TRYCMD=overwrite cargo test --test repository screens` writes them anew.

use std::path::{Path, PathBuf};

#[test]
fn screens() {
    trycmd::TestCases::new()
        .register_bin("omnic", PathBuf::from(env!("CARGO_BIN_EXE_omnic")))
        .env("NO_COLOR", "1")
        .case("README.md")
        .case("examples/README.md")
        .case("docs/closure.md")
        .case("docs/configuration.md")
        .case("docs/diff.md")
        .case("docs/fixes.md")
        .case("docs/graph.md")
        .case("docs/run.md")
        .case("docs/why.md")
        .case("tests/fixtures/run/cases/*.md");
}

#[test]
fn licences_that_the_readme_names_are_there() {
    assert!(Path::new("LICENSE-MIT").is_file() && Path::new("LICENSE-APACHE").is_file());
}
