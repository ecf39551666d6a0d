//! What the server can be told to run.

use serde_json::{Value, json};

use crate::session::Session;

fn run(session: &Session, name: &str, argument: impl Into<Value>) -> Result<Value, String> {
    let params = json!({ "command": format!("omnic.server.{name}"), "arguments": [argument.into()] });
    session.try_request("workspace/executeCommand", params).map(|value| session.shown(&value))
}

/// The example with its records.
fn acme() -> Session {
    let session = Session::example("acme-support");
    session.write("omnic.toml", "[org]\nrecords = \"org\"\n");
    session.settle();
    session
}

fn explained(session: &Session, queue: &str, agent: &str) -> Value {
    let uri = session.uri("sfdx-project.json");
    let file = session.file("OmniChannel.settings-meta.xml");
    assert_eq!(run(session, "explainOffer", json!({ "uri": uri, "queue": queue, "agent": agent })), Ok(Value::Null));
    run(session, "explainOffer", json!({ "uri": session.uri(&file), "queue": queue, "agent": agent })).unwrap()
}

#[test]
fn commands_are_announced_and_their_arguments_read() {
    let session = Session::example("broken");
    let names = session.capabilities["capabilities"]["executeCommandProvider"]["commands"].clone();
    assert_eq!(names.as_array().unwrap().len(), 6);
    for name in names.as_array().unwrap() {
        let short = name.as_str().unwrap().strip_prefix("omnic.server.").unwrap();
        let error = run(&session, short, json!(7)).unwrap_err();
        assert!(error.contains("makes no sense"), "{error}");
        let nowhere = json!({ "uri": "file:///nowhere/A.queue-meta.xml", "queue": "A", "agent": "b",
            "position": { "line": 0, "character": 0 } });
        assert_eq!(run(&session, short, nowhere), Ok(Value::Null), "{name}");
    }
    assert!(run(&session, "other", json!({})).unwrap_err().contains("is no command"));
    let params = json!({ "command": "omnic.server.componentAt" });
    assert!(session.try_request("workspace/executeCommand", params).is_err());
}

#[test]
fn the_routing_graph_is_drawn() {
    let session = acme();
    let queue = session.file("queues/Cases_Tier_2.queue-meta.xml");
    let drawn = run(&session, "routingGraph", json!({ "uri": session.uri(&queue), "depth": 1 })).unwrap();
    insta::assert_json_snapshot!(drawn);
    let at = session.at(&queue, "<queueRoutingConfig>\u{a6}");
    let position = at["position"].clone();
    let deeper = run(&session, "routingGraph", json!({ "uri": session.uri(&queue), "position": position })).unwrap();
    assert!(deeper["center"].as_str().unwrap().starts_with("QueueRoutingConfig:"), "{}", deeper["center"]);
    insta::assert_snapshot!(deeper["text"].as_str().unwrap());
}

#[test]
fn what_many_name_does_not_lead_on() {
    let session = acme();
    let at = |ending: &str| json!({ "uri": session.uri(&session.file(ending)) });
    let of_queue = run(&session, "routingGraph", at("queues/Cases_Tier_2.queue-meta.xml")).unwrap();
    let text = of_queue["text"].as_str().unwrap();
    let begins = |words: &str| text.lines().any(|line| line.starts_with(words));
    assert!(begins("supervisor configuration `Support_Team_Leads`"), "{text}");
    assert!(!begins("queue `Voice_Inbound`") && !begins("queue `Cases_Tier_1`"), "{text}");
    for decides in ["object `Case`", "service channel `Cases`", "presence status `Available_Cases`", "permission set `"]
    {
        assert!(begins(decides), "{decides}: {text}");
    }
    // At the center it does.
    let of_supervisor = run(&session, "routingGraph", at("Support_Team_Leads.omniSupervisorConfig-meta.xml")).unwrap();
    let text = of_supervisor["text"].as_str().unwrap();
    assert!(text.contains("\nqueue `Cases_Tier_1`\n") && text.contains("shows the skill `German`"), "{text}");
    for twice in ["the skill the skill", "reason the decline reason", "supervisor the user"] {
        assert!(!text.contains(twice), "{text}");
    }
}

