//! Faults that a test asks for: off unless injected, and shown by the health answer.

use std::collections::VecDeque;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What goes wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// What happens.
    #[serde(rename = "fault")]
    pub kind: FaultKind,
    /// Only to requests whose path begins so; left out: to all but those of the control interface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// To how many requests; left out: one.
    #[serde(default = "one")]
    pub times: u32,
    /// Of a delay: how long, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub milliseconds: Option<u64>,
}

const fn one() -> u32 {
    1
}

/// Kinds of faults that meet requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) enum FaultKind {
    /// The answer comes late.
    Delay,
    /// The connection is cut instead of an answer; nothing was done.
    CutBefore,
    /// The connection is cut instead of an answer, after it was done.
    CutAfter,
    /// 503: the server is unavailable.
    Unavailable,
    /// 401: the session has expired.
    ExpiredSession,
    /// Of a change event, subscribers get the header alone: `GAP_CREATE` and the like. `path` is then how its channel begins,
    /// such as `/data/AgentWorkChangeEvent`; left out: any. `times` counts changes.
    GapEvent,
    /// Of the changes of a request, subscribers get one `GAP_OVERFLOW` for each object. `times` counts requests.
    OverflowEvent,
}

/// Kinds of faults that meet events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum EventFault {
    /// A gap event.
    Gap,
    /// An overflow event.
    Overflow,
}

impl FaultKind {
    const fn of_events(self) -> Option<EventFault> {
        match self {
            Self::GapEvent => Some(EventFault::Gap),
            Self::OverflowEvent => Some(EventFault::Overflow),
            _ => None,
        }
    }
}

/// The most requests that a fault meets.
const MOST_TIMES: u32 = 1_000_000;
/// The longest delay, in milliseconds.
const LONGEST_DELAY: u64 = 600_000;

impl Fault {
    /// What is wrong with it, in words.
    pub(crate) fn problem(&self) -> Option<String> {
        if self.times > MOST_TIMES {
            return Some(format!("`times` is at most {MOST_TIMES}"));
        }
        if self.kind == FaultKind::OverflowEvent && self.path.is_some() {
            return Some("`path` is not for `overflowEvent`: it meets all changes of a request".to_owned());
        }
        let is_long = self.milliseconds.is_some_and(|milliseconds| milliseconds > LONGEST_DELAY);
        is_long.then(|| format!("`milliseconds` is at most {LONGEST_DELAY}"))
    }
}

/// The faults that wait for their requests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults(VecDeque<Fault>);

impl Faults {
    /// Adds a fault.
    pub(crate) fn add(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.0.push_back(fault);
        }
    }

    /// Takes all away.
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }

    /// Those that wait.
    pub(crate) fn list(&self) -> Vec<Fault> {
        self.0.iter().cloned().collect()
    }

    /// The fault that meets a request of a path.
    pub(crate) fn meet(&mut self, path: &str) -> Option<Fault> {
        let is_control = path.starts_with("/omnic/");
        if path.starts_with("/omnic/v1/faults") {
            // What is wrong on purpose can always be put right.
            return None;
        }
        let meets = |fault: &Fault| match &fault.path {
            _ if fault.kind.of_events().is_some() => false,
            None => !is_control,
            Some(start) => path.starts_with(start.as_str()) && (!is_control || start.starts_with("/omnic/")),
        };
        self.take(meets)
    }

    /// Whether a fault meets an event on a channel.
    pub(super) fn meet_event(&mut self, kind: EventFault, channel: &str) -> bool {
        let is_there = |fault: &Fault| fault.path.as_ref().is_none_or(|start| channel.starts_with(start.as_str()));
        self.take(|fault| fault.kind.of_events() == Some(kind) && is_there(fault)).is_some()
    }

    fn take(&mut self, meets: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let at = self.0.iter().position(meets)?;
        let fault = self.0.get_mut(at)?;
        fault.times -= 1;
        let met = fault.clone();
        if met.times == 0 {
            self.0.remove(at);
        }
        Some(met)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_meets_as_many_requests_as_it_says() {
        let mut faults = Faults::default();
        let fault = |path: Option<&str>, times| Fault {
            kind: FaultKind::Unavailable,
            path: path.map(str::to_owned),
            times,
            milliseconds: None,
        };
        faults.add(fault(Some("/services/data"), 2));
        assert!(faults.meet("/cometd/60.0").is_none());
        assert!(faults.meet("/services/data/v60.0").is_some() && faults.meet("/services/data").is_some());
        assert!(faults.meet("/services/data").is_none());
        faults.add(fault(None, 1));
        assert!(faults.meet("/omnic/v1/health").is_none() && faults.meet("/cometd/60.0").is_some());
        faults.add(fault(Some("/"), 9));
        faults.add(fault(Some("/omnic/"), 9));
        assert!(faults.meet("/omnic/v1/faults").is_none() && faults.meet("/omnic/v1/clock").is_some());
        assert_eq!(faults.list().iter().map(|fault| fault.times).collect::<Vec<u32>>(), [9, 8]);
    }
}
