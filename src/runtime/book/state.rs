//! Everything that has happened and still matters: what is saved and resumed.

use std::collections::{BTreeMap, VecDeque};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use smallvec::SmallVec;

use super::shelf::Shelf;
use crate::plan::{Cost, SkillLevel, StatusMeaning, Time, Units};
use crate::runtime::contract::records::{AgentWorkStatus, RoutingModel, RoutingType};
use crate::runtime::contract::{Name, Pool, RoutingOptions, SessionId, StreamingEvent};
use crate::runtime::directory::DatedSkill;
use crate::runtime::numbers::{
    AgentIx, ChannelIx, ConfigIx, ItemNo, PendingNo, PresenceIx, PresenceNo, QueueIx, SkillIx, StatusIx, WorkNo,
};
use crate::text::json;

/// The format of saved states.
pub(in crate::runtime) const FORMAT: u32 = 3;

/// A runtime's state, to be saved and resumed with the plan that it was made with. Its JSON is canonical: equal states give
/// equal bytes. The fields are the runtime's own affair.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct State {
    #[serde(deserialize_with = "this_format")]
    pub(in crate::runtime) format: u32,
    /// The digest of the plan.
    pub(in crate::runtime) plan: String,
    pub(in crate::runtime) options: RoutingOptions,
    pub(in crate::runtime) now: Time,
    /// Skills that events named and the plan does not know.
    pub(in crate::runtime) skills: Vec<Name>,
    pub(in crate::runtime) agents: Vec<Agent>,
    pub(in crate::runtime) items: Shelf<ItemNo, Item>,
    pub(in crate::runtime) pendings: Shelf<PendingNo, Pending>,
    pub(in crate::runtime) works: Shelf<WorkNo, Work>,
    pub(in crate::runtime) presences: Shelf<PresenceNo, PresenceRecord>,
    pub(in crate::runtime) next_session: u64,
    /// When items were routed in the last hour, if the org has a limit of them.
    pub(in crate::runtime) routed: VecDeque<Time>,
    pub(in crate::runtime) stream: Stream,
}

/// Reads the format, which comes first: what follows can be read in this one alone.
fn this_format<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    let format = u32::deserialize(deserializer)?;
    if format == FORMAT {
        return Ok(format);
    }
    let why = if format < FORMAT { ", in which quantities are decimals" } else { "" };
    Err(D::Error::custom(format_args!("it has format {format}, and this program reads format {FORMAT}{why}")))
}

impl State {
    /// The options that the runtime was begun with.
    pub fn options(&self) -> &RoutingOptions {
        &self.options
    }

    /// Its canonical JSON, with a final line end.
    pub fn to_json(&self) -> String {
        // Plain structs with text keys: nothing here can fail to serialise.
        let mut text = json::text(self);
        text.push('\n');
        text
    }
}

impl Pool {
    pub(in crate::runtime) const fn at(self) -> usize {
        self as usize
    }
}

/// Somebody who takes work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Agent {
    pub name: Name,
    pub is_active: bool,
    pub profile: Option<Name>,
    /// What governs the agent, if that is known of the agent.
    pub presence: Option<PresenceIx>,
    pub statuses: Vec<StatusIx>,
    /// `statuses` is all, even if the profile grants more.
    pub statuses_exact: bool,
    /// `statuses` and what the profile grants are all.
    pub statuses_complete: bool,
    pub queues: Vec<QueueIx>,
    pub skills: Vec<(SkillIx, Option<SkillLevel>)>,
    /// The assignments of those skills that have dates ahead; `skills` has what counts now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dated: Vec<DatedSkill>,
    pub groups: Vec<Name>,
    pub session: Option<Session>,
    /// Capacity in use, primary and interruptible.
    pub used: [Units; 2],
    /// Assigned and opened work, in the order of assignment.
    pub works: Vec<WorkNo>,
    /// How much of it skipped the check of capacity.
    pub unchecked: u32,
}

impl Agent {
    /// A skill as it is held, with the level if that is known; none: it is not held.
    pub(in crate::runtime) fn held(&self, skill: SkillIx) -> Option<&(SkillIx, Option<SkillLevel>)> {
        let place = self.skills.binary_search_by_key(&skill, |(skill, _)| *skill).ok()?;
        self.skills.get(place)
    }
}

/// From login to logout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Session {
    pub id: SessionId,
    pub presence: PresenceIx,
    pub status: StatusIx,
    pub record: PresenceNo,
    pub login: Time,
    pub last_assignment: Option<Time>,
    pub capacity: [Units; 2],
    pub focus: Option<WorkNo>,
}

/// A record that is routed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Item {
    pub name: Name,
    pub object: Name,
    /// None: no service channel routes it.
    pub channel: Option<ChannelIx>,
    pub fields: BTreeMap<Name, Name>,
    pub owner: HeldBy,
    /// Omni-Channel has assigned it once.
    pub was_routed: bool,
    pub custom_requested: Option<Time>,
    pub target_accept: Option<Time>,
    pub pending: Option<PendingNo>,
    /// Assigned and opened work on it.
    pub active: SmallVec<[WorkNo; 2]>,
    /// Ended work on it that still takes capacity.
    pub held: Vec<WorkNo>,
    pub latest_work: Option<WorkNo>,
    /// What the last status value that means anything for capacity means.
    pub meaning: Option<StatusMeaning>,
    /// How it was routed last: what reopened work costs.
    pub last: Option<Terms>,
}

