//! A session begins, changes its status, and ends.

use super::runtime::Runtime;
use crate::runtime::book::{PresenceNo, PresenceRecord, Session};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{ConsoleEvent, ConsoleResult, Effect, Name, SessionId};
use crate::runtime::numbers::{AgentIx, StatusIx};
use crate::runtime::view::seconds;

impl Runtime {
    pub(in crate::runtime) fn begin_session(&mut self, agent: AgentIx, status: StatusIx) {
        let now = self.book.state().now;
        let presence = self.rules().governing(agent);
        let capacity = self.plan.presences[presence.at()].capacity;
        let id = SessionId(self.book.next_session());
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
    ) -> PresenceNo {
        let now = self.book.state().now;
        let number = self.book.add_presence(PresenceRecord {
            agent,
            status,
            started: now,
            ended: None,
            capacity,
            at_capacity_ms: 0,
            idle_ms: 0,
            used_ms: 0,
            counted: now,
            deleted: false,
        });
        let row = &self.plan.statuses[status.at()];
        let effect = Effect::UserServicePresenceStarted {
            id: number.id(),
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
        let now = self.book.state().now;
        let user_id = self.book.agent_name(agent);
        let Some(record) = self.book.presence_mut(number) else { return };
        record.ended = Some(now);
        let effect = Effect::UserServicePresenceEnded {
            id: number.id(),
            user_id,
            service_presence_status_id: self.plan.statuses[record.status.at()].name.clone(),
            status_duration: seconds(now.since(record.started)),
            at_capacity_duration: seconds(record.at_capacity_ms),
            idle_duration: seconds(record.idle_ms),
            average_capacity: crate::runtime::view::average_capacity(record),
        };
        self.emit(effect);
        if self.rules().forgets() {
            self.book.remove_presence(number);
        }
    }

    /// An agent takes another status.
    pub(in crate::runtime) fn choose_status(&mut self, agent: AgentIx, status: StatusIx) {
        if self.book.session(agent).is_some_and(|session| session.status != status) {
            self.end_wrap_ups(agent);
        }
        self.change_status(agent, status);
    }

    /// Brings an agent into another status; into the same one, nothing happens.
    pub(in crate::runtime) fn change_status(&mut self, agent: AgentIx, status: StatusIx) {
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

    /// The agent is offline: offers go back, tab-based work ends, status-based work stays.
    pub(in crate::runtime) fn end_session(&mut self, agent: AgentIx) {
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

    pub(in crate::runtime) fn result(&mut self, user: &Name, result: ConsoleResult) {
        self.emit(Effect::Result { user: user.clone(), result });
    }
}
