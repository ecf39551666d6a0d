//! The tables. Each field says what it is, its unit, and what an absent element means and who says so.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::units::{Share, Units};

/// A reference: the index of a row in the table named in the field's description, or, as a string, the name of
/// something that the project does not define and the org may have.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Ref {
    /// The index of a row, from 0.
    Row(u32),
    /// The name of something outside of the project.
    Outside(String),
}

/// When a channel's work frees its capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityModel {
    /// When its tab closes.
    TabBased,
    /// When its status field says so.
    StatusBased,
}

/// What a status value means for capacity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusMeaning {
    /// Work in progress: costs the full price.
    InProgress,
    /// Paused work: costs the paused price.
    Paused,
    /// Finished work: costs nothing.
    Completed,
}

/// Which of a rep's two capacities work is charged to. Work of the object `LiveChatTranscript` is charged to the primary
/// one whatever this says (Omni-Channel for Administrators, Spring '26).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CapacityType {
    /// As the channel says.
    Inherited,
    /// The interruptible one.
    Interruptible,
    /// The primary one.
    Primary,
}

/// Who of several candidates is offered the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutingModel {
    /// The one with the least capacity in use.
    LeastActive,
    /// The one with the most free capacity.
    MostAvailable,
    /// A partner's system decides.
    External,
}

/// Which skills-based work a supervisor sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SkillVisibility {
    /// Work that has all the listed skills.
    AllSkills,
    /// Work that has any of them.
    AnySkill,
}

/// The tables, each sorted by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tables {
    /// The org's switches.
    pub settings: Settings,
    /// Service channels.
    pub channels: Vec<Channel>,
    /// Presence statuses.
    pub presence_statuses: Vec<PresenceStatus>,
    /// The names of the decline reasons.
    pub decline_reasons: Vec<String>,
    /// Presence configurations.
    pub presence_configurations: Vec<PresenceConfiguration>,
    /// The usernames of everyone whom the project names.
    pub users: Vec<String>,
    /// Who is governed by which presence configuration because it names the user. Beats the profile (Set Up Omni-Channel
    /// Developer Guide v56, `PresenceUserConfigUser`). Whom neither names is governed by the org's default presence
    /// configuration, which is not metadata.
    pub governed_by_user: Vec<GovernedUser>,
    /// Which profiles' users are governed by which presence configuration.
    pub governed_by_profile: Vec<GovernedProfile>,
    /// Routing configurations.
    pub routing_configurations: Vec<RoutingConfiguration>,
    /// Queues, routed or not.
    pub queues: Vec<Queue>,
    /// Skills.
    pub skills: Vec<Skill>,
    /// Which field values ask for which skills, sorted by object, field, value and skill.
    pub skill_rules: Vec<SkillRule>,
    /// What supervisors see.
    pub supervisor_views: Vec<SupervisorView>,
    /// Flows' actions that hand work to Omni-Channel, sorted by flow, then in the order of the flow.
    pub route_works: Vec<RouteWork>,
    /// Messaging channels: where conversations enter.
    pub messaging_channels: Vec<MessagingEntry>,
}

/// The org's switches. A switch that the settings file does not have is off (Metadata API Developer Guide 67.0,
/// `OmniChannelSettings`). In a project without a settings file nothing is known of them, and they count as on: its
/// components make sense only then.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the org, and all are independent")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Settings {
    /// True if the project has a settings file.
    pub known: bool,
    /// Omni-Channel itself.
    pub omni_channel: bool,
    /// Skills-based routing.
    pub skills_based_routing: bool,
    /// Secondary routing priority.
    pub secondary_routing_priority: bool,
    /// Status-based capacity.
    pub status_based_capacity: bool,
}

