//! The text of a file of options.

use serde::Deserialize as _;
use serde_json::Value;

use super::{Expected, Misread, schemas};
use crate::runtime::RoutingOptions;
use crate::text::without_place;

/// How a file of options is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TOML.
    Toml,
    /// JSON.
    Json,
}

/// Where the options are described.
const HELP: &str = "schemas/run-options.schema.json describes the options";

/// Reads the options of a file; `shown` is its name in messages.
///
/// # Errors
///
/// If they are not options: what is wrong, with its place, and what was expected.
pub fn options(text: &str, format: Format, shown: &str) -> Result<RoutingOptions, Misread> {
    let value = parsed(text, format, shown).map_err(|message| Misread::new(message).with_help(HELP))?;
    // The schema first: a reader of JSON takes a list for a structure, too.
    let misread = Expected::of(&schemas::options(), "the file").misread(&value);
    let options = match (misread, format) {
        (Some(misread), _) => Err(misread),
        // From the text, since the value has forgotten that a field stood there twice. TOML does not take that.
        (None, Format::Json) => serde_json::from_str(text).map_err(|error| Misread::new(error.to_string())),
        (None, Format::Toml) => RoutingOptions::deserialize(&value).map_err(|error| Misread::new(error.to_string())),
    };
    options.map_err(|misread| Misread {
        message: format!("`{shown}`: {}", misread.message),
        help: misread.help.or_else(|| Some(HELP.to_owned())),
    })
}

fn parsed(text: &str, format: Format, shown: &str) -> Result<Value, String> {
    match format {
        Format::Toml => toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
            format!("`{shown}:{}`: {}", before.matches('\n').count() + 1, error.message())
        }),
        Format::Json => serde_json::from_str(text)
            .map_err(|error| format!("`{shown}:{}`: {}", error.line(), without_place(&error.to_string()))),
    }
}
