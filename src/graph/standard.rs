//! Names that Salesforce ships, and that therefore need no file.

use crate::schema::Kind;

/// Standard names. Service channels: the ones every org has (Salesforce's service-omni notes; seen in real projects).
/// Groups: pseudo groups that have no file (seen in real projects as queue members).
const STANDARD: [(Kind, &[&str]); 2] = [
    (Kind::ServiceChannel, &["sfdc_livemessage", "sfdc_phone", "sfdc_liveagent", "sfdc_sos"]),
    (Kind::Group, &["AllInternalUsers", "AllPartnerUsers", "AllCustomerPortalUsers"]),
];

/// Objects, and the service channel that Salesforce ships for each.
const SHIPPED: [(&str, &str); 4] = [
    ("MessagingSession", "sfdc_livemessage"),
    ("VoiceCall", "sfdc_phone"),
    ("LiveChatTranscript", "sfdc_liveagent"),
    ("SOSSession", "sfdc_sos"),
];

/// The service channel that Salesforce ships for an object, and that every org has without a file (Salesforce's
/// service-omni notes; the same names carry these objects in every real project seen).
pub fn standard_channel(object: &str) -> Option<&'static str> {
    SHIPPED.iter().find(|(shipped, _)| shipped.eq_ignore_ascii_case(object)).map(|&(_, channel)| channel)
}

/// The standard value set behind a standard picklist field (Metadata API Developer Guide, `StandardValueSet` Names
/// and Standard Picklist Fields; the objects that Omni-Channel is known to route).
pub(super) fn standard_value_set(object: &str, field: &str) -> Option<&'static str> {
    value_sets(object).find(|(of, _)| of.eq_ignore_ascii_case(field)).map(|(_, set)| set)
}

/// True if a standard picklist field of the object has this value set.
pub(super) fn uses_value_set(object: &str, set: &str) -> bool {
    value_sets(object).any(|(_, known)| known.eq_ignore_ascii_case(set))
}

/// Objects, their standard picklist fields, and the value set of each.
const SETS: [(&str, &[(&str, &str)]); 15] = [
    (
        "Account",
        &[
            ("AccountSource", "LeadSource"),
            ("Industry", "Industry"),
            ("Ownership", "AccountOwnership"),
            ("Rating", "AccountRating"),
            ("Type", "AccountType"),
        ],
    ),
    ("Asset", &[("Status", "AssetStatus")]),
    (
        "Case",
        &[
            ("Origin", "CaseOrigin"),
            ("Priority", "CasePriority"),
            ("Reason", "CaseReason"),
            ("Status", "CaseStatus"),
            ("Type", "CaseType"),
        ],
    ),
    (
        "ChangeRequest",
        &[
            ("BusinessReason", "ChangeRequestBusinessReason"),
            ("Category", "ChangeRequestCategory"),
            ("Impact", "ChangeRequestImpact"),
            ("Priority", "ChangeRequestPriority"),
            ("RiskLevel", "ChangeRequestRiskLevel"),
            ("Status", "ChangeRequestStatus"),
        ],
    ),
    ("Contact", &[("LeadSource", "LeadSource"), ("Salutation", "Salutation")]),
    ("ContactRequest", &[("RequestReason", "ContactRequestReason"), ("Status", "ContactRequestStatus")]),
    ("Contract", &[("Status", "ContractStatus")]),
    (
        "Incident",
        &[
            ("Category", "IncidentCategory"),
            ("Impact", "IncidentImpact"),
            ("Priority", "IncidentPriority"),
            ("ReportedMethod", "IncidentReportedMethod"),
            ("Status", "IncidentStatus"),
            ("SubCategory", "IncidentSubCategory"),
            ("Type", "IncidentType"),
            ("Urgency", "IncidentUrgency"),
        ],
    ),
    (
        "Lead",
        &[
            ("Industry", "Industry"),
            ("LeadSource", "LeadSource"),
            ("Rating", "AccountRating"),
            ("Salutation", "Salutation"),
            ("Status", "LeadStatus"),
        ],
    ),
    ("Opportunity", &[("LeadSource", "LeadSource"), ("StageName", "OpportunityStage"), ("Type", "OpportunityType")]),
    ("Order", &[("Status", "OrderStatus"), ("Type", "OrderType")]),
    (
        "Problem",
        &[
            ("Category", "ProblemCategory"),
            ("Impact", "ProblemImpact"),
            ("Priority", "ProblemPriority"),
            ("Status", "ProblemStatus"),
            ("SubCategory", "ProblemSubCategory"),
            ("Urgency", "ProblemUrgency"),
        ],
    ),
    (
        "SocialPost",
        &[
            ("Classification", "SocialPostClassification"),
            ("EngagementLevel", "SocialPostEngagementLevel"),
            ("ReviewedStatus", "SocialPostReviewedStatus"),
        ],
    ),
    ("WorkOrder", &[("Priority", "WorkOrderPriority"), ("Status", "WorkOrderStatus")]),
    ("WorkOrderLineItem", &[("Status", "WorkOrderLineItemStatus")]),
];

/// The standard picklist fields of an object, and the value set of each.
fn value_sets(object: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let sets = SETS.iter().find(|(known, _)| known.eq_ignore_ascii_case(object));
    sets.into_iter().flat_map(|&(_, sets)| sets.iter().copied())
}

/// The standard picklist fields of an object, as far as they are known.
pub fn standard_picklists(object: &str) -> impl Iterator<Item = &'static str> {
    value_sets(object).map(|(field, _)| field)
}

/// The standard objects that Omni-Channel is known to route.
pub fn routable_objects() -> impl Iterator<Item = &'static str> {
    let shipped = SHIPPED.iter().map(|&(object, _)| object);
    shipped.chain(SETS.iter().map(|&(object, _)| object))
}

/// The metadata name of the standard profile with this label, if it is known (Tooling API, `Profile.Name` and
/// `Profile.FullName`, as asked in orgs of several editions and told in public). Labels are those of an org in English.
pub(super) fn profile_name(label: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("System Administrator", "Admin"),
        ("Standard User", "Standard"),
        ("Standard Platform User", "StandardAul"),
        ("Read Only", "ReadOnly"),
        ("Solution Manager", "SolutionManager"),
        ("Marketing User", "MarketingProfile"),
        ("Contract Manager", "ContractManager"),
    ];
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(label)).map(|&(_, name)| name)
}

/// The names of this kind that Salesforce ships.
pub(super) fn standard_names(kind: Kind) -> &'static [&'static str] {
    STANDARD.iter().find(|&&(of, _)| of == kind).map_or(&[], |&(_, names)| names)
}

/// The thing of this kind and name that Salesforce ships, as it spells it.
pub(super) fn standard(kind: Kind, name: &str) -> Option<&'static str> {
    standard_names(kind).iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}
