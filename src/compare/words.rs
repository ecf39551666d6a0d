//! Sentences about what a change does.

use super::change::{Lacks, Reason, Topic, What};
use super::classes::WorkKind;
use super::row_words::row_words;
use super::subject::{NAMES, subject};
use crate::plan::{Cost, Name, Overflow};
use crate::runtime::SkillNeed;
use crate::runtime::records::RoutingModel;
use crate::text::{count, list};

/// What a difference is about.
pub(super) fn topic(what: &What) -> Topic {
    match what {
        What::ReachesNobody { .. } => Topic::ReachesNobody,
        What::NoLongerKnown { .. } => Topic::NotKnown,
        What::LosesReps { .. } => Topic::FewerReps,
        What::Statuses { lost, .. } if !lost.is_empty() => Topic::FewerReps,
        What::GainsReps { .. } | What::KnownNow { .. } | What::Statuses { .. } => Topic::MoreReps,
        What::Priority { .. } | What::SecondaryPriority { .. } | What::Model { .. } => Topic::Order,
        What::Holds { .. } | What::Cost { .. } | What::PausedCost { .. } => Topic::Capacity,
        What::PushTimeout { .. } | What::DropsSkills { .. } => Topic::Times,
        What::Goes { .. } | What::Needs { .. } | What::Channel { .. } | What::Overflow { .. } | What::Row { .. } => {
            Topic::Other
        }
    }
}

/// What a difference does, without a full stop. `all` are all kinds of work, so that those of one queue can be told as one.
pub(super) fn sentence(what: &What, work: &[WorkKind], all: &[WorkKind]) -> String {
    let work = || subject(work, all);
    match what {
        What::ReachesNobody { before, reason } => reaches_nobody(&work(), before, reason.as_ref()),
        What::NoLongerKnown { lacks: what, .. } => {
            format!("what becomes of {} is no longer known: {}", work(), lacks(what, "no longer "))
        }
        What::KnownNow { lacks: what, reps } => {
            let reps = if reps.is_empty() {
                "is routed".to_owned()
            } else {
                format!("reaches {}, {}", count(reps.len(), "rep"), names(reps))
            };
            format!("{} is new: it {reps}; before, {}", work(), lacks(what, "did not "))
        }
        What::LosesReps { reps, before, others_unknown, reason } => {
            let reason = reason.as_ref().map(|reason| format!(": {}", because(reason, reps.len()))).unwrap_or_default();
            let all = if *others_unknown { "known reps" } else { "reps" };
            format!("{} no longer reaches {} of {before} {all}, {}{reason}", work(), reps.len(), names(reps))
        }
        What::GainsReps { reps, .. } if reps.is_empty() => format!("{} is routed now", work()),
        What::GainsReps { reps, before: 0, others_unknown: false, .. } => {
            format!("{} reaches {} now, {}, and reached nobody before", work(), count(reps.len(), "rep"), names(reps))
        }
        What::GainsReps { reps, .. } => {
            format!("{} also reaches {}, {}", work(), count(reps.len(), "rep"), names(reps))
        }
        What::Statuses { channel, lost, gained, alone } => statuses(channel, [lost, gained], alone, &work()),
        What::Goes { before, after } => {
            let queue = |queue: &Option<Name>| queue.as_ref().map_or("no queue".to_owned(), |name| format!("`{name}`"));
            format!("{} goes to {} instead of {}", work(), queue(after), queue(before))
        }
        What::Priority { before, after, passes, passed_by } => priority(&work(), *before, *after, passes, passed_by),
        What::SecondaryPriority { before, after } => {
            format!("{} has the secondary priority {} instead of {}", work(), number(*after), number(*before))
        }
        What::Holds { presence_configuration, before, after, reps } => {
            let who = presence_configuration.as_ref().map_or_else(
                || format!("a rep whom no presence configuration of the project governs ({})", names(reps)),
                |name| format!("a rep governed by `{name}`"),
            );
            format!("{who} can hold {} at once instead of {before}: {}", count(*after as usize, "item"), work())
        }
        What::Cost { before, after } => {
            format!("an item costs {} instead of {}: {}", cost(after), cost(before), work())
        }
        What::PausedCost { before, after } => {
            format!("a paused item costs {} instead of {}: {}", cost(after), cost(before), work())
        }
        What::PushTimeout { before, after } => {
            let after =
                after.map_or("waits without end".to_owned(), |after| format!("goes to another rep after {after} s"));
            let before = before.map_or("waiting without end".to_owned(), |before| format!("after {before} s"));
            format!("an unanswered offer {after} instead of {before}: {}", work())
        }
        What::DropsSkills { before, after } => {
            let after = after.map_or("keeps additional skills".to_owned(), |after| {
                format!("drops additional skills after {after} s")
            });
            let before = before.map_or("keeping them".to_owned(), |before| format!("after {before} s"));
            format!("{} {after} instead of {before}", work())
        }
        What::Needs { before, after } => {
            format!("the skills that are asked for are {} instead of {}: {}", needs(after), needs(before), work())
        }
        What::Model { before, after } => format!("{} goes to {} instead of {}", work(), model(*after), model(*before)),
        What::Channel { before, after } => {
            format!("{} goes through the service channel `{after}` instead of `{before}`", work())
        }
        What::Overflow { before, after } => format!(
            "{} above the org's limits {} instead of {}",
            work(),
            after.as_ref().map_or("is refused".to_owned(), |to| format!("goes to {}", overflow(to))),
            before.as_ref().map_or("being refused".to_owned(), |to| format!("to {}", overflow(to))),
        ),
        What::Row { table, row, field, before, after } => row_words(table, row, field, before, after),
    }
}

