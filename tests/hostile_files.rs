//! Files, folders and links that somebody made to do harm: each test would take for ever, or tell what it should not,
//! without the defence.

#![allow(clippy::unwrap_used, reason = "a test whose project cannot be made has failed")]
#![allow(clippy::print_stdout, reason = "how long a defence takes is worth knowing")]

mod small;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use small::{QUEUE, QUEUE_PATH, findings, project, run, write};

/// Long enough for the slowest machine, and short beside what happens without the defence.
const PATIENCE: Duration = Duration::from_secs(60);

#[cfg(unix)]
fn link(to: impl AsRef<Path>, at: &Path) {
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(to, at).unwrap();
}

/// Each of these folders leads to the next one in ten ways: to the file behind them, in ten to the power of twelve.
#[cfg(unix)]
#[test]
fn links_that_fan_out_end() {
    let folder = project(&[]);
    let root = folder.path();
    for level in 0..12 {
        for way in 0..10 {
            link(format!("../level{}", level + 1), &root.join(format!("app/level{level}/way{way}")));
        }
    }
    write(root, "app/level12/queues/Deep.queue-meta.xml", QUEUE);
    let start = Instant::now();
    let (status, out, error) = run(root, &["check", "--format", "concise"]);
    assert!(start.elapsed() < PATIENCE);
    assert_eq!(status, 1, "{error}");
    let deep = out.lines().filter(|line| line.contains("Deep.queue-meta.xml")).count();
    assert_eq!(deep, 2, "each file is there once, by its path without a link:\n{out}");
    assert!(out.lines().filter(|line| line.contains("Deep")).all(|line| line.starts_with("app/level12/")), "{out}");
}

#[cfg(unix)]
#[test]
fn a_folder_behind_links_is_found_by_the_first_one() {
    let folder = project(&[]);
    let root = folder.path();
    write(root, "shared/queues/Behind.queue-meta.xml", QUEUE);
    for name in ["c", "a", "b"] {
        link("../shared", &root.join("app").join(name));
    }
    // Up, round and to itself.
    link("..", &root.join("shared/up"));
    link(".", &root.join("shared/self"));
    let (_, out, _) = run(root, &["check", "--format", "concise"]);
    let behind: Vec<&str> = out.lines().filter(|line| line.contains("Behind")).collect();
    assert_eq!(behind.len(), 2, "{out}");
    assert!(behind.iter().all(|line| line.starts_with("app/a/queues/")), "{out}");
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out() {
    let outside = tempfile::tempdir().unwrap();
    let secret = "<Queue>hunter2 & more</Queue>";
    write(outside.path(), "queues/Secret.queue-meta.xml", secret);
    for (at, to) in [
        ("app/queues/Out.queue-meta.xml", outside.path().join("queues/Secret.queue-meta.xml")),
        ("app/out", outside.path().to_path_buf()),
        ("app/root", Path::new("/").to_path_buf()),
    ] {
        let folder = project(&[]);
        let root = folder.path();
        link(&to, &root.join(at));
        for format in ["human", "json", "sarif", "markdown", "github"] {
            let start = Instant::now();
            let (status, out, error) = run(root, &["check", "--min-severity", "note", "--format", format]);
            assert!(start.elapsed() < PATIENCE, "{at}");
            assert_eq!(status, 2, "{at}: {error}");
            assert!(
                error.contains(&format!("`{at}` could not be used: it leads out of the project's root")),
                "{error}"
            );
            assert!(!out.contains("hunter2") && !out.contains("Secret"), "{at}: {out}");
        }
        // In the same work tree it is not outside.
        if at == "app/root" {
            continue;
        }
        let inside = root.join("beside");
        fs::create_dir_all(inside.join("queues")).unwrap();
        write(root, "beside/queues/Secret.queue-meta.xml", QUEUE);
        fs::remove_file(root.join(at)).unwrap();
        link(if at.ends_with("xml") { inside.join("queues/Secret.queue-meta.xml") } else { inside }, &root.join(at));
        assert_eq!(run(root, &["check"]).0, 1);
    }
}

/// A pipe that takes the place of a file after the walk; without a writer, to open it is to wait.
#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    use omnic::source::{Interest, ReadProblem, discover, read, read_bytes, read_file};

    let pipe = |path: &Path| {
        let made = std::process::Command::new("mkfifo").arg(path).status();
        assert!(made.unwrap().success());
    };
    let folder = project(&[]);
    let root = folder.path();
    let interest = |_: &str| Interest::Read;
    let options = omnic::source::DiscoverOptions {
        api_version: None,
        allow_outside: false,
        interest: &interest,
        type_folders: &[],
    };
    let found = discover(root, &options).unwrap();
    let queue = found.entries.iter().find(|entry| entry.path == QUEUE_PATH).unwrap();
    fs::remove_file(root.join(QUEUE_PATH)).unwrap();
    pipe(&root.join(QUEUE_PATH));
    let refused = Err(ReadProblem::Io("not a regular file".to_owned()));
    assert_eq!(read(queue, &mut Vec::new()), refused);
    assert_eq!(read_file(&root.join(QUEUE_PATH)), refused.clone().map(str::to_owned));
    assert_eq!(read_bytes(&root.join(QUEUE_PATH)), refused.map(|text| text.as_bytes().to_vec()));
    // One that is there from the start is no file of the project.
    write(root, "app/queues/Other.queue-meta.xml", QUEUE);
    assert_eq!(findings(root, &[]).len(), 2);
    for name in [".forceignore", "omnic.toml", "omnic-baseline.json", "app/package.xml"] {
        pipe(&root.join(name));
        let start = Instant::now();
        let (status, _, error) = run(root, &["check"]);
        assert!(start.elapsed() < PATIENCE && status >= 1, "{name}: {error}");
        fs::remove_file(root.join(name)).unwrap();
    }
}

