//! Files: what is read of them, and what is written to them, whatever lies there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::small;
use std::fs;
use std::path::Path;

use crate::small::{CONFIG, CONFIG_PATH, QUEUE, QUEUE_PATH, project, run, write};

/// With nothing that is an error.
fn healthy() -> String {
    QUEUE.replace("Genral", "General")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = entries.collect();
    names.sort();
    names
}

#[test]
fn what_cannot_be_read_is_not_called_wrong() {
    let compile = |folder: &Path| {
        let (status, out, error) = run(folder, &["compile"]);
        assert_eq!(out.is_empty(), status != 0, "{error}");
        (status, error)
    };
    let folder = project(&[(QUEUE_PATH, &healthy())]);
    let (root, queue) = (folder.path(), folder.path().join(QUEUE_PATH));
    assert_eq!(compile(root).0, 0);
    write(root, QUEUE_PATH, QUEUE);
    let (status, error) = compile(root);
    assert_eq!(status, 1, "{error}");
    assert!(error.contains("no plan was written: a project with errors is not compiled"), "{error}");

    fs::write(&queue, b"<Queue>\xff</Queue>").unwrap();
    let (status, error) = compile(root);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains(&format!("no plan was written: `{QUEUE_PATH}` could not be read")), "{error}");
    let utf16: Vec<u8> = healthy().encode_utf16().flat_map(u16::to_be_bytes).collect();
    fs::write(&queue, utf16).unwrap();
    let (status, error) = compile(root);
    assert!(status == 2 && error.contains("is UTF-16BE, not UTF-8"), "{error}");
    fs::File::create(&queue).unwrap().set_len(17 * 1024 * 1024).unwrap();
    assert_eq!(compile(root).0, 2);

    // What is not well-formed is wrong; but nobody who silences that wants a plan without the rest of the file.
    fs::write(&queue, healthy().replace("</Queue>", "")).unwrap();
    assert_eq!(compile(root).0, 1);
    write(root, "omnic.toml", "[checks]\nOC002 = \"off\"\n");
    let (status, error) = compile(root);
    assert_eq!(status, 2, "{error}");
    assert!(error.contains("cannot be read to its end"), "{error}");
}

#[test]
fn a_slip_in_only_is_told() {
    let other = "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><name>Other</name></Queue>";
    let folder = project(&[("README.md", "x"), ("other/queues/Other.queue-meta.xml", other)]);
    let root = folder.path();
    let only = |paths: &[&str]| run(root, &[&["check", "--only"], paths].concat());
    for (path, near) in [
        ("app/queues/completely_different", None),
        ("app/queue", Some("app/queues")),
        ("ap/queues", Some("app/queues")),
        ("app/queues/Suport.queue-meta.xm", None),
        ("app/queus/Support.txt", Some("app/queues")),
        ("nowhere/at/all", None),
        // Outside of the package directories there are no components that could be gone.
        ("other/queues/Gone.queue-meta.xml", None),
        ("../Gone.queue-meta.xml", None),
    ] {
        let (status, out, error) = only(&[QUEUE_PATH, path]);
        assert_eq!((status, &*out), (2, ""), "{path}: {error}");
        assert!(error.starts_with(&format!("error: `{path}` of `--only` does not exist\n  help: ")), "{error}");
        assert_eq!(
            near.map(|near| error.contains(&format!("help: did you mean `{near}`?"))),
            near.map(|_| true),
            "{error}"
        );
        assert_eq!(error.contains("did you mean"), near.is_some(), "{error}");
    }
    // Lists of scripts have what does not concern the project, but not alone.
    let (status, _, error) = only(&[QUEUE_PATH, "README.md", "other/queues/Other.queue-meta.xml"]);
    assert_eq!(status, 1);
    assert!(error.contains("warning: `README.md` of --only is not part of the project"), "{error}");
    for paths in [&["README.md"][..], &["README.md", "other"]] {
        let (status, out, error) = only(paths);
        assert_eq!((status, &*out), (2, ""), "{error}");
        assert!(error.contains("error: `--only` names nothing of the project\n  help: "), "{error}");
    }
    // A component that is gone, and who names it.
    fs::remove_file(root.join(CONFIG_PATH)).unwrap();
    write(root, QUEUE_PATH, &healthy());
    let (status, out, error) = only(&[CONFIG_PATH]);
    assert_eq!(error, "");
    assert!(status == 0 || out.contains("OC201"), "{out}");
    let (status, _, error) = only(&["app/queues/Gone.queue-meta.xml"]);
    assert_eq!((status, &*error), (0, ""));
}

