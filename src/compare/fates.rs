//! What differs between two fates of one kind of work.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::change::{Lacks, Reason, What};
use super::classes::WorkKind;
use crate::plan::{Members, Name, Plan, Queue, Units};
use crate::runtime::What as AskedFor;
use crate::runtime::records::RoutingModel;
use crate::runtime::{
    Among, CanTake, Census, Never, NotRouted, Prospect, Prospects, Refusal, RoutedWork, Runtime, WorkAsked,
};

/// What becomes of a kind of work.
pub(super) type Fate = Result<Prospects, Refusal>;

/// A runtime that is asked about much work.
pub(super) struct Asked {
    runtime: Runtime,
    census: Census,
}

impl Asked {
    pub(super) fn new(runtime: Runtime) -> Self {
        Self { census: runtime.census(), runtime }
    }
}

/// Asks a runtime.
pub(super) fn ask(side: &Asked, kind: &WorkKind) -> Fate {
    let asked = WorkAsked {
        object: kind.object.clone(),
        fields: Some(kind.values()),
        route: kind.route(),
        skills: Vec::new(),
        status: None,
        free: None,
    };
    side.runtime.prospects(&asked, Among::Census(&side.census))
}

/// Who can be offered work, or may be for all that is known.
pub(super) fn reps(work: &RoutedWork) -> BTreeSet<&Name> {
    let may = |prospect: &&Prospect| !matches!(prospect.answer, CanTake::No(_));
    work.agents.iter().filter(may).map(|prospect| &prospect.user).collect()
}

/// Whose members or skills a plan does not know, so that work may reach more reps than it names.
pub(super) struct Unknown<'p> {
    queues: FxHashSet<&'p Name>,
    skills: bool,
}

impl<'p> Unknown<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let is_open = |queue: &&Queue| {
            let Members { users: _, groups, roles, roles_and_subordinates, roles_and_internal_subordinates } =
                &queue.members;
            let by_others = [groups, roles, roles_and_subordinates, roles_and_internal_subordinates];
            !queue.agents_complete && by_others.iter().any(|names| !names.is_empty())
        };
        let queues = plan.tables.queues.iter().filter(is_open).map(|queue| &queue.name).collect();
        Self { queues, skills: plan.tables.agents.is_none() }
    }

    fn may_reach_more(&self, work: &RoutedWork) -> bool {
        if work.by_skills {
            return self.skills;
        }
        work.terms.queue.as_ref().is_some_and(|queue| self.queues.contains(queue))
    }
}

