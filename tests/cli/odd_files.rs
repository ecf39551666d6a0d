//! Files and folders that are made to cost time or memory, or are not what they seem.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test whose project cannot be made has failed")]

use crate::small;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[cfg(unix)]
use crate::small::link;
use crate::small::{QUEUE, project, run, write};
use omnic::analyse::interest;
use omnic::source::{ApiVersion, DiscoverOptions, Project, ReadProblem, discover, read, read_file};

fn found(root: &Path) -> Project {
    let options = DiscoverOptions {
        api_version: None,
        interest: &interest,
        type_folders: &[],
        manifest_types: &[],
        allow_outside: false,
    };
    discover(root, &options).unwrap()
}

fn paths(project: &Project) -> Vec<&str> {
    project.entries.iter().map(|entry| entry.path.as_str()).collect()
}

/// Each of these folders has two links to the next: by links there are 2^40 ways to the last.
#[cfg(unix)]
#[test]
fn links_that_fan_out_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for number in 0..40 {
        let here = root.join(format!("d{number:02}"));
        fs::create_dir(&here).unwrap();
        for name in ["a", "b"] {
            link(format!("../d{:02}", number + 1), here.join(name));
        }
    }
    write(root, "d40/A.queue", QUEUE);
    assert_eq!(paths(&found(root)), ["d40/A.queue"], "the real path counts");
}

#[cfg(unix)]
#[test]
fn of_several_links_to_a_folder_the_first_counts() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".git")).unwrap();
    write(folder.path(), "common/queues/A.queue", QUEUE);
    let root = folder.path().join("p");
    fs::create_dir(&root).unwrap();
    for name in ["z", "m", "b"] {
        link("../common", root.join(name));
    }
    // Above itself: the folders that are walked already are not walked again.
    link("..", root.join("up"));
    let project = found(&root);
    assert_eq!(paths(&project), ["b/queues/A.queue"]);
    assert!(project.problems.is_empty(), "{:?}", project.problems);
}

#[test]
fn folders_that_are_too_deep_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let deep = vec!["d"; 140].join("/");
    write(folder.path(), &format!("{deep}/A.queue"), QUEUE);
    let project = found(folder.path());
    assert!(paths(&project).is_empty());
    let [(path, words)] = &*project.problems else { panic!("{:?}", project.problems) };
    assert!(path.starts_with("d/d/d") && words.starts_with("more than 128 folders"), "{path}: {words}");
}

