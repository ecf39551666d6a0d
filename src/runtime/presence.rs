//! Who is logged in, and in which status.

use super::Rules;
use super::index_types::{AgentIx, ChannelIx, StatusIx};
use super::records::AgentWorkStatus;
use super::state::{PresenceRecord, Session};
use super::view;
use super::{
    ConsoleChannel, ConsoleEvent, ConsoleResult, Effect, Name, Refusal, Runtime, SessionId, UnknownGrants,
    UserServicePresenceId,
};

impl Runtime {
    pub(super) fn login(&mut self, user: &Name, status: &Name) -> Result<(), Refusal> {
        let (agent, status) = self.rules().may_enter(user, status)?;
        self.result(user, ConsoleResult::Login { success: true });
        if self.book.session(agent).is_some() {
            self.choose_status(agent, status);
            let status_id = self.plan.statuses[status.at()].name.clone();
            self.console(agent, ConsoleEvent::LoginSuccess { status_id });
        } else {
            self.begin_session(agent, status);
        }
        Ok(())
    }

    pub(super) fn set_service_presence_status(&mut self, user: &Name, status: &Name) -> Result<(), Refusal> {
        let (agent, status) = self.rules().may_enter(user, status)?;
        let row = &self.plan.statuses[status.at()];
        let result = ConsoleResult::SetServicePresenceStatus {
            status_name: row.name.clone(),
            status_api_name: row.name.clone(),
            status_id: row.name.clone(),
            channels: self.rules().console_channels(&row.channels),
        };
        self.result(user, result);
        if self.book.session(agent).is_some() {
            self.choose_status(agent, status);
        } else {
            self.begin_session(agent, status);
        }
        Ok(())
    }

    fn begin_session(&mut self, agent: AgentIx, status: StatusIx) {
        let now = self.book.state.now;
        let presence = self.rules().governing(agent);
        let capacity = self.plan.presences[presence.at()].capacity;
        let id = SessionId(self.book.state.next_session);
        self.book.state.next_session += 1;
        let record = self.start_record(agent, status, capacity, id);
        self.book.agent_mut(agent).session =
            Some(Session { id, presence, status, record, login: now, last_assignment: None, capacity, focus: None });
        self.take_seats(agent);
        self.freed.push(agent);
        let status_id = self.plan.statuses[status.at()].name.clone();
        self.console(agent, ConsoleEvent::LoginSuccess { status_id });
    }

    /// Begins a `UserServicePresence`.
    fn start_record(
        &mut self,
        agent: AgentIx,
        status: StatusIx,
        capacity: [crate::plan::Units; 2],
        session: SessionId,
    ) -> u64 {
        let now = self.book.state.now;
        let number = self.book.state.presences.add(PresenceRecord {
            agent,
            status,
            started: now,
            ended: None,
            capacity,
            at_capacity_ms: 0,
            idle_ms: 0,
            used_ms: 0,
            counted: now,
        });
        let row = &self.plan.statuses[status.at()];
        let effect = Effect::UserServicePresenceStarted {
            id: UserServicePresenceId(number),
            user_id: self.book.agent_name(agent),
            service_presence_status_id: row.name.clone(),
            is_away: row.away,
            session,
        };
        self.emit(effect);
        number
    }

    /// Ends the current `UserServicePresence`.
    fn end_record(&mut self, agent: AgentIx) {
        self.count_presence(agent);
        let Some(number) = self.book.session(agent).map(|session| session.record) else { return };
        let now = self.book.state.now;
        let user_id = self.book.agent_name(agent);
        let Some(record) = self.book.state.presences.get_mut(number) else { return };
        record.ended = Some(now);
        let effect = Effect::UserServicePresenceEnded {
            id: UserServicePresenceId(number),
            user_id,
            service_presence_status_id: self.plan.statuses[record.status.at()].name.clone(),
            status_duration: view::seconds(now.since(record.started)),
            at_capacity_duration: view::seconds(record.at_capacity_ms),
            idle_duration: view::seconds(record.idle_ms),
            average_capacity: view::average_capacity(record),
        };
        self.emit(effect);
        if self.rules().forgets() {
            self.book.state.presences.remove(number);
        }
    }

