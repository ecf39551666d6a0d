//! A server over the example, and a client that knows HTTP and nothing else.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::net::{IpAddr, SocketAddr, TcpStream};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::thread::JoinHandle;
use std::time::Duration;

use omnic::compile::{OnErrors, compile};
use omnic::plan::Plan;
use omnic::runtime::RoutingOptions;
use omnic::serve::bayeux::BayeuxOptions;
use omnic::serve::clock::Pace;
use omnic::serve::{AccessOptions, Limits, OrgOptions, Recovered, Reload, ServeError, ServerOptions, start};
use serde_json::{Value, json};

use crate::common;

/// The password of every user.
pub(crate) const PASSWORD: &str = "a password";

/// The example's plan, with its records.
pub(crate) fn plan() -> &'static Plan {
    static PLAN: LazyLock<Plan> = LazyLock::new(|| {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/acme-support");
        let (project, analysis) = common::check_with(&folder, false, Some(&folder.join("org")));
        compile(&analysis, &project.problems, OnErrors::Refuse).unwrap()
    });
    &PLAN
}

/// A server that ends when it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) token: String,
    pub(crate) organization: String,
    pub(crate) recovered: Recovered,
    end: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The code of the first error, with the status.
    pub(crate) fn error(&self) -> (u16, String) {
        (self.status, self.json()[0]["errorCode"].as_str().unwrap_or_default().to_owned())
    }
}

pub(crate) fn options() -> ServerOptions {
    ServerOptions {
        host: IpAddr::from([127, 0, 0, 1]),
        port: 0,
        external: None,
        log: None,
        limits: Limits::default(),
        tls: None,
        components: None,
        org: OrgOptions {
            pace: Pace::Manual,
            data: None,
            new_plan: false,
            routing: RoutingOptions::default(),
            passwords: None,
            password: PASSWORD.to_owned(),
            access: AccessOptions::default(),
            streaming: BayeuxOptions { hold_ms: 400, ..BayeuxOptions::default() },
        },
    }
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::with(options()).unwrap()
    }

    pub(crate) fn with(options: ServerOptions) -> Result<Self, ServeError> {
        Self::of(plan().clone(), options, None)
    }

    pub(crate) fn of(plan: Plan, options: ServerOptions, reload: Option<Reload>) -> Result<Self, ServeError> {
        let running = start(plan, options, reload)?;
        let (end, ended) = tokio::sync::oneshot::channel();
        let (address, token, organization) = (running.address, running.token.clone(), running.organization.clone());
        let recovered = running.recovered.clone();
        let thread = std::thread::spawn(move || {
            running.run(async {
                let _ = ended.await;
            });
        });
        Ok(Self { address, token, organization, recovered, end: Some(end), thread: Some(thread) })
    }

    /// Ends it, and waits until everything is written.
    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    /// Sends a request, with these headers and no other ones, and reads the answer.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut text = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        let has_host = headers.iter().any(|(name, _)| *name == "Host");
        if !has_host {
            write!(text, "Host: {}\r\n", self.address).unwrap();
        }
        for (name, value) in headers {
            write!(text, "{name}: {value}\r\n").unwrap();
        }
        text.push_str("\r\n");
        text.push_str(body);
        self.raw(text.as_bytes()).unwrap_or_else(|| panic!("{method} {path}: the connection was cut"))
    }

    /// Sends bytes, and reads an answer; none if the connection ends without one.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Option<Answer> {
        let mut socket = TcpStream::connect(self.address).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        socket.write_all(bytes).unwrap();
        let mut read = Vec::new();
        let _ = socket.read_to_end(&mut read);
        let text = String::from_utf8(read).unwrap();
        let (head, body) = text.split_once("\r\n\r\n")?;
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let header = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_owned(), value.to_owned()));
        Some(Answer { status, headers: lines.filter_map(header).collect(), body: body.to_owned() })
    }

    pub(crate) fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }

    fn ask(&self, method: &str, path: &str, body: &str) -> Answer {
        self.send(method, path, &[("Authorization", &self.bearer())], body)
    }

    /// A request to `/services/data/v60.0`, with the printed token.
    pub(crate) fn rest(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.ask(method, &format!("/services/data/v60.0{path}"), &body)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    /// The id of a new record.
    pub(crate) fn create(&self, object: &str, fields: &Value) -> String {
        let answer = self.rest("POST", &format!("/sobjects/{object}"), fields);
        assert_eq!(answer.status, 201, "{object} {fields}: {}", answer.body);
        answer.json()["id"].as_str().unwrap().to_owned()
    }

    /// The records of a query, without their attributes.
    pub(crate) fn query(&self, soql: &str) -> Vec<Value> {
        let encoded = percent_encoding::utf8_percent_encode(soql, percent_encoding::NON_ALPHANUMERIC);
        let answer = self.rest("GET", &format!("/query?q={encoded}"), &Value::Null);
        assert_eq!(answer.status, 200, "{soql}: {}", answer.body);
        let mut records = answer.json()["records"].as_array().unwrap().clone();
        for record in &mut records {
            record.as_object_mut().unwrap().remove("attributes");
        }
        records
    }

    /// One value of one record.
    pub(crate) fn value(&self, soql: &str) -> Value {
        let records = self.query(soql);
        assert_eq!(records.len(), 1, "{soql}: {records:?}");
        let mut value = &records[0];
        while let Some(fields) = value.as_object() {
            value = fields.iter().find(|(name, _)| *name != "attributes").unwrap().1;
        }
        value.clone()
    }

    pub(crate) fn text(&self, soql: &str) -> String {
        self.value(soql).as_str().unwrap_or_else(|| panic!("{soql}")).to_owned()
    }

    pub(crate) fn queue(&self, name: &str) -> String {
        self.text(&format!("SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = '{name}'"))
    }

    pub(crate) fn user(&self, name: &str) -> String {
        self.text(&format!("SELECT Id FROM User WHERE Username = '{name}@acme.example'"))
    }

    /// A request to `/omnic/v1`, with the printed token.
    pub(crate) fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.ask(method, &format!("/omnic/v1/{path}"), &body)
    }

    /// Events that none may refuse; their effects.
    pub(crate) fn happen(&self, events: &Value) -> Vec<Value> {
        let answer = self.control("POST", "events", events);
        assert_eq!((answer.status, answer.json()["refused"].as_u64()), (200, Some(0)), "{events}: {}", answer.body);
        answer.json()["effects"].as_array().unwrap().clone()
    }

    pub(crate) fn log_in(&self, user: &str, status: &str) {
        self.happen(&json!({ "event": "login", "user": format!("{user}@acme.example"), "statusId": status }));
    }

    pub(crate) fn advance(&self, seconds: u32) -> Vec<Value> {
        let answer = self.control("POST", "clock", &json!({ "advanceSeconds": seconds }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()["effects"].as_array().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}
