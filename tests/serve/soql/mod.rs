//! Tests of SOQL: queries as data, results over a small org, laws, and another parser.

mod answers;
mod laws;
mod oracle;
mod org;
mod push_topics;
mod queries;
