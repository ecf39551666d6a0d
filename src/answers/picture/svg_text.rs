//! Text in an SVG: how wide it is, about, and how it is written.

use crate::text::{is_obeyed, picture};

/// The width of a text in a sans-serif font of this size, rather too much than too little: which font a viewer has is
/// not known.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let share = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '`' => 0.32,
        'f' | 't' | 'r' | 'I' | ' ' | '(' | ')' | '[' | ']' | '-' | '/' => 0.42,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.98,
        'A'..='Z' => 0.74,
        _ if c.is_ascii() => 0.62,
        // From Hangul on, letters are often as wide as high.
        '\u{1100}'.. => 1.05,
        _ => 0.7,
    };
    text.chars().map(share).sum::<f64>() * size
}

/// The start of a text that is not wider, with an ellipsis if something is cut off.
pub(super) fn cut(text: &str, size: f64, most: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut cut = String::new();
    for c in text.chars() {
        if width(&cut, size) + width("…", size) + width(c.encode_utf8(&mut [0; 4]), size) > most {
            break;
        }
        cut.push(c);
    }
    cut + "…"
}

/// A text as an XML document has it, in elements and in attributes. What is no character of XML, or would be obeyed by
/// a terminal, is made visible.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if is_obeyed(c) => out.push(picture(c)),
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
    out
}

/// A length without needless decimals.
pub(super) fn number(length: f64) -> String {
    let tenths = (length * 10.0).round() / 10.0;
    // Zero has no sign.
    format!("{}", tenths + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_to_fit() {
        assert_eq!(cut("Support", 10.0, 100.0), "Support");
        assert_eq!(cut("Support_Tier_1", 10.0, 45.0), "Suppo…");
        assert!(width(&cut(&"漢".repeat(80), 13.0, 240.0), 13.0) <= 240.0);
    }

    #[test]
    fn names_cannot_leave_their_place() {
        assert_eq!(escaped("<a href=\"x\">&\u{1b}\u{ffff}"), "&lt;a href=&quot;x&quot;&gt;&amp;␛\u{fffd}");
        assert_eq!([number(1.0), number(1.25), number(-0.01)], ["1", "1.3", "0"]);
    }
}
