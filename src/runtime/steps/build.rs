//! What is derived from the state is made from it.

use super::runtime::Runtime;
use crate::runtime::book::{Index, MOST_LANES, PendingNo, Timer};
use crate::runtime::directory::planned;
use crate::runtime::numbers::SkillIx;

impl Runtime {
    /// Makes the index from the state.
    pub(in crate::runtime) fn rebuild_index(&mut self) {
        let mut index = Index::with_queues(self.plan.queues.len());
        index.most_lanes = MOST_LANES;
        index.pending_count = self.book.state().pendings.iter().count() as u32;
        index.skill_names = self.plan.skills.iter().chain(&self.book.state().skills).cloned().collect();
        index.skills = index.skill_names.iter().cloned().zip((0..).map(SkillIx::from)).collect();
        for (number, item) in self.book.state().items.iter() {
            index.items.insert(&item.name, number, |item| self.book.item(item).map(|known| &known.name));
        }
        let names: Vec<_> = self.book.state().agents.iter().map(|agent| agent.name.clone()).collect();
        index.rank_all(&names);
        for (number, pending) in self.book.state().pendings.iter() {
            index.timers.extend(pending.drop_at.map(|at| (at, Timer::DropSkills(number))));
            let is_left =
                pending.last_declined.is_some() && !pending.is_external() && self.rules().ends_when_declined(pending);
            index.declined_chats.extend(is_left.then_some(number));
            index.may_end_chats = true;
        }
        for (number, work) in self.book.state().works.iter() {
            index
                .timers
                .extend(work.push_timeout_at.filter(|_| work.is_offered()).map(|at| (at, Timer::PushTimeout(number))));
            let acw = work.acw.as_ref().filter(|acw| acw.ended.is_none());
            index.timers.extend(acw.map(|acw| (acw.until, Timer::AcwEnd(number))));
        }
        self.book.index_anew(index);
        let waiting: Vec<PendingNo> = self
            .book
            .state()
            .pendings
            .iter()
            .filter(|(_, pending)| pending.waits())
            .map(|(number, _)| number)
            .collect();
        for pending in waiting {
            self.wait(pending);
        }
        for agent in 0..self.book.state().agents.len() {
            self.take_seats(planned(agent));
        }
    }
}
