//! Agents, from records of the org.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{PlanCompiler, profile_name, sorted};
use crate::graph::NodeId;
use crate::graph::org::Org;
use crate::plan::{Agent, AgentSkill, Name, SkillLevel, Time};
use crate::schema::{Kind, Role};

impl PlanCompiler<'_> {
    /// The table of agents; none without records. To be made after the queues, which know their agents.
    pub(super) fn agents(&mut self, queues: &[crate::plan::Queue]) -> Option<Vec<Agent>> {
        let org = self.graph.org()?;
        let mut queues_of: FxHashMap<Name, Vec<Name>> = FxHashMap::default();
        for queue in queues.iter().filter(|queue| queue.routing_configuration.is_some()) {
            for user in queue.agents() {
                queues_of.entry(user.clone()).or_default().push(queue.name.clone());
            }
        }
        let mut groups_of = self.groups_seen();
        let statuses = self.rows.all(Kind::ServicePresenceStatus).to_vec();
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for &node in self.rows.all(Kind::User).iter().filter(|node| self.rows.agents.contains(node)) {
            let (Some(user), Some(place)) = (self.row(node), org.place_of(node)) else { continue };
            let complete = statuses.iter().all(|&status| org.is_granted(node, status).is_some());
            let governing = self.graph.config_governing(node);
            rows.push(Agent {
                profile: org.profile_of(node).map(|profile| profile_name(self.graph.name(profile))),
                presence_configuration: governing.and_then(|config| self.row(config)),
                presence_configuration_known: governing.map_or_else(
                    || org.profile_of(node).is_some() && self.graph.is_whole(Kind::PresenceUserConfig),
                    |config| self.row(config).is_some(),
                ),
                statuses: sorted(org.statuses_of(node).into_iter().map(|status| self.reference(status))),
                statuses_complete: complete,
                skills: self.skills_held(org, node),
                queues: queues_of.remove(&user).unwrap_or_default(),
                groups: groups_of.remove(&node).unwrap_or_default(),
                user,
            });
            places.push(place);
        }
        self.places.insert("agents", places);
        Some(rows)
    }

    /// The groups that supervisors see, by the users who are in them.
    fn groups_seen(&self) -> FxHashMap<NodeId, Vec<Name>> {
        let views = self.rows.all(Kind::OmniSupervisorConfig).iter();
        let seen = views.flat_map(|&view| self.graph.targets(view, Role::SeesGroup)).map(|(group, _)| group);
        let mut groups: Vec<_> = seen.map(|group| (self.graph.name(group), group)).collect();
        groups.sort_unstable();
        groups.dedup();
        let mut groups_of: FxHashMap<NodeId, Vec<Name>> = FxHashMap::default();
        for (name, group) in groups {
            for user in self.graph.users_in(group) {
                groups_of.entry(user).or_default().push(Name::from(name));
            }
        }
        groups_of
    }

    fn skills_held(&self, org: &Org, user: NodeId) -> Vec<AgentSkill> {
        let mut best: BTreeMap<(Name, Option<Time>, Option<Time>), Option<SkillLevel>> = BTreeMap::new();
        for held in org.skills_of(user) {
            let level = held.level.map(SkillLevel::from_level);
            let dates = (held.from.map(Time::from), held.until.map(Time::from));
            let best = best.entry((self.reference(held.skill), dates.0, dates.1)).or_default();
            *best = (*best).max(level);
        }
        best.into_iter().map(|((skill, from, until), level)| AgentSkill { skill, level, from, until }).collect()
    }
}
