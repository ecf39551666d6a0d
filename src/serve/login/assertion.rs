//! Signed assertions: the JWT bearer flow (RFC 7523, and Salesforce Help, "OAuth 2.0 JWT Bearer Flow").

use serde::Deserialize;

use super::base64;
use crate::serve::org::Clients;

/// Audiences that every org takes.
const AUDIENCES: [&str; 2] = ["https://login.salesforce.com", "https://test.salesforce.com"];

#[derive(Deserialize)]
struct Header {
    alg: String,
}

#[derive(Deserialize)]
struct Claims {
    iss: Option<String>,
    sub: Option<String>,
    aud: Option<Audience>,
    exp: Option<Seconds>,
}

/// One audience or several (RFC 7519, 4.1.3).
#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// A time in seconds since 1970 (RFC 7519, 2); some clients write it as a text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(f64),
    Text(String),
}

impl Seconds {
    fn value(&self) -> Option<f64> {
        match self {
            Self::Number(seconds) => Some(*seconds),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

/// Why an assertion does not count: the error and its description, as an org says them.
pub(super) type Refused = (&'static str, &'static str);

const INVALID: Refused = ("invalid_grant", "invalid assertion");

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    serde_json::from_slice(&base64::decode(text)?).ok()
}

/// Whom an assertion logs in: the username. `now` is the real time in milliseconds, since clients have no other; `base` is the
/// server's own address.
///
/// # Errors
///
/// If it is not one, or does not count.
pub(super) fn read(assertion: &str, clients: &Clients, base: &str, now: i64) -> Result<String, Refused> {
    let (signed, signature) = assertion.rsplit_once('.').ok_or(INVALID)?;
    let (header, claims) = signed.split_once('.').ok_or(INVALID)?;
    let header: Header = part(header).ok_or(INVALID)?;
    let claims: Claims = part(claims).ok_or(INVALID)?;
    // No other algorithm is taken: a client that could choose `none` could be anybody.
    if header.alg != "RS256" {
        return Err(INVALID);
    }
    let client = claims.iss.as_deref().and_then(|id| clients.get(id));
    let client = client.ok_or(("invalid_client_id", "client identifier invalid"))?;
    let signature = base64::decode(signature).ok_or(INVALID)?;
    if !client.signed(signed.as_bytes(), &signature) {
        return Err(INVALID);
    }
    let is_meant = |audience: &String| {
        let audience = audience.trim_end_matches('/');
        audience == base
            || AUDIENCES.contains(&audience)
            || audience.strip_suffix("/services/oauth2/token") == Some(base)
    };
    let is_meant = match &claims.aud {
        None => false,
        Some(Audience::One(audience)) => is_meant(audience),
        Some(Audience::Several(audiences)) => audiences.iter().any(is_meant),
    };
    if !is_meant {
        return Err(("invalid_grant", "audience is invalid"));
    }
    #[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 have 41 bits")]
    if !claims.exp.and_then(|exp| exp.value()).is_some_and(|exp| exp * 1_000.0 > now as f64) {
        return Err(("invalid_grant", "expired authorization code"));
    }
    let user = claims.sub.ok_or(INVALID)?;
    if client.approves(&user) { Ok(user) } else { Err(("invalid_grant", "user hasn't approved this consumer")) }
}
