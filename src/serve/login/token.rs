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

/// The name and the password of `Basic` authentication (RFC 7617); none if the header is another.
pub(crate) fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.trim().split_once(' ')?;
    let text = String::from_utf8(from_base64(encoded.trim())?).ok()?;
    let (name, password) = text.split_once(':')?;
    scheme.eq_ignore_ascii_case("Basic").then(|| (name.to_owned(), password.to_owned()))
}

/// Base64 with or without its padding (RFC 4648).
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').bytes() {
        let six = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
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
