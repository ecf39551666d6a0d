//! What holds for every text.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use omnic::serve::soql::Query;
use proptest::prelude::*;

use crate::soql::org::{Org, noon};
use crate::soql::queries::cases;

/// Parses, checks and runs a text; what is accepted prints to what prints the same.
fn try_out(org: &Org, text: &str) -> Result<(), TestCaseError> {
    let query = match Query::parse(text, 56) {
        Ok(query) => query,
        Err(error) => {
            let (start, end) = (error.span.start as usize, error.span.end as usize);
            prop_assert!(start <= end && text.get(start..end).is_some(), "{:?}", error);
            prop_assert!(error.row >= 1 && error.message.ends_with(&error.reason));
            return Ok(());
        }
    };
    let print = query.to_string();
    match Query::parse(&print, 56) {
        Ok(again) => prop_assert_eq!(again.to_string(), print.clone()),
        Err(error) => return Err(TestCaseError::fail(format!("{print}: {error}"))),
    }
    let _ = query.push_topic(org);
    match (query.check(org), Query::parse(&print, 56).and_then(|query| query.check(org))) {
        (Ok(plan), Ok(again)) => {
            let result = plan.run(org, &noon()).unwrap();
            prop_assert_eq!(again.run(org, &noon()).unwrap(), result.clone(), "{}", print);
            prop_assert!(result.records.is_empty() || result.total_size == result.records.len());
            let _ = plan.columns();
        }
        (Err(error), Err(again)) => prop_assert_eq!((error.code, error.reason), (again.code, again.reason)),
        (first, again) => {
            return Err(TestCaseError::fail(format!("{text}: {:?} {:?}", first.is_ok(), again.is_ok())));
        }
    }
    Ok(())
}

/// Words of queries, so that random ones come near to right ones.
const WORDS: [&str; 64] = [
    "SELECT",
    "FROM",
    "WHERE",
    "AND",
    "OR",
    "NOT",
    "(",
    ")",
    ",",
    "Id",
    "Status",
    "Case",
    "Account",
    "Contact",
    "Owner",
    ".",
    "Name",
    "=",
    "!=",
    "<",
    ">=",
    "<>",
    "LIKE",
    "IN",
    "NOT IN",
    "INCLUDES",
    "'a%'",
    "'500000000000001'",
    "'New'",
    "5",
    "-1.5",
    "TRUE",
    "NULL",
    "TODAY",
    "LAST_N_DAYS:3",
    "2026-11-30",
    "2026-11-30T08:00:00Z",
    "GROUP BY",
    "HAVING",
    "ORDER BY",
    "ASC",
    "DESC",
    "NULLS LAST",
    "LIMIT",
    "OFFSET",
    "COUNT()",
    "COUNT(Id)",
    "MAX(",
    "SUM(Amount__c)",
    "n",
    "Amount__c",
    "Due__c",
    "CreatedDate",
    "Skills__c",
    "FIELDS(ALL)",
    "(SELECT Id FROM Contacts)",
    ":x",
    "toLabel(",
    "FOR VIEW",
    "'",
    "\\",
    "\n",
    "é",
    "Count__c",
];

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 0..24).prop_map(|words| words.join(" "))
}

fn condition() -> impl Strategy<Value = String> {
    let subject = proptest::sample::select(vec![
        "Subject",
        "Status",
        "Contact.Name",
        "Owner.Type",
        "OwnerId",
        "Amount__c",
        "Count__c",
        "Due__c",
        "CreatedDate",
        "IsClosed",
        "toLabel(Status)",
        "Skills__c",
    ]);
    let test = proptest::sample::select(vec![
        "= 'x'",
        "!= NULL",
        "LIKE '%e_%'",
        "IN ('New', 'b')",
        "NOT IN ('Ada')",
        "> 5",
        "<= 10.5",
        "= TODAY",
        "< LAST_N_MONTHS:1",
        "= TRUE",
        "INCLUDES ('de', 'en;fr')",
        "= 2026-11-30",
        ">= 2026-11-30T08:00:00+02:00",
        "= '500000000000001'",
        "= null",
    ]);
    let leaf = (subject, test).prop_map(|(subject, test)| format!("{subject} {test}"));
    leaf.prop_recursive(4, 24, 4, |inner| {
        let part = inner.prop_map(|inner| format!("({inner})"));
        prop_oneof![
            proptest::collection::vec(part.clone(), 1..4).prop_map(|all| all.join(" AND ")),
            proptest::collection::vec(part.clone(), 1..4).prop_map(|all| all.join(" or ")),
            part.prop_map(|one| format!("NOT {one}")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_query_or_refused(text in ".{0,80}") {
        try_out(&Org::read(), &text)?;
    }

    #[test]
    fn any_words_are_a_query_or_refused(text in words()) {
        try_out(&Org::read(), &format!("SELECT {text}"))?;
        try_out(&Org::read(), &format!("SELECT Id FROM Case WHERE {text}"))?;
    }

    #[test]
    fn conditions_mean_what_their_print_means(condition in condition()) {
        try_out(&Org::read(), &format!("SELECT Id FROM Case WHERE {condition}"))?;
    }

    /// A query of the file with a piece cut out or doubled.
    #[test]
    fn damaged_queries_are_queries_or_refused(which in 0..1000_usize, from in 0..200_usize, length in 0..9_usize, doubled: bool) {
        let cases = cases();
        let text: Vec<char> = cases[which % cases.len()].text.chars().collect();
        let from = from % (text.len() + 1);
        let to = (from + length).min(text.len());
        let rest = if doubled { from } else { to };
        let damaged: String = text[..to].iter().chain(&text[rest..]).collect();
        let damaged = if doubled { damaged } else { text[..from].iter().chain(&text[to..]).collect() };
        try_out(&Org::read(), &damaged)?;
    }
}

/// A record passes a condition or its negation, never both.
#[test]
fn negations_are_complements() {
    let org = Org::read();
    let count =
        |text: &str| Query::parse(text, 56).unwrap().check(&org).unwrap().run(&org, &noon()).unwrap().total_size;
    for condition in [
        "Subject LIKE 'p%'",
        "Amount__c > 5",
        "Status IN ('New')",
        "Due__c = TODAY",
        "IsClosed = TRUE",
        "Priority = null",
        "Owner.Name = 'Ada'",
        "Skills__c INCLUDES ('de')",
        "ContactId IN (SELECT Id FROM Contact WHERE Email != null)",
    ] {
        let yes = count(&format!("SELECT COUNT() FROM Case WHERE {condition}"));
        let no = count(&format!("SELECT COUNT() FROM Case WHERE NOT ({condition})"));
        assert_eq!(yes + no, 5, "{condition}");
        assert!(yes > 0 && no > 0, "{condition}");
    }
}
