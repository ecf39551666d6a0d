//! Time passes: timers that are due fire.

use super::index::Timer;
use super::options::AcwEnd;
use super::records::AgentWorkStatus;
use super::time::Time;
use super::{Effect, PendingServiceRoutingId, Runtime};

impl Runtime {
    /// Lets time pass. Timers fire in the order of their times, each with its consequences before the next.
    pub(super) fn pass_time(&mut self, at: Time) {
        while let Some(&(due, timer)) = self.index.timers.first() {
            if due > at {
                break;
            }
            self.index.timers.pop_first();
            self.state.now = self.state.now.max(due);
            self.fire(timer);
            self.settle();
        }
        self.state.now = at;
    }

    /// Timers that an event set for a time already past.
    pub(super) fn fire_due(&mut self) {
        while let Some(&(due, timer)) = self.index.timers.first() {
            if due > self.state.now {
                break;
            }
            self.index.timers.pop_first();
            self.fire(timer);
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::DropSkills(pending) => self.drop_skills(pending),
            Timer::PushTimeout(work) => self.push_timeout(work),
            Timer::AcwEnd(work) => self.acw_end(work),
        }
    }

    fn push_timeout(&mut self, work: u64) {
        if self.work(work).is_some_and(super::state::Work::is_offered) {
            self.give_back(work, AgentWorkStatus::DeclinedOnPushTimeout, None);
        }
    }

    fn acw_end(&mut self, work: u64) {
        self.end_acw(work);
        if self.state.options.after_conversation_work_end == AcwEnd::Closes {
            self.close(work, AgentWorkStatus::Closed);
        }
    }

    /// Sets the timer for the next group of additional skills, if there is one.
    pub(super) fn set_drop_timer(&mut self, pending: u64, from: Time) {
        let Some(record) = self.state.pendings.get_mut(pending) else { return };
        let has_more = record.needs.iter().any(|need| need.additional && !need.dropped);
        record.drop_at =
            record.drop_timeout.filter(|_| has_more && record.ready).map(|seconds| from.plus_seconds(seconds));
        self.index.timers.extend(record.drop_at.map(|at| (at, Timer::DropSkills(pending))));
    }

    pub(super) fn clear_drop_timer(&mut self, pending: u64) {
        let Some(record) = self.state.pendings.get_mut(pending) else { return };
        if let Some(at) = record.drop_at.take() {
            self.index.timers.remove(&(at, Timer::DropSkills(pending)));
        }
    }

    fn drop_skills(&mut self, pending: u64) {
        let Some(record) = self.state.pendings.get(pending) else { return };
        let due = record.drop_at.unwrap_or(self.state.now);
        let together = self.state.options.drop_skills == super::DropSkills::Together;
        // 0 and none are the last group.
        let group = |priority: Option<i32>| priority.filter(|&priority| priority != 0).map_or(i64::MIN, i64::from);
        let left = || record.needs.iter().filter(|need| need.additional && !need.dropped);
        let Some(first) = left().map(|need| group(need.priority)).max() else { return };
        let drops =
            |need: &super::state::Need| need.additional && !need.dropped && (together || group(need.priority) == first);
        let skills: Vec<_> = left().filter(|need| drops(need)).map(|need| self.skill_name(need.skill)).collect();
        self.leave_lanes(pending);
        let Some(record) = self.state.pendings.get_mut(pending) else { return };
        for need in &mut record.needs {
            need.dropped = need.dropped || drops(need);
        }
        record.drop_at = None;
        let item = record.item;
        self.set_drop_timer(pending, due);
        let effect =
            Effect::SkillsDropped { id: PendingServiceRoutingId(pending), work_item_id: self.item_name(item), skills };
        self.emit(effect);
        self.new_pendings.push(pending);
    }
}
