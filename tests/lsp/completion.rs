//! What can be written at a place.

use serde_json::{Value, json};

use crate::session::{Session, apply_edits, capabilities, position};

const QUEUE: &str = "force-app/main/default/queues/Tier_1.queue-meta.xml";
const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;
const NAMESPACE: &str = r#"xmlns="http://soap.sforce.com/2006/04/metadata""#;

/// A file's path in a project of source format.
fn path(name: &str) -> String {
    format!("force-app/main/default/{name}-meta.xml")
}

/// A component with this content.
fn component(kind: &str, content: &str) -> String {
    format!("{HEAD}\n<{kind} {NAMESPACE}>\n{content}</{kind}>\n")
}

/// A small project, with names of every sort.
fn project() -> Session {
    let of = |name: &str, kind: &str, content: &str| (path(name), component(kind, content));
    let files = [
        of(
            "queueRoutingConfigs/Fast.queueRoutingConfig",
            "QueueRoutingConfig",
            "    <capacityWeight>2</capacityWeight>\n    <label>Fast lane</label>\n    \
             <routingModel>MOST_AVAILABLE</routingModel>\n    <routingPriority>1</routingPriority>\n",
        ),
        of(
            "queueRoutingConfigs/Slow.queueRoutingConfig",
            "QueueRoutingConfig",
            "    <capacityPercentage>50</capacityPercentage>\n    <label>Slow</label>\n    \
             <routingModel>LEAST_ACTIVE</routingModel>\n    <routingPriority>9</routingPriority>\n",
        ),
        of(
            "queues/Tier_1.queue",
            "Queue",
            "    <doesSendEmailToMembers>false</doesSendEmailToMembers>\n    <name>Tier 1</name>\n    \
             <queueMembers>\n        <users>\n            <user>anna@example.com</user>\n        </users>\n    \
             </queueMembers>\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n    <queueSobject>\n        \
             <sobjectType>Case</sobjectType>\n    </queueSobject>\n",
        ),
        of(
            "queues/Rest.queue",
            "Queue",
            "    <name>Rest &amp; more</name>\n    <queueMembers>\n        <users>\n            \
             <user>bert@example.com</user>\n        </users>\n    </queueMembers>\n    <queueSobject>\n        \
             <sobjectType>Lead</sobjectType>\n    </queueSobject>\n",
        ),
        of(
            "serviceChannels/Cases.serviceChannel",
            "ServiceChannel",
            "    <label>Cases</label>\n    <relatedEntityType>Case</relatedEntityType>\n    \
             <statusField>Status</statusField>\n",
        ),
        of("skills/German.skill", "Skill", "    <label>German &amp; Swiss</label>\n"),
        of(
            "workSkillRoutings/Case.workSkillRouting",
            "WorkSkillRouting",
            "    <isActive>true</isActive>\n    <masterLabel>Case</masterLabel>\n    \
             <relatedEntity>Case</relatedEntity>\n    <workSkillRoutingAttributes>\n        \
             <field>Case.Language__c</field>\n        <skill>German</skill>\n        <value>de</value>\n    \
             </workSkillRoutingAttributes>\n",
        ),
        of(
            "objects/Case/fields/Language__c.field",
            "CustomField",
            "    <fullName>Language__c</fullName>\n    <label>Language</label>\n    <type>Picklist</type>\n    \
             <valueSet>\n        <valueSetDefinition>\n            <value>\n                <fullName>de</fullName>\n\
             <label>German</label>\n            </value>\n            <value>\n                \
             <fullName>R&amp;D</fullName>\n                <label>R&amp;D</label>\n            </value>\n        \
             </valueSetDefinition>\n    </valueSet>\n",
        ),
        of(
            "objects/Case/fields/Notes__c.field",
            "CustomField",
            "    <fullName>Notes__c</fullName>\n    <label>Notes</label>\n    <type>LongTextArea</type>\n",
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (&**path, &**text)).collect();
    let session = Session::project(&files);
    session.settle();
    session
}

/// What is offered at the `¦` of a text for a file.
fn offered(session: &Session, path: &str, marked: &str) -> Value {
    let at = marked.find('¦').unwrap();
    let text = marked.replacen('¦', "", 1);
    session.open_as(path, &text);
    let answer = ask(session, path, &text, at);
    session.close(path);
    answer
}

fn ask(session: &Session, path: &str, text: &str, at: usize) -> Value {
    let params = json!({ "textDocument": session.document(path), "position": position(text, at) });
    session.request("textDocument/completion", params)
}

fn items(answer: &Value) -> impl Iterator<Item = &Value> {
    answer["items"].as_array().into_iter().flatten()
}

fn labels(answer: &Value) -> Vec<&str> {
    items(answer).map(|item| item["label"].as_str().unwrap()).collect()
}

/// The text after the offer with this label was taken.
fn taken(marked: &str, answer: &Value, label: &str) -> String {
    let item = items(answer).find(|item| item["label"] == label);
    let item = item.unwrap_or_else(|| panic!("`{label}` is to be offered: {:?}", labels(answer)));
    let mut edits = vec![item["textEdit"].clone()];
    edits.extend(item["additionalTextEdits"].as_array().into_iter().flatten().cloned());
    apply_edits(&marked.replacen('¦', "", 1), &Value::Array(edits))
}

/// What is offered in the content of a queue.
fn in_queue(session: &Session, content: &str) -> Value {
    offered(session, QUEUE, &component("Queue", content))
}

#[test]
fn elements_are_those_that_are_not_there_yet() {
    let session = project();
    let answer = in_queue(&session, "    <name>Tier 1</name>\n    <¦\n    <queueSobject></queueSobject>\n");
    insta::assert_json_snapshot!(session.shown(&answer));
    let answer = in_queue(&session, "    ¦\n");
    let first = items(&answer).find(|item| item["preselect"] == true).unwrap();
    assert_eq!(first["label"], "name");
}

#[test]
fn elements_are_found_in_every_broken_text() {
    let session = project();
    let root = ["description", "doesIncludeBosses", "doesSendEmailToMembers", "email", "queueMembers", "queueSobject"];
    let with_name = |content: &str| {
        let answer = in_queue(&session, content);
        let all: Vec<String> = labels(&answer).into_iter().map(str::to_owned).collect();
        all.into_iter().filter(|label| !label.starts_with('/')).collect::<Vec<_>>()
    };
    for content in [
        "    <name>a</name>\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n    ¦\n",
        "    <name>a</name>\n    <¦\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a</name>\n    <que¦\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a</name>\n    que¦\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a</name>\n    <que¦></que>\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a</name>\n    <que¦>\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a\n    <¦\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a\n    ¦\n    <queueRoutingConfig>Fast\n",
        "    <name>é\u{1d11e}</name> <¦ <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <name>a</nmae>\n    <¦\n    <queueRoutingConfig>Fast</queueRoutingConfig>\n",
        "    <queueSobject>\n        <sobjectType>Case\n    </queueSobject>\n<name>a</name>¦<queueRoutingConfig/>",
    ] {
        assert_eq!(with_name(content), root, "{content}");
    }
    let inner = ["publicGroups", "roleAndSubordinates", "roleAndSubordinatesInternal", "roles", "users"];
    assert_eq!(with_name("    <queueMembers>\n        ¦\n    </queueMembers>\n"), inner);
    assert_eq!(with_name("    <queueMembers>\n        <name>a</name>\n        ¦\n    </queueMembers>\n"), inner);
    assert_eq!(
        with_name("    <queueSobject>\n        <sobj¦ectType>Case</sobjectType>\n    </queueSobject>\n"),
        ["sobjectType"]
    );
    // Nothing closes it, and what follows is the root's.
    assert_eq!(with_name("    <queueMembers>\n        ¦\n    <name>a</name>\n"), inner);
    assert!(in_queue(&session, "    <name ¦>a</name>\n").is_null());
    assert!(in_queue(&session, "    <![CDATA[ ¦ ]]>\n").is_null());
    assert!(offered(&session, QUEUE, &(component("Queue", "") + "<¦")).is_null());
    assert!(offered(&session, QUEUE, "<?xml ¦?>").is_null());
}

#[test]
fn an_element_is_inserted_with_what_it_must_have() {
    let session = project();
    let take = |content: &str, label: &str| {
        let marked = component("Queue", content);
        let answer = offered(&session, QUEUE, &marked);
        let made = taken(&marked, &answer, label);
        made[component("Queue", "").find("\n</").unwrap()..].trim_end().trim_end_matches("</Queue>").to_owned()
    };
    assert_eq!(
        take("    <que¦\n", "queueSobject"),
        "\n    <queueSobject>\n    <sobjectType>$1</sobjectType>\n</queueSobject>\n"
    );
    assert_eq!(
        take("\t<name>a</name>\n\t¦\n", "queueSobject"),
        "\n\t<name>a</name>\n\t<queueSobject>\n\t<sobjectType>$1</sobjectType>\n</queueSobject>\n"
    );
    assert_eq!(
        take("  <doesSend¦\n", "doesSendEmailToMembers"),
        "\n  <doesSendEmailToMembers>${1|true,false|}</doesSendEmailToMembers>\n"
    );
    assert_eq!(take("<¦></x>\n", "email"), "\n<email>$1</email></x>\n");
    // The name of what is there already, at both ends.
    assert_eq!(take("<e¦mial>a</emial>\n", "email"), "\n<email>a</email>\n");
    assert_eq!(take("<name>a</¦\n", "</name>"), "\n<name>a</name>\n");
    assert_eq!(take("<name>a</na¦>\n", "</name>"), "\n<name>a</name>\n");
    assert_eq!(take("<name>a<¦\n", "</name>"), "\n<name>a</name>\n");
    assert_eq!(take("<queueSobject>\n<¦\n", "</queueSobject>"), "\n<queueSobject>\n</queueSobject>\n");
}

#[test]
fn an_empty_file_gets_the_whole_component() {
    let session = project();
    let file = path("serviceChannels/New_Work.serviceChannel");
    for marked in ["¦", "<¦", "\n\n  Serv¦"] {
        let answer = offered(&session, &file, marked);
        let made = taken(marked, &answer, "ServiceChannel");
        let expected = component(
            "ServiceChannel",
            "    <label>${1:New Work}</label>\n    <relatedEntityType>$2</relatedEntityType>\n",
        );
        assert_eq!(made, expected, "{marked:?}");
    }
    assert_eq!(labels(&offered(&session, &file, "\u{feff}¦")), ["ServiceChannel"]);
    let marked = format!("{HEAD}\r\n<Ser¦");
    let made = taken(&marked, &offered(&session, &file, &marked), "ServiceChannel");
    assert!(made.starts_with(&format!("{HEAD}\r\n<ServiceChannel {NAMESPACE}>\r\n    <label>")), "{made}");
    // By a client that takes plain text only, and none of it with line ends.
    let mut plain = capabilities();
    plain["textDocument"]["completion"] = json!({});
    let session = Session::start(
        &[("sfdx-project.json", r#"{ "packageDirectories": [{ "path": "force-app" }] }"#)],
        plain,
        Value::Null,
    );
    let answer = offered(&session, &file, "¦");
    insta::assert_json_snapshot!(answer);
}

#[test]
fn values_are_those_of_the_schema() {
    let session = project();
    let config = path("queueRoutingConfigs/Fast.queueRoutingConfig");
    let at = |content: &str| offered(&session, &config, &component("QueueRoutingConfig", content));
    insta::assert_json_snapshot!(session.shown(&at("    <routingModel>L¦</routingModel>\n")));
    assert_eq!(labels(&at("    <isAttributeBased>¦</isAttributeBased>\n")), ["true", "false"]);
    assert_eq!(labels(&at("    <pushTimeout>¦</pushTimeout>\n")), ["0"]);
    assert!(labels(&at("    <routingPriority>¦</routingPriority>\n")).is_empty());
    let marked = component("QueueRoutingConfig", "    <routingModel>MOS¦\n    <label>a</label>\n");
    let made = taken(&marked, &offered(&session, &config, &marked), "MOST_AVAILABLE");
    assert!(made.contains("    <routingModel>MOST_AVAILABLE</routingModel>\n    <label>"), "{made}");
    let marked = component("QueueRoutingConfig", "    <routingModel>\n        MOST¦_AV\n    </routingModel>\n");
    let made = taken(&marked, &offered(&session, &config, &marked), "LEAST_ACTIVE");
    assert!(made.contains(">\n        LEAST_ACTIVE\n    <"), "{made}");
}

#[test]
fn names_are_those_of_the_project_and_their_labels() {
    let session = project();
    let answer = in_queue(&session, "    <queueRoutingConfig>F¦</queueRoutingConfig>\n");
    insta::assert_json_snapshot!(session.shown(&answer));
    let users = in_queue(
        &session,
        "    <queueMembers>\n<users>\n<user>be¦\n<user>anna@example.com</user></users></queueMembers>\n",
    );
    assert_eq!(labels(&users), ["bert@example.com"]);
    let objects = in_queue(&session, "    <queueSobject>\n<sobjectType>¦</sobjectType></queueSobject>\n");
    let first = ["Case", "LiveChatTranscript", "MessagingSession", "SOSSession", "VoiceCall", "Lead", "Account"];
    assert_eq!(labels(&objects)[..7], first);
    // A routed queue takes no overflow.
    let config = path("queueRoutingConfigs/Fast.queueRoutingConfig");
    let text = component("QueueRoutingConfig", "    <queueOverflowAssignee>¦</queueOverflowAssignee>\n");
    assert_eq!(labels(&offered(&session, &config, &text)), ["Rest", "Tier_1"]);
}

#[test]
fn a_name_that_is_half_written_is_none() {
    let session = project();
    session.open(QUEUE);
    session.edit(QUEUE, "anna@example.com", "ann");
    session.settle();
    let answer = session.request("textDocument/completion", session.at(QUEUE, "<user>ann¦<"));
    assert_eq!(labels(&answer), ["bert@example.com"]);
}

#[test]
fn fields_and_their_values_are_those_of_the_object() {
    let session = project();
    let rules = path("workSkillRoutings/Case.workSkillRouting");
    let head =
        "    <isActive>true</isActive>\n    <relatedEntity>Case</relatedEntity>\n    <workSkillRoutingAttributes>\n";
    let at = |content: &str| offered(&session, &rules, &component("WorkSkillRouting", &format!("{head}{content}")));
    let fields = at("<field>¦</field>");
    assert_eq!(
        labels(&fields),
        [
            "Case.Language__c",
            "Case.Origin",
            "Case.Priority",
            "Case.Reason",
            "Case.Status",
            "Case.Type",
            "Case.Notes__c"
        ]
    );
    insta::assert_json_snapshot!(session.shown(&at("<field>Case.Language__c</field><value>¦")));
    let skills = at("<skill>¦</skill>");
    assert_eq!(items(&skills).next().unwrap()["filterText"], "German German & Swiss");
    let channel = path("serviceChannels/Cases.serviceChannel");
    let text = component("ServiceChannel", "    <relatedEntityType>Case</relatedEntityType>\n    <statusField>¦\n");
    assert_eq!(labels(&offered(&session, &channel, &text))[0], "Language__c");
}

#[test]
fn comments_take_the_codes_and_names_of_checks() {
    let session = Session::example("broken");
    let file = session.file("Service_Cases.queue-meta.xml");
    let text = session.text(&file);
    let with = |comment: &str| {
        let marked = text.replacen("<Queue ", &format!("<!-- {comment} -->\n<Queue "), 1);
        offered(&session, &file, &marked)
    };
    assert_eq!(labels(&with("om¦")), ["omnic-ignore"]);
    session.settle();
    let answer = with("omnic-ignore OC204, ¦");
    let all = labels(&answer);
    assert!(!all.contains(&"OC204") && all.contains(&"OC205") && !all.contains(&"unknown-field"), "{all:?}");
    assert!(labels(&with("omnic-ignore OC204: ¦")).is_empty());
    assert!(labels(&with("about ¦")).is_empty());
    insta::assert_json_snapshot!(session.shown(&json!(items(&answer).take(2).collect::<Vec<_>>())));
}

#[test]
fn a_character_asks_only_for_what_it_begins() {
    let session = project();
    let with = |content: &str, character: &str| {
        let marked = component("Queue", content);
        let text = marked.replacen('¦', "", 1);
        session.open_as(QUEUE, &text);
        let place = position(&text, marked.find('¦').unwrap());
        let context = json!({ "triggerKind": 2, "triggerCharacter": character });
        let params = json!({ "textDocument": session.document(QUEUE), "position": place, "context": context });
        let answer = session.request("textDocument/completion", params);
        session.close(QUEUE);
        !answer.is_null()
    };
    assert!(with("<¦", "<") && with("<queueRoutingConfig>¦", ">") && with("<name>a</¦", "/"));
    assert!(!with("<name>a</name>¦", ">") && !with("<name>a/¦", "/") && !with("<queueSobject>¦", ">"));
}

#[test]
fn what_is_no_component_has_no_offers() {
    let session = project();
    let at = json!({ "line": 900, "character": 900 });
    let ask = |uri: &str| {
        session.request("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": at }))
    };
    assert!(ask("file:///nowhere/a.queue-meta.xml").is_null());
    assert!(ask("untitled:Untitled-1").is_null());
    assert!(ask(&session.uri("sfdx-project.json")).is_null());
    assert!(ask(&session.uri(QUEUE)).is_null());
}

#[test]
fn types_that_are_read_in_part_have_their_part() {
    let session = project();
    let profile = path("profiles/Admin.profile");
    let text = component(
        "Profile",
        "    <custom>true</custom>\n    <userPermissions>\n        <name>a</name>\n    </userPermissions>\n    <¦\n",
    );
    let answer = offered(&session, &profile, &text);
    assert_eq!(labels(&answer), ["servicePresenceStatusAccesses"]);
    let text = component("Profile", "    <userPermissions>\n        ¦\n    </userPermissions>\n");
    assert!(offered(&session, &profile, &text).is_null());
}

#[test]
fn many_names_are_cut_to_those_that_fit() {
    let users = (0..3000).map(|n| format!("<user>rep{n:05}@example.com</user>")).collect::<Vec<_>>().join("\n");
    let content = format!(
        "    <name>a</name>\n    <queueMembers>\n        <users>\n{users}        </users>\n    </queueMembers>\n"
    );
    let all = component("Queue", &content);
    let file = path("queues/All.queue");
    let session = Session::project(&[(&file, &all)]);
    session.settle();
    let at =
        |typed: &str| in_queue(&session, &format!("<queueMembers><users><user>{typed}¦</user></users></queueMembers>"));
    let some = at("rep");
    assert_eq!((some["isIncomplete"].as_bool(), items(&some).count()), (Some(true), 250));
    // What each is is said when it is asked for.
    let first = items(&some).next().unwrap();
    assert!(first["documentation"].is_null());
    let resolved = session.request("completionItem/resolve", first.clone());
    let words = resolved["documentation"]["value"].as_str().unwrap();
    assert!(words.contains("Member of the queue `All`"), "{words}");
    let one = at("rep01234");
    assert_eq!((one["isIncomplete"].as_bool(), labels(&one)), (Some(true), vec!["rep01234@example.com"]));
}

/// The paths of a session's components.
fn components(session: &Session) -> Vec<String> {
    let files = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths =
        files.map(|entry| entry.path().strip_prefix(session.root()).unwrap().to_str().unwrap().replace('\\', "/"));
    let is_component =
        |path: &String| matches!(omnic::schema::recognise(path), omnic::schema::FileClass::Component { .. });
    paths.filter(is_component).collect()
}

/// Holds that every edit is on the line of the cursor, around it.
fn assert_is_around(answer: &Value, cursor: &Value, text: &str) {
    for item in items(answer) {
        let range = &item["textEdit"]["range"];
        let character = |place: &Value| place["character"].as_u64().unwrap();
        assert_eq!(
            (&range["start"]["line"], &range["end"]["line"]),
            (&cursor["line"], &cursor["line"]),
            "{item} {text}"
        );
        assert!(character(&range["start"]) <= character(cursor), "{item} at {cursor} of {text}");
        assert!(character(cursor) <= character(&range["end"]), "{item} at {cursor} of {text}");
    }
}

#[test]
fn every_place_of_every_broken_text_has_an_answer() {
    let session = Session::example("broken");
    session.settle();
    for (number, path) in components(&session).into_iter().enumerate() {
        let whole = session.text(&path);
        // A generator of our own kind: the same places each time, and others in each file.
        let mut random = number as u64 * 2_654_435_761 + 1;
        let mut next = |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) as usize % below.max(1)
        };
        let mut texts = vec![(whole.clone(), 2)];
        for _ in 0..3 {
            let mut cut = whole.clone();
            cut.truncate((0..=next(cut.len())).rev().find(|&at| cut.is_char_boundary(at)).unwrap());
            let mut holes = whole.clone();
            for _ in 0..5 {
                let at = (0..=next(holes.len() - 1)).rev().find(|&at| holes.is_char_boundary(at)).unwrap();
                holes.remove(at);
            }
            let markup = whole.match_indices(['<', '>', '/']).map(|(at, _)| at).collect::<Vec<_>>();
            let mut tags = whole.clone();
            tags.remove(markup[next(markup.len())]);
            texts.extend([(cut, 13), (holes, 13), (tags.replace('\n', "\r\n"), 13)]);
        }
        for (text, stride) in texts {
            session.open_as(&path, &text);
            for at in (0..=text.len()).filter(|&at| is_place(&text, at)).step_by(stride) {
                assert_is_around(&ask(&session, &path, &text, at), &position(&text, at), &text);
            }
            session.close(&path);
        }
    }
}

