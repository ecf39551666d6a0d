//! What is filled in when a project is deployed is not judged, and nothing is by it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use crate::common;
use crate::common::pages::{Expected, Shown, shown};
use crate::common::sample;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use omnic::analyse::{Options, TextFile, analyse, analyse_texts};
use omnic::compile::{OnErrors, compile};
use omnic::diagnostics::Diagnostic;
use omnic::plan::{FilledIn, Plan};
use omnic::source::{ApiVersion, FolderFile, Layout, Replacements, Span};
use omnic::triage::Policy;
use omnic::xml::{self, Element};
use rayon::prelude::*;
use serde_json::json;

/// A project whose values are filled in one after another.
struct Case {
    name: String,
    files: Vec<TextFile>,
    records: Vec<FolderFile>,
    layout: Layout,
    version: ApiVersion,
    /// So small that each element is tried, and not one of each kind.
    is_small: bool,
}

/// The code and the file; the message beside them is for people.
type Finding = (&'static str, String);

impl Case {
    fn of_sample(name: String, text: &str) -> Self {
        let files = sample::files(text).into_iter();
        let files = files.map(|f| TextFile { path: f.path, text: f.text, package: 0, ignored: f.ignored }).collect();
        let (records, layout) = (sample::records(text), sample::layout(text));
        Self { name, files, records, layout, version: sample::api_version(text), is_small: true }
    }

    fn of_page(shown: &Shown) -> Self {
        let is_small = matches!(shown.expected, Expected::Fails | Expected::Passes);
        Self { name: shown.name.clone(), is_small, ..Self::of_folder(shown.folder().path()) }
    }

    fn of_folder(path: &Path) -> Self {
        let records = path.join("org");
        let (project, options) = common::load(path, true, records.is_dir().then_some(records.as_path()));
        let text = |disk: &PathBuf| std::fs::read_to_string(disk).unwrap_or_default();
        let files = project.entries.iter().map(|entry| TextFile {
            path: entry.path.clone(),
            text: text(&entry.disk),
            package: entry.package,
            ignored: entry.ignored,
        });
        let name = path.display().to_string();
        Self {
            name,
            files: files.collect(),
            records: options.records,
            layout: project.layout,
            version: project.api_version,
            is_small: false,
        }
    }

    /// What is found if `text` stands for a file and `entry` says what is filled in.
    fn findings(
        &self,
        file: usize,
        text: Option<String>,
        entry: Option<serde_json::Value>,
    ) -> BTreeMap<Finding, String> {
        let mut files = self.files.clone();
        if let Some(text) = text {
            files[file].text = text;
        }
        let replacements = Arc::new(Replacements::read(json!(entry.into_iter().collect::<Vec<_>>())));
        assert_eq!(replacements.problems, [""; 0]);
        let policy = Policy { strict: true, ..Policy::default() };
        let options = Options { policy, records: self.records.clone(), replacements, ..Options::default() };
        let analysis = analyse_texts(files, self.layout, self.version, &options);
        let path = |id: omnic::source::FileId| analysis.sources[id.0 as usize].path.clone();
        let one = |d: &Diagnostic| ((d.code, path(d.primary.location.file)), d.message.clone());
        analysis.diagnostics.iter().map(one).collect()
    }

    /// Fills in each value, and each element, and lists what is found then and was not before.
    fn new_findings(&self) -> Vec<String> {
        let before = self.findings(0, None, None);
        let files = self.files.iter().enumerate().filter(|(_, file)| file.path.contains("-meta.xml"));
        // What is said of one element of a type is said of each.
        let mut seen = BTreeSet::new();
        let mut is_new = |(at, way): &(usize, Way)| {
            let kind = self.files[*at].path.split_once('.').map(|(_, kind)| kind.to_owned());
            self.is_small || seen.insert((kind, way.about.clone()))
        };
        let tries = files.flat_map(|(at, file)| ways(&file.path, &file.text).into_iter().map(move |way| (at, way)));
        let tries: Vec<_> = tries.filter(|tried| is_new(tried)).collect();
        let one = |(at, Way { about, what, text, entry }): &(usize, Way)| {
            let mut found = self.findings(*at, Some(text.clone()), Some(entry.clone()));
            found.retain(|finding, _| !before.contains_key(finding));
            let name = &self.name;
            let told = move |((code, path), message): (Finding, String)| {
                format!("{name}: {about}: {what}\n  {path}: {code}: {message}")
            };
            found.into_iter().map(told).collect::<Vec<_>>()
        };
        tries.par_iter().flat_map_iter(one).collect()
    }
}

/// One way to fill something in: what is, how the text is then, and the entry of `replacements`.
struct Way {
    about: String,
    what: String,
    text: String,
    entry: serde_json::Value,
}

/// The ways to fill in what a text holds: a value that is a placeholder, a value that is one without looking so, an
/// element that is one, and an element that is not there.
fn ways(path: &str, text: &str) -> Vec<Way> {
    let document = xml::parse(text);
    let mut ways = Vec::new();
    let mut open: Vec<Element<'_, '_>> = document.root().into_iter().flat_map(Element::children).collect();
    while let Some(element) = open.pop() {
        open.extend(element.children());
        let put = |span: Span, with: &str| {
            let (start, end) = (span.start as usize, span.end as usize);
            format!("{}{with}{}", &text[..start], &text[end..])
        };
        let names: Vec<&str> =
            std::iter::successors(Some(element), |element| element.parent()).map(Element::name).collect();
        let mut add = |way: &str, text: String, sought: &str| {
            let about = format!("{way} {}", names.join(" in "));
            let entry = json!({"filename": path, "stringToReplace": sought, "replaceWithEnv": "X"});
            ways.push(Way { about, what: element.source().to_owned(), text, entry });
        };
        if !element.has_children() && !element.value().is_empty() {
            add("a placeholder in", put(element.value_span(), "%%FILL%%"), "%%FILL%%");
            let value = element.value_span().slice(text);
            add("any value in", text.to_owned(), value);
        }
        add("in place of", text.to_owned(), element.source());
        add("without", put(element.span(), "<!--FILL-->"), "<!--FILL-->");
    }
    ways
}

#[test]
fn values_of_projects_in_pages_may_be_anything() {
    let shown = shown().into_iter().filter(|shown| shown.expected != Expected::Fires);
    // A Metadata API folder is deployed as it is.
    let cases = shown.map(|shown| Case::of_page(&shown)).filter(|case| case.layout != Layout::Mdapi);
    let cases: Vec<Case> = cases.collect();
    let found: Vec<String> = cases.par_iter().flat_map_iter(Case::new_findings).collect();
    assert!(found.is_empty(), "{}\n{} findings", found.join("\n"), found.len());
}

#[test]
fn values_of_healthy_projects_may_be_anything() {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir("tests/fixtures/ok").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.push("examples/acme-support".into());
    folders.sort();
    let cases = folders
        .iter()
        .map(|folder| Case::of_folder(folder))
        .filter(|case| case.layout == Layout::Sfdx || case.layout == Layout::Folder);
    let found: Vec<String> = cases.flat_map(|case| case.new_findings()).collect();
    assert!(found.is_empty(), "{}\n{} findings", found.join("\n"), found.len());
}

/// What is found in a project of one presence configuration, queue and routing configuration, if `entry` is in
/// `replacements` and the value `%%X%%` in the files.
fn found_with(entry: serde_json::Value) -> Vec<&'static str> {
    let text = "
== OmniChannelSettings OmniChannel
    <enableOmniChannel>true</enableOmniChannel>
== QueueRoutingConfig Tier_1
    <capacityWeight>%%X%%</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
";
    let case = Case::of_sample("one".to_owned(), text);
    case.findings(0, None, Some(entry)).into_keys().map(|(code, _)| code).collect()
}

