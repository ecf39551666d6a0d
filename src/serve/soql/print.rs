//! The normalised print of a query: keywords in upper case, single spaces, parentheses only where they are needed.
//! What it prints parses to a query that prints the same.

use std::fmt::{self, Display, Formatter};

use super::ast::{
    Condition, DateLiteral, Expression, FieldSet, Item, Literal, Operand, Order, PathName, RecentUse, Select, Stretch,
    Unit,
};

/// Writes items with commas between them.
fn list<T: Display>(f: &mut Formatter<'_>, items: &[T]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        write!(f, "{}{item}", if at == 0 { "" } else { ", " })?;
    }
    Ok(())
}

impl Display for Select {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("SELECT ")?;
        list(f, &self.items)?;
        write!(f, " FROM {}", self.from)?;
        if let Some(alias) = &self.alias {
            write!(f, " {}", alias.text)?;
        }
        if let Some(filter) = &self.filter {
            write!(f, " WHERE {filter}")?;
        }
        if !self.group.is_empty() {
            f.write_str(" GROUP BY ")?;
            list(f, &self.group)?;
        }
        if let Some(having) = &self.having {
            write!(f, " HAVING {having}")?;
        }
        if !self.order.is_empty() {
            f.write_str(" ORDER BY ")?;
            list(f, &self.order)?;
        }
        if let Some(limit) = self.limit {
            write!(f, " LIMIT {}", limit.number)?;
        }
        if let Some(offset) = self.offset {
            write!(f, " OFFSET {}", offset.number)?;
        }
        match self.recent {
            Some(RecentUse::View) => f.write_str(" FOR VIEW"),
            Some(RecentUse::Reference) => f.write_str(" FOR REFERENCE"),
            None => Ok(()),
        }
    }
}

impl Display for Item {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value { expression, alias: Some(alias) } => write!(f, "{expression} {}", alias.text),
            Self::Value { expression, alias: None } => expression.fmt(f),
            Self::Count => f.write_str("COUNT()"),
            Self::Fields(set, _) => f.write_str(match set {
                FieldSet::All => "FIELDS(ALL)",
                FieldSet::Standard => "FIELDS(STANDARD)",
                FieldSet::Custom => "FIELDS(CUSTOM)",
            }),
            Self::Children(select) => write!(f, "({select})"),
        }
    }
}

impl Display for PathName {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (at, name) in self.names.iter().enumerate() {
            write!(f, "{}{}", if at == 0 { "" } else { "." }, name.text)?;
        }
        Ok(())
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => path.fmt(f),
            Self::Call { function, argument, .. } => write!(f, "{}({argument})", function.name()),
        }
    }
}

impl Display for Order {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.expression, if self.descending { "DESC" } else { "ASC" })?;
        f.write_str(if self.nulls_last { " NULLS LAST" } else { " NULLS FIRST" })
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (all, word) = match self {
            Self::And(all) => (all, " AND "),
            Self::Or(all) => (all, " OR "),
            Self::Not(one) => {
                f.write_str("NOT ")?;
                return part(f, one);
            }
            Self::Compare(comparison) => {
                write!(f, "{} {} ", comparison.subject, comparison.operator.as_str())?;
                return comparison.operand.fmt(f);
            }
        };
        for (at, one) in all.iter().enumerate() {
            f.write_str(if at == 0 { "" } else { word })?;
            part(f, one)?;
        }
        Ok(())
    }
}

/// A condition inside another.
fn part(f: &mut Formatter<'_>, condition: &Condition) -> fmt::Result {
    match condition {
        Condition::Compare(_) => condition.fmt(f),
        _ => write!(f, "({condition})"),
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(literal) => literal.fmt(f),
            Self::List(all) => {
                f.write_str("(")?;
                list(f, all)?;
                f.write_str(")")
            }
            Self::Select(select) => write!(f, "({select})"),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(raw) => write!(f, "'{raw}'"),
            Self::Number(text) | Self::Date(text, _) | Self::Datetime(text, _) => f.write_str(text),
            Self::Range(literal) => literal.fmt(f),
            Self::Boolean(value) => f.write_str(if *value { "TRUE" } else { "FALSE" }),
            Self::Null => f.write_str("NULL"),
        }
    }
}

impl Display for DateLiteral {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Hour => "HOUR",
            Unit::Day => "DAY",
            Unit::Week => "WEEK",
            Unit::Month => "MONTH",
            Unit::Quarter => "QUARTER",
            Unit::Year => "YEAR",
        };
        let fiscal = if self.fiscal { "FISCAL_" } else { "" };
        let n = self.number.unwrap_or(90);
        match (self.span, self.unit) {
            (Stretch::LastMany, Unit::Day) if self.number.is_none() => f.write_str("LAST_90_DAYS"),
            (Stretch::NextMany, Unit::Day) if self.number.is_none() => f.write_str("NEXT_90_DAYS"),
            (Stretch::Last, Unit::Day) => f.write_str("YESTERDAY"),
            (Stretch::This, Unit::Day) => f.write_str("TODAY"),
            (Stretch::Next, Unit::Day) => f.write_str("TOMORROW"),
            (Stretch::Last, _) => write!(f, "LAST_{fiscal}{unit}"),
            (Stretch::This, _) => write!(f, "THIS_{fiscal}{unit}"),
            (Stretch::Next, _) => write!(f, "NEXT_{fiscal}{unit}"),
            (Stretch::LastMany, _) => write!(f, "LAST_N_{fiscal}{unit}S:{n}"),
            (Stretch::NextMany, _) => write!(f, "NEXT_N_{fiscal}{unit}S:{n}"),
            (Stretch::Ago, _) => write!(f, "N_{fiscal}{unit}S_AGO:{n}"),
        }
    }
}