/// True unless the offset is in a character, or between the two of a line end.
fn is_place(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && !(text[..at].ends_with('\r') && text[at..].starts_with('\n'))
}

/// A snippet as it is when nothing is chosen in it.
fn filled(snippet: &str) -> String {
    let mut text = String::new();
    let mut rest = snippet;
    while let Some(at) = rest.find('$') {
        text.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = if rest.starts_with('{') { rest.find('}').unwrap() + 1 } else { 1 };
        if let Some((_, choice)) = rest[..end].split_once('|') {
            text.push_str(choice.split([',', '|']).next().unwrap());
        }
        rest = &rest[end..];
    }
    text + rest
}

/// How many of its elements a text should not have, or not again.
fn strangers(path: &str, text: &str) -> usize {
    use omnic::schema::{FileClass, ViolationKind, get, recognise, validate};
    let FileClass::Component { kind, .. } = recognise(path) else { panic!("{path}") };
    let document = omnic::xml::parse(text);
    assert_eq!(document.errors, [], "{text}");
    let found = validate::validate(&document, get(kind).unwrap(), omnic::source::ApiVersion(66)).violations;
    let is_one = |kind: &ViolationKind| {
        matches!(
            kind,
            ViolationKind::UnknownElement { .. } | ViolationKind::Repeated { .. } | ViolationKind::NotInVersion { .. }
        )
    };
    found.iter().filter(|violation| is_one(&violation.kind)).count()
}

