//! How much else has to do with a component, and where: in a few words, for a line beside it.

use rustc_hash::FxHashSet;

use super::facts::{self, governed};
use crate::graph::reach::{Agent, Barrier, MEMBER_ROLES, Offers};
use crate::graph::{Graph, NodeId, Resolution};
use crate::metadata::{
    Component, OmniSupervisorConfig, PresenceUserConfig, Queue, QueueRoutingConfig, ServiceChannel,
    ServicePresenceStatus, WorkSkillRouting,
};
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{count, plural};

/// Where it is known that no member is offered the work.
const NOBODY: &str = "offered to nobody";

/// A few words, and the places that they count.
pub type Count = (String, Vec<Location>);

/// What else has to do with a component. What is not known is left out.
pub fn of(graph: &Graph, node: NodeId) -> Vec<Count> {
    let counts = match graph.node(node).kind {
        Kind::QueueRoutingConfig => routing(graph, node),
        Kind::Queue => queue(graph, node),
        Kind::ServiceChannel => channel(graph, node),
        Kind::PresenceUserConfig => presence(graph, node),
        Kind::ServicePresenceStatus => status(graph, node),
        Kind::Skill => skill(graph, node),
        Kind::WorkSkillRouting => rules(graph, node),
        Kind::PresenceDeclineReason => {
            vec![counted("given under", &all(graph, node, &[Role::DeclineReason]), "presence configuration")]
        }
        Kind::Group => group(graph, node),
        Kind::OmniSupervisorConfig => supervisor(graph, node),
        Kind::Profile | Kind::PermissionSet => holder(graph, node),
        Kind::Flow | Kind::MessagingChannel => entry(graph, node),
        _ => Vec::new(),
    };
    // A component that is only there in part, such as a file that cannot be read, says nothing of itself.
    if graph.node(node).components.is_empty() { Vec::new() } else { counts }
}

/// The references to a node in some roles.
fn all(graph: &Graph, node: NodeId, roles: &[Role]) -> Vec<(NodeId, Location)> {
    roles.iter().flat_map(|&role| graph.sources(node, role)).collect()
}

/// The references that a node makes in some roles.
fn own(graph: &Graph, node: NodeId, roles: &[Role]) -> Vec<(NodeId, Location)> {
    roles.iter().flat_map(|&role| graph.targets(node, role)).collect()
}

/// `routes 3 queues`, `routes no queue`. Each node counts once.
fn counted(verb: &str, nodes: &[(NodeId, Location)], noun: &str) -> Count {
    let number = number(nodes);
    let words = if number == 0 { format!("{verb} no {noun}") } else { format!("{verb} {}", count(number, noun)) };
    (words, places(nodes))
}

/// The same, but nothing for none.
fn any(verb: &str, nodes: &[(NodeId, Location)], noun: &str) -> Option<Count> {
    (!nodes.is_empty()).then(|| counted(verb, nodes, noun))
}

fn number(nodes: &[(NodeId, Location)]) -> usize {
    nodes.iter().map(|(node, _)| node).collect::<FxHashSet<_>>().len()
}

fn places(nodes: &[(NodeId, Location)]) -> Vec<Location> {
    let mut seen = FxHashSet::default();
    nodes.iter().map(|(_, place)| *place).filter(|place| seen.insert(*place)).collect()
}

fn routing(graph: &Graph, node: NodeId) -> Vec<Count> {
    if graph.get::<QueueRoutingConfig>(node).is_none() {
        return Vec::new();
    }
    let queues: Vec<_> = graph.queues_of(node).collect();
    let handed = all(graph, node, &[Role::RoutesByConfig, Role::HandlerConfig]);
    let mut found = vec![counted("routes", &queues, "queue")];
    found.extend(
        any("named by", &handed, "flow or messaging channel").map(|(words, places)| {
            (words.replace("flow or messaging channels", "flows and messaging channels"), places)
        }),
    );
    found
}

