//! A checked query.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use smallvec::SmallVec;
use smol_str::SmolStr;

use super::super::ast::{DateLiteral, Function};
use super::super::schema::{Class, FieldInfo, ObjectInfo};

/// One SELECT: the query itself, or one for children.
#[derive(Clone, Debug)]
pub(in super::super) struct Body {
    pub(in super::super) object: ObjectInfo,
    pub(in super::super) filter: Option<Filter>,
    pub(in super::super) order: Vec<SortBy>,
    pub(in super::super) limit: Option<usize>,
    pub(in super::super) offset: usize,
    pub(in super::super) output: Output,
}

#[derive(Clone, Debug)]
pub(in super::super) enum Output {
    /// `COUNT()`.
    Count,
    Records(Shape),
    Groups(Box<Groups>),
}

/// The fields of a record, in the order of the query.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct Shape {
    pub(in super::super) items: Vec<ShapeItem>,
}

#[derive(Clone, Debug)]
pub(in super::super) enum ShapeItem {
    Field(Path),
    Parent {
        hop: Hop,
        shape: Shape,
    },
    /// `field` holds the parent's id.
    Children {
        relationship: SmolStr,
        field: SmolStr,
        body: Box<Body>,
    },
}

/// A step to a parent.
#[derive(Clone, Debug)]
pub(in super::super) struct Hop {
    pub(in super::super) relationship: SmolStr,
    pub(in super::super) field: SmolStr,
    pub(in super::super) objects: Vec<SmolStr>,
}

impl Hop {
    pub(in super::super) fn is_polymorphic(&self) -> bool {
        self.objects.len() > 1
    }
}

/// A field of a record, or of a parent.
#[derive(Clone, Debug)]
pub(in super::super) struct Path {
    pub(in super::super) hops: SmallVec<[Hop; 1]>,
    pub(in super::super) field: FieldInfo,
    /// `Type` of a polymorphic parent: what kind of object it is.
    pub(in super::super) is_type: bool,
    /// `toLabel(…)`.
    pub(in super::super) labelled: bool,
}

impl Path {
    /// The path with dots, in canonical names.
    pub(in super::super) fn name(&self) -> String {
        let mut name = String::new();
        for hop in &self.hops {
            name.push_str(&hop.relationship);
            name.push('.');
        }
        name.push_str(&self.field.name);
        name
    }
}

#[derive(Clone, Debug)]
pub(in super::super) struct Groups {
    pub(in super::super) keys: Vec<Path>,
    pub(in super::super) aggregates: Vec<Aggregate>,
    pub(in super::super) having: Option<Filter>,
    /// Names of the record's fields, and what they hold: a key or an aggregate.
    pub(in super::super) columns: Vec<(SmolStr, Subject)>,
    /// True if there is one group, even of no records.
    pub(in super::super) whole: bool,
}

#[derive(Clone, Debug)]
pub(in super::super) struct Aggregate {
    pub(in super::super) function: Function,
    pub(in super::super) path: Path,
}

/// What is compared or sorted by.
#[derive(Clone, Debug)]
pub(in super::super) enum Subject {
    Path(Path),
    /// A key of the group.
    Key(usize),
    /// An aggregate of the group.
    Aggregate(usize),
}

#[derive(Clone, Debug)]
pub(in super::super) struct SortBy {
    pub(in super::super) subject: Subject,
    pub(in super::super) class: Class,
    /// The values of a picklist, if the field is one: it sorts in this order.
    pub(in super::super) picklist: Vec<SmolStr>,
    pub(in super::super) descending: bool,
    pub(in super::super) nulls_last: bool,
}

/// A condition holds or does not: null is a value, so that the negation of a condition is its complement.
#[derive(Clone, Debug)]
pub(in super::super) enum Filter {
    All(Vec<Filter>),
    Any(Vec<Filter>),
    Not(Box<Filter>),
    Test {
        subject: Subject,
        check: Check,
    },
    /// The field's id is among those that a join selects.
    Joined {
        subject: Subject,
        join: usize,
    },
}

/// A SELECT of ids in WHERE.
#[derive(Clone, Debug)]
pub(in super::super) struct Join {
    pub(in super::super) object: SmolStr,
    pub(in super::super) path: Path,
    pub(in super::super) filter: Option<Filter>,
}

#[derive(Clone, Debug)]
pub(in super::super) enum Check {
    Null,
    /// What no value fulfils, such as `< null`.
    Never,
    /// 15 characters.
    Id(Relation, SmolStr),
    /// In lower case.
    Text(Relation, SmolStr),
    Number(Relation, f64),
    Boolean(bool),
    Moment {
        relation: Relation,
        class: Class,
        range: Range,
    },
    Like(super::super::like::Pattern),
    /// Ids of 15 characters.
    Ids(Arc<FxHashSet<SmolStr>>),
    /// Texts in lower case.
    Texts(Arc<FxHashSet<SmolStr>>),
    /// All values of one of the sets, in lower case.
    Includes(Vec<Vec<SmolStr>>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Relation {
    Equal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// Days or milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Range {
    /// From the first up to the one after the last.
    Fixed(i64, i64),
    Literal(DateLiteral),
}
