//! Tells the program how it was built, for `omnic --version --verbose`. What cannot be found out is left out.

#![allow(clippy::print_stdout, reason = "a build script talks to Cargo on standard output")]

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    tell("BUILD_TARGET", std::env::var("TARGET").ok());
    tell("BUILD_RUSTC", std::env::var("RUSTC").ok().and_then(|rustc| output(Command::new(rustc).arg("--version"))));
    // Nobody reports a bug of a debug build, and each commit would compile it anew.
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        tell("BUILD_COMMIT", packaged_commit().or_else(checked_out_commit));
    }
}

fn tell(name: &str, value: Option<String>) {
    if let Some(value) = value {
        println!("cargo::rustc-env={name}={value}");
    }
}

/// Standard output of a command that succeeds, without its end of line.
fn output(command: &mut Command) -> Option<String> {
    let output = command.output().ok().filter(|output| output.status.success())?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (!text.is_empty() && !text.contains('\n')).then_some(text)
}

/// The commit that `cargo package` noted down.
fn packaged_commit() -> Option<String> {
    let text = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let (_, rest) = text.split_once("\"sha1\": \"")?;
    rest.split_once('"').map(|(commit, _)| commit.to_owned())
}

/// The commit of the checkout, if this folder is the root of one and not a part of somebody's repository.
fn checked_out_commit() -> Option<String> {
    let git = |arguments: &[&str]| output(Command::new("git").args(arguments));
    let root = std::fs::canonicalize(git(&["rev-parse", "--show-toplevel"])?).ok()?;
    if root != std::fs::canonicalize(".").ok()? {
        return None;
    }
    // One of the two changes with each commit and checkout.
    for name in ["HEAD", "logs/HEAD"] {
        if let Some(path) = git(&["rev-parse", "--git-path", name]).filter(|path| Path::new(path).exists()) {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    git(&["rev-parse", "HEAD"])
}
