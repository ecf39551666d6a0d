//! One object, in all API versions: its fields, its calls, its relationships.

use std::borrow::Cow;

use std::sync::Arc;

use indexmap::IndexMap;

use super::caseless::fold;
use super::field::Field;
use crate::text::slip;

/// An object of an org.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "they do not depend on each other")]
pub struct ObjectType {
    /// API name, in its own spelling.
    pub name: String,
    /// What people call one.
    pub label: String,
    /// What people call several.
    pub plural: String,
    /// The first three characters of its records' ids.
    pub prefix: Option<String>,
    /// True if the prefix is our choice.
    pub prefix_assumed: bool,
    /// Who keeps its records.
    pub class: Class,
    /// True if fields that no file describes may be written. They are texts, numbers or booleans as they come, may be
    /// empty, and exist once a record has been written with them.
    pub open: bool,
    /// True if a file describes it.
    pub(super) described: bool,
    /// True if an administrator made it.
    pub custom: bool,
    /// True if triggers may run on it.
    pub triggerable: bool,
    /// First API version that has it.
    pub since: u32,
    /// Last API version that has it.
    pub until: Option<u32>,
    /// The calls that the guide names.
    pub calls: Calls,
    /// What the calls are bound to beyond that.
    pub writes: Writes,
    /// Who may use it, in our words; shown, and not checked.
    pub access: Option<String>,
    /// Where these facts stand.
    pub source: String,
    /// What the developer guide calls it, if that is a slip.
    pub guide: Option<GuideName>,
    /// Shared, as are children: whoever writes a record takes a copy of its object.
    pub(super) fields: Arc<IndexMap<String, Field>>,
    pub(super) children: Arc<Vec<Child>>,
}

/// Who keeps an object's records, and so who may write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Class {
    /// Records that clients write and the server keeps: cases, leads, push topics.
    Record,
    /// Records of routing: the runtime makes and changes them, and takes writes as events.
    Work,
    /// Who belongs to what: comes with the plan and records, may be written, and counts at once.
    Member,
    /// What the project defines: comes with the plan, and changes when the plan does.
    Definition,
}

/// The calls that an object supports, as its page lists them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a call that the guide names")]
pub struct Calls {
    /// `create()`
    pub create: bool,
    /// `update()`
    pub update: bool,
    /// `upsert()`
    pub upsert: bool,
    /// `delete()`
    pub delete: bool,
    /// `undelete()`
    pub undelete: bool,
    /// `query()`
    pub query: bool,
    /// `retrieve()`
    pub retrieve: bool,
    /// `search()`
    pub search: bool,
    /// `getDeleted()`
    pub get_deleted: bool,
    /// `getUpdated()`
    pub get_updated: bool,
    /// `describeSObjects()`. Pages that leave it out are taken to mean nothing by it: every object is described.
    pub describe: bool,
    /// `describeLayout()`
    pub describe_layout: bool,
}

/// A way to write a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Write {
    /// A new record.
    Create,
    /// New values for a record.
    Update,
    /// Into the recycle bin.
    Delete,
    /// Out of the recycle bin.
    Undelete,
}

/// What writes are bound to beyond the calls.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Writes {
    /// When a record may be changed.
    pub update: Option<Condition>,
    /// When a record may be deleted.
    pub delete: Option<Condition>,
}

/// When a record may be written, and what is answered if it may not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field whose present value decides, and the values that allow the write; `true` and `false` for booleans.
    pub only: Option<(String, Vec<String>)>,
    /// First API version that has the call.
    pub since: u32,
    /// The error's code.
    pub code: String,
    /// The error's sentence.
    pub message: String,
    /// Which of these facts nobody publishes.
    pub assumed: Option<String>,
}

/// Records that lead to a record of the object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// The name under which a query reaches them; `None` if it cannot.
    pub relationship: Option<String>,
    /// The object that they are of.
    pub object: String,
    /// Its field that leads here.
    pub field: String,
}

