//! Work arrives: what is refused, what is left alone, and on which terms the rest waits.

use std::collections::BTreeMap;

use omnic::plan::{CapacityType, Cost, Overflow, RoutingConfiguration, RoutingModel as Planned, SkillLevel, Units};
use omnic::runtime::records::{AgentWorkStatus, RoutingModel, RoutingType};
use omnic::runtime::{
    AgentRoute, Effect, Limit, Name, NotRouted, Owner, Refusal, Route, SkillNeed, SkillsRoute, Time, TransferPlace,
    What, WorkArrived,
};

use super::names::unknown;
use super::{Item, Model, Need, Pool, Reach, Step, Terms, Work};

/// What is known of an item that is to be routed.
#[derive(Clone, Default)]
pub(super) struct Arrival {
    pub(super) item: Name,
    pub(super) object: Name,
    pub(super) channel: Option<Name>,
    pub(super) custom: Option<Time>,
    pub(super) target: Option<Time>,
    /// The open work that is routed again.
    pub(super) from: Option<Work>,
    /// The place that it keeps.
    pub(super) place: Option<Time>,
    pub(super) is_transfer: bool,
}

/// How it is to be routed: an arrival that nothing stands against.
pub(super) struct Routing {
    pub(super) terms: Terms,
    pub(super) model: RoutingModel,
    pub(super) kind: Option<RoutingType>,
    pub(super) reach: Reach,
    pub(super) preferred: Option<Name>,
    pub(super) needs: Vec<Need>,
    pub(super) drop_seconds: Option<u32>,
    pub(super) overflow: Option<Overflow>,
    pub(super) ready: bool,
    /// A change of owner, or else of status, that waits for room.
    pub(super) by_owner: Option<bool>,
}

impl Model {
    pub(super) fn work_arrived(&mut self, arrived: &WorkArrived) -> Step {
        let item = &arrived.work_item_id;
        let active = self.active(item);
        let open = active.first().filter(|work| active.len() == 1 && work.status == AgentWorkStatus::Opened).cloned();
        if open.is_none() {
            self.not_busy(item)?;
        }
        if let Some(name) = arrived.service_channel_id.as_ref().filter(|name| !self.knows_channel(name)) {
            return unknown(What::ServiceChannel, name);
        }
        self.know(item, &arrived.object, &arrived.fields);
        let arrival = Arrival {
            item: item.clone(),
            object: arrived.object.clone(),
            channel: arrived.service_channel_id.clone(),
            custom: arrived.custom_requested_date_time,
            target: arrived.target_accept_date_time,
            ..Arrival::default()
        };
        match open {
            Some(open) => self.arrive_again(open, arrival, &arrived.route),
            None => self.arrive(&arrival, &arrived.route),
        }
    }

    /// Open work leaves its agent, and is routed again.
    pub(super) fn arrive_again(&mut self, open: Work, mut arrival: Arrival, route: &Route) -> Step {
        self.hand_on(open.id);
        arrival.place = Some(open.place).filter(|_| self.options.transfer_place == TransferPlace::Keeps);
        arrival.is_transfer = true;
        arrival.from = Some(open);
        self.arrive(&arrival, route)
    }

    pub(super) fn not_busy(&self, item: &Name) -> Step {
        if self.psr_of(item).is_some() || !self.active(item).is_empty() {
            return Err(Refusal::AlreadyRouted { work_item: item.clone() });
        }
        Ok(())
    }

    /// The record, its object and its fields.
    pub(super) fn know(&mut self, id: &Name, object: &Name, fields: &BTreeMap<Name, Name>) {
        if self.item(id).is_err() {
            let (id, object) = (id.clone(), object.clone());
            self.items.push(Item::new(id, object));
        }
        let item = self.item(id).unwrap();
        item.object = object.clone();
        item.enter(fields);
    }

    pub(super) fn arrive(&mut self, arrival: &Arrival, route: &Route) -> Step {
        let item = self.item(&arrival.item)?;
        (item.custom, item.target) = (arrival.custom, arrival.target);
        match route {
            Route::Queue(queue) => self.arrive_in_queue(arrival, queue),
            Route::Skills(route) => self.arrive_for_skills(arrival, route),
            Route::Agent(route) => self.arrive_for_agent(arrival, route),
            // Histories do not have them: what a flow comes to is tested with the runtime.
            Route::Flow(route) => Err(Refusal::FlowNotFollowed { flow: route.flow.clone(), problem: "".into() }),
        }
    }

