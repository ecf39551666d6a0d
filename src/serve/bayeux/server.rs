//! The front door.

use std::sync::Arc;

use smol_str::SmolStr;

use super::contract::{
    Answer, BayeuxOptions, Handled, HoldId, PublishError, Release, Reply, Request, RestoreError, Topic, When,
};
use super::event::{Body, Event};
use super::log::{EventLog, LogState};
use super::message;
use super::meta;
use super::reply;
use super::state::{State, Why};
use super::version::{self, VersionError};
use super::wording;

/// The `CometD` server of one org. It belongs to one thread.
///
/// Sessions do not survive a restart, and need not: clients get `403::Unknown client`, shake hands again and subscribe
/// with their replay ids. The log survives by [`Self::save_log`] and [`Self::restore_log`].
#[derive(Debug)]
pub struct Bayeux {
    state: State,
}

impl Bayeux {
    /// A server without topics, clients and events.
    pub fn new(options: BayeuxOptions) -> Self {
        Self { state: State::new(options) }
    }

    /// Adds a topic, or replaces the one with the same channel: subscriptions stay.
    pub fn add_topic(&mut self, topic: Topic) {
        self.state.topics.insert(topic.channel.clone(), topic);
    }

    /// Lets clients subscribe to a channel by another spelling. Events name the one that the client used.
    pub fn add_spelling(&mut self, spelling: &str, channel: &str) {
        self.state.spellings.insert(spelling.into(), channel.into());
    }

    /// Removes a topic, with its subscriptions and its events in the log. What was published before and waits for
    /// clients still reaches them.
    pub fn remove_topic(&mut self, channel: &str) {
        self.state.topics.remove(channel);
        self.state.spellings.retain(|_, known| known != channel);
        self.state.log.drop_channel(channel);
        for session in self.state.sessions.values_mut() {
            session.retire(channel);
        }
    }

    /// Handles a request.
    pub fn handle(&mut self, request: &Request<'_>, when: When) -> Handled {
        let mut released = self.state.advance(when);
        let reply = match self.read(request) {
            Ok(messages) => meta::exchange(&mut self.state, request, when, &messages, &mut released),
            Err(answer) => Reply::Now(answer),
        };
        Handled { reply, released }
    }

    fn read(&self, request: &Request<'_>) -> Result<Vec<serde_json::Map<String, serde_json::Value>>, Answer> {
        let options = &self.state.options;
        if request.body.len() > options.max_body {
            return Err(reply::refusal(413, wording::TOO_LARGE));
        }
        version::check(request.path).map_err(|error| {
            let error = match error {
                VersionError::Missing => wording::version_missing(&options.latest_version),
                VersionError::Unsupported => wording::version_unsupported(&options.latest_version),
            };
            reply::refusal(400, &error)
        })?;
        message::parse(request.body).map_err(|error| reply::refusal(400, &error))
    }

    /// Adds an event to the log and queues it for subscriptions. Nothing is sent to held connects before
    /// [`Self::flush`]: in between, the event can be brought to disk.
    ///
    /// # Errors
    ///
    /// If no topic has the channel.
    pub fn publish(&mut self, channel: &str, body: Body<'_>, when: When) -> Result<Arc<Event>, PublishError> {
        self.publish_on(channel, &[], body, when)
    }

    /// As [`Self::publish`], for an event that further channels carry, too: it has one replay id on all of them.
    ///
    /// # Errors
    ///
    /// If no topic has the first channel.
    pub fn publish_on(
        &mut self,
        channel: &str,
        also: &[SmolStr],
        body: Body<'_>,
        when: When,
    ) -> Result<Arc<Event>, PublishError> {
        let Some(topic) = self.state.topics.get(channel) else { return Err(PublishError { channel: channel.into() }) };
        let log = &mut self.state.log;
        log.expire(when.org.as_millisecond());
        let mut event = Event::new(log.next_replay_id(), topic.channel.clone(), topic.retention, when.org, body);
        event.also = also.to_vec();
        let event = Arc::new(event);
        log.append(Arc::clone(&event));
        let limit = self.state.options.max_waiting;
        for session in self.state.sessions.values_mut() {
            session.offer(&event, limit);
        }
        Ok(event)
    }

