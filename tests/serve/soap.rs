//! The calls of the partner API, as envelopes.

use serde_json::{Value, json};

use crate::client::{Answer, Server};

const HEAD: &str = "<?xml version=\"1.0\"?><e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
    xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns=\"urn:partner.soap.sforce.com\" xmlns:o=\"urn:sobject.partner.soap.sforce.com\">";

fn post(server: &Server, token: &str, headers: &str, call: &str) -> Answer {
    let body = format!(
        "{HEAD}<e:Header><SessionHeader><sessionId>{token}</sessionId></SessionHeader>{headers}</e:Header><e:Body>{call}</e:Body></e:Envelope>"
    );
    let path = format!("/services/Soap/u/60.0/{}", server.organization);
    server.send("POST", &path, &[("Content-Type", "text/xml"), ("SOAPAction", "\"\"")], &body)
}

fn call(server: &Server, call: &str) -> String {
    let answer = post(server, &server.token, "", call);
    assert_eq!(answer.status, 200, "{call}: {}", answer.body);
    answer.body
}

/// The texts of the elements of a name.
fn texts(body: &str, name: &str) -> Vec<String> {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    body.split(&start).skip(1).map(|part| part.split(&end).next().unwrap().to_owned()).collect()
}

fn only(body: &str, name: &str) -> String {
    let mut found = texts(body, name);
    assert_eq!(found.len(), 1, "{name}: {body}");
    found.remove(0)
}

fn record(kind: &str, fields: &str) -> String {
    format!("<sObjects i:type=\"o:sObject\"><o:type>{kind}</o:type>{fields}</sObjects>")
}

#[test]
fn records_are_written_read_and_taken_out_of_the_bin() {
    let server = Server::start();
    let case = record("Case", "<o:Subject>a &lt; b</o:Subject><o:Priority>High</o:Priority>");
    let made = call(&server, &format!("<create>{case}{}</create>", record("Case", "<o:OwnerId>bad</o:OwnerId>")));
    assert_eq!(texts(&made, "success"), ["true", "false"]);
    assert_eq!(texts(&made, "statusCode"), ["MALFORMED_ID"]);
    let id = texts(&made, "id").remove(0);
    assert_eq!(server.text(&format!("SELECT Subject FROM Case WHERE Id = '{id}'")), "a < b");

    let change =
        record("Case", &format!("<o:fieldsToNull>Priority</o:fieldsToNull><o:Id>{id}</o:Id><o:Subject>c</o:Subject>"));
    let updated = call(&server, &format!("<update>{change}</update>"));
    assert_eq!((only(&updated, "success").as_str(), only(&updated, "id")), ("true", id.clone()));
    let read = call(
        &server,
        &format!(
            "<retrieve><fieldList>Id, Subject,Priority</fieldList><sObjectType>Case</sObjectType><ids>{id}</ids><ids>500000000000999AAA</ids></retrieve>"
        ),
    );
    assert!(read.contains("<sf:Subject>c</sf:Subject><sf:Priority xsi:nil=\"true\"/>"), "{read}");
    assert!(read.contains("<result xsi:nil=\"true\"/>"), "a record that is not there: {read}");

    assert_eq!(only(&call(&server, &format!("<delete><ids>{id}</ids></delete>")), "success"), "true");
    assert!(server.query("SELECT Id FROM Case").is_empty());
    assert_eq!(only(&call(&server, &format!("<undelete><ids>{id}</ids></undelete>")), "success"), "true");
    assert_eq!(server.text("SELECT Subject FROM Case"), "c");
    let again = call(&server, &format!("<undelete><ids>{id}</ids></undelete>"));
    assert_eq!(only(&again, "statusCode"), "UNDELETE_FAILED");
    let queue = server.queue("Partner_Repairs");
    let cannot = call(&server, &format!("<undelete><ids>{queue}</ids></undelete>"));
    assert_eq!(only(&cannot, "success"), "false");
}

#[test]
fn an_upsert_says_whether_the_record_is_new() {
    let server = Server::start();
    let upsert = |field: &str, fields: &str| {
        call(
            &server,
            &format!("<upsert><externalIDFieldName>{field}</externalIDFieldName>{}</upsert>", record("Case", fields)),
        )
    };
    let first = upsert("Key__c", "<o:Key__c>k</o:Key__c><o:Subject>a</o:Subject>");
    let second = upsert("Key__c", "<o:Key__c>k</o:Key__c><o:Subject>b</o:Subject>");
    assert_eq!((only(&first, "created"), only(&second, "created")), ("true".to_owned(), "false".to_owned()));
    assert_eq!(only(&first, "id"), only(&second, "id"));
    let third = upsert("Id", &format!("<o:Id>{}</o:Id><o:Subject>c</o:Subject>", only(&first, "id")));
    assert_eq!((only(&third, "created").as_str(), server.text("SELECT Subject FROM Case").as_str()), ("false", "c"));
    assert_eq!(only(&upsert("Id", "<o:Subject>new</o:Subject>"), "created"), "true");
}

