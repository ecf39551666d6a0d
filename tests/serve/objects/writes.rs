//! What may be written, and what Salesforce says if it may not.

use serde_json::{Map, Value, json};

use crate::objects::object;
use crate::objects::room::{Catalogue, Write, WriteError};

const VERSION: u32 = 56;

fn body(value: &Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

fn shown(result: Result<(), WriteError>) -> String {
    match result {
        Ok(()) => "may".to_owned(),
        Err(error) => format!("{error} {:?}", error.fields),
    }
}

/// The word before the first colon: `may`, or the code.
fn code(result: Result<(), WriteError>) -> String {
    result.map_or_else(|error| error.code.into_owned(), |()| "may".to_owned())
}

#[test]
fn who_may_be_written_at_all() {
    use Write::{Create, Delete, Undelete, Update};
    let catalogue = Catalogue::standard();
    let (no, read_only) = ("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "INSUFFICIENT_ACCESS_OR_READONLY");
    for (name, expected) in [
        // The order: create, update, delete, undelete.
        ("AgentWork", ["may", "may", "may", "may"]),
        ("AgentWorkSkill", [no, no, "may", "may"]),
        ("PendingServiceRouting", ["may", "may", "may", "may"]),
        ("SkillRequirement", ["may", "may", "may", read_only]),
        ("UserServicePresence", [no, no, "may", "may"]),
        ("ServiceResource", ["may", "may", read_only, read_only]),
        ("ServiceResourceSkill", ["may", "may", "may", read_only]),
        ("GroupMember", ["may", no, "may", read_only]),
        ("PresenceUserConfigUser", ["may", "may", "may", read_only]),
        ("PresenceUserConfigProfile", ["may", "may", "may", read_only]),
        ("PermissionSetAssignment", ["may", "may", "may", read_only]),
        ("PushTopic", ["may", "may", "may", read_only]),
        ("Case", ["may", "may", "may", "may"]),
        ("Lead", ["may", "may", "may", "may"]),
        ("MessagingSession", ["may", "may", "may", "may"]),
        ("LiveChatTranscript", ["may", "may", "may", "may"]),
        ("VoiceCall", ["may", "may", "may", "may"]),
        ("ServiceChannel", [no, no, read_only, read_only]),
        ("ServicePresenceStatus", [no, no, read_only, read_only]),
        ("QueueRoutingConfig", [no, no, read_only, read_only]),
        ("OmniSupervisorConfigUser", [no, no, read_only, read_only]),
        ("Group", [no, no, read_only, read_only]),
        ("QueueSobject", [no, no, read_only, read_only]),
        ("User", [no, no, read_only, read_only]),
        ("Organization", [no, no, read_only, read_only]),
    ] {
        let object = object(&catalogue, name);
        let found = [Create, Update, Delete, Undelete].map(|write| code(object.may(write, VERSION)));
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn refusals_name_the_object_and_say_what_to_do() {
    let catalogue = Catalogue::standard();
    for (name, write, message) in [
        ("UserServicePresence", Write::Create, "entity type cannot be inserted: User Presence"),
        ("ServiceResource", Write::Delete, "entity type cannot be deleted: Service Resource"),
        (
            "ServiceChannel",
            Write::Update,
            "entity type cannot be updated: Service Channel. This server reads ServiceChannel from the project: change \
             the metadata, then reload the plan.",
        ),
    ] {
        let error = object(&catalogue, name).may(write, VERSION).expect_err("a refusal");
        assert_eq!(error.message, message);
        let sent = serde_json::to_value(&error).expect("JSON");
        assert_eq!(sent, json!({"message": message, "errorCode": error.code, "fields": []}));
    }
}

#[test]
fn rules_look_at_the_record() {
    let catalogue = Catalogue::standard();
    let with = |name: &str, write: Write, version: u32, field: &'static str, value: Option<&'static str>| {
        let value_of = |asked: &str| value.filter(|_| asked == field).map(str::to_owned);
        code(object(&catalogue, name).may_with(write, version, value_of))
    };
    for status in ["Closed", "Declined", "Unavailable"] {
        assert_eq!(with("AgentWork", Write::Delete, 56, "Status", Some(status)), "may");
    }
    for status in ["Assigned", "Opened", "Canceled", "Transferred", "DeclinedOnPushTimeout"] {
        assert_eq!(with("AgentWork", Write::Delete, 56, "Status", Some(status)), "DELETE_FAILED");
    }
    assert_eq!(with("AgentWork", Write::Delete, 56, "Status", None), "DELETE_FAILED");
    let routing = "PendingServiceRouting";
    assert_eq!(with(routing, Write::Update, 56, "IsReadyForRouting", Some("false")), "may");
    assert_eq!(with(routing, Write::Update, 56, "IsReadyForRouting", Some("true")), "FIELD_INTEGRITY_EXCEPTION");
    assert_eq!(with(routing, Write::Delete, 56, "IsReadyForRouting", Some("true")), "may");
    assert_eq!(with("UserServicePresence", Write::Delete, 41, "", None), "may");
    assert_eq!(with("UserServicePresence", Write::Delete, 40, "", None), "INSUFFICIENT_ACCESS_OR_READONLY");
}

/// Blocks of two lines: `create` or `update`, the object and the body; then the answer, indented.
const BODIES: &str = include_str!("../../fixtures/objects/writes.txt");

#[test]
fn bodies_are_checked() {
    let catalogue = Catalogue::standard();
    let mut count = 0;
    let mut lines = BODIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    while let Some(line) = lines.next() {
        let expected = lines.next().and_then(|line| line.strip_prefix("  ")).expect("an answer after the body");
        let (write, rest) = line.split_once(' ').expect("what is done");
        let (name, value) = rest.split_once(' ').expect("an object");
        let object = object(&catalogue, name);
        let body = body(&serde_json::from_str(value).expect("JSON"));
        let found = match write {
            "create" => object.check_create(VERSION, &body),
            "update" => object.check_update(VERSION, &body),
            other => panic!("{other} is neither create nor update"),
        };
        assert_eq!(shown(found), expected, "{line}");
        count += 1;
    }
    assert!(count >= 35, "only {count}");
}

#[test]
fn the_version_decides_which_fields_may_be_written() {
    let catalogue = Catalogue::standard();
    let work = object(&catalogue, "AgentWork");
    let owner = body(&json!({"OwnerId": "005000000000001"}));
    assert_eq!(shown(work.check_update(50, &owner)), "may");
    assert_eq!(
        shown(work.check_update(49, &owner)),
        "INVALID_FIELD: No such column 'OwnerId' on sobject of type AgentWork []"
    );
}
