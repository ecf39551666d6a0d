//! SELECT and its clauses.

use super::super::ast::{Clauses, Count, Expression, FieldSet, Function, Item, Order, RecentUse, Select};
use super::super::error::Fault;
use super::super::lex::Kind;
use super::super::place::Span;
use super::condition::condition;
use super::cursor::{Cursor, unexpected_text};
use super::expression::{expression, path};

/// A query, or one in parentheses.
pub(super) fn query(cursor: &mut Cursor<'_>) -> Result<Select, Fault> {
    let start = cursor.expect_word("SELECT")?;
    let items = items(cursor, start)?;
    cursor.expect_word("FROM")?;
    let from = path(cursor)?;
    let marked = cursor.take_word("AS").is_some();
    let alias = cursor.alias();
    if marked && alias.is_none() {
        return Err(cursor.unexpected());
    }
    if cursor.is(Kind::Comma) {
        return Err(Fault::unsupported(cursor.peek().span, "More than one object in FROM"));
    }
    let mut select = Select {
        items,
        from,
        alias,
        filter: None,
        group: Vec::new(),
        having: None,
        order: Vec::new(),
        limit: None,
        offset: None,
        recent: None,
        clauses: Clauses::default(),
        span: start,
    };
    if cursor.take_word("USING").is_some() {
        let scope = cursor.expect_word("SCOPE")?;
        return Err(Fault::unsupported(scope, "USING SCOPE"));
    }
    if cursor.take_word("WHERE").is_some() {
        select.filter = Some(condition(cursor, query)?);
    }
    if let Some(with) = cursor.take_word("WITH") {
        return Err(Fault::unsupported(with, "The clause WITH"));
    }
    groups(cursor, &mut select)?;
    orders(cursor, &mut select)?;
    if let Some(span) = cursor.take_word("LIMIT") {
        select.clauses.limit = Some(span);
        select.limit = Some(count(cursor)?);
    }
    if let Some(span) = cursor.take_word("OFFSET") {
        select.clauses.offset = Some(span);
        select.offset = Some(count(cursor)?);
    }
    tail(cursor, &mut select)?;
    select.span = start.to(cursor.behind());
    Ok(select)
}

fn items(cursor: &mut Cursor<'_>, start: Span) -> Result<Vec<Item>, Fault> {
    if cursor.is_word("FROM") && !cursor.is_ahead(1, Kind::Dot) {
        let from = cursor.peek().span;
        return Err(unexpected_text(from, cursor.text_of(start.to(from))));
    }
    if cursor.is_word("COUNT") && cursor.is_ahead(1, Kind::Open) && cursor.is_ahead(2, Kind::Close) {
        for _ in 0..3 {
            cursor.next();
        }
        return Ok(vec![Item::Count]);
    }
    let mut items = vec![item(cursor)?];
    while cursor.take(Kind::Comma).is_some() {
        items.push(item(cursor)?);
    }
    Ok(items)
}

fn item(cursor: &mut Cursor<'_>) -> Result<Item, Fault> {
    if let Some(open) = cursor.take(Kind::Open) {
        cursor.sink(open)?;
        let select = query(cursor)?;
        cursor.expect(Kind::Close)?;
        cursor.rise();
        return Ok(Item::Children(Box::new(select)));
    }
    if cursor.is_word("TYPEOF") && cursor.is_ahead(1, Kind::Word) {
        return Err(Fault::unsupported(cursor.peek().span, "TYPEOF"));
    }
    if cursor.is_word("FIELDS") && cursor.is_ahead(1, Kind::Open) {
        return fields(cursor);
    }
    let expression = expression(cursor)?;
    Ok(Item::Value { expression, alias: cursor.alias() })
}

fn fields(cursor: &mut Cursor<'_>) -> Result<Item, Fault> {
    let start = cursor.next().span;
    cursor.next();
    let set = if cursor.is_word("ALL") {
        FieldSet::All
    } else if cursor.is_word("STANDARD") {
        FieldSet::Standard
    } else if cursor.is_word("CUSTOM") {
        FieldSet::Custom
    } else {
        return Err(cursor.unexpected());
    };
    cursor.next();
    let close = cursor.expect(Kind::Close)?;
    Ok(Item::Fields(set, start.to(close)))
}

