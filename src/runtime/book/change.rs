//! What changes a record and what is derived from it: always both.

use super::index::{Index, LaneKey, Order, Timer};
use super::lookup::Book;
use super::record_no::{ItemNo, PendingNo, PresenceNo, WorkNo};
use super::standing::Standing;
use super::state::{Acw, Agent, Item, Pending, PresenceRecord, State, Stream, Work};
use crate::plan::{Time, Units};
use crate::runtime::contract::Name;
use crate::runtime::directory::{DatedSkill, planned};
use crate::runtime::numbers::{AgentIx, LaneIx, SkillIx};

/// Records begin and end.
impl Book {
    /// A book of what was saved. What is derived from it is not made yet.
    pub(in crate::runtime) fn of(state: State) -> Self {
        Self { state, index: Index::default() }
    }

    /// Puts another index in the place of the one that is there.
    pub(in crate::runtime) fn index_anew(&mut self, index: Index) {
        self.index = index;
        for agent in (0..self.state.agents.len()).map(planned) {
            self.set_skill_dates(agent);
        }
    }

    pub(in crate::runtime) fn add_item(&mut self, item: Item) -> ItemNo {
        let name = item.name.clone();
        let number = self.state.items.add(item);
        let items = &self.state.items;
        self.index.items.insert(&name, number, |item| items.get(item).map(|known| &known.name));
        number
    }

    /// Removes an item, if it is still there.
    pub(in crate::runtime) fn remove_item(&mut self, item: ItemNo) {
        let Some(name) = self.state.items.get(item).map(|record| record.name.clone()) else { return };
        self.index.items.remove(&name, item);
        self.state.items.remove(item);
    }

    /// The item waits, by this request.
    pub(in crate::runtime) fn add_pending(&mut self, pending: Pending) -> PendingNo {
        let item = pending.item;
        let number = self.state.pendings.add(pending);
        if let Some(record) = self.item_mut(item) {
            record.pending = Some(number);
        }
        self.index.pending_count = self.index.pending_count.saturating_add(1);
        number
    }

    /// Removes a request that is in no lane and has no timer.
    pub(in crate::runtime) fn remove_pending(&mut self, pending: PendingNo) {
        let Some(item) = self.pending(pending).map(|record| record.item) else { return };
        self.state.pendings.remove(pending);
        self.index.declined_chats.remove(&pending);
        self.index.pending_count = self.index.pending_count.saturating_sub(1);
        if let Some(record) = self.item_mut(item) {
            record.pending = None;
        }
    }

    /// The item is worked on.
    pub(in crate::runtime) fn add_work(&mut self, work: Work) -> WorkNo {
        let item = work.item;
        let number = self.state.works.add(work);
        if let Some(record) = self.item_mut(item) {
            record.active.push(number);
            record.latest_work = Some(number);
        }
        number
    }

    /// Removes ended work.
    pub(in crate::runtime) fn remove_work(&mut self, work: WorkNo) {
        let Some(item) = self.work(work).map(|record| record.item) else { return };
        self.state.works.remove(work);
        if let Some(record) = self.item_mut(item).filter(|record| record.latest_work == Some(work)) {
            // Those that are left are those that an agent holds.
            record.latest_work = record.active.iter().chain(&record.held).copied().max();
        }
    }

    pub(in crate::runtime) fn add_presence(&mut self, presence: PresenceRecord) -> PresenceNo {
        self.state.presences.add(presence)
    }

    pub(in crate::runtime) fn remove_presence(&mut self, presence: PresenceNo) {
        self.state.presences.remove(presence);
    }

    /// A new agent. False if the agents must be ranked again: make the index anew.
    pub(in crate::runtime) fn add_agent(&mut self, agent: Agent) -> (AgentIx, bool) {
        let number = planned(self.state.agents.len());
        self.state.agents.push(agent);
        (number, self.index.rank(number, &self.state.agents))
    }

    /// The number of a skill; of one that nobody has named yet, a new one.
    pub(in crate::runtime) fn skill(&mut self, name: &Name) -> SkillIx {
        if let Some(&skill) = self.index.skills.get(name) {
            return skill;
        }
        let skill = SkillIx::from(self.index.skill_names.len() as u32);
        self.state.skills.push(name.clone());
        self.index.skill_names.push(name.clone());
        self.index.skills.insert(name.clone(), skill);
        skill
    }
}

/// Timers, each with the field that says when it is due.
impl Book {
    /// The next timer, taken out, if it is due by then.
    pub(in crate::runtime) fn take_timer(&mut self, until: Time) -> Option<(Time, Timer)> {
        self.index.timers.first().filter(|&&(due, _)| due <= until)?;
        self.index.timers.pop_first()
    }

    /// The offer expires when its record says.
    pub(in crate::runtime) fn set_push_timeout(&mut self, work: WorkNo) {
        let due = self.work(work).and_then(|record| record.push_timeout_at);
        self.index.timers.extend(due.map(|at| (at, Timer::PushTimeout(work))));
    }

    /// The offer expires no more. Its record keeps when it would have.
    pub(in crate::runtime) fn stop_push_timeout(&mut self, work: WorkNo) {
        if let Some(at) = self.work(work).and_then(|record| record.push_timeout_at) {
            self.index.timers.remove(&(at, Timer::PushTimeout(work)));
        }
    }

    pub(in crate::runtime) fn begin_acw(&mut self, work: WorkNo, acw: Acw) {
        let until = acw.until;
        if let Some(record) = self.work_mut(work) {
            record.acw = Some(Box::new(acw));
            self.index.timers.insert((until, Timer::AcwEnd(work)));
        }
    }

