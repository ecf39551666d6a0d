//! SOAP `login()` and `logout()`, which API versions up to 64 have.

use super::token::{authenticate, new_token};
use crate::serve::envelope::escaped;
use crate::serve::exchange::{Request, Response};
use crate::serve::org::Org;

/// The last API version that has `login()` (Salesforce release notes, Winter '26).
const LAST_VERSION: u32 = 64;

/// Types of faults.
const LOGIN: &str = "LoginFault";
const UNEXPECTED: &str = "UnexpectedErrorFault";
/// What is said of a session that does not expire: the longest that an org can set, 24 hours, in seconds.
const LONGEST_SESSION: u64 = 86_400;

const XML: &str = "text/xml;charset=UTF-8";

/// `POST /services/Soap/{u|c}/{version}`.
pub(crate) fn login(org: &mut Org, request: &Request, version: &str) -> Response {
    let number = version.split('.').next().and_then(|number| number.parse::<u32>().ok());
    let Some(number) = number.filter(|number| *number >= 10) else {
        return fault(
            "UNSUPPORTED_API_VERSION",
            &format!("Invalid Api version specified on URL: {version}"),
            UNEXPECTED,
        );
    };
    let Some(Ok(envelope)) = &request.envelope else {
        return fault("UNKNOWN_EXCEPTION", "the body is not a SOAP envelope", LOGIN);
    };
    let call = &envelope.call;
    match call.name.as_str() {
        "login" if number > LAST_VERSION => fault(
            "UNSUPPORTED_API_VERSION",
            &format!("login() is not there in API version {version}: use {LAST_VERSION}.0 or less, or OAuth"),
            UNEXPECTED,
        ),
        // The fault that orgs give which have it switched off (Salesforce Knowledge, SOAP login retirement; the words are
        // assumed).
        "login" if !org.has_soap_login() => fault(
            "INVALID_OPERATION",
            "SOAP API login() is disabled by default in this org. Use OAuth, or start omnic serve without --no-soap-login",
            LOGIN,
        ),
        "login" => match authenticate(org, call.field("username"), call.field("password")) {
            None => fault(
                "INVALID_LOGIN",
                "INVALID_LOGIN: Invalid username, password, security token; or user locked out.",
                LOGIN,
            ),
            Some(user) => {
                let token = new_token(org, user.clone(), false);
                answer(org, request, &user, &token, version)
            }
        },
        "logout" => {
            if org.end_session(envelope.header("SessionHeader", "sessionId")) {
                self::envelope("<logoutResponse/>")
            } else {
                fault("INVALID_SESSION_ID", "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader", UNEXPECTED)
            }
        }
        other => fault(
            "UNSUPPORTED_CLIENT",
            &format!("omnic serve does not serve the SOAP call {other}; docs/serve.md lists what it serves"),
            UNEXPECTED,
        ),
    }
}

/// A message with this body.
pub(crate) fn envelope(body: &str) -> Response {
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><soapenv:Envelope \
         xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\" xmlns=\"urn:partner.soap.sforce.com\" \
         xmlns:sf=\"urn:fault.partner.soap.sforce.com\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soapenv:Body>{body}</soapenv:Body></soapenv:Envelope>"
    );
    Response::text(200, XML, text)
}

/// A fault, of a type such as `LoginFault`.
pub(crate) fn fault(code: &str, message: &str, kind: &str) -> Response {
    let words = if message.starts_with(code) { message.to_owned() } else { format!("{code}: {message}") };
    let (words, message) = (escaped(&words), escaped(message));
    let body = format!(
        "<soapenv:Fault><faultcode>sf:{code}</faultcode><faultstring>{words}</faultstring><detail>\
         <sf:{kind} xsi:type=\"sf:{kind}\"><sf:exceptionCode>{code}</sf:exceptionCode>\
         <sf:exceptionMessage>{message}</sf:exceptionMessage></sf:{kind}></detail></soapenv:Fault>"
    );
    Response { status: 500, ..envelope(&body) }
}

fn answer(org: &Org, request: &Request, user: &crate::serve::ids::Id, token: &str, version: &str) -> Response {
    let organization = org.organization();
    let base = escaped(&request.base);
    let version = escaped(version);
    let seconds = org.session_seconds().unwrap_or(LONGEST_SESSION);
    let row = org.row("User", user);
    let text = |field: &str| escaped(row.as_ref().and_then(|row| row.text(field)).unwrap_or_default());
    let (name, username, email) = (text("Name"), text("Username"), text("Email"));
    envelope(&format!(
        "<loginResponse><result><metadataServerUrl>{base}/services/Soap/m/{version}/{organization}</metadataServerUrl>\
         <passwordExpired>false</passwordExpired><sandbox>true</sandbox>\
         <serverUrl>{base}/services/Soap/u/{version}/{organization}</serverUrl><sessionId>{token}</sessionId>\
         <userId>{user}</userId><userInfo><organizationId>{organization}</organizationId>\
         <organizationName>omnic</organizationName><sessionSecondsValid>{seconds}</sessionSecondsValid>\
         <userEmail>{email}</userEmail><userFullName>{name}</userFullName><userId>{user}</userId>\
         <userLanguage>en_US</userLanguage><userLocale>en_US</userLocale><userName>{username}</userName>\
         <userTimeZone>GMT</userTimeZone><userType>Standard</userType></userInfo></result></loginResponse>"
    ))
}
