//! What an agent's console can do: the methods of the toolkits, each by its name.

use crate::runtime::book::{Flag, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{ConsoleEvent, ConsoleResult, ConsoleWork, FlagRole, Name, Pool, Refusal, WorkKey};
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn after_conversation_work_extended(
        &mut self,
        user: &Name,
        key: &WorkKey,
    ) -> Result<(), Refusal> {
        let (_, work) = self.rules().own_closable(user, key)?;
        let id = work.id();
        let Some(acw) = self.book.work(work).and_then(|record| record.acw.as_ref()) else {
            return Err(Refusal::NoExtension { work: id });
        };
        let Some((seconds, most)) = acw.extension.filter(|_| acw.ended.is_none()) else {
            return Err(Refusal::NoExtension { work: id });
        };
        if acw.extensions >= most {
            return Err(Refusal::NoMoreExtensions { work: id, most });
        }
        self.book.extend_acw(work, seconds);
        self.tell_acw(work);
        Ok(())
    }

    pub(in crate::runtime) fn get_service_presence_status_id(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let Some(session) = self.book.session(agent) else { return Ok(()) };
        let name = &self.plan.statuses[session.status.at()].name;
        let result = ConsoleResult::GetServicePresenceStatusId {
            status_name: name.clone(),
            status_api_name: name.clone(),
            status_id: name.clone(),
        };
        self.result(user, result);
        Ok(())
    }

    pub(in crate::runtime) fn get_service_presence_status_channels(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let Some(session) = self.book.session(agent) else { return Ok(()) };
        let channels = self.rules().console_channels(&self.plan.statuses[session.status.at()].channels);
        self.result(user, ConsoleResult::GetServicePresenceStatusChannels { channels });
        Ok(())
    }

    pub(in crate::runtime) fn get_agent_works(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let work = |&number: &WorkNo| {
            let work = self.book.work(number)?;
            Some(ConsoleWork {
                work_item_id: self.book.item_name(work.item),
                work_id: number.id(),
                is_engaged: !work.is_offered(),
            })
        };
        let works = self.book.agent(agent).works.iter().filter_map(work).collect();
        self.result(user, ConsoleResult::GetAgentWorks { works });
        Ok(())
    }

    pub(in crate::runtime) fn get_agent_workload(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let result = ConsoleResult::GetAgentWorkload {
            configured_capacity: self.rules().capacity_of(agent)[Pool::Primary.at()],
            current_workload: self.rules().workload(agent),
        };
        self.result(user, result);
        Ok(())
    }

    pub(in crate::runtime) fn accept_agent_work(&mut self, user: &Name, key: &WorkKey) -> Result<(), Refusal> {
        let (_, work) = self.book.own_work(user, key, AgentWorkStatus::Assigned)?;
        self.result(user, ConsoleResult::AcceptAgentWork { success: true });
        self.accept(work);
        Ok(())
    }

    pub(in crate::runtime) fn decline_agent_work(
        &mut self,
        user: &Name,
        key: &WorkKey,
        reason: Option<&Name>,
    ) -> Result<(), Refusal> {
        let (agent, work) = self.book.own_work(user, key, AgentWorkStatus::Assigned)?;
        let Some(record) = self.book.work(work) else { return Ok(()) };
        if record.terms.required {
            return Err(Refusal::PreferredUserRequired { work: work.id() });
        }
        let presence = &self.plan.presences[self.rules().presence_of(agent).at()];
        let by_itself = self.plan.channels[record.channel.at()].auto_accept;
        let Some((reasons, _)) = presence.decline.as_ref().filter(|_| !by_itself) else {
            return Err(Refusal::DeclineNotEnabled { user: user.clone() });
        };
        if let Some(reason) = reason.filter(|reason| !reasons.is_empty() && !reasons.contains(reason)) {
            return Err(Refusal::DeclineReason { user: user.clone(), reason: reason.clone() });
        }
        self.result(user, ConsoleResult::DeclineAgentWork { success: true });
        self.give_back(work, AgentWorkStatus::Declined, reason.cloned());
        Ok(())
    }

    pub(in crate::runtime) fn close_agent_work(&mut self, user: &Name, key: &WorkKey) -> Result<(), Refusal> {
        let (_, work) = self.rules().own_closable(user, key)?;
        self.result(user, ConsoleResult::CloseAgentWork { success: true });
        self.finish(work);
        Ok(())
    }

    pub(in crate::runtime) fn tab_closed(&mut self, user: &Name, key: &WorkKey) -> Result<(), Refusal> {
        let (_, work) = self.rules().own_closable(user, key)?;
        let Some(record) = self.book.work(work) else { return Ok(()) };
        if record.held || self.plan.channels[record.channel.at()].status.is_none() {
            self.finish(work);
        }
        Ok(())
    }

    pub(in crate::runtime) fn tab_focused(&mut self, user: &Name, key: Option<&WorkKey>) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let work =
            key.map(|key| self.book.own_work(user, key, AgentWorkStatus::Opened)).transpose()?.map(|(_, work)| work);
        let before = self.book.session(agent).and_then(|session| session.focus);
        if before == work {
            return Ok(());
        }
        if let Some(before) = before {
            self.lose_focus(before);
        }
        let now = self.book.state().now;
        if let Some(session) = &mut self.book.agent_mut(agent).session {
            session.focus = work;
        }
        if let Some(record) = work.and_then(|work| self.book.work_mut(work)) {
            record.focused_since = Some(now);
        }
        Ok(())
    }

    pub(in crate::runtime) fn raise_agent_work_flag(
        &mut self,
        user: &Name,
        key: &WorkKey,
        message: Option<&Name>,
    ) -> Result<(), Refusal> {
        let work = self.rules().own_active(user, key)?;
        self.result(user, ConsoleResult::RaiseAgentWorkFlag { success: true });
        self.set_flag(work, Some(Flag { message: message.cloned() }), FlagRole::Agent, user);
        Ok(())
    }

    pub(in crate::runtime) fn lower_agent_work_flag(&mut self, user: &Name, key: &WorkKey) -> Result<(), Refusal> {
        let work = self.rules().own_active(user, key)?;
        self.result(user, ConsoleResult::LowerAgentWorkFlag { success: true });
        self.set_flag(work, None, FlagRole::Agent, user);
        Ok(())
    }

    /// Raises or lowers a flag, and tells the console of the agent who has the work.
    pub(in crate::runtime) fn set_flag(&mut self, work: WorkNo, flag: Option<Flag>, role: FlagRole, by: &Name) {
        let Some(record) = self.book.work_mut(work) else { return };
        record.flag = flag.clone().map(Box::new);
        let agent = record.agent;
        let event = ConsoleEvent::WorkFlagUpdated {
            work_id: work.id(),
            is_flagged: flag.is_some(),
            message: flag.and_then(|flag| flag.message),
            role_updated_by: role,
            updated_by: by.clone(),
        };
        self.console(agent, event);
    }
}
