//! What a hover says.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::session::{Session, capabilities};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A file of a component.
fn component(kind: &str, inside: &str) -> String {
    format!("{HEAD}<{kind} xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n{inside}\n</{kind}>\n")
}

/// The text of a hover, or nothing.
fn hover(session: &Session, path: &str, needle: &str) -> String {
    let found = session.request("textDocument/hover", session.at(path, needle));
    found["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
}

/// The hovers at these places, one below the other.
fn hovers(session: &Session, places: &[(&str, &str)]) -> String {
    session.settle();
    let mut all = String::new();
    for (ending, needle) in places {
        let path = session.file(ending);
        writeln!(all, "=== {needle} in {ending}\n\n{}\n", hover(session, &path, needle)).unwrap();
    }
    all
}

#[test]
fn names_of_elements_say_what_they_mean() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "<capacity¦Weight>"),
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "</capacity¦Type>"),
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "<pushTimeout¦>"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<¦declineReasons>"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<¦assignments>"),
            ("sfdc_phone.serviceChannel-meta.xml", "<afterConvoWorkMaxTime¦>"),
            ("Cases_Tier_1.queue-meta.xml", "<¦queueRoutingConfig>"),
            ("Acme_Case_Agent.permissionset-meta.xml", "<¦enabled>"),
        ],
    ));
}

#[test]
fn values_say_what_they_come_to() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "<routingModel>LEAST_¦ACTIVE"),
            ("Cases_Tier_2.queueRoutingConfig-meta.xml", "<capacityWeight>¦"),
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "<routingPriority>¦"),
            ("sfdc_phone.serviceChannel-meta.xml", "<afterConvoWorkMaxTime>¦"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<capacity>1¦2"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<enableDecline>¦true"),
            ("Cases_Tier_1.queue-meta.xml", "<name>Cases¦"),
        ],
    ));
}

#[test]
fn names_say_what_they_name() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("Cases_Tier_1.queue-meta.xml", "<publicGroup>¦"),
            ("Cases_Tier_1.queue-meta.xml", "<user>jonas¦"),
            ("Cases_Tier_1.queue-meta.xml", "<sobjectType>¦"),
            ("Cases_Tier_1.queueRoutingConfig-meta.xml", "<queueOverflowAssignee>¦"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<profile>¦"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<declineReasons>¦"),
            ("Support_Tier_1.presenceUserConfig-meta.xml", "<presenceStatusOnPushTimeout>¦"),
            ("Billing_By_Skills.queueRoutingConfig-meta.xml", "<skill>¦"),
            ("Acme_Case_Agent.permissionset-meta.xml", "<servicePresenceStatus>¦"),
        ],
    ));
}

#[test]
fn a_queue_says_how_its_work_is_routed() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("/Cases_Tier_1.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Billing_DE.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Partner_Repairs.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Voice_Inbound.queue-meta.xml", "<¦Queue "),
            ("/Support_Overflow.queue-meta.xml", "</Queue¦>"),
            ("/Cases_Tier_1.queueRoutingConfig-meta.xml", "<QueueRouting¦Config "),
        ],
    ));
}

#[test]
fn a_queue_whose_work_is_offered_to_nobody_says_why() {
    let session = Session::example("broken");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("/Escalations.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Messaging.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Weekend_Cases.queue-meta.xml", "<¦Queue "),
        ],
    ));
}

#[test]
fn where_skills_decide_a_routing_configuration_fits_as_its_queue_says() {
    let session = Session::example("acme-support");
    session.settle();
    let fits = |ending: &str, needle: &str| {
        let said = hover(&session, &session.file(ending), needle);
        said.lines()
            .filter(|line| line.contains("Fits ") || line.contains("How many fit"))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let of_queue = fits("/Billing_DE.queue-meta.xml", "<queueRoutingConfig>¦");
    assert!(of_queue.contains("Fits "), "{of_queue}");
    assert_eq!(fits("/Billing_By_Skills.queueRoutingConfig-meta.xml", "<QueueRouting¦Config "), of_queue);
}

#[test]
fn a_component_says_its_facts() {
    let session = Session::example("acme-support");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("/Cases.serviceChannel-meta.xml", "<¦ServiceChannel "),
            ("/Support_Tier_1.presenceUserConfig-meta.xml", "<¦PresenceUserConfig "),
            ("/Busy.servicePresenceStatus-meta.xml", "<¦ServicePresenceStatus "),
            ("/Billing.skill-meta.xml", "<¦Skill "),
            ("/Support_Team_Leads.omniSupervisorConfig-meta.xml", "<¦OmniSupervisorConfig "),
            ("/Acme Support Agent.profile-meta.xml", "<¦Profile "),
            ("/Route_Messaging.flow-meta.xml", "<¦Flow "),
            ("/Acme_Web_Chat.messagingChannel-meta.xml", "<¦MessagingChannel "),
        ],
    ));
}

