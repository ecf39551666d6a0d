//! OC604

use std::hash::Hash;

use rustc_hash::FxHashSet;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::metadata::{Spanned, WorkSkillRouting, WorkSkillRoutingAttribute};
use crate::source::Span;
use crate::text;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC604",
    name: "rule-set-too-large",
    severities: &[Error],
    strict: false,
    summary: "A skill mapping set with more fields or values than Salesforce allows.",
    what: "Reports a skill mapping set whose rules look at more than 10 different fields, or at more than 100 different \
           values of them. Several rules for one value count once.",
    why: "Salesforce Help allows at most 10 fields and 100 values in a set. Whether a deploy refuses more is not \
          documented.",
    fix: "Leave rules out, or use fewer fields.",
    source: "Salesforce Help: Skills-Based Routing Rules",
    evidence: &[Evidence::Documented],
    fails: "
== Skill Billing
    <label>Billing</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Topic_1__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_2__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_3__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_4__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_5__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_6__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_7__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_8__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_9__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_10__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic_11__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
",
    passes: "
== Skill Billing
    <label>Billing</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Topic__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
",
    run,
};

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