impl Item {
    /// Its status says that it is paused.
    pub(in crate::runtime) fn is_paused(&self) -> bool {
        self.meaning == Some(StatusMeaning::Paused)
    }
}

/// Who owns a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) enum HeldBy {
    Nobody,
    Queue(Name),
    User(Name),
}

/// What work costs, and how it is decided on: fixed when it is routed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Terms {
    pub queue: Option<QueueIx>,
    pub config: Option<ConfigIx>,
    pub routing_type: Option<RoutingType>,
    pub model: Option<RoutingModel>,
    pub priority: Option<i32>,
    pub secondary: Option<i32>,
    pub cost: Cost,
    pub paused_cost: Cost,
    pub pool: Pool,
    /// Seconds.
    pub push_timeout: Option<u32>,
    pub preferred: Option<AgentIx>,
    pub required: bool,
}

impl Terms {
    /// What the work costs while it is paused, or not.
    pub(in crate::runtime) const fn cost_while(&self, paused: bool) -> Cost {
        if paused { self.paused_cost } else { self.cost }
    }
}

/// A skill that work asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Need {
    pub skill: SkillIx,
    pub level: Option<SkillLevel>,
    pub additional: bool,
    pub priority: Option<i32>,
    pub dropped: bool,
    /// Of work: nobody sees it, until it is undeleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// A `PendingServiceRouting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "most are fields of the record")]
pub(in crate::runtime) struct Pending {
    pub item: ItemNo,
    pub channel: ChannelIx,
    pub terms: Terms,
    pub needs: Vec<Need>,
    /// Seconds.
    pub drop_timeout: Option<u32>,
    pub drop_at: Option<Time>,
    pub created: Time,
    pub requested: Time,
    /// Since when it counts as waiting in the order: transferred work may keep its place.
    pub place: Time,
    pub custom_requested: Option<Time>,
    pub target_accept: Option<Time>,
    pub ready: bool,
    /// The work, while it is pushed.
    pub pushed: Option<WorkNo>,
    pub push_attempted: bool,
    pub transfer: bool,
    /// Why it waits: a change of owner or status is charged directly once its agent has room.
    pub cause: Cause,
    /// Its record is paused, so that it needs room for the paused cost alone. Of what waits for room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// The session of the last who declined it, or let it time out.
    pub last_declined: Option<SessionId>,
    /// The sessions of those who declined it in the round that runs.
    pub declined: Vec<SessionId>,
    pub serial: u32,
}

/// An `AgentWork`. What few have is kept apart: there are many.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(in crate::runtime) struct Work {
    pub item: ItemNo,
    pub agent: AgentIx,
    pub channel: ChannelIx,
    pub terms: Terms,
    pub pending: Option<PendingNo>,
    /// The work that this one takes over when it is accepted.
    pub takes_over: Option<WorkNo>,
    pub status: AgentWorkStatus,
    pub paused: bool,
    /// What it takes of the agent's capacity now.
    pub charged: Units,
    pub unchecked: bool,
    /// It has left the agent, and still takes capacity.
    pub held: bool,
    pub cause: Cause,
    pub requested: Time,
    /// Since when it counted as waiting in the order.
    pub place: Time,
    pub assigned: Time,
    pub accepted: Option<Time>,
    pub ended: Option<Time>,
    pub decline: Option<Box<Decline>>,
    pub push_timeout_at: Option<Time>,
    pub acw: Option<Box<Acw>>,
    /// Milliseconds in focus, until the last change of focus.
    pub active_ms: i64,
    pub focused_since: Option<Time>,
    pub needs: Vec<Need>,
    pub flag: Option<Box<Flag>>,
    /// Nobody sees it, until it is undeleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// How an offer was declined, or timed out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Decline {
    pub reason: Option<Name>,
    /// The agent's configured capacities then.
    pub capacity: [Units; 2],
}

/// Why an agent has work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) enum Cause {
    /// It was offered.
    Offer,
    /// A change of owner.
    OwnerChange,
    /// A change of status.
    StatusChange,
}

/// After conversation work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Acw {
    pub started: Time,
    pub until: Time,
    pub ended: Option<Time>,
    pub extensions: u32,
    /// Seconds of an extension, and the most extensions.
    pub extension: Option<(u32, u32)>,
}

/// A raised flag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Flag {
    pub message: Option<Name>,
}

/// A `UserServicePresence`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct PresenceRecord {
    pub agent: AgentIx,
    pub status: StatusIx,
    pub started: Time,
    pub ended: Option<Time>,
    pub capacity: [Units; 2],
    pub at_capacity_ms: i64,
    pub idle_ms: i64,
    /// Ten-thousandths of a unit, times milliseconds.
    pub used_ms: i128,
    /// Until when the sums count.
    pub counted: Time,
    /// Nobody sees it, until it is undeleted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub deleted: bool,
}

/// The streaming events of externally routed work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Stream {
    pub next_replay_id: i64,
    pub retained: VecDeque<StreamingEvent>,
    /// Ids up to this one were issued before a data recovery.
    pub reset: i64,
}
