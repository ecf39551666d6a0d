//! From a path to a project, on trees of files made for each test.
#![allow(clippy::unwrap_used, reason = "a test whose tree cannot be made has failed")]

use std::fs;
use std::path::Path;

use omnic::source::{
    ApiVersion, ApiVersionSource, DiscoverError, DiscoverOptions, Entry, Interest, Layout, MAX_FILE_BYTES, Project,
    ReadProblem, Selection, discover, read,
};
use tempfile::TempDir;

const TYPE_FOLDERS: [&str; 3] = ["groups", "queueRoutingConfigs", "queues"];

/// A tree of files: each a path and its text.
fn tree(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn interest(path: &str) -> Interest {
    assert!(!path.contains('\\') && !path.starts_with('/'), "{path}");
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("queue" | "xml") => Interest::Read,
        Some("flow") => Interest::Name,
        _ => Interest::Skip,
    }
}

fn try_find(path: &Path) -> Result<Project, DiscoverError> {
    discover(
        path,
        &DiscoverOptions {
            api_version: None,
            interest: &interest,
            type_folders: &TYPE_FOLDERS,
            manifest_types: &[],
            allow_outside: false,
        },
    )
}

fn find(tree: &TempDir, below: &str) -> Project {
    let path = if below.is_empty() { tree.path().to_path_buf() } else { tree.path().join(below) };
    try_find(&path).unwrap()
}

fn failure(tree: &TempDir, below: &str) -> String {
    let error = try_find(&tree.path().join(below)).unwrap_err();
    assert!(!error.help().is_empty());
    // The folder's name is made up anew for each test.
    let folder = tree.path().file_name().unwrap().to_str().unwrap().to_owned();
    let message = error.to_string();
    message.split_once(&format!("{folder}/")).map_or(message.clone(), |(_, rest)| rest.to_owned())
}

fn paths(project: &Project) -> Vec<&str> {
    project.entries.iter().map(|entry| entry.path.as_str()).collect()
}

/// The paths that `.forceignore` hides.
fn ignored(project: &Project) -> Vec<&str> {
    project.entries.iter().filter(|entry| entry.ignored).map(|entry| entry.path.as_str()).collect()
}

fn below(path: &str) -> Selection {
    Selection::Only([path.to_owned()].into())
}

const ONE: &str = r#"{"packageDirectories": [{"path": "force-app", "default": true}], "sourceApiVersion": "62.0"}"#;
const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    <version>58.0</version>\n</Package>\n";

#[test]
fn sfdx_with_two_package_directories() {
    let tree = tree(&[
        (
            "sfdx-project.json",
            r#"{"packageDirectories": [{"path": "./force-app/"}, {"path": "packages/b", "default": true}, {"path": "force-app"}]}"#,
        ),
        ("force-app/main/queues/B.queue", ""),
        ("force-app/main/queues/A.queue", ""),
        ("force-app/main/flows/F.flow", ""),
        ("force-app/main/classes/C.cls", ""),
        ("packages/b/Z.queue", ""),
        ("packages/c/not-a-package.queue", ""),
        ("force-app/node_modules/x/N.queue", ""),
        ("force-app/.sfdx/x/N.queue", ""),
        ("force-app/.git/N.queue", ""),
    ]);
    let project = find(&tree, "");
    assert_eq!(project.layout, Layout::Sfdx);
    assert_eq!(project.root, tree.path());
    assert_eq!(project.packages, ["force-app", "packages/b"]);
    assert_eq!((project.api_version, project.api_version_source), (ApiVersion::NEWEST, ApiVersionSource::Newest));
    assert_eq!(project.selection, Selection::All);
    let found: Vec<_> = project.entries.iter().map(|e| (e.path.as_str(), e.package, e.interest, e.ignored)).collect();
    assert_eq!(
        found,
        [
            ("force-app/main/flows/F.flow", 0, Interest::Name, false),
            ("force-app/main/queues/A.queue", 0, Interest::Read, false),
            ("force-app/main/queues/B.queue", 0, Interest::Read, false),
            ("packages/b/Z.queue", 1, Interest::Read, false),
        ]
    );
    assert!(project.problems.is_empty() && project.missing_packages.is_empty());
}