fn groups(cursor: &mut Cursor<'_>, select: &mut Select) -> Result<(), Fault> {
    let Some(group) = cursor.take_word("GROUP") else { return Ok(()) };
    cursor.expect_word("BY")?;
    select.clauses.group = Some(group);
    for word in ["ROLLUP", "CUBE"] {
        if cursor.is_word(word) && cursor.is_ahead(1, Kind::Open) {
            return Err(Fault::unsupported(cursor.peek().span, &format!("GROUP BY {word}")));
        }
    }
    loop {
        let grouped = expression(cursor)?;
        match &grouped {
            Expression::Call { function: Function::ToLabel, span, .. } => {
                return Err(Fault::unsupported(*span, "toLabel() in GROUP BY"));
            }
            Expression::Call { span, .. } => {
                // Assumed: the words.
                return Err(Fault::malformed(*span, "an aggregate function cannot be grouped by"));
            }
            Expression::Path(_) => select.group.push(grouped),
        }
        if cursor.take(Kind::Comma).is_none() {
            break;
        }
    }
    if let Some(having) = cursor.take_word("HAVING") {
        select.clauses.having = Some(having);
        select.having = Some(condition(cursor, query)?);
    }
    Ok(())
}

fn orders(cursor: &mut Cursor<'_>, select: &mut Select) -> Result<(), Fault> {
    let Some(order) = cursor.take_word("ORDER") else { return Ok(()) };
    cursor.expect_word("BY")?;
    select.clauses.order = Some(order);
    loop {
        let expression = expression(cursor)?;
        if let Expression::Call { function: Function::ToLabel, span, .. } = &expression {
            // Documented; assumed are the words.
            return Err(Fault::malformed(*span, "toLabel() is not allowed in ORDER BY"));
        }
        let descending = cursor.take_word("DESC").is_some();
        if !descending {
            cursor.take_word("ASC");
        }
        let mut nulls_last = false;
        if cursor.take_word("NULLS").is_some() {
            nulls_last = cursor.take_word("LAST").is_some();
            if !nulls_last {
                cursor.expect_word("FIRST")?;
            }
        }
        select.order.push(Order { expression, descending, nulls_last });
        if cursor.take(Kind::Comma).is_none() {
            return Ok(());
        }
    }
}

fn count(cursor: &mut Cursor<'_>) -> Result<Count, Fault> {
    let token = cursor.peek();
    if token.kind == Kind::Colon {
        return Err(Fault::malformed(token.span, "Bind variables only allowed in Apex code"));
    }
    let text = cursor.text_of(token.span);
    if token.kind != Kind::Number || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(cursor.unexpected());
    }
    cursor.next();
    // Of more rows than this there are none.
    Ok(Count { number: text.parse().unwrap_or(u64::MAX), span: token.span })
}

fn tail(cursor: &mut Cursor<'_>, select: &mut Select) -> Result<(), Fault> {
    if cursor.take_word("FOR").is_some() {
        if cursor.take_word("VIEW").is_some() {
            select.recent = Some(RecentUse::View);
        } else if cursor.take_word("REFERENCE").is_some() {
            select.recent = Some(RecentUse::Reference);
        } else if let Some(update) = cursor.take_word("UPDATE") {
            // Rows are locked in Apex alone.
            return Err(Fault::rule(update, "FOR UPDATE not allowed in this context"));
        } else {
            return Err(cursor.unexpected());
        }
    }
    if let Some(update) = cursor.take_word("UPDATE") {
        return Err(Fault::unsupported(update, "The clause UPDATE"));
    }
    if let Some(all) = cursor.take_word("ALL") {
        let rows = cursor.expect_word("ROWS")?;
        return Err(Fault::rule(all.to(rows), "ALL ROWS not allowed in this context"));
    }
    Ok(())
}
