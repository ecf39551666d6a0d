//! A query from its text to its result.

use std::fmt::{self, Display, Formatter};
use std::sync::Arc;

use serde_json::Value;
use smol_str::SmolStr;

use super::ast::{RecentUse, Select};
use super::columns::columns;
use super::error::SoqlError;
use super::eval;
use super::meter::Meter;
use super::parse::parse;
use super::plan::{Body, Join, check, objects};
use super::push_topic::{PushTopicQuery, grammar_is_allowed, push_topic};
use super::rows::Rows;
use super::schema::Schema;
use super::time::Context;
use crate::serve::ordered::Ordered;

/// A query whose grammar is right. Cheap to clone. Displayed, it is normalised: keywords in upper case, single spaces.
#[derive(Clone, Debug)]
pub struct Query {
    text: Arc<str>,
    version: u32,
    select: Arc<Select>,
}

impl Query {
    /// Parses the text of a query for a version of the API, such as 56.
    ///
    /// # Errors
    /// If SOQL's grammar refuses the text, or it uses what the emulator does not support.
    pub fn parse(text: &str, version: u32) -> Result<Self, SoqlError> {
        let select = parse(text).map_err(|fault| fault.in_text(text))?;
        Ok(Self { text: text.into(), version, select: Arc::new(select) })
    }

    /// The text as it was given.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Checks names, types and SOQL's rules.
    ///
    /// # Errors
    /// If a name is not in the schema, a value does not fit its field, or a rule of SOQL is broken.
    pub fn check<S: Schema + ?Sized>(&self, schema: &S) -> Result<Plan, SoqlError> {
        let (body, joins) = check(schema, &self.select, self.version).map_err(|fault| fault.in_text(&self.text))?;
        Ok(Plan { query: self.clone(), body, joins })
    }

    /// Checks the query as one of a `PushTopic`.
    ///
    /// # Errors
    /// If the Streaming API does not allow it, or [`Self::check`] refuses it.
    pub fn push_topic<S: Schema + ?Sized>(&self, schema: &S) -> Result<PushTopicQuery, SoqlError> {
        grammar_is_allowed(&self.select).map_err(|fault| fault.in_text(&self.text))?;
        let plan = self.check(schema)?;
        push_topic(&self.select, plan.body).map_err(|fault| fault.in_text(&self.text))
    }
}

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.select.fmt(f)
    }
}

/// A query that was checked against a schema. It can be run again and again.
#[derive(Clone, Debug)]
pub struct Plan {
    query: Query,
    body: Body,
    joins: Vec<Join>,
}

impl Plan {
    /// The name of the object in FROM.
    pub fn object(&self) -> &str {
        &self.body.object.name
    }

    /// The names of all objects that the query may read, sorted.
    pub fn objects(&self) -> Vec<SmolStr> {
        objects(&self.body, &self.joins)
    }

    /// What `FOR VIEW` or `FOR REFERENCE` asks for. The query itself changes nothing.
    pub fn recent_use(&self) -> Option<RecentUse> {
        self.query.select.recent
    }

    /// The records that the query answers.
    ///
    /// # Errors
    ///
    /// If it is too much work.
    pub fn run<R: Rows>(&self, rows: &R, context: &Context) -> Result<QueryResult, SoqlError> {
        let selection = self.select(rows, context)?;
        let records = self.page(&selection, rows, context, 0, usize::MAX)?;
        Ok(QueryResult { total_size: selection.total(), records })
    }

    /// What the query selects. Records are shown page by page.
    ///
    /// # Errors
    ///
    /// If it is too much work.
    pub fn select<R: Rows>(&self, rows: &R, context: &Context) -> Result<Selection, SoqlError> {
        let meter = Meter::new();
        let selected = self.read(rows, context, &meter).select(&self.body, &self.joins);
        meter.check().map(|()| Selection(selected))
    }

    /// A part of what was selected, as it is now; what has been deleted since is shown as it was.
    ///
    /// # Errors
    ///
    /// If it is too much work.
    pub fn page<R: Rows>(
        &self,
        selection: &Selection,
        rows: &R,
        context: &Context,
        start: usize,
        end: usize,
    ) -> Result<Vec<Ordered>, SoqlError> {
        let meter = Meter::new();
        let records = match &selection.0 {
            eval::Selected::Count(_) => Vec::new(),
            eval::Selected::Ids(ids) => {
                let end = end.min(ids.len());
                self.read(rows, context, &meter).show(&self.body, ids.get(start..end).unwrap_or_default())
            }
            eval::Selected::Records(records) => records.get(start..end.min(records.len())).unwrap_or_default().to_vec(),
        };
        meter.check().map(|()| records)
    }

    fn read<'q, R: Rows>(&self, rows: &'q R, context: &'q Context, meter: &'q Meter) -> eval::Read<'q, R> {
        eval::Read { rows, context, meter, version: self.query.version }
    }

    /// What `columns=true` answers: `columnMetadata`, `entityName`, `groupBy`, `idSelected`, `keyPrefix`.
    pub fn columns(&self) -> Value {
        columns(&self.body)
    }
}

/// What a query selected: small, also if the records are many.
#[derive(Clone, Debug)]
pub struct Selection(eval::Selected);

impl Selection {
    /// The number of records, or the count of `COUNT()`.
    pub fn total(&self) -> usize {
        match &self.0 {
            eval::Selected::Count(count) => *count,
            eval::Selected::Ids(ids) => ids.len(),
            eval::Selected::Records(records) => records.len(),
        }
    }

    /// True if there are records to be shown: a count has none.
    pub fn has_records(&self) -> bool {
        !matches!(self.0, eval::Selected::Count(_))
    }
}

/// What a query answers.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryResult {
    /// The number of records. For `COUNT()` the count; there are no records then.
    pub total_size: usize,
    /// The records, each with its `attributes`.
    pub records: Vec<Ordered>,
}

impl QueryResult {
    /// The body of an answer that is not paged.
    pub fn to_json(&self) -> Ordered {
        eval::answer(self.total_size, self.records.clone())
    }
}
