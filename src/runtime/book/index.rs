//! What makes decisions fast: who can be offered what, in order. Made from the state, and never saved.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::by_name::ByName;
use super::standing::Standing;
use super::tournament::Tournament;
use crate::plan::{Cost, Share, SkillLevel, Time, Units};
use crate::runtime::contract::{Name, Pool};
use crate::runtime::numbers::{AgentIx, ChannelIx, ItemNo, LaneIx, PendingNo, QueueIx, SkillIx, WorkNo};

/// Above this many lanes, those in which nothing waits are dropped.
pub(in crate::runtime) const MOST_LANES: usize = 10_000;

/// What makes two items alike to every agent: who may get them, for how much, and who of them first. Items that are alike
/// wait in one lane, in order, and the agents who may get them stand at it, in order if they are many. So a decision looks
/// at the first agent of a lane, or at few, and an agent who becomes free at the first item of each lane.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::runtime) struct LaneKey {
    pub reach: Reach,
    pub channel: ChannelIx,
    pub pool: Pool,
    pub cost: LaneCost,
    pub most_available: bool,
}

/// A [`Cost`] that can be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::runtime) enum LaneCost {
    Units(Units),
    Share(Share),
}

impl From<Cost> for LaneCost {
    fn from(cost: Cost) -> Self {
        match cost {
            Cost::Units(units) => Self::Units(units),
            Cost::Share(share) => Self::Share(share),
        }
    }
}

impl LaneCost {
    /// What it is to an agent of this capacity.
    pub(in crate::runtime) fn of(self, capacity: Units) -> Units {
        match self {
            Self::Units(units) => units,
            Self::Share(share) => share.of(capacity),
        }
    }
}

/// The agents who may get an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::runtime) enum Reach {
    /// The members of a queue.
    Queue(QueueIx),
    /// Agents who have these skills, at these levels or above.
    Skills(Box<[(SkillIx, Option<SkillLevel>)]>),
    /// One agent.
    Agent(AgentIx),
}

/// The place of a waiting item: priority, secondary priority, target accept time, since when it waits, number.
pub(in crate::runtime) type Order = (i64, i64, i64, i64, PendingNo);

/// A lane.
#[derive(Debug)]
pub(in crate::runtime) struct Lane {
    pub key: LaneKey,
    /// The agents, by their capacity.
    pub agents: Vec<(Units, Tournament)>,
    pub waiting: BTreeMap<Order, PendingNo>,
}

impl Lane {
    /// The agents of a capacity, by the number of the group.
    fn group(&mut self, capacity: Units) -> usize {
        let known = self.agents.iter().position(|(known, _)| *known == capacity);
        known.unwrap_or_else(|| {
            self.agents.push((capacity, Tournament::default()));
            self.agents.len() - 1
        })
    }

    /// Everyone at it.
    pub(in crate::runtime) fn all(&self) -> impl Iterator<Item = AgentIx> {
        self.agents.iter().flat_map(|(_, agents)| agents.iter()).map(|(agent, _)| agent)
    }
}

/// Where an agent stands at a lane.
#[derive(Clone, Copy, Debug)]
pub(in crate::runtime) struct Stand {
    pub lane: LaneIx,
    pool: Pool,
    group: u32,
    place: u32,
}

/// How an agent stands at present.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Seat {
    /// The lanes that the agent stands at.
    pub stands: Vec<Stand>,
    /// The rank by name.
    pub rank: u32,
}

/// Timers, most for a record by its number. Those that are due at once fire in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runtime) enum Timer {
    /// Additional skills are dropped.
    DropSkills(PendingNo),
    /// An offer expires.
    PushTimeout(WorkNo),
    /// After conversation work is over.
    AcwEnd(WorkNo),
    /// Skill assignments begin or end: those of all agents with this time in `skill_dates`.
    SkillDates,
}

