//! The answer from a project's files.

use clap::ArgMatches;

use super::super::findings::{Findings, Scope};
use super::super::project::ProjectArgs;
use super::super::{Failure, output};
use super::names::{self, Names};
use super::question::{Question, Record, Subject};
use super::report::{Answer, Fact, Place, RepGroup, Source, StepRow, WayRow, WhyReport, WorkAnswer};
use super::words::{Head, work};
use crate::analyse::{self, Analysis};
use crate::answers::flow::{FlowAction, FlowLead, actions_of};
use crate::answers::{self, Ask, AskedSkill, Holds, Reach, Step, Verdict, WhoGets, Work};
use crate::graph::{Graph, NodeId};
use crate::metadata::Flow;
use crate::schema::{Kind, Role};
use crate::setup::{BaselineUse, Ready};
use crate::source::{LineIndex, Location, Project, Selection};
use crate::text::count;
use crate::text::markdown::code;

/// More characters of a line than this are not quoted.
const EXCERPT: usize = 90;

/// Answers a question from a project; what else there is to know is said on standard error.
pub(super) fn answer(args: &ProjectArgs, matches: &ArgMatches, question: &Question) -> Result<WhyReport, Failure> {
    let ready = args.load(&args.path, args.given(matches)?, BaselineUse::Read)?;
    let Ready { mut project, options, .. } = ready;
    // Work goes through the whole project, whatever part of it the path names.
    project.selection = Selection::All;
    let mut analysis = analyse::analyse(&project, &options);
    tell_damage(&project, &analysis)?;
    let found = Finder { graph: &analysis.graph, question }.find()?;
    let report = shown(&mut analysis, &project, &found);
    // The process ends here: to give back a large project's memory piece by piece would only take time.
    std::mem::forget((analysis, project, options));
    Ok(report)
}

/// Says what is wrong with the project: whoever asks why work reaches nobody may have a broken one.
fn tell_damage(project: &Project, analysis: &Analysis) -> Result<(), Failure> {
    let found = Findings::of(project, analysis, &Scope::default(), false)?;
    if found.summary.errors > 0 {
        let errors = count(found.summary.errors, "error");
        output::complain(&format!(
            "note: the project has {errors}, which `omnic check` shows; the answer is what its files say all the same"
        ));
    }
    for (path, _) in &project.problems {
        output::complain(&format!("note: `{path}` could not be read, and is not in the answer"));
    }
    Ok(())
}

/// What was found of some work.
struct FoundWork {
    queue: Option<NodeId>,
    flow: Option<(NodeId, String)>,
    objects: Vec<NodeId>,
    agent: Option<NodeId>,
    /// Every step to the one rep who is asked about.
    to_agent: Vec<Step>,
    gets: WhoGets,
    is_by_members: bool,
}

/// What was found.
#[derive(Default)]
struct Found {
    works: Vec<FoundWork>,
    notes: Vec<(String, Option<Location>)>,
}

struct Finder<'a> {
    graph: &'a Graph,
    question: &'a Question,
}

