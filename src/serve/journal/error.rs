//! What can go wrong.

use std::io;

/// An error of the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The folder cannot be made, entered or locked.
    #[error("the data folder `{folder}` cannot be used: {action} failed: {source}")]
    Folder {
        /// The folder.
        folder: String,
        /// What was tried.
        action: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// A file in the folder cannot be read or written.
    #[error("`{file}` in the data folder: {action} failed: {source}")]
    Io {
        /// The file, or `.` for the folder.
        file: String,
        /// What was tried.
        action: &'static str,
        /// Why it failed.
        source: io::Error,
    },
    /// Another server has the folder.
    #[error(
        "the data folder is in use by another server{}: stop it, or name another folder",
        process.as_ref().map(|process| format!(" (process {process})")).unwrap_or_default()
    )]
    InUse {
        /// The process id of the other server, if it is known.
        process: Option<String>,
    },
    /// Bytes differ from what was written, and more follows.
    #[error(
        "`{file}` in the data folder is damaged at byte {offset}: {what}. Reading past it could lose what was acknowledged: restore the folder from a copy, or begin with an empty one"
    )]
    Damaged {
        /// The file.
        file: String,
        /// Where the damage begins.
        offset: u64,
        /// What is wrong.
        what: &'static str,
    },
    /// A file that should be between others is not there.
    #[error(
        "`{file}` is missing in the data folder: what was written to it is lost; restore the folder from a copy, or begin with an empty one"
    )]
    Missing {
        /// The file.
        file: String,
    },
    /// A file was written by another version of the program.
    #[error("`{file}` in the data folder has format {found}, and this program reads format {expected}")]
    Format {
        /// The file.
        file: String,
        /// The format it has.
        found: u32,
        /// The format that is read.
        expected: u32,
    },
    /// The data belong to another plan.
    #[error("the data folder belongs to another plan (digest {found}, and this one has {expected})")]
    OtherPlan {
        /// The digest on disk.
        found: String,
        /// The digest of the plan that is served.
        expected: String,
    },
    /// A write failed before: it is not known what is on disk.
    #[error("an earlier write to the data folder failed, so nothing more is written: restart the server")]
    Broken,
    /// The data of another plan were accepted, and no snapshot with the new one was taken yet.
    #[error("the data folder still names the plan of before: a snapshot has to be taken first")]
    SnapshotNeeded,
    /// A payload, a batch or a digest is longer than the format allows.
    #[error("{what} of {length} bytes is too long for the journal, which holds at most {limit}")]
    TooLong {
        /// What is too long.
        what: &'static str,
        /// Its bytes.
        length: usize,
        /// The limit.
        limit: usize,
    },
}

impl JournalError {
    /// For `map_err`.
    pub(super) fn io(file: &str, action: &'static str) -> impl FnOnce(io::Error) -> Self {
        let file = file.to_owned();
        move |source| Self::Io { file, action, source }
    }
}
