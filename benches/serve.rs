//! How much load the emulator carries: `cargo bench --bench serve`.
//!
//! Not divan: what counts is the real program over sockets, for a minute. 50 subscribers hold their connects, 200 records a
//! second are created on a schedule, whether the server keeps up or not: a time counts from when a record was to be sent, so
//! that what waits behind a slow answer counts, too. Each reply is checked: it carries all that was acknowledged before its
//! connect was sent, and no event is lost or comes twice. Parts, named behind `--`: `load`, `records` (the same with 100,000
//! records in the org), `growth`, `queries`; with `data`, with a journal on disk. A number is the seconds of each run.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    missing_docs,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a bench"
)]

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

const PROJECT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/acme-support");
/// Connections that create records.
const WRITERS: u64 = 8;
/// Records created in a second.
const RATE: u64 = 200;
/// What begins the subject of a record that counts.
const MARK: &str = "\"Subject\":\"load ";

/// The program, over the example.
struct Server {
    child: Child,
    address: SocketAddr,
    token: String,
    /// The folder of its journal.
    data: Option<tempfile::TempDir>,
}

impl Server {
    fn start(with_data: bool) -> Self {
        let data = with_data.then(|| tempfile::tempdir().unwrap());
        let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
        command.args(["serve", PROJECT, "--port", "0", "--format", "json"]);
        command.args(["--records", &format!("{PROJECT}/org")]);
        if let Some(data) = &data {
            command.arg("--data").arg(data.path());
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let started: Value = serde_json::from_str(&line).unwrap();
        let address = started["url"].as_str().unwrap().strip_prefix("http://").unwrap().parse().unwrap();
        Self { child, address, token: started["accessToken"].as_str().unwrap().to_owned(), data }
    }

    /// The most memory so far, in MB.
    fn memory(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() * 1_024.0 / 1e6
    }

    /// Processor time so far.
    fn processor(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let fields = stat.rsplit_once(") ").map_or("", |(_, rest)| rest).split(' ').skip(11).take(2);
        // The system counts in hundredths of a second.
        Duration::from_millis(fields.filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10)
    }

    fn connect(&self) -> Connection {
        Connection::to(self.address, &self.token)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        drop(self.data.take());
    }
}

/// A connection that is kept.
struct Connection {
    stream: BufReader<TcpStream>,
    head: String,
    cookie: String,
}

impl Connection {
    fn to(address: SocketAddr, token: &str) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        let head = format!("Host: {address}\r\nAuthorization: Bearer {token}\r\n");
        Self { stream: BufReader::with_capacity(1 << 16, stream), head, cookie: String::new() }
    }

    /// Sends a request, and reads the answer: its status and its body.
    fn ask(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        let mut text = format!("{method} {path} HTTP/1.1\r\n{}{}", self.head, self.cookie);
        write!(text, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.stream.get_mut().write_all(text.as_bytes()).unwrap();
        let (mut status, mut length) = (0, 0);
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).unwrap();
            let line = line.trim_end();
            if line.is_empty() {
                break;
            }
            if let Some(rest) = line.strip_prefix("HTTP/1.1 ") {
                status = rest[..3].parse().unwrap();
            } else if let Some((name, value)) = line.split_once(": ") {
                if name.eq_ignore_ascii_case("content-length") {
                    length = value.parse().unwrap();
                } else if name.eq_ignore_ascii_case("set-cookie") {
                    self.cookie = format!("Cookie: {}\r\n", value.split(';').next().unwrap());
                }
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).unwrap();
        (status, String::from_utf8(body).unwrap())
    }

    fn rest(&mut self, method: &str, path: &str, body: &str) -> (u16, String) {
        self.ask(method, &format!("/services/data/v60.0{path}"), body)
    }

    fn query(&mut self, soql: &str) -> (u16, String) {
        let encoded = percent_encoding::utf8_percent_encode(soql, percent_encoding::NON_ALPHANUMERIC);
        self.rest("GET", &format!("/query?q={encoded}"), "")
    }

    fn bayeux(&mut self, message: &str) -> String {
        let (status, body) = self.ask("POST", "/cometd/60.0", message);
        assert_eq!(status, 200, "{body}");
        body
    }
}

