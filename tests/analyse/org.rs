//! What records of an org answer: who is behind a queue, what governs them, what the plan says of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::common;
use crate::common::sample;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::compile::{OnErrors, compile};
use omnic::graph::Resolution;
use omnic::plan::Plan;
use omnic::schema::Kind;
use omnic::source::{ApiVersion, FolderFile, Layout};
use proptest::prelude::*;

const ACME: &str = "examples/acme-support";
const ORG: &str = "examples/acme-support/org";

fn analyse(text: &str) -> Analysis {
    with_records(text, sample::records(text))
}

fn with_records(text: &str, records: Vec<FolderFile>) -> Analysis {
    let files = sample::files(text)
        .into_iter()
        .map(|file| TextFile { path: file.path, text: file.text, package: 0, ignored: file.ignored })
        .collect();
    let options =
        Options { records, policy: omnic::triage::Policy { strict: true, ..Default::default() }, ..Options::default() };
    analyse_texts(files, Layout::Sfdx, ApiVersion::NEWEST, &options)
}

/// The agents of a queue, sorted, and a sign if there may be others.
fn agents(analysis: &Analysis, queue: &str) -> String {
    let graph = &analysis.graph;
    let found = graph.agents_of(graph.find(Kind::Queue, queue).unwrap());
    let names: BTreeSet<&str> = found.users.iter().map(|agent| graph.name(agent.user)).collect();
    assert_eq!(names.len(), found.users.len(), "each once");
    let names: Vec<&str> = names.into_iter().collect();
    names.join(" ") + if found.complete { "" } else { " ..." }
}

const CENTRE: &str = "
== ServicePresenceStatus Available
    <label>At Work</label>
== ServicePresenceStatus Lunch
    <label>Lunch</label>
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>custom%3A support</profile>
            <profile>Admin</profile>
        </profiles>
        <users>
            <user>eve</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
== PresenceUserConfig Seniors
    <assignments>
        <users>
            <user>BEN</user>
        </users>
    </assignments>
    <capacity>8</capacity>
    <label>Seniors</label>
== PermissionSet Agent
    <label>Agent</label>
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
== Profile Custom%3A Support
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Lunch</servicePresenceStatus>
    </servicePresenceStatusAccesses>
    <servicePresenceStatusAccesses>
        <enabled>false</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
== Queue Groups
    <name>Groups</name>
    <queueMembers>
        <publicGroups>
            <publicGroup>ring_a</publicGroup>
        </publicGroups>
    </queueMembers>
== Queue Roles
    <name>Roles</name>
    <queueMembers>
        <roles>
            <role>CEO</role>
        </roles>
    </queueMembers>
== Queue Below
    <name>Below</name>
    <queueMembers>
        <roleAndSubordinates>
            <roleAndSubordinate>CEO</roleAndSubordinate>
        </roleAndSubordinates>
    </queueMembers>
== Queue Internal
    <name>Internal</name>
    <queueMembers>
        <roleAndSubordinatesInternal>
            <roleAndSubordinateInternal>CEO</roleAndSubordinateInternal>
        </roleAndSubordinatesInternal>
    </queueMembers>
== Queue Users
    <name>Users</name>
    <queueMembers>
        <users>
            <user>ana</user>
            <user>off</user>
            <user>eve</user>
            <user>zoe</user>
        </users>
    </queueMembers>
== Queue Unknown
    <name>Unknown</name>
    <queueMembers>
        <publicGroups>
            <publicGroup>No_Such_Group</publicGroup>
            <publicGroup>Everybody</publicGroup>
        </publicGroups>
        <roles>
            <role>No_Such_Role</role>
        </roles>
        <users>
            <user>ana</user>
        </users>
    </queueMembers>
== Queue In_Org
    <name>In Org</name>
