//! Topics and channels that are known, and answers of queries that are not read to their end.

use std::collections::{BTreeMap, VecDeque};

use smol_str::SmolStr;

use crate::plan::Name;
use crate::serve::bayeux::PushTopic;
use crate::serve::ids::Id;
use crate::serve::soql::{Plan, PushTopicQuery, Selection};

/// A topic, ready to decide.
#[derive(Debug)]
pub(super) struct Known {
    /// Its channel.
    pub channel: SmolStr,
    /// Its query.
    pub query: PushTopicQuery,
    /// What it reports.
    pub decision: PushTopic,
}

/// All active topics, by the id of their record.
pub(super) type Topics = BTreeMap<Id, Known>;

/// What a query selected, to be shown page by page.
#[derive(Debug)]
pub(super) struct Cursor {
    /// The query.
    pub plan: Plan,
    /// What it selected.
    pub selection: Selection,
    /// Whether it selected deleted records, too.
    pub all: bool,
}

/// What a channel carries of one object or platform event.
#[derive(Debug)]
pub(super) struct Member {
    /// The channel, such as `/data/ChangeEvents`.
    pub channel: SmolStr,
    /// What lets an event through; none: each.
    pub filter: Option<PushTopicQuery>,
    /// Fields that events have if they are not empty, also unchanged: those of the filter, and enriched ones.
    pub always: Vec<SmolStr>,
}

/// All members, by the object or the platform event that they select.
#[derive(Debug, Default)]
pub(super) struct Channels {
    /// The members.
    pub members: BTreeMap<Name, Vec<Member>>,
    /// The ids of the schemas of their events.
    pub schemas: BTreeMap<Name, String>,
    /// The channels that streaming knows.
    pub known: Vec<SmolStr>,
}

/// Answers that have not been read to their end.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    /// The number of the last one.
    pub last: u64,
    /// The newest, the oldest first.
    pub kept: VecDeque<(Id, Cursor)>,
}
