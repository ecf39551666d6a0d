//! What the runtime answers: the output.
//!
//! The order of effects is part of the contract. Within one event: what timers did that were due before it, in the order of
//! their times; then what the event did; then the offers that it made possible, in the order of the waiting work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::decision::Decision;
use super::event::{Name, Owner, SkillHeld};
use super::ids::{AgentWorkId, PendingServiceRoutingId, SessionId, UserServicePresenceId};
use super::records::{AgentWorkStatus, PendingServiceRouting};
use super::refusal::{Limit, Refusal};
use super::supervisor::SupervisorSight;
use crate::plan::{Time, Units};

/// An event that was refused. It did nothing; that time passed until it came is not undone.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{refusal}")]
pub struct Refused {
    /// Why.
    pub refusal: Refusal,
    /// What timers did that were due until then: the same as if a [`super::event::Event::TimePassed`] had come instead.
    pub effects: Vec<TimedEffect>,
}

/// An effect and when it happened: a line of output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimedEffect {
    /// When.
    pub at: Time,
    /// What.
    #[serde(flatten)]
    pub effect: Effect,
}

/// Something that happened because of an event or of time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "effect", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Effect {
    /// Omni-Channel leaves a record alone that was assigned to a queue.
    NotRouted {
        /// The record.
        work_item_id: Name,
        /// The queue.
        queue: Name,
        /// Why.
        reason: NotRouted,
    },
    /// The org is over a limit: the record goes to the overflow assignee.
    Overflowed {
        /// The record.
        work_item_id: Name,
        /// The queue that it was for; none: it was not for a queue.
        queue: Option<Name>,
        /// Who gets it.
        owner: Owner,
        /// The limit.
        limit: Limit,
    },
    /// A chat ends: everyone who could be offered it declined it or let it time out ("No available agent").
    NoAvailableAgent {
        /// The record.
        work_item_id: Name,
    },
    /// The runtime gave a record another owner.
    OwnerChanged {
        /// The record.
        work_item_id: Name,
        /// The new owner.
        owner: Owner,
    },
    /// A `PendingServiceRouting` was created, updated or deleted.
    PendingServiceRouting {
        /// What happened to it.
        change: Change,
        /// Which.
        id: PendingServiceRoutingId,
        /// The record.
        work_item_id: Name,
        /// Its serial number.
        serial: u32,
        /// It is pushed to an agent.
        is_pushed: bool,
    },
    /// Additional skills were dropped from waiting work.
    SkillsDropped {
        /// The `PendingServiceRouting`.
        id: PendingServiceRoutingId,
        /// The record.
        work_item_id: Name,
        /// The skills.
        skills: Vec<Name>,
    },
    /// Work was assigned to an agent.
    AgentWorkCreated {
        /// Which.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// `Assigned`, or `Opened` for work that a change of owner or status gave the agent.
        status: AgentWorkStatus,
        /// The queue.
        queue: Option<Name>,
    },
    /// An agent accepted work.
    AgentWorkOpened {
        /// Which.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// Seconds since it was requested.
        speed_to_answer: i64,
    },
    /// Work leaves an agent.
    AgentWorkEnded {
        /// Which.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// How it ended.
        status: AgentWorkStatus,
        /// Seconds from accept to the end.
        handle_time: Option<i64>,
        /// Seconds in focus.
        active_time: Option<i64>,
        /// Seconds of after conversation work.
        after_conversation_actual_time: Option<i64>,
    },
    /// Open work was paused, or goes on.
    AgentWorkPaused {
        /// Which.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// True: it is paused now.
        paused: bool,
    },
    /// An `AgentWork` was deleted.
    AgentWorkDeleted {
        /// Which.
        id: AgentWorkId,
    },
    /// An `AgentWork` that was deleted is there again.
    AgentWorkUndeleted {
        /// Which.
        id: AgentWorkId,
    },
    /// An `AgentWorkSkill` was deleted.
    AgentWorkSkillDeleted {
        /// The `AgentWork`.
        agent_work_id: AgentWorkId,
        /// The skill.
        skill_id: Name,
    },
    /// An `AgentWorkSkill` that was deleted is there again.
    AgentWorkSkillUndeleted {
        /// The `AgentWork`.
        agent_work_id: AgentWorkId,
        /// The skill.
        skill_id: Name,
    },
    /// A `UserServicePresence` was deleted.
    UserServicePresenceDeleted {
        /// Which.
        id: UserServicePresenceId,
    },
    /// A `UserServicePresence` that was deleted is there again.
    UserServicePresenceUndeleted {
        /// Which.
        id: UserServicePresenceId,
    },
    /// After conversation work began, or was extended.
    AfterConversationWork {
        /// The work.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// When it is over at the latest.
        until: Time,
        /// How often it was extended.
        extensions: u32,
    },
    /// The time for after conversation work is over, or was ended by closing; follows the definitions of the guide.
    AfterConversationWorkEnded {
        /// The work.
        id: AgentWorkId,
        /// The record.
        work_item_id: Name,
        /// The agent.
        user_id: Name,
        /// Seconds of it.
        after_conversation_actual_time: i64,
    },
    /// An agent entered a presence status: a `UserServicePresence` was created.
    UserServicePresenceStarted {
        /// Which.
        id: UserServicePresenceId,
        /// The agent.
        user_id: Name,
        /// The status.
        service_presence_status_id: Name,
        /// The status has no channels.
        is_away: bool,
        /// The session.
        session: SessionId,
    },
    /// An agent left a presence status.
    UserServicePresenceEnded {
        /// Which.
        id: UserServicePresenceId,
        /// The agent.
        user_id: Name,
        /// The status.
        service_presence_status_id: Name,
        /// Seconds in it.
        status_duration: i64,
        /// Seconds at full capacity.
        at_capacity_duration: i64,
        /// Seconds without work.
        idle_duration: i64,
        /// The average capacity in use, in units.
        average_capacity: Option<Units>,
    },
    /// An event of the agent's console.
    Console {
        /// Whose.
        user: Name,
        /// The event.
        #[serde(flatten)]
        event: ConsoleEvent,
    },
    /// What a method of the console answers.
    Result {
        /// Whose console.
        user: Name,
        /// The answer.
        #[serde(flatten)]
        result: ConsoleResult,
    },
    /// A streaming event of externally routed work, for everyone who subscribed.
    Streaming {
        /// The event.
        #[serde(flatten)]
        event: Box<StreamingEvent>,
    },
    /// What a new subscriber gets of the events that are retained.
    Subscribed {
        /// Who.
        subscriber: Name,
        /// The events, oldest first.
        events: Vec<StreamingEvent>,
    },
    /// A supervisor's view.
    SupervisorView {
        /// The supervisor.
        user: Name,
        /// What is seen.
        #[serde(flatten)]
        sight: Box<SupervisorSight>,
    },
    /// A supervisor started an action that happens outside of routing: a flow, a dashboard, a learning assignment.
    SupervisorActed {
        /// The supervisor.
        user: Name,
        /// The tab.
        tab: Name,
        /// The action.
        action: Name,
        /// The flow of a custom action.
        flow: Option<Name>,
    },
    /// An agent's queues, skills or other properties were changed.
    AgentChanged {
        /// The agent.
        user: Name,
    },
    /// Skill assignments of an agent began or ended, by their dates.
    SkillsChanged {
        /// The agent.
        user: Name,
        /// Skills that the agent has from now on, or has at another level.
        began: Vec<SkillHeld>,
        /// Skills that the agent no longer has.
        ended: Vec<Name>,
    },
    /// Why work was offered to an agent. Only if the runtime traces.
    Decision(Box<Decision>),
    /// An event was refused, and did nothing. The runtime gives it as an error; programs that write effects write this.
    Refused {
        /// Why.
        #[serde(flatten)]
        refusal: Refusal,
    },
}

