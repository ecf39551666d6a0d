//! Who can be offered work: the project's files and the plan that is compiled of them agree, and what is said to help does.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "helpers of tests")]

use crate::common;
use crate::common::{pages, sample};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use omnic::analyse::{Analysis, Options, TextFile, analyse_texts};
use omnic::answers::{self, Ask, Condition, Verdict, WhoGets, Work};
use omnic::compile::{OnErrors, compile};
use omnic::graph::reach::Barrier;
use omnic::graph::{Graph, NodeId};
use omnic::metadata::Queue;
use omnic::plan::{Plan, Units};
use omnic::runtime::{Among, CanTake, Name, Prospects, Route, RoutingOptions, Runtime, WorkAsked};
use omnic::schema::Kind;
use omnic::source::{ApiVersion, Layout};

/// The fixtures and examples, each with its records if it has any; and each with and without them.
fn projects() -> Vec<(PathBuf, Option<PathBuf>)> {
    let below = |folder: &str| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir()).collect()
    };
    let mut folders =
        [below("tests/fixtures/ok"), below("tests/fixtures/err"), below("tests/fixtures/projects")].concat();
    folders.extend(below(pages::further().to_str().unwrap()));
    folders.extend(["examples/acme-support", "examples/broken"].map(PathBuf::from));
    if let Some(corpus) = common::corpus() {
        folders.extend(below(corpus.to_str().unwrap()).into_iter().filter(|it| it.join("sfdx-project.json").is_file()));
    }
    folders.sort();
    let mut projects: Vec<(PathBuf, Option<PathBuf>)> = Vec::new();
    for folder in folders {
        let records = folder.join("org");
        if records.is_dir() {
            projects.push((folder.clone(), Some(records)));
        }
        projects.push((folder, None));
    }
    projects
}

/// Whether each rep can be offered the work of a queue, by username: the files' answer.
fn by_files(graph: &Graph, queue: NodeId, fields: &BTreeMap<String, String>) -> BTreeMap<String, Verdict> {
    let ask = Ask { fields: Some(fields.clone()), ..Ask::default() };
    let found = WhoGets::of(&Work::of_queue(graph, queue, ask), None);
    let all = found.groups.iter().flat_map(|group| group.reps.iter().map(|&rep| (rep, group.verdict)));
    all.map(|(rep, verdict)| (graph.name(rep).to_lowercase(), verdict)).collect()
}

/// The plan's answer: the best of the objects that the queue holds.
fn by_plan(
    plan: &Plan,
    runtime: &Runtime,
    queue: &str,
    fields: &BTreeMap<String, String>,
) -> BTreeMap<String, Verdict> {
    let row = plan.tables.queues.iter().find(|row| row.name == queue).unwrap();
    let mut found: BTreeMap<String, Verdict> = BTreeMap::new();
    for held in &row.objects {
        let asked = WorkAsked {
            object: held.object.clone(),
            fields: Some(fields.iter().map(|(field, value)| (Name::from(&**field), Name::from(&**value))).collect()),
            route: Route::Queue(queue.into()),
            skills: Vec::new(),
            status: None,
            free: None,
        };
        let Ok(Prospects::Routed(routed)) = runtime.prospects(&asked, Among::Everybody) else { continue };
        for prospect in routed.agents {
            let verdict = match prospect.answer {
                CanTake::Yes { .. } => Verdict::Yes,
                CanTake::Unknown(_) => Verdict::Unknown,
                CanTake::No(_) => Verdict::No,
            };
            let best = found.entry(prospect.user.to_lowercase()).or_insert(verdict);
            *best = (*best).min(verdict);
        }
    }
    found
}

/// Records without values, and with the value that each skill rule asks for.
fn records(graph: &Graph, queue: NodeId) -> Vec<BTreeMap<String, String>> {
    let mut all = vec![BTreeMap::new()];
    let rules = graph.objects_of(queue).flat_map(|(object, _)| graph.skills_for(object));
    for rule in rules.filter(|rule| rule.active) {
        let field = rule.field.split_once('.').map_or(rule.field, |(_, field)| field);
        all.extend(rule.value.map(|value| BTreeMap::from([(field.to_owned(), value.to_owned())])));
    }
    all
}

