//! OC705

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Warning;
use crate::metadata::{OmniSupervisorConfig, Spanned};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC705",
    name: "duplicate-display-order",
    severities: &[Warning],
    strict: false,
    summary: "Two tabs, or two actions of one tab, have the same place.",
    what: "Reports a tab whose `displayOrder` another tab of the supervisor configuration has already, and an action whose \
           `displayOrder` another action on the same tab has. Actions on different tabs are counted apart.",
    why: "Which of the two comes first is not documented.",
    fix: "Number them one after another, from 0.",
    source: "Metadata API Developer Guide 67.0, OmniSupervisorConfig; seen in real projects",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigTab>
        <displayOrder>0</displayOrder>
        <tabType>Agents</tabType>
    </omniSupervisorConfigTab>
    <omniSupervisorConfigTab>
        <displayOrder>0</displayOrder>
        <tabType>QueuesBacklog</tabType>
    </omniSupervisorConfigTab>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigTab>
        <displayOrder>0</displayOrder>
        <tabType>Agents</tabType>
    </omniSupervisorConfigTab>
    <omniSupervisorConfigTab>
        <displayOrder>1</displayOrder>
        <tabType>QueuesBacklog</tabType>
    </omniSupervisorConfigTab>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    run,
};

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
