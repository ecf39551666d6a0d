//! Who is logged in: tokens and what they may do. They live as long as the server.

use std::collections::BTreeMap;

use crate::serve::ids::Id;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Whose it is.
    pub user: Id,
    /// May use the control interface.
    pub control: bool,
}

/// All sessions, by token.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions(BTreeMap<String, Session>);

impl Sessions {
    /// Begins a session.
    pub(crate) fn begin(&mut self, token: String, session: Session) {
        self.0.insert(token, session);
    }

    /// The session of a token. Its time to be found does not tell how much of it was right: tokens are long and random.
    pub(crate) fn get(&self, token: &str) -> Option<&Session> {
        self.0.get(token)
    }

    /// Whether a user has a session.
    pub(crate) fn has(&self, user: &Id) -> bool {
        self.0.values().any(|session| session.user == *user)
    }

    /// Ends a session.
    pub(crate) fn end(&mut self, token: &str) -> Option<Session> {
        self.0.remove(token)
    }

    /// Ends all sessions that may not control, or those of one user.
    pub(crate) fn expire(&mut self, user: Option<&Id>) -> Vec<Session> {
        let ends = |session: &Session| !session.control && user.is_none_or(|user| session.user == *user);
        let tokens: Vec<String> =
            self.0.iter().filter(|(_, session)| ends(session)).map(|(token, _)| token.clone()).collect();
        tokens.iter().filter_map(|token| self.0.remove(token)).collect()
    }
}