#[test]
fn what_is_offered_may_stand_where_it_is_offered() {
    let session = Session::example("acme-support");
    session.settle();
    let mut taken = 0;
    for path in components(&session) {
        let text = session.text(&path);
        if !omnic::xml::parse(&text).errors.is_empty() {
            continue;
        }
        session.open(&path);
        let before = strangers(&path, &text);
        let places = text.match_indices(">\n").map(|(at, _)| at + 1).filter(|&at| !text[..at].ends_with("?>"));
        for at in places {
            for item in items(&ask(&session, &path, &text, at)) {
                let made = filled(item["textEdit"]["newText"].as_str().unwrap());
                let with = format!("{}{made}{}", &text[..at], &text[at..]);
                assert_eq!(strangers(&path, &with), before, "{item} in {path}:\n{with}");
                taken += 1;
            }
        }
        session.close(&path);
    }
    assert!(taken > 500, "{taken}");
}

/// Nobody writes such a file; a server that stands still over it would be lost all the same.
#[test]
fn what_is_nested_beyond_all_measure_is_read_in_no_time() {
    const DEEP: usize = 20_000;
    let path = "force-app/A.queue-meta.xml";
    for (inside, behind) in [("<a>", "</b>"), ("<a>", "</a>"), ("<queueMembers>", "</x>"), ("<a><name>", "")] {
        let text = format!("<Queue>{}{}<", inside.repeat(DEEP), behind.repeat(DEEP));
        let session = Session::project(&[]);
        session.open_as(path, &text);
        let params =
            json!({ "textDocument": session.document(path), "position": { "line": 0, "character": text.len() } });
        let begun = std::time::Instant::now();
        session.request("textDocument/completion", params);
        // The slowest machine is slow; what grows with the square takes minutes.
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{inside} {behind}: {:?}", begun.elapsed());
    }
}
