//! What numbers come to: how much work fits, how long seconds are.

use std::collections::BTreeMap;

use crate::graph::reach::Cost;
use crate::graph::{Graph, NodeId};
use crate::metadata::PresenceUserConfig;
use crate::schema::validate::{parse_double, parse_int};
use crate::schema::{Field, Shape};
use crate::source::Location;
use crate::text::units;

/// A rep has at most as many open items, whatever the capacity (Salesforce Help: Understand Capacity Models).
const MOST_ITEMS: u64 = 100;

/// How much work of one cost fits under one presence configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit<'g> {
    /// The name of the presence configuration.
    pub presence: &'g str,
    /// Whether the interruptible capacity is charged, if that is known.
    pub interruptible: Option<bool>,
    /// The capacity that is charged; none if it is not given, or not known which of two.
    pub capacity: Option<i32>,
    /// How many items fit at once; none if that is not known, or without limit.
    pub fits: Option<u64>,
}

impl<'g> Fit<'g> {
    /// How much work of this cost fits under a presence configuration, by the capacity that is charged.
    pub fn new(graph: &'g Graph, cost: Cost, presence: NodeId, interruptible: Option<bool>) -> Self {
        let capacity = graph.capacity_of(presence, interruptible).map(|(units, _)| units);
        Self {
            presence: graph.name(presence),
            interruptible,
            capacity,
            fits: capacity.and_then(|capacity| cost.fits(capacity)),
        }
    }

    /// ``3 in the 6 units of `Tier_1` ``.
    pub fn in_words(&self) -> String {
        let Self { presence, interruptible, capacity, fits } = self;
        let interruptible = if *interruptible == Some(true) { "interruptible " } else { "" };
        match (capacity, fits) {
            (Some(1), Some(fits)) => format!("{} in the 1 {interruptible}unit of `{presence}`", number(*fits)),
            (Some(capacity), Some(fits)) => {
                format!("{} in the {capacity} {interruptible}units of `{presence}`", number(*fits))
            }
            (Some(_), None) => format!("any number in `{presence}`"),
            (None, _) => format!("not known for `{presence}`"),
        }
    }
}

/// How much work of one cost fits under each presence configuration that is known to govern reps of the queues that a
/// routing configuration routes.
pub fn fits_of(graph: &Graph, config: NodeId, cost: Cost) -> Vec<Fit<'_>> {
    let mut fits: Vec<_> = graph
        .presence_for(config)
        .into_iter()
        .map(|(presence, interruptible)| Fit::new(graph, cost, presence, interruptible))
        .collect();
    fits.dedup();
    fits
}

/// How much of each work fits into a capacity of a presence configuration: each routing configuration whose work is
/// charged to it, in the order of the names. Without an interruptible capacity, all is charged to the one.
pub fn works_under(graph: &Graph, presence: NodeId, interruptible: bool, capacity: i32) -> Vec<(&str, u64)> {
    let has_own =
        graph.get::<PresenceUserConfig>(presence).is_some_and(|item| item.value.interruptible_capacity.get().is_some());
    let mut works = BTreeMap::new();
    for (queue, config) in graph.queues_reached_by(presence) {
        let charged = graph.is_queue_interruptible(config, queue);
        let is_charged = if has_own { charged == Some(interruptible) } else { !interruptible };
        let cost = graph.cost_of(config).filter(|_| is_charged && !graph.is_external(config));
        if let Some(fits) = cost.and_then(|cost| cost.fits(capacity)) {
            works.insert(graph.name(config), fits);
        }
    }
    works.into_iter().collect()
}

/// How many items, at most as many as a rep can have.
pub fn number(fits: u64) -> String {
    match fits {
        0 => "none".to_owned(),
        fits => fits.min(MOST_ITEMS).to_string(),
    }
}

/// `fits 3 of these in 6 units`.
pub fn these(fits: u64, capacity: i32) -> String {
    format!("fits {} of these in {}", number(fits), units(capacity.into()))
}

/// The cost that the value of an element says.
pub fn cost(name: &str, value: &str) -> Option<Cost> {
    let number = parse_double(value)?;
    Some(match name {
        "capacityWeight" => Cost::Units(number, Location::default()),
        _ => Cost::Percent(number, Location::default()),
    })
}

/// A number of seconds that nobody reads as minutes.
pub fn seconds(field: &Field, value: &str) -> Option<i32> {
    let is_time = field.shape == Shape::Int && field.unit.as_deref() == Some("seconds");
    parse_int(value).filter(|seconds| is_time && *seconds > 90)
}

/// `2 min 30 s`.
pub fn duration(seconds: i32) -> String {
    let parts = [(seconds / 3600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let parts = parts.iter().filter(|(number, _)| *number != 0);
    parts.map(|(number, unit)| format!("{number} {unit}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_like_english() {
        assert_eq!(duration(150), "2 min 30 s");
        assert_eq!(duration(3600), "1 h");
        assert_eq!(these(3, 6), "fits 3 of these in 6 units");
        assert_eq!(these(0, 1), "fits none of these in 1 unit");
        assert_eq!(these(4000, 1000), "fits 100 of these in 1000 units");
    }
}
