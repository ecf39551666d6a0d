//! Fixes: what each check offers, and what comes of them on texts that were broken at random.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

use crate::breaking;
use crate::common;
use crate::common::pages::{self, Expected, failing, firing};
use crate::common::sample;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use crate::breaking::{Break, broken};
use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::checks::REGISTRY;

use omnic::compile::{OnErrors, compile};
use omnic::diagnostics::{Applicability, Diagnostic, Severity};
use omnic::fix::{self, Choice, Fixed, diff, fix_project};
use omnic::source::{ApiVersion, Entry, FileId, Layout, Project};
use proptest::prelude::*;

fn options() -> Options {
    Options {
        policy: omnic::triage::Policy { strict: true, ..Default::default() },
        keep_texts: true,
        ..Options::default()
    }
}

fn fixed(analysis: Analysis, least: Applicability, wanted: &dyn Fn(&Diagnostic) -> bool) -> Fixed {
    fix_project(analysis, &options(), &Choice { least, wanted, writable: &|_| true })
}

fn of_sample(text: &str) -> Analysis {
    let files = sample::files(text)
        .into_iter()
        .map(|file| TextFile { path: file.path, text: file.text, package: 0, ignored: file.ignored })
        .collect();
    analyse_texts(files, Layout::Sfdx, sample::api_version(text), &options())
}

/// Every project that is there to show a check: its name, the code, the analysis.
fn shown() -> Vec<(String, &'static str, Analysis)> {
    let mut shown: Vec<_> = firing().iter().map(|one| (one.name.clone(), one.check.code, one.analyse(true))).collect();
    let mut folders: Vec<_> =
        std::fs::read_dir("tests/fixtures/err").unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let code = REGISTRY.iter().find(|check| name.starts_with(check.code)).unwrap().code;
        shown.push((name, code, common::check(&folder, true).1));
    }
    shown.sort_by(|a, b| a.0.cmp(&b.0));
    shown
}

/// What fixing changes, of each check by itself. Read each line: this is what users get.
#[test]
fn each_fix_changes_what_it_says() {
    let mut told = String::new();
    for (name, code, analysis) in shown() {
        let own: Vec<_> = analysis.diagnostics.iter().filter(|d| d.code == code).collect();
        if own.iter().all(|finding| finding.fix.is_none()) {
            continue;
        }
        writeln!(told, "==== {name}").unwrap();
        for finding in own {
            match &finding.fix {
                Some(fix) => writeln!(told, "{}: {}", fix.applicability.as_str(), fix.title).unwrap(),
                None => writeln!(told, "none: {}", finding.message).unwrap(),
            }
        }
        let fixed = fixed(analysis, Applicability::Unsafe, &|finding| finding.code == code);
        for finding in &fixed.refused {
            writeln!(told, "refused: {}", finding.message).unwrap();
        }
        for file in &fixed.files {
            told.push_str(&diff(&file.path, &file.old, &file.new));
        }
        told.push('\n');
    }
    insta::assert_snapshot!("fixes", told);
}

/// The table of docs/fixes.md has every check, and says of each what its page and the fixtures show.
#[test]
fn the_documentation_says_which_checks_have_fixes() {
    let page = std::fs::read_to_string("docs/fixes.md").unwrap();
    let mut said = BTreeMap::new();
    for row in page.lines().filter_map(|line| line.strip_prefix("| OC")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (code, name) = cells[0].split_once(' ').unwrap();
        let kinds: BTreeSet<&str> = cells[1].split(", ").filter(|kind| *kind != "none").collect();
        assert!(kinds.iter().all(|kind| ["safe", "unsafe"].contains(kind)), "OC{code}: {kinds:?}");
        assert!(said.insert(format!("OC{code} {name}"), kinds).is_none(), "OC{code} stands twice");
    }
    let known: BTreeSet<_> = REGISTRY.iter().map(|check| format!("{} {}", check.code, check.name)).collect();
    assert_eq!(said.keys().cloned().collect::<BTreeSet<_>>(), known);

    let mut offered: BTreeMap<String, BTreeSet<&str>> =
        known.into_iter().map(|title| (title, BTreeSet::new())).collect();
    for finding in shown().iter().flat_map(|(.., analysis)| &analysis.diagnostics) {
        if let Some(fix) = &finding.fix {
            let title = format!("{} {}", finding.code, finding.name);
            offered.get_mut(&title).unwrap().insert(fix.applicability.as_str());
        }
    }
    for (title, kinds) in offered {
        assert_eq!(said[&title], kinds, "{title}: said on the left, shown by pages and fixtures on the right");
    }
}

