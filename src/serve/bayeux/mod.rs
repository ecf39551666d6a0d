//! The `CometD` interface of the Streaming API: the Bayeux protocol over long polling, as a state machine.
//!
//! In: requests (who asks, path, cookie, body), topics, events, news of the connections, the lapse of time. Out: answers
//! at once, or the word that a request is held; and later, which held requests are answered with what. An event log
//! stands behind it, which outlives the sessions.
//!
//! It must not know: sockets, threads, the clock, files, what a record is, how an answer gets to a client.
//!
//! An event is sent once for each subscription, in the order of replay ids. Salesforce has no acknowledge extension: an
//! answer that is lost on its way is lost for the session, and the client gets its events by subscribing again with the
//! last replay id it saw. `Bayeux::give_back` is for answers that surely were never sent.
//!
//! Sources: Streaming API Developer Guide, versions 37.0 to 68.0 (message durability, clients and timeouts, error codes,
//! filtered subscriptions, event notification rules), and answers of orgs that users of clients have published. Where
//! neither says anything, the comment says "assumed".

mod channel;
mod contract;
mod event;
mod letters;
mod log;
mod message;
mod meta;
mod push_topic;
mod reply;
mod server;
mod session;
mod state;
mod subscribing;
mod version;
mod wording;

pub use contract::{
    Answer, Auth, BayeuxOptions, Handled, HoldId, PublishError, Release, Reply, Request, RestoreError, Topic, When,
};
pub use event::{Body, Event, EventKind, Retention};
pub use log::{EventLog, LogState};
pub use push_topic::{Change, NotifyForFields, Operation, Operations, PushTopic, PushTopicError};
pub use server::Bayeux;
