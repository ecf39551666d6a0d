//! A test report in the form of JUnit, which every CI server shows: a finding is a failure.

use std::collections::BTreeMap;
use std::io::{self, Write};

use quick_xml::events::BytesText;

use super::xml::{XmlWriter, document, legal};
use super::{Positions, Report};
use crate::diagnostics::Diagnostic;
use crate::text::{one_line, printable_lines};

const SUITE: &str = "omnic";

/// Writes one XML document: a test suite with a failed test case for each finding, or one that passed if there is none,
/// because servers take a report without a test case for a mistake.
///
/// # Errors
///
/// Those of `out`.
pub fn render(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let failures = report.diagnostics.len().to_string();
    let tests = report.diagnostics.len().max(1).to_string();
    let counts =
        [("name", SUITE), ("tests", tests.as_str()), ("failures", failures.as_str()), ("errors", "0"), ("time", "0")];
    document(out, |writer| {
        writer.create_element("testsuites").with_attributes(counts).write_inner_content(|writer| {
            writer.create_element("testsuite").with_attributes(counts).write_inner_content(|writer| {
                if report.diagnostics.is_empty() {
                    let attributes = [("classname", SUITE), ("name", "check"), ("time", "0")];
                    writer.create_element("testcase").with_attributes(attributes).write_empty()?;
                }
                cases(report, writer)
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn cases(report: &Report<'_>, writer: &mut XmlWriter<'_>) -> io::Result<()> {
    let positions = Positions::new(report);
    let mut seen: BTreeMap<(String, String), u32> = BTreeMap::new();
    for diagnostic in report.diagnostics {
        let path = legal(&report.shown_path(diagnostic.primary.location.file));
        let (class, mut name) = names(diagnostic, &path);
        // Of several test cases with one name, servers show the first.
        let nth = seen.entry((class.clone(), name.clone())).or_default();
        *nth += 1;
        if *nth > 1 {
            name = format!("{name} ({nth})");
        }
        let line = positions.range(diagnostic.primary.location).map(|(start, _)| start.line.to_string());
        let mut attributes = vec![("classname", class.as_str()), ("name", name.as_str()), ("file", path.as_str())];
        attributes.extend(line.as_deref().map(|line| ("line", line)));
        attributes.push(("time", "0"));
        let message = legal(&one_line(&diagnostic.message));
        let failure = [("type", diagnostic.severity.as_str()), ("message", message.as_str())];
        writer.create_element("testcase").with_attributes(attributes).write_inner_content(|writer| {
            let text = text(&positions, diagnostic, &path);
            writer.create_element("failure").with_attributes(failure).write_text_content(BytesText::new(&text))?;
            Ok(())
        })?;
    }
    Ok(())
}

/// Class and name of the test case: what the finding is about and which check found it, but no line, so that servers
/// know it again tomorrow. Servers split a class at its last dot.
fn names(diagnostic: &Diagnostic, path: &str) -> (String, String) {
    let class = diagnostic.component.as_ref().map(|component| format!("{}.{}", component.kind, component.name));
    let element = diagnostic.element.as_ref().map(|element| format!(" {element}")).unwrap_or_default();
    let name = format!("{} {}{element}", diagnostic.code, diagnostic.name);
    (class.map_or_else(|| path.to_owned(), |class| legal(&one_line(&class))), legal(&one_line(&name)))
}

/// All there is to say: servers show it as the failure's output.
fn text(positions: &Positions<'_>, diagnostic: &Diagnostic, path: &str) -> String {
    let place = match positions.range(diagnostic.primary.location) {
        Some((start, _)) => format!("{path}:{}:{}", start.line, start.column),
        None => path.to_owned(),
    };
    let mut text = format!(
        "{place}: {}[{}] {}: {}",
        diagnostic.severity,
        diagnostic.code,
        diagnostic.name,
        printable_lines(&diagnostic.message)
    );
    if let Some(help) = &diagnostic.help {
        text.push_str("\nHelp: ");
        text.push_str(&printable_lines(help));
    }
    if let Some(url) = diagnostic.url() {
        text.push('\n');
        text.push_str(&url);
    }
    legal(&text)
}