const QUEUE: &str = "force-app/main/default/queues/Support.queue-meta.xml";

fn queue(config: &str) -> String {
    component(
        "Queue",
        &format!(
            "    <name>Support</name>\n    <queueMembers>\n        <publicGroups>\n            \
             <publicGroup>Everyone</publicGroup>\n        </publicGroups>\n        <users>\n            \
             <user>ana@example.com</user>\n        </users>\n    </queueMembers>\n    \
             <queueRoutingConfig>{config}</queueRoutingConfig>\n    <queueSobject>\n        \
             <sobjectType>Case</sobjectType>\n    </queueSobject>"
        ),
    )
}

fn routing(inside: &str) -> String {
    component("QueueRoutingConfig", inside)
}

#[test]
fn without_records_what_is_not_known_is_said() {
    let config = routing(
        "    <capacityPercentage>33</capacityPercentage>\n    <label>Tier `1` *now*</label>\n    \
         <routingModel>MOST_AVAILABLE</routingModel>\n    <routingPriority>1</routingPriority>",
    );
    let presence = component(
        "PresenceUserConfig",
        "    <assignments>\n        <users>\n            <user>ana@example.com</user>\n        </users>\n    \
         </assignments>\n    <capacity>5</capacity>\n    <interruptibleCapacity>2</interruptibleCapacity>\n    \
         <label>Agents</label>",
    );
    let session = Session::project(&[
        (QUEUE, &queue("Tier_1")),
        ("force-app/main/default/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml", &config),
        ("force-app/main/default/presenceUserConfigs/Agents.presenceUserConfig-meta.xml", &presence),
    ]);
    insta::assert_snapshot!(hovers(&session, &[("Support.queue-meta.xml", "<queueRoutingConfig>¦")]));
}

#[test]
fn records_tell_more() {
    let session = Session::example("acme-support");
    session.write("omnic.toml", "[org]\nrecords = \"org\"\n");
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("/Cases_Tier_1.queue-meta.xml", "<queueRoutingConfig>¦"),
            ("/Cases_Tier_1.queue-meta.xml", "<user>jonas¦"),
            ("/Cases_Tier_1.queue-meta.xml", "<publicGroup>¦"),
            ("/Cases_Tier_3.queue-meta.xml", "<roleAndSubordinateInternal>¦"),
            ("/Case.workSkillRouting-meta.xml", "<skill>¦"),
            ("/Case.workSkillRouting-meta.xml", "<field>¦"),
        ],
    ));
}

#[test]
fn what_is_being_written_counts() {
    let config = routing("    <capacityWeight>1.0</capacityWeight>");
    let session = Session::project(&[
        (QUEUE, &queue("Tier_1")),
        ("force-app/main/default/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml", &config),
    ]);
    session.settle();
    session.open(QUEUE);
    session.edit(QUEUE, "Tier_1", "Tier_l");
    let text = hover(&session, QUEUE, "<queueRoutingConfig>¦Tier_l");
    assert!(text.starts_with("**Routing configuration `Tier_l`**"), "{text}");
    assert!(text.contains("Not in the project") && text.contains("Did you mean `Tier_1`?"), "{text}");
    session.edit(QUEUE, "</Queue>", "");
    session.edit(QUEUE, "<queueSobject>", "<");
    let text = hover(&session, QUEUE, "<publicGroup>¦Everyone");
    assert!(text.starts_with("**Public group `Everyone`**"), "{text}");
    session.edit(QUEUE, "<name>Support</name>", "<doesIncludeBosses>tr</doesIncludeBosses>");
    let text = hover(&session, QUEUE, "<does¦IncludeBosses>");
    assert!(text.contains("`true` or `false`"), "{text}");
}

