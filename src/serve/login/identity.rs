//! Who a user is, as the identity service tells it.

use serde_json::json;

use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::Org;

/// The address of a user's identity.
pub(crate) fn address(org: &Org, request: &Request, user: &Id) -> String {
    format!("{}/id/{}/{}", request.base, org.organization(), user)
}

/// `GET /services/oauth2/userinfo`.
pub(crate) fn user_info(org: &Org, request: &Request, user: &Id) -> Response {
    let Some(row) = org.row("User", user) else { return ApiError::not_found().into() };
    let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
    Response::json(
        200,
        &json!({
            "sub": address(org, request, user),
            "user_id": user.as_str(),
            "organization_id": org.organization().as_str(),
            "preferred_username": text("Username"),
            "nickname": text("Alias"),
            "name": text("Name"),
            "email": text("Email"),
            "email_verified": true,
            "given_name": text("FirstName"),
            "family_name": text("LastName"),
            "zoneinfo": "GMT",
            "user_type": "STANDARD",
            "active": row.is("IsActive"),
            "language": "en_US",
            "locale": "en_US",
            "utcOffset": 0,
            "urls": urls(request),
        }),
    )
}

/// `GET /id/{organisation}/{user}`.
pub(crate) fn identity(org: &Org, request: &Request, organization: &str, user: &str) -> Response {
    let is_ours = Id::parse(organization).is_some_and(|id| id == org.organization());
    let user = Id::parse(user).filter(|_| is_ours);
    let Some(user) = user else { return ApiError::not_found().into() };
    let Some(row) = org.row("User", &user) else { return ApiError::not_found().into() };
    let text = |field: &str| row.text(field).unwrap_or_default().to_owned();
    Response::json(
        200,
        &json!({
            "id": address(org, request, &user),
            "asserted_user": true,
            "user_id": user.as_str(),
            "organization_id": org.organization().as_str(),
            "username": text("Username"),
            "nick_name": text("Alias"),
            "display_name": text("Name"),
            "email": text("Email"),
            "email_verified": true,
            "first_name": text("FirstName"),
            "last_name": text("LastName"),
            "timezone": "GMT",
            "active": row.is("IsActive"),
            "user_type": "STANDARD",
            "language": "en_US",
            "locale": "en_US",
            "utcOffset": 0,
            "urls": urls(request),
        }),
    )
}

fn urls(request: &Request) -> serde_json::Value {
    let base = &request.base;
    json!({
        "rest": format!("{base}/services/data/v{{version}}/"),
        "sobjects": format!("{base}/services/data/v{{version}}/sobjects/"),
        "query": format!("{base}/services/data/v{{version}}/query/"),
    })
}
