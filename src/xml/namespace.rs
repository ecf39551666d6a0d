//! Prefixes and what they stand for (Namespaces in XML 1.0, third edition).

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::attribute::Attribute;
use super::error::ErrorKind;
use super::parse::Parser;
use crate::source::Span;

/// What the prefix `xml` stands for, and nothing else may.
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// What the prefix `xmlns` stands for, and nothing else may.
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The prefixes that are declared at a place.
#[derive(Default)]
pub(super) struct Prefixes<'t> {
    /// In the order of their declarations, with the depth of the element that declares them.
    order: Vec<(usize, &'t str)>,
    /// The namespaces that each stands for, the innermost last.
    declared: FxHashMap<&'t str, Vec<Cow<'t, str>>>,
    /// An element's name may have one.
    pub(super) in_names: bool,
}

impl<'t> Prefixes<'t> {
    fn declare(&mut self, depth: usize, prefix: &'t str, namespace: Cow<'t, str>) {
        self.order.push((depth, prefix));
        self.declared.entry(prefix).or_default().push(namespace);
    }

    /// Forgets what elements at `depth` and deeper have declared.
    #[inline]
    pub(super) fn forget(&mut self, depth: usize) {
        while let Some((_, prefix)) = self.order.pop_if(|(declared_at, _)| *declared_at >= depth) {
            if let Some(namespaces) = self.declared.get_mut(prefix) {
                namespaces.pop();
            }
        }
    }

    fn namespace(&self, prefix: &str) -> Option<&str> {
        match prefix {
            "xml" => Some(XML),
            _ => self.declared.get(prefix)?.last().map(|namespace| &**namespace),
        }
    }
}

impl<'t> Parser<'t, '_> {
    /// Takes in what the attributes of a start tag declare, and checks the prefixes in it. `name` is the element's.
    pub(super) fn check_namespaces(&mut self, name: Span, attributes: &[Attribute<'t>]) {
        let depth = self.open.len();
        for attribute in attributes {
            if let Some(kind) = wrong_declaration(attribute) {
                self.error(attribute.name, kind);
            }
            if let Some(prefix) = attribute.name().strip_prefix("xmlns:") {
                self.prefixes.declare(depth, prefix, attribute.value());
            }
        }
        self.check_prefix(name);
        let prefixed = attributes.iter().filter_map(|attribute| Some((attribute, attribute.name().split_once(':')?)));
        let mut first: FxHashMap<(&str, &str), &Attribute<'_>> = FxHashMap::default();
        let mut same = Vec::new();
        let mut unknown = Vec::new();
        for (attribute, (prefix, local)) in prefixed.filter(|(_, (prefix, _))| *prefix != "xmlns") {
            let Some(namespace) = self.prefixes.namespace(prefix) else {
                unknown.push(attribute.name);
                continue;
            };
            // The same name twice has been told.
            match first.insert((namespace, local), attribute) {
                Some(other) if other.name() != attribute.name() => same.push((other, attribute)),
                _ => {}
            }
        }
        for (other, attribute) in same {
            let kind = ErrorKind::SameAttribute { first: other.name().to_owned(), found: attribute.name().to_owned() };
            self.error(attribute.name, kind);
        }
        for name in unknown {
            self.check_prefix(name);
        }
    }

    fn check_prefix(&mut self, name: Span) {
        if let Some((prefix, _)) = name.slice(self.text).split_once(':')
            && self.prefixes.namespace(prefix).is_none()
        {
            self.error(name, ErrorKind::UnknownPrefix(prefix.to_owned()));
        }
    }
}

/// What is wrong with a declaration of a namespace; none of any other attribute.
fn wrong_declaration(attribute: &Attribute<'_>) -> Option<ErrorKind> {
    let name = attribute.name();
    let prefix = if name == "xmlns" { "" } else { name.strip_prefix("xmlns:")? };
    let namespace = attribute.value();
    match (prefix, &*namespace) {
        ("xml", XML) => None,
        ("xml" | "xmlns", _) => Some(ErrorKind::ReservedPrefix(prefix.to_owned())),
        (_, XML | XMLNS) => Some(ErrorKind::ReservedNamespace(name.to_owned())),
        ("", _) => None,
        (_, "") => Some(ErrorKind::EmptyPrefix(prefix.to_owned())),
        _ => None,
    }
}