#[test]
fn all_or_none_undoes_all() {
    let server = Server::start();
    let both = format!(
        "<create>{}{}</create>",
        record("Case", "<o:Subject>a</o:Subject>"),
        record("Case", "<o:OwnerId>bad</o:OwnerId>")
    );
    let header = |value: &str| format!("<AllOrNoneHeader><allOrNone>{value}</allOrNone></AllOrNoneHeader>");
    for value in ["true", " 1 "] {
        let answer = post(&server, &server.token, &header(value), &both);
        assert_eq!(texts(&answer.body, "statusCode"), ["ALL_OR_NONE_OPERATION_ROLLED_BACK", "MALFORMED_ID"]);
    }
    assert_eq!(post(&server, &server.token, &header("yes"), &both).status, 500);
    assert!(server.query("SELECT Id FROM Case").is_empty());
    let empty = format!("<create>{}</create>", record("Case", "<fieldsToNull xsi:nil=\"true\"/>"));
    assert_eq!(only(&post(&server, &server.token, &header("0"), &empty).body, "success"), "true");
}

#[test]
fn queries_come_in_pages() {
    let server = Server::start();
    for _ in 0..2 {
        let records: Vec<Value> =
            (0..150).map(|n| json!({ "attributes": { "type": "Case" }, "Subject": n.to_string() })).collect();
        server.rest("POST", "/composite/sobjects", &json!({ "records": records }));
    }
    let query = "<query><queryString>SELECT Id, Subject, Owner.Name FROM Case</queryString></query>";
    let first = post(&server, &server.token, "<QueryOptions><batchSize>200</batchSize></QueryOptions>", query).body;
    assert_eq!(
        (only(&first, "done").as_str(), only(&first, "size").as_str(), texts(&first, "sf:Subject").len()),
        ("false", "300", 200)
    );
    assert!(first.contains("<sf:Owner xsi:type=\"sf:sObject\"><sf:type>Name</sf:type>"), "{}", &first[..900]);
    let more =
        call(&server, &format!("<queryMore><queryLocator>{}</queryLocator></queryMore>", only(&first, "queryLocator")));
    assert_eq!((only(&more, "done").as_str(), texts(&more, "sf:Subject").len()), ("true", 100));
    let counted = call(&server, "<query><queryString>SELECT COUNT() FROM Case</queryString></query>");
    assert_eq!((only(&counted, "size").as_str(), counted.contains("<records")), ("300", false));
    let id = server.text("SELECT Id FROM Case LIMIT 1");
    server.rest("DELETE", &format!("/sobjects/Case/{id}"), &Value::Null);
    let all =
        call(&server, "<queryAll><queryString>SELECT Id FROM Case WHERE IsDeleted = true</queryString></queryAll>");
    assert_eq!(only(&all, "sf:Id"), id);
}

#[test]
fn changes_and_descriptions_are_told() {
    let server = Server::start();
    server.control("POST", "clock", &json!({ "set": "2027-01-01T08:00:00Z" }));
    let kept = server.create("Case", &json!({}));
    let gone = server.create("Case", &json!({}));
    server.rest("DELETE", &format!("/sobjects/Case/{gone}"), &Value::Null);
    server.advance(10);
    let times = "<sObjectType>Case</sObjectType><startDate>2027-01-01T07:00:00Z</startDate><endDate>2027-01-01T09:00:00+00:00</endDate>";
    let updated = call(&server, &format!("<getUpdated>{times}</getUpdated>"));
    assert_eq!(
        (only(&updated, "ids"), only(&updated, "latestDateCovered").as_str()),
        (kept, "2027-01-01T08:00:10.000Z")
    );
    let deleted = call(&server, &format!("<getDeleted>{times}</getDeleted>"));
    assert_eq!((only(&deleted, "id"), only(&deleted, "deletedDate").as_str()), (gone, "2027-01-01T08:00:00.000Z"));
    assert_eq!(only(&call(&server, "<getServerTimestamp/>"), "timestamp"), "2027-01-01T08:00:10.000Z");
    assert_eq!(only(&call(&server, "<getUserInfo/>"), "userName"), "admin@omnic.example");
    let described = call(
        &server,
        "<describeSObjects><sObjectType>AgentWork</sObjectType><sObjectType>case</sObjectType></describeSObjects>",
    );
    assert_eq!(texts(&described, "keyPrefix"), ["0Bz", "500"]);
    assert!(texts(&described, "name").contains(&"PendingServiceRoutingId".to_owned()));
    assert!(texts(&call(&server, "<describeGlobal/>"), "name").contains(&"AgentWork".to_owned()));
    assert_eq!(
        texts(&call(&server, "<describeSObject><sObjectType>User</sObjectType></describeSObject>"), "keyPrefix"),
        ["005"]
    );
}

