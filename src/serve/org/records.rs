//! Writes of records: checked against the object's description, then by what its rows mean.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::state::{Org, Values};
use crate::plan::{Name, Time};
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::objects::{Class, Field, FieldType, ObjectType, Write, WriteError};
use crate::serve::records::{Row, datetime, parse_datetime, system_fields};

/// The most custom fields of an object, as in an org (Salesforce Help, "Custom Fields Allowed Per Object": 800).
const MOST_FIELDS: usize = 800;

/// Who writes, and by which API version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Caller {
    /// The user.
    pub user: Id,
    /// The API version, such as 56.
    pub version: u32,
}

impl From<WriteError> for ApiError {
    fn from(error: WriteError) -> Self {
        let status = if error.code == "NOT_FOUND" { 404 } else { 400 };
        Self::new(status, &error.code, error.message).of_fields(error.fields)
    }
}

impl Org {
    /// The object of a name.
    ///
    /// # Errors
    ///
    /// If an org of this version has none, or it is not served.
    pub(crate) fn object(&self, name: &str, version: u32) -> Result<&ObjectType, ApiError> {
        if let Some(object) = self.catalogue.object_at(name, version) {
            return Ok(object);
        }
        if self.catalogue.associated(name).is_some() || self.catalogue.unserved(name).is_some() {
            return Err(ApiError::unserved(&format!("the object `{name}`")));
        }
        Err(ApiError::not_found())
    }

    /// Creates a record.
    ///
    /// # Errors
    ///
    /// If the object, a field or a rule of routing does not allow it; nothing was changed then.
    pub(crate) fn create(&mut self, caller: &Caller, object: &str, body: &Map<String, Value>) -> Result<Id, ApiError> {
        if let Some(published) = self.publish_platform_event(&caller.user, object, body) {
            return published;
        }
        let object = self.object(object, caller.version)?.clone();
        refuse_definition(&object)?;
        object.check_create(caller.version, body)?;
        let values = self.values(&object, caller.version, body)?;
        self.actor = caller.user.clone();
        match object.class {
            Class::Work => self.create_work(&object, &values),
            Class::Member => {
                let id = self.create_member(&object, &values)?;
                let after = self.row(&object.name, &id).map(Cow::into_owned);
                self.told(&object.name, None, after);
                Ok(id)
            }
            Class::Record | Class::Definition => self.create_row(caller, &object, values),
        }
    }

