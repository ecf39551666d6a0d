//! What somebody did, where its effects do not say it better.

use std::collections::BTreeMap;

use super::decision::users;
use super::words::{and, clock, held, names, need_of, owner};
use super::{Narrator, Time, Tone};
use crate::runtime::{
    AgentChange, AgentRoute, CreateAgentWork, Event, FlowRoute, Name, PendingServiceRoutingFields,
    PendingServiceRoutingKey, Route, SkillRequirementFields, SkillsRoute, Supervision, WorkArrived, WorkKey,
};

impl Narrator<'_> {
    pub(super) fn event(&mut self, at: Time, event: &Event) {
        match event {
            Event::WorkArrived(WorkArrived { work_item_id, object, .. })
            | Event::RecordCreated { work_item_id, object, .. }
            | Event::CreatePendingServiceRouting { work_item_id, object, .. } => {
                self.objects.insert(work_item_id.clone(), object.clone());
            }
            _ => {}
        }
        let sentence = match event {
            Event::WorkArrived(arrived) => self.arrival(arrived),
            Event::WorkCanceled { work_item_id } => format!("{} no longer needs routing", self.work(work_item_id)),
            Event::WorkItemUpdated { work_item_id, fields } => {
                let becomes: Vec<String> =
                    fields.iter().map(|(name, value)| format!("{name} is {} now", or_empty(value))).collect();
                format!("{}: {}", self.work(work_item_id), and(&becomes))
            }
            Event::RecordCreated { work_item_id, owner: of, .. } => {
                let owned = of.as_ref().map(|of| format!(", owned by {}", owner(of)));
                format!("{} is created{}", self.work(work_item_id), owned.unwrap_or_default())
            }
            Event::RecordDeleted { work_item_id } => format!("{} is deleted", self.work(work_item_id)),
            Event::OwnerChanged { work_item_id, owner: to } => {
                format!("{} is given to {} by hand", self.work(work_item_id), owner(to))
            }
            Event::ConversationEnded { work_item_id } => {
                format!("the conversation on {} ends", self.work(work_item_id))
            }
            Event::TabClosed { user, work_id } => format!("{user} closes the tab of {}", self.key(work_id)),
            Event::WorkTransferred { user, work_id, to } => {
                format!("{user} transfers {} {}", self.key(work_id), to_whom(to))
            }
            Event::Supervise { user, action } => match supervision(user, action) {
                Some(sentence) => sentence,
                None => return,
            },
            Event::CreateAgentWork(work) => self.created(work),
            Event::DataRecovered {} => {
                "Salesforce is back after a switch of data centres: everyone is logged out, and streaming starts over"
                    .to_owned()
            }
            Event::CreatePendingServiceRouting { work_item_id, fields, .. } => {
                format!("a routing request is made for {}{}", self.work(work_item_id), ready(fields))
            }
            Event::UpdatePendingServiceRouting { id, fields } => {
                format!("the routing request of {} is updated{}", self.request(id), ready(fields))
            }
            Event::DeletePendingServiceRouting { id } => {
                format!("the routing request of {} is deleted", self.request(id))
            }
            Event::CreateSkillRequirement { related_record_id, need: skill } => {
                format!("{} asks for {}", self.request(related_record_id), need_of(skill))
            }
            Event::UpdateSkillRequirement { related_record_id, skill_id, fields } => {
                format!("{} asks for {}", self.request(related_record_id), need_becomes(skill_id, fields))
            }
            Event::DeleteSkillRequirement { related_record_id, skill_id } => {
                format!("{} no longer asks for `{skill_id}`", self.request(related_record_id))
            }
            Event::AgentChanged(change) => changed(change),
            // Effects say the rest, or there is nothing to say.
            _ => return,
        };
        self.say(at, Tone::Event, &sentence);
    }

    fn arrival(&self, arrived: &WorkArrived) -> String {
        let work = self.work(&arrived.work_item_id);
        let route = match &arrived.route {
            Route::Queue(queue) => format!("arrives in `{queue}`"),
            route => format!("is routed {}", to_whom(route)),
        };
        let since = arrived.custom_requested_date_time.map(|time| format!(", requested at {}", clock(time)));
        let target = arrived.target_accept_date_time.map(|time| format!(", to be accepted by {}", clock(time)));
        let fields = if arrived.fields.is_empty() { String::new() } else { format!(", {}", values(&arrived.fields)) };
        format!("{work} {route}{fields}{}{}", since.unwrap_or_default(), target.unwrap_or_default())
    }

    fn created(&self, work: &CreateAgentWork) -> String {
        let unchecked = if work.should_skip_capacity_check { ", without a capacity check" } else { "" };
        format!("the partner gives {} to {}{unchecked}", self.work(&work.work_item_id), work.user_id)
    }

    /// The record that an event names.
    pub(super) fn key(&self, key: &WorkKey) -> String {
        match key {
            WorkKey::Id(id) => self.work_of(*id),
            WorkKey::WorkItem(item) => self.work(item),
        }
    }

    fn request(&self, key: &PendingServiceRoutingKey) -> String {
        match key {
            PendingServiceRoutingKey::Id(id) => id.to_string(),
            PendingServiceRoutingKey::WorkItem(item) => self.work(item),
        }
    }
}

