//! Git, called so that nothing in the repository can make it start a program.
//!
//! A repository is a stranger's: its configuration names hooks, a file-system monitor, filters, transports. The calls
//! here read commits and trees alone, switch off whatever could run, and leave git's own guards on: the check of who
//! owns a repository, and the one against repositories that lie inside another.

use std::ffi::OsString;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
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
const PATIENCE: Duration = Duration::from_secs(60);

/// A work tree, and the git that reads its repository.
pub(super) struct Repository {
    git: PathBuf,
    /// The folder of the work tree; no part of it is a symbolic link.
    pub(super) root: PathBuf,
}

impl Repository {
    /// The work tree that holds `folder`. It is looked for here and not by git, which takes a folder with the inside of
    /// a repository in it for a repository.
    pub(super) fn around(folder: &Path) -> Result<Self, Failure> {
        let root = source::work_tree(folder).ok_or_else(|| {
            let message =
                format!("git cannot tell what changed: `{}` is not in a git work tree", source::display(folder));
            Failure::new(message).with_help("run it in a clone of the repository, or name the changed files yourself")
        })?;
        Ok(Self { git: program()?, root })
    }

    /// The repository of a submodule of this one; none if it is not checked out.
    pub(super) fn submodule(&self, path: &Path) -> Option<Self> {
        let root = self.root.join(path);
        root.join(".git").exists().then(|| Self { git: self.git.clone(), root })
    }

    /// Standard output of a git command that succeeds; else the first line of what git says.
    pub(super) fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, String> {
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
            .stdin(Stdio::null());
        let output = output(command.args(arguments))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(said.lines().find(|line| !line.trim().is_empty()).unwrap_or("no reason given").to_owned())
    }

    /// The one line that a git command prints.
    pub(super) fn line(&self, arguments: &[&str]) -> Result<String, String> {
        self.run(arguments).map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned())
    }
}

/// What a command prints. A repository can make git read a pipe, and wait for ever.
fn output(command: &mut Command) -> Result<Output, String> {
    let cannot = |error: io::Error| format!("git cannot be run: {error}");
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(cannot)?;
    let (out, error) = (drain(child.stdout.take()), drain(child.stderr.take()));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().map_err(cannot)? {
            break status;
        }
        if begun.elapsed() > PATIENCE {
            // What it has started goes with its pipes.
            let _ = child.kill();
            let _ = child.wait();
            return Err(format!("git did not answer in {} seconds", PATIENCE.as_secs()));
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let bytes = |thread: JoinHandle<Vec<u8>>| thread.join().unwrap_or_default();
    Ok(Output { status, stdout: bytes(out), stderr: bytes(error) })
}

/// Reads a stream to its end, beside whatever else happens.
fn drain(stream: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
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
fn program() -> Result<PathBuf, Failure> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("git{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(&name))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            Failure::new("git cannot be run: no folder of `PATH` holds it")
                .with_help("install git, or name the changed files yourself")
        })
}
