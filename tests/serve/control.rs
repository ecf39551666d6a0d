//! The control interface: clock, events, faults, state, sessions.

use serde_json::{Value, json};

use crate::client::Server;
use crate::played::{Shown, played};

#[test]
fn a_manual_clock_moves_when_it_is_told_to() {
    let server = Server::start();
    server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
    server.log_in("maria.keller", "Available_Cases");
    server.create("Case", &json!({ "OwnerId": server.queue("Cases_Tier_1"), "Status": "New" }));
    let effects = server.advance(3600);
    let ended: Vec<&Value> = effects.iter().filter(|effect| effect["effect"] == "agentWorkEnded").collect();
    assert_eq!(ended.first().map(|effect| &effect["status"]), Some(&json!("DeclinedOnPushTimeout")));
    let id = ended[0]["id"].as_str().unwrap();
    assert_eq!((id.len(), &id[..3]), (18, "0Bz"), "effects name records by their ids");
    assert_eq!(server.control("GET", "clock", &Value::Null).json()["now"], "2027-01-01T09:00:00Z");
    let wrong = |body: Value| server.control("POST", "clock", &body).status;
    assert_eq!(wrong(json!({ "set": "2026-01-01T08:00:00Z" })), 400);
    assert_eq!(wrong(json!({ "advanceSeconds": -1 })), 400);
    assert_eq!(wrong(json!({ "set": 1, "advanceSeconds": 1 })), 400);
    assert_eq!(wrong(json!({ "pace": "fast" })), 400);
    assert_eq!(wrong(json!({ "step": 1 })), 400);
    let faster = server.control("POST", "clock", &json!({ "pace": "x10" })).json();
    assert_eq!(faster["pace"], "x10");
}

#[test]
fn events_come_alone_or_together_and_are_refused_by_name() {
    let server = Server::start();
    let events = json!([
        { "at": "2026-11-23T08:00:00Z", "event": "login", "user": server.user("maria.keller"), "statusId": "Available_Cases" },
        { "at": "2026-11-23T08:00:05Z", "event": "workArrived", "workItemId": "4711", "object": "Case",
          "fields": { "Status": "New" }, "route": { "queue": server.queue("Cases_Tier_1") } },
        { "at": "2026-11-23T08:00:06Z", "event": "acceptAgentWork", "workId": "4712" },
        { "at": "2026-11-23T08:00:07Z", "event": "acceptAgentWork", "workId": "4711" },
    ]);
    let answer = server.control("POST", "events", &events).json();
    assert_eq!(answer["refused"], 1);
    let kinds: Vec<&str> =
        answer["effects"].as_array().unwrap().iter().map(|effect| effect["effect"].as_str().unwrap()).collect();
    assert!(kinds.contains(&"refused") && kinds.contains(&"agentWorkOpened"), "{kinds:?}");
    // The record that the event named is one that clients can read.
    let case = server.query("SELECT Id, Status, Owner.Username FROM Case");
    assert_eq!(case[0]["Owner"]["Username"], "maria.keller@acme.example");
    assert_eq!(server.text("SELECT WorkItemId FROM AgentWork"), case[0]["Id"].as_str().unwrap());
    let wrong = server.control("POST", "events", &json!([{ "event": "logni" }]));
    assert_eq!(wrong.error(), (400, "JSON_PARSER_ERROR".to_owned()));
    assert!(wrong.body.contains("event 1") && wrong.body.contains("did you mean `login`?"), "{}", wrong.body);
    // Whoever asks for something else learns all that there is.
    let wrong = server.control("POST", "events", &json!([{ "event": "x" }]));
    for name in ["timePassed", "agentChanged", "undeleteUserServicePresence"] {
        assert!(wrong.body.contains(name) && !wrong.body.contains(" more"), "{name}: {}", wrong.body);
    }
}