#[test]
fn nested_package_directories_share_no_file() {
    let tree = tree(&[
        (
            "sfdx-project.json",
            r#"{"packageDirectories": [{"path": "."}, {"path": "a/b"}, {"path": "a", "default": true}, {"path": "gone"}]}"#,
        ),
        ("R.queue", ""),
        ("a/A.queue", ""),
        ("a/b/B.queue", ""),
        ("a/bb/C.queue", ""),
    ]);
    let project = find(&tree, "");
    assert_eq!(project.packages, ["", "a/b", "a"]);
    assert_eq!(project.missing_packages, ["gone"]);
    let found: Vec<_> = project.entries.iter().map(|e| (e.path.as_str(), e.package)).collect();
    assert_eq!(found, [("R.queue", 0), ("a/A.queue", 2), ("a/b/B.queue", 1), ("a/bb/C.queue", 2)]);
}

#[test]
fn a_part_of_a_project_is_reported_and_all_of_it_loaded() {
    let tree = tree(&[
        ("sfdx-project.json", ONE),
        ("force-app/main/queues/A.queue", ""),
        ("force-app/main/queuesB/B.queue", ""),
    ]);
    for (given, selection) in [
        ("force-app", below("force-app")),
        ("force-app/main/queues/", below("force-app/main/queues")),
        ("force-app/main/../main/./queues", below("force-app/main/queues")),
        ("force-app/main/queues/A.queue", below("force-app/main/queues/A.queue")),
        ("sfdx-project.json", Selection::All),
        ("force-app/..", Selection::All),
    ] {
        let project = find(&tree, given);
        assert_eq!(project.root, tree.path(), "{given}");
        assert_eq!(project.entries.len(), 2, "{given}");
        assert_eq!(project.selection, selection, "{given}");
        assert_eq!(project.api_version_source, ApiVersionSource::SfdxProject);
    }
    let queues = find(&tree, "force-app/main/queues").selection;
    assert!(queues.contains("force-app/main/queues/A.queue") && !queues.contains("force-app/main/queuesB/B.queue"));
}

#[test]
fn a_folder_beside_the_package_directories_is_its_own_project() {
    let tree = tree(&[
        ("sfdx-project.json", ONE),
        ("package.xml", MANIFEST),
        (".forceignore", "mdapi\nloose\n"),
        ("force-app/A.queue", ""),
        ("mdapi/package.xml", MANIFEST),
        ("mdapi/queues/B.queue", ""),
        ("loose/C.queue", ""),
    ]);
    let mdapi = find(&tree, "mdapi/queues");
    assert_eq!(mdapi.layout, Layout::Mdapi);
    assert_eq!(mdapi.root, tree.path().join("mdapi"));
    assert_eq!(paths(&mdapi), ["package.xml", "queues/B.queue"]);
    assert_eq!(mdapi.selection, below("queues"));
    assert_eq!(mdapi.api_version, ApiVersion(58));
    assert!(ignored(&mdapi).is_empty(), "--metadata-dir reads no .forceignore");
    // The package.xml beside sfdx-project.json is a list for retrieves, and describes no folder.
    let loose = find(&tree, "loose");
    assert_eq!(loose.layout, Layout::Folder);
    assert_eq!((loose.api_version, loose.api_version_source), (ApiVersion(62), ApiVersionSource::SfdxProject));
    assert_eq!(ignored(&loose), ["C.queue"]);
}

