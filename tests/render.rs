//! Every renderer on one report that holds each awkward case.

#![allow(clippy::unwrap_used, clippy::too_many_lines, reason = "helpers of tests, and their data")]

use std::collections::BTreeMap;
use std::path::Path;

use omnic::diagnostics::render::human::{self, HumanOptions};
use omnic::diagnostics::render::{Report, concise, json};
use omnic::diagnostics::{ComponentRef, Diagnostic, Label, Severity, Summary};
use omnic::source::{FileId, Location, ReadProblem, SourceFile, Span};

const PHONE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<ServiceChannel xmlns=\"http://soap.sforce.com/2006/04/metadata\">
    <doesMinimizeWidgetOnAccept>false</doesMinimizeWidgetOnAccept>
    <hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>
    <label>Phone</label>
    <relatedEntityType>VoiceCall</relatedEntityType>
    <serviceChannelStatusFieldMappings>
        <type>IN_PROGRESS</type>
        <value>Open</value>
    </serviceChannelStatusFieldMappings>
</ServiceChannel>
";
const EARLY: &str = "<PresenceUserConfig>\n    <capacity>5</capacity>\n    <assignments>\n        <users>\n            \
                     <user>amy@acme.example</user>\n        </users>\n    </assignments>\n</PresenceUserConfig>\n";
const LATE: &str = "\u{feff}<PresenceUserConfig>\r\n\t<assignments>\r\n\t\t<users>\r\n\t\t\t\
                    <user>amy@acme.example</user>\r\n\t\t</users>\r\n\t</assignments>\r\n\t<label>Spätschicht 漢字</label>\r\n\
                    </PresenceUserConfig>";

struct Sample {
    files: Vec<SourceFile>,
    diagnostics: Vec<Diagnostic>,
}

impl Sample {
    fn file(&mut self, path: &str, text: &str) -> FileId {
        let id = FileId(self.files.len() as u32);
        let problem = text.is_empty().then_some(ReadProblem::NotUtf8(17));
        self.files.push(SourceFile { id, path: path.to_owned(), package: 0, text: text.to_owned(), problem });
        id
    }

    /// The first place in `file` that reads `needle`.
    fn label(&self, file: FileId, needle: &str, message: &str) -> Label {
        let start = self.files[file.0 as usize].text.find(needle).unwrap() as u32;
        at(file, Span::new(start, start + needle.len() as u32), message)
    }

    fn report(&self) -> Report<'_> {
        Report {
            root: "examples/acme",
            layout: "sfdx",
            api_version: "66.0".to_owned(),
            api_version_source: "sfdx-project.json",
            files_checked: self.files.len(),
            components: BTreeMap::from([("PresenceUserConfig", 2), ("Queue", 9), ("ServiceChannel", 2)]),
            diagnostics: &self.diagnostics,
            summary: Summary::of(&self.diagnostics),
            files: &self.files,
        }
    }
}

fn at(file: FileId, span: Span, message: &str) -> Label {
    Label { location: Location::new(file, span), message: message.to_owned() }
}

fn finding(
    (code, name, severity): (&'static str, &'static str, Severity),
    message: &str,
    primary: Label,
) -> Diagnostic {
    Diagnostic {
        code,
        name,
        severity,
        message: message.to_owned(),
        primary,
        related: Vec::new(),
        help: None,
        fix: None,
        component: None,
        element: None,
    }
}

