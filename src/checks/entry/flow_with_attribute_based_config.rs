use super::{all_lack, element_at, route_works};
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::NodeId;
use crate::metadata::QueueRoutingConfig;

check!("OC804", "flow-with-attribute-based-config", "flow_with_attribute_based_config.md", [Warning, Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for work in route_works(graph) {
        let own_skills = work.says("skillOption", &["DefineSkillRequirements", "Both"]).is_some();
        if !own_skills || work.says("routingType", &["SkillsBased"]).is_none() {
            continue;
        }
        let config = |node: NodeId| {
            let config = graph.get::<QueueRoutingConfig>(node)?;
            let by_rules = &config.value.is_attribute_based;
            by_rules.span().filter(|_| by_rules.is_true()).map(|by_rules| (config, by_rules))
        };
        for (place, node) in all_lack(&work.may.configs, |node| config(node).is_some()) {
            let Some((config, by_rules)) = config(node) else { continue };
            let message = format!(
                "{} defines the skills itself, but its routing configuration `{}` uses the skills-based routing rules: \
                 Salesforce asks for one that does not",
                work.title(),
                config.component.name
            );
            cx.report(work.severity(Warning, Note), place, message)
                .label("uses the routing rules")
                .related(config.component.at(by_rules), "on")
                .help("name a routing configuration whose `isAttributeBased` is `false`")
                .element(element_at(graph, place));
        }
    }
}
