//! Any configuration gives settings that can be shown, or an error with its place in the text.
//!
//! The input is `omnic.toml`, and what it may extend, `base.toml`, behind a line that holds `%`.
#![no_main]

use std::fs;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use omnic::config::{ConfigError, FILE_NAME, Files, Given, resolve, show};
use omnic::source::Boundary;
use omnic_fuzz::head;
use tempfile::TempDir;

fuzz_target!(|input: &str| {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let root = FOLDER.get_or_init(|| tempfile::tempdir().unwrap()).path();
    let (nearest, base) = head(input);
    fs::write(root.join(FILE_NAME), nearest).unwrap();
    fs::write(root.join("base.toml"), base).unwrap();
    let told = |error: ConfigError| {
        assert!(!error.message.is_empty() && !error.to_string().is_empty());
    };
    let boundary = Boundary::around(root, false);
    match Files::nearest(root, &boundary).and_then(|files| resolve(Given::default(), files, root)) {
        Ok(settings) => assert!(!show(&settings, ".", "66.0", "newest known").is_empty()),
        Err(error) => told(error),
    }
});
