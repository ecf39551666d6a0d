//! Figures of records.

use crate::plan::{Cost, Share, Units};
use crate::runtime::book::{PresenceRecord, Work};

/// Whole seconds, rounded down.
pub(in crate::runtime) const fn seconds(milliseconds: i64) -> i64 {
    milliseconds.div_euclid(1_000)
}

/// From accept to close, or to the end of after conversation work, whichever is first (guide, `AgentWork.HandleTime`).
pub(in crate::runtime) fn handle_time(work: &Work) -> Option<i64> {
    let accepted = work.accepted?;
    let acw_ended = work.acw.as_ref().and_then(|acw| acw.ended);
    let end = acw_ended.into_iter().chain(work.ended).min()?;
    Some(seconds(end.since(accepted)))
}

/// Time in focus, to the same end (guide, `AgentWork.ActiveTime`).
pub(in crate::runtime) fn active_time(work: &Work) -> Option<i64> {
    work.accepted?;
    let is_over = work.ended.is_some() || work.acw.as_ref().is_some_and(|acw| acw.ended.is_some());
    is_over.then(|| seconds(work.active_ms))
}

/// Time of after conversation work (guide, `AgentWork.AfterConversationActualTime`).
pub(in crate::runtime) fn acw_time(work: &Work) -> Option<i64> {
    let acw = work.acw.as_ref()?;
    Some(seconds(acw.ended?.since(acw.started)))
}

/// The average over time, to the nearest ten-thousandth of a unit.
pub(in crate::runtime) fn average_capacity(record: &PresenceRecord) -> Option<Units> {
    let elapsed = i128::from(record.counted.since(record.started));
    let average = || (2 * record.used_ms + elapsed) / (2 * elapsed);
    (elapsed > 0).then(|| Units(i64::try_from(average()).unwrap_or(i64::MAX)))
}

pub(in crate::runtime) fn percentage(cost: Cost) -> Option<Share> {
    match cost {
        Cost::Share(share) => Some(share),
        Cost::Units(_) => None,
    }
}

pub(in crate::runtime) fn weight(cost: Cost) -> Option<Units> {
    match cost {
        Cost::Units(units) => Some(units),
        Cost::Share(_) => None,
    }
}