fn reaches_nobody(work: &str, before: &[Name], reason: Option<&Reason>) -> String {
    let lost = match before {
        [] => String::new(),
        [only] => format!("it loses its only rep, `{only}`"),
        several => format!("it loses its {} reps, {}", several.len(), names(several)),
    };
    let reason = reason.map(|reason| because(reason, before.len())).unwrap_or_default();
    let parts: Vec<String> = [lost, reason].into_iter().filter(|part| !part.is_empty()).collect();
    if parts.is_empty() {
        return format!("{work} no longer reaches anybody");
    }
    format!("{work} no longer reaches anybody: {}", parts.join("; "))
}

/// Why reps are not reached; `number` is how many they are.
fn because(reason: &Reason, number: usize) -> String {
    let (they, are, lack, have) =
        if number == 1 { ("the rep", "is", "lacks", "has") } else { ("the reps", "are", "lack", "have") };
    match reason {
        Reason::NotMembers if number == 1 => "the rep is no longer a member".to_owned(),
        Reason::NotMembers => "the reps are no longer members".to_owned(),
        Reason::Unknown => format!("{they} {are} not known to have what it asks for"),
        Reason::Inactive => format!("{they} {are} inactive"),
        Reason::LackSkill(skill) => format!("{they} {lack} the skill `{skill}`"),
        Reason::SkillLevel(skill) => format!("{they} {have} too low a level of the skill `{skill}`"),
        Reason::NotOffered(channel) => format!("no presence status offers `{channel}`"),
        Reason::NotGranted(channel) => format!("{they} may choose no presence status that offers `{channel}`"),
        Reason::NoRoom => format!("an item costs more capacity than {they} {have}"),
        Reason::NotRouted(why) => why.clone(),
    }
}

/// What a project does not have: `verb` is "no longer " or "did not ".
fn lacks(what: &Lacks, verb: &str) -> String {
    let have = if verb == "no longer " { "no longer has" } else { "did not have" };
    match what {
        Lacks::Queue => format!("the project {have} the queue"),
        Lacks::RoutingConfiguration(name) => format!("the project {have} the routing configuration `{name}`"),
        Lacks::ServiceChannel => format!("the project {have} a service channel for it"),
        Lacks::Other(why) => why.clone(),
    }
}

fn statuses(channel: &Name, [lost, gained]: [&[Name]; 2], alone: &[Name], work: &str) -> String {
    let split =
        |names: &[Name]| -> (Vec<Name>, Vec<Name>) { names.iter().cloned().partition(|name| alone.contains(name)) };
    let ((gone, lost), (new, gained)) = (split(lost), split(gained));
    let mut parts = Vec::new();
    if !gone.is_empty() {
        let are = if gone.len() == 1 { "is" } else { "are" };
        parts.push(format!("{}, which {} `{channel}`, {are} no longer in the project", status(&gone), offer(&gone)));
    }
    if !lost.is_empty() {
        let offer = if lost.len() == 1 { "offers" } else { "offer" };
        parts.push(format!("{} no longer {offer} `{channel}`", status(&lost)));
    }
    if !new.is_empty() {
        let are = if new.len() == 1 { "is" } else { "are" };
        parts.push(format!("{}, which {} `{channel}`, {are} new", status(&new), offer(&new)));
    }
    if !gained.is_empty() {
        parts.push(format!("{} {} `{channel}` now", status(&gained), offer(&gained)));
    }
    format!("{}: this decides who is offered {work}", parts.join(", "))
}

fn status(names: &[Name]) -> String {
    let noun = if names.len() == 1 { "the presence status" } else { "the presence statuses" };
    format!("{noun} {}", self::names(names))
}

const fn offer(names: &[Name]) -> &'static str {
    if names.len() == 1 { "offers" } else { "offer" }
}

fn priority(work: &str, before: Option<i32>, after: Option<i32>, passes: &[Name], passed_by: &[Name]) -> String {
    let mut text = format!("{work} has priority {} instead of {}", number(after), number(before));
    if !passes.is_empty() {
        text += ": it now goes before work of ";
        text += &names(passes);
    }
    if !passed_by.is_empty() {
        let glue = if passes.is_empty() { ": now" } else { ", and" };
        text += glue;
        text += " work of ";
        text += &names(passed_by);
        text += " goes before it";
    }
    text
}

fn number(number: Option<i32>) -> String {
    number.map_or_else(|| "none".to_owned(), |number| number.to_string())
}

fn cost(cost: &Cost) -> String {
    match cost {
        Cost::Units(units) => units.to_string(),
        Cost::Share(share) => format!("{share} percent"),
    }
}

fn needs(needs: &[SkillNeed]) -> String {
    if needs.is_empty() {
        return "no skill".to_owned();
    }
    let one = |need: &SkillNeed| {
        let level = need.skill_level.map(|level| format!(" at level {level}")).unwrap_or_default();
        let additional = if need.is_additional_skill { " (additional)" } else { "" };
        format!("`{}`{level}{additional}", need.skill_id)
    };
    needs.iter().map(one).collect::<Vec<_>>().join(", ")
}

const fn model(model: Option<RoutingModel>) -> &'static str {
    match model {
        Some(RoutingModel::LeastActive) => "the least active rep",
        Some(RoutingModel::MostAvailable) => "the most available rep",
        Some(RoutingModel::ExternalRouting) => "whom a partner's system chooses",
        None => "nobody by a rule",
    }
}

fn overflow(to: &Overflow) -> String {
    match to {
        Overflow::Queue(queue) => format!("the queue `{queue}`"),
        Overflow::User(user) => format!("`{user}`"),
    }
}

/// "`a`, `b` and 3 more".
fn names(names: &[Name]) -> String {
    list(names.iter().map(Name::as_str), NAMES)
}
