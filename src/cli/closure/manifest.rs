//! Manifests, to the byte as the Salesforce CLI writes them (source-deploy-retrieve 13.7.0, `ComponentSet.getPackageXml`).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::schema::Member;
use crate::source::ApiVersion;
use crate::text::{is_obeyed, picture};

/// A manifest of these components, types and names sorted.
pub(super) fn manifest<'m>(members: impl Iterator<Item = &'m Member>, version: ApiVersion) -> String {
    let mut types: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for member in members {
        types.entry(member.type_name).or_default().insert(&member.name);
    }
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                    <Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n"
        .to_owned();
    for (type_name, names) in types {
        text.push_str("    <types>\n");
        for name in names {
            // Writing to memory does not fail.
            let _ = writeln!(text, "        <members>{}</members>", escaped(name));
        }
        let _ = writeln!(text, "        <name>{}</name>\n    </types>", escaped(type_name));
    }
    let _ = writeln!(text, "    <version>{version}</version>\n</Package>");
    text
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ if is_obeyed(c) => out.push(picture(c)),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_manifest_has_a_version_alone() {
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n    \
                        <version>66.0</version>\n</Package>\n";
        assert_eq!(manifest([].iter(), ApiVersion(66)), expected);
    }

    #[test]
    fn types_and_names_are_sorted_and_escaped() {
        let member = |type_name, name: &str| Member { type_name, name: name.to_owned() };
        let members = [member("Queue", "b"), member("Queue", "A&B's"), member("Group", "x"), member("Queue", "b")];
        let text = manifest(members.iter(), ApiVersion(66));
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("<members>") || line.starts_with("<name>"))
            .collect();
        let expected = [
            "<members>x</members>",
            "<name>Group</name>",
            "<members>A&amp;B&apos;s</members>",
            "<members>b</members>",
            "<name>Queue</name>",
        ];
        assert_eq!(lines, expected);
    }
}
