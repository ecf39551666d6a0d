//! What the user wants: configuration files, the environment, flags, comments, the baseline, a part of the project. Each
//! test writes a small project, and runs the command in it.

#![allow(clippy::unwrap_used, reason = "a test whose project cannot be made has failed")]

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::small::{CONFIG, CONFIG_PATH, QUEUE, QUEUE_PATH, command, findings, project, run, told, write};

#[test]
fn without_settings_everything_is_as_the_checks_say() {
    let folder = project(&[]);
    assert_eq!(findings(folder.path(), &[]), ["OC201 error", "OC111 warning"]);
    insta::assert_snapshot!(run(folder.path(), &["config"]).1);
}

#[test]
fn levels_of_checks_and_of_paths() {
    let folder = project(&[(
        "omnic.toml",
        r#"
min-severity = "note"
[checks]
OC201 = "warning"
duplicate-entry = "off"
queue-not-routed = "error"
[[overrides]]
paths = ["app/queueRoutingConfigs"]
checks = { OC301 = "error", OC201 = "off" }
"#,
    )]);
    let found = findings(folder.path(), &[]);
    assert!(found.contains(&"OC301 error".to_owned()), "{found:?}");
    assert!(found.contains(&"OC201 warning".to_owned()), "{found:?}");
    assert!(!found.iter().any(|found| found.starts_with("OC111")), "{found:?}");
    insta::assert_snapshot!(run(folder.path(), &["config"]).1);
}

#[test]
fn a_strict_check_runs_where_it_has_a_level() {
    let user = r#"<?xml version="1.0" encoding="UTF-8"?>
<PresenceUserConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <assignments>
        <users>
            <user>anna@larkfield.example</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
</PresenceUserConfig>
"#;
    let path = "app/presenceUserConfigs/Agents.presenceUserConfig-meta.xml";
    let folder = project(&[(path, user)]);
    let has = |args: &[&str]| findings(folder.path(), args).iter().any(|found| found.starts_with("OC207"));
    assert!(!has(&["--min-severity", "note"]));
    assert!(has(&["--min-severity", "note", "--strict"]));
    write(folder.path(), "omnic.toml", "[checks]\nOC207 = \"warning\"\n");
    assert!(has(&[]));
    write(folder.path(), "omnic.toml", "[[overrides]]\npaths = [\"app/queues\"]\nchecks = { OC207 = \"warning\" }\n");
    assert!(!has(&[]));
    write(folder.path(), "omnic.toml", "strict = true\n");
    assert!(has(&["--min-severity", "note"]));
    assert!(!has(&["--min-severity", "note", "--strict=false"]), "a flag wins over the file");
}

#[test]
fn exceptions_silence_and_unused_ones_are_told() {
    let exceptions = r#"
[[exceptions]]
check = "OC201"
type = "Queue"
name = "Supp*"
element = "queueRoutingConfig"
reason = "is in the org"

[[exceptions]]
check = "duplicate-entry"
type = "Queue"
name = "Billing"
reason = "is another queue"
"#;
    let folder = project(&[("omnic.toml", exceptions)]);
    let (status, out, _) = run(folder.path(), &["check", "--format", "concise"]);
    assert_eq!(status, 0);
    insta::assert_snapshot!(out);
}

