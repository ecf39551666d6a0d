use super::is_known;
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::metadata::{OmniSupervisorConfig, Scalar};

check!("OC703", "tab-without-page", "tab_without_page.md", [Error, Warning]);

/// The type of tab that shows a page.
const PAGE: &str = "FlexipageType";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        for tab in &config.value.tabs {
            let Some(kind) = tab.tab_type.spanned() else { continue };
            let name = &config.component.name;
            let of_kind = config.component.at(kind.span);
            match &tab.flexi_page {
                Scalar::Absent | Scalar::Empty(_) if &*kind.value == PAGE => {
                    if graph.may_hold(config.component, &["flexiPage"]) {
                        continue;
                    }
                    let message = format!(
                        "the supervisor configuration `{name}` has a tab of the type `{PAGE}` without `flexiPage`: \
                         the documentation asks for one"
                    );
                    cx.report(Error, of_kind, message)
                        .label("needs a page")
                        .help("add `<flexiPage>` with the developer name of a Lightning page for Omni Supervisor")
                        .element("omniSupervisorConfigTab/tabType");
                }
                Scalar::Value(page) if &*kind.value != PAGE && is_known("OmniSupervisorTabType", &kind.value) => {
                    let message = format!(
                        "the tab `{}` of the supervisor configuration `{name}` names the page `{}`, but only a tab of \
                         the type `{PAGE}` shows one",
                        kind.value, page.value
                    );
                    cx.report(Warning, config.component.at(page.span), message)
                        .label("not shown")
                        .related(of_kind, "the type of the tab")
                        .help(format!("write `<tabType>{PAGE}</tabType>`, or remove `flexiPage`"))
                        .fix("remove `flexiPage`", Unsafe, Change::Remove { span: page.span })
                        .element("omniSupervisorConfigTab/flexiPage");
                }
                _ => {}
            }
        }
    }
}