#[test]
fn a_project_and_its_plan_agree_about_who_can_be_offered_work() {
    let (mut queues, mut offered, mut refused) = (0, 0, 0);
    for (path, records_of) in projects() {
        let (_, analysis) = common::check_with(&path, false, records_of.as_deref());
        let plan = compile(&analysis, &[], OnErrors::LeaveOut).unwrap();
        let runtime = Runtime::new(&plan, RoutingOptions::default()).unwrap();
        let graph = &analysis.graph;
        for queue in graph
            .all::<Queue>()
            .filter(|queue| graph.get::<Queue>(queue.node).unwrap().component.file == queue.component.file)
        {
            let name = graph.name(queue.node);
            if !plan.tables.queues.iter().any(|row| row.name == name) {
                continue;
            }
            queues += 1;
            for fields in records(graph, queue.node) {
                let files = by_files(graph, queue.node, &fields);
                let planned = by_plan(&plan, &runtime, name, &fields);
                let of = |found: &BTreeMap<String, Verdict>, wanted: Verdict| -> BTreeSet<String> {
                    found.iter().filter(|(_, verdict)| **verdict == wanted).map(|(user, _)| user.clone()).collect()
                };
                let at =
                    format!("{} {records_of:?} {name} {fields:?}\nfiles {files:?}\nplan {planned:?}", path.display());
                let (yes, no) = (of(&files, Verdict::Yes), of(&files, Verdict::No));
                assert_eq!(yes, of(&planned, Verdict::Yes), "who can be offered it: {at}");
                assert_eq!(of(&planned, Verdict::No).intersection(&yes).count(), 0, "{at}");
                assert_eq!(of(&planned, Verdict::Yes).intersection(&no).count(), 0, "{at}");
                offered += yes.len();
                refused += no.len();
            }
        }
    }
    assert!(queues > 150 && offered > 30 && refused > 30, "{queues} queues, {offered} offered, {refused} refused");
}

/// What a rep of a queue is told agrees with what the graph says of all members at once.
#[test]
fn the_steps_to_a_member_agree_with_what_is_known_of_all_members() {
    let mut members = 0;
    for (path, records) in projects() {
        let (_, analysis) = common::check_with(&path, false, records.as_deref());
        let graph = &analysis.graph;
        for queue in graph.all::<Queue>().filter(|queue| graph.config_of(queue.node).is_some()) {
            let work = Work::of_queue(graph, queue.node, Ask::default());
            let found = WhoGets::of(&work, None);
            let offers = graph.offers_of(queue.node);
            let at = format!("{} {}", path.display(), graph.name(queue.node));
            if let Some(barrier) = &offers.barrier {
                assert_eq!(found.verdict, Verdict::No, "{at}: {barrier:?}");
                let expected = match barrier {
                    Barrier::SwitchedOff(_) => Condition::SwitchedOn,
                    Barrier::HoldsNothing | Barrier::NotCarried(_) => Condition::Carried,
                    Barrier::NotOffered(_) => Condition::Offered,
                };
                assert!(found.steps.iter().any(|step| step.condition == expected), "{at}");
                continue;
            }
            let verdict =
                |user: NodeId| found.groups.iter().find(|group| group.reps.contains(&user)).map(|group| group.verdict);
            for (agent, refusal) in &offers.refused {
                assert_eq!(verdict(agent.user), Some(Verdict::No), "{at}: {refusal:?}");
                members += 1;
            }
            for agent in &offers.users {
                assert!(matches!(verdict(agent.user), Some(Verdict::Yes | Verdict::Unknown)), "{at}");
                // One by one, with the step that says how the rep is a member.
                let steps = answers::steps(&work, agent.user);
                assert!(
                    steps.iter().all(|step| step.is_for_some() || step.holds != answers::Holds::No),
                    "{at}: {steps:#?}"
                );
                members += 1;
            }
        }
    }
    assert!(members >= 100, "{members}");
}

