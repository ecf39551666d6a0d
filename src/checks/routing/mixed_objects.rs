use indexmap::IndexMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::Queue;
use crate::text::list;

check!("OC512", "mixed-objects", "mixed_objects.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for queue in graph.all::<Queue>().filter(|queue| queue.value.sobjects.len() > 1) {
        let Some((config, routed)) = graph.config_of(queue.node) else { continue };
        let mut objects = IndexMap::new();
        for (object, place) in graph.objects_of(queue.node).filter(|&(object, _)| graph.has_channel(object)) {
            objects.entry(object).or_insert(place);
        }
        // A queue that is defined twice is reported where its first object stands.
        let (Some((_, &first)), Some((_, &second))) = (objects.get_index(0), objects.get_index(1)) else { continue };
        if first.file != queue.component.file {
            continue;
        }
        let message = format!(
            "the queue `{}` is routed and holds objects of {} service channels ({}): Salesforce names this as a cause \
             of routing conflicts",
            queue.component.name,
            objects.len(),
            list(objects.keys().map(|&object| graph.name(object)), 3)
        );
        cx.report(Warning, second, message)
            .label("another service channel")
            .related(first, "the first object")
            .related(routed, format!("routed by `{}`", graph.name(config)))
            .help("make a queue of its own for each object")
            .element("queueSobject/sobjectType");
    }
}
