//! What each format's readers ask of it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests")]

use std::collections::BTreeSet;
use std::path::Path;

use omnic::diagnostics::render::{
    Report, checkstyle, github, gitlab, json, json_lines, junit, markdown, sarif, statistics,
};
use omnic::diagnostics::{Severity, Summary};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::report::{finding, sample, text};

fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// `document` keeps to `schema`, formats such as `uri-reference` too.
fn assert_valid(schema: &Value, document: &Value) {
    let validator = jsonschema::options().should_validate_formats(true).build(schema).unwrap();
    let errors: Vec<_> =
        validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A schema that is not ours; `tests/fixtures/schemas/README.md` says where it comes from.
fn foreign(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/schemas").join(name);
    // Two patterns in the schema of SARIF have a bracket too many, and are no regular expressions.
    parse(&std::fs::read_to_string(path).unwrap().replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$"))
}

fn empty(report: Report<'_>) -> Report<'_> {
    Report { diagnostics: &[], fingerprints: Vec::new(), summary: Summary::default(), ..report }
}

#[test]
fn json_follows_its_schema() {
    let schema = parse(&json::schema());
    let sample = sample();
    let mut document = parse(&text(|out| json::render(&sample.report(), out)));
    assert_valid(&schema, &document);
    assert_valid(&schema, &parse(&text(|out| json::render(&empty(sample.report()), out))));
    // The schema says something: null is written out, never left out.
    document["diagnostics"][1].as_object_mut().unwrap().remove("help");
    assert!(!jsonschema::is_valid(&schema, &document));
}

#[test]
fn json_lines_are_the_findings_of_json() {
    let sample = sample();
    let document = parse(&text(|out| json::render(&sample.report(), out)));
    let lines = text(|out| json_lines::render(&sample.report(), out));
    let lines: Vec<_> = lines.lines().map(parse).collect();
    assert_eq!(lines.len(), sample.diagnostics.len());
    for (mut line, finding) in lines.into_iter().zip(document["diagnostics"].as_array().unwrap()) {
        assert_eq!(line.as_object_mut().unwrap().remove("format_version"), Some(document["format_version"].clone()));
        assert_eq!(&line, finding);
    }
    assert_eq!(text(|out| json_lines::render(&empty(sample.report()), out)), "");
}

/// The edits of a finding, made from the last to the first, are the fix.
#[test]
fn json_edits_make_the_fix() {
    let sample = sample();
    let document = parse(&text(|out| json::render(&sample.report(), out)));
    let findings = document["diagnostics"].as_array().unwrap().iter().zip(&sample.diagnostics);
    let fixed = findings.filter(|(finding, _)| !finding["fix"].is_null()).map(|(finding, diagnostic)| {
        let file = &sample.files[diagnostic.primary.location.file.0 as usize];
        let mut made = file.text.clone();
        for edit in finding["fix"]["edits"].as_array().unwrap().iter().rev() {
            assert_eq!(edit["file"], file.path.as_str());
            let offset = |end: &str| usize::try_from(edit["range"][end]["offset"].as_u64().unwrap()).unwrap();
            made.replace_range(offset("start")..offset("end"), edit["replacement"].as_str().unwrap());
        }
        made
    });
    let expected = [
        "<name>𝄞🎧 A</name> \r\n\t<queueSobject>",
        "Case</sobjectType>\r\n\t</queueSobject>\r\n\t<queueSobject>\r\n\t\t<sobjectType>case<",
        "CASE</sobjectType>\r\n\t</queueSobject>\r\n\t<doesSendEmailToMembers>",
        "<doesSendEmailToMembers>true<",
        "case</sobjectType>\r\n\t</queueSobject>\r\n</Queue>",
    ];
    let fixed: Vec<_> = fixed.collect();
    assert_eq!(fixed.len(), expected.len());
    for (made, part) in fixed.iter().zip(expected) {
        assert!(made.contains(part), "{made:?} does not have {part:?}");
    }
}

#[test]
fn sarif_follows_its_schema() {
    let schema = foreign("sarif-schema-2.1.0.json");
    let sample = sample();
    let all = Report { rules: omnic::checks::rules(), ..sample.report() };
    let log = parse(&text(|out| sarif::render(&all, out)));
    assert_valid(&schema, &log);
    assert_valid(&schema, &parse(&text(|out| sarif::render(&empty(sample.report()), out))));
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), sample.diagnostics.len());
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.is_ascii() && !uri.contains([' ', ':', ',']), "{uri}");
    }
    let fingerprint = |result: &Value| result["partialFingerprints"]["omnicIdentity/v1"].as_str().unwrap().to_owned();
    let fingerprints: BTreeSet<_> = results.iter().map(fingerprint).collect();
    assert_eq!(fingerprints.len(), results.len());
}

