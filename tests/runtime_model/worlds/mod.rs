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
    let decline = Acceptance::Decline { reasons: vec![Ref::Row(0), Ref::Row(1)], status: Some(Ref::Row(1)) };
    let nil = PresenceConfiguration { capacity: None, ..presence("Nil", 0) };
    Tables {
        channels: vec![
            Channel { interruptible: true, ..by_urgency(channel("Cases", "Case")) },
            Channel { interruptible: true, ..channel("Chats", "LiveChatTranscript") },
            channel("Phone", "VoiceCall"),
        ],
        presence_statuses: vec![status("Available", &[0, 1, 2]), status("Break", &[]), status("Cases_Only", &[0])],
        presence_configurations: vec![
            PresenceConfiguration { status_on_push_timeout: Some(Ref::Row(2)), ..manual },
            PresenceConfiguration {
                acceptance: decline,
                interruptible_capacity: Some(units(1)),
                ..presence("Choosy", 2)
            },
            nil,
        ],
        governed_by_user: governed(&[(0, 0), (1, 1), (3, 2)]),
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
                overflow: Some(Overflow::User(3)),
                ..routing("Chats", RoutingModel::MostAvailable, 1, percent(30))
            },
            RoutingConfiguration {
                priority: None,
                capacity_type: CapacityType::Primary,
                overflow: Some(Overflow::Queue(Ref::Row(3))),
                ..routing("Heavy", RoutingModel::MostAvailable, 2, Cost::Units(Units(17_500)))
            },
        ],
        queues: vec![
            queue("Calls", Some(0), &[("VoiceCall", Some(2))], &[0, 1, 2]),
            queue("Cases", Some(1), &[("Case", Some(0))], &[0, 1, 2, 3]),
            queue("Chats", Some(2), &[("LiveChatTranscript", Some(1))], &[0, 1, 2]),
            queue("Drawer", None, &[("Case", None)], &[]),
            queue("Heavy", Some(3), &[("Case", Some(0))], &[1, 2]),
        ],
        ..empty(4)
    }
}

/// Skill rules, levels, additional skills; the org's agents by records.
fn skills() -> Tables {
    let names = [
        skill("English", &[], &[]),
        skill("French", &[0, 3], &[]),
        skill("Hardware", &[1], &["support"]),
        skill("Loans", &[], &[]),
    ];
    let granted = PresenceStatus { granted_by_profiles: vec!["support".into()], ..status("Profiles_Only", &[0, 1]) };
    let elsewhere = AgentSkill { skill: Ref::Outside("Elsewhere".into()), level: None, from: None, until: None };
    let mut far = agent(3, Some(0), &[], &[(0, Some(3)), (3, None)]);
    far.skills.push(elsewhere);
    Tables {
        channels: vec![channel("Cases", "Case"), channel("Leads", "Lead")],
        presence_statuses: vec![
            status("Available", &[0, 1]),
            status("Break", &[]),
            status("Leads_Only", &[1]),
            granted,
        ],
        presence_configurations: vec![
            presence("Two", 2),
            PresenceConfiguration {
                acceptance: Acceptance::Decline { reasons: Vec::new(), status: None },
                ..presence("Three", 3)
            },
        ],
        governed_by_profile: vec![GovernedProfile { profile: "support".into(), presence_configuration: 1 }],
        routing_configurations: vec![
            RoutingConfiguration {
                attribute_based: true,
                skills: vec![Ref::Row(0)],
                drop_additional_skills_after_seconds: Some(20),
                push_timeout_seconds: Some(25),
                ..routing("By_Attributes", RoutingModel::LeastActive, 1, Cost::Units(units(1)))
            },
            RoutingConfiguration {
                drop_additional_skills_after_seconds: Some(7),
                skills: vec![Ref::Row(3)],
                ..routing("By_Flow", RoutingModel::MostAvailable, 0, percent(40))
            },
            RoutingConfiguration {
                drop_additional_skills_after_seconds: Some(30),
                skills: vec![Ref::Outside("Elsewhere".into())],
                ..routing("Loose", RoutingModel::MostAvailable, 1, Cost::Units(units(1)))
            },
            routing("Members", RoutingModel::LeastActive, 1, Cost::Units(units(1))),
            RoutingConfiguration { model: None, ..routing("Nil", RoutingModel::LeastActive, 1, percent(1)) },
        ],
        queues: vec![
            queue("Attributes", Some(0), &[("Case", Some(0))], &[]),
            queue("Members", Some(3), &[("Lead", Some(1))], &[0, 1, 4]),
            queue("Nil", Some(4), &[("Lead", Some(1))], &[0]),
        ],
        skills: names.to_vec(),
        skill_rules: vec![
            rule("Case.Language", "English", 0, Some(2), None),
            rule("Case.Language", "French", 1, Some(3), Some(0)),
            rule("Case.Topic", "Hardware", 2, None, Some(5)),
            rule("Case.Topic", "Loans", 3, Some(1), Some(2)),
            rule("Case.Urgency", "High", 3, Some(4), None),
            SkillRule { active: false, ..rule("Case.Urgency", "Low", 1, None, None) },
        ],
        agents: Some(vec![
            Agent { profile: Some("support".into()), ..agent(0, None, &[0, 1], &[(0, Some(5)), (3, Some(2))]) },
            agent(1, Some(0), &[0, 1], &[(0, Some(1)), (1, Some(4))]),
            Agent { statuses_complete: true, ..agent(2, Some(1), &[0], &[(0, None), (2, Some(3)), (3, Some(5))]) },
            far,
        ]),
        ..empty(5)
    }
}