fn sample() -> Sample {
    let mut sample = Sample { files: Vec::new(), diagnostics: Vec::new() };
    let phone = sample.file("main/serviceChannels/sfdc_phone.serviceChannel-meta.xml", PHONE);
    let early = sample.file("main/presenceUserConfigs/Early.presenceUserConfig-meta.xml", EARLY);
    let late = sample.file("main/presenceUserConfigs/Spät.presenceUserConfig-meta.xml", LATE);
    let broken = sample.file("main/queues/Broken.queue-meta.xml", "");
    let cut = sample.file("main/queues/Cut.queue-meta.xml", "<Queue>\n    <name>\u{1b}[31mCut</name>\n");
    let long = format!(
        "<Queue><doesSendEmailToMembers>false</doesSendEmailToMembers>{}<name>{}</name><name>Two</name></Queue>",
        "<sobjectType>Case</sobjectType>".repeat(30),
        "é".repeat(200),
    );
    let long = sample.file("main/queues/Long.queue-meta.xml", &long);

    let component = |kind: &str, name: &str| Some(ComponentRef { kind: kind.to_owned(), name: name.to_owned() });
    let diagnostics = vec![
        // An element missing: a parent's start tag, and in the same file the element that asks for it.
        Diagnostic {
            related: vec![sample.label(
                phone,
                "<relatedEntityType>VoiceCall</relatedEntityType>",
                "the channel takes voice calls",
            )],
            help: Some(
                "add `<afterConvoWorkMaxTime>` with a number of seconds from 10 to 3600, or turn the timer off"
                    .to_owned(),
            ),
            component: component("ServiceChannel", "sfdc_phone"),
            element: Some("hasAfterConvoWorkTimer".to_owned()),
            ..finding(
                ("OC305", "acw-incomplete", Severity::Error),
                "`sfdc_phone` turns on the After Conversation Work timer but gives it no maximum time, so the deploy \
                 fails",
                sample.label(phone, "<hasAfterConvoWorkTimer>true</hasAfterConvoWorkTimer>", "the timer is on here"),
            )
        },
        // A multi-line element, no help.
        finding(
            ("OC308", "status-model-incomplete", Severity::Warning),
            "`sfdc_phone` maps no value to COMPLETED, so its work never ends",
            sample.label(
                phone,
                PHONE.get(PHONE.find("<serviceChannelStatus").unwrap()..PHONE.find("\n</Serv").unwrap()).unwrap(),
                "",
            ),
        ),
        // Two files, the first with CRLF, byte-order mark and tabs.
        Diagnostic {
            related: vec![sample.label(early, "amy@acme.example", "and here")],
            help: Some("remove the user from one of the two".to_owned()),
            component: component("PresenceUserConfig", "Spät"),
            element: Some("assignments/users/user".to_owned()),
            ..finding(
                ("OC404", "assigned-twice", Severity::Error),
                "`amy@acme.example` is assigned to both `Spät` and `Early`; a user has one presence configuration",
                sample.label(late, "amy@acme.example", "assigned here"),
            )
        },
        // Characters of two and three bytes, two labels on one line, nested labels.
        Diagnostic {
            related: vec![
                sample.label(late, "漢字", "two columns each"),
                sample.label(late, "<label>Spätschicht 漢字</label>", "around both"),
            ],
            ..finding(
                ("OC108", "too-long", Severity::Warning),
                "a message\nof two lines",
                sample.label(late, "Spätschicht", "eleven columns"),
            )
        },
        // The first line, behind the byte-order mark.
        finding(
            ("OC004", "wrong-namespace", Severity::Error),
            "no namespace",
            at(late, Span::new(0, 23), "the root element"),
        ),
        // The file's end, with no line end before it; a zero-length label.
        finding(
            ("OC003", "wrong-root-element", Severity::Note),
            "nothing follows",
            at(late, Span::at(LATE.len() as u32), "the end"),
        ),
        finding(
            ("OC001", "unreadable-file", Severity::Error),
            "the file is not UTF-8: the byte at offset 17 is not part of a character",
            at(broken, Span::default(), ""),
        ),
        // The file's end, after a line end; a span past it; a control character in the file and in the message.
        finding(
            ("OC002", "malformed-xml", Severity::Error),
            "`<Queue>` is never closed; \u{1b}[31mred",
            Label { message: "expected `</Queue>`".to_owned(), ..at(cut, Span::new(38, 99), "") },
        ),
        Diagnostic {
            help: Some("remove the character".to_owned()),
            ..finding(
                ("OC002", "malformed-xml", Severity::Error),
                "a control character",
                sample.label(cut, "\u{1b}", "U+001B"),
            )
        },
        // A line of more than a thousand characters: the middle, and two places far apart.
        Diagnostic {
            related: vec![
                sample.label(long, "<doesSendEmailToMembers>", "far to the left"),
                sample.label(long, &"é".repeat(200), "too long to show"),
            ],
            ..finding(
                ("OC104", "repeated-element", Severity::Error),
                "`<name>` twice",
                sample.label(long, "<name>Two</name>", "again"),
            )
        },
    ];
    sample.diagnostics = diagnostics;
    sample
}

fn text(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

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
            text(|out| json::render(&report, out));
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
    insta::assert_snapshot!(
        text(|out| json::render(&Report { summary: all, ..sample.report() }, out))
            .replace(env!("CARGO_PKG_VERSION"), "[version]")
    );
}

#[test]
fn json_follows_its_schema() {
    let schema = serde_json::from_str(&json::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let sample = sample();
    let mut document: serde_json::Value =
        serde_json::from_str(&text(|out| json::render(&sample.report(), out))).unwrap();
    let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The schema says something: null is written out, never left out.
    document["diagnostics"][1].as_object_mut().unwrap().remove("help");
    assert!(!validator.is_valid(&document));
}

#[test]
fn schema_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/diagnostics.schema.json");
    if std::env::var_os("OMNIC_UPDATE").is_some() {
        std::fs::write(&path, json::schema()).unwrap();
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(
        committed == json::schema(),
        "schemas/diagnostics.schema.json is not what the types say; `OMNIC_UPDATE=1 cargo test` writes it anew"
    );
}

#[test]
fn closing_line() {
    let line = |errors, warnings, notes, least| {
        let sample = sample();
        human::summary_line(
            &Report { summary: Summary { errors, warnings, notes, suppressed: 0, baselined: 0 }, ..sample.report() },
            least,
        )
    };
    let (note, warning, error) = (Severity::Note, Severity::Warning, Severity::Error);
    insta::assert_snapshot!(line(1, 2, 3, warning), @"checked 6 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): 1 error, 2 warnings, 3 notes hidden (show with --min-severity note)");
    insta::assert_snapshot!(line(0, 0, 0, warning), @"checked 6 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no findings");
    insta::assert_snapshot!(line(0, 0, 1, warning), @"checked 6 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no errors or warnings, 1 note hidden (show with --min-severity note)");
    insta::assert_snapshot!(line(2, 0, 3, note), @"checked 6 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): 2 errors, 3 notes");
    insta::assert_snapshot!(line(0, 2, 3, error), @"checked 6 files (9 Queue, 2 PresenceUserConfig, 2 ServiceChannel; API 66.0 from sfdx-project.json): no errors, 2 warnings and 3 notes hidden (show with --min-severity note)");
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
    insta::assert_snapshot!(human::summary_line(&newest, Severity::Warning), @"checked 1 file (API 67.0, the newest known): no findings");
}