    fn arrive_in_queue(&mut self, arrival: &Arrival, name: &Name) -> Step {
        let queue = self.queue(name)?;
        let Some(entry) = queue.objects.iter().find(|entry| *entry.object == *arrival.object) else {
            return Err(Refusal::QueueDoesNotHold { queue: name.clone(), object: arrival.object.clone() });
        };
        if !self.tables().settings.omni_channel {
            self.tell_not_routed(arrival, name, NotRouted::OmniChannelOff);
            return Ok(());
        }
        let Some(reference) = &queue.routing_configuration else {
            self.tell_not_routed(arrival, name, NotRouted::NoRoutingConfiguration);
            return Ok(());
        };
        let config = self.configuration_behind(reference)?;
        let of_queue = entry.channel.clone();
        let Some(channel) = self.channel_for(arrival, of_queue)? else {
            self.tell_not_routed(arrival, name, NotRouted::NoServiceChannel);
            return Ok(());
        };
        let mut routing = self.routing_by(arrival, channel, Some(&config));
        routing.terms.queue = Some(name.clone());
        self.by_queue(arrival, &config, &mut routing);
        self.wait(arrival, routing)
    }

    /// Membership or skills decide, as the queue's routing configuration says.
    fn by_queue(&mut self, arrival: &Arrival, config: &RoutingConfiguration, routing: &mut Routing) {
        if config.attribute_based {
            routing.reach = Reach::Skilled;
            let needs = needs_by_configuration(config).into_iter().chain(self.needs_by_rules(arrival));
            routing.needs = merged(needs.collect());
            routing.kind = Some(RoutingType::SkillsBased);
        } else {
            routing.reach = Reach::Members;
            routing.kind = Some(RoutingType::QueueBased);
        }
    }

    fn arrive_for_skills(&mut self, arrival: &Arrival, route: &SkillsRoute) -> Step {
        self.skills_based_routing_is_on()?;
        let config = self.configuration_named(&route.routing_configuration)?;
        let Some(channel) = self.channel_for(arrival, None)? else {
            return Err(Refusal::NoServiceChannel { object: arrival.object.clone() });
        };
        let config = Self::with_model(config)?;
        let given = route.skills.iter().map(need_given);
        let mut routing = self.routing_by(arrival, channel, Some(&config));
        let rules = if route.run_rules { self.needs_by_rules(arrival) } else { Vec::new() };
        routing.needs = merged(needs_by_configuration(&config).into_iter().chain(rules).chain(given).collect());
        routing.reach = Reach::Skilled;
        routing.kind = Some(RoutingType::SkillsBased);
        self.wait(arrival, routing)
    }

    fn arrive_for_agent(&mut self, arrival: &Arrival, route: &AgentRoute) -> Step {
        if &*arrival.object != "VoiceCall" {
            self.skills_based_routing_is_on()?;
        }
        self.known_agent(&route.user)?;
        let backup = route.backup_queue.as_ref().map(|name| self.queue(name)).transpose()?;
        let mut of_queue = None;
        let config = if let Some(queue) = &backup {
            let Some(entry) = queue.objects.iter().find(|entry| *entry.object == *arrival.object) else {
                let (queue, object) = (queue.name.as_str().into(), arrival.object.clone());
                return Err(Refusal::QueueDoesNotHold { queue, object });
            };
            of_queue.clone_from(&entry.channel);
            let Some(reference) = &queue.routing_configuration else {
                self.tell_not_routed(arrival, &queue.name.as_str().into(), NotRouted::NoRoutingConfiguration);
                return Ok(());
            };
            Some(self.configuration_behind(reference)?)
        } else {
            route.routing_configuration.as_ref().map(|name| self.configuration_named(name)).transpose()?
        };
        let Some(channel) = self.channel_for(arrival, of_queue)? else {
            return Err(Refusal::NoServiceChannel { object: arrival.object.clone() });
        };
        let config = config.map(Self::with_model).transpose()?;
        let mut routing = self.routing_by(arrival, channel, config.as_ref());
        routing.preferred = Some(route.user.clone());
        routing.terms.required = route.required;
        if let (None, Some(work)) = (&config, &arrival.from) {
            let Terms { pool, cost, paused_cost, push_timeout, priority, .. } = work.terms.clone();
            routing.terms = Terms { pool, cost, paused_cost, push_timeout, priority, ..routing.terms };
        }
        if let (Some(queue), Some(config)) = (&backup, &config) {
            self.by_queue(arrival, config, &mut routing);
            routing.terms.queue = Some(queue.name.as_str().into());
        }
        self.wait(arrival, routing)
    }

    pub(super) fn skills_based_routing_is_on(&self) -> Step {
        if self.tables().settings.skills_based_routing {
            return Ok(());
        }
        Err(Refusal::FeatureOff { feature: "skills-based routing".into() })
    }

