//! Engine: lets time pass, fires timers, hands events on, and settles what waits. The only loop.

use std::collections::BTreeSet;

use smallvec::SmallVec;

use crate::plan::Time;
use crate::runtime::book::{MOST_LANES, Order, PendingNo, Timer, keys};
use crate::runtime::contract::{Event, PassOutcome, Refusal, TimedEffect};
use crate::runtime::numbers::AgentIx;
use crate::runtime::rules::Round;
use crate::runtime::steps::Runtime;

impl Runtime {
    /// As [`Runtime::apply`], with the effects put behind those that are there already: for long runs, without a new list
    /// for each event.
    ///
    /// # Errors
    ///
    /// If a rule refuses the event. `effects` has what timers did until then.
    pub fn apply_into(&mut self, at: Time, event: &Event, effects: &mut Vec<TimedEffect>) -> Result<(), Refusal> {
        if at < self.book.state().now {
            return Err(Refusal::TimeRunsBackward { at, now: self.book.state().now });
        }
        if at >= Time::END {
            return Err(Refusal::TimeEnds { at });
        }
        std::mem::swap(&mut self.out, effects);
        self.pass_time(at, usize::MAX);
        let done = self.happen(event);
        if done.is_ok() {
            // An item that asks for skills since long ago drops them at once.
            self.fire_due();
            self.settle();
        }
        std::mem::swap(&mut self.out, effects);
        done
    }

    /// Offers what can be offered, in the order of the waiting work, until nothing can.
    ///
    /// Only what is new can have changed what is possible: an item that waits in a lane had no agent before, so that it can
    /// have one now only among those who were freed.
    fn settle(&mut self) {
        self.settle_once();
        while self.end_declined_chats() {
            self.settle_once();
        }
        self.freed.clear();
        self.forget_items();
        if self.book.index().lanes.len() > self.book.index().most_lanes {
            // Most are for skills or agents that no work asks for now.
            self.rebuild_index();
            self.book.allow_lanes(MOST_LANES.max(2 * self.book.index().lanes.len()));
        }
    }

    fn settle_once(&mut self) {
        if self.book.state().options.head_of_line_blocking {
            self.settle_blocking();
        } else {
            self.settle_new();
        }
    }

    fn settle_new(&mut self) {
        // The most frequent case: one new request, and nobody freed. The loop below gives the same result.
        if let ([pending], []) = (self.new_pendings.as_slice(), self.freed.as_slice()) {
            let pending = *pending;
            self.new_pendings.clear();
            self.offer_or_wait(pending);
        }
        if self.new_pendings.is_empty() && self.freed.is_empty() {
            return;
        }
        // Sorted in reverse, so that `pop` takes the first.
        let mut pendings = std::mem::take(&mut self.new_pendings);
        let mut new: SmallVec<[(Order, PendingNo); 2]> = pendings
            .drain(..)
            .filter_map(|pending| Some((self.rules().order(pending, self.book.pending(pending)?), pending)))
            .collect();
        // Keep the allocation.
        self.new_pendings = pendings;
        new.sort_unstable_by(|a, b| b.cmp(a));
        loop {
            let waiting = self.rules().first_for_freed(&self.freed);
            match (waiting, new.last().copied()) {
                (Some(waiting), newest) if newest.is_none_or(|newest| waiting < newest) => {
                    let (_, pending) = waiting;
                    if let Some(agent) = self.choose(pending, &|_| false) {
                        self.leave_lanes(pending);
                        self.offer(pending, agent, None, false);
                    } else {
                        // A freed agent seemed able to take it and was not: no such case is known.
                        self.freed.clear();
                    }
                }
                (_, Some((_, pending))) => {
                    new.pop();
                    self.offer_or_wait(pending);
                }
                _ => break,
            }
        }
    }

    fn offer_or_wait(&mut self, pending: PendingNo) {
        match self.choose(pending, &|_| false) {
            Some(agent) => self.offer(pending, agent, None, false),
            None => self.wait(pending),
        }
    }

    /// As [`Self::settle`], where an item keeps what is behind it from the agents who have too little capacity for it. Looks
    /// at everything that waits.
    fn settle_blocking(&mut self) {
        for pending in std::mem::take(&mut self.new_pendings) {
            self.wait(pending);
        }
        'again: loop {
            let mut waiting: BTreeSet<(Order, PendingNo)> = BTreeSet::new();
            for lane in &self.book.index().lanes {
                waiting.extend(lane.waiting.iter().map(|(&order, &pending)| (order, pending)));
            }
            let mut blocked: BTreeSet<AgentIx> = BTreeSet::new();
            for (_, pending) in waiting {
                if let Some(agent) = self.choose(pending, &|agent| blocked.contains(&agent)) {
                    self.leave_lanes(pending);
                    self.offer(pending, agent, None, false);
                    continue 'again;
                }
                blocked.extend(self.rules().too_small_for(pending));
            }
            return;
        }
    }

    /// Whom an item is offered to: in the round of offers that runs, else in the next one.
    fn choose(&mut self, pending: PendingNo, blocked: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        let this = self.choose_in(pending, Round::This, blocked);
        this.or_else(|| self.rules().may_begin_round(pending).then(|| self.choose_in(pending, Round::Next, blocked))?)
    }

    fn choose_in(&mut self, pending: PendingNo, round: Round, blocked: &dyn Fn(AgentIx) -> bool) -> Option<AgentIx> {
        for key in self.book.pending(pending).map(keys)? {
            let lane = self.lane(key);
            let best =
                self.rules().best(lane, &|agent| self.rules().is_left_out(pending, agent, round) || blocked(agent));
            if let Some(agent) = best {
                let key = &self.book.index().lane(lane).key;
                debug_assert_eq!(self.rules().verdict(agent, key, Some((pending, round))), Ok(()), "who is chosen may");
                return best;
            }
        }
        None
    }

    /// Lets time pass until `until`, but fires at most `at_most` timers: a long time in which much is due can
    /// be passed in slices, and the effects of each slice printed before the next. Slices of any size, and [`Runtime::apply`] at
    /// the end of them, come to the same effects and the same state as [`Runtime::apply`] alone. With 0, nothing that is
    /// due happens.
    ///
    /// Nothing happens before a time that is past already, or that no event may have ([`Time::END`]): an event then is
    /// refused.
    pub fn pass(&mut self, until: Time, at_most: usize) -> PassOutcome {
        if until < self.book.state().now || until >= Time::END {
            return PassOutcome { effects: Vec::new(), timers: 0, reached: true };
        }
        let (timers, reached) = self.pass_time(until, at_most);
        PassOutcome { effects: std::mem::take(&mut self.out), timers, reached }
    }

    /// Lets time pass. Timers fire in the order of their times, each with its consequences before the next. Gives how many
    /// did, and whether none is left that is due.
    fn pass_time(&mut self, at: Time, at_most: usize) -> (usize, bool) {
        self.pass_early_skill_dates(at);
        let mut fired = 0;
        loop {
            if fired == at_most && self.next_due().is_some_and(|due| due <= at) {
                return (fired, false);
            }
            let Some((due, timer)) = self.book.take_timer(at) else { break };
            fired += 1;
            self.book.set_now(self.book.state().now.max(due));
            self.fire(timer);
            self.settle();
        }
        self.book.set_now(at);
        (fired, true)
    }

    /// Timers that an event set for a time already past.
    fn fire_due(&mut self) {
        while let Some((_, timer)) = self.book.take_timer(self.book.state().now) {
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
}
