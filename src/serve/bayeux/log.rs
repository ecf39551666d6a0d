//! The event log: what can be replayed. Bounded by time, number and bytes.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::contract::RestoreError;
use super::event::{Event, Retention};

/// Events in order, and what is known of those that are gone.
#[derive(Debug)]
pub struct EventLog {
    day: Shelf,
    three_days: Shelf,
    last: u64,
    max_events: usize,
    max_bytes: usize,
}

/// Events with one retention.
#[derive(Debug, Default)]
struct Shelf {
    events: VecDeque<Arc<Event>>,
    bytes: usize,
    /// The greatest replay id among the events that were dropped.
    gone: u64,
}

/// A log to be kept across a restart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogState {
    /// The last replay id that was given.
    pub last_replay_id: u64,
    /// The greatest replay id that is gone, of events retained for 24 hours.
    pub gone_day: u64,
    /// The same for 72 hours.
    pub gone_three_days: u64,
    /// The events, in the order of replay ids.
    pub events: Vec<Event>,
}

impl EventLog {
    pub(super) fn new(max_events: usize, max_bytes: usize) -> Self {
        Self { day: Shelf::default(), three_days: Shelf::default(), last: 0, max_events, max_bytes }
    }

    /// The last replay id that was given; 0 before the first.
    pub const fn last_replay_id(&self) -> u64 {
        self.last
    }

    /// How many events are retained.
    pub fn len(&self) -> usize {
        self.day.events.len() + self.three_days.events.len()
    }

    /// True if none is retained.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) const fn next_replay_id(&self) -> u64 {
        self.last.saturating_add(1)
    }

    /// Adds an event. Its replay id must be above the last one.
    pub(super) fn push(&mut self, event: Arc<Event>) -> Result<(), RestoreError> {
        if event.replay_id <= self.last {
            return Err(RestoreError { replay_id: event.replay_id, last: self.last });
        }
        self.append(event);
        Ok(())
    }

    /// Adds the event with the next replay id.
    pub(super) fn append(&mut self, event: Arc<Event>) {
        self.last = event.replay_id;
        self.shelf_mut(event.retention).push(event);
        while self.len() > self.max_events || self.day.bytes.saturating_add(self.three_days.bytes) > self.max_bytes {
            let oldest = match (self.day.events.front(), self.three_days.events.front()) {
                (Some(a), Some(b)) if a.replay_id > b.replay_id => &mut self.three_days,
                (Some(_), _) => &mut self.day,
                (None, Some(_)) => &mut self.three_days,
                (None, None) => break,
            };
            oldest.pop();
        }
    }

    /// Drops what is outside its window.
    pub(super) fn expire(&mut self, now_ms: i64) {
        for shelf in [&mut self.day, &mut self.three_days] {
            while shelf.events.front().is_some_and(|event| event.is_expired(now_ms)) {
                shelf.pop();
            }
        }
    }

    /// Drops everything.
    pub(super) fn wipe(&mut self) {
        let last = self.last;
        for shelf in [&mut self.day, &mut self.three_days] {
            *shelf = Shelf { gone: last, ..Shelf::default() };
        }
    }

    /// Drops the events of a channel that no other channel carries.
    pub(super) fn drop_channel(&mut self, channel: &str) {
        for shelf in [&mut self.day, &mut self.three_days] {
            shelf.events.retain_mut(|event| !event.is_on(channel) || Arc::make_mut(event).leave(channel));
            shelf.bytes = shelf.events.iter().map(|event| size(event)).sum();
        }
    }

    /// True if replay can start after this id: it lies among those that are retained.
    pub(super) fn can_start_after(&self, retention: Retention, replay_id: u64) -> bool {
        replay_id > self.shelf(retention).gone && replay_id <= self.last
    }

    /// The events of a channel with greater ids, in order.
    pub(super) fn after<'a>(
        &'a self,
        retention: Retention,
        channel: &'a str,
        replay_id: u64,
    ) -> impl Iterator<Item = &'a Arc<Event>> {
        let events = &self.shelf(retention).events;
        let start = events.partition_point(|event| event.replay_id <= replay_id);
        events.range(start..).filter(move |event| event.is_on(channel))
    }

    pub(super) fn save(&self) -> LogState {
        let mut events: Vec<Event> =
            self.day.events.iter().chain(&self.three_days.events).map(|event| Event::clone(event)).collect();
        events.sort_unstable_by_key(|event| event.replay_id);
        LogState { last_replay_id: self.last, gone_day: self.day.gone, gone_three_days: self.three_days.gone, events }
    }

    pub(super) fn restore(&mut self, state: LogState) -> Result<(), RestoreError> {
        *self = Self::new(self.max_events, self.max_bytes);
        self.day.gone = state.gone_day;
        self.three_days.gone = state.gone_three_days;
        for event in state.events {
            self.push(Arc::new(event))?;
        }
        if state.last_replay_id < self.last {
            return Err(RestoreError { replay_id: self.last, last: state.last_replay_id });
        }
        self.last = state.last_replay_id;
        Ok(())
    }

    const fn shelf(&self, retention: Retention) -> &Shelf {
        match retention {
            Retention::Day => &self.day,
            Retention::ThreeDays => &self.three_days,
        }
    }

    const fn shelf_mut(&mut self, retention: Retention) -> &mut Shelf {
        match retention {
            Retention::Day => &mut self.day,
            Retention::ThreeDays => &mut self.three_days,
        }
    }
}

impl Shelf {
    fn push(&mut self, event: Arc<Event>) {
        self.bytes = self.bytes.saturating_add(size(&event));
        self.events.push_back(event);
    }

