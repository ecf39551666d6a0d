//! `omnic --version`

use std::fmt::Write as _;

use super::{CLEAN, Failure, output};
use crate::checks::{Flag, REGISTRY};
use crate::config::FILE_NAME;
use crate::source::{self, ApiVersion};
use crate::text::{Content, one_line};

pub(super) fn run(verbose: bool) -> Result<u8, Failure> {
    let text = if verbose { verbose_text() } else { short() };
    output::print(Content::Text, |out| out.write_all(text.as_bytes()))?;
    Ok(CLEAN)
}

fn short() -> String {
    format!("omnic {}\n", env!("CARGO_PKG_VERSION"))
}

/// What a bug report needs. The build script tells what is not known before.
fn verbose_text() -> String {
    let strict = REGISTRY.iter().filter(|check| check.is(Flag::Strict)).count();
    let build = if cfg!(debug_assertions) { "debug" } else { "release" };
    let rows = [
        ("commit", option_env!("BUILD_COMMIT").unwrap_or("unknown").to_owned()),
        ("build", format!("{build}, {}", option_env!("BUILD_RUSTC").unwrap_or("unknown compiler"))),
        ("target", option_env!("BUILD_TARGET").unwrap_or("unknown").to_owned()),
        ("system", format!("{}, {}", std::env::consts::OS, std::env::consts::ARCH)),
        ("API versions", format!("{} to {}", ApiVersion::OLDEST, ApiVersion::NEWEST)),
        ("checks", format!("{}, {strict} of them strict", REGISTRY.len())),
        ("configuration", configuration()),
    ];
    rows.into_iter().fold(short(), |mut text, (name, value)| {
        let _ = writeln!(text, "{name}: {value}");
        text
    })
}

/// The configuration file that would count here.
fn configuration() -> String {
    let here = std::env::current_dir().unwrap_or_default();
    let file = here.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.is_file());
    file.map_or_else(|| format!("no {FILE_NAME} here or above"), |file| one_line(&source::display(&file)))
}
