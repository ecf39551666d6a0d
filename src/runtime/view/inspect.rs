//! What can be asked of a runtime beside its records: who holds work, which names it knows, how much capacity is in use.

use std::collections::BTreeSet;

use crate::runtime::book::{Item, PendingNo, Work, WorkNo};
use crate::runtime::contract::records::{AgentWorkStatus, PendingServiceRouting};
use crate::runtime::contract::{
    AgentChange, AgentWorkId, Name, PendingServiceRoutingId, Pool, PoolUse, Refusal, SkillHeld, What, WorkKey,
    WorkOnConsole,
};
use crate::runtime::rules::Rules;

impl<'r> Rules<'r> {
    pub(in crate::runtime) fn holder(self, key: &WorkKey, statuses: &[AgentWorkStatus]) -> Result<Name, Refusal> {
        let WorkKey::WorkItem(name) = key else {
            let work = self.book.work(self.book.find_work(key)?);
            return Ok(work.map_or_else(Name::default, |work| self.book.agent_name(work.agent)));
        };
        let item = self.book.item(self.book.find_item(name)?);
        let works = |works: fn(&Item) -> &[WorkNo]| -> Vec<&Work> {
            item.iter().flat_map(|&item| works(item)).filter_map(|&work| self.book.work(work)).collect()
        };
        let active = works(|item| &item.active);
        let in_status: Vec<_> = active.iter().copied().filter(|work| statuses.contains(&work.status)).collect();
        // Whoever passed the work on may still hold capacity for it.
        let held = match (in_status.is_empty(), active.is_empty()) {
            (false, _) => in_status,
            (true, false) => active,
            (true, true) => works(|item| &item.held),
        };
        let mut users: Vec<Name> = held.iter().map(|work| self.book.agent_name(work.agent)).collect();
        users.sort();
        users.dedup();
        match users.as_slice() {
            [] => Err(Refusal::NobodyHolds { work_item: name.clone() }),
            [user] => Ok(user.clone()),
            _ => Err(Refusal::SeveralHold { work_item: name.clone(), users }),
        }
    }

    pub(in crate::runtime) fn pools(self, user: &str) -> Option<[PoolUse; 2]> {
        let known = self.book.agent(self.book.agent_number(user)?);
        let session = known.session.as_ref()?;
        Some(
            [Pool::Primary, Pool::Interruptible]
                .map(|pool| PoolUse { used: known.used[pool.at()], capacity: session.capacity[pool.at()] }),
        )
    }

    pub(in crate::runtime) fn work_on_console(self, id: AgentWorkId) -> Option<WorkOnConsole> {
        let work = self.book.work(id.into())?;
        let acw = work.acw.as_ref().filter(|acw| acw.ended.is_none());
        let left = acw.and_then(|acw| acw.extension.map(|(_, most)| most.saturating_sub(acw.extensions)));
        Some(WorkOnConsole {
            flag: work.flag.as_ref().map(|flag| flag.message.clone()),
            after_conversation_until: acw.map(|acw| acw.until),
            extensions_left: left.unwrap_or_default(),
        })
    }

