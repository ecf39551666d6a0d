//! Whatever a client says, each request has one answer, and the session ends as the protocol says. A panic that the
//! server would catch ends the fuzzer, too: its hook comes first.
//!
//! The input is what a client can do, and messages, apart at lines that hold `%`. A message is a method up to the first
//! line end, and its parameters; `?` before the method makes it a request, `=` an answer. `$ROOT` stands for the address
//! of the project, which is the example with mistakes.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use omnic_fuzz::{example, head};
use serde_json::{Value, json};
use url::Url;

/// No session takes as long as this.
const PATIENCE: Duration = Duration::from_secs(20);
const OPEN: i32 = -1;
const SHUT: i32 = -2;

fuzz_target!(|input: &str| {
    let root = Url::from_file_path(example("broken").canonicalize().unwrap()).unwrap();
    let input = input.replace("$ROOT", root.as_str());
    let (capabilities, mut rest) = head(&input);
    let capabilities = serde_json::from_str(capabilities).unwrap_or_else(|_| json!({}));
    let (server, client) = Connection::memory();
    let server = std::thread::spawn(move || omnic::lsp::serve(&server, false));
    let params = json!({
        "processId": null, "rootUri": null, "capabilities": capabilities,
        "workspaceFolders": [{ "uri": root.as_str(), "name": "project" }],
    });
    let say = |message: Message| client.sender.send_timeout(message, PATIENCE).unwrap();
    say(request(OPEN, "initialize", params));
    let opened = wait(&client, OPEN, &mut Vec::new());
    if opened.response_result.is_err() {
        // What it says it can do makes no sense.
        drop(client);
        let _ = server.join().unwrap();
        return;
    }
    say(Message::Notification(Notification { method: "initialized".to_owned(), params: json!({}) }));
    let (mut asked, mut answered) = (0, Vec::new());
    while !rest.is_empty() && asked < 64 {
        let (message, behind) = head(rest);
        rest = behind;
        let (method, params) = message.split_once('\n').unwrap_or((message, ""));
        let params: Value = serde_json::from_str(params).unwrap_or_default();
        match method.split_at_checked(1) {
            Some((_, "shutdown" | "exit")) => {}
            Some(("?", method)) => {
                say(request(asked, method, params));
                asked += 1;
            }
            Some(("=", _)) => say(Message::Response(Response::new_ok(RequestId::from(1), params))),
            _ if method == "exit" => {}
            _ => say(Message::Notification(Notification { method: method.to_owned(), params })),
        }
    }
    say(request(SHUT, "shutdown", Value::Null));
    wait(&client, SHUT, &mut answered);
    say(Message::Notification(Notification { method: "exit".to_owned(), params: Value::Null }));
    server.join().unwrap().unwrap();
    answered.extend(client.receiver.try_iter().filter_map(id_of));
    for id in 0..asked {
        let times = answered.iter().filter(|answered| **answered == RequestId::from(id)).count();
        // Those that take long may still be at work.
        assert!(times <= 1, "{id} has {times} answers");
    }
});

fn request(id: i32, method: &str, params: Value) -> Message {
    Message::Request(Request { id: RequestId::from(id), method: method.to_owned(), params })
}

fn id_of(message: Message) -> Option<RequestId> {
    if let Message::Response(response) = message { Some(response.id) } else { None }
}

/// Waits for one answer, and notes the others.
fn wait(client: &Connection, id: i32, answered: &mut Vec<RequestId>) -> Response {
    loop {
        match client.receiver.recv_timeout(PATIENCE).unwrap() {
            Message::Response(response) if response.id == RequestId::from(id) => return response,
            Message::Response(response) => answered.push(response.id),
            _ => {}
        }
    }
}
