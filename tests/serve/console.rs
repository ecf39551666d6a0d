//! What the pages of the consoles ask, by a plain client: tests/consoles has them in a browser.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::client::{Answer, PASSWORD, Server};

fn post(server: &Server, path: &str, token: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers: &[(&str, &str)] = if token.is_empty() { &[] } else { &[("Authorization", &bearer)] };
    server.send("POST", &format!("/omnic/v1/console/{path}"), headers, &body.to_string())
}

fn signed_in(server: &Server, user: &str) -> String {
    let body = json!({ "username": format!("{user}@acme.example"), "password": PASSWORD });
    let answer = post(server, "sign-in", "", &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["accessToken"].as_str().unwrap().to_owned()
}

fn call(server: &Server, token: &str, method: &str, arguments: &Value) -> Answer {
    post(server, "call", token, &json!({ "method": method, "arguments": arguments }))
}

fn state(server: &Server, token: &str) -> Value {
    let answer = server.send("GET", "/omnic/v1/console/state", &[("Authorization", token)], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()
}

fn status_id(server: &Server, name: &str) -> String {
    server.text(&format!("SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = '{name}'"))[..15].to_owned()
}

fn listen(server: &Server, consoles: &Value, wait: f64) -> Value {
    let answer = post(server, "stream", "", &json!({ "consoles": consoles, "wait": wait }));
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["consoles"].clone()
}

fn events(heard: &Value) -> Vec<String> {
    let events = heard["events"].as_array().unwrap().iter().filter(|event| event["kind"] == "console");
    events.map(|event| event["event"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_happens_is_told_from_a_position_on_once() {
    let server = Server::start();
    let (maria, jonas) = (signed_in(&server, "maria.keller"), signed_in(&server, "jonas.weber"));
    let position = state(&server, &maria)["position"].clone();
    let both = |after: &Value| json!([{ "token": maria, "after": after }, { "token": jonas, "after": after }]);
    let login = call(&server, &maria, "login", &json!({ "statusId": status_id(&server, "Available_Cases") }));
    assert_eq!((login.status, login.json()), (200, json!({ "result": true })));
    let heard = listen(&server, &both(&position), 0.0);
    assert_eq!(events(&heard[0]), ["loginSuccess"]);
    assert_eq!(events(&heard[1]), [""; 0]);
    let next = heard[0]["after"].clone();
    assert_eq!(events(&listen(&server, &both(&next), 0.0)[0]), [""; 0]);
    // Whoever did not get the answer asks from the same position.
    assert_eq!(events(&listen(&server, &both(&position), 0.0)[0]), ["loginSuccess"]);
    for wrong in [json!("x.0"), json!(""), json!(format!("{}9", next.as_str().unwrap()))] {
        assert_eq!(listen(&server, &both(&wrong), 5.0)[0]["lost"], true, "{wrong}");
    }
    // A reset is told, and what was known before is still told.
    assert_eq!(server.control("POST", "reset", &Value::Null).status, 204);
    let heard = listen(&server, &both(&next), 0.0);
    assert_eq!(heard[1]["events"][0]["kind"], "beganAgain");
}

#[test]
fn a_request_is_held_until_something_happens_for_its_users() {
    let server = Server::start();
    let maria = signed_in(&server, "maria.keller");
    let position = state(&server, &maria)["position"].clone();
    let consoles = json!([{ "token": maria, "after": position }]);
    let begin = Instant::now();
    assert_eq!(events(&listen(&server, &consoles, 0.3)[0]), [""; 0]);
    assert!(begin.elapsed() >= Duration::from_millis(300));
    std::thread::scope(|scope| {
        let held = scope.spawn(|| {
            let begin = Instant::now();
            (listen(&server, &consoles, 20.0), begin.elapsed())
        });
        std::thread::sleep(Duration::from_millis(200));
        server.log_in("jonas.weber", "Busy");
        server.log_in("maria.keller", "Busy");
        let (heard, waited) = held.join().unwrap();
        assert_eq!(events(&heard[0]), ["loginSuccess"]);
        assert!(waited < Duration::from_secs(15), "{waited:?}");
    });
}

#[test]
fn a_session_that_ends_is_told_to_whoever_waits() {
    let server = Server::start();
    let (maria, jonas) = (signed_in(&server, "maria.keller"), signed_in(&server, "jonas.weber"));
    let position = state(&server, &maria)["position"].clone();
    std::thread::scope(|scope| {
        let held = scope.spawn(|| {
            listen(
                &server,
                &json!([{ "token": maria, "after": position }, { "token": jonas, "after": position }]),
                20.0,
            )
        });
        std::thread::sleep(Duration::from_millis(200));
        let expire = json!({ "now": "expireSessions", "user": "maria.keller@acme.example" });
        assert!(server.control("POST", "faults", &expire).status < 300);
        let heard = held.join().unwrap();
        assert_eq!((&heard[0]["error"], &heard[1]["error"]), (&json!("INVALID_SESSION_ID"), &Value::Null));
    });
    assert_eq!(call(&server, &maria, "getAgentWorks", &json!({})).error(), (401, "INVALID_SESSION_ID".to_owned()));
    assert_eq!(post(&server, "sign-out", &jonas, &Value::Null).status, 204);
    assert_eq!(call(&server, &jonas, "getAgentWorks", &json!({})).error(), (401, "INVALID_SESSION_ID".to_owned()));
}

#[test]
fn only_supervisors_and_the_printed_token_hear_of_everybody() {
    let server = Server::start();
    let (maria, ruth) = (signed_in(&server, "maria.keller"), signed_in(&server, "ruth.adler"));
    let position = state(&server, &maria)["position"].clone();
    server.log_in("jonas.weber", "Busy");
    let all = [&maria, &ruth, &server.token];
    let consoles: Vec<Value> =
        all.iter().map(|token| json!({ "token": token, "after": position, "everybody": true })).collect();
    let heard = listen(&server, &json!(consoles), 0.0);
    assert_eq!(heard[0]["error"], "INSUFFICIENT_ACCESS");
    for of in [&heard[1], &heard[2]] {
        assert_eq!(events(of), ["loginSuccess"]);
        assert!(of["events"].as_array().unwrap().iter().any(|event| event["kind"] == "effect"), "{of}");
    }
}

#[test]
fn wrong_use_is_refused_with_a_reason() {
    let server = Server::start();
    let maria = signed_in(&server, "maria.keller");
    let refused = |method: &str, arguments: &Value| {
        let answer = call(&server, &maria, method, arguments);
        let (status, code) = answer.error();
        format!("{status} {code}: {}", answer.json()[0]["message"].as_str().unwrap_or_default())
    };
    let known = "which is the id of no work: getAgentWorks and events have such ids";
    for (method, arguments, expected) in [
        ("fly", json!({}), "400 INVALID_ARGUMENT: fly: there is no method `fly`".to_owned()),
        (
            "login",
            json!({}),
            "400 INVALID_ARGUMENT: login: `statusId` is missing: pass an object with it, such as {statusId: \"…\"}"
                .to_owned(),
        ),
        (
            "login",
            json!({ "statusId": "Available_Cases" }),
            "400 INVALID_ARGUMENT: login: `statusId` is `Available_Cases`, which is the id of no presence status"
                .to_owned(),
        ),
        ("login", json!({ "statusId": 7 }), "400 INVALID_ARGUMENT: login: `statusId` must be a string".to_owned()),
        (
            "getAgentWorks",
            json!({}),
            "400 FIELD_INTEGRITY_EXCEPTION: notLoggedIn: `maria.keller@acme.example` is not logged in".to_owned(),
        ),
        (
            "acceptAgentWork",
            json!({ "workId": "500000000000001" }),
            format!("400 INVALID_ARGUMENT: acceptAgentWork: `workId` is `500000000000001`, {known}"),
        ),
        (
            "transferAgentWork",
            json!({ "workId": "0Bz000000000001" }),
            format!("400 INVALID_ARGUMENT: transferAgentWork: `workId` is `0Bz000000000001`, {known}"),
        ),
        (
            "supervise",
            json!({ "action": "view" }),
            "400 FIELD_INTEGRITY_EXCEPTION: notSupervisor: no supervisor configuration applies to \
             `maria.keller@acme.example`"
                .to_owned(),
        ),
        (
            "supervise",
            json!({ "action": "changeQueues", "agent": "nobody" }),
            "400 INVALID_ARGUMENT: supervise: `nobody` is no User".to_owned(),
        ),
    ] {
        assert_eq!(refused(method, &arguments), expected, "{method} {arguments}");
    }
    let wrong = |body: Value| post(&server, "stream", "", &body).error();
    assert_eq!(wrong(json!({ "consoles": [] })), (400, "INVALID_ARGUMENT".to_owned()));
    assert_eq!(wrong(json!({ "consoles": [{ "token": maria }], "wait": 90 })), (400, "INVALID_ARGUMENT".to_owned()));
    assert_eq!(wrong(json!({})), (400, "JSON_PARSER_ERROR".to_owned()));
    let password = json!({ "username": "maria.keller@acme.example", "password": "wrong" });
    assert_eq!(post(&server, "sign-in", "", &password).error(), (401, "INVALID_LOGIN".to_owned()));
    assert_eq!(post(&server, "other", &maria, &json!({})).error(), (404, "NOT_FOUND".to_owned()));
    let get = server.send("GET", "/omnic/v1/console/call", &[("Authorization", &maria)], "");
    assert_eq!(get.error(), (405, "METHOD_NOT_ALLOWED".to_owned()));
}

#[test]
fn questions_are_no_events_of_the_history() {
    let server = Server::start();
    let (maria, ruth) = (signed_in(&server, "maria.keller"), signed_in(&server, "ruth.adler"));
    server.log_in("maria.keller", "Available_Cases");
    let history = || server.get("/omnic/v1/events").body.lines().count();
    let before = history();
    for method in
        ["getAgentWorks", "getAgentWorkload", "getServicePresenceStatusId", "getServicePresenceStatusChannels"]
    {
        assert_eq!(call(&server, &maria, method, &json!({})).status, 200, "{method}");
    }
    state(&server, &maria);
    let view = server.send("GET", "/omnic/v1/console/supervisor", &[("Authorization", &ruth)], "");
    assert_eq!((view.status, view.json()["configuration"].clone()), (200, json!("Support_Team_Leads")));
    let refused = server.send("GET", "/omnic/v1/console/supervisor", &[("Authorization", &maria)], "");
    assert_eq!(refused.status, 400, "{}", refused.body);
    assert_eq!(history(), before);
}
