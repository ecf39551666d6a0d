//! Who may ask from where, and what is too much.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::client::{Server, options};

#[test]
fn other_names_than_the_servers_are_refused() {
    let server = Server::start();
    for host in ["evil.example", "evil.example:8800", "localhost.evil.example"] {
        let answer = server.send("GET", "/omnic/v1/health", &[("Host", host)], "");
        assert_eq!(answer.error(), (421, "MISDIRECTED_REQUEST".to_owned()), "{host}");
    }
    for host in ["localhost", "127.0.0.1:1", "[::1]"] {
        assert_eq!(server.send("GET", "/omnic/v1/health", &[("Host", host)], "").status, 200, "{host}");
    }
}

#[test]
fn other_sites_get_no_permission() {
    let server = Server::start();
    let origin = ("Origin", "http://evil.example");
    let preflight =
        server.send("OPTIONS", "/services/data/v60.0/query", &[origin, ("Access-Control-Request-Method", "GET")], "");
    assert!(preflight.status >= 400);
    for answer in [preflight, server.send("GET", "/omnic/v1/health", &[origin], "")] {
        assert!(
            answer.headers.iter().all(|(name, _)| !name.to_lowercase().starts_with("access-control")),
            "{answer:?}"
        );
    }
}

#[test]
fn urls_in_answers_come_from_the_host_or_the_external_url() {
    let server = Server::start();
    let body = "grant_type=client_credentials&client_id=c&client_secret=a+password";
    let token = |server: &Server, host: &str| {
        server.send("POST", "/services/oauth2/token", &[("Host", host)], body).json()["instance_url"].clone()
    };
    assert_eq!(token(&server, "localhost:99"), "http://localhost:99");
    let external =
        Server::with(omnic::serve::ServerOptions { external: Some("https://org.test".to_owned()), ..options() });
    assert_eq!(token(&external.unwrap(), "org.test"), "https://org.test");
}

#[test]
fn a_request_has_one_host_and_that_is_the_servers() {
    let server = Server::start();
    let status = |head: &str| server.raw(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap().status;
    let host = server.address;
    assert_eq!(status(&format!("GET /omnic/v1/health HTTP/1.1\r\nHost: {host}\r\n")), 200);
    assert_eq!(status(&format!("GET /omnic/v1/health HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n")), 400);
    assert_eq!(status("GET /omnic/v1/health HTTP/1.1\r\nHost: localhost:@evil.example\r\n"), 421);
    assert_eq!(status("GET http://evil.example/omnic/v1/health HTTP/1.1\r\nHost: localhost\r\n"), 421);
}

#[test]
fn bodies_of_strangers_are_small() {
    let server = Server::start();
    for (path, most) in [("/services/Soap/u/50.0", 2 << 20), ("/services/oauth2/token", 64 << 10)] {
        let answer = server.send("POST", path, &[], &"a".repeat(most + 1));
        assert_eq!(answer.status, 413, "{path}");
    }
}

#[test]
fn chunked_bodies_are_read() {
    let server = Server::start();
    let request = format!(
        "POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nHost: {}\r\nAuthorization: {}\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n8\r\n{{\"Name\":\r\n4\r\n\"a\"}}\r\n0\r\n\r\n",
        server.address,
        server.bearer()
    );
    assert_eq!(server.raw(request.as_bytes()).unwrap().status, 201);
}

#[test]
fn what_is_no_request_ends_the_connection_and_no_more() {
    let server = Server::start();
    for bytes in [&b"\0\0\0\0\r\n\r\n"[..], b"GET", b"GET / HTTP/1.1\r\nHost:\xff\r\n\r\n", b"\r\n\r\n\r\n\r\n"] {
        let mut socket = TcpStream::connect(server.address).unwrap();
        socket.write_all(bytes).unwrap();
        socket.shutdown(std::net::Shutdown::Write).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let _ = socket.read_to_end(&mut Vec::new());
    }
    let long = "x".repeat(600 * 1024);
    let answer = server.raw(format!("GET /{long} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes());
    assert!(answer.is_none_or(|answer| answer.status >= 400));
    let many: String = "X: 1\r\n".repeat(200);
    let answer = server.raw(format!("GET / HTTP/1.1\r\nHost: localhost\r\n{many}\r\n").as_bytes());
    assert!(answer.is_none_or(|answer| answer.status >= 400));
    assert_eq!(server.rest("GET", "/limits", &Value::Null).status, 200);
}

#[test]
fn no_path_leads_out() {
    let server = Server::start();
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "/scripts/../../Cargo.toml", "/%00"] {
        assert_eq!(server.send("GET", path, &[], "").status, 404, "{path}");
    }
}