#[test]
fn the_same_history_gives_the_same_effects_as_a_run() {
    let server = Server::start();
    let lines = std::fs::read_to_string("examples/acme-support/events/morning.jsonl").unwrap();
    let events: Vec<Value> =
        lines.lines().filter(|line| !line.is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect();
    let answer = server.control("POST", "events", &Value::from(events)).json();
    let mut runtime =
        omnic::runtime::Runtime::new(crate::client::plan(), omnic::runtime::RoutingOptions::default()).unwrap();
    let mut expected = Vec::new();
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let line = omnic::script::line(line).unwrap();
        let done = line.action.resolve(&runtime).map_err(|unknown| unknown.refusal);
        match done.and_then(|event| {
            runtime.apply(line.at, &event).map_err(|refused| {
                expected.extend(refused.effects);
                refused.refusal
            })
        }) {
            Ok(effects) => expected.extend(effects),
            Err(refusal) => {
                let effect = omnic::runtime::Effect::Refused { refusal };
                expected.push(omnic::runtime::TimedEffect { at: line.at, effect });
            }
        }
    }
    let shown = Shown::by(&server);
    let theirs: Vec<Value> = expected.iter().map(|effect| shown.effect(effect)).collect();
    let ours = answer["effects"].as_array().unwrap();
    for (ours, theirs) in ours.iter().zip(&theirs) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(ours.len(), theirs.len());

    // What is exported comes to the same, too.
    let (effects, again) = played(&server.control("GET", "events", &Value::Null).body);
    let effects: Vec<omnic::runtime::TimedEffect> = effects.into_iter().flatten().collect();
    expected.retain(|timed| !matches!(timed.effect, omnic::runtime::Effect::Refused { .. }));
    assert_eq!(effects, expected);
    assert_eq!(again.save(), runtime.save());
}

#[test]
fn faults_meet_requests_and_are_shown() {
    let server = Server::start();
    let fault = |body: Value| assert_eq!(server.control("POST", "faults", &body).status, 200, "{body}");
    fault(json!({ "fault": "unavailable", "path": "/services/data", "times": 2 }));
    let health = server.send("GET", "/omnic/v1/health", &[], "").json();
    assert_eq!(health["faults"], json!([{ "fault": "unavailable", "path": "/services/data", "times": 2 }]));
    assert_eq!(server.get("/services/data/v60.0/limits").status, 503);
    assert_eq!(server.get("/services/data/v60.0/limits").status, 503);
    assert_eq!(server.get("/services/data/v60.0/limits").status, 200);
    fault(json!({ "fault": "expiredSession" }));
    assert_eq!(server.get("/services/data/v60.0/limits").error().1, "INVALID_SESSION_ID");
    fault(json!({ "fault": "delay", "milliseconds": 300 }));
    let began = std::time::Instant::now();
    server.get("/services/data");
    assert!(began.elapsed() >= std::time::Duration::from_millis(300));
    for (fault_name, records) in [("cutBefore", 0), ("cutAfter", 1)] {
        fault(json!({ "fault": fault_name }));
        let head = format!(
            "POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nContent-Length: 12\r\n\r\n",
            server.address,
            server.bearer()
        );
        assert!(server.raw(format!("{head}{{\"Name\":\"a\"}}").as_bytes()).is_none(), "{fault_name}");
        assert_eq!(server.query("SELECT Id FROM Account").len(), records, "{fault_name}");
    }
    assert_eq!(server.control("POST", "faults", &json!({ "fault": "rain" })).status, 400);
    assert_eq!(server.control("POST", "faults", &json!({ "now": "expireSessions", "user": "x" })).status, 400);
    fault(json!({ "fault": "unavailable", "times": 9 }));
    assert_eq!(server.control("DELETE", "faults", &Value::Null).status, 204);
    assert_eq!(server.get("/services/data/v60.0/limits").status, 200);
}

