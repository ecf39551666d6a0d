//! How a record will be routed: its terms, or why the event is refused.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::basis::Rules;
use super::skills::enter;
use crate::plan::{CapacityType, Cost, Overflow, RoutingModel, Time, Units};
use crate::runtime::book::{HeldBy, Item, ItemNo, Terms, Work, WorkNo};
use crate::runtime::contract::records::RoutingType;
use crate::runtime::contract::{
    AgentRoute, AgentWorkId, CHAT, FlowRoute, Limit, Name, NotRouted, PendingServiceRoutingId, Pool, Refusal, Route,
    SkillNeed, SkillsRoute, TransferPlace, WorkArrived,
};
use crate::runtime::directory::{Config, FlowWork};
use crate::runtime::numbers::{ChannelIx, ConfigIx, QueueIx};

/// The time that the hourly limit looks back, in milliseconds.
pub(in crate::runtime) const HOUR: i64 = 3_600_000;

/// The object of calls.
pub(in crate::runtime) const VOICE: &str = "VoiceCall";

/// What is to be routed, before it is known how.
pub(in crate::runtime) struct Request<'e> {
    pub object: &'e Name,
    pub channel: Option<ChannelIx>,
    pub fields: &'e BTreeMap<Name, Name>,
    pub target_accept: Option<Time>,
    pub custom_requested: Option<Time>,
}

/// How it will be routed. All rules that could refuse have been asked.
pub(in crate::runtime) enum Planned<'e> {
    /// Omni-Channel leaves it to the queue.
    Leave { queue: QueueIx, reason: NotRouted },
    /// It goes to the overflow assignee.
    Overflow { queue: Option<QueueIx>, to: Overflow, limit: Limit },
    /// It is routed.
    Route(Routing<'e>),
}

/// How it is routed.
pub(in crate::runtime) struct Routing<'e> {
    pub channel: ChannelIx,
    pub terms: Terms,
    pub drop_timeout: Option<u32>,
    /// The skills that a flow gives; the runtime numbers them only once no rule can refuse the event.
    pub given: &'e [SkillNeed],
    pub rules: bool,
    pub by_skills: Option<ConfigIx>,
}

