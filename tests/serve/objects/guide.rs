//! The files against every field, property and call of the developer guide.
//!
//! The lists have what the guide prints, but for three misprints: `describeObjects()` for `describeSObjects()`,
//! `Group Nillable` without its comma, and the routing models of `QueueRoutingConfig`, which are printed as labels.

use std::collections::{BTreeMap, BTreeSet};

use crate::objects::room::{Calls, Catalogue, Field, ObjectType, Properties};
use crate::objects::rows;

const FIELDS: &str = include_str!("../../fixtures/objects/guide-fields.tsv");
const CALLS: &str = include_str!("../../fixtures/objects/guide-calls.tsv");
const RELATIONSHIPS: &str = include_str!("../../fixtures/objects/guide-relationships.tsv");
const PICKLISTS: &str = include_str!("../../fixtures/objects/guide-picklists.tsv");
const VERSION: u32 = 56;

fn by_guide_name<'a>(catalogue: &'a Catalogue, name: &str) -> &'a ObjectType {
    let is = |object: &&ObjectType| object.guide.as_ref().map_or(object.name.as_str(), |guide| &guide.name) == name;
    catalogue.objects().find(is).unwrap_or_else(|| panic!("the guide has {name}, and no file does"))
}

fn guide_name(field: &Field) -> &str {
    field.guide.as_ref().and_then(|guide| guide.name.as_deref()).unwrap_or(&field.name)
}

fn names(of: Properties) -> BTreeSet<&'static str> {
    [
        (of.create, "Create"),
        (of.update, "Update"),
        (of.filter, "Filter"),
        (of.sort, "Sort"),
        (of.group, "Group"),
        (of.nillable, "Nillable"),
        (of.defaulted_on_create, "Defaulted on create"),
        (of.restricted_picklist, "Restricted picklist"),
        (of.autonumber, "Autonumber"),
        (of.id_lookup, "idLookup"),
        (of.aggregatable, "Aggregatable"),
        (of.external_id, "External ID"),
    ]
    .into_iter()
    .filter_map(|(has, name)| has.then_some(name))
    .collect()
}

