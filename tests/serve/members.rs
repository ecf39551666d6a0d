//! Who belongs to what may be written, and counts at once.

use serde_json::{Value, json};

use crate::client::Server;

#[test]
fn a_new_member_of_a_queue_is_offered_its_work() {
    let server = Server::start();
    let queue = server.queue("Leads_Inbound");
    let status = "Available_Leads";
    let user = server.user("maria.keller");
    let grant = server.text("SELECT Id FROM PermissionSet WHERE Name = 'Acme_Sales_Agent'");
    server.create("PermissionSetAssignment", &json!({ "PermissionSetId": grant, "AssigneeId": user }));
    server.log_in("maria.keller", status);
    server.create("Lead", &json!({ "LastName": "L", "Company": "C", "Status": "Open", "OwnerId": queue }));
    assert!(server.query("SELECT Id FROM AgentWork").is_empty());
    let member = server.create("GroupMember", &json!({ "GroupId": queue, "UserOrGroupId": user }));
    assert_eq!(server.text("SELECT User.Username FROM AgentWork"), "maria.keller@acme.example");
    let twice = server.rest("POST", "/sobjects/GroupMember", &json!({ "GroupId": queue, "UserOrGroupId": user }));
    assert_eq!(twice.error(), (400, "DUPLICATE_VALUE".to_owned()));
    assert_eq!(server.rest("DELETE", &format!("/sobjects/GroupMember/{member}"), &Value::Null).status, 204);
    assert!(server.query(&format!("SELECT Id FROM GroupMember WHERE Id = '{member}'")).is_empty());
}

#[test]
fn skills_are_given_and_taken() {
    let server = Server::start();
    let skill = server.text("SELECT Id FROM Skill WHERE DeveloperName = 'Warranty'");
    let user = server.user("nina.petrova");
    let resource = server.create(
        "ServiceResource",
        &json!({
            "Name": "Nina", "RelatedRecordId": user, "ResourceType": "A", "IsActive": true
        }),
    );
    let held = server.create("ServiceResourceSkill", &json!({
        "ServiceResourceId": resource, "SkillId": skill, "SkillLevel": 3, "EffectiveStartDate": "2026-01-01T00:00:00Z"
    }));
    assert_eq!(
        server.text(&format!("SELECT Skill.DeveloperName FROM ServiceResourceSkill WHERE Id = '{held}'")),
        "Warranty"
    );
    assert_eq!(
        server.rest("PATCH", &format!("/sobjects/ServiceResourceSkill/{held}"), &json!({ "SkillLevel": 5 })).status,
        204
    );
    assert_eq!(
        server.value(&format!("SELECT SkillLevel FROM ServiceResourceSkill WHERE Id = '{held}'")).as_f64(),
        Some(5.0)
    );
    assert_eq!(server.rest("DELETE", &format!("/sobjects/ServiceResourceSkill/{held}"), &Value::Null).status, 204);
    assert_eq!(server.query(&format!("SELECT Id FROM ServiceResource WHERE Id = '{resource}'")).len(), 1);
}

#[test]
fn what_is_written_of_a_member_is_kept_or_refused() {
    let server = Server::start();
    let user = server.user("nina.petrova");
    let fields = json!({
        "Name": "Nina P.", "RelatedRecordId": user, "ResourceType": "T", "IsActive": false, "Description": "d",
    });
    let resource = server.create("ServiceResource", &fields);
    let read = |id: &str| server.rest("GET", &format!("/sobjects/ServiceResource/{id}"), &Value::Null).json();
    let path = format!("/sobjects/ServiceResource/{resource}");
    for (field, value) in fields.as_object().unwrap() {
        assert_eq!(&read(&resource)[field], value, "{field}");
    }
    assert_eq!(server.rest("PATCH", &path, &json!({ "Description": "e", "IsActive": true })).status, 204);
    assert_eq!((&read(&resource)["Description"], &read(&resource)["IsActive"]), (&json!("e"), &json!(true)));
    assert_eq!(read(&resource)["Name"], "Nina P.");
    let other = server.rest("PATCH", &path, &json!({ "RelatedRecordId": server.user("maria.keller") }));
    assert_eq!(other.error(), (501, "NOT_SUPPORTED_BY_OMNIC".to_owned()));
    let skill = server.text("SELECT Id FROM Skill WHERE DeveloperName = 'Warranty'");
    let held = server.create(
        "ServiceResourceSkill",
        &json!({ "ServiceResourceId": resource, "SkillId": skill, "SkillLevel": 3,
            "EffectiveStartDate": "2026-01-01T00:00:00Z" }),
    );
    let start =
        |id: &str| server.text(&format!("SELECT EffectiveStartDate FROM ServiceResourceSkill WHERE Id = '{id}'"));
    assert_eq!(start(&held), "2026-01-01T00:00:00.000+0000");
    let path = format!("/sobjects/ServiceResourceSkill/{held}");
    assert_eq!(server.rest("PATCH", &path, &json!({ "EffectiveStartDate": "2026-02-01T00:00:00Z" })).status, 204);
    let skills =
        server.query(&format!("SELECT EffectiveStartDate, SkillLevel FROM ServiceResourceSkill WHERE Id = '{held}'"));
    assert_eq!(skills, [json!({ "EffectiveStartDate": "2026-02-01T00:00:00.000+0000", "SkillLevel": 3.0 })]);
    let of_plan = server.query("SELECT EffectiveStartDate FROM ServiceResourceSkill WHERE EffectiveStartDate = null");
    assert!(of_plan.is_empty(), "{of_plan:?}");
    let state = server.control("GET", "state", &Value::Null).json();
    let again = Server::start();
    assert_eq!(again.control("PUT", "state", &state).status, 204);
    assert_eq!(again.text("SELECT Description FROM ServiceResource WHERE Name = 'Nina P.'"), "e");
    assert_eq!(server.rest("DELETE", &path, &Value::Null).status, 204);
    assert_eq!(server.rest("GET", &path, &Value::Null).error(), (404, "ENTITY_IS_DELETED".to_owned()));
}

#[test]
fn a_presence_configuration_is_given_once() {
    let server = Server::start();
    let config = server.query("SELECT Id FROM PresenceUserConfig")[0]["Id"].clone();
    let fields = json!({ "PresenceUserConfigId": config, "UserId": server.user("nina.petrova") });
    server.create("PresenceUserConfigUser", &fields);
    let twice = server.rest("POST", "/sobjects/PresenceUserConfigUser", &fields);
    assert_eq!(twice.error(), (400, "DUPLICATE_VALUE".to_owned()));
}

#[test]
fn a_supervisors_change_is_seen() {
    let server = Server::start();
    let leads = server.query("SELECT Id FROM OmniSupervisorConfig");
    assert!(!leads.is_empty());
    let count = || server.query("SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'Billing_EN'").len();
    let before = count();
    let change = json!({ "event": "agentChanged", "user": "maria.keller@acme.example", "queues": ["Billing_EN"] });
    server.happen(&change);
    assert_eq!(count(), before + 1);
}
