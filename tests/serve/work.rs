//! Records of routed objects are work, and partners route what is theirs. Expected results are the developer guide's,
//! "Expected Behavior for External Routing", where a name says so.

use serde_json::{Value, json};

use crate::client::Server;

/// A case that waits for a partner, and its routing request.
fn waiting(server: &Server) -> (String, String, String) {
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    let request = server.query(&format!(
        "SELECT Id, ServiceChannelId, IsPushed, IsReadyForRouting, RoutingModel FROM PendingServiceRouting WHERE WorkItemId = '{case}'"
    ));
    assert_eq!(request.len(), 1);
    assert_eq!(request[0]["IsPushed"], false);
    assert_eq!(request[0]["IsReadyForRouting"], true);
    assert_eq!(request[0]["RoutingModel"], "ExternalRouting");
    let text = |field: &str| request[0][field].as_str().unwrap().to_owned();
    (case, text("Id"), text("ServiceChannelId"))
}

fn push(server: &Server, user: &str, (case, request, channel): &(String, String, String)) -> crate::client::Answer {
    let fields = json!({
        "ServiceChannelId": channel, "WorkItemId": case, "UserId": server.user(user), "PendingServiceRoutingId": request,
    });
    server.rest("POST", "/sobjects/agentwork/", &fields)
}

#[test]
fn an_agent_accepts_the_work() {
    let server = Server::start();
    server.log_in("claire.dubois", "Available_Cases");
    let work = waiting(&server);
    let pushed = push(&server, "claire.dubois", &work);
    assert_eq!(pushed.status, 201, "{}", pushed.body);
    let id = pushed.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(&id[..3], "0Bz");
    assert_eq!(server.text(&format!("SELECT Status FROM AgentWork WHERE Id = '{id}'")), "Assigned");
    assert_eq!(server.value("SELECT IsPushed FROM PendingServiceRouting"), true);

    let claire = server.user("claire.dubois");
    server.happen(&json!({ "event": "acceptAgentWork", "user": claire, "workId": id }));
    let record = server.rest("GET", &format!("/sobjects/AgentWork/{id}"), &Value::Null).json();
    assert_eq!(record["Status"], "Opened");
    assert_eq!(record["UserId"], claire.as_str());
    assert_eq!(record["WorkItemId"], work.0.as_str());
    assert!(server.query("SELECT Id FROM PendingServiceRouting").is_empty());
    assert_eq!(server.text(&format!("SELECT OwnerId FROM Case WHERE Id = '{}'", work.0)), claire);
}

#[test]
fn an_agent_declines_the_work() {
    let server = Server::start();
    server.log_in("claire.dubois", "Available_Cases");
    server.log_in("marek.novak", "Available_Cases");
    let work = waiting(&server);
    assert_eq!(push(&server, "claire.dubois", &work).status, 201);
    server.happen(&json!({ "event": "declineAgentWork", "workId": work.0 }));
    let request = server.query("SELECT Id, IsPushed, LastDeclinedAgentSession FROM PendingServiceRouting");
    assert_eq!(request[0]["Id"], work.1.as_str(), "the same request waits again");
    assert_eq!(request[0]["IsPushed"], false);
    assert!(request[0]["LastDeclinedAgentSession"].is_string());
    assert_eq!(push(&server, "marek.novak", &work).status, 201);
    let statuses = server.query("SELECT Status FROM AgentWork ORDER BY Name");
    assert_eq!(statuses, [json!({ "Status": "Declined" }), json!({ "Status": "Assigned" })]);
}

