//! Records as the org's interfaces show them.

use super::figures::{active_time, acw_time, average_capacity, handle_time, percentage, seconds, weight};
use crate::plan::SkillLevel;
use crate::runtime::book::{Cause, HeldBy, PendingNo, PresenceNo, PresenceRecord, Terms, Work, WorkNo};
use crate::runtime::contract::records::{
    AgentWork, AgentWorkSkill, AgentWorkStatus, CapacityModel, PendingServiceRouting, ServiceResource,
    ServiceResourceSkill, SkillRequirement, UserServicePresence,
};
use crate::runtime::contract::{AgentWorkId, Name, Owner, PendingServiceRoutingId, Pool, UserServicePresenceId};
use crate::runtime::rules::Rules;

impl<'r> Rules<'r> {
    pub(in crate::runtime) fn agent_works(self) -> impl Iterator<Item = AgentWork> {
        let works = self.book.state().works.iter().filter(|(_, work)| !work.deleted);
        works.map(move |(number, work)| self.view_work(number, work))
    }

    pub(in crate::runtime) fn agent_work(self, id: AgentWorkId) -> Option<AgentWork> {
        self.shown_work(id).map(|work| self.view_work(id.into(), work))
    }

    pub(in crate::runtime) fn agent_work_skills(self, id: AgentWorkId) -> Vec<AgentWorkSkill> {
        let needs = self.shown_work(id).map(|work| work.needs.as_slice()).unwrap_or_default();
        let mut skills: Vec<_> = needs
            .iter()
            .filter(|need| !need.deleted)
            .map(|need| AgentWorkSkill {
                agent_work_id: id,
                is_additional_skill: need.additional,
                skill_id: self.book.skill_name(need.skill),
                skill_level: need.level,
                skill_priority: need.priority,
                was_dropped: need.dropped,
            })
            .collect();
        skills.sort_by(|a, b| a.skill_id.cmp(&b.skill_id));
        skills
    }

