//! Hostile load: many connections that do nothing, clients that are slow on either side, bodies without end, and requests
//! that nobody would send.

use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::client::Server;

/// The server answers, and soon.
fn is_well(server: &Server) {
    let begin = Instant::now();
    assert_eq!(server.send("GET", "/omnic/v1/health", &[], "").status, 200);
    assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
}

/// Opens connections until there are so many, or the system gives no more.
fn connections(server: &Server, most: usize, begin: &[u8]) -> Vec<TcpStream> {
    let mut open = Vec::new();
    while open.len() < most {
        let Ok(mut socket) = TcpStream::connect(server.address) else { break };
        if socket.write_all(begin).is_err() {
            break;
        }
        open.push(socket);
    }
    // Room for those who ask, on both sides.
    open.truncate(open.len().saturating_sub(if open.len() < most { 50 } else { 0 }));
    open
}

#[test]
fn thousands_of_idle_connections_hinder_nobody() {
    let server = Server::start();
    let idle = connections(&server, 3_000, b"");
    assert!(idle.len() >= 100, "{}", idle.len());
    is_well(&server);
    assert_eq!(server.create("Case", &json!({ "Subject": "x" })).len(), 18);
    drop(idle);
    is_well(&server);
}

#[test]
fn clients_that_send_slowly_hinder_nobody() {
    let server = Server::start();
    let head = b"POST /services/data/v60.0/sobjects/Case HTTP/1.1\r\nHost: localhost\r\nContent-Le";
    let body = b"POST /services/Soap/u/50.0 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n<";
    let mut slow = connections(&server, 200, head);
    slow.extend(connections(&server, 200, body));
    for letter in b"ngth" {
        for socket in &mut slow {
            let _ = socket.write_all(&[*letter]);
        }
        is_well(&server);
    }
}

#[test]
fn clients_that_do_not_read_hinder_nobody() {
    let server = Server::start();
    for _ in 0..10 {
        server.create("Case", &json!({ "Text__c": "a".repeat(100_000) }));
    }
    let query = format!(
        "GET /services/data/v60.0/query?q=SELECT+Text__c+FROM+Case HTTP/1.1\r\nHost: localhost\r\nAuthorization: {}\r\n\r\n",
        server.bearer()
    );
    // Each asks for more than its connection holds, again and again, and reads nothing.
    let deaf = connections(&server, 10, query.repeat(8).as_bytes());
    std::thread::sleep(Duration::from_millis(300));
    is_well(&server);
    assert_eq!(server.query("SELECT COUNT(Id) n FROM Case")[0]["n"], 10);
    drop(deaf);
    is_well(&server);
}

#[test]
fn bodies_without_end_are_refused() {
    let server = Server::start();
    let bearer = server.bearer();
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 16, "a".repeat(1 << 16));
    for (path, most) in [
        ("/services/data/v60.0/sobjects/Case", 16 << 20),
        ("/cometd/60.0", 33 << 10),
        ("/services/oauth2/token", 64 << 10),
    ] {
        let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {bearer}\r\n");
        let mut untold = TcpStream::connect(server.address).unwrap();
        untold.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).unwrap();
        let mut sent = 0;
        // The server may close before all is sent.
        while sent <= most + (1 << 16) && untold.write_all(chunk.as_bytes()).is_ok() {
            sent += 1 << 16;
        }
        let answer = status(&mut untold);
        assert!(answer == "413" || answer.is_empty(), "{path}: {answer}");
        assert!(sent < most + (4 << 20), "{path}");
    }
    is_well(&server);
}

/// The status of an answer; nothing if the connection was cut.
fn status(socket: &mut TcpStream) -> String {
    socket.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    let mut read = [0; 12];
    let _ = socket.read_exact(&mut read);
    String::from_utf8_lossy(&read[9..]).trim_matches('\0').to_owned()
}

