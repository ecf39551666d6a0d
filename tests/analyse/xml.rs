//! The tree against roxmltree: well-formed documents give the same tree, ill-formed ones an error; nothing panics.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common;
use std::fmt::Write as _;
use std::path::Path;

use omnic::schema::{Kind, get, validate};
use omnic::source::{ApiVersion, Span};
use omnic::xml::{self, Document, Element, ErrorKind};
use proptest::prelude::*;

/// An element as both parsers can tell it: name, attributes, own text, children.
#[derive(Debug, PartialEq, Eq)]
struct Shape {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Shape>,
}

fn ours(element: Element<'_, '_>) -> Shape {
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    let attributes = element.attributes();
    let attributes = attributes.iter().filter(|a| a.name() != "xmlns" && !a.name().starts_with("xmlns:"));
    Shape {
        name: local(element.name()),
        attributes: attributes.map(|a| (local(a.name()), a.value().into_owned())).collect(),
        text: element.own_text(),
        children: element.children().map(ours).collect(),
    }
}

fn theirs(node: roxmltree::Node<'_, '_>) -> Shape {
    Shape {
        name: node.tag_name().name().to_owned(),
        attributes: node.attributes().map(|a| (a.name().to_owned(), a.value().to_owned())).collect(),
        // roxmltree leaves a lone carriage return as it is where a reference follows; XML 1.0 (2.11) makes it a line end.
        text: node
            .children()
            .filter(roxmltree::Node::is_text)
            .filter_map(|n| n.text())
            .collect::<String>()
            .replace('\r', "\n"),
        children: node.children().filter(roxmltree::Node::is_element).map(theirs).collect(),
    }
}

/// Every span lies in the text, on character boundaries, and inside its parent.
fn spans_are_sound(document: &Document<'_>, text: &str) {
    let fits = |span: Span| span.start <= span.end && text.get(span.start as usize..span.end as usize).is_some();
    for error in &document.errors {
        assert!(fits(error.span) && error.related.is_none_or(fits), "{error:?}");
        assert!(!error.kind.to_string().is_empty());
    }
    let mut open: Vec<_> = document.root().into_iter().collect();
    while let Some(element) = open.pop() {
        for span in [element.span(), element.start_tag(), element.name_span(), element.content(), element.value_span()]
        {
            assert!(fits(span), "{span:?}");
        }
        let _ = (element.value(), element.own_text(), element.stray_text(), element.attributes());
        for child in element.children() {
            assert!(element.span().start <= child.span().start && child.span().end <= element.span().end);
            assert_eq!(child.parent().map(Element::span), Some(element.span()));
            open.push(child);
        }
    }
}

fn compare(text: &str) {
    let document = xml::parse(text);
    spans_are_sound(&document, text);
    // A declared encoding is no question of well-formedness, and roxmltree takes any text for a processing instruction,
    // any number for a character.
    let lenient = |kind: &ErrorKind| {
        matches!(kind, ErrorKind::OtherEncoding(_) | ErrorKind::BadInstruction | ErrorKind::BadCharacterReference(_))
    };
    let own = document.errors.iter().find(|e| !lenient(&e.kind));
    match roxmltree::Document::parse(text) {
        Ok(theirs_document) => {
            assert!(own.is_none(), "roxmltree accepts what we do not: {own:?}\n{text}");
            if !document.errors.is_empty() {
                return;
            }
            let root = document.root().unwrap();
            assert_eq!(ours(root), theirs(theirs_document.root_element()), "{text}");
        }
        // Limits and namespace rules of its own that no metadata file can meet.
        Err(roxmltree::Error::NodesLimitReached | roxmltree::Error::AttributesLimitReached) => {}
        Err(error) => assert!(!document.errors.is_empty(), "roxmltree finds `{error}` where we find nothing:\n{text}"),
    }
}

fn compare_files(folder: &Path) {
    let mut compared = 0;
    for path in common::files_below(folder) {
        if path.extension().is_some_and(|extension| extension == "xml") {
            compare(&std::fs::read_to_string(&path).unwrap());
            compared += 1;
        }
    }
    assert!(compared > 0, "{}: no XML files", folder.display());
}

#[test]
fn examples_give_the_same_tree() {
    compare_files(Path::new("examples/acme-support"));
    compare_files(Path::new("examples/broken"));
}

