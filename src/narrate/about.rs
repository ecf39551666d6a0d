//! What an event, an effect or a sentence is about: records, reps and queues, by name.

use std::collections::HashMap;

use super::Attempt;
use crate::runtime::records::{AgentWork, PendingServiceRouting, UserServicePresence};
use crate::runtime::{
    AgentWorkId, ConsoleEvent, ConsoleResult, Effect, Event, Name, Owner, PendingServiceRoutingKey, Route, Runtime,
    Supervision, WorkArrived, WorkKey,
};

/// The records, reps and queues that something is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The records that are routed.
    pub records: Vec<Name>,
    /// The reps and other users.
    pub agents: Vec<Name>,
    /// The queues, those of the records included.
    pub queues: Vec<Name>,
}

impl About {
    fn agent(user: &Name) -> Self {
        Self { agents: vec![user.clone()], ..Self::default() }
    }

    fn record(item: &Name) -> Self {
        Self { records: vec![item.clone()], ..Self::default() }
    }

    fn and_agent(mut self, user: &Name) -> Self {
        self.agents.push(user.clone());
        self
    }

    fn and_queue(mut self, queue: Option<&Name>) -> Self {
        self.queues.extend(queue.cloned());
        self
    }

    fn and_owner(self, owner: &Owner) -> Self {
        match owner {
            Owner::Queue(queue) => self.and_queue(Some(queue)),
            Owner::User(user) => self.and_agent(user),
        }
    }

    /// What a record of work is about.
    pub fn of_work(work: &AgentWork) -> Self {
        Self::record(&work.work_item_id).and_agent(&work.user_id).and_queue(work.original_group_id.as_ref())
    }

    /// What a routing request is about.
    pub fn of_request(request: &PendingServiceRouting) -> Self {
        let about = Self::record(&request.work_item_id).and_queue(request.group_id.as_ref());
        request.preferred_user_id.iter().fold(about, Self::and_agent)
    }

    /// What a record of presence is about.
    pub fn of_presence(presence: &UserServicePresence) -> Self {
        Self::agent(&presence.user_id)
    }
}

/// The records of work, and the queues of records, as far as events and effects have named them since the run began.
#[derive(Debug, Default)]
pub struct Subjects {
    works: HashMap<AgentWorkId, Name>,
    queues: HashMap<Name, Name>,
}

impl Subjects {
    /// Begins with what a runtime knows, which is something if it goes on from a state.
    pub fn of(runtime: &Runtime) -> Self {
        let mut subjects = Self::default();
        for work in runtime.agent_works() {
            subjects.learn(&About::of_work(&work));
            subjects.works.insert(work.id, work.work_item_id);
        }
        for request in runtime.pending_service_routings() {
            subjects.learn(&About::of_request(&request));
        }
        subjects
    }

    /// What an event is about: the queue in which the record was, too.
    pub fn of_event(&mut self, event: &Event) -> About {
        let about = self.with_queues(self.named_by(event));
        self.learn(&named_queue(event));
        about
    }

    /// What an event that was refused is about.
    pub fn of_attempt(&mut self, attempt: Attempt<'_>) -> About {
        match attempt {
            Attempt::Event(event) => self.of_event(event),
            Attempt::WithoutUser { work, .. } => self.with_queues(self.key(work)),
        }
    }

    /// What an effect is about.
    pub fn of_effect(&mut self, effect: &Effect, runtime: &Runtime) -> About {
        let about = self.named_in(effect, runtime);
        self.learn(&about);
        if let Effect::AgentWorkCreated { id, work_item_id, .. } = effect {
            self.works.insert(*id, work_item_id.clone());
        }
        self.with_queues(about)
    }

