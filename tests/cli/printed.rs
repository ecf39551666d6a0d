//! Whatever others wrote, nothing of it reaches a terminal, a log or a runner of CI jobs as a command: every message that
//! can quote a name, a value or a path is made to, and both streams are looked at byte by byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// What no reader should see as it is. A path may hold all of it, on Unix.
const HOSTILE: &str = "x\r\n::error::pwned\u{1b}[2J\u{1b}]0;t\u{7}\u{b}\u{c}\u{7f}\u{85} ::add-mask::y\u{9b}31m\u{202e}\u{2066}\
    \u{61c}\u{200f}\u{2028}::notice::z\u{feff}\n \u{a0}::warning::pwned ##[error]pwned##vso[task.setvariable variable=x]\
    ##VSO[y]%0A::debug::w";

/// The formats of `omnic check`.
const FORMATS: [&str; 10] =
    ["human", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "checkstyle", "markdown"];

/// As XML can say it: without what it has no character for.
fn xml() -> String {
    HOSTILE.replace(['\u{1b}', '\u{7}', '\u{b}', '\u{c}'], "").replace('\r', "&#13;").replace('\n', "&#10;")
}

fn quoted(text: &str) -> String {
    json!(text).to_string()
}

struct Run {
    folder: PathBuf,
    args: Vec<String>,
    env: Vec<(&'static str, String)>,
    stdin: String,
}

impl Run {
    fn new(folder: impl AsRef<Path>, args: &[&str]) -> Self {
        let args = args.iter().map(|&arg| arg.to_owned()).collect();
        Self { folder: folder.as_ref().to_owned(), args, env: Vec::new(), stdin: String::new() }
    }

    fn env(mut self, name: &'static str, value: &str) -> Self {
        self.env.push((name, value.to_owned()));
        self
    }

    fn stdin(mut self, text: &str) -> Self {
        text.clone_into(&mut self.stdin);
        self
    }

    fn output(&self) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GITHUB_ACTIONS", "TF_BUILD"] {
            command.env_remove(name);
        }
        command.args(&self.args).envs(self.env.iter().cloned()).current_dir(&self.folder);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Who refuses the arguments reads nothing.
        let _ = child.stdin.take().unwrap().write_all(self.stdin.as_bytes());
        child.wait_with_output().unwrap()
    }

    /// Both streams, each held to be clean. Annotations may be on standard output where they are asked for.
    fn clean(&self, status: &[i32]) -> (String, String) {
        let output = self.output();
        let what = format!("omnic {:?} {:?}", self.args, self.env);
        let (out, err) = (text(&output.stdout, &what), text(&output.stderr, &what));
        assert!(status.contains(&output.status.code().unwrap()), "{what}: {}\n{out}{err}", output.status);
        let are_annotations = self.args.iter().any(|arg| arg == "github");
        assert_clean(&out, are_annotations, &format!("{what}: standard output"));
        assert_clean(&err, false, &format!("{what}: standard error"));
        (out, err)
    }
}

fn text(bytes: &[u8], what: &str) -> String {
    String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| panic!("{what}: {error}"))
}

