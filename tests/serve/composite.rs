//! Several requests in one, trees of records, and the action that routes by skills.

use serde_json::{Value, json};

use crate::client::Server;

fn sub(method: &str, url: &str, reference: &str, body: &Value) -> Value {
    let mut sub = json!({ "method": method, "url": format!("/services/data/v60.0/{url}"), "referenceId": reference });
    if !body.is_null() {
        sub["body"] = body.clone();
    }
    sub
}

fn composite(server: &Server, all_or_none: bool, requests: &[Value]) -> Vec<Value> {
    let body = json!({ "allOrNone": all_or_none, "compositeRequest": requests });
    let answer = server.rest("POST", "/composite", &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    answer.json()["compositeResponse"].as_array().unwrap().clone()
}

fn statuses(answers: &[Value]) -> Vec<u64> {
    answers.iter().map(|answer| answer["httpStatusCode"].as_u64().unwrap()).collect()
}

#[test]
fn a_request_takes_values_from_the_answers_before_it() {
    let server = Server::start();
    let answers = composite(
        &server,
        true,
        &[
            sub("POST", "sobjects/Account", "account", &json!({ "Name": "Acme" })),
            sub(
                "POST",
                "sobjects/Contact",
                "contact",
                &json!({ "LastName": "Lovelace", "AccountId": "@{account.id}" }),
            ),
            sub(
                "GET",
                "query?q=SELECT+Id,LastName+FROM+Contact+WHERE+AccountId='@{account.id}'",
                "found",
                &Value::Null,
            ),
            sub(
                "PATCH",
                "sobjects/Contact/@{contact.id}",
                "changed",
                &json!({ "Title": "of @{found.records[0].LastName}" }),
            ),
            sub("GET", "sobjects/Contact/@{contact.id}?fields=Title,AccountId", "read", &Value::Null),
        ],
    );
    assert_eq!(statuses(&answers), [201, 201, 200, 204, 200], "{answers:?}");
    let account = answers[0]["body"]["id"].as_str().unwrap();
    assert_eq!(answers[0]["httpHeaders"]["Location"], format!("/services/data/v60.0/sobjects/Account/{account}"));
    assert_eq!(answers[1]["referenceId"], "contact");
    assert_eq!(answers[3]["body"], Value::Null);
    assert_eq!(answers[4]["body"]["Title"], "of Lovelace");
    assert_eq!(answers[4]["body"]["AccountId"], account);
}

#[test]
fn fields_keep_their_order_in_a_composite_answer() {
    let server = Server::start();
    server.create("Case", &json!({ "Subject": "Broken", "Priority": "High" }));
    let query = sub("GET", "query?q=SELECT+Subject,Priority,Id+FROM+Case", "q", &Value::Null);
    let answer = server.rest("POST", "/composite", &json!({ "compositeRequest": [query] }));
    let at = |text: &str| answer.body.find(text).unwrap_or_else(|| panic!("{text}: {}", answer.body));
    assert!(at("\"totalSize\"") < at("\"records\""));
    assert!(at("\"Subject\"") < at("\"Priority\"") && at("\"Priority\"") < at("\"Id\""));
}

#[test]
fn one_that_fails_stops_only_those_that_need_it() {
    let server = Server::start();
    let requests = [
        sub("POST", "sobjects/Lead", "lead", &json!({ "Company": "Nobody" })),
        sub("GET", "sobjects/Lead/@{lead.id}", "read", &Value::Null),
        sub("POST", "sobjects/Case", "case", &json!({ "Subject": "Broken" })),
    ];
    let answers = composite(&server, false, &requests);
    assert_eq!(statuses(&answers), [400, 400, 201], "{answers:?}");
    assert_eq!(answers[0]["body"][0]["errorCode"], "REQUIRED_FIELD_MISSING");
    let halted = json!([{
        "errorCode": "PROCESSING_HALTED",
        "message": "Invalid reference specified. No value for lead.id found in lead",
    }]);
    assert_eq!(answers[1]["body"], halted);
    assert_eq!(server.query("SELECT Subject FROM Case").len(), 1);
}

#[test]
fn all_or_none_of_several_requests_count() {
    let server = Server::start();
    let requests = [
        sub("POST", "sobjects/Case", "case", &json!({ "Subject": "Broken" })),
        sub("POST", "sobjects/Lead", "lead", &json!({ "Company": "Nobody" })),
        sub("POST", "sobjects/Case", "after", &json!({ "Subject": "Never" })),
    ];
    let answers = composite(&server, true, &requests);
    assert_eq!(statuses(&answers), [400, 400, 400]);
    let codes: Vec<&Value> = answers.iter().map(|answer| &answer["body"][0]["errorCode"]).collect();
    assert_eq!(codes, ["PROCESSING_HALTED", "REQUIRED_FIELD_MISSING", "PROCESSING_HALTED"]);
    assert!(server.query("SELECT Id FROM Case").is_empty());
}

#[test]
fn composite_requests_that_are_refused_whole() {
    let server = Server::start();
    let one = |reference: &str| sub("GET", "limits", reference, &Value::Null);
    let many: Vec<Value> = (0..26).map(|number| one(&format!("r{number}"))).collect();
    let queries: Vec<Value> =
        (0..6).map(|number| sub("GET", "query?q=SELECT+Id+FROM+Case", &format!("q{number}"), &Value::Null)).collect();
    for (requests, code) in [
        (many, "LIMIT_EXCEEDED"),
        (queries, "LIMIT_EXCEEDED"),
        (vec![one("twice"), one("twice")], "INVALID_INPUT"),
        (vec![one("no-hyphens")], "INVALID_INPUT"),
        (vec![json!({ "method": "GET" })], "JSON_PARSER_ERROR"),
    ] {
        let answer = server.rest("POST", "/composite", &json!({ "compositeRequest": requests }));
        assert_eq!(answer.error(), (400, code.to_owned()), "{}", answer.body);
    }
    assert_eq!(server.rest("GET", "/composite", &Value::Null).error().1, "METHOD_NOT_ALLOWED");
    let mut outside = one("outside");
    outside["url"] = json!("/omnic/v1/events");
    let within = sub("POST", "composite", "within", &json!({}));
    let wrong = sub("PUT", "limits", "put", &Value::Null);
    assert_eq!(statuses(&composite(&server, false, &[outside, within, wrong])), [400, 400, 405]);
}

#[test]
fn records_are_created_with_their_children() {
    let server = Server::start();
    let contact = |reference: &str, name: &str| json!({ "attributes": { "type": "Contact", "referenceId": reference }, "LastName": name });
    let tree = json!({ "records": [
        { "attributes": { "type": "Account", "referenceId": "a1" }, "Name": "Acme",
          "Contacts": { "records": [contact("c1", "Lovelace"), contact("c2", "Hopper")] } },
        { "attributes": { "type": "Account", "referenceId": "a2" }, "Name": "Empty" },
    ] });
    let answer = server.rest("POST", "/composite/tree/Account", &tree);
    assert_eq!(answer.status, 201, "{}", answer.body);
    let told = answer.json();
    let references: Vec<&Value> =
        told["results"].as_array().unwrap().iter().map(|result| &result["referenceId"]).collect();
    assert_eq!(
        (told["hasErrors"].as_bool(), references),
        (Some(false), vec![&json!("a1"), &json!("c1"), &json!("c2"), &json!("a2")])
    );
    let names = server.query("SELECT LastName FROM Contact WHERE Account.Name = 'Acme' ORDER BY LastName");
    assert_eq!(names, [json!({ "LastName": "Hopper" }), json!({ "LastName": "Lovelace" })]);
}

#[test]
fn a_tree_with_an_error_creates_nothing() {
    let server = Server::start();
    let record = |kind: &str, reference: &str| json!({ "attributes": { "type": kind, "referenceId": reference } });
    let mut good = record("Lead", "good");
    good["LastName"] = json!("Hopper");
    good["Company"] = json!("Acme");
    let answer = server.rest("POST", "/composite/tree/Lead", &json!({ "records": [good, record("Lead", "bad")] }));
    assert_eq!(answer.status, 400, "{}", answer.body);
    let told = answer.json();
    assert_eq!(told["hasErrors"], true);
    assert_eq!(told["results"][0]["referenceId"], "bad");
    assert_eq!(told["results"][0]["errors"][0]["statusCode"], "REQUIRED_FIELD_MISSING");
    assert!(server.query("SELECT Id FROM Lead").is_empty());

    let many: Vec<Value> = (0..201).map(|number| record("Case", &format!("r{number}"))).collect();
    for (records, code) in [
        (vec![record("Case", "twice"), record("Case", "twice")], "INVALID_INPUT"),
        (vec![record("Lead", "other")], "INVALID_INPUT"),
        (vec![json!({ "Subject": "nothing said" })], "INVALID_INPUT"),
        (many, "LIMIT_EXCEEDED"),
    ] {
        let answer = server.rest("POST", "/composite/tree/Case", &json!({ "records": records }));
        assert_eq!(answer.error(), (400, code.to_owned()), "{}", answer.body);
    }
    let mut relation = record("Case", "r");
    relation["Nothings"] = json!({ "records": [] });
    let answer = server.rest("POST", "/composite/tree/Case", &json!({ "records": [relation] }));
    assert_eq!(answer.error(), (400, "INVALID_FIELD".to_owned()));
}

#[test]
fn the_action_asks_for_routing_by_skills() {
    let server = Server::start();
    let case = server.create("Case", &json!({ "Subject": "Rechnung" }));
    let config = server.text("SELECT Id FROM QueueRoutingConfig WHERE DeveloperName = 'Billing_By_Skills'");
    let skill = |name: &str| server.text(&format!("SELECT Id FROM Skill WHERE DeveloperName = '{name}'"));
    let skills = format!("{}, {}", skill("German"), skill("Billing"));
    let action =
        |inputs: Value| server.rest("POST", "/actions/standard/skillsBasedRouting", &json!({ "inputs": inputs }));
    let answer = action(json!([{ "recordId": case, "routingConfigId": config, "skillIdList": skills }]));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let pending = answer.json()[0]["outputValues"]["pendingServiceRoutingId"].as_str().unwrap().to_owned();
    let expected = json!([{
        "actionName": "skillsBasedRouting", "errors": null, "isSuccess": true,
        "outputValues": { "pendingServiceRoutingId": pending },
    }]);
    assert_eq!(answer.json(), expected);
    let soql = "SELECT WorkItemId, RoutingType, IsReadyForRouting FROM PendingServiceRouting";
    let request = json!({ "WorkItemId": case, "RoutingType": "SkillsBased", "IsReadyForRouting": true });
    assert_eq!(server.query(soql), [request]);
    let needs = format!("SELECT Skill.DeveloperName FROM SkillRequirement WHERE RelatedRecordId = '{pending}'");
    assert_eq!(server.query(&needs).len(), 2);

    let twenty_six = vec!["0C4000000000001AAA"; 26].join(",");
    for (input, code) in [
        (json!({ "routingConfigId": config }), "REQUIRED_FIELD_MISSING"),
        (json!({ "recordId": case, "routingConfigId": case }), "INVALID_CROSS_REFERENCE_KEY"),
        (json!({ "recordId": case, "routingConfigId": config, "skillIdList": twenty_six }), "LIMIT_EXCEEDED"),
    ] {
        let answer = action(json!([input]));
        let told = &answer.json()[0];
        assert_eq!((answer.status, told["isSuccess"].as_bool()), (400, Some(false)), "{}", answer.body);
        assert_eq!(told["errors"][0]["statusCode"], code, "{}", answer.body);
    }
    // An input that fails leaves nothing behind.
    let other = server.create("Case", &json!({ "Subject": "Anders" }));
    let wrong = json!([{ "recordId": other, "routingConfigId": config, "skillIdList": "0C4000000000009AAA" }]);
    assert_eq!(action(wrong).status, 400);
    assert_eq!(server.query(soql).len(), 1);
    let others = server.rest("POST", "/actions/standard/emailSimple", &json!({}));
    assert_eq!(others.error(), (501, "NOT_SUPPORTED_BY_OMNIC".to_owned()));
}
