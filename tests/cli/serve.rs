//! `omnic serve` as a program: what it prints, what it refuses, how it ends.

#![cfg(all(unix, feature = "serve"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

fn omnic(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
    command.arg("serve").args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A server, and the object that it prints when it listens.
fn started(arguments: &[&str]) -> (Child, Value) {
    let mut child = omnic(arguments).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    let told = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
    (child, told)
}

fn get(told: &Value, path: &str) -> String {
    let address = told["url"].as_str().unwrap().strip_prefix("http://").unwrap();
    let mut socket = TcpStream::connect(address).unwrap();
    let token = told["accessToken"].as_str().unwrap();
    let request =
        format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    answer
}

fn ended(mut child: Child, signal: &str) -> Output {
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    child.wait().unwrap();
    child.wait_with_output().unwrap()
}

const EXAMPLE: [&str; 6] = ["examples/acme-support", "--port", "0", "--format", "json", "--isolated"];

#[test]
fn one_line_says_where_it_listens_and_a_signal_ends_it() {
    for signal in ["-TERM", "-INT"] {
        let (child, told) = started(&EXAMPLE);
        assert_eq!(told["apiVersion"], "68.0");
        assert!(told["organizationId"].as_str().unwrap().starts_with("00D"));
        assert!(get(&told, "/omnic/v1/health").starts_with("HTTP/1.1 200 OK"));
        assert!(get(&told, "/services/data/v68.0/sobjects").starts_with("HTTP/1.1 200 OK"));
        let output = ended(child, signal);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(TcpStream::connect(told["url"].as_str().unwrap().strip_prefix("http://").unwrap()).is_err());
    }
}

#[test]
fn a_person_is_told_what_to_do_next() {
    let mut child = omnic(&["examples/acme-support", "--port", "0"]).spawn().unwrap();
    let mut text = String::new();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap());
    while !text.contains("Ctrl-C") {
        assert_ne!(lines.read_line(&mut text).unwrap(), 0, "{text}");
    }
    drop(lines);
    assert!(ended(child, "-TERM").status.success());
    for part in [
        "An org with 10 queues and",
        "Token     00D",
        "Password  ",
        "curl -H 'Authorization: Bearer 00D",
        "sf org login access-token",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn what_was_written_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let arguments = [&EXAMPLE[..], &["--data", data.to_str().unwrap()]].concat();
    let (child, told) = started(&arguments);
    let address = told["url"].as_str().unwrap().strip_prefix("http://").unwrap();
    let body = r#"{"Name":"kept"}"#;
    let request = format!(
        "POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nHost: {address}\r\nAuthorization: {}\r\n\
         Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
        told["accessToken"].as_str().unwrap(),
        body.len()
    );
    let mut socket = TcpStream::connect(address).unwrap();
    socket.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    ended(child, "-KILL");
    let (child, told) = started(&arguments);
    assert!(get(&told, "/services/data/v60.0/query?q=SELECT+Name+FROM+Account").contains("\"kept\""));
    // Another plan does not take it.
    let other =
        omnic(&["tests/fixtures/diff/before", "--port", "0", "--allow-errors", "--data", data.to_str().unwrap()]);
    assert_eq!(refused(other).0, 2, "it is in use");
    ended(child, "-TERM");
    let mut other =
        omnic(&["tests/fixtures/diff/before", "--port", "0", "--allow-errors", "--data", data.to_str().unwrap()]);
    let (status, told) = refused(std::mem::replace(&mut other, Command::new("true")));
    assert_eq!(status, 2);
    assert!(told.contains("--new-plan") && told.matches("name another folder").count() == 1, "{told}");
}

fn refused(mut command: Command) -> (i32, String) {
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_cannot_be_served_is_refused_with_a_way_out() {
    let cases: [(&[&str], i32, &str); 15] = [
        (&["examples/acme-support", "--tls", "--allow-http"], 2, "--allow-http"),
        (&["examples/acme-support", "--port", "0", "--tls-cert", "README.md"], 2, "--tls-key"),
        (
            &["examples/acme-support", "--port", "0", "--tls-cert", "README.md", "--tls-key", "README.md"],
            2,
            "a certificate as PEM",
        ),
        (&["examples/acme-support", "--clients", "README.md"], 2, "file of clients"),
        (&["examples/acme-support", "--clock", "fast"], 2, "x10"),
        (&["examples/acme-support", "--external-url", "omnic"], 2, "http://"),
        (&["examples/acme-support", "--external-url", "http://user:pw@omnic.example"], 2, "no user name"),
        (&["examples/acme-support", "--external-url", "https://omnic.example/?x=1"], 2, "no query"),
        (&["examples/acme-support", "--external-url", "https://omnic.example/#x"], 2, "no fragment"),
        (&["examples/acme-support", "--external-url", "https://omnic.example:http"], 2, "omnic.example:8800"),
        (&["examples/acme-support", "--host", "localhost"], 2, "127.0.0.1"),
        (&["examples/acme-support", "--port", "0", "--data", "Cargo.toml/data"], 2, "`Cargo.toml/data` cannot be used"),
        (&["examples/broken"], 1, "nothing is served"),
        (&["nowhere.json"], 2, "nowhere.json"),
        (&["examples/acme-support", "--passwords", "README.md"], 2, "JSON object"),
    ];
    for (arguments, status, part) in cases {
        let (code, told) = refused(omnic(arguments));
        assert_eq!((code, told.contains(part)), (status, true), "{arguments:?}: {told}");
    }
    let (child, told) = started(&EXAMPLE);
    let port = told["url"].as_str().unwrap().rsplit(':').next().unwrap().to_owned();
    let (code, message) = refused(omnic(&["examples/acme-support", "--port", &port]));
    assert_eq!(code, 2);
    assert!(message.contains("--port"), "{message}");
    ended(child, "-TERM");
}

#[test]
fn data_that_cannot_be_played_again_is_told_with_a_way_out() {
    use omnic::serve::journal::{Folder, Journal, Opened, Plan};
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let arguments = [&EXAMPLE[..], &["--data", data.to_str().unwrap()]].concat();
    let (child, told) = started(&arguments);
    let health = get(&told, "/omnic/v1/health");
    let health: Value = serde_json::from_str(health.split_once("\r\n\r\n").unwrap().1).unwrap();
    ended(child, "-TERM");
    let plan = Plan { digest: health["plan"].as_str().unwrap().to_owned(), accept_other: false };
    let Opened { mut journal, .. } = Journal::open(Folder::open(&data).unwrap(), &plan).unwrap();
    journal.append(1, br#"{"entry":"of a later version"}"#).unwrap();
    journal.commit().unwrap();
    drop(journal);
    let (status, told) = refused(omnic(&arguments));
    assert_eq!(status, 2);
    assert!(told.contains("cannot be read") && told.contains("--new-plan"), "{told}");
    // What is not read at all is not taken either: the help does not lead in a circle.
    let (status, told) = refused(omnic(&[&arguments[..], &["--new-plan"]].concat()));
    assert_eq!(status, 2);
    assert!(told.contains("another folder") && !told.contains("--new-plan"), "{told}");
    // An event that is refused: records stay.
    let data = folder.path().join("other");
    let arguments = [&EXAMPLE[..], &["--data", data.to_str().unwrap()]].concat();
    ended(started(&arguments).0, "-TERM");
    let Opened { mut journal, .. } = Journal::open(Folder::open(&data).unwrap(), &plan).unwrap();
    let event = br#"{"entry":"happened","at":"2027-01-01T08:00:00Z","by":"005000000000001AAA",
        "event":{"event":"acceptAgentWork","user":"nobody@acme.example","workId":"nothing"}}"#;
    journal.append(1, event).unwrap();
    journal.commit().unwrap();
    drop(journal);
    let (status, told) = refused(omnic(&arguments));
    assert_eq!((status, told.contains("--new-plan")), (2, true), "{told}");
    let output = ended(started(&[&arguments[..], &["--new-plan"]].concat()).0, "-TERM");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("nobody@acme.example") && told.contains("routing began again"), "{told}");
    ended(started(&arguments).0, "-TERM");
}
