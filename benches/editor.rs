//! The language server as an editor sees it: a scripted session with the real program over pipes.
//!
//! `cargo bench --bench editor -- PROJECT` measures on that project; without one, on one of 400 queues that is made here.
//! An edit counts from its notification to the findings of its file; hover and completion from request to answer, sent
//! right behind an edit, so that the server is busy with that.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is a program for developers")]

use std::fmt::Write as _;
use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// How often each thing is done.
const ROUNDS: usize = 200;

fn main() {
    // Cargo hands on flags of its own.
    let given = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).map(PathBuf::from);
    let made = tempfile::tempdir().unwrap();
    let project = given.map_or_else(|| make(made.path()), |path| path.canonicalize().unwrap());
    let (file, name) = routed_queue(&project);
    let text = std::fs::read_to_string(&file).unwrap();

    let mut editor = Editor::start(&project);
    let started = Instant::now();
    editor.settle();
    println!("{:<44}{:>9.1} ms", "first findings of the whole project", millis(started.elapsed()));

    let uri = url::Url::from_file_path(&file).unwrap().to_string();
    let document = json!({ "uri": uri, "languageId": "xml", "version": 0, "text": text });
    editor.notify("textDocument/didOpen", json!({ "textDocument": document }));
    editor.settle();

    let value = text.find(&format!("<queueRoutingConfig>{name}")).unwrap() + "<queueRoutingConfig>".len();
    let label = text.find("<name>").unwrap() + "<name>".len();
    let at = position(&text, value);
    let mut version = 0;
    let mut edit = |editor: &mut Editor, offset: usize, old: usize, new: &str| {
        version += 1;
        let (start, mut end) = (position(&text, offset), position(&text, offset));
        end["character"] = json!(end["character"].as_u64().unwrap() + old as u64);
        let changes = json!([{ "range": { "start": start, "end": end }, "text": new }]);
        let document = json!({ "uri": uri, "version": version });
        editor.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
        version
    };

    let mut times = Times::default();
    for _ in 0..ROUNDS {
        // A name that is nobody's, then the right one again.
        for (old, new) in [(0, "Q"), (1, "")] {
            let begun = Instant::now();
            let version = edit(&mut editor, value, old, new);
            editor.wait_for_report(&uri, version);
            times.add("edit of a reference, to its findings", begun);
        }
        // Ill-formed, and well-formed again.
        for (old, new) in [(0, "<"), (1, "")] {
            let begun = Instant::now();
            let version = edit(&mut editor, label, old, new);
            editor.wait_for_report(&uri, version);
            times.add("edit that breaks or mends the file", begun);
        }
    }
    for _ in 0..ROUNDS {
        for method in ["textDocument/hover", "textDocument/completion"] {
            for (old, new) in [(0, "Q"), (1, "")] {
                edit(&mut editor, label, old, new);
                let begun = Instant::now();
                editor.request(method, json!({ "textDocument": { "uri": uri }, "position": at }));
                times.add(&format!("{method}, behind an edit"), begun);
            }
            editor.settle();
            let begun = Instant::now();
            editor.request(method, json!({ "textDocument": { "uri": uri }, "position": at }));
            times.add(&format!("{method}, at rest"), begun);
        }
    }
    times.print();
    println!("{:<44}{:>9} MiB", "most memory", editor.peak_kib() / 1024);
}

/// A queue with a routing configuration, and that one's name: the middle one of the project's.
fn routed_queue(project: &Path) -> (PathBuf, String) {
    let files = walkdir::WalkDir::new(project).sort_by_file_name().into_iter().map(Result::unwrap);
    let queues = files.filter(|entry| entry.file_name().to_string_lossy().ends_with(".queue-meta.xml"));
    let routed = queues.filter_map(|entry| {
        let text = std::fs::read_to_string(entry.path()).ok()?;
        let name = text.split_once("<queueRoutingConfig>")?.1.split('<').next()?.to_owned();
        Some((entry.into_path(), name))
    });
    let mut routed: Vec<_> = routed.collect();
    assert!(!routed.is_empty(), "the project has no routed queue in source format");
    routed.swap_remove(routed.len() / 2)
}

