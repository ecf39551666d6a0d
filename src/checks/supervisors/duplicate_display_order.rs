use rustc_hash::FxHashMap;

use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, Spanned};

check!("OC705", "duplicate-display-order", "duplicate_display_order.md", [Warning]);

/// Something with a place: the tab that it is on, if it is an action; its name; the place.
type Placed<'g> = (Option<&'g str>, &'g str, &'g Spanned<i32>);

fn run(cx: &mut Checker<'_>) {
    for config in cx.graph.all::<OmniSupervisorConfig>() {
        let tabs = config.value.tabs.iter().filter_map(|tab| -> Option<Placed<'_>> {
            Some((None, tab.tab_type.get()?, tab.display_order.spanned()?))
        });
        let actions = config.value.actions.iter().filter_map(|action| -> Option<Placed<'_>> {
            Some((Some(action.action_tab.get()?), action.action_name.get()?, action.display_order.spanned()?))
        });
        let mut first = FxHashMap::default();
        for (tab, name, order) in tabs.chain(actions) {
            let (other, span) = *first.entry((tab, order.value)).or_insert((name, order.span));
            if span == order.span {
                continue;
            }
            let (noun, element) = match tab {
                Some(tab) => (format!("actions on the tab `{tab}`"), "omniSupervisorConfigAction"),
                None => ("tabs".to_owned(), "omniSupervisorConfigTab"),
            };
            let both = if other == name { format!("`{name}` twice") } else { format!("`{other}` and `{name}`") };
            let message = format!(
                "the supervisor configuration `{}` has two {noun} at the place {}, {both}: which comes first is not \
                 documented",
                config.component.name, order.value
            );
            cx.report(Warning, config.component.at(order.span), message)
                .label("the same place")
                .related(config.component.at(span), format!("`{other}` has it already"))
                .help(format!("give `{name}` a `displayOrder` of its own"))
                .element(format!("{element}/displayOrder"));
        }
    }
}
