//! From the text of a query to its syntax tree. Knows no schema.
//!
//! Hand-written, because the messages must say what Salesforce's say. Its rooms, of which each uses those after it alone:
//! `select`, `condition`, `expression`, `literal`, `cursor`.
//!
//! The grammar is that of Salesforce's SOQL and SOSL Reference, and where that is silent, of the parser that Salesforce
//! ships in the npm package @salesforce/soql-common: AND and OR do not mix without parentheses, NOT stands alone or in
//! parentheses. What Salesforce has and the emulator does not is refused by name.

mod condition;
mod cursor;
mod expression;
mod literal;
mod select;

use super::ast::Select;
use super::error::Fault;
use super::lex::tokens;
use super::place::Span;
use cursor::Cursor;

/// Salesforce's limit.
const MOST_CHARACTERS: usize = 100_000;

pub(super) fn parse(text: &str) -> Result<Select, Fault> {
    let whole = Span::new(0, text.len());
    if text.trim().is_empty() {
        return Err(Fault::rule(whole, "SOQL statements cannot be empty or null"));
    }
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        let reason = format!("SOQL statements cannot be longer than {MOST_CHARACTERS} characters.");
        return Err(Fault::rule(Span::new(0, 0), reason));
    }
    let mut cursor = Cursor::new(text, tokens(text));
    let select = select::query(&mut cursor)?;
    cursor.end()?;
    Ok(select)
}
