//! The key facts of a component in a few lines, for hover and completion.
//!
//! Each line is a phrase without a full stop, in Markdown of which only code in back-quotes is used: it reads well as
//! plain text too. What a user wrote stands in back-quotes.

use percent_encoding::percent_decode_str;

use crate::graph::reach::{Cost, MEMBER_ROLES, Member};
use crate::graph::{Graph, Item, NodeId, Resolution, standard_channel};
use crate::metadata::{
    CapacityModel, Flow, MessagingChannel, Metadata, OmniSupervisorConfig, PresenceUserConfig, QueueRoutingConfig,
    ServiceChannel, ServicePresenceStatus, WorkSkillRouting,
};
use crate::schema::{Kind, Role};
use crate::text::markdown::quoted;
use crate::text::{count, list, plural, units};

/// How many names a line lists.
const NAMES: usize = 5;

/// What is worth knowing of a component, or of something that is only named.
pub fn facts(graph: &Graph, node: NodeId) -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(label_line(graph, node));
    lines.extend(standing(graph, node));
    match graph.node(node).kind {
        Kind::Queue => queue(graph, node, &mut lines),
        Kind::QueueRoutingConfig => routing(graph, node, &mut lines),
        Kind::PresenceUserConfig => presence(graph, node, &mut lines),
        Kind::ServiceChannel => channel(graph, node, &mut lines),
        Kind::ServicePresenceStatus => status(graph, node, &mut lines),
        Kind::Skill => skill(graph, node, &mut lines),
        Kind::WorkSkillRouting => rules(graph, node, &mut lines),
        Kind::OmniSupervisorConfig => supervisor(graph, node, &mut lines),
        Kind::PresenceDeclineReason => {
            named(graph, "Given under", graph.sources(node, Role::DeclineReason), &mut lines);
        }
        Kind::Group => group(graph, node, &mut lines),
        Kind::Role => members_by(graph, node, &MEMBER_ROLES[2..], &mut lines),
        Kind::Profile | Kind::PermissionSet => holder(graph, node, &mut lines),
        Kind::User => user(graph, node, &mut lines),
        Kind::Object => object(graph, node, &mut lines),
        Kind::Flow => flow(graph, node, &mut lines),
        Kind::MessagingChannel => messaging(graph, node, &mut lines),
        Kind::OmniChannelSettings | Kind::Bot | Kind::FlexiPage | Kind::SkillType => {}
    }
    lines
}

/// The name that people see of a component that the project defines.
pub fn label(graph: &Graph, node: NodeId) -> Option<&str> {
    label_of(&graph.components_of(node).next()?.metadata)
}

/// The name that people see.
pub fn label_of(metadata: &Metadata) -> Option<&str> {
    let label = match metadata {
        Metadata::ServiceChannel(value) => &value.label,
        Metadata::ServicePresenceStatus(value) => &value.label,
        Metadata::PresenceDeclineReason(value) => &value.label,
        Metadata::PresenceUserConfig(value) => &value.label,
        Metadata::QueueRoutingConfig(value) => &value.label,
        Metadata::Queue(value) => &value.name,
        Metadata::OmniSupervisorConfig(value) => &value.master_label,
        Metadata::WorkSkillRouting(value) => &value.master_label,
        Metadata::Skill(value) => &value.label,
        Metadata::Group(value) => &value.name,
        Metadata::Flow(value) => &value.label,
        Metadata::MessagingChannel(value) => &value.master_label,
        Metadata::OmniChannelSettings(_) | Metadata::Profile(_) | Metadata::PermissionSet(_) => return None,
    };
    label.get().map(|label| &**label)
}

/// Its label, as the first of the facts.
pub fn label_line(graph: &Graph, node: NodeId) -> Option<String> {
    label(graph, node).map(|label| format!("Label {}", code(label)))
}

