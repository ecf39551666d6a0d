//! What the model keeps.

use std::collections::BTreeMap;

use omnic::plan::{Acceptance, AcwExtension, AfterConversationWork, Cost, SkillLevel, StatusMeaning, Units};
use omnic::runtime::records::{AgentWorkStatus, PendingServiceRouting, RoutingModel};
use omnic::runtime::{AgentWorkId, Name, Owner, PendingServiceRoutingId, SessionId, Time, UserServicePresenceId};

/// A capacity: its place in `Governed::capacity`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    Primary = 0,
    Interruptible = 1,
}

#[derive(Clone)]
pub(crate) struct Agent {
    pub(crate) name: Name,
    pub(crate) active: bool,
    pub(crate) profile: Option<Name>,
    /// What `AgentChanged` or the table of agents says governs the agent.
    pub(crate) configuration: Option<Name>,
    /// Exactly these, by `AgentChanged`.
    pub(crate) statuses: Option<Vec<Name>>,
    /// These at least, by the table of agents.
    pub(crate) known_statuses: Vec<Name>,
    pub(crate) statuses_complete: bool,
    pub(crate) skills: Vec<(Name, Option<SkillLevel>)>,
    /// The assignments of the plan, until an event changes the skill.
    pub(crate) assigned: Vec<Assigned>,
    pub(crate) queues: Vec<Name>,
    pub(crate) groups: Vec<Name>,
    pub(crate) session: Option<Session>,
}

/// A skill is assigned, from a moment and until another.
#[derive(Clone)]
pub(crate) struct Assigned {
    pub(crate) skill: Name,
    pub(crate) level: Option<SkillLevel>,
    pub(crate) from: Option<Time>,
    pub(crate) until: Option<Time>,
}

/// From login to logout.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) id: SessionId,
    pub(crate) since: Time,
    pub(crate) governed: Governed,
    pub(crate) presence: Presence,
    pub(crate) last_assigned: Option<Time>,
    pub(crate) focus: Option<AgentWorkId>,
}

/// A presence configuration, as it was at login.
#[derive(Clone)]
pub(crate) struct Governed {
    pub(crate) capacity: [Units; 2],
    pub(crate) acceptance: Acceptance,
    pub(crate) on_push_timeout: Option<Name>,
    pub(crate) acw: Option<AfterConversationWork>,
}

/// A presence status, and what was counted in it, in milliseconds.
#[derive(Clone)]
pub(crate) struct Presence {
    pub(crate) id: UserServicePresenceId,
    pub(crate) status: Name,
    pub(crate) since: Time,
    pub(crate) at_capacity: i64,
    pub(crate) idle: i64,
    pub(crate) unit_milliseconds: i128,
}

/// A presence that ended.
#[derive(Clone)]
pub(crate) struct PastPresence {
    pub(crate) id: UserServicePresenceId,
    pub(crate) user: Name,
    pub(crate) status: Name,
}

/// A record that is or was routed, or that somebody created.
#[derive(Clone)]
pub(crate) struct Item {
    pub(crate) id: Name,
    pub(crate) object: Name,
    pub(crate) fields: BTreeMap<Name, Name>,
    pub(crate) owner: Option<Owner>,
    /// `CustomRequestedDateTime` and `TargetAcceptDateTime`, kept for when it is routed again.
    pub(crate) custom: Option<Time>,
    pub(crate) target: Option<Time>,
    /// The last that the status field said.
    pub(crate) meaning: Option<StatusMeaning>,
    /// On which terms it waited last; none: it never did.
    pub(crate) terms: Option<Terms>,
    /// Whose words its status has until it waits.
    pub(crate) channel: Option<Name>,
    /// An agent had it once.
    pub(crate) routed: bool,
}

/// How an item is routed: fixed when it begins to wait, and kept by the work that comes of it.
#[derive(Clone)]
pub(crate) struct Terms {
    pub(crate) channel: Name,
    pub(crate) pool: Pool,
    pub(crate) cost: Cost,
    pub(crate) paused_cost: Cost,
    pub(crate) push_timeout: Option<u32>,
    pub(crate) required: bool,
    pub(crate) priority: Option<i32>,
    pub(crate) secondary: Option<i32>,
    pub(crate) queue: Option<Name>,
    pub(crate) custom: Option<Time>,
    pub(crate) target: Option<Time>,
}

/// A `PendingServiceRouting`.
#[derive(Clone)]
pub(crate) struct Psr {
    pub(crate) record: PendingServiceRouting,
    pub(crate) terms: Terms,
    pub(crate) external: bool,
    pub(crate) model: RoutingModel,
    pub(crate) requested: Time,
    /// Since when it counts as waiting.
    pub(crate) place: Time,
    pub(crate) reach: Reach,
    pub(crate) needs: Vec<Need>,
    /// Milliseconds until additional skills are dropped.
    pub(crate) drop_after: Option<i64>,
    pub(crate) drop_at: Option<Time>,
    pub(crate) declined_by: Vec<SessionId>,
}

impl Psr {
    /// A change of owner or status gave it to an agent who has no room for it yet.
    pub(crate) fn waits_for_room(&self) -> bool {
        self.record.is_owner_change_initiated || self.record.is_status_change_initiated
    }
}

/// Who may be offered work, its preferred user aside.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    Members,
    Skilled,
    Nobody,
}

/// A skill that is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Need {
    pub(crate) skill: Name,
    pub(crate) level: Option<SkillLevel>,
    pub(crate) additional: bool,
    pub(crate) priority: Option<i32>,
    pub(crate) dropped: bool,
}

/// An `AgentWork`.
#[derive(Clone)]
pub(crate) struct Work {
    pub(crate) id: AgentWorkId,
    pub(crate) item: Name,
    pub(crate) user: Name,
    pub(crate) status: AgentWorkStatus,
    /// None: it came from another agent, or from a change of owner or status.
    pub(crate) psr: Option<PendingServiceRoutingId>,
    /// The work that a direct transfer comes from.
    pub(crate) from: Option<AgentWorkId>,
    pub(crate) terms: Terms,
    /// What it takes of the agent's capacity at present.
    pub(crate) charge: Units,
    pub(crate) skips_check: bool,
    /// It has left the agent, and still takes capacity.
    pub(crate) is_held: bool,
    pub(crate) requested: Time,
    pub(crate) place: Time,
    pub(crate) accepted: Option<Time>,
    pub(crate) timeout_at: Option<Time>,
    pub(crate) paused: bool,
    /// In milliseconds.
    pub(crate) in_focus: i64,
    pub(crate) acw: Option<Acw>,
    /// By which skills it was routed, as far as their records are not deleted.
    pub(crate) skills: Vec<Need>,
    /// Those whose records are deleted.
    pub(crate) deleted_skills: Vec<Need>,
}

/// What was deleted, and can be undeleted.
#[derive(Clone, Default)]
pub(crate) struct Bin {
    pub(crate) works: Vec<Work>,
    pub(crate) presences: Vec<PastPresence>,
}

/// After conversation work.
#[derive(Clone, Copy)]
pub(crate) struct Acw {
    pub(crate) began: Time,
    pub(crate) until: Time,
    pub(crate) extensions: u32,
    /// What could be added when it began.
    pub(crate) extension: Option<AcwExtension>,
    pub(crate) ended: Option<Time>,
}
