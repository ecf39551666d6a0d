//! Values: strings, numbers, dates, date literals, booleans, null.

use smol_str::SmolStr;

use super::super::ast::{DateLiteral, Literal, Stretch, Unit};
use super::super::error::{Fault, Show};
use super::super::escape;
use super::super::lex::Kind;
use super::super::place::Span;
use super::super::time::{parse_date, parse_datetime};
use super::cursor::Cursor;

pub(super) fn literal(cursor: &mut Cursor<'_>) -> Result<Literal, Fault> {
    value(cursor, false)
}

/// What stands after LIKE.
pub(super) fn pattern(cursor: &mut Cursor<'_>) -> Result<Literal, Fault> {
    value(cursor, true)
}

fn value(cursor: &mut Cursor<'_>, pattern: bool) -> Result<Literal, Fault> {
    let token = cursor.peek();
    let text = cursor.text_of(token.span);
    let value = match token.kind {
        Kind::Text => {
            let raw = text.get(1..text.len().saturating_sub(1)).unwrap_or("");
            if !escape::is_valid(raw, pattern) {
                // Assumed: the words in which Apex says the same.
                let reason = format!("Invalid string literal {text}. Illegal character sequence in string literal.");
                return Err(Fault::malformed(token.span, reason));
            }
            Literal::Text(SmolStr::new(raw))
        }
        Kind::Number => Literal::Number(text.chars().filter(|c| *c != ' ').collect()),
        Kind::Date => match parse_date(text) {
            Some(days) => Literal::Date(SmolStr::new(text), days),
            None => return Err(Fault::malformed(token.span, format!("Invalid date: {text}")).showing(Show::Syntax)),
        },
        Kind::Datetime => match parse_datetime(text) {
            Some(time) => Literal::Datetime(SmolStr::new(text), time),
            None => {
                return Err(Fault::malformed(token.span, format!("Invalid datetime: {text}")).showing(Show::Syntax));
            }
        },
        Kind::Word => return word(cursor),
        Kind::Colon => return Err(bind(token.span)),
        _ => return Err(cursor.unexpected()),
    };
    cursor.next();
    Ok(value)
}

/// A name where a value must stand: Salesforce takes it for a variable of Apex.
fn bind(span: Span) -> Fault {
    Fault::malformed(span, "Bind variables only allowed in Apex code")
}

fn word(cursor: &mut Cursor<'_>) -> Result<Literal, Fault> {
    let span = cursor.peek().span;
    let upper = cursor.text_of(span).to_ascii_uppercase();
    let value = match upper.as_str() {
        "TRUE" => Literal::Boolean(true),
        "FALSE" => Literal::Boolean(false),
        "NULL" => Literal::Null,
        _ => return range(cursor, span, &upper),
    };
    cursor.next();
    Ok(value)
}

fn range(cursor: &mut Cursor<'_>, span: Span, upper: &str) -> Result<Literal, Fault> {
    let Some((mut literal, counts)) = date_literal(upper) else {
        return Err(refuse_word(cursor, span, upper));
    };
    cursor.next();
    if !counts {
        return Ok(Literal::Range(literal));
    }
    cursor.expect(Kind::Colon)?;
    let number = cursor.peek();
    let text = cursor.text_of(number.span);
    match text.parse() {
        Ok(n) if number.kind == Kind::Number && !text.starts_with('+') => literal.number = Some(n),
        _ => return Err(cursor.unexpected()),
    }
    cursor.next();
    Ok(Literal::Range(literal))
}

fn refuse_word(cursor: &Cursor<'_>, span: Span, upper: &str) -> Fault {
    let currency = upper.len() > 3
        && upper.get(..3).is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()))
        && upper.get(3..).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'));
    if currency {
        return Fault::unsupported(span, "An amount with a currency code");
    }
    if cursor.is_ahead(1, Kind::Colon) {
        return Fault::malformed(span, format!("{} is not a date literal of SOQL", cursor.text_of(span)));
    }
    bind(span)
}

/// A literal by its name in upper case, and whether a colon and a number follow.
fn date_literal(name: &str) -> Option<(DateLiteral, bool)> {
    let literal = |span, unit, number, fiscal| DateLiteral { span, unit, number, fiscal };
    let fixed = match name {
        "YESTERDAY" => Some(Stretch::Last),
        "TODAY" => Some(Stretch::This),
        "TOMORROW" => Some(Stretch::Next),
        "LAST_90_DAYS" => Some(Stretch::LastMany),
        "NEXT_90_DAYS" => Some(Stretch::NextMany),
        _ => None,
    };
    if let Some(span) = fixed {
        return Some((literal(span, Unit::Day, None, false), false));
    }
    let (span, rest, counts) = if let Some(rest) = name.strip_prefix("LAST_N_") {
        (Stretch::LastMany, rest, true)
    } else if let Some(rest) = name.strip_prefix("NEXT_N_") {
        (Stretch::NextMany, rest, true)
    } else if let Some(rest) = name.strip_prefix("N_") {
        (Stretch::Ago, rest.strip_suffix("_AGO")?, true)
    } else if let Some(rest) = name.strip_prefix("LAST_") {
        (Stretch::Last, rest, false)
    } else if let Some(rest) = name.strip_prefix("THIS_") {
        (Stretch::This, rest, false)
    } else {
        (Stretch::Next, name.strip_prefix("NEXT_")?, false)
    };
    let (fiscal, rest) = rest.strip_prefix("FISCAL_").map_or((false, rest), |rest| (true, rest));
    let rest = if counts { rest.strip_suffix('S')? } else { rest };
    let unit = match rest {
        // In no list of the reference, and seen in adapters.
        "HOUR" if span == Stretch::LastMany && !fiscal => Unit::Hour,
        "DAY" if counts && !fiscal => Unit::Day,
        "WEEK" if !fiscal => Unit::Week,
        "MONTH" if !fiscal => Unit::Month,
        "QUARTER" => Unit::Quarter,
        "YEAR" => Unit::Year,
        _ => return None,
    };
    Some((literal(span, unit, None, fiscal), counts))
}
