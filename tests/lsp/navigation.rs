//! Where things are and are named: definition, references, highlight, links; what a file looks like from afar: symbols,
//! folds, selections.

use std::fmt::Write;

use serde_json::{Value, json};

use crate::session::{Session, capabilities, offset};

const MAIN: &str = "force-app/main/default";

fn at(kind: &str, file: &str) -> String {
    format!("{MAIN}/{kind}/{file}-meta.xml")
}

/// Each location as `file: text at the range`.
fn read(session: &Session, locations: &Value) -> Vec<String> {
    let one = |location: &Value| {
        let uri = location["uri"].as_str().or(location["targetUri"].as_str()).unwrap();
        let range = if location["range"].is_null() { &location["targetSelectionRange"] } else { &location["range"] };
        let path = session.path(uri);
        let text = session.text(&path);
        let line = range["start"]["line"].as_u64().unwrap() + 1;
        let found = &text[offset(&text, &range["start"])..offset(&text, &range["end"])];
        format!("{}:{line} {found}", path.rsplit('/').next().unwrap())
    };
    locations.as_array().unwrap_or(&Vec::new()).iter().map(one).collect()
}

fn definition(session: &Session, path: &str, needle: &str) -> Vec<String> {
    read(session, &session.request("textDocument/definition", session.at(path, needle)))
}

fn references(session: &Session, path: &str, needle: &str, declaration: bool) -> Vec<String> {
    let mut params = session.at(path, needle);
    params["context"] = json!({ "includeDeclaration": declaration });
    read(session, &session.request("textDocument/references", params))
}

fn highlight(session: &Session, path: &str, needle: &str) -> Vec<String> {
    let found = session.request("textDocument/documentHighlight", session.at(path, needle));
    let text = session.text(path);
    let one = |found: &Value| {
        let range = &found["range"];
        let (start, end) = (offset(&text, &range["start"]), offset(&text, &range["end"]));
        let kind = ["", "text", "read", "write"][usize::try_from(found["kind"].as_u64().unwrap()).unwrap()];
        format!("{}:{} {} {kind}", range["start"]["line"], range["start"]["character"], &text[start..end])
    };
    found.as_array().unwrap_or(&Vec::new()).iter().map(one).collect()
}

fn outline(symbols: &Value, depth: usize, into: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"].as_str().map(|detail| format!(" · {detail}")).unwrap_or_default();
        let (range, name) = (&symbol["range"], &symbol["selectionRange"]);
        let place = |place: &Value| (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
        assert!(
            place(&range["start"]) <= place(&name["start"]) && place(&name["end"]) <= place(&range["end"]),
            "{symbol}"
        );
        let lines = format!("{}-{}", range["start"]["line"], range["end"]["line"]);
        let (indent, name, kind) = ("  ".repeat(depth), symbol["name"].as_str().unwrap(), &symbol["kind"]);
        writeln!(into, "{indent}{name}{detail} [{kind} {lines}]").unwrap();
        outline(&symbol["children"], depth + 1, into);
    }
}

fn symbols(session: &Session, path: &str) -> String {
    let mut text = String::new();
    let params = json!({ "textDocument": session.document(path) });
    outline(&session.request("textDocument/documentSymbol", params), 0, &mut text);
    text
}

/// The folds as `first line-last line kind`.
fn folds(session: &Session, path: &str) -> Vec<String> {
    let params = json!({ "textDocument": session.document(path) });
    let found = session.request("textDocument/foldingRange", params);
    let one = |fold: &Value| {
        let kind = fold["kind"].as_str().unwrap_or("");
        format!("{}-{} {kind}", fold["startLine"], fold["endLine"]).trim().to_owned()
    };
    found.as_array().unwrap().iter().map(one).collect()
}

/// What a selection grows to, from a place on.
fn selections(session: &Session, path: &str, needle: &str) -> Vec<String> {
    let params = json!({ "textDocument": session.document(path), "positions": [session.place(path, needle)] });
    let found = session.request("textDocument/selectionRange", params);
    let text = session.text(path);
    let mut grown = Vec::new();
    let mut next = &found[0];
    while !next.is_null() {
        let range = &next["range"];
        grown.push(text[offset(&text, &range["start"])..offset(&text, &range["end"])].to_owned());
        next = &next["parent"];
    }
    grown
}

fn workspace(session: &Session, query: &str) -> Vec<String> {
    let found = session.request("workspace/symbol", json!({ "query": query }));
    let one = |found: &Value| {
        let place = read(session, &json!([found["location"]])).remove(0);
        format!("{} · {} · {place}", found["name"].as_str().unwrap(), found["containerName"].as_str().unwrap())
    };
    found.as_array().unwrap().iter().map(one).collect()
}

