//! What is refused leaves nothing behind: a record of which two things change, and a list that is written whole or not.

use serde_json::{Value, json};

use crate::client::Server;

/// Everything that the org holds.
fn everything(server: &Server) -> Value {
    server.control("GET", "state", &Value::Null).json()
}

/// A case in a queue that a rep works on, one that a partner routes, and one that nobody routes.
fn cases(server: &Server) -> [String; 3] {
    server.log_in("maria.keller", "Available_Cases");
    let create = |queue: &str| server.create("Case", &json!({ "OwnerId": server.queue(queue), "Status": "New" }));
    let worked_on = create("Cases_Tier_1");
    server.happen(&json!({ "event": "acceptAgentWork", "workId": worked_on }));
    [worked_on, create("Partner_Repairs"), server.create("Case", &json!({ "Subject": "mine" }))]
}

#[test]
fn a_change_whose_second_half_is_refused_changes_nothing() {
    let server = Server::start();
    let cases = cases(&server);
    let other = server.queue("Messaging_Support");
    let before = everything(&server);
    for case in &cases {
        for fields in [json!({ "Status": "Closed", "OwnerId": other }), json!({ "Subject": "x", "OwnerId": other })] {
            let answer = server.rest("PATCH", &format!("/sobjects/Case/{case}"), &fields);
            assert_eq!(answer.error(), (400, "INVALID_OPERATION".to_owned()), "{fields}");
        }
    }
    assert_eq!(everything(&server), before);
}

#[test]
fn a_change_of_field_and_owner_is_both() {
    let server = Server::start();
    let [worked_on, waiting, mine] = cases(&server);
    let queue = server.queue("Cases_Tier_2");
    for case in [&worked_on, &waiting, &mine] {
        let fields = json!({ "Subject": "handed over", "OwnerId": queue });
        assert_eq!(server.rest("PATCH", &format!("/sobjects/Case/{case}"), &fields).status, 204);
    }
    let cases = server.query("SELECT Subject, OwnerId FROM Case");
    assert_eq!(cases, vec![json!({ "Subject": "handed over", "OwnerId": queue }); 3]);
    let waiting: Vec<Value> = server.query("SELECT GroupId FROM PendingServiceRouting");
    assert_eq!(waiting, vec![json!({ "GroupId": queue }); 3]);
}

#[test]
fn a_list_that_is_refused_in_its_middle_leaves_no_trace() {
    let server = Server::start();
    let [worked_on, waiting, mine] = cases(&server);
    let topic = json!({ "Name": "All", "Query": "SELECT Id, Status FROM Case", "ApiVersion": 60.0 });
    server.create("PushTopic", &topic);
    let queue = server.queue("Cases_Tier_2");
    let other = server.create("Case", &json!({ "Subject": "of nobody" }));
    let before = everything(&server);
    let record = |id: &str, fields: Value| {
        let mut record = json!({ "attributes": { "type": "Case" }, "id": id });
        record.as_object_mut().unwrap().append(&mut fields.as_object().unwrap().clone());
        record
    };
    let records = [
        record(&mine, json!({ "Subject": "y", "New__c": "a field that is new" })),
        record(&worked_on, json!({ "Status": "Closed", "OwnerId": queue })),
        record(&waiting, json!({ "Subject": "z", "OwnerId": queue })),
        record(&other, json!({ "CaseNumber": "1" })),
    ];
    let body = json!({ "allOrNone": true, "records": records });
    let saved = server.rest("PATCH", "/composite/sobjects", &body).json();
    let codes: Vec<&Value> = saved.as_array().unwrap().iter().map(|saved| &saved["errors"][0]["statusCode"]).collect();
    let rolled_back = "ALL_OR_NONE_OPERATION_ROLLED_BACK";
    assert_eq!(codes, [rolled_back, rolled_back, rolled_back, "INVALID_FIELD_FOR_INSERT_UPDATE"]);
    assert_eq!(everything(&server), before);

    // Deletions, and members.
    let gone = format!("/composite/sobjects?ids={mine},{worked_on},{waiting},500000000000999AAA&allOrNone=true");
    assert_eq!(server.rest("DELETE", &gone, &Value::Null).json()[0]["success"], false);
    let member = json!({ "attributes": { "type": "GroupMember" }, "GroupId": queue, "UserOrGroupId": server.user("marek.novak") });
    let body = json!({ "allOrNone": true, "records": [member, member] });
    assert_eq!(server.rest("POST", "/composite/sobjects", &body).json()[1]["success"], false);
    assert_eq!(everything(&server), before);

    // What comes after goes on as if nothing had been.
    assert_eq!(server.rest("PATCH", "/composite/sobjects", &json!({ "records": records })).json()[1]["success"], true);
    assert_eq!(server.text(&format!("SELECT OwnerId FROM Case WHERE Id = '{waiting}'")), queue);
}
