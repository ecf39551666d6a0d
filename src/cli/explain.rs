//! `omnic explain`

use std::io;

use clap::Args;

use self::page::Printer;
use super::{CLEAN, ColorArgs, Failure, output};
use crate::checks::{Check, REGISTRY, find};
use crate::docs;
use crate::text::{Content, nearest};

mod page;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic explain                 # all checks, a line each
  omnic explain OC305
  omnic explain acw-incomplete  # the same
  omnic explain OC305 OC306     # several, one after another")]
pub(super) struct ExplainArgs {
    /// Codes or names, such as OC305 or acw-incomplete; without one, all checks are listed
    #[arg(value_name = "CHECK")]
    checks: Vec<String>,
    #[command(flatten)]
    color: ColorArgs,
}

pub(super) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    if args.checks.is_empty() {
        output::print(Content::Text, |out| out.write_all(docs::list().as_bytes()))?;
        return Ok(CLEAN);
    }
    let mut checks: Vec<&Check> = Vec::new();
    for wanted in &args.checks {
        let check = find(wanted).ok_or_else(|| unknown(wanted))?;
        if checks.iter().all(|known| known.code != check.code) {
            checks.push(check);
        }
    }
    let color = output::use_color(args.color.color, &io::stdout());
    let content = if color { Content::Styled } else { Content::Text };
    output::print(content, |out| {
        let mut printer = Printer { color, width: output::width(), out };
        for (number, check) in checks.iter().enumerate() {
            printer.page(number == 0, &docs::explanation(check))?;
        }
        Ok(())
    })?;
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
