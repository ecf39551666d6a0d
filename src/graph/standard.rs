//! Names that Salesforce ships, and that therefore need no file.

use crate::schema::Kind;

/// Standard names. Service channels: the ones every org has (Salesforce's service-omni notes; seen in real projects).
/// Groups: pseudo groups that have no file (seen in real projects as queue members).
const STANDARD: [(Kind, &[&str]); 2] = [
    (Kind::ServiceChannel, &["sfdc_livemessage", "sfdc_phone", "sfdc_liveagent", "sfdc_sos"]),
    (Kind::Group, &["AllInternalUsers", "AllPartnerUsers", "AllCustomerPortalUsers"]),
];

/// The service channel that Salesforce ships for an object, and that every org has without a file (Salesforce's
/// service-omni notes; the same names carry these objects in every real project seen).
pub fn standard_channel(object: &str) -> Option<&'static str> {
    const SHIPPED: [(&str, &str); 4] = [
        ("MessagingSession", "sfdc_livemessage"),
        ("VoiceCall", "sfdc_phone"),
        ("LiveChatTranscript", "sfdc_liveagent"),
        ("SOSSession", "sfdc_sos"),
    ];
    SHIPPED.iter().find(|(shipped, _)| shipped.eq_ignore_ascii_case(object)).map(|&(_, channel)| channel)
}

/// The metadata name of the profile with this label. Standard profiles have names of their own; those that are not here,
/// and custom ones, are named as they are labelled (Tooling API, `Profile.Name` and `Profile.FullName`, as asked in orgs
/// of several editions and told in public). Labels are those of an org in English: others are taken as they are.
pub(super) fn profile_name(label: &str) -> &str {
    const NAMES: [(&str, &str); 7] = [
        ("System Administrator", "Admin"),
        ("Standard User", "Standard"),
        ("Standard Platform User", "StandardAul"),
        ("Read Only", "ReadOnly"),
        ("Solution Manager", "SolutionManager"),
        ("Marketing User", "MarketingProfile"),
        ("Contract Manager", "ContractManager"),
    ];
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map_or(label, |&(_, name)| name)
}

/// The names of this kind that Salesforce ships.
pub(super) fn standard_names(kind: Kind) -> &'static [&'static str] {
    STANDARD.iter().find(|&&(of, _)| of == kind).map_or(&[], |&(_, names)| names)
}

/// The thing of this kind and name that Salesforce ships, as it spells it.
pub(super) fn standard(kind: Kind, name: &str) -> Option<&'static str> {
    standard_names(kind).iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

/// True for kinds of which the project need not hold any file.
pub(super) const fn is_external(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Object | Kind::User | Kind::Role | Kind::Bot | Kind::FlexiPage | Kind::SkillType | Kind::Profile
    )
}
