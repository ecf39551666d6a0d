//! `AgentWork`: accepted, declined, timed out, closed; after conversation work; focus.

use omnic::plan::{Acceptance, StatusMeaning};
use omnic::runtime::records::AgentWorkStatus as Status;
use omnic::runtime::{AcwEnd, AgentWorkId, ConsoleEvent, ConsoleResult, Effect, Name, Owner, Refusal, Time, WorkKey};

use super::agents::{decline_reasons, status_on_decline};
use super::{Acw, Model, Step, Work};

/// Whole seconds.
pub(super) fn seconds(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(1_000)
}

impl Model {
    pub(super) fn accept_by_agent(&mut self, user: &Name, key: &WorkKey) -> Step {
        let work = self.own(user, key, Status::Assigned)?;
        self.answer(user, ConsoleResult::AcceptAgentWork { success: true });
        self.accept(work.id);
        Ok(())
    }

    pub(super) fn accept_if_automatic(&mut self, id: AgentWorkId) {
        let work = self.work(id).clone();
        let of_agent =
            self.session_of(&work.user).is_some_and(|session| session.governed.acceptance == Acceptance::Auto);
        if self.channel(&work.terms.channel).auto_accept || of_agent {
            self.accept(id);
        }
    }

    fn accept(&mut self, id: AgentWorkId) {
        let now = self.now;
        let work = self.work(id);
        work.status = Status::Opened;
        work.accepted = Some(now);
        work.timeout_at = None;
        let work = work.clone();
        let (item, user) = (work.item, work.user);
        let speed_to_answer = seconds(now.since(work.requested));
        self.tell(Effect::AgentWorkOpened { id, work_item_id: item.clone(), user_id: user.clone(), speed_to_answer });
        if let Some(psr) = work.psr {
            self.delete_psr(psr);
        }
        if let Some(first) = work.from {
            self.set_owner(&item, &Owner::User(user.clone()));
            if self.works.iter().any(|work| work.id == first && work.status == Status::Opened) {
                self.hand_on(first);
            }
        }
        self.console(&user, ConsoleEvent::WorkAccepted { work_item_id: item.clone(), work_id: id });
        match self.item(&item).ok().and_then(|item| item.meaning) {
            Some(StatusMeaning::Completed) => self.close(id),
            Some(StatusMeaning::Paused) => self.pause(id, true),
            _ => {}
        }
    }

    pub(super) fn decline_by_agent(&mut self, user: &Name, key: &WorkKey, reason: Option<&Name>) -> Step {
        let work = self.own(user, key, Status::Assigned)?;
        let acceptance = self.session(user)?.governed.acceptance.clone();
        if work.terms.required {
            return Err(Refusal::PreferredUserRequired { work: work.id });
        }
        let is_automatic = self.channel(&work.terms.channel).auto_accept;
        if is_automatic || !matches!(acceptance, Acceptance::Decline { .. }) {
            return Err(Refusal::DeclineNotEnabled { user: user.clone() });
        }
        let reasons = decline_reasons(&acceptance);
        if let Some(reason) = reason
            && !reasons.is_empty()
            && !reasons.contains(reason)
        {
            return Err(Refusal::DeclineReason { user: user.clone(), reason: reason.clone() });
        }
        self.answer(user, ConsoleResult::DeclineAgentWork { success: true });
        let status = status_on_decline(&acceptance);
        self.unanswered(work.id, Status::Declined, status);
        Ok(())
    }

    pub(super) fn push_timeout(&mut self, id: AgentWorkId) {
        let user = self.work(id).user.clone();
        let status = self.session_of(&user).expect("who is offered work is logged in").governed.on_push_timeout.clone();
        self.unanswered(id, Status::DeclinedOnPushTimeout, status);
    }

    /// The agent does not take the work, and is in another status from now on.
    fn unanswered(&mut self, id: AgentWorkId, how: Status, status: Option<Name>) {
        let work = self.work(id).clone();
        let session = self.session_of(&work.user).expect("who is offered work is logged in").id;
        let before = self.workload(&work.user);
        self.end(id, how);
        if how == Status::Declined {
            let (work_item_id, work_id) = (work.item.clone(), id);
            self.console(&work.user, ConsoleEvent::WorkDeclined { work_item_id, work_id });
        }
        self.tell_workload(&work.user, before);
        if let Some(psr) = work.psr {
            self.put_back(psr, Some(session));
        }
        if let Some(status) = status
            .filter(|status| self.session_of(&work.user).is_some_and(|session| session.presence.status != *status))
        {
            self.change_status(&work.user, &status);
        }
    }

    pub(super) fn close_by_agent(&mut self, user: &Name, key: &WorkKey) -> Step {
        let work = self.own_closable(user, key)?;
        self.answer(user, ConsoleResult::CloseAgentWork { success: true });
        self.close(work.id);
        Ok(())
    }

    pub(super) fn tab_closed(&mut self, user: &Name, key: &WorkKey) -> Step {
        let work = self.own_closable(user, key)?;
        if work.is_held || !self.is_status_based(&work.terms.channel) {
            self.close(work.id);
        }
        Ok(())
    }

    /// Open work leaves its agent. Who leaves a call has after conversation work.
    pub(super) fn hand_on(&mut self, id: AgentWorkId) {
        let work = self.work(id).clone();
        if &*self.item(&work.item).expect("a known item").object == "VoiceCall" {
            self.begin_acw(&work);
        }
        if self.work(id).acw.is_some_and(|acw| acw.ended.is_none()) {
            self.hold(id);
        } else {
            self.end_and_release(id, Status::Transferred);
        }
    }

