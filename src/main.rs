//! The `omnic` command.

use std::process::ExitCode;

/// A large project is two million small pieces of memory, made on several threads: this allocator halves their cost.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    omnic::cli::main()
}
