//! The graph: what names resolve to, and the questions that everyone asks of it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use crate::common::sample;
use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::graph::reach::{Cost, Governing, Why};
use omnic::graph::{Graph, NodeId, Resolution};
use omnic::schema::{Kind, Role};
use omnic::source::{ApiVersion, Layout, Location};

/// A small support centre.
const CENTRE: &str = "
== ServiceChannel Cases
    <isInterruptible>true</isInterruptible>
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServiceChannel sfdc_livemessage
    <label>Messaging</label>
    <relatedEntityType>MessagingSession</relatedEntityType>
== ServicePresenceStatus Available
    <channels>
        <channel>Cases</channel>
        <channel>sfdc_livemessage</channel>
    </channels>
    <label>Available</label>
== ServicePresenceStatus Busy
    <label>Busy</label>
== PresenceUserConfig Seniors
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>8</capacity>
    <label>Seniors</label>
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>custom%3A support</profile>
        </profiles>
        <users>
            <user>ben@example.com</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Agents</label>
== PresenceUserConfig Trainees
    <capacity>1</capacity>
    <label>Trainees</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>2.5</capacityWeight>
    <label>Tier 1</label>
    <queueOverflowAssignee>Overflow</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
    <userOverflowAssignee>dora@example.com</userOverflowAssignee>
== QueueRoutingConfig Skills
    <capacityPercentage>50.0</capacityPercentage>
    <capacityType>NOT_INTERRUPTIBLE</capacityType>
    <isAttributeBased>true</isAttributeBased>
    <label>Skills</label>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>2</routingPriority>
== QueueRoutingConfig Unclear
    <capacityPercentage>50.0</capacityPercentage>
    <capacityWeight>1.0</capacityWeight>
    <label>Unclear</label>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>2</routingPriority>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
            <user>Ben@Example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>case</sobjectType>
    </queueSobject>
== Queue Mixed
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Mixed</name>
    <queueMembers>
        <publicGroups>
            <publicGroup>AllInternalUsers</publicGroup>
        </publicGroups>
        <roles>
            <role>CEO</role>
        </roles>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
== Queue Billing
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Billing</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Skills</queueRoutingConfig>
== Queue Stranger
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Stranger</name>
    <queueMembers>
        <users>
            <user>eve@example.com</user>
        </users>
    </queueMembers>
== Queue Overflow
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Overflow</name>
== Skill German
    <label>German</label>
== WorkSkillRouting Case_Skills
    <isActive>true</isActive>
    <masterLabel>Case Skills</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Language__c</field>
        <isAdditionalSkill>true</isAdditionalSkill>
        <skill>German</skill>
        <skillLevel>5</skillLevel>
        <value>de</value>
    </workSkillRoutingAttributes>
== OmniSupervisorConfig Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Leads</masterLabel>
    <omniSupervisorConfigGroup>
        <group>Night_Shift</group>
    </omniSupervisorConfigGroup>
    <omniSupervisorConfigProfile>
        <profile>admin</profile>
    </omniSupervisorConfigProfile>
    <omniSupervisorConfigQueue>
        <queue>Support</queue>
    </omniSupervisorConfigQueue>
    <omniSupervisorConfigSkill>
        <skill>German</skill>
    </omniSupervisorConfigSkill>
    <omniSupervisorConfigUser>
        <user>dora@example.com</user>
    </omniSupervisorConfigUser>
== PermissionSet Agent
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
    <servicePresenceStatusAccesses>
        <enabled>false</enabled>
        <servicePresenceStatus>Busy</servicePresenceStatus>
    </servicePresenceStatusAccesses>
== Profile Custom%3A Support
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
";

/// A project in which to ask, and its texts.
struct Asked {
    graph: Graph,
    texts: Vec<String>,
}

impl Asked {
    fn new(text: &str) -> Self {
        let files = sample::files(text)
            .into_iter()
            .map(|file| TextFile { path: file.path, text: file.text, package: 0, ignored: file.ignored })
            .collect();
        let analysis = analyse_texts(files, Layout::Sfdx, ApiVersion::NEWEST, &Options::default());
        Self { graph: analysis.graph, texts: analysis.sources.into_iter().map(|source| source.text).collect() }
    }