    /// Updates a record.
    ///
    /// # Errors
    ///
    /// As for [`Org::create`], or if it is not there.
    pub(crate) fn update(
        &mut self,
        caller: &Caller,
        object: &str,
        id: &str,
        body: &Map<String, Value>,
    ) -> Result<(), ApiError> {
        let object = self.object(object, caller.version)?.clone();
        let row = self.existing(&object, id)?;
        refuse_definition(&object)?;
        let text = |field: &str| {
            row.fields.get(field).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        object.may_with(Write::Update, caller.version, text)?;
        object.check_update(caller.version, body)?;
        let values = self.values(&object, caller.version, body)?;
        self.actor = caller.user.clone();
        match object.class {
            Class::Work => self.update_work(&object, &row, &values),
            Class::Member => {
                self.update_member(&object, &row, &values)?;
                let after = self.row(&object.name, &row.id).map(Cow::into_owned);
                self.told(&object.name, Some(row), after);
                Ok(())
            }
            Class::Record | Class::Definition => self.update_row(caller, &object, &row, values),
        }
    }

    /// Deletes a record.
    ///
    /// # Errors
    ///
    /// As for [`Org::update`].
    pub(crate) fn delete(&mut self, caller: &Caller, object: &str, id: &str) -> Result<(), ApiError> {
        let object = self.object(object, caller.version)?.clone();
        let row = self.existing(&object, id)?;
        refuse_definition(&object)?;
        let text = |field: &str| {
            row.fields.get(field).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
        };
        object.may_with(Write::Delete, caller.version, text)?;
        self.actor = caller.user.clone();
        match object.class {
            Class::Work if self.store.row(&object.name, &row.id).is_some() => {
                // Routing under the present plan knows nothing of it.
                self.remove(&Name::from(&*object.name), &row.id);
                Ok(())
            }
            Class::Work => self.delete_work(&object, &row),
            Class::Member => {
                self.delete_member(&object, &row)?;
                self.told(&object.name, Some(row), None);
                Ok(())
            }
            Class::Record | Class::Definition => {
                self.leave_routing(&row.id)?;
                self.remove(&Name::from(&*object.name), &row.id);
                Ok(())
            }
        }
    }

    /// Takes a record out of the recycle bin.
    ///
    /// # Errors
    ///
    /// If its object does not allow that, or it is not there.
    pub(crate) fn undelete(&mut self, caller: &Caller, object: &str, id: &Id) -> Result<(), ApiError> {
        let object = self.object(object, caller.version)?.clone();
        object.may(Write::Undelete, caller.version)?;
        let Some(deleted) = self.store.deleted_row(&object.name, id) else {
            let message = "Entity is not in the recycle bin";
            return Err(ApiError::new(400, "UNDELETE_FAILED", message).of_fields([] as [&str; 0]));
        };
        let mut row = deleted.row.clone();
        self.actor = caller.user.clone();
        if object.class == Class::Work {
            return self.undelete_work(&object, &row);
        }
        row.set("IsDeleted", false);
        self.touch(&mut row);
        self.check_unique(&object, &row)?;
        let happened = self.reenter_routing(&object, &row)?;
        self.put(&Name::from(&*object.name), row);
        if let Some(happened) = happened {
            self.tell_happened(happened);
        }
        Ok(())
    }

    /// A record that is there.
    ///
    /// # Errors
    ///
    /// If it is not, or the id is none.
    pub(crate) fn existing(&self, object: &ObjectType, id: &str) -> Result<Row, ApiError> {
        let id = Id::parse(id).ok_or_else(|| malformed(id))?;
        if let Some(row) = self.row(&object.name, &id) {
            return Ok(row.into_owned());
        }
        if self.store.deleted_row(&object.name, &id).is_some() {
            return Err(ApiError::new(404, "ENTITY_IS_DELETED", "entity is deleted").of_fields([] as [&str; 0]));
        }
        Err(ApiError::not_found())
    }

    /// The values of a body under the fields' own names: ids in their long form, times in one notation. What is not in
    /// the right form was refused before.
    fn values(&self, object: &ObjectType, version: u32, body: &Map<String, Value>) -> Result<Values, ApiError> {
        if body.len() > object.fields().count() + MOST_FIELDS + 1 {
            return Err(too_many_fields(object));
        }
        let mut values = Values::new();
        for (name, value) in body {
            if name == "attributes" {
                continue;
            }
            let Some(field) = object.column(name, version) else { continue };
            let known = self.store.written(&object.name, name).filter(|_| object.field(name).is_none());
            let own = known.cloned().unwrap_or_else(|| Name::from(&*field.name));
            values.insert(own, self.value(&field, value)?);
        }
        self.check_number_of_fields(object, &values)?;
        Ok(values)
    }

    /// Fields that no description has exist once they are written: an object has so many and no more.
    fn check_number_of_fields(&self, object: &ObjectType, values: &Values) -> Result<(), ApiError> {
        let is_new = |name: &&Name| object.field(name).is_none() && self.store.written(&object.name, name).is_none();
        let new = values.keys().filter(is_new).count();
        if new == 0 {
            return Ok(());
        }
        let written = self.store.written_fields(&object.name).filter(|name| object.field(name).is_none()).count();
        if written + new > MOST_FIELDS { Err(too_many_fields(object)) } else { Ok(()) }
    }

    pub(super) fn value(&self, field: &Field, value: &Value) -> Result<Value, ApiError> {
        let Some(text) = value.as_str() else { return Ok(field.kind.settled(value.clone())) };
        if text.is_empty() {
            return Ok(Value::Null);
        }
        let wrong = |code: &str, message: String| Err(ApiError::new(400, code, message).of_fields([&field.name]));
        match field.kind {
            FieldType::Reference => {
                let Some(id) = Id::parse(text) else {
                    return wrong("MALFORMED_ID", format!("{}: id value of incorrect type: {text}", field.label));
                };
                let is_served = |name: &_| self.catalogue.object(name).is_some();
                let any = field.references.iter().any(|name| is_served(name));
                // Of what is not served nobody knows which object an id leads to.
                let all = field.references.iter().all(|name| is_served(name));
                let found = self.find(&id).map(|(object, _)| object);
                let fits = |object: &Name| !all || field.references.iter().any(|name| **name == **object);
                if any && !found.as_ref().is_some_and(fits) {
                    return wrong("INVALID_CROSS_REFERENCE_KEY", format!("invalid cross reference id: {}", field.name));
                }
                Ok(Value::from(id.as_str()))
            }
            FieldType::Datetime => match parse_datetime(text) {
                Some(at) => Ok(datetime(at)),
                None => Err(ApiError::json(&format!(
                    "Cannot deserialize instance of datetime from VALUE_STRING value {text}"
                ))),
            },
            FieldType::Boolean => Ok(text.parse().map_or_else(|_| value.clone(), Value::Bool)),
            kind => Ok(kind.settled(value.clone())),
        }
    }

    /// A record as it is when nothing was said of it: defaults, its number, its owner.
    pub(super) fn new_row(&self, object: &ObjectType, id: Id, caller: &Caller, at: Time) -> Row {
        let mut row = Row::new(id);
        for field in object.fields_at(caller.version) {
            if let Some(default) = &field.default {
                row.set(&field.name, default.clone());
            }
        }
        let next = self.store.last_number(&object.name) + 1;
        let number = row.id.small_number().map_or(next, |number| number.max(next));
        for field in object.fields().filter(|field| field.properties.autonumber) {
            row.set(&field.name, format!("{number:08}"));
        }
        if object.field("OwnerId").is_some() {
            row.set("OwnerId", caller.user.as_str());
        }
        system_fields(&mut row, (at, &caller.user), (at, &caller.user));
        row
    }

    fn create_row(&mut self, caller: &Caller, object: &ObjectType, values: Values) -> Result<Id, ApiError> {
        let name = Name::from(&*object.name);
        let prefix = self.directory.prefix(&name).to_owned();
        let at = self.clock.now().max(self.runtime.now());
        let mut row = self.new_row(object, self.store.next_id(&name, &prefix), caller, at);
        for (field, value) in values {
            row.set(&field, value);
        }
        self.derive(&name, &mut row);
        self.check_unique(object, &row)?;
        self.check_topic(&name, &row)?;
        let happened = self.enter_routing(object, &row)?;
        let id = row.id.clone();
        self.put(&name, row);
        if let Some(happened) = happened {
            self.tell_happened(happened);
        }
        Ok(id)
    }

    fn update_row(
        &mut self,
        caller: &Caller,
        object: &ObjectType,
        before: &Row,
        values: Values,
    ) -> Result<(), ApiError> {
        let name = Name::from(&*object.name);
        let mut row = before.clone();
        for (field, value) in values {
            row.set(&field, value);
        }
        row.set("LastModifiedById", caller.user.as_str());
        self.touch(&mut row);
        self.derive(&name, &mut row);
        self.check_unique(object, &row)?;
        self.check_topic(&name, &row)?;
        let changes = self.change_routing(object, before, &row)?;
        self.put(&name, row);
        for happened in changes {
            self.tell_happened(happened);
        }
        Ok(())
    }

    /// The time of a change, and who made it.
    fn touch(&self, row: &mut Row) {
        let at = datetime(self.clock.now().max(self.runtime.now()));
        row.set("LastModifiedDate", at.clone());
        row.set("SystemModstamp", at);
        row.set("LastModifiedById", self.actor.as_str());
    }

    /// Fields that follow from others: the full name of a person; whether a case is closed (assumed: by the standard
    /// status `Closed`, since the plan does not say which other ones close).
    pub(super) fn derive(&self, object: &str, row: &mut Row) {
        if object == "Case" {
            let is_closed = row.text("Status") == Some("Closed");
            if is_closed && !row.is("IsClosed") {
                row.set("ClosedDate", datetime(self.clock.now().max(self.runtime.now())));
            } else if !is_closed {
                row.set("ClosedDate", Value::Null);
            }
            row.set("IsClosed", is_closed);
        }
        if object == super::channels::MEMBER {
            Self::name_member(row);
        }
        if matches!(object, "Contact" | "Lead") {
            let parts = ["FirstName", "LastName"].map(|field| row.text(field).unwrap_or_default().to_owned());
            let name = parts.join(" ");
            row.set("Name", name.trim());
        }
    }

    fn check_unique(&self, object: &ObjectType, row: &Row) -> Result<(), ApiError> {
        for field in object.fields().filter(|field| field.unique) {
            let Some(value) = row.text(&field.name) else { continue };
            let others = self.store.with_value(&object.name, &field.name, value);
            let other = others.into_iter().find(|other| *other != row.id);
            if let Some(other) = other {
                let message =
                    format!("duplicate value found: {} duplicates value on record with id: {}", field.name, other);
                return Err(ApiError::new(400, "DUPLICATE_VALUE", message).of_fields([&field.name]));
            }
        }
        Ok(())
    }
}

fn too_many_fields(object: &ObjectType) -> ApiError {
    let message = format!("`{}` has at most {MOST_FIELDS} fields beside those of its description", object.name);
    ApiError::new(400, "LIMIT_EXCEEDED", message).of_fields([] as [&str; 0])
}

fn malformed(id: &str) -> ApiError {
    ApiError::new(400, "MALFORMED_ID", format!("malformed id {id}"))
}

/// What the project defines is changed there.
fn refuse_definition(object: &ObjectType) -> Result<(), ApiError> {
    if object.class == Class::Definition {
        let message = format!(
            "`{}` comes from the project's metadata: change it there, then send POST /omnic/v1/reload, or start with --watch",
            object.name
        );
        return Err(ApiError::new(400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message).of_fields([] as [&str; 0]));
    }
    Ok(())
}
