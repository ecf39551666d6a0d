//! Small plans in which everything happens: few agents, so that capacity is scarce.

mod dates;
mod rows;

use omnic::plan::*;
use rows::*;

pub(crate) use dates::{dated, dates};

/// Each world by its name.
pub(crate) fn all() -> Vec<(&'static str, Plan)> {
    vec![
        ("queues", plan(queues())),
        ("skills", plan(skills())),
        ("statuses", plan(statuses())),
        ("partners", plan(partners())),
        ("conversations", plan(conversations())),
        ("switched off", plan(switched_off())),
        ("crowd", plan(crowd())),
    ]
}

/// Both routing models, weights and percentages, push timeouts and declines with their statuses, chats and calls.
fn queues() -> Tables {
    let manual = presence("Chatty", 3);
    let decline = Acceptance::Decline { reasons: vec!["Busy".into(), "Lunch".into()], status: Some("Break".into()) };
    let nil = PresenceConfiguration { capacity: None, ..presence("Nil", 0) };
    Tables {
        channels: vec![
            Channel { interruptible: true, ..by_urgency(channel("Cases", "Case")) },
            Channel { interruptible: true, ..channel("Chats", "LiveChatTranscript") },
            channel("Phone", "VoiceCall"),
        ],
        presence_statuses: vec![
            status("Available", &["Cases", "Chats", "Phone"]),
            status("Break", &[]),
            status("Cases_Only", &["Cases"]),
        ],
        presence_configurations: vec![
            PresenceConfiguration { status_on_push_timeout: Some("Cases_Only".into()), ..manual },
            PresenceConfiguration {
                acceptance: decline,
                interruptible_capacity: Some(units(1)),
                ..presence("Choosy", 2)
            },
            nil,
        ],
        governed_by_user: governed(&[("a", "Chatty"), ("b", "Choosy"), ("d", "Nil")]),
        routing_configurations: vec![
            RoutingConfiguration {
                push_timeout_seconds: Some(40),
                ..routing("Calls", RoutingModel::LeastActive, 0, percent(100))
            },
            RoutingConfiguration {
                push_timeout_seconds: Some(15),
                ..routing("Cases", RoutingModel::LeastActive, 2, Cost::Units(units(1)))
            },
            RoutingConfiguration {
                overflow: Some(Overflow::User("d".into())),
                ..routing("Chats", RoutingModel::MostAvailable, 1, percent(30))
            },
            RoutingConfiguration {
                priority: None,
                capacity_type: CapacityType::Primary,
                overflow: Some(Overflow::Queue("Drawer".into())),
                ..routing("Heavy", RoutingModel::MostAvailable, 2, Cost::Units(Units(17_500)))
            },
        ],
        queues: vec![
            queue("Calls", Some("Calls"), &[("VoiceCall", Some("Phone"))], &["a", "b", "c"]),
            queue("Cases", Some("Cases"), &[("Case", Some("Cases"))], &["a", "b", "c", "d"]),
            queue("Chats", Some("Chats"), &[("LiveChatTranscript", Some("Chats"))], &["a", "b", "c"]),
            queue("Drawer", None, &[("Case", None)], &[]),
            queue("Heavy", Some("Heavy"), &[("Case", Some("Cases"))], &["b", "c"]),
        ],
        ..empty(4)
    }
}