/// A project that shares nothing with the working directory.
#[test]
fn sarif_names_absolute_paths_as_such() {
    let sample = sample();
    for (root, start) in [("/", "file:///main/"), ("/a b", "file:///a%20b/main/"), ("D:/a", "file:///D%3A/a/main/")] {
        let log = parse(&text(|out| sarif::render(&Report { root, ..sample.report() }, out)));
        assert_valid(&foreign("sarif-schema-2.1.0.json"), &log);
        let artifact = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"];
        assert!(artifact["uri"].as_str().unwrap().starts_with(start), "{artifact}");
        assert!(artifact.get("uriBaseId").is_none());
    }
}

#[test]
fn gitlab_follows_its_schema() {
    let schema = foreign("gitlab-code-quality.schema.json");
    let sample = sample();
    let issues = |report: &Report<'_>| parse(&text(|out| gitlab::render(report, out)));
    let here = issues(&sample.report());
    assert_valid(&schema, &here);
    assert_valid(&schema, &issues(&empty(sample.report())));
    // GitLab keeps one issue of those with the same fingerprint, from whatever job.
    let there = issues(&Report { root: "elsewhere", ..sample.report() });
    let all = [here, there];
    let all: Vec<_> = all.iter().flat_map(|issues| issues.as_array().unwrap()).collect();
    let fingerprints: BTreeSet<_> = all.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
    assert_eq!(fingerprints.len(), 2 * sample.diagnostics.len());
}

#[test]
fn junit_counts_its_test_cases() {
    let sample = sample();
    for (report, tests, failures) in [(sample.report(), 15, 15), (empty(sample.report()), 1, 0)] {
        let xml = text(|out| junit::render(&report, out));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!((count("testsuite"), count("testcase"), count("failure")), (1, tests, failures));
        for counted in document.descendants().filter(|node| node.has_tag_name("testsuite")) {
            assert_eq!(counted.attribute("tests"), Some(tests.to_string().as_str()));
            assert_eq!(counted.attribute("failures"), Some(failures.to_string().as_str()));
        }
        let cases = document.descendants().filter(|node| node.has_tag_name("testcase"));
        let names: BTreeSet<_> = cases.map(|case| (case.attribute("classname"), case.attribute("name"))).collect();
        assert_eq!(names.len(), tests, "servers show one test case of each name");
    }
}

#[test]
fn checkstyle_names_each_finding_once() {
    let sample = sample();
    for (report, files, errors) in [(sample.report(), 6, 15), (empty(sample.report()), 0, 0)] {
        let xml = text(|out| checkstyle::render(&report, out));
        let document = roxmltree::Document::parse(&xml).unwrap();
        let count = |name: &str| document.descendants().filter(|node| node.has_tag_name(name)).count();
        assert_eq!((count("file"), count("error")), (files, errors));
    }
}

/// The runner takes a command from each line, and undoes the escapes of its properties.
#[test]
fn github_writes_one_command_on_each_line() {
    let sample = sample();
    let lines = text(|out| github::render(&sample.report(), out));
    assert_eq!(lines.lines().count(), sample.diagnostics.len());
    for (line, diagnostic) in lines.lines().zip(&sample.diagnostics) {
        let (properties, message) = line.trim_start_matches("::").split_once("::").unwrap();
        let (command, properties) = properties.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&command));
        assert!(properties.split(',').all(|property| property.split_once('=').is_some()), "{line}");
        let file = properties.split(',').find_map(|property| property.strip_prefix("file=")).unwrap();
        let file = file.replace("%3A", ":").replace("%2C", ",").replace("%25", "%");
        let source = &sample.files[diagnostic.primary.location.file.0 as usize];
        assert_eq!(file, format!("examples/acme/{}", source.path));
        let message = message.replace("%0A", "\n").replace("%25", "%");
        assert!(message.starts_with(&diagnostic.message.replace('\u{1b}', "␛")), "{message}");
    }
    assert_eq!(text(|out| github::render(&empty(sample.report()), out)), "");
}

