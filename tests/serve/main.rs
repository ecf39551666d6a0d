//! Tests of the emulator: its rooms, and a server in this process that a plain client asks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

#[path = "../common/mod.rs"]
mod common;

mod bayeux;
mod client;
mod console;
mod control;
mod data;
mod guard;
mod journal;
mod login;
mod members;
mod objects;
mod pages;
mod refusals;
mod rest;
mod soql;
mod streaming;
mod work;
