//! Queries: an org as SOQL sees it, and answers page by page.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;
use smol_str::SmolStr;

use super::known::Cursor;
use super::state::Org;
use crate::plan::Name;
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::objects::{Field, ObjectType};
use crate::serve::ordered::Ordered;
use crate::serve::records::Row;
use crate::serve::soql::{
    self, ChildInfo, Context, FieldInfo, FieldType, ObjectInfo, ParentInfo, PicklistEntry, Query, SoqlError,
};

/// How many answers are kept that clients have not read to their end. An org keeps ten of each user.
const MOST_CURSORS: usize = 100;

/// The records that a record of routing names as long as it is there.
const LASTING: [(&str, &str); 5] = [
    ("AgentWork", "WorkItemId"),
    ("AgentWork", "PendingServiceRoutingId"),
    ("AgentWork", "UserId"),
    ("PendingServiceRouting", "WorkItemId"),
    ("UserServicePresence", "UserId"),
];

/// What a query answers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum QueryAnswer {
    /// Records.
    Records(Page),
    /// What the query's columns are.
    Columns(Value),
}

/// A page of an answer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Page {
    /// How many records there are in all.
    pub total: usize,
    /// The records of this page.
    pub records: Vec<Ordered>,
    /// Where the next page is; none: this is the last.
    pub next: Option<String>,
}

impl From<SoqlError> for ApiError {
    fn from(error: SoqlError) -> Self {
        Self::new(400, error.code.as_str(), error.message)
    }
}

/// The org's objects, as one API version has them.
pub(super) struct Columns<'a> {
    pub org: &'a Org,
    pub version: u32,
}

/// The org's records, with deleted ones if `all`.
struct Table<'a> {
    org: &'a Org,
    all: bool,
}

/// A record that a query looks at.
pub(super) struct Seen<'a> {
    row: Cow<'a, Row>,
    /// The field that holds its name.
    named_by: &'a str,
}

impl<'a> Seen<'a> {
    /// A record of an object.
    pub(super) fn new(row: Cow<'a, Row>, object: Option<&'a ObjectType>) -> Self {
        let named_by = object.and_then(ObjectType::name_field).map_or("Name", |field| &field.name);
        Self { row, named_by }
    }
}

impl soql::Row for Seen<'_> {
    fn value(&self, field: &str) -> Cow<'_, Value> {
        if field == "Id" {
            return Cow::Owned(Value::from(self.row.id.as_str()));
        }
        // Whoever asks a parent of one of several objects for its `Name` asks for the field that is one.
        let own = || self.row.fields.get(self.named_by).filter(|_| field == "Name");
        self.row.fields.get(field).or_else(own).map_or(Cow::Owned(Value::Null), Cow::Borrowed)
    }
}

impl soql::Rows for Table<'_> {
    type Row<'r>
        = Seen<'r>
    where
        Self: 'r;

    fn rows<'r>(&'r self, object: &str) -> Box<dyn Iterator<Item = Seen<'r>> + 'r> {
        // The name of an object as the catalogue has it lives as long as the org.
        let object = self.org.catalogue.object(object);
        let name = object.map_or("", |object| object.name.as_str());
        let rows = self.org.rows(name).map(move |row| Seen::new(row, object));
        if !self.all {
            return Box::new(rows);
        }
        let deleted = self.org.store.deleted(name);
        Box::new(rows.chain(deleted.map(move |deleted| Seen::new(Cow::Borrowed(&deleted.row), object))))
    }

    fn count(&self, object: &str) -> usize {
        let deleted = if self.all { self.org.store.deleted(object).count() } else { 0 };
        self.org.count(object) + deleted
    }

    fn by_id<'r>(&'r self, object: &str, id: &str) -> Option<Seen<'r>> {
        let id = Id::parse(id)?;
        self.org.row(object, &id).map(|row| Seen::new(row, self.org.catalogue.object(object)))
    }

    fn again<'r>(&'r self, object: &str, id: &str) -> Option<Seen<'r>> {
        let id = Id::parse(id)?;
        let deleted = || self.org.store.deleted_row(object, &id).map(|deleted| Cow::Borrowed(&deleted.row));
        let row = self.org.row(object, &id).or_else(deleted)?;
        Some(Seen::new(row, self.org.catalogue.object(object)))
    }

    fn among<'r>(
        &'r self,
        object: &str,
        field: &str,
        ids: &mut dyn Iterator<Item = &SmolStr>,
    ) -> Option<Box<dyn Iterator<Item = Seen<'r>> + 'r>> {
        let ids = ids.filter_map(|id| Id::parse(id));
        let found: BTreeSet<Id> = if field == "Id" {
            if !Org::is_found_by_id(object) {
                return None;
            }
            ids.collect()
        } else if self.all {
            return None;
        } else if self.org.is_stored(object) {
            ids.flat_map(|id| self.org.store.with_value(object, field, id.as_str())).collect()
        } else if LASTING.contains(&(object, field)) {
            let finished = |id: &Id| self.org.store.with_value(object, field, id.as_str());
            ids.flat_map(|id| self.org.routing_with(object, field, &id).into_iter().chain(finished(&id))).collect()
        } else {
            return None;
        };
        let object = self.org.catalogue.object(object);
        let name = object.map_or("", |object| object.name.as_str());
        let all = self.all;
        let row = move |id: Id| {
            let deleted = || self.org.store.deleted_row(name, &id).map(|deleted| Cow::Borrowed(&deleted.row));
            let row = self.org.row(name, &id).or_else(|| if all { deleted() } else { None })?;
            Some(Seen::new(row, object))
        };
        Some(Box::new(found.into_iter().filter_map(row)))
    }
}