    fn shown_work(self, id: AgentWorkId) -> Option<&'r Work> {
        self.book.state().works.get(id.into()).filter(|work| !work.deleted)
    }

    pub(in crate::runtime) fn pending_service_routings(self) -> impl Iterator<Item = PendingServiceRouting> {
        self.book.state().pendings.iter().filter_map(move |(number, _)| self.pending_service_routing(number.id()))
    }

    pub(in crate::runtime) fn pending_service_routing(
        self,
        id: PendingServiceRoutingId,
    ) -> Option<PendingServiceRouting> {
        let record = self.book.state().pendings.get(id.into())?;
        let terms = &record.terms;
        let queue = self.queue_of(terms);
        Some(PendingServiceRouting {
            id,
            bot_id: None,
            capacity_percentage: percentage(terms.cost),
            capacity_weight: weight(terms.cost),
            created_date: record.created,
            custom_requested_date_time: record.custom_requested,
            drop_additional_skills_timeout: record.drop_timeout,
            group_id: queue.clone(),
            is_interruptible: terms.pool == Pool::Interruptible,
            is_owner_change_initiated: record.cause == Cause::OwnerChange,
            is_preferred_user_required: terms.required,
            is_push_attempted: record.push_attempted,
            is_pushed: record.pushed.is_some(),
            is_ready_for_routing: record.ready,
            is_status_change_initiated: record.cause == Cause::StatusChange,
            is_transfer: record.transfer,
            last_declined_agent_session: record.last_declined,
            owner_id: queue,
            preferred_user_id: terms.preferred.map(|agent| self.book.agent_name(agent)),
            push_timeout: terms.push_timeout,
            routing_model: terms.model,
            routing_priority: terms.priority,
            routing_type: terms.routing_type,
            secondary_routing_priority: terms.secondary,
            serial: record.serial,
            service_channel_id: self.plan.channels[record.channel.at()].name.clone(),
            target_accept_date_time: record.target_accept,
            work_item_id: self.book.item_name(record.item),
        })
    }

    pub(in crate::runtime) fn skill_requirements(self, id: PendingServiceRoutingId) -> Vec<SkillRequirement> {
        let needs = self.book.state().pendings.get(id.into()).map(|record| record.needs.as_slice()).unwrap_or_default();
        let mut skills: Vec<_> = needs
            .iter()
            .map(|need| SkillRequirement {
                is_additional_skill: need.additional,
                related_record_id: id,
                skill_id: self.book.skill_name(need.skill),
                skill_level: need.level,
                skill_priority: need.priority,
            })
            .collect();
        skills.sort_by(|a, b| a.skill_id.cmp(&b.skill_id));
        skills
    }

    pub(in crate::runtime) fn user_service_presences(self) -> impl Iterator<Item = UserServicePresence> {
        let records = self.book.state().presences.iter().filter(|(_, record)| !record.deleted);
        records.map(move |(number, record)| self.view_presence(number, record))
    }

    /// A `UserServicePresence`.
    pub(in crate::runtime) fn user_service_presence(self, id: UserServicePresenceId) -> Option<UserServicePresence> {
        let record = self.book.state().presences.get(id.into()).filter(|record| !record.deleted);
        record.map(|record| self.view_presence(id.into(), record))
    }

    /// The `UserServicePresence` that is the current state of a user.
    pub(in crate::runtime) fn current_presence(self, user: &str) -> Option<UserServicePresence> {
        let session = self.book.session(self.book.agent_number(user)?)?;
        let record = self.book.state().presences.get(session.record)?;
        Some(self.view_presence(session.record, record))
    }

    fn view_presence(self, number: PresenceNo, record: &PresenceRecord) -> UserServicePresence {
        let user = self.book.agent_name(record.agent);
        let status = &self.plan.statuses[record.status.at()];
        let whole = |pool: Pool| record.capacity[pool.at()].0.div_euclid(10_000);
        UserServicePresence {
            id: number.id(),
            at_capacity_duration: seconds(record.at_capacity_ms),
            average_capacity: average_capacity(record),
            configured_capacity: whole(Pool::Primary),
            configured_interrupt_capacity: whole(Pool::Interruptible),
            idle_duration: seconds(record.idle_ms),
            is_away: status.away,
            is_current_state: record.ended.is_none(),
            owner_id: user.clone(),
            service_presence_status_id: status.name.clone(),
            status_duration: record.ended.map(|ended| seconds(ended.since(record.started))),
            status_end_date: record.ended,
            status_start_date: record.started,
            user_id: user,
        }
    }

    pub(in crate::runtime) fn service_resources(self) -> Vec<ServiceResource> {
        let mut resources: Vec<_> = self
            .book
            .state()
            .agents
            .iter()
            .filter(|agent| !agent.skills.is_empty())
            .map(|agent| {
                let held = |&(skill, level): &(_, Option<SkillLevel>)| ServiceResourceSkill {
                    skill_id: self.book.skill_name(skill),
                    skill_level: level,
                };
                let mut skills: Vec<_> = agent.skills.iter().map(held).collect();
                skills.sort_by(|a, b| a.skill_id.cmp(&b.skill_id));
                ServiceResource {
                    is_active: agent.is_active,
                    name: agent.name.clone(),
                    related_record_id: agent.name.clone(),
                    resource_type: Name::from("A"),
                    skills,
                }
            })
            .collect();
        resources.sort_by(|a, b| a.name.cmp(&b.name));
        resources
    }

    pub(in crate::runtime) fn waiting(self) -> usize {
        self.book.state().pendings.iter().filter(|(_, record)| record.waits()).count()
    }

    pub(in crate::runtime) fn owner(self, work_item: &str) -> Option<Owner> {
        match &self.book.item(self.book.item_number(work_item)?)?.owner {
            HeldBy::Nobody => None,
            HeldBy::Queue(queue) => Some(Owner::Queue(queue.clone())),
            HeldBy::User(user) => Some(Owner::User(user.clone())),
        }
    }

    fn queue_of(self, terms: &Terms) -> Option<Name> {
        terms.queue.map(|queue| self.plan.queues[queue.at()].name.clone())
    }

    fn view_work(self, number: WorkNo, work: &Work) -> AgentWork {
        let terms = &work.terms;
        let user = self.book.agent_name(work.agent);
        let status = work.status;
        let ended = |is: AgentWorkStatus| work.ended.filter(|_| status == is);
        let is_tab_based = self.plan.channels[work.channel.at()].status.is_none();
        let when_declined = |pool: Pool| work.decline.as_ref().map(|decline| decline.capacity[pool.at()]);
        AgentWork {
            id: number.id(),
            accept_date_time: work.accepted,
            active_time: is_tab_based.then(|| active_time(work)).flatten(),
            acw_extension_count: work.acw.as_ref().map(|acw| acw.extensions),
            acw_extension_duration: work.acw.as_ref().and_then(|acw| acw.extension).map(|(seconds, _)| seconds),
            after_conversation_actual_time: acw_time(work),
            agent_capacity_when_declined: when_declined(Pool::Primary),
            agent_int_capacity_when_declined: when_declined(Pool::Interruptible),
            assigned_date_time: Some(work.assigned),
            bot_id: None,
            cancel_date_time: ended(AgentWorkStatus::Canceled),
            capacity_model: if is_tab_based { CapacityModel::TabBased } else { CapacityModel::StatusBased },
            capacity_percentage: percentage(terms.cost),
            capacity_weight: weight(terms.cost),
            close_date_time: ended(AgentWorkStatus::Closed),
            decline_date_time: ended(AgentWorkStatus::Declined),
            decline_reason: work.decline.as_ref().and_then(|decline| decline.reason.clone()),
            handle_time: handle_time(work),
            is_interruptible: terms.pool == Pool::Interruptible,
            is_owner_change_initiated: work.cause == Cause::OwnerChange,
            is_preferred_user_required: terms.required,
            is_status_change_initiated: work.cause == Cause::StatusChange,
            original_group_id: self.queue_of(terms),
            owner_id: user.clone(),
            pending_service_routing_id: work.pending.map(PendingNo::id),
            preferred_user_id: terms.preferred.map(|agent| self.book.agent_name(agent)),
            push_timeout: terms.push_timeout,
            push_timeout_date_time: ended(AgentWorkStatus::DeclinedOnPushTimeout),
            request_date_time: Some(work.requested),
            routing_model: terms.model,
            routing_priority: terms.priority,
            routing_type: terms.routing_type,
            secondary_routing_priority: terms.secondary,
            service_channel_id: self.plan.channels[work.channel.at()].name.clone(),
            should_skip_capacity_check: work.unchecked,
            speed_to_answer: work.accepted.map(|accepted| seconds(accepted.since(work.requested))),
            status,
            user_id: user,
            work_item_id: self.book.item_name(work.item),
        }
    }
}