#[test]
fn the_nearest_file_counts_and_extends_what_it_names() {
    let folder = project(&[
        ("omnic.toml", "extend = \"shared/base.toml\"\nfail-on = \"never\"\n[checks]\nOC111 = \"error\"\n"),
        (
            "shared/base.toml",
            "fail-on = \"warning\"\nmin-severity = \"note\"\n[checks]\nOC111 = \"off\"\nOC201 = \"off\"\n",
        ),
    ]);
    let found = findings(folder.path(), &[]);
    assert!(found.contains(&"OC111 error".to_owned()) && !found.iter().any(|f| f.starts_with("OC201")), "{found:?}");
    assert_eq!(run(folder.path(), &["check"]).0, 0);
    insta::assert_snapshot!(run(folder.path(), &["config"]).1);
    // From a folder in it, the project's file counts still; one above the project does if it has none.
    assert_eq!(run(&folder.path().join("app"), &["check", ".."]).0, 0);
    write(folder.path(), "inner/sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(folder.path(), "inner/app/queues/Support.queue-meta.xml", QUEUE);
    assert_eq!(findings(&folder.path().join("inner"), &["--min-severity", "warning"]), ["OC111 error"]);
    write(folder.path(), "inner/omnic.toml", "");
    assert_eq!(findings(&folder.path().join("inner"), &[]), ["OC111 warning"], "nothing is merged");
    assert_eq!(findings(folder.path(), &["--isolated"]), ["OC201 error", "OC111 warning"]);
    assert_eq!(findings(folder.path(), &["--config", "inner/omnic.toml"]), ["OC201 error", "OC111 warning"]);
}

#[test]
fn flags_win_over_the_environment_and_that_over_the_file() {
    let folder = project(&[("omnic.toml", "world = \"closed\"\nmin-severity = \"error\"\napi-version = \"60.0\"\n")]);
    let config = |args: &[&str]| {
        let mut command = command(folder.path(), &[&["config"], args].concat());
        command.env("OMNIC_WORLD", "open").env("OMNIC_FAIL_ON", "note").env("OMNIC_STRICT", "true");
        told(&command.output().unwrap()).1
    };
    insta::assert_snapshot!(config(&["--world", "project", "--api-version", "61.0"]));
    assert!(config(&[]).contains("world = \"open\""));
}

#[test]
fn isolated_wins_over_the_environment() {
    let folder = project(&[("omnic.toml", "[checks]\nOC201 = \"off\"\n")]);
    let mut command = command(folder.path(), &["config", "--isolated"]);
    command.env("OMNIC_CONFIG", "omnic.toml").env("OMNIC_BASELINE", "none.json");
    let (status, out, error) = told(&command.output().unwrap());
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(!out.contains("OC201") && !out.contains("none.json"), "{out}");
    for named in ["--config", "--baseline"] {
        assert_eq!(run(folder.path(), &["check", "--isolated", named, "omnic.toml"]).0, 2, "{named}");
    }
}

#[test]
fn mistakes_in_a_configuration_are_told_with_their_place() {
    let folder = project(&[]);
    let mut all = String::new();
    for text in [
        "strct = true\n",
        "[checks]\nOC2011 = \"off\"\n",
        "[checks]\nOC201 = \"loud\"\n",
        "[checks]\nOC201 = \"off\"\nunresolved-reference = \"note\"\n",
        "world = open\n",
        "api-version = \"sixty\"\n",
        "extend = \"nowhere.toml\"\n",
        "extend = \"./omnic.toml\"\n",
        "[external]\nQeue = [\"A\"]\n",
        "[external]\nUser = [\"anna@larkfield.example\"]\n",
        "[external]\nQueue = [\"A[\"]\n",
        "[[overrides]]\nchecks = { OC201 = \"off\" }\n",
        "[[exceptions]]\ncheck = \"OC201\"\ntype = \"Queue\"\n",
        "[[exceptions]]\ncheck = \"OC201\"\nreason = \" \"\n",
        "baseline = \"missing.json\"\n",
    ] {
        write(folder.path(), "omnic.toml", text);
        let (status, out, error) = run(folder.path(), &["check"]);
        assert_eq!((status, out.as_str()), (2, ""), "{text}");
        all.extend([text, "---\n", &error, "\n"]);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn declared_names_are_known() {
    let folder = project(&[]);
    for (text, known) in [
        ("[external]\nQueueRoutingConfig = [\"Genral\"]\n", true),
        ("[external]\nQueueRoutingConfig = [\"gen*\"]\n", true),
        ("[external]\nQueue = [\"Genral\"]\n", false),
    ] {
        write(folder.path(), "omnic.toml", text);
        let found = findings(folder.path(), &[]);
        assert_eq!(!found.contains(&"OC201 error".to_owned()), known, "{text}{found:?}");
    }
}

#[test]
fn comments_silence_one_element_or_the_file() {
    let with = |before_root: &str, before_config: &str, before_second: &str| {
        let queue = QUEUE.replace("<Queue ", &format!("{before_root}<Queue "));
        let queue = queue.replace("<queueRoutingConfig>", &format!("{before_config}<queueRoutingConfig>"));
        let at = queue.rfind("<queueSobject>").unwrap();
        let queue = format!("{}{before_second}{}", &queue[..at], &queue[at..]);
        let folder = project(&[(QUEUE_PATH, &queue)]);
        findings(folder.path(), &[])
    };
    assert_eq!(with("", "", ""), ["OC201 error", "OC111 warning"]);
    assert_eq!(with("", "<!-- omnic-ignore OC201: in the org -->", ""), ["OC111 warning"]);
    assert_eq!(with("", "", "<!-- omnic-ignore duplicate-entry: twice -->"), ["OC201 error"]);
    assert_eq!(with("<!-- omnic-ignore OC201, OC111: old file -->\n", "", ""), [""; 0]);
    // Of two that cover a finding, both are of use.
    let both = with("<!-- omnic-ignore OC201: old file -->\n", "<!-- omnic-ignore OC201: in the org -->", "");
    assert_eq!(both, ["OC111 warning"]);
    assert_eq!(
        with("", "<!-- omnic-ignore OC111: wrong place -->", ""),
        ["OC011 warning", "OC201 error", "OC111 warning"]
    );
    assert_eq!(with("", "<!-- omnic-ignor OC201: slip -->", ""), ["OC010 warning", "OC201 error", "OC111 warning"]);
}

#[test]
fn a_baseline_holds_what_was_there() {
    let folder = project(&[]);
    let root = folder.path();
    let baseline = |action: &[&str]| run(root, &[&["baseline"], action].concat());
    insta::assert_snapshot!(baseline(&["update"]).2);
    insta::assert_snapshot!(baseline(&["create"]).1);
    insta::assert_snapshot!(fs::read_to_string(root.join("omnic-baseline.json")).unwrap());
    let (status, out, error) = run(root, &["check"]);
    assert_eq!((status, error.as_str()), (0, ""));
    insta::assert_snapshot!(out);
    assert_eq!(findings(root, &["--isolated"]), ["OC201 error", "OC111 warning"]);
    insta::assert_snapshot!(baseline(&["create"]).2);
    assert_eq!(baseline(&["update", "app/queues"]).0, 2, "a baseline is of the whole");
    assert_eq!(run(root, &["check", "--diff"]).2, "would fix 1 finding in 1 file: 1 OC111\n", "accepted is not mended");
    let (status, plan, error) = run(root, &["compile"]);
    assert_eq!(
        (status, plan.is_empty(), error.as_str()),
        (0, false, "note: 1 error of the baseline may be in the plan\n")
    );

    // Lines that move change nothing; the same mistake in another component is new.
    write(root, QUEUE_PATH, &QUEUE.replace("    <name>", "\n\n    <name>"));
    assert_eq!(findings(root, &[]), [""; 0]);
    write(root, "app/queues/Second.queue-meta.xml", QUEUE);
    assert_eq!(findings(root, &[]), ["OC201 error", "OC111 warning"]);

    // What is mended is told, and taken out.
    write(root, QUEUE_PATH, &QUEUE.replace("Genral", "General"));
    insta::assert_snapshot!(run(root, &["check"]).2);
    insta::assert_snapshot!(baseline(&["prune"]).1);
    assert_eq!(run(root, &["check"]).2, "");
    assert_eq!(findings(root, &[]), ["OC201 error", "OC111 warning"], "what is new does not get in by pruning");
    insta::assert_snapshot!(baseline(&["update"]).1);
    assert_eq!(findings(root, &[]), [""; 0]);
    assert_eq!(baseline(&["create", "--force", "--min-severity", "error"]).0, 0);
    assert_eq!(findings(root, &[]), ["OC111 warning", "OC111 warning"]);

    write(root, "omnic-baseline.json", "{\"format_version\": 1, \"findings\": [\n{\"check\": 1}]}");
    insta::assert_snapshot!(run(root, &["check"]).2);
    write(root, "omnic-baseline.json", "{\"format_version\": 2, \"findings\": []}");
    insta::assert_snapshot!(run(root, &["check"]).2);
}

#[test]
fn a_part_is_reported_and_the_whole_analysed() {
    let folder = project(&[]);
    let root = folder.path();
    write(root, "README.md", "");
    assert_eq!(findings(root, &["--only", QUEUE_PATH]), ["OC201 error", "OC111 warning"]);
    assert_eq!(findings(root, &["--only", CONFIG_PATH, "README.md"]), [""; 0]);
    assert_eq!(findings(root, &["--only", "sfdx-project.json"]).len(), 2, "it says what the project is");
    assert_eq!(findings(root, &["--only", "."]).len(), 2);
    assert_eq!(findings(&root.join("app"), &["--only", "queues"]).len(), 2);
    // Whose reason lies in the change belongs to it: a second channel for an object.
    let channel = |name: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServiceChannel xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    \
             <label>{name}</label>\n    <relatedEntityType>Lead</relatedEntityType>\n</ServiceChannel>\n"
        )
    };
    for name in ["A", "B"] {
        write(root, &format!("app/serviceChannels/{name}.serviceChannel-meta.xml"), &channel(name));
    }
    for name in ["A", "B"] {
        let only = format!("app/serviceChannels/{name}.serviceChannel-meta.xml");
        assert!(findings(root, &["--only", &only]).contains(&"OC303 error".to_owned()), "{name}");
    }
    let (_, _, error) = run(root, &["check", "--only", "no/such/file"]);
    assert!(error.starts_with("error: `no/such/file` of `--only` does not exist\n"), "{error}");
}

#[test]
fn git_tells_what_changed() {
    let folder = project(&[]);
    let root = folder.path();
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=A", "-c", "user.email=a@larkfield.example", "-c", "commit.gpgsign=false"];
        Command::new("git").args(identity).args(args).current_dir(root).output()
    };
    let Ok(output) = git(&["init", "-q", "-b", "main"]) else { return };
    assert!(output.status.success());
    for args in [&["add", "-A"][..], &["commit", "-q", "-m", "first"]] {
        assert!(git(args).unwrap().status.success());
    }
    assert_eq!(findings(root, &["--changed", "main"]), [""; 0]);
    write(root, "app/queues/Second.queue-meta.xml", QUEUE);
    assert_eq!(findings(root, &["--changed", "main"]).len(), 2, "what git does not know yet");
    write(root, QUEUE_PATH, &format!("{QUEUE}\n"));
    assert_eq!(findings(&root.join("app"), &["..", "--changed", "HEAD"]).len(), 4);
    // Who takes away what another file names is told so at that file.
    let renamed = CONFIG_PATH.replace("General", "Tier_1");
    fs::rename(root.join(CONFIG_PATH), root.join(&renamed)).unwrap();
    write(root, QUEUE_PATH, &QUEUE.replace("Genral", "General"));
    for args in [&["add", "-A"][..], &["commit", "-q", "-m", "second"]] {
        assert!(git(args).unwrap().status.success());
    }
    fs::rename(root.join(&renamed), root.join(CONFIG_PATH.replace("General", "Tier_2"))).unwrap();
    assert_eq!(findings(root, &["--changed", "HEAD"]), [""; 0], "nothing names `Tier_1`");
    fs::rename(root.join(CONFIG_PATH.replace("General", "Tier_2")), root.join(CONFIG_PATH)).unwrap();
    for args in [&["add", "-A"][..], &["commit", "-q", "-m", "third"]] {
        assert!(git(args).unwrap().status.success());
    }
    fs::rename(root.join(CONFIG_PATH), root.join(&renamed)).unwrap();
    let found = findings(root, &["--changed", "HEAD"]);
    assert!(found.contains(&"OC201 error".to_owned()), "{found:?}");
    let (status, _, error) = run(root, &["check", "--changed", "no-such-branch"]);
    assert_eq!(status, 2);
    assert!(error.contains("git cannot tell what changed"), "{error}");
    assert_eq!(run(root, &["check", "--changed=--output=x"]).0, 2);
}

