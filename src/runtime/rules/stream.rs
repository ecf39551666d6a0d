//! Which streaming events can be replayed.

use super::basis::Rules;
use super::routing::HOUR;
use crate::runtime::contract::StreamingEvent;

impl Rules<'_> {
    pub(in crate::runtime) fn is_retained(self, event: &StreamingEvent) -> bool {
        let state = &self.book.state();
        state.now.since(event.created_date) <= i64::from(state.options.event_retention_hours) * HOUR
    }
}