    fn node(&self, kind: Kind, name: &str) -> NodeId {
        self.graph.find(kind, name).unwrap_or_else(|| panic!("nobody mentions {} {name}", kind.noun()))
    }

    fn resolution(&self, kind: Kind, name: &str) -> Resolution {
        self.graph.node(self.node(kind, name)).resolution
    }

    fn text(&self, location: Location) -> &str {
        location.span.slice(&self.texts[location.file.0 as usize])
    }

    /// What was found, each as `name: the text at its place`.
    fn say(&self, found: impl IntoIterator<Item = (NodeId, Location)>) -> Vec<String> {
        found.into_iter().map(|(node, at)| format!("{}: {}", self.graph.name(node), self.text(at))).collect()
    }

    fn names(&self, nodes: &[NodeId]) -> Vec<&str> {
        nodes.iter().map(|&node| self.graph.name(node)).collect()
    }
}

#[test]
fn channels_link_statuses_and_objects() {
    let asked = Asked::new(CENTRE);
    let graph = &asked.graph;
    let available = asked.node(Kind::ServicePresenceStatus, "Available");
    assert_eq!(asked.say(graph.channels_of(available)), ["Cases: Cases", "sfdc_livemessage: sfdc_livemessage"]);
    assert_eq!(graph.channels_of(asked.node(Kind::ServicePresenceStatus, "Busy")).count(), 0);
    assert_eq!(asked.say(graph.statuses_of(asked.node(Kind::ServiceChannel, "Cases"))), ["Available: Cases"]);
    // The queue writes the object in lower case.
    let (case, _) = graph.objects_of(asked.node(Kind::Queue, "Support")).next().unwrap();
    assert_eq!(asked.say(graph.channels_for(case)), ["Cases: Case"]);
}

#[test]
fn members_are_given_with_their_kind_and_in_the_order_of_the_file() {
    let asked = Asked::new(CENTRE);
    let members = asked.graph.members_of(asked.node(Kind::Queue, "Mixed"));
    let roles: Vec<_> = members.iter().map(|member| member.role).collect();
    assert_eq!(roles, [Role::MemberGroup, Role::MemberRole, Role::MemberUser]);
    let said = asked.say(members.iter().map(|member| (member.who, member.location)));
    assert_eq!(said, ["AllInternalUsers: AllInternalUsers", "CEO: CEO", "ana@example.com: ana@example.com"]);
}

#[test]
fn a_users_configuration_beats_the_profiles() {
    let asked = Asked::new(CENTRE);
    let graph = &asked.graph;
    let user = |name| asked.graph.find(Kind::User, name);
    let profile = graph.find(Kind::Profile, "Custom: Support");
    let governing = |user, profile| match graph.governing(user, profile) {
        Governing::Config(config, Why::User(at)) => format!("{} by user {}", graph.name(config), asked.text(at)),
        Governing::Config(config, Why::Profile(at)) => format!("{} by profile {}", graph.name(config), asked.text(at)),
        Governing::Unknown => "unknown".to_owned(),
    };
    assert_eq!(governing(user("ana@example.com"), profile), "Seniors by user ana@example.com");
    assert_eq!(governing(user("dora@example.com"), profile), "Agents by profile custom%3A support");
    assert_eq!(governing(None, profile), "Agents by profile custom%3A support");
    assert_eq!(governing(user("dora@example.com"), None), "unknown");
    assert_eq!(governing(user("dora@example.com"), graph.find(Kind::Profile, "Admin")), "unknown");
}

#[test]
fn reach_is_complete_only_if_every_member_is_a_user_with_a_configuration() {
    let asked = Asked::new(CENTRE);
    let reach = |queue| {
        let reach = asked.graph.reach_of(asked.node(Kind::Queue, queue));
        (asked.names(reach.configs).join(" "), reach.complete)
    };
    assert_eq!(reach("Support"), ("Agents Seniors".to_owned(), true));
    // A group and a role, a user whom no configuration names, no member, anybody with the skill.
    for queue in ["Mixed", "Stranger", "Overflow", "Billing"] {
        assert_eq!(reach(queue), ("Agents Seniors Trainees".to_owned(), false), "{queue}");
    }
}