#[test]
fn definitions() {
    let session = Session::example("acme-support");
    let queue = at("queues", "Cases_Tier_1.queue");
    let skills = at("workSkillRoutings", "Case.workSkillRouting");
    let flow = at("flows", "Route_Messaging.flow");
    let found = [
        definition(&session, &queue, "<queueRoutingConfig>Cases¦_Tier"),
        definition(&session, &queue, "<publicGroup>¦Support_Tier_1"),
        definition(&session, &queue, "¦Queue xmlns"),
        definition(&session, &queue, "jonas¦"),
        definition(&session, &queue, "<sobjectType>Case¦"),
        definition(&session, &skills, "Case.Lang¦uage__c"),
        definition(&session, &flow, "<setupReference>sfdc_¦livemessage"),
        definition(&session, &queue, "<description>Fi¦rst"),
    ];
    insta::assert_json_snapshot!(found);
    let link = session.request("textDocument/definition", session.at(&queue, "<queueRoutingConfig>Cases¦_Tier"));
    insta::assert_json_snapshot!("a_definition_as_it_is_sent", session.shown(&link));
}

#[test]
fn references_are_in_the_order_of_files() {
    let session = Session::example("acme-support");
    let found = [
        references(
            &session,
            &at("queueRoutingConfigs", "Cases_Tier_1.queueRoutingConfig"),
            "¦QueueRoutingConfig x",
            true,
        ),
        references(
            &session,
            &at("servicePresenceStatuses", "Busy.servicePresenceStatus"),
            "ServicePresence¦Status",
            false,
        ),
        references(&session, &at("serviceChannels", "sfdc_livemessage.serviceChannel"), "Service¦Channel", true),
        references(&session, &at("queues", "Cases_Tier_1.queue"), "jonas¦", true),
        references(&session, &at("queues", "Cases_Tier_1.queue"), "<email>sup¦", true),
    ];
    insta::assert_json_snapshot!(found);
}

#[test]
fn highlights() {
    let session = Session::example("acme-support");
    let skills = at("workSkillRoutings", "Case.workSkillRouting");
    let queue = at("queues", "Cases_Tier_1.queue");
    let found = [
        highlight(&session, &skills, "Case.Lang¦uage__c"),
        highlight(&session, &skills, "<skill>Eng¦lish"),
        highlight(&session, &queue, "<que¦ueMembers>"),
        highlight(&session, &queue, "</¦users>"),
        highlight(&session, &queue, "</Queue¦>"),
        highlight(&session, &queue, "<?x¦ml"),
    ];
    insta::assert_json_snapshot!(found);
}

#[test]
fn outlines() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(symbols(&session, &at("queues", "Cases_Tier_1.queue")));
    insta::assert_snapshot!(symbols(&session, &at("workSkillRoutings", "Case.workSkillRouting")));
    insta::assert_snapshot!(symbols(&session, &at("flows", "Route_Messaging.flow")));
    insta::assert_snapshot!(symbols(&session, &at("profiles", "Acme Support Agent.profile")));
    let queue = at("queues", "Cases_Tier_1.queue");
    session.open_as(&queue, "\u{feff}<Queue>\r\n  <name>Ä ö</name>\r\n  <queueSobject>\r\n    <sobjectType>Case\r\n  </queueSobject>\r\n  <oops/><email>");
    insta::assert_snapshot!("an_outline_of_a_broken_file", symbols(&session, &queue));
}

#[test]
fn a_plain_client_has_a_flat_outline() {
    let queue = at("queues", "A.queue");
    let text = "<Queue>\n<name>A</name>\n<queueSobject><sobjectType>Case</sobjectType></queueSobject>\n</Queue>";
    let session = Session::start(
        &[("sfdx-project.json", "{ \"packageDirectories\": [{ \"path\": \"force-app\" }] }"), (&queue, text)],
        json!({}),
        Value::Null,
    );
    let params = json!({ "textDocument": session.document(&queue) });
    insta::assert_json_snapshot!(session.shown(&session.request("textDocument/documentSymbol", params)));
    let found = session.request("textDocument/definition", session.at(&queue, "¦Queue>"));
    insta::assert_json_snapshot!(session.shown(&found));
}

#[test]
fn components_are_found_by_name_and_label() {
    let session = Session::example("acme-support");
    insta::assert_json_snapshot!(
        ["cstr1", "lunch", "sfdc", "messaging", "zzz"].map(|query| workspace(&session, query))
    );
    assert!(workspace(&session, "").len() > 50);
    let broken = at("queues", "Broken_One.queue");
    session.write(&broken, "<Queue><name>");
    session.write(&at("queues", "Broken_Two.queue"), "");
    assert_eq!(workspace(&session, "brokenone"), ["Broken_One · queue · Broken_One.queue-meta.xml:1 Queue"]);
    assert_eq!(workspace(&session, "brokentwo"), ["Broken_Two · queue · Broken_Two.queue-meta.xml:1 "]);
}

#[test]
fn links_lead_to_files_and_pages() {
    let session = Session::example("acme-support");
    let queue = at("queues", "Cases_Tier_1.queue");
    let text = session
        .text(&queue)
        .replace("<email>", "<!-- omnic-ignore OC503, no-such-check, auto-accept-with-decline: x -->\n    <email>");
    session.open_as(&queue, &text);
    let links = session.request("textDocument/documentLink", json!({ "textDocument": session.document(&queue) }));
    insta::assert_json_snapshot!(session.shown(&links));
}

