//! Routing configurations, queues and skill rules.

use super::{PlanCompiler, name_of, positive, profile_name, sorted, text};
use crate::graph::{Item, NodeId, standard_channel};
use crate::metadata::{self, Scalar};
use crate::plan::{
    CapacityType, Cost, Members, Name, Overflow, Queue, QueueObject, RoutingConfiguration, RoutingModel, Share, Skill,
    SkillRule, Units,
};
use crate::schema::{Kind, Role};

impl<'g> PlanCompiler<'g> {
    pub(super) fn routing(&self, item: Item<'g, metadata::QueueRoutingConfig>) -> RoutingConfiguration {
        let value = item.value;
        let overflow_queue = self.first(item.node, Role::OverflowsToQueue).map(Overflow::Queue);
        let user = self.graph.targets(item.node, Role::OverflowsToUser).next();
        let overflow_user = || user.and_then(|(user, _)| self.row(user)).map(Overflow::User);
        RoutingConfiguration {
            name: name_of(&item),
            model: value.routing_model.get().map(|model| match model {
                metadata::RoutingModel::LeastActive => RoutingModel::LeastActive,
                metadata::RoutingModel::MostAvailable => RoutingModel::MostAvailable,
                metadata::RoutingModel::ExternalRouting => RoutingModel::External,
            }),
            priority: value.routing_priority.get().copied(),
            cost: cost(&value.capacity_weight, &value.capacity_percentage),
            paused_cost: cost(&value.paused_capacity_weight, &value.paused_capacity_percentage),
            capacity_type: match value.capacity_type.get() {
                Some(metadata::CapacityType::Interruptible) => CapacityType::Interruptible,
                Some(metadata::CapacityType::NotInterruptible) => CapacityType::Primary,
                Some(metadata::CapacityType::Inherited) | None => CapacityType::Inherited,
            },
            push_timeout_seconds: positive(&value.push_timeout),
            overflow: overflow_queue.or_else(overflow_user),
            skills: self.references(item.node, Role::RequiresSkill),
            drop_additional_skills_after_seconds: positive(&value.drop_additional_skills_timeout),
            attribute_based: value.is_attribute_based.is_true(),
        }
    }

    pub(super) fn queue(&self, item: Item<'g, metadata::Queue>) -> Queue {
        let graph = self.graph;
        let config = graph.config_of(item.node).map(|(config, _)| config);
        let mut objects: Vec<_> = graph.objects_of(item.node).map(|(object, _)| self.queue_object(object)).collect();
        objects.sort_by(|a, b| a.object.cmp(&b.object));
        objects.dedup();
        let users = sorted(graph.targets(item.node, Role::MemberUser).filter_map(|(user, _)| self.row(user)));
        let names = |role| self.target_names(item.node, role);
        let members = Members {
            users,
            groups: names(Role::MemberGroup),
            roles: names(Role::MemberRole),
            roles_and_subordinates: names(Role::MemberRoleAndSubordinates),
            roles_and_internal_subordinates: names(Role::MemberRoleAndInternalSubordinates),
        };
        let attribute_based = graph.is_attribute_based(item.node);
        let Members { users: _, groups, roles, roles_and_subordinates, roles_and_internal_subordinates } = &members;
        let by_others = [groups, roles, roles_and_subordinates, roles_and_internal_subordinates];
        let (agents, complete) = if graph.org().is_some() {
            let agents = graph.agents_of(item.node);
            (Some(sorted(agents.users.iter().filter_map(|agent| self.row(agent.user)))), agents.complete)
        } else if attribute_based {
            (Some(Vec::new()), false)
        } else {
            (None, by_others.iter().all(|names| names.is_empty()) && graph.agents_of(item.node).complete)
        };
        // Said only where it says more than the members do.
        let agents = agents.filter(|agents| *agents != members.users);
        Queue {
            name: name_of(&item),
            routing_configuration: config.map(|config| self.reference(config)),
            objects,
            members,
            agents,
            agents_complete: complete,
        }
    }

    fn queue_object(&self, object: NodeId) -> QueueObject {
        let name = self.graph.name(object);
        let own = self.graph.channels_for(object).map(|(channel, _)| self.reference(channel)).min();
        let channel = own.or_else(|| standard_channel(name).map(Name::from));
        QueueObject { object: Name::from(name), channel }
    }

    pub(super) fn skill(&self, item: Item<'g, metadata::Skill>) -> Skill {
        let users = self.graph.targets(item.node, Role::SkillUser).filter_map(|(user, _)| self.row(user));
        let profiles = self.graph.targets(item.node, Role::SkillProfile);
        Skill {
            name: name_of(&item),
            users: sorted(users),
            profiles: sorted(profiles.map(|(profile, _)| profile_name(self.graph.name(profile)))),
        }
    }

    pub(super) fn skill_rules(&mut self) -> Vec<SkillRule> {
        let mut rows = Vec::new();
        let sets = self.rows.all(Kind::WorkSkillRouting).iter();
        for item in sets.filter_map(|&id| self.graph.get::<metadata::WorkSkillRouting>(id)) {
            let Some((object, _)) = self.graph.targets(item.node, Role::RulesFor).next() else { continue };
            for rule in &item.value.attributes {
                let (Some(field), Some(skill)) = (text(&rule.field), rule.skill.spanned()) else { continue };
                if item.value.is_active.is_filled_in() || rule.has_filled_in() {
                    continue;
                }
                let Some(node) = self.graph.find(Kind::Skill, &skill.value) else { continue };
                let row = SkillRule {
                    object: Name::from(self.graph.name(object)),
                    field,
                    value: text(&rule.value),
                    skill: self.reference(node),
                    level: rule.skill_level.get().copied(),
                    additional: rule.is_additional_skill.is_true(),
                    drop_priority: rule.skill_priority.get().copied(),
                    set: name_of(&item),
                    active: item.value.is_active.is_true(),
                };
                rows.push((row, item.component.at(rule.span)));
            }
        }
        self.split("skill_rules", rows)
    }
}

fn cost(units: &Scalar<f64>, percent: &Scalar<f64>) -> Cost {
    match (units.get(), percent.get()) {
        (None, Some(&percent)) => Cost::Share(Share::from_percent(percent)),
        (units, _) => Cost::Units(Units::from_units(units.copied().unwrap_or_default())),
    }
}
