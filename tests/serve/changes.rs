//! Change events and platform events over sockets: what each holds, which channels carry it, what faults make of it.

use serde_json::{Value, json};

use crate::client::{Server, options};
use crate::streaming::{client, connect, subscribe};

/// What change events tell: each with its channel.
fn told(messages: &[Value]) -> Vec<(String, Value)> {
    let events = messages.iter().filter(|message| message.get("data").is_some());
    events
        .map(|message| (message["channel"].as_str().unwrap().to_owned(), message["data"]["payload"].clone()))
        .collect()
}

/// Kind, records and changed fields of a header.
fn head(payload: &Value) -> (String, Vec<String>, Vec<String>) {
    let header = &payload["ChangeEventHeader"];
    let texts = |name: &str| {
        header[name].as_array().unwrap().iter().map(|value| value.as_str().unwrap().to_owned()).collect::<Vec<String>>()
    };
    (header["changeType"].as_str().unwrap().to_owned(), texts("recordIds"), texts("changedFields"))
}

fn kinds(messages: &[Value]) -> Vec<String> {
    told(messages).iter().map(|(_, payload)| head(payload).0).collect()
}

/// A client that has subscribed to channels, from now.
fn listener(server: &Server, channels: &[&str]) -> String {
    let client = client(server);
    for channel in channels {
        let answer = subscribe(server, &client, channel, -1);
        assert_eq!(answer[0]["successful"], true, "{channel}: {answer}");
    }
    connect(server, &client);
    client
}

