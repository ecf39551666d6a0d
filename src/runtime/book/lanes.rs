//! The lanes of an item.

use super::index::{LaneKey, Reach};
use super::state::Pending;
use crate::plan::{Cost, Units};
use crate::runtime::contract::records::{RoutingModel, RoutingType};

/// What work costs an agent.
pub(in crate::runtime) fn cost_of(cost: Cost, capacity: Units) -> Units {
    match cost {
        Cost::Units(units) => units,
        Cost::Share(share) => share.of(capacity),
    }
}

/// The lanes of an item: the preferred user's, then that of everyone else who may get it.
pub(in crate::runtime) fn keys(record: &Pending) -> impl Iterator<Item = LaneKey> + use<> {
    let terms = &record.terms;
    let key = |reach| LaneKey {
        reach,
        channel: record.channel,
        pool: terms.pool,
        cost: terms.cost_while(record.paused).into(),
        most_available: terms.model == Some(RoutingModel::MostAvailable),
    };
    let preferred = terms.preferred.map(|agent| key(Reach::Agent(agent)));
    let reach = match terms.routing_type {
        _ if terms.required => None,
        Some(RoutingType::SkillsBased) => {
            let needs = record.needs.iter().filter(|need| !need.dropped);
            let mut needs: Vec<_> = needs.map(|need| (need.skill, need.level)).collect();
            needs.sort();
            Some(Reach::Skills(needs.into()))
        }
        Some(RoutingType::QueueBased) | None => terms.queue.map(Reach::Queue),
    };
    preferred.into_iter().chain(reach.map(key))
}
