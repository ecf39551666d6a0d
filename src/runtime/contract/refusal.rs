//! Why an event was refused.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::event::Name;
use super::ids::{AgentWorkId, UserServicePresenceId};
use super::records::AgentWorkStatus;
use crate::plan::{Time, Units};

/// Which rule refused an event.
#[derive(Clone, Debug, PartialEq, thiserror::Error, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "refusal", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Refusal {
    /// Time does not run backward.
    #[error("the event is at {at}, but it is {now} already")]
    TimeRunsBackward {
        /// The event's time. An effect has a time `at` beside it.
        #[serde(rename = "eventAt")]
        at: Time,
        /// The runtime's time.
        now: Time,
    },
    /// Time ends with the calendar, in the year 9999.
    #[error("the event is at {at}, and the last time that an event may have is before {}", Time::END)]
    TimeEnds {
        /// The event's time. An effect has a time `at` beside it.
        #[serde(rename = "eventAt")]
        at: Time,
    },
    /// Nothing has that name.
    #[error("there is no {what} `{name}`")]
    Unknown {
        /// What was asked for.
        what: What,
        /// The name.
        name: Name,
    },
    /// The record is routed already, or an agent works on it.
    #[error("the record `{work_item}` is being routed or worked on already")]
    AlreadyRouted {
        /// The record.
        work_item: Name,
    },
    /// The record waits for nobody.
    #[error("the record `{work_item}` is neither waiting nor assigned")]
    NotRouted {
        /// The record.
        work_item: Name,
    },
    /// To whom a flow routes the work is not known.
    #[error("the flow `{flow}` {problem}")]
    FlowNotFollowed {
        /// The flow.
        flow: Name,
        /// Why.
        problem: Name,
    },
    /// The queue does not hold the object.
    #[error("the queue `{queue}` does not hold `{object}`")]
    QueueDoesNotHold {
        /// The queue.
        queue: Name,
        /// The object.
        object: Name,
    },
    /// No service channel routes the object.
    #[error("no service channel routes `{object}`")]
    NoServiceChannel {
        /// The object.
        object: Name,
    },
    /// Omni-Channel or one of its features is off.
    #[error("{feature} is off in the org's settings")]
    FeatureOff {
        /// The feature.
        feature: Name,
    },
    /// The queue or route has no routing configuration that the plan knows.
    #[error("the routing configuration `{name}` is not in the plan, or has no routing model")]
    NoRoutingConfiguration {
        /// Its name.
        name: Name,
    },
    /// The routing configuration leaves the decision to a partner: a queue must name it.
    #[error("the routing configuration `{name}` is for external routing, which a queue must name")]
    ExternalNeedsQueue {
        /// Its name.
        name: Name,
    },
    /// The org is over a limit, and there is no overflow assignee.
    #[error("LIMIT_EXCEEDED: {limit:?}, and the routing configuration has no overflow assignee")]
    LimitExceeded {
        /// The limit.
        limit: Limit,
    },
    /// The user may not log in.
    #[error("`{user}` is not active")]
    Inactive {
        /// The user.
        user: Name,
    },
    /// The agent is not logged in.
    #[error("`{user}` is not logged in")]
    NotLoggedIn {
        /// The agent.
        user: Name,
    },
    /// The agent is not granted the status.
    #[error("`{user}` is not granted the presence status `{status}`")]
    StatusNotGranted {
        /// The agent.
        user: Name,
        /// The status.
        status: Name,
    },
    /// The agent's status does not offer the channel.
    #[error("the status `{status}` of `{user}` does not offer `{channel}`")]
    StatusOffersNotChannel {
        /// The agent.
        user: Name,
        /// The status.
        status: Name,
        /// The channel.
        channel: Name,
    },
    /// The work is another agent's.
    #[error("`{work}` is not with `{user}`")]
    NotYours {
        /// The work.
        work: AgentWorkId,
        /// The agent.
        user: Name,
    },
    /// An event leaves out who did it, and nobody holds the record.
    #[error("nobody holds `{work_item}`")]
    NobodyHolds {
        /// The record.
        work_item: Name,
    },
    /// An event leaves out who did it, and several agents hold the record.
    #[error("{} hold `{work_item}`: name one of them as `user`", crate::text::list(users, 20))]
    SeveralHold {
        /// The record.
        work_item: Name,
        /// Who holds it.
        users: Vec<Name>,
    },
    /// The work does not stand where it would have to.
    #[error("`{work}` is {status:?}, not {needs:?}")]
    WrongStatus {
        /// The work.
        work: AgentWorkId,
        /// Where it stands.
        status: AgentWorkStatus,
        /// Where it would have to stand.
        needs: AgentWorkStatus,
    },
    /// The presence configuration does not let the agent decline.
    #[error("the presence configuration of `{user}` does not let them decline")]
    DeclineNotEnabled {
        /// The agent.
        user: Name,
    },
    /// The work must go to the preferred user, who cannot decline it.
    #[error("`{work}` requires its preferred user, so it cannot be declined")]
    PreferredUserRequired {
        /// The work.
        work: AgentWorkId,
    },
    /// The reason is none of those to choose from.
    #[error("`{reason}` is none of the decline reasons that `{user}` can choose")]
    DeclineReason {
        /// The agent.
        user: Name,
        /// The reason.
        reason: Name,
    },
    /// The agent has too little free capacity.
    #[error("`{user}` would need {} of capacity, and has {free} free", crate::text::units(needs.as_f64()))]
    NoCapacity {
        /// The agent.
        user: Name,
        /// What would be needed.
        needs: Units,
        /// What is free.
        free: Units,
        /// Which check refused.
        check: CapacityCheck,
    },
    /// The agent has too many open items.
    #[error("`{user}` has {}", crate::text::count(*open as usize, "open item"))]
    TooManyOpenItems {
        /// The agent.
        user: Name,
        /// How many.
        open: u32,
    },
    /// The work is not externally routed.
    #[error("the routing request of `{work_item}` is not for external routing")]
    NotExternal {
        /// The record.
        work_item: Name,
    },
    /// The work is pushed to an agent already.
    #[error("`{work_item}` is pushed to an agent already")]
    AlreadyPushed {
        /// The record.
        work_item: Name,
    },
    /// A `PendingServiceRouting` that is ready for routing cannot be edited.
    #[error("the routing request of `{work_item}` is ready for routing, so it cannot be edited")]
    ReadyForRouting {
        /// The record.
        work_item: Name,
    },
    /// The fields do not go together, or a value is outside of its range.
    #[error("{field} {problem}")]
    Field {
        /// The field.
        field: Name,
        /// What is wrong.
        problem: Name,
    },
    /// Only closed, declined and unavailable work can be deleted.
    #[error("`{work}` is {status:?}: only Closed, Declined and Unavailable work can be deleted")]
    NotDeletable {
        /// The work.
        work: AgentWorkId,
        /// Where it stands.
        status: AgentWorkStatus,
    },
    /// The presence is the current state of its user, and goes on.
    #[error("`{id}` is the current state of `{user}`, which cannot be deleted")]
    CurrentState {
        /// The `UserServicePresence`.
        id: UserServicePresenceId,
        /// Its user.
        user: Name,
    },
    /// Only what was deleted can be undeleted.
    #[error("the {what} `{name}` is not deleted")]
    NotDeleted {
        /// What it is.
        what: What,
        /// Its id; of an `AgentWorkSkill`, the skill.
        name: Name,
    },
    /// The work has no after conversation work that could be extended.
    #[error("`{work}` has no after conversation work that can be extended")]
    NoExtension {
        /// The work.
        work: AgentWorkId,
    },
    /// All extensions are used.
    #[error("`{work}` was extended {}, which is the most", crate::text::count(*most as usize, "time"))]
    NoMoreExtensions {
        /// The work.
        work: AgentWorkId,
        /// The most.
        most: u32,
    },
    /// The user has no supervisor configuration.
    #[error("no supervisor configuration applies to `{user}`")]
    NotSupervisor {
        /// The user.
        user: Name,
    },
    /// The supervisor does not see it.
    #[error("the supervisor view of `{user}` does not show the {what} `{name}`")]
    NotVisible {
        /// The supervisor.
        user: Name,
        /// What.
        what: What,
        /// Its name.
        name: Name,
    },
    /// The supervisor configuration does not have the action.
    #[error("the supervisor configuration of `{user}` does not allow `{tab}.{action}`")]
    ActionNotAllowed {
        /// The supervisor.
        user: Name,
        /// The tab.
        tab: Name,
        /// The action.
        action: Name,
    },
    /// Events after this one are no longer retained, or there never was one.
    #[error("the replay id {replay_id} is not retained: query the records, and subscribe with -1 or -2")]
    ReplayId {
        /// The replay id.
        replay_id: i64,
    },
}

