//! `omnic graph`: what is drawn, in each format.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::path::Path;

use serde_json::Value;

use crate::small::{CONFIG_PATH, QUEUE, QUEUE_PATH, project, run, write};

const ACME: &str = "examples/acme-support";

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn drawn(args: &[&str]) -> String {
    let (status, out, error) = run(here(), &[&["graph", ACME], args].concat());
    assert_eq!((status, &*error), (0, ""), "{args:?}");
    out
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&drawn(&[args, &["--format", "json"]].concat())).unwrap()
}

fn ids(document: &Value) -> Vec<&str> {
    document["nodes"].as_array().unwrap().iter().map(|node| node["id"].as_str().unwrap()).collect()
}

#[test]
fn formats_say_the_same() {
    let args = ["--focus", "Queue:Cases_Tier_1", "--depth", "1"];
    let document = json(&args);
    let (nodes, edges) = (document["nodes"].as_array().unwrap(), document["edges"].as_array().unwrap());
    assert_eq!(document["center"], "Queue:Cases_Tier_1");
    assert!(nodes.len() > 5 && edges.len() >= nodes.len() - 1);
    let with = |format: &str| drawn(&[&args[..], &["--format", format]].concat());
    let (svg, dot, mermaid) = (with("svg"), with("dot"), with("mermaid"));
    let svg = roxmltree::Document::parse(&svg).unwrap();
    let of_class = |name: &str| {
        let has = |node: &roxmltree::Node<'_, '_>| {
            node.attribute("class").is_some_and(|of| of.split(' ').next() == Some(name))
        };
        svg.descendants().filter(has).count()
    };
    assert_eq!(of_class("node"), nodes.len());
    assert_eq!(of_class("edge"), edges.len());
    assert_eq!(dot.lines().filter(|line| line.contains(" [label=") && !line.contains(" -> ")).count(), nodes.len());
    assert_eq!(dot.matches(" -> ").count(), edges.len());
    let arrows = |arrow: &str| mermaid.matches(arrow).count();
    assert_eq!(arrows(" -->|") + arrows(" ==>|"), edges.len());
    // What decides is thick everywhere.
    let deciding = edges.iter().filter(|edge| edge["decides"] == true).count();
    assert!(deciding > 0 && deciding < edges.len());
    assert_eq!(arrows(" ==>|"), deciding);
    assert_eq!(dot.matches("penwidth=2.5").count(), deciding);
    let thick = |node: &roxmltree::Node<'_, '_>| node.attribute("class") == Some("edge decides");
    assert_eq!(svg.descendants().filter(thick).count(), deciding);
}

#[test]
fn pictures_of_a_queue() {
    let around = |format: &str| drawn(&["--focus", "queue:support_overflow", "--depth", "1", "--format", format]);
    insta::assert_snapshot!("graph_dot", around("dot"));
    insta::assert_snapshot!("graph_mermaid", around("mermaid"));
    insta::assert_snapshot!("graph_json", around("json"));
}

#[test]
fn json_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../schemas/graph.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for args in [&[][..], &["--focus", "Skill:German"], &["--fold", "always"], &["--kind", "Queue"]] {
        let document = json(args);
        let errors: Vec<_> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    assert!(!validator.is_valid(&serde_json::json!({ "format_version": 1 })));
}

#[test]
fn kinds_are_chosen_and_folded() {
    let document = json(&["--kind", "Queue", "--kind", "queueroutingconfig"]);
    let of = |id: &&str| id.starts_with("Queue:") || id.starts_with("QueueRoutingConfig:");
    assert!(ids(&document).iter().all(of) && ids(&document).contains(&"QueueRoutingConfig:Cases_Tier_1"));
    assert!(document["edges"].as_array().unwrap().iter().any(|edge| edge["role"] == "overflows-to-queue"));

    let whole = json(&["--kind", "Queue"]);
    let folded = json(&["--kind", "Queue", "--fold", "always"]);
    assert_eq!(ids(&folded), ["Queue"]);
    assert_eq!(folded["nodes"][0]["count"], ids(&whole).len());
    // Who folds everything else still sees what he asked for.
    let focused = json(&["--focus", "Queue:Cases_Tier_1", "--fold", "always"]);
    assert!(ids(&focused).contains(&"Queue:Cases_Tier_1"));
}

#[test]
fn large_pictures_are_folded_and_json_is_not() {
    let folder = project(&[]);
    for number in 0..150 {
        let text = QUEUE.replace("Support", &format!("Q{number}")).replace("Genral", "General");
        write(folder.path(), &format!("app/queues/Q{number}.queue-meta.xml"), &text);
    }
    let said = |args: &[&str]| run(folder.path(), &[&["graph"], args].concat()).1;
    let dot = said(&["--format", "dot"]);
    assert!(
        dot.contains("151 queues\\nfolded") && dot.contains("holds (151)") && dot.contains("is routed by (150)"),
        "{dot}"
    );
    assert!(said(&[]).contains("151 queues"));
    let document: Value = serde_json::from_str(&said(&["--format", "json"])).unwrap();
    assert!(ids(&document).contains(&"Queue:Q149"));
    assert_eq!(said(&["--format", "dot", "--fold", "never"]).matches(", tooltip=\"queue ").count(), 151);
}

