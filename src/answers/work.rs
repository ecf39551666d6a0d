//! Work that somebody asks about: what must be so before any rep can be offered it.

use super::ask::{Ask, AskedSkill};
use super::facts::code;
use super::offered::{SWITCHED_OFF, not_carried, not_offered};
use super::step::{Condition, Holds, Step};
use crate::graph::reach::Carried;
use crate::graph::{Graph, NodeId};
use crate::metadata::{Component, OmniChannelSettings, QueueRoutingConfig};
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{list, nearest};

/// How many names a sentence lists.
pub(super) const NAMES: usize = 5;

/// Among whom Omni-Channel looks for a rep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The members of a queue.
    Members(NodeId),
    /// Everybody with the skills that the work needs; of a queue, if it comes from one.
    Skills(Option<NodeId>),
    /// These reps.
    Reps(Vec<NodeId>),
}

/// Work that a flow hands over, as far as the flow tells.
#[derive(Clone, Debug)]
pub struct FlowWork {
    /// Among whom.
    pub reach: Reach,
    /// The routing configuration, and where the flow names it. None: work for a rep that costs nothing.
    pub config: Option<(NodeId, Location)>,
    /// The service channels; none if they are not known.
    pub channels: Vec<NodeId>,
    /// The skills that the flow asks for.
    pub skills: Vec<AskedSkill>,
    /// Why it is not known which other skills it asks for, if it is not.
    pub skills_unknown: Option<(String, Location)>,
    /// Whether skill mapping sets count.
    pub rules: bool,
    /// The start tag of the action.
    pub place: Location,
}

/// A skill that work needs.
#[derive(Clone, Debug)]
pub(super) struct Need {
    pub(super) skill: NodeId,
    pub(super) level: Option<f64>,
    /// Which work needs it, as in "all work of ...".
    pub(super) whose: String,
    /// Of a need of some of the work: which.
    pub(super) only: Option<String>,
    /// Work can do without it after a while.
    pub(super) additional: bool,
    pub(super) place: Option<Location>,
}

/// Work that somebody asks about.
#[derive(Clone, Debug)]
pub struct Work<'g> {
    pub(super) graph: &'g Graph,
    pub(super) ask: Ask,
    pub(super) reach: Reach,
    pub(super) config: Option<NodeId>,
    /// The steps before it is asked whether the rep is active.
    pub(super) head: Vec<Step>,
    /// Those after it.
    pub(super) tail: Vec<Step>,
    /// That no presence status offers the channels, or that it is not known whether one does.
    pub(super) not_offered: Option<Step>,
    /// False if nothing can be said of any rep.
    pub(super) is_open: bool,
    pub(super) channels: Vec<NodeId>,
    /// The presence statuses in which reps get it.
    pub(super) statuses: Vec<(NodeId, Location)>,
    pub(super) interruptible: Option<bool>,
    pub(super) needs: Vec<Need>,
}

impl<'g> Work<'g> {
    /// The work of a queue.
    pub fn of_queue(graph: &'g Graph, queue: NodeId, ask: Ask) -> Self {
        let config = graph.config_of(queue);
        Self::routed_by(graph, queue, config, ask)
    }

    /// The work of a queue, as if this routing configuration routed it.
    pub(super) fn routed_by(graph: &'g Graph, queue: NodeId, config: Option<(NodeId, Location)>, ask: Ask) -> Self {
        let by_skills = config
            .and_then(|(config, _)| graph.get::<QueueRoutingConfig>(config))
            .is_some_and(|config| config.value.is_attribute_based.is_true());
        let reach = if by_skills { Reach::Skills(Some(queue)) } else { Reach::Members(queue) };
        let mut work = Self::empty(graph, reach, config.map(|(config, _)| config), ask);
        work.head.push(routed(graph, queue, config));
        let Some((config, at)) = config else { return work };
        if !work.choose(config, at) {
            return work;
        }
        let objects: Vec<(NodeId, Location)> =
            graph.objects_of(queue).filter(|(object, _)| work.ask.object.is_none_or(|only| only == *object)).collect();
        let (carried, channels) = carried(graph, queue, &objects);
        work.tail.push(carried);
        work.interruptible = graph.is_queue_interruptible(config, queue);
        work.reach_channels(channels);
        if by_skills {
            let objects: Vec<NodeId> = objects.iter().map(|(object, _)| *object).collect();
            work.need_of_config(config);
            work.need_of_rules(&objects);
        } else {
            work.note_skills_of_members(config);
        }
        work.need_what_is_asked();
        work
    }