#[test]
fn patterns_that_take_for_ever_are_left_out() {
    let folder = project(&[]);
    let root = folder.path();
    let many = |line: &str, number: usize| format!("{line}\n").repeat(number);
    let classes = format!("[{}]*never", "a-zA-Z0-9_.".repeat(40));
    for (what, patterns, told) in [
        ("large", many("**/never/*.xml", 1_000_000), "too large: "),
        ("many", many("*x", 5000), "more than 4000 lines"),
        ("long", format!("{}\n", "**/*a".repeat(100_000)), "too large: "),
        ("long line", format!("{}\n", "**/*a".repeat(1000)), "line 1: longer than 1000 bytes"),
        ("deep", many(&"**/*a*/".repeat(40), 400), ""),
        ("classes", many(&classes, 250), ""),
    ] {
        write(root, ".forceignore", &patterns);
        let start = Instant::now();
        let (status, _, error) = run(root, &["check"]);
        println!("{what}: {:?}", start.elapsed());
        assert!(start.elapsed() < PATIENCE, "{what}");
        assert!(error.contains(told), "{what}: {error}");
        assert_eq!(status, if told.is_empty() { 1 } else { 2 }, "{what}: {error}");
    }
}

#[test]
fn encodings_are_named() {
    let folder = project(&[]);
    let root = folder.path();
    let wide = |order: fn(u32) -> [u8; 4]| QUEUE.chars().flat_map(|c| order(c as u32)).collect::<Vec<u8>>();
    for (bytes, name) in [
        (wide(u32::to_le_bytes), "UTF-32LE"),
        (wide(u32::to_be_bytes), "UTF-32BE"),
        (QUEUE.encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16LE"),
        (QUEUE.encode_utf16().flat_map(u16::to_be_bytes).collect(), "UTF-16BE"),
    ] {
        fs::write(root.join(QUEUE_PATH), bytes).unwrap();
        let (_, out, _) = run(root, &["check", "--format", "concise"]);
        assert!(out.contains(name), "{name}: {out}");
    }
}

#[test]
fn versions_are_digits() {
    let folder = project(&[]);
    let root = folder.path();
    for wrong in ["+66", "-66", "066", "６６", "66.0.0", "0x42", "66.", "", "6 6"] {
        let (status, _, error) = run(root, &["check", &format!("--api-version={wrong}")]);
        assert!(status == 2 && error.contains("an API version looks like 66.0"), "{wrong}: {error}");
        if !wrong.is_empty() {
            let text = format!(r#"{{"packageDirectories": [{{"path": "app"}}], "sourceApiVersion": "{wrong}"}}"#);
            write(root, "sfdx-project.json", &text);
            assert_eq!(run(root, &["check"]).0, 2, "{wrong}");
        }
    }
    for right in ["66", "66.0"] {
        assert_eq!(run(root, &["check", "--api-version", right]).0, 1, "{right}");
    }
}