fn queue(graph: &Graph, node: NodeId) -> Vec<Count> {
    if graph.get::<Queue>(node).is_none() {
        return Vec::new();
    }
    let Some((config, place)) = graph.config_of(node) else {
        return [Some(("not routed".to_owned(), Vec::new())), members(graph, node)].into_iter().flatten().collect();
    };
    let home = graph.components_of(config).next().map_or(place, Component::location);
    let is_missing = matches!(graph.node(config).resolution, Resolution::Unknown { .. });
    let missing = if is_missing { ", not in the project" } else { "" };
    let mut found = vec![(format!("routed by `{}`{missing}", graph.name(config)), vec![home])];
    let offers = graph.offers_of(node);
    if let Some(barrier) = &offers.barrier {
        let place = if let Barrier::SwitchedOff(place) = barrier { vec![*place] } else { Vec::new() };
        found.push((NOBODY.to_owned(), place));
    } else if graph.get::<QueueRoutingConfig>(config).is_none() {
        found.extend(members(graph, node));
    } else if graph.is_attribute_based(node) {
        found.push(("offered by skills".to_owned(), Vec::new()));
    } else if !graph.is_external(config) {
        found.extend(offered(graph, node, &offers));
    }
    found
}

/// To how many agents, of those who are known. Nothing where none is known.
fn offered(graph: &Graph, queue: NodeId, offers: &Offers) -> Option<Count> {
    let Offers { users, refused, complete, certain, .. } = offers;
    let words = match (users.len(), refused.len()) {
        (0, 0) if !complete || graph.members_of(queue).is_empty() => return None,
        (0, _) if *complete => NOBODY.to_owned(),
        (0, refused) => format!("not offered to {}", count(refused, "known agent")),
        (number, _) if *complete => format!("offered to {}", count(number, "agent")),
        (number, _) if *certain => format!("offered to at least {}", count(number, "agent")),
        (number, _) => format!("offered to {}", count(number, "known agent")),
    };
    let refused: Vec<Agent> = refused.iter().map(|(agent, _)| *agent).collect();
    let shown = if users.is_empty() { &refused } else { users };
    Some((words, places_of(graph, shown)))
}

/// The members of a queue whose work nobody is known to be offered.
fn members(graph: &Graph, queue: NodeId) -> Option<Count> {
    let agents = graph.agents_of(queue);
    let own = graph.members_of(queue);
    match agents.users.len() {
        0 if own.is_empty() => None,
        number if agents.complete => Some((count(number, "member"), places_of(graph, &agents.users))),
        _ => {
            let places = own.iter().map(|member| (member.who, member.location)).collect::<Vec<_>>();
            Some((format!("members: {}", facts::members(&own)?), self::places(&places)))
        }
    }
}

/// Where queues name these agents, or else records.
fn places_of(graph: &Graph, agents: &[Agent]) -> Vec<Location> {
    let place = |user| graph.org().and_then(|org| org.place_of(user));
    let found = agents
        .iter()
        .filter_map(|agent| Some((agent.user, agent.by.map(|by| by.location).or_else(|| place(agent.user))?)));
    places(&found.collect::<Vec<_>>())
}

fn channel(graph: &Graph, node: NodeId) -> Vec<Count> {
    let Some(item) = graph.get::<ServiceChannel>(node) else { return Vec::new() };
    let statuses: Vec<_> = graph.statuses_of(node).collect();
    let mut found = vec![counted("offered by", &statuses, "presence status")];
    if item.value.related_entity_type.get().is_some() {
        for (object, _) in graph.targets(node, Role::Carries) {
            let queues: Vec<_> = graph.sources(object, Role::Holds).collect();
            found.push(counted(&format!("`{}` held by", graph.name(object)), &queues, "queue"));
        }
    }
    found
}

fn presence(graph: &Graph, node: NodeId) -> Vec<Count> {
    let Some(item) = graph.get::<PresenceUserConfig>(node) else { return Vec::new() };
    let governs = own(graph, node, &[Role::GovernsUser, Role::GovernsProfile]);
    let words = governed(graph, item).map_or("governs nobody by name".to_owned(), |whom| format!("governs {whom}"));
    vec![(words, places(&governs))]
}

