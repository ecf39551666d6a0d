//! Reps log in, change their status, and log out.

use crate::runtime::contract::{ConsoleEvent, ConsoleResult, Name, Refusal};
use crate::runtime::directory::planned;
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn data_recovered(&mut self) {
        let mut online: Vec<_> = (0..self.book.state().agents.len())
            .map(planned)
            .filter(|&agent| self.book.session(agent).is_some())
            .collect();
        online.sort_by_key(|&agent| self.book.agent_name(agent));
        for agent in online {
            self.end_session(agent);
        }
        let stream = self.book.stream_mut();
        stream.reset = stream.next_replay_id - 1;
        stream.retained.clear();
    }

    pub(in crate::runtime) fn login(&mut self, user: &Name, status: &Name) -> Result<(), Refusal> {
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

    pub(in crate::runtime) fn set_service_presence_status(
        &mut self,
        user: &Name,
        status: &Name,
    ) -> Result<(), Refusal> {
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

    pub(in crate::runtime) fn logout(&mut self, user: &Name) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        self.result(user, ConsoleResult::Logout { success: true });
        self.end_session(agent);
        Ok(())
    }

    pub(in crate::runtime) fn connection_lost(&mut self, user: &Name, error: Option<&Name>) -> Result<(), Refusal> {
        let agent = self.rules().logged_in(user)?;
        let error = error.cloned().unwrap_or_else(|| Name::from("connection lost"));
        self.console(agent, ConsoleEvent::ConnectionError { error });
        self.end_session(agent);
        Ok(())
    }
}
