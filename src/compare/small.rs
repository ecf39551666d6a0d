//! What an example needs of a plan.

use super::classes::{Entry, WorkKind};
use crate::plan::{Agent, Name, Plan, Queue, RouteWork, RoutingConfiguration, Skill, Tables};

/// What of a plan the example needs: a large one would take long to begin with, and others are not there anyway.
pub(super) fn plan(plan: &Plan, rep: Option<&Name>, work: &[(WorkKind, Name)]) -> Plan {
    let Tables { queues, route_works, routing_configurations, users, governed_by_user, skills, agents, .. } =
        &plan.tables;
    let is_rep = |user: &Name| rep == Some(user);
    let is_entry = |entry: &Entry| work.iter().any(|(kind, _)| kind.entry == *entry);
    let is_flow = |row: &&RouteWork| is_entry(&Entry::Flow { flow: row.flow.clone(), action: row.action.clone() });
    let route_works: Vec<RouteWork> = route_works.iter().filter(is_flow).cloned().collect();
    let by_flow = |name: &Name| route_works.iter().any(|row| row.may.queues.named.contains(name));
    let is_own = |row: &&Queue| is_entry(&Entry::Queue(row.name.clone())) || by_flow(&row.name);
    let queues: Vec<Queue> = queues.iter().filter(is_own).map(|row| with_members(row, &is_rep)).collect();
    let is_used = |row: &RoutingConfiguration| {
        queues.iter().any(|queue| queue.routing_configuration.as_ref() == Some(&row.name))
            || route_works.iter().any(|work| work.may.routing_configurations.named.contains(&row.name))
    };
    let configs = routing_configurations.iter().filter(|row| is_used(row)).cloned();
    let routing_configurations = configs.map(|row| RoutingConfiguration { overflow: None, ..row }).collect();
    let agents = agents.as_ref().map(|rows| {
        let own = rows.iter().filter(|row| is_rep(&row.user)).cloned();
        let is_left = |name: &Name| queues.iter().any(|row| row.name == *name);
        own.map(|row| Agent { queues: row.queues.into_iter().filter(is_left).collect(), ..row }).collect()
    });
    let skill = |row: &Skill| Skill {
        name: row.name.clone(),
        users: row.users.iter().filter(|user| is_rep(user)).cloned().collect(),
        profiles: row.profiles.clone(),
    };
    let skills = skills.iter().map(skill).collect();
    let tables = Tables {
        users: users.iter().filter(|user| is_rep(user)).cloned().collect(),
        governed_by_user: governed_by_user.iter().filter(|row| is_rep(&row.user)).cloned().collect(),
        queues,
        routing_configurations,
        route_works,
        agents,
        skills,
        supervisor_views: Vec::new(),
        messaging_channels: Vec::new(),
        settings: plan.tables.settings,
        channels: plan.tables.channels.clone(),
        presence_statuses: plan.tables.presence_statuses.clone(),
        decline_reasons: plan.tables.decline_reasons.clone(),
        presence_configurations: plan.tables.presence_configurations.clone(),
        governed_by_profile: plan.tables.governed_by_profile.clone(),
        skill_rules: plan.tables.skill_rules.clone(),
        outside: plan.tables.outside.clone(),
    };
    let mut small = Plan {
        format: plan.format,
        compiler: plan.compiler.clone(),
        api_version: plan.api_version.clone(),
        digest: String::new(),
        filled_in: Vec::new(),
        left_out: Vec::new(),
        tables,
        display: None,
        provenance: None,
    };
    // What the plan has and the example does not.
    small.tables.outside = small.tables.named_outside();
    small
}

/// A queue with those of its agents who are there.
fn with_members(queue: &Queue, is_there: &impl Fn(&Name) -> bool) -> Queue {
    let agents = queue.agents().iter().filter(|user| is_there(user)).cloned().collect();
    let mut queue = queue.clone();
    queue.members.users.clear();
    queue.agents = Some(agents);
    queue
}
