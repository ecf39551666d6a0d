//! OC001

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::File;
use crate::source::{Location, MAX_FILE_BYTES, MAX_RECORDS_BYTES, OUTSIDE_HELP, ReadProblem, Span};
use crate::xml::ErrorKind;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC001",
    name: "unreadable-file",
    severities: &[Error, Warning],
    strict: false,
    summary: "A file that cannot be read as UTF-8 text.",
    what: "Reports a metadata file that the operating system does not let us read, that is not UTF-8 or says that it is \
           in another encoding, or that is larger than 16 MiB (256 MiB for a file with records of an org). The name that \
           the file gives to its component counts as defined all the same, and every other file is checked. A file that \
           declares another encoding and is UTF-8 all the same gets a warning, and is checked.",
    why: "Salesforce reads metadata as UTF-8. What is in such a file is not checked, and is not what the org would get.",
    fix: "Save the file as UTF-8 and make it readable.",
    source: "Metadata API Developer Guide 67.0, Metadata Components and Types; Extensible Markup Language (XML) 1.0, 4.3.3; \
             bytes that are not UTF-8 are refused (`Invalid byte 1 of 1-byte UTF-8 sequence`). What a deploy does with \
             a declaration alone is assumed",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented, Evidence::Assumed],
    fails: r#"
== file queues/Support.queue-meta.xml
<?xml version="1.0" encoding="ISO-8859-1"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
</Queue>
"#,
    passes: r#"
== file queues/Support.queue-meta.xml
<?xml version="1.0" encoding="utf-8"?>
<Queue xmlns="http://soap.sforce.com/2006/04/metadata">
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
</Queue>
"#,
    run,
};

fn run(cx: &mut Checker<'_>) {
    for file in &cx.graph.files {
        if let Some(problem) = &file.problem {
            let (what, help) = words(file, problem);
            let message = format!("{} {what}, so nothing in it is checked", file.title());
            cx.report(Error, Location::new(file.id, Span::default()), message).help(help);
        }
        for error in &file.errors {
            let ErrorKind::OtherEncoding(encoding) = &error.kind else { continue };
            let message = format!(
                "{} declares the encoding `{encoding}`, but Salesforce reads metadata files as UTF-8",
                file.title()
            );
            cx.report(Warning, Location::new(file.id, error.span), message)
                .label("not UTF-8")
                .help("write `encoding=\"UTF-8\"`, and save the file in that encoding");
        }
    }
}

/// What is wrong, and what to do.
fn words(file: &File, problem: &ReadProblem) -> (String, &'static str) {
    let is_metadata = file.kind.is_some() || file.near_miss.is_some();
    match problem {
        ReadProblem::Io(words) => (format!("cannot be read ({words})"), "make the file readable"),
        ReadProblem::NotUtf8(offset) => {
            (format!("is not UTF-8 text (byte {offset} is the first that is not)"), "save the file as UTF-8")
        }
        ReadProblem::OtherEncoding(encoding) => {
            (format!("is {encoding}, not UTF-8"), "save the file as UTF-8, without a byte-order mark")
        }
        ReadProblem::Outside(boundary) => {
            (format!("is a link that leads out of {boundary}, and is not read"), OUTSIDE_HELP)
        }
        ReadProblem::TooLarge(bytes) if !is_metadata => (
            format!("has {bytes} bytes, more than {MAX_RECORDS_BYTES}"),
            "export fewer columns, or the records in several files",
        ),
        ReadProblem::TooLarge(bytes) => (
            format!("has {bytes} bytes, more than {MAX_FILE_BYTES}"),
            "replace the file by the component alone: metadata of this type is far smaller",
        ),
    }
}
