//! The output is the same for any thread count and any order of files.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common;
use std::path::{Path, PathBuf};

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::compile::{OnErrors, compile};
use omnic::source::{ApiVersion, Layout};
use omnic::triage::Policy;
use proptest::prelude::*;

fn texts(folder: &str) -> Vec<TextFile> {
    common::files_below(Path::new(folder))
        .into_iter()
        .map(|path| TextFile {
            path: path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"),
            text: std::fs::read_to_string(&path).unwrap(),
            package: 0,
            ignored: false,
        })
        .collect()
}

fn analyse(files: Vec<TextFile>) -> Analysis {
    analyse_texts(
        files,
        Layout::Sfdx,
        ApiVersion(66),
        &Options { policy: Policy { strict: true, ..Policy::default() }, ..Options::default() },
    )
}

fn everything(analysis: &Analysis) -> String {
    common::human(analysis) + &compile(analysis, &[], OnErrors::LeaveOut).unwrap().to_json()
}

/// Copies a project into `to`, its files in the order that `order` gives.
fn copy(from: &Path, to: &Path, order: &[PathBuf]) {
    for path in order {
        let target = to.join(path.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::copy(path, target).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// A file system lists what it holds in the order in which it got there, or in any other.
    #[test]
    fn order_of_files(order in Just(common::files_below(Path::new("tests/fixtures/projects/two-packages"))).prop_shuffle()) {
        let from = Path::new("tests/fixtures/projects/two-packages");
        let (as_is, shuffled) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        copy(from, as_is.path(), &common::files_below(from));
        copy(from, shuffled.path(), &order);
        let told = |folder: &Path| everything(&common::check(folder, true).1);
        prop_assert_eq!(told(as_is.path()), told(shuffled.path()));
    }
}

/// What is given to the analysis in another order, package by package, comes out the same.
#[test]
fn order_of_texts() {
    let package = |package: u32, folder: &str| {
        texts("examples/broken")
            .into_iter()
            .map(move |file| TextFile { package, path: format!("{folder}/{}", file.path), ..file })
            .collect::<Vec<_>>()
    };
    let (first, second) = (package(0, "b"), package(1, "a"));
    let there: Vec<_> = first.iter().chain(&second).cloned().collect();
    let back: Vec<_> = second.into_iter().chain(first).rev().collect();
    assert_eq!(everything(&analyse(there)), everything(&analyse(back)));
}

#[test]
fn thread_count() {
    for project in ["examples/broken", "examples/acme-support"] {
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| everything(&analyse(texts(project))))
        };
        let one = with(1);
        for threads in [2, 3, 8] {
            assert_eq!(with(threads), one, "{project}, {threads} threads");
        }
    }
}
