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