#[test]
fn a_fix_that_brings_an_error_is_refused_and_the_others_are_made() {
    let sample = "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>most_available</routingModel>
    <routingPriority>1</routingPriority>
== Queue Support
    <doesSendEmailToMembers>False</doesSendEmailToMembers>
    <name>Support</name>
    <queueRoutingConfi>Nowhere</queueRoutingConfi>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
";
    let fixed = fixed(of_sample(sample), Applicability::Safe, &|_| true);
    assert_eq!(fixed.fixed, BTreeMap::from([("OC105", 1), ("OC106", 1)]));
    assert_eq!(fixed.refused.iter().map(|finding| finding.code).collect::<Vec<_>>(), ["OC101"]);
    let paths: Vec<_> = fixed.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["Support.queue-meta.xml", "Tier_1.queueRoutingConfig-meta.xml"]);
}

/// A rule that says nothing new is no row of the plan, and a name has one spelling in it.
#[test]
fn the_plan_has_each_rule_and_each_name_once() {
    let sample = "
== Skill Billing
    <label>Billing</label>
== Flow Route_Chats
    <label>Route Chats</label>
    <processType>RoutingFlow</processType>
    <status>Active</status>
== OmniSupervisorConfig Leads
    <isTimelineHidden>false</isTimelineHidden>
    <masterLabel>Leads</masterLabel>
    <omniSupervisorConfigAction>
        <actionName>CustomAction</actionName>
        <actionTab>AllAgents</actionTab>
        <customActionFlow>ROUTE_CHATS</customActionFlow>
        <displayOrder>0</displayOrder>
    </omniSupervisorConfigAction>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Topic__c</field>
        <skill>Billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
    <workSkillRoutingAttributes>
        <field>Case.Topic__c</field>
        <skill>billing</skill>
        <value>Invoice</value>
    </workSkillRoutingAttributes>
";
    let before = of_sample(sample);
    assert!(errors(&before).is_empty(), "{:#?}", before.diagnostics);
    let fixed = fixed(before.clone(), Applicability::Safe, &|_| true);
    assert_eq!(fixed.fixed, BTreeMap::from([("OC202", 2), ("OC606", 1)]));
    cannot_change_routing(&before, &fixed);
}

/// Safe fixes of projects that are deployed to real orgs bring no error and change no plan.
#[test]
fn real_projects_stay_what_they_are() {
    let Some(corpus) = common::corpus() else { return };
    for entry in std::fs::read_dir(corpus).unwrap() {
        let path = entry.unwrap().path();
        if !path.is_dir() {
            continue;
        }
        let before = common::check(&path, true).1;
        for least in [Applicability::Safe, Applicability::Unsafe] {
            let fixed = fixed(before.clone(), least, &|_| true);
            println!("{}: {least:?} {:?}", path.display(), fixed.fixed);
            better(&before, &fixed, least);
            if least == Applicability::Safe {
                cannot_change_routing(&before, &fixed);
            }
        }
    }
}

#[test]
fn files_that_may_not_be_written_stay_as_they_are() {
    let analysis = failing("OC509").analyse(true);
    let finding = analysis.diagnostics.iter().find(|finding| finding.code == "OC509").unwrap();
    let of_finding = finding.primary.location.file;
    let of_edit = finding.fix.as_ref().unwrap().edits[0].file;
    assert_ne!(of_finding, of_edit);
    let choice = Choice { least: Applicability::Unsafe, wanted: &|_| true, writable: &|file| file != of_edit };
    assert!(fix_project(analysis, &options(), &choice).files.is_empty());
}

#[test]
fn one_fix_becomes_text_edits() {
    let analysis = failing("OC104").analyse(true);
    let fix = analysis.diagnostics.iter().find_map(|finding| finding.fix.as_ref()).unwrap();
    let text = |file: FileId| Some(analysis.sources[file.0 as usize].text.as_str());
    let edits = fix::edits(fix, text).unwrap();
    let (file, replacements) = edits.iter().next().unwrap();
    assert_eq!(replacements.len(), 2);
    assert!(fix::apply(text(*file).unwrap(), replacements).contains("</queueSobject>\n    <queueSobject>"));
    assert_eq!(fix::edits(fix, |_| None), None);
}

/// The texts that are broken: the example project, and everything that passes a check.
fn sound() -> Vec<Vec<TextFile>> {
    let texts = |project: &Project| {
        let text = |disk: &Path| std::fs::read_to_string(disk).unwrap_or_default();
        let file = |entry: &Entry| TextFile {
            path: entry.path.clone(),
            text: text(&entry.disk),
            package: entry.package,
            ignored: entry.ignored,
        };
        project.entries.iter().map(file).collect()
    };
    let example = texts(&common::load(Path::new("examples/acme-support"), true, None).0);
    let in_pages = pages::shown().into_iter().filter(|one| matches!(one.expected, Expected::Fails | Expected::Passes));
    let in_pages = in_pages.map(|one| {
        let (_folder, project, _) = one.load(true);
        texts(&project)
    });
    std::iter::once(example).chain(in_pages).collect()
}

thread_local! {
    static SOUND: Vec<Vec<TextFile>> = sound();
}

/// A project, broken.
fn project(which: prop::sample::Index, breaks: &[Break]) -> Analysis {
    let files = SOUND.with(|projects| {
        // The example is worth half of the tries.
        let index = which.index(projects.len() * 2).saturating_sub(projects.len());
        broken(projects[index].clone(), breaks)
    });
    analyse_texts(files, Layout::Sfdx, ApiVersion(66), &options())
}