/// Selects an object on the standard channel, as the Tooling API has it.
fn select(server: &Server, entity: &str) -> String {
    let metadata = json!({ "eventChannel": "ChangeEvents", "selectedEntity": entity });
    let body = json!({ "FullName": format!("ChangeEvents_{entity}"), "Metadata": metadata });
    let answer = server.rest("POST", "/tooling/sobjects/PlatformEventChannelMember", &body);
    assert_eq!(answer.status, 201, "{}", answer.body);
    answer.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_change_event_has_a_header_and_what_changed() {
    let server = Server::start();
    select(&server, "CaseChangeEvent");
    server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
    let client = listener(&server, &["/data/CaseChangeEvent"]);
    let case = server.create("Case", &json!({ "Subject": "a", "Priority": "High" }));
    let created = connect(&server, &client);
    assert_eq!(created[0]["data"]["event"]["replayId"], 1);
    assert_eq!(created[0]["data"]["schema"].as_str().unwrap().len(), 22);
    let payload = &created[0]["data"]["payload"];
    let header = &payload["ChangeEventHeader"];
    let admin = server.text("SELECT Id FROM User WHERE Username = 'admin@omnic.example'");
    let expected = json!({
        "entityName": "Case", "recordIds": [case], "changeType": "CREATE", "changedFields": [],
        "changeOrigin": "com/salesforce/api/rest/60.0", "transactionKey": header["transactionKey"],
        "sequenceNumber": 1, "commitTimestamp": 1_798_790_400_000_i64, "commitUser": admin, "commitNumber": 1,
    });
    assert_eq!(*header, expected);
    assert_eq!((&payload["Subject"], &payload["CreatedDate"]), (&json!("a"), &json!("2027-01-01T08:00:00.000Z")));
    let fields = payload.as_object().unwrap();
    assert!(fields.values().all(|value| !value.is_null()), "empty fields are left out: {payload}");
    assert!(["Id", "IsDeleted", "SystemModstamp"].iter().all(|name| !fields.contains_key(*name)), "{payload}");

    server.advance(5);
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Priority": "High", "Subject": null }));
    let updated = told(&connect(&server, &client));
    let (kind, records, changed) = head(&updated[0].1);
    assert_eq!(
        (kind.as_str(), records, changed),
        ("UPDATE", vec![case.clone()], vec!["LastModifiedDate".to_owned(), "Subject".to_owned()])
    );
    let mut fields = updated[0].1.clone();
    fields.as_object_mut().unwrap().remove("ChangeEventHeader");
    assert_eq!(fields, json!({ "Subject": null, "LastModifiedDate": "2027-01-01T08:00:05.000Z" }));

    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Priority": "High" }));
    server.rest("DELETE", &format!("/sobjects/Case/{case}"), &Value::Null);
    let deleted = told(&connect(&server, &client));
    assert_eq!(deleted.len(), 1, "a write that changes nothing is not told: {deleted:?}");
    assert_eq!(head(&deleted[0].1), ("DELETE".to_owned(), vec![case], vec![]));
    assert_eq!(deleted[0].1.as_object().unwrap().len(), 1, "a deletion has no fields");
}

#[test]
fn routing_is_told_on_the_channels_that_need_no_setup() {
    let server = Server::start();
    let own = [
        "/data/PendingServiceRoutingChangeEvent",
        "/data/AgentWorkChangeEvent",
        "/data/UserServicePresenceChangeEvent",
    ];
    let client = listener(&server, &[own[0], own[1], own[2], "/data/ChangeEvents"]);
    server.log_in("claire.dubois", "Available_Cases");
    let queue = server.queue("Partner_Repairs");
    let case = server.create("Case", &json!({ "OwnerId": queue, "Status": "New" }));
    let messages = connect(&server, &client);
    let all = told(&messages);
    let of = |channel: &str| {
        all.iter().filter(|(on, _)| on == channel).map(|(_, payload)| payload.clone()).collect::<Vec<Value>>()
    };
    assert_eq!((of(own[2]).len(), of(own[0]).len(), of(own[1]).len()), (1, 1, 0));
    assert_eq!(of("/data/ChangeEvents"), [of(own[2]), of(own[0])].concat(), "in order, with the same content");
    let request = &of(own[0])[0];
    assert_eq!(
        (&request["WorkItemId"], &request["IsPushed"], &request["RoutingModel"]),
        (&json!(case), &json!(false), &json!("ExternalRouting"))
    );
    assert_eq!(request["CreatedDate"].as_str().unwrap().chars().last(), Some('Z'));
    let channel = server.text("SELECT ServiceChannelId FROM PendingServiceRouting");
    let id = &head(request).1[0];
    let user = server.user("claire.dubois");
    server.create(
        "AgentWork",
        &json!({ "ServiceChannelId": channel, "WorkItemId": case, "UserId": user, "PendingServiceRoutingId": id }),
    );
    server.happen(&json!({ "event": "acceptAgentWork", "workId": case }));
    let messages = connect(&server, &client);
    let of = |channel: &str| {
        let own: Vec<Value> = messages.iter().filter(|message| message["channel"] == channel).cloned().collect();
        kinds(&own)
    };
    assert_eq!(
        (of(own[0]), of(own[1])),
        (vec!["UPDATE".to_owned(), "DELETE".to_owned()], vec!["CREATE".to_owned(), "UPDATE".to_owned()])
    );
    let work = told(&messages).into_iter().find(|(channel, _)| channel == own[1]).unwrap().1;
    assert_eq!(work["Status"], "Assigned", "change events have values of picklists, not their numbers");
    let refused = subscribe(&server, &client, "/data/CaseChangeEvent", -1);
    assert!(refused[0]["error"].as_str().unwrap().contains("PlatformEventChannelMember"), "{refused}");
}

#[test]
fn a_custom_channel_filters_and_has_two_spellings() {
    let server = Server::start();
    let made = server.control("POST", "channels", &json!({ "channel": "ExternalRoutingChannel__chn" }));
    assert_eq!((made.status, made.json()["channel"].as_str()), (201, Some("/data/ExternalRoutingChannel__chn")));
    let (long, short) = ("/data/ExternalRoutingChannel__chn", "/data/ExternalRoutingChannel_chn");
    let client = listener(&server, &[long, short]);
    server.create("Case", &json!({ "OwnerId": server.queue("Cases_Tier_1"), "Status": "New" }));
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs"), "Status": "New" }));
    let all = told(&connect(&server, &client));
    let of: Vec<(&str, &Value)> =
        all.iter().map(|(channel, payload)| (channel.as_str(), &payload["WorkItemId"])).collect();
    assert_eq!(of, [(long, &json!(case)), (short, &json!(case))], "requests of Omni-Channel itself are filtered out");
    // Fields of the filter are there, also if they did not change.
    let id = head(&all[0].1).1[0].clone();
    server.rest("PATCH", &format!("/sobjects/PendingServiceRouting/{id}"), &json!({ "RoutingPriority": 7 }));
    let updated = told(&connect(&server, &client));
    if let Some((_, payload)) = updated.first() {
        assert_eq!(
            (&payload["RoutingModel"], &payload["IsReadyForRouting"]),
            (&json!("ExternalRouting"), &json!(true))
        );
    }
    let again = server.control("POST", "channels", &json!({ "channel": "ExternalRoutingChannel__chn" }));
    assert_eq!(again.error().1, "DUPLICATE_VALUE");
    let other = server.control(
        "POST",
        "channels",
        &json!({ "channel": "Other__chn", "members": [{ "selectedEntity": "NopeChangeEvent" }] }),
    );
    assert_eq!(other.error().1, "INVALID_INPUT");
    let names = server.control("GET", "channels", &Value::Null).json();
    assert!(names.to_string().contains("ExternalRoutingChannel__chn"));
    assert!(!names.to_string().contains("Other__chn"), "nothing was made of what was refused: {names}");
}

#[test]
fn channels_are_records_of_the_tooling_api() {
    let server = Server::start();
    let channel = json!({ "FullName": "Mine__chn", "Metadata": { "channelType": "data", "label": "Mine" } });
    let member = |filter: &str| {
        let metadata = json!({
            "eventChannel": "Mine__chn", "selectedEntity": "CaseChangeEvent", "filterExpression": filter,
            "enrichedFields": [{ "name": "Origin" }],
        });
        json!({ "FullName": "Mine_chn_CaseChangeEvent", "Metadata": metadata })
    };
    let post = |object: &str, body: &Value| server.rest("POST", &format!("/tooling/sobjects/{object}"), body);
    let (channels, members) = ("PlatformEventChannel", "PlatformEventChannelMember");
    assert_eq!(post(members, &member("Priority = 'High'")).error().1, "INVALID_INPUT", "the channel comes first");
    let made = post(channels, &channel);
    assert_eq!((made.status, &made.json()["id"].as_str().unwrap()[..3]), (201, "0YL"));
    for wrong in [
        "Nope = 1",
        "Priority = 'High' LIMIT 1",
        "Priority = 'High') OR (Id != null",
        "Account.Name = 'a'",
        "Priority =",
    ] {
        assert_eq!(post(members, &member(wrong)).error().1, "INVALID_INPUT", "{wrong}");
    }
    let made = post(members, &member("Priority = 'High'"));
    assert_eq!(made.status, 201, "{}", made.body);
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(&id[..3], "0v8");
    let read = server.rest("GET", &format!("/tooling/sobjects/{members}/{id}"), &Value::Null).json();
    assert_eq!(
        (&read["FullName"], &read["Metadata"]),
        (&json!("Mine_chn_CaseChangeEvent"), &member("Priority = 'High'")["Metadata"])
    );
    let query = "SELECT+DeveloperName,EventChannel,SelectedEntity+FROM+PlatformEventChannelMember";
    let found = server.rest("GET", &format!("/tooling/query/?q={query}"), &Value::Null).json();
    assert_eq!((&found["totalSize"], &found["records"][0]["EventChannel"]), (&json!(1), &json!("Mine__chn")));
    assert_eq!(server.rest("POST", "/tooling/sobjects/ApexClass", &json!({})).error().1, "NOT_SUPPORTED_BY_OMNIC");

    let client = listener(&server, &["/data/Mine__chn"]);
    let low = server.create("Case", &json!({ "Priority": "Low", "Origin": "Web" }));
    let high = server.create("Case", &json!({ "Priority": "High", "Origin": "Web", "Subject": "a" }));
    server.rest("PATCH", &format!("/sobjects/Case/{high}"), &json!({ "Subject": "b" }));
    server.rest("PATCH", &format!("/sobjects/Case/{low}"), &json!({ "Subject": "b" }));
    let all = told(&connect(&server, &client));
    let heads: Vec<(String, Vec<String>)> =
        all.iter().map(|(_, payload)| head(payload)).map(|(kind, ids, _)| (kind, ids)).collect();
    assert_eq!(heads, [("CREATE".to_owned(), vec![high.clone()]), ("UPDATE".to_owned(), vec![high.clone()])]);
    assert_eq!(
        (&all[1].1["Origin"], &all[1].1["Priority"]),
        (&json!("Web"), &json!("High")),
        "enriched, and filtered by"
    );

    let gone = server.rest("DELETE", &format!("/tooling/sobjects/{members}/{id}"), &Value::Null);
    assert_eq!(gone.status, 204);
    server.rest("PATCH", &format!("/sobjects/Case/{high}"), &json!({ "Subject": "c" }));
    assert!(told(&connect(&server, &client)).is_empty(), "the channel is there, and carries nothing");
}

#[test]
fn like_changes_of_a_request_are_one_event() {
    let server = Server::start();
    select(&server, "CaseChangeEvent");
    let client = listener(&server, &["/data/CaseChangeEvent"]);
    let ids: Vec<String> = (0..3).map(|_| server.create("Case", &json!({ "Priority": "Low" }))).collect();
    assert_eq!(kinds(&connect(&server, &client)).len(), 3, "each request is a transaction of its own");
    let record = |id: &String, subject: &str| json!({ "attributes": { "type": "Case" }, "Id": id, "Subject": subject });
    let records = json!([record(&ids[0], "a"), record(&ids[1], "a"), record(&ids[2], "b")]);
    server.rest("PATCH", "/composite/sobjects", &json!({ "records": records }));
    let updated = told(&connect(&server, &client));
    let records: Vec<Vec<String>> = updated.iter().map(|(_, payload)| head(payload).1).collect();
    assert_eq!(records, [ids[..2].to_vec(), ids[2..].to_vec()]);
    let number = |at: usize, name: &str| updated[at].1["ChangeEventHeader"][name].clone();
    assert_eq!((number(0, "sequenceNumber"), number(1, "sequenceNumber")), (json!(1), json!(2)));
    for same in ["transactionKey", "commitNumber", "commitTimestamp"] {
        assert_eq!(number(0, same), number(1, same), "{same}");
    }
    server.rest("DELETE", &format!("/composite/sobjects?ids={}", ids.join(",")), &Value::Null);
    let deleted = told(&connect(&server, &client));
    assert_eq!((deleted.len(), head(&deleted[0].1).1), (1, ids));
}

#[test]
fn gaps_and_overflows_are_faults_that_can_be_asked_for() {
    let server = Server::start();
    select(&server, "CaseChangeEvent");
    let client = listener(&server, &["/data/CaseChangeEvent"]);
    let fault = |body: Value| assert_eq!(server.control("POST", "faults", &body).status, 200, "{body}");
    fault(json!({ "fault": "gapEvent", "path": "/data/AgentWorkChangeEvent" }));
    fault(json!({ "fault": "gapEvent", "path": "/data/CaseChangeEvent", "times": 2 }));
    let health = server.send("GET", "/omnic/v1/health", &[], "").json();
    assert_eq!(health["faults"][1], json!({ "fault": "gapEvent", "path": "/data/CaseChangeEvent", "times": 2 }));
    let case = server.create("Case", &json!({ "Subject": "a" }));
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Subject": "b" }));
    server.rest("PATCH", &format!("/sobjects/Case/{case}"), &json!({ "Subject": "c" }));
    let all = told(&connect(&server, &client));
    let kinds: Vec<String> = all.iter().map(|(_, payload)| head(payload).0).collect();
    assert_eq!(kinds, ["GAP_CREATE", "GAP_UPDATE", "UPDATE"]);
    assert_eq!((head(&all[0].1).1, all[0].1.as_object().unwrap().len()), (vec![case.clone()], 1), "the header alone");
    fault(json!({ "fault": "overflowEvent" }));
    assert_eq!(server.control("POST", "faults", &json!({ "fault": "overflowEvent", "path": "/data" })).status, 400);
    let record = |subject: &str| json!({ "attributes": { "type": "Case" }, "Subject": subject });
    server.rest("POST", "/composite/sobjects", &json!({ "records": [record("d"), record("e")] }));
    let overflow = told(&connect(&server, &client));
    assert_eq!(overflow.len(), 1);
    assert_eq!(head(&overflow[0].1), ("GAP_OVERFLOW".to_owned(), vec!["000000000000000AAA".to_owned()], vec![]));
    server.control("DELETE", "faults", &Value::Null);
    assert_eq!(server.send("GET", "/omnic/v1/health", &[], "").json()["faults"], json!([]));
}

#[test]
fn change_events_are_replayed_for_three_days_and_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let begin = || {
        let mut options = options();
        options.org.data = Some(folder.path().to_owned());
        Server::with(options).unwrap()
    };
    let server = begin();
    server.control("POST", "channels", &json!({ "channel": "ExternalRoutingChannel__chn" }));
    let channel = "/data/ExternalRoutingChannel__chn";
    server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs") }));
    server.stop();
    let server = begin();
    server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs") }));
    let replay = |from: i64| {
        let client = client(&server);
        let answer = subscribe(&server, &client, channel, from);
        let error = answer[0]["error"].as_str().map(str::to_owned);
        let ids = connect(&server, &client)
            .iter()
            .filter_map(|message| message["data"]["event"]["replayId"].as_i64())
            .collect::<Vec<i64>>();
        (ids, error)
    };
    let (ids, _) = replay(-2);
    assert_eq!(ids.len(), 2, "one from before the restart, one after it: {ids:?}");
    assert!(ids[0] < ids[1]);
    assert_eq!(replay(ids[0]).0, ids[1..]);
    assert!(replay(-1).0.is_empty());
    server.advance(72 * 3600 - 1);
    assert_eq!(replay(-2).0.len(), 2);
    server.advance(1);
    assert!(replay(-2).0.is_empty());
    assert!(replay(ids[0]).1.unwrap().contains("replayId"), "out of range");
    server.control("POST", "faults", &json!({ "now": "wipeRetention" }));
    assert!(replay(ids[1]).1.unwrap().contains("replayId"));
}