impl Finder<'_> {
    fn find(&self) -> Result<Found, Failure> {
        let mut found = Found::default();
        let ask = self.ask()?;
        let agent = self.question.agent.as_ref().map(|user| self.node(Kind::User, user, "--agent")).transpose()?;
        match &self.question.subject {
            Subject::Queue(name) => {
                let queue = self.node(Kind::Queue, name, "--queue")?;
                found.works.push(self.queue(queue, &ask, agent));
            }
            Subject::Object(name) => {
                let object = self.node(Kind::Object, name, "--object")?;
                self.object(object, &ask, agent, &mut found);
            }
            Subject::Flow(name) => {
                let flow = self.node(Kind::Flow, name, "--flow")?;
                self.flow(flow, &ask, agent, &mut found);
            }
            Subject::Record(record) => self.record(record, &ask, agent, &mut found)?,
        }
        self.note_fields(&mut found);
        Ok(found)
    }

    /// A name that is given, or why there is none and what may have been meant.
    fn node(&self, kind: Kind, name: &str, flag: &str) -> Result<NodeId, Failure> {
        let graph = self.graph;
        if let Some(node) = graph.find(kind, name) {
            return Ok(node);
        }
        let all: Vec<&str> = graph.nodes_of(kind).map(|node| graph.name(node)).collect();
        if kind == Kind::User {
            return Err(Names { whose: "the project", noun: "rep", flag }.unknown_user(name, &all));
        }
        let by_label = graph
            .nodes_of(kind)
            .find(|&node| answers::facts::label(graph, node).is_some_and(|label| label.eq_ignore_ascii_case(name)));
        let by_label = by_label.map(|node| graph.name(node));
        Err(Names { whose: "the project", noun: names::noun(kind), flag }.unknown(name, by_label, &all))
    }

    fn ask(&self) -> Result<Ask, Failure> {
        let Question { fields, skills, status, capacity, .. } = self.question;
        let skill = |asked: &super::question::SkillArg| {
            let skill = self.node(Kind::Skill, &asked.name, "--skills")?;
            Ok(AskedSkill { skill, level: asked.level, additional: false, place: None })
        };
        Ok(Ask {
            object: None,
            fields: fields.clone(),
            skills: skills.iter().map(skill).collect::<Result<_, Failure>>()?,
            status: status.as_ref().map(|name| self.node(Kind::ServicePresenceStatus, name, "--status")).transpose()?,
            free: *capacity,
        })
    }

    fn queue(&self, queue: NodeId, ask: &Ask, agent: Option<NodeId>) -> FoundWork {
        let held = self.graph.objects_of(queue).map(|(object, _)| object);
        let objects = held.filter(|object| ask.object.is_none_or(|only| only == *object)).collect();
        Self::work(&Work::of_queue(self.graph, queue, ask.clone()), objects, None, agent)
    }

    fn work(work: &Work<'_>, objects: Vec<NodeId>, flow: Option<(NodeId, String)>, agent: Option<NodeId>) -> FoundWork {
        FoundWork {
            queue: work.queue(),
            flow,
            objects,
            agent,
            to_agent: agent.map(|agent| answers::steps(work, agent)).unwrap_or_default(),
            gets: WhoGets::of(work, agent),
            is_by_members: matches!(work.reach(), Reach::Members(_)),
        }
    }

    /// The queues that hold an object, and the actions of flows that hand its work over.
    fn object(&self, object: NodeId, ask: &Ask, agent: Option<NodeId>, found: &mut Found) {
        let graph = self.graph;
        let ask = Ask { object: Some(object), ..ask.clone() };
        let mut queues: Vec<NodeId> = graph.sources(object, Role::Holds).map(|(queue, _)| queue).collect();
        queues.sort_by(|a, b| graph.name(*a).cmp(graph.name(*b)));
        queues.dedup();
        let (routed, other): (Vec<NodeId>, Vec<NodeId>) =
            queues.into_iter().partition(|&queue| graph.config_of(queue).is_some());
        found.works.extend(routed.into_iter().map(|queue| self.queue(queue, &ask, agent)));
        if !other.is_empty() {
            let queues: Vec<&str> = other.iter().map(|&queue| graph.name(queue)).collect();
            let (verb, noun) = if other.len() == 1 { ("has", "the queue") } else { ("have", "the queues") };
            let queues = crate::text::list(&queues, 5);
            found.notes.push((
                format!("{noun} {queues} {verb} no routing configuration, so Omni-Channel does not push work"),
                None,
            ));
        }
        let channels: Vec<NodeId> = graph.known_channels_for(object).collect();
        let flows: Vec<NodeId> = graph.all::<Flow>().filter(|flow| graph.runs(*flow)).map(|flow| flow.node).collect();
        for action in flows.into_iter().flat_map(|flow| actions_of(graph, flow)) {
            if action.channels.iter().any(|channel| channels.contains(channel)) {
                self.action(&action, &ask, agent, found);
            }
        }
        if found.works.is_empty() {
            let name = code(graph.name(object));
            found.notes.push((
                format!("no routed queue of the project holds {name}, and no flow that runs hands it over"),
                None,
            ));
        }
    }

    fn flow(&self, flow: NodeId, ask: &Ask, agent: Option<NodeId>, found: &mut Found) {
        let actions = actions_of(self.graph, flow);
        let name = code(self.graph.name(flow));
        if actions.is_empty() {
            let is_here = self.graph.components_of(flow).next().is_some();
            let text = if is_here {
                format!("the flow {name} has no route-work action: it hands no work over")
            } else {
                format!("the flow {name} is not among the project's, so where it leads is not known: retrieve it")
            };
            found.notes.push((text, None));
        }
        if let Some(action) = actions.first().filter(|action| !action.is_active) {
            let text = format!("the flow {name} is not active, so it hands no work over now");
            found.notes.push((text, Some(action.place)));
        }
        for action in &actions {
            self.action(action, ask, agent, found);
        }
    }

    fn action(&self, action: &FlowAction, ask: &Ask, agent: Option<NodeId>, found: &mut Found) {
        let graph = self.graph;
        let carried = action.channels.iter().flat_map(|&channel| graph.targets(channel, Role::Carries));
        let mut objects: Vec<NodeId> = carried.map(|(object, _)| object).collect();
        objects.dedup();
        let by = || Some((action.flow, action.action.clone()));
        for lead in &action.leads {
            match lead {
                FlowLead::Queue(queue) => {
                    let ask = Ask { object: objects.first().copied().filter(|_| objects.len() == 1), ..ask.clone() };
                    // Each queue of an object is there already.
                    if let Some(known) = found.works.iter_mut().find(|work| work.queue == Some(*queue)) {
                        if known.flow.is_none() {
                            known.flow = by();
                        }
                        continue;
                    }
                    let work = self.queue(*queue, &ask, agent);
                    found.works.push(FoundWork { flow: by(), ..work });
                }
                FlowLead::Reps(flow) => {
                    let work = Work::of_flow(graph, flow, ask.clone());
                    found.works.push(Self::work(&work, objects.clone(), by(), agent));
                }
                FlowLead::Elsewhere(text, place) => {
                    let (flow, name) = (code(graph.name(action.flow)), code(&action.action));
                    found.notes.push((format!("the action {name} of the flow {flow}: {text}"), Some(*place)));
                }
            }
        }
    }

    /// A record: its queue if it has one, else what may become of work of its object.
    fn record(&self, record: &Record, ask: &Ask, agent: Option<NodeId>, found: &mut Found) -> Result<(), Failure> {
        let graph = self.graph;
        let object = self.node(Kind::Object, &record.object, "the record's `attributes.type`")?;
        found.notes.extend(record.unused.iter().map(|text| (text.clone(), None)));
        let queue = record.owners.iter().find_map(|name| {
            graph.find(Kind::Queue, name).or_else(|| {
                let mut labelled = graph.nodes_of(Kind::Queue).filter(|&queue| {
                    answers::facts::label(graph, queue).is_some_and(|label| label.eq_ignore_ascii_case(name))
                });
                let first = labelled.next();
                first.filter(|_| labelled.next().is_none())
            })
        });
        let Some(queue) = queue.filter(|_| !record.is_of_user) else {
            found.notes.push((names::owner(record), None));
            self.object(object, ask, agent, found);
            return Ok(());
        };
        let holds = graph.objects_of(queue).any(|(held, _)| held == object);
        if !holds {
            let (queue, object) = (code(graph.name(queue)), code(graph.name(object)));
            found
                .notes
                .push((format!("the queue {queue} does not hold {object}, so the record cannot come into it"), None));
        }
        let ask = Ask { object: Some(object).filter(|_| holds), ..ask.clone() };
        found.works.push(self.queue(queue, &ask, agent));
        Ok(())
    }

    /// Says which fields nothing asks for.
    fn note_fields(&self, found: &mut Found) {
        let Some(fields) = &self.question.fields else { return };
        // A record has many fields that nobody meant for routing.
        if matches!(self.question.subject, Subject::Record(_)) {
            return;
        }
        let graph = self.graph;
        let rules = found.works.iter().flat_map(|work| &work.objects).flat_map(|&object| graph.skills_for(object));
        let asked: Vec<String> = rules
            .filter(|need| need.active)
            .map(|need| need.field.split_once('.').map_or(need.field, |(_, bare)| bare).to_owned())
            .collect();
        for field in fields.keys().filter(|field| !asked.contains(field)) {
            let near = crate::text::nearest(field, asked.iter().map(String::as_str));
            let near = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            found.notes.push((format!("no active skill mapping set asks for the field `{field}`{near}"), None));
        }
    }
}

