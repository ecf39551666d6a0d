//! Names that Salesforce ships, and that therefore need no file.

use crate::schema::Kind;

/// Standard names, lower case. Service channels: the ones every org has (Salesforce's service-omni notes; seen in real
/// projects). Groups: pseudo groups that have no file (seen in real projects as queue members).
const STANDARD: [(Kind, &[&str]); 2] = [
    (Kind::ServiceChannel, &["sfdc_livemessage", "sfdc_phone", "sfdc_liveagent", "sfdc_sos"]),
    (Kind::Group, &["allinternalusers", "allpartnerusers", "allcustomerportalusers"]),
];

/// True if Salesforce ships a thing of this kind and name; `key` is lower case.
pub(super) fn is_standard(kind: Kind, key: &str) -> bool {
    STANDARD.iter().any(|&(of, names)| of == kind && names.contains(&key))
}

/// True for kinds of which the project need not hold any file.
pub(super) const fn is_external(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Object | Kind::User | Kind::Role | Kind::Bot | Kind::FlexiPage | Kind::SkillType | Kind::Profile
    )
}

/// Service channels that every org has, each with its object (Salesforce's service-omni notes; seen in real projects).
const CHANNELS: [(&str, &str); 4] = [
    ("sfdc_livemessage", "MessagingSession"),
    ("sfdc_phone", "VoiceCall"),
    ("sfdc_liveagent", "LiveChatTranscript"),
    ("sfdc_sos", "SOSSession"),
];

/// The service channel that every org has for an object, whatever the case of the object's name.
pub fn standard_channel_for(object: &str) -> Option<&'static str> {
    CHANNELS.iter().find(|(_, of)| of.eq_ignore_ascii_case(object)).map(|&(channel, _)| channel)
}

/// True if every org has a service channel of this name, whatever its case.
pub(super) fn is_standard_channel(name: &str) -> bool {
    CHANNELS.iter().any(|(channel, _)| channel.eq_ignore_ascii_case(name))
}
