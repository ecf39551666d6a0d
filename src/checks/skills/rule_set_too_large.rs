use std::hash::Hash;

use rustc_hash::FxHashSet;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::metadata::{Spanned, WorkSkillRouting, WorkSkillRoutingAttribute};
use crate::source::Span;
use crate::text;

check!("OC604", "rule-set-too-large", "rule_set_too_large.md", [Error]);

/// Most different fields of a set.
const FIELDS: usize = 10;
/// Most different values.
const VALUES: usize = 100;

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for rules in graph.all::<WorkSkillRouting>() {
        let fields = || rules.value.attributes.iter().filter_map(|rule| Some((rule, rule.field.spanned()?)));
        let field = |(_, field): (_, &Spanned<Box<str>>)| (field.value.to_lowercase(), field.span);
        let value = |(rule, field): (&'_ WorkSkillRoutingAttribute, &Spanned<Box<str>>)| {
            let place = rule.value.span().unwrap_or(field.span);
            ((field.value.to_lowercase(), rule.value.get().cloned()), place)
        };
        let excesses = [
            ("fields", "field", FIELDS, excess(fields().map(field), FIELDS)),
            ("values", "value", VALUES, excess(fields().map(value), VALUES)),
        ];
        for (noun, element, most, excess) in excesses {
            let Some((count, place)) = excess else { continue };
            let message = format!(
                "the skill mapping set `{}` has rules for {count} different {noun}: Salesforce Help allows at most {most}",
                rules.component.name
            );
            cx.report(Error, rules.component.at(place), message)
                .label(format!("one {element} too many from here on"))
                .help(format!("remove the rules of {}", text::count(count - most, element)))
                .element(format!("workSkillRoutingAttributes/{element}"));
        }
    }
}

/// How many different keys there are, and where the first one too many is, if there are more than `most`.
fn excess<K: Eq + Hash>(keys: impl Iterator<Item = (K, Span)>, most: usize) -> Option<(usize, Span)> {
    let mut seen = FxHashSet::default();
    let mut first = None;
    for (key, place) in keys {
        if seen.insert(key) && seen.len() == most + 1 {
            first = Some(place);
        }
    }
    first.map(|place| (seen.len(), place))
}
