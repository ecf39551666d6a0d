//! The page of a check: the Markdown file beside its code.
//!
//! A page is plain Markdown. Its first line is the summary, a heading; then come the sections of [`SECTIONS`], in that
//! order. A file of a project is a line with its path in back-quotes, and a fence with its text. A text that begins with
//! a line such as `<Queue>` has the XML declaration before it and the namespace in that line: [`PageFile::whole`] adds
//! them. What `omnic` says of the files stands behind them, as text. The project that passes is a difference to the one
//! that fails. A section of `More` is a further project, and says whether the check fires there.

use std::borrow::Cow;

use super::Evidence;
use crate::schema::validate::NAMESPACE;

/// The headings of a page, in their order. `More` may be left out.
const SECTIONS: [&str; 7] = ["What it does", "Why it matters", "How to fix", "Fails", "Passes", "More", "Source"];

/// The line before what the program says.
const SAYS: &str = "`omnic` says:";
/// How the last line of a page begins.
const EVIDENCE: &str = "Evidence: ";
const FENCE: &str = "```";
/// The first line of a component's file.
const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
/// What a difference calls the file that is not there.
const NOTHING: &str = "/dev/null";

/// What a check says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page<'t> {
    /// One line for lists.
    pub summary: &'t str,
    /// What the check does, when it fires and when not.
    pub what: &'t str,
    /// Why that matters.
    pub why: &'t str,
    /// What to do.
    pub fix: &'t str,
    /// A project on which it fires.
    pub fails: Case<'t>,
    /// The difference between that project and one on which it does not fire.
    pub passes: Block<'t>,
    /// Further projects.
    pub more: Vec<Case<'t>>,
    /// Where the rule comes from.
    pub source: &'t str,
    /// How sure that is, strongest evidence first.
    pub evidence: Vec<Evidence>,
}

/// A project that shows what a check does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case<'t> {
    /// What is special about it, in a few words.
    pub name: &'t str,
    /// True if the check fires.
    pub fires: bool,
    /// Its files.
    pub files: Vec<PageFile<'t>>,
    /// What the program says.
    pub says: Block<'t>,
}

/// A text in a fence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Block<'t> {
    /// Its lines.
    pub text: &'t str,
    /// The number of its first line in the page; zero if there is none.
    pub line: usize,
}

/// A file of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageFile<'t> {
    /// Its path below the project's root.
    pub path: &'t str,
    /// Its text as the page shows it.
    pub text: &'t str,
}

impl<'t> PageFile<'t> {
    /// Its whole text.
    pub fn whole(&self) -> Cow<'t, str> {
        let (first, rest) = self.text.split_once('\n').unwrap_or((self.text, ""));
        match root(first) {
            Some(root) => format!("{DECLARATION}\n{}\n{rest}", opened(root)).into(),
            None => self.text.into(),
        }
    }
}

impl PageFile<'_> {
    /// The name and the whole text in Markdown.
    fn markdown(&self) -> String {
        let language = match self.path.rsplit_once('.') {
            _ if self.text.starts_with('<') => "xml",
            Some((_, language @ ("json" | "csv" | "toml"))) => language,
            _ => "text",
        };
        format!("`{}`\n\n```{language}\n{}```", self.path, self.whole())
    }
}

/// The type that a line such as `<Queue>` names.
fn root(line: &str) -> Option<&str> {
    let root = line.strip_prefix('<')?.strip_suffix('>')?;
    (!root.is_empty() && root.bytes().all(|byte| byte.is_ascii_alphanumeric())).then_some(root)
}

/// The tag that begins a component of this type.
fn opened(root: &str) -> String {
    format!("<{root} xmlns=\"{NAMESPACE}\">")
}

/// A difference as it is between whole files.
fn whole_difference(text: &str) -> String {
    let (mut whole, mut is_one_sided) = (String::with_capacity(text.len()), false);
    for line in text.lines() {
        let root = line.get(1..).and_then(root).filter(|_| line.starts_with([' ', '+', '-']));
        if line.starts_with("--- ") {
            is_one_sided = line.ends_with(NOTHING);
        } else if line.starts_with("+++ ") {
            is_one_sided |= line.ends_with(NOTHING);
        }
        match root {
            Some(root) => {
                let sign = line.get(..1).unwrap_or_default();
                if is_one_sided {
                    whole.extend([sign, DECLARATION, "\n"]);
                }
                whole.extend([sign, &opened(root), "\n"]);
            }
            None => whole.extend([line, "\n"]),
        }
    }
    whole
}

