//! What makes decisions fast: who can be offered what, in order. Made from the state, and never saved.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::event::Name;
use super::index_types::{AgentIx, ChannelIx, LaneIx, QueueIx, SkillIx};
use super::state::Pool;
use super::time::Time;
use super::tournament::Tournament;
use crate::plan::{Cost, Share, SkillLevel, Units};

/// What makes two items alike to every agent: who may get them, for how much, and who of them first. Items that are alike
/// wait in one lane, in order, and the agents who may get them stand at it, in order. So a decision looks at the first agent
/// of a lane, and an agent who becomes free at the first item of each lane.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct LaneKey {
    pub reach: Reach,
    pub channel: ChannelIx,
    pub pool: Pool,
    pub cost: LaneCost,
    pub most_available: bool,
}

/// A [`Cost`] that can be a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LaneCost {
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
    pub(super) fn of(self, capacity: Units) -> Units {
        match self {
            Self::Units(units) => units,
            Self::Share(share) => share.of(capacity),
        }
    }
}

/// Who may get an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reach {
    /// The members of a queue.
    Queue(QueueIx),
    /// Who has these skills, at these levels at least.
    Skills(Box<[(SkillIx, Option<SkillLevel>)]>),
    /// One agent.
    Agent(AgentIx),
}

/// The place of a waiting item: priority, secondary priority, target accept time, request time, number.
pub(super) type Order = (i64, i64, i64, i64, u64);

/// The place of an agent in a lane, among those of equal capacity. The least is the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// What the routing model compares; in a lane, the load.
    pub measure: i64,
    /// Since when: those without work in this session, by their login, before those with work, by their last assignment.
    pub since: (bool, Time),
    /// The rank by name.
    pub rank: u64,
}

/// A lane.
#[derive(Debug)]
pub(super) struct Lane {
    pub key: LaneKey,
    /// The agents, by their capacity.
    pub agents: Vec<(Units, Tournament)>,
    pub waiting: BTreeMap<Order, u64>,
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
    pub(super) fn all(&self) -> impl Iterator<Item = AgentIx> {
        self.agents.iter().flat_map(|(_, agents)| agents.iter())
    }
}

/// Where an agent stands at a lane.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stand {
    pub lane: LaneIx,
    pool: Pool,
    group: u32,
    place: u32,
}

/// How an agent stands at present.
#[derive(Debug, Default)]
pub(super) struct Seat {
    /// The lanes that the agent stands at.
    pub stands: Vec<Stand>,
    /// The rank by name.
    pub rank: u64,
}

/// Timers, each for a record by its number. Those that are due at once fire in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// Additional skills are dropped.
    DropSkills(u64),
    /// An offer is answered no more.
    PushTimeout(u64),
    /// After conversation work is over.
    AcwEnd(u64),
}

/// The index.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub lanes: Vec<Lane>,
    pub lane_of: FxHashMap<LaneKey, LaneIx>,
    pub queue_lanes: FxHashMap<QueueIx, Vec<LaneIx>>,
    pub agent_lanes: FxHashMap<AgentIx, Vec<LaneIx>>,
    pub skill_lanes: Vec<LaneIx>,
    pub seats: Vec<Seat>,
    /// For each lane, whether anything waits in it: kept apart, since it is asked for whenever an agent is freed.
    pub lane_waits: Vec<bool>,
    /// By what each agent stands at lanes of either pool.
    pub standings: Vec<[Standing; 2]>,
    pub timers: BTreeSet<(Time, Timer)>,
    pub items: FxHashMap<Name, u64>,
    pub agents: FxHashMap<Name, AgentIx>,
    pub skills: FxHashMap<Name, SkillIx>,
    pub skill_names: Vec<Name>,
    /// With more lanes than this, those that nothing waits in are given up.
    pub most_lanes: usize,
    pub ranks: BTreeMap<Name, u64>,
}

/// The distance between ranks at first: so many agents can come between two.
const RANK_STEP: u64 = 1 << 32;

impl Index {
    pub(super) fn lane(&self, lane: LaneIx) -> &Lane {
        &self.lanes[lane.at()]
    }

    /// A new lane, with nobody at it.
    pub(super) fn add_lane(&mut self, key: LaneKey) -> LaneIx {
        let lane = LaneIx::from(self.lanes.len() as u32);
        match key.reach {
            Reach::Queue(queue) => self.queue_lanes.entry(queue).or_default().push(lane),
            Reach::Agent(agent) => self.agent_lanes.entry(agent).or_default().push(lane),
            Reach::Skills(_) => self.skill_lanes.push(lane),
        }
        self.lane_of.insert(key.clone(), lane);
        self.lane_waits.push(false);
        self.lanes.push(Lane { key, agents: Vec::new(), waiting: BTreeMap::new() });
        lane
    }

