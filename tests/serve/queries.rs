//! Queries of an org with records: what is found without looking at all, and what is too much work.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::client::Server;

/// Creates so many cases, whose fields `fields` gives.
fn fill(server: &Server, count: usize, fields: impl Fn(usize) -> Value) -> Vec<String> {
    let mut ids = Vec::new();
    for start in (0..count).step_by(200) {
        let record = |at: usize| {
            let mut record = fields(at);
            record["attributes"] = json!({ "type": "Case" });
            record
        };
        let records: Vec<Value> = (start..count.min(start + 200)).map(record).collect();
        let saved = server.rest("POST", "/composite/sobjects", &json!({ "records": records })).json();
        ids.extend(saved.as_array().unwrap().iter().map(|saved| saved["id"].as_str().unwrap().to_owned()));
    }
    ids
}

fn ids(server: &Server, soql: &str) -> Vec<String> {
    server.query(soql).iter().map(|record| record["Id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn records_are_found_by_ids_and_parents_as_by_looking_at_all() {
    let server = Server::start();
    let parent = |name: &str| server.create("Account", &json!({ "Name": name }));
    let accounts = [parent("a"), parent("b"), parent("c")];
    let cases = fill(&server, 30, |at| json!({ "AccountId": accounts.get(at % 4), "Subject": at.to_string() }));
    let quoted = |ids: &[&String]| ids.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(", ");
    let short = &cases[3][..15];
    let of =
        |account: usize| cases.iter().enumerate().filter(move |(at, _)| at % 4 == account).map(|(_, id)| id.clone());
    let by_first: Vec<String> = of(0).collect();
    for (condition, expected) in [
        (format!("Id = '{short}'"), vec![cases[3].clone()]),
        (format!("Id IN ({})", quoted(&[&cases[9], &cases[2], &cases[9]])), vec![cases[2].clone(), cases[9].clone()]),
        (format!("Id = '{}' AND Subject = 'other'", cases[3]), vec![]),
        (format!("AccountId = '{}'", accounts[0]), by_first.clone()),
        (format!("Account.Id = '{}'", accounts[0]), by_first.clone()),
        (format!("AccountId IN ({}) AND Subject > '2'", quoted(&[&accounts[0]])), {
            let later = |(at, id): (usize, &String)| (at % 4 == 0 && at.to_string().as_str() > "2").then(|| id.clone());
            cases.iter().enumerate().filter_map(later).collect()
        }),
        ("AccountId IN (SELECT Id FROM Account WHERE Name = 'a')".to_owned(), by_first.clone()),
        (format!("NOT (AccountId = '{}' OR AccountId = null)", accounts[0]), {
            let mut others: Vec<String> = of(1).chain(of(2)).collect();
            others.sort();
            others
        }),
    ] {
        assert_eq!(ids(&server, &format!("SELECT Id FROM Case WHERE {condition}")), expected, "{condition}");
        let soql = format!("SELECT COUNT() FROM Case WHERE {condition}");
        let encoded = percent_encoding::utf8_percent_encode(&soql, percent_encoding::NON_ALPHANUMERIC);
        let count = server.rest("GET", &format!("/query?q={encoded}"), &Value::Null);
        assert_eq!(count.json()["totalSize"], expected.len(), "{condition}");
    }
    // The index follows what changes.
    let moved = &by_first[1];
    server.rest("PATCH", &format!("/sobjects/Case/{moved}"), &json!({ "AccountId": accounts[1] }));
    server.rest("DELETE", &format!("/sobjects/Case/{}", by_first[2]), &Value::Null);
    let left: Vec<String> = by_first.iter().filter(|id| *id != moved && **id != by_first[2]).cloned().collect();
    assert_eq!(ids(&server, &format!("SELECT Id FROM Case WHERE AccountId = '{}'", accounts[0])), left);
    let children =
        server.query("SELECT Name, (SELECT Id FROM Cases ORDER BY Subject DESC LIMIT 2) FROM Account WHERE Name = 'a'");
    assert_eq!(children[0]["Cases"]["totalSize"], 2);
    assert!(ids(&server, &format!("SELECT Id FROM Case WHERE AccountId = '{}'", accounts[1])).contains(moved));
}

#[test]
fn work_is_found_by_its_record() {
    let server = Server::start();
    server.log_in("maria.keller", "Available_Cases");
    let queue = server.queue("Cases_Tier_1");
    let cases = fill(&server, 8, |_| json!({ "OwnerId": queue, "Status": "New" }));
    for object in ["AgentWork", "PendingServiceRouting"] {
        let all = server.query(&format!("SELECT Id, WorkItemId FROM {object}"));
        assert!(!all.is_empty(), "{object}");
        for case in &cases {
            let expected: Vec<String> = all
                .iter()
                .filter(|record| record["WorkItemId"] == case.as_str())
                .map(|record| record["Id"].as_str().unwrap().to_owned())
                .collect();
            assert_eq!(ids(&server, &format!("SELECT Id FROM {object} WHERE WorkItemId = '{case}'")), expected);
        }
    }
    server.happen(&json!({ "event": "acceptAgentWork", "workId": cases[0] }));
    let maria = server.user("maria.keller");
    let works = ids(&server, &format!("SELECT Id FROM AgentWork WHERE UserId = '{maria}'"));
    assert_eq!(works, ids(&server, "SELECT Id FROM AgentWork"));
    let request = server.text("SELECT PendingServiceRoutingId FROM AgentWork ORDER BY Id LIMIT 1");
    assert_eq!(ids(&server, &format!("SELECT Id FROM AgentWork WHERE PendingServiceRoutingId = '{request}'")).len(), 1);
    assert_eq!(ids(&server, &format!("SELECT Id FROM UserServicePresence WHERE UserId = '{maria}'")).len(), 1);
}

#[test]
fn an_external_id_is_found_in_any_case_after_each_change() {
    let server = Server::start();
    fill(&server, 20, |at| json!({ "Key__c": format!("Key {at}") }));
    let path = "/sobjects/Case/Key__c/key%207";
    let id = server.rest("GET", path, &Value::Null).json()["Id"].clone();
    assert_eq!(server.rest("PATCH", path, &json!({ "Subject": "x" })).json()["created"], false);
    assert_eq!(
        server.rest("PATCH", &format!("/sobjects/Case/{}", id.as_str().unwrap()), &json!({ "Key__c": "other" })).status,
        204
    );
    assert_eq!(server.rest("GET", path, &Value::Null).status, 404);
    assert_eq!(server.rest("PATCH", path, &json!({})).json()["created"], true);
    assert_eq!(
        server.rest("PATCH", "/sobjects/Case/Key__c/OTHER", &json!({ "Key__c": "Key 8" })).json()["created"],
        false
    );
}

#[test]
fn a_query_that_is_too_much_work_is_refused() {
    let server = Server::start();
    fill(&server, 400, |_| json!({ "Text__c": "a".repeat(2_000) }));
    let mut soql = "SELECT Id FROM Case WHERE Text__c = 'b'".to_owned();
    for term in 40..60 {
        write!(soql, " OR Text__c LIKE '%{}b'", "_".repeat(term)).unwrap();
    }
    let encoded = percent_encoding::utf8_percent_encode(&soql, percent_encoding::NON_ALPHANUMERIC).to_string();
    let refused = server.rest("GET", &format!("/query?q={encoded}"), &Value::Null);
    assert_eq!(refused.error(), (400, "QUERY_TIMEOUT".to_owned()));
    // Others are answered as before.
    assert_eq!(server.rest("GET", "/query?q=SELECT+COUNT()+FROM+Case", &Value::Null).json()["totalSize"], 400);
    assert_eq!(ids(&server, "SELECT Id FROM Case WHERE Text__c LIKE '%a%' ORDER BY Id DESC LIMIT 3").len(), 3);
}

#[test]
fn pages_show_what_was_selected() {
    let server = Server::start();
    let cases = fill(&server, 450, |at| json!({ "Subject": format!("{at:03}") }));
    let page = |answer: &crate::client::Answer| -> Vec<Value> {
        answer.json()["records"].as_array().unwrap().iter().map(|record| record["Subject"].clone()).collect()
    };
    let first = server.send(
        "GET",
        "/services/data/v60.0/query?q=SELECT+Subject+FROM+Case+ORDER+BY+Subject+DESC",
        &[("Authorization", &server.bearer()), ("Sforce-Query-Options", "batchSize=200")],
        "",
    );
    // What is deleted between two pages is in its page; what is created is not.
    server.rest("DELETE", &format!("/sobjects/Case/{}", cases[10]), &Value::Null);
    server.create("Case", &json!({ "Subject": "001a" }));
    let mut found = page(&first);
    let mut next = first.json()["nextRecordsUrl"].clone();
    while let Some(path) = next.as_str() {
        let answer = server.get(path);
        assert_eq!(answer.json()["totalSize"], 450);
        found.extend(page(&answer));
        next = answer.json()["nextRecordsUrl"].clone();
    }
    let expected: Vec<Value> = (0..450).rev().map(|at| json!(format!("{at:03}"))).collect();
    assert_eq!(found, expected);
}
