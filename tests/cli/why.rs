//! `omnic why`: questions about work, of a project, a plan and a saved state.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::small::{project, write};

const ACME: &str = "examples/acme-support";
const ORG: &str = "examples/acme-support/org";
const BROKEN: &str = "examples/broken";
const MORNING: &str = "examples/acme-support/events/morning.jsonl";

fn omnic(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OMNIC_")) {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap().replace("\r\n", "\n")
}

/// Standard output of a question that is answered.
fn why(args: &[&str]) -> String {
    let output = omnic(&[&["why"], args].concat());
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

/// The answer as JSON, which the schema allows.
fn json(args: &[&str]) -> Value {
    let value: Value = serde_json::from_str(&why(&[args, &["--format", "json"]].concat())).unwrap();
    let schema: Value = serde_json::from_str(&omnic::cli::why::schema()).unwrap();
    let errors: Vec<String> =
        jsonschema::validator_for(&schema).unwrap().iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{args:?}: {errors:#?}");
    value
}

/// What is said of a question that cannot be answered, with exit status 2.
fn refused(args: &[&str]) -> String {
    let output = omnic(&[&["why"], args].concat());
    assert_eq!((output.status.code(), text(&output.stdout)), (Some(2), String::new()), "{args:?}");
    text(&output.stderr)
}

fn users(group: &Value) -> Vec<&str> {
    group["users"].as_array().unwrap().iter().map(|user| user.as_str().unwrap()).collect()
}

/// A folder with the plan of the example, and the state at the end of its morning.
fn morning() -> (tempfile::TempDir, String, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (plan, state) = (path("plan.json"), path("state.json"));
    assert!(omnic(&["compile", ACME, "--records", ORG, "-o", &plan]).status.success());
    assert!(omnic(&["run", &plan, "--events", MORNING, "--save", &state]).status.success());
    (folder, plan, state)
}

#[test]
fn a_queue_has_its_members_by_what_is_known_of_them() {
    let value = json(&[ACME, "--records", ORG, "--queue", "Cases_Tier_1"]);
    assert_eq!((&value["format_version"], &value["source"]), (&Value::from(1), &Value::from("project")));
    let work = &value["works"][0];
    assert_eq!(work["answer"], "yes");
    assert_eq!(work["summary"], "all 3 members of `Cases_Tier_1` can be offered its cases");
    assert_eq!(
        users(&work["reps"][0]),
        ["felix.braun@acme.example", "jonas.weber@acme.example", "maria.keller@acme.example"]
    );
    let place = &work["reps"][0]["place"];
    let file = place["file"].as_str().unwrap();
    let line = std::fs::read_to_string(Path::new(ACME).join(file)).unwrap();
    let line = line.lines().nth(place["line"].as_u64().unwrap() as usize - 1).unwrap();
    assert_eq!(
        (line.trim(), &place["excerpt"]),
        ("<channel>Cases</channel>", &Value::from("<channel>Cases</channel>"))
    );
    let unknown = json(&[ACME, "--queue", "Cases_Tier_1"]);
    let work = &unknown["works"][0];
    assert_eq!((&work["answer"], &work["complete"]), (&Value::from("unknown"), &Value::from(false)));
    assert_eq!(
        work["unseen"][0]["text"],
        "who is in the public group `Support_Tier_1` is not in the project: add records of the org"
    );
}

#[test]
fn one_rep_has_every_step() {
    let value = json(&[ACME, "--records", ORG, "--queue", "Cases_Tier_1", "--agent", "anna.schmidt@acme.example"]);
    let work = &value["works"][0];
    assert_eq!(work["answer"], "no");
    let steps: Vec<(&str, &str)> = work["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (step["condition"].as_str().unwrap(), step["holds"].as_str().unwrap()))
        .collect();
    assert_eq!(steps[..4], [("routed", "yes"), ("active", "no"), ("model", "yes"), ("carried", "yes")]);
    assert_eq!(work["ways"][0]["changes"][0]["text"], "activate `anna.schmidt@acme.example` in the org");
}

#[test]
fn an_object_goes_through_its_queues_and_a_flow_to_where_it_leads() {
    let value = json(&[ACME, "--records", ORG, "--object", "Case", "--field", "Case.Language__c=German"]);
    let queues: Vec<&str> =
        value["works"].as_array().unwrap().iter().map(|work| work["queue"].as_str().unwrap()).collect();
    let expected = ["Billing_DE", "Billing_EN", "Cases_Tier_1", "Cases_Tier_2", "Cases_Tier_3", "Partner_Repairs"];
    assert_eq!(queues, expected);
    assert_eq!(users(&value["works"][0]["reps"][0]), ["felix.braun@acme.example", "priya.nair@acme.example"]);
    assert_eq!(value["works"][5]["answer"], "unknown", "a partner decides");
    let notes = value["notes"].as_array().unwrap();
    assert_eq!(
        notes[0],
        "the queue `Support_Overflow` has no routing configuration, so Omni-Channel does not push work"
    );
    let value = json(&[ACME, "--records", ORG, "--flow", "Route_Messaging"]);
    let work = &value["works"][0];
    assert_eq!(work["flow"], "Route_Messaging");
    assert_eq!((&work["queue"], &work["answer"]), (&Value::from("Messaging_Support"), &Value::from("yes")));
    let nothing = why(&[ACME, "--flow", "Message_Agents"]);
    assert!(nothing.contains("has no route-work action: it hands no work over"), "{nothing}");
}

#[test]
fn fields_that_nothing_asks_for_are_named() {
    let said = why(&[ACME, "--queue", "Billing_DE", "--field", "Langage__c=German"]);
    let expected = "note: no active skill mapping set asks for the field `Langage__c`; did you mean `Language__c`?";
    assert!(said.ends_with(&format!("{expected}\n")), "{said}");
}

#[test]
fn a_record_comes_into_the_queue_that_owns_it() {
    let folder = tempfile::tempdir().unwrap();
    let ask = |record: &str| {
        write(folder.path(), "case.json", record);
        let file = folder.path().join("case.json");
        json(&[ACME, "--records", ORG, "--record", file.to_str().unwrap()])
    };
    let value = ask(
        r#"{"attributes": {"type": "Case"}, "Language__c": "German", "Topic__c": "Refund", "Account": {"Name": "A"},
            "Owner": {"attributes": {"type": "Group"}, "Name": "Billing (German)"}}"#,
    );
    assert_eq!(value["works"].as_array().unwrap().len(), 1);
    assert_eq!(value["works"][0]["queue"], "Billing_DE", "by its label");
    assert_eq!(users(&value["works"][0]["reps"][0]), ["priya.nair@acme.example"], "she alone has all three skills");
    assert_eq!(value["notes"], serde_json::json!(["`Account` is not used: it is another record"]));
    let value = ask(r#"{"attributes": {"type": "Case"}, "OwnerId": "00G000000000009EAA"}"#);
    assert_eq!(value["works"].as_array().unwrap().len(), 6);
    assert!(value["notes"][0].as_str().unwrap().starts_with("the owner `00G000000000009EAA` is an Id"), "{value:#}");
    let value = ask(r#"{"attributes": {"type": "Lead"}, "Owner": {"Name": "Cases_Tier_1"}}"#);
    let note = "the queue `Cases_Tier_1` does not hold `Lead`, so the record cannot come into it";
    assert_eq!(value["notes"][0], note);
}

#[test]
fn what_a_project_with_errors_says_is_told_all_the_same() {
    let output = omnic(&["why", BROKEN, "--queue", "Escalations"]);
    assert_eq!(output.status.code(), Some(0));
    let expected =
        "note: the project has 16 errors, which `omnic check` shows; the answer is what its files say all the same\n";
    assert_eq!(text(&output.stderr), expected);
    let said = text(&output.stdout);
    assert!(said.starts_with("Nobody can be offered the cases of `Escalations`: an item takes 10 units"), "{said}");
    assert!(
        said.contains("- raise `capacity` of `Senior_Agents` to 10, or lower `capacityWeight` of `Escalations` to 8")
    );
    let said = why(&[BROKEN, "--queue", "Weekend_Cases"]).replace('\n', " ");
    assert!(said.contains("retrieve it, or write `Service_Cases` if that is meant"), "{said}");
}

#[test]
fn a_plan_gives_the_answer_of_its_project() {
    let (_folder, plan, _) = morning();
    for question in [
        &["--queue", "Cases_Tier_1"][..],
        &["--queue", "Billing_DE", "--field", "Language__c=German", "--field", "Topic__c=Complaint"],
        &["--queue", "Cases_Tier_1", "--skills", "German=5"],
        &["--queue", "Cases_Tier_1", "--capacity", "0.5"],
        &["--queue", "Cases_Tier_1", "--status", "Available_Leads"],
        &["--queue", "Partner_Repairs"],
        &["--queue", "Support_Overflow"],
        &["--flow", "Route_Messaging"],
        &["--object", "Lead"],
    ] {
        let of = |value: &Value| -> Vec<(Value, Vec<(Value, Value)>)> {
            let reps = |work: &Value| {
                let groups = work["reps"].as_array().unwrap().iter();
                let mut groups: Vec<_> = groups.filter(|group| group["answer"] == "yes").collect();
                groups.sort_by_key(|group| group["users"].to_string());
                groups.iter().map(|group| (group["answer"].clone(), group["users"].clone())).collect()
            };
            value["works"].as_array().unwrap().iter().map(|work| (work["answer"].clone(), reps(work))).collect()
        };
        let files = json(&[&[ACME, "--records", ORG], question].concat());
        let planned = json(&[&[&*plan], question].concat());
        assert_eq!(of(&files), of(&planned), "{question:?}");
        assert_eq!(planned["source"], "plan");
    }
}

#[test]
fn a_state_says_why_an_item_waits_what_went_first_and_which_timers_run() {
    let (folder, plan, state) = morning();
    let value = json(&[&plan, "--state", &state, "--item", "4735"]);
    let item = &value["item"];
    assert_eq!((&value["source"], &item["waits"]), (&Value::from("state"), &Value::from(true)));
    assert_eq!(
        item["summary"],
        "case 4735 from `Cases_Tier_3` waits for 18 min 20 s, with priority 3: nobody can take it now"
    );
    assert_eq!(users(&item["reps"][0]), ["david.okafor@acme.example", "ingrid.larsen@acme.example"]);
    assert_eq!(item["reps"][0]["text"], "would need 4, has 0 free");
    let first = &item["went_first"][0];
    assert_eq!((&first["work_item"], &first["text"]), (&"4736".into(), &"secondary priority 1 before 3".into()));
    let with_project = json(&[ACME, "--records", ORG, "--state", &state, "--item", "4735"]);
    assert_eq!(with_project, value, "a project is compiled");
    let one = json(&[&plan, "--state", &state, "--item", "4735", "--agent", "greta.nilsson@acme.example"]);
    assert_eq!(one["item"]["reps"].as_array().unwrap().len(), 1);
    assert_eq!(one["item"]["reps"][0]["text"], "not logged in");
    let open = json(&[&plan, "--state", &state, "--item", "4736"]);
    assert_eq!(open["item"]["waits"], false);
    assert!(open["item"]["summary"].as_str().unwrap().contains("is open with david.okafor@acme.example since"));
    // Minutes before, skills are still to be let go.
    let events = std::fs::read_to_string(MORNING).unwrap();
    let early: Vec<&str> = events
        .lines()
        .take_while(|line| line[..50].contains("T08:05") || line[7..26] < *"2026-11-23T08:06:00")
        .collect();
    write(folder.path(), "early.jsonl", &early.join("\n"));
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (events, earlier) = (path("early.jsonl"), path("earlier.json"));
    assert!(omnic(&["run", &plan, "--events", &events, "--save", &earlier]).status.success());
    let value = json(&[&plan, "--state", &earlier, "--item", "4742"]);
    let timers = value["item"]["timers"].as_array().unwrap();
    let drops = timers.iter().find(|timer| timer["at"] == "2026-11-23T08:07:00Z").unwrap();
    assert!(
        drops["text"].as_str().unwrap().starts_with("it begins to let additional skills go: `Tier_3`, in "),
        "{drops}"
    );
}

#[test]
fn questions_that_cannot_be_asked_are_refused_with_what_can() {
    let (folder, plan, state) = morning();
    let here = folder.path().join("not-a-record.json");
    write(folder.path(), "not-a-record.json", "{\"Priority\": \"High\"}");
    let here = here.to_str().unwrap();
    for (args, expected) in [
        (
            &[ACME, "--queue", "Cases_Teer_1"][..],
            "error: --queue: the project has no queue `Cases_Teer_1`\n  help: did you mean `Cases_Tier_1`?\n",
        ),
        (
            &[ACME, "--queue", "Billing (German)"],
            "error: --queue: the project has no queue `Billing (German)`\n  help: did you mean `Billing_DE`?\n",
        ),
        (
            &[ACME, "--queue", "Cases_Tier_1", "--agent", "mria.keller@acme.example"],
            "error: --agent: the project has no rep `mria.keller@acme.example`\n  help: did you mean `maria.keller@acme.example`?\n",
        ),
        (
            &[ACME, "--flow", "Route_Mesaging"],
            "error: --flow: the project has no flow `Route_Mesaging`\n  help: did you mean `Route_Messaging`?\n",
        ),
        (
            &[&plan, "--queue", "Cases_Teer_1"],
            "error: --queue: the plan has no queue `Cases_Teer_1`\n  help: did you mean `Cases_Tier_1`?\n",
        ),
        (
            &[&plan, "--queue", "Cases_Tier_1", "--status", "Available_Case"],
            "error: --status: the plan has no presence status `Available_Case`\n  help: did you mean `Available_Cases`?\n",
        ),
        (
            &[&plan, "--state", &state, "--item", "47355"],
            "error: --item: the state has no record `47355`\n  help: name one of `201`, `202`, `301`, `4711`, `4712`, `4713`, `4714`, `4715`, `4716`, `4721` and 15 more\n",
        ),
    ] {
        assert_eq!(refused(args), expected, "{args:?}");
    }
    assert!(refused(&[ACME, "--record", here]).contains("it has no `attributes` with the `type` of its object"));
    assert!(refused(&[&plan, "--queue", "Cases_Tier_1", "--records", ORG]).contains("`--records` is for a project"));
    assert!(refused(&[ACME]).starts_with("error: no question is given\n  help: ask about a queue with `--queue NAME`"));
    assert!(refused(&[ACME, "--queue", "A", "--object", "Case"]).contains("cannot be used with"));
    assert!(refused(&[ACME, "--item", "4711"]).contains("--state"));
    assert!(refused(&["src", "--queue", "A"]).contains("nothing to check"));
    let other = folder.path().join("other.json");
    assert!(omnic(&["compile", ACME, "-o", other.to_str().unwrap()]).status.success());
    assert!(
        refused(&[other.to_str().unwrap(), "--state", &state, "--item", "4735"]).contains("saved with another plan")
    );
}

#[test]
fn what_a_project_holds_is_printed_and_not_obeyed() {
    let queue = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name><queueMembers><users>\
                 <user>a&#x9b;31m@b.c</user></users></queueMembers><queueRoutingConfig>General</queueRoutingConfig>\
                 <queueSobject><sobjectType>Case</sobjectType></queueSobject></Queue>";
    let channel = "<ServiceChannel xmlns=\"http://soap.sforce.com/2006/04/metadata\"><label>A</label>\
                   <relatedEntityType>Case</relatedEntityType></ServiceChannel>";
    let status = "<ServicePresenceStatus xmlns=\"http://soap.sforce.com/2006/04/metadata\"><channels><channel>A</channel>\
                  </channels><label>A</label></ServicePresenceStatus>";
    let folder = project(&[
        ("app/queues/Odd.queue-meta.xml", queue),
        ("app/serviceChannels/A.serviceChannel-meta.xml", channel),
        ("app/servicePresenceStatuses/A.servicePresenceStatus-meta.xml", status),
    ]);
    let root = folder.path().to_str().unwrap();
    for format in ["human", "json"] {
        let said = why(&[root, "--queue", "Odd", "--format", format]);
        assert!(!said.contains('\u{9b}') && said.contains("31m@b.c"), "{said}");
    }
}
