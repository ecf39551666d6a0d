//! Events that are not in the order of their times.

use crate::runtime::{Refusal, Runtime, Time};

/// What brought the time to where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Latest {
    /// Nothing: it has not begun.
    Nothing,
    /// The state that the run went on from.
    State,
    /// The event of a line.
    Line(u64),
}

impl Latest {
    /// What it is before the first line.
    pub(super) fn of(runtime: &Runtime) -> Self {
        if runtime.now() > Time::BEGINNING { Self::State } else { Self::Nothing }
    }

    /// Why an event is too early, with what it is earlier than; none for another refusal.
    pub(super) fn words(self, refusal: &Refusal) -> Option<String> {
        let Refusal::TimeRunsBackward { at, now } = refusal else { return None };
        let earlier = match self {
            Self::Line(line) => format!("line {line}, which is at {now}: events must be in the order of their times"),
            Self::State => format!("the saved state, which is of {now}"),
            Self::Nothing => format!("{now}"),
        };
        Some(format!("the event is at {at}, before {earlier}"))
    }
}

/// Counts events that are too early. Only the first of them has a sentence.
#[derive(Debug, Default)]
pub(super) struct OutOfOrder {
    /// Those that are earlier than the event of another line, or than anything.
    than_lines: usize,
    /// Those that are earlier than the saved state.
    than_state: usize,
}

impl OutOfOrder {
    /// Counts a refusal by what brought the time to where it is. True if the refusal gets a sentence of its own.
    pub(super) const fn tells(&mut self, refusal: &Refusal, latest: Latest) -> bool {
        if !matches!(refusal, Refusal::TimeRunsBackward { .. }) {
            return true;
        }
        let counted = if matches!(latest, Latest::State) { &mut self.than_state } else { &mut self.than_lines };
        *counted += 1;
        *counted == 1
    }

    /// For a sentence about all refusals: how many were too early, if several were.
    pub(super) fn words(&self) -> String {
        let of_lines = "earlier than an event before them: sort the lines by `at`";
        let of_state = "earlier than the saved state";
        let parts = [(self.than_lines, of_lines), (self.than_state, of_state)];
        let several = parts.into_iter().filter(|(events, _)| *events > 1);
        several.map(|(events, why)| format!(", {events} of them because they are {why}")).collect::<Vec<_>>().concat()
    }
}
