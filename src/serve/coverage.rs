//! Coverage: the tables of docs/serve.md that say what is served, made from what is there.

use std::fmt::Write as _;

use super::objects::{Calls, Catalogue, Class, ObjectType};
use super::rest::RESOURCES;
use super::soap::call_names;

/// Writes that the references list and that are refused, by name or by their rules: docs/serve.md says what to do instead.
const REFUSED: [(&str, &[&str]); 6] = [
    ("AgentWork", &["update", "upsert"]),
    ("GroupMember", &["upsert"]),
    ("PendingServiceRouting", &["undelete"]),
    ("PermissionSetAssignment", &["update", "upsert"]),
    ("PresenceUserConfigProfile", &["create", "update", "delete"]),
    ("PresenceUserConfigUser", &["update", "delete"]),
];

/// The resources of the REST API, as a table.
pub fn resources() -> String {
    let mut text = String::from("| resource | methods | |\n|---|---|---|\n");
    for one in RESOURCES {
        let path = if one.path.is_empty() { "/services/data/vN" } else { one.path };
        // Writing to a string does not fail.
        let _ = writeln!(text, "| `{path}` | {} | {} |", one.methods.join(", "), one.note);
    }
    text
}

/// The calls of the SOAP API, as a list.
pub fn calls() -> String {
    let calls: Vec<String> = call_names().iter().map(|name| format!("`{name}()`")).collect();
    format!("{}.\n", calls.join(", "))
}

/// The objects with the calls that are served, as a table.
pub fn objects() -> String {
    let mut text = String::from("| object | since | read | written |\n|---|---|---|---|\n");
    for object in Catalogue::standard().objects() {
        let (read, written) = (reads(object.calls), writes(object));
        let _ =
            writeln!(text, "| `{}` | {}.0 | {} | {} |", object.name, object.since, read.join(", "), written.join(", "));
    }
    text
}

fn reads(calls: Calls) -> Vec<&'static str> {
    let all = [
        (calls.query, "query"),
        (calls.retrieve, "retrieve"),
        (calls.get_updated, "getUpdated"),
        (calls.get_deleted, "getDeleted"),
    ];
    all.into_iter().filter_map(|(has, name)| has.then_some(name)).collect()
}

/// What the project defines is written there.
fn writes(object: &ObjectType) -> Vec<&'static str> {
    if object.class == Class::Definition {
        return vec!["in the project"];
    }
    let refused = REFUSED.iter().find(|(name, _)| *name == object.name).map_or(&[][..], |(_, writes)| writes);
    let calls = object.calls;
    let all = [
        (calls.create, "create"),
        (calls.update, "update"),
        (calls.upsert, "upsert"),
        (calls.delete, "delete"),
        (calls.undelete, "undelete"),
    ];
    all.into_iter().filter_map(|(has, name)| (has && !refused.contains(&name)).then_some(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused_is_a_call_of_its_object() {
        let catalogue = Catalogue::standard();
        for (name, refused) in REFUSED {
            let calls = catalogue.object(name).map(|object| object.calls).unwrap_or_default();
            for write in refused {
                let has = match *write {
                    "create" => calls.create,
                    "update" => calls.update,
                    "upsert" => calls.upsert,
                    "delete" => calls.delete,
                    _ => calls.undelete,
                };
                assert!(has, "{name} {write}");
            }
        }
    }
}