#[test]
fn cost_is_what_one_figure_says() {
    let asked = Asked::new(CENTRE);
    let cost = |config| match asked.graph.cost_of(asked.node(Kind::QueueRoutingConfig, config)) {
        Some(Cost::Units(units, at)) => format!("{units} units at {}", asked.text(at)),
        Some(Cost::Percent(percent, at)) => format!("{percent} % at {}", asked.text(at)),
        None => "none".to_owned(),
    };
    assert_eq!(cost("Tier_1"), "2.5 units at 2.5");
    assert_eq!(cost("Skills"), "50 % at 50.0");
    assert_eq!(cost("Unclear"), "none");
}

#[test]
fn routing_overflow_and_interruptibility() {
    let asked = Asked::new(CENTRE);
    let graph = &asked.graph;
    let tier_1 = asked.node(Kind::QueueRoutingConfig, "Tier_1");
    let skills = asked.node(Kind::QueueRoutingConfig, "Skills");
    // One queue writes it in lower case.
    assert_eq!(asked.say(graph.queues_of(tier_1)), ["Mixed: Tier_1", "Support: tier_1"]);
    assert_eq!(asked.say(graph.config_of(asked.node(Kind::Queue, "Support"))), ["Tier_1: tier_1"]);
    assert!(graph.config_of(asked.node(Kind::Queue, "Overflow")).is_none());
    assert_eq!(asked.say(graph.overflow_of(tier_1)), ["Overflow: Overflow", "dora@example.com: dora@example.com"]);
    assert_eq!(graph.overflow_of(skills).count(), 0);
    let channel = |name| asked.node(Kind::ServiceChannel, name);
    assert_eq!(graph.is_interruptible(tier_1, channel("Cases")), Some(true));
    assert_eq!(graph.is_interruptible(tier_1, channel("sfdc_livemessage")), Some(false));
    assert_eq!(graph.is_interruptible(skills, channel("Cases")), Some(false));
}

#[test]
fn skills_for_an_object_come_from_its_mapping_set() {
    let asked = Asked::new(CENTRE);
    let needs = asked.graph.skills_for(asked.node(Kind::Object, "Case"));
    let [need] = needs.as_slice() else { panic!("{needs:?}") };
    assert_eq!(asked.names(&[need.rules, need.skill]), ["Case_Skills", "German"]);
    assert_eq!((need.field, need.value, need.level), ("Case.Language__c", Some("de"), Some(5)));
    assert!(need.active && need.additional);
    assert_eq!(asked.text(need.location), "German");
    assert!(asked.graph.skills_for(asked.node(Kind::Object, "MessagingSession")).is_empty());
}

#[test]
fn supervision_shows_who_sees_what() {
    let asked = Asked::new(CENTRE);
    let supervision = asked.graph.supervision_of(asked.node(Kind::OmniSupervisorConfig, "Leads"));
    assert_eq!(asked.say(supervision.supervisors), ["dora@example.com: dora@example.com", "admin: admin"]);
    assert_eq!(asked.say(supervision.queues), ["Support: Support"]);
    assert_eq!(asked.say(supervision.skills), ["German: German"]);
    assert_eq!(asked.say(supervision.groups), ["Night_Shift: Night_Shift"]);
}

#[test]
fn only_an_enabled_status_is_granted() {
    let asked = Asked::new(CENTRE);
    let grants = |status| asked.say(asked.graph.grants_of(asked.node(Kind::ServicePresenceStatus, status)));
    assert_eq!(grants("Available"), ["Agent: Available", "Custom: Support: Available"]);
    assert!(grants("Busy").is_empty());
    let busy = asked.node(Kind::ServicePresenceStatus, "Busy");
    assert_eq!(asked.say(asked.graph.sources(busy, Role::ListsStatus)), ["Agent: Busy"]);
}

