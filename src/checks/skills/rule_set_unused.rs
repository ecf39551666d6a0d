use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{Graph, Item, NodeId, World};
use crate::metadata::{Flow, FlowActionCall, QueueRoutingConfig, WorkSkillRouting};
use crate::schema::{Kind, Role};

check!("OC611", "rule-set-unused", "rule_set_unused.md", [Warning, Note], AboutUnused);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let whole = [Kind::Queue, Kind::QueueRoutingConfig, Kind::Flow].into_iter().all(|kind| graph.is_whole(kind));
    let mut works = graph.all::<Flow>().flat_map(|flow| flow.value.route_works());
    if !whole || !graph.defines(Kind::WorkSkillRouting) || works.any(may_use_rules) {
        return;
    }
    let severity = if graph.world == World::Closed { Warning } else { Note };
    for set in graph.all::<WorkSkillRouting>().filter(|set| set.value.is_active.is_true()) {
        let (Some(on), Some(object)) = (set.value.is_active.span(), set.value.related_entity.get()) else { continue };
        let Some(object) = graph.find(Kind::Object, object) else { continue };
        let Some((queue, config)) = routed_otherwise(graph, object) else { continue };
        let (object, name) = (graph.name(object), &config.component.name);
        let message = format!(
            "the skill mapping set `{}` is active, but no queue of the project routes `{object}` by skills: its rules are \
             not looked at",
            set.component.name
        );
        let place = config.component.at(config.value.is_attribute_based.span().unwrap_or(config.component.span));
        cx.report(severity, set.component.at(on), message)
            .label("active")
            .related(place, format!("`{}` is routed by `{name}`, without skills", graph.name(queue)))
            .help(format!("set `isAttributeBased` to `true` in `{name}`, or `isActive` to `false`"))
            .element("isActive");
    }
}

/// The first queue that routes the object, and its routing configuration. None if there is no such queue, or if one may
/// be routed by skills.
fn routed_otherwise(graph: &Graph, object: NodeId) -> Option<(NodeId, Item<'_, QueueRoutingConfig>)> {
    let mut first = None;
    for (queue, _) in graph.sources(object, Role::Holds) {
        let Some((config, _)) = graph.config_of(queue) else { continue };
        let config = graph.get::<QueueRoutingConfig>(config)?;
        if !config.value.is_attribute_based.is_off() {
            return None;
        }
        first.get_or_insert((queue, config));
    }
    first
}

/// True if a route-work action may have the skill mapping sets looked at.
fn may_use_rules(action: &FlowActionCall) -> bool {
    let kind = action.text("routingType").map(|kind| &*kind.value);
    let option = action.text("skillOption").map(|option| &*option.value);
    kind.is_none_or(|kind| kind == "SkillsBased") && option != Some("DefineSkillRequirements")
}