/// When each record was to be sent, and when its creation was acknowledged, in microseconds since the start.
struct Times {
    start: Instant,
    planned: Vec<u64>,
    acknowledged: Vec<AtomicU64>,
}

impl Times {
    fn now(&self) -> u64 {
        self.start.elapsed().as_micros() as u64
    }
}

/// Shares of times.
#[derive(Default)]
struct Latencies(Vec<u64>);

impl Latencies {
    /// In milliseconds.
    fn share(&mut self, share: f64) -> f64 {
        self.0.sort_unstable();
        let at = ((self.0.len() as f64 * share) as usize).min(self.0.len().saturating_sub(1));
        self.0.get(at).map_or(0.0, |&time| time as f64 / 1e3)
    }
}

/// What a subscriber has seen.
#[derive(Default)]
struct Seen {
    latencies: Latencies,
    replies: u64,
    late: u64,
    events: u64,
}

/// Subscribes, and reads events until all have come or the time is over.
fn subscribe(mut connection: Connection, times: &Times, ready: &AtomicU64, over: &AtomicBool, filter: &str) -> Seen {
    let shaken = connection
        .bayeux(r#"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]"#);
    let client = field(&shaken, "\"clientId\":\"").unwrap().to_owned();
    let connect = format!(r#"[{{"channel":"/meta/connect","connectionType":"long-polling","clientId":"{client}"}}]"#);
    connection.bayeux(&connect);
    let subscription = format!("/topic/Load{filter}");
    let message = format!(r#"[{{"channel":"/meta/subscribe","clientId":"{client}","subscription":"{subscription}"}}]"#);
    let subscribed = connection.bayeux(&message);
    assert!(subscribed.contains("\"successful\":true"), "{subscribed}");
    ready.fetch_add(1, Ordering::SeqCst);
    let mut seen = Seen::default();
    let mut last_replay = 0;
    let mut has = vec![false; times.planned.len()];
    while seen.events < times.planned.len() as u64 && !over.load(Ordering::SeqCst) {
        let sent = times.now();
        let reply = connection.bayeux(&connect);
        let received = times.now();
        seen.replies += 1;
        for part in reply.split("\"replayId\":").skip(1) {
            let number_of_event: u64 = part[..part.find(|c: char| !c.is_ascii_digit()).unwrap()].parse().unwrap();
            assert!(number_of_event > last_replay, "the event {number_of_event} comes after {last_replay}");
            last_replay = number_of_event;
            let number: usize = field(part, MARK).unwrap().parse().unwrap();
            assert!(!has[number], "the event of record {number} comes twice");
            has[number] = true;
            seen.events += 1;
            seen.latencies.0.push(received.saturating_sub(times.planned[number]));
        }
        // What was acknowledged before the connect was sent had to be in this reply or an earlier one.
        let missing = |(number, acknowledged): (usize, &AtomicU64)| {
            let at = acknowledged.load(Ordering::SeqCst);
            at != 0 && at < sent && !has[number]
        };
        seen.late +=
            times.acknowledged.iter().enumerate().filter(|(at, _)| at % 7 == 0).filter(|&pair| missing(pair)).count()
                as u64;
    }
    seen
}

/// The text between a mark and the next quote.
fn field<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    text.split_once(mark)?.1.split('"').next()
}

/// Makes records that nobody is told of, 200 at a time.
fn fill(connection: &mut Connection, records: u64) {
    let mut left = records;
    while left > 0 {
        let some = left.min(200);
        let record = |at: u64| {
            let subject = format!("The printer on floor {} is out of paper", (left - at) % 90);
            format!(
                r#"{{"attributes":{{"type":"Case"}},"Subject":"{subject}","Status":"New","Origin":"Web","Key__c":"k{}"}}"#,
                left - at
            )
        };
        let all: Vec<String> = (0..some).map(record).collect();
        let body = format!(r#"{{"allOrNone":true,"records":[{}]}}"#, all.join(","));
        let (status, answer) = connection.rest("POST", "/composite/sobjects", &body);
        assert!(status == 200 && !answer.contains("\"success\":false"), "{answer}");
        left -= some;
    }
}

/// A run: so many records in the org, subscribers, seconds.
#[derive(Clone, Copy)]
struct Run {
    records: u64,
    subscribers: u64,
    seconds: u64,
    with_data: bool,
}

fn run(of: Run) {
    let server = Server::start(of.with_data);
    let mut connection = server.connect();
    let begin = Instant::now();
    fill(&mut connection, of.records);
    let filled = begin.elapsed();
    let full = server.memory();
    let (_, queue) = connection.query("SELECT QueueId FROM QueueSobject WHERE SobjectType = 'Case' LIMIT 1");
    let queue = field(&queue, "\"QueueId\":\"").unwrap().to_owned();
    let topic = r#"{"Name":"Load","Query":"SELECT Id, Subject, Status, Priority, OwnerId, CaseNumber, CreatedDate FROM Case","ApiVersion":60.0,"NotifyForFields":"All","NotifyForOperationUpdate":false}"#;
    let (status, answer) = connection.rest("POST", "/sobjects/PushTopic", topic);
    assert_eq!(status, 201, "{answer}");

    let count = of.seconds * RATE;
    let lead = Duration::from_secs(1 + of.subscribers / 100);
    let planned = (0..count).map(|at| lead.as_micros() as u64 + at * 1_000_000 / RATE).collect();
    let times = Arc::new(Times {
        start: Instant::now(),
        planned,
        acknowledged: (0..count).map(|_| AtomicU64::new(0)).collect(),
    });
    let (ready, over) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
    let subscribers: Vec<_> = (0..of.subscribers)
        .map(|at| {
            let (connection, times) = (server.connect(), Arc::clone(&times));
            let (ready, over) = (Arc::clone(&ready), Arc::clone(&over));
            // One in five filters, and lets everything through.
            let filter = if at % 5 == 4 { "?Status='New'" } else { "" };
            thread::spawn(move || subscribe(connection, &times, &ready, &over, filter))
        })
        .collect();
    let before = server.processor();
    let writers: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (mut connection, times, queue) = (server.connect(), Arc::clone(&times), queue.clone());
            thread::spawn(move || {
                let mut latencies = Latencies::default();
                for at in (writer..count).step_by(WRITERS as usize) {
                    let planned = times.planned[at as usize];
                    thread::sleep(Duration::from_micros(planned.saturating_sub(times.now())));
                    // One in four is work.
                    let owner = if at % 4 == 0 { format!(r#","OwnerId":"{queue}""#) } else { String::new() };
                    let body = format!(r#"{{"Subject":"load {at}","Status":"New","Origin":"Web"{owner}}}"#);
                    let (status, answer) = connection.rest("POST", "/sobjects/Case", &body);
                    assert_eq!(status, 201, "{answer}");
                    let now = times.now();
                    times.acknowledged[at as usize].store(now, Ordering::SeqCst);
                    latencies.0.push(now - planned);
                }
                latencies
            })
        })
        .collect();
    let mut created = Latencies::default();
    for writer in writers {
        created.0.extend(writer.join().unwrap().0);
    }
    assert_eq!(ready.load(Ordering::SeqCst), of.subscribers, "not all had subscribed when the first record came");
    let used = server.processor().saturating_sub(before);
    // Whoever misses an event waits for it: a moment is enough, and then one more record frees every held connect.
    thread::sleep(Duration::from_millis(500));
    over.store(true, Ordering::SeqCst);
    let mut events = Latencies::default();
    let (mut replies, mut late, mut lost) = (0, 0, 0);
    let _ = connection.ask("POST", "/omnic/v1/faults", r#"{"now":"forgetClients"}"#);
    for subscriber in subscribers {
        let seen = subscriber.join().unwrap();
        replies += seen.replies;
        late += seen.late;
        lost += count - seen.events;
        events.0.extend(seen.latencies.0);
    }
    println!(
        "  {:>7} records {:>4} subscribers  create p50 {:>6.2} p99 {:>7.2} most {:>7.2} ms   event p50 {:>6.2} p99 {:>7.2} most {:>7.2} ms   \
         {:>5.0} MB ({full:.0} before)  processor {:>3.0} %  {:.1} events a reply  {lost} lost, {late} late; filled in {:.1} s",
        of.records,
        of.subscribers,
        created.share(0.5),
        created.share(0.99),
        created.share(1.0),
        events.share(0.5),
        events.share(0.99),
        events.share(1.0),
        server.memory(),
        used.as_secs_f64() / of.seconds as f64 * 100.0,
        events.0.len() as f64 / replies.max(1) as f64,
        filled.as_secs_f64(),
    );
    assert_eq!((lost, late), (0, 0), "events are lost or late");
}

/// How long queries take, each the median of nine.
fn queries(records: u64) {
    let server = Server::start(false);
    let mut connection = server.connect();
    fill(&mut connection, records);
    let (_, some) = connection.query("SELECT Id FROM Case WHERE Key__c = 'k77'");
    let id = field(&some, "\"Id\":\"").unwrap().to_owned();
    for soql in [
        "SELECT COUNT() FROM Case".to_owned(),
        format!("SELECT Id, Subject FROM Case WHERE Id = '{id}'"),
        "SELECT Id FROM Case WHERE Status = 'Closed'".to_owned(),
        "SELECT Id FROM Case WHERE Subject LIKE '%floor 77%'".to_owned(),
        "SELECT Id FROM Case WHERE Subject LIKE '%a%a%a%a%b' OR Subject LIKE '%e%e%e%x'".to_owned(),
        "SELECT Id FROM Case WHERE Owner.Name = 'Nobody'".to_owned(),
        "SELECT Id FROM Case ORDER BY CreatedDate DESC LIMIT 10".to_owned(),
        "SELECT Id, Subject FROM Case ORDER BY Subject".to_owned(),
        "SELECT Id, Subject, Status, Origin, OwnerId, CreatedDate, Owner.Name FROM Case".to_owned(),
        "SELECT Subject, COUNT(Id) FROM Case GROUP BY Subject".to_owned(),
        "SELECT Id, (SELECT Id FROM Cases) FROM Account".to_owned(),
        "SELECT Id FROM Contact WHERE Id IN (SELECT ContactId FROM Case)".to_owned(),
    ] {
        let mut times = Latencies::default();
        let mut status = 0;
        for _ in 0..9 {
            let begin = Instant::now();
            (status, _) = connection.query(&soql);
            times.0.push(begin.elapsed().as_micros() as u64);
        }
        println!("  {records:>7} records  {:>7.2} ms  {status}  {soql}", times.share(0.5));
    }
    let begin = Instant::now();
    let key = "/sobjects/Case/Key__c/";
    for at in 0..100 {
        let (status, answer) = connection.rest("PATCH", &format!("{key}k{at}"), r#"{"Status":"Working"}"#);
        assert!(status == 200 || status == 201, "{answer}");
    }
    println!("  {records:>7} records  {:>7.2} ms  upsert by an external id", begin.elapsed().as_secs_f64() * 10.0);
}

fn main() {
    let asked = |word: &str| std::env::args().any(|arg| arg == word);
    let short = asked("--test");
    let some = ["load", "records", "growth", "queries"].into_iter().any(asked);
    let seconds = std::env::args().find_map(|arg| arg.parse().ok());
    let with_data = asked("data");
    let long = if short { 1 } else { seconds.unwrap_or(60) };
    let brief = if short { 1 } else { seconds.unwrap_or(10) };
    let most = if short { 1_000 } else { 100_000 };
    if !some || asked("load") {
        println!("50 subscribers, {RATE} records a second for {long} s");
        run(Run { records: 0, subscribers: 50, seconds: long, with_data });
    }
    if !some || asked("records") {
        println!("the same with {most} records in the org");
        run(Run { records: most, subscribers: 50, seconds: long, with_data });
    }
    if !some || asked("growth") {
        println!("how cost grows, {brief} s each");
        for subscribers in [1, 10, 50, 200] {
            run(Run { records: 1_000, subscribers, seconds: brief, with_data });
        }
        for records in [1_000, 10_000, 100_000].into_iter().filter(|&records| records <= most) {
            run(Run { records, subscribers: 50, seconds: brief, with_data });
        }
    }
    if !some || asked("queries") {
        println!("queries, and an upsert, each the median of nine");
        for records in [1_000, 10_000, 100_000].into_iter().filter(|&records| records <= most) {
            queries(records);
        }
    }
}
