//! The first of many agents, by a key that changes often.

use super::standing::Standing;
use crate::runtime::numbers::AgentIx;

/// No agent.
const NOBODY: u32 = u32::MAX;

/// Up to this many places, a linear search is used instead.
const FEW: usize = 64;

/// A tournament among agents: each node of a binary tree knows the better of its two, so that the root knows the best. A
/// change of one agent's standing is played again from its place upward, and mostly ends after a match or two. Among few
/// agents nothing is played: they change far more often than they are asked for, and are close together.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Tournament {
    /// `nodes[1]` is the root; the places are the last half. Each has the number of the agent who won there.
    nodes: Vec<u32>,
    /// Places that nobody has.
    free: Vec<u32>,
    /// No agent ever stood above this many places.
    taken: usize,
}

impl Tournament {
    fn places(&self) -> usize {
        self.nodes.len() / 2
    }

    /// Whether a change of a standing has to be passed on.
    pub(in crate::runtime) fn plays(&self) -> bool {
        self.places() > FEW
    }

    /// Puts an agent in, and gives the place.
    pub(in crate::runtime) fn join(&mut self, agent: AgentIx, standings: &[Standing]) -> u32 {
        if self.free.is_empty() {
            self.grow(standings);
        }
        let place = self.free.pop().unwrap_or_default();
        self.taken = self.taken.max(place as usize + 1);
        let node = self.places() + place as usize;
        self.nodes[node] = agent.at() as u32;
        self.play(node, standings);
        place
    }

    /// Takes the agent of a place out.
    pub(in crate::runtime) fn leave(&mut self, place: u32, standings: &[Standing]) {
        let node = self.places() + place as usize;
        self.nodes[node] = NOBODY;
        self.free.push(place);
        self.play(node, standings);
    }

    /// The standing of the agent at a place has changed.
    pub(in crate::runtime) fn changed(&mut self, place: u32, standings: &[Standing]) {
        self.play(self.places() + place as usize, standings);
    }

    /// Plays the matches from a place upward.
    fn play(&mut self, place: usize, standings: &[Standing]) {
        if !self.plays() {
            return;
        }
        let agent = self.nodes[place];
        let mut node = place;
        while node > 1 {
            let parent = node / 2;
            let winner = winner(self.nodes[2 * parent], self.nodes[2 * parent + 1], standings);
            let before = std::mem::replace(&mut self.nodes[parent], winner);
            // Neither before nor now does the agent matter above. An agent that left is `NOBODY`.
            if winner == before && winner != agent {
                break;
            }
            node = parent;
        }
    }

    fn grow(&mut self, standings: &[Standing]) {
        let before = self.places();
        let places = (2 * before).max(4);
        let mut nodes = vec![NOBODY; 2 * places];
        nodes[places..places + before].copy_from_slice(&self.nodes[before..]);
        self.nodes = nodes;
        if self.plays() {
            for node in (1..places).rev() {
                self.nodes[node] = winner(self.nodes[2 * node], self.nodes[2 * node + 1], standings);
            }
        }
        self.free.extend((before as u32..places as u32).rev());
    }

    /// All agents, in no order that means anything.
    pub(in crate::runtime) fn iter(&self) -> impl Iterator<Item = AgentIx> {
        self.taken_places().iter().filter(|&&agent| agent != NOBODY).map(|&agent| AgentIx::from(agent))
    }

    /// The places that somebody has or had.
    fn taken_places(&self) -> &[u32] {
        &self.nodes[self.places()..][..self.taken]
    }

    /// The best of those who fit and are not skipped. `fits` must be monotone: once it fails, it fails for all later agents. Among many,
    /// each skipped agent costs the logarithm of their number.
    pub(in crate::runtime) fn best(
        &self,
        standings: &[Standing],
        fits: impl Fn(AgentIx) -> bool,
        passed: impl Fn(AgentIx) -> bool,
    ) -> Option<AgentIx> {
        if !self.plays() {
            let first = least_of(self.taken_places(), standings).filter(|&agent| fits(agent))?;
            if !passed(first) {
                return Some(first);
            }
            // Hardly ever.
            let others = self.iter().filter(|&agent| fits(agent) && !passed(agent));
            return others.min_by_key(|agent| standings[agent.at()]);
        }
        // Nodes below which the best may be; between them they have everyone who was not skipped.
        let mut open: Vec<usize> = vec![1];
        loop {
            let best = (0..open.len()).reduce(|best, other| {
                let (a, b) = (self.nodes[open[best]], self.nodes[open[other]]);
                if winner(a, b, standings) == a { best } else { other }
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

/// The best of the agents at some places. Apart, so that the loop has the processor's registers for itself.
#[inline(never)]
fn least_of(places: &[u32], standings: &[Standing]) -> Option<AgentIx> {
    let mut best: Option<(Standing, u32)> = None;
    for &agent in places.iter().filter(|&&agent| agent != NOBODY) {
        let standing = standings[agent as usize];
        if best.is_none_or(|(least, _)| standing < least) {
            best = Some((standing, agent));
        }
    }
    best.map(|(_, agent)| AgentIx::from(agent))
}

fn winner(a: u32, b: u32, standings: &[Standing]) -> u32 {
    if b == NOBODY || (a != NOBODY && standings[a as usize] < standings[b as usize]) { a } else { b }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::standing::Since;
    use super::*;
    use crate::plan::Time;

    proptest! {
        /// Held against a list that is searched whole.
        #[test]
        fn the_best_is_the_least(
            most in prop::sample::select(vec![20_usize, 200]),
            steps in prop::collection::vec((0..4_u8, 0..200_usize, 0..30_i64), 1..600),
        ) {
            let mut standings: Vec<Standing> =
                (0..200).map(|rank| Standing::new(0, Since::login(Time(0)), rank)).collect();
            let mut places: Vec<Option<u32>> = vec![None; 200];
            let mut tournament = Tournament::default();
            for (step, agent, measure) in steps {
                let agent = agent % most;
                let number = AgentIx::from(agent as u32);
                match (step, places[agent]) {
                    (0 | 3, None) => {
                        standings[agent] = standings[agent].with_measure(measure);
                        places[agent] = Some(tournament.join(number, &standings));
                    }
                    (1, Some(place)) => {
                        tournament.leave(place, &standings);
                        places[agent] = None;
                    }
                    (2, Some(place)) => {
                        standings[agent] = standings[agent].with_measure(measure);
                        tournament.changed(place, &standings);
                    }
                    _ => {}
                }
                let passed = |agent: AgentIx| i64::try_from(agent.at() % 3) == Ok(measure % 3);
                let fits = |agent: AgentIx| standings[agent.at()].measure() < 25;
                let least = (0..200).filter(|&agent| places[agent].is_some())
                    .filter(|&agent| fits(AgentIx::from(agent as u32)) && !passed(AgentIx::from(agent as u32)))
                    .min_by_key(|&agent| standings[agent]);
                let best = tournament.best(&standings, fits, passed);
                prop_assert_eq!(best.map(AgentIx::at), least);
                prop_assert_eq!(tournament.iter().count(), places.iter().flatten().count());
            }
        }
    }
}
