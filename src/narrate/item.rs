//! Where one item is at a moment, and why it waits, in sentences.

use super::backlog::{goes_first, of_priority};
use super::decision::why_not;
use super::words::{duration, noun};
use crate::plan::Plan;
use crate::runtime::records::{AgentWork, AgentWorkStatus, PendingServiceRouting, RoutingModel};
use crate::runtime::{Due, DueWhat, Name, Owner, Runtime, Time};

/// Where an item is at a moment, and why it waits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemNow {
    /// It waits for a rep.
    pub waits: bool,
    /// Where it is.
    pub summary: String,
    /// Skills that it asks for and that nobody has.
    pub missing_skills: Vec<Name>,
    /// Everybody who could be offered it at some time, by why not now.
    pub reps: Vec<(String, Vec<Name>)>,
    /// Items that wait for the same reps and go first, with the reason.
    pub ahead: Vec<(Name, String)>,
    /// Items that were requested later, and that its reps were offered since.
    pub went_first: Vec<WentFirstInWords>,
    /// The timers that may let it be offered, or that end its offer.
    pub timers: Vec<(Time, String)>,
}

/// An item that was requested later and offered first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WentFirstInWords {
    /// The record.
    pub work_item: Name,
    /// The rep who was offered it.
    pub user: Name,
    /// When.
    pub at: Time,
    /// Why it went first.
    pub text: String,
}

/// Where an item is now, and why it waits.
pub fn item_now(plan: &Plan, runtime: &Runtime, item: &Name) -> ItemNow {
    let request = runtime.pending_service_routings().find(|request| request.work_item_id == *item);
    match request {
        Some(request) => requested(plan, runtime, &request),
        None => ItemNow { summary: elsewhere(plan, runtime, item), ..ItemNow::default() },
    }
}

/// A record as people name it, by the object of its service channel: `case 4711`.
fn named(plan: &Plan, item: &Name, channel: &Name) -> String {
    let row = plan.tables.channels.iter().find(|row| row.name == *channel);
    let object = row.and_then(|row| row.object.as_deref());
    format!("{} {item}", object.map_or_else(|| "record".to_owned(), noun))
}

fn requested(plan: &Plan, runtime: &Runtime, request: &PendingServiceRouting) -> ItemNow {
    let name = named(plan, &request.work_item_id, &request.service_channel_id);
    let from = request.group_id.as_ref().map_or_else(String::new, |queue| format!(" from `{queue}`"));
    let wait = duration(runtime.waited(request) / 1_000);
    let timers: Vec<(Time, String)> =
        runtime.due(request.id).into_iter().map(|due| (due.at, due_in_words(&due, request, runtime.now()))).collect();
    let Some(waiting) = runtime.why_waiting_for_all(request.id) else {
        let offered = runtime.agent_works().filter(|work| work.work_item_id == request.work_item_id).last();
        let why = match offered.filter(|_| request.is_pushed) {
            Some(work) => format!("does not wait: it is offered to {} since {}", work.user_id, time_of(&work)),
            None if request.is_ready_for_routing => format!("waits for {wait}, and a partner decides who gets it"),
            None => format!("waits for {wait}: its routing request is not ready for routing"),
        };
        return ItemNow { summary: format!("{name}{from} {why}"), timers, ..ItemNow::default() };
    };
    let mut reps: Vec<(String, Vec<Name>)> = Vec::new();
    for other in waiting.others {
        let why = why_not(&other.why, plan, RoutingModel::LeastActive);
        match reps.iter_mut().find(|(known, _)| *known == why) {
            Some((_, users)) => users.push(other.user),
            None => reps.push((why, vec![other.user])),
        }
    }
    let why = if reps.is_empty() { "nobody is a member, or has the skills" } else { "nobody can take it now" };
    let priority = of_priority(request.routing_priority);
    ItemNow {
        waits: true,
        summary: format!("{name}{from} waits for {wait}, with {priority}: {why}"),
        missing_skills: waiting.missing_skills,
        reps,
        ahead: runtime.ahead(request.id).into_iter().map(|it| (it.work_item_id, goes_first(&it.why))).collect(),
        went_first: runtime
            .went_first(request.id)
            .into_iter()
            .map(|first| WentFirstInWords {
                work_item: first.work_item_id,
                text: first.why.as_ref().map_or_else(
                    || format!("{} could not be offered the item that waits then", first.user),
                    goes_first,
                ),
                user: first.user,
                at: first.at,
            })
            .collect(),
        timers,
    }
}

fn time_of(work: &AgentWork) -> String {
    work.assigned_date_time.map_or_else(|| "a time that is not known".to_owned(), |at| at.to_string())
}

/// One that has no routing request: with a rep, over, or never routed.
fn elsewhere(plan: &Plan, runtime: &Runtime, item: &Name) -> String {
    let latest = runtime.agent_works().filter(|work| work.work_item_id == *item).last();
    if let Some(work) = latest {
        let name = named(plan, item, &work.service_channel_id);
        let user = &work.user_id;
        return match work.status {
            AgentWorkStatus::Assigned => {
                format!("{name} does not wait: it is offered to {user} since {}", time_of(&work))
            }
            AgentWorkStatus::Opened => format!("{name} does not wait: it is open with {user} since {}", time_of(&work)),
            _ => format!("{name} does not wait: its last work, with {user}, is over, and it is not routed again"),
        };
    }
    match runtime.owner(item) {
        Some(Owner::Queue(queue)) => {
            format!("record {item} is in the queue `{queue}`, and Omni-Channel does not route it: nothing waits")
        }
        Some(Owner::User(user)) => format!("record {item} belongs to {user}, and is not routed"),
        None => format!("record {item} is not routed"),
    }
}

fn due_in_words(due: &Due, request: &PendingServiceRouting, now: Time) -> String {
    let left = duration(due.at.since(now).max(0) / 1_000);
    let what = match &due.what {
        DueWhat::SkillsDropped { skills } => {
            let names: Vec<String> = skills.iter().map(|skill| format!("`{skill}`")).collect();
            format!("it begins to let additional skills go: {}", super::words::and(&names))
        }
        DueWhat::OfferExpires { work_item_id, user } if *work_item_id == request.work_item_id => {
            format!("its offer to {user} expires")
        }
        DueWhat::OfferExpires { work_item_id, user } => format!("the offer of {work_item_id} to {user} expires"),
        DueWhat::AfterConversationWorkEnds { work_item_id, user } => {
            format!("the after conversation work of {user} on {work_item_id} is over")
        }
        DueWhat::SkillAssignmentChanges { user } => format!("a skill assignment of {user} begins or ends"),
    };
    format!("{what}, in {left}")
}