== records User.csv
Id,Username,IsActive,Profile.Name,UserRole.DeveloperName
005000000000001AAA,ana,true,Custom: Support,
005000000000002AAA,ben,true,Standard User,CEO
005000000000003AAA,cem,true,System Administrator,Support
005000000000004AAA,dan,true,,Partner
005000000000005AAA,eve,true,Standard User,Below_Partner
005000000000006AAA,off,false,Custom: Support,Support
== records UserRole.csv
Id,DeveloperName,ParentRoleId,PortalType
00E000000000001AAA,CEO,,None
00E000000000002AAA,Support,00E000000000001AAA,None
00E000000000003AAA,Partner,00E000000000001AAA,Partner
00E000000000004AAA,Below_Partner,00E000000000003AAA,
00E000000000005AAA,Round_A,00E000000000006AAA,
00E000000000006AAA,Round_B,00E000000000005AAA,
== records Group.csv
Id,DeveloperName,Type,RelatedId
00G000000000001AAA,Ring_A,Regular,
00G000000000002AAA,Ring_B,Regular,
00G000000000003AAA,CEO,RoleAndSubordinatesInternal,00E000000000001AAA
00G000000000004AAA,In_Org,Queue,
00G000000000005AAA,Round_A,RoleAndSubordinates,00E000000000005AAA
00G000000000006AAA,Everybody,Organization,
== records GroupMember.csv
GroupId,UserOrGroupId
00G000000000001AAA,00G000000000002AAA
00G000000000001AAA,005000000000001AAA
00G000000000002AAA,00G000000000001AAA
00G000000000002AAA,005000000000003AAA
00G000000000002AAA,005000000000006AAA
00G000000000002AAA,00G000000000005AAA
00G000000000004AAA,00G000000000003AAA
== records PermissionSetAssignment.csv
Assignee.Username,PermissionSet.Name,PermissionSetGroupId
ana,Agent,
eve,Not_Here,
";

#[test]
fn members_become_users() {
    let analysis = analyse(CENTRE);
    // Groups that are members of one another, and roles below one another, end.
    assert_eq!(agents(&analysis, "Groups"), "ana cem");
    assert_eq!(agents(&analysis, "Roles"), "BEN");
    assert_eq!(agents(&analysis, "Below"), "BEN cem dan eve");
    assert_eq!(agents(&analysis, "Internal"), "BEN cem");
    // Who is not in the records is a member all the same; who is not active is none.
    assert_eq!(agents(&analysis, "Users"), "ana eve zoe");
    assert_eq!(agents(&analysis, "Unknown"), "ana ...");
    assert_eq!(agents(&analysis, "In_Org"), "BEN cem");
    // A name in records is one that the org has.
    let graph = &analysis.graph;
    let resolution = |name| graph.node(graph.find(Kind::Group, name).unwrap()).resolution;
    assert_eq!(resolution("ring_a"), Resolution::Declared);
    assert_eq!(resolution("No_Such_Group"), Resolution::Unknown { has_siblings: false });
}

#[test]
fn a_lacking_file_makes_answers_incomplete_and_not_wrong() {
    let without = |file: &str| {
        let records = sample::records(CENTRE).into_iter().filter(|known| !known.path.ends_with(file)).collect();
        let analysis = with_records(CENTRE, records);
        assert!(!common::codes(&analysis, omnic::diagnostics::Severity::Note).contains(&"OC012"), "{file}");
        ["Groups", "Roles", "Below", "Users", "In_Org"].map(|queue| agents(&analysis, queue))
    };
    assert_eq!(
        without("/User.csv"),
        ["... ", " ...", " ...", "ana eve off zoe", " ..."].map(|text| text.replace("... ", " ..."))
    );
    assert_eq!(without("/UserRole.csv"), ["ana cem ...", "BEN", "BEN ...", "ana eve zoe", " ..."]);
    assert_eq!(without("/Group.csv"), [" ...", "BEN", "BEN cem dan eve", "ana eve zoe", ""]);
    assert_eq!(without("/GroupMember.csv"), [" ...", "BEN", "BEN cem dan eve", "ana eve zoe", " ..."]);
}

