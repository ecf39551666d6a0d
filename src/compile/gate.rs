//! The one gate from an analysis to a plan: whether there is a plan, and what it leaves out.

use rustc_hash::FxHashSet;

use crate::analyse::Analysis;
use crate::checks;
use crate::diagnostics::{Diagnostic, Severity};
use crate::graph::{File, Graph, NodeId};
use crate::plan::{LeftOut, Plan};
use crate::schema::Kind;

/// The checks whose errors leave a component in the plan. A deploy accepts the component, or may: the name that the
/// project does not define may be the org's (OC201), Omni-Channel may be on in the org (OC301), and whether a deploy
/// refuses OC404, OC604 or OC703 is not documented. With OC505 and OC801 it deploys, and the work fails or waits. Of two
/// components of one name (OC007) an org gets one.
pub const KEPT: [&str; 8] = ["OC007", "OC201", "OC301", "OC404", "OC505", "OC604", "OC703", "OC801"];

/// What is done about a project with errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnErrors {
    /// There is no plan.
    Refuse,
    /// Components that a deploy rejects, or whose file cannot be read to its end, are left out of the plan.
    LeaveOut,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPlan {
    /// A file could not be read, so that nobody knows what is wrong with it.
    #[error("`{path}` could not be read")]
    Unreadable {
        /// Its path, relative to the project root.
        path: String,
    },
    /// The project has errors.
    #[error("a project with errors is not compiled")]
    Errors {
        /// How many.
        count: usize,
    },
    /// The rest of a file is lost, and the finding that says so is silenced.
    #[error("`{path}` cannot be read to its end, so parts would be missing")]
    CutShort {
        /// Its path, relative to the project root.
        path: String,
    },
    /// A folder or another part of the project could not be read.
    #[error("a part of the project could not be read")]
    PartUnread,
}

/// Compiles an analysis that kept the texts of its files, or where their lines start. `unread` are the parts of the project that could not be read
/// ([`Project::problems`](crate::source::Project::problems)).
///
/// # Errors
///
/// Unless errors are left out: if there are any, or if anything could not be read.
pub fn compile(analysis: &Analysis, unread: &[(String, String)], on_errors: OnErrors) -> Result<Plan, NoPlan> {
    if on_errors == OnErrors::Refuse {
        refuse(analysis, unread)?;
        return Ok(super::plan(analysis, &FxHashSet::default(), Vec::new()));
    }
    let (nodes, left_out) = left_out(analysis);
    Ok(super::plan(analysis, &nodes, left_out))
}

/// Whether an analysis gives a plan; it need not have kept any texts.
///
/// # Errors
///
/// Those of [`compile`] where errors are not left out.
pub fn refuse(analysis: &Analysis, unread: &[(String, String)]) -> Result<(), NoPlan> {
    let files = || analysis.graph.files.iter().filter(|file| !file.ignored);
    let count = errors(analysis).count();
    if count > 0 {
        // What could not be read is not known to be wrong, though an error says so.
        let unreadable = files().find(|file| file.problem.is_some());
        return Err(unreadable.map_or(NoPlan::Errors { count }, |file| NoPlan::Unreadable { path: file.path.clone() }));
    }
    // Whoever silences such a finding does not want a plan that silently lacks what the file holds.
    if let Some(file) = files().find(|file| is_cut_short(file)) {
        return Err(NoPlan::CutShort { path: file.path.clone() });
    }
    if unread.is_empty() { Ok(()) } else { Err(NoPlan::PartUnread) }
}

fn errors(analysis: &Analysis) -> impl Iterator<Item = &Diagnostic> {
    analysis.diagnostics.iter().filter(|found| found.severity == Severity::Error)
}

fn is_cut_short(file: &File) -> bool {
    file.kind.is_some() && !file.ignored && !file.is_readable()
}

/// The components that a deploy rejects or that could not be read to their end: their nodes, and what the plan says of
/// them.
fn left_out(analysis: &Analysis) -> (FxHashSet<NodeId>, Vec<LeftOut>) {
    let graph = &analysis.graph;
    let mut all = Vec::new();
    // A project may call more an error than a deploy does.
    let is_rejected = |code: &str| checks::find(code).is_some_and(|check| check.severities.contains(&Severity::Error));
    for found in errors(analysis).filter(|found| !KEPT.contains(&found.code) && is_rejected(found.code)) {
        let component = found.component.as_ref();
        let kind = component.and_then(|known| Kind::TYPES.into_iter().find(|kind| kind.as_str() == known.kind));
        all.extend(kind.zip(component).map(|(kind, component)| (kind, component.name.as_str(), found.code)));
    }
    // Of these a plan has no rows, and what they grant counts all the same, unless they are cut short.
    all.retain(|(kind, ..)| !matches!(kind, Kind::Group | Kind::Profile | Kind::PermissionSet));
    for file in graph.files.iter().filter(|file| is_cut_short(file) && file.kind != Some(Kind::Group)) {
        let code = if file.problem.is_some() { "OC001" } else { "OC002" };
        all.extend(file.kind.map(|kind| (kind, file.name.as_str(), code)));
    }
    let nodes = all.iter().filter_map(|(kind, name, _)| graph.find(*kind, name)).collect();
    let mut left_out: Vec<LeftOut> = all.into_iter().map(|(kind, name, code)| of(graph, kind, name, code)).collect();
    left_out.sort();
    left_out.dedup_by(|later, earlier| (&later.component, &later.name) == (&earlier.component, &earlier.name));
    (nodes, left_out)
}

fn of(graph: &Graph, kind: Kind, name: &str, code: &str) -> LeftOut {
    let name = graph.find(kind, name).map_or(name, |node| graph.name(node));
    LeftOut { component: kind.as_str().to_owned(), name: name.to_owned(), code: code.to_owned() }
}
