//! The runtime once more, slow and plain: lists that are searched from one end to the other, sums that are made anew each
//! time they are asked for, and a copy of everything before each event, to go back to when the event is refused.
//!
//! In: a plan, options, events with their times. Out: the same effects and refusals as the runtime's. It is written from the
//! description of routing, and must not know how the runtime is made: of it, it uses the types of events, effects and
//! records alone.

mod agents;
mod api;
mod arrival;
mod bin;
mod dates;
mod external;
mod names;
mod owner;
mod presence;
mod routing;
mod state;
mod waiting;
mod work;

use omnic::plan::Plan;
use omnic::runtime::{
    Change, ConsoleEvent, Effect, Event, Name, PendingServiceRoutingId, Refusal, Refused, RoutingOptions, SessionId,
    Time, TimedEffect, UserServicePresenceId,
};
pub(crate) use state::*;

/// What has happened so far.
#[derive(Clone)]
pub(crate) struct Model {
    plan: std::rc::Rc<Plan>,
    options: RoutingOptions,
    pub(crate) now: Time,
    /// Up to when the dates of skill assignments have been looked at.
    dated: Time,
    pub(crate) agents: Vec<Agent>,
    pub(crate) items: Vec<Item>,
    pub(crate) waiting: Vec<Psr>,
    pub(crate) works: Vec<Work>,
    /// Presences that ended.
    pub(crate) presences: Vec<PastPresence>,
    pub(crate) bin: Bin,
    streamed: Vec<omnic::runtime::StreamingEvent>,
    /// Replay ids up to this one are of no use any more.
    lost: i64,
    issued: i64,
    /// When items were routed.
    routed: Vec<Time>,
    /// How many items waited when the event came: limits go by what was there before.
    waiting_before: usize,
    /// Numbers of the next records.
    next: Numbers,
    effects: Vec<TimedEffect>,
}

/// The next number of each kind of record.
#[derive(Clone, Copy)]
struct Numbers {
    work: u64,
    psr: u64,
    presence: u64,
    session: u64,
}

/// What a step can come to: a refusal ends it, and everything is as before.
type Step<T = ()> = Result<T, Refusal>;

/// A timer, in the order in which those of one moment fire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Timer {
    DropSkills(PendingServiceRoutingId),
    PushTimeout(omnic::runtime::AgentWorkId),
    AcwEnd(omnic::runtime::AgentWorkId),
    SkillDates,
}

impl Model {
    pub(crate) fn new(plan: &Plan, options: &RoutingOptions) -> Self {
        let first = options.first_record_number;
        let mut model = Self {
            plan: std::rc::Rc::new(plan.clone()),
            options: options.clone(),
            now: Time(i64::MIN),
            dated: Time(i64::MIN),
            agents: Vec::new(),
            items: Vec::new(),
            waiting: Vec::new(),
            works: Vec::new(),
            presences: Vec::new(),
            bin: Bin::default(),
            streamed: Vec::new(),
            lost: 0,
            issued: 0,
            routed: Vec::new(),
            waiting_before: 0,
            next: Numbers { work: first, psr: first, presence: first, session: first },
            effects: Vec::new(),
        };
        model.agents = model.agents_of_plan();
        model.skills_by_dates();
        model
    }

    /// Time passes until `at`, then the event happens.
    pub(crate) fn apply(&mut self, at: Time, event: &Event) -> Result<Vec<TimedEffect>, Refused> {
        if at < self.now {
            let refusal = Refusal::TimeRunsBackward { at, now: self.now };
            return Err(Refused { refusal, effects: Vec::new() });
        }
        let first = self.options.first_record_number;
        if [self.next.session, self.next.psr, self.next.work] == [first; 3] {
            // Nobody has logged in, and nothing has been routed: there is nobody to tell.
            self.dated = at;
            self.skills_by_dates();
        }
        while let Some((due, timer)) = self.timers().into_iter().min().filter(|(due, _)| *due <= at) {
            self.pass(due);
            self.fire(timer);
            self.settle();
            self.forget();
        }
        self.pass(at);
        let before = self.clone();
        self.waiting_before = self.waiting.len();
        match self.act(event) {
            Ok(()) => {
                self.settle();
                self.forget();
                Ok(std::mem::take(&mut self.effects))
            }
            Err(refusal) => {
                *self = before;
                Err(Refused { refusal, effects: std::mem::take(&mut self.effects) })
            }
        }
    }

