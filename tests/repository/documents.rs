//! What the documentation says is so: the checks it names exist, its links lead somewhere, its commands are accepted,
//! and its YAML is YAML.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::path::{Path, PathBuf};

use saphyr::{LoadableYamlNode, Yaml};

/// The pages written by hand, and the ones made.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "examples/README.md",
        "examples/adapter/README.md",
        "examples/broken/README.md",
    ]
    .map(PathBuf::from)
    .to_vec();
    let entries = walkdir::WalkDir::new("docs").sort_by_file_name().into_iter().map(Result::unwrap);
    pages.extend(entries.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "md")));
    pages
}

pub(crate) fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).unwrap().replace("\r\n", "\n")
}

#[test]
fn checks_that_are_named_exist() {
    for path in pages() {
        let text = read(&path);
        for (at, _) in text.match_indices("OC") {
            let code: String = text[at..].chars().take_while(char::is_ascii_alphanumeric).collect();
            if code.len() == 5 && code[2..].bytes().all(|byte| byte.is_ascii_digit()) {
                assert!(omnic::checks::find(&code).is_some(), "{} names {code}", path.display());
            }
        }
    }
}

#[test]
fn links_lead_to_files_and_headings() {
    for path in pages() {
        let text = read(&path);
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.contains("://") {
                continue;
            }
            let (file, heading) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            assert!(file.exists(), "{} links to {}", path.display(), file.display());
            assert!(heading.is_empty() || anchors(&read(&file)).contains(&heading.to_owned()), "{target}");
        }
    }
}

/// Pages for people who work on the program, and the folder that they speak of.
const FOR_DEVELOPERS: [(&str, &str); 5] = [
    ("CONTRIBUTING.md", "."),
    ("SECURITY.md", "."),
    ("docs/performance.md", "."),
    ("docs/runtime.md", "."),
    ("editors/vscode/CONTRIBUTING.md", "editors/vscode"),
];

#[test]
fn files_that_are_named_exist() {
    let mut named = 0;
    for (page, folder) in FOR_DEVELOPERS {
        for path in code_in_sentences(Path::new(page)) {
            let (first, rest) = path.split_once('/').unwrap_or_default();
            let is_ours = ["src", "tests", "docs", "schemas", "editors", "benches", "fuzz", ".ci"].contains(&first);
            if is_ours && !rest.contains([' ', '<', '*', '{']) {
                named += 1;
                let exists = |folder: &str| Path::new(folder).join(&path).exists();
                assert!(exists(folder) || exists("."), "{page} names `{path}`");
            }
        }
    }
    assert!(named > 50, "{named}");
}

/// What GitHub calls the headings of a page in links.
fn anchors(page: &str) -> Vec<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix('#'));
    let words = headings.map(|line| line.trim_start_matches('#').trim().to_lowercase().replace(' ', "-"));
    words.map(|words| words.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect()).collect()
}

/// A fenced block: where it is, its language, its lines.
struct Block {
    at: String,
    language: String,
    lines: Vec<String>,
}

impl Block {
    /// Its text, at the margin: blocks in lists are indented.
    fn text(&self) -> String {
        let blank = |line: &&String| !line.trim().is_empty();
        let margin =
            self.lines.iter().filter(blank).map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
        self.lines.iter().map(|line| line.get(margin..).unwrap_or_default().to_owned() + "\n").collect()
    }
}

fn blocks(path: &Path) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in read(path).lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                let at = format!("{}:{}", path.display(), number + 1);
                open = Some(Block { at, language: language.to_owned(), lines: Vec::new() });
            }
            (None, Some(block)) => block.lines.push(line.to_owned()),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "{}: a block does not end", path.display());
    blocks
}

/// What the command line says of `words`, if it does not take them. Help and version are taken.
fn refusal(words: &[String]) -> Option<String> {
    let error = omnic::cli::command().try_get_matches_from(words).err().filter(clap::Error::use_stderr)?;
    Some(error.to_string().lines().next().unwrap().to_owned())
}