#[test]
fn places_are_those_of_the_client() {
    let text = format!(
        "\u{feff}{}",
        queue("Tier_1").replace('\n', "\r\n").replace("    <name>Support", "  <!-- ö𝄞 --> <name>Größe 𝄞 ")
    );
    let session = Session::project(&[(QUEUE, &text)]);
    let found = session.request("textDocument/hover", session.at(QUEUE, "<na¦me>"));
    assert_eq!(
        found["range"],
        json!({ "start": { "line": 2, "character": 16 }, "end": { "line": 2, "character": 20 } })
    );
    let found = session.request("textDocument/hover", session.at(QUEUE, "Größe¦"));
    assert_eq!(
        found["range"],
        json!({ "start": { "line": 2, "character": 21 }, "end": { "line": 2, "character": 29 } })
    );
    let beyond = json!({ "textDocument": session.document(QUEUE), "position": { "line": 900, "character": 900 } });
    assert_eq!(session.request("textDocument/hover", beyond), Value::Null);
    assert_eq!(hover(&session, QUEUE, "¦    <queueMembers>"), "nothing");
    assert_eq!(hover(&session, QUEUE, "<?x¦ml"), "nothing");
}

#[test]
fn what_a_comment_silences() {
    let text = queue("Tier_1").replace(
        "    <queueRoutingConfig>",
        "    <!-- omnic-ignore OC201, no-cost, OC999: kept in another repository -->\n    <!-- a note -->\n    \
         <queueRoutingConfig>",
    );
    let session = Session::project(&[(QUEUE, &text)]);
    insta::assert_snapshot!(hovers(
        &session,
        &[
            ("Support.queue-meta.xml", "<!-- omnic¦-ignore"),
            ("Support.queue-meta.xml", "OC2¦01"),
            ("Support.queue-meta.xml", "OC¦999"),
            ("Support.queue-meta.xml", "a no¦te"),
        ],
    ));
}

#[test]
fn the_project_s_version_counts() {
    let channel = component(
        "ServiceChannel",
        "    <capacityModel>TAB_BASED</capacityModel>\n    <label>Cases</label>\n    \
         <relatedEntityType>Case</relatedEntityType>",
    );
    let path = "force-app/main/default/serviceChannels/Cases.serviceChannel-meta.xml";
    let described = r#"{ "packageDirectories": [{ "path": "force-app" }], "sourceApiVersion": "60.0" }"#;
    let session = Session::start(&[("sfdx-project.json", described), (path, &channel)], capabilities(), Value::Null);
    session.settle();
    let text = hover(&session, path, "<capacity¦Model>");
    assert!(text.contains("- Since API version 65.0, so not in the project's, 60.0"), "{text}");
}

#[test]
fn a_name_of_several_packages_says_where_they_are() {
    let described = r#"{ "packageDirectories": [{ "path": "base" }, { "path": "more" }] }"#;
    let config = routing("    <label>Tier 1</label>");
    let session = Session::start(
        &[
            ("sfdx-project.json", described),
            ("base/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml", &config),
            ("more/queueRoutingConfigs/Tier_1.queueRoutingConfig-meta.xml", &config),
            ("more/queues/Support.queue-meta.xml", &queue("tier_1")),
        ],
        capabilities(),
        Value::Null,
    );
    session.settle();
    let text = hover(&session, "more/queues/Support.queue-meta.xml", "<queueRoutingConfig>¦");
    assert!(text.starts_with("**Routing configuration `Tier_1`**"), "{text}");
    let first = text.find("`more/queueRoutingConfigs/").unwrap();
    assert!(first < text.find("`base/queueRoutingConfigs/").unwrap(), "the one that counts comes first: {text}");
}