/// Skill rules, levels, additional skills; the org's agents by records.
fn skills() -> Tables {
    let names = [
        skill("English", &[], &[]),
        skill("French", &["a", "d"], &[]),
        skill("Hardware", &["b"], &["support"]),
        skill("Loans", &[], &[]),
    ];
    let granted =
        PresenceStatus { granted_by_profiles: vec!["support".into()], ..status("Profiles_Only", &["Cases", "Leads"]) };
    let elsewhere = AgentSkill { skill: "Elsewhere".into(), ..AgentSkill::default() };
    let mut far = agent("d", Some("Two"), &[], &[("English", Some(3)), ("Loans", None)]);
    far.skills.push(elsewhere);
    Tables {
        channels: vec![channel("Cases", "Case"), channel("Leads", "Lead")],
        presence_statuses: vec![
            status("Available", &["Cases", "Leads"]),
            status("Break", &[]),
            status("Leads_Only", &["Leads"]),
            granted,
        ],
        presence_configurations: vec![
            presence("Two", 2),
            PresenceConfiguration {
                acceptance: Acceptance::Decline { reasons: Vec::new(), status: None },
                ..presence("Three", 3)
            },
        ],
        governed_by_profile: vec![GovernedProfile {
            profile: "support".into(),
            presence_configuration: "Three".into(),
        }],
        routing_configurations: vec![
            RoutingConfiguration {
                attribute_based: true,
                skills: vec!["English".into()],
                drop_additional_skills_after_seconds: Some(20),
                push_timeout_seconds: Some(25),
                ..routing("By_Attributes", RoutingModel::LeastActive, 1, Cost::Units(units(1)))
            },
            RoutingConfiguration {
                drop_additional_skills_after_seconds: Some(7),
                skills: vec!["Loans".into()],
                ..routing("By_Flow", RoutingModel::MostAvailable, 0, percent(40))
            },
            RoutingConfiguration {
                drop_additional_skills_after_seconds: Some(30),
                skills: vec!["Elsewhere".into()],
                ..routing("Loose", RoutingModel::MostAvailable, 1, Cost::Units(units(1)))
            },
            routing("Members", RoutingModel::LeastActive, 1, Cost::Units(units(1))),
            RoutingConfiguration { model: None, ..routing("Nil", RoutingModel::LeastActive, 1, percent(1)) },
        ],
        queues: vec![
            queue("Attributes", Some("By_Attributes"), &[("Case", Some("Cases"))], &[]),
            queue("Members", Some("Members"), &[("Lead", Some("Leads"))], &["a", "b", "e"]),
            queue("Nil", Some("Nil"), &[("Lead", Some("Leads"))], &["a"]),
        ],
        skills: names.to_vec(),
        skill_rules: vec![
            rule("Case.Language", "English", "English", Some(2), None),
            rule("Case.Language", "French", "French", Some(3), Some(0)),
            rule("Case.Topic", "Hardware", "Hardware", None, Some(5)),
            rule("Case.Topic", "Loans", "Loans", Some(1), Some(2)),
            rule("Case.Urgency", "High", "Loans", Some(4), None),
            SkillRule { active: false, ..rule("Case.Urgency", "Low", "French", None, None) },
        ],
        agents: Some(vec![
            Agent {
                profile: Some("support".into()),
                ..agent("a", None, &["Attributes", "Members"], &[("English", Some(5)), ("Loans", Some(2))])
            },
            agent("b", Some("Two"), &["Attributes", "Members"], &[("English", Some(1)), ("French", Some(4))]),
            Agent {
                statuses_complete: true,
                ..agent(
                    "c",
                    Some("Three"),
                    &["Attributes"],
                    &[("English", None), ("Hardware", Some(3)), ("Loans", Some(5))],
                )
            },
            far,
        ]),
        ..empty(5)
    }
}

/// Status-based work with paused costs, and checks on changes of owner and status; interruptible work beside it.
fn statuses() -> Tables {
    let decline = Acceptance::Decline { reasons: Vec::new(), status: Some("Leads_Only".into()) };
    Tables {
        channels: vec![
            Channel { interruptible: true, ..by_status("Cases", "Case", true, true) },
            by_status("Leads", "Lead", false, false),
            Channel { auto_accept: true, ..by_status("Orders", "Order", false, true) },
            channel("Tasks", "Task"),
        ],
        presence_statuses: vec![
            status("Available", &["Cases", "Leads", "Orders", "Tasks"]),
            status("Leads_Only", &["Leads"]),
            status("Break", &[]),
        ],
        presence_configurations: vec![
            PresenceConfiguration { interruptible_capacity: Some(units(2)), ..presence("Both", 2) },
            PresenceConfiguration {
                acceptance: decline,
                status_on_push_timeout: Some("Break".into()),
                ..presence("Three", 3)
            },
        ],
        governed_by_user: governed(&[("a", "Both"), ("b", "Three"), ("c", "Three")]),
        routing_configurations: vec![
            RoutingConfiguration {
                paused_cost: Cost::Units(Units(2_500)),
                push_timeout_seconds: Some(30),
                ..routing("Cases", RoutingModel::MostAvailable, 1, Cost::Units(units(1)))
            },
            RoutingConfiguration {
                paused_cost: percent(10),
                ..routing("Leads", RoutingModel::LeastActive, 1, percent(50))
            },
            RoutingConfiguration {
                capacity_type: CapacityType::Interruptible,
                ..routing("Orders", RoutingModel::LeastActive, 0, percent(60))
            },
            routing("Tasks", RoutingModel::MostAvailable, 3, Cost::Units(Units(12_345))),
        ],
        queues: vec![
            queue("Cases", Some("Cases"), &[("Case", Some("Cases"))], &["a", "b", "c"]),
            queue("Leads", Some("Leads"), &[("Lead", Some("Leads"))], &["a", "b", "c"]),
            queue("Orders", Some("Orders"), &[("Order", Some("Orders"))], &["a", "c"]),
            queue("Tasks", Some("Tasks"), &[("Task", Some("Tasks"))], &["a", "b", "c"]),
        ],
        skills: vec![skill("English", &["a", "b"], &[])],
        ..empty(3)
    }
}

