//! `package.xml`: which components a Metadata API folder deploys.
//!
//! It is no component. Source: Metadata API Developer Guide 67.0, Deploying and Retrieving Metadata with the Zip File.

use super::decode::{Item, Name, Scalar, Spanned};
use crate::schema::Kind;
use crate::xml::Document;

elements! {
    /// A manifest.
    pub struct Package {
        /// What it lists, type by type.
        types: Vec<PackageTypeMembers> = "types",
        /// The API version.
        version: Scalar<Name> = "version",
    }

    /// The components of one type in a manifest; a type can have several.
    pub struct PackageTypeMembers {
        /// Their names, or `*` for all.
        members: Vec<Spanned<Name>> = "members",
        /// The type, as a manifest names it.
        name: Scalar<Name> = "name",
    }
}

impl Package {
    /// Reads `document` as a manifest. None if its root is something else.
    pub fn read(document: &Document<'_>) -> Option<Self> {
        document.root().filter(|root| root.local_name() == "Package").and_then(Self::item)
    }
}

impl PackageTypeMembers {
    /// The type, if it is one of those that are read.
    pub fn kind(&self) -> Option<Kind> {
        let name = self.name.get()?;
        Kind::TYPES.into_iter().find(|&kind| manifest_name(kind) == &**name)
    }
}

/// A type's name in a manifest. All settings are of one type there.
pub const fn manifest_name(kind: Kind) -> &'static str {
    match kind {
        Kind::OmniChannelSettings => "Settings",
        _ => kind.as_str(),
    }
}
