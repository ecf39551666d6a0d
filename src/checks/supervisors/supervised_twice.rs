use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::metadata::OmniSupervisorConfig;
use crate::schema::Role;

check!("OC701", "supervised-twice", "supervised_twice.md", [Error]);

/// Who supervises, and in which element that is said.
const SUPERVISORS: [(Role, &str); 2] = [
    (Role::SupervisorUser, "omniSupervisorConfigUser/user"),
    (Role::SupervisorProfile, "omniSupervisorConfigProfile/profile"),
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first = FxHashMap::default();
    for config in graph.all::<OmniSupervisorConfig>() {
        for (role, element) in SUPERVISORS {
            let supervisors = graph.targets(config.node, role);
            for (who, place) in supervisors.filter(|(_, place)| place.file == config.component.file) {
                let (other, other_place) = *first.entry(who).or_insert((config.node, place));
                // Twice in one configuration is a duplicate entry.
                if other == config.node {
                    continue;
                }
                let (noun, name, other) = (graph.node(who).kind.noun(), graph.name(who), graph.name(other));
                let message = format!(
                    "the {noun} `{name}` is in the supervisor configurations `{other}` and `{}`, but can be in only one",
                    config.component.name
                );
                cx.report(Error, place, message)
                    .label(format!("in `{other}` too"))
                    .related(other_place, "the first")
                    .help(format!("remove the {noun} from `{}` or from `{other}`", config.component.name))
                    .element(element);
            }
        }
    }
}
