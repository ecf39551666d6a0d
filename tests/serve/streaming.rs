//! Streaming over sockets: what is published reaches whoever waits for it.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Answer, Server};

fn post(server: &Server, body: &Value) -> Answer {
    server.send("POST", "/cometd/60.0", &[("Authorization", &server.bearer())], &body.to_string())
}

/// A client that has shaken hands.
pub(crate) fn client(server: &Server) -> String {
    let answer = post(
        server,
        &json!([{ "channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"] }]),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.header("Set-Cookie").is_some_and(|cookie| cookie.starts_with("BAYEUX_BROWSER=")));
    answer.json()[0]["clientId"].as_str().unwrap().to_owned()
}

pub(crate) fn subscribe(server: &Server, client: &str, channel: &str, replay: i64) -> Value {
    let ext = json!({ "replay": { channel: replay } });
    let message = json!([{ "channel": "/meta/subscribe", "clientId": client, "subscription": channel, "ext": ext }]);
    post(server, &message).json()
}

pub(crate) fn connect(server: &Server, client: &str) -> Vec<Value> {
    let message = json!([{ "channel": "/meta/connect", "clientId": client, "connectionType": "long-polling" }]);
    post(server, &message).json().as_array().unwrap().clone()
}

/// Replay id, type and record of each event.
fn events(messages: &[Value]) -> Vec<(i64, String, Value)> {
    let events = messages.iter().filter(|message| message.get("data").is_some());
    let event = |message: &Value| {
        let event = &message["data"]["event"];
        let kind = event["type"].as_str().unwrap().to_owned();
        (event["replayId"].as_i64().unwrap(), kind, message["data"]["sobject"].clone())
    };
    events.map(event).collect()
}

/// The topic of the guide, step 2.
fn topic(server: &Server) -> String {
    let query = "SELECT Id, Serial, QueueId, WorkItemId, IsPushed FROM PendingServiceRouting WHERE RoutingModel = 'ExternalRouting'";
    server.create(
        "PushTopic",
        &json!({ "Name": "Psr", "Query": query, "ApiVersion": 41.0, "NotifyForFields": "Referenced" }),
    )
}

#[test]
fn a_topic_tells_what_happens_to_requests() {
    let server = Server::start();
    topic(&server);
    let client = client(&server);
    assert_eq!(subscribe(&server, &client, "/topic/Psr", -1)[0]["successful"], true);
    connect(&server, &client);
    server.log_in("claire.dubois", "Available_Cases");
    let queue = server.queue("Partner_Repairs");
    let case = server.create("Case", &json!({ "OwnerId": queue, "Status": "New" }));
    let message = json!([{ "channel": "/meta/connect", "clientId": client, "connectionType": "long-polling" }]);
    let answer = post(&server, &message);
    let places = ["\"Id\"", "\"Serial\"", "\"QueueId\"", "\"WorkItemId\"", "\"IsPushed\""]
        .map(|name| answer.body.find(name).unwrap());
    assert!(places.is_sorted(), "in the order of the query: {}", answer.body);
    let created = events(answer.json().as_array().unwrap());
    assert_eq!(created.len(), 1);
    let (_, kind, record) = &created[0];
    let request = record["Id"].as_str().unwrap();
    let expected = json!({ "Id": request, "Serial": 1, "QueueId": queue, "WorkItemId": case, "IsPushed": false });
    assert_eq!((kind.as_str(), record), ("created", &expected));

    let channel = server.text("SELECT ServiceChannelId FROM PendingServiceRouting");
    let user = server.user("claire.dubois");
    let fields =
        json!({ "ServiceChannelId": channel, "WorkItemId": case, "UserId": user, "PendingServiceRoutingId": request });
    server.create("AgentWork", &fields);
    let updated = events(&connect(&server, &client));
    assert_eq!(
        (updated[0].1.as_str(), &updated[0].2["IsPushed"], &updated[0].2["Serial"]),
        ("updated", &json!(true), &json!(2))
    );
    server.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    let deleted = events(&connect(&server, &client));
    assert_eq!((deleted.len(), deleted[0].1.as_str()), (1, "deleted"));
}

#[test]
fn a_connect_waits_for_an_event_or_its_timeout() {
    let server = Server::start();
    topic(&server);
    let client = client(&server);
    subscribe(&server, &client, "/topic/Psr", -1);
    let began = Instant::now();
    connect(&server, &client);
    assert!(began.elapsed() < Duration::from_millis(300), "the first connect is answered at once");
    let began = Instant::now();
    assert!(events(&connect(&server, &client)).is_empty());
    assert!(began.elapsed() >= Duration::from_millis(350), "the next one is held: {:?}", began.elapsed());
    let queue = server.queue("Partner_Repairs");
    std::thread::scope(|scope| {
        let held = scope.spawn(|| events(&connect(&server, &client)));
        std::thread::sleep(Duration::from_millis(100));
        server.create("Case", &json!({ "OwnerId": queue }));
        assert_eq!(held.join().unwrap().len(), 1);
    });
}

