use crate::checks::{Checker, check, set_value};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Warning;
use crate::metadata::{QueueRoutingConfig, RoutingModel};
use crate::text::list;

check!("OC514", "external-with-skills", "external_with_skills.md", [Warning]);

fn run(cx: &mut Checker<'_>) {
    for config in cx.graph.all::<QueueRoutingConfig>() {
        let (component, value) = (config.component, config.value);
        let Some(model) = value.routing_model.spanned() else { continue };
        if model.value != RoutingModel::ExternalRouting {
            continue;
        }
        let based = value.is_attribute_based.spanned().filter(|based| based.value);
        let (what, place, element, help) = if let Some(based) = based {
            let also = if value.skills.is_empty() { "" } else { " and remove the `skills`" };
            let help = format!("set `isAttributeBased` to `false`{also}, or choose another `routingModel`");
            ("is attribute-based".to_owned(), based.span, "isAttributeBased", help)
        } else {
            let skills = value.skills.iter().filter_map(|entry| entry.skill.spanned());
            let Some(first) = skills.clone().next() else { continue };
            let help = "remove the `skills`, or choose another `routingModel`".to_owned();
            let skills = list(skills.map(|skill| &skill.value), 3);
            (format!("asks for {skills}"), first.span, "skills/skill", help)
        };
        let message = format!(
            "the routing configuration `{}` {what}, but a partner's system routes its work: skills do not count there",
            component.name
        );
        let skills = value.skills.iter().map(|skill| Change::Remove { span: skill.span });
        let off = based.map(|based| set_value(based.span, "false"));
        let title = match (&off, value.skills.is_empty()) {
            (Some(_), true) => "set `isAttributeBased` to `false`",
            (Some(_), false) => "set `isAttributeBased` to `false`, and remove the `skills`",
            (None, _) => "remove the `skills`",
        };
        cx.report(Warning, component.at(place), message)
            .label("no effect with external routing")
            .related(component.at(model.span), "routed externally")
            .help(help)
            .fix_all(title, Unsafe, off.into_iter().chain(skills))
            .element(element);
    }
}
