//! Each stage by itself, on a project of 400 queues that is made here: `cargo bench`.
//!
//! The figures that count for users are whole processes; docs/performance.md has them.

#![allow(clippy::unwrap_used, reason = "what is made here is known to be right")]

use std::fmt::Write as _;
use std::sync::Arc;

use divan::{Bencher, black_box};
use omnic::analyse::{Analysis, Live, Options, TextFile, analyse_texts, interest};
use omnic::checks;
use omnic::compile::{OnErrors, compile};
use omnic::diagnostics::Summary;
use omnic::diagnostics::render::{Report, concise, human, json};
use omnic::metadata::decode;
use omnic::plan::Plan;
use omnic::schema::{self, Kind, validate};
use omnic::source::{ApiVersion, DiscoverOptions, FileId, Layout, discover};
use omnic::xml;

const QUEUES: usize = 400;
const VERSION: ApiVersion = ApiVersion(66);

fn main() {
    divan::main();
}

fn component(kind: Kind, name: &str, content: &str) -> TextFile {
    let root = kind.as_str();
    let suffix = schema::suffix(kind).unwrap();
    TextFile {
        path: format!("{name}.{suffix}-meta.xml"),
        text: format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://soap.sforce.com/2006/04/metadata\">\n{content}</{root}>\n"
        ),
        package: 0,
        ignored: false,
    }
}

fn users(queue: usize) -> String {
    (0..30).fold(String::new(), |mut list, user| {
        let _ = writeln!(list, "            <user>agent.{}@example.com</user>", (queue * 7 + user) % 1500);
        list
    })
}

fn queue_routed_by(queue: usize, config: usize) -> TextFile {
    component(
        Kind::Queue,
        &format!("Queue_{queue}"),
        &format!(
            "    <doesSendEmailToMembers>false</doesSendEmailToMembers>\n    <name>Queue {queue}</name>\n    \
             <queueMembers>\n        <users>\n{}        </users>\n    </queueMembers>\n    \
             <queueRoutingConfig>Config_{config}</queueRoutingConfig>\n    <queueSobject>\n        \
             <sobjectType>Case</sobjectType>\n    </queueSobject>\n",
            users(queue)
        ),
    )
}

fn project() -> Vec<TextFile> {
    let mut files = vec![component(
        Kind::ServiceChannel,
        "Cases",
        "    <label>Cases</label>\n    <relatedEntityType>Case</relatedEntityType>\n",
    )];
    files.push(component(
        Kind::ServicePresenceStatus,
        "Available",
        "    <channels>\n        <channel>Cases</channel>\n    </channels>\n    <label>Available</label>\n",
    ));
    for queue in 0..QUEUES {
        files.push(component(
            Kind::QueueRoutingConfig,
            &format!("Config_{queue}"),
            &format!(
                "    <capacityWeight>{}.0</capacityWeight>\n    <isAttributeBased>false</isAttributeBased>\n    \
                 <label>Config {queue}</label>\n    <routingModel>MOST_AVAILABLE</routingModel>\n    \
                 <routingPriority>1</routingPriority>\n",
                queue % 9
            ),
        ));
        files.push(queue_routed_by(queue, queue));
    }
    let assigned = (0..1500).fold(String::new(), |mut list, user| {
        let _ = writeln!(list, "            <user>agent.{user}@example.com</user>");
        list
    });
    files.push(component(
        Kind::PresenceUserConfig,
        "Agents",
        &format!(
            "    <assignments>\n        <users>\n{assigned}        </users>\n    </assignments>\n    <capacity>5</capacity>\n    \
             <label>Agents</label>\n"
        ),
    ));
    files
}

fn analysis() -> Analysis {
    analyse_texts(project(), Layout::Sfdx, VERSION, &Options::default())
}

fn queue() -> String {
    project().swap_remove(3).text
}

/// A profile of 20,000 lines, of which four are of interest.
fn profile() -> String {
    let line = "    <fieldPermissions>\n        <editable>false</editable>\n        <field>Case.F__c</field>\n    </fieldPermissions>\n";
    let access = "    <servicePresenceStatusAccesses>\n        <enabled>true</enabled>\n        <servicePresenceStatus>Available</servicePresenceStatus>\n    </servicePresenceStatusAccesses>\n";
    component(Kind::Profile, "Agent", &(line.repeat(5000) + access)).text
}

