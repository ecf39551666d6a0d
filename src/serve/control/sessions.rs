//! Sessions: a user signs in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::login::{new_refresh_token, new_token, refreshed_token};
use crate::serve::org::Org;

/// The body of `POST /omnic/v1/sessions`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SessionRequest {
    /// Who signs in, by username or id.
    user: String,
    /// The id of a client (connected app) that is given a refresh token, too, as after a login in a browser.
    #[serde(default)]
    client_id: Option<String>,
}

/// The answer of `POST /omnic/v1/sessions`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionBegun {
    /// A token as from a login: it cannot control.
    access_token: String,
    /// The user's id.
    user_id: String,
    /// A token with which the client gets access tokens, if one was named.
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
}

/// `POST /omnic/v1/sessions`.
///
/// # Errors
///
/// If nobody is called so, or the user is not active.
pub(super) fn begin(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    let asked: SessionRequest =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let user = org
        .user(&asked.user)
        .ok_or_else(|| ApiError::new(400, "INVALID_ARGUMENT", format!("there is no user `{}`", asked.user)))?;
    if !org.row("User", &user).is_some_and(|row| row.is("IsActive")) {
        return Err(ApiError::new(400, "INVALID_ARGUMENT", format!("the user `{}` is not active", asked.user)));
    }
    if let (Some(client), Some(clients)) = (&asked.client_id, org.clients())
        && clients.get(client).is_none()
    {
        let message = format!("there is no client `{client}` in the file of --clients");
        return Err(ApiError::new(400, "INVALID_ARGUMENT", message));
    }
    let refresh_token = asked.client_id.map(|client| new_refresh_token(org, user.clone(), &client));
    let user_id = user.to_string();
    let access_token = match &refresh_token {
        Some(from) => refreshed_token(org, user, from),
        None => new_token(org, user, false),
    };
    Ok(Response::json(200, &SessionBegun { access_token, user_id, refresh_token }))
}
