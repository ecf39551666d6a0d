//! Paths of fields and calls of functions.

use super::super::ast::{Expression, Function, PathName};
use super::super::error::Fault;
use super::super::lex::Kind;
use super::cursor::Cursor;

/// Functions of SOQL that the emulator refuses by name.
const UNSUPPORTED: [&str; 19] = [
    "CALENDAR_MONTH",
    "CALENDAR_QUARTER",
    "CALENDAR_YEAR",
    "CONVERTCURRENCY",
    "CONVERTTIMEZONE",
    "DAY_IN_MONTH",
    "DAY_IN_WEEK",
    "DAY_IN_YEAR",
    "DAY_ONLY",
    "DISTANCE",
    "FISCAL_MONTH",
    "FISCAL_QUARTER",
    "FISCAL_YEAR",
    "FORMAT",
    "GEOLOCATION",
    "GROUPING",
    "HOUR_IN_DAY",
    "WEEK_IN_MONTH",
    "WEEK_IN_YEAR",
];

pub(super) fn path(cursor: &mut Cursor<'_>) -> Result<PathName, Fault> {
    let first = cursor.name()?;
    let mut span = first.span;
    let mut names = vec![first];
    while cursor.take(Kind::Dot).is_some() {
        let name = cursor.name_after_dot()?;
        span = span.to(name.span);
        names.push(name);
    }
    Ok(PathName { names, span })
}

/// A path, or a call of a function.
pub(super) fn expression(cursor: &mut Cursor<'_>) -> Result<Expression, Fault> {
    if !(cursor.is(Kind::Word) && cursor.is_ahead(1, Kind::Open)) {
        return Ok(Expression::Path(path(cursor)?));
    }
    let name = cursor.peek().span;
    let text = cursor.text_of(name);
    let Some(function) = Function::ALL.into_iter().find(|function| function.name().eq_ignore_ascii_case(text)) else {
        if UNSUPPORTED.iter().any(|word| word.eq_ignore_ascii_case(text)) {
            return Err(Fault::unsupported(name, &format!("The function {text}()")));
        }
        cursor.next();
        return Err(cursor.unexpected());
    };
    cursor.next();
    cursor.next();
    let argument = path(cursor)?;
    let close = cursor.expect(Kind::Close)?;
    Ok(Expression::Call { function, argument, span: name.to(close) })
}
