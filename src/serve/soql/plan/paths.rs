//! Names in a query, looked up in the schema.

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::super::ast::PathName;
use super::super::error::{ErrorCode, Fault};
use super::super::schema::{FieldInfo, FieldType, ObjectInfo, Schema};
use super::model::{Hop, Path};
use crate::caseless;

/// How many parents a path may climb, as documented under "Relationship Query Limitations".
const MOST_HOPS: usize = 5;

/// What the names of one SELECT refer to.
pub(super) struct Scope<'s, S: ?Sized> {
    pub(super) schema: &'s S,
    pub(super) object: ObjectInfo,
    pub(super) alias: Option<SmolStr>,
}

impl<S: Schema + ?Sized> Scope<'_, S> {
    pub(super) fn path(&self, written: &PathName) -> Result<Path, Fault> {
        let names = self.without_object(written);
        let Some((last, parents)) = names.split_last() else {
            return Err(Fault::malformed(written.span, "a field was expected"));
        };
        let mut hops: SmallVec<[Hop; 1]> = SmallVec::new();
        for name in parents {
            let objects = objects(&hops, &self.object);
            let parent = objects.iter().find_map(|object| self.schema.parent(object, name));
            let Some(parent) = parent else {
                return Err(Fault::new(ErrorCode::InvalidField, written.span, no_relationship(name, "field path")));
            };
            hops.push(Hop { relationship: parent.relationship, field: parent.field, objects: parent.objects });
        }
        if hops.len() > MOST_HOPS {
            // Assumed: the words.
            let reason = format!("a path may climb at most {MOST_HOPS} relationships from child to parent");
            return Err(Fault::new(ErrorCode::InvalidField, written.span, reason));
        }
        let polymorphic = hops.last().is_some_and(Hop::is_polymorphic);
        let is_type = polymorphic && caseless::equal(last, "Type");
        let field = if is_type {
            Some(FieldInfo::new("Type", FieldType::String))
        } else {
            objects(&hops, &self.object).iter().find_map(|object| self.schema.field(object, last))
        };
        if let Some(field) = field {
            return Ok(Path { hops, field, is_type, labelled: false });
        }
        let entity = match hops.last() {
            // Salesforce shows parents of several objects as one entity.
            Some(hop) if hop.is_polymorphic() => "Name",
            Some(hop) => hop.objects.first().map_or("Name", SmolStr::as_str),
            None => &self.object.name,
        };
        Err(no_column(written, last, entity))
    }

    /// The names of a path after the object's name or alias.
    fn without_object<'p>(&self, written: &'p PathName) -> SmallVec<[&'p str; 2]> {
        let mut names: SmallVec<[&str; 2]> = written.names.iter().map(|name| name.text.as_str()).collect();
        if let (Some(first), 2..) = (names.first(), names.len()) {
            let alias = self.alias.as_ref().is_some_and(|alias| caseless::equal(alias, first));
            let object =
                caseless::equal(&self.object.name, first) && self.schema.parent(&self.object.name, first).is_none();
            if alias || object {
                names.remove(0);
            }
        }
        names
    }
}

/// The objects that the fields after these steps belong to.
fn objects<'h>(hops: &'h [Hop], object: &'h ObjectInfo) -> &'h [SmolStr] {
    hops.last().map_or(std::slice::from_ref(&object.name), |hop| &hop.objects)
}

pub(super) fn no_column(written: &PathName, name: &str, entity: &str) -> Fault {
    let reason = format!(
        "No such column '{name}' on entity '{entity}'. If you are attempting to use a custom field, be sure to append \
         the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate \
         names."
    );
    Fault::new(ErrorCode::InvalidField, written.span, reason)
}

pub(super) fn no_relationship(name: &str, place: &str) -> String {
    format!(
        "Didn't understand relationship '{name}' in {place}. If you are attempting to use a custom relationship, be \
         sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call \
         for the appropriate names."
    )
}

pub(super) fn no_object(written: &PathName) -> Fault {
    let reason = format!(
        "sObject type '{written}' is not supported. If you are attempting to use a custom object, be sure to append \
         the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names."
    );
    Fault::new(ErrorCode::InvalidType, written.span, reason)
}
