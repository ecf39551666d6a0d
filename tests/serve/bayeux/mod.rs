//! The `CometD` server: what real clients send, step by step, and what holds for all requests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

mod delivery;
mod limits;
mod transcript;
