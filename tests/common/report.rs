//! One report that holds each awkward case, for the tests of renderers.

#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::too_many_lines, reason = "helpers of tests, and their data")]

use std::collections::BTreeMap;

use omnic::diagnostics::render::Report;
use omnic::diagnostics::{
    Applicability, Change, ComponentRef, Diagnostic, Edit, Fix, Label, Rule, Severity, Summary, fingerprints,
};
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

/// Carriage returns, tabs, characters of two UTF-16 code units, and a name that every format has to escape.
const AWKWARD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<Queue>\r\n\t<name>𝄞🎧 A</name> <name>B</name>\r\n\
                       \t<queueSobject>\r\n\t\t<sobjectType>Case</sobjectType>\r\n\t</queueSobject>\r\n\
                       \t<queueSobject>\r\n\t\t<sobjectType>CASE</sobjectType>\r\n\t</queueSobject>\r\n\
                       \t<queueSobject>\r\n\t\t<sobjectType>case</sobjectType>\r\n\t</queueSobject>\r\n\
                       \t<doesSendEmailToMembers>yes</doesSendEmailToMembers>\r\n</Queue>\r\n";
const AWKWARD_NAME: &str = "50%, A: B & \"C\"|D";

pub(crate) struct Sample {
    pub(crate) files: Vec<SourceFile>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl Sample {
    pub(crate) fn file(&mut self, path: &str, text: &str) -> FileId {
        let id = FileId(self.files.len() as u32);
        let problem = text.is_empty().then_some(ReadProblem::NotUtf8(17));
        self.files.push(SourceFile {
            id,
            path: path.to_owned(),
            package: 0,
            text: text.to_owned(),
            lines: Box::default(),
            problem,
        });
        id
    }

    /// The first place in `file` that reads `needle`.
    pub(crate) fn label(&self, file: FileId, needle: &str, message: &str) -> Label {
        let start = self.files[file.0 as usize].text.find(needle).unwrap() as u32;
        at(file, Span::new(start, start + needle.len() as u32), message)
    }

    pub(crate) fn report(&self) -> Report<'_> {
        Report {
            root: "examples/acme",
            layout: "sfdx",
            api_version: "66.0".to_owned(),
            api_version_source: "sfdx-project.json",
            files_checked: self.files.len(),
            components: BTreeMap::from([("PresenceUserConfig", 2), ("Queue", 9), ("ServiceChannel", 2)]),
            diagnostics: &self.diagnostics,
            fingerprints: fingerprints(&self.diagnostics, &self.files),
            summary: Summary::of(&self.diagnostics),
            files: &self.files,
            rules: rules(&self.diagnostics),
        }
    }
}

pub(crate) fn at(file: FileId, span: Span, message: &str) -> Label {
    Label { location: Location::new(file, span), message: message.to_owned() }
}

pub(crate) fn finding(
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

pub(crate) fn sample() -> Sample {
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
    awkward(&mut sample);
    sample
}

/// Fixes of each kind, findings that are about the same, and everything that some format has to escape.
fn awkward(sample: &mut Sample) {
    let file = sample.file(&format!("main/queues/{}.queue-meta.xml", AWKWARD_NAME.replace('"', "'")), AWKWARD);
    let component = Some(ComponentRef { kind: "Queue".to_owned(), name: AWKWARD_NAME.to_owned() });
    let fix = |title: &str, applicability, change| {
        Some(Fix { title: title.to_owned(), applicability, edits: vec![Edit { file, change }] })
    };
    let place = |needle: &str| sample.label(file, needle, "").location.span;
    let object =
        |value: &str| place(&format!("<queueSobject>\r\n\t\t<sobjectType>{value}</sobjectType>\r\n\t</queueSobject>"));
    // Fixes name an element by its start tag.
    let text = sample.files[file.0 as usize].text.clone();
    let tag = |element: Span| {
        let length = text[element.start as usize..].find('>').unwrap() as u32 + 1;
        Span::new(element.start, element.start + length)
    };
    let twice = |value: &str| Diagnostic {
        component: component.clone(),
        element: Some("queueSobject/sobjectType".to_owned()),
        fix: fix("remove the entry", Applicability::Safe, Change::Remove { span: tag(object(value)) }),
        ..finding(
            ("OC111", "duplicate-entry", Severity::Warning),
            &format!("`{value}` is listed more than once"),
            at(file, object(value), "again"),
        )
    };
    let switch = "<doesSendEmailToMembers>yes</doesSendEmailToMembers>";
    let name = place("<name>𝄞🎧 A</name>");
    let found = [
        Diagnostic {
            component: component.clone(),
            element: Some("name".to_owned()),
            related: vec![
                at(file, name, "the [first], \\ of two"),
                at(FileId(3), Span::default(), "a file without a text"),
                at(file, Span::at(name.start), ""),
            ],
            help: Some("keep one `<name>`,\r\n50% of the two".to_owned()),
            fix: fix(
                "remove the second `<name>`",
                Applicability::Unsafe,
                Change::Remove { span: tag(place("<name>B</name>")) },
            ),
            ..finding(
                ("OC104", "repeated-element", Severity::Error),
                "`A|\"B\"` & <'more'>: 100%, ::error::not a command\n*second* _line_ of @team, [see](1) \u{fffe}`",
                sample.label(file, "<name>B</name>", "again"),
            )
        },
        twice("CASE"),
        twice("case"),
        Diagnostic {
            component: component.clone(),
            element: Some("doesSendEmailToMembers".to_owned()),
            fix: fix(
                "write `true`",
                Applicability::Unsafe,
                Change::Replace { span: place("yes"), text: "true".to_owned() },
            ),
            ..finding(
                ("OC106", "unknown-value", Severity::Error),
                "`yes` is not a value of `<doesSendEmailToMembers>`",
                sample.label(file, "yes", "`true` or `false`"),
            )
        },
        Diagnostic {
            component,
            element: Some("doesSendEmailToMembers".to_owned()),
            fix: fix("remove it", Applicability::Safe, Change::Remove { span: tag(place(switch)) }),
            ..finding(("OC110", "unexpected-content", Severity::Note), "out of order", sample.label(file, switch, ""))
        },
    ];
    sample.diagnostics.extend(found);
}

/// A rule for each check that found something.
fn rules(diagnostics: &[Diagnostic]) -> Vec<Rule> {
    let checks: BTreeMap<_, _> = diagnostics.iter().map(|found| (found.code, found)).collect();
    let rule = |found: &&Diagnostic| Rule {
        code: found.code,
        name: found.name,
        summary: "One line.",
        description: "What it does. Why it matters.".to_owned(),
        remedy: "What to do.",
        page: "All of it, with `code`.\n".to_owned(),
        severity: found.severity,
        tags: vec!["omni-channel", "files"],
    };
    checks.values().map(rule).collect()
}

pub(crate) fn text(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    render(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}
