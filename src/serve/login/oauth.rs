//! The OAuth token endpoint: user and password, and client credentials.

use serde_json::json;

use super::identity::address;
use super::token::{authenticate, basic, new_token};
use crate::serve::exchange::{Request, Response};
use crate::serve::org::{ADMIN, Org};

fn refused(error: &str, description: &str) -> Response {
    Response::json(400, &json!({ "error": error, "error_description": description }))
}

/// `POST /services/oauth2/token`. Client ids are taken as they come: no connected app is there that would know them. The
/// secret of client credentials is the password of the user whom they log in.
pub(crate) fn token(org: &mut Org, request: &Request) -> Response {
    let form = request.form();
    let field = |name: &str| form.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let user = match field("grant_type") {
        Some("password") => {
            let (username, password) = (field("username").unwrap_or_default(), field("password").unwrap_or_default());
            match authenticate(org, username, password) {
                Some(user) => user,
                None => return refused("invalid_grant", "authentication failure"),
            }
        }
        // In an org it is the user whom the connected app names.
        Some("client_credentials") => {
            let basic = request.header("authorization").and_then(basic);
            let (id, secret) = match &basic {
                Some((id, secret)) => (Some(id.as_str()), secret.as_str()),
                None => (field("client_id"), field("client_secret").unwrap_or_default()),
            };
            if id.is_none_or(str::is_empty) {
                return refused("invalid_client_id", "client identifier invalid");
            }
            match authenticate(org, ADMIN, secret) {
                Some(user) => user,
                None => return refused("invalid_client", "invalid client credentials"),
            }
        }
        Some("") | None => return refused("unsupported_grant_type", "grant type not supported: none was given"),
        Some(other) => {
            let known = ["refresh_token", "authorization_code", "urn:ietf:params:oauth:grant-type:jwt-bearer"];
            let description = if known.contains(&other) {
                format!("omnic serve does not serve the grant type {other}; docs/serve.md lists what it serves")
            } else {
                "grant type not supported".to_owned()
            };
            return refused("unsupported_grant_type", &description);
        }
    };
    let id = address(org, request, &user);
    let token = new_token(org, user, false);
    Response::json(
        200,
        &json!({
            "access_token": token,
            "instance_url": request.base,
            "id": id,
            "token_type": "Bearer",
            "issued_at": org.clock.real().to_string(),
            "scope": "api",
        }),
    )
    .with("Cache-Control", "no-store")
}

/// `POST /services/oauth2/revoke`.
pub(crate) fn revoke(org: &mut Org, request: &Request) -> Response {
    let form = request.form();
    let token = form.iter().find(|(name, _)| name == "token").map(|(_, value)| value.as_str());
    match token.or_else(|| request.parameter("token")) {
        Some(token) if org.end_session(token) => Response::text(200, "text/plain", ""),
        _ => refused("invalid_token", "invalid token"),
    }
}