/// What happened to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Change {
    /// It was created.
    Created,
    /// It was updated.
    Updated,
    /// It was deleted.
    Deleted,
}

/// Why Omni-Channel leaves a record alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NotRouted {
    /// Omni-Channel is off.
    OmniChannelOff,
    /// The queue has no routing configuration.
    NoRoutingConfiguration,
    /// No service channel routes the object.
    NoServiceChannel,
}

/// The events of the agent's console, with their payloads (guide, "Events for Omni-Channel").
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "event", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConsoleEvent {
    /// `omniChannelLoginSuccess`.
    LoginSuccess {
        /// The status.
        status_id: Name,
    },
    /// `omniChannelStatusChanged`.
    StatusChanged {
        /// The status.
        status_id: Name,
        /// Its channels.
        channels: Vec<ConsoleChannel>,
        /// Its name: the API name, since routing knows no labels.
        status_name: Name,
        /// Its API name.
        status_api_name: Name,
    },
    /// `omniChannelLogout`.
    Logout {},
    /// `omniChannelWorkAssigned`.
    WorkAssigned {
        /// The record.
        work_item_id: Name,
        /// The work.
        work_id: AgentWorkId,
    },
    /// `omniChannelWorkAccepted`.
    WorkAccepted {
        /// The record.
        work_item_id: Name,
        /// The work.
        work_id: AgentWorkId,
    },
    /// `omniChannelWorkDeclined`.
    WorkDeclined {
        /// The record.
        work_item_id: Name,
        /// The work.
        work_id: AgentWorkId,
    },
    /// `omniChannelWorkClosed`.
    WorkClosed {
        /// The record.
        work_item_id: Name,
        /// The work.
        work_id: AgentWorkId,
    },
    /// `omniChannelWorkFlagUpdated`.
    WorkFlagUpdated {
        /// The work.
        work_id: AgentWorkId,
        /// The flag is raised.
        is_flagged: bool,
        /// The message.
        message: Option<Name>,
        /// Who did it.
        role_updated_by: FlagRole,
        /// The user who did it.
        updated_by: Name,
    },
    /// `omniChannelWorkloadChanged`.
    WorkloadChanged {
        /// The configured capacity, in units.
        configured_capacity: Units,
        /// The workload before, in units.
        previous_workload: Units,
        /// The workload now, in units.
        new_workload: Units,
    },
    /// `omniChannelConnectionError`.
    ConnectionError {
        /// The message.
        error: Name,
    },
}

