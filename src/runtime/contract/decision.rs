//! Why work was offered to an agent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::event::Name;
use super::ids::{AgentWorkId, PendingServiceRoutingId};
use super::records::RoutingModel;
use crate::plan::{SkillLevel, Time, Units};

/// An offer, with its reasons.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// The work that it makes.
    pub work_id: AgentWorkId,
    /// The record.
    pub work_item_id: Name,
    /// Its object.
    pub object: Name,
    /// The queue.
    pub queue: Option<Name>,
    /// Its routing priority.
    pub priority: Option<i32>,
    /// The agent who is offered it.
    pub user: Name,
    /// Which of the agent's capacities it is charged to.
    pub pool: Pool,
    /// How much of that was in use before the offer, as the decision counts it.
    pub used: Units,
    /// How much there is of it.
    pub capacity: Units,
    /// What it costs.
    pub cost: Units,
    /// Why this agent.
    pub because: Because,
    /// How many agents could have been offered it, this one included.
    pub eligible: u32,
    /// The members, or the agents with the skills at any level, who were not chosen, and why; the first few.
    pub others: Vec<Other>,
    /// How many more there are.
    pub more: u32,
    /// Items that came before it and wait for this agent all the same, in the order in which they are routed; the first few.
    pub passed: Vec<PassedOver>,
    /// How many more there are.
    pub more_passed: u32,
}

/// A waiting item that came before the one that is offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PassedOver {
    /// The `PendingServiceRouting`.
    pub id: PendingServiceRoutingId,
    /// The record.
    pub work_item_id: Name,
    /// When it was requested. In the order it may count as waiting longer, see [`WhyPassed::Requested`].
    pub requested: Time,
    /// Why the other one goes first.
    pub why: WhyPassed,
}

/// Why an item goes before one that came earlier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "by", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WhyPassed {
    /// By the routing priority; none comes last.
    Priority {
        /// That of the item that is offered.
        chosen: Option<i32>,
        /// That of the item that waits.
        other: Option<i32>,
    },
    /// By the secondary priority.
    SecondaryPriority {
        /// That of the item that is offered.
        chosen: Option<i32>,
        /// That of the item that waits.
        other: Option<i32>,
    },
    /// By the time until which it should be accepted.
    TargetAcceptTime {
        /// That of the item that is offered.
        chosen: Option<Time>,
        /// That of the item that waits.
        other: Option<Time>,
    },
    /// It counts as waiting longer: since it was requested, or, if transferred work keeps its place, since it was first
    /// routed.
    Requested {
        /// Since when the item that is offered counts as waiting.
        chosen: Time,
        /// Since when the item that waits does.
        other: Time,
    },
    /// The item that waits would come first, and the agent cannot be offered it.
    Cannot(WhyNot),
}

/// Which of an agent's two capacities.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Pool {
    /// The one for work that is not interruptible.
    #[default]
    Primary,
    /// The one for interruptible work.
    Interruptible,
}

/// Why an agent was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum Because {
    /// Nobody else could be.
    OnlyOne,
    /// The preferred user.
    Preferred,
    /// The model: less capacity in use, or more free, than everyone else.
    Model(RoutingModel),
    /// Equal to others by the model; without work since login, and logged in first.
    LoggedInFirst(RoutingModel),
    /// Equal to others by the model; and the last assignment is longest ago.
    LongestWithout(RoutingModel),
    /// Equal to others in everything; first by name.
    Name(RoutingModel),
}

/// Why work waits: nobody could be offered it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Waiting {
    /// Skills that it asks for and nobody has.
    pub missing_skills: Vec<Name>,
    /// The members, or the agents with the skills at any level, and why none of them could be; the first few by name.
    pub others: Vec<Other>,
    /// How many more there are.
    pub more: u32,
}

/// An agent who was not chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Other {
    /// The agent.
    pub user: Name,
    /// Why.
    #[serde(flatten)]
    pub why: WhyNot,
}

/// Why an agent was not chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "why", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum WhyNot {
    /// Eligible, but not the best.
    NotBest {
        /// The capacity in use.
        used: Units,
        /// The capacity.
        capacity: Units,
    },
    /// Has the skills, and one of them at too low a level.
    SkillLevel {
        /// The skill.
        skill: Name,
        /// The least level.
        needs: SkillLevel,
        /// The agent's level.
        held: SkillLevel,
    },
    /// Not logged in.
    Offline {},
    /// The status does not offer the channel.
    StatusOffersNotChannel {
        /// The status.
        status: Name,
        /// The channel.
        channel: Name,
    },
    /// Too little capacity is free.
    NoCapacity {
        /// What would be needed.
        needs: Units,
        /// What is free.
        free: Units,
    },
    /// Declined it, or let it time out.
    Declined {},
    /// Has too many open items.
    TooManyOpenItems {
        /// How many.
        open: u32,
    },
    /// Over capacity by work whose capacity was not checked.
    OverCapacity {},
    /// An earlier item waits for this agent (with `headOfLineBlocking`).
    EarlierItemWaits {},
}

/// Capacity in use of one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// How much is in use.
    pub used: Units,
    /// How much there is.
    pub capacity: Units,
}