fn info(field: &Field) -> FieldInfo {
    let picklist = field
        .values
        .iter()
        .map(|value| PicklistEntry { value: SmolStr::from(&*value.value), label: SmolStr::from(&*value.label) });
    FieldInfo {
        name: SmolStr::from(&*field.name),
        label: SmolStr::from(&*field.label),
        kind: FieldType::from_name(field.kind.name()).unwrap_or(FieldType::String),
        filterable: field.properties.filter,
        sortable: field.properties.sort,
        groupable: field.properties.group,
        aggregatable: field.kind.is_aggregatable(),
        custom: field.name.ends_with("__c"),
        createable: field.properties.create,
        updateable: field.properties.update,
        references: field.references.iter().map(|name| SmolStr::from(&**name)).collect(),
        picklist: picklist.collect(),
    }
}

impl Columns<'_> {
    fn find(&self, name: &str) -> Option<&ObjectType> {
        self.org.catalogue.object_at(name, self.version)
    }

    /// A field that no description has, and some record was written with.
    fn written(&self, object: &ObjectType, name: &str) -> Option<FieldInfo> {
        let known = self.org.store.written(&object.name, name)?;
        object.field(name).is_none().then(|| FieldInfo::new(known.as_str(), FieldType::String))
    }
}

impl soql::Schema for Columns<'_> {
    fn object(&self, name: &str) -> Option<ObjectInfo> {
        self.find(name).map(|object| ObjectInfo {
            name: SmolStr::from(&*object.name),
            key_prefix: object.prefix.as_deref().map(SmolStr::from),
            queryable: object.calls.query,
        })
    }

    fn field(&self, object: &str, name: &str) -> Option<FieldInfo> {
        let object = self.find(object)?;
        object.field_at(name, self.version).map(info).or_else(|| self.written(object, name))
    }

    fn fields(&self, object: &str) -> Vec<FieldInfo> {
        let Some(object) = self.find(object) else { return Vec::new() };
        let mut fields: Vec<FieldInfo> = object.fields_at(self.version).map(info).collect();
        let written = self.org.store.written_fields(&object.name).filter(|name| object.field(name).is_none());
        fields.extend(written.map(|name| FieldInfo::new(name.as_str(), FieldType::String)));
        fields
    }

    fn parent(&self, object: &str, relationship: &str) -> Option<ParentInfo> {
        let field = self.find(object)?.parent(relationship).filter(|field| field.exists_at(self.version))?;
        let objects = field.references.iter().filter_map(|name| Some(SmolStr::from(&*self.find(name)?.name)));
        Some(ParentInfo {
            relationship: SmolStr::from(field.relationship.as_deref()?),
            field: SmolStr::from(&*field.name),
            objects: objects.collect(),
        })
    }

    fn child(&self, object: &str, relationship: &str) -> Option<ChildInfo> {
        let child = self.find(object)?.child(relationship)?;
        Some(ChildInfo {
            relationship: SmolStr::from(child.relationship.as_deref()?),
            object: SmolStr::from(&*child.object),
            field: SmolStr::from(&*child.field),
        })
    }
}

impl Org {
    /// The emulated time, as queries take it.
    pub(super) fn context(&self) -> Context {
        let now =
            Timestamp::from_millisecond(self.clock.now().max(self.runtime.now()).0).unwrap_or(Timestamp::UNIX_EPOCH);
        Context { now, time_zone: TimeZone::UTC }
    }

