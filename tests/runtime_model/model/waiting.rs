//! `PendingServiceRouting`: created, put back after an offer that came to nothing, deleted; its skills dropped and restored.

use omnic::plan::Cost;
use omnic::runtime::records::PendingServiceRouting;
use omnic::runtime::{Change, DropSkills, Effect, Owner, PendingServiceRoutingId, SessionId, Time};

use super::arrival::{Arrival, Routing};
use super::{Model, Psr};

impl Model {
    pub(super) fn create_psr(&mut self, arrival: &Arrival, routing: Routing) -> PendingServiceRoutingId {
        let id = PendingServiceRoutingId(self.next.psr);
        self.next.psr += 1;
        let Routing { terms, model, kind, reach, preferred, needs, drop_seconds, ready, by_owner, .. } = routing;
        let values = self.item(&arrival.item).expect("a known item").fields.clone();
        let meaning = values.iter().find_map(|(field, value)| self.meaning(&terms.channel, field, value));
        let item = self.item(&arrival.item).expect("a known item");
        item.meaning = meaning.or(item.meaning);
        item.terms = Some(terms.clone());
        let queue = terms.queue.clone().map(Owner::Queue);
        if arrival.is_transfer {
            if let Some(queue) = queue {
                self.set_owner(&arrival.item, &queue);
            }
        } else {
            item.owner = queue.or(item.owner.take());
        }
        let record = PendingServiceRouting {
            id,
            bot_id: None,
            capacity_percentage: if let Cost::Share(share) = terms.cost { Some(share) } else { None },
            capacity_weight: if let Cost::Units(units) = terms.cost { Some(units) } else { None },
            created_date: self.now,
            custom_requested_date_time: arrival.custom,
            drop_additional_skills_timeout: drop_seconds,
            group_id: terms.queue.clone(),
            is_interruptible: terms.pool == super::Pool::Interruptible,
            is_owner_change_initiated: by_owner == Some(true),
            is_preferred_user_required: terms.required,
            is_push_attempted: false,
            is_pushed: false,
            is_ready_for_routing: ready,
            is_status_change_initiated: by_owner == Some(false),
            is_transfer: arrival.is_transfer,
            last_declined_agent_session: None,
            owner_id: terms.queue.clone(),
            preferred_user_id: preferred,
            push_timeout: terms.push_timeout,
            routing_model: Some(model),
            routing_priority: terms.priority,
            routing_type: kind,
            secondary_routing_priority: terms.secondary,
            serial: 1,
            service_channel_id: terms.channel.clone(),
            target_accept_date_time: arrival.target,
            work_item_id: arrival.item.clone(),
        };
        self.waiting.push(Psr {
            external: model == omnic::runtime::records::RoutingModel::ExternalRouting,
            model,
            requested: arrival.custom.unwrap_or(self.now),
            place: arrival.custom.or(arrival.place).unwrap_or(self.now),
            reach,
            needs,
            drop_after: drop_seconds.filter(|seconds| *seconds > 0).map(|seconds| i64::from(seconds) * 1_000),
            drop_at: None,
            declined_by: Vec::new(),
            terms,
            record,
        });
        self.tell_psr(id, Change::Created);
        if ready {
            let requested = self.psr(id).requested;
            self.start_drop_timer(id, requested);
        }
        id
    }

    /// Additional skills are dropped so long after `from`; those whose time is past, now.
    pub(super) fn start_drop_timer(&mut self, id: PendingServiceRoutingId, from: Time) {
        let psr = self.psr(id);
        let any = psr.needs.iter().any(|need| need.additional);
        psr.drop_at = psr.drop_after.filter(|_| any).map(|after| from.plus(after));
        while self.psr(id).drop_at.is_some_and(|due| due <= self.now) {
            self.drop_group(id);
        }
    }

    /// Drops the group of additional skills whose turn it is.
    pub(super) fn drop_group(&mut self, id: PendingServiceRoutingId) {
        let together = self.options.drop_skills == DropSkills::Together;
        let psr = self.psr(id);
        let turn = |need: &super::Need| need.priority.filter(|priority| *priority != 0);
        let left = || psr.needs.iter().filter(|need| need.additional && !need.dropped);
        let highest = left().map(turn).max().expect("the timer runs while there are some");
        let mut skills = Vec::new();
        for need in &mut psr.needs {
            if need.additional && !need.dropped && (together || turn(need) == highest) {
                need.dropped = true;
                skills.push(need.skill.clone());
            }
        }
        skills.sort();
        let more = psr.needs.iter().any(|need| need.additional && !need.dropped);
        psr.drop_at = psr.drop_at.zip(psr.drop_after).filter(|_| more).map(|(due, after)| due.plus(after));
        let work_item_id = psr.record.work_item_id.clone();
        self.tell(Effect::SkillsDropped { id, work_item_id, skills });
    }

    /// An offer came to nothing: the item waits again, in its queue if it has one.
    pub(super) fn put_back(&mut self, id: PendingServiceRoutingId, declined_by: Option<SessionId>) {
        let now = self.now;
        let psr = self.psr(id);
        psr.record.is_pushed = false;
        psr.record.serial += 1;
        if let Some(session) = declined_by {
            psr.record.last_declined_agent_session = Some(session);
            psr.declined_by.push(session);
        } else {
            psr.requested = psr.terms.custom.unwrap_or(now);
            psr.place = psr.requested;
        }
        psr.needs.iter_mut().for_each(|need| need.dropped = false);
        let (item, queue) = (psr.record.work_item_id.clone(), psr.terms.queue.clone());
        self.tell_psr(id, Change::Updated);
        if let Some(queue) = queue {
            self.set_owner(&item, &Owner::Queue(queue));
        }
        self.start_drop_timer(id, now);
    }

    pub(super) fn delete_psr(&mut self, id: PendingServiceRoutingId) {
        self.tell_psr(id, Change::Deleted);
        self.waiting.retain(|psr| psr.record.id != id);
    }
}
