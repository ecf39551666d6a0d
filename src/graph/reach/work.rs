//! What work costs, which capacity it is charged to, and which skills it needs.

use super::super::{Graph, NodeId, Routing, standard_channel};
use crate::metadata::{CapacityType, QueueRoutingConfig, RoutingModel, ServiceChannel, WorkSkillRouting};
use crate::schema::{Kind, Role};
use crate::source::Location;

/// What an item of a routing configuration costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// Capacity units.
    Units(f64, Location),
    /// Percent of the rep's capacity.
    Percent(f64, Location),
}

/// A skill that an object's work needs when a field has a value.
#[derive(Clone, Copy, Debug)]
pub struct SkillNeed<'g> {
    /// The skill mapping set.
    pub rules: NodeId,
    /// Whether the set counts.
    pub active: bool,
    /// The field, as written.
    pub field: &'g str,
    /// The value.
    pub value: Option<&'g str>,
    /// The skill.
    pub skill: NodeId,
    /// The least level.
    pub level: Option<i32>,
    /// Whether work can do without it after a while.
    pub additional: bool,
    /// Where the rule names the skill.
    pub location: Location,
}

impl Graph {
    /// True if skill rules decide over a queue's work, and membership does not.
    pub fn is_attribute_based(&self, queue: NodeId) -> bool {
        self.config_of(queue)
            .and_then(|(config, _)| self.get::<QueueRoutingConfig>(config))
            .is_some_and(|config| config.value.is_attribute_based.is_true())
    }

    /// True if skill rules may decide over the work of a routing configuration: they do, or whether they do is filled in
    /// when the project is deployed.
    pub fn may_be_attribute_based(&self, config: NodeId) -> bool {
        self.is_filled_in(config)
            || self.get::<QueueRoutingConfig>(config).is_some_and(|config| {
                let says = &config.value.is_attribute_based;
                says.is_true() || self.may_differ(config.node, says)
            })
    }

    /// What an item costs, if the configuration gives exactly one figure.
    pub fn cost_of(&self, config: NodeId) -> Option<Cost> {
        let item = self.get::<QueueRoutingConfig>(config)?;
        if item.value.capacity_weight.is_filled_in() || item.value.capacity_percentage.is_filled_in() {
            return None;
        }
        let units = item.value.capacity_weight.spanned();
        let percent = item.value.capacity_percentage.spanned();
        match (units, percent) {
            (Some(units), None) => Some(Cost::Units(units.value, item.component.at(units.span))),
            (None, Some(percent)) => Some(Cost::Percent(percent.value, item.component.at(percent.span))),
            _ => None,
        }
    }

    /// Who gets work above the org's limits: queues and users.
    pub fn overflow_of(&self, config: NodeId) -> impl Iterator<Item = (NodeId, Location)> {
        self.targets(config, Role::OverflowsToQueue).chain(self.targets(config, Role::OverflowsToUser))
    }

    /// Whether a channel's work, routed by a configuration, is charged to the interruptible capacity. None if the
    /// configuration leaves it to a channel that the project does not define.
    pub fn is_interruptible(&self, config: NodeId, channel: NodeId) -> Option<bool> {
        let config = self.get::<QueueRoutingConfig>(config)?;
        if self.targets(channel, Role::Carries).any(|(object, _)| is_always_primary(self.name(object))) {
            return Some(false);
        }
        match config.value.capacity_type.get() {
            Some(CapacityType::Interruptible) => Some(true),
            Some(CapacityType::NotInterruptible) => Some(false),
            None if self.may_differ(config.node, &config.value.capacity_type) => None,
            Some(CapacityType::Inherited) | None => {
                let says = &self.get::<ServiceChannel>(channel)?.value.is_interruptible;
                (!self.may_differ(channel, says)).then(|| says.is_true())
            }
        }
    }

    /// Whether a queue's work is charged to the interruptible capacity. None if the configuration leaves it to channels
    /// that the project does not define, or that differ.
    pub fn is_queue_interruptible(&self, config: NodeId, queue: NodeId) -> Option<bool> {
        let capacity_type = &self.get::<QueueRoutingConfig>(config)?.value.capacity_type;
        if self.objects_of(queue).any(|(object, _)| is_always_primary(self.name(object))) {
            let alone = self.objects_of(queue).all(|(object, _)| is_always_primary(self.name(object)));
            return if alone || capacity_type.get() == Some(&CapacityType::NotInterruptible) {
                Some(false)
            } else {
                None
            };
        }
        match capacity_type.get() {
            Some(CapacityType::Interruptible) => return Some(true),
            Some(CapacityType::NotInterruptible) => return Some(false),
            None if self.may_differ(config, capacity_type) => return None,
            Some(CapacityType::Inherited) | None => {}
        }
        let channels = self.objects_of(queue).flat_map(|(object, _)| self.channels_for(object));
        let mut answers = channels.map(|(channel, _)| self.is_interruptible(config, channel));
        let first = answers.next().flatten()?;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }

