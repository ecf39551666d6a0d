//! Offers: why this agent, and why none of the others.

use super::words::{and, of_units};
use super::{Time, Tone, Trace};
use crate::plan::Plan;
use crate::runtime::records::RoutingModel;
use crate::runtime::{Because, Decision, Name, Other, WhyNot};
use crate::text::units;

impl Trace<'_> {
    pub(super) fn decision(&mut self, at: Time, decision: &Decision) {
        self.offered = Some(decision.work_id);
        let work = self.work(&decision.work_item_id);
        let from = decision.queue.as_ref().map_or_else(String::new, |queue| format!(" from `{queue}`"));
        let cost = units(decision.cost.in_units());
        let mut sentence = format!("{work}{from} offered to {}, for {cost}: {}", decision.user, because(decision));
        for (users, why) in grouped(&decision.others, self.plan, model(decision.because)) {
            sentence.push_str(&format!("; {}: {why}", users.join(", ")));
        }
        match decision.more {
            0 => {}
            1 => sentence.push_str("; and 1 other"),
            more => sentence.push_str(&format!("; and {more} others")),
        }
        self.say(at, Tone::Offer, &sentence);
    }
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

fn because(decision: &Decision) -> String {
    let Decision { used, capacity, eligible, .. } = decision;
    let in_use = of_units(*used, *capacity);
    let free = of_units(crate::plan::Units(capacity.0 - used.0), *capacity);
    let measure = match model(decision.because) {
        RoutingModel::MostAvailable => format!("most free capacity ({free}) of {eligible} eligible"),
        _ => format!("least used capacity ({in_use}) of {eligible} eligible"),
    };
    let equal = |but: &str| format!("{measure}, but not alone; of those, {but}");
    match decision.because {
        Because::OnlyOne => format!("the only one eligible ({in_use} in use)"),
        Because::Preferred => format!("the preferred user ({in_use} in use)"),
        Because::Model(_) => measure,
        Because::LoggedInFirst(_) => equal("without work since login, and logged in first"),
        Because::LongestWithout(_) => equal("longest without an assignment"),
        Because::Name(_) => equal("the first by name"),
    }
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

fn why_not(why: &WhyNot, plan: &Plan, model: RoutingModel) -> String {
    match why {
        WhyNot::NotBest { used, capacity } => match model {
            RoutingModel::MostAvailable => {
                format!("{} free", of_units(crate::plan::Units(capacity.0 - used.0), *capacity))
            }
            _ => format!("{} in use", of_units(*used, *capacity)),
        },
        WhyNot::Offline {} => "not logged in".to_owned(),
        WhyNot::StatusOffersNotChannel { status, channel } => offers_not(plan, status, channel),
        WhyNot::NoCapacity { needs, free } => format!("would need {needs}, has {free} free"),
        WhyNot::Declined {} => "declined it or let it time out".to_owned(),
        WhyNot::TooManyOpenItems { open } => format!("has {open} open items, the most there may be"),
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
    and(users.iter().map(ToString::to_string).collect())
}
