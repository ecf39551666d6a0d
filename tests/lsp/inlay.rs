//! What stands behind values.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::session::{Session, capabilities, position};

fn hints(session: &Session, path: &str) -> Value {
    let text = session.text(path);
    let range = json!({ "start": position(&text, 0), "end": position(&text, text.len()) });
    session.request("textDocument/inlayHint", json!({ "textDocument": session.document(path), "range": range }))
}

/// The lines that have hints, with them.
fn lines(session: &Session, path: &str) -> Vec<String> {
    let text = session.text(path);
    let hints = hints(session, path);
    let hints = hints.as_array().into_iter().flatten();
    let line = |hint: &Value| {
        let line = usize::try_from(hint["position"]["line"].as_u64().unwrap()).unwrap();
        format!("{} [{}]", text.lines().nth(line).unwrap().trim(), hint["label"].as_str().unwrap())
    };
    hints.map(line).collect()
}

#[test]
fn every_file_of_the_example() {
    let session = Session::example("acme-support");
    let files = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths =
        files.map(|file| file.path().strip_prefix(session.root()).unwrap().to_str().unwrap().replace('\\', "/"));
    let shown = paths.filter(|path| path.ends_with("-meta.xml")).filter_map(|path| {
        let lines = lines(&session, &path);
        (!lines.is_empty()).then(|| (path.rsplit('/').next().unwrap().to_owned(), lines))
    });
    let shown: BTreeMap<String, Vec<String>> = shown.collect();
    insta::assert_json_snapshot!(shown);
}

const CONFIG: &str = "force-app/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml";

fn project(weight: &str, capacities: &[(&str, i32)], options: Value) -> Session {
    let mut files = vec![
        ("sfdx-project.json".to_owned(), r#"{ "packageDirectories": [{ "path": "force-app" }] }"#.to_owned()),
        (
            CONFIG.to_owned(),
            format!("<QueueRoutingConfig>\n<capacityWeight>{weight}</capacityWeight>\n</QueueRoutingConfig>"),
        ),
    ];
    let users: Vec<String> = capacities.iter().map(|(name, _)| format!("<user>{name}@example.com</user>")).collect();
    let users = users.concat();
    for (name, capacity) in capacities {
        files.push((
            format!("force-app/presenceUserConfigs/{name}.presenceUserConfig-meta.xml"),
            format!(
                "<PresenceUserConfig><assignments><users><user>{name}@example.com</user></users></assignments>\n\
                 <capacity>{capacity}</capacity></PresenceUserConfig>"
            ),
        ));
    }
    let queue = format!(
        "<Queue><queueMembers><users>{users}</users></queueMembers>\
         <queueRoutingConfig>Tier_1</queueRoutingConfig></Queue>"
    );
    files.push(("force-app/queues/A.queue-meta.xml".to_owned(), queue));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    Session::start(&files, capabilities(), options)
}

#[test]
fn costs_say_how_many_fit() {
    let at = |weight: &str, capacities: &[(&str, i32)]| {
        let session = project(weight, capacities, Value::Null);
        lines(&session, CONFIG).first().map(|line| line.split_once(" [").unwrap().1.trim_end_matches(']').to_owned())
    };
    assert_eq!(at("2.0", &[("a", 6)]).as_deref(), Some("fits 3 of these in 6 units"));
    assert_eq!(at("2.0", &[("a", 6), ("b", 6)]).as_deref(), Some("fits 3 of these in 6 units"));
    assert_eq!(at("2", &[("a", 6), ("b", 11)]).as_deref(), Some("fits 3 in `a`, 5 in `b`"));
    assert_eq!(at("2", &[("a", 6), ("b", 11), ("c", 1)]).as_deref(), Some("fits 3 in `a`, 5 in `b`, …"));
    assert_eq!(at("7", &[("a", 6)]).as_deref(), Some("fits none of these in 6 units"));
    assert_eq!(at("0.1", &[("a", 3)]).as_deref(), Some("fits 30 of these in 3 units"));
    assert_eq!(at("0", &[("a", 6)]), None);
    assert_eq!(at("many", &[("a", 6)]), None);
    assert_eq!(at("2.0", &[]), None);
}

#[test]
fn capacities_say_what_they_take() {
    let session = project("2.0", &[("a", 7)], Value::Null);
    let path = session.file("a.presenceUserConfig-meta.xml");
    assert_eq!(lines(&session, &path), ["<capacity>7</capacity></PresenceUserConfig> [fits 3 of `Tier_1`]"]);
}

#[test]
fn only_what_is_asked_for_is_told_and_nothing_if_it_is_switched_off() {
    let session = project("2.0", &[("a", 6)], Value::Null);
    let ask = |session: &Session, from: u32, to: u32| {
        let range = json!({ "start": { "line": from, "character": 0 }, "end": { "line": to, "character": 0 } });
        session.request("textDocument/inlayHint", json!({ "textDocument": session.document(CONFIG), "range": range }))
    };
    assert_eq!(ask(&session, 0, 1), json!([]));
    assert_eq!(ask(&session, 1, 2)[0]["position"], json!({ "line": 1, "character": 36 }));
    assert_eq!(ask(&session, 900, 1000), json!([]));
    let session = project("2.0", &[("a", 6)], json!({ "inlayHints": false }));
    assert_eq!(ask(&session, 0, 9), Value::Null);
}

#[test]
fn seconds_and_what_is_left_out() {
    let path = "force-app/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml";
    let text = "\u{feff}<QueueRoutingConfig xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\r\n\
                <capacityType xsi:nil=\"true\"/>\r\n\
                <!-- ö𝄞 --><dropAdditionalSkillsTimeout>150</dropAdditionalSkillsTimeout>\r\n\
                <label>150</label>\r\n<pushTimeout>90</pushTimeout>\r\n<pushTimeout>3600";
    let session = Session::project(&[(path, text)]);
    let found = hints(&session, path);
    let found: Vec<(&Value, &Value)> =
        found.as_array().unwrap().iter().map(|hint| (&hint["position"], &hint["label"])).collect();
    assert_eq!(
        found,
        [
            (&json!({ "line": 1, "character": 30 }), &json!("default: INHERITED")),
            (&json!({ "line": 2, "character": 74 }), &json!("= 2 min 30 s")),
        ]
    );
}
