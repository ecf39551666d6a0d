//! The parser's verdict on each document of the W3C's XML conformance suite, which `OMNIC_XML_SUITE` names.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use omnic::xml::{self, ErrorKind};

/// A test of the suite.
struct Case {
    id: String,
    path: PathBuf,
    /// What the suite says of the document; none if readers are free.
    is_well_formed: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    WellFormed,
    IllFormed,
    /// It has a document type declaration, which no metadata file may have, and but for that and the entities that it
    /// may declare it is well-formed.
    HasDtd,
    /// It is not in UTF-8, or says that it is not.
    OtherEncoding,
}

fn suite() -> Option<PathBuf> {
    let path = std::env::var_os("OMNIC_XML_SUITE").map(PathBuf::from);
    if path.is_none() {
        println!("skipped: OMNIC_XML_SUITE does not name the XML conformance suite; see tests/xml-suite/README.md");
    }
    path
}

/// The tests that are meant for a parser of XML 1.0, fifth edition, with namespaces.
fn cases(data: &Path) -> Vec<Case> {
    let list = std::fs::read_to_string(data.join("cleaned/xmlconf-flattened.xml")).unwrap();
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
    let list = roxmltree::Document::parse_with_options(&list, options).unwrap();
    let tests = list.descendants().filter(|node| node.has_tag_name("TEST"));
    let is_ours = |test: &roxmltree::Node<'_, '_>| {
        let is_of = |name: &str, wanted: &dyn Fn(&str) -> bool| test.attribute(name).is_none_or(wanted);
        is_of("VERSION", &|version| version == "1.0")
            && is_of("RECOMMENDATION", &|name| !name.ends_with("1.1"))
            && is_of("EDITION", &|editions| editions.split(' ').any(|edition| edition == "5"))
            && is_of("NAMESPACE", &|aware| aware == "yes")
    };
    let case = |test: roxmltree::Node<'_, '_>| {
        let base = (roxmltree::NS_XML_URI, "base");
        let mut bases: Vec<&str> = test.ancestors().filter_map(|node| node.attribute(base)).collect();
        bases.reverse();
        Case {
            id: test.attribute("ID").unwrap().to_owned(),
            path: data.join("xmlconf").join(bases.concat()).join(test.attribute("URI").unwrap()),
            is_well_formed: match test.attribute("TYPE").unwrap() {
                "error" => None,
                kind => Some(kind != "not-wf"),
            },
        }
    };
    tests.filter(is_ours).map(case).collect()
}

fn verdict(document: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(document) else { return Verdict::OtherEncoding };
    let (mut has_dtd, mut is_other_encoding) = (false, false);
    for error in xml::parse(text).errors {
        match error.kind {
            ErrorKind::DocumentType => has_dtd = true,
            ErrorKind::OtherEncoding(_) => is_other_encoding = true,
            ErrorKind::UnknownEntity(_) | ErrorKind::TooMany if has_dtd => {}
            _ => return Verdict::IllFormed,
        }
    }
    match (has_dtd, is_other_encoding) {
        (true, _) => Verdict::HasDtd,
        (false, true) => Verdict::OtherEncoding,
        (false, false) => Verdict::WellFormed,
    }
}

/// A declaration stands outside of everything else; as text, `<!DOCTYPE` stands in something.
fn has_dtd(document: &[u8]) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: false, ..Default::default() };
    let text = std::str::from_utf8(document).unwrap_or_default();
    matches!(roxmltree::Document::parse_with_options(text, options), Err(roxmltree::Error::DtdDetected))
}

/// The documents on which the parser means to judge otherwise.
fn exceptions() -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xml-suite/exceptions.toml");
    toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

#[test]
fn documents_are_well_formed_or_not_as_the_suite_says() {
    let Some(package) = suite() else { return };
    let cases = cases(&package.join("build/dist"));
    assert!(cases.len() > 1000, "{} tests are not the suite", cases.len());
    let mut exceptions = exceptions();
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for Case { id, path, is_well_formed } in &cases {
        let document = std::fs::read(path).unwrap();
        let verdict = verdict(&document);
        *counts.entry(verdict).or_default() += 1;
        let is_right = match verdict {
            Verdict::WellFormed => *is_well_formed != Some(false) && !has_dtd(&document),
            Verdict::IllFormed => *is_well_formed != Some(true),
            Verdict::HasDtd | Verdict::OtherEncoding => true,
        };
        match (is_right, exceptions.remove(id)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(reason)) => wrong.push(format!("{id}: no exception any more: {reason}")),
            (false, None) => wrong.push(format!("{id}: {verdict:?}, {}", path.display())),
        }
    }
    println!("{} documents: {counts:?}", cases.len());
    wrong.extend(exceptions.into_keys().map(|id| format!("{id}: no such test")));
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
