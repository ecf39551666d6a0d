//! What consoles and partners are told.

use super::runtime::Runtime;
use crate::runtime::book::PendingNo;
use crate::runtime::contract::{Change, ConsoleEvent, Effect, StreamingEvent};
use crate::runtime::numbers::AgentIx;

impl Runtime {
    /// Tells an agent's console, if there is one.
    pub(in crate::runtime) fn console(&mut self, agent: AgentIx, event: ConsoleEvent) {
        if self.book.session(agent).is_none() {
            return;
        }
        let user = self.book.agent_name(agent);
        self.emit(Effect::Console { user, event });
    }

    /// Tells partners what happened to a `PendingServiceRouting`.
    pub(in crate::runtime) fn stream(&mut self, pending: PendingNo, kind: Change) {
        let Some(sobject) = self.rules().pending_service_routing(pending.id()) else { return };
        self.forget_old_events();
        let created_date = self.book.state().now;
        let stream = self.book.stream_mut();
        let event = StreamingEvent { kind, replay_id: stream.next_replay_id, created_date, sobject };
        stream.next_replay_id += 1;
        stream.retained.push_back(event.clone());
        self.emit(Effect::Streaming { event: Box::new(event) });
    }

    pub(in crate::runtime) fn forget_old_events(&mut self) {
        while self.book.state().stream.retained.front().is_some_and(|event| !self.rules().is_retained(event)) {
            self.book.stream_mut().retained.pop_front();
        }
    }
}
