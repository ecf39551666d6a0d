//! What timers do.

use super::runtime::Runtime;
use crate::plan::Time;
use crate::runtime::book::{Need, PendingNo, Work, WorkNo};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{DropSkills, Effect};

impl Runtime {
    pub(in crate::runtime) fn push_timeout(&mut self, work: WorkNo) {
        if self.book.work(work).is_some_and(Work::is_offered) {
            self.give_back(work, AgentWorkStatus::DeclinedOnPushTimeout, None);
        }
    }

    /// Sets the timer for the next group of additional skills, if there is one.
    pub(in crate::runtime) fn set_drop_timer(&mut self, pending: PendingNo, from: Time) {
        let Some(record) = self.book.pending(pending) else { return };
        let has_more = record.needs.iter().any(|need| need.additional && !need.dropped);
        let due = record.drop_timeout.filter(|_| has_more && record.ready).map(|seconds| from.plus_seconds(seconds));
        self.book.set_drop_timer(pending, due);
    }

    pub(in crate::runtime) fn clear_drop_timer(&mut self, pending: PendingNo) {
        self.book.set_drop_timer(pending, None);
    }

    pub(in crate::runtime) fn drop_skills(&mut self, pending: PendingNo) {
        let Some(record) = self.book.state().pendings.get(pending) else { return };
        let due = record.drop_at.unwrap_or(self.book.state().now);
        let together = self.book.state().options.drop_skills == DropSkills::Together;
        // 0 and none are the last group.
        let group = |priority: Option<i32>| priority.filter(|&priority| priority != 0).map_or(i64::MIN, i64::from);
        let left = || record.needs.iter().filter(|need| need.additional && !need.dropped);
        let Some(first) = left().map(|need| group(need.priority)).max() else { return };
        let drops = |need: &Need| need.additional && !need.dropped && (together || group(need.priority) == first);
        let mut skills: Vec<_> =
            left().filter(|need| drops(need)).map(|need| self.book.skill_name(need.skill)).collect();
        // Skills that the plan does not have are numbered as they are met.
        skills.sort_unstable();
        self.leave_lanes(pending);
        let Some(record) = self.book.pending_mut(pending) else { return };
        for need in &mut record.needs {
            need.dropped = need.dropped || drops(need);
        }
        let item = record.item;
        self.set_drop_timer(pending, due);
        let effect = Effect::SkillsDropped { id: pending.id(), work_item_id: self.book.item_name(item), skills };
        self.emit(effect);
        self.new_pendings.push(pending);
    }
}