    /// The routing configuration of a queue.
    fn configuration_behind(&self, name: &Name) -> Step<RoutingConfiguration> {
        let found = self.routing_configuration(name).filter(|config| config.model.is_some());
        found.ok_or_else(|| Refusal::NoRoutingConfiguration { name: name.clone() })
    }

    /// The routing configuration that a flow names: one by which Omni-Channel routes.
    fn configuration_named(&self, name: &Name) -> Step<RoutingConfiguration> {
        let found = self.routing_configuration(name);
        let config = found.ok_or_else(|| Refusal::NoRoutingConfiguration { name: name.clone() })?;
        if config.model == Some(Planned::External) {
            return Err(Refusal::ExternalNeedsQueue { name: name.clone() });
        }
        Ok(config)
    }

    /// A routing configuration without a model routes nothing.
    fn with_model(config: RoutingConfiguration) -> Step<RoutingConfiguration> {
        let name = config.name.clone();
        if config.model.is_some() { Ok(config) } else { Err(Refusal::NoRoutingConfiguration { name }) }
    }

    /// The channel: named, else the queue's, else the plan's first for the object, else any queue's for it.
    pub(super) fn channel_for(&self, arrival: &Arrival, of_queue: Option<Name>) -> Step<Option<Name>> {
        let tables = self.tables();
        if let Some(name) = &arrival.channel {
            return if self.knows_channel(name) { Ok(Some(name.clone())) } else { unknown(What::ServiceChannel, name) };
        }
        let first = tables.channels.iter().find(|channel| channel.object.as_deref() == Some(&*arrival.object));
        let first = first.map(|channel| channel.name.clone());
        let entries = tables.queues.iter().flat_map(|queue| &queue.objects);
        let mut of_any =
            entries.filter(|entry| *entry.object == *arrival.object).filter_map(|entry| entry.channel.as_ref());
        Ok(of_queue.or(first).or_else(|| of_any.next().cloned()))
    }

    fn tell_not_routed(&mut self, arrival: &Arrival, queue: &Name, reason: NotRouted) {
        self.leave(arrival);
        self.item(&arrival.item).expect("a known item").owner = Some(Owner::Queue(queue.clone()));
        self.tell(Effect::NotRouted { work_item_id: arrival.item.clone(), queue: queue.clone(), reason });
    }

    /// Nobody routes it. Its status is read all the same, by the words of the channel that it would have.
    pub(super) fn leave(&mut self, arrival: &Arrival) {
        let by_object = self.channel_for(&Arrival { channel: None, ..arrival.clone() }, None).ok().flatten();
        let channel = arrival.channel.clone().or(by_object);
        let fields = self.item(&arrival.item).expect("a known item").fields.clone();
        let read = |channel: &Name| fields.iter().find_map(|(field, value)| self.meaning(channel, field, value));
        let meaning = channel.as_ref().and_then(read);
        let item = self.item(&arrival.item).expect("a known item");
        if item.terms.is_none() {
            item.channel = channel;
            item.meaning = meaning.or(item.meaning);
        }
    }

    /// What a routing configuration says. Without one the work costs nothing, and times out never.
    pub(super) fn routing_by(
        &mut self,
        arrival: &Arrival,
        channel: Name,
        config: Option<&RoutingConfiguration>,
    ) -> Routing {
        let of_channel = self.channel(&channel);
        let interruptible = match config.map_or(CapacityType::Inherited, |config| config.capacity_type) {
            CapacityType::Inherited => of_channel.interruptible,
            CapacityType::Interruptible => true,
            CapacityType::Primary => false,
        };
        let is_chat = &*arrival.object == "LiveChatTranscript";
        let seconds = config.and_then(|config| config.push_timeout_seconds);
        let free = Cost::Units(Units(0));
        let fields = self.item(&arrival.item).unwrap().fields.clone();
        let on = self.tables().settings.secondary_routing_priority;
        let secondary = of_channel.secondary_priority.filter(|_| on).and_then(|secondary| {
            let value = fields.get(secondary.field.as_str())?;
            Some(secondary.values.iter().find(|entry| *entry.value == **value)?.priority)
        });
        Routing {
            terms: Terms {
                channel,
                pool: if interruptible && !is_chat { Pool::Interruptible } else { Pool::Primary },
                cost: config.map_or(free, |config| config.cost),
                paused_cost: config.map_or(free, |config| config.paused_cost),
                push_timeout: self.push_timeout_of(&arrival.object, seconds),
                required: false,
                priority: config.and_then(|config| config.priority),
                secondary,
                queue: None,
                custom: arrival.custom,
                target: arrival.target,
            },
            model: config.and_then(|config| config.model).map_or(RoutingModel::LeastActive, Into::into),
            kind: None,
            reach: Reach::Nobody,
            preferred: None,
            needs: Vec::new(),
            drop_seconds: config.and_then(|config| config.drop_additional_skills_after_seconds),
            overflow: config.and_then(|config| config.overflow.clone()),
            ready: true,
            by_owner: None,
        }
    }