#[test]
fn work_is_refused_with_a_code_and_the_rule() {
    let server = Server::start();
    let work = waiting(&server);
    let offline = push(&server, "claire.dubois", &work);
    assert_eq!(offline.error(), (400, "FIELD_INTEGRITY_EXCEPTION".to_owned()));
    let told = offline.json();
    assert!(told[0]["message"].as_str().unwrap().starts_with("notLoggedIn: "), "{told}");
    assert_eq!(told[0]["fields"], json!(["UserId"]));
    server.log_in("claire.dubois", "Available_Cases");
    assert_eq!(push(&server, "claire.dubois", &work).status, 201);
    let twice = push(&server, "claire.dubois", &work);
    assert!(twice.json()[0]["message"].as_str().unwrap().starts_with("alreadyPushed: "), "{}", twice.body);
    let id = server.text("SELECT Id FROM AgentWork");
    let open = server.rest("DELETE", &format!("/sobjects/AgentWork/{id}"), &Value::Null);
    assert_eq!(open.status, 400, "{}", open.body);
    let status = server.rest("PATCH", &format!("/sobjects/AgentWork/{id}"), &json!({ "Status": "Opened" }));
    assert_eq!(status.error(), (400, "INVALID_FIELD_FOR_INSERT_UPDATE".to_owned()));
}

#[test]
fn a_queue_that_does_not_hold_the_object_refuses_the_record() {
    let server = Server::start();
    let answer = server.rest("POST", "/sobjects/Case", &json!({ "OwnerId": server.queue("Leads_Inbound") }));
    assert_eq!(answer.error(), (400, "INVALID_OPERATION".to_owned()));
    assert!(server.query("SELECT Id FROM Case").is_empty());
    let case = server.create("Case", &json!({}));
    let moved =
        server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "OwnerId": server.queue("Leads_Inbound") }));
    assert_eq!(moved.error(), (400, "INVALID_OPERATION".to_owned()));
    assert_eq!(server.text("SELECT Owner.Type FROM Case").as_str(), "User");
}

#[test]
fn omni_channel_offers_a_case_and_follows_its_status() {
    let server = Server::start();
    server.log_in("maria.keller", "Available_Cases");
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Cases_Tier_1"), "Status": "New" }));
    let work = server.query("SELECT Id, Status, User.Username FROM AgentWork");
    assert_eq!(work[0]["User"]["Username"], "maria.keller@acme.example");
    server.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    let closed = server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Status": "Closed" }));
    assert_eq!(closed.status, 204, "{}", closed.body);
    assert_eq!(server.text("SELECT Status FROM AgentWork"), "Closed");
    assert_eq!(server.value("SELECT IsClosed FROM Case"), true);
    let id = server.text("SELECT Id FROM AgentWork");
    assert_eq!(server.rest("DELETE", &format!("/sobjects/AgentWork/{id}"), &Value::Null).status, 204);
    assert!(server.query("SELECT Id FROM AgentWork").is_empty());
    let all = server.get("/services/data/v60.0/queryAll?q=SELECT+Id,IsDeleted,OriginalQueueId+FROM+AgentWork").json();
    let record = &all["records"][0];
    assert_eq!((&record["Id"], &record["IsDeleted"]), (&json!(id), &json!(true)));
    assert_eq!(record["OriginalQueueId"], server.queue("Cases_Tier_1").as_str());
    let times = "start=2020-01-01T00:00:00Z&end=2030-01-01T00:00:00Z";
    let deleted = server.rest("GET", &format!("/sobjects/AgentWork/deleted?{times}"), &Value::Null).json();
    assert_eq!(deleted["deletedRecords"][0]["id"], id.as_str());
    server.happen(&json!({ "event": "undeleteAgentWork", "id": id }));
    assert_eq!(server.query("SELECT Id FROM AgentWork").len(), 1);
    let deleted = server.rest("GET", &format!("/sobjects/AgentWork/deleted?{times}"), &Value::Null).json();
    assert_eq!(deleted["deletedRecords"], json!([]));
}

/// The example's plan with a channel for chats in the place of messages.
fn plan_of_chats() -> omnic::plan::Plan {
    let mut plan = crate::client::plan().clone();
    let chat: omnic::plan::Name = "LiveChatTranscript".into();
    let messages = plan.tables.channels.iter_mut().find(|row| row.object.as_deref() == Some("MessagingSession"));
    messages.unwrap().object = Some(chat.clone());
    for held in plan.tables.queues.iter_mut().flat_map(|queue| &mut queue.objects) {
        if held.object == "MessagingSession" {
            held.object = chat.clone();
        }
    }
    plan.digest = plan.tables.digest();
    plan
}

