//! `omnic`, the compiler for Salesforce Omni-Channel configuration.

pub mod analyse;
pub mod answers;
mod caseless;
pub mod checks;
pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod docs;
pub mod fix;
pub mod graph;
pub mod lsp;
pub mod metadata;
pub mod narrate;
pub mod plan;
pub mod records;
pub mod runtime;
pub mod schema;
pub mod script;
pub mod setup;
pub mod source;
pub mod text;
pub mod triage;
pub mod xml;
