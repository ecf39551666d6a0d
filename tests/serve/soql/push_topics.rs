//! Queries of `PushTopic` records.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use omnic::serve::soql::{PushTopicQuery, Query, SoqlError};
use serde_json::{Value, json};

use crate::soql::org::{Org, OrgRow, noon};

fn topic(text: &str) -> Result<PushTopicQuery, SoqlError> {
    Query::parse(text, 41)?.push_topic(&Org::read())
}

#[test]
fn the_guides_query_is_allowed() {
    let topic = topic(
        "Select Id, Serial, QueueId, WorkItemId, isPushed, ServiceChannelId, LastDeclinedAgentSession, CreatedDate \
         from PendingServiceRouting where routingmodel='ExternalRouting' AND (IsPushed = false OR IsPushed = true)",
    )
    .unwrap();
    assert_eq!(topic.object(), "PendingServiceRouting");
    assert_eq!(
        topic.fields().join(" "),
        "Id Serial QueueId WorkItemId IsPushed ServiceChannelId LastDeclinedAgentSession CreatedDate"
    );
    assert_eq!(topic.filter_fields().join(" "), "RoutingModel IsPushed");
    let matches = |record: Value| topic.matches(&OrgRow(record.as_object().unwrap()), &noon());
    assert!(matches(json!({ "RoutingModel": "externalrouting" })));
    assert!(!matches(json!({ "RoutingModel": "MostAvailable" })));
    assert!(!matches(json!({})));
}

#[test]
fn date_literals_follow_the_present() {
    let topic = topic("SELECT Id FROM Case WHERE CreatedDate = TODAY").unwrap();
    let matches = |time: &str| topic.matches(&OrgRow(json!({ "CreatedDate": time }).as_object().unwrap()), &noon());
    assert!(matches("2026-11-30T00:00:00.000+0000"));
    assert!(!matches("2026-11-29T23:59:59.000+0000"));
    assert!(!matches("soon"));
}

/// The words are those of the Streaming API Developer Guide where it has some.
#[test]
fn what_the_streaming_api_does_not_allow_is_refused() {
    let expected = [
        ("SELECT CaseNumber FROM Case", "the field Id must be selected"),
        (
            "SELECT Id, Name FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Name = 'CEO')",
            "semi/anti join sub-selects are not supported",
        ),
        ("SELECT Id, AVG(Amount__c) FROM Case", "Aggregate queries are not supported"),
        ("SELECT Id, Count(Subject) FROM Case", "Aggregate queries are not supported"),
        ("SELECT COUNT() FROM Case", "Aggregate queries are not supported"),
        ("SELECT Id, AccountId FROM Contact GROUP BY AccountId", "Aggregate queries are not supported"),
        ("SELECT Id, Name FROM Contact LIMIT 10", "'LIMIT' is not allowed"),
        ("SELECT Id FROM Contact OFFSET 1", "'OFFSET' is not allowed"),
        ("SELECT Id, Name FROM Account ORDER BY Name", "'ORDER BY' clause is not allowed"),
        ("SELECT Id, Contact.Account.Name FROM Case", "relationships are not supported"),
        ("SELECT Id FROM Case WHERE Owner.Name = 'x'", "relationships are not supported"),
        ("SELECT Id, (SELECT Id FROM Contacts) FROM Account", "relationships are not supported"),
        ("SELECT Id FROM Account WHERE NOT Name = 'Acme'", "'NOT' is not supported"),
        ("SELECT Id FROM Account WHERE Name = 'a' AND (NOT (Name = 'b' OR Name = 'c'))", "'NOT' is not supported"),
        ("SELECT toLabel(Status), Id FROM Case", "functions are not supported"),
        ("SELECT Id FROM Case WHERE toLabel(Status) = 'Neu'", "functions are not supported"),
        ("SELECT FIELDS(STANDARD) FROM Case", "FIELDS() is not supported"),
        ("SELECT Id FROM Case FOR VIEW", "'FOR' clause is not allowed"),
        ("SELECT Id, BillingAddress FROM Account", "the field 'BillingAddress' is not supported"),
        (
            "SELECT Id FROM PendingServiceRouting WHERE CustomRequirements = 'x'",
            "the text area field 'CustomRequirements' cannot be filtered",
        ),
    ];
    for (text, reason) in expected {
        let error = topic(text).unwrap_err();
        assert_eq!((error.code.as_str(), error.message.as_str()), ("INVALID_FIELD", reason), "{text}");
    }
    assert!(topic("SELECT Id FROM Account WHERE Name NOT IN ('a')").is_ok());
    assert_eq!(topic("SELECT Id FROM Cse").unwrap_err().code.as_str(), "INVALID_TYPE");
}
