//! Tokens, in the three forms in which clients send them.

use crate::serve::chance;
use crate::serve::exchange::Request;
use crate::serve::ids::Id;
use crate::serve::org::{Org, Session};

/// Begins a session of a user, and gives its token: the org's id stands before the `!`, as clients expect.
pub(crate) fn new_token(org: &mut Org, user: Id, control: bool) -> String {
    let token = format!("{}!AQ{}", org.organization().short(), chance::word(80));
    org.sessions.begin(token.clone(), Session { user, control });
    token
}

/// The token that a request carries: `Bearer x`, `OAuth x`, or `x` alone.
pub(crate) fn token_of(request: &Request) -> Option<&str> {
    let value = request.header("authorization")?.trim();
    let scheme = |name: &str| {
        let (given, token) = value.split_once(' ')?;
        given.eq_ignore_ascii_case(name).then_some(token.trim())
    };
    scheme("Bearer").or_else(|| scheme("OAuth")).or(Some(value)).filter(|token| !token.is_empty())
}

/// The session of a request: none if it carries no token, an error if the token is not valid.
pub(crate) fn session_of(org: &Org, request: &Request) -> Option<Result<Session, ()>> {
    token_of(request).map(|token| org.sessions.get(token).cloned().ok_or(()))
}

/// The user whose name and password are given, if they are right and the user is active.
pub(crate) fn authenticate(org: &Org, username: &str, password: &str) -> Option<Id> {
    let user = org.user(username)?;
    let name = org.username(&user)?;
    let right = org.password(name)?;
    let row = org.row("User", &user)?;
    // Clients send a security token behind the password; the network here is trusted, as in an org's trusted ranges.
    (password == right && row.is("IsActive")).then_some(user)
}