/// Status-based work with paused costs, and checks on changes of owner and status; interruptible work beside it.
fn statuses() -> Tables {
    let decline = Acceptance::Decline { reasons: Vec::new(), status: Some(Ref::Row(1)) };
    Tables {
        channels: vec![
            Channel { interruptible: true, ..by_status("Cases", "Case", true, true) },
            by_status("Leads", "Lead", false, false),
            Channel { auto_accept: true, ..by_status("Orders", "Order", false, true) },
            channel("Tasks", "Task"),
        ],
        presence_statuses: vec![status("Available", &[0, 1, 2, 3]), status("Leads_Only", &[1]), status("Break", &[])],
        presence_configurations: vec![
            PresenceConfiguration { interruptible_capacity: Some(units(2)), ..presence("Both", 2) },
            PresenceConfiguration {
                acceptance: decline,
                status_on_push_timeout: Some(Ref::Row(2)),
                ..presence("Three", 3)
            },
        ],
        governed_by_user: governed(&[(0, 0), (1, 1), (2, 1)]),
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
            queue("Cases", Some(0), &[("Case", Some(0))], &[0, 1, 2]),
            queue("Leads", Some(1), &[("Lead", Some(1))], &[0, 1, 2]),
            queue("Orders", Some(2), &[("Order", Some(2))], &[0, 2]),
            queue("Tasks", Some(3), &[("Task", Some(3))], &[0, 1, 2]),
        ],
        skills: vec![skill("English", &[0, 1], &[])],
        ..empty(3)
    }
}

/// A partner's queue beside those of Omni-Channel.
fn partners() -> Tables {
    let outside = |object: &str| QueueObject { object: object.into(), channel: Some(Ref::Outside("Far_Away".into())) };
    let far = Queue { objects: vec![outside("Message")], ..queue("Far", Some(0), &[], &[0, 1, 2]) };
    let mut available = status("Available", &[0, 1]);
    available.channels.push(Ref::Outside("Far_Away".into()));
    Tables {
        channels: vec![by_urgency(channel("Cases", "Case")), by_status("Leads", "Lead", false, false)],
        presence_statuses: vec![available, status("Break", &[])],
        presence_configurations: vec![
            presence("Two", 2),
            PresenceConfiguration {
                acceptance: Acceptance::Decline { reasons: vec![Ref::Row(0)], status: None },
                status_on_push_timeout: Some(Ref::Row(1)),
                ..presence("Three", 3)
            },
        ],
        governed_by_user: governed(&[(0, 0), (1, 1)]),
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
            queue("Own", Some(2), &[("Case", Some(0)), ("Lead", Some(1))], &[0, 1, 2]),
            queue("Partner", Some(0), &[("Case", Some(0))], &[0, 1]),
            queue("Partner_Leads", Some(1), &[("Lead", Some(1))], &[1, 2]),
        ],
        skills: vec![skill("English", &[0, 2], &[])],
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
        presence_statuses: vec![status("Available", &[0, 1, 2]), status("Messages_Only", &[1]), status("Break", &[])],
        presence_configurations: vec![
            PresenceConfiguration { after_conversation_work: Some(of_agent), ..presence("Two", 2) },
            PresenceConfiguration {
                acceptance: Acceptance::Auto,
                after_conversation_work: Some(acw(12, None)),
                ..presence("Automatic", 2)
            },
            PresenceConfiguration { status_on_push_timeout: Some(Ref::Row(2)), ..presence("Slow", 4) },
        ],
        governed_by_user: governed(&[(0, 0), (1, 1), (2, 2)]),
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
            queue("Calls", Some(0), &[("VoiceCall", Some(0))], &[0, 1, 2]),
            queue("Messages", Some(1), &[("MessagingSession", Some(1))], &[0, 1, 2, 3]),
            queue("Orders", Some(2), &[("Order", Some(2))], &[0, 1, 2, 3]),
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
    let users: Vec<u32> = (0..96).collect();
    let row = |user: u32| if user < 72 { 0 } else { user % 4 };
    let of = |queue: Queue| Queue { agents: users.clone(), ..queue };
    Tables {
        users: users.iter().map(|user| format!("u{user:02}")).collect(),
        governed_by_user: users
            .iter()
            .map(|&user| (user, row(user)))
            .filter(|&(_, row)| row < 3)
            .map(governs)
            .collect(),
        queues: few.queues.into_iter().map(of).collect(),
        ..few
    }
}
