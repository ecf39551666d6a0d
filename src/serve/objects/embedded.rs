//! The embedded files of `schemas/objects`.

use super::file::Texts;

/// All of them; `tests/serve_objects` compares the list with the folder.
pub(super) const TEXTS: Texts<'static> = Texts {
    objects: &OBJECTS,
    system_fields: include_str!("../../../schemas/objects/system-fields.toml"),
    value_sets: include_str!("../../../schemas/objects/value-sets.toml"),
    associated: include_str!("../../../schemas/objects/associated.toml"),
    unserved: include_str!("../../../schemas/objects/unserved.toml"),
    generic: include_str!("../../../schemas/objects/generic.toml"),
};

/// The file of a name, with its text.
macro_rules! file {
    ($name:literal) => {
        (concat!($name, ".toml"), include_str!(concat!("../../../schemas/objects/", $name, ".toml")))
    };
}

const OBJECTS: [(&str, &str); 47] = [
    file!("Account"),
    file!("AgentWork"),
    file!("AgentWorkSkill"),
    file!("Case"),
    file!("Contact"),
    file!("Group"),
    file!("GroupMember"),
    file!("Lead"),
    file!("LiveChatTranscript"),
    file!("MessagingSession"),
    file!("OmniSupervisorConfig"),
    file!("OmniSupervisorConfigAction"),
    file!("OmniSupervisorConfigGroup"),
    file!("OmniSupervisorConfigProfile"),
    file!("OmniSupervisorConfigQueue"),
    file!("OmniSupervisorConfigSkill"),
    file!("OmniSupervisorConfigTab"),
    file!("OmniSupervisorConfigUser"),
    file!("Organization"),
    file!("PendingServiceRouting"),
    file!("PermissionSet"),
    file!("PermissionSetAssignment"),
    file!("PlatformEventChannel"),
    file!("PlatformEventChannelMember"),
    file!("PresenceConfigDeclineReason"),
    file!("PresenceDeclineReason"),
    file!("PresenceUserConfig"),
    file!("PresenceUserConfigProfile"),
    file!("PresenceUserConfigUser"),
    file!("Profile"),
    file!("PushTopic"),
    file!("QueueRoutingConfig"),
    file!("QueueSobject"),
    file!("RecordType"),
    file!("ServiceChannel"),
    file!("ServiceChannelFieldPriority"),
    file!("ServiceChannelStatus"),
    file!("ServiceChannelStatusField"),
    file!("ServicePresenceStatus"),
    file!("ServiceResource"),
    file!("ServiceResourceSkill"),
    file!("Skill"),
    file!("SkillRequirement"),
    file!("User"),
    file!("UserRole"),
    file!("UserServicePresence"),
    file!("VoiceCall"),
];
