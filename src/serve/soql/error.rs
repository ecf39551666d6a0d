//! What is wrong with a query, in Salesforce's words and with its place.
//!
//! The form of the message was read off messages that people published: an empty line, an excerpt of the row, a caret
//! below the place, `ERROR at Row:1:Column:26`, the reason. Excerpts begin and end with the words that lie 30 characters
//! before and after the caret. Salesforce counts columns from 1, but from 0 (with the caret one to the left) where its
//! grammar refuses a token; a token at column 0 and the end of the query get no place at all.

use super::place::{Span, excerpt, row_and_column};

/// A code of Salesforce's API. Each is answered with the status 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// The grammar, or a rule of SOQL, refuses the query.
    MalformedQuery,
    /// There is no such object, or no such child relationship.
    InvalidType,
    /// There is no such field or relationship, or it cannot be used so.
    InvalidField,
    /// The operator does not fit the field, or an id is not one.
    InvalidQueryFilterOperator,
    /// A number is too large.
    NumberOutsideValidRange,
    /// The version in the URL is too old.
    UnsupportedApiVersion,
    /// Salesforce has this; the emulator does not.
    FunctionalityNotEnabled,
    /// It is too much work.
    QueryTimeout,
}

impl ErrorCode {
    /// The code as it stands in an answer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MalformedQuery => "MALFORMED_QUERY",
            Self::InvalidType => "INVALID_TYPE",
            Self::InvalidField => "INVALID_FIELD",
            Self::InvalidQueryFilterOperator => "INVALID_QUERY_FILTER_OPERATOR",
            Self::NumberOutsideValidRange => "NUMBER_OUTSIDE_VALID_RANGE",
            Self::UnsupportedApiVersion => "UNSUPPORTED_API_VERSION",
            Self::FunctionalityNotEnabled => "FUNCTIONALITY_NOT_ENABLED",
            Self::QueryTimeout => "QUERY_TIMEOUT",
        }
    }
}

/// Why a query is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SoqlError {
    /// The code of the answer.
    pub code: ErrorCode,
    /// The message of the answer, with the excerpt where Salesforce has one.
    pub message: String,
    /// The message without excerpt and place.
    pub reason: String,
    /// The bytes of the query that are to blame.
    pub span: Span,
    /// The row of `span`, from 1.
    pub row: usize,
    /// The column of `span` in characters, as the message counts it.
    pub column: usize,
}

/// How a message shows its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Show {
    /// The grammar refused a token.
    Syntax,
    /// A character that no token begins with: as above, with the place once more before the reason.
    Character,
    /// A name or a value is wrong.
    Meaning,
    /// Salesforce shows no place.
    Nothing,
}

/// An error before it is put into words for a text.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) code: ErrorCode,
    pub(super) reason: String,
    pub(super) span: Span,
    pub(super) show: Show,
}

impl Fault {
    pub(super) fn new(code: ErrorCode, span: Span, reason: impl Into<String>) -> Self {
        Self { code, reason: reason.into(), span, show: Show::Meaning }
    }

    pub(super) fn malformed(span: Span, reason: impl Into<String>) -> Self {
        Self::new(ErrorCode::MalformedQuery, span, reason)
    }

    /// A rule that Salesforce states without a place.
    pub(super) fn rule(span: Span, reason: impl Into<String>) -> Self {
        Self::malformed(span, reason).unplaced()
    }

    /// Salesforce has `what`; the emulator refuses it by name.
    pub(super) fn unsupported(span: Span, what: &str) -> Self {
        Self::new(
            ErrorCode::FunctionalityNotEnabled,
            span,
            format!("{what} is not supported by omnic serve. Leave it out of the query"),
        )
    }

    pub(super) fn unplaced(mut self) -> Self {
        self.show = Show::Nothing;
        self
    }

    pub(super) fn showing(mut self, show: Show) -> Self {
        self.show = show;
        self
    }

    pub(super) fn in_text(self, text: &str) -> SoqlError {
        let Self { code, reason, span, show } = self;
        let (row, index) = row_and_column(text, span.start);
        let syntax = matches!(show, Show::Syntax | Show::Character);
        let column = if syntax { index } else { index + 1 };
        let reason = if show == Show::Character { format!("line {row}:{column} {reason}") } else { reason };
        let message = if show == Show::Nothing || column == 0 {
            reason.clone()
        } else {
            let (shown, caret) = excerpt(text, row, column - 1);
            format!("\n{shown}\n{}^\nERROR at Row:{row}:Column:{column}\n{reason}", " ".repeat(caret))
        };
        SoqlError { code, message, reason, span, row, column }
    }
}
