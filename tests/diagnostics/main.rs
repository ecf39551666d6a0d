//! How findings are written: each format, and differences of texts.

#[path = "../common/report.rs"]
mod report;

mod diff;
mod formats;
mod render;
