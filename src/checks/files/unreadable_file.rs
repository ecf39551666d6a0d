use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::File;
use crate::source::{Location, MAX_FILE_BYTES, MAX_RECORDS_BYTES, OUTSIDE_HELP, ReadProblem, Span};
use crate::xml::ErrorKind;

check!("OC001", "unreadable-file", "unreadable_file.md", [Error, Warning], NoComment);

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