/// What was found, with the lines of its places.
fn shown(analysis: &mut Analysis, project: &Project, found: &Found) -> WhyReport {
    let mut places: Vec<Location> = Vec::new();
    for FoundWork { gets, to_agent, .. } in &found.works {
        let steps = gets.steps.iter().chain(to_agent).chain(&gets.unseen);
        places.extend(steps.filter_map(|step| step.place));
        places.extend(gets.groups.iter().filter_map(|group| group.place));
        places.extend(gets.ways.iter().flat_map(|way| &way.changes).filter_map(|change| change.place));
    }
    places.extend(found.notes.iter().filter_map(|(_, place)| *place));
    analysis.load_files(project, places.into_iter().map(|place| place.file));
    let shower = Shower { analysis, root: &project.display_root };
    let mut report = WhyReport::new(Source::Project);
    report.works = found.works.iter().map(|work| shower.work(work)).collect();
    report.notes = found.notes.iter().map(|(text, place)| shower.note(text, *place)).collect();
    report
}

struct Shower<'a> {
    analysis: &'a Analysis,
    root: &'a str,
}

const fn of_holds(holds: Holds) -> Answer {
    match holds {
        Holds::Yes => Answer::Yes,
        Holds::No => Answer::No,
        Holds::Unknown => Answer::Unknown,
    }
}

