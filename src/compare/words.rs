//! Sentences about what a change does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::change::{Lacks, Reason, Topic, What};
use super::classes::{Entry, WorkKind};
use super::renames::Rename;
use crate::plan::{Cost, Name, Overflow};
use crate::runtime::SkillNeed;
use crate::runtime::records::RoutingModel;
use crate::text::{count, list};

/// How many names a sentence lists.
const NAMES: usize = 5;

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

/// The work that is meant: of whole queues where all their kinds are.
pub(super) fn subject(work: &[WorkKind], all: &[WorkKind]) -> String {
    let mut of_entry: BTreeMap<&Entry, Vec<&WorkKind>> = BTreeMap::new();
    for kind in work {
        of_entry.entry(&kind.entry).or_default().push(kind);
    }
    let whole = |entry: &Entry, own: &[&WorkKind]| all.iter().filter(|kind| kind.entry == *entry).count() == own.len();
    let (wholes, parts): (Vec<_>, Vec<_>) = of_entry.into_iter().partition(|(entry, own)| whole(entry, own));
    let queues: Vec<&str> = wholes.iter().filter_map(|(entry, _)| queue(entry)).collect();
    let mut phrases = Vec::new();
    if !queues.is_empty() {
        phrases.push(format!("work of {}", list(queues.into_iter(), NAMES)));
    }
    phrases.extend(
        wholes
            .iter()
            .filter(|(entry, _)| queue(entry).is_none())
            .map(|(entry, _)| format!("work of {}", entry_words(entry))),
    );
    phrases.extend(parts.into_iter().map(|(entry, own)| part(entry, &own, all)));
    let more = phrases.len().saturating_sub(NAMES);
    phrases.truncate(NAMES);
    if more > 0 {
        phrases.push(format!("{more} more kinds of work"));
    }
    phrases.join(" and ")
}

fn queue(entry: &Entry) -> Option<&str> {
    match entry {
        Entry::Queue(queue) => Some(queue),
        Entry::Flow { .. } => None,
    }
}

/// ``the flow `Route_Case` (`Route`)``, or the queue.
pub fn entry_words(entry: &Entry) -> String {
    match entry {
        Entry::Queue(queue) => format!("`{queue}`"),
        Entry::Flow { flow, action } => format!("the flow `{flow}` (`{action}`)"),
    }
}

/// Some of the kinds of work of one entry.
fn part(entry: &Entry, own: &[&WorkKind], all: &[WorkKind]) -> String {
    let objects: BTreeSet<&Name> = own.iter().map(|kind| &kind.object).collect();
    let phrase = |object: &&Name| {
        let some: Vec<&&WorkKind> = own.iter().filter(|kind| kind.object == **object).collect();
        let is_whole = all.iter().filter(|kind| kind.entry == *entry && kind.object == **object).count() == some.len();
        let values = if is_whole { String::new() } else { values(&some) };
        format!("`{object}` work of {}{values}", entry_words(entry))
    };
    objects.iter().map(phrase).collect::<Vec<_>>().join(" and ")
}

/// The values by which some kinds of work differ from the others.
fn values(some: &[&&WorkKind]) -> String {
    let one = |kind: &WorkKind| {
        let fields = kind.fields.iter().map(|(field, value)| match value {
            Some(value) => format!("`{field}` = `{value}`"),
            None => format!("another `{field}`"),
        });
        fields.collect::<Vec<_>>().join(", ")
    };
    let shared = shared(some);
    match (some, shared.is_empty()) {
        ([only], _) => format!(" with {}", one(only)),
        (_, false) => format!(" with {shared}"),
        ([first, .., _], true) => format!(" with {} and {}", one(first), count(some.len() - 1, "other combination")),
        ([], true) => String::new(),
    }
}