/// A service channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// The object whose records it routes; none if the org's object was gone when it was retrieved (`xsi:nil`).
    pub object: Option<String>,
    /// When its work frees capacity. Absent in the file: tab-based, as in Setup (assumed: the guide gives no default).
    pub capacity_model: CapacityModel,
    /// Offers are accepted by themselves. Absent: false (Object Reference 67.0).
    pub auto_accept: bool,
    /// Its work is charged to the interruptible capacity. Absent: false (Metadata API Developer Guide 67.0).
    pub interruptible: bool,
    /// Time for after conversation work; none if its timer is off or absent (default off, Metadata API Developer Guide
    /// 67.0). Overrides the presence configuration's.
    pub after_conversation_work: Option<AfterConversationWork>,
    /// The order of work that has one routing priority.
    pub secondary_priority: Option<SecondaryPriority>,
    /// What the status field says of capacity, for the status-based model.
    pub status_capacity: Option<StatusCapacity>,
}

/// After conversation work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AfterConversationWork {
    /// Most seconds.
    pub max_seconds: u32,
    /// How it can be extended; none if extensions are off or absent. (The guides disagree on the default for presence
    /// configurations; off is the reading that gives nobody time that the file does not.)
    pub extension: Option<AcwExtension>,
}

/// How after conversation work can be extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AcwExtension {
    /// By how many seconds at a time.
    pub seconds: u32,
    /// How often.
    pub most: u32,
}

/// The order of work that has one routing priority.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SecondaryPriority {
    /// The field.
    pub field: String,
    /// The priority of each of its values, sorted by value; lower goes first. A value that is not here goes last
    /// (assumed: not documented).
    pub values: Vec<ValuePriority>,
}

/// The priority of a field value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ValuePriority {
    /// The value.
    pub value: String,
    /// Its priority.
    pub priority: i32,
}

/// What a status field says of capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatusCapacity {
    /// The field.
    pub field: String,
    /// What each of its values means, sorted by value.
    pub values: Vec<ValueMeaning>,
    /// Capacity is checked when an owner changes. Absent: false (Metadata API Developer Guide 67.0).
    pub checks_owner_change: bool,
    /// Capacity is checked when finished work is opened again. Absent: false (Metadata API Developer Guide 67.0).
    pub checks_status_change: bool,
}

/// What a status value means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ValueMeaning {
    /// The value.
    pub value: String,
    /// Its meaning.
    pub meaning: StatusMeaning,
}

/// A presence status.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceStatus {
    /// Its name.
    pub name: String,
    /// The channels on which a rep in it takes work (table `channels`).
    pub channels: Vec<Ref>,
    /// True if it has no channels: a rep in it is away (Metadata API Developer Guide 67.0).
    pub away: bool,
    /// The profiles that grant it, lower case and percent-decoded.
    pub granted_by_profiles: Vec<String>,
    /// The permission sets that grant it.
    pub granted_by_permission_sets: Vec<String>,
}

/// A presence configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PresenceConfiguration {
    /// Its name.
    pub name: String,
    /// How much work a rep takes, in ten-thousandths of a capacity unit; none if the file says `xsi:nil`.
    pub capacity: Option<Units>,
    /// How much interruptible work. Absent: as `capacity` (Metadata API Developer Guide 67.0).
    pub interruptible_capacity: Option<Units>,
    /// What a rep can do with an offer.
    pub acceptance: Acceptance,
    /// The status after an offer was not answered in time (table `presence_statuses`); none: the rep stays in line.
    pub status_on_push_timeout: Option<Ref>,
    /// Time for after conversation work, where the channel does not say.
    pub after_conversation_work: Option<AfterConversationWork>,
}

/// What a rep can do with an offer. Absent switches are off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Acceptance {
    /// It is accepted by itself.
    Auto,
    /// It can be accepted.
    Manual,
    /// It can be accepted or declined.
    Decline {
        /// The reasons to choose from (table `decline_reasons`); empty if no reason is asked for.
        reasons: Vec<Ref>,
        /// The status after a decline (table `presence_statuses`); none: the rep stays in line.
        status: Option<Ref>,
    },
}

/// A user whom a presence configuration names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedUser {
    /// The user (table `users`).
    pub user: u32,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: u32,
}

