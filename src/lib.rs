//! `omnic`, the compiler for Salesforce Omni-Channel configuration.

pub mod analyse;
pub mod checks;
pub mod diagnostics;
pub mod graph;
pub mod metadata;
pub mod schema;
pub mod source;
pub mod text;
pub mod xml;
