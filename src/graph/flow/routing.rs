//! For each routing action, what it may name.

use rustc_hash::FxHashMap;

use super::mentions::{INPUTS, kind_of};
use super::reader::{Others, RESOURCE, Reader};
use super::value::{FlowIn, Found, Key, Unknown, Value, Values, Why};
use crate::graph::{Graph, NodeId};
use crate::metadata::{
    Flow, FlowActionCall, FlowSubflow, Name, Queue, QueueRoutingConfig, Requirement, Requirements, RoutingAction,
    Scalar, ServiceChannel, Skill, Spanned, Typed, merge_field,
};
use crate::schema::Kind;
use crate::source::{FileId, Location, Span};
use crate::text::is_record_id;

/// A routing action of a flow, and what it may name.
#[derive(Clone, Debug)]
pub struct Routing {
    /// What it is.
    pub action: RoutingAction,
    /// The file of the flow.
    pub file: FileId,
    /// The start tag of the action.
    pub span: Span,
    /// The service channels.
    pub channels: Targets,
    /// The queues.
    pub queues: Targets,
    /// The routing configurations.
    pub configs: Targets,
    /// The reps.
    pub agents: Targets,
    /// The bots and AI agents.
    pub bots: Targets,
    /// The skills: of Add Skill Requirements those that it adds, of others those that the collection holds.
    pub skills: SkillsAsked,
}

impl Routing {
    /// What the inputs for components of a kind may name; none for a kind that no input takes.
    pub const fn targets(&self, kind: Kind) -> Option<&Targets> {
        match kind {
            Kind::ServiceChannel => Some(&self.channels),
            Kind::Queue => Some(&self.queues),
            Kind::QueueRoutingConfig => Some(&self.configs),
            Kind::User => Some(&self.agents),
            Kind::Bot => Some(&self.bots),
            _ => None,
        }
    }
}

/// What an input may name. Without anything known or unknown the input is not given.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// What it may name.
    pub known: Vec<Target>,
    /// What else it may be; nothing if all that it may name is known.
    pub unknown: Vec<Unknown>,
    /// The record Ids among what it may be.
    pub ids: Vec<IdGiven>,
    /// Labels by which it is looked up, or that stand beside a record Id, and that no component, or more than one, has.
    pub strange_labels: Vec<(Box<str>, Location)>,
}

/// A record Id that an input may be.
#[derive(Clone, Debug)]
pub struct IdGiven {
    /// The Id.
    pub id: Box<str>,
    /// The label beside it.
    pub label: Option<Box<str>>,
    /// What has that label, if it is one component of the project.
    pub node: Option<NodeId>,
    /// Where it is written.
    pub at: Location,
}

/// Something that an input may name.
#[derive(Clone, Debug)]
pub struct Target {
    /// Its node; none if nothing of that name is known.
    pub node: Option<NodeId>,
    /// Its name, as it is written; of a record Id with a label, the name of what has the label.
    pub name: Box<str>,
    /// How it is named.
    pub by: By,
    /// Where.
    pub at: Location,
}

/// How something is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// By its name.
    Name,
    /// By its label: that of a look-up, or that beside a record Id.
    Label,
}

/// The skills that a collection of skill requirements may hold.
#[derive(Clone, Debug, Default)]
pub struct SkillsAsked {
    /// The skills.
    pub asked: Vec<SkillAsked>,
    /// What else it may hold.
    pub unknown: Vec<Unknown>,
}

/// A skill that a flow asks for.
#[derive(Clone, Debug)]
pub struct SkillAsked {
    /// The skill; several if it depends on the flow's data.
    pub skill: Targets,
    /// The least level, if it is a number.
    pub level: Option<f64>,
    /// The order in which it is dropped, if it is a number.
    pub priority: Option<f64>,
    /// Whether work can do without it after a while; none if the flow computes that.
    pub additional: Option<bool>,
    /// Where it is asked for.
    pub at: Location,
}

impl Targets {
    /// True if the input says something, whatever it is.
    pub fn is_given(&self) -> bool {
        !self.known.is_empty() || !self.unknown.is_empty()
    }

    /// True if all that the input may name is known.
    pub fn is_complete(&self) -> bool {
        !self.known.is_empty() && self.unknown.is_empty()
    }

