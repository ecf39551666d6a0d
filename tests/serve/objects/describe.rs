//! Descriptions: their members against those that clients know, and two of them in full.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::objects::room::{Catalogue, ObjectType};
use crate::objects::rows;

/// The members of descriptions that the types of jsforce 3.10 name, but for `idEnabled`, which no answer has.
const CLIENT_MEMBERS: &str = include_str!("../../fixtures/objects/client-members.tsv");

fn members(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

#[test]
fn descriptions_have_every_member_that_clients_know() {
    let catalogue = Catalogue::standard();
    let mut known = BTreeMap::<&str, BTreeSet<&str>>::new();
    for row in rows(CLIENT_MEMBERS) {
        known.entry(row[0]).or_default().insert(row[1]);
    }
    let case = json(catalogue.describe("case", 56).expect("the object"));
    let global = json(catalogue.describe_global(56));
    let entries = global["sobjects"].as_array().expect("a list");
    for (kind, value) in [
        ("Field", &case["fields"][0]),
        ("ChildRelationship", &case["childRelationships"][0]),
        ("RecordTypeInfo", &case["recordTypeInfos"][0]),
        ("ScopeInfo", &case["supportedScopes"][0]),
        ("DescribeGlobalSObjectResult", &case),
        ("DescribeSObjectResult", &case),
        ("DescribeGlobalSObjectResult", &entries[0]),
        ("DescribeGlobalSObjectResult", &json(catalogue.basic("Case", 56))["objectDescribe"]),
        ("DescribeGlobalResult", &global),
    ] {
        let missing = known[kind].difference(&members(value)).copied().collect::<Vec<_>>();
        assert!(missing.is_empty(), "{kind} lacks {missing:?}");
    }
}

#[test]
fn the_version_decides_what_is_described() {
    let catalogue = Catalogue::standard();
    let fields = |version| {
        let description = catalogue.describe("ServiceChannel", version).expect("the object");
        description.fields.iter().map(|field| field.name.clone()).collect::<BTreeSet<_>>()
    };
    assert!(fields(32).contains("CapacityWeight") && !fields(33).contains("CapacityWeight"));
    assert!(!fields(55).contains("MaxExtensions") && fields(56).contains("MaxExtensions"));
    let names = |version| {
        catalogue.describe_global(version).sobjects.into_iter().map(|entry| entry.name).collect::<BTreeSet<_>>()
    };
    assert!(!names(39).contains("PendingServiceRouting") && names(40).contains("PendingServiceRouting"));
    assert!(!names(47).contains("ServiceResourceChangeEvent") && names(48).contains("ServiceResourceChangeEvent"));
    let children = |version| {
        let description = catalogue.describe("PendingServiceRouting", version).expect("the object");
        description.child_relationships.iter().any(|child| child.field == "PendingServiceRoutingId")
    };
    assert!(!children(40) && children(41));
    let leads_to_session = |version| {
        let description = catalogue.describe("AgentWork", version).expect("the object");
        description.fields.iter().any(|field| field.reference_to.iter().any(|name| name == "MessagingSession"))
    };
    assert!(!leads_to_session(46) && leads_to_session(47));
}

#[test]
fn what_is_described_is_what_may_be_queried_and_written() {
    let catalogue = Catalogue::standard().with(ObjectType::generic("Rental__c"));
    for object in catalogue.objects() {
        let description = catalogue.describe(&object.name, 68).unwrap_or_else(|| panic!("{}", object.name));
        assert_eq!(description.fields.len(), object.fields_at(68).count());
        for (described, field) in description.fields.iter().zip(object.fields_at(68)) {
            let of = field.properties;
            assert_eq!((described.createable, described.updateable), (of.create, of.update), "{}", field.name);
            assert_eq!((described.filterable, described.sortable), (of.filter, of.sort), "{}", field.name);
            assert_eq!((described.groupable, described.nillable), (of.group, of.nillable), "{}", field.name);
        }
        assert_eq!(description.createable, object.calls.create, "{}", object.name);
        let url = format!("/services/data/v68.0/sobjects/{}", object.name);
        assert_eq!(description.urls.sobject, url);
    }
}

#[test]
fn agent_work_in_full() {
    insta::assert_json_snapshot!(Catalogue::standard().describe("agentwork", 56));
}

#[test]
fn the_list_of_all_objects() {
    let list = json(Catalogue::standard().describe_global(56));
    assert_eq!((list["encoding"].as_str(), list["maxBatchSize"].as_u64()), (Some("UTF-8"), Some(200)));
    // One line each: what differs from object to object.
    let lines = list["sobjects"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|entry| {
            let on = entry.as_object().expect("an object").iter().filter(|(_, value)| **value == Value::Bool(true));
            let on = on.map(|(name, _)| name.as_str()).collect::<Vec<_>>();
            let text = |member: &str| entry[member].as_str().unwrap_or("-").to_owned();
            format!("{} {} ({}): {}", text("keyPrefix"), text("name"), text("label"), on.join(" "))
        })
        .collect::<Vec<_>>();
    insta::assert_snapshot!(lines.join("\n"));
    insta::assert_json_snapshot!("one_entry", list["sobjects"][1]);
}

#[test]
fn triggers_run_where_the_guide_says() {
    let catalogue = Catalogue::standard();
    let may = |name: &str| catalogue.describe(name, 56).expect("the object").triggerable;
    assert!(may("AgentWork") && may("PendingServiceRouting") && !may("UserServicePresence"));
}