    /// The work that an action of a flow hands over.
    pub fn of_flow(graph: &'g Graph, flow: &FlowWork, ask: Ask) -> Self {
        let FlowWork { reach, config, channels, skills, skills_unknown, rules, place } = flow;
        let mut work = Self::empty(graph, reach.clone(), config.map(|(config, _)| config), ask);
        work.head.extend(skills_switched_off(graph));
        if let Some((config, at)) = config {
            let text = format!("the flow routes by {}", code(graph.name(*config)));
            work.head.push(Step::new(Condition::Routed, Holds::Yes, *at, text));
            if !work.choose(*config, *at) {
                return work;
            }
        } else {
            work.is_open = true;
        }
        let on = |channels: &[NodeId]| format!("the flow hands work over on {}", names(graph, channels));
        let (holds, text) = if channels.is_empty() {
            (Holds::Unknown, "the service channel that the flow names is not known".to_owned())
        } else {
            (Holds::Yes, on(channels))
        };
        work.tail.push(Step::new(Condition::Carried, holds, *place, text));
        let mut charged = channels.iter().map(|&channel| graph.is_interruptible((*config)?.0, channel));
        let first = charged.next().flatten();
        work.interruptible = first.filter(|_| charged.all(|other| other == first));
        work.reach_channels(channels.clone());
        if let (Reach::Skills(_), Some((config, _))) = (reach, config) {
            work.need_of_config(*config);
            if *rules {
                let carried = channels.iter().flat_map(|&channel| graph.targets(channel, Role::Carries));
                let objects: Vec<NodeId> = carried.map(|(object, _)| object).collect();
                work.need_of_rules(&objects);
            }
            work.ask.skills.extend(skills.iter().cloned());
            if let Some((why, at)) = skills_unknown {
                let text = format!("which other skills the flow asks for is not known: {why}");
                work.tail.push(Step::new(Condition::SkillsKnown, Holds::Unknown, *at, text));
            }
        }
        work.need_what_is_asked();
        work
    }

    fn empty(graph: &'g Graph, reach: Reach, config: Option<NodeId>, ask: Ask) -> Self {
        Self {
            graph,
            ask,
            reach,
            config,
            head: switched_on(graph).into_iter().collect(),
            tail: Vec::new(),
            not_offered: None,
            is_open: false,
            channels: Vec::new(),
            statuses: Vec::new(),
            interruptible: None,
            needs: Vec::new(),
        }
    }

