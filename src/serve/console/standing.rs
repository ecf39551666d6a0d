//! Where a user stands: what a rep's page shows before anything happens.

use serde_json::{Value, json};

use super::told::{item, named, status_label, work as work_id};
use crate::plan::{Acceptance, Name, PresenceStatus, StatusMeaning, Time};
use crate::runtime::records::{AgentWork, AgentWorkStatus};
use crate::serve::exchange::{ApiError, Response};
use crate::serve::ids::Id;
use crate::serve::org::Org;
use crate::serve::records::Named;

/// `GET /omnic/v1/console/state`.
///
/// # Errors
///
/// If nobody has the id.
pub(super) fn standing(org: &mut Org, user: &Id) -> Result<Response, ApiError> {
    let real = org.clock.real();
    org.consoles.listen(real);
    let org = &*org;
    let name = org.username(user).ok_or_else(ApiError::session)?;
    let runtime = org.runtime();
    let presence = runtime.current_presence(name);
    let current = presence.as_ref().map(|presence| {
        let status = &presence.service_presence_status_id;
        json!({
            "statusId": named(org, Named::PresenceStatus, status),
            "statusName": status_label(org, status),
            "statusApiName": status,
            "isAway": presence.is_away,
            "since": presence.status_start_date,
        })
    });
    let pools = runtime.pools(name).map(|[primary, interruptible]| {
        json!({
            "used": primary.used,
            "capacity": primary.capacity,
            "interruptibleUsed": interruptible.used,
            "interruptibleCapacity": interruptible.capacity,
        })
    });
    let queues = org.plan().tables.queues.iter();
    let queues: Vec<Value> =
        queues.map(|row| json!({ "id": named(org, Named::Queue, &row.name), "name": row.name })).collect();
    let people = org.plan().tables.agents.iter().flatten().filter(|row| row.user != *name);
    let people: Vec<Value> = people
        .map(|row| {
            json!({
                "id": named(org, Named::User, &row.user),
                "name": org.person_name(&row.user),
                "online": runtime.current_presence(&row.user).is_some(),
            })
        })
        .collect();
    Ok(Response::json(
        200,
        &json!({
            "position": org.consoles.position(),
            "now": org.clock.now(),
            "pace": org.clock.pace().to_string(),
            "user": { "id": user.short(), "username": name, "name": org.person_name(name) },
            "isSupervisor": runtime.supervisor_view(name).is_some(),
            "statuses": statuses(org, name),
            "configuration": configuration(org, name),
            "presence": current,
            "capacity": pools,
            "works": works_of(org, name),
            "queues": queues,
            "people": people,
        }),
    ))
}

/// The statuses that a user may enter. Whether those may be entered of which it is not known if they are granted, the routing
/// option `unknownGrants` says.
fn statuses(org: &Org, user: &Name) -> Vec<Value> {
    let rows = org.plan().tables.presence_statuses.iter();
    let granted = rows.filter(|row| org.runtime().may_enter(user, &row.name));
    let known = org.runtime().agent(user).unwrap_or_default();
    let has = |name: &Name| known.statuses.as_ref().is_some_and(|statuses| statuses.contains(name));
    let by_profile =
        |row: &PresenceStatus| known.profile.as_ref().is_some_and(|profile| row.granted_by_profiles.contains(profile));
    granted
        .map(|row| {
            json!({
                "id": named(org, Named::PresenceStatus, &row.name),
                "name": status_label(org, &row.name),
                "apiName": row.name,
                "isAway": row.away,
                "isKnown": has(&row.name) || by_profile(row),
                "channels": row.channels,
            })
        })
        .collect()
}

