//! A small project, and the command run in it.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// Cites a routing configuration that is misspelt, has no members, and lists one object twice.
pub(crate) const QUEUE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueRoutingConfig>Genral</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
</Queue>
"#;

pub(crate) const CONFIG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<QueueRoutingConfig xmlns="http://soap.sforce.com/2006/04/metadata">
    <capacityWeight>1.0</capacityWeight>
    <label>General</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
</QueueRoutingConfig>
"#;

pub(crate) const QUEUE_PATH: &str = "app/queues/Support.queue-meta.xml";
pub(crate) const CONFIG_PATH: &str = "app/queueRoutingConfigs/General.queueRoutingConfig-meta.xml";

/// A project with the two components, and more files.
pub(crate) fn project(more: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let usual = [
        ("sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}], "sourceApiVersion": "66.0"}"#),
        (QUEUE_PATH, QUEUE),
        (CONFIG_PATH, CONFIG),
    ];
    for (path, text) in usual.iter().chain(more) {
        write(folder.path(), path, text);
    }
    folder
}

pub(crate) fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Makes a symbolic link at `at`, in the place of a file that may be there.
#[cfg(unix)]
pub(crate) fn link(to: impl AsRef<Path>, at: impl AsRef<Path>) {
    let _ = fs::remove_file(&at);
    std::os::unix::fs::symlink(to, at).unwrap();
}

pub(crate) fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_omnic"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("OMNIC_")) {
        command.env_remove(name);
    }
    command.current_dir(folder).args(args);
    command
}

/// Exit status, standard output, standard error.
pub(crate) fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> (i32, String, String) {
    told(&command(folder, args).output().unwrap())
}

/// `code severity` of each finding, in order.
pub(crate) fn findings(folder: &Path, args: &[&str]) -> Vec<String> {
    let (_, out, error) = run(folder, &[&["check", "--format", "json"], args].concat());
    assert!(!out.is_empty(), "{error}");
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let word = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let list = document["diagnostics"].as_array().unwrap();
    list.iter().map(|finding| format!("{} {}", word(finding, "code"), word(finding, "severity"))).collect()
}
