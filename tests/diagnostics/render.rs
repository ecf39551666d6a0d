//! Every renderer on one report that holds each awkward case: what it writes, byte by byte.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::BTreeMap;

use omnic::diagnostics::render::human::{self, HumanOptions};
use omnic::diagnostics::render::{
    Report, checkstyle, concise, github, gitlab, json, json_lines, junit, markdown, sarif, statistics,
};
use omnic::diagnostics::{Severity, Summary};
use omnic::source::{FileId, Span};

use crate::report::{at, finding, sample, text};

#[test]
fn human() {
    let sample = sample();
    let options = HumanOptions { color: false, links: false, width: 100 };
    insta::assert_snapshot!(text(|out| human::render(&sample.report(), &options, out)));
}

#[test]
fn human_with_color_and_links() {
    let mut sample = sample();
    sample.diagnostics.truncate(1);
    let options = HumanOptions { color: true, links: true, width: 100 };
    insta::assert_snapshot!(text(|out| human::render(&sample.report(), &options, out)).replace('\u{1b}', "␛"));
}

#[test]
fn human_stays_narrow_and_small() {
    let mut sample = sample();
    let many = (0..60).map(|number| format!("<a>{number}</a>")).collect::<Vec<_>>().join("\n");
    let many = sample.file("many.xml", &many);
    let mut diagnostic = finding(
        ("OC111", "duplicate-entry", Severity::Warning),
        "the same value nine times",
        sample.label(many, "<a>0</a>", "here"),
    );
    diagnostic.related =
        (1..9).map(|number| sample.label(many, &format!("<a>{}</a>", number * 6), "and here")).collect();
    diagnostic.help = Some("keep one\n<a>0</a>".to_owned());
    sample.diagnostics = vec![diagnostic];
    let options = HumanOptions { color: false, links: false, width: 0 };
    insta::assert_snapshot!(text(|out| human::render(&Report { root: ".", ..sample.report() }, &options, out)));
}

/// Any span of any text renders: nothing panics, each label shows, and nothing that a terminal obeys gets through.
#[test]
fn any_span_renders() {
    let mut sample = sample();
    let texts =
        ["\u{feff}", "\n", "\r\n", "\r", "\u{feff}a\r\n\r\nä\t漢\u{202e}\r\n\n", "é", "\n\n\u{1b}x", "<a>\r</a>"];
    let options = HumanOptions { color: false, links: false, width: 60 };
    for text_of_file in texts {
        let file = sample.file("a.xml", text_of_file);
        let ends = text_of_file.len() as u32 + 2;
        for (start, end) in (0..=ends).flat_map(|start| (0..=ends).map(move |end| (start, end))) {
            let mut diagnostic = finding(("OC001", "any", Severity::Note), "m", at(file, Span::new(start, end), "one"));
            diagnostic.related =
                vec![at(file, Span::new(end, start), "two"), at(FileId(99), Span::new(start, end), "")];
            sample.diagnostics = vec![diagnostic];
            let report = sample.report();
            let human = text(|out| human::render(&report, &options, out));
            assert!(human.contains("one") && human.contains("two"), "{text_of_file:?} {start}..{end}:\n{human}");
            assert!(!human.contains(['\r', '\u{1b}', '\u{202e}']), "{text_of_file:?}");
            for render in [json::render, json_lines::render, sarif::render, github::render, gitlab::render] {
                text(|out| render(&report, out));
            }
            for render in [junit::render, checkstyle::render, markdown::render] {
                assert!(!text(|out| render(&report, out)).contains(['\r', '\u{1b}', '\u{202e}']), "{text_of_file:?}");
            }
            assert_eq!(text(|out| concise::render(&report, out)).lines().count(), 1);
        }
    }
}

#[test]
fn concise() {
    let sample = sample();
    insta::assert_snapshot!(text(|out| concise::render(&sample.report(), out)));
}

#[test]
fn json() {
    let mut sample = sample();
    let all = sample.report().summary;
    sample.diagnostics.drain(3..6);
    insta::assert_snapshot!(without_version(&text(|out| json::render(
        &Report { summary: all, ..sample.report() },
        out
    ))));
}

fn without_version(text: &str) -> String {
    text.replace(env!("CARGO_PKG_VERSION"), "[version]")
}

/// One golden file for each format that other programs read.
#[test]
fn machine_formats() {
    let sample = sample();
    let report = sample.report();
    insta::assert_snapshot!("json_lines", text(|out| json_lines::render(&report, out)));
    insta::assert_snapshot!("sarif", without_version(&text(|out| sarif::render(&report, out))));
    insta::assert_snapshot!("github", text(|out| github::render(&report, out)));
    insta::assert_snapshot!("gitlab", text(|out| gitlab::render(&report, out)));
    insta::assert_snapshot!("junit", text(|out| junit::render(&report, out)));
    insta::assert_snapshot!("checkstyle", text(|out| checkstyle::render(&report, out)));
    insta::assert_snapshot!("markdown", text(|out| markdown::render(&report, out)));
    insta::assert_snapshot!("statistics", text(|out| statistics::render(&report, out)));
    insta::assert_snapshot!("statistics_json", text(|out| statistics::render_json(&report, out)));
}

#[test]
fn closing_line() {
    let line = |errors, warnings, notes, least| {
        let sample = sample();
        human::summary_line(
            &Report {
                summary: Summary { errors, warnings, notes, suppressed: 0, baselined: 0 },
                diagnostics: &[],
                ..sample.report()
            },
            least,
        )
    };
    let (note, warning, error) = (Severity::Note, Severity::Warning, Severity::Error);
    insta::assert_snapshot!(line(1, 2, 3, warning), @"checked 7 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): 1 error, 2 warnings, 3 notes hidden (show with --min-severity note)");
    insta::assert_snapshot!(line(0, 0, 0, warning), @"checked 7 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no findings");
    insta::assert_snapshot!(line(0, 0, 1, warning), @"checked 7 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no errors or warnings, 1 note hidden (show with --min-severity note)");
    insta::assert_snapshot!(line(2, 0, 3, note), @"checked 7 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): 2 errors, 3 notes");
    insta::assert_snapshot!(line(0, 2, 3, error), @"checked 7 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no errors, 2 warnings and 3 notes hidden (show with --min-severity note)");
    let sample = sample();
    let newest = Report {
        api_version: "67.0".to_owned(),
        api_version_source: "newest known",
        files_checked: 1,
        components: BTreeMap::new(),
        diagnostics: &[],
        summary: Summary::default(),
        ..sample.report()
    };
    let silenced = Report { summary: Summary { suppressed: 1, baselined: 2, ..Summary::default() }, ..newest.clone() };
    insta::assert_snapshot!(human::summary_line(&silenced, Severity::Warning), @"checked 1 file (API 67.0, the newest known): no findings, 1 suppressed, 2 in the baseline");
    let fixable = Report { diagnostics: &sample.diagnostics, ..newest.clone() };
    insta::assert_snapshot!(human::summary_line(&fixable, Severity::Warning), @"checked 1 file (API 67.0, the newest known): no findings, 3 fixable with --fix");
    insta::assert_snapshot!(human::summary_line(&newest, Severity::Warning), @"checked 1 file (API 67.0, the newest known): no findings");
}
