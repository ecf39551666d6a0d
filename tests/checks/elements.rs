//! The paths of elements that findings name are paths of the schemas: programs look them up there.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::path::Path;

use omnic::diagnostics::Diagnostic;
use omnic::schema::{self, Kind, Shape, TypeSchema};

use crate::common;
use crate::common::pages::shown;

/// The elements of `package.xml`, which has no schema: nothing in it is checked as in a component.
const MANIFEST: [&str; 4] = ["types", "types/members", "types/name", "version"];

/// True if a component that the schema describes can have an element at the path.
fn has(schema: &TypeSchema, path: &str) -> bool {
    let mut fields = &schema.fields;
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        let Some(field) = fields.get(name) else { return false };
        match (field.shape, names.peek()) {
            (_, None) => return true,
            (Shape::Struct(index), Some(_)) => match schema.structs.get_index(index) {
                Some((_, inner)) => fields = &inner.fields,
                None => return false,
            },
            _ => return false,
        }
    }
    false
}

/// Why the path that a finding names is not one; none if it is, or if it names none.
fn fault(finding: &Diagnostic) -> Option<String> {
    let path = finding.element.as_deref()?;
    // What the validator finds is often at a path that no schema has: that is the finding.
    if finding.code.starts_with("OC1") {
        return None;
    }
    let known = match &finding.component {
        None => MANIFEST.contains(&path),
        Some(component) => {
            let kind = Kind::all().find(|kind| kind.as_str() == component.kind);
            kind.and_then(schema::get).is_some_and(|schema| has(schema, path))
        }
    };
    let of = finding.component.as_ref().map_or("package.xml", |component| &component.kind);
    (!known).then(|| format!("{} names `{path}`, which {of} does not have", finding.code))
}

#[test]
fn findings_name_elements_that_schemas_have() {
    let mut folders = vec![std::path::PathBuf::from("examples/acme-support"), "examples/broken".into()];
    for of in ["err", "ok", "projects"] {
        let entries = std::fs::read_dir(Path::new("tests/fixtures").join(of)).unwrap();
        folders.extend(entries.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()));
    }
    let analyse = |folder: &std::path::PathBuf| {
        let records = folder.join("org");
        common::check_with(folder, true, records.is_dir().then_some(records.as_path())).1
    };
    let analyses = folders.iter().map(analyse).chain(shown().into_iter().map(|shown| shown.analyse(true)));
    let found: Vec<Diagnostic> = analyses.flat_map(|analysis| analysis.diagnostics).collect();
    let faults: BTreeSet<String> = found.iter().filter_map(fault).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(found.iter().filter(|finding| finding.element.is_some()).count() > 300);
}

/// Paths that are written in the code of checks, also those that no project in a page leads to.
#[test]
fn code_names_elements_that_schemas_have() {
    let mut seen = 0;
    for file in common::files_below(Path::new("src/checks")) {
        if file.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let code = std::fs::read_to_string(&file).unwrap();
        for path in code.split(".element(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let known = MANIFEST.contains(&path) || schema::all().iter().any(|schema| has(schema, path));
            assert!(known, "{}: no schema has `{path}`", file.display());
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} paths are seen");
}

#[test]
fn a_path_that_no_schema_has_is_noticed() {
    let queue = schema::get(Kind::Queue).unwrap();
    assert!(has(queue, "queueSobject/sobjectType") && has(queue, "name"));
    for path in ["", "nam", "queueSobject/sobject", "name/name", "queueSobject/"] {
        assert!(!has(queue, path), "{path}");
    }
}
