//! What was answered is there after a restart, whatever ended the process.

use std::path::Path;

use serde_json::{Value, json};

use crate::client::{Server, options, plan};

pub(crate) fn server(folder: &Path) -> Server {
    let mut options = options();
    options.org.data = Some(folder.to_owned());
    Server::with(options).unwrap()
}

/// A copy of what is on disk now: what a process would find that was killed at this moment.
pub(crate) fn copied(folder: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

/// All that clients can see, and the events.
pub(crate) fn seen(server: &Server) -> Vec<Value> {
    let queries = [
        "SELECT FIELDS(ALL) FROM Case ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM AgentWork ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM PendingServiceRouting ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM UserServicePresence ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM GroupMember ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM User ORDER BY Id LIMIT 200",
        "SELECT FIELDS(ALL) FROM PushTopic ORDER BY Id LIMIT 200",
    ];
    let mut seen: Vec<Value> = queries.iter().map(|query| Value::from(server.query(query))).collect();
    seen.push(Value::from(server.control("GET", "events", &Value::Null).body));
    seen
}

pub(crate) fn history(server: &Server) -> String {
    let query = "SELECT Id, IsPushed FROM PendingServiceRouting";
    server.create("PushTopic", &json!({ "Name": "Psr", "Query": query, "ApiVersion": 60.0 }));
    server.log_in("maria.keller", "Available_Cases");
    let queue = server.queue("Cases_Tier_1");
    let case = server.create("Case", &json!({ "OwnerId": queue, "Status": "New", "Subject": "first" }));
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    server.advance(3600);
    server.happen(&json!({ "event": "setServicePresenceStatus", "user": "maria.keller@acme.example", "statusId": "Available_Cases" }));
    let gone = server.create("Case", &json!({ "Subject": "gone" }));
    server.rest("DELETE", &format!("/sobjects/Case/{gone}"), &Value::Null);
    server.happen(
        &json!({ "event": "workArrived", "workItemId": "4711", "object": "Case", "route": { "queue": queue } }),
    );
    server.happen(&json!({ "event": "agentChanged", "user": "new@acme.example", "isActive": true }));
    let user = server.user("new");
    server.create("GroupMember", &json!({ "GroupId": queue, "UserOrGroupId": user }));
    case
}

#[test]
fn a_server_that_ended_goes_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    let case = history(&first);
    let before = seen(&first);
    first.stop();
    let second = server(folder.path());
    assert_eq!(seen(&second), before);
    second.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Subject": "second" }));
    second.stop();
    assert_eq!(server(folder.path()).text(&format!("SELECT Subject FROM Case WHERE Id = '{case}'")), "second");
}

#[test]
fn a_server_that_was_killed_has_lost_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    history(&first);
    let before = seen(&first);
    let killed = copied(folder.path());
    let again = server(killed.path());
    assert_eq!(seen(&again), before);
    assert!(again.recovered.cut.is_none());
}

#[test]
fn replay_ids_survive() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    let query = "SELECT Id, Subject FROM Case";
    first.create("PushTopic", &json!({ "Name": "Cases", "Query": query, "ApiVersion": 60.0 }));
    first.create("Case", &json!({ "Subject": "a" }));
    first.create("Case", &json!({ "Subject": "b" }));
    let killed = copied(folder.path());
    let second = server(killed.path());
    second.create("Case", &json!({ "Subject": "c" }));
    let post = |body: Value| {
        second.send("POST", "/cometd/60.0", &[("Authorization", &second.bearer())], &body.to_string()).json()
    };
    let handshake =
        post(json!([{ "channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"] }]));
    let client = &handshake[0]["clientId"];
    let replay = json!({ "replay": { "/topic/Cases": 1 } });
    post(json!([{ "channel": "/meta/subscribe", "clientId": client, "subscription": "/topic/Cases", "ext": replay }]));
    let messages = post(json!([{ "channel": "/meta/connect", "clientId": client, "connectionType": "long-polling" }]));
    let told: Vec<(Value, Value)> = messages
        .as_array()
        .unwrap()
        .iter()
        .filter(|message| message.get("data").is_some())
        .map(|message| (message["data"]["event"]["replayId"].clone(), message["data"]["sobject"]["Subject"].clone()))
        .collect();
    assert_eq!(told, [(json!(2), json!("b")), (json!(3), json!("c"))]);
}