#[test]
fn an_agent_transfers_a_chat_to_another() {
    let server = Server::of(plan_of_chats(), crate::client::options(), None).unwrap();
    server.log_in("aisha.rahman", "Available_Digital");
    let chat = server
        .create("LiveChatTranscript", &json!({ "OwnerId": server.queue("Messaging_Support"), "Status": "Waiting" }));
    server.happen(&json!({ "event": "acceptAgentWork", "workId": chat }));
    let first = server.text("SELECT Id FROM AgentWork");
    server.log_in("tom.becker", "Available_Messaging");
    let tom = server.user("tom.becker");
    server.happen(&json!({ "event": "workTransferred", "user": "aisha.rahman@acme.example", "workId": first,
        "to": { "agent": { "user": tom } } }));
    let works = || server.query("SELECT Status, User.Username FROM AgentWork ORDER BY Name");
    assert_eq!(works().iter().map(|work| work["Status"].clone()).collect::<Vec<_>>(), ["Opened", "Assigned"]);
    let chat = || server.query("SELECT Owner.Username, Status FROM LiveChatTranscript").remove(0);
    assert_eq!(chat()["Owner"]["Username"], "aisha.rahman@acme.example", "until the second accepts");
    server.happen(&json!({ "event": "acceptAgentWork", "user": tom, "workId": server.text("SELECT WorkItemId FROM AgentWork LIMIT 1") }));
    assert_eq!(
        (&chat()["Owner"]["Username"], &chat()["Status"]),
        (&json!("tom.becker@acme.example"), &json!("InProgress"))
    );
}

#[test]
fn a_record_that_is_deleted_waits_no_longer() {
    let server = Server::start();
    let work = waiting(&server);
    assert_eq!(server.rest("DELETE", &format!("/sobjects/Case/{}", work.0), &Value::Null).status, 204);
    assert!(server.query("SELECT Id FROM PendingServiceRouting").is_empty());
    // And one that a rep works on.
    server.log_in("maria.keller", "Available_Cases");
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Cases_Tier_1"), "Status": "New" }));
    server.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    assert_eq!(server.rest("DELETE", &format!("/sobjects/Case/{case}"), &Value::Null).status, 204);
    assert_eq!(server.text("SELECT Status FROM AgentWork"), "Closed");
}

#[test]
fn a_record_without_a_queue_is_routed_when_a_queue_gets_it() {
    let server = Server::start();
    let case = server.create("Case", &json!({ "Status": "New" }));
    assert!(server.query("SELECT Id FROM PendingServiceRouting").is_empty());
    let moved =
        server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "OwnerId": server.queue("Partner_Repairs") }));
    assert_eq!(moved.status, 204, "{}", moved.body);
    assert_eq!(server.text("SELECT Group.DeveloperName FROM PendingServiceRouting"), "Partner_Repairs");
    let other =
        server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "OwnerId": server.queue("Cases_Tier_1") }));
    assert_eq!(other.status, 204, "{}", other.body);
    assert_eq!(server.text("SELECT Group.DeveloperName FROM PendingServiceRouting"), "Cases_Tier_1");
}

#[test]
fn requests_through_the_api_are_routed_by_skills() {
    let server = Server::start();
    let case = server.create("Case", &json!({}));
    let channel = server.text("SELECT Id FROM ServiceChannel WHERE DeveloperName = 'Cases'");
    let fields = json!({
        "WorkItemId": case, "ServiceChannelId": channel, "RoutingType": "SkillsBased", "RoutingModel": "LeastActive",
        "CapacityWeight": 1, "RoutingPriority": 1, "IsReadyForRouting": false,
    });
    let request = server.create("PendingServiceRouting", &fields);
    let skill = server.text("SELECT Id FROM Skill WHERE DeveloperName = 'German'");
    let need =
        server.create("SkillRequirement", &json!({ "RelatedRecordId": request, "SkillId": skill, "SkillLevel": 2 }));
    assert_eq!(server.text("SELECT Id FROM SkillRequirement WHERE Skill.DeveloperName = 'German'"), need);
    let again = json!({ "RelatedRecordId": request, "SkillId": skill, "SkillLevel": 3 });
    let again = server.rest("POST", "/sobjects/SkillRequirement", &again);
    assert_eq!((again.status, &again.json()[0]["errorCode"]), (400, &json!("DUPLICATE_VALUE")));
    let ready = server.rest(
        "PATCH",
        &format!("/sobjects/PendingServiceRouting/{request}"),
        &json!({ "IsReadyForRouting": true }),
    );
    assert_eq!(ready.status, 204, "{}", ready.body);
    let again =
        server.rest("PATCH", &format!("/sobjects/PendingServiceRouting/{request}"), &json!({ "RoutingPriority": 2 }));
    assert_eq!(again.status, 400, "{}", again.body);
    assert_eq!(server.rest("DELETE", &format!("/sobjects/PendingServiceRouting/{request}"), &Value::Null).status, 204);
    assert!(server.query("SELECT Id FROM PendingServiceRouting").is_empty());
}

