//! Envelope: a SOAP message as plain values, read from its XML before the org is asked.

use std::fmt::Write as _;

use crate::text::is_obeyed;
use crate::xml::{Element, escape, parse};

/// How deep elements may stand in each other; a call needs five.
const DEEPEST: usize = 16;
/// The most elements of a message: 200 records with 800 fields each.
const MOST_ELEMENTS: usize = 170_000;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Node {
    /// Its name, without a prefix.
    pub name: String,
    /// Its `xsi:type`, without a prefix.
    pub kind: Option<String>,
    /// Whether it says that it has no value: `xsi:nil`.
    pub is_nil: bool,
    /// Its text.
    pub text: String,
    /// The elements in it.
    pub children: Vec<Self>,
}

/// A message: its headers, and the call.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// The headers.
    pub headers: Vec<Node>,
    /// The first element of the body.
    pub call: Node,
}

impl Node {
    fn read(element: Element<'_, '_>, depth: usize, left: &mut usize) -> Option<Self> {
        *left = left.checked_sub(1)?;
        if depth > DEEPEST {
            return None;
        }
        let local = |name: &str| name.rsplit_once(':').map_or(name, |(_, local)| local).to_owned();
        let attributes = element.attributes();
        let of = |wanted: &str| attributes.iter().find(|attribute| local(attribute.name()) == wanted);
        let children: Option<Vec<Self>> = element.children().map(|child| Self::read(child, depth + 1, left)).collect();
        let children = children?;
        let text = if children.is_empty() { element.value().into_owned() } else { String::new() };
        Some(Self {
            name: element.local_name().to_owned(),
            kind: of("type").map(|kind| local(&kind.value())),
            is_nil: of("nil").is_some_and(|nil| matches!(&*nil.value(), "true" | "1")),
            text,
            children,
        })
    }

    /// The first element of a name in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The text of the first element of a name in it; empty if there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.child(name).map_or("", |child| child.text.trim())
    }

    /// The elements of a name in it.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

impl Envelope {
    /// Reads a message; none if it is not one, or larger than one may be.
    pub(crate) fn read(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        let document = parse(&text);
        let root = document.root().filter(|root| root.local_name() == "Envelope")?;
        let part = |name: &str| root.children().find(|child| child.local_name() == name);
        let mut left = MOST_ELEMENTS;
        let headers = part("Header").into_iter().flat_map(Element::children);
        let headers: Option<Vec<Node>> = headers.map(|header| Node::read(header, 0, &mut left)).collect();
        let call = part("Body")?.children().next()?;
        Some(Self { headers: headers?, call: Node::read(call, 0, &mut left)? })
    }

    /// A value of a header; empty if there is none.
    pub(crate) fn header(&self, header: &str, field: &str) -> &str {
        self.headers.iter().find(|node| node.name == header).map_or("", |node| node.field(field))
    }
}

/// A text in an element of an answer. Characters that XML does not have are left out, and those that a terminal would obey
/// are written as references, which mean the same.
pub(crate) fn escaped(text: &str) -> String {
    let is_char =
        |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..);
    let clean: String = text.chars().filter(|c| is_char(*c)).collect();
    let mut written = String::with_capacity(clean.len());
    for character in escape(&clean).chars() {
        if is_obeyed(character) && !matches!(character, '\n' | '\t') {
            // Writing to a string does not fail.
            let _ = write!(written, "&#x{:X};", u32::from(character));
        } else {
            written.push(character);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_read_without_its_prefixes() {
        let text = r#"<e:Envelope xmlns:e="x" xmlns:i="y"><e:Header><h:SessionHeader><h:sessionId> t </h:sessionId></h:SessionHeader></e:Header>
            <e:Body><p:create><p:sObjects i:type="s:sObject"><type>Case</type><Subject>a &amp; b</Subject><Origin i:nil="true"/></p:sObjects></p:create></e:Body></e:Envelope>"#;
        let read = Envelope::read(text.as_bytes()).unwrap();
        assert_eq!(read.header("SessionHeader", "sessionId"), "t");
        assert_eq!(read.call.name, "create");
        let record = read.call.child("sObjects").unwrap();
        assert_eq!((record.kind.as_deref(), record.field("Subject")), (Some("sObject"), "a & b"));
        assert!(record.child("Origin").unwrap().is_nil);
    }

    #[test]
    fn a_text_is_written_as_it_reads() {
        for (text, expected) in
            [("a < b\n", "a &lt; b\n"), ("\u{1b}[2J\u{0}", "[2J"), ("\u{202e}x\u{9b}", "&#x202E;x&#x9B;")]
        {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn what_is_not_a_message_or_too_deep_is_none() {
        let deep = format!("<Envelope><Body>{}{}</Body></Envelope>", "<a>".repeat(40), "</a>".repeat(40));
        for text in ["", "{}", "<a/>", "<Envelope/>", "<Envelope><Body/></Envelope>", &deep] {
            assert_eq!(Envelope::read(text.as_bytes()), None, "{text}");
        }
    }
}
