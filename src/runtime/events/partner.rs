//! What a partner's system does (Set Up Omni-Channel Developer Guide v56, "External Routing for Omni-Channel").

use crate::plan::Cost;
use crate::runtime::contract::{CapacityCheck, CreateAgentWork, Effect, Name, PendingServiceRoutingKey, Refusal};
use crate::runtime::steps::Runtime;

/// New events only.
const FROM_TIP: i64 = -1;

/// All that are retained, and new ones.
const FROM_EARLIEST: i64 = -2;

impl Runtime {
    pub(in crate::runtime) fn create_agent_work(&mut self, given: &CreateAgentWork) -> Result<(), Refusal> {
        let item = self.book.find_item(&given.work_item_id)?;
        let key = match given.pending_service_routing_id {
            Some(id) => PendingServiceRoutingKey::Id(id),
            None => PendingServiceRoutingKey::WorkItem(given.work_item_id.clone()),
        };
        let pending = self.book.find_pending(&key)?;
        let Some(record) = self.book.pending(pending) else { return Ok(()) };
        let field =
            |field: &str, problem: &str| Err(Refusal::Field { field: Name::from(field), problem: Name::from(problem) });
        if record.item != item {
            return field("PendingServiceRoutingId", "is of another record");
        }
        let work_item = given.work_item_id.clone();
        if !record.is_external() {
            return Err(Refusal::NotExternal { work_item });
        }
        if record.pushed.is_some() {
            return Err(Refusal::AlreadyPushed { work_item });
        }
        if let Some(channel) = &given.service_channel_id
            && self.plan.channel_names.find(channel)? != record.channel
        {
            return field("ServiceChannelId", "is another channel than the one of the routing request");
        }
        let cost = crate::runtime::rules::cost(given.capacity_weight, given.capacity_percentage)?;
        let (channel, pool) = (record.channel, record.terms.pool);
        let charged: Cost = cost.unwrap_or(record.terms.cost);
        let agent = self.book.find_agent(&given.user_id)?;
        let check = Some(CapacityCheck::AgentWork).filter(|_| !given.should_skip_capacity_check);
        self.rules().check_offer(agent, channel, pool, charged, check)?;
        self.offer(pending, agent, cost, given.should_skip_capacity_check);
        Ok(())
    }

    pub(in crate::runtime) fn subscribe(&mut self, subscriber: &Name, replay_id: i64) -> Result<(), Refusal> {
        let stream = &self.book.state().stream;
        let rules = self.rules();
        let kept = || stream.retained.iter().filter(|event| rules.is_retained(event));
        let last = stream.next_replay_id - 1;
        // The last event that is gone: everything after it is there.
        let gone = kept().next().map_or(last, |event| event.replay_id - 1);
        let events = match replay_id {
            FROM_TIP => Vec::new(),
            FROM_EARLIEST => kept().cloned().collect(),
            id if id > stream.reset && id >= gone && id <= last && id > 0 => {
                kept().filter(|event| event.replay_id > id).cloned().collect()
            }
            _ => return Err(Refusal::ReplayId { replay_id }),
        };
        self.forget_old_events();
        self.emit(Effect::Subscribed { subscriber: subscriber.clone(), events });
        Ok(())
    }
}