/// Written down again, so that a hole in the program's own list shows.
fn is_obeyed(character: char) -> bool {
    let others = ['\u{61c}', '\u{200e}', '\u{200f}', '\u{2028}', '\u{2029}', '\u{feff}'];
    let turns = ['\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];
    character.is_control() || others.contains(&character) || turns.iter().any(|turns| turns.contains(&character))
}

fn assert_clean(text: &str, are_annotations: bool, what: &str) {
    let found = text.chars().find(|&character| !matches!(character, '\n' | '\t') && is_obeyed(character));
    assert!(found.is_none(), "{what} holds {found:?}:\n{}", text.escape_debug());
    for line in text.lines() {
        let lower = line.to_lowercase();
        assert!(!lower.contains("##[") && !lower.contains("##vso["), "{what} holds a command: {line}");
        if line.trim_start().starts_with("::") {
            assert!(are_annotations && is_annotation(line), "{what} holds a command: {line}");
        }
    }
}

/// True for a line that the format `github` makes: its own command, and nothing unescaped in its properties and data.
fn is_annotation(line: &str) -> bool {
    let Some((head, data)) = line.strip_prefix("::").and_then(|rest| rest.split_once("::")) else { return false };
    let Some((command, properties)) = head.split_once(' ') else { return false };
    let names: Vec<&str> =
        properties.split(',').map(|property| property.split_once('=').unwrap_or_default().0).collect();
    let is_known = |name: &&str| ["file", "line", "endLine", "col", "endColumn", "title"].contains(name);
    let escapes = line.split('%').skip(1);
    let is_escape = |rest: &str| ["25", "0A", "3A", "2C"].iter().any(|code| rest.starts_with(code));
    ["error", "warning", "notice"].contains(&command)
        && names.iter().all(is_known)
        && names.first().is_some_and(|first| ["file", "title"].contains(first))
        && names.last() == Some(&"title")
        && !data.is_empty()
        && escapes.into_iter().all(is_escape)
}

/// Projects that hold the hostile text wherever there is room for it, and files beside them.
struct Here {
    folder: tempfile::TempDir,
}

const QUEUES: &str = "force-app/main/default/queues";
const PROJECT: &str = r#"{ "packageDirectories": [{ "path": "force-app" }], "sourceApiVersion": "66.0" }"#;

impl Here {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    /// A name that the file system takes.
    fn hostile_name() -> String {
        if cfg!(unix) { HOSTILE.replace('/', "") } else { "x ##[error]y".to_owned() }
    }

    /// A project with many findings that quote the text, in a folder of that name.
    fn project(&self) -> PathBuf {
        let name = Self::hostile_name();
        let (root, hostile) = (format!("root{name}"), xml());
        let project = json!({
            "packageDirectories": [{ "path": "force-app" }, { "path": HOSTILE.replace(':', "") }],
            "sourceApiVersion": "66.0",
        });
        self.write(&format!("{root}/sfdx-project.json"), &project.to_string());
        let object = "<queueSobject><sobjectType>Case</sobjectType></queueSobject>";
        let queue = |name: &str, more: &str| {
            format!(
                "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n\
                 <doesSendEmailToMembers>{hostile}</doesSendEmailToMembers>\n<name>{name}</name>\n\
                 <queueRoutingConfig>{name}</queueRoutingConfig>\n<bogus>{hostile}</bogus>\n{object}\n{object}\n\
                 <queueMembers><users><user>{hostile}</user></users><publicGroups>\n::error::in the text\n</publicGroups>\
                 </queueMembers>\n{more}</Queue>\n"
            )
        };
        let hidden = format!("<!-- {HOSTILE} -->\n<x a=\"{hostile}\"/>\n##[error]x\n<email>{HOSTILE}</email>\n");
        self.write(&format!("{root}/{QUEUES}/A.queue-meta.xml"), &queue(&hostile, ""));
        self.write(&format!("{root}/{QUEUES}/B.queue-meta.xml"), &queue("B", &hidden));
        self.write(&format!("{root}/{QUEUES}/{name}.queue-meta.xml"), &queue(&hostile, ""));
        self.write(
            &format!("{root}/force-app/main/default/queueRoutingConfigs/R.queueRoutingConfig-meta.xml"),
            &format!(
                "<QueueRoutingConfig xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n\
                 <routingModel>{hostile}</routingModel><capacityWeight>{hostile}</capacityWeight>\n\
                 <capacityWeight>1</capacityWeight><routingPriority>1{hostile}</routingPriority>\n\
                 <skills><skill>{hostile}</skill></skills></QueueRoutingConfig>\n"
            ),
        );
        self.path(&root)
    }

    /// A project without a fault, and the text in a file beside its `sfdx-project.json`.
    fn sound(&self, folder: &str, file: &str, content: &str) -> PathBuf {
        self.write(&format!("{folder}/sfdx-project.json"), PROJECT);
        self.write(
            &format!("{folder}/{QUEUES}/A.queue-meta.xml"),
            "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name>\
             <doesSendEmailToMembers>false</doesSendEmailToMembers>\
             <queueSobject><sobjectType>Case</sobjectType></queueSobject></Queue>",
        );
        self.write(&format!("{folder}/{file}"), content);
        self.path(folder)
    }
}

#[test]
fn findings_are_clean_in_every_format() {
    let here = Here::new();
    let root = here.project();
    here.sound("sound", "README.md", "");
    let from = |folder: &Path, args: &[&str]| Run::new(folder, args);
    let all = ["--min-severity", "note", "--strict"];
    let mut quoted = 0;
    for (folder, path) in [(root.clone(), ".".to_owned()), (here.path(""), root.to_str().unwrap().to_owned())] {
        for format in FORMATS {
            let args = [&["check", &path, "--format", format], &all[..]].concat();
            let (out, _) = from(&folder, &args).clean(&[1]);
            quoted += out.matches("pwned").count();
        }
        let args = [&["check", &path, "--statistics"], &all[..]].concat();
        from(&folder, &args).clean(&[1]);
        for command in [&["compile", &path][..], &["baseline", "create", &path], &["run", &path], &["config", &path]] {
            from(&folder, command).clean(&[0, 1, 2]);
        }
        fs::remove_file(root.join("omnic-baseline.json")).unwrap();
        for format in ["svg", "dot", "mermaid", "json"] {
            from(&folder, &["graph", &path, "--format", format]).clean(&[0]);
        }
        for sides in [[&*path, "sound"], ["sound", &path]] {
            for format in ["human", "json", "markdown", "github"] {
                let folder = here.path("");
                let path = |side: &str| if side == "." { root.clone() } else { folder.join(side) };
                let sides = sides.map(|side| path(side).to_str().unwrap().to_owned());
                Run::new(&folder, &["diff", &sides[0], &sides[1], "--format", format]).clean(&[0]);
            }
        }
        for format in ["package.xml", "list", "json"] {
            let app = root.join("force-app");
            let args = ["closure", &path, app.to_str().unwrap(), "--format", format];
            from(&folder, &args).clean(&[1]);
            from(&folder, &[&args[..], &["--reverse"]].concat()).clean(&[0, 1]);
        }
    }
    assert!(quoted > 500, "the text is quoted {quoted} times");
}

/// As many annotations as findings, each at its file: none was made by a text.
#[test]
fn annotations_are_those_of_findings() {
    let here = Here::new();
    let root = here.project();
    let json = Run::new(&root, &["check", "--format", "json", "--min-severity", "note"]).clean(&[1]).0;
    let findings: Value = serde_json::from_str(&json).unwrap();
    let (out, _) = Run::new(&root, &["check", "--format", "github", "--min-severity", "note"]).clean(&[1]);
    assert_eq!(out.lines().count(), findings["diagnostics"].as_array().unwrap().len());
    assert!(out.lines().all(is_annotation), "{out}");
}

/// What is escaped in JSON is there for a program.
#[test]
fn machine_formats_lose_nothing() {
    let here = Here::new();
    let root = here.project();
    let json = Run::new(&root, &["check", "--format", "json", "--min-severity", "note"]).clean(&[1]).0;
    let findings: Value = serde_json::from_str(&json).unwrap();
    let findings = findings["diagnostics"].as_array().unwrap();
    let path = format!("{QUEUES}/{}.queue-meta.xml", Here::hostile_name());
    assert!(findings.iter().any(|finding| finding["file"] == path.as_str()), "{path:?}");
    let value = "\u{9b}31m\u{202e}\u{2066}\u{61c}\u{200f}\u{2028}";
    assert!(findings.iter().any(|finding| finding["message"].as_str().unwrap().contains(value)), "{findings:#?}");
}

/// Colours are the program's own alone.
#[test]
fn colours_are_our_own() {
    let here = Here::new();
    let root = here.project();
    for args in [&["check", "--color", "always"][..], &["compile", "--color", "always"]] {
        let output = Run::new(&root, args).output();
        let both = text(&output.stdout, "standard output") + &text(&output.stderr, "standard error");
        assert!(both.contains("\u{1b}["), "{both}");
        let plain = without_styles(&both);
        assert_clean(&plain, false, &format!("omnic {args:?}"));
    }
}

/// A text without colours and links to the project's own pages.
fn without_styles(text: &str) -> String {
    let mut out = String::new();
    for (number, piece) in text.split('\u{1b}').enumerate() {
        let rest = if number == 0 {
            Some(piece)
        } else if let Some(style) = piece.strip_prefix('[') {
            style.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';').strip_prefix('m')
        } else if let Some(rest) = piece.strip_prefix('\\') {
            Some(rest)
        } else {
            let target =
                piece.strip_prefix("]8;;").filter(|target| target.is_empty() || target.starts_with("https://"));
            target.map(|_| "")
        };
        out.push_str(rest.unwrap_or_else(|| panic!("a foreign sequence: {:?}", piece.escape_debug().to_string())));
    }
    out
}

