//! Ignoring a finding: by a comment before the element, or by an exception in the configuration.

use lsp_types::CodeAction;

use super::asked::{Asked, Told};
use super::edit::{FileChange, To};
use super::place::{Surroundings, starts_line};
use crate::checks::{self, Flag};
use crate::config;
use crate::diagnostics::{Diagnostic, Replacement};
use crate::graph::{DIRECTIVE, Suppression};
use crate::lsp::session::seen::seen;
use crate::source::{self, Span};
use crate::xml::Document;

/// What stands for the reason until somebody writes it.
const REASON: &str = "say why this is right as it is";

/// Both ways to ignore each finding that touches the start of the range: who selects a whole file looks at none of them.
pub(super) fn of(asked: &Asked<'_>, actions: &mut Vec<CodeAction>) {
    let touches = |place: Span| place.start <= asked.span.start && asked.span.start <= place.end;
    let takes_comments = |code| checks::find(code).is_some_and(|check| !check.is(Flag::NoComment));
    let is_for = |at: &&Told<'_>| takes_comments(at.finding.code) && at.finding.component.is_some();
    let all = asked.findings.iter().filter(|at| touches(at.finding.primary.location.span));
    let known = asked.parsed.as_ref().map(|parsed| Suppression::all(&parsed.document)).unwrap_or_default();
    for at in all.filter(is_for) {
        actions.extend(here(asked, &known, at));
        actions.extend(in_configuration(asked, at));
    }
}

fn here(asked: &Asked<'_>, known: &[Suppression], at: &Told<'_>) -> Option<CodeAction> {
    let document = &asked.parsed.as_ref()?.document;
    let code = at.finding.code;
    let (replacement, is_whole) = comment(document, known, at.finding.primary.location.span, code)?;
    let title = if is_whole { format!("Ignore {code} in this file") } else { format!("Ignore {code} here") };
    let path = asked.here.path.clone();
    asked.quick_fix(title, at, &[FileChange { path, to: To::Changed(vec![replacement]) }])
}

/// The comment that silences a check at a place, and whether it is for the whole file. None where none would: a comment
/// that does not cover the finding is worse than none. `known` are those that the text has.
fn comment(document: &Document<'_>, known: &[Suppression], place: Span, code: &str) -> Option<(Replacement, bool)> {
    let (text, root) = (document.text(), document.root()?.span());
    let mut element = document.last_begun(place.start)?;
    while !(element.span().start <= place.start && place.end <= element.span().end) {
        element = element.parent()?;
    }
    let is_whole = element.span() == root;
    // What stands behind the root element is covered by nothing.
    if !is_whole && (element.parent().is_none() || element.span().start >= root.end) {
        return None;
    }
    let covers = if is_whole { Span::new(0, text.len() as u32) } else { element.span() };
    let same =
        |known: &&Suppression| known.directive == DIRECTIVE && known.covers == Some(covers) && known.reason.is_some();
    if let Some(known) = known.iter().rfind(same) {
        let (_, last) = known.checks.last()?;
        return Some((Replacement { span: Span::at(last.end), text: format!(", {code}") }, is_whole));
    }
    let start = element.span().start;
    let comment = format!("<!-- {DIRECTIVE} {code}: {REASON} -->");
    let text = match starts_line(text, start) {
        Some(indent) => format!("{comment}{}{indent}", Surroundings::of(document).line_end),
        None => comment,
    };
    Some((Replacement { span: Span::at(start), text }, is_whole))
}

fn in_configuration(asked: &Asked<'_>, at: &Told<'_>) -> Option<CodeAction> {
    let root = &asked.project.project.root;
    let known = asked.project.settings.files.first();
    let path = known.map_or_else(|| root.join(config::FILE_NAME), |file| source::join(root, &file.path));
    let entry = exception(at.finding)?;
    let to = match known {
        Some(_) => To::Changed(vec![appended(&seen(asked.cx, asked.project, &path)?.text, &entry)?]),
        // It is there, and does not count.
        None if path.exists() || !root.is_dir() => return None,
        None => To::New(entry),
    };
    let title = format!("Ignore {} of {} in {}", at.finding.code, named(at.finding)?, config::FILE_NAME);
    asked.quick_fix(title, at, &[FileChange { path, to }])
}

fn named(finding: &Diagnostic) -> Option<String> {
    let component = finding.component.as_ref()?;
    Some(match &finding.element {
        Some(element) => format!("`{element}` of `{}`", component.name),
        None => format!("`{}`", component.name),
    })
}

fn exception(finding: &Diagnostic) -> Option<String> {
    let component = finding.component.as_ref()?;
    let quoted = |text: &str| toml::Value::from(text).to_string();
    // In a pattern, these stand for more than themselves.
    let name: String = component.name.chars().flat_map(|c| escape(c).chain([c])).collect();
    let element = finding.element.as_ref().map(|element| format!("element = {}\n", quoted(element)));
    Some(format!(
        "[[exceptions]]\ncheck = {}\ntype = {}\nname = {}\n{}reason = {}\n",
        quoted(finding.code),
        quoted(&component.kind),
        quoted(&name),
        element.unwrap_or_default(),
        quoted(REASON)
    ))
}

fn escape(c: char) -> impl Iterator<Item = char> {
    "*?[]{}\\".contains(c).then_some('\\').into_iter()
}

/// `entry` behind what a configuration file holds; none if it would then not load.
fn appended(text: &str, entry: &str) -> Option<Replacement> {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let before = match text {
        "" => "",
        text if text.ends_with('\n') => line_end,
        _ => &line_end.repeat(2),
    };
    let added = format!("{before}{}", entry.replace('\n', line_end));
    let exceptions = |text: &str| {
        let table = text.trim_start_matches('\u{feff}').parse::<toml::Table>().ok()?;
        Some(table.get("exceptions").and_then(toml::Value::as_array).map_or(0, Vec::len))
    };
    let is_sound = exceptions(&format!("{text}{added}"))? == exceptions(text)? + 1;
    is_sound.then(|| Replacement { span: Span::at(text.len() as u32), text: added })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{fix, xml};
    use proptest::prelude::*;

    fn silences(text: &str, place: Span, code: &str) -> bool {
        let document = xml::parse(text);
        Suppression::all(&document).iter().any(|known| {
            let covers = known.covers.is_some_and(|covers| covers.start <= place.start && place.end <= covers.end);
            known.directive == DIRECTIVE && covers && known.checks.iter().any(|(name, _)| name == code)
        })
    }

    proptest! {
        #[test]
        fn a_comment_covers_the_finding(
            text in "(<!-- omnic-ignore OC1: x -->)?<a>((<b>|</b>|<c/>|\n  |x|<!-- y -->|<!-- omnic-ignore OC2: x -->\n?|<!\\[CDATA\\[<c>\\]\\]>|<\\?p <c>\\?>)){0,12}(</a>)?(<c/>)?",
        ) {
            let document = xml::parse(&text);
            let known = Suppression::all(&document);
            for at in (0..text.len()).filter(|&at| text.as_bytes().get(at) == Some(&b'<')) {
                let Some(element) = document.last_begun(at as u32) else { continue };
                let place = element.start_tag();
                let Some((made, _)) = comment(&document, &known, place, "OC9") else { continue };
                let more = made.text.len() as u32;
                let moved = Span::new(place.start + more, place.end + more);
                let after = fix::apply(&text, &[made]);
                prop_assert!(silences(&after, moved, "OC9"), "{text:?} {after:?} {moved:?}");
            }
        }
    }
}
