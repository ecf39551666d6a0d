//! Our parser against `soql-parser-js`, which this project did not write, on all queries of the fixtures.
//!
//! `tests/fixtures/oracle.txt` lists the queries that the two judge differently, and why ours is right by Salesforce's
//! documentation. The environment variable `OMNIC_SOQL_PARSER` names the folder `node_modules` that
//! `npm ci` makes in `tests/soql-oracle`; without it the test says that it does nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use omnic::serve::soql::Query;
use serde_json::{Value, json};

use crate::soql::queries::{cases, unescaped};

/// The reasons of the differences, by query.
fn differences() -> BTreeMap<String, &'static str> {
    let mut all = BTreeMap::new();
    let mut reason = "";
    for line in include_str!("../../fixtures/soql/oracle.txt").lines() {
        if let Some(query) = line.strip_prefix("  ") {
            assert!(!reason.is_empty(), "no reason for {query}");
            assert!(all.insert(unescaped(query), reason).is_none(), "twice: {query}");
        } else if !line.is_empty() && !line.starts_with('#') {
            reason = line;
        }
    }
    all
}

#[test]
fn another_parser_agrees_but_for_the_listed_differences() {
    let Some(modules) = std::env::var_os("OMNIC_SOQL_PARSER") else {
        println!("skipped: OMNIC_SOQL_PARSER does not name a folder node_modules with soql-parser-js");
        return;
    };
    let answers = include_str!("../../fixtures/soql/answers.txt").lines();
    let answered = answers.filter(|line| !line.is_empty() && !line.starts_with([' ', '#'])).map(unescaped);
    let mut texts: Vec<String> = cases().into_iter().map(|case| case.text).chain(answered).collect();
    texts.sort_unstable();
    texts.dedup();
    let prints: Vec<Option<String>> =
        texts.iter().map(|text| Query::parse(text, 56).ok().map(|query| query.to_string())).collect();
    let input: Vec<Value> =
        texts.iter().zip(&prints).map(|(text, print)| json!({ "text": text, "print": print })).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/soql-oracle/parse.cjs");
    let mut node = Command::new("node")
        .arg(script)
        .arg(modules)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node runs");
    node.stdin.take().unwrap().write_all(Value::from(input).to_string().as_bytes()).unwrap();
    let output = node.wait_with_output().unwrap();
    assert!(output.status.success());
    let judged: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(judged.len(), texts.len());
    let mut listed = differences();
    let mut wrong = String::new();
    for ((text, print), judged) in texts.iter().zip(&prints).zip(&judged) {
        let difference = difference(text, print.as_deref(), judged);
        match (difference, listed.remove(text)) {
            (Some(_), Some(_)) | (None, None) => {}
            (Some(difference), None) => write!(wrong, "not listed: {text:?}\n    {difference}\n").unwrap(),
            (None, Some(_)) => writeln!(wrong, "listed, but the same: {text:?}").unwrap(),
        }
    }
    for text in listed.keys() {
        writeln!(wrong, "listed, but not a query of the fixtures: {text:?}").unwrap();
    }
    println!("{} queries compared, {} differences listed", texts.len(), differences().len());
    assert!(wrong.is_empty(), "{wrong}");
}

fn difference(text: &str, print: Option<&str>, judged: &Value) -> Option<String> {
    match (print, judged["accepted"].as_bool()?) {
        (None, false) => None,
        (Some(_), false) => Some(format!("refused by it alone: {}", judged["reason"])),
        (None, true) => Some(format!("refused by us alone: {}", Query::parse(text, 56).err()?.reason)),
        (Some(print), true) => {
            let composed = judged["composed"].as_str()?;
            match Query::parse(composed, 56) {
                Ok(query) if query.to_string().eq_ignore_ascii_case(print) => {
                    (judged["kept"] != json!(true)).then(|| format!("our print means something else to it: {print}"))
                }
                Ok(query) => Some(format!("we print {print}, it means {query}")),
                Err(error) => Some(format!("we refuse what it composed, {composed}: {}", error.reason)),
            }
        }
    }
}