/// The node of a name as it is written in a file: profiles are percent-encoded there, or not.
pub fn find(graph: &Graph, kind: Kind, name: &str) -> Option<NodeId> {
    match kind {
        Kind::Profile => graph.find(kind, &percent_decode_str(name).decode_utf8_lossy()),
        _ => graph.find(kind, name),
    }
}

/// A piece of a user's text, in back-quotes whatever is in it.
pub fn code(text: &str) -> String {
    quoted(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// What is known of a name that the project does not define, or defines more than once.
pub fn standing(graph: &Graph, node: NodeId) -> Option<String> {
    let of = graph.node(node);
    Some(match of.resolution {
        Resolution::Here if of.components.len() > 1 => {
            let paths: Vec<_> = graph.components_of(node).filter_map(|of| graph.file_of(of.location())).collect();
            let paths = list(paths.iter().map(|file| &*file.path), NAMES);
            format!("Defined {} times: in {paths}", of.components.len())
        }
        Resolution::Here => return None,
        Resolution::Ignored(file) => {
            let path = graph.files.get(file.0 as usize).map_or("", |file| &file.path);
            format!("Defined in `{path}`, which `.forceignore` keeps out of a deploy")
        }
        Resolution::Standard => "Salesforce ships it".to_owned(),
        Resolution::Declared => {
            "Not in the project; the org has it, as the configuration or its records say".to_owned()
        }
        Resolution::External => return unread(of.kind),
        Resolution::FilledIn => "Filled in at deploy time".to_owned(),
        Resolution::Unknown { .. } => "Not in the project".to_owned(),
    })
}

/// Why nothing is known of a name whose kind needs no file. Of objects nothing is said: it is known what Omni-Channel
/// needs of them.
pub fn unread(kind: Kind) -> Option<String> {
    match kind {
        Kind::User => Some("Not kept in source".to_owned()),
        Kind::Object => None,
        Kind::Role | Kind::Bot | Kind::FlexiPage | Kind::SkillType => {
            Some(format!("Files of {} are not read by omnic", plural(kind.noun())))
        }
        _ => Some("Not in the project; the org may have it".to_owned()),
    }
}

fn queue(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    if let Some((config, _)) = graph.config_of(node) {
        let name = graph.name(config);
        lines.push(match graph.node(config).resolution {
            Resolution::Unknown { .. } => {
                format!("Names the routing configuration `{name}`, which is not in the project")
            }
            _ => format!("Routed by `{name}`"),
        });
    } else if graph.node(node).resolution == Resolution::Here {
        lines.push("Not routed by Omni-Channel: it names no routing configuration".to_owned());
    }
    named(graph, "Holds", graph.objects_of(node), lines);
    lines.extend(members(&graph.members_of(node)).map(|members| format!("Members: {members}")));
}

/// `2 users, 1 public group`.
pub fn members(members: &[Member]) -> Option<String> {
    let of = |roles: &[Role]| members.iter().filter(|member| roles.contains(&member.role)).count();
    let kinds = [
        (of(&[Role::MemberUser]), "user"),
        (of(&[Role::MemberGroup]), "public group"),
        (of(&[Role::MemberRole]), "role"),
        (of(&[Role::MemberRoleAndSubordinates, Role::MemberRoleAndInternalSubordinates]), "role with its subordinates"),
    ];
    let words = |(number, noun): &(usize, &str)| match *number {
        0 => None,
        2.. if *noun == "role with its subordinates" => Some(format!("{number} roles with their subordinates")),
        number => Some(count(number, noun)),
    };
    let kinds: Vec<String> = kinds.iter().filter_map(words).collect();
    (!kinds.is_empty()).then(|| kinds.join(", "))
}

fn routing(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<QueueRoutingConfig>(node) else { return };
    let mut first = Vec::new();
    first.extend(item.value.routing_model.get().map(|model| format!("Model `{}`", model.as_str())));
    first.extend(item.value.routing_priority.get().map(|priority| format!("priority {priority}")));
    first.extend(graph.cost_of(node).map(|cost| format!("{} an item", cost_in_words(cost))));
    if !first.is_empty() {
        lines.push(first.join(", "));
    }
    if item.value.is_attribute_based.is_true() {
        lines.push("Routes by the skills that skill mapping sets ask for".to_owned());
    }
    named(graph, "Needs", graph.targets(node, Role::RequiresSkill), lines);
    named(graph, "Routes", graph.queues_of(node), lines);
}

/// `2 units`, `25 percent of the rep's capacity`.
pub fn cost_in_words(cost: Cost) -> String {
    match cost {
        Cost::Units(number, _) => units(number),
        Cost::Percent(number, _) => format!("{number} percent of the rep's capacity"),
    }
}

fn presence(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<PresenceUserConfig>(node) else { return };
    if let Some(&capacity) = item.value.capacity.get() {
        let own = item.value.interruptible_capacity.get().map(|&own| format!(", interruptible {}", units(own.into())));
        lines.push(format!("Capacity {}{}", units(capacity.into()), own.unwrap_or_default()));
    }
    lines.extend(governed(graph, item).map(|governed| format!("Governs {governed}")));
    if item.value.enable_auto_accept.is_true() {
        lines.push("Reps get offers without a click".to_owned());
    }
    if item.value.enable_decline.is_true() {
        lines.push("Reps may decline offers".to_owned());
    }
}

/// `12 users and 2 profiles`.
pub fn governed(graph: &Graph, item: Item<'_, PresenceUserConfig>) -> Option<String> {
    let of = |role, noun: &str| match graph.targets(item.node, role).count() {
        0 => None,
        number => Some(count(number, noun)),
    };
    let parts: Vec<String> =
        [of(Role::GovernsUser, "user"), of(Role::GovernsProfile, "profile")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" and "))
}

fn channel(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    if let Some(item) = graph.get::<ServiceChannel>(node) {
        lines.extend(item.value.related_entity_type.get().map(|object| format!("Carries {}", code(object))));
        if item.value.capacity_model.get() == Some(&CapacityModel::StatusBased) {
            lines.push("Work holds its capacity until its status field says that it is completed".to_owned());
        }
        if item.value.is_interruptible.is_true() {
            lines.push("Its work is charged to the interruptible capacity".to_owned());
        }
    } else {
        let carried =
            ["MessagingSession", "VoiceCall", "LiveChatTranscript", "SOSSession"].into_iter().find(|object| {
                standard_channel(object).is_some_and(|channel| channel.eq_ignore_ascii_case(graph.name(node)))
            });
        lines.extend(carried.map(|object| format!("Carries `{object}`")));
    }
    named(graph, "Offered in", graph.statuses_of(node), lines);
}

fn status(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<ServicePresenceStatus>(node) else { return };
    if item.value.channels.as_ref().is_none_or(|channels| channels.names.is_empty()) {
        lines.push("Away: it offers no service channel".to_owned());
    }
    named(graph, "Offers", graph.channels_of(node), lines);
    named(graph, "Granted by", graph.grants_of(node), lines);
}

fn skill(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    named(graph, "Needed by the routing configuration", graph.sources(node, Role::RequiresSkill), lines);
    named(graph, "Asked for by the skill mapping set", graph.sources(node, Role::MapsToSkill), lines);
    if let Some(held) = graph.holders_of(node) {
        lines.push(format!("Held by {}", count(held.len(), "rep")));
    }
}

fn rules(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<WorkSkillRouting>(node) else { return };
    named(graph, "For", graph.targets(node, Role::RulesFor), lines);
    let state = if item.value.is_active.is_true() { "" } else { "; not active" };
    lines.push(format!("{}{state}", count(item.value.attributes.len(), "mapping")));
    named(graph, "Asks for", graph.targets(node, Role::MapsToSkill), lines);
}

fn supervisor(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    if graph.get::<OmniSupervisorConfig>(node).is_none() {
        return;
    }
    let seen = graph.supervision_of(node);
    named(graph, "For", seen.supervisors.into_iter(), lines);
    named(graph, "Shows the queue", seen.queues.into_iter(), lines);
    named(graph, "Shows the skill", seen.skills.into_iter(), lines);
    named(graph, "Shows the reps of", seen.groups.into_iter(), lines);
}

fn group(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    match graph.users_of_group(node) {
        Some((users, true)) => lines.push(format!("Has {}", count(users.len(), "active user"))),
        Some((users, false)) => lines.push(format!("Has at least {}", count(users.len(), "active user"))),
        None => lines.push("Its members are not in source: only records tell them".to_owned()),
    }
    members_by(graph, node, &[Role::MemberGroup], lines);
}

fn members_by(graph: &Graph, node: NodeId, roles: &[Role], lines: &mut Vec<String>) {
    let queues = roles.iter().flat_map(|&role| graph.sources(node, role));
    named(graph, "Member of the queue", queues, lines);
}

fn holder(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    named(graph, "Grants", graph.targets(node, Role::GrantsStatus), lines);
    named(graph, "Governed by", graph.sources(node, Role::GovernsProfile), lines);
}

fn user(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    if let Some(org) = graph.org() {
        if org.is_active(node) == Some(false) {
            lines.push("Inactive: receives no work".to_owned());
        }
        lines.extend(org.profile_of(node).map(|profile| format!("Profile `{}`", graph.name(profile))));
        named(graph, "Has the skill", org.skills_of(node).iter().map(|held| (held.skill, held.location)), lines);
    }
    lines.extend(graph.config_governing(node).map(|config| format!("Governed by `{}`", graph.name(config))));
    members_by(graph, node, &[Role::MemberUser], lines);
}

fn object(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let channels: Vec<_> = graph.known_channels_for(node).map(|channel| graph.name(channel)).collect();
    match (channels.is_empty(), standard_channel(graph.name(node))) {
        (false, _) => lines.push(format!("Carried by {}", list(channels, NAMES))),
        (true, Some(standard)) => lines.push(format!("Carried by `{standard}`, which every org has")),
        (true, None) => lines.push("The project has no service channel for it".to_owned()),
    }
    named(graph, "Held by the queue", graph.sources(node, Role::Holds), lines);
    named(graph, "Its fields ask for skills by the skill mapping set", graph.sources(node, Role::RulesFor), lines);
}

fn flow(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<Flow>(node) else { return };
    lines.extend(item.value.status.get().map(|status| format!("Status {}", code(status))));
    let works = item.value.route_works().count();
    if works > 0 {
        lines.push(format!("Hands work to Omni-Channel in {}", count(works, "action")));
    }
    named(graph, "Routes to", graph.targets(node, Role::RoutesToQueue), lines);
}

fn messaging(graph: &Graph, node: NodeId, lines: &mut Vec<String>) {
    let Some(item) = graph.get::<MessagingChannel>(node) else { return };
    lines.extend(item.value.session_handler_type.get().map(|kind| format!("Sessions go to a {}", code(kind))));
    let roles = [Role::HandlerFlow, Role::HandlerQueue, Role::HandlerBot, Role::HandlerUser];
    named(graph, "Handled by", roles.into_iter().flat_map(|role| graph.targets(node, role)), lines);
}

/// A line with the names of nodes, each once, if there are any. A noun at the end of the words is put in the plural.
fn named<L>(graph: &Graph, words: &str, nodes: impl Iterator<Item = (NodeId, L)>, lines: &mut Vec<String>) {
    let mut seen = rustc_hash::FxHashSet::default();
    let names: Vec<&str> = nodes.filter(|(node, _)| seen.insert(*node)).map(|(node, _)| graph.name(node)).collect();
    let noun =
        ["queue", "skill", "routing configuration", "skill mapping set"].into_iter().find(|of| words.ends_with(of));
    match (names.len(), noun) {
        (0, _) => {}
        (2.., Some(_)) => lines.push(format!("{} {}", plural(words), list(names, NAMES))),
        _ => lines.push(format!("{words} {}", list(names, NAMES))),
    }
}