#[test]
fn skills_of_a_request_are_changed_and_taken_away() {
    let server = Server::start();
    let case = server.create("Case", &json!({}));
    let channel = server.text("SELECT Id FROM ServiceChannel WHERE DeveloperName = 'Cases'");
    let fields = json!({ "WorkItemId": case, "ServiceChannelId": channel, "RoutingType": "SkillsBased", "IsReadyForRouting": false });
    let request = server.create("PendingServiceRouting", &fields);
    let skill = |name: &str| server.text(&format!("SELECT Id FROM Skill WHERE DeveloperName = '{name}'"));
    let need = server.create(
        "SkillRequirement",
        &json!({ "RelatedRecordId": request, "SkillId": skill("German"), "SkillLevel": 2 }),
    );
    let path = format!("/sobjects/SkillRequirement/{need}");
    assert_eq!(server.rest("PATCH", &path, &json!({ "SkillLevel": 5 })).status, 204);
    assert_eq!(server.value("SELECT SkillLevel FROM SkillRequirement").as_f64(), Some(5.0));
    let other = server.rest("PATCH", &path, &json!({ "SkillId": skill("English") }));
    assert_eq!(other.status, 204, "{}", other.body);
    let kept = format!("SELECT Skill.DeveloperName FROM SkillRequirement WHERE Id = '{need}'");
    assert_eq!(server.text(&kept), "English", "it keeps its id");
    assert_eq!(server.rest("DELETE", &path, &Value::Null).status, 204);
    assert!(server.query("SELECT Id FROM SkillRequirement").is_empty());
}

#[test]
fn presences_that_ended_are_deleted() {
    let server = Server::start();
    server.log_in("maria.keller", "Available_Cases");
    let id = server.text("SELECT Id FROM UserServicePresence");
    let path = format!("/sobjects/UserServicePresence/{id}");
    assert_eq!(server.rest("DELETE", &path, &Value::Null).status, 400, "the current state");
    server.happen(&json!({ "event": "logout", "user": "maria.keller@acme.example" }));
    let deleted = server.rest("DELETE", &path, &Value::Null);
    assert_eq!(deleted.status, 204, "{}", deleted.body);
    assert!(server.query("SELECT Id FROM UserServicePresence").is_empty());
}

#[test]
fn a_user_who_is_given_a_record_is_charged_where_the_channel_checks_it() {
    let server = Server::start();
    server.log_in("elena.costa", "Available_Cases");
    let elena = server.user("elena.costa");
    let give = |case: &str| {
        let given = server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "OwnerId": elena }));
        assert_eq!(given.status, 204, "{}", given.body);
    };
    // What was never offered to anybody costs nothing.
    give(&server.create("Case", &json!({ "Status": "New" })));
    assert!(server.query("SELECT Id FROM AgentWork").is_empty());
    server.log_in("maria.keller", "Available_Cases");
    give(&server.create("Case", &json!({ "Status": "New", "OwnerId": server.queue("Cases_Tier_1") })));
    let work = server.query("SELECT Status, IsOwnerChangeInitiated, UserId FROM AgentWork ORDER BY Name");
    assert_eq!(work.len(), 2, "{work:?}");
    assert_eq!(work[0]["UserId"], server.user("maria.keller").as_str());
    assert_eq!(work[1], json!({ "Status": "Opened", "IsOwnerChangeInitiated": true, "UserId": elena }));
}
