//! The answer from a routing plan: by the runtime's own rules.

use std::collections::BTreeMap;

use super::super::Failure;
use super::names::{self, Names};
use super::question::{Question, Record, SkillArg, Subject};
use super::report::{Answer, Fact, Place, RepGroup, Source, StepRow, WhyReport, WorkAnswer};
use super::words::Head;
use crate::answers::Who;
use crate::plan::{Members, Plan, RouteWork, SkillLevel};
use crate::runtime::{
    Among, CanTake, FlowRoute, Name, Never, NotKnown, NotRouted, Prospect, Prospects, Refusal, Route, RoutedWork,
    RoutingOptions, Runtime, SkillNeed, What, WorkAsked,
};
use crate::text::markdown::code;
use crate::text::{count, list, units};

/// How many names a sentence lists.
const NAMES: usize = 5;

/// Answers a question from a plan.
pub(super) fn answer(plan: &Plan, question: &Question) -> Result<WhyReport, Failure> {
    let runtime = Runtime::new(plan, RoutingOptions::default())
        .map_err(|error| Failure::new(error.to_string()).with_help("compile the project again"))?;
    let mut finder = Finder { plan, runtime: &runtime, question, report: WhyReport::new(Source::Plan) };
    finder.check_names()?;
    finder.find()?;
    let mut report = finder.report;
    if report.works.iter().any(|work| work.answer == Answer::No) {
        report.notes.push("what would help is said of a project: ask the same with its path".to_owned());
    }
    Ok(report)
}

struct Finder<'a> {
    plan: &'a Plan,
    runtime: &'a Runtime,
    question: &'a Question,
    report: WhyReport,
}

impl<'a> Finder<'a> {
    fn check_names(&self) -> Result<(), Failure> {
        let Question { agent, skills, status, .. } = self.question;
        if let Some(agent) = agent {
            self.check(What::Agent, agent, "rep", "--agent")?;
        }
        if let Some(status) = status {
            self.check(What::PresenceStatus, status, "presence status", "--status")?;
        }
        skills.iter().try_for_each(|SkillArg { name, .. }| self.check(What::Skill, name, "skill", "--skills"))
    }

    fn check(&self, what: What, name: &str, noun: &str, flag: &str) -> Result<(), Failure> {
        let names = self.runtime.names(what);
        if names.iter().any(|known| known == name) {
            return Ok(());
        }
        let all: Vec<&str> = names.iter().map(Name::as_str).collect();
        let names = Names { whose: "the plan", noun, flag };
        Err(if what == What::Agent { names.unknown_user(name, &all) } else { names.unknown(name, None, &all) })
    }

    fn find(&mut self) -> Result<(), Failure> {
        match &self.question.subject {
            Subject::Queue(queue) => {
                self.check(What::Queue, queue, "queue", "--queue")?;
                self.queue(queue, None);
            }
            Subject::Object(object) => {
                let objects = self.runtime.routed_objects(None);
                if !objects.iter().any(|known| known == object) {
                    let all: Vec<&str> = objects.iter().map(Name::as_str).collect();
                    return Err(
                        Names { whose: "the plan", noun: "object", flag: "--object" }.unknown(object, None, &all)
                    );
                }
                self.object(object);
            }
            Subject::Flow(flow) => {
                let rows: Vec<&RouteWork> = self.flow_rows(|row| row.flow.eq_ignore_ascii_case(flow));
                if rows.is_empty() {
                    let all: Vec<&str> = self.plan.tables.route_works.iter().map(|row| row.flow.as_str()).collect();
                    let names = Names { whose: "the plan", noun: "flow that hands work over", flag: "--flow" };
                    return Err(names.unknown(flow, None, &all));
                }
                self.actions(&rows);
            }
            Subject::Record(record) => self.record(record),
        }
        Ok(())
    }

