//! What happens: the input of the runtime.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::plan::Name;

use super::ids::{AgentWorkId, PendingServiceRoutingId, UserServicePresenceId};
use super::records::RoutingModel;
use crate::plan::{Share, SkillLevel, Time, Units};

/// Something that happens. Names of methods, fields and their values are those of the Set Up Omni-Channel Developer Guide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Event {
    /// Nothing but that time passes: timeouts fire.
    TimePassed {},

    // Work
    /// A record is to be routed: it was assigned to a queue, or a flow's Route Work action hands it over.
    WorkArrived(WorkArrived),
    /// The customer leaves, or the record no longer needs routing.
    WorkCanceled {
        /// The record.
        work_item_id: Name,
    },
    /// Fields of a record change. Routing is not applied again (developer guide 262.0); a status field may pause, complete
    /// or reopen work of a status-based channel.
    WorkItemUpdated {
        /// The record.
        work_item_id: Name,
        /// The fields that change, each with its new value; `null` for one that is emptied.
        #[serde(deserialize_with = "super::field_values::deserialize")]
        #[schemars(schema_with = "super::field_values::schema")]
        fields: BTreeMap<Name, Name>,
    },
    /// Somebody gives a record another owner by hand.
    OwnerChanged {
        /// The record.
        work_item_id: Name,
        /// The new owner.
        owner: Owner,
    },
    /// A record is created that nobody routes: with the owner that it has, until an event routes it or changes that.
    RecordCreated {
        /// The record.
        work_item_id: Name,
        /// Its object.
        object: Name,
        /// The values of its fields.
        #[serde(
            default,
            skip_serializing_if = "BTreeMap::is_empty",
            deserialize_with = "super::field_values::deserialize"
        )]
        #[schemars(schema_with = "super::field_values::schema")]
        fields: BTreeMap<Name, Name>,
        /// Who owns it; none: nobody whom routing knows.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<Owner>,
    },
    /// A record is deleted: what waits or is offered is canceled, and open work closes.
    RecordDeleted {
        /// The record.
        work_item_id: Name,
    },
    /// The contact with the customer ends; after conversation work begins, where the channel has it.
    ConversationEnded {
        /// The record.
        work_item_id: Name,
    },

    // The agent's console: methods of the toolkits
    /// `login`: logs an agent in, with a presence status.
    Login {
        /// The agent.
        user: Name,
        /// The presence status.
        status_id: Name,
    },
    /// `logout`.
    Logout {
        /// The agent.
        user: Name,
    },
    /// `setServicePresenceStatus`: changes the status; logs the agent in who is not.
    SetServicePresenceStatus {
        /// The agent.
        user: Name,
        /// The presence status.
        status_id: Name,
    },
    /// `getServicePresenceStatusId`.
    GetServicePresenceStatusId {
        /// The agent.
        user: Name,
    },
    /// `getServicePresenceStatusChannels`.
    GetServicePresenceStatusChannels {
        /// The agent.
        user: Name,
    },
    /// `getAgentWorks`.
    GetAgentWorks {
        /// The agent.
        user: Name,
    },
    /// `getAgentWorkload`.
    GetAgentWorkload {
        /// The agent.
        user: Name,
    },
    /// `acceptAgentWork`.
    AcceptAgentWork {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
    },
    /// `declineAgentWork`.
    DeclineAgentWork {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        decline_reason: Option<Name>,
    },
    /// `closeAgentWork`.
    CloseAgentWork {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
    },
    /// `raiseAgentWorkFlag`.
    RaiseAgentWorkFlag {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
        /// The message that goes with the flag.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Name>,
    },
    /// `lowerAgentWorkFlag`.
    LowerAgentWorkFlag {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
    },

    // What else an agent does
    /// The agent's connection breaks: as a logout, and the console tells of the error.
    ConnectionLost {
        /// The agent.
        user: Name,
        /// What the console is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<Name>,
    },
    /// The tab of a work item closes. Tab-based work closes with it; status-based work stays open.
    TabClosed {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
    },
    /// The tab of a work item comes into focus, or none: active time is the time in focus.
    TabFocused {
        /// The agent.
        user: Name,
        /// The work; none if the focus goes elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        work_id: Option<WorkKey>,
    },
    /// The agent asks for more time for after conversation work.
    AfterConversationWorkExtended {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
    },
    /// The agent hands open work on.
    WorkTransferred {
        /// The agent.
        user: Name,
        /// The work.
        work_id: WorkKey,
        /// To whom.
        to: Route,
    },

    // Supervisors
    /// A supervisor looks or acts.
    Supervise {
        /// The supervisor.
        user: Name,
        /// What the supervisor does.
        action: Supervision,
    },

    // Partners with external routing
    /// A partner creates an `AgentWork` for externally routed work.
    CreateAgentWork(CreateAgentWork),
    /// A partner subscribes to the events of `PendingServiceRouting`.
    Subscribe {
        /// Who.
        subscriber: Name,
        /// From where: -1 for new events only, -2 for all that are retained, else the id of the last event processed.
        replay_id: i64,
    },
    /// Salesforce comes back after a switch of data centres: everyone is logged out, and streaming starts over.
    DataRecovered {},

    // Records, through the API
    /// `create()` of a `PendingServiceRouting`, for skills-based routing or a preferred user.
    CreatePendingServiceRouting {
        /// The record that is to be routed.
        work_item_id: Name,
        /// Its object.
        object: Name,
        /// Its fields.
        #[serde(default)]
        fields: PendingServiceRoutingFields,
    },
    /// `update()` of one that is not ready for routing.
    UpdatePendingServiceRouting {
        /// Which.
        id: PendingServiceRoutingKey,
        /// The fields that change.
        fields: PendingServiceRoutingFields,
    },
    /// `delete()`: the work is no longer routed.
    DeletePendingServiceRouting {
        /// Which.
        id: PendingServiceRoutingKey,
    },
    /// `create()` of a `SkillRequirement`, for a `PendingServiceRouting` that is not ready for routing.
    CreateSkillRequirement {
        /// The `PendingServiceRouting`.
        related_record_id: PendingServiceRoutingKey,
        /// The skill.
        need: SkillNeed,
    },
    /// `update()` of a `SkillRequirement` of a `PendingServiceRouting` that is not ready for routing.
    UpdateSkillRequirement {
        /// The `PendingServiceRouting`.
        related_record_id: PendingServiceRoutingKey,
        /// The skill that it asks for.
        skill_id: Name,
        /// The fields that change.
        fields: SkillRequirementFields,
    },
    /// `delete()` of such a `SkillRequirement`.
    DeleteSkillRequirement {
        /// The `PendingServiceRouting`.
        related_record_id: PendingServiceRoutingKey,
        /// The skill that it asks for.
        skill_id: Name,
    },
    /// `delete()` of an `AgentWork` that is closed, declined or unavailable.
    DeleteAgentWork {
        /// Which.
        id: WorkKey,
    },
    /// `undelete()` of one that was deleted.
    UndeleteAgentWork {
        /// Which.
        id: AgentWorkId,
    },
    /// `delete()` of an `AgentWorkSkill`: it says how work was routed, and nothing depends on it.
    DeleteAgentWorkSkill {
        /// The `AgentWork`.
        agent_work_id: AgentWorkId,
        /// The skill.
        skill_id: Name,
    },
    /// `undelete()` of one that was deleted.
    UndeleteAgentWorkSkill {
        /// The `AgentWork`.
        agent_work_id: AgentWorkId,
        /// The skill.
        skill_id: Name,
    },
    /// `delete()` of a `UserServicePresence` that is not the current state of its user.
    DeleteUserServicePresence {
        /// Which.
        id: UserServicePresenceId,
    },
    /// `undelete()` of one that was deleted.
    UndeleteUserServicePresence {
        /// Which.
        id: UserServicePresenceId,
    },

    // The org
    /// An administrator makes an agent, or changes one. What is not given stays.
    AgentChanged(AgentChange),
}

