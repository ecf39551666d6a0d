//! The language server, by scripted sessions over a connection in memory.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests may fail")]
#![allow(clippy::needless_pass_by_value, reason = "sessions are scripted with `json!(…)`")]

#[path = "../common/mod.rs"]
mod common;

mod actions;
mod code_lens;
mod commands;
mod completion;
mod diagnostics;
mod filled_in;
mod flows;
mod foreign;
mod formatting;
mod histories;
mod hover;
mod inlay;
mod navigation;
mod rename;
mod robustness;
mod session;
