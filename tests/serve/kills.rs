//! A server that is killed under load, again and again: what it had answered is there, once.
//!
//! `OMNIC_KILLS` says how often; ten times without it. How long restarts take is printed; `OMNIC_RESTART_MS` says how long
//! they may take, for a machine that does nothing else.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A number from the environment.
fn given(name: &str, otherwise: u32) -> u32 {
    std::env::var(name).map_or(otherwise, |number| number.parse().unwrap())
}

struct Program {
    child: Child,
    address: String,
    token: String,
}

impl Program {
    fn start(plan: &str, data: &str) -> Self {
        let arguments = ["serve", plan, "--port", "0", "--format", "json", "--data", data];
        let mut child = Command::new(env!("CARGO_BIN_EXE_omnic"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let told: Value = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"));
        let text = |name: &str| told[name].as_str().unwrap().to_owned();
        Self { child, address: text("url").replace("http://", ""), token: text("accessToken") }
    }

    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// The body of an answer; none if there is none, or it is not whole.
fn ask(address: &str, token: &str, method: &str, path: &str, body: &Value) -> Option<(u16, Value)> {
    let mut socket = TcpStream::connect(address).ok()?;
    socket.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    socket.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    socket.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length: usize =
        head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok())?;
    (body.len() == length).then(|| Some((status, serde_json::from_str(body).ok()?)))?
}

/// All records of a query, page by page.
fn query(program: &Program, soql: &str) -> Vec<Value> {
    let mut path = format!("/services/data/v60.0/query?q={}", soql.replace(' ', "+"));
    let mut records = Vec::new();
    loop {
        let (status, page) = ask(&program.address, &program.token, "GET", &path, &Value::Null).unwrap();
        assert_eq!(status, 200, "{page}");
        records.extend(page["records"].as_array().unwrap().iter().cloned());
        match page["nextRecordsUrl"].as_str() {
            Some(next) => next.clone_into(&mut path),
            None => return records,
        }
    }
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_by_a_kill() {
    let (kills, slowest_restart) = (given("OMNIC_KILLS", 10), given("OMNIC_RESTART_MS", 60_000));
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plan = path("plan.json");
    let compiled = Command::new(env!("CARGO_BIN_EXE_omnic"))
        .args(["compile", "examples/acme-support", "--records", "examples/acme-support/org", "--output", &plan])
        .status()
        .unwrap();
    assert!(compiled.success());
    let data = path("data");
    // What was acknowledged: ids by the names that each write has of its own.
    let acknowledged: Arc<Mutex<BTreeMap<String, String>>> = Arc::default();
    let mut program = Program::start(&plan, &data);
    let mut restarts = Vec::new();
    for round in 0..kills {
        let queue = query(&program, "SELECT Id FROM Group WHERE Type = 'Queue' AND DeveloperName = 'Partner_Repairs'");
        let queue = queue[0]["Id"].clone();
        let writers: Vec<_> = (0..4)
            .map(|writer| {
                let (acknowledged, queue) = (Arc::clone(&acknowledged), queue.clone());
                let (address, token) = (program.address.clone(), program.token.clone());
                std::thread::spawn(move || {
                    for number in 0.. {
                        let subject = format!("{round}-{writer}-{number}");
                        // Some are work, so that routing has to be played again, too.
                        let fields = match number % 4 {
                            0 => json!({ "Subject": subject, "OwnerId": queue }),
                            _ => json!({ "Subject": subject }),
                        };
                        let path = "/services/data/v60.0/sobjects/Case";
                        let Some((status, made)) = ask(&address, &token, "POST", path, &fields) else { return };
                        assert_eq!(status, 201, "{made}");
                        acknowledged.lock().unwrap().insert(subject, made["id"].as_str().unwrap().to_owned());
                    }
                })
            })
            .collect();
        // At another moment each time.
        std::thread::sleep(Duration::from_millis(150 + u64::from(round * 37 % 250)));
        program.kill();
        for writer in writers {
            writer.join().unwrap();
        }
        let began = Instant::now();
        program = Program::start(&plan, &data);
        restarts.push(began.elapsed().as_millis());
        let records = query(&program, "SELECT Id, Subject FROM Case");
        let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for record in &records {
            found.entry(record["Subject"].as_str().unwrap()).or_default().push(record["Id"].as_str().unwrap());
        }
        for (subject, id) in &*acknowledged.lock().unwrap() {
            assert_eq!(found.get(subject.as_str()).map(Vec::as_slice), Some(&[id.as_str()][..]), "{subject}");
        }
        // At most what was under way in each writer is there beyond that, and each once.
        assert!(found.values().all(|ids| ids.len() == 1));
        let unknown = found.len() - acknowledged.lock().unwrap().len();
        assert!(unknown <= 4 * (round as usize + 1), "{unknown}");
        let waiting = query(&program, "SELECT WorkItemId FROM PendingServiceRouting");
        let owned = query(&program, "SELECT Id FROM Case WHERE Owner.Type = 'Queue'");
        assert_eq!(waiting.len(), owned.len());
    }
    program.kill();
    restarts.sort_unstable();
    let slowest = restarts.last().copied().unwrap_or_default();
    let median = restarts.get(restarts.len() / 2).copied().unwrap_or_default();
    let records = acknowledged.lock().unwrap().len();
    println!("{kills} kills, {records} records acknowledged; restarts: median {median} ms, slowest {slowest} ms");
    assert!(records > kills as usize, "there was load");
    assert!(slowest <= u128::from(slowest_restart), "{restarts:?}");
}
