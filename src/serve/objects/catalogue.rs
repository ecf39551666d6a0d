//! All objects together: found by name and by key prefix, with their relationships.

use std::sync::{Arc, LazyLock};

use indexmap::IndexMap;

use super::associated::Associated;
use super::caseless::fold;
use super::embedded::TEXTS;
use super::error::CatalogueError;
use super::file::{Parts, Texts, read};
use super::kind::FieldType;
use super::object::{Child, ObjectType};
use super::raw::Unserved;

/// The objects of an org.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// By folded name, sorted by it.
    objects: IndexMap<String, ObjectType>,
    associated: Vec<Associated>,
    unserved: Vec<Unserved>,
    generic: Option<ObjectType>,
}

/// A file that could not be read would leave the catalogue empty; a test checks that all can.
static STANDARD: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::load(&TEXTS).unwrap_or_default());

impl Catalogue {
    /// The objects that this server describes.
    pub fn standard() -> Self {
        STANDARD.clone()
    }

    /// The type of a field of an object that a file describes.
    pub(crate) fn standard_type(object: &str, field: &str) -> Option<FieldType> {
        STANDARD.object(object)?.field(field).map(|field| field.kind)
    }

    /// The objects of other files.
    ///
    /// # Errors
    ///
    /// The first file that is wrong, and how.
    pub fn load(texts: &Texts<'_>) -> Result<Self, CatalogueError> {
        let Parts { objects, associated, unserved, generic } = read(texts)?;
        let mut catalogue = Self { objects: IndexMap::new(), associated, unserved, generic: Some(generic) };
        for object in objects {
            let file = || format!("{}.toml", object.name);
            if let Some(prefix) = &object.prefix
                && catalogue.by_prefix(prefix).is_some()
            {
                return Err(CatalogueError::Taken { file: file(), what: "key prefix", name: prefix.clone() });
            }
            if catalogue.object(&object.name).is_some() {
                return Err(CatalogueError::Taken { file: file(), what: "name", name: object.name.clone() });
            }
            catalogue.objects.insert(fold(&object.name).into_owned(), object);
        }
        catalogue.link();
        Ok(catalogue)
    }

    /// The same catalogue with an object more, which routed references may then lead to. If there is one of that name,
    /// it stays. An object without a prefix gets the published one, or else a free one: `a00` and so on for custom
    /// objects, `z00` and so on for others.
    #[must_use]
    pub fn with(mut self, mut object: ObjectType) -> Self {
        if self.object(&object.name).is_some() {
            return self;
        }
        let published = self
            .unserved
            .iter()
            .find(|other| fold(&other.name) == fold(&object.name))
            .and_then(|other| other.prefix.clone());
        if object.prefix.as_deref().is_none_or(|prefix| self.by_prefix(prefix).is_some()) {
            object.prefix_assumed = published.is_none();
            object.prefix = published
                .filter(|prefix| self.by_prefix(prefix).is_none())
                .or_else(|| self.free_prefix(if object.custom { 'a' } else { 'z' }));
        }
        for field in self.objects.values_mut().flat_map(|other| Arc::make_mut(&mut other.fields).values_mut()) {
            if field.routed && !field.references.contains(&object.name) {
                field.references.push(object.name.clone());
                field.references.sort_unstable();
            }
        }
        self.objects.insert(fold(&object.name).into_owned(), object);
        self.link();
        self
    }

    /// The object of a name in any case, in any API version.
    pub fn object(&self, name: &str) -> Option<&ObjectType> {
        self.objects.get(fold(name).as_ref())
    }

    /// The object of a name in any case, if the API version has it.
    pub fn object_at(&self, name: &str, version: u32) -> Option<&ObjectType> {
        self.object(name).filter(|object| object.exists_at(version))
    }

    /// All objects, sorted by name.
    pub fn objects(&self) -> impl Iterator<Item = &ObjectType> {
        self.objects.values()
    }

    /// The object whose records' ids begin as this id or prefix does. Case counts.
    pub fn by_prefix(&self, id: &str) -> Option<&ObjectType> {
        let prefix = id.get(..3)?;
        self.objects.values().find(|object| object.prefix.as_deref() == Some(prefix))
    }

    /// The object of a name in any case that exists in an org and is refused by name.
    pub fn associated(&self, name: &str) -> Option<&Associated> {
        let wanted = fold(name);
        self.associated.iter().find(|object| fold(&object.name) == wanted)
    }

    /// All such objects, sorted by the object that they belong to.
    pub fn associated_objects(&self) -> &[Associated] {
        &self.associated
    }

    /// The API name of an object, by a name in any case, that fields refer to and that this catalogue does not have.
    pub fn unserved(&self, name: &str) -> Option<&str> {
        let wanted = fold(name);
        let found = self.unserved.iter().find(|object| fold(&object.name) == wanted)?;
        self.object(name).is_none().then_some(found.name.as_str())
    }

    /// Sorts the objects, and tells each what leads to it.
    fn link(&mut self) {
        self.objects.sort_unstable_keys();
        let mut links = Vec::new();
        for object in self.objects.values() {
            for field in object.fields() {
                for parent in &field.references {
                    let (relationship, object) = (field.children.clone(), object.name.clone());
                    let child = Child { relationship, object, field: field.name.clone() };
                    links.push((fold(parent).into_owned(), child));
                }
            }
        }
        for object in self.objects.values_mut() {
            object.children = Arc::default();
        }
        for (parent, child) in links {
            if let Some(object) = self.objects.get_mut(&parent) {
                Arc::make_mut(&mut object.children).push(child);
            }
        }
    }

    fn free_prefix(&self, first: char) -> Option<String> {
        const DIGITS: [char; 36] = [
            '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K',
            'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z',
        ];
        DIGITS
            .iter()
            .flat_map(|&second| DIGITS.iter().map(move |&third| String::from_iter([first, second, third])))
            .find(|prefix| self.by_prefix(prefix).is_none())
    }
}

impl ObjectType {
    /// An object that no file describes, such as one that a channel of the plan routes: an id, an owner, a name, the
    /// system fields, and whatever is written.
    pub fn generic(name: &str) -> Self {
        let mut object = STANDARD.generic.clone().unwrap_or_else(Self::bare);
        let label = name.strip_suffix("__c").unwrap_or(name).replace('_', " ");
        if let Some(id) = Arc::make_mut(&mut object.fields).values_mut().find(|field| field.kind == FieldType::Id) {
            id.label = format!("{label} ID");
        }
        object.described = false;
        object.custom = name.ends_with("__c");
        object.prefix_assumed = true;
        name.clone_into(&mut object.name);
        object.plural.clone_from(&label);
        object.label = label;
        object
    }
}
