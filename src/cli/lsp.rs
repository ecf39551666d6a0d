//! `omnic lsp`: the language server.

use clap::Args;

use super::{CLEAN, Failure};
use crate::lsp;

/// What the command takes.
#[derive(Debug, Args)]
#[command(after_help = "Exit status: 0 if the editor ended the session as the protocol says, 2 otherwise.")]
pub(super) struct LspArgs {
    /// Let links and settings of the projects lead out of their git work trees; without it, such files are not read
    #[arg(long)]
    allow_outside: bool,
    /// Does nothing: standard input and output are the only way
    #[arg(long, hide = true)]
    stdio: bool,
    /// Does nothing: the server ends when its input does
    #[arg(long, hide = true, value_name = "PID", value_parser = clap::value_parser!(i64))]
    #[arg(alias = "clientProcessId")]
    client_process_id: Option<i64>,
}

pub(super) fn run(args: &LspArgs) -> Result<u8, Failure> {
    lsp::run(args.allow_outside).map_err(|error| Failure::new(error.to_string()))?;
    Ok(CLEAN)
}
