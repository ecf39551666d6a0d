//! Which call an envelope is, and who may make it.

use super::calls::call;
use super::tables;
use super::write::response;
use super::wsdl::wsdl;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::login::{soap_envelope, soap_fault, soap_login};
use crate::serve::org::{Caller, Org};
use crate::serve::rest::NEWEST;

/// Answers `POST /services/Soap/{u|c}/{version}[/{org}]`. `is_expired`: the session is to be taken for expired.
pub(crate) fn answer(org: &mut Org, request: &Request, version: &str, is_expired: bool) -> Response {
    let name = match &request.envelope {
        Some(Ok(envelope)) => envelope.call.name.as_str(),
        _ => "",
    };
    let Some(table) = tables::call(name).filter(|_| !matches!(name, "login" | "logout")) else {
        return soap_login(org, request, version);
    };
    let Some(Ok(envelope)) = &request.envelope else { return soap_login(org, request, version) };
    let number = version.split('.').next().and_then(|number| number.parse::<u32>().ok());
    let Some(number) = number.filter(|number| (10..=NEWEST).contains(number)) else {
        return soap_fault(
            "UNSUPPORTED_API_VERSION",
            &format!("Invalid Api version specified on URL: {version}"),
            "UnexpectedErrorFault",
        );
    };
    let token = envelope.header("SessionHeader", "sessionId");
    let session = org.sessions.get(token).filter(|_| !is_expired).map(|session| session.user.clone());
    let Some(user) = session else {
        return soap_fault(
            "INVALID_SESSION_ID",
            "Invalid Session ID found in SessionHeader: Illegal Session. Session not found",
            "UnexpectedErrorFault",
        );
    };
    let client = envelope.header("CallOptions", "client");
    let client = if client.is_empty() { String::new() } else { format!(";client={client}") };
    org.origin = format!("com/salesforce/api/soap/{number}.0{client}");
    match call(org, &Caller { user, version: number }, envelope) {
        Ok(answered) => soap_envelope(&response(table, &answered)),
        Err(error) => fault(&error),
    }
}

/// A refusal as a fault of the type that its code has.
fn fault(error: &ApiError) -> Response {
    let kind = match error.code.as_str() {
        "MALFORMED_QUERY" => "MalformedQueryFault",
        "INVALID_FIELD" => "InvalidFieldFault",
        "INVALID_TYPE" => "InvalidSObjectFault",
        "INVALID_QUERY_LOCATOR" => "InvalidQueryLocatorFault",
        "MALFORMED_ID" => "InvalidIdFault",
        _ => "UnexpectedErrorFault",
    };
    soap_fault(&error.code, &error.message, kind)
}

/// `GET /services/wsdl/partner`: the WSDL of all calls. It holds no data, so that it needs no token.
pub(crate) fn description(request: &Request) -> Response {
    let text = wsdl(&format!("{}/services/Soap/u/{NEWEST}.0", request.base));
    Response::text(200, "text/xml;charset=UTF-8", text)
}
