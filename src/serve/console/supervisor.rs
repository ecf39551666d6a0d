//! What a supervisor sees: reps with their load and how their day went, queues with what waits and why, skills, work.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::standing::{shown, works_of};
use super::told::{item, named, status_label};
use crate::narrate::item_now;
use crate::plan::{Name, Time};
use crate::runtime::records::PendingServiceRouting;
use crate::runtime::{Effect, Event, Supervision, SupervisorSight};
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Org, Session, refused};
use crate::serve::records::Named;

/// Items of a queue that are listed; the rest is counted.
const MOST_ITEMS: usize = 50;
/// Parts of a rep's timeline: the latest.
const MOST_PARTS: usize = 100;

/// `GET /omnic/v1/console/supervisor`.
///
/// # Errors
///
/// If no supervisor configuration applies to the user.
pub(super) fn supervisor(org: &mut Org, user: &Id) -> Result<Response, ApiError> {
    let real = org.clock.real();
    org.consoles.listen(real);
    let name = org.username(user).cloned().ok_or_else(ApiError::session)?;
    let look = Event::Supervise { user: name.clone(), action: Supervision::View {} };
    let effects = org.question(&look).map_err(|refusal| refused::error(&refusal))?;
    let sight = effects.into_iter().find_map(|timed| match timed.effect {
        Effect::SupervisorView { sight, .. } => Some(sight),
        _ => None,
    });
    let Some(sight) = sight else { return Err(ApiError::not_found()) };
    let sight = *sight;
    let org = &*org;
    let view = org.plan().tables.supervisor_views.iter().find(|row| row.name == sight.configuration);
    let flows: Vec<Value> = view
        .into_iter()
        .flat_map(|view| &view.actions)
        .map(|action| json!({ "tab": action.tab, "action": action.action, "flow": action.flow }))
        .collect();
    let skills: Vec<Value> = sight
        .skills
        .iter()
        .map(|skill| {
            json!({ "id": named(org, Named::Skill, &skill.skill), "name": skill.skill, "waiting": skill.waiting })
        })
        .collect();
    Ok(Response::json(
        200,
        &json!({
            "position": org.consoles.position(),
            "now": org.clock.now(),
            "pace": org.clock.pace().to_string(),
            "user": { "id": user.short(), "username": name, "name": org.person_name(&name) },
            "configuration": sight.configuration,
            "isTimelineHidden": sight.is_timeline_hidden,
            "actions": flows,
            "agents": agents(org, &sight),
            "queues": queues(org, &sight),
            "skills": skills,
            "work": work(org, &sight),
        }),
    ))
}

fn agents(org: &Org, sight: &SupervisorSight) -> Vec<Value> {
    let mut timelines = if sight.is_timeline_hidden { BTreeMap::new() } else { timelines(org) };
    let shown = |agent: &crate::runtime::AgentSight| {
        let pools = org.runtime().pools(&agent.user);
        let presence = org.runtime().current_presence(&agent.user);
        let known = org.runtime().agent(&agent.user);
        let skills = known.and_then(|agent| agent.skills).unwrap_or_default();
        json!({
            "id": named(org, Named::User, &agent.user),
            "username": agent.user,
            "name": org.person_name(&agent.user),
            "status": agent.status.as_ref().map(|status| status_label(org, status)),
            "isAway": presence.as_ref().map(|presence| presence.is_away),
            "since": presence.map(|presence| presence.status_start_date),
            "workload": agent.workload,
            "capacity": agent.configured_capacity,
            "interruptibleUsed": pools.as_ref().map(|[_, pool]| pool.used),
            "interruptibleCapacity": pools.as_ref().map(|[_, pool]| pool.capacity),
            "works": works_of(org, &agent.user),
            "queues": org.queues_of(&agent.user),
            "skills": skills.iter().map(|held| &held.skill_id).collect::<Vec<&Name>>(),
            "timeline": (!sight.is_timeline_hidden).then(|| timeline(timelines.remove(&agent.user).unwrap_or_default())),
        })
    };
    sight.agents.iter().map(shown).collect()
}

/// A part of a timeline, with when it began.
type Part = (Time, Value);