    /// What sentences about records are about.
    pub fn of_records<'n>(&self, items: impl IntoIterator<Item = &'n Name>) -> About {
        self.with_queues(About { records: items.into_iter().cloned().collect(), ..About::default() })
    }

    /// The record of work.
    pub fn record_of(&self, id: AgentWorkId) -> Option<&Name> {
        self.works.get(&id)
    }

    /// Remembers the queue of the only record that something is about.
    fn learn(&mut self, about: &About) {
        if let ([item], [.., queue]) = (about.records.as_slice(), about.queues.as_slice()) {
            self.queues.insert(item.clone(), queue.clone());
        }
    }

    fn with_queues(&self, mut about: About) -> About {
        for queue in about.records.iter().filter_map(|item| self.queues.get(item)) {
            if !about.queues.contains(queue) {
                about.queues.push(queue.clone());
            }
        }
        about
    }

    fn key(&self, key: &WorkKey) -> About {
        match key {
            WorkKey::Id(id) => self.record_of(*id).map(About::record).unwrap_or_default(),
            WorkKey::WorkItem(item) => About::record(item),
        }
    }

    fn named_by(&self, event: &Event) -> About {
        match event {
            Event::WorkArrived(WorkArrived { work_item_id, .. }) | Event::OwnerChanged { work_item_id, .. } => {
                let named = named_queue(event);
                About { agents: named.agents, queues: named.queues, ..About::record(work_item_id) }
            }
            Event::RecordCreated { work_item_id, owner, .. } => {
                let about = About::record(work_item_id);
                owner.as_ref().map(|owner| about.clone().and_owner(owner)).unwrap_or(about)
            }
            Event::WorkCanceled { work_item_id }
            | Event::WorkItemUpdated { work_item_id, .. }
            | Event::ConversationEnded { work_item_id }
            | Event::RecordDeleted { work_item_id }
            | Event::CreatePendingServiceRouting { work_item_id, .. } => About::record(work_item_id),
            Event::Login { user, .. }
            | Event::Logout { user }
            | Event::SetServicePresenceStatus { user, .. }
            | Event::GetServicePresenceStatusId { user }
            | Event::GetServicePresenceStatusChannels { user }
            | Event::GetAgentWorks { user }
            | Event::GetAgentWorkload { user }
            | Event::ConnectionLost { user, .. } => About::agent(user),
            Event::AcceptAgentWork { user, work_id }
            | Event::DeclineAgentWork { user, work_id, .. }
            | Event::CloseAgentWork { user, work_id }
            | Event::RaiseAgentWorkFlag { user, work_id, .. }
            | Event::LowerAgentWorkFlag { user, work_id }
            | Event::TabClosed { user, work_id }
            | Event::AfterConversationWorkExtended { user, work_id } => self.key(work_id).and_agent(user),
            Event::TabFocused { user, work_id } => {
                work_id.as_ref().map(|key| self.key(key)).unwrap_or_default().and_agent(user)
            }
            Event::WorkTransferred { user, work_id, .. } => {
                let named = named_queue(event);
                let about = About { queues: named.queues, ..self.key(work_id) };
                named.agents.iter().fold(about.and_agent(user), About::and_agent)
            }
            Event::Supervise { user, action } => self.supervised(action).and_agent(user),
            Event::CreateAgentWork(work) => About::record(&work.work_item_id).and_agent(&work.user_id),
            Event::UpdatePendingServiceRouting { id, .. }
            | Event::DeletePendingServiceRouting { id }
            | Event::CreateSkillRequirement { related_record_id: id, .. }
            | Event::UpdateSkillRequirement { related_record_id: id, .. }
            | Event::DeleteSkillRequirement { related_record_id: id, .. } => match id {
                PendingServiceRoutingKey::WorkItem(item) => About::record(item),
                PendingServiceRoutingKey::Id(_) => About::default(),
            },
            Event::DeleteAgentWork { id } => self.key(id),
            Event::UndeleteAgentWork { id: work }
            | Event::DeleteAgentWorkSkill { agent_work_id: work, .. }
            | Event::UndeleteAgentWorkSkill { agent_work_id: work, .. } => self.key(&WorkKey::Id(*work)),
            Event::AgentChanged(change) => About::agent(&change.user),
            Event::DeleteUserServicePresence { .. }
            | Event::UndeleteUserServicePresence { .. }
            | Event::TimePassed {}
            | Event::Subscribe { .. }
            | Event::DataRecovered {} => About::default(),
        }
    }

    fn supervised(&self, action: &Supervision) -> About {
        match action {
            Supervision::ChangeQueues { agent, add, remove } => {
                add.iter().chain(remove).fold(About::agent(agent), |about, queue| about.and_queue(Some(queue)))
            }
            Supervision::ChangeSkills { agent, .. } => About::agent(agent),
            Supervision::ManageQueues { queue, add, remove } => {
                add.iter().chain(remove).fold(About::default().and_queue(Some(queue)), About::and_agent)
            }
            Supervision::AssignLearning { agents } => About { agents: agents.clone(), ..About::default() },
            Supervision::RaiseFlag { work_id, .. } | Supervision::LowerFlag { work_id } => self.key(work_id),
            Supervision::View {} | Supervision::AwsDashboard { .. } | Supervision::CustomAction { .. } => {
                About::default()
            }
        }
    }

    fn named_in(&self, effect: &Effect, runtime: &Runtime) -> About {
        match effect {
            Effect::NotRouted { work_item_id, queue, .. } => About::record(work_item_id).and_queue(Some(queue)),
            Effect::Overflowed { work_item_id, queue, owner, .. } => {
                About::record(work_item_id).and_queue(queue.as_ref()).and_owner(owner)
            }
            Effect::OwnerChanged { work_item_id, owner } => About::record(work_item_id).and_owner(owner),
            Effect::PendingServiceRouting { id, work_item_id, .. } => {
                let queue = runtime.pending_service_routing(*id).and_then(|request| request.group_id);
                About::record(work_item_id).and_queue(queue.as_ref())
            }
            Effect::SkillsDropped { work_item_id, .. } | Effect::NoAvailableAgent { work_item_id, .. } => {
                About::record(work_item_id)
            }
            Effect::AgentWorkCreated { work_item_id, user_id, queue, .. } => {
                About::record(work_item_id).and_agent(user_id).and_queue(queue.as_ref())
            }
            Effect::AgentWorkOpened { work_item_id, user_id, .. }
            | Effect::AgentWorkEnded { work_item_id, user_id, .. }
            | Effect::AgentWorkPaused { work_item_id, user_id, .. }
            | Effect::AfterConversationWork { work_item_id, user_id, .. }
            | Effect::AfterConversationWorkEnded { work_item_id, user_id, .. } => {
                About::record(work_item_id).and_agent(user_id)
            }
            Effect::AgentWorkDeleted { id }
            | Effect::AgentWorkUndeleted { id }
            | Effect::AgentWorkSkillDeleted { agent_work_id: id, .. }
            | Effect::AgentWorkSkillUndeleted { agent_work_id: id, .. } => self.key(&WorkKey::Id(*id)),
            Effect::UserServicePresenceStarted { user_id, .. } | Effect::UserServicePresenceEnded { user_id, .. } => {
                About::agent(user_id)
            }
            Effect::Console { user, event } => self.of_console(event).and_agent(user),
            Effect::Result { user, result } => of_answer(result).and_agent(user),
            Effect::Streaming { event } => About::of_request(&event.sobject),
            Effect::SupervisorView { user, .. }
            | Effect::SupervisorActed { user, .. }
            | Effect::AgentChanged { user }
            | Effect::SkillsChanged { user, .. } => About::agent(user),
            Effect::Decision(decision) => {
                About::record(&decision.work_item_id).and_agent(&decision.user).and_queue(decision.queue.as_ref())
            }
            Effect::UserServicePresenceDeleted { .. }
            | Effect::UserServicePresenceUndeleted { .. }
            | Effect::Subscribed { .. }
            | Effect::Refused { .. } => About::default(),
        }
    }

    fn of_console(&self, event: &ConsoleEvent) -> About {
        match event {
            ConsoleEvent::WorkAssigned { work_item_id, .. }
            | ConsoleEvent::WorkAccepted { work_item_id, .. }
            | ConsoleEvent::WorkDeclined { work_item_id, .. }
            | ConsoleEvent::WorkClosed { work_item_id, .. } => About::record(work_item_id),
            ConsoleEvent::WorkFlagUpdated { work_id, .. } => self.key(&WorkKey::Id(*work_id)),
            ConsoleEvent::LoginSuccess { .. }
            | ConsoleEvent::StatusChanged { .. }
            | ConsoleEvent::Logout {}
            | ConsoleEvent::WorkloadChanged { .. }
            | ConsoleEvent::ConnectionError { .. } => About::default(),
        }
    }
}

fn of_answer(result: &ConsoleResult) -> About {
    let works = if let ConsoleResult::GetAgentWorks { works } = result { works.as_slice() } else { &[] };
    About { records: works.iter().map(|work| work.work_item_id.clone()).collect(), ..About::default() }
}

/// Whom and what an event routes a record to, beside the record.
fn named_queue(event: &Event) -> About {
    let (key, to) = match event {
        Event::WorkArrived(arrived) => (Some(&arrived.work_item_id), &arrived.route),
        Event::WorkTransferred { work_id, to, .. } => {
            (if let WorkKey::WorkItem(item) = work_id { Some(item) } else { None }, to)
        }
        Event::OwnerChanged { work_item_id, owner } => return About::record(work_item_id).and_owner(owner),
        _ => return About::default(),
    };
    let about = key.map(About::record).unwrap_or_default();
    match to {
        Route::Queue(queue) => about.and_queue(Some(queue)),
        Route::Agent(agent) => about.and_agent(&agent.user).and_queue(agent.backup_queue.as_ref()),
        Route::Skills(_) | Route::Flow(_) => about,
    }
}
