//! Work arrives, and leaves again: where it is routed to, what it costs, and what it waits for.

use std::borrow::Cow;
use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::Rules;
use super::declines::CHAT;
use super::directory::Config;
use super::index_types::{ChannelIx, ConfigIx, QueueIx};
use super::records::{AgentWorkStatus, RoutingType};
use super::skills::enter;
use super::state::{Cause, HeldBy, Item, Need, Pending, Terms};
use super::{
    AgentRoute, AgentWorkId, Change, Effect, Limit, Name, NotRouted, Owner, PendingServiceRoutingId, Pool, Refusal,
    Route, Runtime, SkillsRoute, Time, WorkArrived,
};
use crate::plan::{CapacityType, Cost, Overflow, RoutingModel, Units};

/// The time that the hourly limit looks back, in milliseconds.
const HOUR: i64 = 3_600_000;
/// The object of calls.
pub(super) const VOICE: &str = "VoiceCall";

/// What is to be routed, before it is known how.
pub(super) struct Request<'e> {
    pub object: &'e Name,
    pub channel: Option<ChannelIx>,
    pub fields: &'e BTreeMap<Name, Name>,
    pub target_accept: Option<Time>,
    pub custom_requested: Option<Time>,
}

/// How it will be routed. All rules that could refuse have been asked.
pub(super) enum Planned<'e> {
    /// Omni-Channel leaves it to the queue.
    Leave { queue: QueueIx, reason: NotRouted },
    /// It goes to the overflow assignee.
    Overflow { queue: Option<QueueIx>, to: Overflow, limit: Limit },
    /// It is routed.
    Route(Routing<'e>),
}

/// How it is routed.
pub(super) struct Routing<'e> {
    pub channel: ChannelIx,
    pub terms: Terms,
    pub drop_timeout: Option<u32>,
    /// The skills that a flow gives; the runtime numbers them only once no rule can refuse the event.
    pub given: &'e [super::SkillNeed],
    pub rules: bool,
    pub by_skills: Option<ConfigIx>,
}

impl Runtime {
    pub(super) fn work_arrived(&mut self, arrived: &WorkArrived) -> Result<(), Refusal> {
        check_id(&arrived.work_item_id)?;
        let known = self.book.item_number(&arrived.work_item_id);
        let open = self.rules().open_work(known, &arrived.work_item_id)?;
        let channel = arrived.service_channel_id.as_ref();
        let fields = self.rules().fields_now(known, arrived);
        let request = Request {
            object: &arrived.object,
            channel: channel.map(|name| self.plan.channel_names.find(name)).transpose()?,
            fields: &fields,
            target_accept: arrived.target_accept_date_time,
            custom_requested: arrived.custom_requested_date_time,
        };
        let route = self.rules().followed(&arrived.route)?;
        let planned = match open {
            Some(work) => self.rules().plan_again(&request, &route, work)?,
            None => self.rules().plan_route(&request, &route)?,
        };
        let item = self.take_in(known, &arrived.work_item_id, &request, &planned);
        let place = open.map(|work| self.rules().place_after(work));
        if let Some(work) = open {
            self.hand_on(work);
        }
        self.carry_out(item, planned, place);
        Ok(())
    }

    /// Notes a record of which nothing is known but that it is there.
    pub(super) fn add_item(&mut self, name: &Name, object: &Name) -> u64 {
        let number = self.book.state.items.add(Item {
            name: name.clone(),
            object: object.clone(),
            channel: None,
            fields: BTreeMap::new(),
            owner: HeldBy::Nobody,
            was_routed: false,
            custom_requested: None,
            target_accept: None,
            pending: None,
            active: SmallVec::new(),
            held: Vec::new(),
            latest_work: None,
            meaning: None,
            last: None,
        });
        let items = &self.book.state.items;
        self.book.index.items.insert(name, number, |item| items.get(item).map(|known| &known.name));
        number
    }