#[test]
fn profiles_of_records_govern() {
    let analysis = analyse(CENTRE);
    let graph = &analysis.graph;
    let governs = |user| {
        let config = graph.config_governing(graph.find(Kind::User, user).unwrap());
        config.map(|config| graph.name(config))
    };
    // By profile, whose label and metadata name differ; by name, which beats the profile; by nothing known.
    assert_eq!(
        ["ana", "cem", "ben", "eve", "dan"].map(governs),
        [Some("Agents"), Some("Agents"), Some("Seniors"), Some("Agents"), None]
    );
    let reach = |queue| {
        let reach = graph.reach_of(graph.find(Kind::Queue, queue).unwrap());
        let names: Vec<_> = reach.configs.iter().map(|&config| graph.name(config)).collect();
        (names.join(" "), reach.complete)
    };
    assert_eq!(reach("Groups"), ("Agents".to_owned(), true));
    assert_eq!(reach("Internal"), ("Agents Seniors".to_owned(), true));
    // One who may be under another of the org's.
    assert_eq!(reach("Below"), ("Agents Seniors".to_owned(), false));
    assert_eq!(reach("Users"), ("Agents Seniors".to_owned(), false));
}

#[test]
fn statuses_are_granted_by_profile_and_permission_sets() {
    let analysis = analyse(CENTRE);
    let graph = &analysis.graph;
    let org = graph.org().unwrap();
    let granted = |user| {
        let user = graph.find(Kind::User, user).unwrap();
        ["Available", "Lunch"]
            .map(|status| org.is_granted(user, graph.find(Kind::ServicePresenceStatus, status).unwrap()))
    };
    assert_eq!(granted("ana"), [Some(true), Some(true)]);
    assert_eq!(granted("off"), [Some(false), Some(true)]);
    // A profile and a permission set that the project does not have.
    assert_eq!(granted("cem"), [None, None]);
    assert_eq!(granted("eve"), [None, None]);
}

#[test]
fn groups_that_supervisors_see_are_expanded() {
    let views = "
== OmniSupervisorConfig One
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>One</masterLabel>
    <omniSupervisorConfigGroup>
        <group>Ring_B</group>
    </omniSupervisorConfigGroup>
    <omniSupervisorConfigGroup>
        <group>No_Such_Group</group>
    </omniSupervisorConfigGroup>
== OmniSupervisorConfig Two
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Two</masterLabel>
    <omniSupervisorConfigGroup>
        <group>ring_b</group>
    </omniSupervisorConfigGroup>
    <omniSupervisorConfigGroup>
        <group>Below_CEO</group>
    </omniSupervisorConfigGroup>
";
    let below = "00G000000000001AAA,Ring_A,Regular,\n";
    let with_below = format!("{below}00G000000000007AAA,Below_CEO,Regular,\n");
    let members = "GroupId,UserOrGroupId\n";
    let with_members = format!("{members}00G000000000007AAA,00G000000000003AAA\n");
    let text = CENTRE.replace(below, &with_below).replace(members, &with_members);
    let groups = |text: &str| {
        let tables = compile(&analyse(text), &[], OnErrors::LeaveOut).unwrap().tables;
        let agents = tables.agents.unwrap();
        let told = agents.iter().map(|agent| format!("{}: {}", agent.user, agent.groups.join(" ")));
        told.collect::<Vec<_>>()
    };
    // By a group in a group, and by a role in one; of a group that only records have, and only if a supervisor sees it.
    let seen = groups(&text.replacen("== Queue Groups", &format!("{}== Queue Groups", &views[1..]), 1));
    assert_eq!(seen, ["BEN: Below_CEO", "ana: Ring_B", "cem: Below_CEO Ring_B", "eve: "]);
    assert_eq!(groups(&text), ["BEN: ", "ana: ", "cem: ", "eve: "]);
}

