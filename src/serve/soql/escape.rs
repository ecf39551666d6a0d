//! Escapes in strings: `\n \r \t \b \f \" \' \\` and `\u` with four digits; in patterns of LIKE `\_` and `\%`, too.

/// True if each backslash begins an escape that SOQL knows.
pub(super) fn is_valid(raw: &str, pattern: bool) -> bool {
    let mut fits = true;
    parts(raw, |c, escaped| fits &= pattern || !escaped || !matches!(c, '_' | '%')) && fits
}

/// The text that a string stands for.
pub(super) fn plain(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    parts(raw, |c, _| text.push(c));
    text
}

/// Gives each character, and whether it was escaped. False if an escape is unknown.
pub(super) fn parts(raw: &str, mut give: impl FnMut(char, bool)) -> bool {
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            give(c, false);
            continue;
        }
        let meant = match chars.next() {
            Some('n' | 'N') => '\n',
            Some('r' | 'R') => '\r',
            Some('t' | 'T') => '\t',
            Some('b' | 'B') => '\u{8}',
            Some('f' | 'F') => '\u{c}',
            Some(same @ ('"' | '\'' | '\\' | '_' | '%')) => same,
            Some('u' | 'U') => {
                let digits: String = chars.by_ref().take(4).collect();
                let hexadecimal = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                let code = if hexadecimal { u32::from_str_radix(&digits, 16).ok() } else { None };
                // Half of a surrogate pair stands for nothing on its own.
                let Some(code) = code else { return false };
                char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => return false,
        };
        give(meant, true);
    }
    true
}