/// What a name was for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum What {
    /// A record that is routed.
    WorkItem,
    /// A queue.
    Queue,
    /// A service channel.
    ServiceChannel,
    /// A presence status.
    PresenceStatus,
    /// A presence configuration.
    PresenceConfiguration,
    /// A routing configuration.
    RoutingConfiguration,
    /// A skill.
    Skill,
    /// An agent.
    Agent,
    /// An `AgentWork`.
    AgentWork,
    /// A `PendingServiceRouting`.
    PendingServiceRouting,
    /// A `SkillRequirement`.
    SkillRequirement,
    /// An `AgentWorkSkill`.
    AgentWorkSkill,
    /// A `UserServicePresence`.
    UserServicePresence,
}

impl std::fmt::Display for What {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::WorkItem => "record",
            Self::Queue => "queue",
            Self::ServiceChannel => "service channel",
            Self::PresenceStatus => "presence status",
            Self::PresenceConfiguration => "presence configuration",
            Self::RoutingConfiguration => "routing configuration",
            Self::Skill => "skill",
            Self::Agent => "agent",
            Self::AgentWork => "`AgentWork`",
            Self::PendingServiceRouting => "`PendingServiceRouting`",
            Self::SkillRequirement => "`SkillRequirement`",
            Self::AgentWorkSkill => "`AgentWorkSkill`",
            Self::UserServicePresence => "`UserServicePresence`",
        })
    }
}

/// A check of capacity that refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CapacityCheck {
    /// `ShouldSkipCapacityCheck` of an `AgentWork` is false.
    AgentWork,
    /// A direct transfer to an agent.
    Transfer,
}

/// A limit of the org.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Limit {
    /// Work items routed in one hour.
    QueuedPerHour,
    /// Pending routing requests.
    Pending,
}
