//! Names that are Markdown, or that a terminal obeys: an editor shows them, and nothing becomes of them.

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::{Value, json};

use crate::session::{Session, capabilities, position};

/// As XML has it, and what is to be seen of it.
const NAME: &str = "A` ![x](https://evil.example/i.png) [y](https://evil.example) &lt;img src=x&gt; `` b&#10;&#10;\
    ![z](https://evil.example)&#10;# head ` \u{202e}\u{9b}31m``` c https://evil.example";

fn component(kind: &str, inside: &str) -> String {
    format!("<{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n{inside}\n</{kind}>\n")
}

fn session() -> Session {
    let queue = format!(
        "<name>A</name>\n<queueRoutingConfig>{NAME}</queueRoutingConfig>\n<queueSobject><sobjectType>{NAME}</sobjectType>\
         </queueSobject>\n<queueMembers><users><user>{NAME}</user></users></queueMembers>"
    );
    let routed = format!(
        "<name>B</name>\n<queueRoutingConfig>R</queueRoutingConfig>\n<queueSobject><sobjectType>Case</sobjectType>\
         </queueSobject>\n<queueMembers><users><user>{NAME}</user></users></queueMembers>"
    );
    let routing = format!(
        "<label>{NAME}</label>\n<capacityWeight>1</capacityWeight>\n<queueOverflowAssignee>{NAME}</queueOverflowAssignee>\n\
         <routingModel>LEAST_ACTIVE</routingModel>\n<routingPriority>1</routingPriority>\n<skills><skill>{NAME}</skill></skills>"
    );
    let governs = format!(
        "<assignments><users><user>{NAME}</user></users></assignments>\n<capacity>5</capacity>\n<label>{NAME}</label>"
    );
    let channel = format!(
        "<label>{NAME}</label>\n<relatedEntityType>Case</relatedEntityType>\n<statusField>Topic__c</statusField>\n\
         <serviceChannelStatusFieldMappings><type>IN_PROGRESS</type><value>{NAME}</value></serviceChannelStatusFieldMappings>"
    );
    let value = format!("<value><fullName>{NAME}</fullName><default>false</default><label>{NAME}</label></value>");
    let field = format!(
        "<fullName>Topic__c</fullName>\n<type>Picklist</type>\n<valueSet><valueSetDefinition><sorted>false</sorted>{value}\
         </valueSetDefinition></valueSet>"
    );
    let group = format!("<fullName>{NAME}</fullName>\n<name>{NAME}</name>");
    Session::project(&[
        ("force-app/queues/A.queue-meta.xml", &component("Queue", &queue)),
        ("force-app/queues/B.queue-meta.xml", &component("Queue", &routed)),
        ("force-app/queueRoutingConfigs/R.queueRoutingConfig-meta.xml", &component("QueueRoutingConfig", &routing)),
        ("force-app/presenceUserConfigs/P.presenceUserConfig-meta.xml", &component("PresenceUserConfig", &governs)),
        ("force-app/serviceChannels/C.serviceChannel-meta.xml", &component("ServiceChannel", &channel)),
        ("force-app/objects/Case/fields/Topic__c.field-meta.xml", &component("CustomField", &field)),
        ("force-app/groups/G.group-meta.xml", &component("Group", &group)),
    ])
}

/// The files that a client opens.
const FILES: [&str; 5] = [
    "force-app/queues/A.queue-meta.xml",
    "force-app/queues/B.queue-meta.xml",
    "force-app/queueRoutingConfigs/R.queueRoutingConfig-meta.xml",
    "force-app/presenceUserConfigs/P.presenceUserConfig-meta.xml",
    "force-app/serviceChannels/C.serviceChannel-meta.xml",
];

/// Holds Markdown to be text and code alone.
fn assert_harmless(markdown: &str) {
    for event in Parser::new_ext(markdown, Options::all()) {
        let obeyed = match &event {
            Event::Start(tag) => matches!(tag, Tag::Link { .. } | Tag::Image { .. } | Tag::Heading { .. }),
            Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) | Event::DisplayMath(_) => true,
            // Hosts make a link of this, too.
            Event::Text(text) => text.contains("https:/"),
            _ => false,
        };
        assert!(!obeyed, "{event:?} in {markdown}");
    }
    assert_plain(markdown);
}

fn assert_plain(text: &str) {
    let found =
        text.chars().find(|&character| character != '\n' && (character.is_control() || character == '\u{202e}'));
    assert!(found.is_none(), "{found:?} in {text:?}");
}

#[test]
fn hovers_hold_no_link_or_image_of_a_project() {
    let session = session();
    let mut quoted = 0;
    for path in FILES {
        session.open(path);
        session.settle();
        let text = session.text(path);
        for (at, _) in text.match_indices('<').chain(text.match_indices('>')).chain(text.match_indices("evil")) {
            for offset in [at, at + 1] {
                let params = json!({ "textDocument": session.document(path), "position": position(&text, offset) });
                let hover = session.request("textDocument/hover", params);
                if let Some(words) = hover["contents"]["value"].as_str() {
                    quoted += words.matches("evil").count();
                    assert_harmless(words);
                }
            }
        }
    }
    assert!(quoted > 20, "the name is quoted {quoted} times");
}

