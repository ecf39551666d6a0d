//! What the XML formats share.

use std::io::{self, Write};

use quick_xml::events::{BytesDecl, Event};
use quick_xml::writer::Writer;

use crate::text::{Content, Guard};

pub(super) type XmlWriter<'w> = Writer<&'w mut dyn Write>;

/// Writes an XML document: its declaration, what `content` writes, and a line end.
pub(super) fn document(
    out: &mut dyn Write,
    content: impl FnOnce(&mut XmlWriter<'_>) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = Guard::new(out, Content::Xml);
    let mut writer: XmlWriter<'_> = Writer::new_with_indent(&mut out, b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    content(&mut writer)?;
    writer.into_inner().write_all(b"\n")?;
    out.finish()
}

/// `text`, which is printable, without the two characters of that kind that XML 1.0 does not allow.
pub(super) fn legal(text: &str) -> String {
    text.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