/// What a request asks for in the place of a skill, as far as it changes.
fn need_becomes(skill: &Name, fields: &SkillRequirementFields) -> String {
    let other = fields.skill_id.as_ref().filter(|other| *other != skill);
    let parts = [
        fields.skill_level.map(|level| format!("at level {level}")),
        fields
            .is_additional_skill
            .map(|additional| if additional { "as additional" } else { "as required" }.to_owned()),
        fields.skill_priority.map(|priority| format!("with priority {priority}")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let how = if parts.is_empty() { String::new() } else { format!(" {}", parts.join(", ")) };
    match other {
        Some(other) => format!("`{other}`{how} instead of `{skill}`"),
        None if how.is_empty() => format!("`{skill}` as before"),
        None => format!("`{skill}` now{how}"),
    }
}

fn supervision(user: &Name, action: &Supervision) -> Option<String> {
    Some(match action {
        Supervision::ChangeQueues { agent, add, remove } => {
            let put = (!add.is_empty()).then(|| format!("puts {agent} into {}", names(add)));
            let taken = (!remove.is_empty()).then(|| format!("takes {agent} out of {}", names(remove)));
            format!("{user} {}", both(put, taken))
        }
        Supervision::ChangeSkills { agent, add, remove } => {
            let given = (!add.is_empty()).then(|| format!("gives {agent} {}", held(add)));
            let taken = (!remove.is_empty()).then(|| format!("takes {} from {agent}", names(remove)));
            format!("{user} {}", both(given, taken))
        }
        Supervision::ManageQueues { queue, add, remove } => {
            let put = (!add.is_empty()).then(|| format!("puts {} into `{queue}`", users(add)));
            let taken = (!remove.is_empty()).then(|| format!("takes {} out of `{queue}`", users(remove)));
            format!("{user} {}", both(put, taken))
        }
        Supervision::AssignLearning { agents } => format!("{user} assigns learning to {}", users(agents)),
        // Effects say what is seen, started, raised and lowered.
        _ => return None,
    })
}

fn to_whom(route: &Route) -> String {
    match route {
        Route::Queue(queue) => format!("to the queue `{queue}`"),
        // The sentence of the routing request names the skills.
        Route::Skills(SkillsRoute { routing_configuration, .. }) => format!("by skills with `{routing_configuration}`"),
        Route::Agent(AgentRoute { user, required, backup_queue, .. }) => {
            let required = if *required { " and nobody else" } else { "" };
            let backup = backup_queue.as_ref().map(|queue| format!(", or else to the queue `{queue}`"));
            format!("to {user}{required}{}", backup.unwrap_or_default())
        }
        Route::Flow(FlowRoute { flow, .. }) => format!("by the flow `{flow}`"),
    }
}

/// What was done, of two things.
fn both(one: Option<String>, other: Option<String>) -> String {
    and(&one.into_iter().chain(other).collect::<Vec<_>>())
}

fn values(fields: &BTreeMap<Name, Name>) -> String {
    let values: Vec<String> = fields.iter().map(|(name, value)| format!("{name} {}", or_empty(value))).collect();
    values.join(", ")
}

fn or_empty(value: &Name) -> &str {
    if value.is_empty() { "empty" } else { value }
}

fn ready(fields: &PendingServiceRoutingFields) -> &'static str {
    match fields.is_ready_for_routing {
        Some(true) => ", and is ready for routing",
        _ => "",
    }
}

fn changed(change: &AgentChange) -> String {
    let AgentChange { user, is_active, profile, presence_configuration, statuses, queues, skills, groups } = change;
    let active = is_active.map(|active| if active { "active" } else { "not active" }.to_owned());
    let parts = [
        active,
        profile.as_ref().map(|name| format!("profile `{name}`")),
        presence_configuration.as_ref().map(|name| format!("presence configuration `{name}`")),
        statuses.as_ref().map(|all| format!("statuses {}", names(all))),
        queues.as_ref().map(|all| format!("queues {}", names(all))),
        skills
            .as_ref()
            .map(|all| if all.is_empty() { "no skills".to_owned() } else { format!("skills {}", held(all)) }),
        groups.as_ref().map(|all| format!("groups {}", names(all))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { format!("{user} is an agent") } else { format!("{user} is changed: {}", parts.join("; ")) }
}
