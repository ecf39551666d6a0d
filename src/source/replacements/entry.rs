//! One entry of `replacements`.

use std::sync::Arc;

use serde::Deserialize;
use serde_json::Value;

use super::glob::Glob;
use super::regex::Pattern;
use super::{Filler, Finds, Placeholder};
use crate::source::Span;
use crate::text::{PatternBudget, without_place};

/// An entry as it is written. The value of a condition may be anything.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawEntry {
    filename: Option<String>,
    glob: Option<String>,
    string_to_replace: Option<String>,
    regex_to_replace: Option<String>,
    replace_with_env: Option<String>,
    replace_with_file: Option<String>,
    #[serde(default)]
    replace_when_env: Option<Value>,
}

/// One entry: in which files, what is looked for, and what is filled in.
#[derive(Clone, Debug)]
pub(super) struct ReplacementEntry {
    filename: Option<String>,
    glob: Option<Glob>,
    pub(super) finds: Finds,
    filler: Arc<Filler>,
    conditional: bool,
    problem: Option<String>,
}

impl ReplacementEntry {
    /// Reads an entry, or says why it cannot be used. As the CLI does, it takes the text before the pattern and the
    /// variable before the file where both are given, and covers what the name or the glob covers.
    pub(super) fn read(entry: &Value, budget: &mut PatternBudget) -> Result<Self, String> {
        if !entry.is_object() {
            return Err("it is not an object".to_owned());
        }
        let written = RawEntry::deserialize(entry).map_err(|error| without_place(&error.to_string()).to_owned())?;
        let lacks = |what: &str| Err(format!("it has neither {what}"));
        let RawEntry { filename, glob, string_to_replace: text, regex_to_replace: pattern, .. } = written;
        if filename.is_none() && glob.is_none() {
            return lacks("`filename` nor `glob`");
        }
        let filler = match (written.replace_with_env, written.replace_with_file) {
            (Some(name), _) => Filler::Env(name),
            (None, Some(path)) => Filler::File(path),
            (None, None) => return lacks("`replaceWithEnv` nor `replaceWithFile`"),
        };
        let mut problem = None;
        let finds = match (text, pattern) {
            (None, None) => return lacks("`stringToReplace` nor `regexToReplace`"),
            (Some(text), _) if text.is_empty() => return Err("`stringToReplace` is empty".to_owned()),
            (Some(text), _) => Finds::Text(text),
            (None, Some(pattern)) => Pattern::new(&pattern).map_or_else(
                || {
                    problem = Some(format!(
                        "has the pattern `{pattern}`, which omnic does not understand, so nothing is reported about the \
                         files that it covers"
                    ));
                    Finds::Unclear
                },
                Finds::Pattern,
            ),
        };
        if let Some(glob) = glob.as_ref().filter(|glob| !budget.affords(glob)) {
            return Err(format!("the glob `{glob}` is too complex"));
        }
        let glob = glob.map(|glob| {
            Glob::new(&glob).unwrap_or_else(|| {
                problem = Some(format!("has the glob `{glob}`, which omnic does not understand: it covers every file"));
                Glob::every_file()
            })
        });
        let conditional = written.replace_when_env.is_some_and(|when| !when.is_null());
        Ok(Self { filename, glob, finds, filler: Arc::new(filler), conditional, problem })
    }

    /// What of the entry is not understood, to stand behind its place.
    pub(super) fn problem(&self) -> Option<&str> {
        self.problem.as_deref()
    }

    /// True if the entry is for the file at `path`, relative to the project root. The CLI compares the end of the
    /// absolute path with `filename`, be it a whole name or not. Where the project lies is not known here, so that a
    /// longer `filename` which ends in the whole path counts too.
    pub(super) fn covers(&self, path: &str) -> bool {
        let rooted = format!("/{path}");
        let is_plain = |filename: &str| !filename.split('/').any(|part| part == "." || part == "..");
        let longer = |filename: &str| filename.ends_with(&rooted) && is_plain(filename);
        let named = |filename: &String| rooted.ends_with(filename.as_str()) || longer(filename);
        self.filename.as_ref().is_some_and(named) || self.glob.as_ref().is_some_and(|glob| glob.matches(path))
    }

    pub(super) fn placeholder(&self, span: Span) -> Placeholder {
        Placeholder { span, filler: Arc::clone(&self.filler), conditional: self.conditional }
    }
}