/// How the day of each rep went: statuses, then work, each with its begin and end.
fn timelines(org: &Org) -> BTreeMap<Name, Vec<Part>> {
    let mut parts: BTreeMap<Name, Vec<Part>> = BTreeMap::new();
    for presence in org.runtime().user_service_presences() {
        let part = json!({
            "kind": if presence.is_away { "away" } else { "online" },
            "label": presence.service_presence_status_id,
            "from": presence.status_start_date,
            "to": presence.status_end_date,
        });
        parts.entry(presence.user_id).or_default().push((presence.status_start_date, part));
    }
    for work in org.runtime().agent_works() {
        let Some(from) = work.accept_date_time else { continue };
        let to = work.close_date_time.or(work.cancel_date_time);
        let part = json!({ "kind": "work", "label": item(org, &work.work_item_id), "from": from, "to": to });
        parts.entry(work.user_id).or_default().push((from, part));
    }
    parts
}

/// The latest parts of a timeline, in their order.
fn timeline(mut parts: Vec<Part>) -> Value {
    parts.sort_by_key(|(from, _)| *from);
    let skipped = parts.len().saturating_sub(MOST_PARTS);
    parts.into_iter().skip(skipped).map(|(_, part)| part).collect()
}

fn queues(org: &Org, sight: &SupervisorSight) -> Vec<Value> {
    let waiting: Vec<PendingServiceRouting> =
        org.runtime().pending_service_routings().filter(|request| !request.is_pushed).collect();
    let shown = |queue: &crate::runtime::QueueSight| {
        let mut own: Vec<&PendingServiceRouting> =
            waiting.iter().filter(|request| request.group_id.as_ref() == Some(&queue.queue)).collect();
        own.sort_by_key(|request| request.custom_requested_date_time.unwrap_or(request.created_date));
        let items: Vec<Value> = own.iter().take(MOST_ITEMS).map(|request| waits(org, request)).collect();
        json!({
            "id": named(org, Named::Queue, &queue.queue),
            "name": queue.queue,
            "waiting": queue.waiting,
            "longestWait": queue.longest_wait,
            "items": items,
        })
    };
    sight.queues.iter().map(shown).collect()
}

fn waits(org: &Org, request: &PendingServiceRouting) -> Value {
    let record = org.record_of(&request.work_item_id);
    let title = record
        .as_ref()
        .and_then(|(_, row)| ["Subject", "Name"].iter().find_map(|field| row.text(field)).map(str::to_owned));
    json!({
        "workItemId": item(org, &request.work_item_id),
        "object": record.as_ref().map(|(object, _)| object),
        "title": title,
        "since": request.created_date,
        "priority": request.routing_priority,
    })
}

fn work(org: &Org, sight: &SupervisorSight) -> Vec<Value> {
    let is_seen = |user: &Name| sight.agents.iter().any(|agent| agent.user == *user);
    let works = org.runtime().agent_works().filter(|work| work.status.is_active() && is_seen(&work.user_id));
    works.map(|work| shown(org, &work)).collect()
}

/// `GET /omnic/v1/console/why?workItemId=…`: why an item waits, in the runtime's words.
///
/// # Errors
///
/// If the user is no supervisor and may not control, or there is no such record.
pub(super) fn why(org: &mut Org, request: &Request, session: &Session) -> Result<Response, ApiError> {
    let name = org.username(&session.user).ok_or_else(ApiError::session)?;
    if !session.control && org.runtime().supervisor_view(name).is_none() {
        return Err(refused::error(&crate::runtime::Refusal::NotSupervisor { user: name.clone() }));
    }
    let given = request.parameter("workItemId").unwrap_or_default();
    let known = Id::parse(given).map(|id| org.record_name(&id)).filter(|name| org.runtime().is_record(name));
    let record = known.ok_or_else(|| {
        ApiError::new(400, "INVALID_ARGUMENT", format!("`workItemId` is `{given}`, which routing has not heard of"))
    })?;
    let now = item_now(org.plan(), org.runtime(), &record);
    let reps: Vec<Value> = now.reps.iter().map(|(why, users)| json!({ "why": why, "users": users })).collect();
    let ahead: Vec<Value> =
        now.ahead.iter().map(|(name, why)| json!({ "workItemId": item(org, name), "why": why })).collect();
    let timers: Vec<Value> = now.timers.iter().map(|(at, what)| json!({ "at": at, "what": what })).collect();
    Ok(Response::json(
        200,
        &json!({
            "workItemId": given,
            "waits": now.waits,
            "summary": now.summary,
            "missingSkills": now.missing_skills,
            "reps": reps,
            "ahead": ahead,
            "timers": timers,
        }),
    ))
}