/// A partner's queue beside those of Omni-Channel.
fn partners() -> Tables {
    let outside = |object: &str| QueueObject { object: object.into(), channel: Some("Far_Away".into()) };
    let far = Queue { objects: vec![outside("Message")], ..queue("Far", Some("Partner"), &[], &["a", "b", "c"]) };
    let mut available = status("Available", &["Cases", "Leads"]);
    available.channels.push("Far_Away".into());
    Tables {
        channels: vec![by_urgency(channel("Cases", "Case")), by_status("Leads", "Lead", false, false)],
        presence_statuses: vec![available, status("Break", &[])],
        presence_configurations: vec![
            presence("Two", 2),
            PresenceConfiguration {
                acceptance: Acceptance::Decline { reasons: vec!["Busy".into()], status: None },
                status_on_push_timeout: Some("Break".into()),
                ..presence("Three", 3)
            },
        ],
        governed_by_user: governed(&[("a", "Two"), ("b", "Three")]),
        routing_configurations: vec![
            RoutingConfiguration {
                push_timeout_seconds: Some(20),
                ..routing("Partner", RoutingModel::External, 1, Cost::Units(units(1)))
            },
            RoutingConfiguration {
                drop_additional_skills_after_seconds: Some(9),
                ..routing("Partner_Leads", RoutingModel::External, 2, percent(50))
            },
            routing("Own", RoutingModel::LeastActive, 1, Cost::Units(units(1))),
        ],
        queues: vec![
            far,
            queue("Own", Some("Own"), &[("Case", Some("Cases")), ("Lead", Some("Leads"))], &["a", "b", "c"]),
            queue("Partner", Some("Partner"), &[("Case", Some("Cases"))], &["a", "b"]),
            queue("Partner_Leads", Some("Partner_Leads"), &[("Lead", Some("Leads"))], &["b", "c"]),
        ],
        skills: vec![skill("English", &["a", "c"], &[])],
        ..empty(3)
    }
}

/// After conversation work, automatic acceptance, secondary priorities.
fn conversations() -> Tables {
    let of_agent = acw(45, Some((10, 2)));
    Tables {
        channels: vec![
            Channel { after_conversation_work: Some(acw(60, Some((15, 1)))), ..channel("Calls", "VoiceCall") },
            Channel { auto_accept: true, ..by_urgency(channel("Messages", "MessagingSession")) },
            by_urgency(by_status("Orders", "Order", true, false)),
        ],
        presence_statuses: vec![
            status("Available", &["Calls", "Messages", "Orders"]),
            status("Messages_Only", &["Messages"]),
            status("Break", &[]),
        ],
        presence_configurations: vec![
            PresenceConfiguration { after_conversation_work: Some(of_agent), ..presence("Two", 2) },
            PresenceConfiguration {
                acceptance: Acceptance::Auto,
                after_conversation_work: Some(acw(12, None)),
                ..presence("Automatic", 2)
            },
            PresenceConfiguration { status_on_push_timeout: Some("Break".into()), ..presence("Slow", 4) },
        ],
        governed_by_user: governed(&[("a", "Two"), ("b", "Automatic"), ("c", "Slow")]),
        routing_configurations: vec![
            RoutingConfiguration {
                push_timeout_seconds: Some(25),
                ..routing("Calls", RoutingModel::MostAvailable, 0, percent(100))
            },
            routing("Messages", RoutingModel::LeastActive, 1, Cost::Units(units(1))),
            RoutingConfiguration {
                push_timeout_seconds: Some(10),
                paused_cost: Cost::Units(Units(5_000)),
                ..routing("Orders", RoutingModel::MostAvailable, 1, Cost::Units(units(1)))
            },
        ],
        queues: vec![
            queue("Calls", Some("Calls"), &[("VoiceCall", Some("Calls"))], &["a", "b", "c"]),
            queue("Messages", Some("Messages"), &[("MessagingSession", Some("Messages"))], &["a", "b", "c", "d"]),
            queue("Orders", Some("Orders"), &[("Order", Some("Orders"))], &["a", "b", "c", "d"]),
        ],
        ..empty(4)
    }
}

/// An org without skills-based routing, secondary priorities and status-based capacity.
fn switched_off() -> Tables {
    let mut tables = statuses();
    tables.settings.skills_based_routing = false;
    tables.settings.secondary_routing_priority = false;
    tables.settings.status_based_capacity = false;
    tables.channels[0] = by_urgency(tables.channels[0].clone());
    tables
}

/// So many agents of one capacity that the runtime does not look through all of them, and a few of others.
fn crowd() -> Tables {
    let few = queues();
    let number = |user: u8| if user < 4 { char::from(b'a' + user).to_string() } else { format!("u{user:02}") };
    let users: Vec<Name> = (0..96).map(|user| number(user).into()).collect();
    let row = |user: u8| if user < 72 { 0 } else { user % 4 };
    let of = |queue: Queue| Queue { agents: Some(users.clone()), ..queue };
    let configurations = ["Chatty", "Choosy", "Nil"];
    let governing = |user: u8| Some((number(user), *configurations.get(usize::from(row(user)))?));
    Tables {
        governed_by_user: (0..96)
            .filter_map(governing)
            .map(|(user, configuration)| governs((&user, configuration)))
            .collect(),
        queues: few.queues.into_iter().map(of).collect(),
        users,
        ..few
    }
}