#[test]
fn a_torn_end_is_cut_off_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    first.create("Case", &json!({ "Subject": "kept" }));
    let killed = copied(folder.path());
    let mut logs: Vec<_> = std::fs::read_dir(killed.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("log-"))
        .collect();
    logs.sort();
    let log = logs.last().unwrap();
    let mut bytes = std::fs::read(log).unwrap();
    bytes.extend([17, 0, 0, 0, 1]);
    std::fs::write(log, bytes).unwrap();
    let second = server(killed.path());
    assert_eq!(second.recovered.cut.as_ref().map(|cut| cut.bytes), Some(5));
    assert_eq!(second.text("SELECT Subject FROM Case"), "kept");
}

#[test]
fn two_servers_do_not_share_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _first = server(folder.path());
    let mut options = options();
    options.org.data = Some(folder.path().to_owned());
    let error = Server::with(options).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(error.contains("in use by another server"), "{error}");
}

#[test]
fn a_reset_survives_too() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    history(&first);
    first.control("POST", "reset", &Value::Null);
    first.create("Case", &json!({ "Subject": "after" }));
    let before = seen(&first);
    let killed = copied(folder.path());
    assert_eq!(seen(&server(killed.path())), before);
}

/// The example's plan with a queue that has another routing configuration.
pub(crate) fn changed_plan() -> omnic::plan::Plan {
    let mut plan = plan().clone();
    let queue = plan.tables.queues.iter_mut().find(|queue| queue.name == "Partner_Repairs").unwrap();
    queue.routing_configuration = Some("Cases_Tier_1".into());
    plan.digest = plan.tables.digest();
    plan
}

#[test]
fn a_new_plan_keeps_records_and_routes_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = options();
    given.org.data = Some(folder.path().to_owned());
    let server = Server::of(plan().clone(), given, Some(Box::new(|| Ok(changed_plan())))).unwrap();
    server.log_in("maria.keller", "Available_Cases");
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    assert_eq!(server.text("SELECT RoutingModel FROM PendingServiceRouting"), "ExternalRouting");
    let reloaded = server.control("POST", "reload", &Value::Null);
    assert_eq!(reloaded.status, 200, "{}", reloaded.body);
    assert_eq!(reloaded.json()["plan"], changed_plan().digest.as_str());
    assert_eq!(server.text("SELECT Id FROM Case"), case);
    let logged_in = "SELECT Id FROM UserServicePresence WHERE IsCurrentState = true";
    assert!(server.query(logged_in).is_empty(), "reps are logged out");
    assert_eq!(server.text("SELECT RoutingModel FROM PendingServiceRouting"), "LeastActive");
    let killed = copied(folder.path());
    // The data are of the new plan now.
    let mut given = options();
    given.org.data = Some(killed.path().to_owned());
    let refused = Server::with(given).err().map(|error| error.to_string()).unwrap_or_default();
    assert!(refused.contains("belongs to another plan"), "{refused}");
    let mut given = options();
    given.org.data = Some(killed.path().to_owned());
    let again = Server::of(changed_plan(), given, None).unwrap();
    assert_eq!(again.text("SELECT RoutingModel FROM PendingServiceRouting"), "LeastActive");
    again.stop();
    let mut given = options();
    given.org.data = Some(killed.path().to_owned());
    given.org.new_plan = true;
    let taken = Server::with(given).unwrap();
    assert_eq!(taken.text("SELECT Id FROM Case"), case);
    assert_eq!(taken.text("SELECT RoutingModel FROM PendingServiceRouting"), "ExternalRouting");
}

#[test]
fn a_state_that_is_refused_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    history(&first);
    let mut state = first.control("GET", "state", &Value::Null).json();
    let later = first.create("Case", &json!({ "Subject": "later" }));
    let before = seen(&first);
    state["log"]["lastReplayId"] = json!(0);
    let refused = first.control("PUT", "state", &state);
    assert_eq!((refused.status, seen(&first) == before), (400, true), "{}", refused.body);
    let copy = copied(folder.path());
    let second = server(copy.path());
    assert_eq!(second.text(&format!("SELECT Subject FROM Case WHERE Id = '{later}'")), "later");
}

