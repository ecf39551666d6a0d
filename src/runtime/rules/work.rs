//! What holds for the work that a rep has.

use super::basis::Rules;
use crate::runtime::book::WorkNo;
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{FinishedWork, Name, Refusal, WorkKey};
use crate::runtime::numbers::AgentIx;

impl Rules<'_> {
    /// True if the channel or the presence configuration accepts for the agent.
    pub(in crate::runtime) fn accepts_by_itself(self, agent: AgentIx, work: WorkNo) -> bool {
        let channel = self.book.work(work).is_some_and(|work| self.plan.channels[work.channel.at()].auto_accept);
        channel || self.plan.presences[self.presence_of(agent).at()].auto_accept
    }

    pub(in crate::runtime) fn forgets(self) -> bool {
        self.book.state().options.finished_work == FinishedWork::Forget
    }

    /// Work that the agent has, assigned or opened.
    pub(in crate::runtime) fn own_active(self, user: &Name, key: &WorkKey) -> Result<WorkNo, Refusal> {
        self.book
            .own_work(user, key, AgentWorkStatus::Opened)
            .or_else(|refusal| match refusal {
                Refusal::WrongStatus { status: AgentWorkStatus::Assigned, .. } => {
                    self.book.own_work(user, key, AgentWorkStatus::Assigned)
                }
                other => Err(other),
            })
            .map(|(_, work)| work)
    }

    /// The agent's open work, or work of theirs that is held: what can be closed.
    pub(in crate::runtime) fn own_closable(self, user: &Name, key: &WorkKey) -> Result<(AgentIx, WorkNo), Refusal> {
        let own = self.book.work_of(user, key)?;
        match self.book.work(own.1) {
            Some(work) if work.held => Ok(own),
            _ => self.book.own_work(user, key, AgentWorkStatus::Opened),
        }
    }
}
