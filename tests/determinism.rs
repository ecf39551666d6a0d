//! The output is the same for any thread count and any order of files.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::path::Path;

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::plan::compile;
use omnic::source::{ApiVersion, Layout};
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
    analyse_texts(files, Layout::Sfdx, ApiVersion(66), Options { strict: true, ..Options::default() })
}

fn everything(analysis: &Analysis) -> String {
    common::human(analysis) + &compile(&analysis.graph, &analysis.sources).to_json()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_files(order in Just(texts("examples/broken")).prop_shuffle()) {
        prop_assert_eq!(everything(&analyse(order)), everything(&analyse(texts("examples/broken"))));
    }
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
