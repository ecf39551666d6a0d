use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Note, Warning};
use crate::graph::{Graph, Item, World};
use crate::metadata::ServicePresenceStatus;
use crate::schema::{Kind, Role};
use crate::source::ApiVersion;
use crate::text::list;

check!("OC406", "status-not-granted", "status_not_granted.md", [Warning, Note]);

/// The first version in which profiles and permission sets hold statuses.
const SINCE: ApiVersion = ApiVersion(64);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let granting = [Some(Kind::Profile), Some(Kind::PermissionSet)];
    let unread = graph.files.iter().any(|file| granting.contains(&file.kind) && !file.is_whole());
    let given_somewhere = !graph.says_all(&[Kind::Profile, Kind::PermissionSet, Kind::PresenceUserConfig]);
    if unread || given_somewhere || graph.api_version < SINCE || !grants_are_kept_here(graph) {
        return;
    }
    for status in graph.all::<ServicePresenceStatus>() {
        let given = [Role::GrantsStatus, Role::StatusOnDecline, Role::StatusOnPushTimeout];
        // A status that two package directories have is one.
        let again = graph.components_of(status.node).next().is_none_or(|first| first.file != status.component.file);
        let name = &status.component.name;
        if again {
            continue;
        }
        if graph.is_referred(status.node, &given) {
            if !graph.is_referred(status.node, &given[1..]) {
                held_by_nobody(cx, status);
            }
            continue;
        }
        let message = format!(
            "no profile or permission set of the project grants the presence status `{name}`, so no rep can choose it"
        );
        let listed = graph.sources(status.node, Role::ListsStatus).next();
        let mut finding = cx.report(severity(graph), status.component.location(), message);
        if let Some((_, place)) = listed {
            finding = finding.related(place, "listed, but not granted");
        }
        finding
            .label("granted to nobody")
            .help(format!("grant `{name}` with `servicePresenceStatusAccesses` in a permission set, or remove it"));
    }
}

/// True if the project shows what is granted: something is, and some profile says of a status whether it is.
fn grants_are_kept_here(graph: &Graph) -> bool {
    let (mut granted, mut by_profile) = (false, false);
    for (from, _, edge) in graph.edges() {
        let grants = edge.role == Role::GrantsStatus;
        granted |= grants;
        by_profile |= (grants || edge.role == Role::ListsStatus) && graph.node(from).kind == Kind::Profile;
    }
    granted && by_profile
}

/// In an open world the org may grant what the project does not.
fn severity(graph: &Graph) -> Severity {
    if graph.world == World::Open { Note } else { Warning }
}

/// Reports a status whose profiles and permission sets no active user has.
fn held_by_nobody(cx: &mut Checker<'_>, status: Item<'_, ServicePresenceStatus>) {
    let graph = cx.graph;
    let Some(org) = graph.org() else { return };
    let grants: Vec<_> = graph.grants_of(status.node).collect();
    if !grants.iter().all(|&(by, _)| org.is_held_by_nobody(by, graph.node(by).kind)) {
        return;
    }
    let (name, by) = (&status.component.name, list(grants.iter().map(|&(by, _)| graph.name(by)), 3));
    let message = format!(
        "the presence status `{name}` is granted by {by} alone, which no active user has by the records of the org, so no \
         rep can choose it"
    );
    let finding = cx.report(severity(graph), status.component.location(), message);
    let finding = grants.iter().take(3).fold(finding, |finding, &(_, place)| finding.related(place, "granted here"));
    finding.label("granted to nobody").help(format!("assign {by} to the reps who are to choose `{name}`"));
}
