//! What stands above components.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::session::{Session, capabilities};

fn lenses(session: &Session, path: &str) -> Value {
    session.request("textDocument/codeLens", json!({ "textDocument": session.document(path) }))
}

fn titles(lenses: &Value) -> Vec<String> {
    let lenses = lenses.as_array().into_iter().flatten();
    lenses.map(|lens| lens["command"]["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_component_says_what_has_to_do_with_it() {
    let session = Session::example("acme-support");
    let files = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths =
        files.map(|file| file.path().strip_prefix(session.root()).unwrap().to_str().unwrap().replace('\\', "/"));
    let shown = paths.filter(|path| path.ends_with("-meta.xml")).filter_map(|path| {
        let titles = titles(&lenses(&session, &path));
        (!titles.is_empty()).then(|| (path.rsplit('/').next().unwrap().to_owned(), titles.join(" | ")))
    });
    let shown: BTreeMap<String, String> = shown.collect();
    insta::assert_json_snapshot!(shown);
}

#[test]
fn records_tell_more() {
    let session = Session::example("acme-support");
    session.write("omnic.toml", "[org]\nrecords = \"org\"\n");
    let all = ["/Cases_Tier_1.queue-meta.xml", "/Support_Tier_1.group-meta.xml", "/German.skill-meta.xml"];
    let all: BTreeMap<&str, Vec<String>> =
        all.into_iter().map(|ending| (ending, titles(&lenses(&session, &session.file(ending))))).collect();
    insta::assert_json_snapshot!(all);
}

#[test]
fn what_is_offered_to_nobody_is_not_said_to_be_offered() {
    let session = Session::example("broken");
    let of = |name: &str| titles(&lenses(&session, &session.file(&format!("/{name}.queue-meta.xml"))));
    let all = ["Escalations", "Messaging", "Service_Cases", "Weekend_Cases"];
    insta::assert_json_snapshot!(all.map(|name| (name, of(name))).into_iter().collect::<BTreeMap<_, _>>());
    let settings = session.file("OmniChannel.settings-meta.xml");
    session.open(&settings);
    session.edit(&settings, "<enableOmniChannel>true", "<enableOmniChannel>false");
    session.settle();
    assert_eq!(of("Service_Cases"), ["routed by `Service_Cases`", "offered to nobody"]);
}

/// A queue with a thousand members, of whom records tell much, is looked at in no time.
#[test]
fn who_is_offered_work_is_counted_member_by_member() {
    let mut users = String::from("Id,Username,IsActive,Profile.Name\n");
    let mut members = String::new();
    for n in 0..1000 {
        let _ = writeln!(users, "005{n:015},u{n}@example.com,{},{}", n % 10 != 0, ["Agent", "Other"][n % 2]);
        let _ = write!(members, "<user>u{n}@example.com</user>");
    }
    let status = |name: &str, granted: bool| {
        let status = "<servicePresenceStatus>Online</servicePresenceStatus>";
        let text = format!(
            "<servicePresenceStatusAccesses><enabled>{granted}</enabled>{status}</servicePresenceStatusAccesses>"
        );
        (format!("force-app/profiles/{name}.profile-meta.xml"), format!("<Profile>{text}</Profile>"))
    };
    let files = [
        ("sfdx-project.json".to_owned(), r#"{ "packageDirectories": [{ "path": "force-app" }], "sourceApiVersion": "66.0" }"#.to_owned()),
        ("omnic.toml".to_owned(), "[org]\nrecords = \"org\"\n".to_owned()),
        ("org/User.csv".to_owned(), users),
        ("org/PermissionSetAssignment.csv".to_owned(), "Assignee.Username,PermissionSet.Name,PermissionSetGroupId\n".to_owned()),
        status("Agent", true),
        status("Other", false),
        ("force-app/Cases.serviceChannel-meta.xml".to_owned(), "<ServiceChannel><label>Cases</label><relatedEntityType>Case</relatedEntityType></ServiceChannel>".to_owned()),
        ("force-app/Online.servicePresenceStatus-meta.xml".to_owned(), "<ServicePresenceStatus><channels><channel>Cases</channel></channels><label>Online</label></ServicePresenceStatus>".to_owned()),
        ("force-app/C.presenceUserConfig-meta.xml".to_owned(), "<PresenceUserConfig><assignments><users><user>u1@example.com</user><user>u2@example.com</user></users></assignments><capacity>1</capacity><label>C</label></PresenceUserConfig>".to_owned()),
        ("force-app/R.queueRoutingConfig-meta.xml".to_owned(), "<QueueRoutingConfig><capacityWeight>2</capacityWeight><label>R</label><routingModel>MOST_AVAILABLE</routingModel><routingPriority>1</routingPriority></QueueRoutingConfig>".to_owned()),
        ("force-app/Q.queue-meta.xml".to_owned(), format!("<Queue><name>Q</name><queueMembers><users>{members}</users></queueMembers><queueRoutingConfig>R</queueRoutingConfig><queueSobject><sobjectType>Case</sobjectType></queueSobject></Queue>")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let session = Session::start(&files, capabilities(), Value::Null);
    let path = "force-app/Q.queue-meta.xml";
    // Nine of ten are active; of the even ones, who are granted the status, one has too little capacity.
    assert_eq!(titles(&lenses(&session, path)), ["routed by `R`", "offered to 399 agents"]);
    let at = session.at(path, "<queueRoutingConfig>\u{a6}");
    let said = session.request("textDocument/hover", at)["contents"]["value"].as_str().unwrap().to_owned();
    let line = said.lines().find(|line| line.contains("Offered")).unwrap();
    assert!(line.starts_with("- Offered to 399 reps (members: 1000 users): `u4@example.com`"), "{line}");
    let others = "not to others: 500 members are granted no presence status that offers it, 1 member has too little capacity for an item";
    assert!(line.ends_with(others), "{line}");
}

#[test]
fn clients_that_show_places_are_handed_them() {
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        ("force-app/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml", "<QueueRoutingConfig/>"),
        (
            "force-app/queues/A.queue-meta.xml",
            "<Queue>\r\n <name>ö</name> <queueRoutingConfig>Tier_1</queueRoutingConfig>\r\n</Queue>",
        ),
    ];
    let able = Session::start(&files, capabilities(), json!({ "commands": ["omnic.showReferences"] }));
    let path = able.file("Tier_1.queueRoutingConfig-meta.xml");
    insta::assert_json_snapshot!("places", able.shown(&lenses(&able, &path)));
    let plain = Session::start(&files, capabilities(), Value::Null);
    insta::assert_json_snapshot!("places_to_ask_for", plain.shown(&lenses(&plain, &path)));
}

/// Whoever shows no places by itself runs the lens's command, and is answered what the lens counts.
#[test]
fn the_command_of_a_lens_answers_what_it_counts() {
    let session = Session::example("acme-support");
    let run = |lens: &Value| {
        let params = json!({ "command": lens["command"]["command"], "arguments": lens["command"]["arguments"] });
        session.request("workspace/executeCommand", params)
    };
    let mut seen = 0;
    for ending in ["/Cases_Tier_1.queue-meta.xml", "/Cases_Tier_1.queueRoutingConfig-meta.xml"] {
        for lens in lenses(&session, &session.file(ending)).as_array().unwrap() {
            let (title, places) = (lens["command"]["title"].as_str().unwrap(), run(lens));
            let first = places[0]["uri"].as_str().unwrap_or_default().to_owned();
            let number = title.split(' ').find_map(|word| word.parse().ok());
            if let Some(config) = title.strip_prefix("routed by `").and_then(|rest| rest.strip_suffix('`')) {
                assert_eq!(places.as_array().map(Vec::len), Some(1), "{places}");
                assert!(first.ends_with(&format!("/{config}.queueRoutingConfig-meta.xml")), "{title}: {places}");
                seen += 1;
            } else if let Some(number) = number {
                assert_eq!(places.as_array().map(Vec::len), Some(number), "{title}: {places}");
                seen += 1;
            }
        }
    }
    assert!(seen >= 3, "{seen}");
}

#[test]
fn they_can_be_switched_off() {
    let files = [
        ("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#),
        ("force-app/queues/A.queue-meta.xml", "<Queue><name>A</name></Queue>"),
    ];
    let session = Session::start(&files, capabilities(), json!({ "codeLens": false }));
    assert_eq!(lenses(&session, "force-app/queues/A.queue-meta.xml"), Value::Null);
}

#[test]
fn broken_files_and_strangers_have_none_or_what_is_known() {
    let session = Session::project(&[
        ("force-app/queues/A.queue-meta.xml", "<Queue><name>A</name><queueRoutingConfig>T</queueRoutingConfig><qu"),
        ("force-app/queues/Empty.queue-meta.xml", ""),
        ("force-app/queues/Other.queue-meta.xml", "<Group/>"),
        ("force-app/profiles/Plain.profile-meta.xml", "<Profile><custom>true</custom></Profile>"),
    ]);
    let missing = ["routed by `T`, not in the project"];
    assert_eq!(titles(&lenses(&session, "force-app/queues/A.queue-meta.xml")), missing);
    for path in ["queues/Empty.queue-meta.xml", "queues/Other.queue-meta.xml", "profiles/Plain.profile-meta.xml"] {
        assert_eq!(titles(&lenses(&session, &format!("force-app/{path}"))), [""; 0], "{path}");
    }
    session.open_as("elsewhere/B.txt", "<Queue/>");
    assert_eq!(lenses(&session, "elsewhere/B.txt"), Value::Null);
}
