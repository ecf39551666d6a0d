//! The first of many agents, by a key that changes often.

use super::index_types::AgentIx;

/// No agent.
const NOBODY: u32 = u32::MAX;

/// A tournament among agents: each node of a binary tree knows the better of its two, so that the root knows the best. A
/// change of one agent's key is played again from its place upward, and mostly ends after a match or two.
#[derive(Debug, Default)]
pub(super) struct Tournament {
    /// `nodes[1]` is the root; the places are the last half. Each has the number of the agent who won there.
    nodes: Vec<u32>,
    /// Places that nobody has.
    free: Vec<u32>,
}

/// Whether the first of two agents is better.
pub(super) trait Better: Fn(AgentIx, AgentIx) -> bool {}
impl<F: Fn(AgentIx, AgentIx) -> bool> Better for F {}

impl Tournament {
    fn places(&self) -> usize {
        self.nodes.len() / 2
    }

    /// Puts an agent in, and gives the place.
    pub(super) fn join(&mut self, agent: AgentIx, better: impl Better) -> u32 {
        if self.free.is_empty() {
            self.grow(&better);
        }
        let place = self.free.pop().unwrap_or_default();
        let node = self.places() + place as usize;
        self.nodes[node] = agent.at() as u32;
        self.play(node, better);
        place
    }

    /// Takes the agent of a place out.
    pub(super) fn leave(&mut self, place: u32, better: impl Better) {
        let node = self.places() + place as usize;
        self.nodes[node] = NOBODY;
        self.free.push(place);
        self.play(node, better);
    }

    /// The key of the agent at a place has changed.
    pub(super) fn changed(&mut self, place: u32, better: impl Better) {
        self.play(self.places() + place as usize, better);
    }

    /// Plays the matches from a place upward.
    fn play(&mut self, place: usize, better: impl Better) {
        let agent = self.nodes[place];
        let mut node = place;
        while node > 1 {
            let parent = node / 2;
            let winner = winner(self.nodes[2 * parent], self.nodes[2 * parent + 1], &better);
            let before = std::mem::replace(&mut self.nodes[parent], winner);
            // Neither before nor now does the agent matter above. Who left has the number of nobody.
            if winner == before && winner != agent {
                break;
            }
            node = parent;
        }
    }

    fn grow(&mut self, better: &impl Better) {
        let before = self.places();
        let places = (2 * before).max(4);
        let mut nodes = vec![NOBODY; 2 * places];
        nodes[places..places + before].copy_from_slice(&self.nodes[before..]);
        for node in (1..places).rev() {
            nodes[node] = winner(nodes[2 * node], nodes[2 * node + 1], better);
        }
        self.nodes = nodes;
        self.free.extend((before as u32..places as u32).rev());
    }

    /// All agents, in no order that means anything.
    pub(super) fn iter(&self) -> impl Iterator<Item = AgentIx> {
        self.nodes[self.places()..].iter().filter(|&&agent| agent != NOBODY).map(|&agent| AgentIx::from(agent))
    }

    /// The best of those who fit and are not passed by. Behind one who does not fit there must be nobody who does. Each who is
    /// passed by costs the logarithm of their number.
    pub(super) fn best(
        &self,
        better: impl Better,
        fits: impl Fn(AgentIx) -> bool,
        passed: impl Fn(AgentIx) -> bool,
    ) -> Option<AgentIx> {
        if self.nodes.is_empty() {
            return None;
        }
        // Nodes below which the best may be; between them they have everyone who was not passed by.
        let mut open: Vec<usize> = vec![1];
        loop {
            let best = (0..open.len()).reduce(|best, other| {
                let (a, b) = (self.nodes[open[best]], self.nodes[open[other]]);
                if winner(a, b, &better) == a { best } else { other }
            })?;
            let mut node = open.swap_remove(best);
            let number = self.nodes[node];
            let agent = AgentIx::from(number);
            if number == NOBODY || !fits(agent) {
                return None;
            }
            if !passed(agent) {
                return Some(agent);
            }
            // The others below this node: beside the way to the agent's place.
            while node < self.places() {
                let (left, right) = (2 * node, 2 * node + 1);
                let (way, beside) = if self.nodes[left] == number { (left, right) } else { (right, left) };
                if self.nodes[beside] != NOBODY {
                    open.push(beside);
                }
                node = way;
            }
        }
    }
}

fn winner(a: u32, b: u32, better: &impl Better) -> u32 {
    if b == NOBODY || (a != NOBODY && better(AgentIx::from(a), AgentIx::from(b))) { a } else { b }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Held against a list that is searched whole.
        #[test]
        fn the_best_is_the_least(steps in prop::collection::vec((0..4_u8, 0..200_usize, 0..30_u64), 1..600)) {
            let mut keys: Vec<(u64, usize)> = (0..200).map(|agent| (0, agent)).collect();
            let mut places: Vec<Option<u32>> = vec![None; 200];
            let mut tournament = Tournament::default();
            for (step, agent, key) in steps {
                let number = AgentIx::from(agent as u32);
                match (step, places[agent]) {
                    (0 | 3, None) => {
                        keys[agent].0 = key;
                        places[agent] = Some(tournament.join(number, |a, b| keys[a.at()] < keys[b.at()]));
                    }
                    (1, Some(place)) => {
                        tournament.leave(place, |a, b| keys[a.at()] < keys[b.at()]);
                        places[agent] = None;
                    }
                    (2, Some(place)) => {
                        keys[agent].0 = key;
                        tournament.changed(place, |a, b| keys[a.at()] < keys[b.at()]);
                    }
                    _ => {}
                }
                let passed = |agent: AgentIx| agent.at() % 3 == key as usize % 3;
                let fits = |agent: AgentIx| keys[agent.at()].0 < 25;
                let least = (0..200).filter(|&agent| places[agent].is_some())
                    .filter(|&agent| fits(AgentIx::from(agent as u32)) && !passed(AgentIx::from(agent as u32)))
                    .min_by_key(|&agent| keys[agent]);
                let best = tournament.best(|a, b| keys[a.at()] < keys[b.at()], fits, passed);
                prop_assert_eq!(best.map(AgentIx::at), least);
                prop_assert_eq!(tournament.iter().count(), places.iter().flatten().count());
            }
        }
    }
}