#[test]
fn names_resolve_here_standard_external_or_not_at_all() {
    let asked = Asked::new(
        "
== ServicePresenceStatus Available
    <channels>
        <channel>SFDC_Phone</channel>
        <channel>Cases</channel>
    </channels>
    <label>Available</label>
== PresenceUserConfig Agents
    <assignments>
        <profiles>
            <profile>Admin</profile>
        </profiles>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <declineReasons>Wrong_Team</declineReasons>
    <label>Agents</label>
    <presenceStatusOnDecline>AVAILABLE</presenceStatusOnDecline>
    <presenceStatusOnPushTimeout>Away</presenceStatusOnPushTimeout>
== ignored PresenceDeclineReason Ignored
== PresenceUserConfig Others
    <capacity>5</capacity>
    <declineReasons>Ignored</declineReasons>
    <label>Others</label>
== file Broken.queue-meta.xml
<Queue xmlns=
== QueueRoutingConfig Tier_1
    <label>Tier 1</label>
    <queueOverflowAssignee>Broken</queueOverflowAssignee>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    );
    let unknown = |has_siblings| Resolution::Unknown { has_siblings };
    assert_eq!(asked.resolution(Kind::ServicePresenceStatus, "Available"), Resolution::Here);
    assert_eq!(asked.resolution(Kind::ServicePresenceStatus, "Away"), unknown(true));
    assert_eq!(asked.resolution(Kind::ServiceChannel, "sfdc_phone"), Resolution::Standard);
    assert_eq!(asked.resolution(Kind::ServiceChannel, "Cases"), unknown(false));
    assert_eq!(asked.resolution(Kind::PresenceDeclineReason, "Wrong_Team"), unknown(false));
    assert!(matches!(asked.resolution(Kind::PresenceDeclineReason, "Ignored"), Resolution::Ignored(_)));
    assert_eq!(asked.resolution(Kind::User, "ana@example.com"), Resolution::External);
    assert_eq!(asked.resolution(Kind::Profile, "Admin"), Resolution::External);
    // A file that says nothing still has a name.
    assert_eq!(asked.resolution(Kind::Queue, "Broken"), Resolution::Here);
    let graph = &asked.graph;
    let known = |kind, name| graph.is_known(asked.node(kind, name));
    assert!(known(Kind::Queue, "Broken") && known(Kind::User, "ana@example.com"));
    assert!(!known(Kind::ServiceChannel, "Cases") && !known(Kind::PresenceDeclineReason, "Ignored"));
}

#[test]
fn names_are_the_same_whatever_their_case_and_profiles_whatever_their_encoding() {
    let asked = Asked::new(CENTRE);
    let graph = &asked.graph;
    let profile = graph.node(asked.node(Kind::Profile, "CUSTOM: SUPPORT"));
    assert_eq!((&*profile.name, profile.resolution), ("Custom: Support", Resolution::Here));
    assert_eq!(graph.nodes().filter(|(_, node)| node.kind == Kind::Profile).count(), 2);
    let inexact: Vec<_> = graph.edges().filter(|(.., edge)| !edge.exact).map(|(.., edge)| edge.location).collect();
    let inexact: Vec<_> = inexact.into_iter().map(|at| asked.text(at)).collect();
    // A thing that is only named has the name that is written first: Ben's stands in a presence configuration.
    assert_eq!(inexact, ["custom%3A support", "Ben@Example.com", "tier_1", "case"]);
}

#[test]
fn what_salesforce_ships_has_salesforces_spelling() {
    let asked = Asked::new(
        "
== ServicePresenceStatus Available
    <channels>
        <channel>SFDC_Phone</channel>
    </channels>
    <label>Available</label>
",
    );
    assert_eq!(asked.graph.name(asked.node(Kind::ServiceChannel, "sfdc_phone")), "sfdc_phone");
    assert!(asked.graph.edges().all(|(.., edge)| !edge.exact));
    assert!(asked.graph.standard_names(Kind::Group).any(|name| name == "AllInternalUsers"));
    assert_eq!(asked.graph.names(Kind::ServicePresenceStatus), ["Available"]);
}

