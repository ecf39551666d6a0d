//! What people see of components, and routing ignores.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Name;
use super::tables::is_default;

/// What people see of the rows of each table, by their names. A component of which a file says nothing of the kind is left
/// out, and so is a value that is filled in when the project is deployed. (Languages are not metadata.)
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Display {
    /// Service channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channels: BTreeMap<Name, Appearance>,
    /// Presence statuses.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_statuses: BTreeMap<Name, Appearance>,
    /// Decline reasons.
    #[serde(default, skip_serializing_if = "is_default")]
    pub decline_reasons: BTreeMap<Name, Appearance>,
    /// Presence configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub presence_configurations: BTreeMap<Name, Appearance>,
    /// Routing configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configurations: BTreeMap<Name, Appearance>,
    /// Queues.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queues: BTreeMap<Name, Appearance>,
    /// Skills.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: BTreeMap<Name, Appearance>,
    /// Skill mapping sets.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill_mapping_sets: BTreeMap<Name, Appearance>,
    /// Supervisor configurations.
    #[serde(default, skip_serializing_if = "is_default")]
    pub supervisor_views: BTreeMap<Name, Appearance>,
    /// Messaging channels.
    #[serde(default, skip_serializing_if = "is_default")]
    pub messaging_channels: BTreeMap<Name, Appearance>,
}

impl Display {
    /// Its tables, each with its name.
    pub fn tables(&self) -> [(&'static str, &BTreeMap<Name, Appearance>); 10] {
        let Self {
            channels,
            presence_statuses,
            decline_reasons,
            presence_configurations,
            routing_configurations,
            queues,
            skills,
            skill_mapping_sets,
            supervisor_views,
            messaging_channels,
        } = self;
        [
            ("channels", channels),
            ("presence_statuses", presence_statuses),
            ("decline_reasons", decline_reasons),
            ("presence_configurations", presence_configurations),
            ("routing_configurations", routing_configurations),
            ("queues", queues),
            ("skills", skills),
            ("skill_mapping_sets", skill_mapping_sets),
            ("supervisor_views", supervisor_views),
            ("messaging_channels", messaging_channels),
        ]
    }
}

/// What people see of a component.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appearance {
    /// The label: the name that people see.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: Option<Name>,
    /// The description of a queue or a skill.
    #[serde(default, skip_serializing_if = "is_default")]
    pub description: Option<Name>,
    /// The address of a queue that is told of new records.
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: Option<Name>,
    /// The members of a queue are told of new records, too.
    #[serde(default, skip_serializing_if = "is_default")]
    pub sends_email_to_members: bool,
    /// The widget folds away when a rep accepts work of a service channel. Absent: it does not (Metadata API Developer Guide
    /// 67.0, `ServiceChannel`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub minimizes_widget_on_accept: bool,
    /// The console component that opens when a rep accepts work of a service channel.
    #[serde(default, skip_serializing_if = "is_default")]
    pub interaction_component: Option<Name>,
    /// Whether a sound is played when a rep is offered work. Absent: the file of the presence configuration does not say,
    /// and it is (Metadata API Developer Guide 67.0, `PresenceUserConfig`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub request_sound: Option<bool>,
    /// Whether a sound is played when a rep loses the connection. Absent: the file of the presence configuration does not
    /// say.
    #[serde(default, skip_serializing_if = "is_default")]
    pub disconnect_sound: Option<bool>,
}