#[test]
fn what_is_undone_is_not_told() {
    let server = Server::start();
    select(&server, "CaseChangeEvent");
    server.control("POST", "platform-events", &json!({ "name": "Order__e" }));
    let client = listener(&server, &["/data/CaseChangeEvent", "/event/Order__e"]);
    let case = json!({ "attributes": { "type": "Case" }, "Subject": "a" });
    let bad = json!({ "attributes": { "type": "Case" }, "OwnerId": "bad" });
    server.rest("POST", "/composite/sobjects", &json!({ "allOrNone": true, "records": [case, bad] }));
    assert!(told(&connect(&server, &client)).is_empty());
}

#[test]
fn a_partner_publishes_platform_events_of_its_own() {
    let server = Server::start();
    assert_eq!(server.rest("POST", "/sobjects/Order__e", &json!({})).status, 404);
    let fields = json!({ "Number__c": "string", "Amount__c": "double", "Paid__c": "boolean", "Due__c": "datetime" });
    let made = server.control("POST", "platform-events", &json!({ "name": "Order__e", "fields": fields }));
    assert_eq!((made.status, made.json()["channel"].as_str()), (201, Some("/event/Order__e")));
    for wrong in [
        json!({ "name": "Order" }),
        json!({ "name": "A__e", "fields": { "B": "string" } }),
        json!({ "name": "A__e", "fields": { "B__c": "text" } }),
    ] {
        assert_eq!(server.control("POST", "platform-events", &wrong).error().1, "INVALID_ARGUMENT", "{wrong}");
    }
    let client = listener(&server, &["/event/Order__e"]);
    let published =
        server.rest("POST", "/sobjects/order__e", &json!({ "number__c": "1", "Amount__c": 2.5, "Paid__c": true }));
    assert_eq!((published.status, &published.json()["errors"][0]["statusCode"]), (201, &json!("OPERATION_ENQUEUED")));
    let all = told(&connect(&server, &client));
    let payload = &all[0].1;
    let admin = server.text("SELECT Id FROM User WHERE Username = 'admin@omnic.example'");
    let expected = json!({
        "CreatedById": admin, "CreatedDate": payload["CreatedDate"], "Number__c": "1", "Amount__c": 2.5, "Paid__c": true, "Due__c": null,
    });
    assert_eq!(*payload, expected);
    let post = |body: Value| server.rest("POST", "/sobjects/Order__e", &body).error().1;
    assert_eq!(post(json!({ "Nope__c": 1 })), "INVALID_FIELD");
    assert_eq!(post(json!({ "Amount__c": "much" })), "INVALID_TYPE_ON_FIELD_IN_RECORD");
    let schema = server.rest("GET", "/sobjects/Order__e/eventSchema?payloadFormat=COMPACT", &Value::Null).json();
    assert_eq!((&schema["name"], schema["fields"].as_array().unwrap().len()), (&json!("Order__e"), 6));
}

