//! Which waiting items an offer passes over, and why. Asked only when the runtime traces: it looks at everything that waits
//! for the agent.

use super::basis::Rules;
use crate::plan::Time;
use crate::runtime::book::{Order, Pending, PendingNo};
use crate::runtime::contract::{PassedOver, TargetAcceptTime, WhyPassed};
use crate::runtime::numbers::AgentIx;

/// At most this many passed items of an offer are explained; others are counted.
pub const MOST_PASSED: usize = 20;

impl Rules<'_> {
    /// The items that wait for an agent since before `pending` was requested of the runtime, in the order in which they are
    /// routed, when the agent is about to be offered `pending`: the first of them, and how many more there are.
    pub(in crate::runtime) fn passed_over(self, pending: PendingNo, agent: AgentIx) -> (Vec<PassedOver>, u32) {
        let Some(chosen) = self.book.pending(pending) else { return (Vec::new(), 0) };
        let stands = self.book.index().seats[agent.at()].stands.iter();
        let waiting = stands
            .filter(|stand| self.book.index().lane_waits[stand.lane.at()])
            .flat_map(|stand| &self.book.index().lane(stand.lane).waiting)
            .filter(|(_, waiting)| **waiting < pending);
        let mut waiting: Vec<(Order, PendingNo)> = waiting.map(|(&order, &waiting)| (order, waiting)).collect();
        // Each lane is in order already, which a stable sort makes use of.
        waiting.sort();
        // An item waits in two lanes if it has a preferred user and a queue.
        waiting.dedup();
        let order = self.order(pending, chosen);
        let passed = |(theirs, waiting): (Order, PendingNo)| {
            let record = self.book.pending(waiting)?;
            let why = if order < theirs {
                self.comes_first(chosen, record, order, theirs)
            } else {
                WhyPassed::Cannot(self.why_cannot(waiting, agent)?)
            };
            let id = waiting.id();
            Some(PassedOver { id, work_item_id: self.book.item_name(record.item), requested: record.requested, why })
        };
        let mut rest = waiting.into_iter();
        let first = rest.by_ref().filter_map(passed).take(MOST_PASSED).collect();
        (first, rest.len() as u32)
    }

    /// By what one item comes before another: the first place at which their orders differ.
    pub(in crate::runtime) fn comes_first(
        self,
        chosen: &Pending,
        other: &Pending,
        order: Order,
        theirs: Order,
    ) -> WhyPassed {
        let secondary = WhyPassed::SecondaryPriority { chosen: chosen.terms.secondary, other: other.terms.secondary };
        let target = WhyPassed::TargetAcceptTime { chosen: chosen.target_accept, other: other.target_accept };
        let (second, third) = match self.book.state().options.target_accept_time {
            TargetAcceptTime::BeforeSecondaryPriority => (target, secondary),
            TargetAcceptTime::BeforeAge | TargetAcceptTime::Ignored => (secondary, target),
        };
        if order.0 != theirs.0 {
            WhyPassed::Priority { chosen: chosen.terms.priority, other: other.terms.priority }
        } else if order.1 != theirs.1 {
            second
        } else if order.2 != theirs.2 {
            third
        } else {
            WhyPassed::Requested { chosen: Time(order.3), other: Time(theirs.3) }
        }
    }
}
