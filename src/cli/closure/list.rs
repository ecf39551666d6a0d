//! A closure as people read it.

use std::fmt::Write as _;

use super::answer::{ClosureAnswer, Reason};
use crate::answers::facts::code;
use crate::schema::Member;
use crate::text::{count, list, one_line};

pub(super) fn text(answer: &ClosureAnswer) -> String {
    // Writing to memory does not fail.
    let mut text = String::new();
    for listed in &answer.components {
        let _ = writeln!(text, "{}", called(&listed.member));
        if let Some(path) = &listed.path {
            let _ = writeln!(text, "    {}", one_line(path));
        }
        match &listed.reason {
            Some(reason) => {
                let _ = writeln!(text, "    because {}", words(reason));
            }
            None => text.push_str("    asked for\n"),
        }
    }
    for circle in &answer.circles {
        let names = list(circle.iter().map(called), circle.len());
        let _ = writeln!(text, "\nEach of these needs the others, so deploy them together: {names}");
    }
    if !answer.ends.is_empty() {
        text.push_str("\nNot in this list; the org must have it:\n");
        for end in &answer.ends {
            let mark = if end.is_missing { "missing: " } else { "" };
            let _ = writeln!(text, "    {mark}{}: {}", end.words, end.known);
            let _ = writeln!(text, "        because {}", words(&end.reason));
        }
    }
    if !answer.deleted.is_empty() {
        text.push_str("\nTo be deleted after that, in this order:\n");
        for deleted in &answer.deleted {
            let _ = writeln!(text, "    {}", called(&deleted.gone.member));
            let _ = writeln!(text, "        was in {}", one_line(&deleted.gone.path));
            for reason in &deleted.named_by {
                let _ = writeln!(text, "        still named: {}", words(reason));
            }
        }
    }
    if text.is_empty() {
        text.push_str("Nothing to deploy\n");
    }
    text
}

/// `Queue:Support`, as arguments name it.
pub(super) fn called(member: &Member) -> String {
    one_line(&format!("{}:{}", member.type_name, member.name))
}

/// A reason, and where it stands.
pub(super) fn words(reason: &Reason) -> String {
    let place = reason.place.as_ref().map(|place| format!(" ({}:{})", one_line(&place.path), place.line));
    format!("{}{}", reason.text, place.unwrap_or_default())
}

/// What must be known of a closure, in lines for standard error: errors first.
pub(super) fn told(answer: &ClosureAnswer, shows_ends: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for end in answer.ends.iter().filter(|end| end.is_missing) {
        let why = words(&end.reason);
        lines.push(format!("error: the {} is missing: {why}, and {}", end.words, end.known));
    }
    for path in &answer.unnamed {
        lines.push(format!(
            "error: {} belongs to no component that `omnic` can name, and is not in the manifest: add that by hand, or list it \
             in `.forceignore`",
            code(path)
        ));
    }
    for path in &answer.unreadable {
        lines.push(format!(
            "error: {} cannot be read to its end: what it needs is not known; correct it first",
            code(path)
        ));
    }
    for deleted in &answer.deleted {
        for reason in &deleted.named_by {
            let name = called(&deleted.gone.member);
            lines.push(format!("error: {} is deleted and still named: {}", code(&name), words(reason)));
        }
    }
    let unread: Vec<&Member> = answer.components.iter().filter(|of| !of.is_read).map(|of| &of.member).collect();
    if !unread.is_empty() {
        let (of, its) = if unread.len() == 1 { ("is of a type", "it needs") } else { ("are of types", "they need") };
        let names = list(unread.iter().map(|member| called(member)), 5);
        lines.push(format!("warning: {names} {of} that `omnic` does not read: what {its} is not in the closure"));
    }
    if !answer.ignored.is_empty() {
        let names = list(&answer.ignored, 5);
        lines.push(format!("note: `.forceignore` keeps {names} out of a deploy"));
    }
    if answer.outside > 0 {
        let verb = if answer.outside == 1 { "lies" } else { "lie" };
        lines.push(format!("note: {} {verb} outside of what a deploy takes", count(answer.outside, "file")));
    }
    if shows_ends {
        let ends = answer.ends.iter().filter(|end| !end.is_missing && !end.is_standard);
        let ends: Vec<&str> = ends.map(|end| &*end.words).collect();
        if !ends.is_empty() {
            let names = ends.iter().take(5).copied().collect::<Vec<_>>().join(", ");
            let more = ends.len().saturating_sub(5);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            lines.push(format!("note: the org must have {names}{more}; `--format list` says why"));
        }
        for circle in &answer.circles {
            let names = list(circle.iter().map(called), 8);
            lines.push(format!("note: each of {names} needs the others: deploy them together"));
        }
    }
    lines
}
