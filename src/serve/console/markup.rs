//! Markup of components and pages, read into a tree with lines. It is never evaluated: scripts and handlers are taken out, so
//! that they can be served as scripts.

use serde::Serialize;

/// Elements in elements at most: deeper ones are a problem.
const DEEPEST: usize = 100;

/// A tree, what is wrong with it, and the scripts that were in it.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Markup {
    /// What stands at the top.
    pub nodes: Vec<Node>,
    /// What cannot be read.
    pub problems: Vec<Problem>,
    /// Scripts, in their order.
    #[serde(skip)]
    pub scripts: Vec<Script>,
}

/// What is wrong, and where.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct Problem {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

/// A script.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Script {
    /// The line on which it begins.
    pub line: usize,
    /// Its text.
    pub text: String,
}

/// An element or a text.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Node {
    /// An element.
    Element {
        /// Its name, as it is written.
        tag: String,
        /// The line on which it begins.
        line: usize,
        /// Its attributes, in their order, with entities read.
        attributes: Vec<(String, String)>,
        /// What it holds.
        children: Vec<Node>,
    },
    /// A text, with entities read.
    Text {
        /// The text.
        text: String,
        /// The line on which it begins.
        line: usize,
    },
}

/// Elements of HTML that hold nothing.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

struct Open {
    tag: String,
    line: usize,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    line: usize,
    open: Vec<Open>,
    markup: Markup,
}

/// Reads markup. It never fails: what cannot be read is a problem.
pub(super) fn read(text: &str) -> Markup {
    let mut reader = Reader { text, at: 0, line: 1, open: Vec::new(), markup: Markup::default() };
    reader.all();
    reader.markup
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Goes on by so many bytes, which end at the end of a letter.
    fn skip(&mut self, bytes: usize) -> &'t str {
        let passed = self.rest().get(..bytes).unwrap_or_else(|| self.rest());
        self.at += passed.len();
        self.line += passed.bytes().filter(|byte| *byte == b'\n').count();
        passed
    }

    /// Goes on behind a text; to the end if it is not there.
    fn skip_behind(&mut self, end: &str) -> (&'t str, bool) {
        let rest = self.rest();
        match rest.find(end) {
            Some(at) => {
                let passed = self.skip(at);
                self.skip(end.len());
                (passed, true)
            }
            None => (self.skip(rest.len()), false),
        }
    }

    fn problem(&mut self, line: usize, message: impl Into<String>) {
        self.markup.problems.push(Problem { line, message: message.into() });
    }

    fn push(&mut self, node: Node) {
        match self.open.last_mut() {
            Some(open) => open.children.push(node),
            None => self.markup.nodes.push(node),
        }
    }

    fn all(&mut self) {
        while !self.rest().is_empty() {
            let (line, rest) = (self.line, self.rest());
            let begins_tag =
                |rest: &str| rest.get(1..).is_some_and(|next| next.starts_with(|it: char| it.is_ascii_alphabetic()));
            if rest.starts_with("<!--") {
                if !self.skip_behind("-->").1 {
                    self.problem(line, "the comment does not end: write `-->` behind it");
                }
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                self.skip_behind(">");
            } else if rest.starts_with("</") {
                self.skip(2);
                let (name, _) = self.skip_behind(">");
                self.close(name.trim(), line);
            } else if rest.starts_with('<') && begins_tag(rest) {
                self.element(line);
            } else {
                let end =
                    rest.char_indices().skip(1).find(|(_, letter)| *letter == '<').map_or(rest.len(), |(at, _)| at);
                let text = entities(self.skip(end));
                self.push(Node::Text { text, line });
            }
        }
        while let Some(open) = self.open.pop() {
            self.problem(open.line, format!("<{}> does not end: write </{}>", open.tag, open.tag));
            self.push(node(open));
        }
    }

    fn close(&mut self, name: &str, line: usize) {
        let Some(at) = self.open.iter().rposition(|open| open.tag.eq_ignore_ascii_case(name)) else {
            self.problem(line, format!("</{name}> ends nothing"));
            return;
        };
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { break };
            if self.open.len() > at {
                self.problem(open.line, format!("<{}> does not end before </{name}>", open.tag));
            }
            self.push(node(open));
        }
    }

    fn element(&mut self, line: usize) {
        self.skip(1);
        let name = self.word(|letter| letter.is_ascii_alphanumeric() || matches!(letter, ':' | '-' | '_' | '.'));
        let (attributes, is_empty) = self.attributes(name);
        let open = Open { tag: name.to_owned(), line, attributes, children: Vec::new() };
        let is_script = name.eq_ignore_ascii_case("script");
        if (is_script || name.eq_ignore_ascii_case("style")) && !is_empty {
            let begin = self.line;
            let rest = self.rest();
            let end = format!("</{}", name.to_ascii_lowercase());
            let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
            let text = self.skip(at).to_owned();
            if !self.skip_behind(">").1 {
                self.problem(line, format!("<{name}> does not end"));
            }
            if is_script {
                self.markup.scripts.push(Script { line: begin, text });
                self.push(node(open));
            } else {
                self.push(node(Open { children: vec![Node::Text { text, line: begin }], ..open }));
            }
        } else if is_empty || VOID.iter().any(|void| name.eq_ignore_ascii_case(void)) {
            self.push(node(open));
        } else if self.open.len() >= DEEPEST {
            self.problem(line, format!("<{name}> stands in more than {DEEPEST} elements, and is left out"));
        } else {
            self.open.push(open);
        }
    }

    fn word(&mut self, holds: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        self.skip(rest.find(|letter| !holds(letter)).unwrap_or(rest.len()))
    }

    /// The attributes of an element, and whether it ends with them.
    fn attributes(&mut self, element: &str) -> (Vec<(String, String)>, bool) {
        let mut attributes = Vec::new();
        loop {
            self.word(char::is_whitespace);
            let (line, rest) = (self.line, self.rest());
            if rest.starts_with('>') {
                self.skip(1);
                return (attributes, false);
            }
            if rest.starts_with("/>") {
                self.skip(2);
                return (attributes, true);
            }
            if rest.is_empty() || rest.starts_with('<') {
                self.problem(line, format!("<{element} has no `>`"));
                return (attributes, false);
            }
            let name = self.word(|letter| !letter.is_whitespace() && !matches!(letter, '=' | '>' | '/' | '<'));
            if name.is_empty() {
                // A stray sign.
                let bytes = rest.chars().next().map_or(1, char::len_utf8);
                self.skip(bytes);
                continue;
            }
            self.word(char::is_whitespace);
            let value = if self.rest().starts_with('=') {
                self.skip(1);
                self.word(char::is_whitespace);
                match self.rest().chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        self.skip(1);
                        let (value, ends) = self.skip_behind(quote.encode_utf8(&mut [0; 4]));
                        if !ends {
                            self.problem(line, format!("the value of `{name}` does not end"));
                        }
                        value
                    }
                    _ => self.word(|letter| !letter.is_whitespace() && letter != '>'),
                }
            } else {
                ""
            };
            attributes.push((name.to_owned(), entities(value)));
        }
    }
}