/// Which `AgentWork`: its id, or, for scripts that cannot know ids, the record: then the latest work on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum WorkKey {
    /// By id, such as `AW-7`.
    Id(AgentWorkId),
    /// The record's latest work, by the record's id.
    WorkItem(Name),
}

/// Which `PendingServiceRouting`: its id, or, for scripts that cannot know ids, the record that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum PendingServiceRoutingKey {
    /// By id, such as `PSR-7`.
    Id(PendingServiceRoutingId),
    /// The one of this record.
    WorkItem(Name),
}

/// A record that is to be routed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkArrived {
    /// The record.
    pub work_item_id: Name,
    /// Its object, such as `Case`.
    pub object: Name,
    /// The values of its fields, as far as routing asks for them: skill rules, secondary priority, status.
    /// Numbers and booleans count as their texts, and `null` as empty.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        deserialize_with = "super::field_values::deserialize"
    )]
    #[schemars(schema_with = "super::field_values::schema")]
    pub fields: BTreeMap<Name, Name>,
    /// The service channel; none: the one of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_channel_id: Option<Name>,
    /// To whom.
    pub route: Route,
    /// `CustomRequestedDateTime`: since when it counts as waiting, also when it is routed again; none: since it is routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_requested_date_time: Option<Time>,
    /// `TargetAcceptDateTime`: by when it should be accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_accept_date_time: Option<Time>,
}

