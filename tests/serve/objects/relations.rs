//! From records to their parents and children, and from ids to objects.

use crate::objects::object;
use crate::objects::room::{Catalogue, Child, ObjectType};

#[test]
fn parents_are_found_by_the_relationships_that_adapters_use() {
    let catalogue = Catalogue::standard();
    for (name, relationship, field, parents) in [
        ("UserServicePresence", "ServicePresenceStatus", "ServicePresenceStatusId", &["ServicePresenceStatus"][..]),
        ("UserServicePresence", "user", "UserId", &["User"]),
        ("PendingServiceRouting", "Queue", "QueueId", &["Group"]),
        ("PendingServiceRouting", "Group", "GroupId", &["Group"]),
        ("PendingServiceRouting", "OWNER", "OwnerId", &["Group", "User"]),
        ("AgentWork", "User", "UserId", &["User"]),
        ("AgentWork", "Owner", "OwnerId", &["Group", "User"]),
        ("AgentWork", "OriginalGroup", "OriginalGroupId", &["Group"]),
        ("AgentWork", "PendingServiceRouting", "PendingServiceRoutingId", &["PendingServiceRouting"]),
        ("AgentWork", "CreatedBy", "CreatedById", &["User"]),
        ("QueueSobject", "Queue", "QueueId", &["Group"]),
        ("GroupMember", "UserOrGroup", "UserOrGroupId", &["Group", "User"]),
        ("ServiceResourceSkill", "Skill", "SkillId", &["Skill"]),
        (
            "SkillRequirement",
            "RelatedRecord",
            "RelatedRecordId",
            &["PendingServiceRouting", "WorkOrder", "WorkOrderLineItem", "WorkType"],
        ),
        ("Case", "Owner", "OwnerId", &["Group", "User"]),
        ("Case", "Contact", "ContactId", &["Contact"]),
        ("User", "Profile", "ProfileId", &["Profile"]),
        ("User", "UserRole", "UserRoleId", &["UserRole"]),
    ] {
        let found = object(&catalogue, name).parent(relationship).unwrap_or_else(|| panic!("{name}.{relationship}"));
        assert_eq!((found.name.as_str(), &found.references[..]), (field, &parents.map_to_owned()[..]), "{name}");
    }
    assert!(object(&catalogue, "AgentWork").parent("Nobody").is_none());
}

/// Names as the catalogue keeps them.
trait Owned {
    fn map_to_owned(&self) -> Vec<String>;
}

impl Owned for [&str] {
    fn map_to_owned(&self) -> Vec<String> {
        self.iter().map(|&name| name.to_owned()).collect()
    }
}

#[test]
fn no_object_has_two_relationships_of_one_name() {
    for object in Catalogue::standard().objects() {
        let mut parents = object.fields().filter_map(|field| field.relationship.as_deref()).collect::<Vec<_>>();
        let mut children =
            object.children().iter().filter_map(|child| child.relationship.as_deref()).collect::<Vec<_>>();
        for names in [&mut parents, &mut children] {
            let count = names.len();
            names.sort_unstable_by_key(|name| name.to_lowercase());
            names.dedup_by_key(|name| name.to_lowercase());
            assert_eq!(names.len(), count, "{}: {names:?}", object.name);
        }
    }
}

#[test]
fn children_are_found_by_their_documented_names() {
    let catalogue = Catalogue::standard();
    for (parent, relationship, child, field) in [
        ("Case", "AgentWorks", "AgentWork", "WorkItemId"),
        ("case", "agentworks", "AgentWork", "WorkItemId"),
        ("PendingServiceRouting", "SkillRequirements", "SkillRequirement", "RelatedRecordId"),
        ("PendingServiceRouting", "AgentWorks", "AgentWork", "PendingServiceRoutingId"),
        ("AgentWork", "AgentWorkSkills", "AgentWorkSkill", "AgentWorkId"),
        ("Group", "GroupMembers", "GroupMember", "GroupId"),
        ("Group", "QueueSobjects", "QueueSobject", "QueueId"),
        ("ServiceResource", "ServiceResourceSkills", "ServiceResourceSkill", "ServiceResourceId"),
        ("Skill", "SkillRequirements", "SkillRequirement", "SkillId"),
        ("PermissionSet", "Assignments", "PermissionSetAssignment", "PermissionSetId"),
        ("User", "ServiceResources", "ServiceResource", "RelatedRecordId"),
        ("Account", "Cases", "Case", "AccountId"),
    ] {
        let expected = Child {
            relationship: Some(find_case(&catalogue, parent, relationship)),
            object: child.into(),
            field: field.into(),
        };
        assert_eq!(object(&catalogue, parent).child(relationship), Some(&expected), "{parent}.{relationship}");
    }
}

