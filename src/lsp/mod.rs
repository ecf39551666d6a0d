//! Lsp: the language server, the front door for editors.
//!
//! In: the messages of one client, over standard input or a connection in memory. Out: the messages to it. One loop
//! takes them in their order and holds the open buffers; a thread of its own keeps the projects analysed and hands
//! each new analysis to the loop. What is asked of one buffer and can do with names a moment old (hover, completion) is
//! answered at once; what must be exact waits until the analysis has caught up.
//! Must not know what a check finds, or how: findings, fixes and answers of the graph are those of the command line. Writes
//! no files: edits are handed to the client.
//!
//! Its rooms, of which each uses those after it alone: `server`, `requests`, `features`, `session`, `text`. `requests` is
//! the table of what can be asked, and when it is answered.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "what answers a request takes its parameters and may refuse, whether it needs that or not"
)]

mod features;
mod requests;
mod server;
mod session;
mod text;

pub use server::{ServeError, run, serve};
