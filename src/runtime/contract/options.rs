//! What the documentation leaves open, or the org decides outside of metadata: each a named option.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::{Acceptance, Name, Units};

/// How the runtime decides where the documentation is silent, and what it takes for granted of the org.
///
/// The defaults are the documented behaviour; where there is none, the assumption that is named here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RoutingOptions {
    /// What "least active" counts. Default: capacity in use (Omni-Channel for Administrators, Spring '26; its example is
    /// in the tests).
    pub least_active: LeastActive,
    /// Who is not offered declined work again. Default: by rounds. Everybody else is tried before anybody is tried again
    /// (Knowledge 000385517), and the last who declined it is not offered it again (Knowledge 000382420). Of the other
    /// readings, Omni-Channel for Administrators names the last decliner alone, another sentence of Knowledge 000382420
    /// all reps once all have declined, and Salesforce Help, "Route Work with Omni-Channel", everyone who declined it.
    pub decline_memory: DeclineMemory,
    /// What happens to a chat (`LiveChatTranscript`) that every available rep has declined or let time out. No rep is
    /// offered such a chat twice, and then it ends (Knowledge 000385517, 000382420). Default: it ends.
    pub chat_declined_by_all: ChatDeclinedByAll,
    /// Whether open work that is handed on to a queue, to skills or to a rep counts as waiting since it was first routed.
    /// Default: yes, it keeps its place in the order (Salesforce Help, "Reassign Work Manually"). Its `RequestDateTime` is
    /// that of the transfer.
    pub transfer_place: TransferPlace,
    /// Whether an item that is too big for a rep keeps smaller items behind it from the rep. Not documented. Default: no.
    /// With it, every event costs time in proportion to the backlog.
    pub head_of_line_blocking: bool,
    /// Whether primary work takes interruptible capacity. Not documented. Default: the two are independent.
    pub interruptible_pools: InterruptiblePools,
    /// Where `TargetAcceptDateTime` stands in the order of waiting work. That it counts is documented (Object Reference
    /// 67.0, API 65.0 and later), its place is not. Default: before age.
    pub target_accept_time: TargetAcceptTime,
    /// Where work stands whose field value has no secondary routing priority. Not documented. Default: last.
    pub unmapped_secondary_priority: UnmappedPriority,
    /// How groups of additional skills are dropped after the first. Not documented. Default: each waits another timeout.
    pub drop_skills: DropSkills,
    /// Which sources say what skills an agent has. Sources disagree: service resources' records (Omni-Channel for
    /// Administrators) or the skill's own assignments (Metadata API Developer Guide 67.0, `Skill`). Default: both.
    pub skill_source: SkillSource,
    /// Whether an agent may enter a status that is not known to be granted, where the plan does not know all grants of the
    /// agent. Default: yes.
    pub unknown_grants: UnknownGrants,
    /// What happens when the time for after conversation work is over. Default: the work closes (Salesforce Help, "After
    /// Conversation Work": it is considered complete, whether the rep closes the record or not).
    pub after_conversation_work_end: AcwEnd,
    /// Whether tab-based work takes its rep's capacity after the record was given to a queue by hand, until its tab closes.
    /// Default: yes (Salesforce Help, "Understanding Your Work Capacity").
    pub reassigned_tab: ReassignedTab,
    /// Whether open work that is transferred to a rep alone must fit the rep's capacity. Default: a chat
    /// (`LiveChatTranscript`) need not (Knowledge 000386233), other work must. Of other work, nothing is documented.
    pub direct_transfer_capacity: DirectTransferCapacity,
    /// Most seconds of a push timeout for work of the object `VoiceCall` (Set Up Omni-Channel Developer Guide v56,
    /// `PendingServiceRouting.PushTimeout`, from API 57.0: for calls through Amazon Connect, 20). None: no cap, as for
    /// other telephony.
    pub voice_push_timeout_cap_seconds: Option<u32>,
    /// Most open items of a rep (Salesforce Help, "Understand Capacity Models": 100).
    pub max_open_items: u32,
    /// The org's limits, above which work goes to the overflow assignee (Salesforce Help, "Routing Configuration
    /// Settings").
    pub limits: OrgLimits,
    /// The org's default presence configuration, which governs whom no other does (Salesforce Help, "Create Presence
    /// Configurations"). It is not metadata.
    pub default_presence: DefaultPresence,
    /// For how many hours streaming events can be replayed (Streaming API Developer Guide: 24 for `PushTopic` events, 72 for
    /// change events).
    pub event_retention_hours: u32,
    /// Whether records of finished work are kept, as an org keeps them. Default: kept. Forgetting them keeps the state
    /// small over long runs.
    pub finished_work: FinishedWork,
    /// The number of the first record of each kind that the runtime makes: an `AgentWork`, a `PendingServiceRouting` and so
    /// on are numbered on from here.
    pub first_record_number: u64,
}

impl Default for RoutingOptions {
    fn default() -> Self {
        Self {
            least_active: LeastActive::default(),
            decline_memory: DeclineMemory::default(),
            chat_declined_by_all: ChatDeclinedByAll::default(),
            transfer_place: TransferPlace::default(),
            head_of_line_blocking: false,
            interruptible_pools: InterruptiblePools::default(),
            target_accept_time: TargetAcceptTime::default(),
            unmapped_secondary_priority: UnmappedPriority::default(),
            drop_skills: DropSkills::default(),
            skill_source: SkillSource::default(),
            unknown_grants: UnknownGrants::default(),
            after_conversation_work_end: AcwEnd::default(),
            reassigned_tab: ReassignedTab::default(),
            direct_transfer_capacity: DirectTransferCapacity::default(),
            voice_push_timeout_cap_seconds: Some(20),
            max_open_items: 100,
            limits: OrgLimits::default(),
            default_presence: DefaultPresence::default(),
            event_retention_hours: 24,
            finished_work: FinishedWork::default(),
            first_record_number: 1,
        }
    }
}

