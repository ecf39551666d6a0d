//! Events in few words. A record's object is told by its name: `case-1` is a `Case`.

use std::collections::BTreeMap;

use omnic::plan::SkillLevel;
use omnic::runtime::{
    AgentChange, AgentRoute, CreateAgentWork, Event, Name, Owner, PendingServiceRoutingFields,
    PendingServiceRoutingKey, Route, SkillHeld, SkillNeed, SkillsRoute, Supervision, WorkArrived, WorkKey,
};

pub(crate) fn object(record: &str) -> Name {
    match record.split('-').next().unwrap_or_default() {
        "call" => "VoiceCall",
        "chat" => "LiveChatTranscript",
        "mail" => "Email__c",
        "order" => "Order",
        _ => "Case",
    }
    .into()
}

pub(crate) fn key(record: &str) -> WorkKey {
    record.parse().map_or_else(|()| WorkKey::WorkItem(record.into()), WorkKey::Id)
}

pub(crate) fn pending(record: &str) -> PendingServiceRoutingKey {
    PendingServiceRoutingKey::WorkItem(record.into())
}

pub(crate) fn fields(fields: &[(&str, &str)]) -> BTreeMap<Name, Name> {
    fields.iter().map(|&(field, value)| (field.into(), value.into())).collect()
}

// Routes

pub(crate) fn queue(queue: &str) -> Route {
    Route::Queue(queue.into())
}

pub(crate) fn skills(config: &str, skills: Vec<SkillNeed>) -> Route {
    Route::Skills(SkillsRoute { routing_configuration: config.into(), skills, run_rules: false })
}

/// To an agent and to nobody else, or with a queue behind.
pub(crate) fn agent(user: &str, required: bool, backup_queue: Option<&str>) -> Route {
    Route::Agent(AgentRoute {
        user: user.into(),
        required,
        backup_queue: backup_queue.map(Into::into),
        routing_configuration: None,
    })
}

pub(crate) fn need(skill: &str, level: Option<f64>) -> SkillNeed {
    SkillNeed {
        skill_id: skill.into(),
        skill_level: level.map(SkillLevel::from_level),
        is_additional_skill: false,
        skill_priority: None,
    }
}

pub(crate) fn additional(skill: &str, priority: Option<i32>) -> SkillNeed {
    SkillNeed { is_additional_skill: true, skill_priority: priority, ..need(skill, None) }
}

// Work

pub(crate) fn work(record: &str, route: Route) -> WorkArrived {
    WorkArrived {
        work_item_id: record.into(),
        object: object(record),
        fields: BTreeMap::new(),
        service_channel_id: None,
        route,
        custom_requested_date_time: None,
        target_accept_date_time: None,
    }
}

pub(crate) fn arrive(record: &str, to: &str) -> Event {
    Event::WorkArrived(work(record, queue(to)))
}

pub(crate) fn arrive_with(record: &str, to: &str, values: &[(&str, &str)]) -> Event {
    Event::WorkArrived(WorkArrived { fields: fields(values), ..work(record, queue(to)) })
}

pub(crate) fn arrive_by(record: &str, route: Route) -> Event {
    Event::WorkArrived(work(record, route))
}

pub(crate) fn cancel(record: &str) -> Event {
    Event::WorkCanceled { work_item_id: record.into() }
}

pub(crate) fn update(record: &str, values: &[(&str, &str)]) -> Event {
    Event::WorkItemUpdated { work_item_id: record.into(), fields: fields(values) }
}

pub(crate) fn own(record: &str, owner: Owner) -> Event {
    Event::OwnerChanged { work_item_id: record.into(), owner }
}

pub(crate) fn ended(record: &str) -> Event {
    Event::ConversationEnded { work_item_id: record.into() }
}

// Agents

pub(crate) fn login(user: &str, status: &str) -> Event {
    Event::Login { user: user.into(), status_id: status.into() }
}

pub(crate) fn logout(user: &str) -> Event {
    Event::Logout { user: user.into() }
}

