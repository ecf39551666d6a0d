//! Admission: how long sessions last, refresh tokens, and how many requests the API takes.

use super::access::{Grant, HOUR, HOURS, MOST_GRANTS};
use super::clients::Clients;
use super::state::Org;

impl Org {
    /// The session of a token begins now, by a refresh token if one is given.
    pub(crate) fn note_session(&mut self, token: &str, from: Option<&str>) {
        // Sessions also end in other ways: what is known of them goes then.
        let sessions = &self.sessions;
        self.access.used.retain(|token, _| sessions.get(token).is_some());
        self.access.from.retain(|token, _| sessions.get(token).is_some());
        self.access.used.insert(token.to_owned(), self.clock.now());
        if let Some(from) = from {
            self.access.from.insert(token.to_owned(), from.to_owned());
        }
    }

    /// Ends the session of a token if it has not been used for too long; else it counts as used. As in an org, only a use in
    /// the second half of the time prolongs it. The printed token does not expire.
    pub(crate) fn touch_session(&mut self, token: &str) {
        let Some(minutes) = self.options.access.session_minutes else { return };
        if self.sessions.get(token).is_none_or(|session| session.control) {
            return;
        }
        let (now, lasts) = (self.clock.now(), i64::from(minutes) * 60_000);
        let Some(used) = self.access.used.get_mut(token) else { return };
        let unused = now.0.saturating_sub(used.0);
        if unused >= lasts {
            self.end_session(token);
        } else if unused > lasts / 2 {
            *used = now;
        }
    }

    /// The clients that may log in; none: any.
    pub(crate) const fn clients(&self) -> Option<&Clients> {
        self.options.access.clients.as_ref()
    }

    /// Whether SOAP `login()` is served.
    pub(crate) const fn has_soap_login(&self) -> bool {
        self.options.access.soap_login
    }

    /// How long a session lasts that is not used, in seconds; none: until the server ends.
    pub(crate) fn session_seconds(&self) -> Option<u64> {
        self.options.access.session_minutes.map(|minutes| u64::from(minutes) * 60)
    }

    /// Keeps a refresh token.
    pub(crate) fn grant(&mut self, token: String, grant: Grant) {
        let same = |(at, (made, known)): (&String, &(u64, Grant))| (*known == grant).then(|| (*made, at.clone()));
        let mut older: Vec<(u64, String)> = self.access.grants.iter().filter_map(same).collect();
        older.sort();
        let surplus = (older.len() + 1).saturating_sub(MOST_GRANTS);
        for (_, token) in older.into_iter().take(surplus) {
            self.revoke_grant(&token);
        }
        self.access.made += 1;
        self.access.grants.insert(token, (self.access.made, grant));
    }

    /// What a refresh token stands for.
    pub(crate) fn granted(&self, token: &str) -> Option<&Grant> {
        self.access.grants.get(token).map(|(_, grant)| grant)
    }

    /// A refresh token counts no longer, and the sessions that it began end.
    pub(crate) fn revoke_grant(&mut self, token: &str) -> bool {
        let is_known = self.access.grants.remove(token).is_some();
        let begun: Vec<String> =
            self.access.from.iter().filter(|(_, from)| *from == token).map(|(begun, _)| begun.clone()).collect();
        for token in begun {
            self.access.from.remove(&token);
            self.end_session(&token);
        }
        is_known
    }

    /// Counts a request; false if there were too many already.
    pub(crate) fn count_request(&mut self) -> bool {
        let now = self.clock.now();
        if self.access.requests(now) >= self.options.access.api_requests {
            return false;
        }
        let hour = now.0.div_euclid(HOUR);
        self.access.requests.retain(|counted, _| *counted > hour - HOURS);
        let count = self.access.requests.entry(hour).or_default();
        *count = count.saturating_add(1);
        true
    }

    /// The requests of the last 24 hours, and how many there may be.
    pub(crate) fn api_usage(&self) -> (u32, u32) {
        (self.access.requests(self.clock.now()), self.options.access.api_requests)
    }
}
