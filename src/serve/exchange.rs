//! Exchange: a request and its answer as plain values, whatever carried them; errors in Salesforce's shapes.

use serde::Serialize;
use serde_json::Value;

use super::envelope::Envelope;
use crate::text::json;

/// A request that was read whole.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The segments of the path, decoded; none are empty.
    pub path: Vec<String>,
    /// The parameters of the query, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// Headers, with names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Of a SOAP request: the body as a message, or an error if it is not one.
    pub envelope: Option<Result<Envelope, ()>>,
    /// What URLs in answers begin with, such as `http://127.0.0.1:8800`.
    pub base: String,
}

impl Request {
    /// A header's first value.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// A parameter's first value; its name in any case.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The path's segments as texts.
    pub(crate) fn segments(&self) -> Vec<&str> {
        self.path.iter().map(String::as_str).collect()
    }

    /// The body as a JSON object.
    ///
    /// # Errors
    ///
    /// If it is not one.
    pub(crate) fn object(&self) -> Result<serde_json::Map<String, Value>, ApiError> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) => Err(ApiError::json("the body must be a JSON object")),
            Err(error) => Err(ApiError::json(&error.to_string())),
        }
    }

    /// The parameters of a form in the body.
    pub(crate) fn form(&self) -> Vec<(String, String)> {
        parameters(&String::from_utf8_lossy(&self.body))
    }
}

/// Parameters such as `a=1&b=x+y`.
pub(crate) fn parameters(text: &str) -> Vec<(String, String)> {
    let decoded = |text: &str| {
        let spaced = text.replace('+', " ");
        percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy().into_owned()
    };
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(a, b)| (decoded(a), decoded(b))).collect()
}

/// Whether a parameter of this name is a token or a password, which no log has.
pub(crate) fn is_secret(name: &str) -> bool {
    const SECRET: [&str; 7] =
        ["access_token", "assertion", "client_secret", "password", "refresh_token", "sid", "token"];
    SECRET.iter().any(|secret| name.eq_ignore_ascii_case(secret))
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Response {
    /// The status.
    pub status: u16,
    /// The type of the body.
    pub content: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// Further headers.
    pub headers: Vec<(&'static str, String)>,
}

/// JSON.
pub(crate) const JSON: &str = "application/json;charset=UTF-8";

impl Response {
    /// A value as JSON.
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        Self { status, content: JSON, body: json::text(value).into_bytes(), headers: Vec::new() }
    }

    /// A text of another type.
    pub(crate) fn text(status: u16, content: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, content, body: body.into(), headers: Vec::new() }
    }

    /// 204.
    pub(crate) const fn empty() -> Self {
        Self { status: 204, content: "", body: Vec::new(), headers: Vec::new() }
    }

    /// With a header.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl From<ApiError> for Response {
    fn from(error: ApiError) -> Self {
        Self::json(error.status, &[&error])
    }
}

/// An error as the REST API tells it: one element of the array in the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub(crate) struct ApiError {
    /// The status of the answer.
    #[serde(skip)]
    pub status: u16,
    /// The words.
    pub message: String,
    /// The code, such as `INVALID_FIELD`.
    #[serde(rename = "errorCode")]
    pub code: String,
    /// The fields that are wrong; none: the error is not about a write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fields: Option<Vec<String>>,
}

impl ApiError {
    /// An error.
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self { status, message: message.into(), code: code.to_owned(), fields: None }
    }

    /// An error of a write, with the fields that are wrong.
    #[must_use]
    pub(crate) fn of_fields(mut self, fields: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.fields = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    /// A body that is not what it should be.
    pub(crate) fn json(problem: &str) -> Self {
        Self::new(400, "JSON_PARSER_ERROR", problem)
    }

    /// Nothing is there.
    pub(crate) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    /// The method is not one of the resource's.
    pub(crate) fn method(method: &str, allowed: &str) -> Self {
        let message = format!("HTTP Method '{method}' not allowed. Allowed are {allowed}");
        Self::new(405, "METHOD_NOT_ALLOWED", message)
    }

    /// No session.
    pub(crate) fn session() -> Self {
        Self::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    /// Something that an org has and this server does not.
    pub(crate) fn unserved(what: &str) -> Self {
        Self::new(
            501,
            "NOT_SUPPORTED_BY_OMNIC",
            format!("omnic serve does not serve {what}; docs/serve.md lists what it serves"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_decoded() {
        let pairs = parameters("q=SELECT+Id%2CName&x&columns=true");
        let expected = [("q", "SELECT Id,Name"), ("x", ""), ("columns", "true")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn errors_have_the_shape_of_the_rest_api() {
        let error = ApiError::new(400, "INVALID_FIELD", "no such column").of_fields(["Subjct"]);
        let response = Response::from(error);
        assert_eq!(response.status, 400);
        assert_eq!(
            String::from_utf8_lossy(&response.body),
            r#"[{"message":"no such column","errorCode":"INVALID_FIELD","fields":["Subjct"]}]"#
        );
    }
}