    /// Takes an agent from all lanes.
    pub(super) fn unseat(&mut self, agent: AgentIx) {
        let standings = &self.standings;
        for stand in self.seats[agent.at()].stands.drain(..) {
            let (_, agents) = &mut self.lanes[stand.lane.at()].agents[stand.group as usize];
            agents.leave(stand.place, better(standings, stand.pool));
        }
    }

    /// Notes by what an agent stands: plays all its lanes again.
    pub(super) fn restand(&mut self, agent: AgentIx, by: [Standing; 2]) {
        self.standings[agent.at()] = by;
        let standings = &self.standings;
        for stand in &self.seats[agent.at()].stands {
            let (_, agents) = &mut self.lanes[stand.lane.at()].agents[stand.group as usize];
            agents.changed(stand.place, better(standings, stand.pool));
        }
    }

    /// Puts an item into a lane.
    pub(super) fn wait_in(&mut self, lane: LaneIx, order: Order, pending: u64) {
        self.lanes[lane.at()].waiting.insert(order, pending);
        self.lane_waits[lane.at()] = true;
    }

    /// Takes an item from a lane.
    pub(super) fn leave(&mut self, lane: LaneIx, order: &Order) {
        let waiting = &mut self.lanes[lane.at()].waiting;
        waiting.remove(order);
        self.lane_waits[lane.at()] = !waiting.is_empty();
    }

    /// Puts an agent at one more lane, by the standings that are noted.
    pub(super) fn seat_at(&mut self, agent: AgentIx, lane: LaneIx, capacity: [Units; 2]) {
        let row = &mut self.lanes[lane.at()];
        let pool = row.key.pool;
        let group = row.group(capacity[pool.at()]);
        let agents = &mut row.agents[group].1;
        let place = agents.join(agent, better(&self.standings, pool));
        self.seats[agent.at()].stands.push(Stand { lane, pool, group: group as u32, place });
    }

    fn resize(&mut self, agents: usize) {
        self.seats.resize_with(agents, Seat::default);
        self.standings.resize(agents, [Standing::default(); 2]);
    }

    /// Ranks all agents by name.
    pub(super) fn rank_all(&mut self, names: &[Name]) {
        self.agents = names.iter().cloned().zip((0..).map(AgentIx::from)).collect();
        self.resize(names.len());
        #[expect(clippy::iter_over_hash_type, reason = "they are sorted next")]
        for name in self.agents.keys() {
            self.ranks.insert(name.clone(), 0);
        }
        for (step, (name, rank)) in (1..).zip(&mut self.ranks) {
            *rank = step * RANK_STEP;
            if let Some(agent) = self.agents.get(name) {
                self.seats[agent.at()].rank = *rank;
            }
        }
    }

    /// Ranks a new agent. False if there is no rank left between the neighbours: then all must be ranked anew.
    pub(super) fn rank(&mut self, agent: AgentIx, name: &Name) -> bool {
        let before = self.ranks.range::<Name, _>(..name).next_back().map_or(0, |(_, rank)| *rank);
        let after = self.ranks.range::<Name, _>(name..).next().map_or(before + 2 * RANK_STEP, |(_, rank)| *rank);
        self.agents.insert(name.clone(), agent);
        self.resize(agent.at() + 1);
        let rank = before + (after - before) / 2;
        self.seats[agent.at()].rank = rank;
        self.ranks.insert(name.clone(), rank);
        rank > before
    }
}

/// Which of two agents stands first.
fn better(standings: &[[Standing; 2]], pool: Pool) -> impl Fn(AgentIx, AgentIx) -> bool {
    move |a, b| standings[a.at()][pool.at()] < standings[b.at()][pool.at()]
}

impl Lane {
    /// The first agent of a group who has enough left, and is not passed by. Agents stand by their load, so that behind one
    /// who has too little left everyone has.
    pub(super) fn first(
        &self,
        group: usize,
        standings: &[[Standing; 2]],
        passed: impl Fn(AgentIx) -> bool,
    ) -> Option<AgentIx> {
        let (capacity, agents) = &self.agents[group];
        let pool = self.key.pool.at();
        let cost = self.key.cost.of(*capacity).0;
        let fits = |agent: AgentIx| standings[agent.at()][pool].measure.saturating_add(cost) <= capacity.0;
        agents.best(better(standings, self.key.pool), fits, passed)
    }
}