/// Arguments and environment variables that cannot be used.
#[test]
fn arguments_are_clean_where_they_are_quoted() {
    let here = Here::new();
    here.sound("sound", "README.md", "");
    let folder = here.path("sound");
    let flag = format!("--{HOSTILE}");
    let format = format!("{HOSTILE}=file");
    let table: &[&[&str]] = &[
        &[HOSTILE],
        &[&flag],
        &["check", &flag],
        &["check", HOSTILE],
        &["check", HOSTILE, HOSTILE],
        &["check", ".", HOSTILE],
        &["check", "--format", HOSTILE],
        &["check", "--output", HOSTILE],
        &["check", "--output", &format],
        &["check", "--min-severity", HOSTILE],
        &["check", "--fail-on", HOSTILE],
        &["check", "--api-version", HOSTILE],
        &["check", "--world", HOSTILE],
        &["check", &format!("--strict={HOSTILE}")],
        &["check", "--color", HOSTILE],
        &["check", "--only", HOSTILE],
        &["check", "--changed", HOSTILE],
        &["check", "--changed", "a", "--only", HOSTILE],
        &["check", "-", "--stdin-filename", HOSTILE],
        &["check", "-", "--stdin-filename", &format!("{HOSTILE}.queue-meta.xml")],
        &["check", "--baseline", HOSTILE],
        &["check", "--config", HOSTILE],
        &["check", "--inventory", HOSTILE],
        &["check", "--records", HOSTILE],
        &["check", "--output", &format!("json=no/{HOSTILE}")],
        &["compile", "-o", &format!("no/{HOSTILE}")],
        &["run", "--events", HOSTILE],
        &["run", "--options", HOSTILE],
        &["run", "--resume", HOSTILE],
        &["run", &format!("{HOSTILE}.json")],
        &["graph", "--focus", HOSTILE],
        &["graph", "--focus", &format!("Queue:{HOSTILE}")],
        &["graph", "--focus", &format!("{HOSTILE}:A")],
        &["graph", "--kind", HOSTILE],
        &["graph", "-o", &format!("no/{HOSTILE}")],
        &["closure", HOSTILE],
        &["closure", &format!("Queue:{HOSTILE}")],
        &["closure", ".", HOSTILE, &format!("Role:{HOSTILE}")],
        &["closure", "--changed", HOSTILE],
        &["closure", ".", "--output", &format!("no/{HOSTILE}")],
        &["diff", HOSTILE],
        &["diff", ".", HOSTILE],
        &["diff", &format!("{HOSTILE}..{HOSTILE}")],
        &["diff", &format!("{HOSTILE}.json")],
        &["diff", ".", ".", "--expect", HOSTILE],
        &["diff", ".", ".", "--format", HOSTILE],
        &["diff", ".", ".", "--fail-on", HOSTILE],
        &["diff", ".", ".", "--records", HOSTILE],
        &["diff", ".", ".", "--old-records", HOSTILE],
        &["diff", ".", ".", "-o", &format!("no/{HOSTILE}")],
        &["why", ".", "--queue", HOSTILE],
        &["why", ".", "--object", HOSTILE],
        &["why", ".", "--flow", HOSTILE],
        &["why", ".", "--record", HOSTILE],
        &["why", ".", "--queue", "A", "--agent", HOSTILE],
        &["why", ".", "--queue", "A", "--field", &format!("{HOSTILE}={HOSTILE}")],
        &["why", ".", "--queue", "A", "--skills", HOSTILE],
        &["why", ".", "--queue", "A", "--status", HOSTILE],
        &["why", ".", "--queue", "A", "--capacity", HOSTILE],
        &["why", &format!("{HOSTILE}.json"), "--queue", "A"],
        &["explain", HOSTILE],
        &["completions", HOSTILE],
        &["baseline", HOSTILE],
        &["baseline", "prune", "--baseline", HOSTILE],
        &["baseline", "create", "--baseline", &format!("no/{HOSTILE}")],
        &["config", "--baseline", HOSTILE],
        &["lsp", HOSTILE],
    ];
    for args in table {
        Run::new(&folder, args).clean(&[0, 1, 2]);
        // Colours of the help's are no way in.
        let styled = Run::new(&folder, args).env("CLICOLOR_FORCE", "1").output();
        let both = text(&styled.stdout, "standard output") + &text(&styled.stderr, "standard error");
        assert_clean(&without_styles(&both), false, &format!("omnic {args:?} in colour"));
    }
    for name in [
        "OMNIC_FORMAT",
        "OMNIC_MIN_SEVERITY",
        "OMNIC_FAIL_ON",
        "OMNIC_API_VERSION",
        "OMNIC_WORLD",
        "OMNIC_STRICT",
        "OMNIC_BASELINE",
        "OMNIC_CONFIG",
        "OMNIC_INVENTORY",
        "OMNIC_RECORDS",
    ] {
        let (_, said) = Run::new(&folder, &["check"]).env(name, HOSTILE).clean(&[2]);
        assert!(said.contains("pwned") || name == "OMNIC_INVENTORY", "{name} is quoted: {said}");
        Run::new(&folder, &["config"]).env(name, HOSTILE).clean(&[0, 2]);
    }
}