/// What differs. `unknown` is what each plan does not know.
pub(super) fn differences(old: &Fate, new: &Fate, unknown: &[Unknown<'_>; 2]) -> Vec<What> {
    match (old, new) {
        (Ok(Prospects::Routed(old)), Ok(Prospects::Routed(new))) => {
            routed(old, new, [unknown[0].may_reach_more(old), unknown[1].may_reach_more(new)])
        }
        (Ok(Prospects::Routed(old)), Ok(Prospects::External { .. })) => {
            vec![What::Model { before: old.terms.model, after: Some(RoutingModel::ExternalRouting) }]
        }
        (Ok(Prospects::External { .. }), Ok(Prospects::Routed(new))) => {
            vec![What::Model { before: Some(RoutingModel::ExternalRouting), after: new.terms.model }]
        }
        // What a partner's system decides is not known.
        (Ok(Prospects::External { .. }), Ok(Prospects::External { .. })) => Vec::new(),
        (Ok(was @ (Prospects::Routed(_) | Prospects::External { .. })), is) => {
            let reps = reached(was);
            vec![match why_not_routed(is) {
                Err(lacks) => What::NoLongerKnown { lacks, reps },
                Ok(why) => What::ReachesNobody { before: reps, reason: Some(Reason::NotRouted(why)) },
            }]
        }
        (was, Ok(is @ (Prospects::Routed(_) | Prospects::External { .. }))) => {
            let reps = reached(is);
            vec![match why_not_routed(was) {
                Err(lacks) => What::KnownNow { lacks, reps },
                Ok(why) => {
                    let reason = Some(Reason::NotRouted(why));
                    What::GainsReps { reps, before: 0, others_unknown: false, reason }
                }
            }]
        }
        _ => Vec::new(),
    }
}

/// Whom work reaches, as far as that is known.
fn reached(prospects: &Prospects) -> Vec<Name> {
    match prospects {
        Prospects::Routed(work) => reps(work).into_iter().cloned().collect(),
        Prospects::External { .. } | Prospects::Left { .. } => Vec::new(),
    }
}

/// Why work is not routed; or what the project does not have, so that it does not say.
fn why_not_routed(fate: &Fate) -> Result<String, Lacks> {
    match fate {
        Ok(Prospects::Left { queue, reason }) => match reason {
            NotRouted::OmniChannelOff => Ok("Omni-Channel is switched off".to_owned()),
            NotRouted::NoRoutingConfiguration => Ok(format!("the queue `{queue}` has no routing configuration")),
            NotRouted::NoServiceChannel => Err(Lacks::ServiceChannel),
        },
        Ok(_) => Ok(String::new()),
        Err(Refusal::Unknown { what: AskedFor::Queue, .. }) => Err(Lacks::Queue),
        Err(Refusal::NoServiceChannel { .. }) => Err(Lacks::ServiceChannel),
        Err(Refusal::NoRoutingConfiguration { name }) => Err(Lacks::RoutingConfiguration(name.clone())),
        Err(Refusal::FlowNotFollowed { flow, problem }) => Err(Lacks::Other(format!("the flow `{flow}` {problem}"))),
        Err(Refusal::QueueDoesNotHold { queue, object }) => Ok(format!("the queue `{queue}` does not hold `{object}`")),
        Err(Refusal::FeatureOff { feature }) => Ok(format!("{feature} is switched off")),
        Err(other) => Err(Lacks::Other(other.to_string())),
    }
}

fn routed(old: &RoutedWork, new: &RoutedWork, unknown: [bool; 2]) -> Vec<What> {
    let mut all = reach(old, new, unknown);
    let is_same_reach = all.is_empty();
    if is_same_reach && old.channel == new.channel {
        let less = |from: &[Name], by: &[Name]| from.iter().filter(|name| !by.contains(name)).cloned().collect();
        let (lost, gained): (Vec<Name>, Vec<Name>) =
            (less(&old.statuses, &new.statuses), less(&new.statuses, &old.statuses));
        if !lost.is_empty() || !gained.is_empty() {
            // Which of them are gone or new is known to whoever has the plans.
            all.push(What::Statuses { channel: new.channel.clone(), lost, gained, alone: Vec::new() });
        }
    }
    if is_same_reach && old.needs != new.needs {
        all.push(What::Needs { before: old.needs.clone(), after: new.needs.clone() });
    }
    let (before, after) = (&old.terms, &new.terms);
    macro_rules! differs {
        ($field:ident, $what:ident) => {
            if before.$field != after.$field {
                all.push(What::$what { before: before.$field.clone(), after: after.$field.clone() });
            }
        };
    }
    differs!(queue, Goes);
    if before.priority != after.priority {
        // What it passes is known once all work is.
        let (passes, passed_by) = (Vec::new(), Vec::new());
        all.push(What::Priority { before: before.priority, after: after.priority, passes, passed_by });
    }
    differs!(secondary_priority, SecondaryPriority);
    let holds = holds(old, new);
    if holds.is_empty() && before.cost != after.cost && !knows_room(old, new) {
        all.push(What::Cost { before: before.cost, after: after.cost });
    }
    all.extend(holds);
    differs!(paused_cost, PausedCost);
    differs!(push_timeout_seconds, PushTimeout);
    if old.lets_go_after != new.lets_go_after {
        all.push(What::DropsSkills { before: old.lets_go_after, after: new.lets_go_after });
    }
    differs!(model, Model);
    differs!(overflow, Overflow);
    if old.channel != new.channel {
        all.push(What::Channel { before: old.channel.clone(), after: new.channel.clone() });
    }
    all
}

/// Who is reached no longer, and who is reached now.
fn reach(old: &RoutedWork, new: &RoutedWork, unknown: [bool; 2]) -> Vec<What> {
    let (before, after) = (reps(old), reps(new));
    let lost: Vec<Name> = before.difference(&after).copied().cloned().collect();
    let gained: Vec<Name> = after.difference(&before).copied().cloned().collect();
    let mut all = Vec::new();
    if !lost.is_empty() {
        let reason = common_reason(&lost, new);
        // Whoever else there is would not be offered it either.
        let is_for_all = matches!(reason, Some(Reason::NotOffered(_)));
        all.push(if after.is_empty() && (is_for_all || !unknown[1]) {
            What::ReachesNobody { before: lost, reason }
        } else {
            What::LosesReps { reps: lost, before: before.len(), others_unknown: unknown[1], reason }
        });
    }
    if !gained.is_empty() {
        let reason = common_reason(&gained, old);
        all.push(What::GainsReps { reps: gained, before: before.len(), others_unknown: unknown[0], reason });
    }
    all
}

/// Why work does not reach these reps, if it is the same for all.
fn common_reason(reps: &[Name], work: &RoutedWork) -> Option<Reason> {
    let mut reasons = reps.iter().map(|rep| reason(rep, work));
    let first = reasons.next()?;
    reasons.all(|other| other == first).then_some(first)
}

/// Why work does not reach a rep.
fn reason(rep: &Name, work: &RoutedWork) -> Reason {
    let answer = work.agents.iter().find(|prospect| prospect.user == *rep).map(|prospect| &prospect.answer);
    match answer {
        Some(CanTake::No(never)) => match never {
            Never::Inactive {} => Reason::Inactive,
            Never::NotMember { .. } => Reason::NotMembers,
            Never::LacksSkill { skill } => Reason::LackSkill(skill.clone()),
            Never::SkillLevel { skill, .. } => Reason::SkillLevel(skill.clone()),
            Never::NotOffered { channel } => Reason::NotOffered(channel.clone()),
            Never::NotGranted { channel } => Reason::NotGranted(channel.clone()),
            Never::NoRoom { .. } => Reason::NoRoom,
        },
        _ if work.by_skills => Reason::Unknown,
        _ => Reason::NotMembers,
    }
}

/// How many items an agent holds at once, if that is known.
fn most(prospect: &Prospect, work: &RoutedWork) -> Option<u32> {
    let room = prospect.room?;
    let all = work.most_open_items;
    let Units(cost) = room.cost;
    if cost <= 0 {
        return Some(all);
    }
    Some(u32::try_from(room.capacity.0 / cost).unwrap_or(all).min(all))
}

/// Who holds another number of items.
fn holds(old: &RoutedWork, new: &RoutedWork) -> Vec<What> {
    let before: BTreeMap<&Name, &Prospect> = old.agents.iter().map(|prospect| (&prospect.user, prospect)).collect();
    let mut groups: BTreeMap<(Option<Name>, u32, u32), Vec<Name>> = BTreeMap::new();
    let now = new.agents.iter().filter(|prospect| !matches!(prospect.answer, CanTake::No(_)));
    for prospect in now {
        let Some(was) = before.get(&prospect.user).filter(|was| !matches!(was.answer, CanTake::No(_))) else {
            continue;
        };
        if let (Some(before), Some(after)) = (most(was, old), most(prospect, new))
            && before != after
        {
            let group = (prospect.presence_configuration.clone(), before, after);
            groups.entry(group).or_default().push(prospect.user.clone());
        }
    }
    let what =
        |((presence_configuration, before, after), reps)| What::Holds { presence_configuration, before, after, reps };
    groups.into_iter().map(what).collect()
}

/// True if it is known of some rep how much there is.
fn knows_room(old: &RoutedWork, new: &RoutedWork) -> bool {
    [old, new].iter().all(|work| work.agents.iter().any(|prospect| prospect.room.is_some()))
}
