//! Externally routed work: a partner's `AgentWork`, streams of events, the switch of data centres.

use omnic::plan::Cost;
use omnic::runtime::records::PendingServiceRouting;
use omnic::runtime::{CapacityCheck, Change, CreateAgentWork, Effect, Name, Refusal, StreamingEvent, What};

use super::names::unknown;
use super::{Model, Step};

impl Model {
    pub(super) fn create_agent_work(&mut self, create: &CreateAgentWork) -> Step {
        let item = &create.work_item_id;
        self.item(item)?;
        let psr = match create.pending_service_routing_id {
            Some(id) => self.waiting.iter().find(|psr| psr.record.id == id && psr.record.work_item_id == *item),
            None => self.psr_of(item),
        };
        let Some(psr) = psr.cloned() else {
            let name = create.pending_service_routing_id.map_or_else(|| item.to_string(), |id| id.to_string());
            return unknown(What::PendingServiceRouting, &name);
        };
        if !psr.external {
            return Err(Refusal::NotExternal { work_item: item.clone() });
        }
        if psr.record.is_pushed {
            return Err(Refusal::AlreadyPushed { work_item: item.clone() });
        }
        if create.service_channel_id.as_ref().is_some_and(|channel| *channel != psr.terms.channel) {
            return Err(Refusal::Field { field: "ServiceChannelId".into(), problem: "is another one".into() });
        }
        let user = &create.user_id;
        self.ready_for(user, &psr.terms.channel)?;
        let weight = create.capacity_weight.map(Cost::Units);
        let percentage = create.capacity_percentage.map(Cost::Share);
        let cost = weight.or(percentage).unwrap_or(psr.terms.cost);
        if !create.should_skip_capacity_check {
            self.must_fit(user, &psr.terms, self.charge(user, psr.terms.pool, cost), CapacityCheck::AgentWork)?;
        }
        self.offer(psr.record.id, user, create.should_skip_capacity_check, Some(cost));
        Ok(())
    }

    /// An event for everyone who subscribed.
    pub(super) fn stream(&mut self, kind: Change, sobject: PendingServiceRouting) {
        self.issued += 1;
        let event = StreamingEvent { kind, replay_id: self.issued, created_date: self.now, sobject };
        self.streamed.push(event.clone());
        self.tell(Effect::Streaming { event: Box::new(event) });
    }

    pub(super) fn subscribe(&mut self, subscriber: &Name, replay_id: i64) -> Step {
        let hours = i64::from(self.options.event_retention_hours);
        let is_retained = |event: &&StreamingEvent| self.now.since(event.created_date) <= hours * 3_600_000;
        let retained: Vec<StreamingEvent> = self.streamed.iter().filter(is_retained).cloned().collect();
        let events = match replay_id {
            -1 => Vec::new(),
            -2 => retained,
            id => {
                let oldest = retained.first().map_or(self.issued + 1, |event| event.replay_id);
                if id <= 0 || id > self.issued || id < oldest - 1 || id <= self.lost {
                    return Err(Refusal::ReplayId { replay_id });
                }
                retained.into_iter().filter(|event| event.replay_id > id).collect()
            }
        };
        self.tell(Effect::Subscribed { subscriber: subscriber.clone(), events });
        Ok(())
    }

    /// Everyone is logged out, and streams begin anew.
    pub(super) fn data_recovered(&mut self) {
        let mut users: Vec<Name> = self.agents.iter().map(|agent| agent.name.clone()).collect();
        users.sort();
        for user in users {
            if self.session_of(&user).is_some() {
                self.end_session(&user);
            }
        }
        self.streamed.clear();
        self.lost = self.issued;
    }
}
