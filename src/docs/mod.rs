//! Docs: what the checks say of themselves, as pages.
//!
//! In: the registry of checks. Out: Markdown: the explanation that `omnic explain` prints, and the files of
//! `docs/checks`, which a test holds against this. A page shows what the program really says about its sample, so this
//! room runs analyses, of texts alone.
//! Must not know files, the command line, or the terminal.

mod page;
mod silence;

use std::fmt::Write as _;

pub use page::{explanation, page};

use crate::checks::{Check, REGISTRY};
use crate::diagnostics::Severity;

/// Columns that the text for a terminal, and each output that is shown, is wrapped at.
const WIDTH: usize = 100;

/// How to regenerate the pages: the first line of each.
const NOTICE: &str =
    "<!-- Made from src/checks by `OMNIC_UPDATE=1 cargo test --test repository generated`. Do not edit. -->\n\n";

/// What the codes that begin alike have in common.
const FAMILIES: [(&str, &str); 9] = [
    ("OC0", "Files and names"),
    ("OC1", "Schemas"),
    ("OC2", "References"),
    ("OC3", "Settings and service channels"),
    ("OC4", "Presence configurations and statuses"),
    ("OC5", "Queues and routing configurations"),
    ("OC6", "Skills"),
    ("OC7", "Supervisor configurations"),
    ("OC8", "Flows and messaging channels"),
];

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

/// The files of `docs/checks`: name and text.
pub fn pages() -> Vec<(String, String)> {
    let index = ("README.md".to_owned(), index());
    std::iter::once(index).chain(REGISTRY.iter().map(|check| (format!("{}.md", check.code), page(check)))).collect()
}

/// The list of all checks, by family.
pub fn index() -> String {
    let mut text = format!("{NOTICE}{INTRODUCTION}");
    for (prefix, title) in FAMILIES {
        let _ = write!(
            text,
            "\n## {prefix}: {title}\n\n| code | name | severity | what it reports | how sure |\n|---|---|---|---|---|\n"
        );
        for check in REGISTRY.iter().filter(|check| check.code.starts_with(prefix)) {
            let &Check { code, name, summary, .. } = *check;
            let (severities, summary) = (severities(check), summary.replace('|', "\\|"));
            let sure = check.evidence.iter().map(|evidence| evidence.as_str()).collect::<Vec<_>>().join(", ");
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
        format!("{}  {:name$}  {:severity$}  {}\n", check.code, check.name, severities(check), check.summary)
    };
    REGISTRY.iter().map(line).collect()
}

/// Such as `error, note (strict)`.
fn severities(check: &Check) -> String {
    let words: Vec<_> = check.severities.iter().copied().map(Severity::as_str).collect();
    words.join(", ") + if check.strict { " (strict)" } else { "" }
}