/// `roleUpdatedBy` of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum FlagRole {
    /// The agent.
    Agent,
    /// A supervisor.
    Supervisor,
}

/// The guide's `channel` object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleChannel {
    /// Its id: the API name.
    pub channel_id: Name,
    /// Its API name.
    pub developer_name: Name,
}

/// The guide's `work` object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConsoleWork {
    /// The record.
    pub work_item_id: Name,
    /// The work.
    pub work_id: AgentWorkId,
    /// The agent works on it.
    pub is_engaged: bool,
}

/// What the methods of the console answer, besides refusals. `login`, `logout`, `acceptAgentWork`, `declineAgentWork`,
/// `closeAgentWork` and the flags' methods answer `true`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "method", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum ConsoleResult {
    /// `login`.
    Login {
        /// True.
        success: bool,
    },
    /// `logout`.
    Logout {
        /// True.
        success: bool,
    },
    /// `setServicePresenceStatus`.
    SetServicePresenceStatus {
        /// Its name.
        status_name: Name,
        /// Its API name.
        status_api_name: Name,
        /// The status.
        status_id: Name,
        /// Its channels.
        channels: Vec<ConsoleChannel>,
    },
    /// `getServicePresenceStatusId`.
    GetServicePresenceStatusId {
        /// Its name.
        status_name: Name,
        /// Its API name.
        status_api_name: Name,
        /// The status.
        status_id: Name,
    },
    /// `getServicePresenceStatusChannels`.
    GetServicePresenceStatusChannels {
        /// The channels of the agent's status.
        channels: Vec<ConsoleChannel>,
    },
    /// `getAgentWorks`.
    GetAgentWorks {
        /// Work that is assigned to the agent or open, in the order of assignment.
        works: Vec<ConsoleWork>,
    },
    /// `getAgentWorkload`.
    GetAgentWorkload {
        /// The configured capacity, in units.
        configured_capacity: Units,
        /// The capacity in use, primary and interruptible, in units.
        current_workload: Units,
    },
    /// `acceptAgentWork`.
    AcceptAgentWork {
        /// True.
        success: bool,
    },
    /// `declineAgentWork`.
    DeclineAgentWork {
        /// True.
        success: bool,
    },
    /// `closeAgentWork`.
    CloseAgentWork {
        /// True.
        success: bool,
    },
    /// `raiseAgentWorkFlag`.
    RaiseAgentWorkFlag {
        /// True.
        success: bool,
    },
    /// `lowerAgentWorkFlag`.
    LowerAgentWorkFlag {
        /// True.
        success: bool,
    },
}

/// A `PushTopic` event of an externally routed `PendingServiceRouting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StreamingEvent {
    /// What happened to the record.
    #[serde(rename = "type")]
    pub kind: Change,
    /// Grows with each event; an adapter keeps the last one that it has processed.
    pub replay_id: i64,
    /// When.
    pub created_date: Time,
    /// The record, after the change; of a deleted one, as it was.
    pub sobject: PendingServiceRouting,
}

/// What happened while time passed.
#[derive(Clone, Debug, PartialEq)]
pub struct PassOutcome {
    /// What timers did.
    pub effects: Vec<TimedEffect>,
    /// How many timers fired.
    pub timers: usize,
    /// True if the time was reached. Else more is due before it, and the runtime's time is that of the last timer.
    pub reached: bool,
}