    /// After conversation work ends, if it runs. Gives since when it ran.
    pub(in crate::runtime) fn end_acw(&mut self, work: WorkNo) -> Option<Time> {
        let now = self.state.now;
        let acw = self.state.works.get_mut(work)?.acw.as_mut().filter(|acw| acw.ended.is_none())?;
        acw.ended = Some(now);
        self.index.timers.remove(&(acw.until, Timer::AcwEnd(work)));
        Some(acw.started)
    }

    /// After conversation work that runs goes on for so many seconds more.
    pub(in crate::runtime) fn extend_acw(&mut self, work: WorkNo, seconds: u32) {
        let Some(acw) = self.state.works.get_mut(work).and_then(|record| record.acw.as_mut()) else { return };
        self.index.timers.remove(&(acw.until, Timer::AcwEnd(work)));
        acw.extensions += 1;
        acw.until = acw.until.plus_seconds(seconds);
        self.index.timers.insert((acw.until, Timer::AcwEnd(work)));
    }

    /// Skills of a request are dropped then, or not at all.
    pub(in crate::runtime) fn set_drop_timer(&mut self, pending: PendingNo, due: Option<Time>) {
        let Some(record) = self.state.pendings.get_mut(pending) else { return };
        if let Some(at) = std::mem::replace(&mut record.drop_at, due) {
            self.index.timers.remove(&(at, Timer::DropSkills(pending)));
        }
        self.index.timers.extend(due.map(|at| (at, Timer::DropSkills(pending))));
    }

    /// Takes the assignments with dates from an agent that a change replaces, and their timers with them.
    pub(in crate::runtime) fn drop_dated_skills(&mut self, agent: AgentIx, replaced: impl Fn(SkillIx) -> bool) {
        if self.agent(agent).dated.is_empty() {
            return;
        }
        let dates: Vec<Time> = self.agent(agent).dated.iter().flat_map(DatedSkill::dates).collect();
        self.agent_mut(agent).dated.retain(|row| !replaced(row.skill));
        for at in dates {
            self.index.skill_dates.remove(&(at, agent));
            let of_others = (at, AgentIx::from(0))..=(at, AgentIx::from(u32::MAX));
            if self.index.skill_dates.range(of_others).next().is_none() {
                self.index.timers.remove(&(at, Timer::SkillDates));
            }
        }
        self.set_skill_dates(agent);
    }

    /// Sets the timers of an agent's dates.
    fn set_skill_dates(&mut self, agent: AgentIx) {
        for at in self.state.agents[agent.at()].dated.iter().flat_map(DatedSkill::dates) {
            self.index.skill_dates.insert((at, agent));
            self.index.timers.insert((at, Timer::SkillDates));
        }
    }

    /// Takes the first date up to `at` from those that are ahead, and gives its agent. The timer of all stays.
    pub(in crate::runtime) fn take_skill_date(&mut self, at: Time) -> Option<AgentIx> {
        let &(_, agent) = self.index.skill_dates.first().filter(|&&(due, _)| due <= at)?;
        self.index.skill_dates.pop_first();
        Some(agent)
    }

    /// Takes out the timers of dates up to `at` that come before all others.
    pub(in crate::runtime) fn pass_skill_dates(&mut self, at: Time) {
        while self.index.timers.first().is_some_and(|&(due, timer)| due <= at && timer == Timer::SkillDates) {
            self.index.timers.pop_first();
        }
    }
}

/// Lanes, and what else is derived alone.
impl Book {
    /// A chat was declined that ends when nobody is left.
    pub(in crate::runtime) fn note_declined_chat(&mut self, pending: PendingNo) {
        self.index.declined_chats.insert(pending);
        self.index.may_end_chats = true;
    }

    /// Whether a declined chat may have nobody left since this was last asked.
    pub(in crate::runtime) fn may_end_chats(&mut self) -> bool {
        !self.index.declined_chats.is_empty() && std::mem::take(&mut self.index.may_end_chats)
    }

    pub(in crate::runtime) fn add_lane(&mut self, key: LaneKey) -> LaneIx {
        self.index.add_lane(key)
    }

    /// Lets at least this many lanes be before those are given up in which nothing waits.
    pub(in crate::runtime) fn allow_lanes(&mut self, most: usize) {
        self.index.most_lanes = most;
    }

    pub(in crate::runtime) fn wait_in(&mut self, lane: LaneIx, order: Order, pending: PendingNo) {
        self.index.wait_in(lane, order, pending);
    }

    pub(in crate::runtime) fn leave(&mut self, lane: LaneIx, order: &Order) {
        self.index.leave(lane, order);
    }

    pub(in crate::runtime) fn seat_at(
        &mut self,
        agent: AgentIx,
        lane: LaneIx,
        capacity: [Units; 2],
        by: [Standing; 2],
    ) {
        self.index.seat_at(agent, lane, capacity, by);
    }

    pub(in crate::runtime) fn unseat(&mut self, agent: AgentIx) {
        self.index.unseat(agent);
    }

    pub(in crate::runtime) fn restand(&mut self, agent: AgentIx, by: [Standing; 2]) {
        self.index.restand(agent, by);
    }
}

/// What nothing is derived from.
impl Book {
    pub(in crate::runtime) fn set_now(&mut self, now: Time) {
        self.state.now = now;
    }

    /// The number of a new session.
    pub(in crate::runtime) fn next_session(&mut self) -> u64 {
        let number = self.state.next_session;
        self.state.next_session += 1;
        number
    }

    pub(in crate::runtime) fn stream_mut(&mut self) -> &mut Stream {
        &mut self.state.stream
    }

    /// When items were routed.
    pub(in crate::runtime) fn routed_mut(&mut self) -> &mut std::collections::VecDeque<Time> {
        &mut self.state.routed
    }
}
