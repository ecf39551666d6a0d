//! Renames: what they change, what they refuse, and that nothing else is changed by them.

use std::collections::BTreeMap;
use std::path::Path;

use omnic::analyse::{Analysis, Options};
use serde_json::{Value, json};

use crate::session::{Session, capabilities};

const MAIN: &str = "force-app/main/default";

fn at(kind: &str, file: &str) -> String {
    format!("{MAIN}/{kind}/{file}-meta.xml")
}

fn rename(session: &Session, path: &str, needle: &str, new: &str) -> Result<Value, String> {
    let mut params = session.at(path, needle);
    params["newName"] = json!(new);
    session.try_request("textDocument/rename", params)
}

fn prepare(session: &Session, path: &str, needle: &str) -> Result<Value, String> {
    session.try_request("textDocument/prepareRename", session.at(path, needle))
}

/// Every file of the session, by path.
fn files(session: &Session) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(session.root()).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let path = entry.path().strip_prefix(session.root()).unwrap().to_str().unwrap().replace('\\', "/");
            (path, std::fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

/// What a fresh check finds.
fn findings(root: &Path) -> Vec<String> {
    let setup = omnic::setup::Setup::default();
    let ready = setup.load(root, omnic::setup::BaselineUse::Read).unwrap();
    let Analysis { diagnostics, graph, .. } =
        omnic::analyse::analyse(&ready.project, &Options { keep_texts: true, ..ready.options });
    let path = |d: &omnic::diagnostics::Diagnostic| graph.files[d.primary.location.file.0 as usize].path.clone();
    diagnostics.iter().map(|d| format!("{} {} {}", d.code, path(d), d.message)).collect()
}

/// A project is worked on on all systems: a file that cannot be there on one is refused on each.
#[test]
fn names_that_no_file_can_have_are_refused() {
    let session = Session::example("acme-support");
    let queue = session.file("Cases_Tier_1.queue-meta.xml");
    let profile = session.file("Acme Support Agent.profile-meta.xml");
    for (file, needle, name) in
        [(&queue, "<Qu¦eue", "NUL"), (&queue, "<Qu¦eue", "Com1"), (&profile, "<Pro¦file", "aux")]
    {
        let refused = rename(&session, file, needle, name).unwrap_err();
        assert!(refused.contains("cannot be the name of a file") && refused.contains("device on Windows"), "{refused}");
        assert!(rename(&session, file, needle, &format!("{name}X")).is_ok(), "{name}");
    }
    let refused = rename(&session, &profile, "<Pro¦file", &"Ü".repeat(200)).unwrap_err();
    assert!(refused.contains("255 are the most"), "{refused}");
    // What a profile's name may hold and a file's may not is percent-encoded.
    assert!(rename(&session, &profile, "<Pro¦file", "a/b: c?").is_ok());
}

#[test]
fn every_component_is_renamed_and_back() {
    let (renamed, refused) = there_and_back(&Session::example("acme-support"));
    assert!(renamed > 45, "{renamed}");
    insta::assert_json_snapshot!(refused);
}

/// Renames each component and back: how many, and why not the others.
fn there_and_back(session: &Session) -> (usize, Vec<String>) {
    let before = files(session);
    let found = findings(session.root());
    let components: Vec<String> = before.keys().filter(|path| path.ends_with("-meta.xml")).cloned().collect();
    let (mut renamed, mut refused) = (0, Vec::new());
    for path in components {
        let omnic::schema::FileClass::Component { kind, name, .. } = omnic::schema::recognise(&path) else { continue };
        let root = format!("<{}¦", kind.as_str());
        let edit = match rename(session, &path, &root, "Quite_Another") {
            Ok(edit) => edit,
            Err(error) => {
                refused.push(error);
                continue;
            }
        };
        session.apply(&edit);
        renamed += 1;
        let plain = |lines: Vec<String>, name: &str| {
            let mut lines: Vec<String> = lines.into_iter().map(|line| line.replace(name, "*")).collect();
            lines.sort();
            lines
        };
        // Other kinds may have the same name: what is told of those is compared with both names gone.
        let twice = |lines, name| plain(plain(lines, name), "Quite_Another");
        assert_eq!(twice(findings(session.root()), &name), twice(found.clone(), &name), "{path}");
        let new = path.replace(&format!("/{name}."), "/Quite_Another.");
        session.apply(&rename(session, &new, &root, &name).unwrap());
        assert_eq!(files(session), before, "{path}");
    }
    (renamed, refused)
}

#[test]
fn a_rename_as_it_is_sent() {
    let session = Session::example("acme-support");
    let queue = at("queues", "Cases_Tier_1.queue");
    session.open(&queue);
    session.edit(&queue, "<description>", "<description>More. ");
    let edit = rename(&session, &queue, "<queueRoutingConfig>Cases_¦", "Cases_First").unwrap();
    insta::assert_json_snapshot!(session.shown(&edit));
    let place = prepare(&session, &queue, "<queueRoutingConfig>Cases_¦").unwrap();
    insta::assert_json_snapshot!("a_place_to_rename", place);
}

#[test]
fn what_is_not_the_projects_is_not_renamed() {
    let session = Session::example("acme-support");
    let queue = at("queues", "Cases_Tier_1.queue");
    let status = at("servicePresenceStatuses", "Busy.servicePresenceStatus");
    session.write(&at("queues", "Loose.queue"), "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><queueRoutingConfig>Nowhere</queueRoutingConfig></Queue>");
    let why = |path: &str, needle: &str| prepare(&session, path, needle).unwrap_err();
    let to = |new: &str| rename(&session, &queue, "<queueRoutingConfig>C¦", new).unwrap_err();
    insta::assert_json_snapshot!([
        why(&at("settings", "OmniChannel.settings"), "¦OmniChannelSettings x"),
        why(&queue, "jonas¦"),
        why(&queue, "<sobjectType>C¦ase"),
        why(&queue, "<description>F¦irst"),
        why(&at("serviceChannels", "sfdc_livemessage.serviceChannel"), "¦ServiceChannel"),
        why(&at("queues", "Loose.queue"), "Now¦here"),
        to("Cases Tier"),
        to(""),
        to("1st"),
        to("cases_TIER_2"),
        rename(&session, &status, "¦ServicePresenceStatus", "lunch").unwrap_err(),
    ]);
    assert_eq!(rename(&session, &queue, "<queueRoutingConfig>C¦", "Cases_Tier_1").unwrap(), Value::Null);
    let mut plain = capabilities();
    plain["workspace"]["workspaceEdit"] = json!({});
    let files = [
        ("sfdx-project.json", "{ \"packageDirectories\": [{ \"path\": \"a\" }] }"),
        ("a/A.group-meta.xml", "<Group/>"),
    ];
    let session = Session::start(&files, plain, Value::Null);
    insta::assert_snapshot!(prepare(&session, "a/A.group-meta.xml", "Gr¦oup").unwrap_err());
}

const NS: &str = "xmlns=\"http://soap.sforce.com/2006/04/metadata\"";

#[test]
fn names_keep_how_they_are_written() {
    let config = format!(
        "\u{feff}<PresenceUserConfig {NS}>\r\n<label>Ä𝄞</label><assignments><profiles><profile>Custom%3A Rep</profile>\
         <profile>custom: rep</profile><profile><![CDATA[Custom: Rep]]></profile></profiles></assignments>\r\n</PresenceUserConfig>"
    );
    let profile = format!("<Profile {NS}/>");
    let omnic = "[[exceptions]]\ncheck = \"OC111\"\ntype = \"Profile\"\nname = 'custom: rep'\nreason = \"x\"\n";
    let session = Session::project(&[
        ("force-app/A.presenceUserConfig-meta.xml", &config),
        ("force-app/Custom%3A Rep.profile-meta.xml", &profile),
        ("omnic.toml", omnic),
    ]);
    let edit = rename(&session, "force-app/A.presenceUserConfig-meta.xml", "custom: ¦rep", "Custom: A & B").unwrap();
    session.apply(&edit);
    let files = files(&session);
    let expected = config
        .replace("Custom%3A Rep", "Custom%3A A %26 B")
        .replace("custom: rep", "custom: a &amp; b")
        .replace("[Custom: Rep]", "[Custom: A & B]");
    assert_eq!(files["force-app/A.presenceUserConfig-meta.xml"], expected);
    assert_eq!(files["force-app/Custom%3A A %26 B.profile-meta.xml"], profile);
    assert_eq!(files["omnic.toml"], omnic.replace("custom: rep", "Custom: A & B"));
}

#[test]
fn a_metadata_api_folder_with_its_manifest() {
    let package = format!(
        "<Package {NS}><types><members>Tier</members><members>*</members><name>QueueRoutingConfig</name></types>\
         <types><members>Tier</members><name>Queue</name></types><version>66.0</version></Package>"
    );
    let queue = format!("<Queue {NS}><name>A</name><queueRoutingConfig>tier</queueRoutingConfig></Queue>");
    let tier = format!("<QueueRoutingConfig {NS}><fullName>Tier</fullName><label>Tier</label></QueueRoutingConfig>");
    let before = [
        ("package.xml", &*package),
        ("queues/Tier.queue", &*queue),
        ("queueRoutingConfigs/Tier.queueRoutingConfig", &*tier),
    ];
    let session = Session::start(&before, capabilities(), Value::Null);
    let edit = rename(&session, "package.xml", "<members>T¦ier", "Tier_2").unwrap();
    session.apply(&edit);
    let files = files(&session);
    assert_eq!(files["package.xml"], package.replacen("Tier", "Tier_2", 1));
    assert_eq!(files["queues/Tier.queue"], queue.replace("tier", "Tier_2"));
    assert_eq!(files["queueRoutingConfigs/Tier_2.queueRoutingConfig"], tier.replacen("Tier<", "Tier_2<", 1));
}

#[test]
fn files_of_one_name_go_together() {
    let tier = format!("<QueueRoutingConfig {NS}/>");
    let queue = format!("<Queue {NS}><queueRoutingConfig>Tier</queueRoutingConfig></Queue>");
    let session = Session::start(
        &[
            ("sfdx-project.json", "{ \"packageDirectories\": [{ \"path\": \"one\" }, { \"path\": \"two\" }] }"),
            ("one/Tier.queueRoutingConfig-meta.xml", &tier),
            ("two/Tier.queueRoutingConfig-meta.xml", "<"),
            ("one/A.queue-meta.xml", &queue),
        ],
        capabilities(),
        Value::Null,
    );
    // One of two files: it is not clear that the component is renamed.
    assert_eq!(
        moved(&session, &[("one/Tier.queueRoutingConfig-meta.xml", "one/B.queueRoutingConfig-meta.xml")]),
        Value::Null
    );
    session.apply(&rename(&session, "one/A.queue-meta.xml", "Ti¦er", "B").unwrap());
    let files = files(&session);
    assert_eq!(files["two/B.queueRoutingConfig-meta.xml"], "<");
    assert_eq!(files["one/B.queueRoutingConfig-meta.xml"], tier);
    assert!(files["one/A.queue-meta.xml"].contains(">B<"));
}

fn moved(session: &Session, files: &[(&str, &str)]) -> Value {
    let uri = |path: &str| session.uri(path);
    let files: Vec<Value> = files.iter().map(|(old, new)| json!({ "oldUri": uri(old), "newUri": uri(new) })).collect();
    session.request("workspace/willRenameFiles", json!({ "files": files }))
}

#[test]
fn references_follow_a_file_that_is_renamed() {
    let session = Session::example("acme-support");
    let (old, new) = (at("skills", "German.skill"), at("skills", "Deutsch.skill"));
    let edit = moved(&session, &[(&old, &new)]);
    insta::assert_json_snapshot!(session.shown(&edit));
    for new in [
        at("skills", "English.skill"),
        at("skills", "German.queue"),
        at("skills/more", "German.skill"),
        format!("{MAIN}/skills/Deutsch.skill"),
        at("skills", "Deutsch (alt).skill"),
        at("skills", "2_Deutsch.skill"),
        "notes.txt".to_owned(),
    ] {
        assert_eq!(moved(&session, &[(&old, &new)]), Value::Null, "{new}");
    }
    assert_eq!(moved(&session, &[("force-app", "app")]), Value::Null);
    assert_eq!(
        moved(&session, &[(&at("settings", "OmniChannel.settings"), &at("settings", "X.settings"))]),
        Value::Null
    );
}