#[test]
fn profiles_are_found_however_they_are_written() {
    let presence = component(
        "PresenceUserConfig",
        "    <assignments>\n        <profiles>\n            <profile>Support %28EMEA%29</profile>\n        </profiles>\n    \
         </assignments>\n    <capacity>5</capacity>\n    <label>Agents</label>",
    );
    let path = "force-app/main/default/presenceUserConfigs/Agents.presenceUserConfig-meta.xml";
    let profile = component("Profile", "    <custom>true</custom>");
    let session = Session::project(&[
        (path, &presence),
        ("force-app/main/default/profiles/Support %28EMEA%29.profile-meta.xml", &profile),
    ]);
    session.settle();
    let text = hover(&session, path, "<profile>¦");
    assert!(text.starts_with("**Profile `Support (EMEA)`**"), "{text}");
    assert!(
        text.contains("Defined in `force-app/main/default/profiles/Support %28EMEA%29.profile-meta.xml`"),
        "{text}"
    );
}

#[test]
fn a_file_outside_of_a_project_has_the_schema_s_words() {
    let session = Session::start(&[("notes.txt", "")], capabilities(), Value::Null);
    let path = "Alone.queue-meta.xml";
    session.open_as(path, &queue("Tier_1"));
    let text = hover(&session, path, "<queueRouting¦Config>");
    assert!(text.contains("Names a routing configuration"), "{text}");
    assert!(hover(&session, path, "<queueRoutingConfig>¦").starts_with("**Routing configuration `Tier_1`**"));
    session.open_as("readme.xml", "<a>b</a>");
    assert_eq!(hover(&session, "readme.xml", "<¦a>"), "nothing");
}

#[test]
fn metadata_api_folders_are_the_same() {
    let manifest = "<?xml version=\"1.0\"?><Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\
                    <types><members>*</members><name>Queue</name></types><version>66.0</version></Package>";
    let session = Session::start(
        &[("package.xml", manifest), ("queues/Support.queue", &queue("Tier_1"))],
        capabilities(),
        Value::Null,
    );
    session.settle();
    let text = hover(&session, "queues/Support.queue", "<Queue¦ ");
    assert!(text.contains("- Names the routing configuration `Tier_1`, which is not in the project"), "{text}");
}

#[test]
fn who_takes_no_markdown_gets_none() {
    let mut plain = capabilities();
    plain["textDocument"]["hover"]["contentFormat"] = json!(["plaintext"]);
    let described = r#"{ "packageDirectories": [{ "path": "force-app" }] }"#;
    let session = Session::start(&[("sfdx-project.json", described), (QUEUE, &queue("Tier_1"))], plain, Value::Null);
    let found = session.request("textDocument/hover", session.at(QUEUE, "<¦name>"));
    assert_eq!(found["contents"]["kind"], "plaintext");
    let text = found["contents"]["value"].as_str().unwrap();
    assert!(text.starts_with("`name`\n\nThe name that people see"), "{text}");
}

#[test]
fn names_of_elements_can_be_left_to_others() {
    let described = r#"{ "packageDirectories": [{ "path": "force-app" }] }"#;
    let session = Session::start(
        &[("sfdx-project.json", described), (QUEUE, &queue("Tier_1"))],
        capabilities(),
        json!({ "hoverElements": false }),
    );
    session.settle();
    assert_eq!(hover(&session, QUEUE, "<¦name>"), "nothing");
    assert!(hover(&session, QUEUE, "<publicGroup>¦").starts_with("**Public group"));
    let text = hover(&session, QUEUE, "<¦Queue ");
    assert!(text.starts_with("**Queue `Support`**\n\n- Label"), "{text}");
}

#[test]
fn every_place_of_broken_files_can_be_asked() {
    let session = Session::example("broken");
    session.settle();
    let files = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let paths = files.filter(|file| file.file_type().is_file());
    for path in paths.map(|file| file.path().strip_prefix(session.root()).unwrap().to_str().unwrap().replace('\\', "/"))
    {
        let text = session.text(&path);
        let cut: String = text.chars().take(text.chars().count() * 2 / 3).collect();
        session.open_as(&path, &cut);
        for (line, text) in cut.lines().enumerate() {
            for character in (0..text.len() + 2).step_by(3) {
                let place = json!({ "line": line, "character": character });
                let params = json!({ "textDocument": session.document(&path), "position": place });
                session.request("textDocument/hover", params);
            }
        }
    }
}
