//! OC6: skills and skill mapping sets.

pub(super) mod conflicting_skill_rule;
pub(super) mod drop_timeout_mismatch;
pub(super) mod duplicate_rule_set;
pub(super) mod inactive_rule_set;
pub(super) mod membership_ignored;
pub(super) mod no_skill_rules;
pub(super) mod rule_set_too_large;
pub(super) mod rule_set_unused;
pub(super) mod rule_set_without_rules;
pub(super) mod skill_held_by_nobody;
pub(super) mod skill_priority_without_additional;
pub(super) mod unqualified_field;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{QueueRoutingConfig, Scalar, WorkSkillRouting};
use crate::schema::Kind;
use crate::source::Location;

/// The element of a skill mapping set's rules.
const RULES: [&str; 1] = ["workSkillRoutingAttributes"];

/// A routing configuration whose work goes by skills, with the queues that it routes.
struct BySkills<'g> {
    config: Item<'g, QueueRoutingConfig>,
    /// The first of its queues, and where that names it.
    queue: (NodeId, Location),
    /// What its queues hold, each once.
    objects: Vec<NodeId>,
}

impl BySkills<'_> {
    /// Where it says that its work goes by skills.
    fn place(&self) -> Location {
        let component = self.config.component;
        component.at(self.config.value.is_attribute_based.span().unwrap_or(component.span))
    }

    /// True if no work of its queues gets a skill: neither it nor an active skill mapping set asks for one.
    fn asks_for_nothing(&self, graph: &Graph, sets: &RuleSets<'_>) -> bool {
        let counts = |set: &Item<'_, WorkSkillRouting>| {
            let has_rules = !set.value.attributes.is_empty() || graph.may_hold(set.component, &RULES);
            has_rules && !set.value.is_active.is_false()
        };
        let active = |object: &NodeId| sets.of(*object).iter().any(counts);
        self.config.value.skills.is_empty()
            && !graph.may_hold(self.config.component, &["skills", "skill"])
            && !self.objects.iter().any(active)
    }
}

/// The routing configurations that route a queue's work by skills, as far as it is known what the queues hold.
fn by_skills(graph: &Graph) -> impl Iterator<Item = BySkills<'_>> {
    let configs = graph.all::<QueueRoutingConfig>().filter(|config| config.value.is_attribute_based.is_true());
    configs.filter_map(|config| {
        let (mut first, mut objects, mut seen) = (None, Vec::new(), FxHashSet::default());
        for queue in graph.queues_of(config.node) {
            if graph.components_of(queue.0).any(|queue| graph.may_hold(queue, &["queueSobject", "sobjectType"])) {
                return None;
            }
            first = first.or(Some(queue));
            objects.extend(graph.objects_of(queue.0).map(|(object, _)| object).filter(|&object| seen.insert(object)));
        }
        Some(BySkills { config, queue: first?, objects })
    })
}

/// The skill mapping sets of each object.
struct RuleSets<'g>(FxHashMap<NodeId, Vec<Item<'g, WorkSkillRouting>>>);

impl<'g> RuleSets<'g> {
    /// None if the project has a set whose object cannot be told, because then any object may have one.
    fn known(graph: &'g Graph) -> Option<Self> {
        let mut sets: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for set in graph.all::<WorkSkillRouting>() {
            match &set.value.related_entity {
                Scalar::Value(object) => sets.entry(graph.find(Kind::Object, &object.value)?).or_default().push(set),
                // The object is gone.
                Scalar::Nil(_) => {}
                _ => return None,
            }
        }
        graph.is_whole(Kind::WorkSkillRouting).then_some(Self(sets))
    }

    fn of(&self, object: NodeId) -> &[Item<'g, WorkSkillRouting>] {
        self.0.get(&object).map_or(&[], Vec::as_slice)
    }
}