    /// The supervisor configuration of a user.
    pub(in crate::runtime) fn supervisor_view(self, user: &Name) -> Option<&'r Name> {
        self.view_of(user).map(|row| &self.plan.views[row].name)
    }

    pub(in crate::runtime) fn has_work(self, user: &str) -> bool {
        let works = self.book.agent_number(user).into_iter().flat_map(|agent| &self.book.agent(agent).works);
        works.filter_map(|&work| self.book.work(work)).any(|work| !work.held)
    }

    pub(in crate::runtime) fn agent(self, user: &str) -> Option<AgentChange> {
        let known = self.book.agent(self.book.agent_number(user)?);
        let held = |&(skill, skill_level): &(_, _)| SkillHeld { skill_id: self.book.skill_name(skill), skill_level };
        Some(AgentChange {
            user: known.name.clone(),
            is_active: Some(known.is_active),
            profile: known.profile.clone(),
            presence_configuration: known.presence.and_then(|presence| self.plan.presences[presence.at()].name.clone()),
            statuses: Some(known.statuses.iter().map(|status| self.plan.statuses[status.at()].name.clone()).collect()),
            queues: Some(known.queues.iter().map(|queue| self.plan.queues[queue.at()].name.clone()).collect()),
            skills: Some(known.skills.iter().map(held).collect()),
            groups: Some(known.groups.clone()),
        })
    }

    pub(in crate::runtime) fn routing_of(
        self,
        work_item: &str,
    ) -> Option<(Option<PendingServiceRoutingId>, Vec<AgentWorkId>)> {
        let item = self.book.item(self.book.item_number(work_item)?)?;
        Some((item.pending.map(PendingNo::id), item.active.iter().map(|work| work.id()).collect()))
    }

    pub(in crate::runtime) fn is_record(self, name: &str) -> bool {
        self.book.item_number(name).is_some()
    }

    pub(in crate::runtime) fn record_count(self) -> usize {
        self.book.state().items.len()
    }

    pub(in crate::runtime) fn names(self, what: What) -> Vec<Name> {
        let mut names: Vec<Name> = match what {
            What::Queue => self.plan.queue_names.all(),
            What::ServiceChannel => self.plan.channel_names.all(),
            What::PresenceStatus => self.plan.status_names.all(),
            What::PresenceConfiguration => self.plan.presence_names.all(),
            What::RoutingConfiguration => self.plan.config_names.all(),
            What::Skill => self.book.index().skill_names.clone(),
            What::Agent => self.book.state().agents.iter().map(|agent| agent.name.clone()).collect(),
            What::WorkItem => self.book.state().items.iter().map(|(_, item)| item.name.clone()).collect(),
            What::AgentWork
            | What::PendingServiceRouting
            | What::SkillRequirement
            | What::AgentWorkSkill
            | What::UserServicePresence => Vec::new(),
        };
        names.sort();
        names
    }

    pub(in crate::runtime) fn flow_names(self) -> Vec<Name> {
        let mut names: Vec<Name> = self.plan.flows.iter().map(|work| work.flow().clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    pub(in crate::runtime) fn routed_objects(self, queue: Option<&str>) -> Vec<Name> {
        let queues = self.plan.queues.iter().filter(|row| queue.is_none_or(|queue| row.name == queue));
        let mut objects: Vec<Name> = queues.flat_map(|row| &row.objects).map(|(object, _)| object.clone()).collect();
        if queue.is_none() {
            objects.extend(self.plan.channels.iter().filter_map(|row| row.object.clone()));
        }
        objects.sort();
        objects.dedup();
        objects
    }

    pub(in crate::runtime) fn compared_fields(self) -> BTreeSet<Name> {
        let of_channels = self.plan.channels.iter().flat_map(|row| {
            let status = row.status.as_ref().map(|status| &status.field);
            status.into_iter().chain(row.secondary.as_ref().map(|(field, _)| field))
        });
        let fields = of_channels.chain(self.plan.rules.iter().map(|rule| &rule.field));
        fields.map(|field| Name::from(field.split_once('.').map_or(field.as_str(), |(_, bare)| bare))).collect()
    }

    pub(in crate::runtime) fn decline_reasons(self, user: &str) -> &'r [Name] {
        let presence = self.book.agent_number(user).map(|agent| &self.plan.presences[self.presence_of(agent).at()]);
        presence
            .and_then(|presence| presence.decline.as_ref())
            .map(|(reasons, _)| reasons.as_slice())
            .unwrap_or_default()
    }

    pub(in crate::runtime) fn waited(self, request: &PendingServiceRouting) -> i64 {
        let since = self
            .book
            .state()
            .pendings
            .get(PendingNo::from(request.id))
            .map_or(request.created_date, |record| record.requested);
        self.book.state().now.since(since).max(0)
    }
}
