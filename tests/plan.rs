//! The plan as a contract: it reads back byte for byte, its schema is current, and only routing changes it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

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
        plan.provenance = None;
    }
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