fn position(text: &str, offset: usize) -> Value {
    let before = &text[..offset];
    json!({ "line": before.matches('\n').count(), "character": before.rsplit('\n').next().unwrap().len() })
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// Times by what was done, in the order of the first of each.
#[derive(Default)]
struct Times(Vec<(String, Vec<Duration>)>);

impl Times {
    fn add(&mut self, what: &str, begun: Instant) {
        let time = begun.elapsed();
        match self.0.iter_mut().find(|(known, _)| known == what) {
            Some((_, times)) => times.push(time),
            None => self.0.push((what.to_owned(), vec![time])),
        }
    }

    fn print(&mut self) {
        println!("{:<44}{:>12}{:>12}{:>12}", "", "median", "95th", "slowest");
        for (what, times) in &mut self.0 {
            times.sort_unstable();
            let at = |percent: usize| millis(times[(times.len() - 1) * percent / 100]);
            println!("{what:<44}{:>9.1} ms{:>9.1} ms{:>9.1} ms", at(50), at(95), at(100));
        }
    }
}

/// The program's other end.
struct Editor {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i32,
    /// What was published since it was last looked at: identifier and version.
    published: Vec<(String, Option<i64>)>,
}

impl Editor {
    fn start(project: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_omnic"))
            .args(["lsp", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut editor = Self { child, input, output, next: 0, published: Vec::new() };
        let folder = url::Url::from_file_path(project).unwrap().to_string();
        let capabilities = json!({
            "general": { "positionEncodings": ["utf-8"] },
            "textDocument": { "publishDiagnostics": { "versionSupport": true } },
        });
        let folders = json!([{ "uri": folder, "name": "project" }]);
        editor.request(
            "initialize",
            json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders }),
        );
        editor.notify("initialized", json!({}));
        editor
    }

    fn send(&mut self, message: &Message) {
        message.write(&mut self.input).unwrap();
        self.input.flush().unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&Notification { method: method.to_owned(), params }.into());
    }

    fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.send(&Request { id: id.clone(), method: method.to_owned(), params }.into());
        loop {
            if let Some(Response { response_result, .. }) = self.hear().filter(|response| response.id == id) {
                return response_result.unwrap_or_else(|error| panic!("{method}: {}", error.message));
            }
        }
    }

    fn hear(&mut self) -> Option<Response> {
        match Message::read(&mut self.output).unwrap().unwrap() {
            Message::Response(response) => return Some(response),
            Message::Notification(Notification { method, params }) if method == "textDocument/publishDiagnostics" => {
                self.published.push((params["uri"].as_str().unwrap().to_owned(), params["version"].as_i64()));
            }
            _ => {}
        }
        None
    }

    fn wait_for_report(&mut self, uri: &str, version: i64) {
        while !self.published.iter().any(|(of, told)| of == uri && *told == Some(version)) {
            self.hear();
        }
        self.published.clear();
    }

    /// Waits until the analysis has caught up.
    fn settle(&mut self) {
        self.request("workspace/symbol", json!({ "query": "-" }));
        self.published.clear();
    }

    /// The most memory that the server had, in KiB; 0 where the system does not say.
    fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Writes a project of 400 queues, each with its routing configuration and 30 members.
fn make(root: &Path) -> PathBuf {
    let write = |path: String, root_element: &str, content: &str| {
        let file = root.join("force-app/main/default").join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let namespace = "http://soap.sforce.com/2006/04/metadata";
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root_element} xmlns=\"{namespace}\">\n{content}</{root_element}>\n"
        );
        std::fs::write(file, text).unwrap();
    };
    std::fs::write(root.join("sfdx-project.json"), r#"{ "packageDirectories": [{ "path": "force-app" }] }"#).unwrap();
    for number in 0..400 {
        let config = format!(
            "    <capacityWeight>{}.0</capacityWeight>\n    <isAttributeBased>false</isAttributeBased>\n    \
             <label>Config {number}</label>\n    <routingModel>MOST_AVAILABLE</routingModel>\n    \
             <routingPriority>1</routingPriority>\n",
            number % 9 + 1
        );
        let path = format!("queueRoutingConfigs/Config_{number}.queueRoutingConfig-meta.xml");
        write(path, "QueueRoutingConfig", &config);
        let users = (0..30).fold(String::new(), |mut list, user| {
            let _ = writeln!(list, "            <user>agent.{}@example.com</user>", (number * 7 + user) % 1500);
            list
        });
        let queue = format!(
            "    <doesSendEmailToMembers>false</doesSendEmailToMembers>\n    <name>Queue {number}</name>\n    \
             <queueMembers>\n        <users>\n{users}        </users>\n    </queueMembers>\n    \
             <queueRoutingConfig>Config_{number}</queueRoutingConfig>\n    <queueSobject>\n        \
             <sobjectType>Case</sobjectType>\n    </queueSobject>\n"
        );
        write(format!("queues/Queue_{number}.queue-meta.xml"), "Queue", &queue);
    }
    root.to_path_buf()
}
