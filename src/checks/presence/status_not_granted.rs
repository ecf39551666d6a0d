//! OC406

use crate::checks::{Check, Checker};
use crate::diagnostics::Severity::Warning;
use crate::metadata::ServicePresenceStatus;
use crate::schema::{Kind, Role};
use crate::source::ApiVersion;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC406",
    name: "status-not-granted",
    severities: &[Warning],
    strict: false,
    summary: "A presence status that no profile or permission set grants.",
    what: "Reports a presence status that no profile and no permission set of the project grants, where the project \
           grants others. To list a status with `enabled` set to `false` is not to grant it. Statuses that reps are only \
           put into, after a decline or a push timeout, are left alone. Does nothing if a profile or permission set is \
           broken or kept out by `.forceignore`, and below API 64.0, whose profiles and permission sets do not hold \
           statuses.",
    why: "Reps can choose only the statuses that they are granted. A status that nobody is granted receives no work.",
    fix: "Grant the status with `servicePresenceStatusAccesses` in a permission set, or remove it.",
    source: "Set Up Omni-Channel Developer Guide v56; Metadata API Developer Guide 67.0, PermissionSet and Profile; \
             Salesforce Knowledge 005226660, Troubleshooting Guide for Omni-Channel Routing Issues",
    fails: "
== ServicePresenceStatus Available
    <label>Available</label>
== ServicePresenceStatus Lunch
    <label>Lunch</label>
== PermissionSet Agent
    <label>Agent</label>
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
",
    passes: "
== ServicePresenceStatus Available
    <label>Available</label>
== PermissionSet Agent
    <label>Agent</label>
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
",
    run,
};

/// The first version in which profiles and permission sets hold statuses.
const SINCE: ApiVersion = ApiVersion(64);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let granting = [Some(Kind::Profile), Some(Kind::PermissionSet)];
    let unread = graph.files.iter().any(|file| granting.contains(&file.kind) && !file.is_whole());
    if unread || graph.api_version < SINCE || !graph.edges().any(|(.., edge)| edge.role == Role::GrantsStatus) {
        return;
    }
    for status in graph.all::<ServicePresenceStatus>() {
        let given = [Role::GrantsStatus, Role::StatusOnDecline, Role::StatusOnPushTimeout];
        // A status that two package directories have is one.
        let again = graph.components_of(status.node).next().is_none_or(|first| first.file != status.component.file);
        if again || graph.is_referred(status.node, &given) {
            continue;
        }
        let name = &status.component.name;
        let message = format!(
            "no profile or permission set of the project grants the presence status `{name}`, so no rep can choose it"
        );
        let listed = graph.sources(status.node, Role::ListsStatus).next();
        let mut finding = cx.report(Warning, status.component.location(), message);
        if let Some((_, place)) = listed {
            finding = finding.related(place, "listed, but not granted");
        }
        finding
            .label("granted to nobody")
            .help(format!("grant `{name}` with `servicePresenceStatusAccesses` in a permission set, or remove it"));
    }
}