#[test]
fn real_projects_give_the_same_tree() {
    if let Some(corpus) = common::corpus() {
        compare_files(&corpus);
    }
}

#[test]
fn skipped_children_are_checked_and_leave_the_rest_as_it_is() {
    let text = "<P><a><b>1</b></a><keep>x</keep><a><b></a></P>";
    let document = xml::parse_children(text, &|name| name == "keep");
    let root = document.root().unwrap();
    assert_eq!(root.children().map(Element::name).collect::<Vec<_>>(), ["keep"]);
    assert_eq!(document.errors.iter().map(|e| e.kind.clone()).collect::<Vec<_>>(), [ErrorKind::Unclosed("b".into())]);
}

#[test]
fn text_between_comments_is_found() {
    let text = "<Queue><!-- a --> first <name>A</name><!-- b -->second<!-- c --></Queue>";
    let document = xml::parse(text);
    let stray: Vec<_> = document.root().unwrap().stray_text().into_iter().map(|span| span.slice(text)).collect();
    assert_eq!(stray, ["first", "second"]);
}

/// What is wrong in each text, and where.
#[test]
fn each_kind_of_damage_is_named_at_its_place() {
    let damaged = [
        "",
        "   \n",
        "just text",
        "<Queue><name>A</nam></Queue>",
        "<Queue><name>A</Queue>",
        "<Queue><name>A</name></name></Queue>",
        "<Queue><name>A</name>",
        "<Queue/><Queue/>",
        "<Queue/>text",
        "<Queue><name\n    <email>x</email></Queue>",
        "<Queue><name>A</name\n    <email>x</email></Queue>",
        "<Queue><name>a < b</name></Queue>",
        "<Queue><name>a & b</name></Queue>",
        "<Queue><name>a &nbsp; &#0; b</name></Queue>",
        "<Queue><name>a \u{1} b</name></Queue>",
        "<Queue a=1 b b='1' b='2'/>",
        "<Queue><name x:nil=\"true\"/></Queue>",
        "<Queue><a:b:c xmlns:a='u'/></Queue>",
        "<Queue xmlns:a=\"\" xmlns=\"\"/>",
        "<Queue xmlns:xml=\"http://www.w3.org/XML/1998/namespace\" xml:lang=\"en\"><a xmlns:xml='u'/></Queue>",
        "<Queue xmlns:xmlns=\"http://www.w3.org/2000/xmlns/\"><xmlns:a/></Queue>",
        "<Queue xmlns:x='http://www.w3.org/XML/1998/namespace'><a xmlns='http://www.w3.org/2000/xmlns/'/></Queue>",
        "<Queue xmlns:a='u' xmlns:b='&#117;' c='0' a:c='1'><d b:c='2' a:c='3' c='4'/><d xmlns:b='v' b:c='5' a:c='6'/></Queue>",
        "<Queue><!-- a -- b --><name>A</name></Queue>",
        "<Queue><!-- é-é - é -- é --></Queue>",
        "<Queue><!-- é---></Queue>",
        "<Queue><!-- never closed</Queue>",
        "<Queue><![CDATA[ never closed</Queue>",
        "<Queue><!DOCTYPé never closed",
        "<!DOCTYPE Queue [<!ENTITY a \"b\">]><Queue>&a;</Queue>",
        "<Queue>]]></Queue>",
        "\n<?xml version=\"1.0\"?><Queue/>",
        "<?xml version=1.0?><Queue/>",
        "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><Queue/>",
        "<Queue><1a/></Queue>",
        "<Queue><name></Queue",
        "<Queue",
    ];
    let mut told = String::new();
    for text in damaged {
        let document = xml::parse(text);
        assert!(!document.errors.is_empty(), "{text}");
        writeln!(told, "{text:?}").unwrap();
        for error in &document.errors {
            writeln!(told, "  {:?}: {}", error.span.slice(text), error.kind).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}

#[test]
fn a_carriage_return_that_is_a_reference_stays_one() {
    let text = "<a b='1&#13;2\r3'>x&#13;y\rz\r\n<![CDATA[\r]]>&#xD;&#10;.</a>";
    let document = xml::parse(text);
    let root = document.root().unwrap();
    assert_eq!(root.value(), "x\ry\nz\n\n\r\n.");
    assert_eq!(root.attribute("b").unwrap().value(), "1\r2 3");
    // What is written so reads back so.
    for value in ["a\rb", "\r\n<&>]]>", "plain"] {
        let text = format!("<a>{}</a>", xml::escape(value));
        assert_eq!(xml::parse(&text).root().unwrap().own_text(), value, "{text}");
    }
}

/// Anything that goes through the text once for each of its pieces would take minutes here.
#[test]
fn a_hostile_file_costs_no_more_than_its_size() {
    let many = 50_000;
    let repeated =
        ["<a b=\"", "<!--", "<", "&", "</x>", "<a>", "<![CDATA[", "<?x ", "<a b='c' b='d'>", "&amp;", "x\r", "]"];
    let mut texts: Vec<String> = repeated.iter().map(|piece| piece.repeat(many)).collect();
    texts.extend(repeated.iter().map(|piece| format!("<Queue><name>{}</name></Queue>", piece.repeat(many))));
    texts.push(format!("<Queue a='{}'/>", "&".repeat(many)));
    texts.push(format!("<Queue a='{}'/>", "&a".repeat(many)));
    let attributes = |attribute: fn(usize) -> String| (0..many / 8).map(attribute).collect::<String>();
    texts.push(format!("<Queue{}/>", attributes(|n| format!(" a{n}='b'"))));
    texts.push(format!("<Queue{}/>", attributes(|n| format!(" xmlns:p{n}='b' p{n}:a='b'"))));
    texts.push(format!("<Queue{}/>", attributes(|n| format!(" xmlns:p{n}='b' p{n}:a{n}='b'"))));
    texts.push("<a xmlns:p='b' p:a='b'>".repeat(many));
    texts.push(format!("<{0}a></{0}b>", "x".repeat(many)));
    texts.push(format!("<Queue>{}</Queue>", "<zz/>".repeat(many)));
    for text in texts {
        let document = xml::parse(&text);
        assert!(document.errors.len() <= xml::MAX_ERRORS + 1, "{text:.40}");
        let found = validate::validate(&document, get(Kind::Queue).unwrap(), ApiVersion::NEWEST);
        assert!(found.violations.len() <= validate::MAX_VIOLATIONS, "{text:.40}");
    }
}

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z_é][A-Za-z0-9_.é-]{0,6}"
}

