use rustc_hash::FxHashSet;

use super::routing_actions;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::graph::World;
use crate::metadata::Queue;
use crate::schema::Kind;
use crate::text::nearest;

check!("OC811", "unknown-queue-label", "unknown_queue_label.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    if graph.world == World::Open || !graph.defines(Kind::Queue) || !graph.is_whole(Kind::Queue) {
        return;
    }
    if graph.all::<Queue>().any(|queue| queue.value.name.is_filled_in()) {
        return;
    }
    let labels: Vec<&str> = graph.all::<Queue>().filter_map(|queue| Some(&**queue.value.name.get()?)).collect();
    let mut seen = FxHashSet::default();
    for work in routing_actions(graph).filter(|work| work.active) {
        for (label, place) in &work.may.queues.strange_labels {
            let is_known = labels.iter().any(|known| known.eq_ignore_ascii_case(label));
            if is_known || !seen.insert((place.file, &**label)) {
                continue;
            }
            let message = format!(
                "{} names a queue by the label `{label}`, which no queue of the project has: the flow may be older than the \
                 queue's name",
                work.title()
            );
            let near = nearest(label, labels.iter().copied());
            let (at, help) = match near {
                Some(near) => (
                    format!("did you mean `{near}`?"),
                    format!("choose the queue `{near}` in the flow, or add the queue to the project"),
                ),
                None => (
                    "no queue of this label".to_owned(),
                    "choose a queue of the project in the flow, or add the queue to the project".to_owned(),
                ),
            };
            cx.report(Note, *place, message).label(at).help(help);
        }
    }
}