#[test]
fn metadata_api_folders() {
    let tree = tree(&[
        ("src/package.xml", MANIFEST),
        ("src/queues/A.queue", ""),
        ("src/groups/package.xml.queue", ""),
        ("docs/x.md", ""),
    ]);
    let root = tree.path().join("src");
    for (given, selection) in [
        ("", Selection::All),
        ("src", Selection::All),
        ("src/package.xml", Selection::All),
        ("src/queues", below("queues")),
        ("src/queues/A.queue", below("queues/A.queue")),
    ] {
        let project = find(&tree, given);
        assert_eq!((project.layout, &project.root), (Layout::Mdapi, &root), "{given}");
        assert_eq!(project.selection, selection, "{given}");
        assert_eq!(paths(&project), ["groups/package.xml.queue", "package.xml", "queues/A.queue"]);
        assert_eq!(project.entries[1].interest, Interest::Aside);
        assert_eq!(project.manifest, Some(root.join("package.xml")));
        assert_eq!(project.packages, [""]);
        assert_eq!((project.api_version, project.api_version_source), (ApiVersion(58), ApiVersionSource::PackageXml));
    }
    let docs = find(&tree, "docs");
    assert_eq!(docs.layout, Layout::Folder);
}

#[test]
fn a_broken_manifest_still_makes_a_metadata_api_folder() {
    let tree = tree(&[("unpackaged/package.xml", "<Package><version>"), ("unpackaged/queues/A.queue", "")]);
    let project = find(&tree, "");
    assert_eq!(project.layout, Layout::Mdapi);
    assert_eq!(project.api_version_source, ApiVersionSource::Newest);
}

#[test]
fn bare_folders_and_single_files() {
    let tree = tree(&[
        ("repo/queues/A.queue", ""),
        ("repo/queueRoutingConfigs/R.xml", ""),
        ("home/queues/A.queue", ""),
        ("home/other/B.queue", ""),
    ]);
    let repo = find(&tree, "repo");
    assert_eq!((repo.layout, &repo.selection), (Layout::Folder, &Selection::All));
    assert_eq!(paths(&repo), ["queueRoutingConfigs/R.xml", "queues/A.queue"]);

    let file = find(&tree, "repo/queues/A.queue");
    assert_eq!(paths(&file), ["queueRoutingConfigs/R.xml", "queues/A.queue"]);
    assert_eq!(file.selection, below("queues/A.queue"));

    let folder = find(&tree, "repo/queues");
    assert_eq!(folder.root, tree.path().join("repo"));
    assert_eq!(folder.selection, below("queues"));

    // No other type beside it: nothing to gain above, and who knows how large it is.
    let lone = find(&tree, "home/queues/A.queue");
    assert_eq!(lone.root, tree.path().join("home/queues"));
    assert_eq!(paths(&lone), ["A.queue"]);
    assert_eq!(lone.selection, below("A.queue"));
}

#[test]
fn api_version_precedence() {
    let tree = tree(&[("sfdx-project.json", ONE), ("force-app/package.xml", MANIFEST), ("force-app/A.queue", "")]);
    let project = find(&tree, "force-app");
    assert_eq!((project.api_version, project.api_version_source), (ApiVersion(62), ApiVersionSource::SfdxProject));
    let options = DiscoverOptions {
        api_version: Some(ApiVersion(50)),
        interest: &interest,
        type_folders: &TYPE_FOLDERS,
        allow_outside: false,
        manifest_types: &[],
    };
    let project = discover(tree.path(), &options).unwrap();
    assert_eq!((project.api_version, project.api_version_source), (ApiVersion(50), ApiVersionSource::Flag));

    let wrong = ONE.replace("62.0", "latest");
    fs::write(tree.path().join("sfdx-project.json"), wrong).unwrap();
    assert_eq!(
        failure(&tree, "force-app"),
        "sfdx-project.json:1:66: `sourceApiVersion` is `latest`, which is not an API version"
    );
    assert_eq!(discover(tree.path(), &options).unwrap().api_version, ApiVersion(50), "the flag helps");
}

