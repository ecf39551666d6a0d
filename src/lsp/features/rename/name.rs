//! What a component may be renamed to, and how its name is written.

use percent_encoding::{percent_decode_str, percent_encode};

use super::super::named::files_of;
use crate::caseless;
use crate::graph::{Graph, NodeId, Resolution};
use crate::lsp::session::context::{Answer, Refused};
use crate::schema::{self, Kind, developer_name};
use crate::text::a;
use crate::xml;

/// Refuses to rename what is not the project's to rename.
pub(in crate::lsp) fn can_be_renamed(graph: &Graph, kind: Kind, name: &str) -> Answer<NodeId> {
    let noun = kind.noun();
    if schema::get(kind).is_some_and(|schema| schema.only_name.is_some()) {
        return Err(Refused::new(format!("the {noun} have one name, which cannot be changed")));
    }
    if let Some(shipped) = graph.standard_names(kind).find(|shipped| caseless::equal(shipped, name)) {
        return Err(Refused::new(format!("Salesforce ships the {noun} `{shipped}`: its name cannot be changed")));
    }
    let unknown = || Refused::new(format!("the project does not define the {noun} `{name}`"));
    let node = graph.find(kind, name).ok_or_else(unknown)?;
    let refused = match graph.node(node).resolution {
        Resolution::Here if developer_name::without_version(kind, name) != name => {
            format!("the file of the flow `{name}` ends in a version: other files name the flow without it")
        }
        Resolution::Here => return Ok(node),
        Resolution::Ignored(_) => {
            format!("`.forceignore` keeps the {noun} `{name}` out of a deploy, so that only the org can rename it")
        }
        Resolution::Declared => format!("the {noun} `{name}` is the org's: the project does not define it"),
        Resolution::External if kind == Kind::Profile => {
            format!("the profile `{name}` is the org's: the project has no file of it")
        }
        Resolution::External => format!("the {noun} `{name}` is only named here: omnic reads no file of it"),
        Resolution::FilledIn => format!("the {noun} `{name}` is filled in at deploy time"),
        Resolution::Standard | Resolution::Unknown { .. } => return Err(unknown()),
    };
    Err(Refused::new(refused))
}

/// Refuses a name that a component of this kind cannot have, or that another one has.
pub(in crate::lsp) fn can_be_name(graph: &Graph, node: NodeId, new: &str) -> Answer<()> {
    let kind = graph.node(node).kind;
    let noun = kind.noun();
    if new.is_empty() || new.chars().any(char::is_control) {
        return Err(Refused::new(format!("{} needs a name, on one line", a(noun))));
    }
    if let Some(fault) = developer_name::fault(kind, new) {
        return Err(Refused::new(format!("`{new}` cannot be the developer name of {}: it {fault}", a(noun))));
    }
    if developer_name::without_version(kind, new) != new {
        return Err(Refused::new(format!("`{new}` ends as a version of a flow does")));
    }
    let Some(other) = graph.find(kind, new).filter(|other| *other != node) else { return Ok(()) };
    match graph.node(other).resolution {
        // Nothing has the name yet; what names it by mistake is right from now on.
        Resolution::Unknown { .. } if files_of(graph, other).is_empty() => Ok(()),
        Resolution::Standard => Err(Refused::new(format!("Salesforce ships a {noun} `{}`", graph.name(other)))),
        Resolution::Here | Resolution::Ignored(_) => {
            Err(Refused::new(format!("the project has another {noun} `{}`", graph.name(other))))
        }
        _ => Err(Refused::new(format!("the org has another {noun} `{}`", graph.name(other)))),
    }
}

/// A profile's name as Salesforce writes it in file names: all but letters, digits, spaces, `_` and `-` as `%` and two
/// digits (seen in real projects).
pub(in crate::lsp) fn encoded(name: &str) -> String {
    let one = |c: char| {
        if c.is_alphanumeric() || matches!(c, ' ' | '_' | '-') {
            return c.to_string();
        }
        percent_encode(c.encode_utf8(&mut [0; 4]).as_bytes(), percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    name.chars().map(one).collect()
}

/// `new` in the place of `old`, written as the value there is: percent-encoded or not; of profiles, some files have the
/// names in lower case alone.
pub(in crate::lsp) fn written_as(value: &str, kind: Kind, old: &str, new: &str) -> String {
    if kind != Kind::Profile {
        return new.to_owned();
    }
    let is_encoded = |text: &str| percent_decode_str(text).decode_utf8_lossy() != text;
    let is_lower = value == value.to_lowercase() && old != old.to_lowercase();
    let new = if is_lower { new.to_lowercase() } else { new.to_owned() };
    if is_encoded(value) || is_encoded(&new) { encoded(&new) } else { new }
}

/// The text of an element whose text is `source`, with another value: comments around it stay, and so does CDATA.
pub(in crate::lsp) fn with_value(source: &str, value: &str) -> String {
    let mut core = source.trim();
    loop {
        let behind = core.strip_prefix("<!--").and_then(|rest| Some(rest.split_once("-->")?.1.trim()));
        let before = core.strip_suffix("-->").and_then(|rest| Some(rest.rsplit_once("<!--")?.0.trim()));
        let Some(rest) = [behind, before].into_iter().flatten().find(|rest| !rest.is_empty()) else { break };
        core = rest;
    }
    let cdata = core.strip_prefix("<![CDATA[").and_then(|rest| rest.strip_suffix("]]>"));
    let made = match cdata.filter(|inside| !inside.contains("]]>") && !value.contains("]]>") && !value.contains('\r')) {
        Some(inside) => {
            let (before, after) = inside.split_once(inside.trim()).unwrap_or_default();
            format!("<![CDATA[{before}{value}{after}]]>")
        }
        None => xml::escape(value).into_owned(),
    };
    // `core` is a piece of `source`.
    let start = (core.as_ptr() as usize).saturating_sub(source.as_ptr() as usize);
    let (before, rest) = source.split_at_checked(start).unwrap_or(("", source));
    let after = rest.get(core.len()..).unwrap_or_default();
    format!("{before}{made}{after}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_keep_how_they_are_written() {
        assert_eq!(with_value("A", "B & C"), "B &amp; C");
        assert_eq!(with_value("<![CDATA[ A ]]>", "B & C"), "<![CDATA[ B & C ]]>");
        assert_eq!(with_value("<![CDATA[A]]>", "B]]>C"), "B]]&gt;C");
        assert_eq!(with_value("<![CDATA[A]]>", "B\rC"), "B&#13;C");
        assert_eq!(with_value("<!-- A -->\n A <!-- a -->", "B"), "<!-- A -->\n B <!-- a -->");
        assert_eq!(with_value("<![CDATA[CDATA]]>", "B"), "<![CDATA[B]]>");
        let profile = |value, new| written_as(value, Kind::Profile, "Custom: Agent", new);
        assert_eq!(profile("Custom%3A Agent", "Custom: Rep (EU)"), "Custom%3A Rep %28EU%29");
        assert_eq!(profile("Custom: Agent", "Custom: Rep"), "Custom: Rep");
        assert_eq!(profile("custom: agent", "Custom: Rep"), "custom: rep");
        assert_eq!(profile("Custom: Agent", "Verkäufer %41"), "Verkäufer %2541");
    }
}