#[test]
fn standard_input_stands_for_a_file() {
    let folder = project(&[]);
    let root = folder.path();
    let check = |name: &str, text: &str| {
        let mut child = command(root, &["check", "-", "--stdin-filename", name, "--format", "concise"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        told(&child.wait_with_output().unwrap())
    };
    assert_eq!(check(QUEUE_PATH, &QUEUE.replace("Genral", "General")).0, 0);
    let (status, out, _) = check(QUEUE_PATH, QUEUE);
    assert_eq!((status, out.lines().count()), (1, 3), "{out}");
    // A file that is not there yet, and one in whose place something is needed.
    assert_eq!(check("app/queues/New.queue-meta.xml", QUEUE).0, 1);
    assert_eq!(check("app/new/folder/New.queue-meta.xml", QUEUE).0, 1);
    assert_eq!(check("app/queues/New.txt", QUEUE).0, 2);
    assert_eq!(run(root, &["check", "-"]).0, 2);
    assert_eq!(run(root, &["check", "--stdin-filename", QUEUE_PATH]).0, 2);
}

#[test]
fn several_outputs_at_once() {
    let folder = project(&[]);
    let root = folder.path();
    let (status, out, _) = run(
        root,
        &[
            "check",
            "--output",
            "sarif=out.sarif",
            "--output",
            "junit=out.xml",
            "--output",
            "github",
            "--output",
            "concise",
        ],
    );
    assert_eq!(status, 1);
    assert!(out.starts_with("::") && out.contains("\nchecked 2 files"), "{out}");
    let sarif: serde_json::Value = serde_json::from_str(&fs::read_to_string(root.join("out.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 2);
    assert!(fs::read_to_string(root.join("out.xml")).unwrap().contains("failures=\"2\""));
    assert_eq!(run(root, &["check", "--output", "json", "--output", "concise"]).0, 2);
    assert_eq!(run(root, &["check", "--output", "json=x", "--output", "sarif=x"]).0, 2);
    assert_eq!(run(root, &["check", "--output", "sarf=x"]).0, 2);
    assert_eq!(run(root, &["check", "--output", "sarif="]).0, 2);
    assert_eq!(run(root, &["check", "--output", "sarif=no/such/folder/x"]).0, 2);
    assert_eq!(run(root, &["check", "--statistics", "--format", "sarif"]).0, 2);
    insta::assert_snapshot!(run(root, &["check", "--statistics", "--min-severity", "note"]).1);
}

#[test]
fn what_is_known_of_the_org_is_named_in_the_file_or_by_a_flag() {
    let listed = r#"{"status": 0, "result": [{"fullName": "Genral", "type": "QueueRoutingConfig"}], "warnings": []}"#;
    let folder = project(&[
        ("conf/omnic.toml", "[org]\ninventory = [\"lists\"]\nrecords = \"org\"\n"),
        ("conf/lists/configs.json", listed),
        ("conf/org/User.csv", "Id,Username,IsActive\n005000000000001,anna@larkfield.example,maybe\n"),
    ]);
    let root = folder.path();
    assert_eq!(findings(root, &[]), ["OC201 error", "OC111 warning"]);
    let found = findings(root, &["--config", "conf/omnic.toml"]);
    assert!(found.contains(&"OC012 error".to_owned()) && !found.contains(&"OC201 error".to_owned()), "{found:?}");
    let (_, out, _) = run(root, &["check", "--config", "conf/omnic.toml", "--format", "concise"]);
    assert!(out.contains("conf/org/User.csv:2:"), "{out}");
    assert_eq!(findings(root, &["--inventory", "conf/lists/configs.json"]), ["OC111 warning"]);
    assert!(findings(root, &["--records", "conf/org"]).contains(&"OC012 error".to_owned()));
    insta::assert_snapshot!(run(root, &["config", "--config", "conf/omnic.toml", "--inventory", "conf/lists"]).1);
    let mut all = String::new();
    for args in [
        ["check", "--records", "nowhere"],
        ["check", "--records", "app"],
        ["check", "--inventory", "nowhere.json"],
        ["check", "--inventory", "sfdx-project.json"],
    ] {
        let (status, out, error) = run(root, &args);
        assert_eq!((status, out.as_str()), (2, ""), "{args:?}");
        all.push_str(&error);
    }
    insta::assert_snapshot!(all);
}

#[test]
fn fixes_are_shown_written_and_held_back() {
    let wrong = CONFIG.replace("MOST_AVAILABLE", "MostAvailable").replace('\n', "\r\n");
    let queue = QUEUE.replace("Genral", "General");
    let folder = project(&[(CONFIG_PATH, &wrong), (QUEUE_PATH, &queue)]);
    let root = folder.path();
    let text = |path: &str| fs::read_to_string(root.join(path)).unwrap();

    let (status, diff, error) = run(root, &["check", "--diff"]);
    assert_eq!((status, error.as_str()), (1, "would fix 2 findings in 2 files: 1 OC106, 1 OC111\n"));
    assert!(diff.contains("-    <routingModel>MostAvailable</routingModel>\r\n"), "{diff}");
    assert_eq!((text(CONFIG_PATH), text(QUEUE_PATH)), (wrong.clone(), queue.clone()), "nothing is changed");

    // Only what is asked for, and only what is shown.
    let (_, _, error) = run(root, &["check", "--fix", "--only", QUEUE_PATH]);
    assert_eq!(error, "fixed 1 finding in 1 file: 1 OC111\n");
    assert_eq!(text(CONFIG_PATH), wrong);
    write(root, QUEUE_PATH, &queue);
    assert_eq!(run(root, &["check", "--fix", "--min-severity", "error"]).2, "fixed 1 finding in 1 file: 1 OC106\n");
    assert_eq!(text(CONFIG_PATH), CONFIG.replace('\n', "\r\n"), "every other byte stays");
    assert_eq!(text(QUEUE_PATH), queue);

    let (status, out, error) = run(root, &["check", "--fix"]);
    assert_eq!((status, error.as_str()), (0, "fixed 1 finding in 1 file: 1 OC111\n"));
    assert!(out.starts_with("checked 2 files"), "{out}");
    let (status, diff, error) = run(root, &["check", "--diff"]);
    assert_eq!((status, diff.as_str(), error.as_str()), (0, "", "nothing to fix\n"));

    // A comment that silences one element must not come to silence the next.
    let silenced = QUEUE.replace("Genral", "General");
    let at = silenced.rfind("    <queueSobject>").unwrap();
    let silenced = format!("{}    <!-- omnic-ignore OC504: other -->\n{}", &silenced[..at], &silenced[at..]);
    write(root, QUEUE_PATH, &silenced);
    assert_eq!(run(root, &["check", "--fix"]).2, "nothing to fix\n");
    assert_eq!(text(QUEUE_PATH), silenced);
    write(root, QUEUE_PATH, &QUEUE.replace("Genral", "General"));
    assert_eq!(run(root, &["check", "--fix"]).0, 0);

    // A guess is made only when asked for.
    write(root, QUEUE_PATH, &text(QUEUE_PATH).replace("General", "Genral"));
    assert_eq!(run(root, &["check", "--diff"]).2, "nothing to fix\n");
    assert_eq!(run(root, &["check", "--fix", "--unsafe-fixes"]).2, "fixed 1 finding in 1 file: 1 OC201\n");
    assert!(text(QUEUE_PATH).contains("General"));
    assert_eq!(run(root, &["check", "--unsafe-fixes"]).0, 2);
    assert_eq!(run(root, &["check", "--fix", "--diff"]).0, 2);
    assert_eq!(run(root, &["check", "-", "--stdin-filename", QUEUE_PATH, "--fix"]).0, 2);
}