/// Files that say how a project is checked, and what the org has.
#[test]
fn files_beside_the_project_are_clean_where_they_are_quoted() {
    let here = Here::new();
    let name = quoted(HOSTILE).replace("\\u007f", "\u{7f}");
    let toml = quoted(&HOSTILE.replace('\u{7f}', ""));
    let inventory = json!({ "result": [{ "type": "Queue", "fullName": HOSTILE, "x": HOSTILE }, { "type": HOSTILE }] });
    let baseline = json!({ "format_version": 1, "findings": [{ "check": HOSTILE, HOSTILE: 1 }] });
    let stale = json!({ "format_version": 1, "findings": [
        { "code": HOSTILE, "check": "OC201", "type": HOSTILE, "name": HOSTILE, "file": HOSTILE, "element": HOSTILE }] });
    let table: &[(&str, String, &[&str])] = &[
        ("omnic.toml", format!("{toml} = 1\n"), &[]),
        ("omnic.toml", format!("world = {toml}\n"), &[]),
        ("omnic.toml", format!("api-version = {toml}\n"), &[]),
        ("omnic.toml", format!("strict = {toml}\n"), &[]),
        ("omnic.toml", format!("extends = {toml}\n"), &[]),
        ("omnic.toml", format!("baseline = {toml}\n"), &[]),
        ("omnic.toml", format!("[checks]\n{toml} = \"off\"\n"), &[]),
        ("omnic.toml", format!("[checks]\nOC201 = {toml}\n"), &[]),
        ("omnic.toml", format!("[external]\n{toml} = [\"a\"]\n"), &[]),
        ("omnic.toml", format!("[external]\nQueue = [{toml}]\n"), &[]),
        ("omnic.toml", format!("[org]\nrecords = {toml}\n"), &[]),
        ("omnic.toml", format!("[org]\ninventory = [{toml}]\n"), &[]),
        ("omnic.toml", format!("[[overrides]]\npaths = [{toml}]\nchecks = {{ OC201 = \"off\" }}\n"), &[]),
        ("omnic.toml", format!("[[exceptions]]\ncheck = {toml}\nreason = \"a\"\n"), &[]),
        (
            "omnic.toml",
            format!("[[exceptions]]\ncheck = \"OC201\"\nname = {toml}\nelement = {toml}\nreason = {toml}\n"),
            &[],
        ),
        ("omnic.toml", format!("a = {HOSTILE}\n"), &[]),
        ("sfdx-project.json", format!("{{ \"packageDirectories\": {name} }}"), &[]),
        ("sfdx-project.json", format!("{{ \"packageDirectories\": [{{ \"path\": {name} }}] }}"), &[]),
        (
            "sfdx-project.json",
            format!("{{ \"packageDirectories\": [{{ \"path\": \"force-app\" }}], \"sourceApiVersion\": {name} }}"),
            &[],
        ),
        ("sfdx-project.json", HOSTILE.to_owned(), &[]),
        (".forceignore", HOSTILE.to_owned(), &[]),
        (".forceignore", format!("[{HOSTILE}"), &[]),
        ("omnic-baseline.json", baseline.to_string(), &[]),
        ("omnic-baseline.json", stale.to_string(), &[]),
        ("omnic-baseline.json", HOSTILE.to_owned(), &[]),
        ("i.json", inventory.to_string(), &["--inventory", "i.json", "--world", "closed"]),
        ("i.json", format!("{{ {name}: {name} }}"), &["--inventory", "i.json"]),
        ("i.json", HOSTILE.to_owned(), &["--inventory", "i.json"]),
        ("org/User.csv", format!("Id,Username,{name}\n1,{name},{name}\n"), &["--records", "org"]),
        (
            "org/Group.csv",
            format!("Id,DeveloperName,Type\n1,\"{HOSTILE}\",\"{HOSTILE}\"\n1,2\n"),
            &["--records", "org"],
        ),
        ("org/GroupMember.csv", format!("GroupId,UserOrGroupId\n\"{HOSTILE}\",\"{HOSTILE}\"\n"), &["--records", "org"]),
        ("org/User.json", format!("{{ \"status\": 1, \"message\": {name} }}"), &["--records", "org"]),
        ("org/User.json", format!("[{{ \"Id\": {name}, {name}: {name} }}, {name}]"), &["--records", "org"]),
        ("org/x.csv", HOSTILE.to_owned(), &["--records", "org"]),
    ];
    for (number, (file, content, more)) in table.iter().enumerate() {
        let folder = here.sound(&format!("p{number}"), file, content);
        for format in FORMATS {
            let args = [&["check", "--min-severity", "note", "--format", format][..], more].concat();
            Run::new(&folder, &args).clean(&[0, 1, 2]);
        }
        for command in [&["config"][..], &["compile"], &["run"], &["baseline", "prune"]] {
            Run::new(&folder, &[command, more].concat()).clean(&[0, 1, 2]);
        }
    }
}

