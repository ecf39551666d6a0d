//! What may be asked of a runtime from outside: each is a rule, or a view.

use std::collections::{BTreeMap, BTreeSet};

use super::contract::records::{
    AgentWork, AgentWorkSkill, AgentWorkStatus, PendingServiceRouting, ServiceResource, SkillRequirement,
    UserServicePresence,
};
use super::contract::{
    AgentChange, AgentWorkId, Ahead, Among, Census, Due, Name, Owner, PendingServiceRoutingId, PoolUse, Prospects,
    Refusal, UserServicePresenceId, Waiting, WentFirst, What, WorkAsked, WorkKey,
};
use super::steps::Runtime;

impl Runtime {
    /// Why work waits that Omni-Channel routes: for each agent who could be offered it at another time, why not now. It
    /// looks at every agent. None if the work does not wait.
    pub fn why_waiting(&self, id: PendingServiceRoutingId) -> Option<Waiting> {
        self.rules().why_waiting(id)
    }

    /// The agent who holds work in one of these statuses: of a record, the agent of its only such work. If no work on the
    /// record has such a status, the agent who holds it in another one.
    ///
    /// # Errors
    ///
    /// If there is no such work or record, nobody holds it, or several agents do.
    pub fn holder(&self, key: &WorkKey, statuses: &[AgentWorkStatus]) -> Result<Name, Refusal> {
        self.rules().holder(key, statuses)
    }

    /// An agent's capacity in use, primary and interruptible; none: there is no such agent, or the agent is not logged in.
    pub fn pools(&self, user: &str) -> Option<[PoolUse; 2]> {
        self.rules().pools(user)
    }

    /// True if an agent has work, assigned or opened.
    pub fn has_work(&self, user: &str) -> bool {
        self.rules().has_work(user)
    }

    /// True if events have named a record so.
    pub fn is_record(&self, name: &str) -> bool {
        self.rules().is_record(name)
    }

    /// How many records events have named.
    pub fn record_count(&self) -> usize {
        self.rules().record_count()
    }

    /// The names of one kind that events may use, sorted. None of the records that the runtime makes.
    pub fn names(&self, what: What) -> Vec<Name> {
        self.rules().names(what)
    }

    /// The flows of the plan that route work, sorted.
    pub fn flow_names(&self) -> Vec<Name> {
        self.rules().flow_names()
    }

    /// The objects that a queue holds; without a queue, those that anything routes. Sorted.
    pub fn routed_objects(&self, queue: Option<&str>) -> Vec<Name> {
        self.rules().routed_objects(queue)
    }

    /// The fields of records whose values decide something: whoever tells of changes may leave others out. Without objects.
    pub fn compared_fields(&self) -> BTreeSet<Name> {
        self.rules().compared_fields()
    }

    /// The decline reasons that an agent can choose.
    pub fn decline_reasons(&self, user: &str) -> &[Name] {
        self.rules().decline_reasons(user)
    }

    /// How long a routing request has waited, in milliseconds.
    pub fn waited(&self, request: &PendingServiceRouting) -> i64 {
        self.rules().waited(request)
    }

    /// Who could be offered work at some time.
    ///
    /// # Errors
    ///
    /// If a rule refuses the work: its route names what is not there, or a feature that is off.
    pub fn prospects(&self, asked: &WorkAsked, among: Among<'_>) -> Result<Prospects, Refusal> {
        self.rules().prospects(asked, among)
    }

    /// Who is in which queue, to ask of much work.
    pub fn census(&self) -> Census {
        self.rules().census()
    }

    /// All `AgentWork` records, in the order of their ids.
    pub fn agent_works(&self) -> impl Iterator<Item = AgentWork> {
        self.rules().agent_works()
    }

    /// An `AgentWork`.
    pub fn agent_work(&self, id: AgentWorkId) -> Option<AgentWork> {
        self.rules().agent_work(id)
    }

