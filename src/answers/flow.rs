//! Where the routing actions of a flow lead.

use super::ask::AskedSkill;
use super::facts::code;
use super::work::{FlowWork, Reach};
use crate::graph::{Graph, NodeId, Routing, Targets};
use crate::metadata::{Flow, FlowActionCall, RoutingAction};
use crate::schema::Kind;
use crate::source::Location;

/// A routing action of a flow.
#[derive(Clone, Debug)]
pub struct FlowAction {
    /// The flow.
    pub flow: NodeId,
    /// The name of the action.
    pub action: String,
    /// False if the flow does not run, so that it hands over no work.
    pub is_active: bool,
    /// Its start tag.
    pub place: Location,
    /// The service channels that it may hand work over on.
    pub channels: Vec<NodeId>,
    /// Where the work may go.
    pub leads: Vec<FlowLead>,
}

/// Where work of a flow goes.
#[derive(Clone, Debug)]
pub enum FlowLead {
    /// Into a queue.
    Queue(NodeId),
    /// To reps, without a queue.
    Reps(Box<FlowWork>),
    /// What can be said instead, in a sentence without a full stop, and where.
    Elsewhere(String, Location),
}

/// The routing actions of a flow, in their order.
pub fn actions_of(graph: &Graph, flow: NodeId) -> Vec<FlowAction> {
    let Some(item) = graph.get::<Flow>(flow) else { return Vec::new() };
    let is_active = graph.runs(item);
    let works = item.value.routing_actions().filter(|(kind, _)| *kind == RoutingAction::RouteWork);
    works
        .map(|(_, action)| {
            let place = item.component.at(action.span);
            let routing = graph.routing_of(item.component, action);
            FlowAction {
                flow,
                action: action.name.get().map(ToString::to_string).unwrap_or_default(),
                is_active,
                place,
                channels: routing.map(|routing| routing.channels.nodes().collect()).unwrap_or_default(),
                leads: routing.map(|routing| leads(graph, action, routing, place)).unwrap_or_default(),
            }
        })
        .collect()
}

fn leads(graph: &Graph, action: &FlowActionCall, routing: &Routing, place: Location) -> Vec<FlowLead> {
    let kind = action.text("routingType").map(|text| &*text.value);
    match kind.map(AsRef::as_ref) {
        Some("QueueBased" | "Queue") => {
            let mut leads: Vec<FlowLead> = routing.queues.nodes().map(FlowLead::Queue).collect();
            leads.extend(elsewhere(&routing.queues, "queue", place));
            leads
        }
        Some("SkillsBased") => by_skills(graph, action, routing, place),
        Some("Agent" | "AgentBased") => to_rep(graph, action, routing, place),
        Some(kind) => {
            let text = format!("work of the routing type {} goes to a bot or an AI agent", code(kind));
            vec![FlowLead::Elsewhere(text, place)]
        }
        None => vec![FlowLead::Elsewhere("the routing type of the action is not known".to_owned(), place)],
    }
}

/// What else an input may name.
fn elsewhere(targets: &Targets, noun: &str, place: Location) -> Vec<FlowLead> {
    let mut leads: Vec<FlowLead> = Vec::new();
    for target in targets.known.iter().filter(|target| target.node.is_none()) {
        leads.push(FlowLead::Elsewhere(format!("nothing is known of the {noun} {}", code(&target.name)), target.at));
    }
    if let Some(unknown) = targets.unknown.first() {
        let other = if targets.known.is_empty() { "which" } else { "which other" };
        leads.push(FlowLead::Elsewhere(
            format!("{other} {noun} the action names is not known: {}", unknown.why.words()),
            unknown.at,
        ));
    }
    if !targets.is_given() {
        leads.push(FlowLead::Elsewhere(format!("the action names no {noun}"), place));
    }
    leads
}

fn by_skills(graph: &Graph, action: &FlowActionCall, routing: &Routing, place: Location) -> Vec<FlowLead> {
    let option = action.text("skillOption").map(|text| text.value.to_string());
    let (own, rules) = match option.as_deref() {
        Some("RunSBRRules") => (false, true),
        Some("DefineSkillRequirements") => (true, false),
        _ => (true, true),
    };
    let mut skills = Vec::new();
    let mut unknown = None;
    if own {
        for asked in &routing.skills.asked {
            let skill =
                asked.skill.known.first().and_then(|target| target.node).filter(|_| asked.skill.known.len() == 1);
            match (skill.filter(|_| asked.skill.is_complete()), asked.additional) {
                (Some(skill), Some(additional)) => {
                    skills.push(AskedSkill { skill, level: asked.level, additional, place: Some(asked.at) });
                }
                _ => unknown = Some(("it depends on the flow's data".to_owned(), asked.at)),
            }
        }
        unknown = routing.skills.unknown.first().map(|it| (it.why.words().to_owned(), it.at)).or(unknown);
    }
    if option.is_none() {
        unknown = unknown.or(Some(("the action does not say where the skills come from".to_owned(), place)));
    }
    let mut leads: Vec<FlowLead> = Vec::new();
    for target in &routing.configs.known {
        let Some(config) = target.node.filter(|&config| graph.node(config).kind == Kind::QueueRoutingConfig) else {
            continue;
        };
        leads.push(FlowLead::Reps(Box::new(FlowWork {
            reach: Reach::Skills(None),
            config: Some((config, target.at)),
            channels: routing.channels.nodes().collect(),
            skills: skills.clone(),
            skills_unknown: unknown.clone(),
            rules,
            place,
        })));
    }
    leads.extend(elsewhere(&routing.configs, "routing configuration", place));
    leads
}

fn to_rep(graph: &Graph, action: &FlowActionCall, routing: &Routing, place: Location) -> Vec<FlowLead> {
    let mut leads: Vec<FlowLead> = Vec::new();
    let reps: Vec<NodeId> = routing.agents.nodes().collect();
    // The queue that takes the work if the rep cannot says what it costs.
    let of_queue = |queue: NodeId| graph.config_of(queue).map(|(config, _)| (config, place));
    let by_queue = routing.queues.nodes().next().and_then(of_queue);
    let own = routing.configs.known.iter().find_map(|target| Some((target.node?, target.at)));
    if !reps.is_empty() {
        leads.push(FlowLead::Reps(Box::new(FlowWork {
            reach: Reach::Reps(reps),
            config: by_queue.or(own),
            channels: routing.channels.nodes().collect(),
            skills: Vec::new(),
            skills_unknown: None,
            rules: false,
            place,
        })));
    }
    leads.extend(elsewhere(&routing.agents, "rep", place));
    let is_required = action.input("isAgentRequired").is_some_and(|value| value.boolean_value.is_true());
    if !is_required && routing.queues.is_given() {
        leads.extend(routing.queues.nodes().map(FlowLead::Queue));
        leads.extend(elsewhere(&routing.queues, "queue", place));
    }
    leads
}
