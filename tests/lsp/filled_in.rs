//! What is filled in when a project is deployed, in the editor.

use serde_json::{Value, json};

use crate::session::{Session, capabilities};

const QUEUE: &str = "force-app/main/default/queues/Support.queue-meta.xml";
const CONFIG: &str = "force-app/main/default/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml";

/// The description of a project that fills `entries` in.
fn described(entries: &Value) -> String {
    json!({ "packageDirectories": [{ "path": "force-app" }], "replacements": entries }).to_string()
}

/// A project in which the cost, and the name of the routing configuration, are placeholders.
fn start(entries: &Value) -> Session {
    let head = |kind: &str, inside: &str| {
        format!("<{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n{inside}\n</{kind}>\n")
    };
    let queue = head(
        "Queue",
        "    <doesSendEmailToMembers>false</doesSendEmailToMembers>\n    <name>Support</name>\n    \
         <queueRoutingConfig>Tier_1</queueRoutingConfig>",
    );
    let config = head(
        "QueueRoutingConfig",
        "    <capacityWeight>#COST#</capacityWeight>\n    <label>Tier 1</label>\n    \
         <routingModel>MOST_AVAILABLE</routingModel>\n    <routingPriority>1</routingPriority>",
    );
    let files = [("sfdx-project.json", &*described(entries)), (QUEUE, &queue), (CONFIG, &config)];
    let session = Session::start(&files, capabilities(), Value::Null);
    session.settle();
    session
}

fn entries() -> Value {
    json!([
        { "glob": "**/*.xml", "stringToReplace": "#COST#", "replaceWithEnv": "COST" },
        {
            "filename": "Support.queue-meta.xml",
            "stringToReplace": "Tier_1",
            "replaceWithFile": "deploy/routing.txt",
            "replaceWhenEnv": [{ "env": "A", "value": "1" }]
        }
    ])
}

fn hover(session: &Session, path: &str, needle: &str) -> String {
    let found = session.request("textDocument/hover", session.at(path, needle));
    found["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
}

#[test]
fn a_value_that_is_filled_in_is_not_underlined_and_says_what_fills_it_in() {
    let session = start(&entries());
    assert_eq!(session.codes().values().flatten().collect::<Vec<_>>(), [""; 0]);
    insta::assert_snapshot!(format!(
        "{}\n\n{}",
        hover(&session, CONFIG, "<capacityWeight>#¦COST#"),
        hover(&session, QUEUE, "<queueRoutingConfig>Ti¦er_1"),
    ));
}

#[test]
fn a_value_that_is_filled_in_names_no_component() {
    let session = start(&entries());
    let place = session.at(QUEUE, "<queueRoutingConfig>Ti¦er_1");
    assert_eq!(session.request("textDocument/definition", place.clone()), Value::Null);
    let refused = session.try_request("textDocument/prepareRename", place).unwrap_err();
    assert!(refused.contains("nothing here names a component"), "{refused}");
}

#[test]
fn the_description_counts_as_it_was_last_saved() {
    let session = start(&json!([]));
    let codes = |session: &Session| session.codes().get(CONFIG).cloned().unwrap_or_default();
    assert_eq!(codes(&session), ["OC105"]);
    session.write("sfdx-project.json", &described(&entries()));
    session.settle();
    assert_eq!(codes(&session), [""; 0]);
    session.write("sfdx-project.json", &described(&json!([])));
    session.settle();
    assert_eq!(codes(&session), ["OC105"]);
}
