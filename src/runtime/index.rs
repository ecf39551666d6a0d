//! What makes decisions fast: who can be offered what, in order. Made from the state, and never saved.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::event::Name;
use super::index_types::{AgentIx, ChannelIx, LaneIx, QueueIx, SkillIx};
use super::state::Pool;
use super::time::Time;
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

/// The place of an agent in a lane, among those of equal capacity: load or number of items; had work; since when; rank by
/// name.
pub(super) type Standing = (i64, bool, Time, u64);

/// A lane.
#[derive(Debug)]
pub(super) struct Lane {
    pub key: LaneKey,
    /// The agents, by their capacity.
    pub agents: Vec<(Units, BTreeSet<(Standing, AgentIx)>)>,
    pub waiting: BTreeMap<Order, u64>,
}

impl Lane {
    fn group(&mut self, capacity: Units) -> &mut BTreeSet<(Standing, AgentIx)> {
        let place = match self.agents.binary_search_by_key(&capacity, |(capacity, _)| *capacity) {
            Ok(place) => place,
            Err(place) => {
                self.agents.insert(place, (capacity, BTreeSet::new()));
                place
            }
        };
        &mut self.agents[place].1
    }
}

/// How an agent stands at present.
#[derive(Debug, Default)]
pub(super) struct Seat {
    /// The lanes that the agent stands at.
    pub lanes: Vec<LaneIx>,
    /// By which the agent stands there: capacity and standing for each pool.
    pub by: [(Units, Standing); 2],
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
        self.lanes.push(Lane { key, agents: Vec::new(), waiting: BTreeMap::new() });
        lane
    }

    /// Takes an agent from all lanes.
    pub(super) fn unseat(&mut self, agent: AgentIx) {
        let seat = &self.seats[agent.at()];
        for &lane in &seat.lanes {
            let lane = &mut self.lanes[lane.at()];
            let (capacity, standing) = seat.by[lane.key.pool.at()];
            lane.group(capacity).remove(&(standing, agent));
        }
    }

    /// Puts an agent at the lanes of the seat again, by new standings.
    pub(super) fn seat(&mut self, agent: AgentIx, by: [(Units, Standing); 2]) {
        let seat = &mut self.seats[agent.at()];
        seat.by = by;
        for &lane in &seat.lanes {
            let lane = &mut self.lanes[lane.at()];
            let (capacity, standing) = by[lane.key.pool.at()];
            lane.group(capacity).insert((standing, agent));
        }
    }

    /// Puts an agent at one more lane.
    pub(super) fn seat_at(&mut self, agent: AgentIx, lane: LaneIx) {
        let seat = &mut self.seats[agent.at()];
        seat.lanes.push(lane);
        let lane = &mut self.lanes[lane.at()];
        let (capacity, standing) = seat.by[lane.key.pool.at()];
        lane.group(capacity).insert((standing, agent));
    }

    /// Ranks all agents by name.
    pub(super) fn rank_all(&mut self, names: &[Name]) {
        self.agents = names.iter().cloned().zip((0..).map(AgentIx::from)).collect();
        self.seats.resize_with(names.len(), Seat::default);
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
        self.seats.resize_with(agent.at() + 1, Seat::default);
        let rank = before + (after - before) / 2;
        self.seats[agent.at()].rank = rank;
        self.ranks.insert(name.clone(), rank);
        rank > before
    }
}