const LONG: &str = "<?xml version=\"1.0\"?>\n<!-- one\n two -->\n<Skill\n  xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n\
    <assignments>\n<users>\n<user>a</user>\n<user>b</user>\n<user>c</user>\n</users>\n</assignments>\n\
    <label>x</label>\n<x>1</x>\n<x>2</x>\n<x>3</x>\n<y>\n</y><y>\n</y><y>\n</y>\n</Skill>\n";

#[test]
fn folds_are_as_the_client_takes_them() {
    let files = [("force-app/A.skill-meta.xml", LONG)];
    let session = Session::project(&files);
    insta::assert_json_snapshot!(folds(&session, files[0].0));
    let mut capabilities = capabilities();
    capabilities["textDocument"]["foldingRange"] = json!({ "lineFoldingOnly": true });
    let session = Session::start(&files, capabilities.clone(), Value::Null);
    insta::assert_json_snapshot!("folds_of_lines", folds(&session, files[0].0));
    capabilities["textDocument"]["foldingRange"]["rangeLimit"] = json!(2);
    let session = Session::start(&files, capabilities, Value::Null);
    assert_eq!(folds(&session, files[0].0), ["1-2 comment", "3-19"]);
}

#[test]
fn selections_grow() {
    let session = Session::project(&[("force-app/A.skill-meta.xml", LONG)]);
    insta::assert_json_snapshot!(selections(&session, "force-app/A.skill-meta.xml", "<user>¦b</user>"));
    insta::assert_json_snapshot!(
        "a_selection_in_a_tag",
        selections(&session, "force-app/A.skill-meta.xml", "<la¦bel>")
    );
    insta::assert_json_snapshot!(
        "a_selection_in_a_comment",
        selections(&session, "force-app/A.skill-meta.xml", "on¦e\n")
    );
}

#[test]
fn odd_places_are_harmless() {
    let deep = "<a>".repeat(20_000);
    let files = [
        (
            "force-app/A.queue-meta.xml",
            "\u{feff}<Queue><name>\u{1d11e}</name><queueRoutingConfig>Gone</queueRoutingConfig></Queue>",
        ),
        ("force-app/B.queue-meta.xml", ""),
        ("force-app/C.queue-meta.xml", "<Queue><queueMembers><users><user>x"),
        ("force-app/E.queue-meta.xml", &deep),
        ("force-app/notes.txt", "text"),
    ];
    let session = Session::project(&files);
    let uris = files.iter().map(|(path, _)| session.uri(path));
    for uri in
        uris.chain(["untitled:x.queue".to_owned(), "file:///nowhere/D.queue-meta.xml".to_owned(), "?".to_owned()])
    {
        for position in [
            json!({ "line": 0, "character": 0 }),
            json!({ "line": 0, "character": 9_999 }),
            json!({ "line": 99, "character": 3 }),
        ] {
            let document = json!({ "uri": uri });
            let params = json!({ "textDocument": document, "position": position, "positions": [position],
                "context": { "includeDeclaration": true }, "newName": "X" });
            for request in [
                "definition",
                "references",
                "documentHighlight",
                "documentSymbol",
                "documentLink",
                "foldingRange",
                "selectionRange",
            ] {
                session.request(&format!("textDocument/{request}"), params.clone());
            }
            for request in ["prepareRename", "rename"] {
                let _ = session.try_request(&format!("textDocument/{request}"), params.clone()).map_err(|error| {
                    assert!(!error.contains("bug"), "{error}");
                });
            }
        }
    }
    assert_eq!(definition(&session, files[0].0, "Go¦ne"), Vec::<String>::new());
    assert_eq!(references(&session, files[0].0, "Go¦ne", true), ["A.queue-meta.xml:1 Gone"]);
    session.end().unwrap();
}

#[test]
fn of_several_packages_the_effective_file_comes_first() {
    let config = "{ \"packageDirectories\": [{ \"path\": \"one\" }, { \"path\": \"two\" }, { \"path\": \"three\" }] }";
    let queue = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name><queueRoutingConfig>Tier</queueRoutingConfig></Queue>";
    let tier = "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\"/>";
    let files = [
        ("sfdx-project.json", config),
        ("one/A.queue-meta.xml", queue),
        ("one/Tier.queueRoutingConfig-meta.xml", tier),
        ("two/Tier.queueRoutingConfig-meta.xml", tier),
        ("three/tier.queueRoutingConfig-meta.xml", ""),
    ];
    let session = Session::start(&files, capabilities(), Value::Null);
    let found = session.request("textDocument/definition", session.at("one/A.queue-meta.xml", "Ti¦er"));
    let uris: Vec<String> =
        found.as_array().unwrap().iter().map(|link| session.path(link["targetUri"].as_str().unwrap())).collect();
    assert_eq!(
        uris,
        [
            "two/Tier.queueRoutingConfig-meta.xml",
            "one/Tier.queueRoutingConfig-meta.xml",
            "three/tier.queueRoutingConfig-meta.xml"
        ]
    );
}
