//! The plan as a contract: it reads back byte for byte, its schema is current, and only routing changes it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::common;
use std::collections::BTreeSet;
use std::path::Path;

use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::compile::{OnErrors, compile};
use omnic::plan::{FORMAT, Plan, PlanError};
use omnic::source::{ApiVersion, Layout};

fn acme() -> Vec<TextFile> {
    common::files_below(Path::new("examples/acme-support"))
        .into_iter()
        .map(|path| TextFile {
            path: path.to_str().unwrap().replace('\\', "/"),
            text: std::fs::read_to_string(&path).unwrap(),
            package: 0,
            ignored: false,
        })
        .collect()
}

fn plan(files: Vec<TextFile>) -> Plan {
    let analysis = analyse_texts(files, Layout::Sfdx, ApiVersion(66), &Options::default());
    compile(&analysis, &[], OnErrors::LeaveOut).unwrap()
}

#[test]
fn reads_back_and_writes_byte_for_byte_the_same() {
    let mut plan = plan(acme());
    for _ in 0..2 {
        let text = plan.to_json();
        let back = Plan::from_json(&text).unwrap();
        assert_eq!(back, plan);
        assert_eq!(back.to_json(), text);
        assert_eq!(back.tables.digest(), plan.digest);
        // Laid out, it is the same text.
        assert_eq!(without_layout(&text), serde_json::to_string(&plan).unwrap());
        plan.provenance = None;
    }
}

/// JSON without white space between its values.
fn without_layout(text: &str) -> String {
    let (mut is_text, mut is_escaped) = (false, false);
    let keeps = move |character: &char| {
        let keeps = is_text || !character.is_ascii_whitespace();
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => is_text = !is_text,
            _ => {}
        }
        keeps
    };
    text.chars().filter(keeps).collect()
}

#[test]
fn comments_and_new_lines_change_only_the_provenance() {
    let before = plan(acme());
    let mut files = acme();
    for file in &mut files {
        file.text = file.text.replacen("\n    <", "\n    <!-- a comment -->\n\n    <", 1).replace('\n', "\r\n");
    }
    let after = plan(files);
    assert_eq!(after.digest, before.digest);
    assert_ne!(after, before);
    assert_eq!(Plan { provenance: None, ..after }, Plan { provenance: None, ..before });
}

#[test]
fn a_label_is_no_routing_and_a_weight_is() {
    let change = |what: &str, with: &str| {
        let mut files = acme();
        let file = files.iter_mut().find(|f| f.path.ends_with("Cases_Tier_1.queueRoutingConfig-meta.xml")).unwrap();
        assert!(file.text.contains(what), "{}", file.text);
        file.text = file.text.replace(what, with);
        plan(files)
    };
    let before = plan(acme());
    assert_eq!(change("<label>", "<label>New ").digest, before.digest);
    assert_ne!(change("<capacityWeight>1.0<", "<capacityWeight>1.5<").digest, before.digest);
}

#[test]
fn every_row_has_its_place() {
    let plan = plan(acme());
    let tables = serde_json::to_value(&plan.tables).unwrap();
    let provenance = plan.provenance.unwrap();
    for (table, rows) in tables.as_object().unwrap() {
        let rows = rows.as_array().map_or(1, Vec::len);
        // Users and what is outside are only named: no row of theirs stands anywhere.
        if table != "users" && table != "outside" {
            assert_eq!(provenance.get(table).map(Vec::len), Some(rows), "{table}");
        }
    }
}

#[test]
fn what_is_no_plan_is_refused_with_the_reason() {
    assert!(matches!(Plan::from_json("{"), Err(PlanError::Json(_))));
    let later = plan(acme()).to_json().replacen(&format!("\"format\": {FORMAT}"), "\"format\": 3, \"new\": 1", 1);
    let error = Plan::from_json(&later).unwrap_err().to_string();
    assert_eq!(
        error,
        "a routing plan of format 3, and this program reads format 2: read it with a later version of omnic"
    );
    // What an earlier version wrote is not read by halves.
    let earlier = r#"{"format": 1, "tables": {"queues": [{"name": "A", "routing_configuration": 0}]}}"#;
    assert_eq!(
        Plan::from_json(earlier).unwrap_err().to_string(),
        "a routing plan of format 1, and this program reads format 2: compile the project again, with `omnic compile -o \
         FILE`"
    );
    // A later version of this format may add fields.
    let added = plan(acme()).to_json().replacen("\"known\"", "\"new\": 1, \"known\"", 1);
    assert_eq!(Plan::from_json(&added).unwrap(), plan(acme()));
    let lacking = plan(acme()).to_json().replacen("\"known\"", "\"unknown\"", 1);
    assert!(matches!(Plan::from_json(&lacking), Err(PlanError::Json(_))));
}

