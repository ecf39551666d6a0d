//! What would have to change for work that reaches nobody, so that it reaches somebody: as little as possible.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::ask::Ask;
use super::facts::code;
use super::step::{Condition, Holds, Step};
use super::steps::{Rep, file_of, level_of};
use super::who::Who;
use super::work::{Need, Reach, Work, names};
use crate::graph::reach::Cost;
use crate::graph::{Graph, NodeId};
use crate::metadata::{PresenceUserConfig, Queue};
use crate::plan::Units;
use crate::schema::Kind;
use crate::source::Location;
use crate::text::{count, units};

/// At most this many routing configurations are tried for a queue that has none.
const TRIED: usize = 12;

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What to do, in the imperative, without a full stop.
    pub text: String,
    /// Where; none if it is done in the org.
    pub place: Option<Location>,
}

/// Changes that do it together.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// What to change.
    pub changes: Vec<Change>,
    /// The reps whom it helps, as far as they are known already.
    pub reps: Vec<NodeId>,
    /// True if they can be offered the work afterwards; else nothing is known to be against it, and not all is known.
    pub is_sure: bool,
}

/// The conditions that a rep fails.
pub(super) struct Failing {
    rep: NodeId,
    steps: Vec<Step>,
    /// Of everything else it is known that it holds.
    is_sure: bool,
}

impl Failing {
    pub(super) fn of(rep: NodeId, steps: &[Step]) -> Self {
        // What is asked of some of the work is no matter here, and a status that is not offered now will be.
        let of_all = || steps.iter().filter(|step| !step.is_for_some());
        let is_sure = of_all().all(|step| step.holds != Holds::Unknown);
        let steps = of_all().filter(|step| step.holds == Holds::No).cloned().collect();
        Self { rep, steps, is_sure }
    }
}

/// What one rep lacks. The numbers are those of the work's needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Lack {
    Active,
    Membership,
    /// A need that the rep does not meet, and whether the rep has the skill at a lower level.
    Skill {
        number: usize,
        is_too_low: bool,
    },
    Grant {
        status: NodeId,
        by: Option<NodeId>,
    },
    Room(Option<NodeId>),
}

/// Everything that a rep lacks, and whether all else is known to be so.
type Lacks = (BTreeSet<Lack>, bool);

/// The ways to have work offered to somebody, the best first: the fewest changes, then the most reps. `failing` are the
/// conditions that each rep fails.
pub(super) fn ways(work: &Work<'_>, failing: &[Failing]) -> Vec<Way> {
    let stopped: Vec<&Step> = work.steps().filter(|step| step.holds == Holds::No).collect();
    if stopped.iter().any(|step| step.condition == Condition::Routed)
        && let Some(queue) = work.queue()
    {
        return routed(work, queue, &stopped);
    }
    let mut own: Vec<Change> = Vec::new();
    let mut needs_status = false;
    for step in stopped {
        match step.condition {
            Condition::Carried => {
                own.push(carried(work, step));
                needs_status |= !holds_nothing(work);
            }
            Condition::Offered => needs_status = true,
            _ => own.extend(switched_on(work.graph, step)),
        }
    }
    let status = if needs_status { offering(work, failing) } else { None };
    own.extend(status.map(|status| offer(work, status)).filter(|_| needs_status));
    if needs_status && status.is_none() {
        let what = match work.channels.as_slice() {
            [] => "the new service channel".to_owned(),
            channels => names(work.graph, channels),
        };
        own.push(Change { text: format!("add a presence status that offers {what}, and grant it"), place: None });
    }
    let lacking = lacking(work, failing, status);
    if lacking.is_empty() {
        own.extend(somebody(work));
        return vec![Way { changes: own, reps: Vec::new(), is_sure: false }];
    }
    let mut ways: Vec<(Lacks, Vec<NodeId>)> = lacking.into_iter().collect();
    let name = |reps: &[NodeId]| reps.first().map(|&rep| work.graph.name(rep));
    ways.sort_by(|((a, a_sure), a_reps), ((b, b_sure), b_reps)| {
        let own = (!a_sure, a.len(), Reverse(a_reps.len()), name(a_reps));
        own.cmp(&(!b_sure, b.len(), Reverse(b_reps.len()), name(b_reps)))
    });
    let least = ways.first().map(|((lacks, is_sure), _)| (lacks.len(), *is_sure));
    let best = ways.into_iter().take_while(|((lacks, is_sure), _)| Some((lacks.len(), *is_sure)) == least);
    best.map(|((lacks, is_sure), reps)| {
        let changes = own.iter().cloned().chain(lacks.iter().map(|lack| mend(work, lack, &reps))).collect();
        Way { changes, reps, is_sure }
    })
    .collect()
}

