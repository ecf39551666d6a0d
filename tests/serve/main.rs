//! Tests of the emulator: its rooms, and a server in this process that a plain client asks.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

#[path = "../common/mod.rs"]
mod common;

mod bayeux;
mod changes;
mod client;
mod composite;
mod console;
mod control;
mod data;
mod fields;
mod guard;
mod history;
mod hostile;
mod journal;
mod kills;
mod login;
mod many;
mod members;
mod objects;
mod pages;
mod played;
mod queries;
mod refusals;
mod reload;
mod rest;
mod soap;
mod soql;
mod streaming;
mod tls;
mod undo;
mod work;
