//! Formatting, as a client asks for it.

use std::path::Path;

use serde_json::{Value, json};

use crate::session::{Session, apply_edits};

const QUEUE: &str = "force-app/Support.queue-meta.xml";
const TEXT: &str = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n<name>S\u{fc}pport</name>\n<queueSobject>\n<sobjectType>Case</sobjectType>\n  </queueSobject>\n</Queue>\n";

fn options(size: u32, spaces: bool) -> Value {
    json!({ "tabSize": size, "insertSpaces": spaces })
}

fn format(session: &Session, path: &str, options: &Value) -> Value {
    session.request("textDocument/formatting", json!({ "textDocument": session.document(path), "options": options }))
}

#[test]
fn the_clients_options_count() {
    let session = Session::project(&[(QUEUE, TEXT)]);
    session.open_as(QUEUE, &format!("\u{feff}{}", TEXT.replace('\n', "\r\n")));
    let by = |options: Value| apply_edits(&session.text(QUEUE), &format(&session, QUEUE, &options));
    insta::assert_snapshot!(by(options(4, true)).replace("\r\n", "\n"));
    assert!(by(options(8, false)).contains("\r\n\t\t<sobjectType>"));
    assert!(by(options(2, true)).contains("\r\n    <sobjectType>"));
    let range = json!({ "start": { "line": 1, "character": 3 }, "end": { "line": 3, "character": 0 } });
    let params = json!({ "textDocument": session.document(QUEUE), "range": range, "options": options(4, true) });
    let edits = session.request("textDocument/rangeFormatting", params);
    let lines: Vec<_> = edits.as_array().unwrap().iter().map(|edit| edit["range"]["start"]["line"].clone()).collect();
    assert_eq!(lines, [json!(1), json!(2)]);
}

#[test]
fn what_cannot_be_formatted_is_left_alone() {
    let session = Session::project(&[(QUEUE, "<Queue>\n<name>\n</Queue>")]);
    assert_eq!(format(&session, QUEUE, &options(4, true)), Value::Null);
    assert_eq!(format(&session, "sfdx-project.json", &options(4, true)), Value::Null);
    assert_eq!(format(&session, "force-app/Gone.queue-meta.xml", &options(4, true)), Value::Null);
}

/// What `sf` writes is laid out so.
#[test]
fn what_was_retrieved_stays() {
    let session = Session::example("acme-support");
    let all = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let mut seen = 0;
    for entry in all.filter(|entry| entry.path().to_string_lossy().ends_with("-meta.xml")) {
        let path = entry.path().strip_prefix(session.root()).map(Path::to_path_buf).unwrap();
        let edits = format(&session, path.to_str().unwrap(), &options(4, true));
        assert!(edits.is_null() || edits == json!([]), "{}: {edits}", path.display());
        seen += usize::from(edits.is_array());
    }
    assert!(seen > 20, "{seen}");
}
