//! A routing request begins, waits for its turn and ends.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::runtime::Runtime;
use crate::plan::{Overflow, SkillLevel, Time};
use crate::runtime::book::{Cause, HeldBy, Item, ItemNo, Need, Pending, PendingNo, Work};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Change, Effect, Name, Owner, SkillHeld, SkillNeed};
use crate::runtime::directory::one_level_each;
use crate::runtime::numbers::SkillIx;
use crate::runtime::rules::{HOUR, Planned, Request, Routing};

impl Runtime {
    /// Deletes a `PendingServiceRouting`, wherever it waits.
    pub(in crate::runtime) fn delete_pending(&mut self, pending: PendingNo) {
        self.clear_drop_timer(pending);
        if self.book.pending(pending).is_some_and(Pending::waits) {
            self.leave_lanes(pending);
        }
        self.tell_pending(pending, Change::Deleted);
        self.book.remove_pending(pending);
    }

    /// Tells of a change of a `PendingServiceRouting`: everyone, and partners if it is theirs.
    pub(in crate::runtime) fn tell_pending(&mut self, pending: PendingNo, change: Change) {
        let Some(record) = self.book.pending(pending) else { return };
        let (external, item) = (record.is_external(), record.item);
        let (serial, is_pushed) = (record.serial, record.pushed.is_some());
        let (id, work_item_id) = (pending.id(), self.book.item_name(item));
        self.emit(Effect::PendingServiceRouting { change, id, work_item_id, serial, is_pushed });
        if external {
            self.stream(pending, change);
        }
    }

    /// Notes a record of which nothing is known but that it is there.
    pub(in crate::runtime) fn add_item(&mut self, name: &Name, object: &Name) -> ItemNo {
        self.book.add_item(Item {
            name: name.clone(),
            object: object.clone(),
            channel: None,
            fields: BTreeMap::new(),
            owner: HeldBy::Nobody,
            was_routed: false,
            custom_requested: None,
            target_accept: None,
            pending: None,
            active: SmallVec::new(),
            held: Vec::new(),
            latest_work: None,
            meaning: None,
            last: None,
        })
    }

    /// Notes a record, or what is new of it.
    pub(in crate::runtime) fn take_in(
        &mut self,
        known: Option<ItemNo>,
        name: &Name,
        request: &Request<'_>,
        planned: &Planned<'_>,
    ) -> ItemNo {
        let item = known.unwrap_or_else(|| self.add_item(name, request.object));
        if let Some(record) = self.book.item_mut(item) {
            record.object = request.object.clone();
            record.fields.extend(request.fields.iter().map(|(field, value)| (field.clone(), value.clone())));
            record.custom_requested = request.custom_requested;
            record.target_accept = request.target_accept;
        }
        // A record that is routed gets its channel later, with its routing.
        if !matches!(planned, Planned::Route(_)) {
            self.set_channel(item, request.channel.or_else(|| self.rules().channel_of(request.object)));
        }
        item
    }

    /// Notes that an item is routed now. Of earlier times only those are kept that the limit can ask for.
    fn count_routed(&mut self) {
        let Some(most) = self.book.state().options.limits.queued_per_hour else { return };
        let now = self.book.state().now;
        let routed = self.book.routed_mut();
        routed.push_back(now);
        while routed.len() > most as usize || routed.front().is_some_and(|at| now.since(*at) >= HOUR) {
            routed.pop_front();
        }
    }

    /// Does what was planned. Transferred work comes with the place that it takes.
    pub(in crate::runtime) fn carry_out(&mut self, item: ItemNo, planned: Planned<'_>, transferred: Option<Time>) {
        // A record that is not routed may be forgotten.
        self.forget_item(item);
        match planned {
            Planned::Leave { queue, reason } => {
                let queue = self.plan.queues[queue.at()].name.clone();
                if let Some(record) = self.book.item_mut(item) {
                    record.owner = HeldBy::Queue(queue.clone());
                }
                self.emit(Effect::NotRouted { work_item_id: self.book.item_name(item), queue, reason });
            }
            Planned::Overflow { queue, to, limit } => {
                let (owner, held) = match to {
                    Overflow::Queue(queue) => (Owner::Queue(queue.clone()), HeldBy::Queue(queue)),
                    Overflow::User(user) => (Owner::User(user.clone()), HeldBy::User(user)),
                };
                let queue = queue.map(|queue| self.plan.queues[queue.at()].name.clone());
                self.emit(Effect::Overflowed { work_item_id: self.book.item_name(item), queue, owner, limit });
                if let Some(record) = self.book.item_mut(item) {
                    record.owner = held;
                }
            }
            Planned::Route(routing) => self.enqueue(item, &routing, transferred),
        }
    }

