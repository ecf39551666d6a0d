//! Values of fields as clients read them, and fields that there are not.

use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn numbers_are_written_as_their_type_says() {
    let server = Server::start();
    server.log_in("maria.keller", "Available_Cases");
    server.create("Case", &json!({ "OwnerId": server.queue("Cases_Tier_1"), "Status": "New" }));
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    for query in [
        "SELECT CapacityWeight FROM AgentWork",
        "SELECT CapacityWeight FROM PendingServiceRouting LIMIT 1",
        "SELECT MAX(CapacityWeight) m FROM PendingServiceRouting",
        "SELECT CapacityWeight FROM QueueRoutingConfig WHERE DeveloperName = 'Cases_Tier_1'",
        "SELECT SkillLevel FROM ServiceResourceSkill LIMIT 1",
    ] {
        let value = server.value(query);
        assert!(value.is_f64() && value.to_string().contains('.'), "{query}: {value}");
    }
    for query in [
        "SELECT Serial FROM PendingServiceRouting LIMIT 1",
        "SELECT RoutingPriority FROM PendingServiceRouting LIMIT 1",
    ] {
        let value = server.value(query);
        assert!(value.is_i64() || value.is_u64(), "{query}: {value}");
    }
    // What is written comes back in the same form, whatever form it came in.
    for employees in [json!(5), json!(5.0), json!("5")] {
        let fields =
            json!({ "LastName": "L", "Company": "C", "NumberOfEmployees": employees, "AnnualRevenue": employees });
        let lead = server.create("Lead", &fields);
        let read = server.rest("GET", &format!("/sobjects/Lead/{lead}"), &Value::Null).json();
        assert_eq!(
            (read["NumberOfEmployees"].to_string(), read["AnnualRevenue"].to_string()),
            ("5".into(), "5.0".into())
        );
    }
}

#[test]
fn the_name_of_a_work_item_is_its_objects_name_field() {
    let server = Server::start();
    server.log_in("nina.petrova", "Available_Leads");
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    let lead = json!({ "LastName": "L", "FirstName": "F", "Company": "C", "OwnerId": server.queue("Leads_Inbound") });
    server.create("Lead", &lead);
    let number = server.text(&format!("SELECT CaseNumber FROM Case WHERE Id = '{case}'"));
    let request = "SELECT WorkItem.Name FROM PendingServiceRouting";
    assert_eq!(server.query(request)[0]["WorkItem"]["Name"], number.as_str());
    assert_eq!(server.query(&format!("{request} WHERE WorkItem.Name = '{number}'")).len(), 1);
    assert_eq!(server.query("SELECT WorkItem.Name FROM AgentWork")[0]["WorkItem"]["Name"], "F L");
}

#[test]
fn a_record_that_an_event_makes_is_like_one_that_is_created() {
    let server = Server::start();
    let event = |item: &str| {
        json!({ "event": "workArrived", "workItemId": item, "object": "Case",
            "fields": { "Priority": "High" }, "route": { "queue": "Partner_Repairs" } })
    };
    server.create("Case", &json!({}));
    server.happen(&event("case-1"));
    server.happen(&event("500Kx00000AbCdEIAV"));
    server.create("Case", &json!({}));
    server.happen(&event("case-2"));
    let cases = server.query("SELECT CaseNumber, Status, Priority, IsClosed FROM Case ORDER BY CaseNumber");
    let case = |number: u32, priority: &str| json!({ "CaseNumber": format!("{number:08}"), "Status": "New", "Priority": priority, "IsClosed": false });
    let expected = [case(1, "Medium"), case(2, "High"), case(3, "High"), case(4, "Medium"), case(5, "High")];
    assert_eq!(cases, expected);
    // What events say of fields has the fields' types.
    let update = json!({ "event": "workItemUpdated", "workItemId": "case-1", "fields": { "IsEscalated": "true" } });
    server.happen(&update);
    assert_eq!(server.value("SELECT IsEscalated FROM Case WHERE CaseNumber = '00000002'"), true);
    server.happen(&json!({ "event": "workItemUpdated", "workItemId": "case-1", "fields": { "Status": "Closed" } }));
    assert_eq!(server.text("SELECT CaseNumber FROM Case WHERE IsClosed = true"), "00000002");
}

#[test]
fn a_misspelled_field_is_refused() {
    let server = Server::start();
    let post = |object: &str, fields: &Value| server.rest("POST", &format!("/sobjects/{object}"), fields);
    for (object, name) in [
        ("Case", "Subjct"),
        ("Case", "OwnrId"),
        ("Case", "Owner_Id"),
        ("Case", "Prioritty"),
        ("Case", "ContactMobil"),
        ("Lead", "LastNam"),
        ("Contact", "MailingCty"),
        ("MessagingSession", "MessagingChanelId"),
        ("LiveChatTranscript", "SupervisorTranscriptBdy"),
        ("VoiceCall", "VendorCalKey"),
    ] {
        let refused = post(object, &json!({ name: "x" }));
        let message = format!("No such column '{name}' on sobject of type {object}");
        assert_eq!((refused.status, &refused.json()[0]["message"]), (400, &json!(message)), "{}", refused.body);
        assert_eq!(refused.json()[0]["errorCode"], "INVALID_FIELD");
    }
    // Standard fields that features of an org add, custom ones, and those of objects that no file describes.
    for fields in [
        json!({ "EntitlementId": "550000000000001AAA", "Comments": "c", "Language": "de" }),
        json!({ "MilestoneStatusIcon": "x", "Subjct__c": "x", "acme__Subjct__c": "x" }),
    ] {
        assert_eq!(post("Case", &fields).status, 201, "{fields}: {}", post("Case", &fields).body);
    }
    let person = json!({ "LastName": "L", "Salutation": "Ms.", "MiddleName": "M", "HasOptedOutOfEmail": true,
        "OtherCity": "Bern", "OtherPhone": "1", "AssistantName": "A", "MailingCountryCode": "CH" });
    assert_eq!(post("Contact", &person).status, 201, "{}", post("Contact", &person).body);
    let case = server.create("Case", &json!({}));
    let refused = server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Statu": "New" }));
    assert_eq!(refused.error(), (400, "INVALID_FIELD".to_owned()));
}