impl Rules<'_> {
    /// The open work on a record that is to be routed: it can be routed again. What waits, or is offered to somebody, cannot.
    pub(in crate::runtime) fn open_work(self, known: Option<ItemNo>, name: &Name) -> Result<Option<WorkNo>, Refusal> {
        let Some(record) = known.and_then(|item| self.book.item(item)) else { return Ok(None) };
        match record.active.as_slice() {
            [] if record.pending.is_none() => Ok(None),
            &[work] if self.book.work(work).is_some_and(Work::is_open) => Ok(Some(work)),
            _ => Err(Refusal::AlreadyRouted { work_item: name.clone() }),
        }
    }

    /// The fields of a record that arrives: those that come with it, and others that it had before.
    pub(in crate::runtime) fn fields_now(
        self,
        known: Option<ItemNo>,
        arrived: &WorkArrived,
    ) -> Cow<'_, BTreeMap<Name, Name>> {
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
    pub(in crate::runtime) fn plan_route<'e>(
        self,
        request: &Request<'_>,
        route: &'e Route,
    ) -> Result<Planned<'e>, Refusal> {
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

    /// As [`Self::plan_route`], for a record that is known, with these fields.
    pub(in crate::runtime) fn plan_record<'e>(
        self,
        record: &Item,
        fields: &BTreeMap<Name, Name>,
        route: &'e Route,
    ) -> Result<Planned<'e>, Refusal> {
        let request = Request {
            object: &record.object,
            channel: None,
            fields,
            target_accept: record.target_accept,
            custom_requested: record.custom_requested,
        };
        self.plan_route(&request, route)
    }

    /// Refuses what is certain to be refused: that a record is given to a queue once these fields of it have changed. A limit
    /// of the org does not count: the change itself may free what is limited.
    pub(in crate::runtime) fn may_give(
        self,
        name: &Name,
        fields: &BTreeMap<Name, Name>,
        queue: &Name,
    ) -> Result<(), Refusal> {
        let Some(record) = self.book.item(self.book.find_item(name)?) else { return Ok(()) };
        if record.owner == HeldBy::Queue(queue.clone()) {
            return Ok(());
        }
        let mut now = record.fields.clone();
        enter(&mut now, &record.object, fields);
        match self.plan_record(record, &now, &Route::Queue(queue.clone())) {
            Err(Refusal::LimitExceeded { .. }) | Ok(_) => Ok(()),
            Err(refusal) => Err(refusal),
        }
    }

    /// The limit that the org is at.
    pub(in crate::runtime) fn limit(self) -> Option<Limit> {
        let limits = self.book.state().options.limits;
        if limits.pending.is_some_and(|most| self.book.index().pending_count >= most) {
            Some(Limit::Pending)
        } else if limits.queued_per_hour.is_some_and(|most| self.routed_in_hour() >= most as usize) {
            Some(Limit::QueuedPerHour)
        } else {
            None
        }
    }

    /// How many items were routed in the preceding hour, up to the limit.
    fn routed_in_hour(self) -> usize {
        let gone = self.book.state().routed.partition_point(|at| self.book.state().now.since(*at) >= HOUR);
        self.book.state().routed.len() - gone
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
                if terms.model == Some(crate::runtime::contract::records::RoutingModel::ExternalRouting) {
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
    pub(in crate::runtime) fn check_direct_to_agent(self, object: &Name) -> Result<(), Refusal> {
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
    pub(in crate::runtime) fn needed_channel(self, request: &Request<'_>) -> Result<ChannelIx, Refusal> {
        let channel = request.channel.or_else(|| self.channel_of(request.object));
        channel.ok_or_else(|| Refusal::NoServiceChannel { object: request.object.clone() })
    }

    /// The channel that routes an object: the plan's, else the one that a queue's entry names.
    pub(in crate::runtime) fn channel_of(self, object: &Name) -> Option<ChannelIx> {
        let own = self.plan.channels.iter().position(|row| row.object.as_ref() == Some(object));
        let of_queues = || {
            let mut entries = self.plan.queues.iter().flat_map(|queue| &queue.objects);
            entries.find_map(|(held, channel)| channel.filter(|_| held == object))
        };
        own.map(|row| ChannelIx::from(row as u32)).or_else(of_queues)
    }

    /// What a routing configuration says; fixed when work is routed.
    pub(in crate::runtime) fn terms(
        self,
        config: ConfigIx,
        channel: ChannelIx,
        request: &Request<'_>,
    ) -> Result<Terms, Refusal> {
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
    pub(in crate::runtime) fn free_terms(self, channel: ChannelIx, request: &Request<'_>) -> Terms {
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

    pub(in crate::runtime) fn pool(self, config: Option<&Config>, channel: ChannelIx, object: &Name) -> Pool {
        let inherited = self.plan.channels[channel.at()].interruptible;
        let interruptible = match config.map_or(CapacityType::Inherited, |config| config.capacity_type) {
            CapacityType::Inherited => inherited,
            CapacityType::Interruptible => true,
            CapacityType::Primary => false,
        };
        // Chats are primary whatever the configuration says (Omni-Channel for Administrators, Spring '26).
        if interruptible && &**object != CHAT { Pool::Interruptible } else { Pool::Primary }
    }

    pub(in crate::runtime) fn push_timeout_of(self, seconds: Option<u32>, object: &Name) -> Option<u32> {
        let cap = self.book.state().options.voice_push_timeout_cap_seconds.filter(|_| &**object == VOICE);
        let seconds = seconds.filter(|&seconds| seconds > 0)?;
        Some(cap.map_or(seconds, |cap| seconds.min(cap)))
    }

    /// The route itself, or the one that a flow takes.
    pub(in crate::runtime) fn followed(self, route: &Route) -> Result<Cow<'_, Route>, Refusal> {
        let Route::Flow(by) = route else { return Ok(Cow::Borrowed(route)) };
        self.of_flow(by).map(Cow::Owned)
    }

    fn of_flow(self, by: &FlowRoute) -> Result<Route, Refusal> {
        let is_it = |work: &&FlowWork| {
            work.flow.eq_ignore_ascii_case(&by.flow)
                && by.action.as_ref().is_none_or(|action| work.action.eq_ignore_ascii_case(action))
        };
        let mut works = self.plan.flows.iter().filter(is_it);
        let problem = match (works.next(), works.next()) {
            (Some(work), None) => match &work.route {
                Ok(route) => return Ok(route.clone()),
                Err(problem) => problem.clone(),
            },
            (Some(_), Some(_)) => Name::from("has several route-work actions: the event must name one"),
            (None, _) => Name::from("has no such route-work action in the plan, or is not active"),
        };
        Err(Refusal::FlowNotFollowed { flow: by.flow.clone(), problem })
    }

    /// As [`Self::plan_route`], for open work that goes elsewhere. To a rep alone, it keeps its cost and
    /// its priority.
    pub(in crate::runtime) fn plan_again<'e>(
        self,
        request: &Request<'_>,
        route: &'e Route,
        work: WorkNo,
    ) -> Result<Planned<'e>, Refusal> {
        let mut planned = self.plan_route(request, route)?;
        let alone = matches!(route, Route::Agent(agent) if agent.backup_queue.is_none() && agent.routing_configuration.is_none());
        if let (Planned::Route(routing), Some(work)) = (&mut planned, self.book.work(work).filter(|_| alone)) {
            let Terms { priority, cost, paused_cost, pool, push_timeout, .. } = work.terms;
            routing.terms = Terms { priority, cost, paused_cost, pool, push_timeout, ..routing.terms };
        }
        Ok(planned)
    }

    /// Since when open work counts as waiting once it is handed on.
    pub(in crate::runtime) fn place_after(self, work: WorkNo) -> Time {
        let kept = self.book.work(work).map(|record| record.place);
        let keeps = self.book.state().options.transfer_place == TransferPlace::Keeps;
        kept.filter(|_| keeps).unwrap_or(self.book.state().now)
    }
}

/// Whether a record can have an id: one that could be taken for an id of the runtime's own records cannot be asked for.
pub(in crate::runtime) fn check_id(name: &Name) -> Result<(), Refusal> {
    let refused = |problem: &str| Err(Refusal::Field { field: Name::from("WorkItemId"), problem: Name::from(problem) });
    if name.is_empty() {
        return refused("is empty");
    }
    if name.parse::<AgentWorkId>().is_ok() || name.parse::<PendingServiceRoutingId>().is_ok() {
        return refused("looks like an id of the records that the runtime makes");
    }
    Ok(())
}