/// To whom work is routed: the routing types of Route Work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Route {
    /// To the members of a queue; or by skills, if its routing configuration is attribute-based.
    Queue(Name),
    /// To whoever has the skills.
    Skills(SkillsRoute),
    /// To an agent.
    Agent(AgentRoute),
    /// To whom a flow of the project routes it, if the flow's data tells.
    Flow(FlowRoute),
}

/// A flow that routes work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FlowRoute {
    /// The flow.
    pub flow: Name,
    /// The route-work action; none: the only one of the flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Name>,
}

/// Skills-based routing by a flow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillsRoute {
    /// The routing configuration.
    pub routing_configuration: Name,
    /// The flow's own skills: `DefineSkillRequirements`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<SkillNeed>,
    /// Whether the skill rules of the object count too: `RunSBRRules`.
    #[serde(default)]
    pub run_rules: bool,
}

/// A skill that work asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillNeed {
    /// The skill.
    pub skill_id: Name,
    /// The least level, 0 to 99.99; none: any will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_level: Option<SkillLevel>,
    /// Dropped after a while.
    #[serde(default)]
    pub is_additional_skill: bool,
    /// How early: higher values go first, 0 and none last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_priority: Option<i32>,
}

/// Direct routing to an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgentRoute {
    /// `PreferredUserId`.
    pub user: Name,
    /// `IsPreferredUserRequired`: nobody else may get it.
    #[serde(default)]
    pub required: bool,
    /// The queue that gets it if the agent cannot. Its routing configuration says what the work costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup_queue: Option<Name>,
    /// The routing configuration, where there is no backup queue. With neither, the work costs nothing and never times out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_configuration: Option<Name>,
}

/// The owner of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Owner {
    /// A queue.
    Queue(Name),
    /// A user.
    User(Name),
}

/// The fields of a new `AgentWork`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateAgentWork {
    /// The service channel; none: as the routing request says. Another one is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_channel_id: Option<Name>,
    /// The record.
    pub work_item_id: Name,
    /// Who is to get it.
    pub user_id: Name,
    /// The routing request that it answers; none: the one of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending_service_routing_id: Option<PendingServiceRoutingId>,
    /// Do not check the agent's capacity.
    #[serde(default)]
    pub should_skip_capacity_check: bool,
    /// What it costs, in capacity units; none: as the routing request says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_weight: Option<Units>,
    /// What it costs, in percent of the agent's capacity; none: as the routing request says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub capacity_percentage: Option<Share>,
}

