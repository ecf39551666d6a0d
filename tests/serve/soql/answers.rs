//! `tests/fixtures/answers.txt`: what queries answer; and whole answers as snapshots.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jiff::tz::{TimeZone, offset};
use omnic::serve::ordered::Ordered;
use omnic::serve::soql::{Plan, Query, QueryResult, RecentUse};
use serde_json::{Value, json};

use crate::soql::org::{Org, context, noon};

fn plan(text: &str) -> Plan {
    Query::parse(text, 56).and_then(|query| query.check(&Org::read())).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn run(text: &str) -> QueryResult {
    plan(text).run(&Org::read(), &noon()).unwrap()
}

/// The values of a record; those of parents keep their names.
fn values(record: &Ordered) -> Value {
    let Ordered::Object(fields) = record else { panic!("{record:?}") };
    fields.iter().filter(|(name, _)| *name != "attributes").map(|(_, value)| value_of(value)).collect()
}

fn value_of(value: &Ordered) -> Value {
    match value {
        Ordered::Object(inner) if inner.contains_key("records") => value_of(&inner["records"]),
        Ordered::List(records) => records.iter().map(values).collect(),
        Ordered::Object(inner) => {
            let fields = inner.iter().filter(|(name, _)| *name != "attributes");
            fields.map(|(name, value)| (name.to_string(), value_of(value))).collect()
        }
        Ordered::Value(other) => other.clone(),
    }
}

#[test]
fn queries_answer_as_expected() {
    let mut wrong = String::new();
    let mut expected: Vec<(String, Vec<Value>)> = Vec::new();
    for line in include_str!("../../fixtures/soql/answers.txt").lines() {
        if let Some(answer) = line.strip_prefix("  ") {
            expected.last_mut().unwrap().1.push(serde_json::from_str(answer).unwrap());
        } else if !line.is_empty() && !line.starts_with('#') {
            expected.push((line.replace("\\\\", "\\"), Vec::new()));
        }
    }
    for (text, expected) in &expected {
        let result = run(text);
        let got: Vec<Value> = if text.starts_with("SELECT COUNT()") {
            assert!(result.records.is_empty());
            vec![json!(result.total_size)]
        } else {
            assert_eq!(result.total_size, result.records.len());
            result.records.iter().map(values).collect()
        };
        if &got != expected {
            let lines = |all: &[Value]| all.iter().map(Value::to_string).collect::<Vec<_>>().join("\n    ");
            write!(wrong, "{text}\n  expected\n    {}\n  got\n    {}\n", lines(expected), lines(&got)).unwrap();
        }
    }
    assert!(expected.len() > 100);
    assert!(wrong.is_empty(), "{wrong}");
}

/// Days begin in the user's time zone.
#[test]
fn date_literals_follow_the_time_zone() {
    let east = context(TimeZone::fixed(offset(14)));
    let west = context(TimeZone::fixed(offset(-11)));
    let numbers = |text: &str, context| {
        let result = plan(text).run(&Org::read(), context).unwrap();
        result
            .records
            .iter()
            .map(|record| record.get("CaseNumber").unwrap().as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    // Today is 2026-12-01 in the east, from 10:00 UTC, and 2026-11-30 in the west, from 11:00 UTC.
    assert_eq!(numbers("SELECT CaseNumber FROM Case WHERE CreatedDate = TODAY", &east), Vec::<String>::new());
    assert_eq!(numbers("SELECT CaseNumber FROM Case WHERE CreatedDate = YESTERDAY", &east), ["1001", "1002"]);
    assert_eq!(numbers("SELECT CaseNumber FROM Case WHERE Due__c = TODAY", &east), ["1001"]);
    assert_eq!(numbers("SELECT CaseNumber FROM Case WHERE CreatedDate = YESTERDAY", &west), ["1001", "1002"]);
    assert_eq!(numbers("SELECT CaseNumber FROM Case WHERE Due__c = TODAY", &west), ["1002"]);
}

#[test]
fn answers_have_the_form_of_rest() {
    let mut all = String::new();
    for text in [
        "SELECT casenumber, Owner.Name, OWNER.Id, contact.account.name, Amount__c FROM Case WHERE Status = 'New'",
        "SELECT Name, (SELECT Name, Account.Name FROM Contacts), (SELECT Id FROM ChildAccounts) FROM Account LIMIT 1",
        "SELECT Status, COUNT(Id), MAX(Amount__c) most FROM Case GROUP BY Status LIMIT 2",
        "SELECT COUNT() FROM Case",
    ] {
        write!(all, "> {text}\n{}\n\n", serde_json::to_string_pretty(&run(text).to_json()).unwrap()).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn columns_are_described() {
    let mut all = String::new();
    for text in [
        "SELECT Id, IsClosed, Amount__c, Owner.Name FROM Case",
        "SELECT Name, (SELECT Email FROM Contacts) FROM Account",
        "SELECT Status, COUNT(Id), MAX(Amount__c) most FROM Case GROUP BY Status",
        "SELECT COUNT() FROM Case",
    ] {
        write!(all, "> {text}\n{:#}\n\n", plan(text).columns()).unwrap();
    }
    insta::assert_snapshot!(all);
}

#[test]
fn plans_say_what_they_read() {
    let expected = [
        ("SELECT Id, Owner.Name FROM Case", "Case Group User"),
        ("SELECT Id, (SELECT Account.Name FROM Contacts) FROM Account", "Account Contact"),
        ("SELECT Id FROM Contact WHERE AccountId IN (SELECT Id FROM Account)", "Account Contact"),
        ("SELECT Id FROM Case WHERE Contact.Account.Name = 'x' ORDER BY Owner.Name", "Account Case Contact Group User"),
        ("SELECT Owner.Name, COUNT(Contact.Id) FROM Case GROUP BY Owner.Name", "Case Contact Group User"),
    ];
    for (text, objects) in expected {
        assert_eq!(plan(text).objects().join(" "), objects, "{text}");
    }
}

#[test]
fn plans_say_that_records_are_used() {
    assert_eq!(plan("SELECT Id FROM Case FOR VIEW").recent_use(), Some(RecentUse::View));
    assert_eq!(plan("SELECT Id FROM Case LIMIT 1 FOR REFERENCE").recent_use(), Some(RecentUse::Reference));
    assert_eq!(plan("SELECT Id FROM Case").recent_use(), None);
}

fn many() -> Org {
    let case = |n: usize| {
        json!({ "Id": format!("500{n:012}AAA"), "CaseNumber": n.to_string(), "ContactId": format!("003{:012}AAA", n % 1000),
                "Status": "New", "Subject": format!("Subject {}", n % 7) })
    };
    let contacts = (0..1000).map(|n| json!({ "Id": format!("003{n:012}AAA"), "Name": n.to_string() })).collect();
    Org::read().with_rows("Case", (0..20_000).map(case).collect()).with_rows("Contact", contacts)
}

/// What a query takes grows with the records, not with their square: these would take minutes.
#[test]
fn many_records_are_read_once() {
    let org = many();
    let start = Instant::now();
    for (text, records) in [
        ("SELECT Id FROM Case WHERE Subject = 'subject 3'", 2857),
        ("SELECT Id FROM Case WHERE ContactId IN (SELECT Id FROM Contact WHERE Name LIKE '1%')", 2220),
        ("SELECT Id, (SELECT Id FROM Cases ORDER BY CaseNumber) FROM Contact", 1000),
        ("SELECT Id FROM Case ORDER BY Subject, CaseNumber DESC LIMIT 10", 10),
        ("SELECT Subject, COUNT(Id) FROM Case GROUP BY Subject", 7),
    ] {
        assert_eq!(plan(text).run(&org, &noon()).unwrap().total_size, records, "{text}");
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}