#[divan::bench]
fn parse_a_queue(bencher: Bencher<'_, '_>) {
    let text = queue();
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| xml::parse(black_box(&text)).errors.len());
}

#[divan::bench]
fn parse_a_profile_of_20_000_lines(bencher: Bencher<'_, '_>) {
    let text = profile();
    let keep = |name: &str| name == "servicePresenceStatusAccesses";
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench(|| xml::parse_children(black_box(&text), &keep).errors.len());
}

#[divan::bench]
fn validate_a_queue(bencher: Bencher<'_, '_>) {
    let text = queue();
    let document = xml::parse(&text);
    let schema = schema::get(Kind::Queue).unwrap();
    bencher.bench(|| validate::validate(black_box(&document), schema, VERSION));
}

#[divan::bench]
fn decode_a_queue(bencher: Bencher<'_, '_>) {
    let text = queue();
    let document = xml::parse(&text);
    bencher.bench(|| decode(Kind::Queue, black_box(&document)));
}

#[divan::bench]
fn analyse_the_project(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(project).bench_values(|files| analyse_texts(files, Layout::Sfdx, VERSION, &Options::default()));
}

/// A queue is given another routing configuration, and back.
#[divan::bench]
fn edit_a_queue(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    for file in project() {
        std::fs::write(folder.path().join(file.path), file.text).unwrap();
    }
    let options = DiscoverOptions {
        api_version: Some(VERSION),
        interest: &interest,
        type_folders: &[],
        manifest_types: &[],
        allow_outside: false,
    };
    let mut live = Live::new(discover(folder.path(), &options).unwrap(), Options::default());
    live.analyse();
    let entries = &live.project().entries;
    let queue = FileId(entries.iter().position(|entry| entry.path.starts_with("Queue_7.")).unwrap() as u32);
    let texts = [8, 7].map(|config| Arc::<str>::from(queue_routed_by(7, config).text));
    let mut edits = texts.iter().cycle();
    bencher.bench_local(|| {
        live.shadow(queue, edits.next().cloned());
        live.analyse()
    });
}

#[divan::bench]
fn run_the_checks(bencher: Bencher<'_, '_>) {
    let analysis = analysis();
    bencher.bench(|| checks::run(black_box(&analysis.graph), &|check| !check.is(checks::Flag::Strict)));
}

#[divan::bench]
fn compile_the_plan(bencher: Bencher<'_, '_>) {
    let analysis = analysis();
    bencher.bench(|| compile(black_box(&analysis), &[], OnErrors::LeaveOut));
}

#[divan::bench]
fn write_the_plan(bencher: Bencher<'_, '_>) {
    let analysis = analysis();
    let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
    bencher.bench(|| black_box(&plan).to_json());
}

#[divan::bench]
fn read_the_plan(bencher: Bencher<'_, '_>) {
    let analysis = analysis();
    let text = compile(&analysis, &[], OnErrors::LeaveOut).unwrap().to_json();
    bencher.bench(|| Plan::from_json(black_box(&text)).unwrap());
}

#[divan::bench(args = ["human", "concise", "json"])]
fn render(bencher: Bencher<'_, '_>, format: &str) {
    let analysis = analysis();
    let report = Report {
        root: ".",
        layout: "sfdx",
        api_version: "66.0".to_owned(),
        api_version_source: "sfdx-project.json",
        files_checked: analysis.sources.len(),
        components: std::collections::BTreeMap::new(),
        diagnostics: &analysis.diagnostics,
        summary: Summary::of(&analysis.diagnostics),
        files: &analysis.sources,
        ..Report::default()
    };
    assert!(!analysis.diagnostics.is_empty());
    bencher.bench(|| {
        let mut out = Vec::new();
        match format {
            "human" => {
                let options = human::HumanOptions { color: false, links: false, width: 100 };
                human::render(&report, &options, &mut out)
            }
            "concise" => concise::render(&report, &mut out),
            _ => json::render(&report, &mut out),
        }
        .unwrap();
        out
    });
}
