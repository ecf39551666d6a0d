//! Properties and calls by the names that the files give them.

use super::error::CatalogueError;
use super::field::Properties;
use super::object::Calls;

/// The properties of a field.
///
/// # Errors
///
/// A name that is not a property.
pub(super) fn properties(file: &str, names: &[String]) -> Result<Properties, CatalogueError> {
    let mut of = Properties::default();
    for name in names {
        let property = match name.as_str() {
            "create" => &mut of.create,
            "update" => &mut of.update,
            "filter" => &mut of.filter,
            "sort" => &mut of.sort,
            "group" => &mut of.group,
            "nillable" => &mut of.nillable,
            "defaultedOnCreate" => &mut of.defaulted_on_create,
            "restrictedPicklist" => &mut of.restricted_picklist,
            "autonumber" => &mut of.autonumber,
            "idLookup" => &mut of.id_lookup,
            "aggregatable" => &mut of.aggregatable,
            "externalId" => &mut of.external_id,
            _ => return Err(CatalogueError::unknown(file, "property", name)),
        };
        *property = true;
    }
    Ok(of)
}

/// The calls of an object.
///
/// # Errors
///
/// A name that is not a call.
pub(super) fn calls(file: &str, names: &[String]) -> Result<Calls, CatalogueError> {
    let mut of = Calls::default();
    for name in names {
        let call = match name.as_str() {
            "create" => &mut of.create,
            "update" => &mut of.update,
            "upsert" => &mut of.upsert,
            "delete" => &mut of.delete,
            "undelete" => &mut of.undelete,
            "query" => &mut of.query,
            "retrieve" => &mut of.retrieve,
            "search" => &mut of.search,
            "getDeleted" => &mut of.get_deleted,
            "getUpdated" => &mut of.get_updated,
            "describeSObjects" => &mut of.describe,
            "describeLayout" => &mut of.describe_layout,
            _ => return Err(CatalogueError::unknown(file, "call", name)),
        };
        *call = true;
    }
    Ok(of)
}