#[test]
fn sessions_end_by_a_fault() {
    let server = Server::start();
    let begun = server.control("POST", "sessions", &json!({ "user": "maria.keller@acme.example" })).json();
    let token = format!("Bearer {}", begun["accessToken"].as_str().unwrap());
    let ask = || server.send("GET", "/services/data/v60.0/limits", &[("Authorization", &token)], "").status;
    assert_eq!(ask(), 200);
    server.control("POST", "faults", &json!({ "now": "expireSessions", "user": "maria.keller@acme.example" }));
    assert_eq!(ask(), 401);
    assert_eq!(server.get("/services/data/v60.0/limits").status, 200, "the printed token stays");
}

#[test]
fn state_is_dumped_loaded_and_reset() {
    let server = Server::start();
    server.log_in("maria.keller", "Available_Cases");
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Subject": "kept" }));
    let dumped = server.control("GET", "state", &Value::Null);
    assert_eq!(server.control("POST", "reset", &Value::Null).status, 204);
    assert!(
        server.query("SELECT Id FROM Case").is_empty() && server.query("SELECT Id FROM UserServicePresence").is_empty()
    );
    assert_eq!(server.control("GET", "events", &Value::Null).body, "");
    let other = Server::start();
    let loaded = other.control("PUT", "state", &dumped.json());
    assert_eq!(loaded.status, 204, "{}", loaded.body);
    assert_eq!(other.text("SELECT Subject FROM Case"), "kept");
    assert_eq!(other.query("SELECT Id FROM PendingServiceRouting").len(), 1);
    assert_eq!(other.value("SELECT IsCurrentState FROM UserServicePresence"), true);
    assert_eq!(other.control("PUT", "state", &json!({ "plan": "x" })).status, 400);
    assert_eq!(other.text("SELECT Subject FROM Case"), "kept");
}

#[test]
fn requests_are_remembered() {
    let server = Server::start();
    server.get("/services/data/v60.0/limits?x=1");
    let requests = server.control("GET", "requests", &Value::Null).json();
    assert_eq!(requests[0]["method"], "GET");
    assert_eq!(requests[0]["path"], "/services/data/v60.0/limits?x=1");
    assert_eq!(requests[0]["status"], 200);
    server.control("DELETE", "requests", &Value::Null);
    assert_eq!(server.control("GET", "requests", &Value::Null).json().as_array().map(Vec::len), Some(1));
    assert_eq!(server.control("PATCH", "clock", &Value::Null).error(), (405, "METHOD_NOT_ALLOWED".to_owned()));
    assert_eq!(server.control("GET", "nothing", &Value::Null).status, 404);
}

#[test]
fn who_is_not_active_has_no_sessions() {
    let server = Server::start();
    let user = "maria.keller@acme.example";
    let session = || server.control("POST", "sessions", &json!({ "user": user }));
    let token = session().json()["accessToken"].as_str().unwrap().to_owned();
    let asked = || server.send("GET", "/services/data/v60.0/limits", &[("Authorization", &token)], "").status;
    assert_eq!(asked(), 200);
    server.happen(&json!({ "event": "agentChanged", "user": user, "isActive": false }));
    assert_eq!((asked(), session().status), (401, 400));
    assert_eq!(server.value(&format!("SELECT IsActive FROM User WHERE Username = '{user}'")), false);
    server.happen(&json!({ "event": "agentChanged", "user": user, "isActive": true }));
    assert_eq!(session().status, 200);
}

#[test]
fn faults_lock_nobody_out() {
    let server = Server::start();
    let fault = |body: Value| server.control("POST", "faults", &body).status;
    assert_eq!(fault(json!({ "fault": "expiredSession", "path": "/", "times": 4_000_000_000_u32 })), 400);
    assert_eq!(fault(json!({ "fault": "delay", "milliseconds": 600_001 })), 400);
    assert_eq!(fault(json!({ "fault": "expiredSession", "path": "/omnic/v1/", "times": 9 })), 200);
    assert_eq!(server.control("GET", "clock", &Value::Null).status, 401);
    assert_eq!(server.control("DELETE", "faults", &Value::Null).status, 204);
    assert_eq!(server.control("GET", "clock", &Value::Null).status, 200);
}
