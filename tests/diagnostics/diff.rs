//! What `--diff` prints, as git takes it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use omnic::fix::diff;
use proptest::prelude::*;

/// Has git apply `patch` in `folder`, which becomes a repository; what git complains of, if it does.
fn apply(folder: &Path, patch: &str) -> Result<(), String> {
    let git = |args: &[&str]| {
        let mut git = Command::new("git");
        git.args(["-c", "core.autocrlf=false"]);
        git.args(args).current_dir(folder).env_remove("GIT_DIR").env("GIT_CEILING_DIRECTORIES", folder);
        git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    };
    assert!(git(&["init", "--quiet"]).wait_with_output().unwrap().status.success());
    let mut child = git(&["apply", "--whitespace=nowarn", "-"]);
    child.stdin.take().unwrap().write_all(patch.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    if output.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&output.stderr).into_owned()) }
}

/// Whether git makes `new` of `old` by our difference.
fn applies(path: &str, old: &str, new: &str) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(path);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, old).unwrap();
    let printed = diff(path, old, new);
    assert_eq!(apply(folder.path(), &printed), Ok(()), "{path}: {old:?} to {new:?}:\n{printed}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), new, "{path}:\n{printed}");
}

#[test]
fn git_applies_differences_whatever_the_line_ends() {
    let texts = [
        "1\n2\n3\n4\n5\n",
        "1\n2\n3\n4\n5",
        "1\r2\r3\r",
        "1\r2\r3",
        "1\r\n2\r\n3\r\n",
        "1\r\n2\r\n3",
        "1\n2\r3\r\n4\r\n\r5\n\r",
        "\u{feff}1\r\n\n",
        "\n",
        "\r",
    ];
    for old in texts {
        for new in texts.into_iter().filter(|new| *new != old) {
            applies("a.xml", old, new);
        }
    }
}

#[test]
fn git_applies_differences_of_files_with_any_name() {
    for path in ["a b/c d.xml", "Größe/é 𝄞.xml", "a/b/c.xml", "-a/--- b.xml", "a'b.xml", "null"] {
        applies(path, "1\r2\n", "1\r3\n");
    }
    // Names that no file on Windows has.
    if cfg!(unix) {
        for path in ["a\"b.xml", "a\\b.xml", "a\tb.xml", "a\nb/c d.xml", "é\"\u{1} \u{7f}\\n.xml", "\"a\".xml"] {
            applies(path, "1\r2\n", "1\r3\n");
        }
    }
}

#[test]
fn git_applies_differences_of_an_empty_file() {
    applies("a b.xml", "", "1\n2\n");
    applies("a.xml", "", "1\r");
}

/// The whole way: what the program prints for a file whose lines end in carriage returns alone, in some places.
#[test]
fn git_applies_what_the_program_prints() {
    let lines = [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\">",
        "    <doesSendEmailToMembers>false</doesSendEmailToMembers>",
        "    <name>A&#13;B</name>",
        "    <queueSobject>",
        "        <sobjectType>Case</sobjectType>",
        "    </queueSobject>",
        "    <queueSobject>",
        "        <sobjectType>Case</sobjectType>",
        "    </queueSobject>",
        "</Queue>",
    ];
    for (name, text) in [
        ("one", lines.join("\r")),
        ("two words", lines.join("\r") + "\r"),
        ("mixed", lines.join("\n").replace("\n    <n", "\r    <n").replace("<queueSobject>\n", "<queueSobject>\r\n")),
        ("windows", lines.join("\r\n") + "\r\n"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        std::fs::write(root.join("sfdx-project.json"), r#"{ "packageDirectories": [{ "path": "app" }] }"#).unwrap();
        let file = root.join("app").join(format!("{}.queue-meta.xml", name.replace(' ', "_")));
        std::fs::create_dir(root.join("app")).unwrap();
        std::fs::write(&file, &text).unwrap();
        let omnic = |args: &[&str]| {
            let output = Command::new(env!("CARGO_BIN_EXE_omnic")).args(args).current_dir(root).output().unwrap();
            String::from_utf8(output.stdout).unwrap()
        };
        let patch = omnic(&["check", "--diff"]);
        assert!(patch.starts_with("--- a/app/"), "{name}: {patch}");
        assert_eq!(apply(root, &patch), Ok(()), "{name}:\n{patch}");
        let applied = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, &text).unwrap();
        omnic(&["check", "--fix"]);
        assert_eq!(applied, std::fs::read_to_string(&file).unwrap(), "{name}:\n{patch}");
        assert!(applied != text && applied.contains("A&#13;B"), "{name}: {applied:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn git_applies_differences_of_random_texts(old in "([ab]{0,2}(\r|\n|\r\n)){0,12}[ab]?", new in "([ab]{0,2}(\r|\n|\r\n)){0,12}[ab]?") {
        if old != new && !old.is_empty() && !new.is_empty() {
            applies("a.xml", &old, &new);
        }
    }
}
