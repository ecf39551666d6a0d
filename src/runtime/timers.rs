//! Time passes: timers that are due fire.

use super::Time;
use super::index::Timer;
use super::options::AcwEnd;
use super::records::AgentWorkStatus;
use super::{Effect, PendingServiceRoutingId, Runtime, TimedEffect};

/// What happened while time passed.
#[derive(Clone, Debug, PartialEq)]
pub struct PassOutcome {
    /// What timers did.
    pub effects: Vec<TimedEffect>,
    /// How many timers fired.
    pub timers: usize,
    /// True if the time was reached. Else more is due before it, and the runtime's time is that of the last timer.
    pub reached: bool,
}

impl Runtime {
    /// Lets time pass until `until`, but fires at most `at_most` timers: a long time in which much is due can
    /// be passed in slices, and the effects of each slice printed before the next. Slices of any size, and [`Runtime::apply`] at
    /// the end of them, come to the same effects and the same state as [`Runtime::apply`] alone. With 0, nothing that is
    /// due happens.
    ///
    /// Nothing happens before a time that is past already, or that no event may have ([`Time::END`]): an event then is
    /// refused.
    pub fn pass(&mut self, until: Time, at_most: usize) -> PassOutcome {
        if until < self.book.state.now || until >= Time::END {
            return PassOutcome { effects: Vec::new(), timers: 0, reached: true };
        }
        let (timers, reached) = self.pass_time(until, at_most);
        PassOutcome { effects: std::mem::take(&mut self.out), timers, reached }
    }

    /// Lets time pass. Timers fire in the order of their times, each with its consequences before the next. Gives how many
    /// did, and whether none is left that is due.
    pub(super) fn pass_time(&mut self, at: Time, at_most: usize) -> (usize, bool) {
        self.pass_early_skill_dates(at);
        let mut fired = 0;
        while let Some(&(due, timer)) = self.book.index.timers.first() {
            if due > at {
                break;
            }
            if fired == at_most {
                return (fired, false);
            }
            fired += 1;
            self.book.index.timers.pop_first();
            self.book.state.now = self.book.state.now.max(due);
            self.fire(timer);
            self.settle();
        }
        self.book.state.now = at;
        (fired, true)
    }

    /// Timers that an event set for a time already past.
    pub(super) fn fire_due(&mut self) {
        while let Some(&(due, timer)) = self.book.index.timers.first() {
            if due > self.book.state.now {
                break;
            }
            self.book.index.timers.pop_first();
            self.fire(timer);
        }
    }

    fn fire(&mut self, timer: Timer) {
        match timer {
            Timer::DropSkills(pending) => self.drop_skills(pending),
            Timer::PushTimeout(work) => self.push_timeout(work),
            Timer::AcwEnd(work) => self.acw_end(work),
            Timer::SkillDates => self.skill_dates(),
        }
    }

    fn push_timeout(&mut self, work: u64) {
        if self.book.work(work).is_some_and(super::state::Work::is_offered) {
            self.give_back(work, AgentWorkStatus::DeclinedOnPushTimeout, None);
        }
    }

    fn acw_end(&mut self, work: u64) {
        self.end_acw(work);
        if self.book.state.options.after_conversation_work_end == AcwEnd::Closes {
            self.finish(work);
        }
    }

    /// Sets the timer for the next group of additional skills, if there is one.
    pub(super) fn set_drop_timer(&mut self, pending: u64, from: Time) {
        let Some(record) = self.book.state.pendings.get_mut(pending) else { return };
        let has_more = record.needs.iter().any(|need| need.additional && !need.dropped);
        record.drop_at =
            record.drop_timeout.filter(|_| has_more && record.ready).map(|seconds| from.plus_seconds(seconds));
        self.book.index.timers.extend(record.drop_at.map(|at| (at, Timer::DropSkills(pending))));
    }

    pub(super) fn clear_drop_timer(&mut self, pending: u64) {
        let Some(record) = self.book.state.pendings.get_mut(pending) else { return };
        if let Some(at) = record.drop_at.take() {
            self.book.index.timers.remove(&(at, Timer::DropSkills(pending)));
        }
    }

    fn drop_skills(&mut self, pending: u64) {
        let Some(record) = self.book.state.pendings.get(pending) else { return };
        let due = record.drop_at.unwrap_or(self.book.state.now);
        let together = self.book.state.options.drop_skills == super::DropSkills::Together;
        // 0 and none are the last group.
        let group = |priority: Option<i32>| priority.filter(|&priority| priority != 0).map_or(i64::MIN, i64::from);
        let left = || record.needs.iter().filter(|need| need.additional && !need.dropped);
        let Some(first) = left().map(|need| group(need.priority)).max() else { return };
        let drops =
            |need: &super::state::Need| need.additional && !need.dropped && (together || group(need.priority) == first);
        let mut skills: Vec<_> =
            left().filter(|need| drops(need)).map(|need| self.book.skill_name(need.skill)).collect();
        // Skills that the plan does not have are numbered as they are met.
        skills.sort_unstable();
        self.leave_lanes(pending);
        let Some(record) = self.book.state.pendings.get_mut(pending) else { return };
        for need in &mut record.needs {
            need.dropped = need.dropped || drops(need);
        }
        record.drop_at = None;
        let item = record.item;
        self.set_drop_timer(pending, due);
        let effect = Effect::SkillsDropped {
            id: PendingServiceRoutingId(pending),
            work_item_id: self.book.item_name(item),
            skills,
        };
        self.emit(effect);
        self.new_pendings.push(pending);
    }
}