const CENTRE: &str = "
== OmniChannelSettings OmniChannel
    <enableOmniChannel>true</enableOmniChannel>
== ServiceChannel Cases
    <label>Cases</label>
    <relatedEntityType>Case</relatedEntityType>
== ServicePresenceStatus Available
    <channels>
        <channel>Cases</channel>
    </channels>
    <label>Available</label>
== ServicePresenceStatus Leads_Only
    <channels>
        <channel>Leads</channel>
    </channels>
    <label>Leads Only</label>
== ServiceChannel Leads
    <label>Leads</label>
    <relatedEntityType>Lead</relatedEntityType>
== PresenceUserConfig Reps
    <assignments>
        <users>
            <user>ada@acme.example</user>
            <user>ben@acme.example</user>
        </users>
    </assignments>
    <capacity>5</capacity>
    <label>Reps</label>
== QueueRoutingConfig Tier_1
    <capacityWeight>1</capacityWeight>
    <label>Tier 1</label>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>1</routingPriority>
== QueueRoutingConfig By_Skills
    <capacityWeight>1</capacityWeight>
    <isAttributeBased>true</isAttributeBased>
    <label>By Skills</label>
    <routingModel>LEAST_ACTIVE</routingModel>
    <routingPriority>1</routingPriority>
    <skills>
        <skill>German</skill>
    </skills>
== Skill German
    <label>German</label>
== WorkSkillRouting Case
    <isActive>true</isActive>
    <masterLabel>Case</masterLabel>
    <relatedEntity>Case</relatedEntity>
    <workSkillRoutingAttributes>
        <field>Case.Topic__c</field>
        <skill>German</skill>
        <skillLevel>5</skillLevel>
        <value>Hard</value>
    </workSkillRoutingAttributes>
== Queue Support
    <name>Support</name>
    <queueMembers>
        <users>
            <user>ada@acme.example</user>
            <user>ben@acme.example</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== Queue Other
    <name>Other</name>
    <queueMembers>
        <users>
            <user>ada@acme.example</user>
        </users>
    </queueMembers>
    <queueRoutingConfig>Tier_1</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== Queue Experts
    <name>Experts</name>
    <queueRoutingConfig>By_Skills</queueRoutingConfig>
    <queueSobject>
        <sobjectType>Case</sobjectType>
    </queueSobject>
== PermissionSet Agent
    <label>Agent</label>
    <servicePresenceStatusAccesses>
        <enabled>true</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
== Profile Standard
    <servicePresenceStatusAccesses>
        <enabled>false</enabled>
        <servicePresenceStatus>Available</servicePresenceStatus>
    </servicePresenceStatusAccesses>
    <servicePresenceStatusAccesses>
        <enabled>false</enabled>
        <servicePresenceStatus>Leads_Only</servicePresenceStatus>
    </servicePresenceStatusAccesses>
== records User.csv
Id,Username,IsActive,Profile.Name
005000000000001AAA,ada@acme.example,true,Standard
005000000000002AAA,ben@acme.example,true,Standard
== records PermissionSetAssignment.csv
Assignee.Username,PermissionSet.Name,PermissionSet.NamespacePrefix,PermissionSetGroupId
ada@acme.example,Agent,,
ben@acme.example,Agent,,
== records ServiceResource.csv
Id,RelatedRecordId,IsActive
0Hn000000000001AAA,005000000000001AAA,true
== records ServiceResourceSkill.csv
ServiceResourceId,Skill.DeveloperName,SkillLevel
0Hn000000000001AAA,German,5
";

/// The centre with some text in the place of another, which must be there once.
fn centre(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(CENTRE.to_owned(), |text, (from, to)| {
        assert_eq!(text.matches(from).count(), 1, "{from}");
        text.replacen(from, to, 1)
    })
}

