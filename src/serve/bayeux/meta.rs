//! The messages of a request, in order.

use serde_json::{Map, Value};

use super::contract::{Answer, Auth, Release, Reply, Request, Taken, When};
use super::letters::letters;
use super::message::Incoming;
use super::reply::{self, Advice, Ext, Message};
use super::session::Held;
use super::state::{State, Why};
use super::subscribing;
use super::wording;

/// A request while its messages are handled.
struct Exchange<'a> {
    state: &'a mut State,
    request: &'a Request<'a>,
    when: When,
    /// Replies and events, as JSON texts.
    out: Vec<String>,
    taken: Vec<Taken>,
    cookie: Option<String>,
    released: &'a mut Vec<Release>,
}

/// Why a message is not carried out.
struct Refusal {
    error: String,
    advice: Option<Advice>,
}

impl Refusal {
    fn new(error: impl Into<String>) -> Self {
        Self { error: error.into(), advice: None }
    }

    fn advised(error: impl Into<String>, advice: Advice) -> Self {
        Self { error: error.into(), advice: Some(advice) }
    }
}

/// Handles the messages of a request. Only a connect that comes alone is held: what comes beside it must not wait.
pub(super) fn exchange(
    state: &mut State,
    request: &Request<'_>,
    when: When,
    messages: &[Map<String, Value>],
    released: &mut Vec<Release>,
) -> Reply {
    let mut exchange = Exchange { state, request, when, out: Vec::new(), taken: Vec::new(), cookie: None, released };
    let alone = messages.len() == 1;
    for message in messages {
        let to = Incoming::new(message);
        let result = match to.channel() {
            None => Err(Refusal::new(wording::NO_CHANNEL)),
            Some("/meta/handshake") => {
                exchange.handshake(to);
                Ok(())
            }
            Some("/meta/connect") => match exchange.connect(to, alone) {
                Ok(Some(hold)) => return hold,
                Ok(None) => Ok(()),
                Err(refusal) => Err(refusal),
            },
            Some("/meta/subscribe") => exchange.subscribe(to),
            Some("/meta/unsubscribe") => exchange.unsubscribe(to),
            Some("/meta/disconnect") => exchange.disconnect(to),
            Some(meta) if meta.starts_with("/meta/") => Err(Refusal::new(wording::unknown_channel(meta))),
            Some(other) => Err(Refusal::new(wording::publishing(other))),
        };
        if let Err(refusal) = result {
            exchange.refuse(to, &refusal);
        }
    }
    let Exchange { out, taken, cookie, .. } = exchange;
    Reply::Now(Answer { set_cookie: cookie, events: taken, ..reply::answer(&out) })
}