    /// The skills by which work was routed, in the order of their names.
    pub fn agent_work_skills(&self, id: AgentWorkId) -> Vec<AgentWorkSkill> {
        self.rules().agent_work_skills(id)
    }

    /// All `PendingServiceRouting` records, in the order of their ids.
    pub fn pending_service_routings(&self) -> impl Iterator<Item = PendingServiceRouting> {
        self.rules().pending_service_routings()
    }

    /// A `PendingServiceRouting`.
    pub fn pending_service_routing(&self, id: PendingServiceRoutingId) -> Option<PendingServiceRouting> {
        self.rules().pending_service_routing(id)
    }

    /// The skills that waiting work asks for, in the order of their names. Dropped ones too.
    pub fn skill_requirements(&self, id: PendingServiceRoutingId) -> Vec<SkillRequirement> {
        self.rules().skill_requirements(id)
    }

    /// All `UserServicePresence` records, in the order of their ids.
    pub fn user_service_presences(&self) -> impl Iterator<Item = UserServicePresence> {
        self.rules().user_service_presences()
    }

    /// A `UserServicePresence`.
    pub fn user_service_presence(&self, id: UserServicePresenceId) -> Option<UserServicePresence> {
        self.rules().user_service_presence(id)
    }

    /// The `UserServicePresence` that is the current state of a user; none: there is no such agent, or the agent is not
    /// logged in.
    pub fn current_presence(&self, user: &str) -> Option<UserServicePresence> {
        self.rules().current_presence(user)
    }

    /// What holds of an agent now, as far as it is known; none: there is no such agent. Of statuses, others may be granted
    /// too, unless an event said which.
    pub fn agent(&self, user: &str) -> Option<AgentChange> {
        self.rules().agent(user)
    }

    /// Whether a record could be given to a queue once these fields of it have changed: asked before the two events, so that
    /// the first need not be undone. What is refused here is refused then; what is not may still meet a limit of the org.
    ///
    /// # Errors
    ///
    /// If there is no such record, or [`OwnerChanged`](super::Event::OwnerChanged) behind [`WorkItemUpdated`](super::Event::WorkItemUpdated) will be refused.
    pub fn may_give(&self, work_item: &Name, fields: &BTreeMap<Name, Name>, queue: &Name) -> Result<(), Refusal> {
        self.rules().may_give(work_item, fields, queue)
    }

    /// What stands on a record now: the request that waits, and assigned and opened work. None: there is no such record.
    pub fn routing_of(&self, work_item: &str) -> Option<(Option<PendingServiceRoutingId>, Vec<AgentWorkId>)> {
        self.rules().routing_of(work_item)
    }

    /// Agents who have skills, as resources, in the order of their names.
    pub fn service_resources(&self) -> Vec<ServiceResource> {
        self.rules().service_resources()
    }

    /// How many items wait to be offered by Omni-Channel.
    pub fn waiting(&self) -> usize {
        self.rules().waiting()
    }

    /// Who owns a record.
    pub fn owner(&self, work_item: &str) -> Option<Owner> {
        self.rules().owner(work_item)
    }

    /// Why work waits that Omni-Channel routes: as [`Self::why_waiting`], with everybody who could be offered it. None if
    /// the work does not wait.
    pub fn why_waiting_for_all(&self, id: PendingServiceRoutingId) -> Option<Waiting> {
        self.rules().why_waiting_for_all(id)
    }

    /// The items that wait for the same reps and are routed before it, in their order.
    pub fn ahead(&self, id: PendingServiceRoutingId) -> Vec<Ahead> {
        self.rules().ahead(id)
    }

    /// The items that were requested after it, and that its reps have been offered since; in the order of the offers.
    pub fn went_first(&self, id: PendingServiceRoutingId) -> Vec<WentFirst> {
        self.rules().went_first(id)
    }

    /// The timers that may let it be offered, or that end its offer, in the order in which they fire.
    pub fn due(&self, id: PendingServiceRoutingId) -> Vec<Due> {
        self.rules().due(id)
    }
}