#[test]
fn what_nobody_waits_for_is_not_done() {
    let server = Server::start();
    let record = json!({ "attributes": { "type": "Contact" }, "LastName": "x", "Text__c": "a".repeat(2_000) });
    server.rest("POST", "/composite/sobjects", &json!({ "records": vec![record; 200] }));
    let bearer = server.bearer();
    let terms = vec![format!("Text__c+LIKE+'%25{}b'", "_".repeat(60)); 40].join("+OR+");
    let send = |head: &str, body: &str| {
        let mut socket = TcpStream::connect(server.address).unwrap();
        let length = body.len();
        let head = format!(
            "{head} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {bearer}\r\nContent-Length: {length}\r\n\r\n"
        );
        socket.write_all(head.as_bytes()).unwrap();
        socket.write_all(body.as_bytes()).unwrap();
        socket
    };
    // These keep the org busy until everybody else has sent a record and hung up.
    let query = format!("GET /services/data/v60.0/query?q=SELECT+Id+FROM+Contact+WHERE+{terms}");
    let busy: Vec<TcpStream> = (0..3).map(|_| send(&query, "")).collect();
    std::thread::sleep(Duration::from_millis(50));
    for _ in 0..20 {
        let socket = send("POST /services/data/v60.0/sobjects/Case", "{\"Subject\":\"x\"}");
        socket.shutdown(Shutdown::Both).unwrap();
    }
    for mut socket in busy {
        assert_eq!(status(&mut socket), "400");
    }
    assert!(server.query("SELECT Id FROM Case").is_empty());
    is_well(&server);
}

