use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::OmniSupervisorConfig;

check!("OC709", "duplicate-supervisor-label", "duplicate_supervisor_label.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first = FxHashMap::default();
    for config in graph.all::<OmniSupervisorConfig>() {
        let Some(label) = config.value.master_label.spanned() else { continue };
        let place = config.component.at(label.span);
        let (other, other_place) = *first.entry(label.value.to_lowercase()).or_insert((config.node, place));
        // One that two package directories have is one.
        if other == config.node {
            continue;
        }
        let message = format!(
            "the supervisor configurations `{}` and `{}` have the same label `{}`: Salesforce asks for a unique one",
            graph.name(other),
            config.component.name,
            label.value
        );
        cx.report(Warning, place, message)
            .label("the second")
            .related(other_place, "the first")
            .help("give one of them another `masterLabel`")
            .element("masterLabel");
    }
}
