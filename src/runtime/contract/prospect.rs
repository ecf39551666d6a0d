//! Who could be offered work at some time: what is asked, and what is answered.

use std::collections::BTreeMap;

use super::decision::Pool;
use super::effect::NotRouted;
use super::event::{Name, Route, SkillNeed};
use super::records::RoutingModel;
use crate::plan::{Cost, Overflow, SkillLevel, Units};
use crate::runtime::numbers::AgentIx;

/// Work that somebody asks about.
#[derive(Clone, Debug)]
pub struct WorkAsked {
    /// Its object.
    pub object: Name,
    /// The values of its fields. None: all the work there may be, and skill rules do not count.
    pub fields: Option<BTreeMap<Name, Name>>,
    /// To whom.
    pub route: Route,
    /// Skills that it needs besides those that the plan says.
    pub skills: Vec<SkillNeed>,
    /// The presence status that the agents are in. None: any that they may choose.
    pub status: Option<Name>,
    /// How much capacity is free. None: all that an agent has.
    pub free: Option<Units>,
}

/// Of whom it is asked.
#[derive(Clone, Copy, Debug)]
pub enum Among<'a> {
    /// Of everybody.
    Everybody,
    /// Of one agent, whatever queues the agent is in.
    Only(&'a Name),
    /// Of everybody, as noted before. What has happened since then is not in it.
    Census(&'a Census),
}

/// Who is in which queue.
#[derive(Clone, Debug)]
pub struct Census {
    pub(in crate::runtime) members: Vec<Vec<AgentIx>>,
    /// Who is in some queue, has a skill, or is governed by a presence configuration.
    pub(in crate::runtime) workers: Vec<AgentIx>,
    /// True if anybody's skills are known, so that it is known who has none.
    pub(in crate::runtime) knows_skills: bool,
}

/// What becomes of work.
#[expect(clippy::large_enum_variant, reason = "most work is routed")]
#[derive(Clone, Debug, PartialEq)]
pub enum Prospects {
    /// It stays with the queue.
    Left {
        /// The queue.
        queue: Name,
        /// Why.
        reason: NotRouted,
    },
    /// A partner's system decides who gets it.
    External {
        /// The routing configuration.
        routing_configuration: Option<Name>,
    },
    /// Omni-Channel offers it to one of the agents who can be.
    Routed(RoutedWork),
}

/// Work that Omni-Channel offers.
#[derive(Clone, Debug, PartialEq)]
pub struct RoutedWork {
    /// The routing configuration; none: it costs nothing.
    pub routing_configuration: Option<Name>,
    /// The service channel.
    pub channel: Name,
    /// The presence statuses that offer it.
    pub statuses: Vec<Name>,
    /// True if skills decide, and membership does not.
    pub by_skills: bool,
    /// The skills that it needs.
    pub needs: Vec<SkillNeed>,
    /// After how many seconds additional skills are let go.
    pub lets_go_after: Option<u32>,
    /// Everybody whom it could reach: the members of the queue, or all agents; in the order of their names.
    pub agents: Vec<Prospect>,
    /// Its place among other work, what it costs, and how it is offered.
    pub terms: WorkTerms,
    /// How many open items an agent has at most.
    pub most_open_items: u32,
}

/// What a routing configuration, its queue and the service channel say of work.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkTerms {
    /// The queue; none: it is routed by a flow, without one.
    pub queue: Option<Name>,
    /// Who of several is offered it.
    pub model: Option<RoutingModel>,
    /// Lower goes first; none goes last.
    pub priority: Option<i32>,
    /// Among work of one priority; lower goes first.
    pub secondary_priority: Option<i32>,
    /// Which capacity it takes.
    pub pool: Pool,
    /// What an item costs.
    pub cost: Cost,
    /// What a paused item costs.
    pub paused_cost: Cost,
    /// Seconds until an unanswered offer goes to another agent.
    pub push_timeout_seconds: Option<u32>,
    /// Who gets it above the org's limits.
    pub overflow: Option<Overflow>,
}

/// Whether an agent can be offered work.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospect {
    /// The agent.
    pub user: Name,
    /// The answer.
    pub answer: CanTake,
    /// What governs the agent's presence; none: the org's default, or one that the project does not have.
    pub presence_configuration: Option<Name>,
    /// How much there is and what an item takes of it, if both are known.
    pub room: Option<Room>,
}

/// The capacity of an agent, and what an item takes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// The capacity that such work is charged to.
    pub capacity: Units,
    /// What an item takes.
    pub cost: Units,
}

/// Whether an agent can be offered work, or the first condition that fails.
#[derive(Clone, Debug, PartialEq)]
pub enum CanTake {
    /// While online in such a status, and with capacity left.
    Yes {
        /// Only once additional skills are let go.
        late: bool,
    },
    /// The plan does not know.
    Unknown(NotKnown),
    /// No.
    No(Never),
}

/// What the plan does not know of an agent.
#[derive(Clone, Debug, PartialEq)]
pub enum NotKnown {
    /// At which level the agent has a skill.
    SkillLevel {
        /// The skill.
        skill: Name,
    },
    /// Whether the agent has a skill: the plan has no agents of the org.
    Skill {
        /// The skill.
        skill: Name,
    },
    /// Which presence statuses offer the service channel: it is not the project's.
    Statuses {
        /// The channel.
        channel: Name,
    },
    /// Whether the agent may choose a presence status that offers the service channel.
    Grant {
        /// The channel.
        channel: Name,
    },
    /// The agent's capacity, or which of the two is charged.
    Capacity {},
}

/// Why an agent is never offered work.
#[derive(Clone, Debug, PartialEq)]
pub enum Never {
    /// Not active.
    Inactive {},
    /// Not a member of the queue.
    NotMember {
        /// The queue.
        queue: Name,
    },
    /// Does not have a skill.
    LacksSkill {
        /// The skill.
        skill: Name,
    },
    /// Has a skill at too low a level.
    SkillLevel {
        /// The skill.
        skill: Name,
        /// The least level.
        needs: SkillLevel,
        /// The agent's level.
        held: SkillLevel,
    },
    /// No presence status offers the service channel, or not the one that is asked about.
    NotOffered {
        /// The channel.
        channel: Name,
    },
    /// May choose no presence status that offers the service channel.
    NotGranted {
        /// The channel.
        channel: Name,
    },
    /// An item does not fit.
    NoRoom {
        /// What it takes.
        needs: Units,
        /// What there is.
        capacity: Units,
    },
}