#[test]
fn the_example_has_agents_with_records_and_none_without() {
    let compiled = |records: Option<&Path>| {
        let (_, analysis) = common::check_with(Path::new(ACME), false, records);
        assert_eq!(
            common::codes(&analysis, omnic::diagnostics::Severity::Note),
            [""; 0],
            "{}",
            common::concise(&analysis)
        );
        compile(&analysis, &[], OnErrors::LeaveOut).unwrap()
    };
    let without = compiled(None);
    assert!(without.tables.agents.is_none() && !without.to_json().contains("\"agents\": null"));
    let plan = compiled(Some(Path::new(ORG)));
    let text = plan.to_json();
    assert_eq!(Plan::from_json(&text).unwrap().to_json(), text);
    let schema = serde_json::from_str(&Plan::schema()).unwrap();
    let errors = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(errors.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(plan.provenance.unwrap()["agents"].len(), plan.tables.agents.as_ref().unwrap().len());
    // What source alone says is as before.
    assert_eq!(plan.tables.presence_statuses, without.tables.presence_statuses);
    let tables = plan.tables;
    let mut told = String::new();
    for queue in &tables.queues {
        let _ = writeln!(told, "{} ({}): {}", queue.name, queue.agents_complete, queue.agents().join(" "));
    }
    for agent in tables.agents.iter().flatten() {
        let _ = writeln!(told, "{} {}", agent.user, serde_json::to_string(agent).unwrap());
    }
    insta::assert_snapshot!(told);
}

#[test]
fn the_order_of_files_does_not_show() {
    let records = sample::records(CENTRE);
    let everything = |records: Vec<FolderFile>| {
        let analysis = with_records(CENTRE, records);
        common::human(&analysis) + &compile(&analysis, &[], OnErrors::LeaveOut).unwrap().to_json()
    };
    let there = everything(records.clone());
    assert_eq!(everything(records.into_iter().rev().collect()), there);
}

/// A small org: the role of each user, the role above each role, and the members of each group.
#[derive(Clone, Debug)]
struct Small {
    users: Vec<(bool, usize)>,
    roles: Vec<(Option<usize>, bool)>,
    groups: Vec<Vec<Who>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    User(usize),
    Group(usize),
    Role(usize, Kinds),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kinds {
    Alone,
    All,
    Internal,
}

const SIZE: usize = 6;

fn who() -> impl Strategy<Value = Who> {
    let kinds = prop_oneof![Just(Kinds::Alone), Just(Kinds::All), Just(Kinds::Internal)];
    prop_oneof![
        (0..SIZE).prop_map(Who::User),
        (0..SIZE).prop_map(Who::Group),
        (0..SIZE, kinds).prop_map(|(role, kinds)| Who::Role(role, kinds)),
    ]
}

fn small() -> impl Strategy<Value = Small> {
    let users = prop::collection::vec((any::<bool>(), 0..SIZE), SIZE);
    let roles = prop::collection::vec((prop::option::of(0..SIZE), any::<bool>()), SIZE);
    let groups = prop::collection::vec(prop::collection::vec(who(), 0..4), SIZE);
    (users, roles, groups).prop_map(|(users, roles, groups)| Small { users, roles, groups })
}

impl Small {
    /// Who is in a group, found by asking everybody until nothing changes.
    fn naive(&self, group: usize) -> BTreeSet<usize> {
        let mut members: BTreeSet<Who> = [Who::Group(group)].into();
        loop {
            let before = members.len();
            for member in members.clone() {
                match member {
                    Who::Group(group) => members.extend(&self.groups[group]),
                    Who::Role(role, kinds)
                        if kinds != Kinds::Alone && !(kinds == Kinds::Internal && self.roles[role].1) =>
                    {
                        for (below, (parent, _)) in self.roles.iter().enumerate() {
                            if *parent == Some(role) {
                                members.insert(Who::Role(below, kinds));
                            }
                        }
                    }
                    Who::User(_) | Who::Role(..) => {}
                }
            }
            if members.len() == before {
                break;
            }
        }
        let is_in = |(user, &(_, role)): (usize, &(bool, usize))| {
            let by_role = |kinds| members.contains(&Who::Role(role, kinds));
            members.contains(&Who::User(user))
                || by_role(Kinds::Alone)
                || by_role(Kinds::All)
                || (by_role(Kinds::Internal) && !self.roles[role].1)
        };
        let active = self.users.iter().enumerate().filter(|(_, (active, _))| *active);
        active.filter(|&user| is_in(user)).map(|(user, _)| user).collect()
    }

    fn records(&self) -> Vec<FolderFile> {
        let mut users = "Id,Username,IsActive,UserRoleId\n".to_owned();
        for (index, (active, role)) in self.users.iter().enumerate() {
            let _ = writeln!(users, "005{index:012}AAA,user{index},{active},00E{role:012}AAA");
        }
        let mut roles = "Id,DeveloperName,ParentRoleId,PortalType\n".to_owned();
        let mut groups = "Id,DeveloperName,Type,RelatedId\n".to_owned();
        for (index, (parent, external)) in self.roles.iter().enumerate() {
            let parent = parent.map(|parent| format!("00E{parent:012}")).unwrap_or_default();
            let kind = if *external { "CustomerPortal" } else { "None" };
            let _ = writeln!(roles, "00E{index:012}AAA,Role_{index},{parent},{kind}");
            for (digit, kind) in ["Role", "RoleAndSubordinates", "RoleAndSubordinatesInternal"].iter().enumerate() {
                let _ = writeln!(groups, "00G{digit}R{index:010}AAA,Role_{index},{kind},00E{index:012}AAA");
            }
        }
        let mut members = "GroupId,UserOrGroupId\n".to_owned();
        for (index, group) in self.groups.iter().enumerate() {
            let _ = writeln!(groups, "00G{index:012}AAA,Group_{index},Regular,");
            for member in group {
                let id = match *member {
                    Who::User(user) => format!("005{user:012}"),
                    Who::Group(group) => format!("00G{group:012}AAA"),
                    Who::Role(role, kinds) => format!("00G{}R{role:010}AAA", kinds as u8),
                };
                let _ = writeln!(members, "00G{index:012}AAA,{id}");
            }
        }
        [("User.csv", users), ("UserRole.csv", roles), ("Group.csv", groups), ("GroupMember.csv", members)]
            .map(|(path, text)| FolderFile { path: format!("org/{path}"), text: Ok(text) })
            .into()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn expansion_is_that_of_a_simple_model(org in small()) {
        let queues = (0..SIZE).fold(String::new(), |mut text, group| {
            let _ = writeln!(
                text,
                "== Queue Queue_{group}\n<name>Q</name>\n<queueMembers>\n<publicGroups>\n\
                 <publicGroup>Group_{group}</publicGroup>\n</publicGroups>\n</queueMembers>"
            );
            text
        });
        let analysis = with_records(&queues, org.records());
        prop_assert_eq!(analysis.graph.org().unwrap().problems(), []);
        for group in 0..SIZE {
            let wanted: Vec<String> = org.naive(group).into_iter().map(|user| format!("user{user}")).collect();
            prop_assert_eq!(agents(&analysis, &format!("Queue_{group}")), wanted.join(" "));
        }
    }
}

/// A queue of one user, whose profile's label is `label`, that charges 6; a presence configuration with a capacity of 5
/// governs the profile `governed`.
fn one_user(label: &str, governed: &str) -> String {
    format!(
        "
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>{governed}</profile>
        </profiles>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
== QueueRoutingConfig Heavy
    <capacityWeight>6.0</capacityWeight>
    <label>Heavy</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Cases
    <name>Cases</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Heavy</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ana@example.com,true,{label}
"
    )
}

/// The findings of a check: severity and message.
fn found(analysis: &Analysis, code: &str) -> Vec<String> {
    let of = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.code == code);
    of.map(|diagnostic| format!("{}: {}", diagnostic.severity, diagnostic.message)).collect()
}

#[test]
fn a_label_is_a_name_first_and_may_be_unknown() {
    let told = |label, governed| {
        let analysis = analyse(&one_user(label, governed));
        let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
        let agent = &plan.tables.agents.unwrap()[0];
        let severity = found(&analysis, "OC505").first().map(|found| found.split(':').next().unwrap().to_owned());
        (
            agent.profile.as_ref().map(ToString::to_string),
            agent.presence_configuration.is_some(),
            agent.presence_configuration_known,
            severity,
        )
    };
    let profile = |name: &str| Some(name.to_owned());
    // A profile of the user's own that is labelled like a standard one.
    assert_eq!(told("Read Only", "Read Only"), (profile("read only"), true, true, profile("error")));
    assert_eq!(told("Read Only", "ReadOnly"), (profile("readonly"), true, true, profile("error")));
    assert_eq!(told("Custom: Agent", "custom%3A agent"), (profile("custom: agent"), true, true, profile("error")));
    // Known, and governed by none of the project: the org's default may have enough, but none of the project's has.
    assert_eq!(told("Read Only", "Standard"), (profile("readonly"), false, true, profile("warning")));
    // Whichever profile it is, in an org of another language.
    assert_eq!(told("Standardbenutzer", "Standard"), (None, false, false, profile("warning")));
}

#[test]
fn internal_subordinates_need_portal_types() {
    let with = |column: &str, value: &str| {
        let text = format!(
            "
== Queue Cases
    <name>Cases</name>
    <queueMembers>
        <roleAndSubordinatesInternal>
            <roleAndSubordinateInternal>CEO</roleAndSubordinateInternal>
        </roleAndSubordinatesInternal>
    </queueMembers>
== records User.csv
Id,Username,IsActive,UserRole.DeveloperName
005000000000001AAA,ana,true,CEO
== records UserRole.csv
Id,DeveloperName,ParentRoleId{column}
00E000000000001AAA,CEO,{value}
"
        );
        agents(&analyse(&text), "Cases")
    };
    assert_eq!(with(",PortalType", ",None"), "ana");
    assert_eq!(with("", ""), "ana ...");
}

#[test]
fn skills_are_asked_for_together() {
    let with = |attribute_based: bool, more: &str| {
        let text = format!(
            "
== Skill German
    <label>German</label>
== Skill French
    <label>French</label>
== QueueRoutingConfig By_Skills
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>{attribute_based}</isAttributeBased>
    <label>By Skills</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <skills>
        <skill>German</skill>
    </skills>
    <skills>
        <skill>French</skill>
    </skills>
== Queue Billing
    <name>Billing</name>
    <queueRoutingConfig>By_Skills</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ana@example.com,true,Standard User
005000000000002AAA,ben@example.com,true,Standard User
== records ServiceResource.csv
Id,RelatedRecordId,IsActive,ResourceType
0Hn000000000001AAA,005000000000001AAA,true,A
0Hn000000000002AAA,005000000000002AAA,true,A
0Hn000000000003AAA,005000000000002AAA,true,T
== records ServiceResourceSkill.csv
ServiceResourceId,Skill.DeveloperName,SkillLevel
0Hn000000000001AAA,German,3
0Hn000000000002AAA,French,3
{more}"
        );
        found(&analyse(&text), "OC610")
    };
    let nobody = "warning: the routing configuration `By_Skills` asks for `German` and `French`, and no rep has all of \
                  them: such work is offered to nobody";
    assert_eq!(with(true, ""), [nobody]);
    assert_eq!(with(true, "0Hn000000000001AAA,French,1\n"), [""; 0]);
    // A technician's skills are not for Omni-Channel.
    assert_eq!(with(true, "0Hn000000000003AAA,German,1\n"), [nobody]);
    // Membership decides.
    assert_eq!(with(false, ""), [""; 0]);
}

/// `ana` had German for a time long past, has it again in a time to come, and French at two levels in two times. The last
/// record of German has the dates of the first.
const DATED: &str = "
== Skill German
    <label>German</label>
== Skill French
    <label>French</label>
== QueueRoutingConfig By_Skills
    <capacityWeight>1.0</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skills</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <skills>
        <skill>German</skill>
    </skills>
== Queue Billing
    <name>Billing</name>
    <queueRoutingConfig>By_Skills</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ana@example.com,true,Standard User
== records ServiceResource.csv
Id,RelatedRecordId,IsActive,ResourceType
0Hn000000000001AAA,005000000000001AAA,true,A
== records ServiceResourceSkill.csv
ServiceResourceId,Skill.DeveloperName,SkillLevel,EffectiveStartDate,EffectiveEndDate
0Hn000000000001AAA,German,3,2019-01-01T00:00:00.000+0000,2020-01-01T00:00:00.000+0000
0Hn000000000001AAA,German,7,2099-01-01T00:00:00.000+0000,
0Hn000000000001AAA,French,2,,2026-06-30T22:00:00.000+0000
0Hn000000000001AAA,French,5,2026-06-30T22:00:00.000+0000,
0Hn000000000001AAA,German,4,2019-01-01T00:00:00.000+0000,2020-01-01T00:00:00.000+0000
";

#[test]
fn the_plan_has_the_dates_of_skill_assignments() {
    let analysis = analyse(DATED);
    let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
    let agents = plan.tables.agents.as_ref().unwrap();
    let [ana] = agents.as_slice() else { panic!("{agents:?}") };
    let told: Vec<_> = ana.skills.iter().map(|held| serde_json::to_string(held).unwrap()).collect();
    assert_eq!(
        told,
        [
            r#"{"skill":"French","level":2,"until":"2026-06-30T22:00:00Z"}"#,
            r#"{"skill":"French","level":5,"from":"2026-06-30T22:00:00Z"}"#,
            r#"{"skill":"German","level":4,"from":"2019-01-01T00:00:00Z","until":"2020-01-01T00:00:00Z"}"#,
            r#"{"skill":"German","level":7,"from":"2099-01-01T00:00:00Z"}"#,
        ]
    );
    let text = plan.to_json();
    assert_eq!(Plan::from_json(&text).unwrap().to_json(), text);
    let schema = serde_json::from_str(&Plan::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::from_str(&text).unwrap();
    assert_eq!(validator.iter_errors(&value).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn for_checks_a_skill_is_held_whatever_the_dates() {
    let without = |skill: &str| {
        DATED.lines().filter(|line| !line.contains(skill)).fold(String::new(), |text, line| text + line + "\n")
    };
    assert_eq!(found(&analyse(DATED), "OC610"), [""; 0]);
    // Past or to come alone is enough.
    assert_eq!(found(&analyse(&without("AAA,German,7")), "OC610"), [""; 0]);
    assert_eq!(found(&analyse(&without("2019-01-01")), "OC610"), [""; 0]);
    assert_eq!(found(&analyse(&without("AAA,German")), "OC610").len(), 1);
}

#[test]
fn a_queue_of_one_inactive_user_is_told_once() {
    let text = one_user("Standard User", "Standard").replace(",true,", ",false,");
    let analysis = analyse(&text);
    assert_eq!((found(&analysis, "OC504").len(), found(&analysis, "OC519").len()), (1, 0));
}

#[test]
fn ten_thousand_rows_may_be_cut() {
    let text = one_user("Standard User", "Standard");
    let (project, _) = text.split_once("== records").unwrap();
    let with = |rows: usize| {
        let mut users = "Id,Username,IsActive,Profile.Name\n".to_owned();
        for row in 0..rows {
            let _ = writeln!(users, "005{row:012}AAA,user{row}@example.com,true,Standard User");
        }
        let users = FolderFile { path: "org/User.csv".to_owned(), text: Ok(users) };
        let analysis = with_records(project, vec![users]);
        (found(&analysis, "OC012").len(), found(&analysis, "OC519").len())
    };
    assert_eq!(with(9_999), (0, 1));
    assert_eq!(with(10_000), (1, 0));
}

#[test]
fn damaged_users_are_told_and_not_who_leads_to_them() {
    let with = |files: &[(&str, &str)]| {
        let files =
            files.iter().map(|(path, text)| FolderFile { path: format!("org/{path}"), text: Ok((*text).into()) });
        found(&with_records("== Queue Cases\n    <name>Cases</name>\n", files.collect()), "OC012")
    };
    let member = ("GroupMember.csv", "GroupId,UserOrGroupId\n00G000000000001AAA,005000000000002AAA\n");
    let group = ("Group.csv", "Id,DeveloperName,Type\n00G000000000001AAA,Cases,Queue\n");
    let cut = r#"{"records": [{"Id": "005000000000001AAA", "Username": "ana", "IsActive": true}, {"Id": "0050"#;
    assert_eq!(
        with(&[group, member, ("User.json", cut)]),
        ["error: the file is cut off: it ends in the middle of its records"]
    );
    assert_eq!(with(&[("User.csv", "\n")]), ["error: the file is empty"]);
    assert_eq!(
        with(&[("User.csv", "Id;Username;IsActive\n005000000000001AAA;ana;true\n")]),
        ["error: the columns are not separated by commas, so no record can be read"]
    );
    let others = with(&[
        ("Account.csv", "Id,Name\n001000000000001AAA,Acme\n"),
        ("Profile.json", r#"{"records": [{"attributes": {"type": "Profile"}, "Name": "Admin"}]}"#),
    ]);
    assert!(others.len() == 2 && others.iter().all(|found| found.starts_with("note: ")), "{others:?}");
}

#[test]
fn comments_for_checks_of_records_wait_for_records() {
    let text = one_user("Standard User", "Standard")
        .replace("            <user>", "            <!-- omnic-ignore OC519: on leave -->\n            <user>");
    let (project, _) = text.split_once("== records").unwrap();
    assert_eq!(found(&analyse(project), "OC011"), [""; 0]);
    assert_eq!(found(&analyse(&text), "OC011").len(), 1);
}

#[test]
fn members_under_the_default_of_the_org_are_not_taken_for_others() {
    let with = |label: &str, more: &str| {
        let text = one_user(label, "Standard")
            .replace("    <label>Heavy</label>\n", "    <label>Heavy</label>\n    <pushTimeout>30</pushTimeout>\n");
        let text = match more {
            "" => text,
            user => {
                text.replace(
                    "            <user>ana@example.com</user>\n",
                    &format!("            <user>ana@example.com</user>\n            <user>{user}</user>\n"),
                ) + &format!("005000000000002AAA,{user},true,Standard User\n")
            }
        };
        let analysis = analyse(&text);
        (
            found(&analysis, "OC505"),
            found(&analysis, "OC407").iter().map(|found| found[..4].to_owned()).collect::<Vec<_>>(),
        )
    };
    // Nobody is governed by the presence configuration, so its lack of a status on a timeout harms nobody. Its capacity is
    // still the largest that the project has.
    let too_large = "warning: the routing configuration `Heavy` charges 6 units for an item, and no presence configuration of \
                     the project allows more than 5: reps of `Cases` under any of these are never offered it";
    assert_eq!(with("Read Only", ""), (vec![too_large.to_owned()], vec![]));
    // It may govern a user of whom no profile is known.
    assert_eq!(with("Standardbenutzer", "").1, ["note"]);
    // It governs one, and the other falls to the org's default.
    let (costs, timeouts) = with("Read Only", "ben@example.com");
    assert_eq!(costs, [too_large]);
    assert_eq!(timeouts, ["warn"]);
}

#[test]
fn a_status_is_not_said_to_be_held_by_nobody_where_profiles_are_unknown() {
    let with = |label: &str| {
        let text = one_user(label, "Standard")
            + "
== ServicePresenceStatus Available
    <label>Available</label>
== Profile Standard
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
";
        found(&analyse(&text), "OC406").len()
    };
    assert_eq!((with("Read Only"), with("Standard User"), with("Standardbenutzer")), (1, 0, 0));
}
