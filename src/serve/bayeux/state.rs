//! Clients, topics and the log together: what ends by itself, and how a held connect is answered.

use std::collections::BTreeMap;

use serde_json::Value;
use smol_str::SmolStr;

use super::contract::{Answer, BayeuxOptions, HoldId, Release, Taken, Topic, When};
use super::log::EventLog;
use super::reply::{self, Advice, Message};
use super::session::Session;
use super::wording;

#[derive(Debug)]
pub(super) struct State {
    pub(super) options: BayeuxOptions,
    pub(super) log: EventLog,
    pub(super) topics: BTreeMap<SmolStr, Topic>,
    /// Other spellings of channels.
    pub(super) spellings: BTreeMap<SmolStr, SmolStr>,
    /// In the order of handshakes.
    pub(super) sessions: BTreeMap<u64, Session>,
    by_client: BTreeMap<String, u64>,
    last_session: u64,
    last_hold: u64,
    last_subscription: u64,
    /// True while requests are answered with 503.
    pub(super) busy: bool,
}

/// Why a held connect is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Events wait, or its time is over.
    Due,
    /// The client sent another one. It gets no events: a client that sends a second connect has usually lost the first.
    Superseded,
    /// The client disconnects.
    Disconnected,
    /// The client is forgotten.
    Forgotten,
    /// The user's session has ended.
    SignedOut,
}

impl State {
    pub(super) fn new(options: BayeuxOptions) -> Self {
        let log = EventLog::new(options.max_events, options.max_bytes);
        Self {
            options,
            log,
            topics: BTreeMap::new(),
            spellings: BTreeMap::new(),
            sessions: BTreeMap::new(),
            by_client: BTreeMap::new(),
            last_session: 0,
            last_hold: 0,
            last_subscription: 0,
            busy: false,
        }
    }

    pub(super) fn find(&self, client: &str) -> Option<u64> {
        self.by_client.get(client).copied()
    }

    /// A new client, whose id begins with these letters.
    pub(super) fn open(&mut self, letters: &str, user: &str, when: When) -> String {
        self.last_session = self.last_session.saturating_add(1);
        let client = format!("{letters}{}", self.last_session);
        let expires = when.real_ms.saturating_add(self.options.reconnect_ms);
        self.sessions.insert(self.last_session, Session::new(client.clone(), user, expires));
        self.by_client.insert(client.clone(), self.last_session);
        client
    }

    pub(super) fn close(&mut self, number: u64) {
        if let Some(session) = self.sessions.remove(&number) {
            self.by_client.remove(&session.client);
        }
    }

    pub(super) fn next_hold(&mut self) -> HoldId {
        self.last_hold = self.last_hold.saturating_add(1);
        HoldId(self.last_hold)
    }

    pub(super) fn next_subscription(&mut self) -> u64 {
        self.last_subscription = self.last_subscription.saturating_add(1);
        self.last_subscription
    }

    /// How many clients subscribe to a channel.
    pub(super) fn subscribers(&self, channel: &str) -> usize {
        self.sessions.values().filter(|session| session.is_subscribed_to(channel)).count()
    }

    /// Lets time pass: connects whose time is over are answered, clients that did not come back are forgotten, events
    /// leave the log.
    pub(super) fn advance(&mut self, when: When) -> Vec<Release> {
        self.log.expire(when.org.as_millisecond());
        let over = |session: &Session| session.deadline_ms() <= when.real_ms;
        let over: Vec<u64> =
            self.sessions.iter().filter(|(_, session)| over(session)).map(|(&number, _)| number).collect();
        let mut released = Vec::new();
        for number in over {
            match self.release(number, Why::Due, when) {
                Some(release) => released.push(release),
                None => self.close(number),
            }
        }
        released
    }

    /// Answers held connects whose clients have events waiting.
    pub(super) fn flush(&mut self, when: When) -> Vec<Release> {
        let due = |session: &Session| session.held.is_some() && session.has_waiting();
        let due: Vec<u64> =
            self.sessions.iter().filter(|(_, session)| due(session)).map(|(&number, _)| number).collect();
        due.into_iter().filter_map(|number| self.release(number, Why::Due, when)).collect()
    }

    /// Answers the held connect of a client, if there is one. The client is forgotten if the reason says so, or if more
    /// waited for it than may.
    pub(super) fn release(&mut self, number: u64, why: Why, when: When) -> Option<Release> {
        let session = self.sessions.get_mut(&number)?;
        let held = session.held.take()?;
        session.expires_ms = when.real_ms.saturating_add(self.options.reconnect_ms);
        let why = if session.overflowed { Why::Forgotten } else { why };
        let taken = if why == Why::Due { session.take(self.options.events_per_answer) } else { Vec::new() };
        let mut messages = session.messages(&taken);
        messages.push(connect_reply(&session.client, held.id.as_ref(), why).text());
        let events = if taken.is_empty() { Vec::new() } else { vec![Taken { session: number, events: taken }] };
        if matches!(why, Why::Disconnected | Why::Forgotten | Why::SignedOut) {
            self.close(number);
        }
        Some(Release { hold: held.hold, answer: Answer { events, ..reply::answer(&messages) } })
    }
}

fn connect_reply<'a>(client: &'a str, id: Option<&'a Value>, why: Why) -> Message<'a> {
    let base = Message { client_id: Some(client), channel: Some("/meta/connect"), id, ..Message::default() };
    let failed = |error, advice| Message { error: Some(error), advice: Some(advice), ..Message::default() };
    match why {
        Why::Due | Why::Superseded => Message { successful: true, ..base },
        Why::Disconnected => Message { successful: true, ..base }.advised(Advice::NONE),
        Why::Forgotten => Message { channel: base.channel, id, ..failed(wording::UNKNOWN_CLIENT, Advice::HANDSHAKE) },
        Why::SignedOut => Message {
            client_id: base.client_id,
            channel: base.channel,
            id,
            ..failed(wording::AUTHENTICATION_INVALID, Advice::NONE)
        },
    }
}
