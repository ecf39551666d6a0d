//! Git, called so that nothing in the repository can make it start a program.
//!
//! A repository is a stranger's: its configuration names hooks, a file-system monitor, filters, transports. The calls
//! here read commits and trees alone, switch off whatever could run, and leave git's own guards on: the check of who
//! owns a repository, and the one against repositories that lie inside another.

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::super::Failure;
use crate::source;

/// Settings that a repository cannot override. `GIT_ALLOW_PROTOCOL`, set to nothing, does the same for transports, which
/// a partial clone starts when an object is missing.
const SETTINGS: [&str; 11] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.sshCommand=false",
    "core.askPass=",
    "credential.helper=",
    "diff.external=",
    "log.showSignature=false",
    "protocol.allow=never",
    "submodule.recurse=false",
];

/// Even the largest repository is listed in a few seconds.
pub(super) const PATIENCE: Duration = Duration::from_secs(60);

/// What git is asked for, in the words of messages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Purpose {
    /// Before the reason.
    cannot: &'static str,
    /// Before the name of a commit.
    cannot_with: &'static str,
    /// What to do without git.
    instead: &'static str,
}

/// What has changed since a commit.
pub(super) const CHANGES: Purpose = Purpose {
    cannot: "git cannot tell what changed",
    cannot_with: "git cannot tell what changed since",
    instead: "name the changed files yourself",
};

/// What a commit holds.
pub(super) const CONTENT: Purpose = Purpose {
    cannot: "git cannot read the repository",
    cannot_with: "git cannot read",
    instead: "name a folder or a plan instead of a commit",
};

impl Purpose {
    /// Why it did not work out.
    pub(super) fn failure(self, said: impl Display) -> Failure {
        Failure::new(format!("{}: {said}", self.cannot))
    }
}

/// A work tree, and the git that reads its repository.
pub(super) struct Repository {
    git: PathBuf,
    pub(super) purpose: Purpose,
    /// The folder of the work tree; no part of it is a symbolic link.
    pub(super) root: PathBuf,
}

impl Repository {
    /// The work tree that holds `folder`. It is looked for here and not by git, which takes a folder with the inside of
    /// a repository in it for a repository.
    pub(super) fn around(folder: &Path, purpose: Purpose) -> Result<Self, Failure> {
        let root = source::work_tree(folder).ok_or_else(|| {
            let said = format!("`{}` is not in a git work tree", source::display(folder));
            let help = format!("run it in a clone of the repository, or {}", purpose.instead);
            purpose.failure(said).with_help(help)
        })?;
        Ok(Self { git: program(purpose)?, purpose, root })
    }

    /// The repository of a submodule of this one; none if it is not checked out.
    pub(super) fn submodule(&self, path: &Path) -> Option<Self> {
        let root = self.root.join(path);
        root.join(".git").exists().then(|| Self { git: self.git.clone(), purpose: self.purpose, root })
    }

    /// A git command that reads nothing.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.git);
        for (name, _) in std::env::vars_os() {
            if name.as_encoded_bytes().to_ascii_uppercase().starts_with(b"GIT_") {
                command.env_remove(name);
            }
        }
        command.args(["--no-pager", "--no-optional-locks", "--no-replace-objects", "--literal-pathspecs"]);
        command.arg("-C").arg(&self.root);
        for setting in SETTINGS {
            command.args(["-c", setting]);
        }
        let above = self.root.parent().map_or_else(OsString::new, |above| above.as_os_str().to_owned());
        command
            .env("GIT_CEILING_DIRECTORIES", above)
            .env("GIT_ALLOW_PROTOCOL", "")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("GIT_ATTR_NOSYSTEM", "1")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .args(arguments);
        command
    }

    /// Standard output of a git command that succeeds; else the first line of what git says.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
        let output = output(&mut self.command(arguments))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(reason(&output.stderr))
    }

    /// A git command that answers what is written to it, all of its streams being pipes.
    pub(super) fn start(&self, arguments: &[&str]) -> Result<Child, String> {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| cannot(&error))
    }

    /// The id of the commit that `name` names; none if it names nothing.
    pub(super) fn find(&self, name: &str) -> Result<Option<String>, Failure> {
        if name.starts_with(['-', '^']) {
            return Err(Failure::new(format!("`{name}` is not a commit or branch")));
        }
        let said = match self.line(&["rev-parse", "--verify", &format!("{name}^{{commit}}")]) {
            Ok(id) => return Ok(Some(id)),
            Err(said) => said,
        };
        if said.contains("dubious ownership") {
            let root = source::display(&self.root);
            return Err(self.purpose.failure(format!("`{root}` belongs to another user")).with_help(
                "if you trust it, add its absolute path to git's `safe.directory` with `git config --global`",
            ));
        }
        if said.starts_with("git did not answer") {
            return Err(self.purpose.failure(said));
        }
        if said.starts_with("git cannot be run") {
            return Err(Failure::new(said).with_help(format!("install git, or {}", self.purpose.instead)));
        }
        if said.contains("single revision") {
            return Ok(None);
        }
        let said = said.strip_prefix("fatal: ").unwrap_or(&said);
        Err(self.unknown(name, said))
    }

    /// The id of the commit that `name` names.
    pub(super) fn resolve(&self, name: &str) -> Result<String, Failure> {
        self.find(name)?.ok_or_else(|| self.unknown(name, "no such commit or branch"))
    }

    fn unknown(&self, name: &str, why: &str) -> Failure {
        Failure::new(format!("{} `{name}`: {why}", self.purpose.cannot_with))
            .with_help("name a commit or branch that exists; a shallow clone may need to fetch it first")
    }

    /// The commit from which two went their ways; `range` is how the caller wrote them.
    pub(super) fn merge_base(&self, from: &str, to: &str, range: &str) -> Result<String, Failure> {
        self.line(&["merge-base", from, to]).map_err(|_| {
            self.purpose
                .failure(format!("the commits of `{range}` have no common ancestor"))
                .with_help("a shallow clone may need to fetch more commits first; `A..B` compares the two as they are")
        })
    }

    /// The one line that a git command prints.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, String> {
        self.run(arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
    }
}

/// What a command prints. A repository can make git read a pipe, and wait for ever.
fn output(command: &mut Command) -> Result<Output, String> {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(|error| cannot(&error))?;
    let (out, error) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(|error| cannot(&error))? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            // What it has started goes with its pipes.
            let _ = child.kill();
            let _ = child.wait();
            return Err(no_answer());
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let bytes = |thread: JoinHandle<Vec<u8>>| thread.join().unwrap_or_default();
    Ok(Output { status, stdout: bytes(out), stderr: bytes(error) })
}

fn cannot(error: &io::Error) -> String {
    format!("git cannot be run: {error}")
}

/// What is said of a git that does not answer.
pub(super) fn no_answer() -> String {
    format!("git did not answer in {} seconds", PATIENCE.as_secs())
}

/// The first line of what git says on standard error.
pub(super) fn reason(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    said.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned()
}

/// Reads a stream to its end, beside whatever else happens.
pub(super) fn drain(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What came until an error is what there is.
            let _ = stream.read_to_end(&mut bytes);
        }
        bytes
    })
}

/// Git's program. Relative folders of `PATH` are skipped: they may lie in the repository.
fn program(purpose: Purpose) -> Result<PathBuf, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            Failure::new("git cannot be run: no folder of `PATH` holds it")
                .with_help(format!("install git, or {}", purpose.instead))
        })
}