#[test]
fn forceignore_patterns() {
    let files = [
        ("sfdx-project.json", ONE),
        ("force-app/main/queues/Keep.queue", ""),
        ("force-app/main/queues/Old_One.queue", ""),
        ("force-app/main/queues/Old_But_Gold.queue", ""),
        ("force-app/legacy/queues/Back.queue", ""),
        ("force-app/main/.hidden/H.queue", ""),
        ("force-app/main/D.queue.dup", ""),
        ("force-app/Anchored.queue", ""),
        ("force-app/main/Anchored.queue", ""),
        ("force-app/main/Braced.queue", ""),
    ];
    let tree = tree(&files);
    let all_read = |path: &str| interest(path.trim_end_matches(".dup"));
    let options = DiscoverOptions {
        api_version: None,
        interest: &all_read,
        type_folders: &[],
        manifest_types: &[],
        allow_outside: false,
    };
    let hidden = || {
        let project = discover(tree.path(), &options).unwrap();
        assert_eq!(project.entries.len(), files.len() - 1, "ignored files are still entries");
        ignored(&project).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert!(hidden().is_empty(), "built-in patterns need a file");

    // A byte-order mark and CRLF as Windows writes them; letter case does not matter; a file in a hidden folder cannot
    // be brought back; braces are plain characters.
    let text = "\u{feff}**/old_*.queue\r\n# comment\r\n!**/Old_But_Gold.queue\r\nlegacy/\r\n!force-app/legacy/queues/Back.queue\r\nforce-app/Anchored.queue\r\n{Braced,Keep}.queue\r\n";
    fs::write(tree.path().join(".forceignore"), text).unwrap();
    assert_eq!(
        hidden(),
        [
            "force-app/Anchored.queue",
            "force-app/legacy/queues/Back.queue",
            "force-app/main/.hidden/H.queue",
            "force-app/main/D.queue.dup",
            "force-app/main/queues/Old_One.queue",
        ]
    );

    // The nearest file counts alone, and its patterns start at its own folder.
    fs::write(tree.path().join("force-app/.forceignore"), "/Anchored.queue\n").unwrap();
    assert_eq!(hidden(), ["force-app/Anchored.queue", "force-app/main/.hidden/H.queue", "force-app/main/D.queue.dup"]);
}

#[test]
fn forceignore_is_searched_upward() {
    let tree = tree(&[
        (".forceignore", "repo/force-app/queues\n"),
        ("repo/sfdx-project.json", ONE),
        ("repo/force-app/queues/A.queue", ""),
        ("repo/force-app/B.queue", ""),
    ]);
    assert_eq!(ignored(&find(&tree, "repo")), ["force-app/queues/A.queue"]);
    fs::write(tree.path().join(".forceignore"), "force-app\n").unwrap();
    assert_eq!(ignored(&find(&tree, "repo")).len(), 2, "a folder above the package directory hides it too");
}

#[test]
fn lines_of_forceignore_that_hide_nothing_are_warnings() {
    let tree = tree(&[
        ("sfdx-project.json", r#"{"packageDirectories": [{"path": "a"}, {"path": "b"}]}"#),
        (".forceignore", "ok\n[z-a]\n**\\queues\\\n# a\\b\n\\#c\na\\B.queue\nA.queue\n"),
        ("a/A.queue", ""),
        ("a/B.queue", ""),
    ]);
    let project = find(&tree, "");
    assert_eq!(ignored(&project), ["a/A.queue"], "the other lines count");
    assert_eq!(project.problems, []);
    let lines: Vec<(&str, &str)> =
        project.warnings.iter().map(|(path, message)| (&**path, message.split(':').next().unwrap())).collect();
    assert_eq!(lines, [(".forceignore", "line 2"), (".forceignore", "line 3"), (".forceignore", "line 6")]);
}

#[test]
fn sfdx_project_json_mistakes() {
    for (text, message) in [
        ("{\n  \"packageDirectories\": [,]\n}", "sfdx-project.json:2:26: expected value"),
        ("{}", "sfdx-project.json:1:2: missing field `packageDirectories`"),
        ("{\"packageDirectories\": []}", "sfdx-project.json:1:2: `packageDirectories` is empty"),
        (
            "{\"é\": 1, \"packageDirectories\": 7}",
            "sfdx-project.json:1:32: invalid type: integer `7`, expected a sequence",
        ),
        (
            "{\"packageDirectories\": [{\"path\": \"/abs\"}]}",
            "sfdx-project.json:1:34: the package directory `/abs` is an absolute path",
        ),
        (
            "{\"packageDirectories\": [{\"path\": \"gone\"}, {\"path\": \"x/..\"}, {\"path\": \"a/b\"}]}",
            "", // The root is there.
        ),
        (
            "{\"packageDirectories\": [{\"path\": \"gone\"}, {\"path\": \"a/b\"}]}",
            "sfdx-project.json: no package directory exists: `gone`, `a/b`",
        ),
        ("", "sfdx-project.json:1:1: EOF while parsing a value"),
    ] {
        let tree = tree(&[("sfdx-project.json", text)]);
        if message.is_empty() {
            assert_eq!(find(&tree, "").missing_packages, ["gone", "a/b"]);
        } else {
            assert_eq!(failure(&tree, ""), message, "{text}");
        }
    }
    let tree = tree(&[("x", "")]);
    fs::write(tree.path().join("sfdx-project.json"), [0xFF, 0xFE, b'{', 0]).unwrap();
    assert_eq!(failure(&tree, ""), "sfdx-project.json: encoded as UTF-16LE, not as UTF-8");
}

#[test]
fn sfdx_project_json_from_windows() {
    let json = "\u{feff}{\r\n  \"packageDirectories\": [{\"path\": \"force-app\\\\main\"}],\r\n  \"sourceApiVersion\": \"60.0\"\r\n}\r\n";
    let tree = tree(&[("sfdx-project.json", json), ("force-app/main/A.queue", "")]);
    let project = find(&tree, "");
    assert_eq!(project.packages, ["force-app/main"]);
    assert_eq!(project.api_version, ApiVersion(60));
    fs::write(tree.path().join("sfdx-project.json"), json.replace("],", "]")).unwrap();
    assert_eq!(failure(&tree, ""), "sfdx-project.json:3:3: expected `,` or `}`");
}

#[test]
fn nothing_there() {
    let tree = tree(&[("a", "")]);
    let error = try_find(&tree.path().join("b")).unwrap_err();
    assert!(matches!(error, DiscoverError::NotFound { .. }));
    assert_eq!(try_find(Path::new("no/such/../path")).unwrap_err().to_string(), "`no/such/../path` does not exist");
    assert!(matches!(try_find(Path::new("")).unwrap_err(), DiscoverError::NotFound { .. }));
    // Below a file.
    assert!(matches!(try_find(&tree.path().join("a/b")).unwrap_err(), DiscoverError::NotFound { .. }));
}

#[test]
fn the_root_is_told_from_the_working_directory() {
    // Cargo runs tests in the package's folder.
    let project = try_find(Path::new("src/source")).unwrap();
    assert_eq!(project.display_root, "src/source");
    assert_eq!(try_find(Path::new(".")).unwrap().display_root, ".");
    let tree = tree(&[("A.queue", "")]);
    let project = find(&tree, "");
    assert!(!Path::new(&project.display_root).is_absolute() || cfg!(windows), "{}", project.display_root);
    let shown = Path::new(&project.display_root).canonicalize().unwrap();
    assert_eq!(shown, tree.path().canonicalize().unwrap());
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let tree = tree(&[("p/queues/A.queue", "a"), ("elsewhere/B.queue", "b"), ("elsewhere/C.queue", "c")]);
    // All of it is one work tree.
    fs::create_dir(tree.path().join(".git")).unwrap();
    symlink("..", tree.path().join("p/queues/loop")).unwrap();
    symlink("../../elsewhere", tree.path().join("p/queues/Folder.queue")).unwrap();
    symlink("../../elsewhere/B.queue", tree.path().join("p/queues/B.queue")).unwrap();
    symlink("nowhere", tree.path().join("p/queues/Dangling.queue")).unwrap();
    symlink("p", tree.path().join("link")).unwrap();
    let project = find(&tree, "link");
    assert_eq!(project.root, tree.path().join("link"), "as the user named it");
    let found = [
        "queues/A.queue",
        "queues/B.queue",
        "queues/Dangling.queue",
        "queues/Folder.queue/B.queue",
        "queues/Folder.queue/C.queue",
    ];
    assert_eq!(paths(&project), found);
    let mut buffer = b"what was there before".to_vec();
    assert_eq!(read(&project.entries[1], &mut buffer), Ok("b"));
    assert!(matches!(read(&project.entries[2], &mut buffer), Err(ReadProblem::Io(_))));
    assert_eq!(read(&project.entries[4], &mut buffer), Ok("c"));
}

#[cfg(unix)]
#[test]
fn unreadable_folders_are_told() {
    use std::os::unix::fs::PermissionsExt as _;
    let tree = tree(&[("queues/A.queue", ""), ("shut/B.queue", "")]);
    let shut = tree.path().join("shut");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read it all the same.
    let superuser = fs::read_dir(&shut).is_ok();
    let project = find(&tree, "");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
    if superuser {
        return;
    }
    assert_eq!(paths(&project), ["queues/A.queue"]);
    assert_eq!(project.problems.len(), 1);
    assert_eq!(project.problems[0].0, "shut");
}

#[test]
fn reading() {
    let tree = tree(&[("a.xml", "\u{feff}<a/>\r\n"), ("empty.xml", "")]);
    let read = |name: &str| {
        let entry = Entry {
            disk: tree.path().join(name),
            path: name.to_owned(),
            package: 3,
            ignored: false,
            interest: Interest::Read,
            real: None,
            shadow: None,
            problem: None,
        };
        match read(&entry, &mut Vec::new()) {
            Ok(text) => (text.to_owned(), None),
            Err(problem) => (String::new(), Some(problem)),
        }
    };
    assert_eq!(read("a.xml"), ("\u{feff}<a/>\r\n".to_owned(), None));
    assert_eq!(read("empty.xml"), (String::new(), None));
    let problem = |bytes: &[u8]| {
        fs::write(tree.path().join("b.xml"), bytes).unwrap();
        read("b.xml").1
    };
    assert_eq!(problem(b"<a>\xE9</a>"), Some(ReadProblem::NotUtf8(3)));
    assert_eq!(problem(b"<a>\xC3"), Some(ReadProblem::NotUtf8(3)));
    assert_eq!(problem(b"\xFF\xFE<\0a\0"), Some(ReadProblem::OtherEncoding("UTF-16LE")));
    assert_eq!(problem(b"\xFE\xFF\0<\0a"), Some(ReadProblem::OtherEncoding("UTF-16BE")));
    assert_eq!(problem(b"\xFF\xFE\0\0<\0\0\0"), Some(ReadProblem::OtherEncoding("UTF-32LE")));
    assert!(matches!(read("gone.xml").1, Some(ReadProblem::Io(_))));
    assert!(matches!(read("").1, Some(ReadProblem::Io(_))), "a folder");
    let large = fs::File::create(tree.path().join("large.xml")).unwrap();
    large.set_len(MAX_FILE_BYTES + 1).unwrap();
    assert_eq!(read("large.xml").1, Some(ReadProblem::TooLarge(MAX_FILE_BYTES + 1)));
    large.set_len(MAX_FILE_BYTES).unwrap();
    assert_eq!(read("large.xml").0.len() as u64, MAX_FILE_BYTES);
}

#[test]
fn projects_below_a_plain_folder_are_told() {
    let tree = tree(&[
        ("apps/a/sfdx-project.json", "{}"),
        ("apps/a/force-app/queues/A.queue", ""),
        ("apps/b/sfdx-project.json", "{}"),
    ]);
    let project = find(&tree, "");
    assert_eq!(
        (project.layout, project.inner_projects.as_slice()),
        (Layout::Folder, &["apps/a", "apps/b"].map(str::to_owned)[..])
    );
}

#[test]
fn a_lone_file_does_not_make_a_project_of_all_below_its_folder() {
    let tree = tree(&[("home/A.queue", ""), ("home/mail/queues/B.queue", ""), ("home/C.queue", "")]);
    assert_eq!(paths(&find(&tree, "home/A.queue")), ["A.queue", "C.queue"]);
    assert_eq!(paths(&find(&tree, "home")), ["A.queue", "C.queue", "mail/queues/B.queue"]);
}