#[test]
fn each_kind_of_entry_counts() {
    let wheres = [("filename", "Tier_1.queueRoutingConfig-meta.xml"), ("glob", "**/*.xml")];
    let whats = [("stringToReplace", "%%X%%"), ("regexToReplace", "%%[A-Z]%%")];
    let withs = [("replaceWithEnv", "X"), ("replaceWithFile", "x.txt")];
    for (place, path) in wheres {
        for (what, sought) in whats {
            for (with, name) in withs {
                let entry = json!({place: path, what: sought, with: name});
                assert_eq!(found_with(entry.clone()), [""; 0], "{entry}");
            }
        }
    }
    let conditional = json!({"glob": "**", "stringToReplace": "%%X%%", "replaceWithEnv": "X", "replaceWhenEnv": [{"env": "A", "value": 1}]});
    assert_eq!(found_with(conditional), [""; 0]);
}

#[test]
fn an_entry_for_other_files_or_texts_does_not_count() {
    for entry in [
        json!({"filename": "Tier_2.queueRoutingConfig-meta.xml", "stringToReplace": "%%X%%", "replaceWithEnv": "X"}),
        json!({"glob": "*.queue-meta.xml", "stringToReplace": "%%X%%", "replaceWithEnv": "X"}),
        json!({"glob": "**", "stringToReplace": "%%Y%%", "replaceWithEnv": "X"}),
        json!({"glob": "**", "regexToReplace": "^%%", "replaceWithEnv": "X"}),
    ] {
        assert_eq!(found_with(entry.clone()), ["OC105"], "{entry}");
    }
}

