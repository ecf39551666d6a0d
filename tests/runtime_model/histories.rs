//! Random histories. A step is a kind of event and a few numbers; what it comes to is decided when its turn comes, by what
//! the model holds then, so that most events are valid. Some are not, on purpose.

use std::collections::BTreeMap;

use omnic::plan::{Acceptance, Plan, Ref, Units};
use omnic::runtime::records::{AgentWorkStatus, RoutingModel};
use omnic::runtime::*;
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::{Model, Work};

/// When the histories begin: shortly before the end of an hour.
pub(crate) const BEGIN: Time = Time(1_795_420_800_000 - 60_000);

/// A step of a history.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    kind: Kind,
    /// Milliseconds since the step before.
    wait: i64,
    picks: [u16; 10],
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    TimePassed,
    Arrive,
    Cancel,
    Update,
    Owner,
    ConversationEnded,
    Login,
    SetStatus,
    Logout,
    ConnectionLost,
    Ask,
    Accept,
    Decline,
    Close,
    TabClosed,
    TabFocused,
    Extend,
    Transfer,
    Supervise,
    CreateAgentWork,
    Subscribe,
    DataRecovered,
    CreateRequest,
    UpdateRequest,
    DeleteRequest,
    Require,
    DeleteWork,
    AgentChanged,
}

fn kind() -> impl Strategy<Value = Kind> {
    use Kind::*;
    prop_oneof![
        60 => Just(Arrive),
        40 => Just(Accept),
        24 => Just(Login),
        24 => Just(Close),
        20 => Just(Update),
        18 => Just(CreateAgentWork),
        12 => select(vec![Decline, Owner, Transfer]),
        8 => select(vec![SetStatus, TimePassed]),
        7 => select(vec![ConversationEnded, Extend]),
        12 => select(vec![Require, CreateRequest, UpdateRequest]),
        8 => select(vec![Logout, Cancel, TabFocused]),
        6 => select(vec![AgentChanged, Supervise]),
        6 => select(vec![Decline, TabClosed, ConnectionLost]),
        4 => select(vec![Ask, Subscribe, DeleteRequest, DeleteWork]),
        1 => select(vec![DataRecovered, TimePassed]),
    ]
}

fn wait() -> impl Strategy<Value = i64> {
    const HOUR: i64 = 3_600_000;
    prop_oneof![
        30 => Just(0_i64),
        60 => 0..4_000_i64,
        20 => (1..12_i64).prop_map(|seconds| seconds * 1_000),
        10 => 5_000..60_000_i64,
        1 => select(vec![-1, 240_000, HOUR]),
    ]
}

pub(crate) fn history() -> impl Strategy<Value = Vec<Step>> {
    let step = (kind(), wait(), any::<[u16; 10]>()).prop_map(|(kind, wait, picks)| Step { kind, wait, picks });
    prop::collection::vec(step, 30..150)
}