    /// Open work is transferred, and takes its capacity all the same.
    pub(super) fn hold(&mut self, id: AgentWorkId) {
        self.end_record(id, Status::Transferred);
        self.work(id).is_held = true;
    }

    /// What was held is not held any longer.
    fn let_go(&mut self, id: AgentWorkId) {
        self.end_acw(id);
        let user = self.work(id).user.clone();
        let before = self.workload(&user);
        self.work(id).is_held = false;
        self.tell_workload(&user, before);
    }

    /// The agent's change of status ends after conversation work.
    pub(super) fn end_wrap_ups(&mut self, user: &Name) {
        let held: Vec<_> = self.held(user).cloned().collect();
        for work in held.iter().filter(|work| work.acw.is_some_and(|acw| acw.ended.is_none())) {
            self.close(work.id);
        }
    }

    /// Closes open work, or lets go of what is held.
    pub(super) fn close(&mut self, id: AgentWorkId) {
        let work = self.work(id).clone();
        if work.is_held {
            self.let_go(id);
            return;
        }
        let before = self.workload(&work.user);
        self.close_and_hold(id);
        self.tell_workload(&work.user, before);
    }

    /// Closes, and does not yet tell what that does to the workload.
    pub(super) fn close_and_hold(&mut self, id: AgentWorkId) {
        let work = self.work(id).clone();
        self.end(id, Status::Closed);
        self.console(&work.user, ConsoleEvent::WorkClosed { work_item_id: work.item, work_id: id });
    }

    pub(super) fn end_and_release(&mut self, id: AgentWorkId, how: Status) {
        let user = self.work(id).user.clone();
        let before = self.workload(&user);
        self.end(id, how);
        self.tell_workload(&user, before);
    }

    /// The work is over, and after conversation work with it.
    pub(super) fn end(&mut self, id: AgentWorkId, how: Status) {
        self.end_acw(id);
        self.end_record(id, how);
    }

    fn end_record(&mut self, id: AgentWorkId, how: Status) {
        let now = self.now;
        let work = self.work(id);
        work.status = how;
        let work = work.clone();
        let acw = work.acw.and_then(|acw| Some((acw, acw.ended?)));
        let until = acw.map_or(now, |(_, ended)| ended.min(now));
        let is_tab_based = !self.is_status_based(&work.terms.channel);
        self.tell(Effect::AgentWorkEnded {
            id,
            work_item_id: work.item,
            user_id: work.user.clone(),
            status: how,
            handle_time: work.accepted.map(|accepted| seconds(until.since(accepted))),
            active_time: work.accepted.filter(|_| is_tab_based).map(|_| seconds(work.in_focus)),
            after_conversation_actual_time: acw.map(|(acw, ended)| seconds(ended.since(acw.began))),
        });
        if let Some(session) = &mut self.agent(&work.user).session
            && session.focus == Some(id)
        {
            session.focus = None;
        }
    }

    pub(super) fn tab_focused(&mut self, user: &Name, key: Option<&WorkKey>) -> Step {
        self.session(user)?;
        let work = key.map(|key| self.own(user, key, Status::Opened)).transpose()?;
        self.session(user)?.focus = work.map(|work| work.id);
        Ok(())
    }

    pub(super) fn conversation_ended(&mut self, item: &Name) -> Step {
        self.item(item)?;
        let Some(work) = self.active(item).into_iter().find(|work| work.status == Status::Opened) else {
            return Err(Refusal::NotRouted { work_item: item.clone() });
        };
        self.begin_acw(&work);
        Ok(())
    }

    fn begin_acw(&mut self, work: &Work) {
        if let Some(of) = self.acw_of(work).filter(|_| work.acw.is_none()) {
            let until = self.now.plus_seconds(of.max_seconds);
            self.run_acw(work.id, Acw { began: self.now, until, extensions: 0, extension: of.extension, ended: None });
        }
    }

    fn run_acw(&mut self, id: AgentWorkId, acw: Acw) {
        let work = self.work(id);
        work.acw = Some(acw);
        let (work_item_id, user_id) = (work.item.clone(), work.user.clone());
        let (until, extensions): (Time, u32) = (acw.until, acw.extensions);
        self.tell(Effect::AfterConversationWork { id, work_item_id, user_id, until, extensions });
    }

    pub(super) fn acw_extended(&mut self, user: &Name, key: &WorkKey) -> Step {
        let work = self.own_closable(user, key)?;
        let running = work.acw.filter(|acw| acw.ended.is_none());
        let Some((acw, extension)) = running.and_then(|acw| Some((acw, acw.extension?))) else {
            return Err(Refusal::NoExtension { work: work.id });
        };
        if acw.extensions >= extension.most {
            return Err(Refusal::NoMoreExtensions { work: work.id, most: extension.most });
        }
        let until = acw.until.plus_seconds(extension.seconds);
        self.run_acw(work.id, Acw { until, extensions: acw.extensions + 1, ..acw });
        Ok(())
    }

    /// Ends after conversation work, if it runs.
    pub(super) fn end_acw(&mut self, id: AgentWorkId) {
        let now = self.now;
        let work = self.work(id);
        let Some(acw) = work.acw.as_mut().filter(|acw| acw.ended.is_none()) else { return };
        acw.ended = Some(now);
        let after_conversation_actual_time = seconds(now.since(acw.began));
        let (work_item_id, user_id) = (work.item.clone(), work.user.clone());
        self.tell(Effect::AfterConversationWorkEnded { id, work_item_id, user_id, after_conversation_actual_time });
    }

    pub(super) fn acw_is_over(&mut self, id: AgentWorkId) {
        match self.options.after_conversation_work_end {
            AcwEnd::Closes => self.close(id),
            AcwEnd::StaysOpen => self.end_acw(id),
        }
    }
}