    /// Every timer that runs.
    fn timers(&self) -> Vec<(Time, Timer)> {
        let drops = self.waiting.iter().filter_map(|psr| Some((psr.drop_at?, Timer::DropSkills(psr.record.id))));
        let active = || self.works.iter().filter(|work| work.status.is_active());
        let timeouts = active().filter_map(|work| Some((work.timeout_at?, Timer::PushTimeout(work.id))));
        let ends = (self.works.iter().filter(|work| work.status.is_active() || work.is_held))
            .filter_map(|work| Some((work.acw.filter(|acw| acw.ended.is_none())?.until, Timer::AcwEnd(work.id))));
        let dates = self.dates_ahead().into_iter().map(|at| (at, Timer::SkillDates));
        drops.chain(timeouts).chain(ends).chain(dates).collect()
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::DropSkills(id) => self.drop_group(id),
            Timer::PushTimeout(id) => self.push_timeout(id),
            Timer::AcwEnd(id) => self.acw_is_over(id),
            Timer::SkillDates => self.skill_dates(),
        }
    }

    /// Time passes, and is counted where it is counted. Nothing else changes meanwhile.
    fn pass(&mut self, to: Time) {
        let milliseconds = to.since(self.now);
        for index in 0..self.agents.len() {
            let name = self.agents[index].name.clone();
            let used = [self.used(&name, Pool::Primary), self.used(&name, Pool::Interruptible)];
            let works = self.held(&name).count();
            let Some(session) = &mut self.agents[index].session else { continue };
            let presence = &mut session.presence;
            presence.unit_milliseconds += i128::from(used[0].0 + used[1].0) * i128::from(milliseconds);
            if used[0] >= session.governed.capacity[0] {
                presence.at_capacity += milliseconds;
            }
            if works == 0 {
                presence.idle += milliseconds;
            }
            let focus = session.focus;
            if let Some(work) = self.works.iter_mut().find(|work| Some(work.id) == focus)
                && work.acw.is_none_or(|acw| acw.ended.is_none())
            {
                work.in_focus += milliseconds;
            }
        }
        self.now = to;
    }

    fn act(&mut self, event: &Event) -> Step {
        match event {
            Event::TimePassed {} => Ok(()),
            Event::WorkArrived(arrived) => self.work_arrived(arrived),
            Event::RecordCreated { work_item_id, object, fields, owner } => {
                self.record_created(work_item_id, object, fields, owner.as_ref())
            }
            Event::RecordDeleted { work_item_id } => self.record_deleted(work_item_id),
            Event::WorkCanceled { work_item_id } => self.work_canceled(work_item_id),
            Event::WorkItemUpdated { work_item_id, fields } => self.work_item_updated(work_item_id, fields),
            Event::OwnerChanged { work_item_id, owner } => self.owner_changed(work_item_id, owner),
            Event::ConversationEnded { work_item_id } => self.conversation_ended(work_item_id),
            Event::Login { user, status_id } => self.enter(user, status_id, true),
            Event::Logout { user } => self.logout(user),
            Event::SetServicePresenceStatus { user, status_id } => self.enter(user, status_id, false),
            Event::GetServicePresenceStatusId { user } => self.get_status_id(user),
            Event::GetServicePresenceStatusChannels { user } => self.get_status_channels(user),
            Event::GetAgentWorks { user } => self.get_works(user),
            Event::GetAgentWorkload { user } => self.get_workload(user),
            Event::AcceptAgentWork { user, work_id } => self.accept_by_agent(user, work_id),
            Event::DeclineAgentWork { user, work_id, decline_reason } => {
                self.decline_by_agent(user, work_id, decline_reason.as_ref())
            }
            Event::CloseAgentWork { user, work_id } => self.close_by_agent(user, work_id),
            Event::ConnectionLost { user, error } => self.connection_lost(user, error.as_ref()),
            Event::TabClosed { user, work_id } => self.tab_closed(user, work_id),
            Event::TabFocused { user, work_id } => self.tab_focused(user, work_id.as_ref()),
            Event::AfterConversationWorkExtended { user, work_id } => self.acw_extended(user, work_id),
            Event::WorkTransferred { user, work_id, to } => self.work_transferred(user, work_id, to),
            Event::Supervise { user, action } => self.supervise(user, action),
            Event::CreateAgentWork(create) => self.create_agent_work(create),
            Event::Subscribe { subscriber, replay_id } => self.subscribe(subscriber, *replay_id),
            Event::DataRecovered {} => {
                self.data_recovered();
                Ok(())
            }
            Event::CreatePendingServiceRouting { work_item_id, object, fields } => {
                self.create_pending_service_routing(work_item_id, object, fields)
            }
            Event::UpdatePendingServiceRouting { id, fields } => self.update_pending_service_routing(id, fields),
            Event::DeletePendingServiceRouting { id } => self.delete_pending_service_routing(id),
            Event::CreateSkillRequirement { related_record_id, need } => {
                self.create_skill_requirement(related_record_id, need)
            }
            Event::UpdateSkillRequirement { related_record_id, skill_id, fields } => {
                self.update_skill_requirement(related_record_id, skill_id, fields)
            }
            Event::DeleteSkillRequirement { related_record_id, skill_id } => {
                self.delete_skill_requirement(related_record_id, skill_id)
            }
            Event::DeleteAgentWork { id } => self.delete_agent_work(id),
            Event::UndeleteAgentWork { id } => self.undelete_agent_work(*id),
            Event::DeleteAgentWorkSkill { agent_work_id, skill_id } => {
                self.delete_agent_work_skill(*agent_work_id, skill_id)
            }
            Event::UndeleteAgentWorkSkill { agent_work_id, skill_id } => {
                self.undelete_agent_work_skill(*agent_work_id, skill_id)
            }
            Event::DeleteUserServicePresence { id } => self.delete_user_service_presence(*id),
            Event::UndeleteUserServicePresence { id } => self.undelete_user_service_presence(*id),
            Event::AgentChanged(change) => self.agent_changed(change),
            // Flags are told, and change nothing else: the histories have none.
            Event::RaiseAgentWorkFlag { .. } | Event::LowerAgentWorkFlag { .. } => unreachable!("no history has this"),
        }
    }

    fn tell(&mut self, effect: Effect) {
        self.effects.push(TimedEffect { at: self.now, effect });
    }

    /// Who is not logged in has no console.
    fn console(&mut self, user: &Name, event: ConsoleEvent) {
        if self.session(user).is_err() {
            return;
        }
        self.tell(Effect::Console { user: user.clone(), event });
    }

    /// Tells of a `PendingServiceRouting`, and everyone who subscribed if it is external.
    fn tell_psr(&mut self, id: PendingServiceRoutingId, change: Change) {
        let psr = self.psr(id).clone();
        let (work_item_id, serial, is_pushed) =
            (psr.record.work_item_id.clone(), psr.record.serial, psr.record.is_pushed);
        self.tell(Effect::PendingServiceRouting { change, id, work_item_id, serial, is_pushed });
        if psr.external {
            self.stream(change, psr.record);
        }
    }

    /// Finished records are not kept, if the options say so.
    fn forget(&mut self) {
        if self.options.finished_work == omnic::runtime::FinishedWork::Forget {
            self.works.retain(|work| work.status.is_active() || work.is_held);
            self.presences.clear();
            let (works, waiting) = (&self.works, &self.waiting);
            self.items.retain(|item| {
                works.iter().any(|work| work.item == item.id)
                    || waiting.iter().any(|psr| psr.record.work_item_id == item.id)
            });
        }
    }

    fn new_presence_id(&mut self) -> UserServicePresenceId {
        self.next.presence += 1;
        UserServicePresenceId(self.next.presence - 1)
    }

    fn new_session_id(&mut self) -> SessionId {
        self.next.session += 1;
        SessionId(self.next.session - 1)
    }
}