/// Everybody by what they lack.
fn lacking(
    work: &Work<'_>,
    failing: &[Failing],
    status: Option<NodeId>,
) -> IndexMap<Lacks, Vec<NodeId>, FxBuildHasher> {
    let mut found: IndexMap<Lacks, Vec<NodeId>, FxBuildHasher> = IndexMap::default();
    let graph = work.graph;
    for Failing { rep, steps, is_sure } in failing {
        let mut lacks: BTreeSet<Lack> = BTreeSet::new();
        for step in steps {
            match step.condition {
                Condition::Active => drop(lacks.insert(Lack::Active)),
                Condition::Member => drop(lacks.insert(Lack::Membership)),
                Condition::Room => drop(lacks.insert(Lack::Room(graph.config_governing(*rep)))),
                Condition::Status => lacks.extend(work.statuses.first().map(|&(status, _)| grant(graph, *rep, status))),
                Condition::Skill(skill) => lacks.extend(most_asked(work, *rep, skill)),
                _ => {}
            }
        }
        let granted = status.map(|status| graph.org().and_then(|org| org.is_granted(*rep, status)));
        lacks.extend(status.filter(|_| granted == Some(Some(false))).map(|status| grant(graph, *rep, status)));
        found.entry((lacks, *is_sure && granted != Some(None))).or_default().push(*rep);
    }
    for reps in found.values_mut() {
        reps.sort_by(|a, b| graph.name(*a).cmp(graph.name(*b)));
    }
    found
}

/// Of the needs of one skill that a rep does not meet, the one that asks for most: whoever meets it meets the others.
fn most_asked(work: &Work<'_>, agent: NodeId, skill: NodeId) -> Option<Lack> {
    let rep = Rep { work, agent, who: Who::they(), is_member: true };
    let is_too_low = work.graph.has_skill(agent, skill) == Some(true);
    let fails = |need: &Need| need.skill == skill && need.only.is_none() && rep.fails(need);
    let failing = work.needs.iter().enumerate().filter(|(_, need)| fails(need));
    let level = |need: &Need| need.level.unwrap_or_default();
    failing.max_by(|(_, a), (_, b)| level(a).total_cmp(&level(b))).map(|(number, _)| Lack::Skill { number, is_too_low })
}

/// A permission set of the project that the rep has, else the profile, would grant the status.
fn grant(graph: &Graph, rep: NodeId, status: NodeId) -> Lack {
    let org = graph.org();
    let sets = org.map(|org| org.sets_of(rep)).unwrap_or_default();
    let set = sets.iter().copied().min_by(|a, b| graph.name(*a).cmp(graph.name(*b)));
    let profile = || org?.profile_of(rep).filter(|&profile| file_of(graph, profile).is_some());
    Lack::Grant { status, by: set.or_else(profile) }
}

/// What to change for one thing that reps lack.
fn mend(work: &Work<'_>, lack: &Lack, reps: &[NodeId]) -> Change {
    let graph = work.graph;
    let name = |node: NodeId| code(graph.name(node));
    let noun = if matches!(work.reach, Reach::Members(_)) { "member" } else { "rep" };
    let one = match reps {
        [rep] => name(*rep),
        reps => format!("one of the {}", count(reps.len(), noun)),
    };
    let channels = names(graph, &work.channels);
    let offers = if work.channels.is_empty() { String::new() } else { format!(", which offers {channels},") };
    match lack {
        Lack::Active => {
            let place = reps.first().and_then(|&rep| graph.org()?.place_of(rep));
            Change { text: format!("activate {one} in the org"), place }
        }
        Lack::Membership => {
            let queue = work.queue();
            let into = queue.map(name).unwrap_or_default();
            Change { text: format!("add {one} to the queue {into}"), place: queue.and_then(|it| file_of(graph, it)) }
        }
        Lack::Skill { number, .. } => skill(work, *number, reps, &one),
        Lack::Grant { status, by: Some(by) } => {
            let of = graph.node(*by).kind.noun();
            let text =
                format!("enable the presence status {}{offers} in the {of} {} of {one}", name(*status), name(*by));
            Change { text, place: file_of(graph, *by) }
        }
        Lack::Grant { status, by: None } => {
            let granting = graph.grants_of(*status).next();
            let such = granting.map_or_else(String::new, |(by, _)| format!(": {} does", name(by)));
            let text = format!(
                "assign {one} a profile or permission set that enables the presence status {}{}{such}",
                name(*status),
                offers.trim_end_matches(',')
            );
            Change { text, place: granting.map(|(_, place)| place).or_else(|| file_of(graph, *status)) }
        }
        Lack::Room(presence) => room(work, *presence),
    }
}