#[test]
fn what_was_read_is_not_written_over() {
    let events = "{\"at\":\"2026-11-23T08:00:00Z\",\"event\":\"timePassed\"}\n";
    let role = "Id,DeveloperName,Name,ParentRoleId\n";
    let folder = project(&[
        (QUEUE_PATH, &healthy()),
        ("omnic.toml", "extend = \"base.toml\"\n\n[org]\nrecords = \"org\"\ninventory = [\"names\"]\n"),
        ("base.toml", "fail-on = \"error\"\n"),
        (".forceignore", "x\n"),
        ("org/UserRole.csv", role),
        ("names/queues.json", "{\"status\": 0, \"result\": [{\"type\": \"Queue\", \"fullName\": \"Far\"}]}"),
        ("events.jsonl", events),
        ("options.toml", "maxOpenItems = 5\n"),
    ]);
    let root = folder.path();
    let (status, _, error) = run(root, &["baseline", "create", "--min-severity", "note"]);
    assert_eq!(status, 0, "{error}");
    let (status, _, error) = run(root, &["compile", "-o", "plan.json"]);
    assert_eq!(status, 0, "{error}");
    fs::create_dir(root.join("sub")).unwrap();
    fs::hard_link(root.join(QUEUE_PATH), root.join("hard.xml")).unwrap();
    let refused = |args: &[&str], file: &str| {
        let before = fs::read(root.join(file)).unwrap();
        let (status, out, error) = run(root, args);
        assert_eq!((status, &*out), (2, ""), "{args:?}: {error}");
        assert!(
            error.contains("` would overwrite `") && error.contains("help: name another file"),
            "{args:?}: {error}"
        );
        assert_eq!(fs::read(root.join(file)).unwrap(), before, "{args:?}");
    };
    let of_project = [
        QUEUE_PATH,
        "hard.xml",
        "./sub/../app/queues/Support.queue-meta.xml",
        "sfdx-project.json",
        ".forceignore",
        "omnic.toml",
        "base.toml",
        "org/UserRole.csv",
        "names/queues.json",
    ];
    for file in of_project {
        refused(&["compile", "-o", file], file);
        refused(&["check", "--output", &format!("json={file}")], file);
        refused(&["run", "--events", "events.jsonl", "--save", file], file);
        refused(&["baseline", "create", "--force", "--baseline", file], file);
    }
    refused(&["check", "--fix", "--output", "json=omnic-baseline.json"], "omnic-baseline.json");
    for file in ["plan.json", "events.jsonl", "options.toml"] {
        let args = ["run", "plan.json", "--events", "events.jsonl", "--options", "options.toml", "--save", file];
        refused(&args, file);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(root.join("events.jsonl"), root.join("link")).unwrap();
        refused(&["run", "plan.json", "--events", "events.jsonl", "--save", "link"], "events.jsonl");
    }
    // What may be written over: its own baseline, and the state that a run went on from.
    for args in [
        &["baseline", "update"][..],
        &["baseline", "prune"],
        &["baseline", "create", "--force"],
        &["run", "plan.json", "--events", "events.jsonl", "--save", "state.json"],
        &["run", "plan.json", "--events", "events.jsonl", "--resume", "state.json", "--save", "state.json"],
        &["compile", "-o", "plan.json"],
    ] {
        let (status, _, error) = run(root, args);
        assert_eq!(status, 0, "{args:?}: {error}");
    }
}

