//! Whether a record may be written: the call, the object's rules, and the fields of the request.

use serde_json::{Map, Value};

use super::caseless::fold;
use super::field::Field;
use super::kind::FieldType;
use super::object::{Class, Condition, ObjectType, Write};
use super::refusal::WriteError;
use super::value;

impl Write {
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "inserted",
            Self::Update => "updated",
            Self::Delete => "deleted",
            Self::Undelete => "undeleted",
        }
    }

    /// The code for an object that does not have the call. Creating and updating is as seen in orgs; the others are
    /// assumed.
    const fn code(self) -> &'static str {
        match self {
            Self::Create | Self::Update => "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
            Self::Delete | Self::Undelete => "INSUFFICIENT_ACCESS_OR_READONLY",
        }
    }
}

impl ObjectType {
    /// Whether records of the object may be written in this way at all.
    ///
    /// # Errors
    ///
    /// The object does not have the call, or has it only in later API versions; or it is a definition, which only the
    /// project can change.
    pub fn may(&self, write: Write, version: u32) -> Result<(), WriteError> {
        let has = match write {
            Write::Create => self.calls.create,
            Write::Update => self.calls.update,
            Write::Delete => self.calls.delete,
            Write::Undelete => self.calls.undelete,
        };
        if !has {
            let message = format!("entity type cannot be {}: {}", write.word(), self.label);
            return Err(WriteError::record(write.code(), message));
        }
        if let Some(condition) = self.condition(write)
            && version < condition.since
        {
            return Err(refusal(condition));
        }
        if self.class == Class::Definition {
            let message = format!(
                "entity type cannot be {}: {}. This server reads {} from the project: change the metadata, then reload \
                 the plan.",
                write.word(),
                self.label,
                self.name
            );
            return Err(WriteError::record(write.code(), message));
        }
        Ok(())
    }

    /// Whether one record may be written in this way, by its present values: `value_of` gives the value of the field of
    /// a name, `true` and `false` for booleans.
    ///
    /// # Errors
    ///
    /// Those of [`Self::may`], and the refusal of a rule that the record breaks.
    pub fn may_with(
        &self,
        write: Write,
        version: u32,
        value_of: impl Fn(&str) -> Option<String>,
    ) -> Result<(), WriteError> {
        self.may(write, version)?;
        let Some(condition) = self.condition(write) else { return Ok(()) };
        let Some((field, allowed)) = &condition.only else { return Ok(()) };
        if value_of(field).is_some_and(|value| allowed.contains(&value)) { Ok(()) } else { Err(refusal(condition)) }
    }

    /// Whether a new record may have these values. The body is that of a request; `attributes` is skipped.
    ///
    /// # Errors
    ///
    /// The first of: what [`Self::may`] says, a name that is not a field, fields that may not be written, a value of
    /// the wrong form, fields that must have a value.
    pub fn check_create(&self, version: u32, body: &Map<String, Value>) -> Result<(), WriteError> {
        self.may(Write::Create, version)?;
        self.check_fields(Write::Create, version, body)?;
        let missing = self
            .required_at_create(version)
            .filter(|field| {
                let written = body.iter().any(|(name, value)| is(field, name) && !is_empty(value));
                !written && field.default.is_none()
            })
            .map(|field| field.name.clone())
            .collect();
        refuse_missing(missing)
    }

    /// Whether a record may be given these values. The body is that of a request; `attributes` is skipped.
    ///
    /// # Errors
    ///
    /// As [`Self::check_create`]; instead of fields that must have a value, those that would lose theirs.
    pub fn check_update(&self, version: u32, body: &Map<String, Value>) -> Result<(), WriteError> {
        self.may(Write::Update, version)?;
        self.check_fields(Write::Update, version, body)?;
        let emptied = self
            .fields_at(version)
            .filter(|field| {
                let needed = field.properties.update && !field.properties.nillable && field.kind != FieldType::Boolean;
                needed && body.iter().any(|(name, value)| is(field, name) && is_empty(value))
            })
            .map(|field| field.name.clone())
            .collect();
        refuse_missing(emptied)
    }

    fn condition(&self, write: Write) -> Option<&Condition> {
        match write {
            Write::Update => self.writes.update.as_ref(),
            Write::Delete => self.writes.delete.as_ref(),
            Write::Create | Write::Undelete => None,
        }
    }

    fn check_fields(&self, write: Write, version: u32, body: &Map<String, Value>) -> Result<(), WriteError> {
        let mut read_only = Vec::new();
        let mut written = Vec::new();
        for (name, value) in body.iter().filter(|(name, _)| *name != "attributes") {
            let Some(field) = self.column(name, version) else {
                return Err(self.no_such_column(name));
            };
            if field.system && field.kind == FieldType::Id {
                return Err(match write {
                    Write::Create => WriteError::field(
                        "INVALID_FIELD_FOR_INSERT_UPDATE",
                        "cannot specify Id in an insert call",
                        &field.name,
                    ),
                    _ => WriteError::field(
                        "INVALID_FIELD",
                        "The Id field should not be specified in the sobject data.",
                        &field.name,
                    ),
                });
            }
            let may = if write == Write::Create { field.properties.create } else { field.properties.update };
            if may {
                written.push((field, value));
            } else {
                read_only.push(field.name.clone());
            }
        }
        if !read_only.is_empty() {
            let message = format!(
                "Unable to create/update fields: {}. Please check the security settings of this field and verify that \
                 it is read/write for your profile or permission set.",
                read_only.join(", ")
            );
            return Err(WriteError { message, code: "INVALID_FIELD_FOR_INSERT_UPDATE".into(), fields: read_only });
        }
        written.iter().try_for_each(|(field, value)| value::check(field, value))
    }

    /// What a request with a name that is not a field is answered.
    pub fn no_such_column(&self, name: &str) -> WriteError {
        WriteError::record("INVALID_FIELD", format!("No such column '{name}' on sobject of type {}", self.name))
    }
}

fn is(field: &Field, name: &str) -> bool {
    fold(&field.name) == fold(name)
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(str::is_empty)
}

fn refuse_missing(fields: Vec<String>) -> Result<(), WriteError> {
    if fields.is_empty() {
        return Ok(());
    }
    let message = format!("Required fields are missing: [{}]", fields.join(", "));
    Err(WriteError { message, code: "REQUIRED_FIELD_MISSING".into(), fields })
}

fn refusal(condition: &Condition) -> WriteError {
    WriteError::record(condition.code.clone(), condition.message.clone())
}