fn analyse(text: &str) -> Analysis {
    let files = sample::files(text)
        .into_iter()
        .map(|file| TextFile { path: file.path, text: file.text, package: 0, ignored: file.ignored })
        .collect();
    let options = Options { records: sample::records(text), ..Options::default() };
    analyse_texts(files, Layout::Sfdx, ApiVersion::NEWEST, &options)
}

fn ask(analysis: &Analysis, queue: &str, ask: Ask) -> WhoGets {
    let graph = &analysis.graph;
    WhoGets::of(&Work::of_queue(graph, graph.find(Kind::Queue, queue).unwrap(), ask), None)
}

/// The lists of changes, and whom each helps.
fn ways(analysis: &Analysis, found: &WhoGets) -> Vec<String> {
    let names = |reps: &[NodeId]| reps.iter().map(|&rep| analysis.graph.name(rep)).collect::<Vec<_>>().join(" ");
    let way = |way: &answers::Way| {
        let changes: Vec<&str> = way.changes.iter().map(|change| &*change.text).collect();
        let sure = if way.is_sure { "" } else { " (not sure)" };
        format!("{} => {}{sure}", changes.join(" + "), names(&way.reps))
    };
    found.ways.iter().map(way).collect()
}

/// A break of the centre, and the repair that is said to help.
struct Broken<'t> {
    queue: &'t str,
    breaks: &'t [(&'t str, &'t str)],
    says: &'t [&'t str],
    repairs: &'t [(&'t str, &'t str)],
    helped: &'t [&'t str],
}

const WEIGHT: (&str, &str) =
    ("<capacityWeight>1</capacityWeight>\n    <label>Tier 1", "<capacityWeight>8</capacityWeight>\n    <label>Tier 1");
const NOT_GRANTED: (&str, &str) = (
    "<label>Agent</label>\n    <servicePresenceStatusAccesses>\n        <enabled>true</enabled>",
    "<label>Agent</label>\n    <servicePresenceStatusAccesses>\n        <enabled>false</enabled>",
);

const ALL: &[&str] = &["ada@acme.example", "ben@acme.example"];

