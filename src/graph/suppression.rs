//! Comments that tell us to be silent: `<!-- omnic-ignore OC503: reason -->`.

use crate::source::Span;
use crate::xml::{Document, Element};

/// The word that begins such a comment.
pub const DIRECTIVE: &str = "omnic-ignore";
/// What begins like one of these, whatever its case, and is no directive is most likely a slip of the pen.
const FAMILY: [&str; 3] = ["omnic-", "omnic ignore", "omnic_ignore"];

/// A comment that tells us to be silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// Its first word: `omnic-ignore`, or what was meant to be.
    pub directive: String,
    /// The comment, from `<!--` to past `-->`.
    pub span: Span,
    /// The codes or names of checks, as written, each with its place.
    pub checks: Vec<(String, Span)>,
    /// What stands behind the colon.
    pub reason: Option<String>,
    /// The element behind it, or the whole file if it stands before the root element; none if no element follows it.
    pub covers: Option<Span>,
}

impl Suppression {
    /// All of a document, in the order of its text.
    pub fn all(document: &Document<'_>) -> Vec<Self> {
        // From the last to the first: one that stands right before another covers what that covers.
        let mut behind = None;
        let read = |&comment: &Span| {
            let covers = covered(document, comment, behind);
            behind = Some((comment.start, covers));
            Self::read(document, comment, covers)
        };
        let mut found: Vec<Self> = document.comments.iter().rev().filter_map(read).collect();
        found.reverse();
        found
    }