#[test]
fn markdown_has_a_row_for_each_finding() {
    let sample = sample();
    let page = text(|out| markdown::render(&sample.report(), out));
    let rows: Vec<_> = page.lines().filter(|line| line.starts_with("| ") && line.contains(" | OC")).collect();
    assert_eq!(rows.len(), sample.diagnostics.len());
    for row in rows {
        assert_eq!(row.replace(r"\|", "").matches('|').count(), 5, "{row}");
    }
    let hidden = Report { diagnostics: &sample.diagnostics[..4], ..sample.report() };
    assert!(text(|out| markdown::render(&hidden, out)).ends_with("\n11 findings not shown.\n"));
    insta::assert_snapshot!(text(|out| markdown::render(&empty(sample.report()), out)), @r"
    ## omnic: no findings

    Checked 7 files against API version 66.0.
    ");
}

#[test]
fn statistics_add_up() {
    let sample = sample();
    let document = parse(&text(|out| statistics::render_json(&sample.report(), out)));
    assert_valid(&parse(&statistics::schema()), &document);
    let counts = document["statistics"].as_array().unwrap().iter().map(|entry| entry["count"].as_u64().unwrap());
    assert_eq!(counts.sum::<u64>(), sample.diagnostics.len() as u64);
    assert_eq!(text(|out| statistics::render(&empty(sample.report()), out)), "");
}

/// Messages that are Markdown themselves: all that is shown of them is text.
#[test]
fn markdown_holds_no_link_or_image_of_a_project() {
    let name =
        "A` ![x](https://evil.example/i.png) [y](https://evil.example) <img src=x> `` b | c ``` \n\n# head $x$ `";
    let mut sample = sample();
    let file = sample.file(&format!("force-app/{name}.xml"), "<a>1</a>");
    let mut finding = finding(
        ("OC201", "unresolved-reference", Severity::Error),
        &format!("the queue `{name}` names {name}"),
        sample.label(file, "1", "here"),
    );
    finding.help = Some(format!("write `{name}`, https://evil.example or www.evil.example"));
    sample.diagnostics = vec![finding];
    let markdown = text(|out| markdown::render(&sample.report(), out));
    let mut rows = 0;
    for event in Parser::new_ext(&markdown, Options::all()) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://omnic.dev/"), "{markdown}");
            }
            Event::Start(Tag::TableRow) => rows += 1,
            Event::Start(Tag::Image { .. }) | Event::InlineMath(_) | Event::DisplayMath(_) => panic!("{markdown}"),
            Event::Html(html) | Event::InlineHtml(html) => assert_eq!(&*html, "<br>", "{markdown}"),
            // Hosts make links of these, too.
            Event::Text(text) => assert!(!text.contains("https:/") && !text.contains("www."), "{markdown}"),
            _ => {}
        }
    }
    assert_eq!(rows, 1, "{markdown}");
}

/// GitHub refuses the summary of a job that has more than 1 MiB: what does not fit is counted.
#[test]
fn markdown_fits_into_a_job_summary() {
    const MOST: usize = 1_048_576;
    let number = 40_000;
    let mut sample = sample();
    let file = sample.file("漢字/A.xml", "<a>1</a>");
    let label = sample.label(file, "1", "here");
    let diagnostic =
        |message: &str| finding(("OC201", "unresolved-reference", Severity::Error), message, label.clone());
    sample.diagnostics = (0..number).map(|at| diagnostic(&format!("finding {at}. of 漢字"))).collect();
    // One that alone would take all the room.
    sample.diagnostics.insert(1, diagnostic(&"漢".repeat(MOST)));
    let report = Report { summary: Summary::of(&sample.diagnostics), ..sample.report() };
    let markdown = text(|out| markdown::render(&report, out));
    assert!(markdown.len() < MOST, "{}", markdown.len());
    assert!(markdown.len() > MOST * 9 / 10, "{}", markdown.len());
    let listed = markdown.lines().filter(|line| line.starts_with("| 1:4 |")).count();
    let (last, _) = markdown.trim_end().rsplit_once(" more findings not listed").unwrap();
    let left_out: usize = last.rsplit_once('\n').unwrap().1.parse().unwrap();
    assert_eq!(listed + left_out, number + 1);
    // What fits is listed whole.
    sample.diagnostics.truncate(1000);
    let report = Report { summary: Summary::of(&sample.diagnostics), ..sample.report() };
    let markdown = text(|out| markdown::render(&report, out));
    assert_eq!(markdown.lines().filter(|line| line.starts_with("| 1:4 |")).count(), 1000);
    assert!(!markdown.contains("not listed"));
}
