//! Nothing outside the work tree is read, shown or written because of what came with a project. Each test writes a small
//! project beside files that it must not touch, and runs the command in it.

#![allow(clippy::unwrap_used, reason = "a test whose project cannot be made has failed")]

use crate::small;
use std::fs;
use std::path::{Path, PathBuf};

#[cfg(unix)]
use crate::small::link;
use crate::small::{CONFIG, QUEUE, QUEUE_PATH, command, run, told, write};
use tempfile::TempDir;

/// Stands in each file outside, and must never be shown.
const SECRET: &str = "hunter2";

const SFDX: &str = r#"{"packageDirectories": [{"path": "app"}], "sourceApiVersion": "66.0"}"#;

/// A folder with the work tree `repo`, which holds a project, and the folder `outside`, which it must not reach.
fn world(more: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("repo/.git")).unwrap();
    let secret = QUEUE.replace("Genral", SECRET);
    let usual = [
        ("repo/sfdx-project.json", SFDX),
        ("repo/app/queues/Support.queue-meta.xml", QUEUE),
        ("repo/app/queueRoutingConfigs/General.queueRoutingConfig-meta.xml", CONFIG),
        ("outside/queues/Secret.queue-meta.xml", &secret),
        ("outside/users.json", "[{\"Username\": \"hunter2\"}]"),
        ("outside/omnic.toml", "hunter2 = 1\n"),
        ("outside/omnic-baseline.json", "hunter2"),
    ];
    for (path, text) in usual.iter().chain(more) {
        write(folder.path(), path, text);
    }
    let repo = folder.path().join("repo");
    (folder, repo)
}

/// Runs the command; what it says must not have the secret.
fn check(repo: &Path, args: &[&str]) -> (i32, String) {
    let (status, out, error) = run(repo, &[&["check", "--format", "concise"], args].concat());
    assert!(!format!("{out}{error}").contains(SECRET), "{out}{error}");
    (status, error)
}

#[cfg(unix)]
#[test]
fn links_out_of_a_package_directory_are_not_read() {
    let (_folder, repo) = world(&[]);
    link("../../../outside/queues/Secret.queue-meta.xml", repo.join("app/queues/Secret.queue-meta.xml"));
    link("../../outside", repo.join("app/more"));
    let (status, error) = check(&repo, &[]);
    assert_eq!(status, 2);
    let line = |path: &str| {
        format!(
            "error: `{path}` could not be used: it leads out of the git work tree, and is not read; `--allow-outside`"
        )
    };
    for path in ["app/queues/Secret.queue-meta.xml", "app/more"] {
        assert!(error.contains(&line(path)), "{error}");
    }
    // What is not deployed is not missed.
    write(&repo, ".forceignore", "**/Secret.*\n**/more\n");
    assert_eq!(check(&repo, &[]).0, 1);
    fs::remove_file(repo.join(".forceignore")).unwrap();
    // The caller may allow it; in the environment too.
    for (args, value) in [(&["check", "--allow-outside"][..], ""), (&["check"], "true")] {
        let output = command(&repo, args).env("OMNIC_ALLOW_OUTSIDE", value).output().unwrap();
        let (status, out, error) = told(&output);
        assert!(status == 1 && out.contains(SECRET), "{out}{error}");
    }
}

#[cfg(unix)]
#[test]
fn what_git_keeps_is_not_part_of_its_work_tree() {
    let (_folder, repo) = world(&[("repo/.git/config", "[http]\n\textraheader = hunter2\n")]);
    link("../../.git/config", repo.join("app/queues/Secret.queue-meta.xml"));
    assert_eq!(check(&repo, &[]).0, 2);
}

#[test]
fn package_directories_stay_in_the_work_tree() {
    for path in ["../outside", "app/../../outside", "../nowhere"] {
        let text = format!("{{\"packageDirectories\": [{{\"path\": \"app\"}},\n {{\"path\": \"{path}\"}}]}}");
        let (_folder, repo) = world(&[("repo/sfdx-project.json", &text)]);
        let (status, error) = check(&repo, &[]);
        assert_eq!(status, 2);
        let what = format!(
            "error: sfdx-project.json:2:11: the package directory `{path}` lies outside the git work tree\n  help: keep it \
             inside, or allow it with `--allow-outside`"
        );
        assert!(error.starts_with(&what), "{error}");
    }
    // Of the same work tree, it is another package of a monorepo.
    let text = r#"{"packageDirectories": [{"path": "app"}, {"path": "../common"}]}"#;
    let (folder, repo) = world(&[("repo/sfdx-project.json", text), ("common/queues/B.queue-meta.xml", QUEUE)]);
    assert_eq!(check(&repo, &[]).0, 2);
    fs::remove_dir(repo.join(".git")).unwrap();
    assert_eq!(check(&repo, &[]).0, 2, "without a work tree, the root is the boundary");
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(check(&repo, &[]).0, 1);
}

