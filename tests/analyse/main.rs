//! From files to an analysis and a plan: texts, schemas, the graph, records of an org.

#[path = "../common/mod.rs"]
mod common;

mod compare;
mod compile;
mod determinism;
mod discover;
mod flows;
mod graph;
mod live;
mod metadata;
mod org;
mod plan;
mod records;
mod replacements;
mod rows;
mod schema_facts;
mod schema_release;
mod why;
mod xml;
mod xml_suite;