    fn enqueue(&mut self, item: ItemNo, routing: &Routing<'_>, transferred: Option<Time>) {
        let given: Vec<Need> = routing.given.iter().map(|need| self.need(need)).collect();
        let needs = match (routing.by_skills, self.book.item(item)) {
            (Some(config), Some(record)) => {
                let config = &self.plan.configs[config.at()];
                self.rules().needs(config, &record.object, &record.fields, routing.rules, &given)
            }
            _ => Vec::new(),
        };
        let now = self.book.state().now;
        let owner = routing.terms.queue.map(|queue| HeldBy::Queue(self.plan.queues[queue.at()].name.clone()));
        if let Some(owner) = owner {
            if transferred.is_some() {
                self.own(item, owner);
            } else if let Some(record) = self.book.item_mut(item) {
                // The event tells it.
                record.owner = owner;
            }
        }
        self.set_channel(item, Some(routing.channel));
        let Some(record) = self.book.item_mut(item) else { return };
        record.last = Some(routing.terms);
        let (custom_requested, target_accept) = (record.custom_requested, record.target_accept);
        let pending = Pending {
            needs,
            drop_timeout: routing.drop_timeout,
            requested: custom_requested.unwrap_or(now),
            place: custom_requested.or(transferred).unwrap_or(now),
            custom_requested,
            target_accept,
            transfer: transferred.is_some(),
            ..Pending::new(item, routing.channel, routing.terms, now)
        };
        let number = self.add_pending(pending);
        self.tell_pending(number, Change::Created);
        self.begin_routing(number);
    }

    pub(in crate::runtime) fn add_pending(&mut self, pending: Pending) -> PendingNo {
        let counts = pending.cause == Cause::Offer;
        let number = self.book.add_pending(pending);
        if counts {
            self.count_routed();
        }
        number
    }

    /// From now on it is routed, by Omni-Channel or by a partner.
    pub(in crate::runtime) fn begin_routing(&mut self, pending: PendingNo) {
        let Some(record) = self.book.pending(pending) else { return };
        if record.is_external() {
            return;
        }
        let requested = record.requested;
        self.set_drop_timer(pending, requested);
        self.new_pendings.push(pending);
    }

    /// Ends the offer and the waiting of a record.
    pub(in crate::runtime) fn cancel(&mut self, item: ItemNo) {
        let active = self.book.item(item).map(|record| record.active.clone()).unwrap_or_default();
        for work in active {
            if self.book.work(work).is_some_and(Work::is_offered) {
                self.end_work(work, AgentWorkStatus::Canceled);
                self.release(work);
                self.forget_if_done(work);
            }
        }
        if let Some(pending) = self.book.item(item).and_then(|record| record.pending) {
            self.delete_pending(pending);
        }
        self.forget_item(item);
    }

    /// A skill that an event asks for, at a level that was checked.
    pub(in crate::runtime) fn need(&mut self, given: &SkillNeed) -> Need {
        Need {
            skill: self.book.skill(&given.skill_id),
            level: given.skill_level,
            additional: given.is_additional_skill,
            priority: given.skill_priority,
            dropped: false,
            deleted: false,
        }
    }

    /// The skills that an event gives an agent.
    pub(in crate::runtime) fn held(&mut self, given: &[SkillHeld]) -> Vec<(SkillIx, Option<SkillLevel>)> {
        let mut skills: Vec<_> = given.iter().map(|held| (self.book.skill(&held.skill_id), held.skill_level)).collect();
        one_level_each(&mut skills);
        skills
    }
}
