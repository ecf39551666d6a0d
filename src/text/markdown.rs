//! Messages in Markdown. A message quotes names in back-quotes; whatever else is in it, nothing of it becomes a link, an
//! image or HTML.

use std::borrow::Cow;

/// `name` in back-quotes: in more of them than it holds in a row itself.
pub fn quoted(name: &str) -> String {
    let fence = fence(name);
    if fence.len() > 1 { format!("{fence} {name} {fence}") } else { format!("`{name}`") }
}

/// `text` as code in Markdown.
pub fn code(text: &str) -> String {
    // The outer spaces are not shown, and keep those of the text.
    if text.starts_with(' ') && text.ends_with(' ') && !text.contains('`') {
        return format!("` {text} `");
    }
    quoted(text)
}

/// A message of one line as Markdown: what stands in back-quotes as code, and the rest as it is.
pub fn prose(message: &str) -> String {
    written(message, code)
}

/// The same in a cell of a table, which a bar would end even in code.
pub fn cell(message: &str) -> String {
    written(message, |text| code(text).replace('|', r"\|"))
}

fn written(message: &str, code: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    let mut rest = message;
    while let Some(at) = rest.find('`') {
        let (before, quoted) = rest.split_at(at);
        out.push_str(&escaped(before));
        let length = quoted.len() - quoted.trim_start_matches('`').len();
        let (fence, after) = quoted.split_at(length);
        if let Some(end) = closing(after, length) {
            out.push_str(&code(unpadded(after.get(..end).unwrap_or_default(), length)));
            rest = after.get(end + length..).unwrap_or_default();
        } else {
            // Without their partner they are the user's.
            out.push_str(&fence.replace('`', "\\`"));
            rest = after;
        }
    }
    out.push_str(&escaped(rest));
    out
}

/// Where in `text` the next `length` back-quotes stand that are not part of more.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let start = rest.find('`')?;
        let run = rest.get(start..)?;
        let found = run.len() - run.trim_start_matches('`').len();
        if found == length {
            return Some(at + start);
        }
        at += start + found;
    }
}

/// What [`quoted`] was given.
fn unpadded(text: &str, length: usize) -> &str {
    let inner = text.strip_prefix(' ').and_then(|text| text.strip_suffix(' '));
    inner.filter(|_| length > 1).unwrap_or(text)
}

fn fence(text: &str) -> String {
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(longest + 1)
}

/// `text` with nothing in it that Markdown or a code host would obey.
fn escaped(text: &str) -> Cow<'_, str> {
    /// Shows nothing, and keeps hosts from seeing a name, an address or the number of an issue.
    const APART: &str = "&#8203;";
    if text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" ,;'()".contains(&byte)) && !text.contains("www") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars();
    while let Some(character) = rest.next() {
        let next = rest.clone().next();
        match character {
            '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '~' | '|' | '&' | '#' | '$' => out.extend(['\\', character]),
            '.' if out.len() >= 3
                && out.is_char_boundary(out.len() - 3)
                && out[out.len() - 3..].eq_ignore_ascii_case("www") =>
            {
                out.push_str(APART);
                out.push('.');
            }
            other => out.push(other),
        }
        let begins = match character {
            '@' => true,
            ':' => next == Some('/'),
            '#' => next.is_some_and(|next| next.is_ascii_digit()),
            _ => false,
        };
        if begins {
            out.push_str(APART);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_kept_and_the_rest_is_escaped() {
        assert_eq!(cell("`a|b` is <b>*not*</b> | c"), r"`a\|b` is \<b\>\*not\*\</b\> \| c");
        assert_eq!(prose("`a|b` is it"), "`a|b` is it");
        assert_eq!(prose("one ` back-quote of `two`"), "one `  back-quote of  `two\\`");
        assert_eq!(prose("@team, `@team`"), "@&#8203;team, `@team`");
        assert_eq!(prose("``"), "\\`\\`");
        assert_eq!(prose("`` a`b `` and `c`"), "`` a`b `` and `c`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" a "), "`  a  `");
    }

    #[test]
    fn no_name_makes_a_link() {
        assert_eq!(
            prose("![x](https://a.b) www.a.b #12 $x$"),
            "!\\[x\\](https:&#8203;//a.b) www&#8203;.a.b \\#&#8203;12 \\$x\\$"
        );
        // Names that leave the back-quotes that they are put into.
        for name in ["a` ![x](u) `b", "` [x](u) ``", "``` <img src=u>", "`", "``", "a``` b `c"] {
            for message in [format!("the queue `{name}` is"), format!("the queue {} is", quoted(name))] {
                let mut left = prose(&message);
                // What is left without code.
                while let Some(at) = left.replace("\\`", "--").find('`') {
                    let length = left[at..].len() - left[at..].trim_start_matches('`').len();
                    let after = &left[at + length..];
                    let end = closing(after, length).unwrap_or_else(|| panic!("{message}: {left}"));
                    left = format!("{}{}", &left[..at], &after[end + length..]);
                }
                assert!(!left.contains("](u)") || left.contains(r"\[x\](u)"), "{message}: {left}");
                assert!(!left.replace(r"\<", "").contains('<'), "{message}: {left}");
            }
            assert_eq!(prose(&quoted(name)), code(name), "{name}");
        }
    }
}
