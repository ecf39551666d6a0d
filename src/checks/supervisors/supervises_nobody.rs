//! OC707

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::metadata::OmniSupervisorConfig;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC707",
    name: "supervises-nobody",
    severities: &[Note],
    strict: false,
    summary: "A supervisor configuration is for no supervisor.",
    what: "Reports a supervisor configuration that names neither a user nor a profile. One that lists no queues, skills or \
           groups is accepted.",
    why: "A supervisor configuration has an effect only for the users and profiles that it names.",
    fix: "Name the users or profiles who supervise, or remove the configuration. Where they are kept in the org \
          alone, nothing is wrong.",
    source: "Set Up Omni-Channel Developer Guide v56, OmniSupervisorConfigUser and OmniSupervisorConfigProfile",
    evidence: &[Evidence::Documented],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigQueue>
        <queue>Support</queue>
    </omniSupervisorConfigQueue>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigProfile>
        <profile>admin</profile>
    </omniSupervisorConfigProfile>
",
    run,
};

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
