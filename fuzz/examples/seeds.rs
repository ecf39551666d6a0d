//! Writes inputs to begin with into `corpus/`, one folder for each target, made of the repository's examples:
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds`.

#![allow(clippy::unwrap_used, reason = "what is read here is part of the repository")]

use std::fs;
use std::path::{Path, PathBuf};

use omnic::runtime::{RoutingOptions, Runtime};
use omnic_fuzz::{example, head, plan, play};
use serde_json::{Value, json};

fn main() {
    let (acme, broken) = (files(&example("acme-support")), files(&example("broken")));
    let xml = |(path, _): &&(String, String)| path.ends_with(".xml");
    for (path, text) in acme.iter().chain(&broken).filter(xml) {
        write("parse", path, text);
        write("pipeline", path, &format!("{path}\n{text}"));
    }
    write("pipeline", "broken", &joined(&broken, "\0"));
    for text in CONFIGURATIONS {
        write("configuration", head(text).0.lines().next().unwrap(), text);
    }
    write("baseline", "two", BASELINE);
    for (path, text) in acme.iter().filter_map(|(path, text)| Some((path.strip_prefix("org/")?, text))) {
        // A few rows say as much as all.
        let few: Vec<&str> = text.lines().take(12).collect();
        write("records", path, &format!("{path}\n{}\n", few.join("\n")));
    }
    write("records", "inventory", INVENTORY);
    runs(&acme);
    sessions(&broken);
    let queries = include_str!("../../tests/fixtures/soql/queries.txt");
    for (number, query) in queries.lines().filter(|line| line.to_ascii_uppercase().starts_with("SELECT")).enumerate() {
        write("soql", &number.to_string(), query);
    }
}

/// All files below `folder`, as paths from there and texts, in their order.
fn files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(at).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                open.push(entry);
            } else if let Ok(text) = fs::read_to_string(&entry) {
                let path = entry.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

fn joined(files: &[(String, String)], between: &str) -> String {
    files.iter().map(|(path, text)| format!("{path}\n{text}")).collect::<Vec<_>>().join(between)
}

fn write(target: &str, name: &str, text: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target);
    fs::create_dir_all(&folder).unwrap();
    let plain: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    fs::write(folder.join(plain), text).unwrap();
}

/// A morning's events, in pieces, from the start and from states in between.
fn runs(acme: &[(String, String)]) {
    let (_, morning) = acme.iter().find(|(path, _)| path.ends_with("morning.jsonl")).unwrap();
    let options = serde_json::to_string(&RoutingOptions::default()).unwrap();
    write("run", "morning", &format!("\n%\n{options}\n%\n{morning}"));
    write("run", "plan", &format!("{}\n%\n{{}}\n%\n", plan().to_json().trim_end()));
    let mut runtime = Runtime::new(plan(), RoutingOptions::default()).unwrap();
    let lines: Vec<&str> = morning.lines().collect();
    for (number, lines) in lines.chunks(8).enumerate() {
        let state = runtime.save().to_json();
        let events = lines.join("\n");
        write("run", &format!("piece-{number}"), &format!("\n%\n{options}\n%\n{events}"));
        write("resume", &format!("piece-{number}"), &format!("{}\n%\n{events}", state.trim_end()));
        play(&mut runtime, &events);
    }
}

/// A file that is opened, asked about in every way, and edited.
fn sessions(broken: &[(String, String)]) {
    let able = json!({
        "general": { "positionEncodings": ["utf-16"] },
        "workspace": {
            "applyEdit": true, "workspaceFolders": true, "didChangeWatchedFiles": { "dynamicRegistration": true },
            "workspaceEdit": { "documentChanges": true, "resourceOperations": ["create", "rename", "delete"] },
        },
        "textDocument": {
            "publishDiagnostics": { "relatedInformation": true, "versionSupport": true },
            "completion": { "completionItem": { "snippetSupport": true } },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
            "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            "rename": { "prepareSupport": true },
        },
    });
    for (path, text) in broken.iter().filter(|(path, _)| path.ends_with(".xml")) {
        let document = json!({ "uri": format!("$ROOT/{path}") });
        let open =
            json!({ "textDocument": { "uri": document["uri"], "languageId": "xml", "version": 1, "text": text } });
        let at = json!({ "line": 4, "character": 20 });
        let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
        let context = json!({ "includeDeclaration": true, "triggerKind": 1 });
        let place = json!({ "textDocument": document, "position": at, "newName": "Other", "context": context });
        let whole = json!({
            "textDocument": document, "range": range, "positions": [at], "context": { "diagnostics": [] },
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        let edit = json!({
            "textDocument": { "uri": document["uri"], "version": 2 },
            "contentChanges": [{ "range": range, "text": "<Queue>é𝄞" }],
        });
        let mut messages = vec![("textDocument/didOpen".to_owned(), open)];
        messages.extend(OF_PLACES.map(|method| (format!("?textDocument/{method}"), place.clone())));
        messages.push(("textDocument/didChange".to_owned(), edit));
        messages.extend(OF_FILES.map(|method| (format!("?textDocument/{method}"), whole.clone())));
        messages.push(("?workspace/symbol".to_owned(), json!({ "query": "e" })));
        messages.push(("textDocument/didClose".to_owned(), json!({ "textDocument": document })));
        let text = |(method, params): &(String, Value)| format!("{method}\n{params}");
        let messages: Vec<String> = messages.iter().map(text).collect();
        write("messages", path, &format!("{able}\n%\n{}", messages.join("\n%\n")));
    }
}

const OF_PLACES: [&str; 7] =
    ["hover", "completion", "definition", "references", "documentHighlight", "prepareRename", "rename"];
const OF_FILES: [&str; 10] = [
    "diagnostic",
    "documentSymbol",
    "documentLink",
    "foldingRange",
    "selectionRange",
    "codeAction",
    "codeLens",
    "inlayHint",
    "formatting",
    "rangeFormatting",
];

const CONFIGURATIONS: [&str; 3] = [
    "api-version = \"66.0\"\nworld = \"closed\"\nstrict = true\nmin-severity = \"note\"\nfail-on = \"warning\"\nextend = \"base.toml\"\n\n[checks]\nOC503 = \"off\"\n\n[external]\nQueue = [\"Legacy_*\"]\n%\n[org]\nrecords = \"org\"\ninventory = [\"names\"]\n",
    "[[overrides]]\npaths = [\"force-app/legacy/**\", \"./x/\"]\nchecks = { OC111 = \"note\", unused-queue = \"off\" }\n",
    "[[exceptions]]\ncheck = \"OC305\"\ntype = \"Queue\"\nname = \"Legacy_*\"\nreason = \"moves out in spring\"\n",
];

const BASELINE: &str = "{\n  \"format_version\": 1,\n  \"findings\": [\n    {\"check\":\"OC305\",\"type\":\"Queue\",\"name\":\"A\",\"element\":\"name\",\"count\":2},\n    {\"check\":\"OC001\",\"name\":\"force-app/B.queue-meta.xml\"}\n  ]\n}\n";

const INVENTORY: &str = "inventory.json\n{\"status\":0,\"result\":[{\"type\":\"Queue\",\"fullName\":\"A\",\"namespacePrefix\":\"x\"},{\"type\":\"Profile\",\"fullName\":\"Custom%3A B\"}]}\n%\nlist.json\n[{\"type\":\"ServiceChannel\",\"fullName\":\"C\"}]\n";