#[cfg(unix)]
#[test]
fn a_package_directory_that_is_a_link_out_is_refused() {
    let (_folder, repo) = world(&[("repo/sfdx-project.json", r#"{"packageDirectories": [{"path": "pack"}]}"#)]);
    link("../outside", repo.join("pack"));
    let (status, error) = check(&repo, &[]);
    assert!(status == 2 && error.contains("sfdx-project.json:1:34: the package directory `pack` lies"), "{error}");
}

#[cfg(unix)]
#[test]
fn description_files_that_are_links_out_are_not_read() {
    for (name, to) in [
        ("sfdx-project.json", "../outside/users.json"),
        ("omnic.toml", "../outside/omnic.toml"),
        ("omnic-baseline.json", "../outside/omnic-baseline.json"),
        (".forceignore", "../outside/omnic.toml"),
    ] {
        let (_folder, repo) = world(&[]);
        link(to, repo.join(name));
        let (status, error) = check(&repo, &[]);
        assert_eq!(status, 2, "{name}: {error}");
        assert!(error.contains(name) && error.contains("out of the git work tree"), "{name}: {error}");
    }
    let (folder, repo) = world(&[]);
    write(folder.path(), "outside/package.xml", "<Package><version>50.0</version><hunter2/></Package>");
    fs::remove_file(repo.join("sfdx-project.json")).unwrap();
    link("../outside/package.xml", repo.join("package.xml"));
    let (status, error) = check(&repo, &[]);
    assert!(status == 2 && error.contains("`package.xml` could not be used: it leads out"), "{error}");
}

/// A link may take the place of the folder that a CI job names.
#[cfg(unix)]
#[test]
fn a_project_behind_a_link_out_is_refused() {
    let (folder, repo) = world(&[("outside/package.xml", "<Package><version>66.0</version></Package>")]);
    fs::create_dir(folder.path().join("outside/.git")).unwrap();
    fs::remove_file(repo.join("sfdx-project.json")).unwrap();
    for name in ["mdapi", "src"] {
        link("../outside", repo.join(name));
    }
    let (status, error) = check(&repo, &["mdapi"]);
    assert!(status == 2 && error.contains("mdapi: the folder is reached by a link that leads out"), "{error}");
    // Nobody has named `src`, and it is a link among others.
    let (status, error) = check(&repo, &["."]);
    assert!(status == 2 && error.contains("`src` could not be used: it leads out"), "{error}");
}

#[test]
fn what_a_configuration_names_stays_inside() {
    for (key, text) in [
        ("records", "[org]\nrecords = \"PATH\"\n"),
        ("inventory", "[org]\ninventory = \"PATH\"\n"),
        ("inventory", "[org]\ninventory = [\"app\", \"PATH\"]\n"),
        ("baseline", "\nbaseline = \"PATH\"\n"),
        ("extend", "\nextend = \"PATH\"\n"),
    ] {
        let (folder, repo) = world(&[]);
        let absolute = folder.path().join("outside/users.json");
        for path in ["../outside/users.json", "app/../../outside", "../nowhere", absolute.to_str().unwrap()] {
            let path = path.replace('\\', "/");
            write(&repo, "omnic.toml", &text.replace("PATH", &path));
            let (status, error) = check(&repo, &[]);
            assert_eq!(status, 2, "{error}");
            assert!(error.starts_with("error: omnic.toml:2:"), "{error}");
            assert!(error.contains(&format!("`{key}` names `")), "{error}");
            assert!(error.contains("lies outside the git work tree\n  help: keep it inside, or allow"), "{error}");
            // A file that the caller names is no better, if it came with the project.
            assert_eq!(check(&repo, &["--config", "omnic.toml"]).0, 2);
        }
        // To the program, this is not anybody's home.
        write(&repo, "omnic.toml", &text.replace("PATH", "~/x"));
        let (_, error) = check(&repo, &[]);
        assert!(!error.contains("outside"), "{error}");
    }
}

#[test]
fn what_the_caller_names_may_lie_anywhere() {
    let (folder, repo) = world(&[]);
    write(folder.path(), "own/omnic.toml", "extend = \"base.toml\"\nbaseline = \"b.json\"\n[org]\nrecords = \"org\"\n");
    write(folder.path(), "own/base.toml", "[checks]\nOC111 = \"off\"\nOC201 = \"off\"\n");
    write(folder.path(), "own/b.json", "{\"format_version\": 1, \"findings\": []}");
    write(folder.path(), "own/org/users.csv", "Id,Username,IsActive\n005000000000001AAA,a@larkfield.example,true\n");
    write(folder.path(), "own/list.json", "[]");
    let (status, error) = check(&repo, &["--config", "../own/omnic.toml", "--inventory", "../own/list.json"]);
    assert_eq!(status, 0, "{error}");
    let args = ["--records", "../own/org", "--baseline", "../own/b.json"];
    assert_eq!(check(&repo, &args).0, 1);
    // What lies above the work tree is the user's own too.
    for name in ["omnic.toml", "base.toml", "b.json", "org/users.csv"] {
        write(folder.path(), name, &fs::read_to_string(folder.path().join("own").join(name)).unwrap());
    }
    assert_eq!(check(&repo, &[]).0, 0);
}

#[cfg(unix)]
#[test]
fn links_in_folders_of_the_org_are_not_followed_out() {
    let (_folder, repo) = world(&[("repo/org/a.csv", "Username\na@larkfield.example\n")]);
    link("../../outside/users.json", repo.join("org/b.json"));
    for args in [["--records", "org"], ["--inventory", "org"]] {
        let (status, error) = check(&repo, &args);
        assert_eq!(status, 2, "{error}");
    }
    // A link in the work tree is not the caller's, though the caller names it.
    link("../outside", repo.join("ci"));
    for args in [["--records", "ci"], ["--inventory", "ci"], ["--config", "ci/omnic.toml"]] {
        let (status, error) = check(&repo, &args);
        assert!(status == 2 && error.contains("out of the git work tree"), "{error}");
    }
}

#[cfg(unix)]
#[test]
fn nothing_is_fixed_through_a_link_out() {
    let (folder, repo) = world(&[]);
    let outside = folder.path().join("outside/queues/Secret.queue-meta.xml");
    let before = fs::read_to_string(&outside).unwrap();
    fs::remove_file(repo.join(QUEUE_PATH)).unwrap();
    link(&outside, repo.join("app/queues/Secret.queue-meta.xml"));
    run(&repo, &["check", "--fix"]);
    run(&repo, &["check", "--fix", "--allow-outside"]);
    assert_eq!(fs::read_to_string(&outside).unwrap(), before);
    // A link within the work tree is written through.
    write(&repo, "common/Real.xml", QUEUE);
    link("../../common/Real.xml", repo.join("app/queues/Secret.queue-meta.xml"));
    run(&repo, &["check", "--fix"]);
    assert!(repo.join("app/queues/Secret.queue-meta.xml").is_symlink());
    assert_ne!(fs::read_to_string(repo.join("common/Real.xml")).unwrap(), QUEUE);
}

#[cfg(unix)]
#[test]
fn no_baseline_is_written_through_a_link_out() {
    let (folder, repo) = world(&[]);
    let outside = folder.path().join("outside/omnic-baseline.json");
    let baseline = "{\"format_version\": 1, \"findings\": []}";
    fs::write(&outside, baseline).unwrap();
    link(&outside, repo.join("omnic-baseline.json"));
    for action in [&["create", "--force"][..], &["update"], &["prune"]] {
        for more in [&[][..], &["--allow-outside"], &["--baseline", "omnic-baseline.json"]] {
            let (status, _, error) = run(&repo, &[&["baseline"], action, more].concat());
            assert_eq!(status, 2, "{action:?} {more:?}: {error}");
            assert_eq!(fs::read_to_string(&outside).unwrap(), baseline, "{action:?} {more:?}");
        }
    }
    // The file itself may be named.
    let (status, _, error) = run(&repo, &["baseline", "update", "--baseline", outside.to_str().unwrap()]);
    assert_eq!(status, 0, "{error}");
    assert_ne!(fs::read_to_string(&outside).unwrap(), baseline);
}

/// A fixed name of an output, such as those in recipes for CI, that a pull request has made a link.
#[cfg(unix)]
#[test]
fn no_output_is_written_through_a_link_out() {
    let (folder, repo) = world(&[]);
    write(folder.path(), "outside/rc", "kept");
    link("../outside/rc", repo.join("report.json"));
    link("../outside/new", repo.join("dangling.json"));
    link("../outside", repo.join("results"));
    link(".git/config", repo.join("report.md"));
    fs::write(repo.join(".git/config"), "kept").unwrap();
    for output in
        ["json=report.json", "json=dangling.json", "junit=results/rc", "junit=results/new", "markdown=report.md"]
    {
        let (status, error) = check(&repo, &["--output", output]);
        assert!(status == 2 && error.contains("link"), "{output}: {error}");
    }
    // A plan is compiled of a project without errors, and a state saved of a run of it.
    write(
        &repo,
        "app/queues/Support.queue-meta.xml",
        "<Queue xmlns=\"http://soap.sforce.com/2006/04/metadata\"><doesSendEmailToMembers>false</doesSendEmailToMembers><name>Support</name></Queue>",
    );
    let (status, _, error) = small::run(&repo, &["compile", "-o", "report.json"]);
    assert!(status == 2 && error.contains("link"), "{error}");
    assert_eq!(small::run(&repo, &["compile", "-o", "plan.json"]).0, 0);
    write(&repo, "events.jsonl", "");
    let run = ["run", "plan.json", "--events", "events.jsonl", "--save", "report.json"];
    let (status, _, error) = small::run(&repo, &run);
    assert!(status == 2 && error.contains("link"), "{error}");
    assert_eq!(fs::read_to_string(folder.path().join("outside/rc")).unwrap(), "kept");
    assert_eq!(fs::read_to_string(repo.join(".git/config")).unwrap(), "kept");
    assert!(!folder.path().join("outside/new").exists());
}

/// Nobody named it: a stranger may have put it there, in an archive, or around a submodule.
#[test]
fn a_configuration_above_the_boundary_reaches_no_further_than_its_folder() {
    for text in [
        "extend = \"../outside/base.toml\"\n",
        "[org]\nrecords = \"../outside\"\n",
        "baseline = \"../outside/b.json\"\n",
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), "outside/base.toml", "secret = 1\n");
        write(folder.path(), "outside/users.csv", "Username\n");
        let above = folder.path().join("above");
        let repo = above.join("repo");
        fs::create_dir_all(repo.join(".git")).unwrap();
        write(&repo, "sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
        write(&repo, small::QUEUE_PATH, small::QUEUE);
        write(&above, "omnic.toml", text);
        let (status, error) = check(&repo, &[]);
        assert!(status == 2 && error.contains("outside") && !error.contains("secret ="), "{text}: {error}");
        let (status, _, error) = small::run(&repo, &["baseline", "create"]);
        assert_eq!(status, 2, "{text}: {error}");
        assert!(!folder.path().join("outside/b.json").exists());
        // What it names below itself counts.
        write(&above, "omnic.toml", "fail-on = \"never\"\nbaseline = \"b.json\"\n");
        assert_eq!(small::run(&repo, &["baseline", "create"]).0, 0);
        assert!(above.join("b.json").exists());
    }
}

#[cfg(unix)]
#[test]
fn a_forceignore_above_the_boundary_is_not_followed_out() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "secret", "pass[z-a]hunter2\n");
    let repo = folder.path().join("above/repo");
    fs::create_dir_all(repo.join(".git")).unwrap();
    write(&repo, "sfdx-project.json", r#"{"packageDirectories": [{"path": "app"}]}"#);
    write(&repo, small::QUEUE_PATH, small::QUEUE);
    link("../secret", folder.path().join("above/.forceignore"));
    let (status, error) = check(&repo, &[]);
    assert!(status == 2 && !error.contains("hunter2"), "{error}");
    // Even of a file that is read, no pattern is quoted.
    fs::remove_file(folder.path().join("above/.forceignore")).unwrap();
    write(&repo, ".forceignore", "pass[z-a]hunter2\n");
    let (_, error) = check(&repo, &[]);
    assert!(error.contains("line 1") && !error.contains("hunter2"), "{error}");
}
