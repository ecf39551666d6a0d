//! What makes a finding the same finding tomorrow: check, component and element, never a line or a word of the message.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Diagnostic;
use crate::source::SourceFile;

/// What a finding is about, whatever line it stands on today.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Identity {
    /// Code of the check, such as `OC305`.
    pub check: String,
    /// Metadata type of the component, such as `Queue`; absent if the file holds none.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Full name of the component; of a file without one, its path relative to the project root.
    pub name: String,
    /// Path of the element below the root, if the finding is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
}

impl Identity {
    /// What `diagnostic` is about; `files` by `FileId`.
    pub fn of(diagnostic: &Diagnostic, files: &[SourceFile]) -> Self {
        let (kind, name) = if let Some(component) = &diagnostic.component {
            (Some(component.kind.clone()), component.name.clone())
        } else {
            let file = files.get(diagnostic.primary.location.file.0 as usize);
            (None, file.map(|file| file.path.clone()).unwrap_or_default())
        };
        Self { check: diagnostic.code.to_owned(), kind, name, element: diagnostic.element.clone() }
    }
}

/// A fingerprint for each finding: 32 hexadecimal digits, unique among them. Of several findings about the same, the
/// first in the order given is the first, and so on.
pub fn fingerprints(diagnostics: &[Diagnostic], files: &[SourceFile]) -> Vec<String> {
    let mut seen: BTreeMap<Identity, u32> = BTreeMap::new();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let identity = Identity::of(diagnostic, files);
            let nth = seen.entry(identity.clone()).or_default();
            *nth += 1;
            let Identity { check, kind, name, element } = identity;
            let kind = kind.unwrap_or_default();
            let element = element.unwrap_or_default();
            digest(&format!("{check}\0{kind}\0{name}\0{element}\0{nth}"))
        })
        .collect()
}

/// `fingerprint`, which is unique in the project at `root`, as one that is unique among several projects.
pub fn fingerprint_in(root: &str, fingerprint: &str) -> String {
    digest(&format!("{root}\0{fingerprint}"))
}

fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        // Writing to a string does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
