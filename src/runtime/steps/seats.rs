//! Items enter and leave lanes, and agents with them.

use super::runtime::Runtime;
use crate::runtime::book::{Agent, LaneKey, PendingNo, Reach, keys};
use crate::runtime::directory::planned;
use crate::runtime::numbers::{AgentIx, LaneIx};

impl Runtime {
    /// Puts an item into its lanes.
    pub(in crate::runtime) fn wait(&mut self, pending: PendingNo) {
        let Some(record) = self.book.pending(pending) else { return };
        let order = self.rules().order(pending, record);
        for key in keys(record) {
            let lane = self.lane(key);
            self.book.wait_in(lane, order, pending);
        }
    }

    /// Takes an item from its lanes, or from the new ones.
    pub(in crate::runtime) fn leave_lanes(&mut self, pending: PendingNo) {
        self.new_pendings.retain(|&new| new != pending);
        let Some(record) = self.book.pending(pending) else { return };
        let order = self.rules().order(pending, record);
        for key in keys(record) {
            if let Some(lane) = self.book.index().lane_of(&key) {
                self.book.leave(lane, &order);
            }
        }
    }

    /// The lane of a key, with everyone at it who may get its items.
    pub(in crate::runtime) fn lane(&mut self, key: LaneKey) -> LaneIx {
        if let Some(lane) = self.book.index().lane_of(&key) {
            return lane;
        }
        let candidates: Vec<AgentIx> = match &key.reach {
            Reach::Agent(agent) => vec![*agent],
            Reach::Queue(_) | Reach::Skills(_) => (0..self.book.state().agents.len()).map(planned).collect(),
        };
        let stands: Vec<AgentIx> = candidates
            .into_iter()
            .filter(|&agent| self.rules().receives(agent) && self.rules().reaches(agent, &key))
            .collect();
        let lane = self.book.add_lane(key);
        for agent in stands {
            let (capacity, by) = (self.rules().capacity_of(agent), self.rules().standings(agent));
            self.book.seat_at(agent, lane, capacity, by);
        }
        lane
    }

    /// Finds the lanes of an agent again, after a change of the status, the skills or the queues.
    pub(in crate::runtime) fn take_seats(&mut self, agent: AgentIx) {
        self.book.unseat(agent);
        let mut lanes: Vec<LaneIx> = Vec::new();
        if self.rules().receives(agent) {
            let known = self.book.agent(agent);
            let all = self.book.index().lanes_for(agent, &known.queues, known.skills.iter().map(|(skill, _)| *skill));
            lanes = all.filter(|&lane| self.rules().reaches(agent, &self.book.index().lane(lane).key)).collect();
        }
        let (capacity, by) = (self.rules().capacity_of(agent), self.rules().standings(agent));
        for lane in lanes {
            self.book.seat_at(agent, lane, capacity, by);
        }
    }

    /// Changes an agent's load, and the agent's places with it.
    pub(in crate::runtime) fn reseat(&mut self, agent: AgentIx, change: impl FnOnce(&mut Agent)) {
        let received = self.rules().receives(agent);
        change(self.book.agent_mut(agent));
        let by = self.rules().standings(agent);
        self.book.restand(agent, by);
        if self.rules().receives(agent) != received {
            self.take_seats(agent);
        }
    }

    /// The agent may get other work than before.
    pub(in crate::runtime) fn routes_changed(&mut self, agent: AgentIx) {
        if self.book.session(agent).is_some() {
            self.take_seats(agent);
            self.freed.push(agent);
        }
    }
}
