//! Holds the embedded schemas against themselves, and against the elements that Salesforce's WSDL had at each version.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of a test")]

use std::collections::{BTreeMap, BTreeSet};

use omnic::schema::IndexMap;
use omnic::schema::{self, Cardinality, Enum, Field, Kind, TypeSchema};
use serde::Deserialize;

/// Environment variable with the path of the WSDL history, a JSON file that is no part of this repository.
const HISTORY: &str = "OMNIC_WSDL_HISTORY";

/// The versions for which the history is complete.
const VERSIONS: std::ops::RangeInclusive<u16> = 47..=66;

const SCALARS: [&str; 4] = ["boolean", "int", "double", "string"];

/// Elements that the schemas have before the WSDL does: first version in the schemas, and why.
const BEFORE_WSDL: [(&str, &str, u16, &str); 10] = [
    ("ServiceChannel", "acwExtensionDuration", 56, "its sibling fields, by the guide"),
    ("ServiceChannel", "afterConvoWorkMaxTime", 52, "the guide: 52.0 for voice, 56.0 for messaging"),
    ("ServiceChannel", "hasAcwExtensionEnabled", 56, "the guide"),
    ("ServiceChannel", "hasAfterConvoWorkTimer", 52, "the guide: 52.0 for voice, 56.0 for messaging"),
    ("ServiceChannel", "isInterruptible", 57, "the guide"),
    ("ServiceChannel", "maxExtensions", 56, "the guide"),
    ("PresenceUserConfig", "interruptibleCapacity", 57, "the guide"),
    ("QueueRoutingConfig", "capacityType", 57, "comes with the fields that the guide dates to 57.0"),
    ("Queue", "doesIncludeBosses", 60, "in real projects at 66.0 and earlier; in the guide from 67.0"),
    ("OmniChannelSettings", "enableOmniStatusCapModel", 64, "in real projects at 64.0"),
];

/// Elements whose type is deliberately not the WSDL's.
const OTHER_TYPE: [(&str, &str, &str, &str); 1] =
    [("FlowActionCall", "actionType", "InvocableActionType", "over a thousand values, nearly all of them not ours")];

/// Types, structs and enumerations that the history does not hold, and why.
const NOT_IN_HISTORY: [(&str, &str); 4] = [
    ("FlowTransactionModel", "of flows only action calls are in the history"),
    ("MetadataAiDescriptor", "68.0"),
    ("MetadataEnrichments", "68.0"),
    ("OmniAutoLoginOption", "68.0"),
];

/// Elements of a partial type that the WSDL keeps in a base type, which the history does not hold.
const INHERITED: [(&str, &str); 2] = [("FlowActionCall", "label"), ("FlowActionCall", "name")];

/// A type's own fields, or those of one of its structs.
struct Place<'a> {
    /// For messages, and the name in the WSDL.
    name: String,
    schema: &'a TypeSchema,
    partial: bool,
    fields: &'a IndexMap<String, Field>,
    slips: &'a IndexMap<String, String>,
}

fn places() -> Vec<Place<'static>> {
    let mut places = Vec::new();
    for schema in schema::all() {
        places.push(Place {
            name: schema.name.as_str().to_owned(),
            schema,
            partial: schema.partial,
            fields: &schema.fields,
            slips: &schema.slips,
        });
        for (name, structure) in &schema.structs {
            places.push(Place {
                name: name.clone(),
                schema,
                partial: structure.partial,
                fields: &structure.fields,
                slips: &structure.slips,
            });
        }
    }
    places
}

fn enums() -> impl Iterator<Item = (&'static TypeSchema, &'static String, &'static Enum)> {
    schema::all().iter().flat_map(|schema| schema.enums.iter().map(move |(name, values)| (schema, name, values)))
}

/// First version of an enumeration: that of the first field that has it.
fn enum_since(schema: &TypeSchema, name: &str) -> u16 {
    let structs = schema.structs.values().flat_map(|structure| structure.fields.values());
    let users = schema.fields.values().chain(structs).filter(|field| field.kind == name);
    users.map(|field| field.since).min().unwrap()
}

#[test]
fn every_file_parses() {
    let names: Vec<Kind> = schema::all().iter().map(|schema| schema.name).collect();
    assert_eq!(names, Kind::TYPES);
    for kind in Kind::TYPES {
        assert_eq!(schema::get(kind).map(|schema| schema.name), Some(kind));
    }
    assert!(schema::get(Kind::User).is_none());
}