pub(crate) fn lost(user: &str) -> Event {
    Event::ConnectionLost { user: user.into(), error: None }
}

pub(crate) fn status(user: &str, status: &str) -> Event {
    Event::SetServicePresenceStatus { user: user.into(), status_id: status.into() }
}

pub(crate) fn accept(user: &str, work: &str) -> Event {
    Event::AcceptAgentWork { user: user.into(), work_id: key(work) }
}

pub(crate) fn decline(user: &str, work: &str) -> Event {
    Event::DeclineAgentWork { user: user.into(), work_id: key(work), decline_reason: None }
}

pub(crate) fn decline_for(user: &str, work: &str, reason: &str) -> Event {
    Event::DeclineAgentWork { user: user.into(), work_id: key(work), decline_reason: Some(reason.into()) }
}

pub(crate) fn close(user: &str, work: &str) -> Event {
    Event::CloseAgentWork { user: user.into(), work_id: key(work) }
}

pub(crate) fn tab_closed(user: &str, work: &str) -> Event {
    Event::TabClosed { user: user.into(), work_id: key(work) }
}

pub(crate) fn focus(user: &str, work: Option<&str>) -> Event {
    Event::TabFocused { user: user.into(), work_id: work.map(key) }
}

pub(crate) fn extend(user: &str, work: &str) -> Event {
    Event::AfterConversationWorkExtended { user: user.into(), work_id: key(work) }
}

pub(crate) fn transfer(user: &str, work: &str, to: Route) -> Event {
    Event::WorkTransferred { user: user.into(), work_id: key(work), to }
}

pub(crate) fn raise(user: &str, work: &str, message: &str) -> Event {
    Event::RaiseAgentWorkFlag { user: user.into(), work_id: key(work), message: Some(message.into()) }
}

pub(crate) fn lower(user: &str, work: &str) -> Event {
    Event::LowerAgentWorkFlag { user: user.into(), work_id: key(work) }
}

// Others

pub(crate) fn supervise(action: Supervision) -> Event {
    Event::Supervise { user: "sam".into(), action }
}

pub(crate) fn agent_work(record: &str, user: &str) -> CreateAgentWork {
    CreateAgentWork {
        service_channel_id: None,
        work_item_id: record.into(),
        user_id: user.into(),
        pending_service_routing_id: None,
        should_skip_capacity_check: false,
        capacity_weight: None,
        capacity_percentage: None,
    }
}

pub(crate) fn create(record: &str, user: &str) -> Event {
    Event::CreateAgentWork(agent_work(record, user))
}

pub(crate) fn subscribe(replay_id: i64) -> Event {
    Event::Subscribe { subscriber: "adapter".into(), replay_id }
}

pub(crate) fn request(record: &str, fields: PendingServiceRoutingFields) -> Event {
    Event::CreatePendingServiceRouting { work_item_id: record.into(), object: object(record), fields }
}

pub(crate) fn ready(record: &str) -> Event {
    Event::UpdatePendingServiceRouting {
        id: pending(record),
        fields: PendingServiceRoutingFields { is_ready_for_routing: Some(true), ..Default::default() },
    }
}

pub(crate) fn require(record: &str, need: SkillNeed) -> Event {
    Event::CreateSkillRequirement { related_record_id: pending(record), need }
}

pub(crate) fn record(record: &str, values: &[(&str, &str)], owner: Option<Owner>) -> Event {
    Event::RecordCreated { work_item_id: record.into(), object: object(record), fields: fields(values), owner }
}

pub(crate) fn gone(record: &str) -> Event {
    Event::RecordDeleted { work_item_id: record.into() }
}

pub(crate) fn change(user: &str) -> AgentChange {
    AgentChange { user: user.into(), ..AgentChange::default() }
}

pub(crate) fn has(skill: &str, level: Option<f64>) -> SkillHeld {
    SkillHeld { skill_id: skill.into(), skill_level: level.map(SkillLevel::from_level) }
}
