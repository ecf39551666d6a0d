//! What the XML formats share.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::writer::Writer;

pub(super) type XmlWriter<'w> = Writer<&'w mut dyn Write>;

/// Writes an XML document: its declaration, what `content` writes, and a line end.
pub(super) fn document(
    out: &mut dyn Write,
    content: impl FnOnce(&mut XmlWriter<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = Writer::new_with_indent(out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    content(&mut writer)?;
    writer.into_inner().write_all(b"\n")
}

/// `text`, which is printable, without the two characters of that kind that XML 1.0 does not allow.
pub(super) fn legal(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
