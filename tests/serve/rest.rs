//! The REST API: versions, descriptions, records one by one and together, queries.

use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn versions_need_no_token_and_slashes_do_not_matter() {
    let server = Server::start();
    for path in ["/services/data", "/services/data/", "//services/data"] {
        let answer = server.send("GET", path, &[], "");
        assert_eq!(answer.status, 200, "{path}");
        let versions = answer.json();
        let last = versions.as_array().unwrap().last().unwrap();
        assert_eq!(*last, json!({ "label": "Winter '27", "url": "/services/data/v68.0", "version": "68.0" }));
    }
    assert_eq!(server.get("/services/data/v60.0/").json()["query"], "/services/data/v60.0/query");
    assert_eq!(server.get("/services/data/v20.0/query").error().1, "UNSUPPORTED_API_VERSION");
    assert_eq!(server.get("/services/data/v99.0/query").error(), (404, "NOT_FOUND".to_owned()));
}

#[test]
fn a_record_is_created_read_changed_and_deleted() {
    let server = Server::start();
    let id = server.create("case", &json!({ "Subject": "Broken", "priority": "High", "Colour__c": "red" }));
    assert_eq!((id.len(), &id[..3]), (18, "500"));
    let read = server.rest("GET", &format!("/sobjects/CASE/{}/?fields=subject,Priority,Id", &id[..15]), &Value::Null);
    let expected = json!({
        "attributes": { "type": "Case", "url": format!("/services/data/v60.0/sobjects/Case/{id}") },
        "Subject": "Broken", "Priority": "High", "Id": id,
    });
    assert_eq!(read.json(), expected);
    assert_eq!(read.header("Sforce-Limit-Info"), Some("api-usage=2/1000000"));
    assert_eq!(server.text("SELECT colour__C FROM Case"), "red");

    let changed = server.rest("PATCH", &format!("/sobjects/Case/{id}"), &json!({ "Subject": null, "Priority": "Low" }));
    assert_eq!((changed.status, changed.body.as_str()), (204, ""));
    assert_eq!(server.query("SELECT Subject, Priority FROM Case"), [json!({ "Subject": null, "Priority": "Low" })]);
    let posted = server.rest("POST", &format!("/sobjects/Case/{id}?_HttpMethod=PATCH"), &json!({ "Subject": "Again" }));
    assert_eq!(posted.status, 204);

    assert_eq!(server.rest("DELETE", &format!("/sobjects/Case/{id}"), &Value::Null).status, 204);
    assert_eq!(
        server.rest("GET", &format!("/sobjects/Case/{id}"), &Value::Null).error(),
        (404, "ENTITY_IS_DELETED".to_owned())
    );
    assert!(server.query("SELECT Id FROM Case").is_empty());
    let all = server.get("/services/data/v60.0/queryAll?q=SELECT+Id,IsDeleted+FROM+Case").json();
    assert_eq!((all["totalSize"].as_u64(), all["records"][0]["IsDeleted"].as_bool()), (Some(1), Some(true)));
}