fn skill(work: &Work<'_>, number: usize, reps: &[NodeId], one: &str) -> Change {
    let graph = work.graph;
    let Some(need) = work.needs.get(number) else { return Change { text: String::new(), place: None } };
    let name = code(graph.name(need.skill));
    let best = reps.iter().filter_map(|&rep| level_of(graph, rep, need.skill)).max_by(f64::total_cmp);
    let text = match (need.level, best) {
        (Some(level), Some(best)) => {
            format!("raise the level at which {one} has the skill {name} to {level}, or ask for level {best}")
        }
        (Some(level), None) => format!("give {one} the skill {name} at level {level}, or do not ask for it"),
        (None, _) => format!("give {one} the skill {name}, or do not ask for it"),
    };
    Change { text, place: need.place }
}

/// More capacity, or less cost.
fn room(work: &Work<'_>, presence: Option<NodeId>) -> Change {
    let graph = work.graph;
    let cost = work.config.and_then(|config| graph.cost_of(config));
    let (Some(config), Some(cost)) = (work.config, cost) else { return Change { text: String::new(), place: None } };
    let (Cost::Units(_, at) | Cost::Percent(_, at)) = cost;
    let of = code(graph.name(config));
    let capacity = presence.and_then(|presence| graph.capacity_of(presence, work.interruptible));
    if let Some(free) = work.ask.free {
        let needs = cost.needs(capacity.map(|(capacity, _)| capacity)).unwrap_or_default();
        let is = if needs == Units::from_units(1.0) { "is" } else { "are" };
        let needs = units(needs.as_f64());
        let text = format!("wait until {needs} {is} free, or let an item of {of} cost {free}");
        return Change { text, place: Some(at) };
    }
    let (Some(presence), Some((capacity, place))) = (presence, capacity) else {
        return Change { text: format!("let an item of {of} cost less"), place: Some(at) };
    };
    let by = code(graph.name(presence));
    let has_own =
        graph.get::<PresenceUserConfig>(presence).is_some_and(|item| item.value.interruptible_capacity.get().is_some());
    let field = if has_own && work.interruptible == Some(true) { "interruptibleCapacity" } else { "capacity" };
    let text = match cost {
        Cost::Percent(..) if capacity <= 0 => format!("raise `{field}` of {by} to 1 or more"),
        Cost::Percent(..) => format!("lower `capacityPercentage` of {of} to 100 or less"),
        Cost::Units(units, _) if capacity <= 0 => format!("raise `{field}` of {by} to {}", units.ceil()),
        Cost::Units(units, _) => {
            format!("raise `{field}` of {by} to {}, or lower `capacityWeight` of {of} to {capacity}", units.ceil())
        }
    };
    let place = if matches!(cost, Cost::Percent(..)) && capacity > 0 { at } else { place };
    Change { text, place: Some(place) }
}

/// A queue without a routing configuration: the one of the project that leaves the least to do.
fn routed(work: &Work<'_>, queue: NodeId, stopped: &[&Step]) -> Vec<Way> {
    let graph = work.graph;
    let own: Vec<Change> = stopped.iter().filter_map(|step| switched_on(graph, step)).collect();
    let file = file_of(graph, queue);
    let objects: Vec<NodeId> = graph.objects_of(queue).map(|(object, _)| object).collect();
    let holds_the_same = |other: NodeId| graph.objects_of(other).any(|(object, _)| objects.contains(&object));
    let mut configs: Vec<(NodeId, Location)> = graph
        .all::<Queue>()
        .filter(|other| holds_the_same(other.node))
        .filter_map(|other| graph.config_of(other.node))
        .collect();
    configs.sort_by_key(|(config, _)| graph.name(*config));
    configs.dedup_by_key(|(config, _)| *config);
    configs.truncate(TRIED);
    let mut found: Vec<Way> = Vec::new();
    for (config, place) in configs {
        let ask = Ask { ..work.ask.clone() };
        let then = Work::routed_by(graph, queue, Some((config, file.unwrap_or(place))), ask);
        if !then.is_open || then.is_by_skills() {
            continue;
        }
        let add = Change {
            text: format!(
                "route the queue {}: add `<queueRoutingConfig>` with {}",
                code(graph.name(queue)),
                code(graph.name(config))
            ),
            place: file,
        };
        let reps: Vec<Failing> = graph.agents_of(queue).users.iter().map(|agent| failing(&then, agent.user)).collect();
        let is_stopped = then.steps().any(|step| step.holds == Holds::No && step.condition != Condition::SwitchedOn);
        let clear = |is_sure: bool| -> Vec<NodeId> {
            let clear = reps.iter().filter(|rep| rep.steps.is_empty() && rep.is_sure == is_sure);
            clear.map(|rep| rep.rep).collect()
        };
        let (sure, unsure) = (clear(true), clear(false));
        let rest = if is_stopped || (sure.is_empty() && unsure.is_empty()) {
            let ways = ways(&then, &reps).into_iter().next();
            ways.unwrap_or(Way { changes: Vec::new(), reps: Vec::new(), is_sure: false })
        } else {
            let is_sure = !sure.is_empty();
            Way { changes: own.clone(), reps: if is_sure { sure } else { unsure }, is_sure }
        };
        let changes = std::iter::once(add).chain(rest.changes).collect();
        found.push(Way { changes, ..rest });
    }
    found.sort_by_key(|way| (!way.is_sure, way.changes.len(), Reverse(way.reps.len())));
    let least = found.first().map(|way| (way.changes.len(), way.is_sure));
    found.retain(|way| Some((way.changes.len(), way.is_sure)) == least);
    if found.is_empty() {
        let text =
            format!("add a routing configuration to the project, and name it in the queue {}", code(graph.name(queue)));
        let changes = own.into_iter().chain([Change { text, place: file }]).collect();
        return vec![Way { changes, reps: Vec::new(), is_sure: false }];
    }
    found
}