    /// Notes a record, or what is new of it.
    pub(super) fn take_in(
        &mut self,
        known: Option<u64>,
        name: &Name,
        request: &Request<'_>,
        planned: &Planned<'_>,
    ) -> u64 {
        let item = known.unwrap_or_else(|| self.add_item(name, request.object));
        if let Some(record) = self.book.state.items.get_mut(item) {
            record.object = request.object.clone();
            record.fields.extend(request.fields.iter().map(|(field, value)| (field.clone(), value.clone())));
            record.custom_requested = request.custom_requested;
            record.target_accept = request.target_accept;
        }
        // A record that is routed gets its channel later, with its routing.
        if !matches!(planned, Planned::Route(_)) {
            self.set_channel(item, request.channel.or_else(|| self.rules().channel_of(request.object)));
        }
        item
    }

    /// Notes that an item is routed now. Of earlier times only those are kept that the limit can ask for.
    fn count_routed(&mut self) {
        let Some(most) = self.book.state.options.limits.queued_per_hour else { return };
        let now = self.book.state.now;
        let routed = &mut self.book.state.routed;
        routed.push_back(now);
        while routed.len() > most as usize || routed.front().is_some_and(|at| now.since(*at) >= HOUR) {
            routed.pop_front();
        }
    }

    /// Does what was planned. Transferred work comes with the place that it takes.
    pub(super) fn carry_out(&mut self, item: u64, planned: Planned<'_>, transferred: Option<Time>) {
        // A record that is not routed may be forgotten.
        self.forget_item(item);
        match planned {
            Planned::Leave { queue, reason } => {
                let queue = self.plan.queues[queue.at()].name.clone();
                if let Some(record) = self.book.state.items.get_mut(item) {
                    record.owner = HeldBy::Queue(queue.clone());
                }
                self.emit(Effect::NotRouted { work_item_id: self.book.item_name(item), queue, reason });
            }
            Planned::Overflow { queue, to, limit } => {
                let (owner, held) = match to {
                    Overflow::Queue(queue) => (Owner::Queue(queue.clone()), HeldBy::Queue(queue)),
                    Overflow::User(user) => (Owner::User(user.clone()), HeldBy::User(user)),
                };
                let queue = queue.map(|queue| self.plan.queues[queue.at()].name.clone());
                self.emit(Effect::Overflowed { work_item_id: self.book.item_name(item), queue, owner, limit });
                if let Some(record) = self.book.state.items.get_mut(item) {
                    record.owner = held;
                }
            }
            Planned::Route(routing) => self.enqueue(item, &routing, transferred),
        }
    }

    fn enqueue(&mut self, item: u64, routing: &Routing<'_>, transferred: Option<Time>) {
        let given: Vec<Need> = routing.given.iter().filter_map(|need| self.need(need).ok()).collect();
        let needs = match (routing.by_skills, self.book.item(item)) {
            (Some(config), Some(record)) => {
                let config = &self.plan.configs[config.at()];
                self.rules().needs(config, &record.object, &record.fields, routing.rules, &given)
            }
            _ => Vec::new(),
        };
        let now = self.book.state.now;
        let owner = routing.terms.queue.map(|queue| HeldBy::Queue(self.plan.queues[queue.at()].name.clone()));
        if let Some(owner) = owner {
            if transferred.is_some() {
                self.own(item, owner);
            } else if let Some(record) = self.book.state.items.get_mut(item) {
                // The event tells it.
                record.owner = owner;
            }
        }
        self.set_channel(item, Some(routing.channel));
        let Some(record) = self.book.state.items.get_mut(item) else { return };
        record.last = Some(routing.terms);
        let (custom_requested, target_accept) = (record.custom_requested, record.target_accept);
        let pending = Pending {
            needs,
            drop_timeout: routing.drop_timeout,
            requested: custom_requested.unwrap_or(now),
            place: custom_requested.or(transferred).unwrap_or(now),
            custom_requested,
            target_accept,
            transfer: transferred.is_some(),
            ..Pending::new(item, routing.channel, routing.terms, now)
        };
        let number = self.add_pending(pending);
        self.tell_pending(number, Change::Created);
        self.begin_routing(number);
    }

    pub(super) fn add_pending(&mut self, pending: Pending) -> u64 {
        let (item, counts) = (pending.item, pending.cause == Cause::Offer);
        let number = self.book.state.pendings.add(pending);
        if let Some(record) = self.book.state.items.get_mut(item) {
            record.pending = Some(number);
        }
        self.book.index.pending_count = self.book.index.pending_count.saturating_add(1);
        if counts {
            self.count_routed();
        }
        number
    }

