//! The OAuth token endpoint: user and password, client credentials, signed assertions, refresh tokens; and the end of tokens.

use serde_json::json;

use super::assertion;
use super::identity::address;
use super::token::{active, authenticate, basic, new_token, refreshed_token};
use crate::serve::exchange::{Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{ADMIN, Org};

/// An error, and its description.
type Refused = (&'static str, String);

fn refused(error: &'static str, description: &str) -> Refused {
    (error, description.to_owned())
}

fn refusal((error, description): Refused) -> Response {
    Response::json(400, &json!({ "error": error, "error_description": description }))
}

/// Who is logged in, and by which refresh token.
type Granted = (Id, Option<String>);

/// What a form says of the client: its id and its secret, also from `Basic` authentication.
struct GivenClient {
    id: Option<String>,
    secret: Option<String>,
}

/// A request to the token endpoint.
struct Asked<'a> {
    form: &'a [(String, String)],
    request: &'a Request,
    client: GivenClient,
}

impl Asked<'_> {
    fn field(&self, name: &str) -> Option<&str> {
        self.form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Refuses a client that a file of clients does not have, or whose secret is another. Without a file any is taken.
    fn check_client(&self, org: &Org) -> Result<(), Refused> {
        let Some(clients) = org.clients() else { return Ok(()) };
        let client = self.client.id.as_deref().and_then(|id| clients.get(id));
        let client = client.ok_or_else(|| refused("invalid_client_id", "client identifier invalid"))?;
        if client.has_secret(self.client.secret.as_deref()) {
            Ok(())
        } else {
            Err(refused("invalid_client", "invalid client credentials"))
        }
    }

    fn password(&self, org: &Org) -> Result<Granted, Refused> {
        self.check_client(org)?;
        let field = |name: &str| self.field(name).unwrap_or_default();
        let user = authenticate(org, field("username"), field("password"));
        user.map(|user| (user, None)).ok_or_else(|| refused("invalid_grant", "authentication failure"))
    }

    /// In an org it is the user whom the connected app names. Without a file of clients it is the administrator, whose
    /// password is the secret.
    fn client_credentials(&self, org: &Org) -> Result<Granted, Refused> {
        let invalid = || refused("invalid_client", "invalid client credentials");
        let Some(id) = self.client.id.as_deref().filter(|id| !id.is_empty()) else {
            return Err(refused("invalid_client_id", "client identifier invalid"));
        };
        let Some(clients) = org.clients() else {
            let user = authenticate(org, ADMIN, self.client.secret.as_deref().unwrap_or_default());
            return user.map(|user| (user, None)).ok_or_else(invalid);
        };
        self.check_client(org)?;
        // Whoever knows a client's id must not be its user: a client without a secret has no credentials.
        let client = clients.get(id).filter(|client| client.is_secret()).ok_or_else(invalid)?;
        let user = active(org, client.run_as.as_deref().unwrap_or(ADMIN));
        user.map(|user| (user, None)).ok_or_else(|| refused("invalid_grant", "no client credentials user enabled"))
    }

    fn assertion(&self, org: &Org) -> Result<Granted, Refused> {
        let Some(clients) = org.clients() else {
            let description =
                "client identifier invalid: omnic serve knows clients from the file of its option --clients";
            return Err(refused("invalid_client_id", description));
        };
        let assertion = self.field("assertion").unwrap_or_default();
        let base = &self.request.base;
        let username = assertion::read(assertion, clients, base, org.clock.real())
            .map_err(|(error, description)| refused(error, description))?;
        let user = active(org, &username);
        user.map(|user| (user, None)).ok_or_else(|| refused("invalid_grant", "user hasn't approved this consumer"))
    }

    fn refresh(&self, org: &Org) -> Result<Granted, Refused> {
        let expired = || refused("invalid_grant", "expired access/refresh token");
        self.check_client(org)?;
        let token = self.field("refresh_token").unwrap_or_default();
        let grant = org.granted(token).ok_or_else(expired)?;
        if self.client.id.as_deref() != Some(grant.client.as_str()) {
            return Err(refused("invalid_client_id", "client identifier invalid"));
        }
        let name = org.username(&grant.user).ok_or_else(expired)?;
        let user = active(org, name).ok_or_else(|| refused("invalid_grant", "inactive user"))?;
        Ok((user, Some(token.to_owned())))
    }
}

/// `POST /services/oauth2/token`. Without a file of clients, client ids are taken as they come: no connected app is there that
/// would know them.
pub(crate) fn token(org: &mut Org, request: &Request) -> Response {
    let form = request.form();
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone());
    let basic = request.header("authorization").and_then(basic);
    let client = match basic {
        Some((id, secret)) => GivenClient { id: Some(id), secret: Some(secret) },
        None => GivenClient { id: field("client_id"), secret: field("client_secret") },
    };
    let asked = Asked { form: &form, request, client };
    let granted = match asked.field("grant_type") {
        Some("password") => asked.password(org),
        Some("client_credentials") => asked.client_credentials(org),
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => asked.assertion(org),
        Some("refresh_token") => asked.refresh(org),
        Some("") | None => Err(refused("unsupported_grant_type", "grant type not supported: none was given")),
        Some(other) => {
            let known =
                ["authorization_code", "device", "hybrid_refresh", "urn:ietf:params:oauth:grant-type:token-exchange"];
            let description = if known.contains(&other) {
                format!("omnic serve does not serve the grant type {other}; docs/serve.md lists what it serves")
            } else {
                "grant type not supported".to_owned()
            };
            Err(("unsupported_grant_type", description))
        }
    };
    let (user, from) = match granted {
        Ok(granted) => granted,
        Err(refused) => return refusal(refused),
    };
    let id = address(org, request, &user);
    let is_refreshed = from.is_some();
    let token = match from {
        Some(from) => refreshed_token(org, user, &from),
        None => new_token(org, user, false),
    };
    Response::json(
        200,
        &json!({
            "access_token": token,
            "instance_url": request.base,
            "id": id,
            "token_type": "Bearer",
            "issued_at": org.clock.real().to_string(),
            "scope": if is_refreshed { "refresh_token api" } else { "api" },
        }),
    )
    .with("Cache-Control", "no-store")
}

/// `/services/oauth2/revoke`: the end of an access token, or of a refresh token and what it began.
pub(crate) fn revoke(org: &mut Org, request: &Request) -> Response {
    let form = request.form();
    let token = form.iter().find(|(name, _)| name == "token").map(|(_, value)| value.as_str());
    match token.or_else(|| request.parameter("token")) {
        Some(token) if org.revoke_grant(token) || org.end_session(token) => Response::text(200, "text/plain", ""),
        _ => refusal(refused("invalid_token", "invalid token")),
    }
}
