//! OC701

use rustc_hash::FxHashMap;

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::metadata::OmniSupervisorConfig;
use crate::schema::Role;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC701",
    name: "supervised-twice",
    severities: &[Error],
    strict: false,
    summary: "A user or profile is in two supervisor configurations.",
    what: "Reports a user, or a profile, that supervises under two supervisor configurations. A user in one and the user's \
           profile in another is as it should be: the user's own configuration counts.",
    why: "Salesforce keeps users and profiles unique among supervisor configurations: for a user, a deploy fails with \
          `DUPLICATE_VALUE`.",
    fix: "Leave the user or profile in one of them.",
    source: "Set Up Omni-Channel Developer Guide v56, OmniSupervisorConfigUser and OmniSupervisorConfigProfile; \
             forcedotcom/sf-skills, notes on supervisor configurations",
    evidence: &[Evidence::ErrorSeen, Evidence::Documented],
    fails: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
== OmniSupervisorConfig Weekend_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Weekend Leads</masterLabel>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
",
    passes: "
== OmniSupervisorConfig Service_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Service Leads</masterLabel>
    <omniSupervisorConfigUser>
        <user>ana@example.com</user>
    </omniSupervisorConfigUser>
== OmniSupervisorConfig Weekend_Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Weekend Leads</masterLabel>
    <omniSupervisorConfigUser>
        <user>ben@example.com</user>
    </omniSupervisorConfigUser>
",
    run,
};

/// Who supervises, and in which element that is said.
const SUPERVISORS: [(Role, &str); 2] = [
    (Role::SupervisorUser, "omniSupervisorConfigUser/user"),
    (Role::SupervisorProfile, "omniSupervisorConfigProfile/profile"),
];

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut first = FxHashMap::default();
    for config in graph.all::<OmniSupervisorConfig>() {
        for (role, element) in SUPERVISORS {
            let supervisors = graph.targets(config.node, role);
            for (who, place) in supervisors.filter(|(_, place)| place.file == config.component.file) {
                let (other, other_place) = *first.entry(who).or_insert((config.node, place));
                // Twice in one configuration is a duplicate entry.
                if other == config.node {
                    continue;
                }
                let (noun, name, other) = (graph.node(who).kind.noun(), graph.name(who), graph.name(other));
                let message = format!(
                    "the {noun} `{name}` is in the supervisor configurations `{other}` and `{}`, but can be in only one",
                    config.component.name
                );
                cx.report(Error, place, message)
                    .label(format!("in `{other}` too"))
                    .related(other_place, "the first")
                    .help(format!("remove the {noun} from `{}` or from `{other}`", config.component.name))
                    .element(element);
            }
        }
    }
}