#[test]
fn one_name_in_two_files_is_one_node() {
    let asked = Asked::new(
        "
== ServicePresenceStatus one/Busy
    <label>Busy</label>
== ServicePresenceStatus two/BUSY
    <label>Busy</label>
",
    );
    let busy = asked.node(Kind::ServicePresenceStatus, "busy");
    let files: Vec<_> = asked.graph.components_of(busy).map(|component| component.name.as_str()).collect();
    assert_eq!(files, ["Busy", "BUSY"]);
}

/// A project with fields and value sets; the last package directory is `extra`.
fn with_fields() -> Graph {
    let picklist = |name: &str, values: &str| {
        format!(
            "<CustomField xmlns=\"x\"><fullName>{name}</fullName><type>Picklist</type><valueSet>{values}</valueSet></CustomField>"
        )
    };
    let own = |value: &str| {
        format!(
            "<restricted>true</restricted><valueSetDefinition><value><fullName>{value}</fullName></value></valueSetDefinition>"
        )
    };
    let text = |path: &str, text: String| TextFile { path: path.to_owned(), text, package: 0, ignored: false };
    let channel = "<ServiceChannel><relatedEntityType>Case</relatedEntityType></ServiceChannel>";
    let rules = "<WorkSkillRouting><relatedEntity>task</relatedEntity></WorkSkillRouting>";
    let files = vec![
        text("app/A.serviceChannel-meta.xml", channel.to_owned()),
        text("app/B.workSkillRouting-meta.xml", rules.to_owned()),
        text("app/objects/Case/fields/Topic__c.field-meta.xml", picklist("Topic__c", &own("Old"))),
        text(
            "app/objects/Case/fields/Area__c.field-meta.xml",
            picklist("Area__c", "<valueSetName>Areas</valueSetName>"),
        ),
        TextFile { ignored: true, ..text("app/objects/Case/fields/Hidden__c.field-meta.xml", String::new()) },
        text("app/objects/Lead/fields/Tier__c.field-meta.xml", picklist("Tier__c", &own("Gold"))),
        text("app/objects/Activity/fields/Kind__c.field-meta.xml", picklist("Kind__c", &own("Call"))),
        text(
            "app/Areas.globalValueSet-meta.xml",
            "<GlobalValueSet><customValue><fullName>North</fullName></customValue></GlobalValueSet>".to_owned(),
        ),
        text(
            "app/CaseStatus.standardValueSet-meta.xml",
            "<StandardValueSet><standardValue><fullName>New</fullName></standardValue></StandardValueSet>".to_owned(),
        ),
        TextFile {
            package: 1,
            ..text("extra/objects/Case/fields/topic__c.field-meta.xml", picklist("Topic__c", &own("New")))
        },
    ];
    analyse_texts(files, Layout::Sfdx, ApiVersion::NEWEST, &Options::default()).graph
}

#[test]
fn fields_are_known_of_the_objects_that_are_routed() {
    let graph = with_fields();
    let names = |object| graph.fields_of(object).map(|of| of.fields.iter().map(|f| &*f.name).collect::<Vec<_>>());
    assert_eq!(names("case"), Some(vec!["Area__c", "Hidden__c", "topic__c"]));
    assert_eq!(names("Task"), Some(vec!["Kind__c"]), "tasks have the fields of activities");
    assert_eq!(names("Lead"), None, "nothing routes leads");
    assert!(!graph.fields_of("Case").unwrap().is_defined);
    let values = |object, field| {
        let picklist = graph.picklist_of(object, field)?;
        Some(picklist.values.iter().filter_map(|value| value.full_name.get()).map(|name| &**name).collect::<Vec<_>>())
    };
    assert_eq!(values("Case", "Topic__c"), Some(vec!["New"]), "the last package directory's");
    assert_eq!(values("Case", "Area__c"), Some(vec!["North"]));
    assert_eq!(values("Case", "status"), Some(vec!["New"]));
    assert_eq!(values("Case", "Hidden__c"), None);
    assert_eq!(values("Case", "Priority"), None);
    assert_eq!(values("Lead", "Tier__c"), None);
}