#[test]
fn writes_are_refused_as_salesforce_does() {
    let server = Server::start();
    let post = |object: &str, fields: Value| server.rest("POST", &format!("/sobjects/{object}"), &fields).error();
    assert_eq!(post("Nothing", json!({})), (404, "NOT_FOUND".to_owned()));
    assert_eq!(post("Lead", json!({})), (400, "REQUIRED_FIELD_MISSING".to_owned()));
    assert_eq!(post("Case", json!({ "CaseNumber": "1" })), (400, "INVALID_FIELD_FOR_INSERT_UPDATE".to_owned()));
    assert_eq!(post("Case", json!({ "ContactId": "x" })), (400, "MALFORMED_ID".to_owned()));
    let nobody = "003000000000001AAA";
    assert_eq!(post("Case", json!({ "ContactId": nobody })), (400, "INVALID_CROSS_REFERENCE_KEY".to_owned()));
    assert_eq!(post("ServiceChannel", json!({})).1, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    assert_eq!(post("UserServicePresence", json!({})).0, 400);
    let not_json = server.send(
        "POST",
        "/services/data/v60.0/sobjects/Case",
        &[("Authorization", &server.bearer())],
        "{\"Subject\":",
    );
    assert_eq!(not_json.error(), (400, "JSON_PARSER_ERROR".to_owned()));
    let refused = server.rest("GET", "/sobjects/Case/x", &Value::Null);
    assert_eq!(refused.error(), (400, "MALFORMED_ID".to_owned()));
    let method = server.rest("PUT", "/sobjects/Case", &json!({}));
    assert_eq!(method.error(), (405, "METHOD_NOT_ALLOWED".to_owned()));
    for unserved in [
        "/sobjects/AgentWorkShare/describe",
        "/tooling/sobjects",
        "/composite/graph",
        "/sobjects/Case/describe/layouts",
    ] {
        let answer = server.rest("GET", unserved, &Value::Null);
        assert_eq!(answer.error(), (501, "NOT_SUPPORTED_BY_OMNIC".to_owned()), "{unserved}");
    }
}

#[test]
fn records_are_found_by_external_ids() {
    let server = Server::start();
    let path = "/sobjects/Contact/Key__c/4711";
    let first = server.rest("PATCH", path, &json!({ "LastName": "Lovelace" }));
    assert_eq!((first.status, first.json()["created"].as_bool()), (201, Some(true)), "{}", first.body);
    let second = server.rest("PATCH", path, &json!({ "LastName": "Byron" }));
    assert_eq!((second.status, second.json()["created"].as_bool()), (200, Some(false)));
    assert_eq!(server.rest("GET", path, &Value::Null).json()["Name"], "Byron");
    assert_eq!(server.rest("GET", "/sobjects/Contact/Key__c/0815", &Value::Null).status, 404);
    assert_eq!(server.rest("GET", "/sobjects/Contact/LastName/Byron", &Value::Null).status, 404);
}

#[test]
fn many_records_are_written_together_or_not_at_all() {
    let server = Server::start();
    let case = |subject: &str| json!({ "attributes": { "type": "Case" }, "Subject": subject });
    let bad = json!({ "attributes": { "type": "Case" }, "CaseNumber": "1" });
    let some = server.rest("POST", "/composite/sobjects", &json!({ "records": [case("a"), bad, case("b")] })).json();
    let successes: Vec<bool> =
        some.as_array().unwrap().iter().map(|saved| saved["success"].as_bool().unwrap()).collect();
    assert_eq!(successes, [true, false, true]);
    assert_eq!(some[1]["errors"][0]["statusCode"], "INVALID_FIELD_FOR_INSERT_UPDATE");
    let ids = [&some[0], &some[2]].map(|saved| saved["id"].as_str().unwrap().to_owned());

    let body = json!({ "allOrNone": true, "records": [case("c"), bad] });
    let none = server.rest("POST", "/composite/sobjects", &body).json();
    assert_eq!(none[0]["errors"][0]["statusCode"], "ALL_OR_NONE_OPERATION_ROLLED_BACK");
    assert_eq!(server.query("SELECT Id FROM Case").len(), 2);

    let updates: Vec<Value> =
        ids.iter().map(|id| json!({ "attributes": { "type": "Case" }, "id": id, "Subject": "both" })).collect();
    let saved = server.rest("PATCH", "/composite/sobjects", &json!({ "records": updates })).json();
    assert!(saved.as_array().unwrap().iter().all(|one| one["success"] == true), "{saved}");
    assert_eq!(server.query("SELECT Id FROM Case WHERE Subject = 'both'").len(), 2);
    let gone = server.rest("DELETE", &format!("/composite/sobjects?ids={},{}", ids[0], ids[1]), &Value::Null).json();
    assert_eq!(gone.as_array().unwrap().len(), 2);
    assert!(server.query("SELECT Id FROM Case").is_empty());
    let many: Vec<Value> = (0..201).map(|_| case("x")).collect();
    let refused = server.rest("POST", "/composite/sobjects", &json!({ "records": many }));
    assert_eq!(refused.error(), (400, "LIMIT_EXCEEDED".to_owned()));
}

#[test]
fn what_was_rolled_back_was_not_routed() {
    let server = Server::start();
    let queue = server.queue("Partner_Repairs");
    let case = json!({ "attributes": { "type": "Case" }, "OwnerId": queue });
    let bad = json!({ "attributes": { "type": "Case" }, "CaseNumber": "1" });
    server.rest("POST", "/composite/sobjects", &json!({ "allOrNone": true, "records": [case, bad] }));
    assert!(server.query("SELECT Id FROM PendingServiceRouting").is_empty());
    assert_eq!(server.control("GET", "events", &Value::Null).body, "");
}

#[test]
fn long_answers_come_page_by_page() {
    let server = Server::start();
    for _ in 0..3 {
        let records: Vec<Value> =
            (0..150).map(|_| json!({ "attributes": { "type": "Account" }, "Name": "A" })).collect();
        server.rest("POST", "/composite/sobjects", &json!({ "records": records }));
    }
    let headers = [("Authorization", server.bearer()), ("Sforce-Query-Options", "batchSize=200".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut path = "/services/data/v60.0/query/?q=SELECT+Id+FROM+Account".to_owned();
    let mut ids = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let page = server.send("GET", &path, &headers, "").json();
        assert_eq!(page["totalSize"], 450);
        let records = page["records"].as_array().unwrap();
        sizes.push(records.len());
        ids.extend(records.iter().map(|record| record["Id"].as_str().unwrap().to_owned()));
        match page["nextRecordsUrl"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(sizes, [200, 200, 50]);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 450);
    let wrong = server.get("/services/data/v60.0/query/01gx-2000");
    assert_eq!(wrong.error(), (400, "INVALID_QUERY_LOCATOR".to_owned()));
}

#[test]
fn what_changed_in_a_time_is_told() {
    let server = Server::start();
    server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
    let first = server.create("Case", &json!({}));
    server.advance(3600);
    let second = server.create("Case", &json!({}));
    server.rest("DELETE", &format!("/sobjects/Case/{first}"), &Value::Null);
    let times = "start=2027-01-01T08:30:00%2B00:00&end=2027-01-01T10:00:00Z";
    let updated = server.rest("GET", &format!("/sobjects/Case/updated/?{times}"), &Value::Null).json();
    assert_eq!(updated, json!({ "ids": [second], "latestDateCovered": "2027-01-01T09:00:00.000+0000" }));
    let deleted = server.rest("GET", &format!("/sobjects/Case/deleted?{times}"), &Value::Null).json();
    assert_eq!(deleted["deletedRecords"], json!([{ "deletedDate": "2027-01-01T09:00:00.000+0000", "id": first }]));
    let wrong = server.rest("GET", "/sobjects/Case/deleted?start=x&end=y", &Value::Null);
    assert_eq!(wrong.error(), (400, "INVALID_REPLICATION_DATE".to_owned()));
}

#[test]
fn the_projects_definitions_are_rows() {
    let server = Server::start();
    assert_eq!(server.query("SELECT Id FROM ServiceChannel").len(), 4);
    let priorities = server.query("SELECT Value, Priority FROM ServiceChannelFieldPriority ORDER BY Priority");
    assert_eq!(priorities[0], json!({ "Value": "High", "Priority": 1 }));
    let label = server.text("SELECT MasterLabel FROM ServicePresenceStatus WHERE DeveloperName = 'Available_Cases'");
    assert_eq!(label, "Available for Cases");
    let member = server.query(
        "SELECT Group.DeveloperName FROM GroupMember WHERE UserOrGroupId IN \
         (SELECT Id FROM User WHERE Username = 'claire.dubois@acme.example')",
    );
    assert!(member.iter().any(|row| row["Group"]["DeveloperName"] == "Partner_Repairs"), "{member:?}");
    // A row's id is the same for each start.
    assert_eq!(server.queue("Partner_Repairs"), Server::start().queue("Partner_Repairs"));
}

#[test]
fn an_object_has_so_many_fields_and_no_more() {
    let server = Server::start();
    let fields = |from: usize, until: usize| {
        Value::Object((from..until).map(|number| (format!("f{number}__c"), json!("x"))).collect())
    };
    let post = |fields: &Value| server.rest("POST", "/sobjects/Case", fields);
    assert_eq!(post(&fields(0, 801)).error(), (400, "LIMIT_EXCEEDED".to_owned()));
    assert_eq!(post(&fields(0, 5_000)).error(), (400, "LIMIT_EXCEEDED".to_owned()));
    server.create("Case", &fields(0, 800));
    server.create("Case", &fields(0, 800));
    assert_eq!(post(&fields(800, 801)).error(), (400, "LIMIT_EXCEEDED".to_owned()));
}

#[test]
fn a_reference_leads_to_an_object_that_its_field_names() {
    let server = Server::start();
    let channel = server.query("SELECT Id FROM ServiceChannel")[0]["Id"].clone();
    let user = server.user("maria.keller");
    for fields in [json!({ "OwnerId": channel }), json!({ "OwnerId": user, "ContactId": user })] {
        let refused = server.rest("POST", "/sobjects/Case", &fields);
        assert_eq!((refused.status, &refused.json()[0]["errorCode"]), (400, &json!("INVALID_CROSS_REFERENCE_KEY")));
    }
    assert_eq!(server.rest("POST", "/sobjects/Case", &json!({ "OwnerId": user })).status, 201);
}

#[test]
fn every_resource_of_the_page_is_served_with_its_methods() {
    let server = Server::start();
    let case = server.create("Case", &json!({ "Key__c": "k" }));
    server.control("POST", "platform-events", &json!({ "name": "Order__e" }));
    server.control("POST", "channels", &json!({ "channel": "ExternalRoutingChannel__chn" }));
    let member = server.text("SELECT Id FROM PlatformEventChannelMember LIMIT 1");
    let all = ["DELETE", "GET", "PATCH", "POST", "PUT"];
    for one in omnic::serve::RESOURCES {
        let of_tooling = one.path.starts_with("tooling");
        let words = [
            ("EVENT__e", "Order__e"),
            ("EVENT", "AgentWorkChangeEvent"),
            ("LOCATOR", "01g000000000001AAA-200"),
            ("FIELD/VALUE", "Key__c/k"),
            ("FIELD", "Key__c"),
            ("/T", if of_tooling { "/PlatformEventChannelMember" } else { "/Case" }),
            ("/ID", &format!("/{}", if of_tooling { &member } else { &case })),
        ];
        let path = words.iter().fold(format!("/{}", one.path), |path, (word, by)| path.replace(word, by));
        for method in all {
            let answer = server.rest(method, path.trim_end_matches('/'), &json!({ "records": [{}] }));
            let code = if answer.status >= 400 { answer.error().1 } else { String::new() };
            let has = one.methods.contains(&method);
            let is_refused = matches!(code.as_str(), "METHOD_NOT_ALLOWED" | "NOT_SUPPORTED_BY_OMNIC");
            let may_be_absent = code != "NOT_FOUND" || matches!(method, "DELETE" | "PATCH" | "GET");
            assert_eq!(!is_refused && may_be_absent, has, "{method} {path}: {} {}", answer.status, answer.body);
        }
    }
}
