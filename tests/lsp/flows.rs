//! Names in flows: in the filters of look-ups, in constants, in the JSON of skill requirements.

use serde_json::{Value, json};

use crate::session::{Session, offset};

const XMLNS: &str = r#"xmlns="http://soap.sforce.com/2006/04/metadata""#;
const FLOW: &str = "force-app/flows/Route.flow-meta.xml";

fn project() -> Session {
    let flow = format!(
        "<Flow {XMLNS}>
    <actionCalls>
        <name>Add</name>
        <actionName>addSkillRequirements</actionName>
        <actionType>addSkillRequirements</actionType>
        <inputParameters>
            <name>skillRequirement</name>
            <value>
                <stringValue>[{{&quot;id&quot;:&quot;1a2b3c4d&quot;,&quot;skillDevName&quot;:&quot;German&quot;,&quot;skillLevel&quot;:&quot;5&quot;}}]</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>skill1Id</name>
            <value>
                <setupReference>German</setupReference>
                <setupReferenceType>Skill</setupReferenceType>
            </value>
        </inputParameters>
    </actionCalls>
    <actionCalls>
        <name>Route</name>
        <actionName>routeWork</actionName>
        <actionType>routeWork</actionType>
        <inputParameters>
            <name>serviceChannelDevName</name>
            <value>
                <stringValue>sfdc_livemessage</stringValue>
            </value>
        </inputParameters>
        <inputParameters>
            <name>queueId</name>
            <value>
                <elementReference>Get.Id</elementReference>
            </value>
        </inputParameters>
    </actionCalls>
    <formulas>
        <name>name</name>
        <expression>&quot;Support&quot;</expression>
    </formulas>
    <label>Route</label>
    <processType>RoutingFlow</processType>
    <recordLookups>
        <name>Get</name>
        <filters>
            <field>DeveloperName</field>
            <operator>EqualTo</operator>
            <value>
                <elementReference>name</elementReference>
            </value>
        </filters>
        <object>Group</object>
    </recordLookups>
    <recordLookups>
        <name>Get_Too</name>
        <filters>
            <field>DeveloperName</field>
            <operator>EqualTo</operator>
            <value>
                <stringValue>Support</stringValue>
            </value>
        </filters>
        <object>Group</object>
    </recordLookups>
    <status>Active</status>
</Flow>
"
    );
    let queue = |label: &str| format!("<Queue {XMLNS}>\n    <name>{label}</name>\n</Queue>\n");
    let skill = |label: &str| format!("<Skill {XMLNS}>\n    <label>{label}</label>\n</Skill>\n");
    Session::project(&[
        (FLOW, &flow),
        ("force-app/queues/Support.queue-meta.xml", &queue("Support Team")),
        ("force-app/queues/Sales.queue-meta.xml", &queue("Sales Team")),
        ("force-app/skills/German.skill-meta.xml", &skill("Deutsch")),
        ("force-app/skills/Greek.skill-meta.xml", &skill("Griechisch")),
    ])
}

/// Each location as `file:line text`.
fn told(session: &Session, locations: &Value) -> Vec<String> {
    let one = |location: &Value| {
        let uri = location["uri"].as_str().or(location["targetUri"].as_str()).unwrap();
        let range = if location["range"].is_null() { &location["targetSelectionRange"] } else { &location["range"] };
        let path = session.path(uri);
        let text = session.text(&path);
        let found = &text[offset(&text, &range["start"])..offset(&text, &range["end"])];
        format!("{}:{} {found}", path.rsplit('/').next().unwrap(), range["start"]["line"])
    };
    locations.as_array().unwrap_or(&Vec::new()).iter().map(one).collect()
}

#[test]
fn names_lead_to_what_they_name() {
    let session = project();
    let definition =
        |needle: &str| told(&session, &session.request("textDocument/definition", session.at(FLOW, needle)));
    assert_eq!(definition("skillDevName&quot;:&quot;Ger¦man"), ["German.skill-meta.xml:0 Skill"]);
    assert_eq!(definition("<expression>&quot;Sup¦port"), ["Support.queue-meta.xml:0 Queue"]);
    assert_eq!(definition("<stringValue>Sup¦port"), ["Support.queue-meta.xml:0 Queue"]);
    assert!(definition("&quot;skillLev¦el").is_empty());
    let references = |path: &str, needle: &str| {
        let mut params = session.at(path, needle);
        params["context"] = json!({ "includeDeclaration": false });
        told(&session, &session.request("textDocument/references", params))
    };
    assert_eq!(
        references("force-app/skills/German.skill-meta.xml", "¦Skill"),
        ["Route.flow-meta.xml:8 German", "Route.flow-meta.xml:14 German"]
    );
    assert_eq!(
        references("force-app/queues/Support.queue-meta.xml", "¦Queue"),
        ["Route.flow-meta.xml:38 Support", "Route.flow-meta.xml:59 Support"]
    );
}

#[test]
fn names_are_renamed_with_what_they_name() {
    let session = project();
    let rename = |path: &str, needle: &str, new: &str| {
        let mut params = session.at(path, needle);
        params["newName"] = json!(new);
        session.apply(&session.request("textDocument/rename", params));
    };
    rename(FLOW, "skillDevName&quot;:&quot;Ger¦man", "Deutsch");
    rename("force-app/queues/Support.queue-meta.xml", "¦Queue", "Help");
    let text = session.text(FLOW);
    assert!(text.contains("&quot;skillDevName&quot;:&quot;Deutsch&quot;,&quot;skillLevel"), "{text}");
    assert!(text.contains("<setupReference>Deutsch</setupReference>"), "{text}");
    assert!(text.contains("<expression>&quot;Help&quot;</expression>"), "{text}");
    assert!(text.contains("<stringValue>Help</stringValue>"), "{text}");
    assert!(!text.contains("German") && !text.contains("Support"), "{text}");
}

#[test]
fn names_are_completed() {
    let session = project();
    session.open(FLOW);
    session.settle();
    let offered = |needle: &str| {
        let list = session.request("textDocument/completion", session.at(FLOW, needle));
        let items = list["items"].as_array().cloned().unwrap_or_default();
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(offered("skillDevName&quot;:&quot;¦German"), ["German", "Greek"]);
    assert_eq!(offered("<stringValue>Sup¦port"), ["Sales", "Support"]);
    assert!(offered("<setupReference>¦German").contains(&"Greek".to_owned()));
    assert!(offered("<stringValue>¦sfdc_livemessage").contains(&"sfdc_livemessage".to_owned()));
    assert!(offered("&quot;skillLevel&quot;:&quot;¦5").is_empty());
    // What is chosen takes the place of the name alone.
    let list = session.request("textDocument/completion", session.at(FLOW, "skillDevName&quot;:&quot;Ger¦man"));
    let greek = list["items"].as_array().unwrap().iter().find(|item| item["label"] == "Greek").unwrap();
    let text = session.text(FLOW);
    let range =
        if greek["textEdit"]["range"].is_null() { &greek["textEdit"]["replace"] } else { &greek["textEdit"]["range"] };
    assert_eq!(&text[offset(&text, &range["start"])..offset(&text, &range["end"])], "German");
}
