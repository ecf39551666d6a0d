//! What output formats show of a check.

use super::{Check, Flag, REGISTRY};
use crate::diagnostics::{Rule, Severity, url};

/// What output formats show of every check, sorted by code.
pub fn rules() -> Vec<Rule> {
    REGISTRY.iter().map(|check| check.rule()).collect()
}

impl Check {
    /// What output formats show of it.
    pub fn rule(&self) -> Rule {
        let mut tags = vec!["omni-channel", self.family().name];
        if self.is(Flag::Strict) {
            tags.push("strict");
        }
        let page = self.page();
        Rule {
            code: self.code,
            name: self.name,
            summary: self.summary(),
            description: format!("{} {}", page.what, page.why),
            remedy: page.fix,
            page: self.markdown(),
            severity: self.severities.first().copied().unwrap_or(Severity::Note),
            tags,
        }
    }

    /// Its page without a heading of its own.
    fn markdown(&self) -> String {
        let page = self.page();
        let link = match url(self.code) {
            Some(url) => format!("[{} {}]({url})", self.code, self.name),
            None => format!("`omnic explain {}` prints this page.", self.code),
        };
        let sections = page.sections(false);
        let text: Vec<String> = sections
            .iter()
            .map(|(title, text)| match *title {
                "What it does" => text.clone(),
                title => format!("## {title}\n\n{text}"),
            })
            .collect();
        format!("{}\n\n{link}\n", text.join("\n\n"))
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
