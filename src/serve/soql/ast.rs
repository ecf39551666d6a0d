//! A query as it is written: names in the writer's case, a span for everything that can be wrong.

use smol_str::SmolStr;

use super::place::Span;

#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) text: SmolStr,
    pub(super) span: Span,
}

/// `Owner.Name`: one name at least.
#[derive(Clone, Debug)]
pub(super) struct PathName {
    pub(super) names: Vec<Name>,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) struct Select {
    pub(super) items: Vec<Item>,
    pub(super) from: PathName,
    pub(super) alias: Option<Name>,
    pub(super) filter: Option<Condition>,
    pub(super) group: Vec<Expression>,
    pub(super) having: Option<Condition>,
    pub(super) order: Vec<Order>,
    pub(super) limit: Option<Count>,
    pub(super) offset: Option<Count>,
    pub(super) recent: Option<RecentUse>,
    /// The places of clauses that some queries may not have.
    pub(super) clauses: Clauses,
    pub(super) span: Span,
}

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clauses {
    pub(super) group: Option<Span>,
    pub(super) having: Option<Span>,
    pub(super) order: Option<Span>,
    pub(super) limit: Option<Span>,
    pub(super) offset: Option<Span>,
}

/// That a query marks its records as used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecentUse {
    /// `FOR VIEW`: sets `LastViewedDate`.
    View,
    /// `FOR REFERENCE`: sets `LastReferencedDate`.
    Reference,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub(super) number: u64,
    pub(super) span: Span,
}

#[derive(Clone, Debug)]
pub(super) enum Item {
    Value {
        expression: Expression,
        alias: Option<Name>,
    },
    /// `COUNT()`.
    Count,
    Fields(FieldSet, Span),
    Children(Box<Select>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldSet {
    All,
    Standard,
    Custom,
}

#[derive(Clone, Debug)]
pub(super) enum Expression {
    Path(PathName),
    Call { function: Function, argument: PathName, span: Span },
}

impl Expression {
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Path(path) => path.span,
            Self::Call { span, .. } => *span,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Count,
    CountDistinct,
    Min,
    Max,
    Sum,
    Avg,
    ToLabel,
}

impl Function {
    pub(super) const ALL: [Self; 7] =
        [Self::Count, Self::CountDistinct, Self::Min, Self::Max, Self::Sum, Self::Avg, Self::ToLabel];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Count => "COUNT",
            Self::CountDistinct => "COUNT_DISTINCT",
            Self::Min => "MIN",
            Self::Max => "MAX",
            Self::Sum => "SUM",
            Self::Avg => "AVG",
            Self::ToLabel => "toLabel",
        }
    }

    pub(super) const fn aggregates(self) -> bool {
        !matches!(self, Self::ToLabel)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Order {
    pub(super) expression: Expression,
    pub(super) descending: bool,
    pub(super) nulls_last: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Condition {
    And(Vec<Condition>),
    Or(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Comparison),
}

#[derive(Clone, Debug)]
pub(super) struct Comparison {
    pub(super) subject: Expression,
    pub(super) operator: Operator,
    pub(super) operator_span: Span,
    pub(super) operand: Operand,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Like,
    In,
    NotIn,
    Includes,
    Excludes,
}

impl Operator {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Like => "LIKE",
            Self::In => "IN",
            Self::NotIn => "NOT IN",
            Self::Includes => "INCLUDES",
            Self::Excludes => "EXCLUDES",
        }
    }
}

#[derive(Clone, Debug)]
pub(super) enum Operand {
    One(Literal),
    List(Vec<Literal>),
    Select(Box<Select>),
}

#[derive(Clone, Debug)]
pub(super) enum Literal {
    /// Between the quotes, escapes as written.
    Text(SmolStr),
    /// As written.
    Number(SmolStr),
    /// As written, and days since 1970-01-01.
    Date(SmolStr, i64),
    /// As written, and milliseconds since 1970-01-01T00:00Z.
    Datetime(SmolStr, i64),
    Range(DateLiteral),
    Boolean(bool),
    Null,
}

/// `LAST_N_DAYS:7`: a range of days that depends on today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DateLiteral {
    pub(super) span: Stretch,
    pub(super) unit: Unit,
    /// The number after the colon, if this literal has one. `LAST_90_DAYS` and `NEXT_90_DAYS` have none.
    pub(super) number: Option<u32>,
    pub(super) fiscal: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    /// `YESTERDAY`, `LAST_WEEK`, …: the unit before this one.
    Last,
    /// `TODAY`, `THIS_WEEK`, …
    This,
    /// `TOMORROW`, `NEXT_WEEK`, …
    Next,
    /// `LAST_N_WEEKS:n`, `LAST_90_DAYS`.
    LastMany,
    /// `NEXT_N_WEEKS:n`, `NEXT_90_DAYS`.
    NextMany,
    /// `N_WEEKS_AGO:n`.
    Ago,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
