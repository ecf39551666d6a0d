//! The contents of a repository's files, read by one `git cat-file`.

use std::io::{self, BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use super::command::{PATIENCE, Repository, drain, no_answer, reason};
use super::disk::ObjectFormat;
use crate::source::{self, Contents, ReadProblem};

/// All that is read of a commit. On disk, a project can be larger, but what is the same there is not read from git.
const MAX_TOTAL_BYTES: u64 = 1024 * 1024 * 1024;

/// The contents of a repository's files.
pub(super) struct Objects {
    repository: Repository,
    format: ObjectFormat,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    batch: Option<Batch>,
    /// How many bytes have been read.
    total: u64,
    /// Why contents are missing, if some are.
    failed: Option<Missing>,
}

/// Why contents of a commit could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The repository does not have the file at this path, as a partial clone.
    Object(String),
    /// What git says, or what is wrong with it.
    Told(String),
    /// It is more than the program reads.
    TooMuch,
}

/// A `git cat-file` that waits for ids.
struct Batch {
    child: Running,
    input: BufWriter<ChildStdin>,
    output: BufReader<ChildStdout>,
    errors: JoinHandle<Vec<u8>>,
}

/// A program that ends when nobody needs it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What git answers to an id.
enum Answer {
    Content(Arc<[u8]>),
    TooLarge(u64),
    Missing,
    NoFile,
}

impl Objects {
    pub(super) fn new(repository: Repository, format: ObjectFormat) -> Self {
        Self { repository, format, state: Mutex::default() }
    }

    /// Why contents are missing, if some that were asked for are.
    pub(super) fn failed(&self) -> Option<Missing> {
        self.state().failed.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answers to some ids, as far as they came, and why not all did.
    fn ask(&self, state: &mut State, ids: Vec<String>, most: u64) -> (Vec<Answer>, Option<Missing>) {
        let batch = match state.batch.take().map_or_else(|| self.start(), Ok) {
            Ok(batch) => batch,
            Err(said) => return (Vec::new(), Some(Missing::Told(said))),
        };
        let Batch { mut child, mut input, mut output, errors } = batch;
        let (number, left) = (ids.len(), MAX_TOTAL_BYTES.saturating_sub(state.total));
        // Git writes while it reads, so that each stream has its own thread, and a third one looks at the time.
        let writer = std::thread::spawn(move || {
            let written = ids.iter().try_for_each(|id| writeln!(input, "{id}")).and_then(|()| input.flush());
            written.map(|()| input)
        });
        let (sender, answers) = channel();
        let reader = std::thread::spawn(move || {
            let read = read_answers(&mut output, number, most, left, &sender);
            read.map(|()| output)
        });
        let mut found = Vec::with_capacity(number);
        let mut is_late = false;
        while found.len() < number && !is_late {
            match answers.recv_timeout(PATIENCE) {
                Ok(answer) => found.push(answer),
                Err(std::sync::mpsc::RecvTimeoutError::Timeout) => is_late = true,
                Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => break,
            }
        }
        if found.len() < number {
            // The threads end with it.
            let _ = child.0.kill();
        }
        let (input, output) = (writer.join(), reader.join());
        for answer in &found {
            if let Answer::Content(content) = answer {
                state.total += content.len() as u64;
            }
        }
        match (input, output) {
            (Ok(Ok(input)), Ok(Ok(output))) if found.len() == number => {
                state.batch = Some(Batch { child, input, output, errors });
                (found, None)
            }
            (_, output) => {
                drop(child);
                let said = errors.join().unwrap_or_default();
                let why = match output {
                    _ if is_late => Missing::Told(no_answer()),
                    Ok(Err(error)) if error.kind() == io::ErrorKind::FileTooLarge => Missing::TooMuch,
                    _ => Missing::Told(reason(&said)),
                };
                (found, Some(why))
            }
        }
    }

    fn start(&self) -> Result<Batch, String> {
        let mut child = self.repository.start(&["cat-file", "--batch"])?;
        let errors = drain(child.stderr.take());
        match (child.stdin.take(), child.stdout.take()) {
            (Some(input), Some(output)) => Ok(Batch {
                child: Running(child),
                input: BufWriter::new(input),
                output: BufReader::new(output),
                errors,
            }),
            _ => Err("git cannot be run: it has no streams".to_owned()),
        }
    }
}

/// Reads the answers to `number` ids. What is larger than `most` is passed over, and more than `left` bytes in all are an
/// error.
fn read_answers(
    output: &mut BufReader<ChildStdout>,
    number: usize,
    most: u64,
    mut left: u64,
    answers: &Sender<Answer>,
) -> io::Result<()> {
    for _ in 0..number {
        let mut line = Vec::new();
        output.by_ref().take(1024).read_until(b'\n', &mut line)?;
        if line.pop() != Some(b'\n') {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        // `0123abcd… blob 42`, or `0123abcd… missing`.
        let line = String::from_utf8_lossy(&line);
        let mut words = line.split(' ').skip(1);
        let answer = match (words.next(), words.next().and_then(|size| size.parse::<u64>().ok())) {
            (Some(kind), Some(size)) => {
                let is_kept = kind == "blob" && size <= most;
                let content = if is_kept {
                    left = left.checked_sub(size).ok_or(io::ErrorKind::FileTooLarge)?;
                    let mut content = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
                    output.by_ref().take(size).read_to_end(&mut content)?;
                    content
                } else {
                    io::copy(&mut output.by_ref().take(size), &mut io::sink())?;
                    Vec::new()
                };
                let mut end = [0];
                output.read_exact(&mut end)?;
                match (kind, is_kept) {
                    ("blob", true) => Answer::Content(content.into()),
                    ("blob", false) => Answer::TooLarge(size),
                    _ => Answer::NoFile,
                }
            }
            _ => Answer::Missing,
        };
        if answers.send(answer).is_err() {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
    }
    Ok(())
}

impl Contents for Objects {
    fn get(&self, wanted: &[(&str, &str)], most: u64) -> Vec<Result<Arc<[u8]>, ReadProblem>> {
        let mut state = self.state();
        let ids = wanted.iter().map(|(_, id)| (*id).to_owned()).collect();
        let (answers, failed) = self.ask(&mut state, ids, most);
        let mut answers = answers.into_iter();
        let mut contents = Vec::with_capacity(wanted.len());
        let missing = || ReadProblem::Io("git does not have it".to_owned());
        for (path, _) in wanted {
            contents.push(match answers.next() {
                Some(Answer::Content(content)) => Ok(content),
                Some(Answer::TooLarge(size)) => Err(ReadProblem::TooLarge(size)),
                Some(Answer::NoFile) => Err(ReadProblem::Io("not a regular file".to_owned())),
                Some(Answer::Missing) => {
                    state.failed.get_or_insert_with(|| Missing::Object((*path).to_owned()));
                    Err(missing())
                }
                None => Err(missing()),
            });
        }
        if state.failed.is_none() {
            state.failed = failed;
        }
        contents
    }

    fn is_on_disk(&self, disk: &Path, id: &str) -> bool {
        // What opens a file refuses links on Unix alone.
        let may_be_link = cfg!(not(unix)) && disk.is_symlink();
        !may_be_link && source::read_bytes(disk).is_ok_and(|content| self.format.is_stored_as(&content, id))
    }
}
