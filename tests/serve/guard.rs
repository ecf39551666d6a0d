//! Who may ask from where, and what is too much.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use omnic::serve::Limits;
use serde_json::{Value, json};

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
    assert_eq!(server.rest("GET", "/limits", &Value::Null).status, 200);
}

#[test]
fn no_path_leads_out() {
    let server = Server::start();
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml", "/scripts/../../Cargo.toml", "/%00"] {
        assert_eq!(server.send("GET", path, &[], "").status, 404, "{path}");
    }
}

/// A server with other limits.
fn limited(limits: Limits) -> Server {
    Server::with(omnic::serve::ServerOptions { limits, ..options() }).unwrap()
}

#[test]
fn long_heads_are_refused_by_their_status() {
    let server = Server::start();
    let ask = |line: &str, headers: &str| {
        let request = format!("{line}\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n");
        server.raw(request.as_bytes()).map(|answer| answer.status)
    };
    assert_eq!(ask(&format!("GET /{} HTTP/1.1", "x".repeat(70 << 10)), ""), Some(414));
    assert_eq!(ask("GET / HTTP/1.1", &"X: 1\r\n".repeat(200)), Some(431));
    // Some of it is never read: then the system may cut the connection before the answer has come.
    let long = ask("GET / HTTP/1.1", &format!("X: {}\r\n", "x".repeat(200 << 10)));
    assert!(matches!(long, Some(431) | None), "{long:?}");
    assert_eq!(ask("GET / HTTP/1.1", &"X: 1\r\n".repeat(90)), Some(200));
}

#[test]
fn large_and_slow_bodies_are_refused() {
    let server = limited(Limits { body: Duration::from_millis(300), ..Limits::default() });
    let head = |length: usize| {
        format!(
            "POST /services/data/v60.0/sobjects/Account HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\n\
             Content-Length: {length}\r\n\r\n",
            server.bearer()
        )
    };
    let began = std::time::Instant::now();
    let slow = server.raw(format!("{}{{\"Name\":", head(100)).as_bytes()).unwrap();
    assert_eq!((slow.status, slow.error().1.as_str()), (408, "REQUEST_TIMEOUT"));
    assert!(began.elapsed() >= Duration::from_millis(300));
    assert!(server.query("SELECT Id FROM Account").is_empty());
    let patient = Server::start();
    let body = format!("{{\"Name\":\"{}\"}}", "a".repeat(16 << 20));
    let large =
        patient.send("POST", "/services/data/v60.0/sobjects/Account", &[("Authorization", &patient.bearer())], &body);
    assert_eq!((large.status, large.error().1.as_str()), (413, "REQUEST_ENTITY_TOO_LARGE"));
}

#[test]
fn slow_heads_end_the_connection() {
    let server = limited(Limits { head: Duration::from_millis(300), ..Limits::default() });
    let began = std::time::Instant::now();
    let answer = server.raw(b"GET / HTTP/1.1\r\nHost: local");
    assert!(answer.is_none_or(|answer| answer.status == 408));
    assert!((300..5_000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
}

#[test]
fn a_client_that_reads_nothing_is_cut_off() {
    let server = limited(Limits { reading: Duration::from_millis(500), ..Limits::default() });
    let case = server.create("Case", &json!({ "Description": "d".repeat(30_000) }));
    // An answer of 60 MB: far more than lies in the buffers of sockets.
    let body = json!({ "ids": vec![case; 2_000], "fields": ["Description"] }).to_string();
    let request = format!(
        "POST /services/data/v60.0/composite/sobjects/Case HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        server.bearer(),
        body.len()
    );
    let read = |pause: Duration| {
        let mut socket = TcpStream::connect(server.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket.write_all(request.as_bytes()).unwrap();
        let mut first = [0; 64];
        socket.read_exact(&mut first).unwrap();
        assert!(first.starts_with(b"HTTP/1.1 200"));
        std::thread::sleep(pause);
        let (mut bytes, mut buffer) = (0, vec![0; 1 << 20]);
        while bytes < 60_000_000 {
            match socket.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => bytes += read,
            }
        }
        bytes
    };
    assert!(read(Duration::ZERO) >= 60_000_000, "whoever reads gets it whole");
    assert!(read(Duration::from_secs(3)) < 60_000_000, "the connection is cut");
    assert_eq!(server.rest("GET", "/limits", &Value::Null).status, 200);
}

#[test]
fn there_are_so_many_connections_and_no_more() {
    let server = limited(Limits { connections: 2, ..Limits::default() });
    let health = "GET /omnic/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
    let open = || {
        let mut socket = TcpStream::connect(server.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        let _ = socket.write_all(health.as_bytes());
        let mut answer = [0; 12];
        let is_answered = socket.read_exact(&mut answer).is_ok() && &answer == b"HTTP/1.1 200";
        (socket, is_answered)
    };
    let (first, second, third) = (open(), open(), open());
    assert_eq!((first.1, second.1, third.1), (true, true, false));
    drop(first);
    // The server learns of it a moment later.
    let deadline = std::time::Instant::now() + Duration::from_secs(5);
    while !open().1 {
        assert!(std::time::Instant::now() < deadline);
    }
    drop(second);
}
