//! `omnic`, the compiler for Salesforce Omni-Channel configuration.

pub mod analyse;
pub mod checks;
pub mod cli;
pub mod diagnostics;
pub mod fix;
pub mod graph;
pub mod metadata;
pub mod plan;
pub mod schema;
pub mod source;
pub mod text;
pub mod xml;
