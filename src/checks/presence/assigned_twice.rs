use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::graph::NodeId;
use crate::schema::{Kind, Role};
use crate::source::Location;

check!("OC404", "assigned-twice", "assigned_twice.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first: FxHashMap<NodeId, (NodeId, Location)> = FxHashMap::default();
    for (config, who, edge) in graph.edges_from(Kind::PresenceUserConfig) {
        let path = match edge.role {
            Role::GovernsUser => "assignments/users/user",
            Role::GovernsProfile => "assignments/profiles/profile",
            _ => continue,
        };
        let (other, place) = *first.entry(who).or_insert((config, edge.location));
        if other == config {
            continue;
        }
        let (noun, name) = (graph.node(who).kind.noun(), graph.name(who));
        let (config, other) = (graph.name(config), graph.name(other));
        let message = format!(
            "the {noun} `{name}` is assigned to the presence configurations `{other}` and `{config}`, but an org \
             keeps only one of the two"
        );
        cx.report(Error, edge.location, message)
            .label(format!("in `{other}` too"))
            .related(place, "the first")
            .help(format!("remove the {noun} from `{config}` or from `{other}`"))
            .element(path);
    }
}