const CASES: &[Broken<'_>] = &[
    Broken {
        queue: "Support",
        breaks: &[("<enableOmniChannel>true", "<enableOmniChannel>false")],
        says: &["set `enableOmniChannel` to `true` => ada@acme.example ben@acme.example"],
        repairs: &[("<enableOmniChannel>false", "<enableOmniChannel>true")],
        helped: ALL,
    },
    Broken {
        queue: "Support",
        breaks: &[WEIGHT],
        says: &[
            "raise `capacity` of `Reps` to 8, or lower `capacityWeight` of `Tier_1` to 5 => ada@acme.example ben@acme.example",
        ],
        repairs: &[("<capacity>5</capacity>", "<capacity>8</capacity>")],
        helped: ALL,
    },
    Broken {
        queue: "Support",
        breaks: &[WEIGHT],
        says: &[
            "raise `capacity` of `Reps` to 8, or lower `capacityWeight` of `Tier_1` to 5 => ada@acme.example ben@acme.example",
        ],
        repairs: &[("<capacityWeight>8", "<capacityWeight>5")],
        helped: ALL,
    },
    Broken {
        queue: "Support",
        breaks: &[NOT_GRANTED],
        says: &[
            "enable the presence status `Available`, which offers `Cases`, in the permission set `Agent` of one of the 2 members => ada@acme.example ben@acme.example",
        ],
        repairs: &[(NOT_GRANTED.1, NOT_GRANTED.0)],
        helped: ALL,
    },
    // Each thing that fails is listed: with one of them mended alone, nobody is offered it.
    Broken {
        queue: "Support",
        breaks: &[NOT_GRANTED, WEIGHT],
        says: &[
            "enable the presence status `Available`, which offers `Cases`, in the permission set `Agent` of one of the 2 members + raise `capacity` of `Reps` to 8, or lower `capacityWeight` of `Tier_1` to 5 => ada@acme.example ben@acme.example",
        ],
        repairs: &[(NOT_GRANTED.1, NOT_GRANTED.0), ("<capacity>5</capacity>", "<capacity>8</capacity>")],
        helped: ALL,
    },
    // Of two who fail, the one who lacks less.
    Broken {
        queue: "Support",
        breaks: &[WEIGHT, ("ben@acme.example,true", "ben@acme.example,false")],
        says: &["raise `capacity` of `Reps` to 8, or lower `capacityWeight` of `Tier_1` to 5 => ada@acme.example"],
        repairs: &[("<capacity>5</capacity>", "<capacity>8</capacity>")],
        helped: &["ada@acme.example"],
    },
    Broken {
        queue: "Support",
        breaks: &[(
            "<channels>\n        <channel>Cases</channel>\n    </channels>\n    <label>Available",
            "<channels>\n        <channel>Leads</channel>\n    </channels>\n    <label>Available",
        )],
        says: &[
            "offer `Cases` in the presence status `Available`: add `<channel>` => ada@acme.example ben@acme.example",
        ],
        repairs: &[(
            "<channel>Leads</channel>\n    </channels>\n    <label>Available",
            "<channel>Leads</channel>\n        <channel>Cases</channel>\n    </channels>\n    <label>Available",
        )],
        helped: ALL,
    },
    Broken {
        queue: "Support",
        breaks: &[
            (
                "== ServiceChannel Cases\n    <label>Cases</label>\n    <relatedEntityType>Case</relatedEntityType>\n",
                "",
            ),
            ("<channel>Cases</channel>", "<channel>Leads</channel>"),
        ],
        says: &[
            "add a service channel whose `<relatedEntityType>` is `Case` + offer the new service channel in the presence status `Available`: add `<channel>` => ada@acme.example ben@acme.example",
        ],
        repairs: &[
            (
                "== ServiceChannel Leads\n",
                "== ServiceChannel New\n    <label>New</label>\n    <relatedEntityType>Case</relatedEntityType>\n== ServiceChannel Leads\n",
            ),
            (
                "<channel>Leads</channel>\n    </channels>\n    <label>Available",
                "<channel>Leads</channel>\n        <channel>New</channel>\n    </channels>\n    <label>Available",
            ),
        ],
        helped: ALL,
    },
    Broken {
        queue: "Support",
        breaks: &[(
            "<user>ben@acme.example</user>\n        </users>\n    </queueMembers>\n    <queueRoutingConfig>Tier_1</queueRoutingConfig>",
            "<user>ben@acme.example</user>\n        </users>\n    </queueMembers>",
        )],
        says: &[
            "route the queue `Support`: add `<queueRoutingConfig>` with `Tier_1` => ada@acme.example ben@acme.example",
        ],
        repairs: &[(
            "<user>ben@acme.example</user>\n        </users>\n    </queueMembers>",
            "<user>ben@acme.example</user>\n        </users>\n    </queueMembers>\n    <queueRoutingConfig>Tier_1</queueRoutingConfig>",
        )],
        helped: ALL,
    },
    Broken {
        queue: "Other",
        breaks: &[("ada@acme.example,true", "ada@acme.example,false")],
        says: &["activate `ada@acme.example` in the org => ada@acme.example"],
        repairs: &[("ada@acme.example,false", "ada@acme.example,true")],
        helped: &["ada@acme.example"],
    },
    Broken {
        queue: "Other",
        breaks: &[
            (
                "== Queue Other\n    <name>Other</name>\n    <queueMembers>\n        <users>\n            <user>ada@acme.example</user>\n        </users>\n    </queueMembers>\n",
                "== Queue Other\n    <name>Other</name>\n",
            ),
            (
                "== records User.csv\n",
                "== records Group.csv\nId,DeveloperName,Type,RelatedId\n00G000000000001AAA,Other,Queue,\n== records GroupMember.csv\nGroupId,UserOrGroupId\n== records User.csv\n",
            ),
        ],
        says: &["add a member to the queue `Other` =>  (not sure)"],
        repairs: &[(
            "== Queue Other\n    <name>Other</name>\n",
            "== Queue Other\n    <name>Other</name>\n    <queueMembers>\n        <users>\n            <user>ben@acme.example</user>\n        </users>\n    </queueMembers>\n",
        )],
        helped: &["ben@acme.example"],
    },
    Broken {
        queue: "Experts",
        breaks: &[
            ("0Hn000000000001AAA,German,5", "0Hn000000000001AAA,Other,5"),
            ("== Skill German\n", "== Skill Other\n    <label>Other</label>\n== Skill German\n"),
        ],
        says: &["give one of the 2 reps the skill `German`, or do not ask for it => ada@acme.example ben@acme.example"],
        repairs: &[("0Hn000000000001AAA,Other,5", "0Hn000000000001AAA,German,5")],
        helped: &["ada@acme.example"],
    },
];

