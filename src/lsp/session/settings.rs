//! What the editor says of the settings.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::config::{Given, Origin, Setting};
use crate::diagnostics::Severity;
use crate::graph::World;
use crate::setup::Setup;

/// Where a setting of the editor is said to come from.
const ORIGIN: Origin = Origin::Flag("the editor");

/// The editor's settings. What it leaves open, `omnic.toml` says, or the default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(in crate::lsp) struct EditorSettings {
    /// Commands that the client itself runs.
    pub(in crate::lsp) commands: Vec<String>,
    min_severity: Option<Severity>,
    strict: Option<bool>,
    world: Option<World>,
    configuration: Option<PathBuf>,
    code_lens: Option<bool>,
    inlay_hints: Option<bool>,
    hover_elements: Option<bool>,
}

impl EditorSettings {
    /// Reads them, from a value that is they or has them as `omnic`. Each that makes no sense is ignored, with a message.
    pub(in crate::lsp) fn read(value: &Value) -> (Self, Vec<String>) {
        let value = value.get("omnic").unwrap_or(value);
        let mut told = Vec::new();
        let mut sound = serde_json::Map::new();
        for (key, value) in value.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null()) {
            // An empty text is what an editor hands on of a setting that nobody made.
            if value.as_str() == Some("") {
                continue;
            }
            let alone = Value::Object([(key.clone(), value.clone())].into_iter().collect());
            match serde_json::from_value::<Self>(alone) {
                Ok(_) => drop(sound.insert(key.clone(), value.clone())),
                Err(error) => told.push(format!("the setting `{key}` makes no sense and is ignored: {error}")),
            }
        }
        (serde_json::from_value(Value::Object(sound)).unwrap_or_default(), told)
    }

    /// True if projects are set up with the same.
    pub(in crate::lsp) fn sets_up_as(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.min_severity, it.strict, it.world, it.configuration.clone());
        of(self) == of(other)
    }

    /// What a project is set up with. A relative path of a configuration file is one from `folder`.
    pub(in crate::lsp) fn setup(&self, folder: Option<&Path>) -> Setup {
        Setup {
            given: Given {
                min_severity: self.min_severity.map(|value| Setting::new(value, ORIGIN)),
                strict: self.strict.map(|value| Setting::new(value, ORIGIN)),
                world: self.world.map(|value| Setting::new(value, ORIGIN)),
                ..Given::default()
            },
            config: self.configuration.as_ref().map(|path| folder.unwrap_or(Path::new("")).join(path)),
            // Who opens a folder has not read the settings that lie in it.
            config_is_projects: true,
            ..Setup::default()
        }
    }

    /// Whether code lenses are shown.
    pub(in crate::lsp) fn code_lens(&self) -> bool {
        self.code_lens.unwrap_or(true)
    }

    /// Whether inlay hints are shown.
    pub(in crate::lsp) fn inlay_hints(&self) -> bool {
        self.inlay_hints.unwrap_or(true)
    }

    /// Whether hovering over the name of an element says what it means.
    pub(in crate::lsp) fn hover_elements(&self) -> bool {
        self.hover_elements.unwrap_or(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_makes_no_sense_is_told_and_the_rest_counts() {
        let (settings, told) =
            EditorSettings::read(&json!({"omnic": {"strict": true, "world": "flat", "configuration": "", "other": 1}}));
        assert_eq!(settings.strict, Some(true));
        assert_eq!((settings.world, settings.configuration.is_none()), (None, true));
        assert!(matches!(told.as_slice(), [line] if line.contains("`world`")), "{told:?}");
        assert_eq!(EditorSettings::read(&Value::Null), (EditorSettings::default(), Vec::new()));
    }
}