#[test]
fn what_is_refused_is_a_fault_of_its_type() {
    let server = Server::start();
    let refused = |token: &str, call: &str, code: &str, kind: &str| {
        let answer = post(&server, token, "", call);
        assert_eq!(answer.status, 500, "{call}");
        let body = &answer.body;
        assert_eq!(only(body, "faultcode"), format!("sf:{code}"), "{body}");
        assert!(
            body.contains(&format!("<sf:{kind} xsi:type=\"sf:{kind}\"><sf:exceptionCode>{code}</sf:exceptionCode>")),
            "{body}"
        );
    };
    let query = |text: &str| format!("<query><queryString>{text}</queryString></query>");
    refused("none", "<getUserInfo/>", "INVALID_SESSION_ID", "UnexpectedErrorFault");
    refused(&server.token, &query("SELECT"), "MALFORMED_QUERY", "MalformedQueryFault");
    refused(&server.token, &query("SELECT Nope FROM Case"), "INVALID_FIELD", "InvalidFieldFault");
    refused(&server.token, &query("SELECT Id FROM Nope"), "INVALID_TYPE", "InvalidSObjectFault");
    refused(
        &server.token,
        "<queryMore><queryLocator>x</queryLocator></queryMore>",
        "INVALID_QUERY_LOCATOR",
        "InvalidQueryLocatorFault",
    );
    refused(
        &server.token,
        "<retrieve><fieldList>Id</fieldList><sObjectType>Case</sObjectType><ids>x</ids></retrieve>",
        "MALFORMED_ID",
        "InvalidIdFault",
    );
    refused(&server.token, "<merge/>", "UNSUPPORTED_CLIENT", "UnexpectedErrorFault");
    server.control("POST", "faults", &json!({ "fault": "expiredSession", "path": "/services/Soap" }));
    refused(&server.token, "<getUserInfo/>", "INVALID_SESSION_ID", "UnexpectedErrorFault");
    let many = format!("<delete>{}</delete>", "<ids>500000000000001AAA</ids>".repeat(201));
    refused(&server.token, &many, "EXCEEDED_ID_LIMIT", "UnexpectedErrorFault");
    let bodies = [
        String::new(),
        "{}".to_owned(),
        format!("{HEAD}<e:Body/></e:Envelope>"),
        format!("{HEAD}<e:Body>{}", "<a>".repeat(5_000)),
    ];
    for body in bodies {
        let answer = server.send("POST", "/services/Soap/u/60.0", &[], &body);
        assert_eq!((answer.status, only(&answer.body, "faultcode").as_str()), (500, "sf:UNKNOWN_EXCEPTION"));
    }
    let large = "x".repeat((2 << 20) + 1);
    assert_eq!(server.send("POST", "/services/Soap/u/60.0", &[], &large).status, 413);
}

#[test]
fn a_partner_routes_and_publishes_by_soap() {
    let server = Server::start();
    server.control("POST", "platform-events", &json!({ "name": "Order__e", "fields": { "Amount__c": "double" } }));
    let client = crate::streaming::client(&server);
    for channel in ["/event/Order__e", "/data/AgentWorkChangeEvent"] {
        crate::streaming::subscribe(&server, &client, channel, -1);
    }
    crate::streaming::connect(&server, &client);
    server.log_in("claire.dubois", "Available_Cases");
    let case = server.create("Case", &json!({ "OwnerId": server.queue("Partner_Repairs") }));
    let fields = [
        ("WorkItemId", case),
        ("ServiceChannelId", server.text("SELECT ServiceChannelId FROM PendingServiceRouting")),
        ("PendingServiceRoutingId", server.text("SELECT Id FROM PendingServiceRouting")),
        ("UserId", server.user("claire.dubois")),
    ];
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("<o:{name}>{value}</o:{name}>")).collect();
    let fields = fields.concat();
    let headers = "<CallOptions><client>adapter</client></CallOptions>";
    let both = format!(
        "<create>{}{}{}</create>",
        record("AgentWork", &fields),
        record("Order__e", "<o:Amount__c>2.5</o:Amount__c>"),
        record("Order__e", "<o:Amount__c>3.5</o:Amount__c>")
    );
    let made = post(&server, &server.token, headers, &both).body;
    assert_eq!(texts(&made, "success"), ["true", "true", "true"], "{made}");
    let ids = texts(&made, "id");
    assert_ne!(ids[1], ids[2]);
    let messages = crate::streaming::connect(&server, &client);
    let payload = |channel: &str| {
        messages.iter().find(|message| message["channel"] == channel).unwrap()["data"]["payload"].clone()
    };
    assert_eq!(payload("/event/Order__e")["Amount__c"], 2.5);
    assert_eq!(
        payload("/data/AgentWorkChangeEvent")["ChangeEventHeader"]["changeOrigin"],
        "com/salesforce/api/soap/60.0;client=adapter"
    );
}

#[test]
fn the_wsdl_has_every_call() {
    let server = Server::start();
    let wsdl = server.send("GET", "/services/wsdl/partner", &[], "");
    assert_eq!(wsdl.status, 200);
    let document = roxmltree::Document::parse(&wsdl.body).unwrap();
    let operations: Vec<&str> = document
        .descendants()
        .filter(|node| {
            node.tag_name().name() == "operation" && node.parent_element().unwrap().tag_name().name() == "portType"
        })
        .filter_map(|node| node.attribute("name"))
        .collect();
    assert_eq!(operations, omnic::serve::soap_calls());
    assert!(wsdl.body.contains(&format!("location=\"http://{}/services/Soap/u/68.0\"", server.address)));
}
