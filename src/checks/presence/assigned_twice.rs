//! OC404

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::graph::NodeId;
use crate::schema::{Kind, Role};
use crate::source::Location;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC404",
    name: "assigned-twice",
    severities: &[Error],
    strict: false,
    summary: "A user or profile in two presence configurations.",
    what: "Reports a user, or a profile, to whom two different presence configurations are assigned. Profiles count as \
           the same whatever their case and encoding. A user in one configuration and the user's profile in another is \
           as it should be: the user's wins.",
    why: "An org keeps one presence configuration for each user and each profile. A later deploy takes the rep out of the \
          first one: another capacity, other rules, by the order of the deploy.",
    fix: "Remove the user or profile from all configurations but one.",
    source: "Set Up Omni-Channel Developer Guide v56, PresenceUserConfigUser and PresenceUserConfigProfile; in a real \
             project an org has taken a user out of the first configuration without an error. That no deploy refuses \
             both at once is assumed",
    evidence: &[Evidence::Documented, Evidence::RealFiles, Evidence::Assumed],
    fails: "
== PresenceUserConfig Senior_Agents
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>8</capacity>
    <label>Senior Agents</label>
== PresenceUserConfig Service_Agents
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Service Agents</label>
",
    passes: "
== PresenceUserConfig Senior_Agents
    <assignments>
        <users>
            <user>ana@example.com</user>
        </users>
    </assignments>
    <capacity>8</capacity>
    <label>Senior Agents</label>
== PresenceUserConfig Service_Agents
    <assignments>
        <profiles>
            <profile>Standard</profile>
        </profiles>
    </assignments>
    <capacity>5</capacity>
    <label>Service Agents</label>
",
    run,
};

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