fn node(open: Open) -> Node {
    Node::Element { tag: open.tag, line: open.line, attributes: open.attributes, children: open.children }
}

/// A text whose entities are read: those of XML, numbers, and the space that does not break.
fn entities(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        read.push_str(before);
        let end = from.find(';').filter(|end| *end <= 10);
        let letter = end.and_then(|end| from.get(1..end)).and_then(|name| match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "nbsp" => Some('\u{a0}'),
            _ => {
                let number = name.strip_prefix('#')?;
                let hex = number.strip_prefix(['x', 'X']);
                let code = hex.map_or_else(|| number.parse(), |hex| u32::from_str_radix(hex, 16));
                code.ok().and_then(char::from_u32)
            }
        });
        let (letter, taken) = match (letter, end) {
            (Some(letter), Some(end)) => (letter, end + 1),
            _ => ('&', 1),
        };
        read.push(letter);
        rest = from.get(taken..).unwrap_or_default();
    }
    read.push_str(rest);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let markup = read(text);
        let scripts: Vec<_> = markup.scripts.iter().map(|script| (script.line, script.text.as_str())).collect();
        format!("{} {scripts:?}", serde_json::to_string(&markup).unwrap_or_default())
    }

    #[test]
    fn elements_texts_and_scripts_are_read_with_their_lines() {
        assert_eq!(
            shown("<aura:component>\n<b a='1' c=\"{! x &amp;&amp; y }\"/>\nHi &lt;</aura:component>"),
            r#"{"nodes":[{"tag":"aura:component","line":1,"attributes":[],"children":[{"text":"\n","line":1},{"tag":"b","line":2,"attributes":[["a","1"],["c","{! x && y }"]],"children":[]},{"text":"\nHi <","line":2}]}],"problems":[]} []"#
        );
        assert_eq!(
            shown("<p><script>\nif (a < b && c) { x('</p>'); }</script></p>"),
            r#"{"nodes":[{"tag":"p","line":1,"attributes":[],"children":[{"tag":"script","line":1,"attributes":[],"children":[]}]}],"problems":[]} [(1, "\nif (a < b && c) { x('</p>'); }")]"#
        );
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let problems = |text: &str| {
            let problems = read(text).problems.into_iter();
            problems.map(|problem| format!("{}: {}", problem.line, problem.message)).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(problems("<a>\n<b></a>"), "2: <b> does not end before </a>");
        assert_eq!(problems("</a>"), "1: </a> ends nothing");
        assert_eq!(
            problems("<a\n x='1"),
            "2: the value of `x` does not end; 2: <a has no `>`; 1: <a> does not end: write </a>"
        );
        assert_eq!(problems("<!-- x"), "1: the comment does not end: write `-->` behind it");
        assert_eq!(problems("a < b & c &bogus; <br> <INPUT>"), "");
    }

    #[test]
    fn anything_is_read_to_its_end() {
        let alphabet = ["<", ">", "/", "a", "=", "'", "\"", "!", "-", "&", "ß", "\n", " ", "script", ";"];
        let mut seed = 7_u32;
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..20 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(alphabet[(seed >> 16) as usize % alphabet.len()]);
            }
            let markup = read(&text);
            assert!(serde_json::to_string(&markup).is_ok(), "{text}");
        }
    }
}
