//! The embedded schemas, read once.

use std::sync::LazyLock;

use super::kind::Kind;
use super::model::TypeSchema;

/// The files of `schemas/metadata`, in the order of [`Kind::TYPES`].
const FILES: [&str; 15] = [
    include_str!("../../schemas/metadata/OmniChannelSettings.toml"),
    include_str!("../../schemas/metadata/ServiceChannel.toml"),
    include_str!("../../schemas/metadata/ServicePresenceStatus.toml"),
    include_str!("../../schemas/metadata/PresenceDeclineReason.toml"),
    include_str!("../../schemas/metadata/PresenceUserConfig.toml"),
    include_str!("../../schemas/metadata/QueueRoutingConfig.toml"),
    include_str!("../../schemas/metadata/Queue.toml"),
    include_str!("../../schemas/metadata/OmniSupervisorConfig.toml"),
    include_str!("../../schemas/metadata/WorkSkillRouting.toml"),
    include_str!("../../schemas/metadata/Skill.toml"),
    include_str!("../../schemas/metadata/Group.toml"),
    include_str!("../../schemas/metadata/Profile.toml"),
    include_str!("../../schemas/metadata/PermissionSet.toml"),
    include_str!("../../schemas/metadata/Flow.toml"),
    include_str!("../../schemas/metadata/MessagingChannel.toml"),
];

/// A file that did not parse would be missing here; `tests/analyse/schema_facts.rs` holds that none is.
static SCHEMAS: LazyLock<Vec<TypeSchema>> =
    LazyLock::new(|| FILES.iter().filter_map(|text| toml::from_str(text).ok()).map(TypeSchema::linked).collect());

/// Every metadata type's schema, in the order of [`Kind::TYPES`].
pub fn all() -> &'static [TypeSchema] {
    &SCHEMAS
}

/// The schema of a metadata type; nothing for a kind that is only named, such as a user.
pub fn get(kind: Kind) -> Option<&'static TypeSchema> {
    SCHEMAS.iter().find(|schema| schema.name == kind)
}