#[test]
fn files_hold_nothing_that_was_lost() {
    // A misspelt table would be refused, a file under a wrong name would not be read at all.
    let directory = concat!(env!("CARGO_MANIFEST_DIR"), "/schemas/metadata");
    let found: BTreeSet<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".toml").to_owned())
        .collect();
    let expected: BTreeSet<String> = Kind::TYPES.iter().map(|kind| kind.as_str().to_owned()).collect();
    assert_eq!(found, expected);
}

#[test]
fn types_are_named_and_used() {
    for schema in schema::all() {
        let mut used = BTreeSet::new();
        for place in places().iter().filter(|place| place.schema.name == schema.name) {
            for (name, field) in place.fields {
                let kind = field.kind.as_str();
                let known =
                    SCALARS.contains(&kind) || schema.structs.contains_key(kind) || schema.enums.contains_key(kind);
                assert!(known, "{}.{name} has the unknown type {kind}", place.name);
                used.insert(kind.to_owned());
            }
        }
        for name in schema.structs.keys().chain(schema.enums.keys()) {
            assert!(used.contains(name), "{:?}: nothing has the type {name}", schema.name);
            let twice = schema.structs.contains_key(name) && schema.enums.contains_key(name);
            assert!(!twice && !SCALARS.contains(&name.as_str()), "{:?}: {name} is two things", schema.name);
        }
    }
}

#[test]
fn what_is_absent_is_nowhere() {
    let mut helps = 0;
    for schema in schema::all() {
        let root = (schema.name.as_str().to_owned(), &schema.fields, &schema.slips, &schema.absent);
        let structs = schema.structs.iter().map(|(name, s)| (name.clone(), &s.fields, &s.slips, &s.absent));
        for (place, fields, slips, absent) in std::iter::once(root).chain(structs) {
            let mut seen = BTreeSet::new();
            for absent in absent {
                helps += 1;
                assert!(!absent.help.ends_with('.') && !absent.help.is_empty(), "{place}: {}", absent.help);
                for name in &absent.names {
                    assert!(!fields.keys().any(|known| known.eq_ignore_ascii_case(name)), "{place}: {name} is there");
                    assert!(!slips.contains_key(name), "{place}: {name} is a slip");
                    assert!(seen.insert(name.to_lowercase()), "{place}: {name} twice");
                }
            }
        }
    }
    assert!(helps > 30);
}

#[test]
fn slips_lead_from_nothing_to_something() {
    for place in places() {
        for (slip, meant) in place.slips {
            assert!(!place.fields.contains_key(slip), "{}: the slip {slip} is a field", place.name);
            assert!(place.fields.contains_key(meant), "{}: the slip {slip} leads to no field", place.name);
            assert_ne!(slip, "fullName", "{}", place.name);
        }
    }
    for (_, name, values) in enums() {
        for (slip, meant) in &values.slips {
            assert!(!values.values.contains_key(slip), "{name}: the slip {slip} is a value");
            assert!(values.values.contains_key(meant), "{name}: the slip {slip} leads to no value");
        }
    }
}

#[test]
fn words_are_there() {
    fn check(what: &str, text: &str) {
        assert!(!text.trim().is_empty() && text.trim() == text, "{what}: {text:?}");
    }
    fn sentence(what: &str, text: &str) {
        check(what, text);
        assert!(text.ends_with('.') && !text.contains('\n'), "{what}: {text:?} is no sentence");
    }
    for schema in schema::all() {
        let name = schema.name.as_str();
        sentence(name, &schema.description);
        check(name, &schema.source);
        check(name, &schema.directory);
        check(name, &schema.suffix);
        assert!(!schema.fields.is_empty(), "{name}");
    }
    for place in places() {
        assert!(!place.fields.is_empty(), "{}", place.name);
        for (name, field) in place.fields {
            let what = format!("{}.{name}", place.name);
            sentence(&what, &field.description);
            check(&what, &field.source);
            for text in [&field.default, &field.unit].into_iter().flatten() {
                check(&what, text);
            }
        }
    }
    for (_, name, values) in enums() {
        for (value, facts) in &values.values {
            sentence(&format!("{name}.{value}"), &facts.description);
        }
    }
}

#[test]
fn fields_are_in_the_order_of_the_wsdl() {
    for place in places() {
        let sorted: BTreeSet<&String> = place.fields.keys().collect();
        assert!(place.fields.keys().eq(sorted), "{} is not in alphabetical order", place.name);
        assert!(!place.fields.contains_key("fullName"), "{}", place.name);
    }
}

