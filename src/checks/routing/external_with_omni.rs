//! OC513

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Warning;
use crate::graph::reach::Member;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Queue, QueueRoutingConfig, RoutingModel};
use crate::schema::Role;
use crate::source::Location;
use crate::text::list;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC513",
    name: "external-with-omni",
    severities: &[Warning],
    strict: false,
    summary: "The same reps in a queue that a partner's system routes and in one that Omni-Channel routes.",
    what: "Reports a queue whose routing configuration has the routing model EXTERNAL_ROUTING when a user, public group or \
           role is a member both of it and of a queue that Omni-Channel itself routes. Attribute-based routing \
           configurations are left out: there membership does not decide.",
    why: "The partner's system and Omni-Channel do not wait for each other. Both give the rep work at the same moment, and \
          together it can be more than the rep's capacity, so Salesforce recommends against it.",
    fix: "Give the two kinds of queues different members.",
    source: "Set Up Omni-Channel Developer Guide v56, External Routing",
    fails: "
== QueueRoutingConfig Partner
    <capacityWeight>1.0</capacityWeight>
    <label>Partner</label>
    <routingModel>EXTERNAL_ROUTING</routingModel>
    <routingPriority>1</routingPriority>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Chats
    <name>Chats</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Partner</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    passes: "
== QueueRoutingConfig Partner
    <capacityWeight>1.0</capacityWeight>
    <label>Partner</label>
    <routingModel>EXTERNAL_ROUTING</routingModel>
    <routingPriority>1</routingPriority>
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
== Queue Chats
    <name>Chats</name>
    <queueMembers>
        <users>
            <user>ben@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Partner</queueRoutingConfig>
    <queueSobject>
        <sobjectType>MessagingSession</sobjectType>
    </queueSobject>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ana@example.com</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
",
    run,
};

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let (external, omni): (Vec<_>, Vec<_>) = graph
        .all::<Queue>()
        .filter_map(|queue| Some((queue, is_external(graph, queue.node)?)))
        .partition(|&(_, external)| external);
    if external.is_empty() {
        return;
    }
    // For each member of a queue that Omni-Channel routes, the first such queue, and where it says so.
    let mut first: FxHashMap<NodeId, (NodeId, Location)> = FxHashMap::default();
    for (queue, _) in omni {
        for member in graph.members_of(queue.node) {
            first.entry(member.who).or_insert((queue.node, member.location));
        }
    }
    for (queue, _) in external {
        let members = graph.members_of(queue.node).into_iter();
        let mut shared: Vec<Member> = members.filter(|member| first.contains_key(&member.who)).collect();
        shared.dedup_by_key(|member| member.who);
        let Some(&member) = shared.first() else { continue };
        if member.location.file != queue.component.file {
            continue;
        }
        let (other, place) = first[&member.who];
        let (external, omni) = (&queue.component.name, graph.name(other));
        let names = list(shared.iter().map(|member| graph.name(member.who)), 3);
        let (verb, all) =
            if shared.len() == 1 { ("is", format!("`{omni}`")) } else { ("are", format!("such as `{omni}`")) };
        let message = format!(
            "{names} {verb} in the queue `{external}`, whose work a partner's system routes, and in queues that \
             Omni-Channel routes ({all}), so reps can be given more than their capacity"
        );
        cx.report(Warning, member.location, message)
            .label("gets work from a partner's system")
            .related(place, format!("and from Omni-Channel, by `{omni}`"))
            .help(format!("remove {names} from the members of `{external}` or of the queues that Omni-Channel routes"))
            .element(element(member.role));
    }
}

/// Whether a partner's system gives a queue's work to its members, or Omni-Channel does. None if neither is sure.
fn is_external(graph: &Graph, queue: NodeId) -> Option<bool> {
    let (config, _) = graph.config_of(queue)?;
    let config = graph.get::<QueueRoutingConfig>(config)?;
    let model = config.value.routing_model.get()?;
    config.value.is_attribute_based.is_off().then_some(*model == RoutingModel::ExternalRouting)
}

/// The path of the element by which someone is a member.
const fn element(role: Role) -> &'static str {
    match role {
        Role::MemberGroup => "queueMembers/publicGroups/publicGroup",
        Role::MemberRole => "queueMembers/roles/role",
        Role::MemberRoleAndSubordinates => "queueMembers/roleAndSubordinates/roleAndSubordinate",
        Role::MemberRoleAndInternalSubordinates => {
            "queueMembers/roleAndSubordinatesInternal/roleAndSubordinateInternal"
        }
        _ => "queueMembers/users/user",
    }
}
