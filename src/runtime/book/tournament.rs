//! The first of many agents, by a key that changes often.

use super::standing::Standing;
use crate::runtime::numbers::AgentIx;

/// Up to this many places, a linear search is used instead.
const FEW: usize = 64;

/// A tournament among agents: each node of a binary tree knows the better of its two, so that the root knows the best. A
/// change of one agent's standing is played again from its place upward, and mostly ends after a match or two. Among few
/// agents nothing is played: they change far more often than they are asked for. Standings lie side by side, so that a
/// search reads a few lines of memory.
#[derive(Debug, Default)]
pub(in crate::runtime) struct Tournament {
    /// By what the agent of each place stands; [`Standing::NOBODY`] where there is none.
    standings: Vec<Standing>,
    /// The agent of each place.
    agents: Vec<AgentIx>,
    /// Which place won at each node: `winners[1]` is the root. Empty while nothing is played.
    winners: Vec<u32>,
    /// Places that nobody has.
    free: Vec<u32>,
}

impl Tournament {
    /// Puts an agent in, and gives the place.
    pub(in crate::runtime) fn join(&mut self, agent: AgentIx, standing: Standing) -> u32 {
        let place = if let Some(place) = self.free.pop() {
            self.agents[place as usize] = agent;
            place
        } else {
            self.agents.push(agent);
            self.standings.push(Standing::NOBODY);
            (self.agents.len() - 1) as u32
        };
        self.changed(place, standing);
        place
    }

    /// Takes the agent of a place out.
    pub(in crate::runtime) fn leave(&mut self, place: u32) {
        self.free.push(place);
        self.changed(place, Standing::NOBODY);
    }

    /// The standing of the agent at a place has changed.
    #[inline]
    pub(in crate::runtime) fn changed(&mut self, place: u32, standing: Standing) {
        self.standings[place as usize] = standing;
        if self.standings.len() > FEW {
            self.play(place);
        }
    }

    /// How many places there are below the nodes: a power of two.
    fn places(&self) -> usize {
        self.winners.len()
    }

    /// Plays the matches from a place upward.
    fn play(&mut self, place: u32) {
        if self.standings.len() > self.places() {
            self.play_all();
            return;
        }
        let mut node = self.places() + place as usize;
        while node > 1 {
            node /= 2;
            let winner = self.winner(node);
            let before = std::mem::replace(&mut self.winners[node], winner);
            // Neither before nor now does the place matter above.
            if winner == before && winner != place {
                break;
            }
        }
    }

    fn play_all(&mut self) {
        self.winners = vec![0; self.standings.len().next_power_of_two()];
        for node in (1..self.places()).rev() {
            self.winners[node] = self.winner(node);
        }
    }

    /// The place that wins at a node.
    fn winner(&self, node: usize) -> u32 {
        let (left, right) = (self.won(2 * node), self.won(2 * node + 1));
        if self.at(right) < self.at(left) { right } else { left }
    }

    /// The place that won at a node, or the place itself, below all nodes.
    fn won(&self, node: usize) -> u32 {
        if node < self.places() { self.winners[node] } else { (node - self.places()) as u32 }
    }

    fn at(&self, place: u32) -> Standing {
        self.standings.get(place as usize).copied().unwrap_or(Standing::NOBODY)
    }

    /// All agents with their standings, in no order that means anything.
    pub(in crate::runtime) fn iter(&self) -> impl Iterator<Item = (AgentIx, Standing)> {
        let all = self.agents.iter().copied().zip(self.standings.iter().copied());
        all.filter(|&(_, standing)| standing != Standing::NOBODY)
    }

    /// The best of those whose measure is not above `most` and who are not passed. Among many, each who is passed costs the
    /// logarithm of their number.
    pub(in crate::runtime) fn best(&self, most: i64, passed: impl Fn(AgentIx) -> bool) -> Option<(AgentIx, Standing)> {
        let fits = |standing: Standing| standing != Standing::NOBODY && standing.measure() <= most;
        if self.winners.is_empty() {
            let first = least_of(&self.standings)?;
            let (agent, standing) = (self.agents[first], self.standings[first]);
            if !fits(standing) {
                return None;
            }
            if !passed(agent) {
                return Some((agent, standing));
            }
            // Hardly ever.
            let others = self.iter().filter(|&(agent, standing)| fits(standing) && !passed(agent));
            return others.min_by_key(|&(_, standing)| standing);
        }
        // Nodes below which the best may be; between them they have everyone who was not passed.
        let mut open: Vec<usize> = vec![1];
        loop {
            let best = (0..open.len()).min_by_key(|&index| self.at(self.won(open[index])))?;
            let mut node = open.swap_remove(best);
            let place = self.won(node);
            let standing = self.at(place);
            if !fits(standing) {
                return None;
            }
            let agent = self.agents[place as usize];
            if !passed(agent) {
                return Some((agent, standing));
            }
            // The others below this node: beside the way to the agent's place.
            while node < self.places() {
                let (left, right) = (2 * node, 2 * node + 1);
                let (way, beside) = if self.won(left) == place { (left, right) } else { (right, left) };
                if self.at(self.won(beside)) != Standing::NOBODY {
                    open.push(beside);
                }
                node = way;
            }
        }
    }
}

/// The place of the least. Apart, so that the loop has the processor's registers for itself.
#[inline(never)]
fn least_of(standings: &[Standing]) -> Option<usize> {
    let (mut place, mut least) = (0, *standings.first()?);
    for (other, &standing) in standings.iter().enumerate() {
        if standing < least {
            (place, least) = (other, standing);
        }
    }
    Some(place)
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
                        places[agent] = Some(tournament.join(number, standings[agent]));
                    }
                    (1, Some(place)) => {
                        tournament.leave(place);
                        places[agent] = None;
                    }
                    (2, Some(place)) => {
                        standings[agent] = standings[agent].with_measure(measure);
                        tournament.changed(place, standings[agent]);
                    }
                    _ => {}
                }
                let passed = |agent: AgentIx| i64::try_from(agent.at() % 3) == Ok(measure % 3);
                let fits = |agent: usize| standings[agent].measure() < 25;
                let least = (0..200).filter(|&agent| places[agent].is_some())
                    .filter(|&agent| fits(agent) && !passed(AgentIx::from(agent as u32)))
                    .min_by_key(|&agent| standings[agent]);
                let best = tournament.best(24, passed);
                prop_assert_eq!(best.map(|(agent, _)| agent.at()), least);
                prop_assert_eq!(tournament.iter().count(), places.iter().flatten().count());
            }
        }
    }
}
