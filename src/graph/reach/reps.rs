//! Who takes work at all.

use rustc_hash::FxHashSet;

use super::super::{Graph, NodeId};
use crate::metadata::Queue;

impl Graph {
    /// The users whom records know as active, and who are in a routed queue, have a skill, or are governed by a presence
    /// configuration of the project. None without records.
    pub fn reps(&self) -> Option<FxHashSet<NodeId>> {
        let org = self.org()?;
        let mut reps = FxHashSet::default();
        for queue in self.all::<Queue>().filter(|queue| self.config_of(queue.node).is_some()) {
            reps.extend(self.agents_of(queue.node).users.iter().map(|agent| agent.user));
        }
        let works = |user: &NodeId| !org.skills_of(*user).is_empty() || self.config_governing(*user).is_some();
        reps.extend(org.users().filter(works));
        reps.retain(|&user| org.is_active(user) == Some(true));
        Some(reps)
    }
}