    /// 0 is none, and calls have a cap.
    pub(super) fn push_timeout_of(&self, object: &str, seconds: Option<u32>) -> Option<u32> {
        let cap = self.options.voice_push_timeout_cap_seconds.filter(|_| object == "VoiceCall");
        seconds.filter(|seconds| *seconds > 0).map(|seconds| cap.map_or(seconds, |cap| seconds.min(cap)))
    }

    /// The limit of the org that the next item would exceed.
    fn limit(&self) -> Option<Limit> {
        let routed = self.routed.iter().filter(|at| self.now.since(**at) < 3_600_000).count();
        if self.options.limits.pending.is_some_and(|most| self.waiting_before >= most as usize) {
            return Some(Limit::Pending);
        }
        self.options.limits.queued_per_hour.filter(|most| routed >= *most as usize).map(|_| Limit::QueuedPerHour)
    }

    /// The item begins to wait, or goes to the overflow assignee.
    pub(super) fn wait(&mut self, arrival: &Arrival, routing: Routing) -> Step {
        let Some(limit) = self.limit() else {
            self.routed.push(self.now);
            self.create_psr(arrival, routing);
            return Ok(());
        };
        let owner = match &routing.overflow {
            None => return Err(Refusal::LimitExceeded { limit }),
            Some(Overflow::Queue(queue)) => Owner::Queue(queue.clone()),
            Some(Overflow::User(user)) => Owner::User(user.clone()),
        };
        self.leave(arrival);
        self.item(&arrival.item)?.owner = Some(owner.clone());
        let queue = routing.terms.queue;
        self.tell(Effect::Overflowed { work_item_id: arrival.item.clone(), queue, owner, limit });
        Ok(())
    }

    fn needs_by_rules(&self, arrival: &Arrival) -> Vec<Need> {
        let item = self.items.iter().find(|item| item.id == arrival.item).unwrap();
        let applies = |rule: &&omnic::plan::SkillRule| {
            let field = short(&rule.field, &rule.object);
            let given = item.fields.get(field).map(|value| &**value);
            rule.active && *rule.object == *arrival.object && given.is_some() && given == rule.value.as_deref()
        };
        let rules = self.tables().skill_rules.iter().filter(applies);
        let need = |rule: &omnic::plan::SkillRule| Need {
            skill: rule.skill.clone(),
            level: rule.level.map(|level| SkillLevel::from_level(level.into())),
            additional: rule.additional,
            priority: rule.drop_priority,
            dropped: false,
        };
        rules.map(need).collect()
    }
}

fn needs_by_configuration(config: &RoutingConfiguration) -> Vec<Need> {
    let need =
        |skill: &Name| Need { skill: skill.clone(), level: None, additional: false, priority: None, dropped: false };
    config.skills.iter().map(need).collect()
}

pub(super) fn need_given(need: &SkillNeed) -> Need {
    Need {
        skill: need.skill_id.clone(),
        level: need.skill_level,
        additional: need.is_additional_skill,
        priority: need.skill_priority,
        dropped: false,
    }
}

/// A field without its object.
fn short<'a>(field: &'a str, object: &str) -> &'a str {
    field.strip_prefix(object).and_then(|rest| rest.strip_prefix('.')).unwrap_or(field)
}

impl Item {
    fn new(id: Name, object: Name) -> Self {
        let (fields, owner, custom, target) = (BTreeMap::new(), None, None, None);
        let (meaning, terms, channel) = (None, None, None);
        Self { id, object, fields, owner, custom, target, meaning, terms, channel, routed: false }
    }

    /// Fields change. One may be given with its object or without.
    pub(super) fn enter(&mut self, fields: &BTreeMap<Name, Name>) {
        for (field, value) in fields {
            self.fields.insert(short(field, &self.object).into(), value.clone());
        }
    }
}

/// Each skill once: required beats additional, then the higher level, then the first.
pub(super) fn merged(needs: Vec<Need>) -> Vec<Need> {
    let mut merged: Vec<Need> = Vec::new();
    for need in needs {
        match merged.iter_mut().find(|other| other.skill == need.skill) {
            None => merged.push(need),
            Some(other) if (!other.additional, other.level) < (!need.additional, need.level) => *other = need,
            Some(_) => {}
        }
    }
    merged
}
