use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::graph::Item;
use crate::metadata::{Name, ServiceChannel, Spanned};

check!("OC303", "duplicate-related-entity", "duplicate_related_entity.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let mut first: FxHashMap<String, (Item<'_, ServiceChannel>, &Spanned<Name>)> = FxHashMap::default();
    for channel in cx.graph.all::<ServiceChannel>() {
        let Some(object) = channel.value.related_entity_type.spanned() else { continue };
        let (other, place) = *first.entry(object.value.to_lowercase()).or_insert((channel, object));
        if other.node == channel.node {
            continue;
        }
        let (name, other_name) = (&channel.component.name, &other.component.name);
        let message = format!(
            "the service channels `{other_name}` and `{name}` are both for `{}`, but an object can have only one",
            object.value
        );
        cx.report(Error, channel.component.at(object.span), message)
            .label(format!("`{other_name}` has it already"))
            .related(other.component.at(place.span), "the first")
            .help(format!("remove `{name}` or `{other_name}`"))
            .element("relatedEntityType");
    }
}