/// What the developer guide calls an object.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideName {
    /// The guide's name.
    pub name: String,
    /// Why it is not followed.
    pub reason: String,
}

impl ObjectType {
    /// True if the API version has the object.
    pub fn exists_at(&self, version: u32) -> bool {
        self.since <= version && self.until.is_none_or(|until| version <= until)
    }

    /// The fields of every API version, in the order of a description.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.values()
    }

    /// The fields of an API version, in the order of a description.
    pub fn fields_at(&self, version: u32) -> impl Iterator<Item = &Field> {
        self.fields.values().filter(move |field| field.exists_at(version))
    }

    /// The field of a name in any case, in any API version.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(fold(name).as_ref())
    }

    /// The field of a name in any case, if the API version has it.
    pub fn field_at(&self, name: &str, version: u32) -> Option<&Field> {
        self.field(name).filter(|field| field.exists_at(version))
    }

    /// The field of a name; for an open object also one that no file describes.
    pub fn column(&self, name: &str, version: u32) -> Option<Cow<'_, Field>> {
        if let Some(field) = self.field(name) {
            return field.exists_at(version).then_some(Cow::Borrowed(field));
        }
        let may_be = self.open && may_name_a_field(name) && !self.is_misspelled(name);
        may_be.then(|| Cow::Owned(Field::open(name)))
    }

    /// True if a name that is not a field can only be a slip of the pen for one. Custom fields have any names, and of an
    /// object that no file describes the fields are not known. Features of an org add standard fields, so that no list is
    /// whole: other names are taken.
    fn is_misspelled(&self, name: &str) -> bool {
        let names = self.fields.values().map(|field| field.name.as_str());
        self.described && !name.contains("__") && slip(name, names).is_some()
    }

    /// The field that holds the record's name.
    pub fn name_field(&self) -> Option<&Field> {
        self.fields.values().find(|field| field.is_name)
    }

    /// The field that leads to the parent under a relationship's name in any case; [`Field::references`] has the
    /// objects.
    pub fn parent(&self, relationship: &str) -> Option<&Field> {
        let wanted = fold(relationship);
        self.fields.values().find(|field| field.relationship.as_deref().is_some_and(|name| fold(name) == wanted))
    }

    /// The records that lead here under a relationship's name in any case.
    pub fn child(&self, relationship: &str) -> Option<&Child> {
        let wanted = fold(relationship);
        self.children.iter().find(|child| child.relationship.as_deref().is_some_and(|name| fold(name) == wanted))
    }

    /// All records that lead here, by object and field.
    pub fn children(&self) -> &[Child] {
        &self.children
    }

    /// The fields that a new record must have values for.
    pub fn required_at_create(&self, version: u32) -> impl Iterator<Item = &Field> {
        self.fields_at(version).filter(|field| field.required)
    }

    /// An object without fields and calls.
    pub(super) fn bare() -> Self {
        Self {
            name: String::new(),
            label: String::new(),
            plural: String::new(),
            prefix: None,
            prefix_assumed: true,
            class: Class::Record,
            open: true,
            described: false,
            custom: false,
            triggerable: false,
            since: 0,
            until: None,
            calls: Calls::default(),
            writes: Writes::default(),
            access: None,
            source: String::new(),
            guide: None,
            fields: Arc::default(),
            children: Arc::default(),
        }
    }

    /// The same object with ids that begin so: three letters or digits.
    #[must_use]
    pub fn with_prefix(mut self, prefix: &str) -> Self {
        self.prefix = Some(prefix.to_owned());
        self
    }
}

/// True if a text can be the API name of a field: letters, digits and single underscores, a letter first.
/// `__` stands before the suffix, such as `__c`, and behind a namespace.
fn may_name_a_field(name: &str) -> bool {
    name.len() <= 80
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !name.contains("___")
        && !name.ends_with('_')
}