/// The calls of `omnic` in a line of a script, a screen or a workflow.
fn calls(line: &str) -> Vec<Vec<String>> {
    let line = line.trim_start().trim_start_matches("$ ").trim_start_matches("- ");
    let line = ["run: ", "script: ", "entry: "].iter().fold(line, |line, key| line.strip_prefix(key).unwrap_or(line));
    let words = shlex::split(line).unwrap_or_default();
    let ends = |word: &String| matches!(word.as_str(), "|" | "||" | "&&" | ";" | ">" | "<");
    // Alone it is the program's name.
    let is_call = |words: &&[String]| words.len() > 1 && words[0] == "omnic";
    words.split(ends).filter(is_call).map(<[_]>::to_vec).collect()
}

#[test]
fn calls_are_found() {
    assert_eq!(calls("- run: omnic check -x 'a b' | jq # more"), [["omnic", "check", "-x", "a b"]]);
    assert_eq!(calls("$ omnic explain && omnic check"), [vec!["omnic", "explain"], vec!["omnic", "check"]]);
    assert_eq!(calls("cargo install omnic"), [[""; 0]; 0]);
    assert!(refusal(&["omnic", "check", "--no-such-flag"].map(str::to_owned)).is_some());
}

#[test]
fn commands_are_accepted() {
    let mut refused = Vec::new();
    for path in pages() {
        for block in blocks(&path).iter().filter(|b| ["sh", "console", "yaml"].contains(&b.language.as_str())) {
            for words in block.lines.iter().flat_map(|line| calls(line)) {
                refused.extend(refusal(&words).map(|why| format!("{}: {}: {why}", block.at, words.join(" "))));
            }
        }
        // In sentences, a word in capitals stands for another.
        let stands_for_another = |word: &String| word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        for words in code_in_sentences(&path).iter().flat_map(|code| calls(code)) {
            if !words.iter().any(stands_for_another) {
                refused.extend(refusal(&words).map(|why| format!("{}: {}: {why}", path.display(), words.join(" "))));
            }
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// The command line and the commands below it.
fn commands() -> Vec<clap::Command> {
    let mut command = omnic::cli::command();
    command.build();
    let mut commands = vec![command];
    let mut at = 0;
    while at < commands.len() {
        let below: Vec<_> = commands[at].get_subcommands().cloned().collect();
        commands.extend(below);
        at += 1;
    }
    commands
}

#[test]
fn examples_in_the_help_are_accepted() {
    let mut refused = Vec::new();
    for command in commands() {
        let Some(help) = command.get_after_help().map(ToString::to_string) else { continue };
        for words in help.lines().flat_map(calls) {
            refused.extend(refusal(&words).map(|why| format!("{}: {}: {why}", command.get_name(), words.join(" "))));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// An option that is named without its command is one of some command.
#[test]
fn options_exist() {
    let commands = commands();
    let known: Vec<&str> =
        commands.iter().flat_map(clap::Command::get_arguments).filter_map(clap::Arg::get_long).collect();
    let mut unknown = Vec::new();
    for path in pages() {
        for code in code_in_sentences(&path) {
            let Some(rest) = code.strip_prefix("--") else { continue };
            let name = rest.split([' ', '=']).next().unwrap();
            // Those of Cargo and of the Salesforce CLI, which the pages name too.
            if !["tag", "rev", "json", "output-file"].contains(&name) && !known.contains(&name) {
                unknown.push(format!("{}: --{name}", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "no command has {unknown:#?}");
}

/// What stands between single back-quotes, outside of blocks.
fn code_in_sentences(path: &Path) -> Vec<String> {
    let text = read(path);
    let outside: String = text.split("```").step_by(2).collect();
    outside.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

pub(crate) fn yaml(at: &str, text: &str) -> Yaml<'static> {
    let mut documents = Yaml::load_from_str(text).unwrap_or_else(|error| panic!("{at}: {error}"));
    assert_eq!(documents.len(), 1, "{at}");
    documents.remove(0)
}

#[test]
fn yaml_is_yaml() {
    for path in pages() {
        for block in blocks(&path).iter().filter(|block| block.language == "yaml") {
            yaml(&block.at, &block.text());
        }
    }
    for path in [".pre-commit-hooks.yaml", ".github/workflows/ci.yml"] {
        yaml(path, &read(path));
    }
}

#[test]
fn hooks_run_for_every_type_of_file() {
    let hooks = yaml("hooks", &read(".pre-commit-hooks.yaml"));
    for hook in hooks.as_sequence().unwrap() {
        let files = hook["files"].as_str().unwrap();
        for kind in omnic::schema::Kind::TYPES {
            let suffix = omnic::schema::suffix(kind).unwrap();
            let there = files.contains(&format!("|{suffix}|"))
                || files.contains(&format!("({suffix}|"))
                || files.contains(&format!("|{suffix})"))
                || files.contains(&format!(r"OmniChannel\.{suffix})"));
            assert!(there, "{} does not run for {suffix}", hook["id"].as_str().unwrap());
        }
        assert!(calls(hook["entry"].as_str().unwrap()).len() == 1);
    }
}

/// Text of an input that stands in a script would be run as a part of it, and a tag of an action can be moved.
#[test]
fn the_action_is_safe() {
    let action = yaml("action.yml", &read("action.yml"));
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        if let Some(script) = step.as_mapping_get("run") {
            assert!(!script.as_str().unwrap().contains("${{"), "{script:?}");
        }
        if let Some(other) = step.as_mapping_get("uses") {
            let (_, commit) = other.as_str().unwrap().split_once('@').unwrap();
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{other:?}");
        }
    }
}

/// The checked repository may hold a `rust-toolchain.toml` and a `.cargo/config.toml`: both count where Cargo is started.
#[cfg(unix)]
#[test]
fn the_action_builds_where_no_file_of_the_checked_repository_counts() {
    use std::os::unix::fs::PermissionsExt as _;

    let action = yaml("action.yml", &read("action.yml"));
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let script = |step: &saphyr::Yaml<'_>| step.as_mapping_get("run").map(|run| run.as_str().unwrap().to_owned());
    let builds = |step: &&saphyr::Yaml<'_>| script(step).is_some_and(|script| script.contains("cargo "));
    let [step] = steps.iter().filter(builds).collect::<Vec<_>>()[..] else { panic!("one step builds") };
    assert_eq!(step["env"]["RUSTUP_TOOLCHAIN"].as_str(), Some("${{ steps.key.outputs.toolchain }}"));
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in ["workspace", "action", "bin", "temp"] {
        std::fs::create_dir(at(name)).unwrap();
    }
    for name in ["cargo", "rustup", "rustc"] {
        std::fs::write(at("bin").join(name), "#!/bin/sh\necho \"$(basename $0) in $(pwd)\" >> \"$RUNNER_TEMP/log\"\n")
            .unwrap();
        std::fs::set_permissions(at("bin").join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = format!("{}:{}", at("bin").display(), std::env::var("PATH").unwrap());
    let ran = std::process::Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script(step).unwrap()])
        .current_dir(at("workspace"))
        .env("PATH", path)
        .env("GITHUB_ACTION_PATH", at("action"))
        .env("RUNNER_TEMP", at("temp"))
        .env("RUSTUP_TOOLCHAIN", "1.95.0")
        .status();
    assert!(ran.unwrap().success());
    let action = at("action").canonicalize().unwrap();
    let log = std::fs::read_to_string(at("temp").join("log")).unwrap();
    assert_eq!(log, format!("rustup in {0}\ncargo in {0}\n", action.display()));
}

/// A tag of an image can be moved, and git's check of who owns a repository is there for a reason.
#[test]
fn the_images_are_safe() {
    let dockerfile = read("Dockerfile");
    let images = dockerfile.lines().filter_map(|line| line.strip_prefix("ARG ")?.split_once("_IMAGE="));
    for (name, image) in images {
        let (_, digest) = image.split_once("@sha256:").unwrap_or_default();
        assert!(digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()), "{name}: {image}");
    }
    for line in dockerfile.lines().filter(|line| line.starts_with("FROM ")) {
        let pinned = ["FROM ${RUST_IMAGE}", "FROM ${ALPINE_IMAGE}"].iter().any(|from| line.starts_with(from));
        assert!(pinned || line == "FROM scratch", "{line}");
    }
    assert!(!dockerfile.contains("syntax=") && !dockerfile.contains("safe.directory"));
}
