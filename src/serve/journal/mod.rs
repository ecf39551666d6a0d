//! The journal: a log on disk, so that nothing acknowledged is lost.
//!
//! In: payloads with a kind, the word that a batch of them ends, states for snapshots. Out: the word that they are on
//! disk; and at the opening, the newest snapshot and everything committed after it. An error, if what is on disk is
//! damaged elsewhere than at its very end, belongs to another plan, or is used by another server.
//!
//! It must not know: what payloads mean, the clock, who waits for the word.
//!
//! `frame` is the form of what is written, `storage` what the journal needs of a folder, `folder` the real one with its
//! lock, `recover` what is read at the opening, and `log` the journal. They use each other in this order:
//! `log`, `recover`, `folder`, `storage`, `frame`, `error`.

mod error;
mod folder;
mod frame;
mod log;
mod recover;
mod storage;

pub use error::JournalError;
pub use folder::{Folder, FolderFile};
pub use frame::Entry;
pub use log::{Journal, Opened};
pub use recover::{Cut, Plan};
pub use storage::{Storage, StorageFile};
