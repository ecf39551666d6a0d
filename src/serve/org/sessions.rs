//! Who is logged in: tokens and what they may do. They live as long as the server.

use std::collections::{BTreeMap, VecDeque};

use crate::serve::ids::Id;

/// The most sessions of a user that may not control: when one more begins, the oldest ends.
const MOST_OF_USER: usize = 100;

/// A session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    /// Whose it is.
    pub user: Id,
    /// May use the control interface.
    pub control: bool,
}

/// All sessions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sessions {
    by_token: BTreeMap<String, Session>,
    /// The tokens of each user, the oldest first.
    of_users: BTreeMap<Id, VecDeque<String>>,
}

impl Sessions {
    /// Begins a session.
    pub(crate) fn begin(&mut self, token: String, session: Session) {
        let tokens = self.of_users.entry(session.user.clone()).or_default();
        tokens.push_back(token.clone());
        let may_end = |token: &&String| self.by_token.get(*token).is_some_and(|session| !session.control);
        let oldest = (tokens.len() > MOST_OF_USER).then(|| tokens.iter().find(may_end).cloned()).flatten();
        self.by_token.insert(token, session);
        if let Some(oldest) = oldest {
            self.end(&oldest);
        }
    }

    /// The session of a token. Its time to be found does not tell how much of it was right: tokens are long and random.
    pub(crate) fn get(&self, token: &str) -> Option<&Session> {
        self.by_token.get(token)
    }

    /// Whether a user has a session.
    pub(crate) fn has(&self, user: &Id) -> bool {
        self.of_users.contains_key(user)
    }

    /// Ends a session.
    pub(crate) fn end(&mut self, token: &str) -> Option<Session> {
        let session = self.by_token.remove(token)?;
        if let Some(tokens) = self.of_users.get_mut(&session.user) {
            tokens.retain(|other| other != token);
            if tokens.is_empty() {
                self.of_users.remove(&session.user);
            }
        }
        Some(session)
    }

    /// Ends all sessions that may not control, or those of one user.
    pub(crate) fn expire(&mut self, user: Option<&Id>) -> Vec<Session> {
        let ends = |session: &Session| !session.control && user.is_none_or(|user| session.user == *user);
        let tokens: Vec<String> =
            self.by_token.iter().filter(|(_, session)| ends(session)).map(|(token, _)| token.clone()).collect();
        tokens.iter().filter_map(|token| self.end(token)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_sessions_of_a_user_end_but_not_the_one_that_controls() {
        let mut sessions = Sessions::default();
        let [ada, bob] = [1, 2].map(|number| Id::numbered("005", number));
        let session = |user: &Id, control| Session { user: user.clone(), control };
        sessions.begin("control".to_owned(), session(&ada, true));
        sessions.begin("bob".to_owned(), session(&bob, false));
        for number in 0..2 * MOST_OF_USER {
            sessions.begin(format!("ada {number}"), session(&ada, false));
        }
        let is_there = |token: &str| sessions.get(token).is_some();
        assert!(is_there("control") && is_there("bob") && is_there("ada 199") && is_there("ada 101"));
        assert!(!is_there("ada 0") && !is_there("ada 100"));
        assert_eq!(sessions.expire(Some(&ada)).len(), MOST_OF_USER - 1);
        assert!(sessions.has(&ada) && sessions.end("control").is_some() && !sessions.has(&ada) && sessions.has(&bob));
    }
}
