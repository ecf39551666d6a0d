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
    assert!(told.contains("--new-plan"), "{told}");
}

fn refused(mut command: Command) -> (i32, String) {
    let output = command.output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_cannot_be_served_is_refused_with_a_way_out() {
    let cases: [(&[&str], i32, &str); 9] = [
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