    /// True if offers of a queue's work are accepted by themselves: the project has service channels for its objects, and
    /// each of them says so.
    pub fn is_queue_accepted_unasked(&self, queue: NodeId) -> bool {
        let channels = self.objects_of(queue).flat_map(|(object, _)| self.known_channels_for(object));
        let mut answers = channels.map(|channel| {
            self.get::<ServiceChannel>(channel).is_some_and(|channel| channel.value.has_auto_accept_enabled.is_true())
        });
        answers.next() == Some(true) && answers.all(|answer| answer)
    }

    /// True if offers of a queue's work may be accepted automatically, by what is filled in when the project is deployed:
    /// a service channel that says so may carry an object of the queue.
    pub fn may_be_accepted_unasked(&self, queue: NodeId) -> bool {
        if self.is_final {
            return self.is_queue_accepted_unasked(queue);
        }
        let accepts = |channel: NodeId| {
            let says = self.get::<ServiceChannel>(channel).map(|item| &item.value.has_auto_accept_enabled);
            says.is_some_and(|says| says.is_true() || self.may_differ(channel, says))
        };
        let carries_any = |channel: NodeId| {
            !self.shows_all(channel)
                || self.targets(channel, Role::Carries).any(|(object, _)| self.is_filled_in(object))
        };
        let mut accepting = self.nodes_of(Kind::ServiceChannel).filter(|&channel| accepts(channel)).peekable();
        if accepting.peek().is_none() {
            return false;
        }
        let holds_any = !self.shows_all(queue) || self.objects_of(queue).any(|(object, _)| self.is_filled_in(object));
        let own = || self.objects_of(queue).flat_map(|(object, _)| self.known_channels_for(object));
        holds_any || accepting.any(carries_any) || (own().next().is_some() && own().all(accepts))
    }

    /// True if a partner's system decides who gets the work of a routing configuration, or may by what is filled in when
    /// the project is deployed.
    pub fn may_be_external(&self, config: NodeId) -> bool {
        let model = self.get::<QueueRoutingConfig>(config).map(|item| &item.value.routing_model);
        self.is_external(config) || model.is_some_and(|model| self.may_differ(config, model))
    }

    /// True if a partner's system decides who gets the work of a routing configuration.
    pub fn is_external(&self, config: NodeId) -> bool {
        let item = self.get::<QueueRoutingConfig>(config);
        item.is_some_and(|item| item.value.routing_model.get() == Some(&RoutingModel::ExternalRouting))
    }

    /// The object of the service channels that a routing action may name, if all of them are known and carry the same.
    pub fn object_of(&self, routing: &Routing) -> Option<&str> {
        let own = |channel: NodeId| self.targets(channel, Role::Carries).next().map(|(object, _)| object);
        let own =
            |channel: NodeId| own(channel).filter(|&object| !self.is_filled_in(object)).map(|object| self.name(object));
        let standard = |name: &str| {
            let objects = ["MessagingSession", "VoiceCall", "LiveChatTranscript", "SOSSession"];
            objects.into_iter().find(|object| standard_channel(object).is_some_and(|c| c.eq_ignore_ascii_case(name)))
        };
        let channels = &routing.channels;
        let mut objects =
            channels.known.iter().map(|target| target.node.and_then(own).or_else(|| standard(&target.name)));
        let first = objects.next().filter(|_| channels.is_complete()).flatten()?;
        objects.all(|object| object.is_some_and(|object| object.eq_ignore_ascii_case(first))).then_some(first)
    }

    /// The skills that an object's work needs, by field and value.
    pub fn skills_for(&self, object: NodeId) -> Vec<SkillNeed<'_>> {
        let mut needs = Vec::new();
        for (rules, _) in self.sources(object, Role::RulesFor) {
            let Some(item) = self.get::<WorkSkillRouting>(rules) else { continue };
            for rule in &item.value.attributes {
                let (Some(field), Some(skill)) = (rule.field.get(), rule.skill.spanned()) else { continue };
                let Some(node) = self.find(Kind::Skill, &skill.value) else { continue };
                needs.push(SkillNeed {
                    rules,
                    active: item.value.is_active.is_true(),
                    field,
                    value: rule.value.get().map(|value| &**value),
                    skill: node,
                    level: rule.skill_level.get().copied(),
                    additional: rule.is_additional_skill.is_true(),
                    location: item.component.at(skill.span),
                });
            }
        }
        needs
    }
}

/// True for objects whose work is charged to the primary capacity whatever any setting says (Omni-Channel for
/// Administrators, Spring '26: chats are always uninterruptible).
fn is_always_primary(object: &str) -> bool {
    object.eq_ignore_ascii_case("LiveChatTranscript")
}