#[test]
fn a_large_graph_is_cut_and_awkward_names_are_escaped() {
    let users: Vec<String> = (0..300).map(|n| format!("<user>u{n}@example.com</user>")).collect();
    let users = users.concat();
    let text = format!(
        "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name><queueMembers><users><user>a\"]#|@b</user>{users}</users></queueMembers></Queue>"
    );
    let session = Session::project(&[("force-app/A.queue-meta.xml", &text)]);
    let uri = session.uri("force-app/A.queue-meta.xml");
    let drawn = run(&session, "routingGraph", json!({ "uri": uri })).unwrap();
    assert_eq!(drawn["nodes"].as_array().unwrap().len(), 200);
    assert!(drawn["text"].as_str().unwrap().ends_with("102 components more are near enough, and left out\n"));
    assert!(
        drawn["mermaid"].as_str().unwrap().contains("n1[\"user<br>a#34;#93;#35;#124;@b\"]"),
        "{}",
        drawn["mermaid"]
    );
}

#[test]
fn the_component_at_a_place_is_told() {
    let session = acme();
    let queue = session.file("queues/Cases_Tier_2.queue-meta.xml");
    let own =
        run(&session, "componentAt", json!({ "uri": session.uri(&queue), "position": { "line": 0, "character": 0 } }));
    let named = session.at(&queue, "<queueRoutingConfig>\u{a6}")["position"].clone();
    let named = run(&session, "componentAt", json!({ "uri": session.uri(&queue), "position": named }));
    insta::assert_json_snapshot!([own.unwrap(), named.unwrap()]);
    let choices = run(&session, "offerChoices", json!({ "uri": session.uri(&queue) })).unwrap();
    insta::assert_json_snapshot!(choices);
}

#[test]
fn why_work_is_offered_is_explained_step_by_step() {
    let session = acme();
    let choices =
        run(&session, "offerChoices", json!({ "uri": session.uri(&session.file("OmniChannel.settings-meta.xml")) }))
            .unwrap();
    let names = |key: &str| {
        choices[key].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let mut told = String::new();
    for queue in names("queues").iter().step_by(2) {
        for agent in names("agents").iter().step_by(9) {
            let of = explained(&session, queue, agent);
            assert!(of["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()));
            told.extend([of["text"].as_str().unwrap(), "\n"]);
        }
    }
    insta::assert_snapshot!(told);
    let uri = session.uri(&session.file("OmniChannel.settings-meta.xml"));
    let error = run(&session, "explainOffer", json!({ "uri": uri, "queue": "Nobodys", "agent": "x" })).unwrap_err();
    assert!(error.contains("neither the project nor its records know the queue `Nobodys`"), "{error}");
}

#[test]
fn without_records_much_is_not_known() {
    let session = Session::example("acme-support");
    let uri = session.uri(&session.file("OmniChannel.settings-meta.xml"));
    let choices = run(&session, "offerChoices", json!({ "uri": uri })).unwrap();
    let queue = choices["queues"][0].as_str().unwrap();
    let agent = choices["agents"][0].as_str().unwrap();
    insta::assert_json_snapshot!(explained(&session, queue, agent));
}

#[test]
fn a_plan_is_compiled_of_what_the_buffers_hold() {
    let session = acme();
    let queue = session.file("queues/Cases_Tier_2.queue-meta.xml");
    let uri = json!({ "uri": session.uri(&queue) });
    let compiled = run(&session, "compiledPlan", uri.clone()).unwrap();
    assert_eq!((compiled["errors"].clone(), compiled["plan"]["format"].clone()), (json!(0), json!(2)));
    assert!(compiled["plan"]["provenance"].is_object());
    let config = session.file("Billing_By_Skills.queueRoutingConfig-meta.xml");
    session.open(&config);
    session.edit(&config, "<routingPriority>", "<routingPriority>1");
    let changed = run(&session, "compiledPlan", uri.clone()).unwrap();
    assert_ne!(compiled["plan"]["digest"], changed["plan"]["digest"]);
    session.open(&queue);
    session.edit(&queue, "<queueRoutingConfig>", "<queueRoutingConfig>Not_");
    let broken = run(&session, "compiledPlan", uri).unwrap();
    assert_eq!((broken["plan"].clone(), broken["errors"].clone()), (Value::Null, json!(1)));
}