#[test]
fn what_is_said_to_help_does() {
    for &Broken { queue, breaks, says, repairs, helped } in CASES {
        let broken = centre(breaks);
        let analysis = analyse(&broken);
        let found = ask(&analysis, queue, Ask { fields: Some(BTreeMap::new()), ..Ask::default() });
        assert_eq!(found.verdict, Verdict::No, "{queue} {breaks:?}: {found:#?}");
        assert_eq!(ways(&analysis, &found), says, "{queue} {breaks:?}");
        // Each repair but the last alone is not enough: the list is the shortest.
        for without in 0..repairs.len() {
            let partly = repairs.iter().enumerate().filter(|(number, _)| *number != without);
            let text = partly.fold(broken.clone(), |text, (_, (from, to))| text.replacen(from, to, 1));
            assert_ne!(
                ask(&analyse(&text), queue, Ask { fields: Some(BTreeMap::new()), ..Ask::default() }).verdict,
                Verdict::Yes,
                "{repairs:?}"
            );
        }
        let text = repairs.iter().fold(broken, |text, (from, to)| {
            assert_eq!(text.matches(from).count(), 1, "{from}");
            text.replacen(from, to, 1)
        });
        let analysis = analyse(&text);
        let found = ask(&analysis, queue, Ask { fields: Some(BTreeMap::new()), ..Ask::default() });
        let offered = found.groups.iter().filter(|group| group.verdict == Verdict::Yes).flat_map(|group| &group.reps);
        let mut offered: Vec<&str> = offered.map(|&rep| analysis.graph.name(rep)).collect();
        offered.sort_unstable();
        assert_eq!(offered, helped, "{queue} {repairs:?}: {found:#?}");
    }
}

#[test]
fn field_values_decide_which_skills_work_needs() {
    let analysis = analyse(&centre(&[("0Hn000000000001AAA,German,5", "0Hn000000000001AAA,German,3")]));
    let with = |fields: &[(&str, &str)]| Ask {
        fields: Some(fields.iter().map(|(field, value)| ((*field).to_owned(), (*value).to_owned())).collect()),
        ..Ask::default()
    };
    let found = ask(&analysis, "Experts", with(&[]));
    assert_eq!((found.count(Verdict::Yes), found.count(Verdict::No)), (1, 1), "ada has the skill, ben does not");
    let found = ask(&analysis, "Experts", with(&[("Topic__c", "Easy")]));
    assert_eq!(found.verdict, Verdict::Yes, "no rule asks for more");
    let found = ask(&analysis, "Experts", with(&[("Topic__c", "Hard")]));
    assert_eq!(found.verdict, Verdict::No, "level 5 is asked for");
    assert_eq!(
        ways(&analysis, &found),
        [
            "raise the level at which `ada@acme.example` has the skill `German` to 5, or ask for level 3 => ada@acme.example",
            "give `ben@acme.example` the skill `German` at level 5, or do not ask for it => ben@acme.example",
        ],
    );
    let found = ask(&analysis, "Experts", Ask::default());
    assert_eq!((found.verdict, found.count(Verdict::Some)), (Verdict::Some, 1), "without values, it depends");
    assert!(found.groups[0].text.contains("`Case.Topic__c` is `Hard`"), "{}", found.groups[0].text);
}

