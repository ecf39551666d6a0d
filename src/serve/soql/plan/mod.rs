//! From a syntax tree and a schema to a plan: names are canonical, values fit their fields, SOQL's rules hold.
//!
//! Its rooms, of which each uses those after it alone: `check`, `reads`, `shapes`, `groups`, `conditions`, `values`,
//! `paths`, `model`.

mod check;
mod conditions;
mod groups;
mod model;
mod paths;
mod reads;
mod shapes;
mod values;

pub(super) use check::check;
pub(super) use model::{
    Aggregate, Body, Check, Filter, Groups, Hop, Join, Output, Path, Range, Relation, Shape, ShapeItem, SortBy, Subject,
};
pub(super) use reads::objects;