    /// From now on it is routed, by Omni-Channel or by a partner.
    pub(super) fn begin_routing(&mut self, pending: u64) {
        let Some(record) = self.book.pending(pending) else { return };
        if record.is_external() {
            return;
        }
        let requested = record.requested;
        self.set_drop_timer(pending, requested);
        self.new_pendings.push(pending);
    }

    pub(super) fn work_canceled(&mut self, name: &Name) -> Result<(), Refusal> {
        let item = self.book.find_item(name)?;
        let Some(record) = self.book.item(item) else { return Ok(()) };
        let offered = record
            .active
            .iter()
            .copied()
            .find(|&work| self.book.work(work).is_some_and(super::state::Work::is_offered));
        if record.pending.is_none() && offered.is_none() {
            return Err(Refusal::NotRouted { work_item: name.clone() });
        }
        self.cancel(item);
        Ok(())
    }

    /// Ends the offer and the waiting of a record.
    pub(super) fn cancel(&mut self, item: u64) {
        let active = self.book.item(item).map(|record| record.active.clone()).unwrap_or_default();
        for work in active {
            if self.book.work(work).is_some_and(super::state::Work::is_offered) {
                self.end_work(work, AgentWorkStatus::Canceled);
                self.release(work);
                self.forget_if_done(work);
            }
        }
        if let Some(pending) = self.book.item(item).and_then(|record| record.pending) {
            self.delete_pending(pending);
        }
        self.forget_item(item);
    }
}

