use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::graph::File;
use crate::schema::Kind;
use crate::schema::validate::NAMESPACE;
use crate::source::{Location, Span};
use crate::xml::ErrorKind;

check!("OC002", "malformed-xml", "malformed_xml.md", [Error], NoComment);

/// Signs in a row that a merge conflict leaves.
const CONFLICT: u32 = 7;

fn run(cx: &mut Checker<'_>) {
    for file in &cx.graph.files {
        let mut errors = file.errors.iter().peekable();
        while let Some(error) = errors.next() {
            let mut span = error.span;
            // What else is wrong with the same text follows from it.
            while errors.next_if(|next| next.span == span && !span.is_empty()).is_some() {}
            if error.kind == ErrorKind::StrayLessThan {
                // A run of them is one mistake.
                while let Some(next) =
                    errors.next_if(|next| next.kind == ErrorKind::StrayLessThan && next.span.start == span.end)
                {
                    span = span.join(next.span);
                }
                if span.len() == CONFLICT {
                    conflict(cx, file, span);
                    continue;
                }
            }
            let Some((label, help)) = advice(&error.kind, file.kind) else { continue };
            let finding = cx.report(Error, Location::new(file.id, span), error.kind.to_string());
            let finding = finding.label(label).help(help);
            if let Some(related) = error.related {
                let label = if related.start < span.start { "opened here" } else { "this closes what is around it" };
                finding.related(Location::new(file.id, related), label);
            }
        }
    }
}

fn conflict(cx: &mut Checker<'_>, file: &File, span: Span) {
    cx.report(Error, Location::new(file.id, span), "`<<<<<<<` is a merge conflict marker, which is not XML")
        .label("merge conflict")
        .help("resolve the conflict, and remove its markers");
}

/// A few words at the place, and what to do. None for what another check reports.
fn advice(kind: &ErrorKind, of: Option<Kind>) -> Option<(&'static str, String)> {
    let root = of.map_or("Queue", Kind::as_str);
    let advice = match kind {
        ErrorKind::OtherEncoding(_) => return None,
        ErrorKind::NoRoot => ("no element", format!("write the component: `<{root} xmlns=\"{NAMESPACE}\">…</{root}>`")),
        ErrorKind::SecondRoot(_) => ("the second one", "remove it, or move it to a file of its own".to_owned()),
        ErrorKind::StrayText => ("text", "remove it, or move it into an element".to_owned()),
        ErrorKind::Unclosed(name) => ("not closed", format!("add `</{name}>`")),
        ErrorKind::Mismatched { expected, .. } => ("another name", format!("write `</{expected}>`")),
        ErrorKind::Unopened(name) => ("nothing to close", format!("remove `</{name}>`, or add `<{name}>` before it")),
        ErrorKind::UnfinishedTag => ("no `>`", "add `>` at the end of the tag".to_owned()),
        ErrorKind::StrayLessThan => ("not a tag", "write `&lt;`, or remove it".to_owned()),
        ErrorKind::UnclosedMarkup(_, end) => ("never closed", format!("add `{end}` where it is to end")),
        ErrorKind::UnknownMarkup => ("unknown", "write a comment as `<!-- … -->`, or `<` in text as `&lt;`".to_owned()),
        ErrorKind::DoubleHyphen => ("two hyphens", "write one hyphen, or another sign".to_owned()),
        ErrorKind::DocumentType => ("DTD", "remove the declaration, and write what its entities stand for".to_owned()),
        ErrorKind::BadName(_) => {
            ("not a name", "begin the name with a letter, and use letters, digits, `_`, `-` and `.` alone".to_owned())
        }
        ErrorKind::UnknownPrefix(prefix) if prefix == "xsi" => (
            "not declared",
            "add `xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"` to the root element".to_owned(),
        ),
        ErrorKind::UnknownPrefix(prefix) => ("not declared", format!("remove `{prefix}:`")),
        ErrorKind::EmptyPrefix(prefix) => ("no namespace", format!("write the namespace, or remove `xmlns:{prefix}`")),
        ErrorKind::ReservedPrefix(prefix) => ("not to be declared", format!("remove `xmlns:{prefix}`")),
        ErrorKind::ReservedNamespace(_) => ("not to be declared", "write another namespace, or remove it".to_owned()),
        ErrorKind::SameAttribute { .. } => ("the second", "remove one of the two attributes".to_owned()),
        ErrorKind::BadAttribute(_) => ("not an attribute", "write it as `name=\"value\"`, or remove it".to_owned()),
        ErrorKind::DuplicateAttribute(name) => ("the second", format!("remove one of the two `{name}`")),
        ErrorKind::StrayAmpersand => ("not an entity", "write `&amp;`".to_owned()),
        ErrorKind::UnknownEntity(name) => {
            ("unknown", format!("write the character itself, or `&amp;{name};` if this is the text"))
        }
        ErrorKind::BadCharacterReference(_) => {
            ("not a character", "remove it, or write the character itself".to_owned())
        }
        ErrorKind::BadCharacter(_) => ("not allowed", "remove the character".to_owned()),
        ErrorKind::CdataEnd => ("not allowed", "write `]]&gt;`".to_owned()),
        ErrorKind::BadDeclaration(_) => {
            ("XML declaration", "write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>` as the first line".to_owned())
        }
        ErrorKind::BadInstruction => ("not an instruction", "remove it: metadata files have no use for it".to_owned()),
        ErrorKind::TooMany => ("not read from here", "correct the errors above, then check again".to_owned()),
    };
    Some(advice)
}