#[test]
fn what_is_missing_is_dashed() {
    let folder = project(&[]);
    let (_, dot, _) = run(folder.path(), &["graph", "--format", "dot"]);
    let line = dot.lines().find(|line| line.contains("Genral")).unwrap();
    assert!(line.contains("style=\"rounded,dashed\"") && line.contains("not in the project"), "{line}");
    let (_, svg, _) = run(folder.path(), &["graph"]);
    assert!(svg.contains("class=\"node QueueRoutingConfig missing\""), "{svg}");
}

#[test]
fn names_cannot_break_out() {
    let folder = project(&[]);
    let hostile = "a\"]; x -> y; &lt;b&gt; \\n | ` #quot; javascript:alert(1)";
    let xml = hostile.replace('&', "&amp;");
    write(folder.path(), QUEUE_PATH, &QUEUE.replace("Genral", &xml));
    let with = |format: &str| run(folder.path(), &["graph", "--format", format]).1;
    let svg = with("svg");
    let svg = roxmltree::Document::parse(&svg).unwrap();
    let title = |node: &roxmltree::Node<'_, '_>| node.text().is_some_and(|text| text.contains(hostile));
    assert!(svg.descendants().any(|node| title(&node)));
    assert!(
        with("dot").contains(r#"tooltip="routing configuration `` a\"]; x -> y; &amp;lt;b&amp;gt; \\n | ` #quot;"#)
    );
    assert!(with("mermaid").contains("a#34;#93;; x -#62; y; #38;lt;b#38;gt; #92;n #124; #96; #35;quot;"));
}

#[test]
fn links_lead_from_the_picture_to_the_files() {
    let folder = project(&[("docs/.keep", ""), ("app/profiles/Custom%3A A b.profile-meta.xml", "<Profile/>")]);
    let root = folder.path();
    let link = |args: &[&str], file: &str| {
        let (status, _, error) = run(root, &[&["graph"], args].concat());
        assert_eq!((status, &*error), (0, ""));
        std::fs::read_to_string(root.join(file)).unwrap()
    };
    assert!(link(&["-o", "routing.svg"], "routing.svg").contains(&format!("<a href=\"{QUEUE_PATH}\">")));
    assert!(link(&["-o", "docs/routing.svg"], "docs/routing.svg").contains(&format!("<a href=\"../{QUEUE_PATH}\">")));
    // Outside of the project nothing says where that lies.
    let elsewhere = tempfile::tempdir().unwrap();
    let file = elsewhere.path().join("routing.dot");
    let dot = link(&["--format", "dot", "-o", file.to_str().unwrap()], file.to_str().unwrap());
    assert!(dot.contains(&format!("URL=\"{CONFIG_PATH}\"")), "{dot}");
    let name = root.file_name().unwrap().to_str().unwrap();
    assert!(!dot.contains(name), "{dot}");
}

#[test]
fn the_same_project_gives_the_same_bytes() {
    for format in ["svg", "dot", "mermaid", "json"] {
        assert_eq!(drawn(&["--format", format]), drawn(&["--format", format]));
    }
}

#[test]
fn slips_are_told() {
    let refused = |args: &[&str]| {
        let (status, out, error) = run(here(), &[&["graph", ACME], args].concat());
        assert_eq!((status, &*out), (2, ""), "{args:?}");
        error
    };
    let has = |args: &[&str], words: &str| {
        let error = refused(args);
        assert!(error.contains(words), "{error}");
    };
    has(&["--focus", "Queue:Biling_DE"], "help: did you mean `Queue:Billing_DE`?");
    has(&["--focus", "Billing_DE"], "help: write `Queue:Billing_DE`");
    has(&["--focus", "Queu:Billing_DE"], "help: did you mean `Queue`?");
    has(&["--focus", "Queue:Zebra"], "help: name one that the project has, such as `Billing_DE`");
    has(&["--kind", "Quue"], "did you mean `Queue`?");
    has(&["--kind", "SkillType"], "nothing to draw");
    has(&["--depth", "3"], "--focus");
    has(&["--strict"], "`--strict` is about findings");
    has(&["--baseline", "x.json"], "`--baseline` is about findings");
    let (status, _, error) = run(here(), &["graph", "docs"]);
    assert!(status == 2 && error.contains("no Omni-Channel metadata here"), "{error}");
}

#[test]
fn nothing_that_was_read_is_overwritten() {
    let folder = project(&[]);
    let (status, _, error) = run(folder.path(), &["graph", "-o", QUEUE_PATH]);
    assert!(status == 2 && error.contains("would overwrite"), "{error}");
    assert_eq!(std::fs::read_to_string(folder.path().join(QUEUE_PATH)).unwrap(), QUEUE);
}
