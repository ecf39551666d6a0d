//! One check's page.

use std::collections::BTreeMap;

use super::{NOTICE, WIDTH, severities, silence};
use crate::analyse::{Options, TextFile, analyse_texts, interest};
use crate::checks::{Check, Evidence, REGISTRY, sample};
use crate::diagnostics::Summary;
use crate::diagnostics::render::{Report, human};
use crate::source::Interest;
use crate::triage::Policy;

/// The page of `check` in `docs/checks`.
pub fn page(check: &Check) -> String {
    let said = format!("`omnic` says:\n\n```text\n{}```\n\n", said(check));
    format!("{NOTICE}{}", link_codes(&text(check, &said), check.code))
}

/// The page of `check` for a terminal: wrapped, and without what the program says about the failing sample.
pub fn explanation(check: &Check) -> String {
    prose(&text(check, ""), |line| textwrap::fill(line, textwrap::Options::new(WIDTH).break_words(false)))
}

fn text(check: &Check, said: &str) -> String {
    format!(
        "# {code} {name}\n\n{summary}\n\nSeverity: {severity}\n\n## What it does\n\n{what}\n\n## Why it matters\n\n{why}\n\n\
         ## Fails\n\n{fails}{said}## Passes\n\n{passes}## What to do\n\n{fix}\n\n## How to silence it\n\n{silence}\n\
         ## Source\n\n{source}\n\n## How sure it is\n\n{sure}\n",
        code = check.code,
        name = check.name,
        summary = check.summary,
        severity = severities(check),
        what = check.what,
        why = check.why,
        fails = sample::markdown(check.fails),
        passes = sample::markdown(check.passes),
        fix = check.fix,
        silence = silence::text(check),
        source = check.source,
        sure = Evidence::sentences(check.evidence),
    )
}

/// What the program says about the failing sample, the findings of other checks left out.
fn said(check: &Check) -> String {
    let file = |sample::SampleFile { path, text, ignored }| {
        // A file that only looks like metadata is known by its name alone.
        let text = if interest(&path) == Interest::Name { String::new() } else { text };
        TextFile { path, text, package: 0, ignored }
    };
    let files = sample::files(check.fails).into_iter().map(file).collect();
    let policy = Policy { strict: check.strict, ..Policy::default() };
    let options = Options { policy, records: sample::records(check.fails), ..Options::default() };
    let analysis = analyse_texts(files, sample::layout(check.fails), sample::api_version(check.fails), &options);
    let own: Vec<_> = analysis.diagnostics.iter().filter(|found| found.code == check.code).cloned().collect();
    let report = Report {
        root: ".",
        layout: analysis.graph.layout.as_str(),
        api_version: analysis.graph.api_version.to_string(),
        api_version_source: "",
        files_checked: analysis.sources.len(),
        components: BTreeMap::new(),
        diagnostics: &own,
        summary: Summary::of(&own),
        files: &analysis.sources,
        ..Report::default()
    };
    let mut out = Vec::new();
    // Writing to memory does not fail.
    let _ = human::render(&report, &human::HumanOptions { color: false, links: false, width: WIDTH }, &mut out);
    format!("{}\n", String::from_utf8_lossy(&out).trim_end())
}

/// Makes a link of each other check's code.
fn link_codes(markdown: &str, own: &str) -> String {
    let others: Vec<_> = REGISTRY.iter().map(|check| check.code).filter(|code| *code != own).collect();
    let link = |line: String, code: &&str| line.replace(code, &format!("[{code}]({code}.md)"));
    prose(markdown, |line| others.iter().fold(line.to_owned(), link))
}

/// Changes each line that is not inside of a fence.
fn prose(markdown: &str, change: impl Fn(&str) -> String) -> String {
    let mut fenced = false;
    let mut text = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let fence = line.starts_with("```");
        fenced ^= fence;
        if fence || fenced {
            text.push_str(line);
        } else {
            text.push_str(&change(line));
        }
        text.push('\n');
    }
    text
}