/// A profile that a presence configuration names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct GovernedProfile {
    /// The profile, lower case and percent-decoded: projects write it in many ways.
    pub profile: String,
    /// The configuration (table `presence_configurations`).
    pub presence_configuration: u32,
}

/// What an item of work costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cost {
    /// So much capacity, in ten-thousandths of a unit.
    Units(Units),
    /// That share of the rep's capacity, in ten-thousandths of the whole.
    Share(Share),
}

/// A routing configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RoutingConfiguration {
    /// Its name.
    pub name: String,
    /// Who of several candidates is offered the work; none if the file says `xsi:nil`.
    pub model: Option<RoutingModel>,
    /// The order of queues; lower goes first. None if the file says `xsi:nil`.
    pub priority: Option<i32>,
    /// What an item costs. Neither weight nor percentage in the file: nothing (assumed: not documented).
    pub cost: Cost,
    /// What a paused item costs. Absent: nothing (Omni-Channel for Administrators, Spring '26).
    pub paused_cost: Cost,
    /// Which capacity it is charged to. Absent: inherited from the channel (Metadata API Developer Guide 67.0).
    pub capacity_type: CapacityType,
    /// Seconds until an unanswered offer goes to another rep. Absent or 0: none (Set Up Omni-Channel Developer Guide v56).
    /// For inbound calls through Amazon Connect, more than 20 counts as 20 (the same).
    pub push_timeout_seconds: Option<u32>,
    /// Who gets work above the org's limits. Not a fallback for when nobody has time.
    pub overflow: Option<Overflow>,
    /// Skills that every item needs (table `skills`).
    pub skills: Vec<Ref>,
    /// Seconds until additional skills are dropped; none: they are kept.
    pub drop_additional_skills_after_seconds: Option<u32>,
    /// Skill rules decide, and queue membership does not. Absent: false (Set Up Omni-Channel Developer Guide v56).
    pub attribute_based: bool,
}

/// Who gets work above the org's limits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Overflow {
    /// A queue (table `queues`).
    Queue(Ref),
    /// A user (table `users`).
    User(u32),
}

/// A queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// How it is routed (table `routing_configurations`); none: Omni-Channel leaves its work alone.
    pub routing_configuration: Option<Ref>,
    /// The objects whose records it may hold.
    pub objects: Vec<QueueObject>,
    /// Its members, as the queue names them.
    pub members: Members,
    /// The users who may be offered its work (table `users`), as far as source tells: its members by name. None where the
    /// routing configuration is attribute-based.
    pub agents: Vec<u32>,
    /// True if these are all: there are no members by group or role, and membership decides.
    pub agents_complete: bool,
}

/// An object of a queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct QueueObject {
    /// The object.
    pub object: String,
    /// The channel that routes it (table `channels`): the project's, else the one that Salesforce ships for it, else none.
    pub channel: Option<Ref>,
}

/// The members of a queue, each list sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Members {
    /// Users (table `users`).
    pub users: Vec<u32>,
    /// Public groups.
    pub groups: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Roles with all their subordinates.
    pub roles_and_subordinates: Vec<String>,
    /// Roles with their internal subordinates.
    pub roles_and_internal_subordinates: Vec<String>,
}

/// A skill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Skill {
    /// Its name.
    pub name: String,
    /// The users to whom its file gives it (table `users`). Sources disagree on whether Omni-Channel goes by these, or by
    /// records of the org alone (`ServiceResourceSkill`): they are kept, and it is for a runtime to choose.
    pub users: Vec<u32>,
    /// The profiles to whose users its file gives it, lower case and percent-decoded.
    pub profiles: Vec<String>,
}

/// A field value asks for a skill.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SkillRule {
    /// The object.
    pub object: String,
    /// The field, qualified with the object.
    pub field: String,
    /// The value; none if the rule has none.
    pub value: Option<String>,
    /// The skill (table `skills`).
    pub skill: Ref,
    /// The least level; none if any will do.
    pub level: Option<i32>,
    /// Work can do without it after a while. Absent: false (Metadata API Developer Guide 67.0).
    pub additional: bool,
    /// How early it is dropped; higher goes first, none goes last.
    pub drop_priority: Option<i32>,
    /// The skill mapping set.
    pub set: String,
    /// The set counts.
    pub active: bool,
}

