//! The fields of objects and the values of picklists, as far as the project holds them.
//!
//! Only of the objects that service channels and skill mapping sets are for: a project holds thousands of field files,
//! and nobody asks for the others. Names of objects, fields and value sets are compared without case; values are not.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::standard::{standard_value_set, uses_value_set};
use super::{ComponentInput, File};
use crate::metadata::{CustomField, CustomValue, FactValue, Flow, Metadata, Name, ValueSet};
use crate::schema::developer_name::without_version;
use crate::schema::{Fact, FileClass, Kind, Role, recognise};
use crate::source::{FileId, Location, Span};

/// Which of the files that say something of fields are worth reading.
#[derive(Clone, Debug, Default)]
pub struct FactSelection {
    objects: FxHashSet<String>,
    value_sets: FxHashSet<String>,
    flows: FxHashSet<String>,
}

impl FactSelection {
    /// Those about the objects that components route, and about the flows that route work or that something names.
    pub fn of(components: &[Arc<ComponentInput>]) -> Self {
        const ROUTED: [Role; 2] = [Role::Carries, Role::RulesFor];
        let mentions = components.iter().map(|input| &input.mentions).filter(|mentions| mentions.has_role(&ROUTED));
        let objects = mentions.flat_map(|mentions| mentions.of(Kind::Object).map(|(mention, _)| mention));
        let objects = objects.filter(|mention| ROUTED.contains(&mention.role));
        let named = components.iter().flat_map(|input| input.mentions.of(Kind::Flow)).map(|(flow, _)| flow.name);
        let own = components.iter().map(|input| &input.component).filter(|component| match &component.metadata {
            Metadata::Flow(flow) => flow.routing_actions().next().is_some() || !flow.lookups.is_empty(),
            _ => false,
        });
        let own = own.map(|component| without_version(Kind::Flow, &component.name));
        Self {
            objects: objects.map(|mention| object_key(mention.name)).collect(),
            value_sets: FxHashSet::default(),
            flows: named.chain(own).map(str::to_lowercase).collect(),
        }
    }

    /// Those that hold the global value sets that fields name.
    pub fn named_by(facts: &[FactInput]) -> Self {
        let fields = facts.iter().flat_map(|input| match input.value.as_deref() {
            Some(FactValue::Object(object)) => object.fields.as_slice(),
            Some(FactValue::Field(field)) => std::slice::from_ref(field),
            _ => &[],
        });
        let sets = fields.filter_map(|field| field.value_set.as_ref()?.name.get());
        Self { value_sets: sets.map(|name| name.to_lowercase()).collect(), ..Self::default() }
    }

    /// True if the file is worth reading.
    pub fn wants(&self, fact: Fact<'_>) -> bool {
        match fact {
            Fact::Object(object) | Fact::Field { object, .. } => self.objects.contains(&object_key(object)),
            Fact::GlobalValueSet(name) => self.value_sets.contains(&name.to_lowercase()),
            Fact::StandardValueSet(name) => self.objects.iter().any(|object| uses_value_set(object, name)),
            Fact::FlowDefinition(name) => self.flows.contains(&name.to_lowercase()),
        }
    }
}

/// What a file says of fields.
#[derive(Clone, Debug)]
pub struct FactInput {
    /// The file.
    pub file: FileId,
    /// What is in it; none if it is not deployed or cannot be read whole, so that only its name is known.
    pub value: Option<Arc<FactValue>>,
}

/// The fields of the objects that components route, and the picklists behind them.
#[derive(Clone, Debug, Default)]
pub(super) struct Fields {
    objects: FxHashMap<String, ObjectFields>,
    global: FxHashMap<String, SharedValues>,
    standard: FxHashMap<String, SharedValues>,
    /// The active version of flows, by their names in lower case; none if no version is active.
    active: FxHashMap<String, (u32, Option<i32>)>,
}

/// The custom fields of an object that the project holds.
#[derive(Clone, Debug, Default)]
pub struct ObjectFields {
    /// The fields, sorted by name.
    pub fields: Vec<Field>,
    /// True if the project holds the object itself, not only fields of it.
    pub is_defined: bool,
    /// False if a file about the object could not be read, so that it may have other fields.
    pub is_whole: bool,
}

/// A custom field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name, such as `Topic__c`.
    pub name: Box<str>,
    /// Where it is defined.
    pub location: Location,
    /// Its type, such as `Picklist`, if known.
    pub kind: Option<Name>,
    value_set: Option<ValueSet>,
    package: u32,
}

/// The values of a value set.
#[derive(Clone, Debug)]
struct SharedValues {
    values: Vec<CustomValue>,
    location: Location,
    package: u32,
}

/// The values of a picklist field.
#[derive(Clone, Copy, Debug)]
pub struct Picklist<'g> {
    /// The values, in their own order, those that are no longer offered among them.
    pub values: &'g [CustomValue],
    /// Where they are defined.
    pub location: Location,
    /// True if records may hold other values too, which only people cannot choose: the values of a custom field that
    /// does not say that it is restricted. A global value set is always restricted, and a standard picklist is taken to
    /// be.
    pub is_open: bool,
}

impl ObjectFields {
    /// The field with this name, whatever its case.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
    }
}

