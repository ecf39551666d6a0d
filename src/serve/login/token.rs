//! Tokens, in the three forms in which clients send them.

use super::base64;
use crate::serve::chance;
use crate::serve::exchange::Request;
use crate::serve::ids::Id;
use crate::serve::org::{Grant, Org, Session};

/// Begins a session of a user, and gives its token: the org's id stands before the `!`, as clients expect.
pub(crate) fn new_token(org: &mut Org, user: Id, control: bool) -> String {
    let token = format!("{}!AQ{}", org.organization().short(), chance::word(80));
    org.sessions.begin(token.clone(), Session { user, control });
    org.note_session(&token, None);
    token
}

/// As [`new_token`], by a refresh token, with which the session ends.
pub(crate) fn refreshed_token(org: &mut Org, user: Id, from: &str) -> String {
    let token = new_token(org, user, false);
    org.note_session(&token, Some(from));
    token
}

/// A refresh token, by which a client logs a user in again.
pub(crate) fn new_refresh_token(org: &mut Org, user: Id, client: &str) -> String {
    let token = format!("5Aep861{}", chance::word(80));
    org.grant(token.clone(), Grant { user, client: client.to_owned() });
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

/// The name and the password of `Basic` authentication (RFC 7617); none if the header is another.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.trim().split_once(' ')?;
    let text = String::from_utf8(base64::decode(encoded.trim())?).ok()?;
    let (name, password) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("Basic").then(|| (name.to_owned(), password.to_owned()))
}

/// The session of a request: none if it carries no token, an error if the token is not valid, or no longer.
pub(crate) fn session_of(org: &mut Org, request: &Request) -> Option<Result<Session, ()>> {
    token_of(request).map(|token| {
        org.touch_session(token);
        org.sessions.get(token).cloned().ok_or(())
    })
}

/// The user of a name, who is active.
pub(super) fn active(org: &Org, username: &str) -> Option<Id> {
    org.user(username).filter(|user| org.row("User", user).is_some_and(|row| row.is("IsActive")))
}

/// The user whose name and password are given, if they are right and the user is active.
pub(crate) fn authenticate(org: &Org, username: &str, password: &str) -> Option<Id> {
    let user = org.user(username)?;
    let name = org.username(&user)?;
    let right = org.password(name)?;
    // Clients send a security token behind the password; the network here is trusted, as in an org's trusted ranges.
    (password == right).then(|| active(org, name)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_authentication_is_read() {
        let read = |header: &str| basic(header).map(|(name, password)| format!("{name}|{password}"));
        assert_eq!(read("Basic YWRhOnM6ZWNyZXQ=").as_deref(), Some("ada|s:ecret"));
        assert_eq!(read("basic YWRhOg").as_deref(), Some("ada|"));
        for header in ["Basic x", "Basic YWRh", "Bearer YWRhOg", "Basic", "Basic YW!h", ""] {
            assert_eq!(read(header), None, "{header}");
        }
    }
}