#[test]
fn a_connect_that_is_held_is_answered_when_the_server_ends() {
    let server = Server::start();
    topic(&server);
    let client = client(&server);
    connect(&server, &client);
    let body =
        json!([{ "channel": "/meta/connect", "clientId": client, "connectionType": "long-polling" }]).to_string();
    let request = format!(
        "POST /cometd/60.0 HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        server.address,
        server.bearer(),
        body.len()
    );
    let mut stream = std::net::TcpStream::connect(server.address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    std::thread::sleep(Duration::from_millis(100));
    server.stop();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("403::Unknown client") && answer.contains("\"reconnect\":\"handshake\""), "{answer}");
}

#[test]
fn events_are_replayed() {
    let server = Server::start();
    topic(&server);
    let queue = server.queue("Partner_Repairs");
    for _ in 0..3 {
        server.create("Case", &json!({ "OwnerId": queue }));
    }
    let all = client(&server);
    subscribe(&server, &all, "/topic/Psr", -2);
    let ids: Vec<i64> = events(&connect(&server, &all)).iter().map(|event| event.0).collect();
    // Change events have their own between them.
    assert!(ids.len() == 3 && ids.is_sorted(), "{ids:?}");
    let rest = client(&server);
    subscribe(&server, &rest, "/topic/Psr", ids[1]);
    assert_eq!(events(&connect(&server, &rest)).len(), 1);
    let answer = subscribe(&server, &rest, "/topic/Psr", 999);
    assert_eq!(answer[0]["successful"], false);
    assert!(answer[0]["error"].as_str().unwrap().contains("999"), "{answer}");
    assert_eq!(subscribe(&server, &rest, "/topic/Nothing", -1)[0]["successful"], false);
}

#[test]
fn topics_are_of_any_object_and_of_what_they_ask_for() {
    let server = Server::start();
    let topic = |name: &str, query: &str, more: Value| {
        let mut fields = json!({ "Name": name, "Query": query, "ApiVersion": 60.0 });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        server.create("PushTopic", &fields)
    };
    topic(
        "Cases",
        "SELECT Id, Subject FROM Case WHERE Status = 'New'",
        json!({ "NotifyForFields": "Select", "NotifyForOperationDelete": false }),
    );
    topic("Work", "SELECT Id, Status FROM AgentWork", json!({}));
    topic("Presence", "SELECT Id, IsCurrentState, IsAway FROM UserServicePresence", json!({}));
    let client = client(&server);
    for name in ["Cases", "Work", "Presence"] {
        subscribe(&server, &client, &format!("/topic/{name}"), -1);
    }
    connect(&server, &client);
    server.log_in("maria.keller", "Available_Cases");
    let case =
        server.create("Case", &json!({ "Subject": "a", "Status": "New", "OwnerId": server.queue("Cases_Tier_1") }));
    server.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Priority": "Low" }));
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Subject": "b" }));
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Status": "Closed" }));
    server.happen(&json!({ "event": "logout", "user": "maria.keller@acme.example" }));
    server.rest("DELETE", &format!("/sobjects/Case/{case}"), &Value::Null);
    let messages = connect(&server, &client);
    let of = |channel: &str| {
        let own: Vec<Value> = messages.iter().filter(|message| message["channel"] == channel).cloned().collect();
        events(&own).into_iter().map(|(_, kind, record)| (kind, record)).collect::<Vec<_>>()
    };
    let cases: Vec<(String, Value)> =
        of("/topic/Cases").into_iter().map(|(kind, record)| (kind, record["Subject"].clone())).collect();
    assert_eq!(cases, [("created".to_owned(), json!("a")), ("updated".to_owned(), json!("b"))]);
    let work: Vec<(String, Value)> =
        of("/topic/Work").into_iter().map(|(kind, record)| (kind, record["Status"].clone())).collect();
    // By number, as the guide lists them: assigned, opened, closed.
    let expected =
        [("created", 0), ("updated", 3), ("updated", 4)].map(|(kind, status)| (kind.to_owned(), json!(status)));
    assert_eq!(work, expected);
    let presence: Vec<Value> =
        of("/topic/Presence").into_iter().map(|(_, record)| record["IsCurrentState"].clone()).collect();
    assert_eq!(presence, [json!(true), json!(false)]);
}

#[test]
fn topics_that_cannot_be_are_refused() {
    let server = Server::start();
    topic(&server);
    let post = |fields: Value| server.rest("POST", "/sobjects/PushTopic", &fields).error();
    let query = "SELECT Id, Subject FROM Case";
    assert_eq!(post(json!({ "Name": "Psr", "Query": query, "ApiVersion": 60.0 })).1, "DUPLICATE_VALUE");
    assert_eq!(post(json!({ "Name": "A", "Query": "SELECT COUNT() FROM Case", "ApiVersion": 60.0 })).0, 400);
    assert_eq!(post(json!({ "Name": "A", "Query": "SELECT Id, Nope FROM Case", "ApiVersion": 60.0 })).0, 400);
    assert_eq!(post(json!({ "Name": "A".repeat(26), "Query": query, "ApiVersion": 60.0 })).0, 400);
    assert_eq!(post(json!({ "Query": query, "ApiVersion": 60.0 })).1, "REQUIRED_FIELD_MISSING");
}

