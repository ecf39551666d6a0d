//! A session: what the client can do and wants, its buffers, and the projects as they are analysed.
//!
//! `world` keeps the projects, on the thread of the `analyst`; `state` is what they are at one moment, `report` what there
//! is to tell about a file. `context` is what a request is answered from, `seen` the texts that an analysis was made of.

pub(in crate::lsp) mod analyst;
pub(in crate::lsp) mod buffers;
pub(in crate::lsp) mod client;
pub(in crate::lsp) mod context;
pub(in crate::lsp) mod panics;
pub(in crate::lsp) mod report;
pub(in crate::lsp) mod reporting;
pub(in crate::lsp) mod seen;
pub(in crate::lsp) mod settings;
pub(in crate::lsp) mod state;
pub(in crate::lsp) mod world;
