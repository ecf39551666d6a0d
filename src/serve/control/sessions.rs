//! Sessions: a user signs in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::login::new_token;
use crate::serve::org::Org;

/// The body of `POST /omnic/v1/sessions`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SessionRequest {
    /// Who signs in, by username or id.
    user: String,
}

/// The answer of `POST /omnic/v1/sessions`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionBegun {
    /// A token as from a login: it cannot control.
    access_token: String,
    /// The user's id.
    user_id: String,
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
    let access_token = new_token(org, user.clone(), false);
    Ok(Response::json(200, &SessionBegun { access_token, user_id: user.to_string() }))
}