/// Every option.
pub(crate) fn options() -> impl Strategy<Value = RoutingOptions> {
    let routing = (
        select(vec![LeastActive::Units, LeastActive::Items]),
        select(vec![DeclineMemory::Last, DeclineMemory::All]),
        any::<bool>(),
        select(vec![InterruptiblePools::Independent, InterruptiblePools::PrimaryCountsToo]),
        select(vec![TargetAcceptTime::BeforeAge, TargetAcceptTime::BeforeSecondaryPriority, TargetAcceptTime::Ignored]),
        select(vec![UnmappedPriority::Last, UnmappedPriority::First]),
        select(vec![DropSkills::OneByOne, DropSkills::Together]),
        select(vec![SkillSource::Both, SkillSource::Records]),
    );
    let org = (
        prop_oneof![5 => Just(UnknownGrants::Allow), 1 => Just(UnknownGrants::Refuse)],
        select(vec![AcwEnd::Closes, AcwEnd::StaysOpen]),
        select(vec![Some(20), None, Some(5)]),
        prop_oneof![4 => Just(100_u32), 1 => 1..4_u32],
        prop_oneof![5 => Just((None, None)), 1 => Just((Some(9), None)), 1 => Just((None, Some(4)))],
        default_presence(),
        select(vec![FinishedWork::Keep, FinishedWork::Keep, FinishedWork::Forget]),
        select(vec![1_u64, 500]),
    );
    (routing, org).prop_map(|(routing, org)| RoutingOptions {
        least_active: routing.0,
        decline_memory: routing.1,
        head_of_line_blocking: routing.2,
        interruptible_pools: routing.3,
        target_accept_time: routing.4,
        unmapped_secondary_priority: routing.5,
        drop_skills: routing.6,
        skill_source: routing.7,
        unknown_grants: org.0,
        after_conversation_work_end: org.1,
        voice_push_timeout_cap_seconds: org.2,
        max_open_items: org.3,
        limits: OrgLimits { queued_per_hour: org.4.0, pending: org.4.1 },
        default_presence: org.5,
        event_retention_hours: 1,
        finished_work: org.6,
        first_record_number: org.7,
    })
}

fn default_presence() -> impl Strategy<Value = DefaultPresence> {
    let declines = Acceptance::Decline { reasons: Vec::new(), status: Some(Ref::Outside("Break".into())) };
    let acceptance = select(vec![Acceptance::Manual, Acceptance::Auto, declines]);
    let status = select(vec![None, Some("Break".to_owned())]);
    (1..4_i64, select(vec![None, Some(Units(10_000))]), acceptance, status).prop_map(
        |(capacity, interruptible_capacity, acceptance, status_on_push_timeout)| DefaultPresence {
            capacity: Units(capacity * 10_000),
            interruptible_capacity,
            acceptance,
            status_on_push_timeout,
        },
    )
}

/// What a step comes to: its time, and its event.
pub(crate) fn event(number: usize, step: &Step, plan: &Plan, model: &Model) -> Timed {
    let picks = step.picks.iter().copied().rev().collect();
    let mut teller = Teller { number, plan, model, picks };
    let now = if model.now < BEGIN { BEGIN } else { model.now };
    Timed { at: now.plus(step.wait), event: teller.event(step.kind) }
}

/// Tells what happens, by a step's numbers.
struct Teller<'a> {
    number: usize,
    plan: &'a Plan,
    model: &'a Model,
    picks: Vec<u16>,
}

fn name(name: &str) -> Name {
    name.into()
}

