//! `replacements` of `sfdx-project.json`: texts in source that the Salesforce CLI replaces before it deploys.
//!
//! In: the JSON of the property. Out: where a file holds such texts, the placeholders, and what is filled in for each.
//! What is filled in is never looked up: an environment variable and a file's text may differ from one deploy to the
//! next.
//! Source: `forcedotcom/source-deploy-retrieve`, `src/convert/replacements.ts`, 2026; Salesforce DX Developer Guide,
//! "Replace Strings in Code Before Deploying or Packaging".

mod entry;
mod glob;
mod regex;

use std::fmt;
use std::sync::Arc;

use memchr::memmem;

use self::entry::ReplacementEntry;
use self::regex::Pattern;
use super::Span;
use crate::text::PatternBudget;

/// Projects have a dozen entries.
const MOST_ENTRIES: usize = 200;

/// A text with more placeholders than this is taken to be one: the users of the largest queues are a few thousand.
const MOST_PLACEHOLDERS: usize = 100_000;

/// What is filled in for a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// The value of the environment variable with this name.
    Env(String),
    /// The text of the file at this path.
    File(String),
}

impl fmt::Display for Filler {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Env(name) => write!(f, "the environment variable `{name}`"),
            Self::File(path) => write!(f, "the text of the file `{path}`"),
        }
    }
}

/// A text in a file that is replaced before a deploy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Where it is.
    pub span: Span,
    /// What is filled in for it.
    pub filler: Arc<Filler>,
    /// True if `replaceWhenEnv` says when: then it may also be deployed as it stands.
    pub conditional: bool,
}

/// The placeholders in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placeholders {
    /// In the order of the text; none overlaps another.
    pub list: Vec<Placeholder>,
    /// True if a pattern that is not understood is looked for in the text, or more is found than anyone means: any part of
    /// it may be a placeholder.
    pub anywhere: bool,
}

/// The property, as far as it could be used.
#[derive(Clone, Debug, Default)]
pub struct Replacements {
    entries: Vec<ReplacementEntry>,
    /// What could not be used, each in a sentence without a full stop.
    pub problems: Vec<String>,
    /// The property as it is written, by which two are compared.
    json: serde_json::Value,
}

/// Two are equal if they are written alike.
impl PartialEq for Replacements {
    fn eq(&self, other: &Self) -> bool {
        self.json == other.json
    }
}

impl Eq for Replacements {}

impl Placeholders {
    /// True if nothing in the text is replaced.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty() && !self.anywhere
    }

    /// The placeholder with exactly this place.
    pub fn at(&self, span: Span) -> Option<&Placeholder> {
        let at = self.list.binary_search_by_key(&span, |placeholder| placeholder.span).ok()?;
        self.list.get(at)
    }

    /// The text with signs of XML in placeholders written as `_`, so that what stands for something else is no markup.
    /// None if there are no such signs.
    pub fn masked(&self, text: &str) -> Option<String> {
        let is_markup = |c: char| matches!(c, '<' | '>' | '&');
        let is_marked = |placeholder: &Placeholder| placeholder.span.slice(text).contains(is_markup);
        if !self.list.iter().any(is_marked) {
            return None;
        }
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for &Placeholder { span, .. } in &self.list {
            masked.push_str(Span::new(at, span.start).slice(text));
            masked.extend(span.slice(text).chars().map(|c| if is_markup(c) { '_' } else { c }));
            at = span.end;
        }
        masked.push_str(Span::new(at, text.len() as u32).slice(text));
        Some(masked)
    }
}

impl Replacements {
    /// Reads the value of the property; `null` if the file has none.
    pub fn read(json: serde_json::Value) -> Self {
        let mut read = Self::default();
        match &json {
            serde_json::Value::Null => {}
            serde_json::Value::Array(entries) => read.entries(entries),
            _ => read.problems.push("`replacements` of sfdx-project.json is not used: it is not a list".to_owned()),
        }
        read.json = json;
        read
    }

    fn entries(&mut self, entries: &[serde_json::Value]) {
        let mut budget = PatternBudget::default();
        for (at, entry) in entries.iter().enumerate().take(MOST_ENTRIES) {
            let place = format!("entry {} of `replacements` in sfdx-project.json", at + 1);
            match ReplacementEntry::read(entry, &mut budget) {
                Ok(entry) => {
                    self.problems.extend(entry.problem().map(|problem| format!("{place} {problem}")));
                    self.entries.push(entry);
                }
                Err(problem) => self.problems.push(format!("{place} is not used: {problem}")),
            }
        }
        if entries.len() > MOST_ENTRIES {
            let message = format!("`replacements` of sfdx-project.json has more than {MOST_ENTRIES} entries");
            self.problems.push(format!("{message}: those after them are not used"));
        }
    }