#[test]
fn versions_are_sane() {
    for place in places() {
        for (name, field) in place.fields {
            let what = format!("{}.{name}", place.name);
            assert!(field.since >= place.schema.since && field.since <= 68, "{what}");
            assert!(field.until.is_none_or(|until| until >= field.since), "{what}");
        }
    }
    for (schema, name, values) in enums() {
        let since = enum_since(schema, name);
        for (value, facts) in &values.values {
            assert!(facts.since.is_none_or(|own| own > since && own <= 68), "{name}.{value}");
        }
        assert!(values.values.values().any(|facts| facts.since.is_none()), "{name} begins without values");
    }
}

#[test]
fn facts_fit_their_types() {
    for place in places() {
        for (name, field) in place.fields {
            let what = format!("{}.{name}", place.name);
            let scalar = SCALARS.contains(&field.kind.as_str());
            if let Some(range) = &field.range {
                // maxExtensions is a string in the WSDL, but holds a number.
                assert!(["int", "double"].contains(&field.kind.as_str()) || name == "maxExtensions", "{what}");
                assert!(range.min.is_some() || range.max.is_some(), "{what}");
                assert!(range.min.unwrap_or(f64::MIN) < range.max.unwrap_or(f64::MAX), "{what}");
                assert!(!range.above_min || range.min.is_some(), "{what}");
                if let Some(formerly) = &range.formerly {
                    assert!(range.min.is_some_and(|min| min < formerly.min), "{what}");
                    assert!(formerly.before > field.since, "{what}: never applies");
                }
            }
            assert!(field.max_length.is_none_or(|most| most > 0 && field.kind == "string"), "{what}");
            assert!(field.reference.is_none() || field.kind == "string", "{what}");
            assert!(field.unit.is_none() || field.range.is_some(), "{what}");
            assert!(field.default.is_none() || field.cardinality == Cardinality::Optional, "{what}");
            match field.default.as_deref() {
                Some(default) if field.kind == "boolean" => assert!(["true", "false"].contains(&default), "{what}"),
                Some(default) if !scalar => {
                    assert!(place.schema.enums[&field.kind].values.contains_key(default), "{what}");
                }
                Some(default) if field.kind != "string" => assert!(default.parse::<f64>().is_ok(), "{what}"),
                _ => {}
            }
            match field.unique_by.as_deref() {
                Some("value") => assert!(scalar && field.cardinality == Cardinality::Repeated, "{what}"),
                Some(by) => {
                    assert_eq!(field.cardinality, Cardinality::Repeated, "{what}");
                    assert!(place.schema.structs[&field.kind].fields.contains_key(by), "{what}");
                }
                None => {}
            }
        }
    }
}

/// An element of a type in the WSDL.
#[derive(Debug, Deserialize)]
struct Element {
    name: String,
    #[serde(rename = "type")]
    kind: String,
    min: String,
    max: String,
}

/// What the WSDL's history has under a name.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Entry {
    /// A type: its elements from each version at which they changed.
    Type(BTreeMap<String, Vec<Element>>),
    /// An enumeration: its values from each version at which they changed.
    Enum(BTreeMap<String, Vec<String>>),
    /// A remark.
    Remark(serde::de::IgnoredAny),
}