    /// The nodes that the input may name, each once.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> {
        let mut nodes: Vec<NodeId> = self.known.iter().filter_map(|target| target.node).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes.into_iter()
    }
}

/// What every routing action of the project may name, in the order of the flows' paths and of their actions.
pub(in crate::graph) fn routings(graph: &Graph) -> Vec<Routing> {
    let flows = graph.all::<Flow>().filter(|flow| flow.value.routing_actions().next().is_some());
    let flows: Vec<_> = flows.collect();
    if flows.is_empty() {
        return Vec::new();
    }
    let project = Project::of(graph);
    let of_flow = flows.into_iter().flat_map(|item| {
        let flow = FlowIn { flow: item.value, file: item.component.file, name: graph.name(item.node) };
        item.value.routing_actions().map(move |(kind, action)| (flow, kind, action))
    });
    of_flow.map(|(flow, kind, action)| project.routing(flow, kind, action)).collect()
}

/// All flows, and what labels belong to.
struct Project<'g> {
    graph: &'g Graph,
    /// Where each flow is run by others, by its name in lower case.
    calls: FxHashMap<String, Vec<(FlowIn<'g>, &'g FlowSubflow)>>,
    /// The component with a label, if there is only one.
    labels: FxHashMap<(Kind, String), Option<NodeId>>,
}

impl<'g> Others<'g> for Project<'g> {
    fn flow(&self, name: &str) -> Option<FlowIn<'g>> {
        let item = self.graph.get::<Flow>(self.graph.find(Kind::Flow, name)?)?;
        // Of a flow that could not be read whole, what it gives is not known.
        let is_whole = !self.graph.may_hold(item.component, &[]);
        is_whole.then(|| FlowIn { flow: item.value, file: item.component.file, name: self.graph.name(item.node) })
    }

    fn calls(&self, name: &str) -> &[(FlowIn<'g>, &'g FlowSubflow)] {
        self.calls.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }
}

impl<'g> Project<'g> {
    fn of(graph: &'g Graph) -> Self {
        let mut project = Self { graph, calls: FxHashMap::default(), labels: FxHashMap::default() };
        for item in graph.all::<Flow>() {
            let caller = FlowIn { flow: item.value, file: item.component.file, name: graph.name(item.node) };
            for subflow in &item.value.subflows {
                let Some(name) = subflow.flow.get() else { continue };
                project.calls.entry(name.to_lowercase()).or_default().push((caller, subflow));
            }
        }
        project.label(|queue: &Queue| &queue.name);
        project.label(|config: &QueueRoutingConfig| &config.label);
        project.label(|channel: &ServiceChannel| &channel.label);
        project.label(|skill: &Skill| &skill.label);
        project
    }

