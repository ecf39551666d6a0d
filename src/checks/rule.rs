//! What output formats are told of a check.

use super::{Check, Evidence, REGISTRY, sample};
use crate::diagnostics::{Rule, Severity, url};

/// What output formats are told of every check, sorted by code.
pub fn rules() -> Vec<Rule> {
    REGISTRY.iter().map(|check| check.rule()).collect()
}

impl Check {
    /// What output formats are told of it.
    pub fn rule(&self) -> Rule {
        let mut tags = vec!["omni-channel", self.family()];
        if self.strict {
            tags.push("strict");
        }
        Rule {
            code: self.code,
            name: self.name,
            summary: self.summary,
            description: format!("{} {}", self.what, self.why),
            remedy: self.fix,
            page: self.page(),
            severity: self.severities.first().copied().unwrap_or(Severity::Note),
            tags,
        }
    }

    /// The word for the first digit of its code.
    fn family(&self) -> &'static str {
        match self.code.as_bytes().get(2) {
            Some(b'0') => "files",
            Some(b'1') => "schema",
            Some(b'2') => "references",
            Some(b'3') => "channels",
            Some(b'4') => "presence",
            Some(b'5') => "routing",
            Some(b'6') => "skills",
            Some(b'7') => "supervisors",
            _ => "entry",
        }
    }

    fn page(&self) -> String {
        let &Self { code, name, what, why, fix, source, .. } = self;
        format!(
            "{what}\n\n## Why it matters\n\n{why}\n\n## What to do\n\n{fix}\n\n## Fails\n\n{fails}## Passes\n\n{passes}\
             ## Source\n\n{source}\n\n## How sure it is\n\n{sure}\n\n{link}\n",
            fails = sample::markdown(self.fails),
            passes = sample::markdown(self.passes),
            sure = Evidence::sentences(self.evidence),
            link = match url(code) {
                Some(url) => format!("[{code} {name}]({url})"),
                None => format!("`omnic explain {code}` prints this page."),
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// GitHub's limits: 255 characters for a name, 1024 for each description.
    #[test]
    fn rules_fit_code_scanning() {
        for rule in rules() {
            assert!(rule.name.len() <= 255 && !rule.remedy.is_empty(), "{}", rule.code);
            assert!(rule.summary.chars().count() <= 1024 && rule.description.chars().count() <= 1024, "{}", rule.code);
        }
        let all = rules();
        assert!(all.is_sorted_by(|a, b| a.code < b.code));
        assert!(all.iter().all(|rule| rule.tags.len() == if rule.tags.contains(&"strict") { 3 } else { 2 }));
    }
}
