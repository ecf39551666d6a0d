//! The journal: nothing acknowledged is lost, wherever the machine stops, and damage is never read over.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

mod damage;
mod disk;
mod folder;
mod stops;