#[test]
fn two_outputs_are_two_files() {
    let folder = project(&[("old.json", "{}")]);
    let root = folder.path();
    fs::create_dir(root.join("sub")).unwrap();
    fs::hard_link(root.join("old.json"), root.join("hard.json")).unwrap();
    let same = |one: &str, other: &str| {
        let args = ["check", "--output", &format!("json={one}"), "--output", &format!("sarif={other}")];
        let (status, out, error) = run(root, &args);
        assert_eq!((status, &*out), (2, ""), "{one} {other}: {error}");
        assert!(error.contains("two formats are to be written to `"), "{error}");
    };
    for (one, other) in [("new.json", "./new.json"), ("sub/../new.json", "new.json"), ("old.json", "hard.json")] {
        same(one, other);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("sub", root.join("way")).unwrap();
        std::os::unix::fs::symlink("old.json", root.join("soft.json")).unwrap();
        same("way/new.json", "sub/new.json");
        same("soft.json", "old.json");
    }
    assert!(!root.join("new.json").exists());
    assert_eq!(fs::read_to_string(root.join("old.json")).unwrap(), "{}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    use std::os::unix::process::ExitStatusExt as _;
    use std::process::{Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    #[test]
    fn a_fix_keeps_the_mode_the_owner_and_other_names() {
        let folder = project(&[("app/queueRoutingConfigs/Genral.queueRoutingConfig-meta.xml", CONFIG)]);
        let (root, queue) = (folder.path(), folder.path().join(QUEUE_PATH));
        fs::set_permissions(&queue, fs::Permissions::from_mode(0o640)).unwrap();
        // Only root may give a file away; who is not keeps what there is.
        let _ = std::os::unix::fs::chown(&queue, Some(4711), Some(4712));
        let before = fs::metadata(&queue).unwrap();
        fs::hard_link(&queue, root.join("second.xml")).unwrap();
        let (status, out, error) = run(root, &["check", "--fix"]);
        assert_eq!((status, &*out), (2, ""), "{error}");
        assert!(error.contains("was not fixed: it has more than one name (hard link)"), "{error}");
        assert!(error.contains("help: replace it with a copy of itself"), "{error}");
        assert_eq!(fs::read_to_string(&queue).unwrap(), QUEUE);

        fs::remove_file(root.join("second.xml")).unwrap();
        let (_, _, error) = run(root, &["check", "--fix"]);
        assert!(error.contains("fixed 1 finding in 1 file"), "{error}");
        let after = fs::metadata(&queue).unwrap();
        assert_ne!(after.ino(), before.ino(), "it was replaced as a whole");
        assert_eq!((after.uid(), after.gid(), after.mode()), (before.uid(), before.gid(), before.mode()));

        fs::hard_link(&queue, root.join("second.xml")).unwrap();
        let (status, _, error) = run(root, &["compile", "-o", "second.xml"]);
        assert_eq!(status, 2, "{error}");
    }

    /// The same file again and again: most of the time there is a temporary one.
    #[test]
    fn a_signal_leaves_no_temporary_files() {
        let many: Vec<(String, String)> = (0..400)
            .map(|number| {
                let text = QUEUE.replace("Genral", "General").replace(">Support<", &format!(">Queue_{number}<"));
                // Long, so that writing takes its time.
                (format!("app/queues/Queue_{number}.queue-meta.xml"), text + &"<!-- -->\n".repeat(300))
            })
            .collect();
        let many: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, &**text)).collect();
        for signal in ["-INT", "-TERM", "-HUP"] {
            let folder = project(&many);
            let root = folder.path();
            let first = root.join(many[0].0);
            let before = fs::metadata(&first).unwrap().ino();
            let mut child = small::command(root, &["check", "--fix", "--min-severity", "note"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let begin = Instant::now();
            while fs::metadata(&first).unwrap().ino() == before && begin.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(1));
            }
            Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
            let status = child.wait().unwrap();
            assert!(status.signal().is_some(), "{signal} {status}: it was not ended in the middle");
            let left: Vec<String> = names(&root.join("app/queues"))
                .into_iter()
                .filter(|name| !name.starts_with("Queue_") && !name.starts_with("Support"))
                .collect();
            assert!(left.is_empty(), "{signal}: {left:?}");
        }
    }
}