impl Teller<'_> {
    /// A number below the limit; without numbers left, 0.
    fn below(&mut self, limit: usize) -> usize {
        // One number serves twice, so that ten are enough.
        let pick = usize::from(self.picks.pop().unwrap_or_default());
        pick % limit.max(1)
    }

    /// True so often of a hundred.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    fn one_of<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let pick = self.below(from.len());
        from.get(pick).cloned()
    }

    fn user(&mut self) -> Name {
        let mut users: Vec<Name> = self.model.agents.iter().map(|agent| agent.name.clone()).collect();
        if self.number % 40 == 39 {
            users.push("nobody".into());
        }
        self.one_of(&users).unwrap()
    }

    fn queue(&mut self) -> Name {
        let queues = &self.plan.tables.queues;
        if self.number % 60 == 59 {
            return "Nowhere".into();
        }
        self.one_of(queues).map(|queue| name(&queue.name)).unwrap()
    }

    fn status(&mut self) -> Name {
        if self.number % 60 == 59 {
            return "Nowhere".into();
        }
        // The first status offers everything: it is twice as likely.
        let statuses = &self.plan.tables.presence_statuses;
        let pick = self.below(statuses.len() * 2);
        name(&statuses.get(pick).unwrap_or(&statuses[0]).name)
    }

    fn item(&mut self) -> Name {
        let items: Vec<Name> = self.model.items.iter().map(|item| item.id.clone()).collect();
        self.one_of(&items).unwrap_or_else(|| "W0".into())
    }

    /// A record's object does not change.
    fn object_of(&self, item: &Name) -> Option<Name> {
        Some(self.model.items.iter().find(|known| known.id == *item)?.object.clone())
    }

    /// A work that stands so, if there is any, and its agent; seldom another work or agent.
    fn work(&mut self, status: AgentWorkStatus) -> (Name, WorkKey) {
        let fitting: Vec<Work> = self.model.works.iter().filter(|work| work.status == status).cloned().collect();
        let any = self.chance(6);
        let Some(work) = self.one_of(if any || fitting.is_empty() { &self.model.works } else { &fitting }) else {
            return (self.user(), WorkKey::Id(AgentWorkId(7)));
        };
        let user = if any && self.chance(50) { self.user() } else { work.user.clone() };
        let key = if any { WorkKey::WorkItem(work.item.clone()) } else { WorkKey::Id(work.id) };
        (user, key)
    }

    fn request(&mut self, ready: Option<bool>) -> PendingServiceRoutingKey {
        let waiting = self.model.waiting.iter();
        let fitting = waiting.filter(|psr| ready.is_none_or(|ready| psr.record.is_ready_for_routing == ready));
        let found: Vec<_> = fitting.map(|psr| psr.record.clone()).collect();
        match self.one_of(&found) {
            Some(record) if self.number.is_multiple_of(2) => PendingServiceRoutingKey::Id(record.id),
            Some(record) => PendingServiceRoutingKey::WorkItem(record.work_item_id),
            None => PendingServiceRoutingKey::WorkItem(self.item()),
        }
    }

    /// A value for one of the fields that the plan asks for.
    fn field(&mut self) -> (Name, Name) {
        let tables = &self.plan.tables;
        let mut values = vec![("Urgency", "Odd"), ("Status", "Odd")];
        for channel in &tables.channels {
            if let Some(status) = &channel.status_capacity {
                values.extend(status.values.iter().map(|value| (status.field.as_str(), value.value.as_str())));
            }
            if let Some(secondary) = &channel.secondary_priority {
                values.extend(secondary.values.iter().map(|value| (secondary.field.as_str(), value.value.as_str())));
            }
        }
        for rule in &tables.skill_rules {
            let value = rule.value.as_deref().unwrap_or_default();
            values
                .push((if self.number.is_multiple_of(2) { &rule.field["Case.".len()..] } else { &rule.field }, value));
        }
        self.one_of(&values).map(|(field, value)| (field.into(), value.into())).unwrap()
    }

    fn fields(&mut self, most: usize) -> BTreeMap<Name, Name> {
        (0..self.below(most + 1)).map(|_| self.field()).collect()
    }

    fn time_about_now(&mut self) -> Option<Time> {
        let seconds = i64::try_from(self.below(400)).unwrap();
        (seconds < 100).then(|| self.model.now.plus((seconds - 60) * 1_000)).filter(|_| self.model.now >= BEGIN)
    }

    fn need(&mut self) -> SkillNeed {
        let mut skills: Vec<Name> = self.plan.tables.skills.iter().map(|skill| name(&skill.name)).collect();
        if self.number % 50 == 49 {
            skills.push("Nowhere".into());
        }
        let pick = self.below(60);
        SkillNeed {
            skill_id: self.one_of(&skills).unwrap_or_else(|| "English".into()),
            skill_level: [None, Some(1.0), Some(2.5), Some(4.0)][pick % 4],
            is_additional_skill: !pick.is_multiple_of(3),
            skill_priority: [None, Some(0), Some(1), Some(1), Some(7)][pick % 5],
        }
    }

    fn held(&mut self) -> SkillHeld {
        let need = self.need();
        SkillHeld { skill_id: need.skill_id, skill_level: need.skill_level }
    }

    fn configuration(&mut self) -> Name {
        self.one_of(&self.plan.tables.routing_configurations).map(|config| name(&config.name)).unwrap()
    }

    /// A route, and an object that it suits.
    fn route(&mut self) -> (Route, Name) {
        let kind = self.below(10);
        let (queue, pick) = (self.queue(), self.below(1_000));
        let known = self.plan.tables.queues.iter().find(|known| *known.name == *queue);
        let objects = known.map(|known| known.objects.clone()).unwrap_or_default();
        let mut object: Name = objects.get(pick % objects.len().max(1)).map_or("Case", |object| &object.object).into();
        if pick % 70 == 69 {
            object = "Elsewhere".into();
        }
        let route = match kind {
            0 | 1 => {
                let skills = (0..pick % 4).map(|_| self.need()).collect();
                let routing_configuration = self.configuration();
                Route::Skills(SkillsRoute { routing_configuration, skills, run_rules: pick.is_multiple_of(2) })
            }
            2 | 3 => Route::Agent(AgentRoute {
                user: self.user(),
                required: pick.is_multiple_of(3),
                backup_queue: (pick.is_multiple_of(2)).then_some(queue),
                routing_configuration: (pick % 5 < 3).then(|| self.configuration()),
            }),
            _ => Route::Queue(queue),
        };
        (route, object)
    }

    fn request_fields(&mut self) -> PendingServiceRoutingFields {
        let (bits, numbers) = (self.below(65_536), self.below(65_536));
        let on = |bit: usize| bits >> bit & 1 == 1;
        PendingServiceRoutingFields {
            service_channel_id: None,
            routing_model: on(0).then_some([RoutingModel::LeastActive, RoutingModel::MostAvailable][numbers % 2]),
            routing_priority: on(1).then_some([0, 1, 2][numbers % 3]),
            secondary_routing_priority: on(2).then_some([0, 1, 5][numbers % 3]),
            capacity_weight: on(3).then_some([0.0, 0.5, 1.0, -1.0][numbers / 8 % 4]),
            capacity_percentage: (on(4) && (!on(3) || numbers.is_multiple_of(10)))
                .then_some([20.0, 50.0, 100.0][numbers / 8 % 3]),
            push_timeout: on(5).then_some([0, 5, 30][numbers / 4 % 3]),
            drop_additional_skills_timeout: on(6).then_some([0, 5, 8][numbers / 16 % 3]),
            custom_requested_date_time: self.time_about_now(),
            target_accept_date_time: self.time_about_now(),
            preferred_user_id: (on(7) && on(8)).then(|| self.user()),
            is_preferred_user_required: (on(7) && on(8) && on(9)).then_some(on(10)),
            is_ready_for_routing: on(11).then_some(on(12) || on(13)),
        }
    }

    fn event(&mut self, kind: Kind) -> Event {
        use AgentWorkStatus::{Assigned, Opened};
        let is_external =
            |config: &omnic::plan::RoutingConfiguration| config.model == Some(omnic::plan::RoutingModel::External);
        let has_partners = self.plan.tables.routing_configurations.iter().any(is_external);
        let kind = if matches!(kind, Kind::CreateAgentWork) && !has_partners { Kind::Accept } else { kind };
        match kind {
            Kind::TimePassed => Event::TimePassed {},
            Kind::Arrive => {
                let (route, object) = self.route();
                let work_item_id = if self.chance(7) { self.item() } else { format!("W{}", self.number).into() };
                let object = self.object_of(&work_item_id).unwrap_or(object);
                Event::WorkArrived(WorkArrived {
                    work_item_id,
                    object,
                    custom_requested_date_time: self.time_about_now(),
                    target_accept_date_time: self.time_about_now(),
                    fields: self.fields(3),
                    service_channel_id: None,
                    route,
                })
            }
            Kind::Cancel => Event::WorkCanceled { work_item_id: self.item() },
            Kind::Update => {
                let opened = self.model.works.iter().filter(|work| work.status == Opened);
                let opened: Vec<Name> = opened.map(|work| work.item.clone()).collect();
                let of_work = self.chance(50);
                let work_item_id = self.one_of(&opened).filter(|_| of_work).unwrap_or_else(|| self.item());
                Event::WorkItemUpdated { work_item_id, fields: BTreeMap::from([self.field()]) }
            }
            Kind::Owner => {
                let to_queue = self.chance(40);
                let owner = if to_queue { Owner::Queue(self.queue()) } else { Owner::User(self.user()) };
                Event::OwnerChanged { work_item_id: self.item(), owner }
            }
            Kind::ConversationEnded => {
                let (_, key) = self.work(Opened);
                let work_item_id = match key {
                    WorkKey::WorkItem(item) => item,
                    WorkKey::Id(id) => {
                        let work = self.model.works.iter().find(|work| work.id == id);
                        work.map_or_else(|| "W0".into(), |work| work.item.clone())
                    }
                };
                Event::ConversationEnded { work_item_id }
            }
            Kind::Login => {
                let out = self.model.agents.iter().filter(|agent| agent.session.is_none());
                let out: Vec<Name> = out.map(|agent| agent.name.clone()).collect();
                let again = self.chance(8);
                let user = self.one_of(&out).filter(|_| !again).unwrap_or_else(|| self.user());
                Event::Login { user, status_id: self.status() }
            }
            Kind::SetStatus => Event::SetServicePresenceStatus { user: self.user(), status_id: self.status() },
            Kind::Logout => Event::Logout { user: self.user() },
            Kind::ConnectionLost => {
                let told = self.chance(50);
                Event::ConnectionLost { user: self.user(), error: told.then(|| "502".into()) }
            }
            Kind::Ask => {
                let user = self.user();
                match self.below(4) {
                    0 => Event::GetServicePresenceStatusId { user },
                    1 => Event::GetServicePresenceStatusChannels { user },
                    2 => Event::GetAgentWorks { user },
                    _ => Event::GetAgentWorkload { user },
                }
            }
            Kind::Accept => {
                let (user, work_id) = self.work(Assigned);
                Event::AcceptAgentWork { user, work_id }
            }
            Kind::Decline => {
                let (user, work_id) = self.work(Assigned);
                let reason = self.one_of(&[None, Some("Busy"), Some("Rain")]).flatten();
                Event::DeclineAgentWork { user, work_id, decline_reason: reason.map(Into::into) }
            }
            Kind::Close => {
                let (user, work_id) = self.work(Opened);
                Event::CloseAgentWork { user, work_id }
            }
            Kind::TabClosed => {
                let (user, work_id) = self.work(Opened);
                Event::TabClosed { user, work_id }
            }
            Kind::TabFocused => {
                let (user, work_id) = self.work(Opened);
                let elsewhere = self.chance(20);
                Event::TabFocused { user, work_id: (!elsewhere).then_some(work_id) }
            }
            Kind::Extend => {
                let running = self.model.works.iter().filter(|work| work.status == Opened && work.acw.is_some());
                let running: Vec<Work> = running.cloned().collect();
                let (user, work_id) = match self.one_of(&running) {
                    Some(work) if self.chance(80) => (work.user, WorkKey::Id(work.id)),
                    _ => self.work(Opened),
                };
                Event::AfterConversationWorkExtended { user, work_id }
            }
            Kind::Transfer => {
                let (user, work_id) = self.work(Opened);
                let direct = self.chance(60);
                let (user_b, (route, _)) = (self.user(), self.route());
                let alone =
                    AgentRoute { user: user_b, required: false, backup_queue: None, routing_configuration: None };
                Event::WorkTransferred { user, work_id, to: if direct { Route::Agent(alone) } else { route } }
            }
            Kind::Supervise => {
                let (other, agent) = (self.chance(10), self.user());
                let user = if other { self.user() } else { "a".into() };
                let action = if self.chance(50) {
                    let (add, remove) = (self.queue(), self.queue());
                    let remove = if add == remove { Vec::new() } else { vec![remove] };
                    Supervision::ChangeQueues { agent, add: vec![add], remove }
                } else if self.chance(60) {
                    Supervision::ChangeSkills { agent, add: vec![self.held()], remove: Vec::new() }
                } else {
                    Supervision::ChangeSkills { agent, add: Vec::new(), remove: vec![self.held().skill_id] }
                };
                Event::Supervise { user, action }
            }
            Kind::CreateAgentWork => {
                let waiting = self.model.waiting.iter();
                let external = waiting.filter(|psr| psr.external && !psr.record.is_pushed);
                let found: Vec<_> = external.map(|psr| psr.record.clone()).collect();
                let odd = self.chance(8);
                let record = self.one_of(&found).filter(|_| !odd);
                let bits = self.below(64);
                Event::CreateAgentWork(CreateAgentWork {
                    service_channel_id: (bits % 16 == 3).then(|| "Cases".into()),
                    work_item_id: record.as_ref().map_or_else(|| self.item(), |record| record.work_item_id.clone()),
                    user_id: self.user(),
                    pending_service_routing_id: record.filter(|_| bits.is_multiple_of(2)).map(|record| record.id),
                    should_skip_capacity_check: bits % 4 > 1,
                    capacity_weight: (bits > 50).then_some(2.0),
                    capacity_percentage: (bits < 5).then_some(30.0),
                })
            }
            Kind::Subscribe => {
                let replay_id = self.one_of(&[-1, -2, -2, 0, 1, 2, 3, 5, 8, 20]).unwrap();
                Event::Subscribe { subscriber: "partner".into(), replay_id }
            }
            Kind::DataRecovered => Event::DataRecovered {},
            Kind::CreateRequest => {
                let (old, (_, object)) = (self.chance(10), self.route());
                let work_item_id = if old { self.item() } else { format!("W{}", self.number).into() };
                let object = self.object_of(&work_item_id).unwrap_or(object);
                Event::CreatePendingServiceRouting { work_item_id, object, fields: self.request_fields() }
            }
            Kind::UpdateRequest => {
                let any = self.chance(10);
                let mut fields = self.request_fields();
                if !self.number.is_multiple_of(3) {
                    fields.is_ready_for_routing = Some(true);
                }
                Event::UpdatePendingServiceRouting { id: self.request((!any).then_some(false)), fields }
            }
            Kind::DeleteRequest => Event::DeletePendingServiceRouting { id: self.request(None) },
            Kind::Require => {
                let any = self.chance(10);
                let related_record_id = self.request((!any).then_some(false));
                Event::CreateSkillRequirement { related_record_id, need: self.need() }
            }
            Kind::DeleteWork => {
                let status = self.one_of(&[AgentWorkStatus::Closed, AgentWorkStatus::Declined, Opened]).unwrap();
                Event::DeleteAgentWork { id: self.work(status).1 }
            }
            Kind::AgentChanged => self.agent_changed(),
        }
    }

    fn agent_changed(&mut self) -> Event {
        let bits = self.below(65_536);
        let on = |bit: usize| bits >> bit & 1 == 1;
        let configurations = &self.plan.tables.presence_configurations;
        let is_new = self.chance(15);
        Event::AgentChanged(AgentChange {
            user: if is_new { "z".into() } else { self.user() },
            is_active: on(0).then_some(on(1) || on(2)),
            profile: on(3).then(|| "Support".into()),
            presence_configuration: on(4).then(|| name(&configurations[bits % configurations.len()].name)),
            statuses: (on(5) && on(6)).then(|| vec![self.status(), self.status()]),
            queues: on(7).then(|| vec![self.queue(), self.queue()]),
            skills: on(8).then(|| vec![self.held()]),
            groups: None,
        })
    }
}
