//! From a syntax tree and a schema to a plan: names are canonical, values fit their fields, SOQL's rules hold.
//!
//! The order of the files: `model`, then `paths`, `values`, then `conditions`, then `groups`, `shapes` and `reads`, then
//! `check`.

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
