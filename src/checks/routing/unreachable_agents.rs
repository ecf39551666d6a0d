use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::org::Org;
use crate::graph::reach::{Agent, Member};
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::Queue;
use crate::schema::{Kind, Role};
use crate::text::list;

check!("OC516", "unreachable-agents", "unreachable_agents.md", [Warning, Note], NeedsRecords);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(org) = graph.org() else { return };
    if !graph.is_whole(Kind::ServicePresenceStatus) || !graph.defines(Kind::ServicePresenceStatus) {
        return;
    }
    let mut granted = Granted { graph, org, known: FxHashMap::default() };
    for queue in graph.all::<Queue>() {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        if graph.may_be_external(config) || routed.file != queue.component.file {
            continue;
        }
        let objects = graph.objects_of(queue.node).map(|(object, _)| object);
        let channels: Vec<NodeId> = objects.flat_map(|object| graph.known_channels_for(object)).collect();
        // A channel that no status offers is told by itself.
        if channels.is_empty() || channels.iter().any(|&channel| graph.statuses_of(channel).next().is_none()) {
            continue;
        }
        let agents = graph.agents_of(queue.node);
        let cannot = |agent: &&Agent| channels.iter().all(|&channel| granted.is_out(agent.user, channel));
        let out: Vec<Agent> = agents.users.iter().filter(cannot).copied().collect();
        let nobody = agents.complete && out.len() == agents.users.len();
        report(cx, queue, &channels, &out, nobody);
    }
}

fn report(cx: &mut Checker<'_>, queue: Item<'_, Queue>, channels: &[NodeId], out: &[Agent], nobody: bool) {
    let graph = cx.graph;
    let name = &queue.component.name;
    let channels = list(channels.iter().map(|&channel| graph.name(channel)), 3);
    let direct: Vec<Member> =
        out.iter().filter_map(|agent| agent.by).filter(|by| by.role == Role::MemberUser).collect();
    if out.is_empty() || (!nobody && direct.is_empty()) {
        return;
    }
    let help = format!("grant a presence status that offers {channels} to the reps of `{name}` with a permission set");
    if nobody {
        let message = format!(
            "no member of the queue `{name}` is granted a presence status that offers {channels}, so its work is offered to \
             nobody"
        );
        let place = queue.value.members.as_ref().map_or(queue.component.span, |members| members.span);
        cx.report(Warning, queue.component.at(place), message).label("granted no such status").help(help);
        return;
    }
    let Some(first) = direct.first().filter(|first| first.location.file == queue.component.file) else { return };
    let (verb, they) = if direct.len() == 1 { ("is a member", "is") } else { ("are members", "are") };
    let names = list(direct.iter().map(|member| graph.name(member.who)), 3);
    let message = format!(
        "{names} {verb} of the queue `{name}` but {they} granted no presence status that offers {channels}, so they never \
         get its work"
    );
    // Some members may be there for another reason than to take work: a lead, or somebody who is told by email.
    cx.report(Note, first.location, message)
        .label("granted no such status")
        .help(help)
        .element("queueMembers/users/user");
}

/// Who is granted a status for which channel: many queues ask the same.
struct Granted<'g> {
    graph: &'g Graph,
    org: &'g Org,
    known: FxHashMap<(NodeId, NodeId), bool>,
}

impl Granted<'_> {
    /// True if the user is known to be granted no status that offers the channel.
    fn is_out(&mut self, user: NodeId, channel: NodeId) -> bool {
        let Self { graph, org, known } = self;
        *known.entry((user, channel)).or_insert_with(|| {
            graph.statuses_of(channel).all(|(status, _)| org.is_granted(user, status) == Some(false))
        })
    }
}
