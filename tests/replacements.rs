//! What is filled in when a project is deployed is not judged, and nothing is by it.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::checks::{REGISTRY, sample};
use omnic::diagnostics::Diagnostic;
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
}

/// The code and the file; the message beside them is for people.
type Finding = (&'static str, String);

impl Case {
    fn of_sample(name: String, text: &str) -> Self {
        let files = sample::files(text).into_iter();
        let files = files.map(|f| TextFile { path: f.path, text: f.text, package: 0, ignored: f.ignored }).collect();
        let (records, layout) = (sample::records(text), sample::layout(text));
        Self { name, files, records, layout, version: sample::api_version(text) }
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
        let files = self
            .files
            .iter()
            .enumerate()
            .filter(|(_, file)| file.path.ends_with(".xml") || file.path.contains("-meta."));
        let tries = files.flat_map(|(at, file)| ways(&file.path, &file.text).into_iter().map(move |way| (at, way)));
        let tries: Vec<_> = tries.collect();
        let one = |(at, (what, text, entry)): &(usize, Way)| {
            let mut found = self.findings(*at, Some(text.clone()), Some(entry.clone()));
            found.retain(|finding, _| !before.contains_key(finding));
            let name = &self.name;
            let told = move |((code, path), message): (Finding, String)| {
                format!("{name}: {what}\n  {path}: {code}: {message}")
            };
            found.into_iter().map(told).collect::<Vec<_>>()
        };
        tries.par_iter().flat_map_iter(one).collect()
    }
}

type Way = (String, String, serde_json::Value);

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
        let entry = |sought: &str| json!({"filename": path, "stringToReplace": sought, "replaceWithEnv": "X"});
        let about = |way: &str| format!("{path}: {way} {}", element.source());
        if !element.has_children() && !element.value().is_empty() {
            ways.push((about("a placeholder in"), put(element.value_span(), "%%FILL%%"), entry("%%FILL%%")));
            let value = element.value_span().slice(text);
            ways.push((about("any value in"), text.to_owned(), entry(value)));
        }
        ways.push((about("in place of"), text.to_owned(), entry(element.source())));
        ways.push((about("without"), put(element.span(), "<!--FILL-->"), entry("<!--FILL-->")));
    }
    ways
}

#[test]
fn values_of_samples_may_be_anything() {
    let cases = REGISTRY.iter().flat_map(|check| {
        let case = |way: &str, text| Case::of_sample(format!("{} {way}", check.code), text);
        [case("fails", check.fails), case("passes", check.passes)]
    });
    // A Metadata API folder is deployed as it is.
    let cases = cases.filter(|case| case.layout == Layout::Sfdx);
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
    let found: Vec<String> = folders.iter().flat_map(|folder| Case::of_folder(folder).new_findings()).collect();
    assert!(found.is_empty(), "{}\n{} findings", found.join("\n"), found.len());
}