/// How a user may answer offers.
fn configuration(org: &Org, user: &Name) -> Value {
    let name = org.runtime().agent(user).and_then(|agent| agent.presence_configuration);
    let tables = &org.plan().tables;
    let row = name.as_ref().and_then(|name| tables.presence_configurations.iter().find(|row| row.name == *name));
    let acceptance = row.map(|row| row.acceptance.clone()).unwrap_or_default();
    let (can_decline, reasons) = match &acceptance {
        Acceptance::Decline { .. } => (true, org.runtime().decline_reasons(user)),
        Acceptance::Auto | Acceptance::Manual => (false, &[] as &[Name]),
    };
    let display = org.plan().display.as_ref();
    let reasons: Vec<Value> = reasons
        .iter()
        .map(|reason| {
            let shown = display.and_then(|display| display.decline_reasons.get(reason));
            json!({ "name": reason, "label": shown.and_then(|shown| shown.label.as_ref()).unwrap_or(reason) })
        })
        .collect();
    let shown = name.as_ref().and_then(|name| display?.presence_configurations.get(name));
    json!({
        "name": name,
        "requestSound": shown.is_none_or(|shown| shown.request_sound.unwrap_or(true)),
        "disconnectSound": shown.and_then(|shown| shown.disconnect_sound).unwrap_or(false),
        "accepts": if acceptance == Acceptance::Auto { "auto" } else { "manual" },
        "canDecline": can_decline,
        "declineReasons": reasons,
    })
}

/// What a user has: offered and open work, the oldest first.
pub(super) fn works_of(org: &Org, user: &str) -> Vec<Value> {
    let works = org.runtime().agent_works().filter(|work| work.status.is_active() && work.user_id == user);
    works.map(|work| shown(org, &work)).collect()
}

/// When an offer goes to another rep; none: never, or it was answered.
fn expires(work: &AgentWork) -> Option<Time> {
    let seconds = work.push_timeout.filter(|seconds| *seconds > 0 && !work.is_preferred_user_required)?;
    let offered = work.assigned_date_time.filter(|_| work.status == AgentWorkStatus::Assigned)?;
    Some(offered.plus(i64::from(seconds) * 1_000))
}

/// Work as pages show it.
pub(super) fn shown(org: &Org, work: &AgentWork) -> Value {
    let record = org.record_of(&work.work_item_id);
    let title = record.as_ref().and_then(|(_, row)| {
        ["Subject", "Name", "CaseNumber"].iter().find_map(|field| row.text(field)).map(str::to_owned)
    });
    let channel = org.plan().tables.channels.iter().find(|row| row.name == work.service_channel_id);
    let status_field = channel.and_then(|channel| channel.status_capacity.as_ref());
    let meaning = |meaning: StatusMeaning| match meaning {
        StatusMeaning::InProgress => "inProgress",
        StatusMeaning::Paused => "paused",
        StatusMeaning::Completed => "completed",
    };
    let status = status_field.map(|status| {
        let value = record.as_ref().and_then(|(_, row)| row.text(&status.field));
        let values: Vec<Value> =
            status.values.iter().map(|row| json!({ "value": row.value, "meaning": meaning(row.meaning) })).collect();
        json!({ "field": status.field, "value": value, "values": values })
    });
    let display = org.plan().display.as_ref();
    let on_console = org.runtime().work_on_console(work.id).unwrap_or_default();
    json!({
        "workId": work_id(org, work.id),
        "workItemId": item(org, &work.work_item_id),
        "object": record.as_ref().map(|(object, _)| object),
        "title": title,
        "userId": named(org, Named::User, &work.user_id),
        "userName": org.person_name(&work.user_id),
        "queue": work.original_group_id,
        "channel": work.service_channel_id,
        "status": work.status,
        "assignedAt": work.assigned_date_time,
        "openedAt": work.accept_date_time,
        "expiresAt": expires(work),
        "minimises": display.and_then(|display| display.channels.get(&work.service_channel_id)).is_some_and(|shown| shown.minimizes_widget_on_accept),
        "capacityModel": work.capacity_model,
        "weight": work.capacity_weight,
        "percentage": work.capacity_percentage,
        "isInterruptible": work.is_interruptible,
        "isRequired": work.is_preferred_user_required,
        "isFlagged": on_console.flag.is_some(),
        "flagMessage": on_console.flag.flatten(),
        "afterConversationUntil": on_console.after_conversation_until,
        "extensionsLeft": on_console.extensions_left,
        "statusField": status,
    })
}