#[test]
fn every_field_of_the_guide_is_there_with_its_type_and_properties() {
    let catalogue = Catalogue::standard();
    let mut differences = Vec::new();
    let mut objects = BTreeSet::new();
    let mut count = 0;
    for row in rows(FIELDS) {
        let [object_name, field_name, kind, properties] = row[..] else { panic!("four columns: {row:?}") };
        count += 1;
        objects.insert(object_name);
        let object = by_guide_name(&catalogue, object_name);
        let Some(field) = object.fields().find(|field| guide_name(field) == field_name) else {
            differences.push(format!("{object_name}.{field_name} is missing"));
            continue;
        };
        let guide = field.guide.as_ref();
        let ours = guide.and_then(|guide| guide.kind).unwrap_or(field.kind).name();
        if !ours.eq_ignore_ascii_case(kind) {
            differences.push(format!("{object_name}.{field_name} is of type {ours}, in the guide {kind}"));
        }
        let ours = names(guide.and_then(|guide| guide.properties).unwrap_or(field.properties));
        let theirs = properties
            .split(',')
            .map(|name| if name.trim() == "RestrictedPicklist" { "Restricted picklist" } else { name.trim() })
            .collect::<BTreeSet<_>>();
        if ours != theirs {
            differences.push(format!("{object_name}.{field_name} has {ours:?}, in the guide {theirs:?}"));
        }
        if !field.exists_at(VERSION) && field.until != Some(32) {
            differences.push(format!("{object_name}.{field_name} is not in version {VERSION}"));
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!((objects.len(), count), (24, 190));
}

#[test]
fn what_the_guide_does_not_have_says_where_it_stands() {
    let catalogue = Catalogue::standard();
    let mut listed = BTreeMap::<&str, BTreeSet<&str>>::new();
    for row in rows(FIELDS) {
        listed.entry(row[0]).or_default().insert(row[1]);
    }
    for (name, fields) in listed {
        let object = by_guide_name(&catalogue, name);
        for field in object.fields().filter(|field| !field.system && !fields.contains(guide_name(field))) {
            assert!(field.source.is_some(), "{name}.{} has no source of its own", field.name);
            assert!(field.since > VERSION, "{name}.{} is not in the guide of {VERSION}.0", field.name);
        }
    }
}

#[test]
fn every_relationship_of_the_guide_is_there_and_leads_where_it_says() {
    let catalogue = Catalogue::standard();
    for row in rows(RELATIONSHIPS) {
        let [object_name, field_name, relationship, targets] = row[..] else { panic!("four columns: {row:?}") };
        let field = by_guide_name(&catalogue, object_name).parent(relationship).expect(relationship);
        assert_eq!(field.name, field_name, "{object_name}");
        let guide = field.guide.as_ref().and_then(|guide| guide.references.as_ref());
        let ours = guide.unwrap_or(&field.references).iter().map(String::as_str).collect::<BTreeSet<_>>();
        assert_eq!(ours, targets.split(", ").collect::<BTreeSet<_>>(), "{object_name}.{field_name}");
    }
    assert_eq!(rows(RELATIONSHIPS).count(), 26);
}

#[test]
fn every_picklist_of_the_guide_has_its_values() {
    let catalogue = Catalogue::standard();
    for row in rows(PICKLISTS) {
        let [object_name, field_name, values] = row[..] else { panic!("three columns: {row:?}") };
        let field = by_guide_name(&catalogue, object_name).field(field_name).expect(field_name);
        let ours = match field.guide.as_ref().and_then(|guide| guide.values.as_ref()) {
            Some(listed) => listed.iter().map(String::as_str).collect::<Vec<_>>(),
            None => field.values.iter().map(|value| value.value.as_str()).collect(),
        };
        assert_eq!(ours, values.split(", ").collect::<Vec<_>>(), "{object_name}.{field_name}");
    }
}

#[test]
fn every_call_of_the_guide_is_there_and_no_other() {
    let catalogue = Catalogue::standard();
    for row in rows(CALLS) {
        let [name, calls] = row[..] else { panic!("two columns: {row:?}") };
        let theirs = calls.split(", ").collect::<BTreeSet<_>>();
        assert_eq!(call_names(by_guide_name(&catalogue, name).calls), theirs, "{name}");
    }
    assert_eq!(rows(CALLS).count(), 24);
}

fn call_names(of: Calls) -> BTreeSet<&'static str> {
    [
        (of.create, "create"),
        (of.update, "update"),
        (of.upsert, "upsert"),
        (of.delete, "delete"),
        (of.undelete, "undelete"),
        (of.query, "query"),
        (of.retrieve, "retrieve"),
        (of.search, "search"),
        (of.get_deleted, "getDeleted"),
        (of.get_updated, "getUpdated"),
        (of.describe, "describeSObjects"),
        (of.describe_layout, "describeLayout"),
    ]
    .into_iter()
    .filter_map(|(has, name)| has.then_some(name))
    .collect()
}

#[test]
fn slips_of_the_guide_are_not_followed_and_say_why() {
    let catalogue = Catalogue::standard();
    assert!(catalogue.object("QueueSubject").is_none());
    let object = catalogue.object("QueueSobject").expect("the real name");
    assert!(object.field("SubjectType").is_none() && object.field("SobjectType").is_some());
    for object in catalogue.objects() {
        assert!(object.guide.as_ref().is_none_or(|guide| guide.reason.ends_with('.')), "{}", object.name);
        for guide in object.fields().filter_map(|field| field.guide.as_ref()) {
            assert!(guide.reason.ends_with('.'), "{}: {}", object.name, guide.reason);
            assert!(
                guide.name.is_some()
                    || guide.kind.is_some()
                    || guide.properties.is_some()
                    || guide.references.is_some()
                    || guide.values.is_some(),
                "{}",
                object.name
            );
        }
    }
}

#[test]
fn the_associated_objects_are_listed_and_refused_by_name() {
    let catalogue = Catalogue::standard();
    let expected = [
        "AgentWorkOwnerSharingRule",
        "AgentWorkShare",
        "PendingServiceRoutingOwnerSharingRule",
        "PendingServiceRoutingShare",
        "ServiceResourceChangeEvent",
        "ServiceResourceFeed",
        "ServiceResourceHistory",
        "ServiceResourceOwnerSharingRule",
        "ServiceResourceShare",
        "SkillRequirementFeed",
        "SkillRequirementHistory",
        "UserServicePresenceOwnerSharingRule",
        "UserServicePresenceShare",
    ];
    let names = catalogue.associated_objects().iter().map(|object| object.name.as_str()).collect::<Vec<_>>();
    assert_eq!(names, expected);
    let refusal = catalogue.associated("agentworkshare").expect("in any case").refusal();
    assert_eq!(
        refusal.to_string(),
        "INVALID_TYPE: sObject type 'AgentWorkShare' is not supported by this server: it belongs to AgentWork, and only \
         its name is listed. Ask for AgentWork instead."
    );
    for other in catalogue.associated_objects() {
        let parent = catalogue.object(&other.belongs_to).expect("what it belongs to is served");
        assert!(other.since >= parent.since && other.name.starts_with(&parent.name), "{}", other.name);
    }
}