    /// The steps of the work itself, in the order in which work takes them.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.head.iter().chain(&self.tail).chain(&self.not_offered)
    }

    /// The queue that the work comes from, if it is one.
    pub const fn queue(&self) -> Option<NodeId> {
        match self.reach {
            Reach::Members(queue) | Reach::Skills(Some(queue)) => Some(queue),
            Reach::Skills(None) | Reach::Reps(_) => None,
        }
    }

    /// Among whom Omni-Channel looks for a rep.
    pub const fn reach(&self) -> &Reach {
        &self.reach
    }

    /// True if skills decide, and membership does not.
    pub(super) const fn is_by_skills(&self) -> bool {
        matches!(self.reach, Reach::Skills(_))
    }

    /// True if it is known that no service channel carries the work.
    pub(super) fn is_not_carried(&self) -> bool {
        self.tail.iter().any(|step| step.condition == Condition::Carried && step.holds == Holds::No)
    }

    /// By which model a rep is chosen; false if nothing more can be said.
    fn choose(&mut self, config: NodeId, at: Location) -> bool {
        let step = self.model(config, at);
        self.tail.push(step);
        self.is_open = !self.graph.is_external(config);
        self.is_open
    }

    fn model(&self, config: NodeId, at: Location) -> Step {
        let name = code(self.graph.name(config));
        let unknown = |place: Option<Location>, text: String| Step::new(Condition::Model, Holds::Unknown, place, text);
        let Some(item) = self.graph.get::<QueueRoutingConfig>(config) else {
            let near = nearest(self.graph.name(config), self.graph.names(Kind::QueueRoutingConfig));
            let near = near.map_or_else(String::new, |near| format!(", or write {} if that is meant", code(near)));
            let text = format!("the routing configuration {name} is not among the project's: retrieve it{near}");
            return unknown(Some(at), text);
        };
        let Some(model) = item.value.routing_model.spanned() else {
            let text = format!("the routing model of {name} cannot be read");
            return unknown(Some(item.component.location()), text);
        };
        let place = item.component.at(model.span);
        if self.graph.is_external(config) {
            let text =
                format!("{name} routes by `EXTERNAL_ROUTING`: a partner's system decides who is offered the work");
            return unknown(Some(place), text);
        }
        let by = if self.is_by_skills() { "among reps with the skills" } else { "among the members" };
        let text = format!("Omni-Channel chooses {by}, by `{}`", model.value.as_str());
        Step::new(Condition::Model, Holds::Yes, place, text)
    }

    /// Which presence statuses offer the channels.
    fn reach_channels(&mut self, channels: Vec<NodeId>) {
        let graph = self.graph;
        self.statuses = graph.statuses_for(&channels);
        if !channels.is_empty() && self.statuses.is_empty() {
            let text = not_offered(&names(graph, &channels));
            let place = channels.iter().find_map(|&channel| graph.components_of(channel).next());
            let place = place.map(Component::location);
            self.not_offered = Some(if graph.knows_statuses() {
                Step::new(Condition::Offered, Holds::No, place, text)
            } else {
                Step::new(Condition::Offered, Holds::Unknown, place, format!("{text}: the org may have one"))
            });
        }
        if let Some(status) = self.ask.status {
            let is_offered = self.statuses.iter().any(|(other, _)| *other == status);
            self.statuses.retain(|(other, _)| *other == status);
            if !is_offered && self.not_offered.is_none() && !channels.is_empty() {
                let place = graph.components_of(status).next().map(Component::location);
                let text = format!(
                    "the presence status {} does not offer {}",
                    code(graph.name(status)),
                    names(graph, &channels)
                );
                self.not_offered = Some(Step::new(Condition::Offered, Holds::No, place, text));
            }
        }
        self.channels = channels;
    }

    /// Skills of a routing configuration count where skills decide.
    fn need_of_config(&mut self, config: NodeId) {
        let whose = format!("all work of {}", code(self.graph.name(config)));
        self.needs.extend(self.graph.targets(config, Role::RequiresSkill).map(|(skill, place)| Need {
            skill,
            level: None,
            whose: whose.clone(),
            only: None,
            additional: false,
            place: Some(place),
        }));
    }

    fn note_skills_of_members(&mut self, config: NodeId) {
        let mut skills = self.graph.targets(config, Role::RequiresSkill).peekable();
        let Some(&(_, place)) = skills.peek() else { return };
        let skills: Vec<NodeId> = skills.map(|(skill, _)| skill).collect();
        let text = format!(
            "{} names {}, and is not attribute-based: membership decides",
            code(self.graph.name(config)),
            names(self.graph, &skills)
        );
        self.tail.push(Step::new(Condition::SkillsKnown, Holds::Yes, place, text));
    }

    /// The skills of the mapping sets: of one record those that its values ask for, else all, each for some of the work.
    fn need_of_rules(&mut self, objects: &[NodeId]) {
        for &object in objects {
            for need in self.graph.skills_for(object).into_iter().filter(|need| need.active) {
                let value = need.value.map(|value| format!(" is {}", code(value))).unwrap_or_default();
                let which = format!("whose {}{value}", code(need.field));
                let only = match &self.ask.fields {
                    None => Some(which.clone()),
                    Some(fields) if matches(fields, need.field, need.value) => None,
                    Some(_) => continue,
                };
                self.needs.push(Need {
                    skill: need.skill,
                    level: need.level.map(f64::from),
                    whose: format!("work {which}"),
                    only,
                    additional: need.additional,
                    place: Some(need.location),
                });
            }
        }
    }

    /// The skills of the question; and what is additional while it is required as well is required.
    fn need_what_is_asked(&mut self) {
        self.needs.extend(self.ask.skills.iter().map(|asked| Need {
            skill: asked.skill,
            level: asked.level,
            whose: if asked.place.is_some() { "work of the flow" } else { "this work" }.to_owned(),
            only: None,
            additional: asked.additional,
            place: asked.place,
        }));
        let is_required = |need: &Need| need.only.is_none() && !need.additional;
        let required: Vec<NodeId> = self.needs.iter().filter(|need| is_required(need)).map(|need| need.skill).collect();
        self.needs.retain(|need| !need.additional || !required.contains(&need.skill));
        let is_silent = self.is_by_skills() && self.needs.is_empty() && self.ask.fields.is_none();
        let Some(config) = self.config.filter(|_| is_silent) else { return };
        let place = self.graph.get::<QueueRoutingConfig>(config).map(|item| item.component.location());
        let text = "skills decide, and no skill mapping set of the project says which: a flow may";
        self.tail.push(Step::new(Condition::SkillsKnown, Holds::Unknown, place, text));
    }

    /// After how many seconds additional skills are let go.
    pub(super) fn lets_go_after(&self) -> Option<i32> {
        let config = self.graph.get::<QueueRoutingConfig>(self.config?)?;
        config.value.drop_additional_skills_timeout.get().copied().filter(|&seconds| seconds > 0)
    }
}