const fn of_verdict(verdict: Verdict) -> Answer {
    match verdict {
        Verdict::Yes => Answer::Yes,
        Verdict::Some => Answer::Some,
        Verdict::Unknown => Answer::Unknown,
        Verdict::No => Answer::No,
    }
}

impl Shower<'_> {
    fn graph(&self) -> &Graph {
        &self.analysis.graph
    }

    fn names(&self, nodes: &[NodeId]) -> Vec<String> {
        nodes.iter().map(|&node| self.graph().name(node).to_owned()).collect()
    }

    fn work(&self, found: &FoundWork) -> WorkAnswer {
        let FoundWork { queue, flow, objects, agent, to_agent, gets, is_by_members } = found;
        let graph = self.graph();
        let objects = self.names(objects);
        let from = match (queue, flow) {
            (Some(queue), _) => code(graph.name(*queue)),
            (None, Some((flow, action))) => {
                format!("the action {} of the flow {}", code(action), code(graph.name(*flow)))
            }
            (None, None) => work(&objects),
        };
        let stopped = gets.steps.iter().find(|step| step.holds == Holds::No);
        let doubt = gets.steps.iter().find(|step| step.holds == Holds::Unknown);
        let only = match gets.groups.as_slice() {
            [only] => Some(only.text.clone()).filter(|_| only.verdict != Verdict::Yes),
            _ => None,
        };
        let reason = match (stopped, gets.groups.is_empty()) {
            (Some(step), _) => Some(step.text.clone()),
            (None, false) => only,
            (None, true) => doubt.or(gets.unseen.as_ref()).map(|step| step.text.clone()).or_else(|| {
                let nobody = if *is_by_members { "it has no members" } else { "no rep is known who takes work" };
                Some(nobody.to_owned())
            }),
        };
        let reason = first_for_agent(to_agent, gets.verdict).or(reason);
        let head = Head {
            from,
            objects: objects.clone(),
            noun: gets.noun,
            yes: gets.count(Verdict::Yes),
            some: gets.count(Verdict::Some),
            unknown: gets.count(Verdict::Unknown),
            no: gets.count(Verdict::No),
            complete: gets.unseen.is_none(),
            agent: agent.map(|agent| code(graph.name(agent))),
            answer: of_verdict(gets.verdict),
            reason,
            is_stopped: gets.groups.is_empty(),
        };
        let steps = if agent.is_some() { to_agent } else { &gets.steps };
        WorkAnswer {
            queue: queue.map(|queue| graph.name(queue).to_owned()),
            flow: flow.as_ref().map(|(flow, _)| graph.name(*flow).to_owned()),
            action: flow.as_ref().map(|(_, action)| action.clone()),
            objects,
            answer: of_verdict(gets.verdict),
            summary: head.sentence(),
            complete: gets.unseen.is_none(),
            steps: steps.iter().map(|step| self.step(step)).collect(),
            reps: gets
                .groups
                .iter()
                .map(|group| RepGroup {
                    answer: of_verdict(group.verdict),
                    condition: group.condition.map(|condition| condition.as_str().to_owned()),
                    fact: self.fact(&group.text, group.place),
                    users: self.names(&group.reps),
                })
                .collect(),
            unseen: gets.unseen.iter().map(|step| self.fact(&step.text, step.place)).collect(),
            ways: gets
                .ways
                .iter()
                .map(|way| WayRow {
                    changes: way.changes.iter().map(|change| self.fact(&change.text, change.place)).collect(),
                    users: self.names(&way.reps),
                    sure: way.is_sure,
                })
                .collect(),
        }
    }

    fn step(&self, step: &Step) -> StepRow {
        StepRow {
            condition: step.condition.as_str().to_owned(),
            holds: of_holds(step.holds),
            fact: self.fact(&step.text, step.place),
        }
    }

    fn fact(&self, text: &str, place: Option<Location>) -> Fact {
        Fact { text: text.to_owned(), place: place.and_then(|place| self.place(place)) }
    }

    fn note(&self, text: &str, place: Option<Location>) -> String {
        match place.and_then(|place| self.place(place)) {
            Some(Place { shown, line, column: Some(column), .. }) => format!("{text} ({shown}:{line}:{column})"),
            _ => text.to_owned(),
        }
    }

    fn place(&self, location: Location) -> Option<Place> {
        let source = self.analysis.sources.get(location.file.0 as usize)?;
        let index = LineIndex::new(&source.text);
        let at = index.position(location.span.start);
        let line = index.line(at.line).and_then(|line| source.text.get(line)).unwrap_or_default().trim();
        // The first element of a file says nothing that its path does not.
        let is_telling = !line.is_empty() && !line.contains("xmlns=");
        let excerpt = is_telling.then(|| line.chars().take(EXCERPT).collect());
        Some(Place {
            shown: names::below(self.root, &source.path),
            file: source.path.clone(),
            line: at.line,
            column: Some(at.column),
            excerpt,
        })
    }
}

/// The first step that decides about the one rep.
fn first_for_agent(steps: &[Step], verdict: Verdict) -> Option<String> {
    let holds = match verdict {
        Verdict::No => Holds::No,
        Verdict::Unknown => Holds::Unknown,
        Verdict::Yes | Verdict::Some => return None,
    };
    steps.iter().find(|step| step.holds == holds && !step.is_for_some()).map(|step| step.text.clone())
}