/// Requests to begin with: method, path, body. `ID` is a case, `REQUEST` a routing request, `QUEUE` a queue, `USER` a user.
const REQUESTS: [(&str, &str, &str); 62] = [
    ("GET", "/", ""),
    ("GET", "/services/data", ""),
    ("GET", "/services/data/v60.0", ""),
    ("GET", "/services/data/v60.0/limits", ""),
    ("GET", "/services/data/v60.0/sobjects", ""),
    ("GET", "/services/data/v60.0/sobjects/Case", ""),
    ("GET", "/services/data/v60.0/sobjects/AgentWork/describe", ""),
    (
        "POST",
        "/services/data/v60.0/sobjects/Case",
        r#"{"Subject":"x","Priority":"High","OwnerId":"QUEUE","Key__c":"k"}"#,
    ),
    ("POST", "/services/data/v60.0/sobjects/Contact", r#"{"LastName":"x","Birthdate":"2000-02-29","AccountId":null}"#),
    (
        "POST",
        "/services/data/v60.0/sobjects/AgentWork",
        r#"{"ServiceChannelId":"CHANNEL","WorkItemId":"ID","UserId":"USER","PendingServiceRoutingId":"REQUEST"}"#,
    ),
    (
        "POST",
        "/services/data/v60.0/sobjects/PendingServiceRouting",
        r#"{"ServiceChannelId":"CHANNEL","WorkItemId":"ID","RoutingType":"SkillsBased","RoutingModel":"MostAvailable","CapacityWeight":1,"IsReadyForRouting":false,"RoutingPriority":1}"#,
    ),
    (
        "POST",
        "/services/data/v60.0/sobjects/SkillRequirement",
        r#"{"RelatedRecordId":"REQUEST","SkillId":"ID","SkillLevel":5}"#,
    ),
    (
        "POST",
        "/services/data/v60.0/sobjects/PushTopic",
        r#"{"Name":"T","Query":"SELECT Id, Status FROM Case WHERE Status = 'New'","ApiVersion":60.0,"NotifyForFields":"All"}"#,
    ),
    ("POST", "/services/data/v60.0/sobjects/GroupMember", r#"{"GroupId":"QUEUE","UserOrGroupId":"USER"}"#),
    (
        "POST",
        "/services/data/v60.0/sobjects/ServiceResource",
        r#"{"RelatedRecordId":"USER","Name":"n","IsActive":true,"ResourceType":"A"}"#,
    ),
    (
        "POST",
        "/services/data/v60.0/sobjects/PermissionSetAssignment",
        r#"{"AssigneeId":"USER","PermissionSetId":"ID"}"#,
    ),
    ("GET", "/services/data/v60.0/sobjects/Case/ID", ""),
    ("GET", "/services/data/v60.0/sobjects/Case/ID?fields=Id,Subject,Nope", ""),
    ("PATCH", "/services/data/v60.0/sobjects/Case/ID", r#"{"Subject":"y","Status":"Closed","OwnerId":"USER"}"#),
    ("POST", "/services/data/v60.0/sobjects/Case/ID?_HttpMethod=PATCH", r#"{"Subject":"y"}"#),
    ("DELETE", "/services/data/v60.0/sobjects/Case/ID", ""),
    (
        "PATCH",
        "/services/data/v60.0/sobjects/PendingServiceRouting/REQUEST",
        r#"{"IsReadyForRouting":true,"CapacityPercentage":50.5}"#,
    ),
    ("DELETE", "/services/data/v60.0/sobjects/PendingServiceRouting/REQUEST", ""),
    ("PATCH", "/services/data/v60.0/sobjects/Case/Key__c/k", r#"{"Subject":"z"}"#),
    (
        "GET",
        "/services/data/v60.0/sobjects/Case/updated?start=2026-01-01T00:00:00Z&end=2027-01-01T00:00:00%2B00:00",
        "",
    ),
    ("GET", "/services/data/v60.0/sobjects/AgentWork/deleted?start=2026-01-01T00:00:00Z&end=2027-01-01T00:00:00Z", ""),
    ("GET", "/services/data/v60.0/sobjects/Case/describe/layouts", ""),
    (
        "GET",
        "/services/data/v60.0/query?q=SELECT+Id,Owner.Name+FROM+Case+WHERE+Status+IN+('New')+ORDER+BY+Id+LIMIT+5",
        "",
    ),
    ("GET", "/services/data/v60.0/query?q=SELECT+Status,COUNT(Id)+FROM+Case+GROUP+BY+Status+HAVING+COUNT(Id)>0", ""),
    ("GET", "/services/data/v60.0/query?q=SELECT+FIELDS(ALL)+FROM+PendingServiceRouting+LIMIT+200&columns=true", ""),
    ("GET", "/services/data/v60.0/queryAll?q=SELECT+Id,(SELECT+Id+FROM+Cases)+FROM+Account", ""),
    ("GET", "/services/data/v60.0/query/01g000000000001AAA-200", ""),
    (
        "POST",
        "/services/data/v60.0/composite/sobjects",
        r#"{"allOrNone":true,"records":[{"attributes":{"type":"Case"},"Subject":"a","OwnerId":"QUEUE"},{"attributes":{"type":"Lead"},"LastName":"b","Company":"c"}]}"#,
    ),
    (
        "PATCH",
        "/services/data/v60.0/composite/sobjects",
        r#"{"allOrNone":true,"records":[{"attributes":{"type":"Case"},"id":"ID","Subject":"a","OwnerId":"QUEUE"},{"attributes":{"type":"Case"},"id":"ID","CaseNumber":"1"}]}"#,
    ),
    (
        "PATCH",
        "/services/data/v60.0/composite/sobjects/Case/Key__c",
        r#"{"records":[{"attributes":{"type":"Case"},"Key__c":"k"}]}"#,
    ),
    ("DELETE", "/services/data/v60.0/composite/sobjects?ids=ID,REQUEST&allOrNone=true", ""),
    ("POST", "/services/data/v60.0/composite/sobjects/Case", r#"{"ids":["ID"],"fields":["Id","Subject"]}"#),
    (
        "POST",
        "/services/data/v60.0/composite",
        r#"{"allOrNone":true,"compositeRequest":[{"method":"POST","url":"/services/data/v60.0/sobjects/Case","referenceId":"c","body":{"Subject":"x"}},{"method":"GET","url":"/services/data/v60.0/sobjects/Case/@{c.id}","referenceId":"d"}]}"#,
    ),
    (
        "POST",
        "/services/data/v60.0/composite/tree/Account",
        r#"{"records":[{"attributes":{"type":"Account","referenceId":"a"},"Name":"x"}]}"#,
    ),
    ("POST", "/services/data/v60.0/actions/standard/skillsBasedRouting", r#"{"inputs":[{"recordId":"ID"}]}"#),
    ("GET", "/services/data/v60.0/tooling/query?q=SELECT+Id+FROM+ApexClass", ""),
    ("GET", "/services/data/v60.0/event/eventSchema/x", ""),
    (
        "POST",
        "/cometd/60.0",
        r#"[{"channel":"/meta/handshake","version":"1.0","supportedConnectionTypes":["long-polling"]}]"#,
    ),
    (
        "POST",
        "/cometd/60.0",
        r#"[{"channel":"/meta/connect","clientId":"x","connectionType":"long-polling","advice":{"timeout":0}}]"#,
    ),
    (
        "POST",
        "/cometd/60.0",
        r#"[{"channel":"/meta/subscribe","clientId":"x","subscription":"/topic/T?Status='New'","ext":{"replay":{"/topic/T":-2}}}]"#,
    ),
    (
        "POST",
        "/cometd/60.0",
        r#"[{"channel":"/meta/unsubscribe","clientId":"x","subscription":["/topic/T"]},{"channel":"/meta/disconnect","clientId":"x"}]"#,
    ),
    (
        "POST",
        "/services/Soap/u/50.0",
        "<soapenv:Envelope xmlns:soapenv=\"http://schemas.xmlsoap.org/soap/envelope/\"><soapenv:Body><login xmlns=\"urn:partner.soap.sforce.com\"><username>maria.keller@acme.example</username><password>a password</password></login></soapenv:Body></soapenv:Envelope>",
    ),
    (
        "POST",
        "/services/Soap/u/60.0",
        "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body><query xmlns=\"urn:partner.soap.sforce.com\"><queryString>SELECT Id FROM Case</queryString></query></Body></Envelope>",
    ),
    (
        "POST",
        "/services/oauth2/token",
        "grant_type=password&username=maria.keller@acme.example&password=a+password&client_id=c&client_secret=s",
    ),
    ("POST", "/services/oauth2/token", "grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion=a.b.c"),
    ("GET", "/services/oauth2/userinfo", ""),
    ("POST", "/services/oauth2/revoke", "token=x"),
    ("GET", "/id/ID/USER", ""),
    ("GET", "/omnic/v1/health", ""),
    ("POST", "/omnic/v1/clock", r#"{"advanceSeconds":30}"#),
    (
        "POST",
        "/omnic/v1/events",
        r#"[{"event":"login","user":"maria.keller@acme.example","statusId":"Available_Cases"},{"event":"acceptAgentWork","workId":"ID"},{"event":"ownerChanged","workItemId":"ID","owner":{"queue":"Cases_Tier_1"}}]"#,
    ),
    (
        "POST",
        "/omnic/v1/events",
        r#"{"event":"workArrived","workItemId":"w-1","object":"Case","fields":{"Status":"New"},"route":{"queue":"Cases_Tier_1"}}"#,
    ),
    ("GET", "/omnic/v1/events", ""),
    ("POST", "/omnic/v1/sessions", r#"{"user":"maria.keller@acme.example"}"#),
    ("GET", "/omnic/v1/requests", ""),
    ("PUT", "/omnic/v1/state", r#"{"plan":"x","routing":{},"store":{"tables":{}}}"#),
    ("GET", "/omnic/v1/faults", ""),
];

const METHODS: [&str; 9] = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"];

/// What somebody who means harm, or a broken program, writes in some place.
const NASTY: [&str; 36] = [
    "",
    "null",
    "true",
    "-1",
    "0",
    "1e999",
    "-0.0",
    "9223372036854775808",
    "1e-400",
    "\"\"",
    "[]",
    "{}",
    "[[[[[[",
    "\\u0000",
    "\\ud800",
    "\u{0}",
    "\u{feff}",
    "é",
    "\u{1F600}",
    "'",
    "\\'",
    "%",
    "%00",
    "..",
    "/",
    "//",
    "?",
    "&",
    "ID",
    "REQUEST",
    "QUEUE",
    "2026-02-30T25:61:00Z",
    "000000000000000AAA",
    "<!DOCTYPE x>",
    "@{a.b}",
    "SELECT",
];

/// A change of a text: where, how much of it goes, what comes.
type Edit = (Index, usize, String);

fn edit() -> impl Strategy<Value = Edit> {
    let text =
        prop_oneof![4 => select(&NASTY[..]).prop_map(str::to_owned), 1 => "\\PC{0,12}", 1 => "[a-zA-Z0-9]{1,300}"];
    (any::<Index>(), prop_oneof![3 => 0_usize..3, 1 => 0_usize..60], text)
}

fn edited(text: &str, edits: &[Edit]) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    for (at, gone, new) in edits {
        let at = at.index(letters.len() + 1);
        let end = letters.len().min(at + gone);
        letters.splice(at..end, new.chars());
    }
    letters.into_iter().collect()
}

/// A path as it may stand in a request.
fn escaped(path: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_graphic() && c != '#' {
            c.to_string()
        } else {
            percent_encoding::utf8_percent_encode(&c.to_string(), percent_encoding::NON_ALPHANUMERIC).to_string()
        }
    };
    let path: String = path.chars().map(letter).collect();
    if path.starts_with('/') { path } else { format!("/{path}") }
}

#[derive(Clone, Debug)]
struct Sent {
    of: usize,
    method: Option<&'static str>,
    path: Vec<Edit>,
    body: Vec<Edit>,
    token: u8,
}

fn sent() -> impl Strategy<Value = Sent> {
    let method = prop_oneof![5 => Just(None), 1 => select(&METHODS[..]).prop_map(Some)];
    let edits = || prop_oneof![2 => Just(Vec::new()), 3 => proptest::collection::vec(edit(), 1..4)];
    (0..REQUESTS.len(), method, edits(), edits(), 0_u8..12).prop_map(|(of, method, path, body, token)| Sent {
        of,
        method,
        path,
        body,
        token,
    })
}

#[test]
fn no_request_is_answered_by_a_failure_of_the_server() {
    let server = Server::start();
    server.log_in("claire.dubois", "Available_Cases");
    let case =
        server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New", "Key__c": "k" }));
    let request = server.text("SELECT Id FROM PendingServiceRouting");
    let names = [
        ("REQUEST", request),
        ("QUEUE", server.queue("Cases_Tier_1")),
        ("USER", server.user("maria.keller")),
        ("CHANNEL", server.text("SELECT ServiceChannelId FROM PendingServiceRouting")),
        ("ID", case),
    ];
    let filled = |text: String| names.iter().fold(text, |text, (name, id)| text.replace(name, id));
    proptest!(|(requests in proptest::collection::vec(sent(), 1..12))| {
        for Sent { of, method, path, body, token } in &requests {
            let (usual, base, text) = REQUESTS[*of];
            let (path, body) = (escaped(&filled(edited(base, path))), filled(edited(text, body)));
            let path = path.split_inclusive(' ').collect::<String>().replace(' ', "+");
            // Faults are injected on purpose there.
            let lower = path.to_lowercase();
            if path.len() > 60_000 || (lower.contains("faults") && method.unwrap_or(usual) != "GET") {
                continue;
            }
            let bearer = match token { 0 => "Bearer x".to_owned(), 1 => String::new(), _ => server.bearer() };
            let kind = if body.starts_with('<') { "text/xml" } else { "application/json" };
            let headers = [("Authorization", bearer.as_str()), ("Content-Type", kind), ("SOAPAction", "\"\"")];
            let method = method.unwrap_or(usual);
            let answer = server.send(method, &path, &headers, &body);
            let by_name = answer.status == 501 && (answer.body.contains("NOT_SUPPORTED_BY_OMNIC") || method == "HEAD");
            let fault = answer.status == 500 && answer.body.contains("<faultcode>");
            prop_assert!(answer.status < 500 || by_name || fault, "{method} {path} {body}: {} {}", answer.status, answer.body);
            if !answer.body.is_empty() && answer.header("content-type").is_some_and(|kind| kind.starts_with("application/json")) {
                prop_assert!(serde_json::from_str::<Value>(&answer.body).is_ok() || lower.contains("events"), "{method} {path}: {}", answer.body);
            }
        }
    });
    is_well(&server);
    assert_eq!(server.rest("GET", "/limits", &Value::Null).status, 200);
}