#[test]
fn completions_hold_no_link_or_image_of_a_project() {
    let session = session();
    let mut quoted = 0;
    for path in FILES {
        session.open(path);
        session.settle();
        let text = session.text(path);
        for (at, _) in text.match_indices('>') {
            let params = json!({ "textDocument": session.document(path), "position": position(&text, at + 1) });
            let list = session.request("textDocument/completion", params);
            let items = list["items"].as_array().or_else(|| list.as_array()).into_iter().flatten();
            for item in items {
                let item = session.request("completionItem/resolve", item.clone());
                if let Some(words) = item["documentation"]["value"].as_str() {
                    quoted += words.matches("evil").count();
                    assert_harmless(words);
                }
            }
        }
    }
    assert!(quoted > 2, "the name is quoted {quoted} times");
}

#[test]
fn lenses_and_hints_are_lines_of_plain_text() {
    let session = session();
    let mut quoted = 0;
    for path in FILES {
        session.open(path);
        session.settle();
        let text = session.text(path);
        let range = json!({ "start": position(&text, 0), "end": position(&text, text.len()) });
        let document = session.document(path);
        let lenses = session.request("textDocument/codeLens", json!({ "textDocument": document }));
        let hints = session.request("textDocument/inlayHint", json!({ "textDocument": document, "range": range }));
        let titles = lenses.as_array().into_iter().flatten().map(|lens| &lens["command"]["title"]);
        let labels = hints.as_array().into_iter().flatten().map(|hint| &hint["label"]);
        for words in titles.chain(labels).map(|words| words.as_str().unwrap()) {
            quoted += words.matches("evil").count();
            assert!(!words.contains('\n'), "{words}");
            assert_plain(words);
        }
    }
    assert!(quoted > 0, "the name is quoted");
}

#[test]
fn explanations_hold_no_link_or_image_of_a_project() {
    let session = session();
    session.settle();
    let uri = session.uri(FILES[1]);
    let run = |name: &str, argument: Value| {
        let params = json!({ "command": format!("omnic.server.{name}"), "arguments": [argument] });
        session.try_request("workspace/executeCommand", params)
    };
    let choices = run("offerChoices", json!({ "uri": uri })).unwrap();
    let agent = choices["agents"].as_array().unwrap().iter().find(|agent| agent.as_str().unwrap().contains("evil"));
    let explained = run("explainOffer", json!({ "uri": uri, "queue": "B", "agent": agent })).unwrap();
    let words = explained["text"].as_str().unwrap();
    assert!(words.contains("evil"), "{words}");
    assert_harmless(words);
    let graph = run("routingGraph", json!({ "uri": uri })).unwrap();
    assert!(graph["text"].as_str().unwrap().contains("evil"));
    assert_plain(graph["text"].as_str().unwrap());
    assert_plain(graph["mermaid"].as_str().unwrap());
    let error = run("explainOffer", json!({ "uri": uri, "queue": "B", "agent": "x\u{1b}[2J\r\u{9b}" })).unwrap_err();
    assert!(error.contains("x␛[2J"), "{error}");
    assert_plain(&error);
}

#[test]
fn messages_and_diagnostics_are_plain_text() {
    let session = session();
    for (path, diagnostics) in session.all_diagnostics() {
        for found in diagnostics.as_array().unwrap() {
            assert_plain(found["message"].as_str().unwrap());
            let related = found["relatedInformation"].as_array().into_iter().flatten();
            related.for_each(|related| assert_plain(related["message"].as_str().unwrap()));
        }
        assert_plain(&path);
    }
    let settings = json!({ "strict": "x\u{1b}[2J\r\u{9b}\u{202e}" });
    let files = [
        (
            "sfdx-project.json",
            "{\"packageDirectories\":[{\"path\":\"force-app\"},{\"path\":\"x\\u001b[2J\\r\u{9b}\u{202e}\"}]}",
        ),
        ("force-app/queues/A.queue-meta.xml", "<Queue/>"),
        ("omnic.toml", "\"x\\u001b[2J\\r\u{202e}\" = 1\n"),
    ];
    for files in [&files[..], &files[..2]] {
        let session = Session::start(files, capabilities(), settings.clone());
        session.settle();
        // What is told of a project comes before what is told of its files.
        session.all_diagnostics();
        let heard = session.heard.borrow();
        let told = heard.iter().filter(|(method, _)| method == "window/showMessage" || method == "window/logMessage");
        let told: Vec<&str> = told.map(|(_, params)| params["message"].as_str().unwrap()).collect();
        assert!(told.iter().any(|told| told.contains("␛[2J")), "{files:?}: {told:?}");
        told.into_iter().for_each(assert_plain);
    }
}