    fn label<T: Typed + 'g>(&mut self, label: fn(&T) -> &Scalar<Name>) {
        for item in self.graph.all::<T>() {
            let Some(label) = label(item.value).get() else { continue };
            let known = self.labels.entry((T::KIND, label.to_lowercase())).or_insert(Some(item.node));
            if *known != Some(item.node) {
                *known = None;
            }
        }
    }

    fn labelled(&self, kind: Kind, label: &str) -> Option<NodeId> {
        self.labels.get(&(kind, label.to_lowercase())).copied().flatten()
    }

    fn routing(&self, flow: FlowIn<'g>, kind: RoutingAction, action: &'g FlowActionCall) -> Routing {
        let input = |of: Kind| {
            let mut all = Targets::default();
            for (input, ..) in INPUTS.iter().filter(|(_, kind, _)| *kind == of) {
                all.add(self.targets(flow, action, input, of));
            }
            all
        };
        let by_name = self.targets(flow, action, "serviceChannelDevName", Kind::ServiceChannel);
        let skills = match kind {
            RoutingAction::AddSkillRequirements => self.adds(flow, action),
            _ => self.skills(flow, action),
        };
        Routing {
            action: kind,
            file: flow.file,
            span: action.span,
            channels: if by_name.is_given() { by_name } else { input(Kind::ServiceChannel) },
            queues: input(Kind::Queue),
            configs: input(Kind::QueueRoutingConfig),
            agents: input(Kind::User),
            bots: input(Kind::Bot),
            skills,
        }
    }

    /// What an input may name.
    fn targets(&self, flow: FlowIn<'g>, action: &'g FlowActionCall, input: &str, kind: Kind) -> Targets {
        let Some(value) = action.input(input).filter(|_| action.is_given(input)) else { return Targets::default() };
        let values = Reader::new(self).value(flow, value);
        // Flow Builder keeps the label beside the Id: `queueLabel` beside `queueId`.
        let beside = input.strip_suffix("Id").and_then(|stem| action.text(&format!("{stem}Label")));
        self.resolve(kind, values, beside.map(|label| &*label.value))
    }

    fn resolve(&self, kind: Kind, values: Values<'g>, beside: Option<&str>) -> Targets {
        let mut targets = Targets { unknown: values.unknown, ..Targets::default() };
        for value in values.known {
            self.take(kind, value, beside, &mut targets);
        }
        targets
    }

    /// Adds what a value names.
    fn take(&self, kind: Kind, value: Value<'g>, beside: Option<&str>, into: &mut Targets) {
        match value {
            Value::Found(Found { field: Key::Id, text, at, .. }) | Value::Text(text, at) if is_record_id(text) => {
                self.take_id(kind, (text, at), beside, into);
            }
            Value::Setup(name, at) | Value::Text(name, at) => self.take_name(kind, name, at, into),
            Value::Found(found) if kind_of(&found).is_none_or(|(known, _)| known != kind) => {
                into.fail(Why::OtherType, found.at);
            }
            Value::Found(Found { field, text, at, .. }) => match field {
                Key::DeveloperName | Key::Username => self.take_name(kind, text, at, into),
                Key::Label => self.take_label(kind, text, at, into),
                Key::Id => into.fail(Why::LookUp, at),
            },
            Value::Adds(flow, action) => into.fail(Why::Element, flow.at(action.span)),
            Value::Built(flow, _) => into.fail(Why::Element, flow.at(Span::default())),
        }
    }

    fn take_name(&self, kind: Kind, name: &str, at: Location, into: &mut Targets) {
        into.put(Target { node: self.graph.find(kind, name), name: name.into(), by: By::Name, at });
    }

    fn take_label(&self, kind: Kind, label: &str, at: Location, into: &mut Targets) {
        if let Some(node) = self.labelled(kind, label) {
            into.put(Target { node: Some(node), name: self.graph.name(node).into(), by: By::Label, at });
        } else {
            into.strange_labels.push((label.into(), at));
            into.fail(Why::OtherLabel, at);
        }
    }

    fn take_id(&self, kind: Kind, (id, at): (&str, Location), beside: Option<&str>, into: &mut Targets) {
        let node = beside.and_then(|label| self.labelled(kind, label));
        into.ids.push(IdGiven { id: id.into(), label: beside.map(Into::into), node, at });
        match beside {
            Some(label) => self.take_label(kind, label, at, into),
            None => into.fail(Why::RecordId, at),
        }
    }

    /// The skills that the collection holds that a routing action is given.
    fn skills(&self, flow: FlowIn<'g>, action: &'g FlowActionCall) -> SkillsAsked {
        let Some(value) = action.input(RESOURCE).filter(|_| action.is_given(RESOURCE)) else {
            return SkillsAsked::default();
        };
        let values = Reader::new(self).value(flow, value);
        let mut skills = SkillsAsked { asked: Vec::new(), unknown: values.unknown };
        let mut seen: Vec<Location> = Vec::new();
        for value in values.known {
            match value {
                Value::Adds(of, action) if !seen.contains(&of.at(action.span)) => {
                    seen.push(of.at(action.span));
                    let added = self.adds(of, action);
                    skills.asked.extend(added.asked);
                    skills.unknown.extend(added.unknown);
                }
                Value::Adds(..) => {}
                Value::Built(of, variable) => skills.asked.push(self.built(of, variable)),
                Value::Text(_, at) | Value::Setup(_, at) | Value::Found(Found { at, .. }) => {
                    skills.unknown.push(Unknown { why: Why::Element, at });
                }
            }
        }
        skills.unknown.sort_unstable();
        skills.unknown.dedup();
        skills
    }

    /// A requirement that is put together in a variable.
    fn built(&self, flow: FlowIn<'g>, variable: &'g str) -> SkillAsked {
        let own = flow.flow.variables.iter().find(|known| known.name.get().is_some_and(|name| **name == *variable));
        let at = flow.at(own.map_or(Span::default(), |variable| variable.span));
        let skill = Reader::new(self).built(flow, variable, "SkillId", at);
        SkillAsked { skill: self.resolve(Kind::Skill, skill, None), level: None, priority: None, additional: None, at }
    }

    /// The skills that an Add Skill Requirements action adds.
    fn adds(&self, flow: FlowIn<'g>, action: &'g FlowActionCall) -> SkillsAsked {
        let unknown = |why, span| {
            let unknown = vec![Unknown { why, at: flow.at(span) }];
            SkillsAsked { asked: Vec::new(), unknown }
        };
        match action.requirements() {
            Some(Requirements::Listed(listed)) => SkillsAsked {
                asked: listed.iter().map(|requirement| self.asked(flow, action, requirement)).collect(),
                unknown: Vec::new(),
            },
            Some(Requirements::Unreadable(span, _)) => unknown(Why::Computed, span),
            None if action.is_given("skillRequirement") => unknown(Why::Computed, action.span),
            None => SkillsAsked::default(),
        }
    }

    fn asked(&self, flow: FlowIn<'g>, action: &'g FlowActionCall, requirement: &Requirement) -> SkillAsked {
        let number = |text: &Option<Spanned<Name>>| text.as_ref().and_then(|text| text.value.trim().parse().ok());
        SkillAsked {
            skill: self.skill(flow, action, requirement),
            level: number(&requirement.level),
            priority: number(&requirement.priority),
            additional: match requirement.additional.as_ref().map(|text| &*text.value) {
                None | Some("false") => Some(false),
                Some("true") => Some(true),
                Some(_) => None,
            },
            at: flow.at(requirement.span),
        }
    }

    fn skill(&self, flow: FlowIn<'g>, action: &'g FlowActionCall, requirement: &Requirement) -> Targets {
        let mut targets = Targets::default();
        let label = requirement.label.as_ref().map(|label| &*label.value);
        if let Some(name) = requirement.name.as_ref().filter(|name| !name.value.contains("{!")) {
            self.take_name(Kind::Skill, &name.value, flow.at(name.span), &mut targets);
            return targets;
        }
        let Some(id) = &requirement.id else {
            targets.fail(Why::Unset, flow.at(requirement.span));
            return targets;
        };
        let at = flow.at(id.span);
        if is_record_id(&id.value) {
            self.take_id(Kind::Skill, (&id.value, at), label, &mut targets);
        } else if !id.value.contains("{!") {
            self.take_name(Kind::Skill, &id.value, at, &mut targets);
        } else if let Some(field) = merge_field_in(action, &id.value) {
            return self.resolve(Kind::Skill, Reader::new(self).reference(flow, field, at), label);
        } else {
            targets.fail(Why::Computed, at);
        }
        targets
    }
}

/// What the merge field names that is all of a part of an action's text. It is taken from there, because that lasts as
/// long as the graph.
fn merge_field_in<'g>(action: &'g FlowActionCall, part: &str) -> Option<&'g str> {
    let text = &action.text("skillRequirement")?.value;
    let (_, name) = merge_field(part.trim())?;
    let start = text.find(name)?;
    text.get(start..start + name.len())
}

impl Targets {
    fn add(&mut self, other: Self) {
        other.known.into_iter().for_each(|target| self.put(target));
        other.unknown.into_iter().for_each(|unknown| self.fail(unknown.why, unknown.at));
        self.ids.extend(other.ids);
        self.strange_labels.extend(other.strange_labels);
    }

    fn fail(&mut self, why: Why, at: Location) {
        let unknown = Unknown { why, at };
        if !self.unknown.contains(&unknown) {
            self.unknown.push(unknown);
        }
    }

    /// Adds a target, unless the same place names it already.
    fn put(&mut self, target: Target) {
        if !self.known.iter().any(|known| known.at == target.at && known.name == target.name) {
            self.known.push(target);
        }
    }
}