    fn flow_rows(&self, wanted: impl Fn(&RouteWork) -> bool) -> Vec<&'a RouteWork> {
        self.plan.tables.route_works.iter().filter(|row| wanted(row)).collect()
    }

    fn record(&mut self, record: &Record) {
        self.report.notes.extend(record.unused.iter().cloned());
        let queues = self.runtime.names(What::Queue);
        let labels = self.plan.display.as_ref().map(|display| &display.queues);
        let labelled = |owner: &str| {
            let mut found = labels
                .into_iter()
                .flatten()
                .filter(|(_, seen)| seen.label.as_ref().is_some_and(|label| label.eq_ignore_ascii_case(owner)));
            let first = found.next().map(|(name, _)| name.clone());
            first.filter(|_| found.next().is_none())
        };
        let named = |owner: &String| queues.iter().find(|queue| *queue == owner).cloned().or_else(|| labelled(owner));
        if let Some(queue) = record.owners.iter().find_map(named).filter(|_| !record.is_of_user) {
            self.queue(&queue, Some(&record.object));
        } else {
            self.report.notes.push(names::owner(record));
            self.object(&record.object);
        }
    }

    fn object(&mut self, object: &str) {
        let tables = &self.plan.tables;
        let holds = |row: &&crate::plan::Queue| row.objects.iter().any(|held| held.object == object);
        let queues: Vec<&crate::plan::Queue> = tables.queues.iter().filter(holds).collect();
        for row in queues.iter().filter(|row| row.routing_configuration.is_some()) {
            self.queue(&row.name, Some(object));
        }
        let channels: Vec<&Name> =
            tables.channels.iter().filter(|row| row.object.as_deref() == Some(object)).map(|row| &row.name).collect();
        let rows =
            self.flow_rows(|row| row.active && row.may.channels.named.iter().any(|name| channels.contains(&name)));
        self.actions(&rows);
        if self.report.works.is_empty() {
            let text =
                format!("no routed queue of the plan holds {}, and no flow that runs hands it over", code(object));
            self.report.notes.push(text);
        }
    }

    /// The work of a queue, of one of its objects or of each.
    fn queue(&mut self, queue: &str, only: Option<&str>) {
        let tables = &self.plan.tables;
        let Some((number, row)) = (0..).zip(&tables.queues).find(|(_, row)| row.name == queue) else { return };
        let place = self.origin("queues", number);
        let mut objects: Vec<Name> = row.objects.iter().map(|held| held.object.clone()).collect();
        objects.retain(|object| only.is_none_or(|only| object == only));
        let from = code(queue);
        let config = row.routing_configuration.as_ref();
        let configs = &self.plan.tables.routing_configurations;
        let is_by_skills =
            config.and_then(|name| configs.iter().find(|row| row.name == *name)).is_some_and(|row| row.attribute_based);
        if objects.is_empty() {
            let text = format!("the queue {from} holds no object, so no work comes into it");
            let stop = self.stopped(&from, Vec::new(), "carried", Answer::No, text, place);
            self.report.works.push(WorkAnswer { queue: Some(queue.to_owned()), ..stop });
            return;
        }
        let mut works: Vec<WorkAnswer> = Vec::new();
        for object in &objects {
            let asked = self.asked(object.clone(), Route::Queue(queue.into()));
            let work = self.work(&asked, &from, place.clone());
            let is_asked = work.answer != Answer::No || !work.reps.is_empty();
            let unseen = if work.complete || !is_asked || self.question.agent.is_some() || is_by_skills {
                Vec::new()
            } else {
                unseen(row, self.plan.tables.agents.is_some(), place.clone())
            };
            works.push(WorkAnswer { queue: Some(queue.to_owned()), unseen, ..work });
        }
        // What stops the work of each object alike is told once.
        let reason =
            |work: &WorkAnswer| work.steps.first().map(|step| (step.condition.clone(), step.fact.text.clone()));
        let first = works.first().and_then(reason);
        if let (Some((condition, text)), [one, _, ..]) = (first, works.as_slice())
            && works.iter().all(|work| reason(work) == reason(one))
        {
            let objects = objects.iter().map(ToString::to_string).collect();
            let stop = self.stopped(&from, objects, &condition, one.answer, text, place);
            works = vec![WorkAnswer { queue: Some(queue.to_owned()), ..stop }];
        }
        self.report.works.extend(works);
    }

    fn actions(&mut self, rows: &[&'a RouteWork]) {
        if let Some(row) = rows.first().filter(|row| !row.active) {
            let flow = code(&row.flow);
            self.report.notes.push(format!("the flow {flow} is not active, so it hands no work over now"));
            return;
        }
        for &row in rows {
            let from = format!("the action {} of the flow {}", code(&row.action), code(&row.flow));
            let channel = row.may.channels.only();
            let channels = &self.plan.tables.channels;
            let object = channel.and_then(|name| channels.iter().find(|known| known.name == *name)?.object.clone());
            let Some(object) = object else {
                self.report.notes.push(format!("{from}: the service channel that it names is not known"));
                continue;
            };
            let route = Route::Flow(FlowRoute { flow: row.flow.clone(), action: Some(row.action.clone()) });
            let asked = self.asked(object, route);
            if let Err(Refusal::FlowNotFollowed { problem, .. }) = self.runtime.prospects(&asked, Among::Everybody) {
                self.report.notes.push(format!("{from} {problem}"));
                continue;
            }
            let number = self.plan.tables.route_works.iter().position(|known| known == row);
            let place = number.and_then(|number| self.origin("route_works", number));
            let work = self.work(&asked, &from, place);
            let (flow, action) = (Some(row.flow.to_string()), Some(row.action.to_string()));
            self.report.works.push(WorkAnswer { flow, action, ..work });
        }
    }

    fn asked(&self, object: Name, route: Route) -> WorkAsked {
        let Question { fields, skills, status, capacity, .. } = self.question;
        let named = |(field, value): (&String, &String)| (Name::from(field.as_str()), Name::from(value.as_str()));
        let skill = |SkillArg { name, level }: &SkillArg| SkillNeed {
            skill_id: name.as_str().into(),
            skill_level: level.map(SkillLevel::from_level),
            is_additional_skill: false,
            skill_priority: None,
        };
        WorkAsked {
            object,
            fields: fields.as_ref().map(|fields| fields.iter().map(named).collect()),
            route,
            skills: skills.iter().map(skill).collect(),
            status: status.as_deref().map(Name::from),
            free: *capacity,
        }
    }

    fn work(&self, asked: &WorkAsked, from: &str, place: Option<Place>) -> WorkAnswer {
        let only = self.question.agent.as_deref().map(Name::from);
        let objects = vec![asked.object.to_string()];
        let prospects = match self.runtime.prospects(asked, only.as_ref().map_or(Among::Everybody, Among::Only)) {
            Ok(prospects) => prospects,
            Err(refusal) => {
                let (answer, text) = match &refusal {
                    Refusal::NoRoutingConfiguration { name } => {
                        let text = format!("the plan does not have the routing configuration {} whole", code(name));
                        (Answer::Unknown, text)
                    }
                    _ => (Answer::No, refusal.to_string()),
                };
                return self.stopped(from, objects, "routed", answer, text, place);
            }
        };
        match prospects {
            Prospects::Left { queue, reason } => {
                let (condition, text) = match reason {
                    NotRouted::OmniChannelOff => {
                        ("switchedOn", "Omni-Channel is switched off in the project's settings".to_owned())
                    }
                    NotRouted::NoRoutingConfiguration => {
                        let queue = code(&queue);
                        let text = format!(
                            "the queue {queue} has no routing configuration, so Omni-Channel does not push its work"
                        );
                        ("routed", text)
                    }
                    NotRouted::NoServiceChannel => {
                        let object = code(&asked.object);
                        ("carried", format!("no service channel of the project carries {object}"))
                    }
                };
                let is_elsewhere = reason == NotRouted::NoServiceChannel && self.plan.tables.channels.is_empty();
                let answer = if is_elsewhere { Answer::Unknown } else { Answer::No };
                self.stopped(from, objects, condition, answer, text, place)
            }
            Prospects::External { routing_configuration } => {
                let name = routing_configuration.map(|name| code(&name)).unwrap_or_default();
                let text =
                    format!("{name} routes by `EXTERNAL_ROUTING`: a partner's system decides who is offered the work");
                self.stopped(from, objects, "model", Answer::Unknown, text, place)
            }
            Prospects::Routed(routed) => self.routed(&routed, from, objects),
        }
    }

    /// Work of which nothing can be said of reps, whoever they are.
    fn stopped(
        &self,
        from: &str,
        objects: Vec<String>,
        condition: &str,
        answer: Answer,
        text: String,
        place: Option<Place>,
    ) -> WorkAnswer {
        let head = Head {
            from: from.to_owned(),
            objects: objects.clone(),
            noun: "rep",
            yes: 0,
            some: 0,
            unknown: 0,
            no: 0,
            complete: true,
            agent: self.question.agent.as_deref().map(code),
            answer,
            reason: Some(text.clone()),
            is_stopped: true,
        };
        WorkAnswer {
            queue: None,
            flow: None,
            action: None,
            objects,
            answer,
            summary: head.sentence(),
            complete: true,
            steps: vec![StepRow { condition: condition.to_owned(), holds: answer, fact: Fact { text, place } }],
            reps: Vec::new(),
            unseen: Vec::new(),
            ways: Vec::new(),
        }
    }

    fn routed(&self, routed: &RoutedWork, from: &str, objects: Vec<String>) -> WorkAnswer {
        let agent = self.question.agent.as_deref();
        let noun = if routed.by_skills || agent.is_some() { "rep" } else { "member" };
        let depends = routed.by_skills && self.question.fields.is_none() && self.has_rules(&objects);
        let mut found: BTreeMap<(Answer, String), Vec<&Prospect>> = BTreeMap::new();
        for prospect in &routed.agents {
            let (answer, _, text) = self.told(routed, prospect, &Who::they(), depends);
            found.entry((answer, text)).or_default().push(prospect);
        }
        let mut reps: Vec<RepGroup> = found.into_values().map(|of| self.group(routed, &of, noun, depends)).collect();
        reps.sort_by(|a, b| (a.answer, b.users.len(), &a.users).cmp(&(b.answer, a.users.len(), &b.users)));
        let number = |answer: Answer| -> usize {
            reps.iter().filter(|group| group.answer == answer).map(|group| group.users.len()).sum()
        };
        let row = self.plan.tables.queues.iter().find(|row| code(&row.name) == from);
        let complete = if routed.by_skills { self.plan.tables.agents.is_some() } else { row.is_none_or(knows_members) };
        let best = reps.iter().map(|group| group.answer).min();
        let answer = match best {
            None | Some(Answer::No) if !complete && agent.is_none() => Answer::Unknown,
            best => best.unwrap_or(Answer::No),
        };
        let reason = match reps.as_slice() {
            [only] => Some(only.fact.text.clone()).filter(|_| only.answer != Answer::Yes),
            [] if !complete => Some("who they are is not in the plan: compile it with records of the org".to_owned()),
            [] => Some(if routed.by_skills { "the plan has no reps" } else { "it has no members" }.to_owned()),
            _ => None,
        };
        let head = Head {
            from: from.to_owned(),
            objects: objects.clone(),
            noun,
            yes: number(Answer::Yes),
            some: number(Answer::Some),
            unknown: number(Answer::Unknown),
            no: number(Answer::No),
            complete,
            agent: agent.map(code),
            answer,
            reason,
            is_stopped: reps.is_empty(),
        };
        WorkAnswer {
            queue: None,
            flow: None,
            action: None,
            objects,
            answer,
            summary: head.sentence(),
            complete,
            steps: Vec::new(),
            reps,
            unseen: Vec::new(),
            ways: Vec::new(),
        }
    }

    fn has_rules(&self, objects: &[String]) -> bool {
        self.plan
            .tables
            .skill_rules
            .iter()
            .any(|rule| rule.active && objects.iter().any(|object| rule.object == object))
    }

    fn group(&self, routed: &RoutedWork, of: &[&Prospect], noun: &str, depends: bool) -> RepGroup {
        let users: Vec<String> = of.iter().map(|prospect| prospect.user.to_string()).collect();
        let who = match of {
            [one] => Who::one(code(&one.user)),
            many => Who::many(count(many.len(), noun)),
        };
        let Some(first) = of.first() else {
            return RepGroup {
                answer: Answer::Unknown,
                condition: None,
                fact: Fact { text: String::new(), place: None },
                users,
            };
        };
        let (answer, condition, text) = self.told(routed, first, &who, depends);
        let place = self.place_of(routed, condition, &first.user);
        RepGroup { answer, condition: condition.map(str::to_owned), fact: Fact { text, place }, users }
    }

    /// Where the plan says so: what decides is in the row of the routing configuration, of a status or of the agent.
    fn place_of(&self, routed: &RoutedWork, condition: Option<&str>, user: &str) -> Option<Place> {
        let tables = &self.plan.tables;
        match condition {
            None | Some("status") => {
                let status = routed.statuses.first()?;
                self.origin("presence_statuses", tables.presence_statuses.iter().position(|row| row.name == *status)?)
            }
            Some("room" | "governed") => {
                let config = routed.routing_configuration.as_ref()?;
                let number = tables.routing_configurations.iter().position(|row| row.name == *config)?;
                self.origin("routing_configurations", number)
            }
            Some("active" | "skill") => {
                let agents = tables.agents.as_ref()?;
                self.origin("agents", agents.iter().position(|row| row.user == user)?)
            }
            Some(_) => None,
        }
    }

    fn origin(&self, table: &str, number: usize) -> Option<Place> {
        let origin = self.plan.provenance.as_ref()?.get(table)?.get(number)?;
        let (file, line) = (origin.file.clone(), origin.line);
        let file = file.to_string();
        Some(Place { shown: file.clone(), file, line, column: None, excerpt: None })
    }

    /// The answer for one agent: the condition that fails, and why.
    fn told(
        &self,
        routed: &RoutedWork,
        prospect: &Prospect,
        who: &Who,
        depends: bool,
    ) -> (Answer, Option<&'static str>, String) {
        let statuses = list(&routed.statuses, NAMES);
        let such_as = if routed.statuses.is_empty() { String::new() } else { format!(", such as {statuses}") };
        match &prospect.answer {
            CanTake::Yes { .. } if depends => {
                let text = "skill mapping sets ask for more skills, by the values of fields: give them with `--field`";
                (Answer::Some, Some("skill"), text.to_owned())
            }
            CanTake::Yes { late } => {
                let text = match &self.question.status {
                    Some(status) => format!("in {}", code(status)),
                    None => format!("while online in a presence status that offers {}", code(&routed.channel)),
                };
                let late = routed.lets_go_after.filter(|_| *late).map_or_else(String::new, |seconds| {
                    format!(", once additional skills are let go after {seconds} s")
                });
                (Answer::Yes, None, format!("{text}{late}"))
            }
            CanTake::No(never) => {
                let (condition, text) = never_in_words(never, who, &such_as);
                (Answer::No, Some(condition), text)
            }
            CanTake::Unknown(unknown) => {
                let (condition, text) = not_known_in_words(unknown, who, &such_as);
                (Answer::Unknown, Some(condition), text)
            }
        }
    }
}

