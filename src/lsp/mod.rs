//! Lsp: the language server, the front door for editors.
//!
//! In: the messages of one client, over standard input or a connection in memory. Out: the messages to it. One loop
//! takes them in their order and holds the open buffers; a thread of its own keeps the projects analysed and hands
//! each new analysis to the loop. What is asked of one buffer and can do with names a moment old (hover, completion) is
//! answered at once; what must be exact waits until the analysis has caught up.
//! Must not know what a check finds, or how: findings, fixes and answers of the graph are those of the command line. Writes
//! no files: edits are handed to the client.
//!
//! One file for each request; `cursor` says what stands at a place of a buffer, `world` which projects there are.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "what answers a request takes its parameters and may refuse, whether it needs that or not"
)]

mod analyst;
mod buffers;
mod capabilities;
mod client;
mod code_action;
mod code_lens;
mod command;
mod completion;
mod context;
mod cursor;
mod definition;
mod diagnostics;
mod file_name;
mod folding;
mod formatting;
mod highlight;
mod hover;
mod inlay;
mod links;
mod named;
mod opening;
mod position;
mod references;
mod rename;
mod rename_edit;
mod rename_name;
mod requests;
mod seen;
mod selection;
mod server;
mod settings;
mod state;
mod stdio;
mod symbols;
mod tell;
mod uri;
mod world;

pub use server::{ServeError, serve};
pub use stdio::run;
