//! Refusals in words: records by the names that the script gives them, and the name that may have been meant.

use std::fmt::Write as _;

use super::name_of;
use crate::runtime::records::AgentWorkStatus;
use crate::runtime::{
    AgentWorkId, Event, Name, PendingServiceRoutingKey, Refusal, Runtime, Supervision, What, WorkKey,
};
use crate::text::{list, nearest, slip};

/// Names of a kind, when none is near.
const MOST: usize = 10;

/// An event that was refused, as far as it is known.
#[derive(Clone, Copy, Debug)]
pub enum Attempt<'e> {
    /// The event.
    Event(&'e Event),
    /// One that leaves out its user, where it is not known who is meant.
    WithoutUser {
        /// Its name.
        name: &'e str,
        /// The work.
        work: &'e WorkKey,
    },
}

impl Attempt<'_> {
    /// The name of the event, as its line has it.
    pub fn name(&self) -> String {
        match self {
            Self::Event(event) => name_of(event),
            Self::WithoutUser { name, .. } => (*name).to_owned(),
        }
    }

    /// The work that it names.
    const fn work(&self) -> Option<&WorkKey> {
        match self {
            Self::Event(event) => key_of(event),
            Self::WithoutUser { work, .. } => Some(work),
        }
    }
}

/// A refusal in words.
pub fn refusal(refusal: &Refusal, attempt: Attempt<'_>, runtime: &Runtime) -> String {
    let mut words = by_record(refusal, attempt, runtime);
    // Writing to memory does not fail.
    let _ = match suggestion(refusal, runtime) {
        Some(Suggestion::Near(name)) => write!(words, "; did you mean `{name}`?"),
        Some(Suggestion::OneOf(what, names)) if !names.is_empty() => write!(words, "; {what} {}", list(names, MOST)),
        _ => Ok(()),
    };
    words
}

/// The refusal's own words, with the record in the place of the id of work that the script does not know.
fn by_record(refusal: &Refusal, attempt: Attempt<'_>, runtime: &Runtime) -> String {
    let words = refusal.to_string();
    if let Refusal::NobodyHolds { work_item } = refusal {
        let waits = runtime.pending_service_routings().any(|request| request.work_item_id == *work_item);
        return if waits { format!("{words}: it waits") } else { words };
    }
    if let Refusal::Unknown { what: what @ (What::AgentWork | What::PendingServiceRouting), name } = refusal {
        let is_record = runtime.is_record(name);
        return if is_record { format!("the record `{name}` has no {what}") } else { words };
    }
    if let (Refusal::Unknown { what: What::SkillRequirement | What::AgentWorkSkill, name }, Attempt::Event(event)) =
        (refusal, attempt)
    {
        return without_skill(event, name).unwrap_or(words);
    }
    let (Some(id), Some(WorkKey::WorkItem(item))) = (work_of(refusal), attempt.work()) else { return words };
    let Some(rest) = words.strip_prefix(&format!("`{id}`")) else { return words };
    let mut words = format!("the work on `{item}`{rest}");
    if let (Refusal::NotYours { .. }, Some(work)) = (refusal, runtime.agent_work(id)) {
        let holds = match work.status {
            AgentWorkStatus::Assigned => "it is offered to",
            AgentWorkStatus::Opened => "it is with",
            _ => "it was with",
        };
        // Writing to memory does not fail.
        let _ = write!(words, "; {holds} `{}`", work.user_id);
    }
    words
}

/// A skill that a request does not ask for, or by which work was not routed.
fn without_skill(event: &Event, skill: &Name) -> Option<String> {
    match event {
        Event::UpdateSkillRequirement { related_record_id: key, .. }
        | Event::DeleteSkillRequirement { related_record_id: key, .. } => {
            let request = match key {
                PendingServiceRoutingKey::Id(id) => format!("`{id}`"),
                PendingServiceRoutingKey::WorkItem(item) => format!("the routing request of `{item}`"),
            };
            Some(format!("{request} does not ask for the skill `{skill}`"))
        }
        Event::DeleteAgentWorkSkill { agent_work_id, .. } | Event::UndeleteAgentWorkSkill { agent_work_id, .. } => {
            Some(format!("`{agent_work_id}` has no `AgentWorkSkill` of the skill `{skill}`"))
        }
        _ => None,
    }
}

/// The work that a refusal is about.
const fn work_of(refusal: &Refusal) -> Option<AgentWorkId> {
    match refusal {
        Refusal::NotYours { work, .. }
        | Refusal::WrongStatus { work, .. }
        | Refusal::PreferredUserRequired { work }
        | Refusal::NotDeletable { work, .. }
        | Refusal::NoExtension { work }
        | Refusal::NoMoreExtensions { work, .. } => Some(*work),
        _ => None,
    }
}