#[test]
fn what_cannot_be_used_is_told() {
    let problems = |entries: serde_json::Value| Replacements::read(entries).problems;
    let entry = "entry 1 of `replacements` in sfdx-project.json";
    for (entries, problem) in [
        (json!({}), "`replacements` of sfdx-project.json is not used: it is not a list".to_owned()),
        (json!([1]), format!("{entry} is not used: it is not an object")),
        (
            json!([{"glob": "**"}]),
            format!("{entry} is not used: it has neither `replaceWithEnv` nor `replaceWithFile`"),
        ),
        (
            json!([{"stringToReplace": "x", "replaceWithEnv": "X"}]),
            format!("{entry} is not used: it has neither `filename` nor `glob`"),
        ),
        (
            json!([{"glob": "**", "replaceWithEnv": "X"}]),
            format!("{entry} is not used: it has neither `stringToReplace` nor `regexToReplace`"),
        ),
        (
            json!([{"glob": "**", "stringToReplace": "", "replaceWithEnv": "X"}]),
            format!("{entry} is not used: `stringToReplace` is empty"),
        ),
        (
            json!([{"glob": "*".repeat(100), "stringToReplace": "x", "replaceWithEnv": "X"}]),
            format!("{entry} is not used: the glob `{}` is too complex", "*".repeat(100)),
        ),
        (
            json!([{"glob": "[", "stringToReplace": "x", "replaceWithEnv": "X"}]),
            format!("{entry} has the glob `[`, which omnic does not understand: it covers every file"),
        ),
        (
            json!([{"glob": "**", "regexToReplace": "(?=x)", "replaceWithEnv": "X"}]),
            format!(
                "{entry} has the pattern `(?=x)`, which omnic does not understand, so nothing is reported about the files \
                 that it covers"
            ),
        ),
    ] {
        assert_eq!(problems(entries.clone()), [problem], "{entries}");
    }
    assert_eq!(problems(json!(null)), [""; 0]);
}

#[test]
fn a_pattern_that_is_not_understood_leaves_its_files_unjudged() {
    let text = "
== OmniChannelSettings OmniChannel
    <enableOmniChannel>true</enableOmniChannel>
== QueueRoutingConfig Tier_1
    <capacityWeight>%%X%%</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>none</routingPriority>
";
    let case = Case::of_sample("one".to_owned(), text);
    let analysed = |entries: serde_json::Value| {
        let replacements = Arc::new(Replacements::read(entries));
        let files = case.files.clone();
        let analysis =
            analyse_texts(files, Layout::Sfdx, case.version, &Options { replacements, ..Options::default() });
        (analysis.diagnostics.len(), compile(&analysis, &[], OnErrors::LeaveOut).unwrap().filled_in)
    };
    assert_eq!(analysed(json!([])), (2, Vec::new()));
    let (found, filled_in) =
        analysed(json!([{"glob": "*.queueRoutingConfig-meta.xml", "regexToReplace": "(?=x)", "replaceWithEnv": "X"}]));
    assert_eq!(found, 0);
    let element = String::new();
    let (component, name) = ("QueueRoutingConfig".to_owned(), "Tier_1".to_owned());
    assert_eq!(filled_in, [FilledIn { component, name, element, placeholder: None, by: None, left_out: false }]);
}

#[test]
fn a_plan_says_what_it_does_not_know() {
    let (project, options) = common::load(Path::new("tests/fixtures/ok/filled-in-at-deploy-time"), false, None);
    let mut plan = {
        let analysis = analyse(&project, &options);
        compile(&analysis, &[], OnErrors::LeaveOut).unwrap()
    };
    plan.provenance = None;
    plan.compiler.version = "0".to_owned();
    let text = plan.to_json();
    assert_eq!(Plan::from_json(&text).unwrap(), plan);
    insta::assert_snapshot!(text);
}
