//! `omnic explain`

use clap::Args;

use super::{CLEAN, Failure, output};
use crate::checks::{Check, REGISTRY, find, sample};
use crate::diagnostics::Severity;
use crate::text::nearest;

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Code or name, such as OC305 or acw-incomplete; without one, all checks are listed
    check: Option<String>,
}

pub(super) fn run(args: &ExplainArgs) -> Result<u8, Failure> {
    let text = match &args.check {
        None => list(),
        Some(wanted) => explain(find(wanted).ok_or_else(|| unknown(wanted))?),
    };
    output::print(|out| out.write_all(text.as_bytes()))?;
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

fn severities(check: &Check) -> String {
    let words: Vec<_> = check.severities.iter().copied().map(Severity::as_str).collect();
    words.join(", ") + if check.strict { " (strict)" } else { "" }
}

fn list() -> String {
    let name = REGISTRY.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let severity = REGISTRY.iter().map(|check| severities(check).len()).max().unwrap_or_default();
    let line = |check: &&Check| {
        format!("{}  {:name$}  {:severity$}  {}\n", check.code, check.name, severities(check), check.summary)
    };
    REGISTRY.iter().map(line).collect()
}

fn explain(check: &Check) -> String {
    let wrap = |text| textwrap::fill(text, textwrap::Options::new(100).break_words(false));
    format!(
        "# {code} {name}\n\n{summary}\n\nSeverity: {severity}\n\n## What it does\n\n{what}\n\n## Why it matters\n\n{why}\n\n\
         ## Fails\n\n{fails}## Passes\n\n{passes}## What to do\n\n{fix}\n\n## Source\n\n{source}\n",
        code = check.code,
        name = check.name,
        summary = wrap(check.summary),
        severity = severities(check),
        what = wrap(check.what),
        why = wrap(check.why),
        fails = sample::markdown(check.fails),
        passes = sample::markdown(check.passes),
        fix = wrap(check.fix),
        source = wrap(check.source),
    )
}
