//! Offers: why this agent, and why none of the others.

use super::words::{and, need, of_pool, of_units, or};
use super::{Narrator, Time, Tone};
use crate::plan::{Plan, Units};
use crate::runtime::records::RoutingModel;
use crate::runtime::{
    Because, Decision, Effect, Name, Other, PendingServiceRoutingId, Runtime, TimedEffect, Waiting, WhyNot,
};
use crate::text::{count, units};

impl Narrator<'_> {
    /// An offer.
    pub(super) fn decision(&mut self, at: Time, decision: &Decision) {
        self.offered = Some(decision.work_id);
        let work = self.work(&decision.work_item_id);
        let from = decision.queue.as_ref().map_or_else(String::new, |queue| format!(" from `{queue}`"));
        let (user, cost) = (&decision.user, units(decision.cost.as_f64()));
        let others = others(&decision.others, decision.more, self.plan, model(decision.because));
        let because = because(decision, self.counts_items);
        self.say(at, Tone::Offer, &format!("{work}{from} offered to {user}, for {cost}: {because}{others}"));
        self.passes(at, decision);
    }

    /// The skills that work asks for.
    pub(super) fn asks(&mut self, at: Time, item: &Name, needs: &[String]) {
        if !needs.is_empty() {
            let work = self.work(item);
            self.say(at, Tone::Plain, &format!("{work} asks for {}", and(needs)));
        }
    }

    /// Work that could be offered to nobody.
    pub(super) fn waiting(&mut self, at: Time, item: &Name, waiting: &Waiting) {
        let (work, nobody) = (self.work(item), self.nobody(waiting));
        self.say(at, Tone::Trouble, &format!("{work} waits, since {nobody}"));
    }

    /// Why nobody can take work: `nobody can take it now; ana: not logged in`.
    pub(super) fn nobody(&self, waiting: &Waiting) -> String {
        let others = others(&waiting.others, waiting.more, self.plan, RoutingModel::LeastActive);
        let missing: Vec<String> = waiting.missing_skills.iter().map(|skill| format!("`{skill}`")).collect();
        let why = match (others.is_empty(), missing.as_slice()) {
            (true, []) => "is a member, or has the skills".to_owned(),
            (true, missing) => format!("has {}", or(missing)),
            (false, []) => "can take it now".to_owned(),
            (false, missing) => format!("can take it now, and nobody has {}", or(missing)),
        };
        format!("nobody {why}{others}")
    }
}

/// The skills that a new routing request asks for; `after` is what happened since. If it was accepted automatically, its work
/// has them.
pub(super) fn needs(id: PendingServiceRoutingId, item: &Name, after: &[TimedEffect], runtime: &Runtime) -> Vec<String> {
    let requested = runtime.skill_requirements(id);
    if !requested.is_empty() {
        return requested
            .iter()
            .map(|skill| need(&skill.skill_id, skill.skill_level, skill.is_additional_skill))
            .collect();
    }
    let work = after.iter().find_map(|effect| match &effect.effect {
        Effect::AgentWorkCreated { id, work_item_id, .. } if work_item_id == item => Some(*id),
        _ => None,
    });
    let skills = work.map(|id| runtime.agent_work_skills(id)).unwrap_or_default();
    skills.iter().map(|skill| need(&skill.skill_id, skill.skill_level, skill.is_additional_skill)).collect()
}

fn model(because: Because) -> RoutingModel {
    match because {
        Because::Model(model)
        | Because::LoggedInFirst(model)
        | Because::LongestWithout(model)
        | Because::Name(model) => model,
        Because::OnlyOne | Because::Preferred => RoutingModel::LeastActive,
    }
}

fn because(decision: &Decision, counts_items: bool) -> String {
    let Decision { used, capacity, eligible, .. } = decision;
    let of_units = |some| of_pool(decision.pool, some, *capacity);
    let in_use = format!("{} in use", of_units(*used));
    let measure = match model(decision.because) {
        RoutingModel::MostAvailable => format!("most free capacity ({})", of_units(free(*used, *capacity))),
        _ if counts_items => format!("fewest open items ({in_use})"),
        _ => format!("least used capacity ({})", of_units(*used)),
    };
    let tied = |but: &str| format!("{measure} of {eligible} eligible, tied with others; of these, {but}");
    match decision.because {
        Because::OnlyOne => format!("the only one eligible ({in_use})"),
        Because::Preferred => format!("the preferred user ({in_use})"),
        Because::Model(_) => format!("{measure} of {eligible} eligible"),
        Because::LoggedInFirst(_) => tied("no work since login, and logged in first"),
        Because::LongestWithout(_) => tied("longest without an assignment"),
        Because::Name(_) => tied("first by name"),
    }
}

fn free(used: Units, capacity: Units) -> Units {
    Units(capacity.0.saturating_sub(used.0))
}

/// Why it is none of the others, as the rest of a sentence.
fn others(others: &[Other], more: u32, plan: &Plan, model: RoutingModel) -> String {
    let groups = grouped(others, plan, model).into_iter();
    let mut parts: Vec<String> = groups.map(|(users, why)| format!("; {}: {why}", users.join(", "))).collect();
    match more {
        0 => {}
        1 => parts.push("; and 1 more".to_owned()),
        more => parts.push(format!("; and {more} more")),
    }
    parts.concat()
}

/// Those who were not chosen, by the reason; the reasons in the order of the first of each.
fn grouped<'o>(others: &'o [Other], plan: &Plan, model: RoutingModel) -> Vec<(Vec<&'o str>, String)> {
    let mut groups: Vec<(Vec<&str>, String)> = Vec::new();
    for other in others {
        let why = why_not(&other.why, plan, model);
        match groups.iter_mut().find(|(_, known)| *known == why) {
            Some((users, _)) => users.push(&other.user),
            None => groups.push((vec![&other.user], why)),
        }
    }
    groups
}

pub(super) fn why_not(why: &WhyNot, plan: &Plan, model: RoutingModel) -> String {
    match why {
        WhyNot::NotBest { used, capacity } => match model {
            RoutingModel::MostAvailable => {
                format!("{} free", of_units(free(*used, *capacity), *capacity))
            }
            _ => format!("{} in use", of_units(*used, *capacity)),
        },
        WhyNot::SkillLevel { skill, needs, held } => {
            format!("has `{skill}` at level {held}, and it asks for {needs}")
        }
        WhyNot::Offline {} => "not logged in".to_owned(),
        WhyNot::StatusOffersNotChannel { status, channel } => offers_not(plan, status, channel),
        WhyNot::NoCapacity { needs, free } => format!("would need {needs}, has {free} free"),
        WhyNot::Declined {} => "declined it or let it time out".to_owned(),
        WhyNot::TooManyOpenItems { open } => {
            format!("has {}, the most there may be", count(*open as usize, "open item"))
        }
        WhyNot::OverCapacity {} => "over capacity by work that a partner gave without a check".to_owned(),
        WhyNot::EarlierItemWaits {} => "an earlier item waits for them".to_owned(),
    }
}

/// A status without channels is not one that lacks this channel.
fn offers_not(plan: &Plan, status: &Name, channel: &Name) -> String {
    let away = plan.tables.presence_statuses.iter().any(|row| row.name == **status && row.away);
    if away {
        format!("status `{status}` offers no channel")
    } else {
        format!("status `{status}` does not offer `{channel}`")
    }
}

/// Users in a sentence.
pub(super) fn users(users: &[Name]) -> String {
    and(&users.iter().map(ToString::to_string).collect::<Vec<_>>())
}
