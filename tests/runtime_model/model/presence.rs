//! Sessions and presence statuses, and what an agent's console is told.

use omnic::runtime::records::AgentWorkStatus as Status;
use omnic::runtime::{ConsoleEvent, ConsoleResult, ConsoleWork, Effect, Name, Refusal, What};

use super::names::unknown;
use super::work::seconds;
use super::{Model, PastPresence, Pool, Presence, Session, Step};

impl Model {
    pub(super) fn answer(&mut self, user: &Name, result: ConsoleResult) {
        self.tell(Effect::Result { user: user.clone(), result });
    }

    /// The capacity in use, of both kinds, in ten-thousandths of a unit.
    pub(super) fn workload(&self, user: &str) -> i64 {
        self.used(user, Pool::Primary).0 + self.used(user, Pool::Interruptible).0
    }

    /// Tells the agent's console, if the workload is another one than before.
    pub(super) fn tell_workload(&mut self, user: &Name, before: i64) {
        let now = self.workload(user);
        if now != before && self.session_of(user).is_some() {
            let units = |units: i64| omnic::plan::Units(units);
            let configured_capacity = self.capacity(user)[0];
            let (previous_workload, new_workload) = (units(before), units(now));
            self.console(user, ConsoleEvent::WorkloadChanged { configured_capacity, previous_workload, new_workload });
        }
    }

    /// `login`, or `setServicePresenceStatus`.
    pub(super) fn enter(&mut self, user: &Name, status: &Name, is_login: bool) -> Step {
        let agent = self.known_agent(user)?;
        if !agent.active {
            return Err(Refusal::Inactive { user: user.clone() });
        }
        if self.status(status).is_none() {
            return unknown(What::PresenceStatus, status);
        }
        if !self.is_granted(agent, status) {
            return Err(Refusal::StatusNotGranted { user: user.clone(), status: status.clone() });
        }
        let channels = self.console_channels(status);
        let (status_name, status_api_name, status_id) = (status.clone(), status.clone(), status.clone());
        let of_status = ConsoleResult::SetServicePresenceStatus { status_name, status_api_name, status_id, channels };
        self.answer(user, if is_login { ConsoleResult::Login { success: true } } else { of_status });
        let present = self.session_of(user).map(|session| session.presence.status.clone());
        if present.is_none() {
            self.begin_session(user, status);
        } else if present.as_ref() != Some(status) {
            self.end_wrap_ups(user);
            self.change_status(user, status);
        }
        if is_login || present.is_none() {
            self.console(user, ConsoleEvent::LoginSuccess { status_id: status.clone() });
        }
        Ok(())
    }

    fn begin_session(&mut self, user: &Name, status: &Name) {
        let governed = self.governed(self.find_agent(user).expect("a known agent"));
        let (id, since, presence) = (self.new_session_id(), self.now, self.new_presence(status));
        self.agent(user).session = Some(Session { id, since, governed, presence, last_assigned: None, focus: None });
        self.tell_presence(user);
    }

    fn new_presence(&mut self, status: &Name) -> Presence {
        let (id, status, since) = (self.new_presence_id(), status.clone(), self.now);
        Presence { id, status, since, at_capacity: 0, idle: 0, unit_milliseconds: 0 }
    }

    fn tell_presence(&mut self, user: &Name) {
        let session = self.session_of(user).expect("a session").clone();
        let (id, status) = (session.presence.id, session.presence.status);
        self.tell(Effect::UserServicePresenceStarted {
            id,
            user_id: user.clone(),
            is_away: self.channels_of_status(&status).is_empty(),
            service_presence_status_id: status,
            session: session.id,
        });
    }

    pub(super) fn change_status(&mut self, user: &Name, status: &Name) {
        self.end_presence(user);
        let presence = self.new_presence(status);
        self.agent(user).session.as_mut().expect("a session").presence = presence;
        self.tell_presence(user);
        let channels = self.console_channels(status);
        let (status_name, status_api_name, status_id) = (status.clone(), status.clone(), status.clone());
        self.console(user, ConsoleEvent::StatusChanged { status_id, channels, status_name, status_api_name });
    }

    #[expect(clippy::cast_precision_loss, reason = "as exact as an average needs to be")]
    fn end_presence(&mut self, user: &Name) {
        let presence = self.session_of(user).expect("a session").presence.clone();
        let duration = self.now.since(presence.since);
        let (id, status) = (presence.id, presence.status.clone());
        self.presences.push(PastPresence { id, user: user.clone(), status });
        let average = (presence.unit_milliseconds as f64 / duration as f64).round();
        self.tell(Effect::UserServicePresenceEnded {
            id: presence.id,
            user_id: user.clone(),
            service_presence_status_id: presence.status,
            status_duration: seconds(duration),
            at_capacity_duration: seconds(presence.at_capacity),
            idle_duration: seconds(presence.idle),
            average_capacity: (duration > 0).then_some(omnic::plan::Units(average as i64)),
        });
    }

    pub(super) fn logout(&mut self, user: &Name) -> Step {
        self.session(user)?;
        self.answer(user, ConsoleResult::Logout { success: true });
        self.end_session(user);
        Ok(())
    }

    pub(super) fn connection_lost(&mut self, user: &Name, error: Option<&Name>) -> Step {
        self.session(user)?;
        let error = error.cloned().unwrap_or_else(|| "connection lost".into());
        self.console(user, ConsoleEvent::ConnectionError { error });
        self.end_session(user);
        Ok(())
    }

    pub(super) fn end_session(&mut self, user: &Name) {
        let before = self.workload(user);
        let held: Vec<_> = self.held(user).cloned().collect();
        for work in held {
            if work.is_held {
                self.end_acw(work.id);
                self.work(work.id).is_held = false;
            } else if work.status == Status::Assigned {
                self.end(work.id, Status::Unavailable);
                if let Some(psr) = work.psr {
                    self.put_back(psr, None);
                }
            } else if !self.is_status_based(&work.terms.channel) {
                self.close_and_hold(work.id);
            }
        }
        self.tell_workload(user, before);
        self.end_presence(user);
        self.console(user, ConsoleEvent::Logout {});
        self.agent(user).session = None;
    }

    pub(super) fn get_status_id(&mut self, user: &Name) -> Step {
        let status = self.session(user)?.presence.status.clone();
        let (status_name, status_api_name, status_id) = (status.clone(), status.clone(), status);
        self.answer(user, ConsoleResult::GetServicePresenceStatusId { status_name, status_api_name, status_id });
        Ok(())
    }

    pub(super) fn get_status_channels(&mut self, user: &Name) -> Step {
        let status = self.session(user)?.presence.status.clone();
        let channels = self.console_channels(&status);
        self.answer(user, ConsoleResult::GetServicePresenceStatusChannels { channels });
        Ok(())
    }

    pub(super) fn get_works(&mut self, user: &Name) -> Step {
        self.session(user)?;
        let console_work = |work: &super::Work| ConsoleWork {
            work_item_id: work.item.clone(),
            work_id: work.id,
            is_engaged: work.status != Status::Assigned,
        };
        let works = self.held(user).map(console_work).collect();
        self.answer(user, ConsoleResult::GetAgentWorks { works });
        Ok(())
    }

    pub(super) fn get_workload(&mut self, user: &Name) -> Step {
        self.session(user)?;
        let configured_capacity = self.capacity(user)[0];
        let current_workload = omnic::plan::Units(self.workload(user));
        self.answer(user, ConsoleResult::GetAgentWorkload { configured_capacity, current_workload });
        Ok(())
    }
}
