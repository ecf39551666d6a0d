//! `omnic explain`

use clap::Args;

use super::{CLEAN, Failure, output};
use crate::checks::{REGISTRY, find};
use crate::docs;
use crate::text::{Content, nearest};

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic explain                 # all checks, a line each
  omnic explain OC305
  omnic explain acw-incomplete  # the same")]
pub(super) struct ExplainArgs {
    /// Code or name, such as OC305 or acw-incomplete; without one, all checks are listed
    check: Option<String>,
}

pub(super) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let text = match &args.check {
        None => docs::list(),
        Some(wanted) => docs::explanation(find(wanted).ok_or_else(|| unknown(wanted))?),
    };
    output::print(Content::Text, |out| out.write_all(text.as_bytes()))?;
    Ok(CLEAN)
}

fn unknown(wanted: &str) -> Failure {
    let names = REGISTRY.iter().flat_map(|check| [check.code, check.name]);
    let failure = Failure::new(format!("there is no check `{wanted}`"));
    match nearest(wanted, names) {
        Some(name) => failure.with_help(format!("did you mean `{name}`?")),
        None => failure.with_help("`omnic explain` lists them all"),
    }
}