    /// True if nothing is ever replaced.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The placeholders in the text of the file at `path`, relative to the project root, with forward slashes.
    pub fn in_text(&self, path: &str, text: &str) -> Placeholders {
        let mut found = Placeholders::default();
        for entry in self.entries.iter().filter(|entry| entry.covers(path)) {
            match entry.finds.spans(text) {
                Some(spans) => found.list.extend(spans.into_iter().map(|span| entry.placeholder(span))),
                None => found.anywhere = true,
            }
            if found.list.len() > MOST_PLACEHOLDERS {
                return Placeholders { list: Vec::new(), anywhere: true };
            }
        }
        found.list.sort_by_key(|placeholder| placeholder.span);
        found.list.dedup_by(|later, earlier| {
            let overlaps = later.span.start < earlier.span.end;
            if overlaps {
                earlier.span = earlier.span.join(later.span);
            }
            overlaps
        });
        found
    }
}

/// What is looked for.
#[derive(Clone, Debug)]
enum Finds {
    Text(String),
    Pattern(Pattern),
    /// A pattern that is not understood.
    Unclear,
}

impl Finds {
    /// Where it is found, in one place more than there may be at most; none if that is not known.
    fn spans(&self, text: &str) -> Option<Vec<Span>> {
        match self {
            Self::Text(sought) => {
                let starts = memmem::find_iter(text.as_bytes(), sought.as_bytes()).take(MOST_PLACEHOLDERS + 1);
                Some(starts.map(|start| Span::new(start as u32, (start + sought.len()) as u32)).collect())
            }
            Self::Pattern(pattern) => pattern.spans(text),
            Self::Unclear => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn found(entries: serde_json::Value, path: &str, text: &str) -> Placeholders {
        let replacements = Replacements::read(entries);
        assert_eq!(replacements.problems, [""; 0]);
        replacements.in_text(path, text)
    }

    fn texts<'t>(placeholders: &Placeholders, text: &'t str) -> Vec<&'t str> {
        placeholders.list.iter().map(|placeholder| placeholder.span.slice(text)).collect()
    }

    #[test]
    fn a_filename_is_the_end_of_a_path() {
        let covers = |filename: &str| {
            let entries = json!([{"filename": filename, "stringToReplace": "x", "replaceWithEnv": "X"}]);
            !found(entries, "force-app/queues/A.queue-meta.xml", "x").is_empty()
        };
        for filename in [
            "force-app/queues/A.queue-meta.xml",
            "/force-app/queues/A.queue-meta.xml",
            "A.queue-meta.xml",
            ".xml",
            "",
            "/builds/project/force-app/queues/A.queue-meta.xml",
        ] {
            assert!(covers(filename), "{filename}");
        }
        for filename in ["./force-app/queues/A.queue-meta.xml", "queues", "B.queue-meta.xml", "a.queue-meta.xml"] {
            assert!(!covers(filename), "{filename}");
        }
    }

    #[test]
    fn placeholders_that_overlap_are_one() {
        let text = "<a>one-two-three</a><b>two</b>";
        let entries = json!([
            {"glob": "*", "stringToReplace": "two-three", "replaceWithEnv": "LATER"},
            {"glob": "*", "regexToReplace": "\\w+-two", "replaceWithFile": "first.txt"},
            {"glob": "*", "stringToReplace": "two", "replaceWithEnv": "TWO"},
        ]);
        let placeholders = found(entries, "a.xml", text);
        assert_eq!(texts(&placeholders, text), ["one-two-three", "two"]);
        let fillers: Vec<String> = placeholders.list.iter().map(|placeholder| placeholder.filler.to_string()).collect();
        assert_eq!(fillers, ["the text of the file `first.txt`", "the environment variable `TWO`"]);
    }

    #[test]
    fn signs_of_xml_are_masked_in_placeholders_alone() {
        let text = "<a><<X>></a>";
        let entries = json!([{"glob": "*", "regexToReplace": "<<X>>", "replaceWithEnv": "X"}]);
        let placeholders = found(entries, "a.xml", text);
        assert_eq!(placeholders.masked(text).as_deref(), Some("<a>__X__</a>"));
        let plain = found(json!([{"glob": "*", "stringToReplace": "X", "replaceWithEnv": "X"}]), "a.xml", text);
        assert_eq!(plain.masked(text), None);
    }

    #[test]
    fn a_text_of_too_many_placeholders_is_one() {
        let entries = json!([{"glob": "*", "stringToReplace": "x", "replaceWithEnv": "X"}]);
        let most = "x".repeat(MOST_PLACEHOLDERS);
        assert_eq!(found(entries.clone(), "a.xml", &most).list.len(), MOST_PLACEHOLDERS);
        let more = found(entries, "a.xml", &format!("{most}x"));
        assert_eq!((more.list.len(), more.anywhere), (0, true));
    }
}