/// Names in back-quotes.
pub(super) fn names(graph: &Graph, nodes: &[NodeId]) -> String {
    let mut names: Vec<&str> = nodes.iter().map(|&node| graph.name(node)).collect();
    names.dedup();
    list(names, NAMES)
}

/// Whether a record has the value that a rule asks for. The field may be written with its object.
fn matches(fields: &std::collections::BTreeMap<String, String>, field: &str, value: Option<&str>) -> bool {
    let bare = field.split_once('.').map_or(field, |(_, bare)| bare);
    value.is_some() && fields.get(bare).map(String::as_str) == value
}

/// Said only if it is off: nobody doubts it otherwise.
fn switched_on(graph: &Graph) -> Option<Step> {
    graph.switched_off().map(|place| Step::new(Condition::SwitchedOn, Holds::No, place, SWITCHED_OFF))
}

fn skills_switched_off(graph: &Graph) -> Option<Step> {
    let settings = graph.all::<OmniChannelSettings>().next()?;
    let off = &settings.value.enable_omni_skills_routing;
    let place = off.span().filter(|_| off.is_false()).map(|span| settings.component.at(span))?;
    let text = "Skills-Based and Direct-to-Agent Routing is switched off in the project's settings";
    Some(Step::new(Condition::SwitchedOn, Holds::No, place, text))
}

fn routed(graph: &Graph, queue: NodeId, config: Option<(NodeId, Location)>) -> Step {
    let name = code(graph.name(queue));
    if let Some((config, place)) = config {
        let text = format!("the queue {name} is routed by {}", code(graph.name(config)));
        return Step::new(Condition::Routed, Holds::Yes, place, text);
    }
    let Some(component) = graph.components_of(queue).next() else {
        let text = format!("the queue {name} is not among the project's, so its routing is not known: retrieve it");
        return Step::new(Condition::Routed, Holds::Unknown, None, text);
    };
    let place = component.location();
    if graph.may_hold(component, &["queueRoutingConfig"]) {
        let text = format!("the file of the queue {name} cannot be read to its end, so its routing is not known");
        return Step::new(Condition::Routed, Holds::Unknown, place, text);
    }
    let text = format!("the queue {name} has no routing configuration, so Omni-Channel does not push its work");
    Step::new(Condition::Routed, Holds::No, place, text)
}

/// Whether a queue's work is on a service channel, and on which that the project knows.
fn carried(graph: &Graph, queue: NodeId, objects: &[(NodeId, Location)]) -> (Step, Vec<NodeId>) {
    let place = objects.first().map(|(_, place)| *place);
    let nodes: Vec<NodeId> = objects.iter().map(|(object, _)| *object).collect();
    let all = names(graph, &nodes);
    let step = |holds, place: Option<Location>, text: String| Step::new(Condition::Carried, holds, place, text);
    let missing = |object| not_carried(&code(graph.name(object)));
    match graph.carried_among(objects) {
        Carried::Nothing => {
            let place = graph.components_of(queue).next().map(Component::location);
            let text = format!("the queue {} holds no object, so no work comes into it", code(graph.name(queue)));
            (step(Holds::No, place, text), Vec::new())
        }
        Carried::By(channels) => {
            let text = format!("the queue holds {all}, on {}", names(graph, &channels));
            (step(Holds::Yes, place, text), channels)
        }
        Carried::ByStandard(standard) => {
            let text = format!("the queue holds {all}, on `{standard}`, which every org has");
            (step(Holds::Yes, place, text), Vec::new())
        }
        Carried::Not { object, known: true, .. } => {
            (step(Holds::No, place, format!("{}, so Omni-Channel does not route it", missing(object))), Vec::new())
        }
        Carried::Not { object, .. } => {
            let why = if graph.defines(Kind::ServiceChannel) {
                "of some it is not known what they carry"
            } else {
                "it has none, but the org may have one"
            };
            (step(Holds::Unknown, place, format!("{}; {why}", missing(object))), Vec::new())
        }
    }
}