    /// Answers the held connects of clients for which events wait.
    #[must_use = "these requests wait for their answers"]
    pub fn flush(&mut self, when: When) -> Vec<Release> {
        self.state.flush(when)
    }

    /// Lets time pass: connects whose time is over are answered, clients that stayed away are forgotten, events leave
    /// the log.
    #[must_use = "these requests wait for their answers"]
    pub fn tick(&mut self, when: When) -> Vec<Release> {
        self.state.advance(when)
    }

    /// Real milliseconds at which [`Self::tick`] has something to do; none without clients.
    pub fn next_deadline(&self) -> Option<u64> {
        self.state.sessions.values().map(super::session::Session::deadline_ms).min()
    }

    /// The connection of a held request is gone. Its client has the usual time to connect again.
    pub fn dropped(&mut self, hold: HoldId, when: When) {
        let expires = when.real_ms.saturating_add(self.state.options.reconnect_ms);
        for session in self.state.sessions.values_mut() {
            if session.held.as_ref().is_some_and(|held| held.hold == hold) {
                session.held = None;
                session.expires_ms = expires;
            }
        }
    }

    /// Takes back the events of an answer of which certainly no byte was sent. They come first in the next answer to
    /// their client. An answer that was sent and perhaps not received must not be given back: its events would come
    /// twice.
    #[must_use = "these requests wait for their answers"]
    pub fn give_back(&mut self, answer: Answer, when: When) -> Vec<Release> {
        for taken in answer.events {
            if let Some(session) = self.state.sessions.get_mut(&taken.session) {
                session.put_back(taken.events);
            }
        }
        self.state.flush(when)
    }

    /// Forgets all clients. Held connects are answered with `403::Unknown client`, as are later messages.
    #[must_use = "these requests wait for their answers"]
    pub fn forget_clients(&mut self, when: When) -> Vec<Release> {
        self.close_all(Why::Forgotten, None, when)
    }

    /// Ends the sessions of a user. Held connects are answered with `401::Authentication invalid`.
    #[must_use = "these requests wait for their answers"]
    pub fn sign_out(&mut self, user: &str, when: When) -> Vec<Release> {
        self.close_all(Why::SignedOut, Some(user), when)
    }

    fn close_all(&mut self, why: Why, user: Option<&str>, when: When) -> Vec<Release> {
        let sessions = self.state.sessions.iter();
        let concerned = sessions.filter(|(_, session)| user.is_none_or(|user| session.user == user));
        let concerned: Vec<u64> = concerned.map(|(&number, _)| number).collect();
        let mut released = Vec::new();
        for number in concerned {
            released.extend(self.state.release(number, why, when));
            self.state.close(number);
        }
        released
    }

    /// Whether requests are answered with `503::Server is too busy`. Held connects stay.
    pub fn set_busy(&mut self, busy: bool) {
        self.state.busy = busy;
    }

    /// Whether requests are answered with 503.
    pub const fn is_busy(&self) -> bool {
        self.state.busy
    }

    /// Drops all retained events, so that replay ids given so far are out of range. What waits for clients still reaches them.
    pub fn wipe(&mut self) {
        self.state.log.wipe();
    }

    /// The event log.
    pub fn log(&self) -> &EventLog {
        &self.state.log
    }

    /// How many clients there are.
    pub fn client_count(&self) -> usize {
        self.state.sessions.len()
    }

    /// The log, to be kept across a restart.
    pub fn save_log(&self) -> LogState {
        self.state.log.save()
    }

    /// Replaces the log by one that [`Self::save_log`] gave.
    ///
    /// # Errors
    ///
    /// If its events are not in order.
    pub fn restore_log(&mut self, log: LogState) -> Result<(), RestoreError> {
        self.state.log.restore(log)
    }

    /// Adds an event that [`Self::publish`] gave before the restart.
    ///
    /// # Errors
    ///
    /// If its replay id is not above the last one.
    pub fn restore_event(&mut self, event: Event) -> Result<(), RestoreError> {
        self.state.log.push(Arc::new(event))
    }
}