/// What is wrong with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageProblem {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there, and what is expected.
    pub what: String,
}

/// The first line of a page, which is its summary; the page is not read further.
pub(super) fn summary(text: &str) -> &str {
    let line = text.lines().next().unwrap_or_default();
    line.strip_prefix("# ").unwrap_or(line)
}

impl<'t> Page<'t> {
    /// Reads a page: all of it that can be understood, and what is wrong with the rest.
    pub fn parse(text: &'t str) -> (Self, Vec<PageProblem>) {
        let mut reader = Reader { page: Self { summary: summary(text), ..Self::default() }, problems: Vec::new() };
        reader.page.fails.fires = true;
        let mut sections = sections(text, "## ");
        let head = sections.remove(0);
        if !text.starts_with("# ") {
            reader.problem(1, "a page begins with `# ` and a summary of one line".to_owned());
        }
        if let Some((line, _)) = head.lines().skip(1).find(|(_, text)| !text.trim().is_empty()) {
            reader.problem(line, "no text is expected between the summary and the first section".to_owned());
        }
        let mut expected = SECTIONS.iter();
        for section in &sections {
            match expected.clone().position(|title| *title == section.title) {
                Some(0) => drop(expected.next()),
                Some(1) if expected.clone().next() == Some(&"More") => drop(expected.nth(1)),
                _ => {
                    let next: Vec<&str> = expected.clone().copied().collect();
                    let next = next.first().map_or_else(|| "the end".to_owned(), |next| format!("`## {next}`"));
                    reader.problem(section.line, format!("{next} is expected here, not `## {}`", section.title));
                }
            }
            reader.section(section);
        }
        if expected.next().is_some() || reader.page.evidence.is_empty() {
            reader.problem(text.lines().count(), format!("a page ends with `## Source`, its text, and `{EVIDENCE}…`"));
        }
        (reader.page, reader.problems)
    }
}

impl Page<'_> {
    /// Its sections as they are shown, each with its heading: files are whole, and further projects are left out. `says`
    /// says whether the words of the program are shown.
    pub fn sections(&self, says: bool) -> Vec<(&'static str, String)> {
        let mut fails: Vec<String> = self.fails.files.iter().map(PageFile::markdown).collect();
        if says {
            fails.push(format!("{SAYS}\n\n```text\n{}```", self.fails.says.text));
        }
        vec![
            ("What it does", self.what.to_owned()),
            ("Why it matters", self.why.to_owned()),
            ("How to fix", self.fix.to_owned()),
            ("Fails", fails.join("\n\n")),
            ("Passes", format!("```diff\n{}```", whole_difference(self.passes.text))),
            ("Source", self.source.to_owned()),
            ("How sure it is", Evidence::sentences(&self.evidence)),
        ]
    }
}

/// A heading and what follows it.
#[derive(Clone, Copy)]
struct Section<'t> {
    title: &'t str,
    /// The number of the heading's line.
    line: usize,
    body: &'t str,
}

impl<'t> Section<'t> {
    /// Its lines with their numbers.
    fn lines(&self) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
        (self.line + 1..).zip(self.body.lines())
    }
}

/// Splits a text at the lines outside of fences that begin with `mark`; what stands before the first of them has no title.
fn sections<'t>(text: &'t str, mark: &str) -> Vec<Section<'t>> {
    let mut sections = vec![Section { title: "", line: 0, body: text }];
    let (mut at, mut fenced) = (0, false);
    for (number, line) in (1..).zip(text.split_inclusive('\n')) {
        let end = at + line.len();
        fenced ^= line.starts_with(FENCE);
        if let Some(title) = line.strip_prefix(mark).filter(|_| !fenced) {
            if let Some(last) = sections.last_mut() {
                let begin = text.len() - last.body.len();
                last.body = text.get(begin..at).unwrap_or_default();
            }
            sections.push(Section { title: title.trim(), line: number, body: text.get(end..).unwrap_or_default() });
        }
        at = end;
    }
    sections
}

struct Reader<'t> {
    page: Page<'t>,
    problems: Vec<PageProblem>,
}

impl<'t> Reader<'t> {
    fn problem(&mut self, line: usize, what: String) {
        self.problems.push(PageProblem { line, what });
    }