/// The values that all of them have.
fn shared(some: &[&&WorkKind]) -> String {
    let Some(first) = some.first() else { return String::new() };
    let all_have = |field: &Name, value: &Option<Name>| some.iter().all(|kind| kind.fields.get(field) == Some(value));
    let fields = first.fields.iter().filter(|(field, value)| value.is_some() && all_have(field, value));
    fields
        .map(|(field, value)| format!("`{field}` = `{}`", value.as_deref().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What has another name, without a full stop.
pub fn renamed(rename: &Rename) -> String {
    let Rename { table, before, after } = rename;
    format!("the {} `{before}` is called `{after}` now, and is the same otherwise", noun(table))
}

/// What a table's rows are called.
pub fn noun(table: &str) -> &'static str {
    match table {
        "settings" => "Omni-Channel settings",
        "channels" => "service channel",
        "presence_statuses" => "presence status",
        "decline_reasons" => "decline reason",
        "presence_configurations" => "presence configuration",
        "users" => "user",
        "governed_by_user" => "presence configuration of the user",
        "governed_by_profile" => "presence configuration of the profile",
        "routing_configurations" => "routing configuration",
        "queues" => "queue",
        "skills" => "skill",
        "skill_rules" => "skill rule",
        "supervisor_views" => "supervisor configuration",
        "route_works" => "route-work action",
        "messaging_channels" => "messaging channel",
        "agents" => "rep",
        _ => "row",
    }
}

/// A row that differs.
fn row_words(table: &str, row: &str, field: &str, before: &Value, after: &Value) -> String {
    let subject = if row.is_empty() { format!("the {}", noun(table)) } else { format!("the {} `{row}`", noun(table)) };
    if field.is_empty() {
        return if *after == Value::Bool(true) { format!("{subject} is new") } else { format!("{subject} is gone") };
    }
    match (table, field) {
        ("presence_statuses", "granted_by_permission_sets") => granted(row, "permission set", before, after),
        ("presence_statuses", "granted_by_profiles") => granted(row, "profile", before, after),
        ("governed_by_user", _) => {
            format!("the user `{row}` is governed by {} instead of {}", value(after), value(before))
        }
        ("governed_by_profile", _) => {
            format!("users of the profile `{row}` are governed by {} instead of {}", value(after), value(before))
        }
        ("presence_configurations", "capacity") => {
            format!("a rep governed by `{row}` has the capacity {} instead of {}", value(after), value(before))
        }
        ("presence_configurations", "status_on_push_timeout") => format!(
            "a rep governed by `{row}` who lets an offer time out {} instead of {}",
            if after.is_null() {
                "keeps the presence status".to_owned()
            } else {
                format!("is moved to {}", value(after))
            },
            if before.is_null() { "keeping it".to_owned() } else { format!("to {}", value(before)) },
        ),
        ("queues", "members") => members(row, before, after),
        ("agents", "presence_configuration") => {
            format!("the rep `{row}` is governed by {} instead of {}", governing(after), governing(before))
        }
        ("presence_configurations", "acceptance") => {
            format!("offers to a rep governed by `{row}` {} instead of: {}", acceptance(after), acceptance(before))
        }
        _ => lists(before, after).map_or_else(
            || {
                let [before, after] = switches(before, after);
                format!("{subject}: `{field}` is {} instead of {}", value(&after), value(&before))
            },
            |(gone, come)| {
                let gone = (!gone.is_empty()).then(|| format!("loses {}", quoted(&gone)));
                let come = (!come.is_empty()).then(|| format!("gains {}", quoted(&come)));
                let parts: Vec<String> = gone.into_iter().chain(come).collect();
                format!("{subject}: `{field}` {}", parts.join(" and "))
            },
        ),
    }
}

/// A switch that is left out is off.
fn switches(before: &Value, after: &Value) -> [Value; 2] {
    let is_switch = before.is_boolean() || after.is_boolean();
    [before, after].map(|value| if is_switch && value.is_null() { Value::Bool(false) } else { value.clone() })
}

fn governing(name: &Value) -> String {
    if name.is_null() { "the org's default".to_owned() } else { value(name) }
}

/// How offers are answered.
fn acceptance(how: &Value) -> String {
    match how.get("mode").and_then(Value::as_str) {
        Some("auto") => "are accepted at once".to_owned(),
        Some("decline") => {
            let reasons = how.get("reasons").and_then(Value::as_array).map_or(0, Vec::len);
            let status = how.get("status").and_then(Value::as_str);
            let status = status.map(|status| format!(", then the status is `{status}`")).unwrap_or_default();
            format!("can be declined, with {}{status}", count(reasons, "reason"))
        }
        _ => "cannot be declined".to_owned(),
    }
}

fn granted(status: &str, noun: &str, before: &Value, after: &Value) -> String {
    let (gone, come) = lists(before, after).unwrap_or_default();
    let of = |names: &[String]| {
        let noun = if names.len() == 1 { format!("the {noun}") } else { format!("the {noun}s") };
        format!("{noun} {}", quoted(names))
    };
    let verb = |names: &[String]| if names.len() == 1 { "grants" } else { "grant" };
    let gone = (!gone.is_empty()).then(|| format!("{} no longer {} it", of(&gone), verb(&gone)));
    let come = (!come.is_empty()).then(|| format!("{} {} it now", of(&come), verb(&come)));
    let parts: Vec<String> = gone.into_iter().chain(come).collect();
    format!("who may choose the presence status `{status}` changes: {}", parts.join(", and "))
}

fn members(queue: &str, before: &Value, after: &Value) -> String {
    let words = |kind: &str| match kind {
        "users" => "user",
        "groups" => "public group",
        "roles" => "role",
        "roles_and_subordinates" => "role and subordinates",
        _ => "role and internal subordinates",
    };
    let all = |one: &Value, other: &Value| -> Vec<String> {
        let kinds = one.as_object().into_iter().flatten();
        let lost = kinds.flat_map(|(kind, names)| {
            let others = other.get(kind).and_then(Value::as_array);
            let names = names.as_array().into_iter().flatten();
            let names = names.filter(move |name| !others.is_some_and(|others| others.contains(name)));
            names.map(move |name| format!("the {} {}", words(kind), value(name)))
        });
        lost.collect()
    };
    let gone = all(before, after);
    let come = all(after, before);
    let gone = (!gone.is_empty()).then(|| format!("no longer has {} as members", gone.join(", ")));
    let come = (!come.is_empty()).then(|| format!("has {} as members now", come.join(", ")));
    let parts: Vec<String> = gone.into_iter().chain(come).collect();
    format!("the queue `{queue}` {}", parts.join(", and "))
}

/// What is gone from a list and what has come, if both are lists of names or nothing.
fn lists(before: &Value, after: &Value) -> Option<(Vec<String>, Vec<String>)> {
    let names = |value: &Value| -> Option<Vec<String>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::Array(list) => list.iter().map(|name| name.as_str().map(str::to_owned)).collect(),
            _ => None,
        }
    };
    if before.is_null() && after.is_null() {
        return None;
    }
    let (before, after) = (names(before)?, names(after)?);
    let less = |from: &[String], by: &[String]| from.iter().filter(|name| !by.contains(name)).cloned().collect();
    Some((less(&before, &after), less(&after, &before)))
}

fn quoted(names: &[String]) -> String {
    list(names.iter().map(String::as_str), NAMES)
}

/// A value of a row.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(true) => "on".to_owned(),
        Value::Bool(false) => "off".to_owned(),
        Value::String(text) => format!("`{text}`"),
        Value::Number(number) => number.to_string(),
        other => format!("`{}`", crate::text::json::text(other)),
    }
}
