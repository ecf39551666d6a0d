//! Everything that has happened and still matters: what is saved and resumed.

use std::collections::{BTreeMap, VecDeque};
use std::io;

use serde::{Deserialize, Serialize, Serializer};
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
pub(in crate::runtime) const FORMAT: u32 = 4;

/// A runtime's state, to be saved and resumed with the plan that it was made with. Its JSON is canonical: equal states give
/// equal bytes. What is empty is left out. The fields are the runtime's own affair.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
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

impl State {
    /// The options that the runtime was begun with.
    pub fn options(&self) -> &RoutingOptions {
        &self.options
    }

    /// Its canonical JSON, with a final line end.
    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        // Plain structs with text keys, and memory that takes whatever it is given: nothing here can fail.
        let _ = self.write_json(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    /// Writes what [`Self::to_json`] gives, row by row.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn write_json(&self, out: impl io::Write) -> io::Result<()> {
        json::write_line(self, out)
    }
}

impl Pool {
    pub(in crate::runtime) const fn at(self) -> usize {
        self as usize
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// There are many: they are written in milliseconds since 1970.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
fn milliseconds<S: Serializer>(time: &Time, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_i64(time.0)
}

#[expect(clippy::ref_option, reason = "serde's signature")]
fn some_milliseconds<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
    time.map(|time| time.0).serialize(serializer)
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<ChannelIx>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fields: BTreeMap<Name, Name>,
    pub owner: HeldBy,
    /// Omni-Channel has assigned it once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub was_routed: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_requested: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_accept: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingNo>,
    /// Assigned and opened work on it.
    #[serde(default, skip_serializing_if = "SmallVec::is_empty")]
    pub active: SmallVec<[WorkNo; 2]>,
    /// Ended work on it that still takes capacity.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub held: Vec<WorkNo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest_work: Option<WorkNo>,
    /// What the last status value that means anything for capacity means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<StatusMeaning>,
    /// How it was routed last: what reopened work costs.
    #[serde(skip)]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) struct Terms {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueIx>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config: Option<ConfigIx>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing_type: Option<RoutingType>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<RoutingModel>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secondary: Option<i32>,
    pub cost: Cost,
    #[serde(default, skip_serializing_if = "is_default")]
    pub paused_cost: Cost,
    #[serde(default, skip_serializing_if = "is_default")]
    pub pool: Pool,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_timeout: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred: Option<AgentIx>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub additional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<i32>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
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
    #[serde(skip)]
    pub terms: Terms,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    /// Seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_timeout: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_at: Option<Time>,
    #[serde(serialize_with = "milliseconds")]
    pub created: Time,
    #[serde(serialize_with = "milliseconds")]
    pub requested: Time,
    /// Since when it counts as waiting in the order: transferred work may keep its place.
    #[serde(serialize_with = "milliseconds")]
    pub place: Time,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_requested: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_accept: Option<Time>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ready: bool,
    /// The work, while it is pushed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pushed: Option<WorkNo>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub push_attempted: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub transfer: bool,
    /// Why it waits: a change of owner or status is charged directly once its agent has room.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cause: Cause,
    /// Its record is paused, so that it needs room for the paused cost alone. Of what waits for room.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// The session of the last who declined it, or let it time out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_declined: Option<SessionId>,
    /// The sessions of those who declined it in the round that runs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declined: Vec<SessionId>,
    #[serde(default, skip_serializing_if = "is_default")]
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
    #[serde(skip)]
    pub terms: Terms,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<PendingNo>,
    /// The work that this one takes over when it is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub takes_over: Option<WorkNo>,
    pub status: AgentWorkStatus,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// What it takes of the agent's capacity now.
    #[serde(default, skip_serializing_if = "is_default")]
    pub charged: Units,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unchecked: bool,
    /// It has left the agent, and still takes capacity.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub held: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub cause: Cause,
    #[serde(serialize_with = "milliseconds")]
    pub requested: Time,
    /// Since when it counted as waiting in the order.
    #[serde(serialize_with = "milliseconds")]
    pub place: Time,
    #[serde(serialize_with = "milliseconds")]
    pub assigned: Time,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "some_milliseconds")]
    pub accepted: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "some_milliseconds")]
    pub ended: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decline: Option<Box<Decline>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub push_timeout_at: Option<Time>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acw: Option<Box<Acw>>,
    /// Milliseconds in focus, until the last change of focus.
    #[serde(default, skip_serializing_if = "is_default")]
    pub active_ms: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focused_since: Option<Time>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Need>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::runtime) enum Cause {
    /// It was offered.
    #[default]
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
    #[serde(serialize_with = "milliseconds")]
    pub started: Time,
    pub ended: Option<Time>,
    pub capacity: [Units; 2],
    pub at_capacity_ms: i64,
    pub idle_ms: i64,
    /// Ten-thousandths of a unit, times milliseconds.
    pub used_ms: i128,
    /// Until when the sums count.
    #[serde(serialize_with = "milliseconds")]
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
