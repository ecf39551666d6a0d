//! What a finding advises must not lead into another finding at the same place: each fix, and each help that can be
//! followed by a program, is applied to the projects in pages and to the fixtures with findings.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

use crate::common;
use std::collections::BTreeSet;
use std::path::Path;

use omnic::analyse::{Analysis, Options, again, analyse};
use omnic::diagnostics::{Applicability, Change, Diagnostic, Edit, Fix, Severity};
use omnic::fix;
use omnic::source::Span;

/// The words between the first pair of back-quotes after `before`, and what follows them.
fn quoted<'h>(help: &'h str, before: &str) -> Option<(&'h str, &'h str)> {
    let (_, rest) = help.split_once(before)?;
    rest.split_once('`')
}

/// What a help says to do, as changes to the file of the finding; none if it leaves a choice to a person.
fn advised(finding: &Diagnostic, text: &str) -> Option<Fix> {
    let help = finding.help.as_deref()?;
    let span = finding.primary.location.span;
    let fix = |change: Change| {
        let edits = vec![Edit { file: finding.primary.location.file, change }];
        Some(Fix { title: help.to_owned(), applicability: Applicability::Unsafe, edits })
    };
    let is_name = text[..span.start as usize].ends_with(['<', '/']);
    if help.starts_with("write `") {
        let (value, after) = quoted(help, "write `")?;
        let plain = !span.slice(text).contains(['<', '>', '"']) && !value.contains(['<', '=']);
        let alone = after.is_empty() || after.starts_with([',', ';']);
        return match (plain && alone && !span.slice(text).is_empty(), is_name) {
            (true, true) => fix(Change::Rename { span, name: value.to_owned() }),
            (true, false) => fix(Change::SetValue { span, value: value.to_owned() }),
            _ => None,
        };
    }
    if help.starts_with("set `") {
        let (element, after) = quoted(help, "set `")?;
        let (value, _) = quoted(after, "to `")?;
        let concerns = finding.element.as_deref().is_some_and(|path| path.ends_with(element));
        return if concerns && !is_name && !span.slice(text).contains('<') {
            fix(Change::SetValue { span, value: value.to_owned() })
        } else {
            None
        };
    }
    // `add <x> with something, such as this`.
    let (element, after) = quoted(help, "add `<").filter(|_| help.starts_with("add `<"))?;
    let element = element.trim_end_matches('>');
    let (value, _) = quoted(after, "such as `")?;
    let close = text.rfind("</")?;
    let at = u32::try_from(close).ok()?;
    fix(Change::Replace { span: Span::at(at), text: format!("    <{element}>{value}</{element}>\n") })
}

/// What may follow, and why it does: the value that was meant asks for more than the file has, whoever writes it.
const MAY_FOLLOW: [(&str, &str); 2] = [("OC808", "OC801"), ("OC808", "OC802")];

/// What makes two findings the same in two states of a project.
fn key(finding: &Diagnostic) -> (&'static str, u32, Option<String>) {
    (finding.code, finding.primary.location.file.0, finding.element.clone())
}

/// The line of a finding.
fn line(analysis: &Analysis, finding: &Diagnostic) -> usize {
    let place = finding.primary.location;
    analysis.sources[place.file.0 as usize].text[..place.span.start as usize].lines().count()
}

/// The findings that following one brings to its element or its line, notes aside.
fn brought(before: &Analysis, finding: &Diagnostic, fix: &Fix, options: &Options) -> Option<Vec<String>> {
    let text_of = |file: omnic::source::FileId| before.sources.get(file.0 as usize).map(|source| source.text.as_str());
    let edits = fix::edits(fix, text_of)?;
    let mut sources = before.sources.clone();
    for (file, replacements) in &edits {
        let source = &mut sources[file.0 as usize];
        source.text = fix::apply(&source.text, replacements);
    }
    let after = again(&sources, &before.graph, options);
    let known: BTreeSet<_> = before.diagnostics.iter().map(key).collect();
    let is_new = |found: &&Diagnostic| {
        found.severity > Severity::Note
            && found.primary.location.file == finding.primary.location.file
            && (found.element == finding.element || line(&after, found) == line(before, finding))
            && !known.contains(&key(found))
            && !MAY_FOLLOW.contains(&(finding.code, found.code))
    };
    Some(after.diagnostics.iter().filter(is_new).map(|found| format!("{}: {}", found.code, found.message)).collect())
}

/// Applies everything that the findings of an analysis advise; gives what went wrong, and how much was tried.
fn follow(name: &str, analysis: &Analysis, options: &Options, wrong: &mut Vec<String>) -> usize {
    let mut tried = 0;
    for finding in &analysis.diagnostics {
        let source = &analysis.sources[finding.primary.location.file.0 as usize];
        let fixes = finding.fix.clone().into_iter().chain(advised(finding, &source.text));
        for fix in fixes {
            let Some(new) = brought(analysis, finding, &fix, options) else { continue };
            tried += 1;
            if !new.is_empty() {
                wrong.push(format!("{name}: {} `{}` leads to {new:#?}", finding.code, fix.title));
            }
        }
    }
    tried
}

#[test]
fn no_advice_leads_into_another_finding() {
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for shown in common::pages::firing() {
        let (_folder, project, options) = shown.load(shown.is_strict());
        let analysis = analyse(&project, &options);
        tried += follow(&shown.name, &analysis, &options, &mut wrong);
    }
    let mut folders: Vec<_> =
        std::fs::read_dir("tests/fixtures/err").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| !folder.join("org").exists()) {
        let name = Path::file_name(folder).unwrap().to_string_lossy().into_owned();
        let (_, analysis) = common::check(folder, false);
        let options = Options { keep_texts: true, ..Options::default() };
        tried += follow(&name, &analysis, &options, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 150, "only {tried} were tried");
}