    fn section(&mut self, section: &Section<'t>) {
        match section.title {
            "What it does" => self.page.what = self.prose(section),
            "Why it matters" => self.page.why = self.prose(section),
            "How to fix" => self.page.fix = self.prose(section),
            "Fails" => {
                let case = self.case(section);
                self.page.fails = Case { fires: true, ..case };
                if self.page.fails.says.line == 0 {
                    self.problem(section.line, "what `omnic` says is missing".to_owned());
                }
            }
            "Passes" => {
                let blocks = self.blocks(section);
                match blocks.as_slice() {
                    [("", "diff", block)] => self.page.passes = *block,
                    _ => {
                        self.problem(section.line, "one fence of `diff` is expected here, and nothing else".to_owned());
                    }
                }
            }
            "More" => self.more(section),
            "Source" => self.source(section),
            _ => {}
        }
    }

    /// One paragraph, or several.
    fn prose(&mut self, section: &Section<'t>) -> &'t str {
        let text = section.body.trim();
        if text.is_empty() {
            self.problem(section.line, format!("`## {}` has no text", section.title));
        }
        text
    }

    fn more(&mut self, section: &Section<'t>) {
        for inner in sections(section.body, "### ") {
            let line = section.line + inner.line;
            if inner.title.is_empty() {
                if !inner.body.trim().is_empty() {
                    self.problem(line + 1, "`### Fires: …` or `### Silent: …` is expected here".to_owned());
                }
                continue;
            }
            let case = self.case(&Section { line, ..inner });
            match inner.title.split_once(": ") {
                Some(("Fires", name)) => {
                    if case.says.line == 0 {
                        self.problem(line, "what `omnic` says is missing".to_owned());
                    }
                    self.page.more.push(Case { name, fires: true, ..case });
                }
                Some(("Silent", name)) => self.page.more.push(Case { name, fires: false, ..case }),
                _ => {
                    self.problem(line, format!("`### Fires: …` or `### Silent: …` is expected, not `{}`", inner.title));
                }
            }
        }
    }

    fn source(&mut self, section: &Section<'t>) {
        let text = section.body.trim();
        let (source, evidence) = text.rsplit_once('\n').unwrap_or(("", text));
        self.page.source = source.trim();
        let Some(words) = evidence.strip_prefix(EVIDENCE) else { return };
        for word in words.split(", ") {
            if let Some(evidence) = Evidence::ALL.into_iter().find(|evidence| evidence.as_str() == word) {
                self.page.evidence.push(evidence);
                continue;
            }
            let known = Evidence::ALL.map(Evidence::as_str).join(", ");
            let line = section.line + section.body.trim_end().lines().count();
            self.problem(line, format!("unknown evidence `{word}`; expected one of: {known}"));
        }
    }

    /// The files of a project, and what is said of them.
    fn case(&mut self, section: &Section<'t>) -> Case<'t> {
        let mut case = Case::default();
        for (label, _, block) in self.blocks(section) {
            let path = label.strip_prefix('`').and_then(|label| label.strip_suffix('`'));
            match path.filter(|path| !path.contains('`')) {
                _ if label == SAYS && case.says.line == 0 => case.says = block,
                Some(path) if case.files.iter().all(|file| file.path != path) => {
                    case.files.push(PageFile { path, text: block.text });
                }
                _ => self.problem(
                    block.line,
                    "a path in back-quotes, or what `omnic` says, is expected before a fence".to_owned(),
                ),
            }
        }
        if case.files.is_empty() {
            self.problem(section.line, format!("`{}` has no files", section.title));
        }
        case
    }

    /// The fences of a section: the paragraph before each, its language, and its text.
    fn blocks(&mut self, section: &Section<'t>) -> Vec<(&'t str, &'t str, Block<'t>)> {
        let mut blocks = Vec::new();
        let (mut label, mut open, mut at) = ("", None, 0);
        for (number, line) in (section.line + 1..).zip(section.body.split_inclusive('\n')) {
            let begin = at;
            at += line.len();
            match (line.trim_end().strip_prefix(FENCE), open) {
                (Some(language), None) => open = Some((language, at, number + 1)),
                (Some(_), Some((language, start, line))) => {
                    let text = section.body.get(start..begin).unwrap_or_default();
                    blocks.push((label, language, Block { text, line }));
                    (label, open) = ("", None);
                }
                (None, None) if !line.trim().is_empty() => {
                    let is_label = |text: &str| text.starts_with('`');
                    if is_label(label) {
                        self.problem(number, "a fence is expected here".to_owned());
                    }
                    label = line.trim_end();
                }
                (None, _) => {}
            }
        }
        if let Some((.., line)) = open {
            self.problem(line.saturating_sub(1), "this fence does not end".to_owned());
        }
        blocks
    }
}