/// Events, options, states and plans of `omnic run`.
#[test]
fn runs_are_clean_in_json_and_in_sentences() {
    let here = Here::new();
    let acme = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/acme-support");
    let read = |name: &str| fs::read_to_string(acme.join(name)).unwrap();
    let folder = here.path("");
    let compile = Run::new(&acme, &["compile", "--records", "org"]);
    // Names of the plan and of its events, all of them known.
    let renamed = |text: &str| {
        let new = quoted(HOSTILE);
        let new = new.trim_matches('"');
        ["Available_Cases", "maria.keller@acme.example", "Case_Support"]
            .iter()
            .fold(text.to_owned(), |text, name| text.replace(name, &format!("{name}{new}")))
    };
    let plan = compile.clean(&[0]).0;
    here.write("plan.json", &plan);
    here.write("hostile.json", &renamed(&plan));
    differences_of(&folder);
    let morning = read("events/morning.jsonl");
    for trace in [&[][..], &["--trace"]] {
        let (out, _) =
            Run::new(&folder, &[&["run", "hostile.json"], trace].concat()).stdin(&renamed(&morning)).clean(&[0, 1, 2]);
        assert!(out.contains("pwned"), "{out}");
        let figures = ["run", "hostile.json", "--summary", "--query", "AgentWork,UserServicePresence", "--only"];
        let only = ["queue", "agent", "record"].map(|kind| format!("{kind}={HOSTILE}"));
        for only in only.iter().map(String::as_str).chain(["record=4711"]) {
            let run = Run::new(&folder, &[&figures[..], &[only], trace].concat());
            run.stdin(&renamed(&morning)).clean(&[0, 1, 2]);
        }
        let styled = Run::new(&folder, &[&["run", "hostile.json", "--color", "always"], trace].concat());
        let styled = text(&styled.stdin(&renamed(&morning)).output().stdout, "in colour");
        assert_clean(&without_styles(&styled), false, "a run in colour");
        let at = r#""at":"2026-11-23T07:55:00Z""#;
        let name = quoted(HOSTILE);
        for line in [
            format!(r#"{{{at},"event":{name}}}"#),
            format!(r"{{{at},{name}:1}}"),
            format!(r#"{{"at":{name},"event":"timePassed"}}"#),
            format!(r#"{{{at},"event":"login","user":{name},"statusId":{name}}}"#),
            format!(r#"{{{at},"event":"login","user":"maria.keller@acme.example","statusId":{name}}}"#),
            format!(
                r#"{{{at},"event":"login","user":"maria.keller@acme.example","statusId":"Available_Cases",{name}:{name}}}"#
            ),
            format!(r#"{{{at},"event":"workArrived","queue":{name},"workItemId":{name},"serviceChannelId":{name}}}"#),
            format!(r#"{{{at},"event":"flowStarted","flow":{name}}}"#),
            name.clone(),
            HOSTILE.to_owned(),
        ] {
            Run::new(&folder, &[&["run", "plan.json"], trace].concat()).stdin(&line).clean(&[1, 2]);
            let more = ["run", "plan.json", "--summary", "--query", "AgentWork,UserServicePresence"];
            Run::new(&folder, &[&more, trace].concat()).stdin(&line).clean(&[1, 2]);
        }
    }
    let name = quoted(HOSTILE);
    for content in [
        format!("{{ {name}: {name} }}"),
        format!("{{ \"leastActive\": {name} }}"),
        format!("{{ \"format\": {name} }}"),
        format!("{{ \"options\": {{ {name}: 1 }}, {name}: {name} }}"),
        HOSTILE.to_owned(),
    ] {
        here.write("x.json", &content);
        here.write("x.toml", &content);
        for args in [
            ["run", "plan.json", "--options", "x.json"],
            ["run", "plan.json", "--options", "x.toml"],
            ["run", "plan.json", "--resume", "x.json"],
            ["run", "x.json", "--events", "-"],
        ] {
            Run::new(&folder, &args).clean(&[2]);
        }
    }
}

/// Two plans with hostile names, whose difference quotes them all.
fn differences_of(folder: &Path) {
    let intent =
        format!("only = [\"a\"]\n[gains]\n{0} = [{0}]\n[loses]\n{0} = [{0}]\n", quoted(&HOSTILE.replace('\u{7f}', "")));
    fs::write(folder.join("intent.toml"), intent).unwrap();
    // Reps and statuses have other names, and what is named in rows, with other values, too.
    let text = fs::read_to_string(folder.join("hostile.json")).unwrap();
    let mut plan: Value = serde_json::from_str(&text).unwrap();
    let name = json!(HOSTILE);
    for table in plan["tables"].as_object_mut().unwrap().values_mut() {
        for row in table.as_array_mut().into_iter().flatten() {
            if let Some(file) = row.pointer_mut("/origin/file") {
                *file = json!(format!("a{HOSTILE}/b"));
            }
        }
    }
    for queue in plan["tables"]["queues"].as_array_mut().unwrap() {
        queue["members"] = json!({});
    }
    for config in plan["tables"]["routing_configurations"].as_array_mut().unwrap() {
        config["priority"] = json!(7);
        config["push_timeout_seconds"] = json!(77);
    }
    for view in plan["tables"]["supervisor_views"].as_array_mut().unwrap() {
        view["name"] = name.clone();
    }
    fs::write(folder.join("other.json"), plan.to_string()).unwrap();
    for sides in [["hostile.json", "other.json"], ["other.json", "hostile.json"], ["plan.json", "hostile.json"]] {
        for format in ["human", "json", "markdown", "github"] {
            let args = ["diff", sides[0], sides[1], "--format", format, "--expect", "intent.toml"];
            let (out, _) = Run::new(folder, &args).clean(&[0]);
            assert!(out.contains("pwned"), "{out}");
            if format == "github" {
                assert!(out.lines().all(is_annotation), "{out}");
                let json = Run::new(folder, &["diff", sides[0], sides[1], "--format", "json"]).clean(&[0]).0;
                let json: Value = serde_json::from_str(&json).unwrap();
                assert_eq!(out.lines().count(), json["changes"].as_array().unwrap().len());
            }
            // A file holds what the stream would.
            let file = folder.join("difference");
            Run::new(folder, &[&args[..], &["-o", file.to_str().unwrap()]].concat()).clean(&[0]);
            assert_eq!(fs::read_to_string(&file).unwrap(), out, "{format}");
        }
        let args = ["diff", sides[0], sides[1], "--details", "--color", "always", "--expect", "intent.toml"];
        let styled = text_of(&Run::new(folder, &args).output().stdout);
        assert_clean(&without_styles(&styled), false, "a difference in colour");
        let (out, _) = Run::new(folder, &["diff", sides[0], sides[1], "--details", "--format", "markdown"]).clean(&[0]);
        assert!(!out.replace(r"\[", "").contains("](") && !out.contains("<img"), "{out}");
    }
    for question in [&["--object", "Case"][..], &["--queue", "Cases_Tier_1"], &["--flow", "Route_Messaging"]] {
        for format in ["human", "json"] {
            let args = [&["why", "hostile.json", "--format", format], question].concat();
            Run::new(folder, &args).clean(&[0]);
        }
    }
}

fn text_of(bytes: &[u8]) -> String {
    text(bytes, "standard output")
}

/// git applies a difference that went to a file or a pipe; a runner sees none of what is in it.
#[test]
fn differences_are_as_they_are_but_for_runners() {
    let here = Here::new();
    let object = "<queueSobject><sobjectType>Case</sobjectType></queueSobject>";
    let file = format!("{QUEUES}/A.queue-meta.xml");
    let old = format!(
        "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>A</name>\n\
         <!-- \u{9b}31m\u{202e}\n::error::pwned\n ##[error]pwned -->\n{object}\n{object}\n</Queue>\n"
    );
    let folder = here.sound("sound", "README.md", "");
    fs::write(folder.join(&file), &old).unwrap();
    let diff = |name, value| Run::new(&folder, &["check", "--diff"]).env(name, value);
    for name in ["GITHUB_ACTIONS", "TF_BUILD"] {
        let (out, _) = diff(name, "true").clean(&[1]);
        assert!(out.contains("pwned"), "{out}");
    }
    let raw = diff("TF_BUILD", "").output().stdout;
    assert!(text(&raw, "a difference").contains("\n ::error::pwned\n"));
    let mut apply =
        Command::new("git").args(["apply", "-"]).current_dir(&folder).stdin(Stdio::piped()).spawn().unwrap();
    apply.stdin.take().unwrap().write_all(&raw).unwrap();
    assert!(apply.wait().unwrap().success());
    let fixed = fs::read_to_string(folder.join(&file)).unwrap();
    assert_eq!(fixed, old.replacen(&format!("{object}\n"), "", 1));
}

/// A file that is no file, such as `/dev/stdout`, is a way to the terminal, too.
#[test]
fn files_hold_what_the_streams_would() {
    let here = Here::new();
    let root = here.project();
    for format in FORMATS {
        let stdout = Run::new(&root, &["check", "--format", format]).clean(&[1]).0;
        let file = here.path("out");
        Run::new(&root, &["check", "--output", &format!("{format}={}", file.to_str().unwrap())]).clean(&[1]);
        assert_eq!(fs::read_to_string(file).unwrap(), stdout, "{format}");
    }
}