#[test]
fn a_websocket_is_refused_at_once_and_a_session_that_ended_is_told() {
    let server = Server::start();
    let raw = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n";
    let request = format!("GET /cometd/60.0 HTTP/1.1\r\nHost: {}\r\n{raw}\r\n", server.address);
    assert_eq!(server.raw(request.as_bytes()).unwrap().status, 400);
    let handshake =
        json!([{ "channel": "/meta/handshake", "version": "1.0", "supportedConnectionTypes": ["long-polling"] }]);
    let without = server.send("POST", "/cometd/60.0/handshake", &[], &handshake.to_string()).json();
    assert_eq!(without[0]["successful"], false);
    let wrong = server.send("POST", "/cometd/60.0", &[("Authorization", "OAuth x")], &handshake.to_string()).json();
    assert_eq!(wrong[0]["successful"], false);
}

#[test]
fn faults_of_streaming_are_those_that_clients_know() {
    let server = Server::start();
    let client = client(&server);
    let message = json!([{ "channel": "/meta/connect", "clientId": client, "connectionType": "long-polling" }]);
    server.control("POST", "faults", &json!({ "fault": "expiredSession", "path": "/cometd" }));
    let expired = post(&server, &message);
    assert_eq!(expired.status, 200);
    assert!(expired.json()[0]["error"].as_str().unwrap().starts_with("401::"), "{}", expired.body);
    server.control("POST", "faults", &json!({ "fault": "unavailable", "path": "/cometd" }));
    let busy = post(&server, &message);
    assert_eq!(busy.status, 503);
    assert!(busy.body.starts_with("<!doctype html>"), "no client takes it for messages");
}

#[test]
fn topics_follow_their_records_and_are_undone_with_them() {
    let server = Server::start();
    let id = topic(&server);
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    let ghost = json!({ "attributes": { "type": "PushTopic" }, "Name": "Ghost", "Query": "SELECT Id FROM Case", "ApiVersion": 60.0 });
    let bad = json!({ "attributes": { "type": "Case" }, "OwnerId": "bad" });
    server.rest("POST", "/composite/sobjects", &json!({ "allOrNone": true, "records": [ghost, bad] }));
    server.rest("DELETE", &format!("/composite/sobjects?ids={id},500000000000999AAA&allOrNone=true"), &Value::Null);
    assert_eq!(server.text("SELECT Name FROM PushTopic"), "Psr");
    let client = client(&server);
    assert_eq!(subscribe(&server, &client, "/topic/Ghost", -1)[0]["successful"], false);
    assert_eq!(subscribe(&server, &client, "/topic/Psr", -2)[0]["successful"], true);
    assert!(!events(&connect(&server, &client)).is_empty(), "the events of before are still there");
    let set = |is_active: bool| {
        server.rest("PATCH", &format!("/sobjects/PushTopic/{id}"), &json!({ "IsActive": is_active })).status
    };
    let subscribes = || subscribe(&server, &client, "/topic/Psr", -1)[0]["successful"].clone();
    assert_eq!((set(false), subscribes()), (204, json!(false)));
    assert_eq!((set(true), subscribes()), (204, json!(true)));
}

#[test]
fn faults_at_once_are_off_at_first_and_do_what_they_say() {
    let server = Server::start();
    topic(&server);
    let health = || server.send("GET", "/omnic/v1/health", &[], "").json();
    assert_eq!((&health()["faults"], &health()["streamingBusy"]), (&json!([]), &json!(false)));
    let now = |kind: &str| assert_eq!(server.control("POST", "faults", &json!({ "now": kind })).status, 200, "{kind}");
    let first = client(&server);
    subscribe(&server, &first, "/topic/Psr", -1);
    connect(&server, &first);
    let error = |messages: &[Value]| messages[0]["error"].as_str().unwrap_or_default().to_owned();

    now("streamingBusy");
    assert_eq!(health()["streamingBusy"], true);
    assert!(error(&connect(&server, &first)).starts_with("503::"));
    now("streamingBack");
    assert_eq!((health()["streamingBusy"].clone(), error(&connect(&server, &first))), (json!(false), String::new()));

    now("forgetClients");
    assert_eq!(error(&connect(&server, &first)), "403::Unknown client");

    server.log_in("maria.keller", "Available_Cases");
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs") }));
    let second = client(&server);
    let replay = |id: i64| subscribe(&server, &second, "/topic/Psr", id)[0]["successful"].clone();
    assert_eq!(replay(1), true);
    now("wipeRetention");
    assert_eq!(replay(1), false);

    now("switchDataCenter");
    assert!(server.query("SELECT Id FROM UserServicePresence WHERE IsCurrentState = true").is_empty());
    assert_eq!(error(&connect(&server, &second)), "403::Unknown client");
    now("expireSessions");
    assert_eq!(health()["faults"], json!([]), "what happened at once is over");
}