#[test]
fn data_of_other_routing_options_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = server(folder.path());
    history(&first);
    // Killed before anything but the first snapshot was written.
    let copy = copied(folder.path());
    first.stop();
    for folder in [copy.path(), folder.path()] {
        let mut options = options();
        options.org.data = Some(folder.to_owned());
        options.org.routing.limits.pending = Some(1);
        let refused = Server::with(options).err().map(|error| error.to_string());
        assert_eq!(refused.as_deref(), Some("the data was made with other routing options than these"));
        server(folder);
    }
}

/// Ids of records of routing, the members of a user's queues, and the records of cases.
fn known(server: &Server) -> [Vec<String>; 3] {
    let ids = |query: &str, field: &str| -> Vec<String> {
        server.query(query).iter().map(|row| row[field].as_str().unwrap_or_default().to_owned()).collect()
    };
    let mut work = Vec::new();
    // Finished work and presence stay under another plan.
    for of in [
        "AgentWork WHERE Status IN ('Assigned', 'Opened')",
        "PendingServiceRouting",
        "UserServicePresence WHERE IsCurrentState = true",
    ] {
        work.extend(ids(&format!("SELECT Id FROM {of} ORDER BY Id"), "Id"));
    }
    let members = format!("SELECT Id FROM GroupMember WHERE UserOrGroupId = '{}'", server.user("new"));
    [work, ids(&members, "Id"), ids("SELECT Id FROM Case ORDER BY Id", "Id")]
}

#[test]
fn another_plan_gives_no_id_twice_and_keeps_members_and_names() {
    let folder = tempfile::tempdir().unwrap();
    let mut given = options();
    given.org.data = Some(folder.path().to_owned());
    let first = Server::of(plan().clone(), given, Some(Box::new(|| Ok(changed_plan())))).unwrap();
    history(&first);
    let [work, members, cases] = known(&first);
    assert_eq!((members.len(), cases.len()), (1, 3));
    first.control("POST", "reload", &Value::Null);
    let check = |server: &Server, before: &[String], log_in: &str| {
        server.log_in(log_in, "Available_Cases");
        let [work, members_now, cases_now] = known(server);
        assert_eq!((&members_now, &cases_now), (&members, &cases));
        assert!(!work.is_empty() && work.iter().all(|id| !before.contains(id)), "{work:?} {before:?}");
        let update = json!({ "event": "workItemUpdated", "workItemId": "4711", "fields": { "Subject": "x" } });
        assert!(server.happen(&update).iter().all(|effect| effect["effect"] != "refused"));
        work
    };
    let again = check(&first, &work, "maria.keller");
    let old = work.iter().find(|id| id.starts_with("0Bz")).unwrap();
    assert_eq!(first.text(&format!("SELECT Status FROM AgentWork WHERE Id = '{old}'")), "Unavailable");
    // What a process would find that was killed now: with entries behind its snapshot.
    let killed = copied(folder.path());
    let mut given = options();
    given.org.data = Some(killed.path().to_owned());
    given.org.new_plan = true;
    let all: Vec<String> = work.into_iter().chain(again).collect();
    check(&Server::with(given).unwrap(), &all, "maria.keller");
}

/// The example's plan with a queue that takes these objects, too.
fn plan_with(objects: &[&str]) -> omnic::plan::Plan {
    let mut plan = plan().clone();
    let queue = plan.tables.queues.iter_mut().find(|queue| queue.name == "Partner_Repairs").unwrap();
    let sample = queue.objects[0].clone();
    for object in objects {
        let mut other = sample.clone();
        other.object = (*object).into();
        queue.objects.push(other);
    }
    plan.digest = plan.tables.digest();
    plan
}

#[test]
fn custom_objects_keep_their_prefixes() {
    let reload = || Ok(plan_with(&["Apple__c", "Pear__c", "Plum__c"]));
    let server = Server::of(plan_with(&["Pear__c"]), options(), Some(Box::new(reload))).unwrap();
    let pear = server.create("Pear__c", &json!({ "Name": "a" }));
    assert_eq!(server.control("POST", "reload", &Value::Null).status, 200);
    let ids = ["Apple__c", "Pear__c", "Plum__c"].map(|object| server.create(object, &json!({ "Name": "b" })));
    assert_eq!(ids[1][..3], pear[..3]);
    let prefixes: std::collections::BTreeSet<&str> = ids.iter().map(|id| &id[..3]).collect();
    assert_eq!(prefixes.len(), 3);
}