/// The work that an event names.
const fn key_of(event: &Event) -> Option<&WorkKey> {
    match event {
        Event::AcceptAgentWork { work_id, .. }
        | Event::DeclineAgentWork { work_id, .. }
        | Event::CloseAgentWork { work_id, .. }
        | Event::RaiseAgentWorkFlag { work_id, .. }
        | Event::LowerAgentWorkFlag { work_id, .. }
        | Event::TabClosed { work_id, .. }
        | Event::AfterConversationWorkExtended { work_id, .. }
        | Event::WorkTransferred { work_id, .. }
        | Event::DeleteAgentWork { id: work_id }
        | Event::Supervise {
            action: Supervision::RaiseFlag { work_id, .. } | Supervision::LowerFlag { work_id },
            ..
        } => Some(work_id),
        Event::TabFocused { work_id, .. } => work_id.as_ref(),
        _ => None,
    }
}

/// Among more records than this, none is looked for that may have been meant.
const MOST_COMPARED: usize = 500;

/// What somebody may have meant.
enum Suggestion {
    Near(Name),
    /// What these are, and their names.
    OneOf(&'static str, Vec<Name>),
}

fn suggestion(refusal: &Refusal, runtime: &Runtime) -> Option<Suggestion> {
    let (name, names, what) = match refusal {
        Refusal::Unknown { what: What::WorkItem | What::AgentWork | What::PendingServiceRouting, name } => {
            return near_record(name, runtime).map(Suggestion::Near);
        }
        Refusal::Unknown { what: What::Agent, name } => return near_user(name, runtime).map(Suggestion::Near),
        Refusal::Unknown { what: What::SkillRequirement | What::AgentWorkSkill, name } => {
            (name, runtime.names(What::Skill), "")
        }
        Refusal::Unknown { what, name } => (name, runtime.names(*what), ""),
        Refusal::FlowNotFollowed { flow, .. } => {
            let flows = runtime.flow_names();
            let is_known = flows.iter().any(|known| known.eq_ignore_ascii_case(flow));
            (flow, if is_known { Vec::new() } else { flows }, "")
        }
        Refusal::QueueDoesNotHold { queue, object } => (object, runtime.routed_objects(Some(queue)), "it holds"),
        Refusal::NoServiceChannel { object } => (object, runtime.routed_objects(None), ""),
        Refusal::DeclineReason { user, reason } => (reason, runtime.decline_reasons(user).to_vec(), "they are"),
        _ => return None,
    };
    let near = nearest(name, names.iter().map(Name::as_str)).filter(|near| near != name);
    near.map(of_near).or_else(|| (!what.is_empty()).then_some(Suggestion::OneOf(what, names)))
}

/// The record that may have been meant. Ids differ in little, so that what is only similar is most often another record.
pub fn near_record(name: &str, runtime: &Runtime) -> Option<Name> {
    if runtime.record_count() > MOST_COMPARED {
        return None;
    }
    let names = runtime.names(What::WorkItem);
    slip(name, names.iter().map(Name::as_str)).filter(|near| *near != name).map(Name::from)
}

/// The username that may have been meant.
pub fn near_user(name: &str, runtime: &Runtime) -> Option<Name> {
    let users = runtime.names(What::Agent);
    near_username(name, &users.iter().map(Name::as_str).collect::<Vec<_>>()).map(Name::from)
}

/// The username that may have been meant. What stands before the `@` must be near, or what stands behind it: most users of
/// an org have the same domain.
pub fn near_username<'u>(name: &str, users: &[&'u str]) -> Option<&'u str> {
    let Some((local, domain)) = name.split_once('@') else { return nearest(name, users.iter().copied()) };
    let parts: Vec<(&str, &str, &'u str)> =
        users.iter().filter_map(|user| user.split_once('@').map(|(local, domain)| (local, domain, *user))).collect();
    let same_domain = || parts.iter().filter(|(_, other, _)| other.eq_ignore_ascii_case(domain));
    if let Some(near) = nearest(local, same_domain().map(|(other, ..)| *other)) {
        return same_domain().find(|(other, ..)| *other == near).map(|(.., user)| *user);
    }
    let same_local = || parts.iter().filter(|(other, ..)| other.eq_ignore_ascii_case(local));
    let near = nearest(domain, same_local().map(|(_, other, _)| *other))?;
    same_local().find(|(_, other, _)| *other == near).map(|(.., user)| *user)
}

fn of_near(name: &str) -> Suggestion {
    Suggestion::Near(Name::from(name))
}