#[test]
fn schemas_of_events_are_found_by_their_ids() {
    let server = Server::start();
    let client = listener(&server, &["/data/UserServicePresenceChangeEvent"]);
    server.log_in("maria.keller", "Available_Cases");
    let messages = connect(&server, &client);
    let id = messages[0]["data"]["schema"].as_str().unwrap();
    let by_id = server.rest("GET", &format!("/event/eventSchema/{id}?payloadFormat=COMPACT"), &Value::Null);
    let by_name =
        server.rest("GET", "/sobjects/UserServicePresenceChangeEvent/eventSchema?payloadFormat=COMPACT", &Value::Null);
    assert_eq!((by_id.status, by_id.json()), (200, by_name.json()));
    let fields: Vec<String> = by_id.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap().to_owned())
        .collect();
    let payload = messages[0]["data"]["payload"].as_object().unwrap();
    assert!(payload.keys().all(|name| fields.contains(name)), "{fields:?} {payload:?}");
    assert_eq!(server.rest("GET", "/event/eventSchema/none?payloadFormat=COMPACT", &Value::Null).status, 404);
    let expanded = server.rest("GET", &format!("/event/eventSchema/{id}?payloadFormat=EXPANDED"), &Value::Null);
    assert_eq!(expanded.error().1, "NOT_SUPPORTED_BY_OMNIC");
}

#[test]
fn channels_end_with_a_reset() {
    let server = Server::start();
    server.control("POST", "channels", &json!({ "channel": "ExternalRoutingChannel__chn" }));
    server.control("POST", "platform-events", &json!({ "name": "Order__e" }));
    server.control("POST", "reset", &Value::Null);
    let client = client(&server);
    let subscribes = |channel: &str| subscribe(&server, &client, channel, -1)[0]["successful"].clone();
    assert_eq!(subscribes("/data/ExternalRoutingChannel__chn"), false);
    assert_eq!(subscribes("/data/ExternalRoutingChannel_chn"), false);
    assert_eq!(subscribes("/event/Order__e"), false);
    assert_eq!(subscribes("/data/ChangeEvents"), true);
}
