//! Topics that are known, and answers of queries that are not read to their end.

use std::collections::{BTreeMap, VecDeque};

use smol_str::SmolStr;

use crate::serve::bayeux::PushTopic;
use crate::serve::ids::Id;
use crate::serve::ordered::Ordered;
use crate::serve::soql::PushTopicQuery;

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

/// Answers that have not been read to their end.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    /// The number of the last one.
    pub last: u64,
    /// The newest, the oldest first.
    pub kept: VecDeque<(Id, Vec<Ordered>)>,
}