impl Rules<'_> {
    /// The open work on a record that is to be routed: it can be routed again. What waits, or is offered to somebody, cannot.
    fn open_work(self, known: Option<u64>, name: &Name) -> Result<Option<u64>, Refusal> {
        let Some(record) = known.and_then(|item| self.book.item(item)) else { return Ok(None) };
        match record.active.as_slice() {
            [] if record.pending.is_none() => Ok(None),
            &[work] if self.book.work(work).is_some_and(super::state::Work::is_open) => Ok(Some(work)),
            _ => Err(Refusal::AlreadyRouted { work_item: name.clone() }),
        }
    }

    /// The fields of a record that arrives: those that come with it, and others that it had before.
    fn fields_now(self, known: Option<u64>, arrived: &WorkArrived) -> Cow<'_, BTreeMap<Name, Name>> {
        let before = known.and_then(|item| self.book.item(item)).map(|record| &record.fields);
        let before = before.filter(|fields| !fields.is_empty());
        if before.is_none() && arrived.fields.keys().all(|field| !field.contains('.')) {
            return Cow::Borrowed(&arrived.fields);
        }
        let mut fields = before.cloned().unwrap_or_default();
        enter(&mut fields, &arrived.object, &arrived.fields);
        Cow::Owned(fields)
    }

    /// What is to happen to work that is routed, or the rule that refuses.
    pub(super) fn plan_route<'e>(self, request: &Request<'_>, route: &'e Route) -> Result<Planned<'e>, Refusal> {
        let planned = match route {
            Route::Queue(queue) => self.plan_queue(request, queue)?,
            Route::Skills(skills) => Planned::Route(self.plan_skills(request, skills)?),
            Route::Agent(agent) => self.plan_agent(request, agent)?,
            // Flows have been followed.
            Route::Flow(flow) => {
                let problem = Name::from("routes to another flow");
                return Err(Refusal::FlowNotFollowed { flow: flow.flow.clone(), problem });
            }
        };
        let (Planned::Route(routing), Some(limit)) = (&planned, self.limit()) else { return Ok(planned) };
        let overflow = routing.terms.config.and_then(|config| self.plan.configs[config.at()].overflow.clone());
        let Some(to) = overflow else { return Err(Refusal::LimitExceeded { limit }) };
        Ok(Planned::Overflow { queue: routing.terms.queue, to, limit })
    }

    /// The limit that the org is at.
    pub(super) fn limit(self) -> Option<Limit> {
        let limits = self.book.state.options.limits;
        if limits.pending.is_some_and(|most| self.book.index.pending_count >= most) {
            Some(Limit::Pending)
        } else if limits.queued_per_hour.is_some_and(|most| self.routed_in_hour() >= most as usize) {
            Some(Limit::QueuedPerHour)
        } else {
            None
        }
    }

    /// How many items were routed in the preceding hour, up to the limit.
    fn routed_in_hour(self) -> usize {
        let gone = self.book.state.routed.partition_point(|at| self.book.state.now.since(*at) >= HOUR);
        self.book.state.routed.len() - gone
    }

    fn plan_queue<'e>(self, request: &Request<'_>, name: &Name) -> Result<Planned<'e>, Refusal> {
        let queue = self.plan.queue_names.find(name)?;
        let row = &self.plan.queues[queue.at()];
        let Some((_, own)) = row.objects.iter().find(|(object, _)| object == request.object) else {
            return Err(Refusal::QueueDoesNotHold { queue: name.clone(), object: request.object.clone() });
        };
        let leave = |reason| Ok(Planned::Leave { queue, reason });
        if !self.plan.settings.omni_channel {
            return leave(NotRouted::OmniChannelOff);
        }
        let config = match &row.config {
            None => return leave(NotRouted::NoRoutingConfiguration),
            Some(Err(outside)) => return Err(Refusal::NoRoutingConfiguration { name: outside.clone() }),
            Some(Ok(config)) => *config,
        };
        let Some(channel) = request.channel.or(*own).or_else(|| self.channel_of(request.object)) else {
            return leave(NotRouted::NoServiceChannel);
        };
        let mut terms = self.terms(config, channel, request)?;
        let by_skills = self.plan.configs[config.at()].attribute_based;
        terms.queue = Some(queue);
        terms.routing_type = Some(if by_skills { RoutingType::SkillsBased } else { RoutingType::QueueBased });
        Ok(Planned::Route(Routing {
            channel,
            terms,
            drop_timeout: self.plan.configs[config.at()].drop_timeout,
            given: &[],
            rules: by_skills,
            by_skills: Some(config).filter(|_| by_skills),
        }))
    }

    fn plan_skills<'e>(self, request: &Request<'_>, route: &'e SkillsRoute) -> Result<Routing<'e>, Refusal> {
        self.check_features()?;
        let config = self.plan.config_names.find(&route.routing_configuration)?;
        let row = &self.plan.configs[config.at()];
        if row.model == Some(RoutingModel::External) {
            return Err(Refusal::ExternalNeedsQueue { name: row.name.clone() });
        }
        for need in &route.skills {
            super::skills::check_level(need.skill_level)?;
        }
        let channel = self.needed_channel(request)?;
        let mut terms = self.terms(config, channel, request)?;
        terms.routing_type = Some(RoutingType::SkillsBased);
        Ok(Routing {
            channel,
            terms,
            drop_timeout: row.drop_timeout,
            given: &route.skills,
            rules: route.run_rules,
            by_skills: Some(config),
        })
    }

    fn plan_agent<'e>(self, request: &Request<'_>, route: &AgentRoute) -> Result<Planned<'e>, Refusal> {
        self.check_direct_to_agent(request.object)?;
        let agent = self.book.find_agent(&route.user)?;
        let mut routing = match (&route.backup_queue, &route.routing_configuration) {
            (Some(queue), _) => match self.plan_queue(request, queue)? {
                Planned::Route(routing) => routing,
                left => return Ok(left),
            },
            (None, config) => {
                let channel = self.needed_channel(request)?;
                let config = config.as_ref().map(|name| self.plan.config_names.find(name)).transpose()?;
                let terms = match config {
                    Some(config) => self.terms(config, channel, request)?,
                    None => self.free_terms(channel, request),
                };
                if terms.model == Some(super::records::RoutingModel::ExternalRouting) {
                    let name = config.map(|config| self.plan.configs[config.at()].name.clone());
                    return Err(Refusal::ExternalNeedsQueue { name: name.unwrap_or_else(|| Name::from("")) });
                }
                Routing { channel, terms, drop_timeout: None, given: &[], rules: false, by_skills: None }
            }
        };
        routing.terms.preferred = Some(agent);
        routing.terms.required = route.required;
        Ok(Planned::Route(routing))
    }

    /// Work can be given to an agent directly if the org has that feature on. Calls do not need it.
    pub(super) fn check_direct_to_agent(self, object: &Name) -> Result<(), Refusal> {
        if **object == *VOICE { Ok(()) } else { self.check_features() }
    }

    fn check_features(self) -> Result<(), Refusal> {
        let off = |feature: &str| Err(Refusal::FeatureOff { feature: Name::from(feature) });
        match self.plan.settings {
            settings if !settings.omni_channel => off("Omni-Channel"),
            settings if !settings.skills_based_routing => off("Skills-Based and Direct-to-Agent Routing"),
            _ => Ok(()),
        }
    }

    /// The channel that is named, or that routes the object.
    pub(super) fn needed_channel(self, request: &Request<'_>) -> Result<ChannelIx, Refusal> {
        let channel = request.channel.or_else(|| self.channel_of(request.object));
        channel.ok_or_else(|| Refusal::NoServiceChannel { object: request.object.clone() })
    }

    /// The channel that routes an object: the plan's, else the one that a queue's entry names.
    fn channel_of(self, object: &Name) -> Option<ChannelIx> {
        let own = self.plan.channels.iter().position(|row| row.object.as_ref() == Some(object));
        let of_queues = || {
            let mut entries = self.plan.queues.iter().flat_map(|queue| &queue.objects);
            entries.find_map(|(held, channel)| channel.filter(|_| held == object))
        };
        own.map(|row| ChannelIx::from(row as u32)).or_else(of_queues)
    }

    /// What a routing configuration says; fixed when work is routed.
    fn terms(self, config: ConfigIx, channel: ChannelIx, request: &Request<'_>) -> Result<Terms, Refusal> {
        let row = &self.plan.configs[config.at()];
        let Some(model) = row.model else { return Err(Refusal::NoRoutingConfiguration { name: row.name.clone() }) };
        Ok(Terms {
            config: Some(config),
            model: Some(model.into()),
            priority: row.priority,
            cost: row.cost,
            paused_cost: row.paused_cost,
            pool: self.pool(Some(row), channel, request.object),
            push_timeout: self.push_timeout_of(row.push_timeout, request.object),
            ..self.free_terms(channel, request)
        })
    }

    /// The terms of work without a routing configuration: it costs nothing and never times out.
    pub(super) fn free_terms(self, channel: ChannelIx, request: &Request<'_>) -> Terms {
        let secondary = self.plan.channels[channel.at()].secondary.as_ref();
        Terms {
            queue: None,
            config: None,
            routing_type: None,
            model: None,
            priority: None,
            secondary: secondary.and_then(|(field, values)| {
                super::skills::value_of(request.fields, field).and_then(|value| values.get(value).copied())
            }),
            cost: Cost::Units(Units(0)),
            paused_cost: Cost::Units(Units(0)),
            pool: self.pool(None, channel, request.object),
            push_timeout: None,
            preferred: None,
            required: false,
        }
    }

    pub(super) fn pool(self, config: Option<&Config>, channel: ChannelIx, object: &Name) -> Pool {
        let inherited = self.plan.channels[channel.at()].interruptible;
        let interruptible = match config.map_or(CapacityType::Inherited, |config| config.capacity_type) {
            CapacityType::Inherited => inherited,
            CapacityType::Interruptible => true,
            CapacityType::Primary => false,
        };
        // Chats are primary whatever the configuration says (Omni-Channel for Administrators, Spring '26).
        if interruptible && &**object != CHAT { Pool::Interruptible } else { Pool::Primary }
    }

    pub(super) fn push_timeout_of(self, seconds: Option<u32>, object: &Name) -> Option<u32> {
        let cap = self.book.state.options.voice_push_timeout_cap_seconds.filter(|_| &**object == VOICE);
        let seconds = seconds.filter(|&seconds| seconds > 0)?;
        Some(cap.map_or(seconds, |cap| seconds.min(cap)))
    }
}

/// Whether a record can have an id: one that could be taken for an id of the runtime's own records cannot be asked for.
pub(super) fn check_id(name: &Name) -> Result<(), Refusal> {
    let refused = |problem: &str| Err(Refusal::Field { field: Name::from("WorkItemId"), problem: Name::from(problem) });
    if name.is_empty() {
        return refused("is empty");
    }
    if name.parse::<AgentWorkId>().is_ok() || name.parse::<PendingServiceRoutingId>().is_ok() {
        return refused("looks like an id of the records that the runtime makes");
    }
    Ok(())
}