#[test]
fn schema_describes_the_plan() {
    let schema = serde_json::from_str(&Plan::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let plan: serde_json::Value = serde_json::from_str(&plan(acme()).to_json()).unwrap();
    let errors: Vec<_> = validator.iter_errors(&plan).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
}

#[test]
fn of_a_component_in_two_packages_the_last_counts() {
    let config = |package: u32, priority: u32| TextFile {
        path: format!("package{package}/Tier_1.queueRoutingConfig-meta.xml"),
        text: format!(
            "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\"><capacityWeight>1.0</capacityWeight>\
             <label>Tier 1</label><routingModel>MOST_AVAILABLE</routingModel>\
             <routingPriority>{priority}</routingPriority></QueueRoutingConfig>"
        ),
        // The first path is in the last package.
        package: 2 - package,
        ignored: false,
    };
    let plan = plan(vec![config(1, 11), config(2, 22)]);
    assert_eq!(plan.tables.routing_configurations[0].priority, Some(11));
}

#[test]
fn what_the_org_has_lost_is_null_and_not_a_guess() {
    let text = "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\" \
                xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><capacityWeight>1.0</capacityWeight>\
                <label>A</label><routingModel xsi:nil=\"true\"/><routingPriority xsi:nil=\"true\"/></QueueRoutingConfig>";
    let path = "A.queueRoutingConfig-meta.xml".to_owned();
    let plan = plan(vec![TextFile { path, text: text.to_owned(), package: 0, ignored: false }]);
    let row = &plan.tables.routing_configurations[0];
    assert_eq!((row.model, row.priority), (None, None));
}

#[test]
fn skill_rules_of_a_set_in_two_packages_are_those_of_the_last() {
    let set = |package: u32, value: &str| TextFile {
        path: format!("package{package}/Case.workSkillRouting-meta.xml"),
        text: format!(
            "<WorkSkillRouting xmlns=\"http://soap.sforce.com/2006/04/metadata\"><isActive>true</isActive>\
             <masterLabel>Case</masterLabel><relatedEntity>Case</relatedEntity><workSkillRoutingAttributes>\
             <field>Case.Origin</field><skill>Chat</skill><value>{value}</value></workSkillRoutingAttributes>\
             </WorkSkillRouting>"
        ),
        package,
        ignored: false,
    };
    let plan = plan(vec![set(0, "Web"), set(1, "Phone")]);
    let values: Vec<_> = plan.tables.skill_rules.iter().map(|rule| rule.value.as_deref()).collect();
    assert_eq!(values, [Some("Phone")]);
}

/// A component of the example, and how it is written again as another one, so that both are right.
struct Sample {
    suffix: &'static str,
    name: &'static str,
    /// Others name it by its name.
    is_named: bool,
    /// What another one of its kind must not say.
    changes: &'static [(&'static str, &'static str)],
}

const fn sample(suffix: &'static str, name: &'static str) -> Sample {
    Sample { suffix, name, is_named: true, changes: &[] }
}

const SAMPLES: [Sample; 11] = [
    Sample {
        changes: &[("<relatedEntityType>Lead<", "<relatedEntityType>Order<")],
        ..sample("serviceChannel", "Leads")
    },
    sample("servicePresenceStatus", "Lunch"),
    sample("presenceDeclineReason", "Wrong_Team"),
    Sample { changes: &[("@acme.example", "@other.example")], ..sample("presenceUserConfig", "Voice_Agents") },
    sample("queueRoutingConfig", "Billing_By_Skills"),
    sample("queue", "Billing_DE"),
    sample("skill", "Refunds"),
    Sample {
        is_named: false,
        changes: &[("<relatedEntity>Case<", "<relatedEntity>Order<"), ("<field>Case.", "<field>Order.")],
        ..sample("workSkillRouting", "Case")
    },
    Sample { changes: &[("@acme.example", "@other.example")], ..sample("omniSupervisorConfig", "Support_Team_Leads") },
    sample("flow", "Route_Inbound_Call"),
    sample("messagingChannel", "Acme_Web_Chat"),
];

/// A row of a plan: its table and what identifies it there, and its lines without the commas at their ends.
struct Row {
    key: Vec<String>,
    text: String,
}

/// The rows of a plan, and each line that is in none.
fn rows(plan: &Plan) -> Vec<Row> {
    let text = Plan { provenance: None, digest: String::new(), ..plan.clone() }.to_json();
    let mut rows = Vec::new();
    let (mut table, mut open) = ("", Vec::new());
    for line in text.lines().map(|line| line.trim_end_matches(',')) {
        if line.starts_with("    \"") {
            table = line;
        }
        open.push(line);
        let opens = open.len() == 1 && line.starts_with("      ") && line.ends_with(['{', '[']);
        let is_inside = open.len() > 1 && !(line == "      }" || line == "      ]");
        if !opens && !is_inside {
            let text = std::mem::take(&mut open).join("\n");
            // Its name, after the name of the field; of a rule, the object, the field and the value.
            let words: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
            let many = if words.first() == Some(&"object") { 6 } else { 2 };
            let key = [&table].into_iter().chain(words.iter().take(many)).map(ToString::to_string).collect();
            rows.push(Row { key, text });
        }
    }
    assert!(open.is_empty(), "{open:?}");
    rows
}

/// The rows that differ between two plans, each as it was and as it is.
fn changed_rows(before: &Plan, after: &Plan) -> BTreeSet<String> {
    let (before, after) = (rows(before), rows(after));
    let texts = |rows: &[Row]| rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>();
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &texts(&before), &texts(&after));
    let changed = ops.iter().filter(|op| op.tag() != similar::DiffTag::Equal);
    let changed = changed.flat_map(|op| before[op.old_range()].iter().chain(&after[op.new_range()]));
    // A table comes with its first row, and goes with its last.
    let is_frame = |row: &&Row| !row.text.starts_with("      ") && row.text.ends_with(['{', '[', '}', ']']);
    let whole = |row: &Row| {
        let same = before.iter().chain(&after).filter(|other| other.key == row.key);
        same.map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n")
    };
    changed.filter(|row| !is_frame(row)).map(whole).collect()
}