fn find_case(catalogue: &Catalogue, parent: &str, relationship: &str) -> String {
    let names = object(catalogue, parent).children().iter().filter_map(|child| child.relationship.clone());
    names.into_iter().find(|name| name.eq_ignore_ascii_case(relationship)).expect("the relationship")
}

#[test]
fn ids_lead_to_objects_by_their_first_three_characters() {
    let catalogue = Catalogue::standard();
    for (id, name) in [
        ("0Bz", Some("AgentWork")),
        ("0JR000000000001AAA", Some("PendingServiceRouting")),
        ("0N5000000000001", Some("ServicePresenceStatus")),
        ("0N9000000000001", Some("ServiceChannel")),
        ("00G", Some("Group")),
        ("00g", None),
        ("005000000000001", Some("User")),
        ("00D000000000001", Some("Organization")),
        ("500000000000001", Some("Case")),
        ("0C4000000000001", Some("Skill")),
        ("0", None),
        ("", None),
        ("ÄÖÜ", None),
    ] {
        assert_eq!(catalogue.by_prefix(id).map(|object| object.name.as_str()), name, "{id}");
    }
}

#[test]
fn generic_objects_join_the_catalogue() {
    let catalogue = Catalogue::standard()
        .with(ObjectType::generic("Opportunity"))
        .with(ObjectType::generic("Rental_Request__c"))
        .with(ObjectType::generic("Other__c"))
        .with(ObjectType::generic("Claim"))
        .with(ObjectType::generic("CASE"));
    let prefixes = ["Opportunity", "Rental_Request__c", "Other__c", "Claim"]
        .map(|name| object(&catalogue, name).prefix.clone().unwrap_or_default());
    assert_eq!(prefixes, ["006", "a00", "a01", "z00"]);
    let request = object(&catalogue, "rental_request__c");
    assert_eq!((request.name.as_str(), request.label.as_str()), ("Rental_Request__c", "Rental Request"));
    assert!(request.custom && request.open);
    let names = request.fields_at(56).map(|field| field.name.as_str()).collect::<Vec<_>>();
    assert_eq!(
        names,
        [
            "Id",
            "IsDeleted",
            "OwnerId",
            "Name",
            "CreatedDate",
            "CreatedById",
            "LastModifiedDate",
            "LastModifiedById",
            "SystemModstamp"
        ]
    );
    let work_item = object(&catalogue, "AgentWork").field("WorkItemId").expect("the field");
    assert!(work_item.references.contains(&"Rental_Request__c".to_owned()));
    assert_eq!(request.child("AgentWorks").map(|child| child.object.as_str()), Some("AgentWork"));
    // What was there stays.
    assert!(object(&catalogue, "Case").field("CaseNumber").is_some());
    assert_eq!(catalogue.unserved("opportunity"), None);
    assert_eq!(Catalogue::standard().unserved("opportunity"), Some("Opportunity"));
}

#[test]
fn open_objects_have_any_column() {
    let catalogue = Catalogue::standard();
    let case = object(&catalogue, "Case");
    assert_eq!(case.column("Tier__c", 56).map(|field| field.name.clone()).as_deref(), Some("Tier__c"));
    assert_eq!(case.column("subject", 56).map(|field| field.name.clone()).as_deref(), Some("Subject"));
    for name in ["", "1st__c", "a b", "Tier__c'", "Tier_", "a.b", "a___c"] {
        assert!(case.column(name, 56).is_none(), "{name}");
    }
    assert!(object(&catalogue, "AgentWork").column("Tier__c", 56).is_none());
}
