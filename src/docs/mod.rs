//! Docs: what the checks say of themselves, as pages.
//!
//! In: the registry of checks, and the page of each. Out: Markdown: the explanation that `omnic explain` prints, and the
//! files of `docs/checks`, which a test compares with this.
//! Must not know files, the command line, or the terminal.

mod page;
mod silence;

use std::fmt::Write as _;

pub use page::{explanation, page};

use crate::checks::{Check, FAMILIES, Flag, REGISTRY};
use crate::diagnostics::Severity;

/// How to regenerate the pages: the first line of each.
const NOTICE: &str = "<!-- Made from the pages in src/checks by `OMNIC_UPDATE=1 cargo test --test repository generated`. Do not edit. -->\n\n";

const INTRODUCTION: &str = "# Checks

Each check has a code, which is never reused, and a name. Its page says what it does and why, with an example that \
fails and one that passes. `omnic explain OC201` prints the page in a terminal.

An **error** means that a deploy fails, that work cannot be routed, or that a documented limit is broken; where it is \
not documented what a deploy does, the check's page says so. It holds whatever the org holds, except for an unknown name \
([OC201](OC201.md)): what is most likely a slip is an error, and its message says `unless the org has it`. A **warning** \
means that it deploys, and people would not want it. A **note** is worth knowing; notes are counted, and shown with \
`--min-severity note`. A check with several severities uses the milder one where less is certain. Those marked \
**strict** run with `--strict` only: they are true, but noisy on healthy projects.

Each page ends with how sure the claim is: an error text of Salesforce's was seen, Salesforce documents it, real files \
agree, or it is assumed.
";

/// The list of all checks, by family.
pub fn index() -> String {
    let mut text = format!("{NOTICE}{INTRODUCTION}");
    for family in &FAMILIES {
        let _ = write!(
            text,
            "\n## {}: {}\n\n| code | name | severity | what it reports | how sure |\n|---|---|---|---|---|\n",
            family.prefix, family.title
        );
        for check in REGISTRY.iter().filter(|check| check.family() == family) {
            let &Check { code, name, .. } = *check;
            let (severities, summary) = (severities(check), check.summary().replace('|', "\\|"));
            let sure = check.page().evidence.iter().map(|evidence| evidence.as_str()).collect::<Vec<_>>().join(", ");
            let _ = writeln!(text, "| [{code}]({code}.md) | {name} | {severities} | {summary} | {sure} |");
        }
    }
    text
}

/// The list of all checks, one line each, for a terminal.
pub fn list() -> String {
    let name = REGISTRY.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let severity = REGISTRY.iter().map(|check| severities(check).len()).max().unwrap_or_default();
    let line = |check: &&Check| {
        format!("{}  {:name$}  {:severity$}  {}\n", check.code, check.name, severities(check), check.summary())
    };
    REGISTRY.iter().map(line).collect()
}

/// Such as `error, note (strict)`.
fn severities(check: &Check) -> String {
    let words: Vec<_> = check.severities.iter().copied().map(Severity::as_str).collect();
    words.join(", ") + if check.is(Flag::Strict) { " (strict)" } else { "" }
}
