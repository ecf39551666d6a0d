//! Rows of plans, short to write.

use omnic::plan::*;

fn names(names: &[&str]) -> Vec<Name> {
    names.iter().map(|&name| name.into()).collect()
}

pub(super) fn channel(name: &str, object: &str) -> Channel {
    Channel { name: name.into(), object: Some(object.into()), ..Channel::default() }
}

/// A channel whose field `Status` says `Working`, `On Hold` or `Closed`; `Odd` says nothing.
pub(super) fn by_status(name: &str, object: &str, checks_owner_change: bool, checks_status_change: bool) -> Channel {
    use StatusMeaning::{Completed, InProgress, Paused};
    let values = [("Closed", Completed), ("New", InProgress), ("On Hold", Paused), ("Working", InProgress)];
    let value = |(value, meaning): (&str, StatusMeaning)| ValueMeaning { value: value.into(), meaning };
    let values = values.into_iter().map(value).collect();
    let status_capacity = StatusCapacity { field: "Status".into(), values, checks_owner_change, checks_status_change };
    Channel {
        capacity_model: CapacityModel::StatusBased,
        status_capacity: Some(status_capacity),
        ..channel(name, object)
    }
}

/// `High` goes before `Low`, by the field `Urgency`; `Odd` has no priority.
pub(super) fn by_urgency(channel: Channel) -> Channel {
    let value = |value: &str, priority| ValuePriority { value: value.into(), priority };
    let values = vec![value("High", 0), value("Low", 2), value("Middle", 1)];
    Channel { secondary_priority: Some(SecondaryPriority { field: "Urgency".into(), values }), ..channel }
}

pub(super) fn acw(max_seconds: u32, extension: Option<(u32, u32)>) -> AfterConversationWork {
    let extension = extension.map(|(seconds, most)| AcwExtension { seconds, most });
    AfterConversationWork { max_seconds, extension }
}

pub(super) fn status(name: &str, channels: &[&str]) -> PresenceStatus {
    PresenceStatus {
        name: name.into(),
        channels: names(channels),
        away: channels.is_empty(),
        ..PresenceStatus::default()
    }
}

pub(super) fn presence(name: &str, capacity: i64) -> PresenceConfiguration {
    PresenceConfiguration { name: name.into(), capacity: Some(units(capacity)), ..PresenceConfiguration::default() }
}

pub(super) fn units(units: i64) -> Units {
    Units(units * 10_000)
}

pub(super) fn percent(percent: i64) -> Cost {
    Cost::Share(Share(percent * 100))
}

pub(super) fn routing(name: &str, model: RoutingModel, priority: i32, cost: Cost) -> RoutingConfiguration {
    RoutingConfiguration {
        name: name.into(),
        model: Some(model),
        priority: Some(priority),
        cost,
        ..RoutingConfiguration::default()
    }
}

pub(super) fn queue(name: &str, config: Option<&str>, objects: &[(&str, Option<&str>)], agents: &[&str]) -> Queue {
    let object = |(object, channel): &(&str, Option<&str>)| QueueObject {
        object: (*object).into(),
        channel: channel.map(Into::into),
    };
    Queue {
        name: name.into(),
        routing_configuration: config.map(Into::into),
        objects: objects.iter().map(object).collect(),
        members: Members { users: names(agents), ..Members::default() },
        agents: Some(names(agents)),
        agents_complete: true,
    }
}

pub(super) fn governs((user, configuration): (&str, &str)) -> GovernedUser {
    GovernedUser { user: user.into(), presence_configuration: configuration.into() }
}

pub(super) fn governed(pairs: &[(&str, &str)]) -> Vec<GovernedUser> {
    pairs.iter().copied().map(governs).collect()
}

pub(super) fn skill(name: &str, users: &[&str], profiles: &[&str]) -> Skill {
    Skill { name: name.into(), users: names(users), profiles: names(profiles) }
}

pub(super) fn rule(field: &str, value: &str, skill: &str, level: Option<i32>, additional: Option<i32>) -> SkillRule {
    SkillRule {
        object: "Case".into(),
        field: field.into(),
        value: Some(value.into()),
        skill: skill.into(),
        level,
        additional: additional.is_some(),
        drop_priority: additional,
        set: "Set".into(),
        ..SkillRule::default()
    }
}

pub(super) fn agent(user: &str, configuration: Option<&str>, queues: &[&str], skills: &[(&str, Option<i64>)]) -> Agent {
    let held = |(skill, level): &(&str, Option<i64>)| AgentSkill {
        skill: (*skill).into(),
        level: level.map(|level| SkillLevel(level * 10_000)),
        ..AgentSkill::default()
    };
    Agent {
        user: user.into(),
        presence_configuration: configuration.map(Into::into),
        statuses: vec!["Available".into()],
        skills: skills.iter().map(held).collect(),
        queues: names(queues),
        ..Agent::default()
    }
}

/// `a` supervises everyone.
pub(super) fn supervisor() -> SupervisorView {
    let action = |tab: &str, action: &str| SupervisorAction {
        tab: tab.into(),
        action: action.into(),
        ..SupervisorAction::default()
    };
    SupervisorView {
        name: "Lead".into(),
        users: vec!["a".into()],
        actions: vec![
            action("AllAgents", "ChangeQueues"),
            action("AllAgents", "ChangeSkills"),
            action("QueuesBacklog", "ManageQueues"),
        ],
        ..SupervisorView::default()
    }
}

/// An org with users `a`, `b`, … and nothing else.
pub(super) fn empty(users: usize) -> Tables {
    let on = true;
    Tables {
        settings: Settings {
            known: true,
            omni_channel: on,
            skills_based_routing: on,
            secondary_routing_priority: on,
            status_based_capacity: on,
        },
        decline_reasons: vec!["Busy".into(), "Lunch".into()],
        users: ["a", "b", "c", "d", "e", "f"].into_iter().take(users).map(Into::into).collect(),
        supervisor_views: vec![supervisor()],
        ..Tables::default()
    }
}

pub(super) fn plan(mut tables: Tables) -> Plan {
    tables.outside = tables.named_outside();
    let compiler = Compiler { name: "omnic".into(), version: "0".into() };
    let (digest, api_version) = (tables.digest(), "66.0".into());
    Plan {
        format: FORMAT,
        compiler,
        api_version,
        digest,
        filled_in: Vec::new(),
        left_out: Vec::new(),
        tables,
        display: None,
        provenance: None,
    }
}