    /// Answers a query: its first page, of `size` records. With `all`, deleted records count, too; with `columns` the
    /// answer says what the columns are.
    ///
    /// # Errors
    ///
    /// As SOQL says.
    pub(crate) fn query(
        &mut self,
        text: &str,
        version: u32,
        all: bool,
        columns: bool,
        size: usize,
    ) -> Result<QueryAnswer, ApiError> {
        let plan = Query::parse(text, version)?.check(&Columns { org: self, version })?;
        if columns {
            return Ok(QueryAnswer::Columns(plan.columns()));
        }
        let table = Table { org: self, all };
        let context = self.context();
        let selection = plan.select(&table, &context)?;
        let total = selection.total();
        let records = plan.page(&selection, &table, &context, 0, size)?;
        let next = (selection.has_records() && total > size).then(|| {
            self.cursors.last += 1;
            let id = Id::numbered("01g", self.cursors.last);
            self.cursors.kept.push_back((id.clone(), Cursor { plan, selection, all }));
            if self.cursors.kept.len() > MOST_CURSORS {
                self.cursors.kept.pop_front();
            }
            format!("{id}-{size}")
        });
        Ok(QueryAnswer::Records(Page { total, records, next }))
    }

    /// The page at a locator, such as `01g…-2000`. Its records are shown as they are now (assumed).
    ///
    /// # Errors
    ///
    /// If there is none.
    pub(crate) fn query_more(&self, locator: &str, size: usize) -> Result<Page, ApiError> {
        let wrong = || ApiError::new(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
        let (id, at) = locator.rsplit_once('-').ok_or_else(wrong)?;
        let at: usize = at.parse().map_err(|_| wrong())?;
        let id = Id::parse(id).ok_or_else(wrong)?;
        let (_, cursor) = self.cursors.kept.iter().find(|(known, _)| *known == id).ok_or_else(wrong)?;
        let total = cursor.selection.total();
        let end = at.saturating_add(size).min(total);
        if at >= end {
            return Err(wrong());
        }
        let table = Table { org: self, all: cursor.all };
        let records = cursor.plan.page(&cursor.selection, &table, &self.context(), at, end)?;
        let next = (end < total).then(|| format!("{id}-{end}"));
        Ok(Page { total, records, next })
    }

    /// The records that were written last in a time, and when.
    pub(crate) fn changed_between(
        &self,
        object: &str,
        from: crate::plan::Time,
        until: crate::plan::Time,
    ) -> Vec<(Id, crate::plan::Time)> {
        let when = |row: &Row| row.text("LastModifiedDate").and_then(crate::serve::records::parse_datetime);
        let rows = self.rows(object).filter_map(|row| Some((row.id.clone(), when(&row)?)));
        rows.filter(|(_, at)| from <= *at && *at < until).collect()
    }

    /// The records that were deleted in a time, and when.
    pub(crate) fn deleted_between(
        &self,
        object: &str,
        from: crate::plan::Time,
        until: crate::plan::Time,
    ) -> Vec<(Id, crate::plan::Time)> {
        let deleted = self.store.deleted(object).map(|deleted| (deleted.row.id.clone(), deleted.at));
        deleted.filter(|(_, at)| from <= *at && *at < until).collect()
    }

    /// The records of routing that name another one in a field.
    fn routing_with(&self, object: &str, field: &str, id: &Id) -> Vec<Id> {
        let prefix = self.directory.prefix(object);
        let rows = self.shadows.values().map(|shadow| &shadow.row).filter(|row| row.id.prefix() == prefix);
        self.shadow_index.find(object, field, id.as_str(), rows)
    }

    /// The first two records in whose field a value stands: a text in any case.
    pub(crate) fn with_value(&self, object: &str, field: &str, value: &str) -> Vec<Row> {
        if self.is_stored(object) && field != "Id" {
            let ids = self.store.with_value(object, field, value).into_iter().take(2);
            return ids.filter_map(|id| self.store.row(object, &id).cloned()).collect();
        }
        let is = |row: &Row| match row.get(field) {
            Value::String(text) => crate::caseless::equal(&text, value),
            Value::Null => false,
            other => *other.to_string() == *value,
        };
        self.rows(object).filter(|row| is(row)).map(Cow::into_owned).take(2).collect()
    }

    /// A field of an object that is shown: one that is described, or that some record was written with.
    pub(crate) fn column(&self, object: &ObjectType, name: &str, version: u32) -> Option<Name> {
        let described = object.field_at(name, version).map(|field| Name::from(&*field.name));
        described.or_else(|| {
            let written = self.store.written(&object.name, name).filter(|_| object.field(name).is_none());
            written.cloned()
        })
    }

    /// The fields of a record as it is retrieved, in the order of its description.
    pub(crate) fn columns(&self, object: &ObjectType, version: u32) -> Vec<Name> {
        let mut columns: Vec<Name> = object.fields_at(version).map(|field| Name::from(&*field.name)).collect();
        let written = self.store.written_fields(&object.name).filter(|name| object.field(name).is_none());
        columns.extend(written.cloned());
        columns
    }
}