fn history() -> Option<BTreeMap<String, Entry>> {
    let Some(path) = std::env::var_os(HISTORY) else {
        eprintln!("not compared with the WSDL: {HISTORY} does not name its history");
        return None;
    };
    let text = std::fs::read_to_string(&path).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// What held at a version: the entry of the latest change up to it.
fn at<T>(changes: &BTreeMap<String, T>, version: u16) -> Option<&T> {
    let known = changes.iter().map(|(since, value)| (since.parse::<u16>().unwrap(), value));
    known.filter(|(since, _)| *since <= version).max_by_key(|(since, _)| *since).map(|(_, value)| value)
}

fn is_ignored(element: &Element) -> bool {
    ["fullName", "module"].contains(&element.name.as_str())
}

#[test]
fn schemas_have_what_the_wsdl_has() {
    let Some(history) = history() else { return };
    let mut wrong = Vec::new();
    let mut unused_before: BTreeSet<_> = BEFORE_WSDL.iter().map(|(place, field, ..)| (*place, *field)).collect();
    for place in places() {
        let name = place.name.as_str();
        let Some(Entry::Type(changes)) = history.get(name) else {
            // The data of flows is not in the history, but for the values and action calls in it.
            let is_data = name.starts_with("Flow") && place.schema.name == Kind::Flow;
            if !is_data && !NOT_IN_HISTORY.iter().any(|(known, _)| *known == name) {
                wrong.push(format!("{name} is not in the history"));
            }
            continue;
        };
        for version in VERSIONS {
            let elements = at(changes, version).map_or(&[][..], Vec::as_slice);
            let elements: BTreeMap<&str, &Element> = elements
                .iter()
                .filter(|element| !is_ignored(element))
                .map(|element| (element.name.as_str(), element))
                .collect();
            for (field_name, element) in &elements {
                let field = place
                    .fields
                    .get(*field_name)
                    .filter(|field| field.since <= version && field.until.is_none_or(|until| until >= version));
                let Some(field) = field else {
                    if !place.partial || place.fields.contains_key(*field_name) {
                        wrong.push(format!("{name}.{field_name} is in the WSDL at {version}"));
                    }
                    continue;
                };
                let other = (name, *field_name, element.kind.as_str());
                let same_type = field.kind == element.kind
                    || OTHER_TYPE.iter().any(|(place, field, kind, _)| (*place, *field, *kind) == other);
                if !same_type {
                    wrong.push(format!("{name}.{field_name} is {} in the WSDL at {version}", element.kind));
                }
                // The schema may be more lenient, never stricter.
                let fits = match field.cardinality {
                    Cardinality::Repeated => element.max == "unbounded",
                    Cardinality::Optional => element.max == "1",
                    Cardinality::Required => element.max == "1" && element.min == "1",
                };
                if !fits {
                    wrong.push(format!("{name}.{field_name} is {}..{} at {version}", element.min, element.max));
                }
            }
            let ours = place
                .fields
                .iter()
                .filter(|(_, field)| field.since <= version && field.until.is_none_or(|until| until >= version));
            for (field_name, _) in ours.filter(|(field_name, _)| !elements.contains_key(field_name.as_str())) {
                // A whole type that the WSDL does not have yet is judged by the field that leads to it.
                let no_type_yet = elements.is_empty() && place.schema.structs.contains_key(name);
                let inherited = INHERITED.contains(&(name, field_name));
                let before =
                    BEFORE_WSDL.iter().find(|(place, field, ..)| (*place, *field) == (name, field_name.as_str()));
                if let Some((place, field, ..)) = before {
                    unused_before.remove(&(*place, *field));
                }
                if !no_type_yet && !inherited && before.is_none_or(|(_, _, since, _)| version < *since) {
                    wrong.push(format!("{name}.{field_name} is not in the WSDL at {version}"));
                }
            }
        }
        // Optional only where some WSDL says so, lest leniency become laxness.
        for (field_name, field) in place.fields {
            let all = changes.values().flatten().filter(|element| element.name == *field_name);
            let minimums: Vec<&str> = all.map(|element| element.min.as_str()).collect();
            let always = !minimums.is_empty() && minimums.iter().all(|min| *min == "1");
            if always && field.cardinality == Cardinality::Optional {
                wrong.push(format!("{name}.{field_name} is required in every WSDL"));
            }
        }
    }
    wrong.extend(unused_before.iter().map(|(place, field)| format!("{place}.{field} needs no exception")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn schemas_have_the_values_that_the_wsdl_has() {
    let Some(history) = history() else { return };
    let mut wrong = Vec::new();
    for (schema, name, values) in enums() {
        let Some(Entry::Enum(changes)) = history.get(name) else {
            if !NOT_IN_HISTORY.iter().any(|(known, _)| known == name) {
                wrong.push(format!("{name} is not in the history"));
            }
            continue;
        };
        for version in VERSIONS {
            // Before the WSDL has the enumeration, the fields that use it are judged instead.
            let Some(theirs) = at(changes, version) else { continue };
            let since = enum_since(schema, name);
            let ours = values.values.iter().filter(|(_, facts)| facts.since.unwrap_or(since) <= version);
            let ours: Vec<&String> = ours.map(|(value, _)| value).collect();
            if ours != theirs.iter().collect::<Vec<_>>() {
                wrong.push(format!("{name} at {version}: {theirs:?} in the WSDL, {ours:?} here"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Which file holds what is decided for each file of a project, by a table in the code; the schemas say it to people.
#[test]
fn files_are_recognised_as_the_schemas_say() {
    for schema in schema::all() {
        assert_eq!(schema::suffix(schema.name), Some(schema.suffix.as_str()));
        assert!(schema::type_folders().any(|folder| folder == schema.directory), "{}", schema.directory);
        let name = schema.only_name.as_deref().unwrap_or("A");
        let path = format!("{}/{name}.{}-meta.xml", schema.directory, schema.suffix);
        let is_it = |class| matches!(class, schema::FileClass::Component { kind, .. } if kind == schema.name);
        assert!(is_it(schema::recognise(&path)), "{path}");
    }
}
