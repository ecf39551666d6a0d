//! `omnic`, the compiler for Salesforce Omni-Channel configuration.

pub mod diagnostics;
pub mod schema;
pub mod source;