impl Exchange<'_> {
    fn refuse(&mut self, to: Incoming<'_>, refusal: &Refusal) {
        let busy = refusal.error == wording::BUSY;
        self.out.push(
            Message {
                ext: busy.then_some(Ext::failure(wording::BUSY)),
                advice: refusal.advice,
                ..Message::failure(to, &refusal.error)
            }
            .text(),
        );
    }

    fn handshake(&mut self, to: Incoming<'_>) {
        let denied = |error: &str, reason, advice| Message::denied(to, error, reason).advised(advice).text();
        let denied_for = |reason, advice| denied(wording::HANDSHAKE_DENIED, Some(reason), advice);
        let user = match self.request.auth {
            _ if self.state.busy => return self.out.push(denied_for(wording::BUSY, Advice::LATER)),
            Auth::Missing => return self.out.push(denied_for(wording::AUTHENTICATION_REQUIRED, Advice::NONE)),
            Auth::Invalid => return self.out.push(denied_for(wording::AUTHENTICATION_INVALID, Advice::NONE)),
            Auth::User(user) => user,
        };
        if let Some(other) = to.other_connection_type() {
            return self.out.push(denied(&wording::connection_type(&other), None, Advice::NONE));
        }
        if self.state.sessions.len() >= self.state.options.max_clients {
            return self.out.push(denied(wording::TOO_MANY_CLIENTS, None, Advice::NONE));
        }
        let (for_client, for_cookie) = self.request.entropy.split_at(16);
        if self.request.cookie.is_none() {
            self.cookie = Some(format!("BAYEUX_BROWSER={}; Path=/; HttpOnly", letters(for_cookie)));
        }
        let client = self.state.open(&letters(for_client), user, self.when);
        let message = Message {
            ext: Some(Ext::OFFERED),
            minimum_version: Some("1.0"),
            supported_connection_types: Some(["long-polling"]),
            version: Some("1.0"),
            subscription: None,
            ..Message::success(to, &client).advised(Advice::retry(self.state.options.hold_ms))
        };
        self.out.push(message.text());
    }

    /// The number of the session that a message belongs to.
    fn gate(&self, to: Incoming<'_>) -> Result<u64, Refusal> {
        let user = match self.request.auth {
            _ if self.state.busy => return Err(Refusal::advised(wording::BUSY, Advice::LATER)),
            Auth::Missing => return Err(Refusal::advised(wording::AUTHENTICATION_REQUIRED, Advice::NONE)),
            Auth::Invalid => return Err(Refusal::advised(wording::AUTHENTICATION_INVALID, Advice::NONE)),
            Auth::User(user) => user,
        };
        let Some(client) = to.client() else { return Err(Refusal::advised(wording::NO_HANDSHAKE, Advice::HANDSHAKE)) };
        let found = self.state.find(client).and_then(|number| Some((number, self.state.sessions.get(&number)?)));
        let Some((number, session)) = found else {
            return Err(Refusal::advised(wording::UNKNOWN_CLIENT, Advice::HANDSHAKE));
        };
        if session.user != user {
            return Err(Refusal::advised(wording::OTHER_USER, Advice::HANDSHAKE));
        }
        let needs_cookie = self.state.options.require_cookie && !self.request.cookie_optional;
        if needs_cookie && self.request.cookie.is_none() {
            return Err(Refusal::advised(wording::no_cookie(client), Advice::NONE));
        }
        Ok(number)
    }

    /// Restarts the time that a client may stay away.
    fn touch(&mut self, number: u64) {
        let expires = self.when.real_ms.saturating_add(self.state.options.reconnect_ms);
        if let Some(session) = self.state.sessions.get_mut(&number) {
            session.expires_ms = expires;
        }
    }

    fn connect(&mut self, to: Incoming<'_>, alone: bool) -> Result<Option<Reply>, Refusal> {
        let number = self.gate(to)?;
        if let Some(other) = to.other_connection_type() {
            return Err(Refusal::advised(wording::connection_type(&other), Advice::NONE));
        }
        self.released.extend(self.state.release(number, Why::Superseded, self.when));
        self.touch(number);
        let longest = self.state.options.hold_ms;
        let limit = self.state.options.events_per_answer;
        let hold = self.state.next_hold();
        let unknown = || Refusal::advised(wording::UNKNOWN_CLIENT, Advice::HANDSHAKE);
        let session = self.state.sessions.get_mut(&number).ok_or_else(unknown)?;
        if session.overflowed {
            self.state.close(number);
            return Err(unknown());
        }
        let is_first = !session.connected;
        session.connected = true;
        let hold_ms = to.timeout_ms().map_or(longest, |asked| asked.min(longest));
        if alone && !is_first && !session.has_waiting() && hold_ms > 0 {
            let until_ms = self.when.real_ms.saturating_add(hold_ms);
            session.held = Some(Held { hold, until_ms, id: to.id().cloned() });
            return Ok(Some(Reply::Hold { hold, until_ms }));
        }
        let events = session.take(limit);
        self.out.extend(session.messages(&events));
        let mut message = Message { subscription: None, ..Message::success(to, &session.client) };
        if is_first {
            message = message.advised(Advice::retry(longest));
        }
        self.out.push(message.text());
        if !events.is_empty() {
            self.taken.push(Taken { session: number, events });
        }
        Ok(None)
    }

    fn subscribe(&mut self, to: Incoming<'_>) -> Result<(), Refusal> {
        let number = self.gate(to)?;
        self.touch(number);
        let texts = to.subscriptions().ok_or_else(|| Refusal::new(wording::NO_CHANNEL))?;
        subscribing::subscribe(self.state, number, to, &texts).map_err(Refusal::new)?;
        if let Some(session) = self.state.sessions.get(&number) {
            self.out.push(Message::success(to, &session.client).text());
            if session.has_waiting() {
                self.released.extend(self.state.release(number, Why::Due, self.when));
            }
        }
        Ok(())
    }

    fn unsubscribe(&mut self, to: Incoming<'_>) -> Result<(), Refusal> {
        let number = self.gate(to)?;
        self.touch(number);
        let texts = to.subscriptions().ok_or_else(|| Refusal::new(wording::NO_CHANNEL))?;
        if let Some(session) = self.state.sessions.get_mut(&number) {
            for text in texts {
                // One that is not there is gone all the same.
                session.unsubscribe(text);
            }
            self.out.push(Message::success(to, &session.client).text());
        }
        Ok(())
    }

    fn disconnect(&mut self, to: Incoming<'_>) -> Result<(), Refusal> {
        let number =
            self.gate(to).map_err(|refusal| Refusal { advice: refusal.advice.map(|_| Advice::NONE), ..refusal })?;
        if let Some(session) = self.state.sessions.get(&number) {
            self.out.push(Message { subscription: None, ..Message::success(to, &session.client) }.text());
        }
        self.released.extend(self.state.release(number, Why::Disconnected, self.when));
        self.state.close(number);
        Ok(())
    }
}
