//! Effects on agents and for their consoles, in sentences.

use super::words::{and, clock, duration, held, names, of_pools};
use super::{Narrator, Time, Tone};
use crate::runtime::{ConsoleChannel, ConsoleEvent, ConsoleResult, Effect, Name, Runtime, TimedEffect};
use crate::text::{list, units};

/// What the console is told of a lost connection if the event says nothing else.
const LOST: &str = "connection lost";

impl Narrator<'_> {
    pub(super) fn about_agents(&mut self, at: Time, effect: &Effect, before: &[TimedEffect], runtime: &Runtime) {
        match effect {
            Effect::AfterConversationWork { work_item_id, user_id, until, extensions, .. } => {
                let (work, until) = (self.work(work_item_id), clock(*until));
                let sentence = match extensions {
                    0 => format!("{user_id} has after conversation work on {work} until {until}"),
                    _ => format!("{user_id} has more time for after conversation work on {work}, until {until}"),
                };
                self.say(at, Tone::Plain, &sentence);
            }
            Effect::AfterConversationWorkEnded { work_item_id, user_id, after_conversation_actual_time, .. } => {
                let (work, time) = (self.work(work_item_id), duration(*after_conversation_actual_time));
                let sentence = format!("after conversation work of {user_id} on {work} ends after {time}");
                self.say(at, Tone::Plain, &sentence);
            }
            Effect::Console { user, event } => self.console(at, user, event, before),
            Effect::Result { user, result } => self.answer(at, user, result, runtime),
            Effect::Subscribed { subscriber, events } => self.subscribed(at, subscriber, events),
            Effect::SupervisorView { user, sight } => self.view(at, user, sight, runtime),
            Effect::SupervisorActed { user, tab, action, flow } => {
                let flow = flow.as_ref().map(|flow| format!(": the flow `{flow}`")).unwrap_or_default();
                self.say(at, Tone::Event, &format!("{user} starts `{tab}.{action}`{flow}"));
            }
            Effect::SkillsChanged { user, began, ended } => {
                let begins = (!began.is_empty()).then(|| format!("has {} from now on", held(began)));
                let ends = (!ended.is_empty()).then(|| format!("no longer has {}", names(ended)));
                let changes: Vec<String> = begins.into_iter().chain(ends).collect();
                self.say(at, Tone::Event, &format!("{user} {}, by the dates of the assignment", and(&changes)));
            }
            // Parts of something that another sentence says, or the event itself.
            _ => {}
        }
    }

    fn console(&mut self, at: Time, user: &Name, event: &ConsoleEvent, before: &[TimedEffect]) {
        match event {
            ConsoleEvent::LoginSuccess { status_id } => {
                let changed = |effect: &TimedEffect| {
                    matches!(&effect.effect, Effect::Console { event: ConsoleEvent::StatusChanged { .. }, .. })
                };
                if before.iter().any(changed) {
                    // Logged in before, and told already.
                    return;
                }
                let away = if self.is_away(status_id) { ", which offers no channel" } else { "" };
                self.say(at, Tone::Event, &format!("{user} logs in with `{status_id}`{away}"));
            }
            ConsoleEvent::StatusChanged { status_id, channels, .. } => {
                let from = left(user, before).map(|(status, time)| format!("; before, {time} in `{status}`"));
                let away = if channels.is_empty() { ", which offers no channel" } else { "" };
                let sentence = format!("{user} is in `{status_id}` now{away}{}", from.unwrap_or_default());
                self.say(at, Tone::Event, &sentence);
            }
            ConsoleEvent::Logout {} => {
                let from = left(user, before).map(|(status, time)| format!(", after {time} in `{status}`"));
                self.say(at, Tone::Event, &format!("{user} is logged out{}", from.unwrap_or_default()));
            }
            ConsoleEvent::ConnectionError { error } => {
                let why = if **error == *LOST { String::new() } else { format!(": {error}") };
                self.say(at, Tone::Trouble, &format!("{user} loses the connection{why}"));
            }
            ConsoleEvent::WorkFlagUpdated { work_id, is_flagged, message, updated_by, .. } => {
                let what = if *is_flagged { "raises" } else { "lowers" };
                let message = message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
                let work = self.work_of(*work_id);
                let whose = if updated_by == user { String::new() } else { format!(" of {user}") };
                self.say(at, Tone::Event, &format!("{updated_by} {what} the flag of {work}{whose}{message}"));
            }
            _ => {}
        }
    }

    fn answer(&mut self, at: Time, user: &Name, result: &ConsoleResult, runtime: &Runtime) {
        let channels = |all: &[ConsoleChannel]| match all {
            [] => "no channel".to_owned(),
            all => list(all.iter().map(|channel| &channel.developer_name), 20),
        };
        let sentence = match result {
            ConsoleResult::GetServicePresenceStatusId { status_name, .. } => format!("{user} is in `{status_name}`"),
            ConsoleResult::GetServicePresenceStatusChannels { channels: all } => {
                format!("the status of {user} offers {}", channels(all))
            }
            ConsoleResult::GetAgentWorks { works } if works.is_empty() => format!("{user} has no work"),
            ConsoleResult::GetAgentWorks { works } => {
                let work = |id: &crate::runtime::ConsoleWork| {
                    let how = if id.is_engaged { "open" } else { "offered" };
                    format!("{} ({how})", self.work(&id.work_item_id))
                };
                format!("{user} has {}", and(&works.iter().map(work).collect::<Vec<_>>()))
            }
            ConsoleResult::GetAgentWorkload { configured_capacity, current_workload } => {
                let whole = || format!("{current_workload} of {}", units(configured_capacity.as_f64()));
                format!("{user} has a workload of {}", runtime.pools(user).map_or_else(whole, of_pools))
            }
            // Effects that follow say it.
            _ => return,
        };
        self.say(at, Tone::Event, &sentence);
    }

    fn is_away(&self, status: &Name) -> bool {
        self.plan.tables.presence_statuses.iter().any(|row| row.name == **status && row.away)
    }
}

/// The status that an agent left just now, and the time that was spent in it.
fn left<'e>(user: &Name, before: &'e [TimedEffect]) -> Option<(&'e Name, String)> {
    before.iter().rev().find_map(|effect| match &effect.effect {
        Effect::UserServicePresenceEnded { user_id, service_presence_status_id, status_duration, .. }
            if user_id == user =>
        {
            Some((service_presence_status_id, duration(*status_duration)))
        }
        _ => None,
    })
}
