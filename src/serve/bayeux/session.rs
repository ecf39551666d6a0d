//! A client: its subscriptions, what waits for it, and the connect that is held.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;
use smol_str::SmolStr;

use super::channel::Target;
use super::contract::{HoldId, Waiting};
use super::event::Event;

/// A client after its handshake.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) client: String,
    pub(super) user: String,
    subscriptions: Vec<Subscription>,
    waiting: VecDeque<Waiting>,
    /// More waited than may: the client has to begin again.
    pub(super) overflowed: bool,
    /// True after the first connect.
    pub(super) connected: bool,
    pub(super) held: Option<Held>,
    /// Real milliseconds at which it is forgotten, unless a connect is held.
    pub(super) expires_ms: u64,
}

/// A connect that is held.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) hold: HoldId,
    pub(super) until_ms: u64,
    /// The message's `id`.
    pub(super) id: Option<Value>,
}

/// A subscription of a client.
#[derive(Debug)]
pub(super) struct Subscription {
    pub(super) number: u64,
    /// As the client wrote it. Events name it as their channel.
    pub(super) text: SmolStr,
    pub(super) target: Target,
}

impl Session {
    pub(super) fn new(client: String, user: &str, expires_ms: u64) -> Self {
        Self {
            client,
            user: user.to_owned(),
            subscriptions: Vec::new(),
            waiting: VecDeque::new(),
            overflowed: false,
            connected: false,
            held: None,
            expires_ms,
        }
    }

    /// Real milliseconds at which something happens by itself.
    pub(super) fn deadline_ms(&self) -> u64 {
        self.held.as_ref().map_or(self.expires_ms, |held| held.until_ms)
    }

    pub(super) fn has_waiting(&self) -> bool {
        self.overflowed || !self.waiting.is_empty()
    }

    pub(super) fn is_subscribed_to(&self, channel: &str) -> bool {
        self.subscriptions.iter().any(|subscription| subscription.target.channel == channel)
    }

    pub(super) fn has_subscription(&self, text: &str) -> bool {
        self.subscriptions.iter().any(|subscription| subscription.text == text)
    }

    pub(super) fn subscription_count(&self) -> usize {
        self.subscriptions.len()
    }

    /// How many events wait.
    pub(super) fn waiting_count(&self) -> usize {
        self.waiting.len()
    }

    /// Adds a subscription in place of one with the same text, with these events waiting for it.
    pub(super) fn subscribe<'e>(&mut self, subscription: Subscription, events: impl Iterator<Item = &'e Arc<Event>>) {
        self.unsubscribe(&subscription.text);
        let passed = events.filter(|event| subscription.target.matches(event));
        self.waiting.extend(passed.map(|event| subscription.waiting(event)));
        self.subscriptions.push(subscription);
    }

    /// Removes a subscription, and what waits for it. False if there is none.
    pub(super) fn unsubscribe(&mut self, text: &str) -> bool {
        let Some(at) = self.subscriptions.iter().position(|subscription| subscription.text == text) else {
            return false;
        };
        let number = self.subscriptions.remove(at).number;
        self.waiting.retain(|waiting| waiting.subscription != number);
        true
    }

    /// Removes the subscriptions to a channel that is gone. What was published before still waits.
    pub(super) fn retire(&mut self, channel: &str) {
        self.subscriptions.retain(|subscription| subscription.target.channel != channel);
    }

    /// Queues an event for each subscription that it passes.
    pub(super) fn offer(&mut self, event: &Arc<Event>, limit: usize) {
        let passed: Vec<Waiting> = self
            .subscriptions
            .iter()
            .filter(|subscription| event.is_on(&subscription.target.channel) && subscription.target.matches(event))
            .map(|subscription| subscription.waiting(event))
            .collect();
        if passed.is_empty() {
            return;
        }
        if self.overflowed || self.waiting.len().saturating_add(passed.len()) > limit {
            self.overflowed = true;
            self.waiting.clear();
        } else {
            self.waiting.extend(passed);
        }
    }

    /// Takes at most this many events off the queue.
    pub(super) fn take(&mut self, limit: usize) -> Vec<Waiting> {
        self.waiting.drain(..limit.min(self.waiting.len())).collect()
    }

    /// Puts events back that [`Self::take`] gave. Those of subscriptions that have gone are left out.
    pub(super) fn put_back(&mut self, events: Vec<Waiting>) {
        for waiting in events.into_iter().rev() {
            if self.subscriptions.iter().any(|subscription| subscription.number == waiting.subscription) {
                self.waiting.push_front(waiting);
            }
        }
    }

    /// The messages that bring these events.
    pub(super) fn messages(&self, events: &[Waiting]) -> Vec<String> {
        events.iter().map(|waiting| waiting.event.message(&self.client, &waiting.text)).collect()
    }
}

impl Subscription {
    fn waiting(&self, event: &Arc<Event>) -> Waiting {
        Waiting { event: Arc::clone(event), subscription: self.number, text: self.text.clone() }
    }
}