/// What "least active" counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum LeastActive {
    /// Capacity in use, of the capacity that the work is charged to.
    #[default]
    Units,
    /// Open items: assigned and opened work.
    Items,
}

/// Who is not offered declined work again. A decline belongs to the presence session: a new login starts over. A push
/// timeout counts as a decline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DeclineMemory {
    /// Everyone who declined it in this round, while anybody else can take it. Then a new round begins, in which only the
    /// last who declined it is left out.
    #[default]
    Round,
    /// The last who declined it, and nobody else.
    Last,
    /// Everyone who declined it, while anybody else can take it. Then a new round begins with everybody.
    All,
    /// Everyone who declined it, until the next login.
    Session,
}

/// What happens to a chat that every available rep has declined or let time out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ChatDeclinedByAll {
    /// It ends: nobody is offered it twice, and its request is deleted.
    #[default]
    Ends,
    /// It waits, and is offered again as other work is.
    Waits,
}

/// Since when transferred work counts as waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TransferPlace {
    /// Since it was first routed.
    #[default]
    Keeps,
    /// Since the transfer.
    Loses,
}

/// Whether primary work takes interruptible capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum InterruptiblePools {
    /// Each kind of work must fit its own capacity alone.
    #[default]
    Independent,
    /// Interruptible work must fit, together with primary work, into the interruptible capacity. Primary work
    /// must fit the primary capacity alone: it interrupts.
    PrimaryCountsToo,
}

/// Where `TargetAcceptDateTime` stands in the order of waiting work. Work without one comes after work with one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TargetAcceptTime {
    /// After both priorities, before age.
    #[default]
    BeforeAge,
    /// Before the secondary priority.
    BeforeSecondaryPriority,
    /// It does not count.
    Ignored,
}

/// Where work stands whose field value has no secondary routing priority.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum UnmappedPriority {
    /// After all that have one.
    #[default]
    Last,
    /// As if its value had the priority 0, the highest.
    First,
}

/// How groups of additional skills are dropped after the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DropSkills {
    /// Each group waits another timeout.
    #[default]
    OneByOne,
    /// All at once.
    Together,
}

/// Which sources say what skills an agent has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum SkillSource {
    /// Records of the org and the skill's own assignments.
    #[default]
    Both,
    /// Records of the org: the plan's table of agents, and events.
    Records,
}

/// Whether an agent may enter a status of which the plan does not know whether it is granted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum UnknownGrants {
    /// Yes.
    #[default]
    Allow,
    /// No: only statuses that are known to be granted.
    Refuse,
}

/// What happens when the time for after conversation work is over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum AcwEnd {
    /// The work closes, and its capacity is free.
    #[default]
    Closes,
    /// Its times end; it stays open, and holds its capacity until it is closed.
    StaysOpen,
}

/// What becomes of the capacity of tab-based work when its record is given to a queue by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ReassignedTab {
    /// It is in use until the tab closes.
    #[default]
    HoldsCapacity,
    /// It is free at once.
    FreesCapacity,
}

/// Which work must fit the capacity of the rep to whom alone it is transferred.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum DirectTransferCapacity {
    /// Everything but chats (`LiveChatTranscript`).
    #[default]
    ChatsExceed,
    /// Everything.
    Checked,
    /// Nothing.
    Exceeds,
}

/// Whether records of finished work are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum FinishedWork {
    /// They are kept until they are deleted.
    #[default]
    Keep,
    /// They are dropped once the effect is given that says how the work ended: `AgentWork`, `PendingServiceRouting`, ended
    /// `UserServicePresence`, and work items that nothing refers to.
    Forget,
}

/// The org's limits. None: no limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct OrgLimits {
    /// Most work items that are routed in the preceding hour (Knowledge 000233885). That there is a limit is documented;
    /// 45,000 is reported by users.
    pub queued_per_hour: Option<u32>,
    /// Most pending routing requests. That there is a limit is documented (Knowledge 000233885); 300,000 for Enhanced
    /// Omni-Channel is reported by users.
    pub pending: Option<u32>,
}

impl Default for OrgLimits {
    fn default() -> Self {
        Self { queued_per_hour: Some(45_000), pending: Some(300_000) }
    }
}

/// The org's default presence configuration. It is not metadata, so nothing in a project says what it holds: these defaults
/// are an assumption, and to be replaced by what Setup shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct DefaultPresence {
    /// How much work a rep takes, in units of capacity. Assumed: 5.
    pub capacity: Units,
    /// How much interruptible work. None: as `capacity`.
    pub interruptible_capacity: Option<Units>,
    /// What a rep can do with an offer. Assumed: accept it. A status after a decline is one of the plan's, by its name.
    pub acceptance: Acceptance,
    /// The name of the status after an offer was not answered in time. None: the rep stays in line.
    pub status_on_push_timeout: Option<Name>,
}

impl Default for DefaultPresence {
    fn default() -> Self {
        Self {
            capacity: Units(50_000),
            interruptible_capacity: None,
            acceptance: Acceptance::Manual,
            status_on_push_timeout: None,
        }
    }
}
