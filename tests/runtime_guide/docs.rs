//! Holds docs/runtime.md and the tests of this folder together: no row without a test, and no test without a row.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use omnic::runtime::records::{
    AgentWork, AgentWorkSkill, AgentWorkStatus, PendingServiceRouting, SkillRequirement, UserServicePresence,
};
use omnic::runtime::{ConsoleEvent, ConsoleResult, Refusal, RoutingOptions};
use serde_json::Value;

fn page() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/runtime.md");
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

/// The rows of the tables under a heading, each as its cells.
fn rows(page: &str, heading: &str) -> Vec<Vec<String>> {
    let section = page.split(&format!("\n{heading}\n")).nth(1).unwrap();
    let end = section.find("\n#").unwrap_or(section.len());
    table_rows(&section[..end])
}

/// Rows of tables, without their heads.
fn table_rows(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<_> = text.lines().collect();
    let is_rule = |line: &str| line.starts_with("|--");
    let body = |at: usize| {
        lines[at].starts_with('|') && !is_rule(lines[at]) && !lines.get(at + 1).is_some_and(|next| is_rule(next))
    };
    let cells = |line: &str| line.trim_matches('|').split(" |").map(|cell| cell.trim().to_owned()).collect();
    (0..lines.len()).filter(|&at| body(at)).map(|at| cells(lines[at])).collect()
}

/// What stands in back-quotes.
fn quoted(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The tests of this folder: `module::name`.
fn tests() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/runtime_guide");
    let mut tests = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_str().unwrap().to_owned();
        if module == "docs" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        for test in text.split("#[test]\nfn ").skip(1) {
            tests.insert(format!("{module}::{}", test.split('(').next().unwrap()));
        }
    }
    tests
}

/// The values of a tagged type's tag, by its JSON Schema.
fn tags<T: schemars::JsonSchema>(tag: &str) -> BTreeSet<String> {
    let schema = serde_json::to_value(schemars::schema_for!(T)).unwrap();
    let variants = schema["oneOf"].as_array().unwrap();
    variants.iter().map(|variant| variant["properties"][tag]["const"].as_str().unwrap().to_owned()).collect()
}

/// What the first cells of a table's rows name.
fn named(heading: &str) -> BTreeSet<String> {
    let page = page();
    rows(&page, heading).iter().flat_map(|row| quoted(&row[0])).map(str::to_owned).collect()
}

#[test]
fn every_row_names_a_test_that_exists() {
    let (page, tests) = (page(), tests());
    let proven = page.split("\n## The decision\n").nth(1).unwrap();
    for row in table_rows(proven) {
        let names = quoted(row.last().unwrap());
        assert!(!names.is_empty(), "no test: {row:?}");
        for name in names {
            assert!(tests.contains(name), "no such test: {name}");
        }
    }
}

#[test]
fn every_test_has_a_row() {
    let page = page();
    let lacking: Vec<_> = tests().into_iter().filter(|test| !page.contains(&format!("`{test}`"))).collect();
    assert_eq!(lacking, [""; 0]);
}

#[test]
fn every_option_has_a_row_with_its_default() {
    let mut defaults = BTreeMap::new();
    let Value::Object(options) = serde_json::to_value(RoutingOptions::default()).unwrap() else { panic!() };
    for (option, default) in options {
        match default {
            Value::Object(nested) => {
                defaults.extend(nested.into_iter().map(|(field, default)| (format!("{option}.{field}"), default)));
            }
            default => drop(defaults.insert(option, default)),
        }
    }
    let page = page();
    let rows: BTreeMap<_, _> =
        rows(&page, "## Options").into_iter().map(|row| (quoted(&row[0]).concat(), quoted(&row[1]).concat())).collect();
    let told = |default: &Value| default.as_str().map_or_else(|| default.to_string(), str::to_owned);
    let defaults: BTreeMap<_, _> = defaults.iter().map(|(option, default)| (option.clone(), told(default))).collect();
    assert_eq!(rows, defaults);
}

#[test]
fn every_refusal_has_a_row() {
    assert_eq!(named("## Refusals"), tags::<Refusal>("refusal"));
}

/// The rows of the objects, by object: a row that names none goes on with the one before.
fn fields() -> BTreeMap<String, BTreeSet<String>> {
    let page = page();
    let mut objects: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut object = String::new();
    for row in rows(&page, "## Objects") {
        if let [first, ..] = quoted(&row[0])[..] {
            first.clone_into(&mut object);
        }
        let names = quoted(&row[1]).into_iter().chain(quoted(&row[2]));
        objects.entry(object.clone()).or_default().extend(names.map(str::to_owned));
    }
    objects
}

#[test]
fn every_field_of_a_record_has_a_row() {
    fn of<T: schemars::JsonSchema>() -> Vec<String> {
        let schema = serde_json::to_value(schemars::schema_for!(T)).unwrap();
        schema["properties"].as_object().unwrap().keys().cloned().collect()
    }
    let told = fields();
    for (object, fields) in [
        ("AgentWork", of::<AgentWork>()),
        ("AgentWorkSkill", of::<AgentWorkSkill>()),
        ("PendingServiceRouting", of::<PendingServiceRouting>()),
        ("SkillRequirement", of::<SkillRequirement>()),
        ("UserServicePresence", of::<UserServicePresence>()),
    ] {
        let lacking: Vec<_> = fields.into_iter().filter(|field| !told[object].contains(field)).collect();
        assert_eq!(lacking, [""; 0], "{object}");
    }
}

#[test]
fn every_status_of_agent_work_has_a_row_with_its_value() {
    let page = page();
    for row in rows(&page, "### Statuses of `AgentWork`") {
        let status: AgentWorkStatus = serde_json::from_value(Value::from(quoted(&row[0]).concat())).unwrap();
        assert_eq!(row[1], status.database_value().to_string());
    }
}

#[test]
fn every_method_and_event_of_the_console_has_a_row() {
    assert_eq!(named("## Methods of the console"), tags::<ConsoleResult>("method"));
    assert_eq!(named("## Events of the console"), tags::<ConsoleEvent>("event"));
}