    fn pop(&mut self) {
        if let Some(event) = self.events.pop_front() {
            self.bytes = self.bytes.saturating_sub(size(&event));
            self.gone = self.gone.max(event.replay_id);
        }
    }
}

const fn size(event: &Event) -> usize {
    event.data.len() + size_of::<Event>()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 60 * 60 * 1000;

    fn event(replay_id: u64, channel: &str, retention: Retention, created_ms: i64) -> Arc<Event> {
        Arc::new(Event {
            replay_id,
            channel: channel.into(),
            also: Vec::new(),
            retention,
            created_ms,
            data: "{}".into(),
        })
    }

    fn ids(log: &EventLog, retention: Retention, channel: &str, after: u64) -> Vec<u64> {
        log.after(retention, channel, after).map(|event| event.replay_id).collect()
    }

    fn filled() -> EventLog {
        let mut log = EventLog::new(100, 1 << 20);
        for (id, channel, retention, hour) in [
            (1, "a", Retention::Day, 0),
            (2, "c", Retention::ThreeDays, 0),
            (5, "b", Retention::Day, 1),
            (6, "a", Retention::Day, 2),
        ] {
            log.push(event(id, channel, retention, hour * HOUR)).unwrap();
        }
        log
    }

    #[test]
    fn windows_are_24_and_72_hours() {
        let mut log = filled();
        log.expire(24 * HOUR - 1);
        assert_eq!(ids(&log, Retention::Day, "a", 0), [1, 6]);
        log.expire(24 * HOUR);
        assert_eq!(ids(&log, Retention::Day, "a", 0), [6]);
        assert!(!log.can_start_after(Retention::Day, 1) && log.can_start_after(Retention::Day, 5));
        assert!(log.can_start_after(Retention::ThreeDays, 1));
        log.expire(72 * HOUR - 1);
        assert_eq!((log.len(), ids(&log, Retention::ThreeDays, "c", 0)), (1, vec![2]));
        log.expire(72 * HOUR);
        assert!(log.is_empty() && log.last_replay_id() == 6 && log.next_replay_id() == 7);
    }

    #[test]
    fn replay_starts_after_an_id_that_is_in_range() {
        let log = filled();
        for (id, allowed) in [(0, false), (1, true), (4, true), (6, true), (7, false), (u64::MAX, false)] {
            assert_eq!(log.can_start_after(Retention::Day, id), allowed, "{id}");
        }
        assert_eq!(ids(&log, Retention::Day, "a", 1), [6]);
        assert_eq!(ids(&log, Retention::Day, "b", 4), [5]);
        assert_eq!(ids(&log, Retention::Day, "a", u64::MAX), [0; 0]);
    }

    #[test]
    fn wiped_means_that_no_id_before_is_in_range() {
        let mut log = filled();
        log.wipe();
        assert!(log.is_empty() && !log.can_start_after(Retention::Day, 6));
        log.push(event(7, "a", Retention::Day, 0)).unwrap();
        assert!(!log.can_start_after(Retention::Day, 6) && log.can_start_after(Retention::Day, 7));
    }

    #[test]
    fn the_oldest_go_first_when_there_is_no_room() {
        let mut log = EventLog::new(2, 1 << 20);
        for id in 1..=3 {
            let retention = if id == 1 { Retention::ThreeDays } else { Retention::Day };
            log.push(event(id, "a", retention, 0)).unwrap();
        }
        assert_eq!(ids(&log, Retention::Day, "a", 0), [2, 3]);
        assert!(ids(&log, Retention::ThreeDays, "a", 0).is_empty());
        let mut log = EventLog::new(100, 2 * size(&event(1, "a", Retention::Day, 0)));
        for id in 1..=5 {
            log.push(event(id, "a", Retention::Day, 0)).unwrap();
        }
        assert_eq!(ids(&log, Retention::Day, "a", 0), [4, 5]);
        assert!(!log.can_start_after(Retention::Day, 3));
        log.drop_channel("a");
        assert!(log.is_empty() && log.day.bytes == 0);
    }

    #[test]
    fn an_event_is_on_each_of_its_channels_until_the_last_is_dropped() {
        let mut log = EventLog::new(100, 1 << 20);
        let mut shared = Event::clone(&event(1, "a", Retention::ThreeDays, 0));
        shared.also = vec!["b".into(), "c".into()];
        log.push(Arc::new(shared)).unwrap();
        let on = |log: &EventLog| ["a", "b", "c"].map(|channel| ids(log, Retention::ThreeDays, channel, 0).len());
        assert_eq!(on(&log), [1, 1, 1]);
        log.drop_channel("a");
        assert_eq!(on(&log), [0, 1, 1]);
        log.drop_channel("c");
        assert_eq!(on(&log), [0, 1, 0]);
        log.drop_channel("b");
        assert!(log.is_empty());
    }

    #[test]
    fn a_saved_log_goes_on_where_it_was() {
        let mut log = filled();
        log.expire(24 * HOUR);
        let state = log.save();
        let text = serde_json::to_string(&state).unwrap();
        let mut again = EventLog::new(100, 1 << 20);
        again.restore(serde_json::from_str(&text).unwrap()).unwrap();
        assert_eq!(again.save(), state);
        log.wipe();
        again.restore(log.save()).unwrap();
        assert_eq!(again.next_replay_id(), 7, "although no event is left");
        assert_eq!(again.push(event(6, "a", Retention::Day, 0)), Err(RestoreError { replay_id: 6, last: 6 }));
    }
}
