//! SOQL: the queries of Salesforce.
//!
//! In: the text of a query, a version of the API, a [`Schema`] (names in any case), [`Rows`], the present and a time
//! zone. Out: records as JSON, a description of their columns, or a [`SoqlError`] as Salesforce words it, with its place
//! in the text. It must not know HTTP, the plan, the runtime, files or the clock.
//!
//! Its rooms, of which each uses those after it alone: `query`, `push_topic`, `columns`, `eval`, `plan`, `parse`, `print`,
//! `time`, `like`, `meter`, `lex`, `error`, `ast`, `rows`, `schema`, `escape`, `place`. A query's way: `parse` makes a
//! tree of its text, `plan` checks the tree against the schema, `eval` runs the plan.
//!
//! Facts that Salesforce documents nowhere are marked as assumed where they are used.

mod ast;
mod columns;
mod error;
mod escape;
mod eval;
mod lex;
mod like;
mod meter;
mod parse;
mod place;
mod plan;
mod print;
mod push_topic;
mod query;
mod rows;
mod schema;
mod time;

pub use ast::RecentUse;
pub use error::{ErrorCode, SoqlError};
pub use place::Span;
pub use push_topic::PushTopicQuery;
pub use query::{Plan, Query, QueryResult, Selection};
pub use rows::{Row, Rows};
pub use schema::{ChildInfo, FieldInfo, FieldType, ObjectInfo, ParentInfo, PicklistEntry, Schema};
pub use time::Context;
