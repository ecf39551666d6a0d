//! Conditions of WHERE and HAVING.

use super::super::ast::{Comparison, Condition, Operand, Operator, Select};
use super::super::error::Fault;
use super::super::lex::Kind;
use super::cursor::{Cursor, unexpected_text};
use super::expression::expression;
use super::literal::{literal, pattern};

/// Parses a SELECT in parentheses, after the opening one.
pub(super) type SubSelect = fn(&mut Cursor<'_>) -> Result<Select, Fault>;

/// `a`, `a AND b AND c`, `a OR b OR c` or `NOT a`.
pub(super) fn condition(cursor: &mut Cursor<'_>, select: SubSelect) -> Result<Condition, Fault> {
    if cursor.take_word("NOT").is_some() {
        return Ok(Condition::Not(Box::new(simple(cursor, select)?)));
    }
    let first = simple(cursor, select)?;
    let word = if cursor.is_word("AND") { "AND" } else { "OR" };
    let mut all = vec![first];
    while cursor.take_word(word).is_some() {
        all.push(simple(cursor, select)?);
    }
    Ok(match (all.len(), word) {
        (2.., "AND") => Condition::And(all),
        (2.., _) => Condition::Or(all),
        _ => match all.pop() {
            Some(one) => one,
            None => return Err(cursor.unexpected()),
        },
    })
}

/// A comparison, or a condition in parentheses.
fn simple(cursor: &mut Cursor<'_>, select: SubSelect) -> Result<Condition, Fault> {
    let Some(open) = cursor.take(Kind::Open) else {
        return Ok(Condition::Compare(comparison(cursor, select)?));
    };
    cursor.sink(open)?;
    let inner = condition(cursor, select)?;
    cursor.expect(Kind::Close)?;
    cursor.rise();
    Ok(inner)
}

fn comparison(cursor: &mut Cursor<'_>, select: SubSelect) -> Result<Comparison, Fault> {
    let subject = expression(cursor)?;
    let operator_span = cursor.peek().span;
    let operator = operator(cursor)?;
    let operand = match operator {
        Operator::In | Operator::NotIn => {
            if cursor.is(Kind::Colon) {
                return Err(bind_list(cursor));
            }
            let open = cursor.expect(Kind::Open)?;
            if cursor.is_word("SELECT") {
                cursor.sink(open)?;
                let inner = select(cursor)?;
                cursor.expect(Kind::Close)?;
                cursor.rise();
                Operand::Select(Box::new(inner))
            } else {
                if cursor.is(Kind::Close) {
                    let close = cursor.peek().span;
                    let text = cursor.text_of(subject.span().to(close));
                    return Err(unexpected_text(close, text));
                }
                list(cursor)?
            }
        }
        Operator::Includes | Operator::Excludes => {
            if cursor.is(Kind::Colon) {
                return Err(bind_list(cursor));
            }
            cursor.expect(Kind::Open)?;
            list(cursor)?
        }
        Operator::Like if !cursor.is(Kind::Text) && !cursor.is(Kind::Colon) => return Err(cursor.unexpected()),
        Operator::Like => Operand::One(pattern(cursor)?),
        _ => Operand::One(literal(cursor)?),
    };
    Ok(Comparison { subject, operator, operator_span, operand })
}

fn bind_list(cursor: &Cursor<'_>) -> Fault {
    Fault::malformed(cursor.peek().span, "Bind variables only allowed in Apex code")
}

/// The rest of a list, after its parenthesis.
fn list(cursor: &mut Cursor<'_>) -> Result<Operand, Fault> {
    let mut all = vec![literal(cursor)?];
    while cursor.take(Kind::Comma).is_some() {
        all.push(literal(cursor)?);
    }
    cursor.expect(Kind::Close)?;
    Ok(Operand::List(all))
}

fn operator(cursor: &mut Cursor<'_>) -> Result<Operator, Fault> {
    let operator = match cursor.peek().kind {
        Kind::Equal => Operator::Equal,
        Kind::NotEqual => Operator::NotEqual,
        Kind::Less => Operator::Less,
        Kind::LessOrEqual => Operator::LessOrEqual,
        Kind::Greater => Operator::Greater,
        Kind::GreaterOrEqual => Operator::GreaterOrEqual,
        Kind::Word if cursor.is_word("LIKE") => Operator::Like,
        Kind::Word if cursor.is_word("IN") => Operator::In,
        Kind::Word if cursor.is_word("INCLUDES") => Operator::Includes,
        Kind::Word if cursor.is_word("EXCLUDES") => Operator::Excludes,
        Kind::Word if cursor.is_word("NOT") && cursor.is_word_ahead(1, "IN") => {
            cursor.next();
            Operator::NotIn
        }
        _ => return Err(cursor.unexpected()),
    };
    cursor.next();
    Ok(operator)
}