/// What a supervisor sees and may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorView {
    /// The name of the supervisor configuration.
    pub name: String,
    /// The users who have it (table `users`). A user's own view beats the profile's.
    pub users: Vec<u32>,
    /// The profiles whose users have it, lower case and percent-decoded.
    pub profiles: Vec<String>,
    /// Visible queues (table `queues`).
    pub queues: Vec<Ref>,
    /// Visible skills (table `skills`).
    pub skills: Vec<Ref>,
    /// Which skills-based work is visible; none if the file does not say.
    pub skill_visibility: Option<SkillVisibility>,
    /// Visible groups of agents.
    pub groups: Vec<String>,
    /// The agents' timeline is hidden.
    pub timeline_hidden: bool,
    /// What the supervisor may do, sorted by tab, then in the order shown.
    pub actions: Vec<SupervisorAction>,
    /// The tabs in the order shown; empty: the standard ones.
    pub tabs: Vec<SupervisorTab>,
}

/// Something that a supervisor may do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorAction {
    /// On which tab.
    pub tab: String,
    /// What.
    pub action: String,
    /// The flow of a custom action.
    pub flow: Option<String>,
}

/// A tab of a supervisor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SupervisorTab {
    /// Which.
    pub tab: String,
    /// The page of a custom tab.
    pub page: Option<String>,
}

/// A flow's action that hands work to Omni-Channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouteWork {
    /// The flow.
    pub flow: String,
    /// The action's name in the flow.
    pub action: String,
    /// The flow's status is `Active`.
    pub active: bool,
    /// The channel (table `channels`); none if the flow gives none.
    pub channel: Option<Input>,
    /// `QueueBased`, `SkillsBased`, `Agent`, `Bot`, … as the flow has it.
    pub routing_type: Option<Input>,
    /// The queue, as target or fallback.
    pub queue: Option<Input>,
    /// The queue (table `queues`) whose label the flow shows beside the Id, if exactly one of the project's has it: Flow
    /// Builder writes a queue as one org's record Id and its label.
    pub queue_by_label: Option<u32>,
    /// The routing configuration, for skills-based routing.
    pub routing_configuration: Option<Input>,
    /// The routing configuration (table `routing_configurations`) by its label, as for the queue.
    pub routing_configuration_by_label: Option<u32>,
    /// The agent who is to get it.
    pub agent: Option<Input>,
    /// Only that agent may get it. Absent: false (every flow seen that means it says so).
    pub agent_required: bool,
    /// The bot or AI agent that is to get it.
    pub bot: Option<Input>,
    /// When it should be accepted.
    pub accept_by: Option<Input>,
    /// Where the skills come from: `DefineSkillRequirements`, `RunSBRRules`, `Both`.
    pub skill_option: Option<Input>,
    /// The skills that the flow gives.
    pub skill_requirements: Option<Input>,
}

/// What a flow gives for an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A component by its name (the table of its kind).
    Named(Ref),
    /// A resource of the flow: known only when it runs.
    Resource(String),
    /// A text as it is; for Ids, one org's record Id.
    Text(String),
}

/// A messaging channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessagingEntry {
    /// Its name.
    pub name: String,
    /// Its type, such as `EmbeddedMessaging`.
    pub kind: Option<String>,
    /// Who takes a new conversation: `Queue`, `Flow`, `User`, `AgentforceServiceAgent`.
    pub handler: Option<String>,
    /// The queue (table `queues`): the handler, or the fallback of another handler.
    pub queue: Option<Ref>,
    /// The flow.
    pub flow: Option<String>,
    /// The user (table `users`).
    pub user: Option<u32>,
    /// The AI agent.
    pub agent: Option<String>,
    /// The routing configuration (table `routing_configurations`).
    pub routing_configuration: Option<Ref>,
}
