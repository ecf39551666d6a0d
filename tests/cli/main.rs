//! The program as it is run: arguments, files, streams, what it prints and what it leaves alone.

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/small.rs"]
mod small;

mod arguments;
mod boundary;
mod changed;
mod closure;
mod diff;
mod examples;
mod files;
mod graph;
mod odd_files;
mod printed;
mod run;
mod serve;
mod settings;
mod streams;
mod surroundings;
mod why;
