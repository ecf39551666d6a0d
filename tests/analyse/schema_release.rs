//! Holds the schemas against the types of an API release, as Salesforce publishes them for TypeScript.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "the helpers of a test")]

use std::collections::{BTreeMap, BTreeSet};

use omnic::schema::{self, Cardinality, Field, Kind};
use omnic::source::ApiVersion;

/// Environment variable with the path of `lib/metadata.d.ts` of the package `@salesforce/types`.
/// `schemas/registry/README.md` says how to compare with the next release.
const TYPES: &str = "OMNIC_TYPES";

/// Differences that are known, and why they stay.
const KNOWN: [(&str, &str); 2] = [
    ("WorkSkillRouting: the release has no such type", "the package leaves it out; the WSDL has it"),
    ("WorkSkillRoutingAttribute: the release has no such type", "part of WorkSkillRouting"),
];

/// An element: its type, whether it may be left out, and whether it may come several times.
#[derive(Debug, PartialEq)]
struct Element {
    kind: String,
    optional: bool,
    list: bool,
}

/// The types of a release.
#[derive(Default)]
struct Release {
    types: BTreeMap<String, BTreeMap<String, Element>>,
    /// The type that another one extends.
    bases: BTreeMap<String, String>,
    enums: BTreeMap<String, BTreeSet<String>>,
}

impl Release {
    /// Reads what the package has of declarations: `export type A = B & {`, `name?: C[];`, `export type D = 'x' | 'y';`.
    fn read(text: &str) -> Self {
        let mut release = Self::default();
        let mut open: Option<String> = None;
        for line in text.lines() {
            if let Some((name, body)) = line.strip_prefix("export type ").and_then(|rest| rest.split_once(" = ")) {
                if let Some(base) = body.strip_suffix('{') {
                    if let Some(base) = base.trim().strip_suffix('&') {
                        release.bases.insert(name.to_owned(), base.trim().to_owned());
                    }
                    release.types.entry(name.to_owned()).or_default();
                    open = Some(name.to_owned());
                } else if body.starts_with('\'') {
                    let values =
                        body.trim_end_matches(';').split(" | ").map(|value| value.trim_matches('\'').to_owned());
                    release.enums.insert(name.to_owned(), values.collect());
                }
            } else if line.starts_with('}') {
                open = None;
            } else if let (Some(name), Some((element, kind))) = (&open, line.trim().split_once(": ")) {
                let kind = kind.trim_end_matches(';');
                let list = kind.ends_with("[]");
                let kind = kind.trim_end_matches("[]").to_owned();
                let optional = element.ends_with('?');
                let element = element.trim_end_matches('?').to_owned();
                release.types.get_mut(name).unwrap().insert(element, Element { kind, optional, list });
            }
        }
        release
    }

    /// The elements of a type, with those of the types that it extends.
    fn elements(&self, name: &str) -> Option<BTreeMap<&str, &Element>> {
        let own = self.types.get(name)?.iter().map(|(name, element)| (name.as_str(), element));
        let above = self.bases.get(name).and_then(|base| self.elements(base)).unwrap_or_default();
        Some(above.into_iter().chain(own).collect())
    }
}

/// The word of TypeScript for the type of an element.
fn word(kind: &str) -> &str {
    match kind {
        "int" | "double" => "number",
        other => other,
    }
}

fn compare(release: &Release) -> Vec<String> {
    let newest = ApiVersion::NEWEST.0;
    let mut found = Vec::new();
    for schema in schema::all() {
        let root = (schema.name.as_str(), schema.partial, &schema.fields);
        let structs = schema.structs.iter().map(|(name, of)| (name.as_str(), of.partial, &of.fields));
        for (name, partial, fields) in std::iter::once(root).chain(structs) {
            let Some(elements) = release.elements(name) else {
                found.push(format!("{name}: the release has no such type"));
                continue;
            };
            let lives = |field: &Field| field.since <= newest && field.until.is_none_or(|until| until >= newest);
            for (element, there) in &elements {
                match fields.get(*element).filter(|field| lives(field)) {
                    None if partial || ["fullName", "module"].contains(element) => {}
                    None => found.push(format!("{name}: the element `{element}` ({}) is new", there.kind)),
                    Some(field) => {
                        // Of a type of which only parts are read, some values need not be known.
                        let any = partial && field.kind == "string";
                        if !any && word(&field.kind) != there.kind {
                            found.push(format!(
                                "{name}: the element `{element}` is a {}, here {}",
                                there.kind, field.kind
                            ));
                        }
                        if (field.cardinality == Cardinality::Repeated) != there.list {
                            found.push(format!("{name}: the element `{element}` is a list there or here alone"));
                        }
                        if field.cardinality == Cardinality::Required && there.optional {
                            found.push(format!("{name}: the element `{element}` may be left out"));
                        }
                    }
                }
            }
            let gone = fields.iter().filter(|(name, field)| lives(field) && !elements.contains_key(name.as_str()));
            found.extend(gone.map(|(element, _)| format!("{name}: the element `{element}` is gone")));
        }
        for (name, known) in &schema.enums {
            let Some(values) = release.enums.get(name) else {
                found.push(format!("{name}: the release has no such enumeration"));
                continue;
            };
            let known: BTreeSet<&str> = known.values.keys().map(String::as_str).collect();
            found.extend(
                values
                    .iter()
                    .filter(|value| !known.contains(value.as_str()))
                    .map(|value| format!("{name}: the value `{value}` is new")),
            );
            found.extend(
                known
                    .iter()
                    .filter(|value| !values.contains(**value))
                    .map(|value| format!("{name}: the value `{value}` is gone")),
            );
        }
    }
    found
}

#[test]
fn schemas_have_what_the_newest_release_has() {
    let Some(path) = std::env::var_os(TYPES) else {
        eprintln!("not compared with the types of a release: {TYPES} does not name them");
        return;
    };
    let release = Release::read(&std::fs::read_to_string(&path).unwrap());
    assert!(release.elements(Kind::Queue.as_str()).is_some(), "{path:?} does not hold the types of the Metadata API");
    let found = compare(&release);
    let new: Vec<&String> = found.iter().filter(|line| !KNOWN.iter().any(|(known, _)| known == line)).collect();
    assert!(new.is_empty(), "the release and the schemas differ:\n{new:#?}");
    for (known, why) in KNOWN {
        assert!(found.iter().any(|line| line == known), "this difference is gone: {known} ({why})");
    }
}
