//! Many records in one request.

use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn many_records_are_retrieved_in_the_order_of_their_ids() {
    let server = Server::start();
    let [first, second] = ["a", "b"].map(|subject| server.create("Case", &json!({ "Subject": subject })));
    let account = server.create("Account", &json!({ "Name": "c" }));
    let absent = "500000000000999AAA";
    let ids = json!([second, absent, first, account, "no id"]);
    let expected = |answer: &Value| {
        let shown = answer.as_array().unwrap().iter().map(|record| record["Subject"].clone());
        assert_eq!(shown.collect::<Vec<Value>>(), [json!("b"), Value::Null, json!("a"), Value::Null, Value::Null]);
        assert_eq!(answer[1], Value::Null, "what is not there is null");
        assert_eq!(answer[0]["attributes"]["type"], "Case");
        assert_eq!(answer[0].as_object().unwrap().len(), 3, "each field once, and the attributes");
    };
    let body = json!({ "ids": ids, "fields": ["id", "SUBJECT", "Id"] });
    let posted = server.rest("POST", "/composite/sobjects/case", &body);
    assert_eq!(posted.status, 200, "{}", posted.body);
    assert!(posted.body.starts_with("[{\"attributes\":{\"type\":\"Case\""), "{}", posted.body);
    expected(&posted.json());
    let query = format!("ids={second},{absent},{first},{account},no+id&fields=Id,Subject");
    let got = server.rest("GET", &format!("/composite/sobjects/Case?{query}"), &Value::Null);
    expected(&got.json());
    for (body, code) in [
        (json!({ "ids": [first], "fields": ["Subjct"] }), "INVALID_FIELD"),
        (json!({ "ids": [first] }), "MISSING_ARGUMENT"),
        (json!({ "ids": [first], "fields": [] }), "MISSING_ARGUMENT"),
        (json!({ "ids": first, "fields": ["Id"] }), "JSON_PARSER_ERROR"),
        (json!({ "ids": vec![&first; 2_001], "fields": ["Id"] }), "LIMIT_EXCEEDED"),
    ] {
        assert_eq!(server.rest("POST", "/composite/sobjects/Case", &body).error(), (400, code.to_owned()));
    }
    assert_eq!(server.rest("POST", "/composite/sobjects/Nope", &body).error(), (404, "NOT_FOUND".to_owned()));
}

fn errors(answer: &Value) -> Vec<(bool, String, String)> {
    let error = |saved: &Value| {
        let text = |name: &str| saved["errors"][0][name].as_str().unwrap_or_default().to_owned();
        (saved["success"].as_bool().unwrap(), text("statusCode"), text("message"))
    };
    answer.as_array().unwrap().iter().map(error).collect()
}

#[test]
fn an_unknown_object_is_named() {
    let server = Server::start();
    let record = |kind: &str| json!({ "attributes": { "type": kind }, "Name": "a" });
    let records = json!({ "records": [record("Nope"), record("Account"), record("CaseHistory")] });
    let made = errors(&server.rest("POST", "/composite/sobjects", &records).json());
    assert_eq!(made[0], (false, "INVALID_TYPE".to_owned(), "sObject type 'Nope' is not supported.".to_owned()));
    assert!(made[1].0);
    assert_eq!((made[2].0, made[2].1.as_str()), (false, "INVALID_TYPE"), "{made:?}");
    let change = json!({ "records": [{ "attributes": { "type": "Nope" }, "Id": "500000000000001AAA" }] });
    let changed = errors(&server.rest("PATCH", "/composite/sobjects", &change).json());
    assert_eq!(changed[0].1, "INVALID_TYPE");
}

#[test]
fn a_record_that_is_named_twice_is_not_written() {
    let server = Server::start();
    let [first, second] = ["a", "b"].map(|name| server.create("Account", &json!({ "Name": name })));
    let record = |id: &str, name: &str| json!({ "attributes": { "type": "Account" }, "id": id, "Name": name });
    let records = json!({ "records": [record(&first, "c"), record(&second, "d"), record(&first[..15], "e")] });
    let changed = errors(&server.rest("PATCH", "/composite/sobjects", &records).json());
    let twice = (false, "DUPLICATE_VALUE".to_owned(), format!("Duplicate id specified: {first}"));
    assert_eq!(changed, [twice.clone(), (true, String::new(), String::new()), twice.clone()]);
    let names = || server.query("SELECT Name FROM Account ORDER BY Name");
    assert_eq!(names(), [json!({ "Name": "a" }), json!({ "Name": "d" })]);
    let path = format!("/composite/sobjects?ids={first},{second},{first}");
    let deleted = errors(&server.rest("DELETE", &path, &Value::Null).json());
    assert_eq!(deleted, [twice.clone(), (true, String::new(), String::new()), twice]);
    assert_eq!(names(), [json!({ "Name": "a" })]);
    let path = format!("/composite/sobjects?ids={first},{first}&allOrNone=true");
    let deleted = errors(&server.rest("DELETE", &path, &Value::Null).json());
    assert_eq!(deleted.iter().map(|error| error.1.as_str()).collect::<Vec<_>>()[0], "DUPLICATE_VALUE");
    assert_eq!(names().len(), 1);
}