impl Fields {
    /// Takes in what was read, in the order of the files' paths.
    pub(super) fn of(files: &[Arc<File>], facts: Vec<FactInput>) -> Self {
        let mut made = Self::default();
        for FactInput { file: id, value } in facts {
            let Some(file) = files.get(id.0 as usize) else { continue };
            let FileClass::Fact(fact) = recognise(&file.path) else { continue };
            made.take(file, fact, value.map(Arc::unwrap_or_clone));
        }
        #[expect(clippy::iter_over_hash_type, reason = "each object is sorted by itself")]
        for object in made.objects.values_mut() {
            // Of several fields of one name, that of the last package directory is what an org gets.
            let key = |field: &Field| (field.name.to_lowercase(), Reverse(field.package));
            object.fields.sort_by_cached_key(key);
            object.fields.dedup_by(|b, a| a.name.eq_ignore_ascii_case(&b.name));
        }
        made
    }

    fn take(&mut self, file: &File, fact: Fact<'_>, value: Option<FactValue>) {
        let (id, package) = (file.id, file.package);
        match (fact, value) {
            (Fact::Object(object), value) => {
                let object = self.object(object);
                object.is_defined = true;
                let Some(FactValue::Object(value)) = value else {
                    object.is_whole = false;
                    return;
                };
                for field in value.fields {
                    if let Some(name) = field.full_name.get().filter(|name| name.ends_with("__c")).cloned() {
                        object.fields.push(Field::new(id, package, name, Some(field)));
                    }
                }
            }
            (Fact::Field { object, name }, Some(FactValue::Field(field))) => {
                self.object(object).fields.push(Field::new(id, package, name.into(), Some(field)));
            }
            (Fact::Field { object, name }, _) => {
                self.object(object).fields.push(Field::new(id, package, name.into(), None));
            }
            (Fact::GlobalValueSet(name), value) => add_values(&mut self.global, name, SharedValues::new(file, value)),
            (Fact::StandardValueSet(name), value) => {
                add_values(&mut self.standard, name, SharedValues::new(file, value));
            }
            (Fact::FlowDefinition(name), Some(FactValue::ActiveVersion(version))) => {
                let known = self.active.entry(name.to_lowercase()).or_insert((package, version));
                if known.0 < package {
                    *known = (package, version);
                }
            }
            (Fact::FlowDefinition(_), _) => {}
        }
    }

    fn object(&mut self, name: &str) -> &mut ObjectFields {
        let whole = || ObjectFields { is_whole: true, ..ObjectFields::default() };
        self.objects.entry(object_key(name)).or_insert_with(whole)
    }

    /// True if the flow in the file of this name runs, which may have the flow's version in it.
    pub(super) fn runs(&self, flow: &Flow, full_name: &str) -> bool {
        let name = without_version(Kind::Flow, full_name);
        let definition = if self.active.is_empty() { None } else { self.active.get(&name.to_lowercase()) };
        match (definition.map(|(_, version)| version), version_of(full_name)) {
            (Some(active), Some(version)) => *active == Some(version),
            (Some(None), None) => false,
            (Some(Some(_)) | None, _) => flow.is_active(),
        }
    }

    pub(super) fn fields_of(&self, object: &str) -> Option<&ObjectFields> {
        self.objects.get(&object_key(object)).filter(|object| !object.fields.is_empty())
    }

    pub(super) fn picklist_of(&self, object: &str, field: &str) -> Option<Picklist<'_>> {
        let custom = self.fields_of(object).and_then(|object| object.get(field));
        let (values, location, is_open) = if let Some(field) = custom {
            let set = field.value_set.as_ref().filter(|_| field.kind.as_deref() == Some("Picklist"))?;
            if let Some(own) = &set.definition {
                (&own.values, Location::new(field.location.file, set.span), !set.restricted.is_true())
            } else {
                let set = self.global.get(&set.name.get()?.to_lowercase())?;
                (&set.values, set.location, false)
            }
        } else {
            let set = self.standard.get(&standard_value_set(object, field)?.to_lowercase())?;
            (&set.values, set.location, false)
        };
        (!values.is_empty()).then_some(Picklist { values, location, is_open })
    }
}

impl SharedValues {
    /// Without values if the file could not be read: then nothing is known of the set.
    fn new(file: &File, value: Option<FactValue>) -> Self {
        let (values, span) = match value {
            Some(FactValue::Values(values, span)) => (values, span),
            _ => (Vec::new(), Span::default()),
        };
        Self { values, location: Location::new(file.id, span), package: file.package }
    }
}

impl Field {
    fn new(file: FileId, package: u32, name: Box<str>, field: Option<CustomField>) -> Self {
        let Some(field) = field else {
            return Self {
                name,
                location: Location { file, ..Location::default() },
                kind: None,
                value_set: None,
                package,
            };
        };
        let CustomField { kind, value_set, span, .. } = field;
        Self { name, location: Location::new(file, span), kind: kind.get().cloned(), value_set, package }
    }
}

/// The version of a flow that the name of its file has in it.
pub(super) fn version_of(full_name: &str) -> Option<i32> {
    full_name.get(without_version(Kind::Flow, full_name).len() + 1..)?.parse().ok()
}

/// Adds a value set. As with fields, the last package directory's is what an org gets.
fn add_values(sets: &mut FxHashMap<String, SharedValues>, name: &str, set: SharedValues) {
    let key = name.to_lowercase();
    if sets.get(&key).is_none_or(|known| known.package < set.package) {
        sets.insert(key, set);
    }
}

/// An object's name as a key. Tasks and events have their custom fields in common, as an object of their own.
fn object_key(name: &str) -> String {
    let name = name.to_lowercase();
    if matches!(name.as_str(), "task" | "event") { "activity".to_owned() } else { name }
}
