//! A person signs in at a page, with a username and the development password, and signs out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::login::{authenticate, new_token, token_of};
use crate::serve::org::Org;

/// The body of `POST /omnic/v1/console/sign-in`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SignIn {
    /// Who signs in.
    username: String,
    /// The development password, or the user's own where there is a file of them.
    password: String,
}

/// The answer of `POST /omnic/v1/console/sign-in`.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedIn {
    /// A token as from a login: it cannot control.
    access_token: String,
    /// The user's id.
    user_id: String,
    /// The username, as the org writes it.
    username: String,
    /// The user's name.
    name: String,
}

/// `POST /omnic/v1/console/sign-in`.
///
/// # Errors
///
/// If the name and the password do not belong together, or the user is not active.
pub(super) fn sign_in(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    let asked: SignIn = serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    // It does not say which of them is wrong.
    let user = authenticate(org, asked.username.trim(), &asked.password).ok_or_else(|| {
        let message = "the username or the password is wrong, or the user is not active: the terminal of the server \
                       shows the password";
        ApiError::new(401, "INVALID_LOGIN", message)
    })?;
    let username = org.username(&user).map(ToString::to_string).unwrap_or_default();
    let name = org.person_name(&username);
    let access_token = new_token(org, user.clone(), false);
    Ok(Response::json(200, &SignedIn { access_token, user_id: user.short().to_owned(), username, name }))
}

/// `POST /omnic/v1/console/sign-out`: the session of the request ends.
pub(super) fn sign_out(org: &mut Org, request: &Request) -> Response {
    if let Some(token) = token_of(request).map(str::to_owned) {
        org.end_session(&token);
    }
    Response::empty()
}
