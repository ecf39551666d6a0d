//! `tests/fixtures/queries.txt`: which queries are accepted, how they print, why others are refused.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use omnic::serve::soql::{Query, SoqlError};
use std::fmt::Write as _;

use crate::soql::org::Org;

/// A query of the file, and what is expected of it.
pub(crate) struct Case {
    pub(crate) line: usize,
    pub(crate) text: String,
    version: u32,
    expected: Expected,
}

enum Expected {
    Print(String),
    Refused { code: String, reason: String, at: usize },
}

impl Case {
    pub(crate) fn is_accepted(&self) -> bool {
        matches!(self.expected, Expected::Print(_))
    }
}

/// The text with its escapes resolved: `\\`, `\n`, `\t`.
pub(crate) fn unescaped(text: &str) -> String {
    text.replace("\\\\", "\u{0}").replace("\\n", "\n").replace("\\t", "\t").replace('\u{0}', "\\")
}

pub(crate) fn cases() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut version = 56;
    for (at, line) in include_str!("../../fixtures/soql/queries.txt").lines().enumerate() {
        let line_number = at + 1;
        if let Some(expected) = line.strip_prefix("  ") {
            let case = cases.last_mut().unwrap();
            if let Some(print) = expected.strip_prefix('=') {
                let print = if print.is_empty() { case.text.clone() } else { unescaped(print.trim()) };
                case.expected = Expected::Print(print);
            } else if let Some((code, reason)) = expected.strip_prefix("! ").and_then(|text| text.split_once(' ')) {
                let Expected::Refused { at, .. } = case.expected else { panic!("line {line_number}") };
                case.expected = Expected::Refused { code: code.to_owned(), reason: reason.to_owned(), at };
            } else {
                panic!("line {line_number} says nothing: {line}");
            }
        } else if let Some(number) = line.strip_prefix("@ ") {
            version = number.parse().unwrap();
        } else if !line.is_empty() && !line.starts_with('#') {
            let text = unescaped(line);
            let at = text.find('^').unwrap_or(usize::MAX);
            let expected = Expected::Refused { code: String::new(), reason: String::new(), at };
            cases.push(Case { line: line_number, text: text.replacen('^', "", 1), version, expected });
            version = 56;
        }
    }
    cases
}

#[test]
fn queries_are_accepted_and_refused_as_expected() {
    let org = Org::read();
    let mut wrong = String::new();
    for case in cases() {
        let result =
            Query::parse(&case.text, case.version).and_then(|query| query.check(&org).map(|_| query.to_string()));
        let (expected, got) = match (&case.expected, result) {
            (Expected::Print(print), Ok(got)) => (format!("= {print}"), format!("= {got}")),
            (Expected::Print(print), Err(error)) => (format!("= {print}"), refusal(&error)),
            (Expected::Refused { code, reason, at }, Ok(got)) => {
                (format!("! {code} at {at}: {reason}"), format!("= {got}"))
            }
            (Expected::Refused { code, reason, at }, Err(error)) => {
                let mut got = refusal(&error);
                let mut expected = format!("! {code} at {at}: {reason}");
                if let Some(start) = expected.strip_suffix("...") {
                    got = got.chars().take(start.chars().count()).collect();
                    expected.truncate(start.len());
                }
                (expected, got)
            }
        };
        if expected != got {
            write!(wrong, "line {}: {}\n  expected {expected}\n  got      {got}\n", case.line, case.text).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn refusal(error: &SoqlError) -> String {
    format!("! {} at {}: {}", error.code.as_str(), error.span.start, error.reason)
}

/// What a print says is what was written: it parses, and prints the same.
#[test]
fn prints_print_the_same() {
    for case in cases().into_iter().filter(Case::is_accepted) {
        let print = Query::parse(&case.text, 56).unwrap().to_string();
        assert_eq!(Query::parse(&print, 56).unwrap().to_string(), print);
    }
}

/// Messages as clients show them.
#[test]
fn messages_have_excerpt_caret_and_place() {
    let org = Org::read();
    let mut all = String::new();
    for (text, version) in [
        ("SELECT Id, Status, Location, Body from Case", 56),
        ("SELECT Id FROM Affected_Applications__c", 56),
        ("select Id, CaseNumber, Subject from Case where Subject = 3999", 56),
        ("SELECT Id FROM Case\nWHERE Status = 'New'\n  AND Priorty = 'High'", 56),
        ("SELECT Id, FROM Case", 56),
        ("SELECT Id FROM Case WHERE Status = 'New' AND Priority = 'High' OR Count__c = 3", 56),
        ("SELECT FirstName, LastName FROM CampaignMember WHERE Id = \"00v3D000003BjNa\"", 56),
        ("SELECT Id FROM Case WHERE", 56),
        ("q=SELECT Id FROM Case", 56),
        ("SELECT FIELDS(ALL) FROM Account LIMIT 1", 50),
        ("SELECT Id, (SELECT Id FROM Contact) FROM Account", 56),
        ("SELECT Id FROM Case WHERE CreatedDate = NEXT_N_HOURS:24", 56),
        ("SELECT Id FROM Case WITH SECURITY_ENFORCED", 56),
        ("", 56),
    ] {
        let error = Query::parse(text, version).and_then(|query| query.check(&org)).unwrap_err();
        write!(all, "> {text}\n{}: {}\n\n", error.code.as_str(), error.message).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn long_and_deep_queries_are_refused() {
    let deep = format!("SELECT Id FROM Case WHERE {}Status = 'New'{}", "(".repeat(40_000), ")".repeat(40_000));
    let error = Query::parse(&deep, 56).unwrap_err();
    assert_eq!(error.reason, "parentheses stand in one another more than 100 levels deep");
    let selects = "SELECT Id, (".repeat(8000);
    assert_eq!(Query::parse(&selects, 56).unwrap_err().reason, error.reason);
    let long = format!("SELECT Id FROM Case WHERE Subject = '{}'", "a".repeat(100_000));
    assert_eq!(Query::parse(&long, 56).unwrap_err().reason, "SOQL statements cannot be longer than 100000 characters.");
    let wide = format!("SELECT Id FROM Case WHERE Count__c IN ({}1)", "1,".repeat(49_000));
    assert!(Query::parse(&wide, 56).unwrap().check(&Org::read()).is_ok());
}
