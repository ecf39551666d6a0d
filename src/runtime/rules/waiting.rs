//! Why an item waits now: what goes first, what went first since it was requested, and which timers may end the wait.

use super::basis::Rules;
use super::declines::Round;
use super::explain::MOST_OTHERS;
use crate::runtime::book::{LaneKey, Order, Pending, PendingNo, Timer, Work, WorkNo, keys};
use crate::runtime::contract::{Ahead, Due, DueWhat, Name, Other, PendingServiceRoutingId, Waiting, WentFirst, WhyNot};
use crate::runtime::directory::planned;
use crate::runtime::numbers::AgentIx;

impl Rules<'_> {
    pub(in crate::runtime) fn why_waiting(self, id: PendingServiceRoutingId) -> Option<Waiting> {
        self.waiting_for(id, MOST_OTHERS)
    }

    pub(in crate::runtime) fn why_waiting_for_all(self, id: PendingServiceRoutingId) -> Option<Waiting> {
        self.waiting_for(id, usize::MAX)
    }

    pub(in crate::runtime) fn ahead(self, id: PendingServiceRoutingId) -> Vec<Ahead> {
        let Some(record) = self.book.state().pendings.get(id.into()) else { return Vec::new() };
        let order = self.order(id.into(), record);
        let lanes = keys(record).filter_map(|key| self.book.index().lane_of(&key));
        let mut ahead: Vec<(Order, PendingNo)> = lanes
            .flat_map(|lane| self.book.index().lane(lane).waiting.range(..order))
            .map(|(&order, &pending)| (order, pending))
            .collect();
        ahead.sort_unstable();
        ahead.dedup();
        let item = |(theirs, number): (Order, PendingNo)| {
            let other = self.book.pending(number)?;
            let why = self.comes_first(other, record, theirs, order);
            Some(Ahead { work_item_id: self.book.item_name(other.item), why })
        };
        ahead.into_iter().filter_map(item).collect()
    }

    pub(in crate::runtime) fn went_first(self, id: PendingServiceRoutingId) -> Vec<WentFirst> {
        let Some(record) = self.book.state().pendings.get(id.into()) else { return Vec::new() };
        let order = self.order(id.into(), record);
        let is_later = |work: &Work| match work.pending {
            Some(number) => number.id() > id,
            None => work.requested > record.requested,
        };
        let works = self
            .book
            .state()
            .works
            .iter()
            .filter(|(_, work)| !work.deleted && work.assigned >= record.created && is_later(work));
        let reached = works.filter(|(_, work)| self.reaches_ever(record, work.agent));
        let mut first: Vec<WentFirst> = reached
            .map(|(number, work)| {
                let target_accept = self.book.item(work.item).and_then(|item| item.target_accept);
                let mut other = Pending::new(work.item, work.channel, work.terms, work.requested);
                (other.place, other.target_accept) = (work.place, target_accept);
                let theirs = self.order(work.pending.unwrap_or(id.into()), &other);
                WentFirst {
                    work_id: number.id(),
                    work_item_id: self.book.item_name(work.item),
                    user: self.book.agent_name(work.agent),
                    at: work.assigned,
                    why: (theirs < order).then(|| self.comes_first(&other, record, theirs, order)),
                }
            })
            .collect();
        first.sort_by_key(|work| (work.at, work.work_id.0));
        first
    }

    pub(in crate::runtime) fn due(self, id: PendingServiceRoutingId) -> Vec<Due> {
        let Some(record) = self.book.state().pendings.get(id.into()) else { return Vec::new() };
        let of_work = |number: WorkNo| {
            let work = self.book.work(number)?;
            let concerns = work.pending.map(PendingNo::id) == Some(id) || self.reaches_ever(record, work.agent);
            concerns.then(|| (self.book.item_name(work.item), self.book.agent_name(work.agent)))
        };
        let mut found = Vec::new();
        for &(at, timer) in &self.book.index().timers {
            let what = match timer {
                Timer::DropSkills(pending) if pending.id() == id => {
                    let left = record.needs.iter().filter(|need| need.additional && !need.dropped);
                    let mut skills: Vec<Name> = left.map(|need| self.book.skill_name(need.skill)).collect();
                    skills.sort_unstable();
                    Some(DueWhat::SkillsDropped { skills })
                }
                Timer::PushTimeout(work) => {
                    of_work(work).map(|(work_item_id, user)| DueWhat::OfferExpires { work_item_id, user })
                }
                Timer::AcwEnd(work) => {
                    of_work(work).map(|(work_item_id, user)| DueWhat::AfterConversationWorkEnds { work_item_id, user })
                }
                // Those are looked up by their reps.
                Timer::DropSkills(_) | Timer::SkillDates => None,
            };
            found.extend(what.map(|what| Due { at, what }));
        }
        let asks_for_skills = record.needs.iter().any(|need| !need.dropped);
        let dates = self.book.index().skill_dates.iter().filter(|_| asks_for_skills);
        found.extend(
            dates
                .filter(|(_, agent)| {
                    self.book
                        .agent(*agent)
                        .dated
                        .iter()
                        .any(|row| record.needs.iter().any(|need| need.skill == row.skill && !need.dropped))
                })
                .map(|&(at, agent)| Due {
                    at,
                    what: DueWhat::SkillAssignmentChanges { user: self.book.agent_name(agent) },
                }),
        );
        found.sort_by_key(|due| due.at);
        found
    }

    /// A member, or somebody with the skills at any level, or the preferred rep.
    fn reaches_ever(self, record: &Pending, agent: AgentIx) -> bool {
        keys(record).any(|key| self.may_be_reached(agent, &key))
    }

    /// Why work waits: for at most so many who could be offered it.
    fn waiting_for(self, id: PendingServiceRoutingId, most: usize) -> Option<Waiting> {
        let keys: Vec<LaneKey> =
            keys(self.book.state().pendings.get(id.into()).filter(|record| record.waits())?).collect();
        let key = keys.last()?;
        let reached = (0..self.book.state().agents.len())
            .map(planned)
            .filter(|&agent| keys.iter().any(|key| self.may_be_reached(agent, key)));
        // An agent who could take it is kept for an earlier item; otherwise it would not wait.
        let why_not = |agent| self.why_not(id.into(), agent, super::verdict::key_for(&keys, agent)?, Round::Next);
        let why = |agent| why_not(agent).unwrap_or(WhyNot::EarlierItemWaits {});
        let mut others: Vec<Other> =
            reached.map(|agent| Other { user: self.book.agent_name(agent), why: why(agent) }).collect();
        others.sort_by(|a, b| a.user.cmp(&b.user));
        let more = others.len().saturating_sub(most) as u32;
        others.truncate(most);
        Some(Waiting { missing_skills: self.missing_skills(key), others, more })
    }
}