fn failing(work: &Work<'_>, rep: NodeId) -> Failing {
    Failing::of(rep, &Rep { work, agent: rep, who: Who::they(), is_member: true }.own())
}

fn switched_on(graph: &Graph, step: &Step) -> Option<Change> {
    let is_omni_channel = step.place == graph.switched_off();
    let element = if is_omni_channel { "enableOmniChannel" } else { "enableOmniSkillsRouting" };
    (step.condition == Condition::SwitchedOn)
        .then(|| Change { text: format!("set `{element}` to `true`"), place: step.place })
}

/// A queue whose object no service channel carries, or that holds none.
fn carried(work: &Work<'_>, step: &Step) -> Change {
    let graph = work.graph;
    let object = work.queue().and_then(|queue| graph.objects_of(queue).next()).map(|(object, _)| object);
    let text = match object {
        Some(object) => {
            format!("add a service channel whose `<relatedEntityType>` is {}", code(graph.name(object)))
        }
        None => "add `<queueSobject>` with the object of the work, such as `Case`".to_owned(),
    };
    Change { text, place: step.place }
}

/// The presence status to list a channel in: the one that is asked about, else that which most of the reps may choose.
fn offering(work: &Work<'_>, failing: &[Failing]) -> Option<NodeId> {
    let graph = work.graph;
    if let Some(status) = work.ask.status {
        return Some(status);
    }
    let statuses = graph.nodes_of(Kind::ServicePresenceStatus).filter(|&status| file_of(graph, status).is_some());
    let may = |status: NodeId| {
        let is_granted = |rep: &NodeId| graph.org().and_then(|org| org.is_granted(*rep, status)) == Some(true);
        failing.iter().filter(|failing| is_granted(&failing.rep)).count()
    };
    // One that offers channels already is a status of people who work.
    let offers_any = |status: NodeId| graph.channels_of(status).next().is_some();
    statuses.filter(|&status| offers_any(status)).min_by_key(|&status| (Reverse(may(status)), graph.name(status)))
}

fn holds_nothing(work: &Work<'_>) -> bool {
    work.queue().is_some_and(|queue| work.graph.objects_of(queue).next().is_none())
}

fn offer(work: &Work<'_>, status: NodeId) -> Change {
    let graph = work.graph;
    let what = match work.channels.as_slice() {
        [] => "the new service channel".to_owned(),
        [channel, ..] => code(graph.name(*channel)),
    };
    let text = format!("offer {what} in the presence status {}: add `<channel>`", code(graph.name(status)));
    Change { text, place: file_of(graph, status) }
}

/// Nobody is there who could be offered it.
fn somebody(work: &Work<'_>) -> Option<Change> {
    let graph = work.graph;
    match &work.reach {
        Reach::Members(queue) => {
            let text = format!("add a member to the queue {}", code(graph.name(*queue)));
            Some(Change { text, place: file_of(graph, *queue) })
        }
        Reach::Skills(_) if work.needs.is_empty() => None,
        Reach::Skills(_) => {
            let place = work.needs.first().and_then(|need| need.place);
            Some(Change { text: "give a rep the skills that the work needs".to_owned(), place })
        }
        Reach::Reps(_) => Some(Change { text: "name a rep in the flow".to_owned(), place: None }),
    }
}
