//! A write that Salesforce refuses: one element of the list that its REST API answers with.

use std::borrow::Cow;

use serde::Serialize;

/// Why a record may not be written: the code, the words, and the fields at fault.
///
/// It serialises as an element of the list of errors in an answer of the REST API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message}")]
pub struct WriteError {
    /// The sentence, as Salesforce words it where that is known.
    pub message: String,
    /// Salesforce's status code, such as `INVALID_FIELD`.
    #[serde(rename = "errorCode")]
    pub code: Cow<'static, str>,
    /// API names of the fields at fault; often none.
    pub fields: Vec<String>,
}

impl WriteError {
    /// A refusal of the record as a whole.
    pub(super) fn record(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { message: message.into(), code: code.into(), fields: Vec::new() }
    }

    /// A refusal of one field.
    pub(super) fn field(code: impl Into<Cow<'static, str>>, message: impl Into<String>, field: &str) -> Self {
        Self { message: message.into(), code: code.into(), fields: vec![field.to_owned()] }
    }
}
