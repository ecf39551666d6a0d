//! The text of a file of options.

use serde::Deserialize as _;
use serde_json::Value;

use super::{SchemaCheck, ScriptError, schemas};
use crate::runtime::RoutingOptions;
use crate::text::without_place;

/// How a file of options is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionsFormat {
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
pub fn options(text: &str, format: OptionsFormat, shown: &str) -> Result<RoutingOptions, ScriptError> {
    let value = parsed(text, format, shown).map_err(|message| ScriptError::new(message).with_help(HELP))?;
    // The schema first: a reader of JSON takes a list for a structure, too.
    let error = SchemaCheck::of(&schemas::options(), "the file").first_error(&value);
    let options = match (error, format) {
        (Some(error), _) => Err(error),
        // From the text, since the value has forgotten that a field stood there twice. TOML does not take that.
        (None, OptionsFormat::Json) => serde_json::from_str(text).map_err(|error| ScriptError::new(error.to_string())),
        (None, OptionsFormat::Toml) => {
            RoutingOptions::deserialize(&value).map_err(|error| ScriptError::new(error.to_string()))
        }
    };
    options.map_err(|error| ScriptError {
        message: format!("`{shown}`: {}", error.message),
        help: error.help.or_else(|| Some(HELP.to_owned())),
    })
}

fn parsed(text: &str, format: OptionsFormat, shown: &str) -> Result<Value, String> {
    match format {
        OptionsFormat::Toml => toml::from_str(text).map_err(|error| {
            let before = text.get(..error.span().unwrap_or_default().start).unwrap_or_default();
            format!("`{shown}:{}`: {}", before.matches('\n').count() + 1, error.message())
        }),
        OptionsFormat::Json => serde_json::from_str(text)
            .map_err(|error| format!("`{shown}:{}`: {}", error.line(), without_place(&error.to_string()))),
    }
}