fn errors(analysis: &Analysis) -> BTreeMap<(FileId, &'static str), usize> {
    let mut errors = BTreeMap::new();
    for finding in analysis.diagnostics.iter().filter(|finding| finding.severity == Severity::Error) {
        *errors.entry((finding.primary.location.file, finding.code)).or_default() += 1;
    }
    errors
}

/// What must hold whatever was fixed.
fn better(before: &Analysis, fixed: &Fixed, least: Applicability) {
    let after = &fixed.analysis;
    for (old, new) in before.graph.files.iter().zip(&after.graph.files) {
        assert!(new.errors.len() <= old.errors.len(), "{} is less well-formed", new.path);
    }
    let (old, new) = (errors(before), errors(after));
    for (key, count) in &new {
        assert!(*count <= old.get(key).copied().unwrap_or(0), "new errors {key:?}: {:#?}", after.diagnostics);
    }
    for file in &fixed.files {
        untouched(&file.old, &file.new);
        if least == Applicability::Safe {
            comments_stay(&file.old, &file.new);
        }
    }
    let again = fix_project(after.clone(), &options(), &Choice { least, wanted: &|_| true, writable: &|_| true });
    let again: Vec<_> = again.files.iter().map(|file| diff(&file.path, &file.old, &file.new)).collect();
    assert!(again.is_empty(), "a second run changes {again:#?}");
}

/// Line ends and the byte-order mark stay.
fn untouched(old: &str, new: &str) {
    assert_eq!(old.starts_with('\u{feff}'), new.starts_with('\u{feff}'));
    let lone = |text: &str| text.replace("\r\n", "").matches('\n').count();
    let pairs = |text: &str| text.matches("\r\n").count();
    assert!(lone(old) > 0 || lone(new) == 0, "line feeds without carriage returns: {new:?}");
    assert!(pairs(old) > 0 || pairs(new) == 0, "carriage returns: {new:?}");
    assert_eq!(old.ends_with('\n'), new.ends_with('\n'));
    assert_eq!(old.lines().next(), new.lines().next(), "the XML declaration");
}

fn comments_stay(old: &str, new: &str) {
    let comments = |text: &str| {
        let found = text.split("<!--").skip(1).map(|rest| rest.split("-->").next().unwrap_or_default().to_owned());
        found.collect::<BTreeSet<_>>()
    };
    assert!(comments(new).is_superset(&comments(old)), "a comment is gone:\n{}", diff("x", old, new));
}

/// A project that could be compiled gives the same plan.
fn cannot_change_routing(before: &Analysis, fixed: &Fixed) {
    let compiled = |analysis: &Analysis| {
        let mut plan = compile(analysis, &[], OnErrors::Refuse).ok()?;
        plan.provenance = None;
        Some(plan.to_json())
    };
    if let Some(plan) = compiled(before) {
        let changed = diff("plan.json", &plan, &compiled(&fixed.analysis).unwrap());
        assert_eq!(changed, "", "the plan changes");
    }
}

/// Each try analyses a project several times. `PROPTEST_CASES` asks for more of them.
fn config() -> ProptestConfig {
    let default = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { 100 };
    ProptestConfig { cases, ..default }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn safe_fixes_leave_a_better_project(which in any::<prop::sample::Index>(), breaks in breaking::any(1..8)) {
        let before = project(which, &breaks);
        let fixed = fixed(before.clone(), Applicability::Safe, &|_| true);
        better(&before, &fixed, Applicability::Safe);
        cannot_change_routing(&before, &fixed);
        let refused: BTreeSet<_> = fixed.refused.iter().map(|finding| (finding.code, &finding.message)).collect();
        for finding in &fixed.analysis.diagnostics {
            let Some(fix) = finding.fix.as_ref().filter(|fix| fix.applicability == Applicability::Safe) else { continue };
            let text = |file: FileId| Some(fixed.analysis.sources[file.0 as usize].text.as_str());
            let is_left = fix::edits(fix, text).is_none() || refused.contains(&(finding.code, &finding.message));
            prop_assert!(is_left, "not fixed: {finding:#?}");
        }
    }

    #[test]
    fn unsafe_fixes_leave_a_project_that_deploys_no_worse(which in any::<prop::sample::Index>(), breaks in breaking::any(1..8)) {
        let before = project(which, &breaks);
        let fixed = fixed(before.clone(), Applicability::Unsafe, &|_| true);
        better(&before, &fixed, Applicability::Unsafe);
    }

    #[test]
    fn safe_fixes_of_projects_that_deploy_change_no_plan(which in any::<prop::sample::Index>(), breaks in breaking::that_deploy(1..8)) {
        let before = project(which, &breaks);
        let fixed = fixed(before.clone(), Applicability::Safe, &|_| true);
        better(&before, &fixed, Applicability::Safe);
        cannot_change_routing(&before, &fixed);
    }
}