/// The fields of a `PendingServiceRouting` that can be written. None: not given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PendingServiceRoutingFields {
    /// The service channel. By default the one of the object.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_channel_id: Option<Name>,
    /// `LeastActive` or `MostAvailable`. By default the former.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_model: Option<RoutingModel>,
    /// The order among waiting work. By default after all that has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub routing_priority: Option<i32>,
    /// The order among work of one priority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secondary_routing_priority: Option<i32>,
    /// What it costs, in capacity units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_weight: Option<Units>,
    /// What it costs, in percent of the agent's capacity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capacity_percentage: Option<Share>,
    /// Seconds until an unanswered offer goes to another agent. 0: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push_timeout: Option<u32>,
    /// Seconds until additional skills are dropped. 0: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop_additional_skills_timeout: Option<u32>,
    /// Since when it counts as waiting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_requested_date_time: Option<Time>,
    /// By when it should be accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_accept_date_time: Option<Time>,
    /// Who should get it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preferred_user_id: Option<Name>,
    /// Nobody else may get it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_preferred_user_required: Option<bool>,
    /// It is routed from now on, and can no longer be edited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ready_for_routing: Option<bool>,
}

/// What an administrator says of an agent. None: as before, and for a new agent: not known.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AgentChange {
    /// The username.
    pub user: Name,
    /// False: the user may not log in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// The profile, in any case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Name>,
    /// The presence configuration that governs the agent. It takes effect with the next login.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub presence_configuration: Option<Name>,
    /// All statuses that the agent is granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<Name>>,
    /// All queues whose member the agent is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queues: Option<Vec<Name>>,
    /// All skills that the agent has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skills: Option<Vec<SkillHeld>>,
    /// All public groups that the agent is in, for what supervisors see.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Name>>,
}

/// Fields of a `SkillRequirement`. What is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillRequirementFields {
    /// Another skill, which the work does not ask for yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_id: Option<Name>,
    /// How well, from 0 to 99.99.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_level: Option<SkillLevel>,
    /// It is dropped after a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_additional_skill: Option<bool>,
    /// The order in which additional skills are dropped: the highest first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_priority: Option<i32>,
}

/// A skill that an agent has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SkillHeld {
    /// The skill.
    pub skill_id: Name,
    /// How well; none: not known, which is taken for well enough.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill_level: Option<SkillLevel>,
}

/// What a supervisor does. Custom actions and those that only open something are told as effects.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "action", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Supervision {
    /// Looks at what the supervisor's view shows.
    View {},
    /// `AllAgents.ChangeQueues`: puts an agent into queues and takes the agent out of queues.
    ChangeQueues {
        /// The agent.
        agent: Name,
        /// Queues to be put into.
        #[serde(default)]
        add: Vec<Name>,
        /// Queues to be taken out of.
        #[serde(default)]
        remove: Vec<Name>,
    },
    /// `AllAgents.ChangeSkills`: gives an agent skills and takes skills away.
    ChangeSkills {
        /// The agent.
        agent: Name,
        /// Skills to be given.
        #[serde(default)]
        add: Vec<SkillHeld>,
        /// Skills to be taken away.
        #[serde(default)]
        remove: Vec<Name>,
    },
    /// `QueuesBacklog.ManageQueues`: assigns agents to a queue, or takes them out of it.
    ManageQueues {
        /// The queue.
        queue: Name,
        /// Agents to be put in.
        #[serde(default)]
        add: Vec<Name>,
        /// Agents to be taken out.
        #[serde(default)]
        remove: Vec<Name>,
    },
    /// `AllAgents.AssignLearning`.
    AssignLearning {
        /// The agents.
        agents: Vec<Name>,
    },
    /// `AWSDashboard` on a tab.
    AwsDashboard {
        /// The tab, such as `QueuesBacklog`.
        tab: Name,
    },
    /// `CustomAction` on a tab: a flow.
    CustomAction {
        /// The tab, such as `AssignedWork`.
        tab: Name,
        /// The flow.
        flow: Name,
    },
    /// Raises the flag of a visible agent's work.
    RaiseFlag {
        /// The work.
        work_id: WorkKey,
        /// The message that goes with the flag.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<Name>,
    },
    /// Lowers the flag of a visible agent's work.
    LowerFlag {
        /// The work.
        work_id: WorkKey,
    },
}
