//! Random histories. A step is a kind of event and a few numbers; what it comes to is decided when its turn comes, by what
//! the model holds then, so that most events are valid. Some are not, on purpose.

mod events;
mod options;
mod records;
mod teller;

use omnic::plan::Plan;
use omnic::runtime::{Time, Timed};
use proptest::prelude::*;
use proptest::sample::select;

use crate::model::Model;
pub(crate) use options::options;
use teller::Teller;

/// When the histories begin: shortly before the end of an hour.
pub(crate) const BEGIN: Time = Time(1_795_420_800_000 - 60_000);

/// A step of a history.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    kind: Kind,
    /// Milliseconds since the step before.
    wait: i64,
    picks: [u16; 10],
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    TimePassed,
    Arrive,
    Cancel,
    Update,
    Owner,
    ConversationEnded,
    Login,
    SetStatus,
    Logout,
    ConnectionLost,
    Ask,
    Accept,
    Decline,
    Close,
    TabClosed,
    TabFocused,
    Extend,
    Transfer,
    Supervise,
    CreateAgentWork,
    Subscribe,
    DataRecovered,
    CreateRequest,
    UpdateRequest,
    DeleteRequest,
    Require,
    UpdateNeed,
    DeleteNeed,
    CreateRecord,
    DeleteRecord,
    DeleteWork,
    UndeleteWork,
    DeleteSkill,
    UndeleteSkill,
    DeletePresence,
    UndeletePresence,
    AgentChanged,
}

fn kind() -> impl Strategy<Value = Kind> {
    use Kind::*;
    prop_oneof![
        60 => Just(Arrive),
        40 => Just(Accept),
        24 => Just(Login),
        24 => Just(Close),
        20 => Just(Update),
        18 => Just(CreateAgentWork),
        15 => select(vec![Decline, Owner, Transfer]),
        8 => select(vec![SetStatus, TimePassed]),
        36 => select(vec![ConversationEnded, Extend, Extend]),
        12 => select(vec![Require, CreateRequest, UpdateRequest]),
        8 => select(vec![Require, UpdateNeed, DeleteNeed]),
        12 => select(vec![CreateRecord, DeleteRecord]),
        20 => select(vec![DeleteWork, UndeleteWork, DeleteSkill, UndeleteSkill, DeletePresence, UndeletePresence]),
        8 => select(vec![Logout, Cancel, TabFocused]),
        6 => select(vec![AgentChanged, Supervise]),
        6 => select(vec![Decline, TabClosed, ConnectionLost]),
        4 => select(vec![Ask, Subscribe, DeleteRequest, DeleteWork]),
        1 => select(vec![DataRecovered, TimePassed]),
    ]
}

fn wait() -> impl Strategy<Value = i64> {
    const HOUR: i64 = 3_600_000;
    prop_oneof![
        30 => Just(0_i64),
        60 => 0..4_000_i64,
        20 => (1..12_i64).prop_map(|seconds| seconds * 1_000),
        10 => 5_000..60_000_i64,
        1 => select(vec![-1, 240_000, HOUR]),
    ]
}

pub(crate) fn history() -> impl Strategy<Value = Vec<Step>> {
    let step = (kind(), wait(), any::<[u16; 10]>()).prop_map(|(kind, wait, picks)| Step { kind, wait, picks });
    prop::collection::vec(step, 30..150)
}

/// What a step comes to: its time, and its event.
pub(crate) fn event(number: usize, step: &Step, plan: &Plan, model: &Model) -> Timed {
    let picks = step.picks.iter().copied().rev().collect();
    let mut teller = Teller { number, plan, model, picks };
    let now = if model.now < BEGIN { BEGIN } else { model.now };
    // Among many, an hour of offers that nobody answers is long.
    let most = if is_crowd(plan) { 60_000 } else { i64::MAX };
    Timed { at: now.plus(step.wait.min(most)), event: teller.event(step.kind) }
}

/// So many agents that a history would not log them in.
pub(crate) fn is_crowd(plan: &Plan) -> bool {
    plan.tables.users.len() > 10
}
