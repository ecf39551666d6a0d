use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;

check!("OC707", "supervises-nobody", "supervises_nobody.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for config in graph.all::<OmniSupervisorConfig>() {
        let elements = ["omniSupervisorConfigUser", "omniSupervisorConfigProfile"];
        if !config.value.users.is_empty()
            || !config.value.profiles.is_empty()
            || graph.may_hold(config.component, &elements)
        {
            continue;
        }
        let message = format!(
            "the supervisor configuration `{}` names no user and no profile, so nobody supervises with it",
            config.component.name
        );
        cx.report(Note, config.component.location(), message)
            .label("no supervisor")
            .help("add `<omniSupervisorConfigUser>` or `<omniSupervisorConfigProfile>`");
    }
}