fn never_in_words(never: &Never, who: &Who, such_as: &str) -> (&'static str, String) {
    match never {
        Never::Inactive {} => {
            ("active", format!("{} not active, and {} no work", who.is(), who.form("receives", "receive")))
        }
        Never::NotMember { queue } => {
            ("member", format!("{} not {} of the queue {}", who.is(), who.form("a member", "members"), code(queue)))
        }
        Never::LacksSkill { skill } => {
            ("skill", format!("{} not have the skill {}, which the work needs", who.verb("does", "do"), code(skill)))
        }
        Never::SkillLevel { skill, needs, held } => (
            "skill",
            format!("{} the skill {} at level {held} only, and the work needs {needs}", who.has(), code(skill)),
        ),
        Never::NotOffered { channel } => {
            ("offered", format!("no presence status that is asked about offers {}", code(channel)))
        }
        Never::NotGranted { channel } => {
            ("status", format!("{} granted no presence status that offers {}{such_as}", who.is(), code(channel)))
        }
        Never::NoRoom { needs, capacity } => {
            let (needs, capacity) = (units(needs.as_f64()), units(capacity.as_f64()));
            ("room", format!("an item takes {needs}, and {} {capacity}: it never fits", who.has()))
        }
    }
}

fn not_known_in_words(unknown: &NotKnown, who: &Who, such_as: &str) -> (&'static str, String) {
    match unknown {
        NotKnown::Skill { skill } => {
            ("skill", format!("whether {} the skill {} is not in the plan", who.has(), code(skill)))
        }
        NotKnown::SkillLevel { skill } => {
            ("skill", format!("at which level {} the skill {} is not in the plan", who.has(), code(skill)))
        }
        NotKnown::Statuses { channel } => {
            ("offered", format!("which presence statuses offer {} is not in the plan", code(channel)))
        }
        NotKnown::Grant { channel } => (
            "status",
            format!(
                "whether {} granted a presence status that offers {}{such_as}, is not in the plan",
                who.is(),
                code(channel)
            ),
        ),
        NotKnown::Capacity {} => ("governed", format!("the capacity of {} is not in the plan", who.name())),
    }
}

/// True if a plan has all members of a queue. Of one without any nothing is known: they may be kept in the org alone.
fn knows_members(row: &crate::plan::Queue) -> bool {
    row.agents_complete && !(row.agents().is_empty() && row.members == Members::default())
}

/// What the plan does not know of a queue's members.
fn unseen(row: &crate::plan::Queue, has_records: bool, place: Option<Place>) -> Vec<Fact> {
    let members = &row.members;
    let groups = members.groups.iter().map(|name| format!("the public group {}", code(name)));
    let roles = members.roles.iter().chain(&members.roles_and_subordinates);
    let roles = roles.chain(&members.roles_and_internal_subordinates).map(|name| format!("the role {}", code(name)));
    let all: Vec<String> = groups.chain(roles).collect();
    let who = match all.as_slice() {
        [] if row.agents().is_empty() => format!("who is a member of {}", code(&row.name)),
        [] => format!("who else is a member of {}", code(&row.name)),
        all => format!("who {}is in {}", if has_records { "else " } else { "" }, all.join(", ")),
    };
    vec![Fact { text: format!("{who} is not in the plan: compile it with records of the org"), place }]
}