/// The index.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Index {
    pub lanes: Vec<Lane>,
    /// The lanes of each queue: mostly one.
    queue_lanes: Vec<SmallVec<[LaneIx; 2]>>,
    agent_lanes: FxHashMap<AgentIx, SmallVec<[LaneIx; 2]>>,
    /// By the first skill that each asks for.
    skill_lanes: FxHashMap<Option<SkillIx>, Vec<LaneIx>>,
    /// The lanes of `skill_lanes`.
    skill_lane_of: FxHashMap<LaneKey, LaneIx>,
    pub seats: Vec<Seat>,
    /// For each lane, whether anything waits in it: kept apart, since it is asked for whenever an agent is freed.
    pub lane_waits: Vec<bool>,
    /// How many places in lanes are waited at.
    waiting: usize,
    pub timers: BTreeSet<(Time, Timer)>,
    /// When a skill assignment of an agent begins or ends.
    pub skill_dates: BTreeSet<(Time, AgentIx)>,
    /// Requests for chats that somebody declined, and that end when nobody is left.
    pub declined_chats: BTreeSet<PendingNo>,
    /// True if one of these may have nobody left since they were last looked at: it was declined, or an agent left a lane.
    pub may_end_chats: bool,
    /// How many `PendingServiceRouting` records there are.
    pub pending_count: u32,
    pub items: ByName<ItemNo>,
    pub agents: ByName<AgentIx>,
    pub skills: FxHashMap<Name, SkillIx>,
    pub skill_names: Vec<Name>,
    /// With more lanes than this, those that nothing waits in are given up.
    pub most_lanes: usize,
    ranks: BTreeMap<Name, u32>,
}

impl Index {
    pub(in crate::runtime) fn lane(&self, lane: LaneIx) -> &Lane {
        &self.lanes[lane.at()]
    }

    /// An empty index for a plan with this many queues.
    pub(in crate::runtime) fn with_queues(queues: usize) -> Self {
        let mut index = Self::default();
        index.queue_lanes.resize_with(queues, SmallVec::new);
        index
    }

    /// The lane of a key, if there is one.
    pub(in crate::runtime) fn lane_of(&self, key: &LaneKey) -> Option<LaneIx> {
        let lanes = match &key.reach {
            Reach::Queue(queue) => &self.queue_lanes[queue.at()],
            Reach::Agent(agent) => self.agent_lanes.get(agent)?,
            Reach::Skills(_) => return self.skill_lane_of.get(key).copied(),
        };
        lanes.iter().copied().find(|&lane| self.lane(lane).key == *key)
    }

