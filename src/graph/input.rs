//! A component as the graph takes it in: with the names it mentions.

use super::flow;
use crate::metadata::{Component, Metadata};
use crate::schema::Mentions;
use crate::source::{FileId, Span};

/// A component and the names it mentions. It never changes, and several graphs can share it.
#[derive(Clone, Debug)]
pub struct ComponentInput {
    pub(super) component: Component,
    /// In the order of the text.
    pub(super) mentions: Mentions,
}

impl ComponentInput {
    /// A component, and the names that its schema sees in it.
    pub fn new(component: Component, mut mentions: Mentions) -> Self {
        also_mentioned(&component.metadata, &mut mentions);
        Self { component, mentions }
    }

    /// The same, of a file that has another number now.
    #[must_use]
    pub fn moved_to(&self, file: FileId) -> Self {
        Self { component: Component { file, ..self.component.clone() }, mentions: self.mentions.clone() }
    }
}

/// Adds the names that a component mentions where its schema cannot see them.
pub fn also_mentioned(metadata: &Metadata, into: &mut Mentions) {
    if let Metadata::Flow(flow) = metadata {
        flow::mentions(flow, into);
    }
}

/// Where a profile or permission set names the statuses that it grants, in the order of the text. Profiles list every
/// status, most of them not granted (seen in real projects).
pub(super) fn granted_statuses(metadata: &Metadata) -> Vec<Span> {
    match metadata {
        Metadata::Profile(profile) => {
            let granted = profile.statuses.iter().filter(|access| access.enabled.may_be_true());
            granted.filter_map(|access| access.status.span()).collect()
        }
        Metadata::PermissionSet(set) => {
            let granted = set.statuses.iter().filter(|access| access.enabled.may_be_true());
            granted.filter_map(|access| access.status.span()).collect()
        }
        _ => Vec::new(),
    }
}