fn document() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        "[ a-zA-Z0-9é\r\n\t]{0,12}",
        Just("&amp;&#65;&#x1F600;&lt;".to_owned()),
        Just("<![CDATA[<raw> & ]] ]]>".to_owned()),
        Just("<!-- a comment -->".to_owned()),
        Just("<?target data?>".to_owned()),
    ];
    let attributes = proptest::collection::btree_map(name(), "[ a-z&&[^&<\"]]{0,6}", 0..3);
    let leaf = (name(), attributes, text.clone()).prop_map(|(name, attributes, text)| {
        let attributes: String = attributes.iter().flat_map(|(k, v)| [" ", k, "=\"", v, "\""]).collect();
        format!("<{name}{attributes}>{text}</{name}\n>")
    });
    leaf.prop_recursive(4, 40, 5, move |inner| {
        (name(), proptest::collection::vec(prop_oneof![inner, text.clone()], 0..5))
            .prop_map(|(name, children)| format!("<{name}>{}</{name}>", children.concat()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn well_formed_documents_give_the_same_tree(body in document(), bom in any::<bool>(), crlf in any::<bool>()) {
        let bom = if bom { "\u{feff}" } else { "" };
        let end = if crlf { "\r\n" } else { "\n" };
        compare(&format!("{bom}<?xml version=\"1.0\" encoding=\"UTF-8\"?>{end}{body}{end}"));
    }

    #[test]
    fn damaged_documents_are_noticed_where_roxmltree_notices(body in document(), at in any::<prop::sample::Index>(), with in "[<>&/\"'=!?\\]a \\-]{0,2}", cut in 0_usize..4) {
        let chars: Vec<char> = body.chars().collect();
        let at = at.index(chars.len());
        let damaged: String = chars[..at].iter().copied().chain(with.chars()).chain(chars[(at + cut).min(chars.len())..].iter().copied()).collect();
        compare(&damaged);
    }

    #[test]
    fn nothing_panics(text in "(<|</|>|/>|&|;|#|x|a|:|=|\"|'| |\n|!|--|\\[|\\]|CDATA|\\?|xml|é|\u{feff}|\u{1}){0,40}") {
        compare(&text);
    }
}