#[test]
fn patterns_of_forceignore_cost_little() {
    for (what, text, is_told) in [
        ("large", "some/folder/name\n".repeat(70_000), true),
        ("many wildcards", "**/*a*/**/b*\n".repeat(60_000), true),
        ("a long line", "**/".repeat(100_000), true),
        ("a long class", format!("[{}]\n", "a-zA-Z0-9_".repeat(5_000)), true),
        ("many classes", format!("{}\n", "[!a-z0-9]".repeat(60)).repeat(1_000), true),
        ("many alternatives", "{a,b}".repeat(100_000), true),
        ("a long list of files", "app/x/AccountTriggerHandler.cls\n".repeat(4_000), false),
        ("usual", "**/*.dup\n# comment\n!app\n**/jsconfig.json\n[Tt]emp*/\n".to_owned(), false),
    ] {
        let folder = project(&[(".forceignore", &text)]);
        let begun = Instant::now();
        let project = found(folder.path());
        assert!(begun.elapsed() < Duration::from_secs(20), "{what}: {:?}", begun.elapsed());
        assert_eq!(project.problems.is_empty(), !is_told, "{what}: {:?}", project.problems);
        assert!(project.problems.len() <= 2 && project.problems.iter().all(|(_, words)| words.len() < 300), "{what}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_file_is_not_waited_for() {
    let make_pipe = |path: &Path| {
        let _ = fs::remove_file(path);
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    let folder = project(&[]);
    let project = found(folder.path());
    for entry in &project.entries {
        make_pipe(&entry.disk);
        assert_eq!(read(entry, &mut Vec::new()), Err(ReadProblem::Io("not a regular file".to_owned())));
    }
    for name in ["omnic.toml", ".forceignore", "omnic-baseline.json", "list.json"] {
        make_pipe(&folder.path().join(name));
    }
    assert!(read_file(&folder.path().join("omnic.toml")).is_err());
    for args in [&["--baseline", "omnic-baseline.json"][..], &["--inventory", "list.json"], &["--config", "omnic.toml"]]
    {
        let (status, _, error) = run(folder.path(), &[&["check"], args].concat());
        assert!(status == 2 && error.contains("not a regular file"), "{error}");
    }
}

/// What discovery took for a file has become a link, to what nobody has judged.
#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_file_is_not_followed() {
    let folder = project(&[("secret.xml", "hunter2")]);
    let project = found(folder.path());
    let entry = project.entries.first().unwrap();
    fs::remove_file(&entry.disk).unwrap();
    std::os::unix::fs::symlink(folder.path().join("secret.xml"), &entry.disk).unwrap();
    assert_eq!(read(entry, &mut Vec::new()), Err(ReadProblem::Io("it has become a symbolic link".to_owned())));
}

#[test]
fn encodings_without_a_mark_are_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("A.queue");
    let units = |width: usize, is_big: bool| -> Vec<u8> {
        let pad = vec![0; width - 1];
        let of = |byte: u8| if is_big { [&*pad, &[byte]].concat() } else { [&[byte], &*pad].concat() };
        QUEUE.bytes().flat_map(of).collect()
    };
    for (width, is_big, name) in
        [(2, false, "UTF-16LE"), (2, true, "UTF-16BE"), (4, false, "UTF-32LE"), (4, true, "UTF-32BE")]
    {
        fs::write(&path, units(width, is_big)).unwrap();
        assert_eq!(read_file(&path), Err(ReadProblem::OtherEncoding(name)));
    }
}

#[test]
fn versions_have_one_spelling() {
    assert_eq!(ApiVersion::parse("66"), Some(ApiVersion(66)));
    assert_eq!(ApiVersion::parse("66.0"), Some(ApiVersion(66)));
    for wrong in ["+66", " 66 ", "066", "６６", "66.", ".0", "-66", "66.1", "66.0.0", "0", "1000", "0x42"] {
        assert_eq!(ApiVersion::parse(wrong), None, "{wrong}");
        let folder = project(&[]);
        let (status, _, error) = run(folder.path(), &["check", &format!("--api-version={wrong}")]);
        assert_eq!(status, 2, "{wrong}: {error}");
        let text = format!("{{\"packageDirectories\": [{{\"path\": \"app\"}}], \"sourceApiVersion\": \"{wrong}\"}}");
        write(folder.path(), "sfdx-project.json", &text);
        let (status, _, error) = run(folder.path(), &["check"]);
        assert!(status == 2 && error.contains("is not an API version"), "{wrong}: {error}");
    }
}

/// Each of these once ended the program.
#[test]
fn patterns_in_a_configuration_cost_little() {
    let deep = format!("{}a{}", "{a,".repeat(20_000), "}".repeat(20_000));
    let wild = "*?".repeat(100_000);
    let shallow = format!("{}a{}", "{a,".repeat(300), "}".repeat(300));
    for pattern in [&deep, &wild, &shallow] {
        for text in [
            format!("[[exceptions]]\ncheck = \"OC111\"\nname = \"{pattern}\"\nreason = \"r\"\n"),
            format!("[external]\nQueue = [\"{pattern}\"]\n"),
            format!("[[overrides]]\npaths = [\"{pattern}\"]\nchecks = {{ OC111 = \"off\" }}\n"),
        ] {
            let folder = project(&[("omnic.toml", &text)]);
            let begun = Instant::now();
            let output = small::command(folder.path(), &["check"]).output().unwrap();
            let (status, _, error) = small::told(&output);
            assert!(begun.elapsed() < Duration::from_secs(20));
            assert_eq!(status, 2, "{}", error.get(..200).unwrap_or(&error));
            assert!(error.contains("too many wildcards") && error.len() < 400, "{}", error.len());
        }
    }
}

#[test]
fn a_project_has_no_end_of_package_directories() {
    let paths: Vec<String> = (0..100_000).map(|number| format!("{{\"path\": \"p{number}\"}}")).collect();
    let text = format!("{{\"packageDirectories\": [{}]}}", paths.join(","));
    let folder = project(&[("sfdx-project.json", &text)]);
    let begun = Instant::now();
    let (status, _, error) = small::run(folder.path(), &["check"]);
    assert!(begun.elapsed() < Duration::from_secs(20));
    assert!(status == 2 && error.contains("more than 1000 package directories"), "{error}");
}