fn status(graph: &Graph, node: NodeId) -> Vec<Count> {
    if graph.get::<ServicePresenceStatus>(node).is_none() {
        return Vec::new();
    }
    let channels: Vec<_> = graph.channels_of(node).collect();
    let offers = if channels.is_empty() {
        ("away: offers no service channel".to_owned(), Vec::new())
    } else {
        counted("offers", &channels, "service channel")
    };
    let grants: Vec<_> = graph.grants_of(node).collect();
    let mut found = vec![offers];
    for kind in [Kind::Profile, Kind::PermissionSet] {
        let by: Vec<_> = grants.iter().filter(|(by, _)| graph.node(*by).kind == kind).copied().collect();
        found.extend(any("granted by", &by, kind.noun()));
    }
    found
}

fn skill(graph: &Graph, node: NodeId) -> Vec<Count> {
    let rules = all(graph, node, &[Role::MapsToSkill]);
    let mut found = Vec::new();
    if !rules.is_empty() {
        found.push((format!("needed by {}", count(rules.len(), "rule")), places(&rules)));
    }
    found.extend(any("needed by", &all(graph, node, &[Role::RequiresSkill]), "routing configuration"));
    if found.is_empty() {
        found.push(("needed by no rule".to_owned(), Vec::new()));
    }
    found.extend(graph.holders_of(node).map(|holders| counted("held by", &holders, "agent")));
    found
}

fn rules(graph: &Graph, node: NodeId) -> Vec<Count> {
    let Some(item) = graph.get::<WorkSkillRouting>(node) else { return Vec::new() };
    let skills = own(graph, node, &[Role::MapsToSkill]);
    let (words, places) = counted("asks for", &skills, "skill");
    let active = if item.value.is_active.is_false() { "; not active" } else { "" };
    vec![(format!("{words}{active}"), places)]
}

fn group(graph: &Graph, node: NodeId) -> Vec<Count> {
    let mut found = vec![counted("member of", &all(graph, node, &MEMBER_ROLES), "queue")];
    if let Some((users, complete)) = graph.users_of_group(node) {
        let org = graph.org();
        let places = users.iter().filter_map(|&user| org?.place_of(user)).collect();
        let least = if complete { "" } else { "at least " };
        found.push((format!("has {least}{}", count(users.len(), "active user")), places));
    }
    found
}

fn supervisor(graph: &Graph, node: NodeId) -> Vec<Count> {
    if graph.get::<OmniSupervisorConfig>(node).is_none() {
        return Vec::new();
    }
    let seen = graph.supervision_of(node);
    let of = |kind: Kind| {
        let those: Vec<_> = seen.supervisors.iter().filter(|(who, _)| graph.node(*who).kind == kind).copied().collect();
        any("for", &those, kind.noun())
    };
    let shown = [(&seen.queues, "queue"), (&seen.skills, "skill"), (&seen.groups, "public group")];
    let shown = shown.into_iter().filter_map(|(nodes, noun)| any("shows", nodes, noun));
    [of(Kind::User), of(Kind::Profile)].into_iter().flatten().chain(shown).collect()
}

fn holder(graph: &Graph, node: NodeId) -> Vec<Count> {
    let grants = any("grants", &own(graph, node, &[Role::GrantsStatus]), Kind::ServicePresenceStatus.noun());
    let governs = all(graph, node, &[Role::GovernsProfile]);
    let governs =
        governs.first().map(|(config, place)| (format!("governed by `{}`", graph.name(*config)), vec![*place]));
    grants.into_iter().chain(governs).collect()
}

/// Where a flow or a messaging channel brings work to.
fn entry(graph: &Graph, node: NodeId) -> Vec<Count> {
    let queues = own(graph, node, &[Role::RoutesToQueue, Role::HandlerQueue]);
    let flows = all(graph, node, &[Role::HandlerFlow]);
    let started = (!flows.is_empty()).then(|| {
        let number = number(&flows);
        let noun = Kind::MessagingChannel.noun();
        let noun = if number == 1 { noun.to_owned() } else { plural(noun) };
        (format!("takes the sessions of {number} {noun}"), places(&flows))
    });
    any("routes to", &queues, "queue").into_iter().chain(started).collect()
}
