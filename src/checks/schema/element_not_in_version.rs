use rustc_hash::FxHashMap;

use super::{at, raise, violations};
use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::{Error, Warning};
use crate::graph::{File, Graph};
use crate::schema::{Violation, ViolationKind};
use crate::source::{ApiVersion, FileId, Span};

check!("OC102", "element-not-in-version", "element_not_in_version.md", [Error, Warning]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let mut reported = Reported::default();
    let violations = violations(cx);
    let removable = removable(&violations);
    for (file, violation) in violations {
        let Some(Fault { what, since, gone, remove }) = fault(file, violation) else { continue };
        if !is_deployed(graph, file) || !reported.is_new(file.id, violation, &what) {
            continue;
        }
        let newest = graph.api_version == ApiVersion::NEWEST && since > ApiVersion::NEWEST.0;
        let is_value = matches!(violation.kind, ViolationKind::ValueNotInVersion { .. });
        let (severity, fate) = match (newest, is_value) {
            (_, true) => (Warning, "a deploy may reject it, though orgs have written such values earlier"),
            // Which elements older versions had is not known for certain.
            _ if graph.api_version < ApiVersion::OLDEST => (Warning, "a deploy may reject it"),
            (true, false) => (Warning, "a deploy rejects it"),
            (false, false) => (Error, "a deploy rejects it"),
        };
        let Some((message, help)) = words(graph, &what, since, gone, &remove, fate) else { continue };
        let finding = cx
            .report(severity, at(file, violation), message)
            .label(if gone { "no longer there" } else { "not there yet" })
            .help(help)
            .element(violation.path.as_str());
        if let Some(spans) = removable.get(&(file.id, violation.path.as_str())) {
            finding.fix_all(remove, Unsafe, spans.iter().map(|&span| Change::Remove { span }));
        }
    }
}

/// The elements of each file and path that the API version does not have.
fn removable<'g>(violations: &[(&File, &'g Violation)]) -> FxHashMap<(FileId, &'g str), Vec<Span>> {
    let mut removable: FxHashMap<_, Vec<_>> = FxHashMap::default();
    for (file, violation) in violations {
        if matches!(violation.kind, ViolationKind::NotInVersion { .. }) {
            removable.entry((file.id, violation.path.as_str())).or_default().push(violation.span);
        }
    }
    removable
}

/// Something that the API version does not have.
struct Fault {
    what: String,
    /// The first version that has it, or the first that has it no more.
    since: u16,
    gone: bool,
    remove: String,
}

fn fault(file: &File, violation: &Violation) -> Option<Fault> {
    let name = super::element(violation);
    Some(match &violation.kind {
        ViolationKind::TypeNotInVersion(schema) => Fault {
            what: format!("the type `{}`", schema.name.as_str()),
            since: schema.since,
            gone: false,
            remove: format!("remove `{}`", file.file_name()),
        },
        ViolationKind::NotInVersion { name, field } => {
            let gone = field.until.map(|until| until + 1);
            Fault {
                what: format!("`{name}`"),
                since: gone.unwrap_or(field.since),
                gone: gone.is_some(),
                remove: format!("remove `{name}`"),
            }
        }
        ViolationKind::ValueNotInVersion { value, since } => Fault {
            what: format!("the value `{value}` of `{name}`"),
            since: *since,
            gone: false,
            remove: format!("give `{name}` another value"),
        },
        _ => return None,
    })
}

/// False for a type that the manifest of a Metadata API folder does not list: its version is not for that, and OC009 says
/// so.
fn is_deployed(graph: &Graph, file: &File) -> bool {
    graph.manifest.as_ref().is_none_or(|manifest| {
        let types = &manifest.package.types;
        types.is_empty() || types.iter().any(|of| of.kind() == file.kind)
    })
}

/// The message and the help. None if the element has both gone and not yet come.
fn words(graph: &Graph, what: &str, since: u16, gone: bool, remove: &str, fate: &str) -> Option<(String, String)> {
    let (version, since_version) = (graph.api_version, ApiVersion(since));
    let (verb, help) = match (gone, version < since_version) {
        (true, false) => ("went", remove.to_owned()),
        (false, true) => ("came", format!("{}, or {remove}", raise(graph, since))),
        _ => return None,
    };
    let message = format!("{what} {verb} with API {since_version}, and the project is at {version}: {fate}");
    Some((message, help))
}

/// What was reported in the file at hand.
#[derive(Default)]
struct Reported {
    file: FileId,
    /// Each path, and what was said of it.
    paths: Vec<(String, String)>,
}

impl Reported {
    /// False if the same, or something around it, was reported before.
    fn is_new(&mut self, file: FileId, violation: &Violation, what: &str) -> bool {
        if self.file != file {
            self.file = file;
            self.paths.clear();
        }
        let covered = |(path, said): &(String, String)| {
            let below =
                path.is_empty() || violation.path.strip_prefix(path.as_str()).is_some_and(|p| p.starts_with('/'));
            below || (*path == violation.path && said == what)
        };
        if self.paths.iter().any(covered) {
            return false;
        }
        self.paths.push((violation.path.clone(), what.to_owned()));
        true
    }
}
