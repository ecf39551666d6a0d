//! What a console is told of something that happened: by ids of 15 characters, with the names that people see.

use serde_json::{Value, json};

use crate::plan::Name;
use crate::runtime::{AgentWorkId, ConsoleChannel, ConsoleEvent, ConsoleWork, Effect, TimedEffect};
use crate::serve::org::{Line, Org};
use crate::serve::records::Named;

/// The id of a record of work; what routing calls it, if clients know no id.
pub(super) fn item(org: &Org, name: &str) -> String {
    org.record_id(name).map_or_else(|| name.to_owned(), |id| id.short().to_owned())
}

/// The id of work.
pub(super) fn work(org: &Org, id: AgentWorkId) -> String {
    org.work_id(id).short().to_owned()
}

/// The id of something that has a name.
pub(super) fn named(org: &Org, kind: Named, name: &str) -> String {
    org.directory().id(kind, name).short().to_owned()
}

/// What people see of a presence status: its label, or its name if none is known.
pub(super) fn status_label(org: &Org, name: &Name) -> Name {
    let display = org.plan().display.as_ref();
    let shown = display.and_then(|display| display.presence_statuses.get(name));
    shown.and_then(|shown| shown.label.clone()).unwrap_or_else(|| name.clone())
}

/// The guide's `channel` objects.
pub(super) fn channels(org: &Org, channels: &[ConsoleChannel]) -> Value {
    let shown = |channel: &ConsoleChannel| {
        let id = named(org, Named::ServiceChannel, &channel.channel_id);
        json!({ "channelId": id, "developerName": channel.developer_name })
    };
    channels.iter().map(shown).collect()
}

/// The guide's `work` objects.
pub(super) fn works(org: &Org, works: &[ConsoleWork]) -> Value {
    let shown = |it: &ConsoleWork| {
        json!({
            "workItemId": item(org, &it.work_item_id),
            "workId": work(org, it.work_id),
            "isEngaged": it.is_engaged,
        })
    };
    works.iter().map(shown).collect()
}

/// Whose console hears of an effect.
fn listener(effect: &Effect) -> Option<&Name> {
    match effect {
        Effect::Console { user, .. } | Effect::SupervisorActed { user, .. } | Effect::AgentChanged { user } => {
            Some(user)
        }
        Effect::AgentWorkCreated { user_id, .. }
        | Effect::AgentWorkOpened { user_id, .. }
        | Effect::AgentWorkEnded { user_id, .. }
        | Effect::AgentWorkPaused { user_id, .. }
        | Effect::AfterConversationWork { user_id, .. }
        | Effect::AfterConversationWorkEnded { user_id, .. }
        | Effect::UserServicePresenceStarted { user_id, .. } => Some(user_id),
        _ => None,
    }
}

/// A line as a console is told it; none if it is not for this user. Without a user, everything is told.
pub(super) fn told(org: &Org, line: &Line, user: Option<&str>) -> Option<Value> {
    let TimedEffect { at, effect } = match line {
        Line::BeganAgain(at) => return Some(json!({ "at": at, "kind": "beganAgain" })),
        Line::Effect(effect) => &**effect,
    };
    let listener = listener(effect);
    if user.is_some_and(|user| listener.is_none_or(|listener| listener != user)) {
        return None;
    }
    if let Effect::Console { user, event } = effect {
        return Some(json!({
            "at": at,
            "kind": "console",
            "user": named(org, Named::User, user),
            "username": user,
            "event": event_name(event),
            "parameters": parameters(org, event),
        }));
    }
    if matches!(
        effect,
        Effect::Streaming { .. } | Effect::Subscribed { .. } | Effect::SupervisorView { .. } | Effect::Result { .. }
    ) {
        // Streaming clients and whoever asked are told of these.
        return None;
    }
    let mut shown = serde_json::to_value(effect).unwrap_or_default();
    org.effect_outward(&mut shown);
    if let (Some(fields), Some(item)) = (shown.as_object_mut(), item_of(effect)) {
        fields.insert("workItemId".to_owned(), Value::from(self::item(org, item)));
    }
    Some(json!({ "at": at, "kind": "effect", "username": listener, "effect": shown }))
}

fn item_of(effect: &Effect) -> Option<&Name> {
    match effect {
        Effect::AgentWorkCreated { work_item_id, .. }
        | Effect::AgentWorkOpened { work_item_id, .. }
        | Effect::AgentWorkEnded { work_item_id, .. }
        | Effect::AgentWorkPaused { work_item_id, .. }
        | Effect::AfterConversationWork { work_item_id, .. }
        | Effect::AfterConversationWorkEnded { work_item_id, .. } => Some(work_item_id),
        _ => None,
    }
}

const fn event_name(event: &ConsoleEvent) -> &'static str {
    match event {
        ConsoleEvent::LoginSuccess { .. } => "loginSuccess",
        ConsoleEvent::StatusChanged { .. } => "statusChanged",
        ConsoleEvent::Logout {} => "logout",
        ConsoleEvent::WorkAssigned { .. } => "workAssigned",
        ConsoleEvent::WorkAccepted { .. } => "workAccepted",
        ConsoleEvent::WorkDeclined { .. } => "workDeclined",
        ConsoleEvent::WorkClosed { .. } => "workClosed",
        ConsoleEvent::WorkFlagUpdated { .. } => "workFlagUpdated",
        ConsoleEvent::WorkloadChanged { .. } => "workloadChanged",
        ConsoleEvent::ConnectionError { .. } => "connectionError",
    }
}

/// The payload of an event, by the names of the guide.
fn parameters(org: &Org, event: &ConsoleEvent) -> Value {
    let status = |name: &str| named(org, Named::PresenceStatus, name);
    match event {
        ConsoleEvent::LoginSuccess { status_id } => json!({ "statusId": status(status_id) }),
        ConsoleEvent::StatusChanged { status_id, channels: list, status_name, status_api_name } => json!({
            "statusId": status(status_id),
            "channels": channels(org, list),
            "statusName": status_label(org, status_name),
            "statusApiName": status_api_name,
        }),
        ConsoleEvent::Logout {} => json!({}),
        ConsoleEvent::WorkAssigned { work_item_id, work_id }
        | ConsoleEvent::WorkAccepted { work_item_id, work_id }
        | ConsoleEvent::WorkDeclined { work_item_id, work_id }
        | ConsoleEvent::WorkClosed { work_item_id, work_id } => {
            json!({ "workItemId": item(org, work_item_id), "workId": work(org, *work_id) })
        }
        ConsoleEvent::WorkFlagUpdated { work_id, is_flagged, message, role_updated_by, updated_by } => json!({
            "workId": work(org, *work_id),
            "isFlagged": is_flagged,
            "message": message,
            "roleUpdatedBy": role_updated_by,
            "updatedBy": named(org, Named::User, updated_by),
        }),
        ConsoleEvent::WorkloadChanged { configured_capacity, previous_workload, new_workload } => json!({
            "configuredCapacity": configured_capacity,
            "previousWorkload": previous_workload,
            "newWorkload": new_workload,
        }),
        ConsoleEvent::ConnectionError { error } => json!({ "error": error }),
    }
}
