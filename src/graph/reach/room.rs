//! How much work fits: what an item costs against what a presence configuration allows.

use rustc_hash::FxHashSet;

use super::super::{Graph, NodeId};
use super::work::Cost;
use crate::metadata::{PresenceUserConfig, Queue};
use crate::plan::{Share, Units};
use crate::schema::Role;
use crate::source::Location;

/// Ten-thousandths, in which capacity is counted: Salesforce keeps two decimals (Object Reference 67.0,
/// `CapacityWeight`), and sums of floating-point numbers are not exact.
const SCALE: f64 = 10_000.0;

impl Cost {
    /// How many items fit at once into this many units. None if the cost is no number above 0: then nothing limits them.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and no field holds numbers near the limit")]
    pub fn fits(self, capacity: i32) -> Option<u64> {
        let capacity = i64::from(capacity.max(0));
        let (cost, room) = match self {
            Self::Units(units, _) => ((units * SCALE).round() as i64, capacity.saturating_mul(10_000)),
            // A share of a capacity of nothing is nothing, and still no work fits.
            Self::Percent(percent, _) => ((percent * SCALE).round() as i64, if capacity > 0 { 1_000_000 } else { 0 }),
        };
        (cost > 0).then(|| (room / cost).unsigned_abs())
    }

    /// How many units an item takes; of a share of the capacity only if that is known.
    pub fn needs(self, capacity: Option<i32>) -> Option<Units> {
        match self {
            Self::Units(units, _) => Some(Units::from_units(units)),
            Self::Percent(percent, _) => Some(Share::from_percent(percent).of(Units::from_units(f64::from(capacity?)))),
        }
    }

    /// True if at least one item fits into this many units.
    pub fn has_room(self, capacity: i32) -> bool {
        self.fits(capacity).is_none_or(|fits| fits > 0)
    }
}

impl Graph {
    /// The capacity of a presence configuration that work is charged to, in units, and where it is given. None if it is
    /// not given, or if it is not known which of two that differ is charged.
    pub fn capacity_of(&self, presence: NodeId, interruptible: Option<bool>) -> Option<(i32, Location)> {
        let item = self.get::<PresenceUserConfig>(presence)?;
        let primary = item.value.capacity.spanned()?;
        if interruptible != Some(false) && self.may_differ(presence, &item.value.interruptible_capacity) {
            return None;
        }
        let own = item.value.interruptible_capacity.spanned().unwrap_or(primary);
        let charged = match interruptible {
            Some(true) => own,
            Some(false) => primary,
            None => Some(primary).filter(|primary| primary.value == own.value)?,
        };
        Some((charged.value, item.component.at(charged.span)))
    }

    /// The queues of whose members some are known to be governed by a presence configuration, each with its routing
    /// configuration, in the order of the queues' paths.
    pub fn queues_reached_by(&self, presence: NodeId) -> Vec<(NodeId, NodeId)> {
        let queues = self.all::<Queue>().map(|queue| queue.node);
        let routed = queues.filter_map(|queue| Some((queue, self.config_of(queue)?.0)));
        routed.filter(|(queue, _)| self.known_reach_of(*queue).contains(&presence)).collect()
    }

    /// The presence configurations that are known to govern reps of the queues that a routing configuration routes; where
    /// skills decide, all of the project. Each with whether work of that queue is charged to the interruptible capacity;
    /// each pair once, in the order of the names.
    pub fn presence_for(&self, config: NodeId) -> Vec<(NodeId, Option<bool>)> {
        let mut seen = FxHashSet::default();
        // Where skills decide, queues of which the same is charged add nothing.
        let mut charged = FxHashSet::default();
        let mut found = Vec::new();
        for (queue, _) in self.queues_of(config) {
            let interruptible = self.is_queue_interruptible(config, queue);
            let reached = if !self.is_attribute_based(queue) {
                self.known_reach_of(queue)
            } else if charged.insert(interruptible) {
                self.reach_of(queue).configs
            } else {
                continue;
            };
            let reached = reached.iter().map(|&presence| (presence, interruptible));
            found.extend(reached.filter(|pair| seen.insert(*pair)));
        }
        found.sort_by(|a, b| (self.name(a.0), a.1).cmp(&(self.name(b.0), b.1)));
        found
    }

    /// The users who hold a skill, as far as records tell; without records of skills none is known.
    pub fn holders_of(&self, skill: NodeId) -> Option<Vec<(NodeId, Location)>> {
        let org = self.org().filter(|org| org.knows_skills())?;
        let holds = |user: NodeId| org.skills_of(user).iter().find(|held| held.skill == skill);
        let users = org.users().filter(|&user| org.is_active(user) != Some(false));
        Some(users.filter_map(|user| Some((user, holds(user)?.location))).collect())
    }

    /// The active users in a public group, and true if these are all. None if no records tell.
    pub fn users_of_group(&self, group: NodeId) -> Option<(Vec<NodeId>, bool)> {
        let org = self.org()?;
        let expansion = org.expansion(self, org.member(group, Role::MemberGroup)?)?;
        Some((expansion.users.iter().map(|&user| org.node(user)).collect(), expansion.complete))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_are_counted_exactly() {
        let units = |cost: f64, capacity| Cost::Units(cost, Location::default()).fits(capacity);
        let percent = |cost: f64, capacity| Cost::Percent(cost, Location::default()).fits(capacity);
        assert_eq!(units(2.0, 6), Some(3));
        assert_eq!(units(0.1, 3), Some(30));
        assert_eq!(units(0.35, 7), Some(20));
        assert_eq!(units(7.0, 6), Some(0));
        assert_eq!((units(0.0, 6), units(-1.0, 6), units(f64::NAN, 6)), (None, None, None));
        assert_eq!(percent(33.0, 5), Some(3));
        assert_eq!(percent(33.34, 5), Some(2));
        assert_eq!(percent(100.0, 1), Some(1));
        assert_eq!(percent(50.0, 0), Some(0));
    }
}