#[test]
fn a_change_of_one_component_changes_only_rows_that_mention_it() {
    let files = acme();
    let before = plan(files.clone());
    assert_eq!(before.left_out, []);
    for Sample { suffix, name, is_named, changes } in SAMPLES {
        let other = format!("{name}_Too");
        let of = |name: &str| format!("/{name}.{suffix}-meta.xml");
        let own = files.iter().position(|file| file.path.ends_with(&of(name))).unwrap_or_else(|| panic!("{name}"));
        let path = files[own].path.replace(&of(name), &of(&other));
        // The file for the other one has the same words, but for those that only one component may say.
        let written = |changes: &[(&str, &str)]| {
            let text = changes.iter().fold(files[own].text.clone(), |text, (from, to)| text.replace(from, to));
            TextFile { path: path.clone(), text, ..files[own].clone() }
        };
        let mut added = files.clone();
        added.push(written(changes));
        let named = format!("{}{}", files[own].text, written(changes).text);
        let mut removed = files.clone();
        removed.remove(own);
        let mut renamed = removed.clone();
        if is_named {
            for file in &mut renamed {
                file.text = file.text.replace(&format!(">{name}<"), &format!(">{other}<"));
            }
        }
        renamed.push(written(&[]));
        for (what, files) in [("added", added), ("removed", removed), ("renamed", renamed)] {
            let after = plan(files);
            assert_eq!(after.left_out, [], "{suffix} {what}");
            let rows = changed_rows(&before, &after);
            assert!(!rows.is_empty(), "{suffix} {what}: nothing changes");
            for row in rows {
                let is_mentioned = row.contains(&format!("\"{name}\"")) || row.contains(&format!("\"{other}\""));
                // Users have no files: one has a row because components name the user.
                let user = row.trim().trim_matches('"');
                let is_user = user.ends_with(".example") && named.contains(&format!(">{user}<"));
                assert!(is_mentioned || is_user, "{suffix} {what}, and this changes:\n{row}");
            }
        }
    }
}

#[test]
fn a_changed_label_changes_nothing_in_the_tables() {
    let before = plan(acme());
    let mut files = acme();
    let mut changed = 0;
    for file in &mut files {
        let is_ours = !file.path.ends_with(".flow-meta.xml") && !file.path.contains("/objects/");
        for element in ["label", "masterLabel", "description", "email"] {
            let open = format!("<{element}>");
            if is_ours && file.text.contains(&open) {
                file.text = file.text.replace(&open, &format!("{open}x"));
                changed += 1;
            }
        }
    }
    assert!(changed > 40, "{changed}");
    let after = plan(files);
    assert_eq!((&after.tables, &after.digest), (&before.tables, &before.digest));
    assert_ne!(after.display, before.display);
    assert_eq!(
        after.display.unwrap().queues["Billing_DE"].description.as_deref().map(|text| &text[..7]),
        Some("xRouted")
    );
}

#[test]
fn what_is_at_its_default_is_not_written_and_read_as_if_it_were() {
    let plan = plan(acme());
    let text = plan.to_json();
    for word in ["null", "[]", "{}", "false", "\"manual\"", "\"inherited\"", "\"tab_based\""] {
        assert!(!text.contains(word), "{word}");
    }
    let row = r#"{"name": "A", "cost": {"units": 0.5}}"#;
    let read: omnic::plan::RoutingConfiguration = serde_json::from_str(row).unwrap();
    assert_eq!(read.cost, omnic::plan::Cost::Units(omnic::plan::Units(5_000)));
    assert_eq!((read.paused_cost, read.capacity_type), Default::default());
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"name":"A","cost":{"units":0.5}}"#);
}