    /// The lanes that an agent with these queues and skills could stand at.
    pub(in crate::runtime) fn lanes_for<'i>(
        &'i self,
        agent: AgentIx,
        queues: &'i [QueueIx],
        skills: impl Iterator<Item = SkillIx> + 'i,
    ) -> impl Iterator<Item = LaneIx> + 'i {
        let of_queues = queues.iter().flat_map(|queue| &self.queue_lanes[queue.at()]);
        let own = self.agent_lanes.get(&agent).into_iter().flatten();
        let firsts = skills.map(Some).chain([None]);
        let of_skills = firsts.filter_map(|first| self.skill_lanes.get(&first)).flatten();
        of_queues.chain(own).chain(of_skills).copied()
    }

    /// A new lane, with nobody at it.
    pub(in crate::runtime) fn add_lane(&mut self, key: LaneKey) -> LaneIx {
        let lane = LaneIx::from(self.lanes.len() as u32);
        match &key.reach {
            Reach::Queue(queue) => self.queue_lanes[queue.at()].push(lane),
            Reach::Agent(agent) => self.agent_lanes.entry(*agent).or_default().push(lane),
            Reach::Skills(needs) => {
                self.skill_lanes.entry(needs.first().map(|(skill, _)| *skill)).or_default().push(lane);
                self.skill_lane_of.insert(key.clone(), lane);
            }
        }
        self.lane_waits.push(false);
        self.lanes.push(Lane { key, agents: Vec::new(), waiting: BTreeMap::new() });
        lane
    }

    /// Takes an agent from all lanes.
    pub(in crate::runtime) fn unseat(&mut self, agent: AgentIx) {
        self.may_end_chats = true;
        for stand in self.seats[agent.at()].stands.drain(..) {
            let (_, agents) = &mut self.lanes[stand.lane.at()].agents[stand.group as usize];
            agents.leave(stand.place);
        }
    }

    /// Notes by what an agent stands at lanes of either pool.
    pub(in crate::runtime) fn restand(&mut self, agent: AgentIx, by: [Standing; 2]) {
        for stand in &self.seats[agent.at()].stands {
            let (_, agents) = &mut self.lanes[stand.lane.at()].agents[stand.group as usize];
            agents.changed(stand.place, by[stand.pool.at()]);
        }
    }

    /// Nothing waits in any lane.
    pub(in crate::runtime) fn is_idle(&self) -> bool {
        self.waiting == 0
    }

    /// Puts an item into a lane.
    pub(in crate::runtime) fn wait_in(&mut self, lane: LaneIx, order: Order, pending: PendingNo) {
        self.waiting += usize::from(self.lanes[lane.at()].waiting.insert(order, pending).is_none());
        self.lane_waits[lane.at()] = true;
    }

    /// Takes an item from a lane.
    pub(in crate::runtime) fn leave(&mut self, lane: LaneIx, order: &Order) {
        let waiting = &mut self.lanes[lane.at()].waiting;
        self.waiting -= usize::from(waiting.remove(order).is_some());
        self.lane_waits[lane.at()] = !waiting.is_empty();
    }

    /// Puts an agent at one more lane.
    pub(in crate::runtime) fn seat_at(
        &mut self,
        agent: AgentIx,
        lane: LaneIx,
        capacity: [Units; 2],
        by: [Standing; 2],
    ) {
        let row = &mut self.lanes[lane.at()];
        let pool = row.key.pool;
        let group = row.group(capacity[pool.at()]);
        let agents = &mut row.agents[group].1;
        let place = agents.join(agent, by[pool.at()]);
        self.seats[agent.at()].stands.push(Stand { lane, pool, group: group as u32, place });
    }

    /// Ranks all agents by name, with room between for others.
    pub(in crate::runtime) fn rank_all(&mut self, names: &[Name]) {
        for (agent, name) in (0..).zip(names) {
            self.agents.insert(name, AgentIx::from(agent), |agent| names.get(agent.at()));
        }
        self.seats.resize_with(names.len(), Seat::default);
        let mut sorted: Vec<_> = names.iter().zip(0..).collect();
        sorted.sort_unstable();
        // Names are often added in their order: most ranks are left behind the last.
        let room = (u32::MAX / (sorted.len() as u32).saturating_add(2)).min(1 << 16);
        self.ranks = sorted.iter().zip(1..).map(|((name, _), step)| ((*name).clone(), step * room)).collect();
        for ((_, agent), step) in sorted.into_iter().zip(1..) {
            self.seats[agent].rank = step * room;
        }
    }

    /// Ranks a new agent. False if there is no rank left between the neighbours: then all must be ranked again.
    pub(in crate::runtime) fn rank(&mut self, agent: AgentIx, names: &[super::state::Agent]) -> bool {
        let name = &names[agent.at()].name;
        let before = self.ranks.range::<Name, _>(..name).next_back().map_or(0, |(_, rank)| *rank);
        let after = self.ranks.range::<Name, _>(name..).next().map_or(u32::MAX, |(_, rank)| *rank);
        self.agents.insert(name, agent, |agent| names.get(agent.at()).map(|known| &known.name));
        self.seats.resize_with(agent.at() + 1, Seat::default);
        let rank = before + ((after - before) / 2).min(1 << 12);
        self.seats[agent.at()].rank = rank;
        self.ranks.insert(name.clone(), rank);
        rank > before
    }
}

impl Lane {
    /// The first agent of a group who has enough left, and is not skipped. Agents stand by their load, so that behind one
    /// who has too little left everyone has.
    pub(in crate::runtime) fn first(
        &self,
        group: usize,
        passed: impl Fn(AgentIx) -> bool,
    ) -> Option<(AgentIx, Standing)> {
        let (capacity, agents) = &self.agents[group];
        // An agent whose load is clamped never fits.
        let most = capacity.0.saturating_sub(self.key.cost.of(*capacity).0).min(Standing::MOST - 1);
        agents.best(most, passed)
    }
}