    /// An agent takes another status.
    fn choose_status(&mut self, agent: AgentIx, status: StatusIx) {
        if self.book.session(agent).is_some_and(|session| session.status != status) {
            self.end_wrap_ups(agent);
        }
        self.change_status(agent, status);
    }

    /// Brings an agent into another status; into the same one, nothing happens.
    pub(super) fn change_status(&mut self, agent: AgentIx, status: StatusIx) {
        let Some(session) = self.book.session(agent).filter(|session| session.status != status) else { return };
        let (id, capacity) = (session.id, session.capacity);
        self.end_record(agent);
        let record = self.start_record(agent, status, capacity, id);
        if let Some(session) = &mut self.book.agent_mut(agent).session {
            session.status = status;
            session.record = record;
        }
        self.take_seats(agent);
        self.freed.push(agent);
        let row = &self.plan.statuses[status.at()];
        let event = ConsoleEvent::StatusChanged {
            status_id: row.name.clone(),
            channels: self.rules().console_channels(&row.channels),
            status_name: row.name.clone(),
            status_api_name: row.name.clone(),
        };
        self.console(agent, event);
    }

    pub(super) fn logout(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        self.result(user, ConsoleResult::Logout { success: true });
        self.end_session(agent);
        Ok(())
    }

    pub(super) fn connection_lost(&mut self, user: &Name, error: Option<&Name>) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let error = error.cloned().unwrap_or_else(|| Name::from("connection lost"));
        self.console(agent, ConsoleEvent::ConnectionError { error });
        self.end_session(agent);
        Ok(())
    }

    /// The agent is offline: offers go back, tab-based work ends, status-based work stays.
    pub(super) fn end_session(&mut self, agent: AgentIx) {
        // Nothing more is offered while the work goes back.
        let before = self.rules().workload(agent);
        let tells = std::mem::replace(&mut self.quiet, true);
        for work in self.book.agent(agent).works.clone() {
            let Some(record) = self.book.work(work) else { continue };
            if record.held {
                self.let_go(work);
            } else if record.is_offered() {
                self.give_back(work, AgentWorkStatus::Unavailable, None);
            } else if self.plan.channels[record.channel.at()].status.is_none() {
                self.close(work, AgentWorkStatus::Closed);
            }
        }
        self.quiet = tells;
        self.tell_workload(agent, before);
        self.end_record(agent);
        self.console(agent, ConsoleEvent::Logout {});
        self.book.agent_mut(agent).session = None;
        self.take_seats(agent);
    }

    pub(super) fn result(&mut self, user: &Name, result: ConsoleResult) {
        self.emit(Effect::Result { user: user.clone(), result });
    }
}

impl Rules<'_> {
    /// Agents may only enter statuses that their profile or a permission set grants (Set Up Omni-Channel Developer Guide
    /// v56, `login`).
    fn may_enter(self, user: &Name, status: &Name) -> Result<(AgentIx, StatusIx), Refusal> {
        let agent = self.book.find_agent(user)?;
        let known = self.book.agent(agent);
        if !known.is_active {
            return Err(Refusal::Inactive { user: user.clone() });
        }
        let status = self.plan.status_names.find(status)?;
        let row = &self.plan.statuses[status.at()];
        let by_profile =
            || !known.statuses_exact && known.profile.as_ref().is_some_and(|profile| row.profiles.contains(profile));
        let unknown = || !known.statuses_complete && self.book.state.options.unknown_grants == UnknownGrants::Allow;
        if known.statuses.contains(&status) || by_profile() || unknown() {
            return Ok((agent, status));
        }
        Err(Refusal::StatusNotGranted { user: user.clone(), status: row.name.clone() })
    }

    pub(super) fn logged_in(self, user: &Name) -> Result<AgentIx, Refusal> {
        let agent = self.book.find_agent(user)?;
        self.book.session(agent).map(|_| agent).ok_or_else(|| Refusal::NotLoggedIn { user: user.clone() })
    }

    pub(super) fn console_channels(self, channels: &[ChannelIx]) -> Vec<ConsoleChannel> {
        let name = |channel: &ChannelIx| self.plan.channels[channel.at()].name.clone();
        channels
            .iter()
            .map(|channel| ConsoleChannel { channel_id: name(channel), developer_name: name(channel) })
            .collect()
    }
}