#[test]
fn a_question_is_narrowed_by_skills_a_status_and_free_capacity() {
    let analysis = analyse(CENTRE);
    let graph = &analysis.graph;
    let german = graph.find(Kind::Skill, "German").unwrap();
    let skill = |level| vec![answers::AskedSkill { skill: german, level, additional: false, place: None }];
    let of = |narrow: Ask| {
        let found = ask(&analysis, "Support", narrow);
        (found.count(Verdict::Yes), found.count(Verdict::No), found.verdict)
    };
    assert_eq!(of(Ask::default()), (2, 0, Verdict::Yes));
    assert_eq!(of(Ask { skills: skill(None), ..Ask::default() }), (1, 1, Verdict::Yes));
    assert_eq!(of(Ask { skills: skill(Some(6.0)), ..Ask::default() }), (0, 2, Verdict::No));
    assert_eq!(of(Ask { free: Some(Units(5_000)), ..Ask::default() }), (0, 2, Verdict::No), "half a unit is free");
    assert_eq!(of(Ask { free: Some(Units(10_000)), ..Ask::default() }), (2, 0, Verdict::Yes));
    let status = |name| Some(graph.find(Kind::ServicePresenceStatus, name).unwrap());
    assert_eq!(of(Ask { status: status("Available"), ..Ask::default() }), (2, 0, Verdict::Yes));
    assert_eq!(of(Ask { status: status("Leads_Only"), ..Ask::default() }), (0, 0, Verdict::No));
}

#[test]
fn the_skills_own_assignments_count_where_no_record_names_the_skill() {
    let text = centre(&[
        ("0Hn000000000001AAA,German,5", "0Hn000000000001AAA,Other,5"),
        (
            "== Skill German\n    <label>German</label>\n",
            "== Skill Other\n    <label>Other</label>\n== Skill German\n    <assignments>\n        <users>\n            <user>ben@acme.example</user>\n        </users>\n    </assignments>\n    <label>German</label>\n",
        ),
    ]);
    let found = ask(&analyse(&text), "Experts", Ask { fields: Some(BTreeMap::new()), ..Ask::default() });
    assert_eq!((found.count(Verdict::Yes), found.count(Verdict::No)), (1, 1));
}

#[test]
fn what_is_not_in_the_project_stays_unknown() {
    let without_records = CENTRE.split("== records").next().unwrap();
    let group = "<publicGroups>\n            <publicGroup>Everybody</publicGroup>\n        </publicGroups>\n        <users>\n            <user>ben";
    let text = without_records.replacen("<users>\n            <user>ada@acme.example</user>\n            <user>ben@acme.example</user>\n        </users>\n    </queueMembers>", &format!("{group}@acme.example</user>\n        </users>\n    </queueMembers>"), 1);
    let analysis = analyse(&text);
    let found = ask(&analysis, "Support", Ask::default());
    assert_eq!(found.verdict, Verdict::Unknown);
    assert_eq!(
        found.unseen.unwrap().text,
        "who is in the public group `Everybody` is not in the project: add records of the org"
    );
    assert_eq!(found.ways, [], "nothing is proposed where nothing is known to be wrong");
    // Members may be kept in the org alone: a queue that names none does not have none.
    let members = "    <queueMembers>\n        <users>\n            <user>ada@acme.example</user>\n        </users>\n    </queueMembers>\n";
    let found = ask(&analyse(&without_records.replacen(members, "", 1)), "Other", Ask::default());
    assert_eq!((found.verdict, found.ways), (Verdict::Unknown, Vec::new()));
    assert!(found.unseen.unwrap().text.starts_with("the queue `Other` names no members here"));
}