    fn read(document: &Document<'_>, span: Span, covers: Option<Span>) -> Option<Self> {
        let comment = span.slice(document.text());
        let inside = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
        let directive = inside.trim_start();
        let begins = |with: &&str| directive.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        let family = FAMILY.into_iter().find(begins)?;
        let start = span.start as usize + 4 + (inside.len() - directive.len());
        let behind = &directive[family.len()..];
        let length = behind.find(|c: char| c != '-' && !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let length = family.len() + length;
        let (directive, rest) = directive.split_at(length);
        let (named, reason) = rest.split_once(':').map_or((rest, None), |(named, reason)| (named, Some(reason)));
        let reason = reason.map(|reason| reason.split_whitespace().collect::<Vec<_>>().join(" "));
        Some(Self {
            directive: directive.to_owned(),
            span,
            checks: words(named, (start + length) as u32),
            reason: reason.filter(|reason| !reason.is_empty()),
            covers,
        })
    }
}

/// The words of `text`, which begins at `start`, each with its place.
fn words(text: &str, start: u32) -> Vec<(String, Span)> {
    let mut words = Vec::new();
    let mut at = 0;
    for part in text.split(|c: char| c == ',' || c.is_whitespace()) {
        if !part.is_empty() {
            let from = start + at as u32;
            words.push((part.to_owned(), Span::new(from, from + part.len() as u32)));
        }
        // Commas and white space that XML files have are one byte; others are counted whole.
        at += part.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// What a comment covers. `behind` is where the next comment begins, and what that covers.
fn covered(document: &Document<'_>, comment: Span, behind: Option<(u32, Option<Span>)>) -> Option<Span> {
    let text = document.text();
    let whole = Span::new(0, text.len() as u32);
    let Some(root) = document.root() else { return Some(whole) };
    if comment.start < root.span().start {
        return Some(whole);
    }
    let next = next_markup(text, comment.end)?;
    if let Some((_, covers)) = behind.filter(|(start, _)| *start == next) {
        return covers;
    }
    if next >= root.span().end || text.get(next as usize..)?.starts_with("</") {
        return None;
    }
    let element = document.last_begun(next).filter(|element| element.span().start == next);
    // Of files that are read in part, what is passed by has no findings, and what comes after it is not meant.
    Some(element.map_or(Span::at(next), Element::span))
}

/// Where the first tag or comment at or behind `at` begins.
fn next_markup(text: &str, at: u32) -> Option<u32> {
    let mut at = at as usize;
    loop {
        at += text.get(at..)?.find('<')?;
        let rest = text.get(at..)?;
        let aside = [("<![CDATA[", "]]>"), ("<?", "?>")];
        let Some((_, end)) = aside.into_iter().find(|(start, _)| rest.starts_with(start)) else {
            return Some(at as u32);
        };
        at += rest.find(end)? + end.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::xml;

    fn read(text: &str) -> Vec<(Vec<String>, Option<String>, Option<&str>)> {
        let document = xml::parse(text);
        Suppression::all(&document)
            .into_iter()
            .map(|found| {
                for (name, span) in &found.checks {
                    assert_eq!(span.slice(text), name);
                }
                let names = found.checks.into_iter().map(|(name, _)| name).collect();
                (names, found.reason, found.covers.map(|span| span.slice(text)))
            })
            .collect()
    }

    #[test]
    fn a_comment_covers_the_element_behind_it() {
        let text = "<a><b/><!-- omnic-ignore OC111: old\n  list --><!-- more --><c>1</c><d/></a>";
        assert_eq!(read(text), [(vec!["OC111".to_owned()], Some("old list".to_owned()), Some("<c>1</c>"))]);
        let text = "<a><b><!-- omnic-ignore OC111, no-cost :--></b><c/></a>";
        assert_eq!(read(text), [(vec!["OC111".to_owned(), "no-cost".to_owned()], None, None)]);
    }

    #[test]
    fn before_the_root_it_covers_the_file() {
        let text = "<!--omnic-ignore OC503--><a/>";
        assert_eq!(read(text), [(vec!["OC503".to_owned()], None, Some(text))]);
        assert_eq!(read("<a/><!-- omnic-ignore OC503 -->")[0].2, None);
        assert_eq!(read("<a><!-- omnicient --></a>"), []);
    }

    #[test]
    fn what_was_meant_to_be_one_is_found() {
        let directive =
            |text: &str| Suppression::all(&xml::parse(text)).into_iter().map(|found| found.directive).next();
        assert_eq!(directive("<!-- Omnic-Ignore OC503: x --><a/>").as_deref(), Some("Omnic-Ignore"));
        assert_eq!(directive("<!-- omnic ignore OC503: x --><a/>").as_deref(), Some("omnic ignore"));
        assert_eq!(directive("<!-- omnic-expect OC503: x --><a/>").as_deref(), Some("omnic-expect"));
        assert_eq!(directive("<!-- omnic reports this --><a/>"), None);
        assert_eq!(directive("<!-- \u{f6}mnic\u{f6}\u{f6}\u{f6} --><a/>"), None);
    }

    #[test]
    fn what_is_not_read_is_covered_and_not_what_comes_after_it() {
        let covers = |text: &str| {
            let document = xml::parse_children(text, &|name| name == "kept");
            let found = Suppression::all(&document).into_iter().map(|found| found.covers);
            found.map(|covers| covers.map(|span| (span.is_empty(), span.slice(text).to_owned()))).collect::<Vec<_>>()
        };
        let comment = "<!-- omnic-ignore OC503 -->";
        assert_eq!(covers(&format!("<a>{comment}<b/><kept/></a>")), [Some((true, String::new()))]);
        assert_eq!(covers(&format!("<a><b>{comment}<c/></b><kept/></a>")), [Some((true, String::new()))]);
        assert_eq!(covers(&format!("<a><b>{comment}</b><kept/></a>")), [None]);
        assert_eq!(
            covers(&format!("<a>{comment}<!-- <b> --><?p <b>?> é <kept/></a>")),
            [Some((false, "<kept/>".into()))]
        );
    }

    #[test]
    fn words_may_be_of_any_script() {
        let text = "<a><!-- omnic-ignore é\u{a0}OC503,ü: größer --><b/></a>";
        let [(names, reason, covers)] = &read(text)[..] else { panic!("{text}") };
        assert_eq!(names, &["é", "OC503", "ü"]);
        assert_eq!((reason.as_deref(), *covers), (Some("größer"), Some("<b/>")));
    }
}
