//! What the value of an element comes to in the project.

use super::facts::code;
use super::numbers::{Fit, cost, fits_of, number, works_under};
use crate::graph::{Graph, NodeId};
use crate::metadata::{QueueRoutingConfig, WorkSkillRouting};
use crate::schema::validate::parse_int;
use crate::schema::{Kind, Role};
use crate::text::{count, list};

/// How many names a line lists.
const NAMES: usize = 5;

/// What a value comes to in the project.
pub fn lines(graph: &Graph, node: NodeId, kind: Kind, name: &str, value: &str) -> Vec<String> {
    match (kind, name) {
        (Kind::QueueRoutingConfig, "capacityWeight" | "capacityPercentage") if !graph.is_external(node) => {
            let Some(cost) = cost(name, value) else { return Vec::new() };
            let fits = fits_of(graph, node, cost);
            fits.iter().take(NAMES).map(|fit| format!("Fits {}", Fit::in_words(fit))).collect()
        }
        (Kind::QueueRoutingConfig, "routingPriority") => {
            parse_int(value).and_then(|priority| before(graph, node, priority)).into_iter().collect()
        }
        (Kind::PresenceUserConfig, "capacity" | "interruptibleCapacity") => {
            let Some(capacity) = parse_int(value) else { return Vec::new() };
            let works = works_under(graph, node, name == "interruptibleCapacity", capacity);
            let line = |(config, fits): &(&str, u64)| format!("Fits {} of `{config}`", number(*fits));
            works.iter().take(NAMES).map(line).collect()
        }
        (Kind::WorkSkillRouting, "field") => field_of(graph, value),
        (Kind::ServiceChannel, "statusField" | "secondaryRoutingPriorityField") => {
            let objects = graph.targets(node, Role::Carries).map(|(object, _)| graph.name(object));
            objects.flat_map(|object| field_of(graph, &format!("{object}.{value}"))).collect()
        }
        (Kind::WorkSkillRouting, "isActive") => {
            let rules = graph.get::<WorkSkillRouting>(node).map_or(0, |item| item.value.attributes.len());
            vec![format!("The set has {}", count(rules, "mapping"))]
        }
        _ => Vec::new(),
    }
}

/// Which routing configurations go before one with this priority.
fn before(graph: &Graph, node: NodeId, priority: i32) -> Option<String> {
    let others = graph.all::<QueueRoutingConfig>().filter(|other| other.node != node);
    let others: Vec<(i32, &str)> =
        others.filter_map(|other| Some((*other.value.routing_priority.get()?, &*other.component.name))).collect();
    let first = others.iter().filter(|(other, _)| *other < priority).count();
    let same: Vec<&str> = others.iter().filter(|(other, _)| *other == priority).map(|(_, name)| *name).collect();
    if others.is_empty() {
        return None;
    }
    let same = if same.is_empty() { String::new() } else { format!("; the same as {}", list(same, NAMES)) };
    Some(format!("{first} of the project's {} go first{same}", count(others.len(), "other routing configuration")))
}

/// The field `Case.Topic__c`, as far as the project holds it.
fn field_of(graph: &Graph, path: &str) -> Vec<String> {
    let Some((object, field)) = path.split_once('.') else { return Vec::new() };
    let mut lines = Vec::new();
    if let Some(known) = graph.fields_of(object).and_then(|fields| fields.get(field)) {
        let file = graph.file_of(known.location).map_or("", |file| &file.path);
        lines.push(format!("Defined in `{file}`"));
        lines.extend(known.kind.as_ref().map(|kind| format!("Type {}", code(kind))));
    }
    if let Some(picklist) = graph.picklist_of(object, field) {
        let offered = picklist.values.iter().filter(|value| value.is_offered());
        let values: Vec<_> = offered.filter_map(|value| value.full_name.get()).collect();
        lines.push(format!("Values {}", list(values.iter().map(|value| &***value), 10)));
    }
    lines
}
