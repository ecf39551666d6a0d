//! Components as arguments name them: `Queue:Support`.

use super::Failure;
use crate::answers::facts;
use crate::graph::{Graph, NodeId};
use crate::metadata::manifest_name;
use crate::schema::Kind;
use crate::text::{list, nearest};

/// The kind with this name, whatever its case: the Metadata API's, or the one of manifests.
pub(super) fn kind(name: &str) -> Option<Kind> {
    let is_it = |kind: &Kind| {
        let names = [kind.as_str(), manifest_name(*kind)];
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
            || (*kind == Kind::Object && name.eq_ignore_ascii_case("Object"))
    };
    Kind::all().find(is_it)
}

/// Reads the name of a kind, as clap asks.
pub(super) fn parse_kind(name: &str) -> Result<Kind, String> {
    kind(name).ok_or_else(|| match nearest(name, Kind::all().map(Kind::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected one of {}", list(Kind::all().map(Kind::as_str), Kind::COUNT)),
    })
}

/// The node that an argument names, such as `Queue:Support`. `flag` is what the argument is called.
pub(super) fn find(graph: &Graph, flag: &str, wanted: &str) -> Result<NodeId, Failure> {
    let Some((type_name, name)) = wanted.split_once(':') else {
        let failure = Failure::new(format!("`{wanted}` of {flag} has no type"));
        return Err(failure.with_help(typed(graph, wanted)));
    };
    let kind = kind(type_name).ok_or_else(|| unknown_kind(flag, wanted, type_name))?;
    facts::find(graph, kind, name).ok_or_else(|| {
        let noun = kind.noun();
        let failure = Failure::new(format!("the project neither defines nor names the {noun} `{name}` of {flag}"));
        let names = graph.nodes_of(kind).map(|node| graph.name(node));
        failure.with_help(match nearest(name, names) {
            Some(near) => format!("did you mean `{}:{near}`?", kind.as_str()),
            None => known(graph, kind),
        })
    })
}

fn unknown_kind(flag: &str, wanted: &str, name: &str) -> Failure {
    let failure = Failure::new(format!("`{wanted}` of {flag} has an unknown type, `{name}`"));
    failure.with_help(match nearest(name, Kind::all().map(Kind::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("name one of {}", list(Kind::all().map(Kind::as_str), Kind::COUNT)),
    })
}

/// What to write for a name without a type.
fn typed(graph: &Graph, name: &str) -> String {
    let found: Vec<String> = Kind::all()
        .filter_map(|kind| Some(format!("{}:{}", kind.as_str(), graph.name(facts::find(graph, kind, name)?))))
        .collect();
    if found.is_empty() {
        return "write the type and the name, such as `Queue:Support`".to_owned();
    }
    format!("write {}", list(&found, 3))
}

/// Which names there are.
fn known(graph: &Graph, kind: Kind) -> String {
    let names = graph.names(kind);
    if names.is_empty() {
        return format!("the project defines no {}", kind.noun());
    }
    format!("name one that the project has, such as {}", list(names, 3))
}
