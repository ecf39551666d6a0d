//! Lists of an org's metadata, as `sf org list metadata --json` writes them.

use percent_encoding::percent_decode_str;
use serde::Deserialize;

use crate::schema::Kind;
use crate::text::without_place;

/// Why a text is no list of metadata.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {message}")]
pub struct InventoryError {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in bytes.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl InventoryError {
    fn at_start(message: impl Into<String>) -> Self {
        Self { line: 1, column: 1, message: message.into() }
    }
}

/// The names in a list, each with its kind, in the order of the list. A list can be of several types; types that have
/// nothing to do with Omni-Channel are passed over.
///
/// # Errors
///
/// If the text is not JSON, or no list of metadata, or the message of a command that failed.
pub fn read(text: &str) -> Result<Vec<(Kind, String)>, InventoryError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: File = serde_json::from_str(text).map_err(|error| {
        let message = without_place(&error.to_string()).to_owned();
        // What fits no shape of a list has no place of its own.
        InventoryError { line: error.line().max(1), column: error.column().max(1), message }
    })?;
    let items = match file {
        File::Bare(items) | File::Envelope { result: Some(Items::Many(items)), .. } => items,
        File::Envelope { result: Some(Items::One(item)), .. } => vec![item],
        File::Envelope { message: Some(message), .. } => {
            return Err(InventoryError::at_start(format!("the command failed: {message}")));
        }
        File::Envelope { .. } => return Err(InventoryError::at_start("no list of metadata")),
    };
    Ok(items.into_iter().filter_map(Item::named).collect())
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "no list of metadata: `sf org list metadata --json` writes one")]
enum File {
    /// As `--output-file` writes it.
    Bare(Vec<Item>),
    /// As `--json` writes it.
    Envelope { result: Option<Items>, message: Option<String> },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Items {
    Many(Vec<Item>),
    One(Item),
}

#[derive(Deserialize)]
struct Item {
    #[serde(rename = "fullName")]
    full_name: String,
    #[serde(rename = "type")]
    kind: String,
}

impl Item {
    fn named(self) -> Option<(Kind, String)> {
        let kind = Kind::all().find(|kind| kind.as_str() == self.kind)?;
        let name = match kind {
            Kind::Profile => percent_decode_str(&self.full_name).decode_utf8_lossy().into_owned(),
            _ => self.full_name,
        };
        Some((kind, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text).unwrap().into_iter().map(|(kind, name)| format!("{} {name}", kind.as_str())).collect()
    }

    #[test]
    fn each_form_gives_names() {
        let bare = r#"[{"type": "Queue", "fullName": "Support", "id": "00G"}, {"type": "Layout", "fullName": "A"},
                       {"type": "Profile", "fullName": "Custom%3A Support"}]"#;
        assert_eq!(names(bare), ["Queue Support", "Profile Custom: Support"]);
        let envelope = format!("\u{feff}{{\"status\": 0, \"result\": {bare}, \"warnings\": []}}");
        assert_eq!(names(&envelope), names(bare));
        let one = r#"{"result": {"type": "Skill", "fullName": "German"}}"#;
        assert_eq!(names(one), ["Skill German"]);
        assert_eq!(names(r#"{"status": 0, "result": []}"#), [""; 0]);
    }

    #[test]
    fn what_is_no_list_is_refused_with_its_place() {
        let told = |text| read(text).unwrap_err().to_string();
        assert_eq!(told("[\n{\"type\": ]"), "2:10: expected value");
        assert_eq!(told(r#"{"status": 1, "message": "No default org"}"#), "1:1: the command failed: No default org");
        assert_eq!(told(r#"{"status": 0}"#), "1:1: no list of metadata");
        assert!(told(r#"[{"type": "Queue"}]"#).contains("no list of metadata"));
    }
}
