//! `GET /sobjects`: all objects; `GET /sobjects/T`: one of them.

use serde::Serialize;
use serde_json::Value;

use crate::serve::objects::associated::{Associated, AssociatedKind};
use crate::serve::objects::catalogue::Catalogue;
use crate::serve::objects::object::{Class, ObjectType};

/// What `GET /sobjects` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's: REST API Developer Guide, Describe Global")]
pub struct GlobalDescription {
    pub encoding: &'static str,
    pub max_batch_size: u32,
    pub sobjects: Vec<ObjectEntry>,
}

/// What `GET /sobjects/T` answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's: REST API Developer Guide, sObject Basic Information")]
pub struct BasicDescription {
    pub object_describe: ObjectEntry,
    pub recent_items: Vec<Value>,
}

/// One object of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's")]
#[expect(clippy::struct_excessive_bools, reason = "the members are Salesforce's")]
pub struct ObjectEntry {
    pub activateable: bool,
    pub associate_entity_type: Option<&'static str>,
    pub associate_parent_entity: Option<String>,
    pub createable: bool,
    pub custom: bool,
    pub custom_setting: bool,
    pub deep_cloneable: bool,
    pub deletable: bool,
    pub deprecated_and_hidden: bool,
    pub feed_enabled: bool,
    pub has_subtypes: bool,
    pub is_interface: bool,
    pub is_subtype: bool,
    pub key_prefix: Option<String>,
    pub label: String,
    pub label_plural: String,
    pub layoutable: bool,
    pub mergeable: bool,
    pub mru_enabled: bool,
    pub name: String,
    pub queryable: bool,
    pub replicateable: bool,
    pub retrieveable: bool,
    pub searchable: bool,
    pub triggerable: bool,
    pub undeletable: bool,
    pub updateable: bool,
    pub urls: Urls,
}

/// Where an object's answers are: paths, without a host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "the members are Salesforce's")]
pub struct Urls {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row_template: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub describe: Option<String>,
    pub sobject: String,
}

impl Catalogue {
    /// Answers `GET /sobjects`: the objects of an API version, sorted by name. Those that are refused by name are
    /// there, with every call switched off.
    pub fn describe_global(&self, version: u32) -> GlobalDescription {
        let served = self.objects().filter(|object| object.exists_at(version));
        let named = self
            .associated_objects()
            .iter()
            .filter(|other| other.since <= version && self.object(&other.name).is_none());
        let mut sobjects = served
            .map(|object| ObjectEntry::of(self, object, version))
            .chain(named.map(|other| ObjectEntry::of_associated(other, version)))
            .collect::<Vec<_>>();
        sobjects.sort_by(|a, b| a.name.cmp(&b.name));
        GlobalDescription { encoding: "UTF-8", max_batch_size: 200, sobjects }
    }

    /// Answers `GET /sobjects/T`; `None` if the API version has no such object. Nothing is recent: the server does not
    /// watch what clients look at.
    pub fn basic(&self, name: &str, version: u32) -> Option<BasicDescription> {
        let object = self.object_at(name, version)?;
        Some(BasicDescription { object_describe: ObjectEntry::of(self, object, version), recent_items: Vec::new() })
    }
}

impl ObjectEntry {
    pub(super) fn of(catalogue: &Catalogue, object: &ObjectType, version: u32) -> Self {
        let calls = object.calls;
        let url = base(&object.name, version);
        let has_feed = catalogue.associated_objects().iter().any(|other| {
            other.belongs_to == object.name && other.kind == AssociatedKind::Feed && other.since <= version
        });
        Self {
            activateable: false,
            associate_entity_type: None,
            associate_parent_entity: None,
            createable: calls.create,
            custom: object.custom,
            custom_setting: false,
            deep_cloneable: false,
            deletable: calls.delete,
            deprecated_and_hidden: false,
            feed_enabled: has_feed,
            has_subtypes: false,
            is_interface: false,
            is_subtype: false,
            key_prefix: object.prefix.clone(),
            label: object.label.clone(),
            label_plural: object.plural.clone(),
            layoutable: calls.describe_layout,
            mergeable: false,
            mru_enabled: object.class == Class::Record && calls.describe_layout,
            name: object.name.clone(),
            queryable: calls.query,
            replicateable: calls.get_updated && calls.get_deleted,
            retrieveable: calls.retrieve,
            searchable: calls.search,
            triggerable: object.triggerable,
            undeletable: calls.undelete,
            updateable: calls.update,
            urls: Urls {
                row_template: Some(format!("{url}/{{ID}}")),
                describe: Some(format!("{url}/describe")),
                sobject: url,
            },
        }
    }

    fn of_associated(other: &Associated, version: u32) -> Self {
        Self {
            activateable: false,
            associate_entity_type: Some(match other.kind {
                AssociatedKind::ChangeEvent => "ChangeEvent",
                AssociatedKind::Feed => "Feed",
                AssociatedKind::History => "History",
                AssociatedKind::OwnerSharingRule => "OwnerSharingRule",
                AssociatedKind::Share => "Share",
            }),
            associate_parent_entity: Some(other.belongs_to.clone()),
            createable: false,
            custom: false,
            custom_setting: false,
            deep_cloneable: false,
            deletable: false,
            deprecated_and_hidden: false,
            feed_enabled: false,
            has_subtypes: false,
            is_interface: false,
            is_subtype: false,
            key_prefix: None,
            label: other.label.clone(),
            label_plural: other.label.clone(),
            layoutable: false,
            mergeable: false,
            mru_enabled: false,
            name: other.name.clone(),
            queryable: false,
            replicateable: false,
            retrieveable: false,
            searchable: false,
            triggerable: false,
            undeletable: false,
            updateable: false,
            urls: Urls { row_template: None, describe: None, sobject: base(&other.name, version) },
        }
    }
}

/// The path of an object: `/services/data/v56.0/sobjects/AgentWork`.
pub(super) fn base(name: &str, version: u32) -> String {
    format!("/services/data/v{version}.0/sobjects/{name}")
}
