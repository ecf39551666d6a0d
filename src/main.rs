//! The `omnic` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    omnic::cli::main()
}
