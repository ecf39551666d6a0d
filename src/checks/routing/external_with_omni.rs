use rustc_hash::{FxHashMap, FxHashSet};

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::reach::Member;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Queue, QueueRoutingConfig, RoutingModel};
use crate::schema::Role;
use crate::source::Location;
use crate::text::list;

check!("OC513", "external-with-omni", "external_with_omni.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let (external, omni_queues): (Vec<_>, Vec<_>) = graph
        .all::<Queue>()
        .filter_map(|queue| Some((queue, is_external(graph, queue.node)?)))
        .partition(|&(_, external)| external);
    if external.is_empty() {
        return;
    }
    let mut omni = Omni::default();
    for (queue, _) in omni_queues {
        omni.add(graph, queue.node);
    }
    for (queue, _) in external {
        let members = graph.members_of(queue.node).into_iter();
        let mut shared: Vec<_> = members.flat_map(|member| omni.shared(graph, member)).collect();
        let mut seen = FxHashSet::default();
        shared.retain(|shared| seen.insert(shared.who));
        let Some(&Shared { member, other, place, .. }) = shared.first() else { continue };
        if member.location.file != queue.component.file {
            continue;
        }
        let (external, omni) = (&queue.component.name, graph.name(other));
        let names = list(shared.iter().map(|shared| graph.name(shared.who)), 3);
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

/// Who is in both kinds of queues.
#[derive(Clone, Copy)]
struct Shared {
    /// A member of both, or a user in members of both.
    who: NodeId,
    /// The member of the queue that a partner's system routes.
    member: Member,
    /// The first queue that Omni-Channel routes, and where that names its member.
    other: NodeId,
    place: Location,
}

/// The members of the queues that Omni-Channel routes, and, as far as records tell, the users in them: each with the first
/// such queue, and where it says so.
#[derive(Default)]
struct Omni {
    members: FxHashMap<NodeId, (NodeId, Location)>,
    users: FxHashMap<NodeId, (NodeId, Location)>,
    seen: FxHashSet<(NodeId, Role)>,
}

impl Omni {
    fn add(&mut self, graph: &Graph, queue: NodeId) {
        for member in graph.members_of(queue) {
            self.members.entry(member.who).or_insert((queue, member.location));
            // Many queues have the same groups and roles.
            if graph.org().is_some() && self.seen.insert((member.who, member.role)) {
                for user in graph.users_of(member) {
                    self.users.entry(user).or_insert((queue, member.location));
                }
            }
        }
    }

    fn shared(&self, graph: &Graph, member: Member) -> Vec<Shared> {
        let found = |who, of: &FxHashMap<NodeId, (NodeId, Location)>| {
            of.get(&who).map(|&(other, place)| Shared { who, member, other, place })
        };
        if let Some(shared) = found(member.who, &self.members) {
            return vec![shared];
        }
        let users = graph.org().map(|_| graph.users_of(member)).unwrap_or_default();
        users.into_iter().filter_map(|user| found(user, &self.users)).collect()
    }
}

/// Whether a partner's system gives a queue's work to its members, or Omni-Channel does. None if neither is sure.
fn is_external(graph: &Graph, queue: NodeId) -> Option<bool> {
    let (config, _) = graph.config_of(queue)?;
    let item = graph.get::<QueueRoutingConfig>(config)?;
    let model = item.value.routing_model.get()?;
    (item.value.is_attribute_based.is_off() && !graph.may_be_attribute_based(config))
        .then_some(*model == RoutingModel::ExternalRouting)
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
