//! Effects on work, in sentences.

use super::words::{duration, names, owner};
use super::{Narrator, Time, Tone};
use crate::runtime::records::AgentWorkStatus;
use crate::runtime::{
    AgentWorkId, Change, Effect, Event, Limit, Name, NotRouted, Owner, Runtime, StreamingEvent, TimedEffect,
};
use crate::text::count;

impl Narrator<'_> {
    /// The sentence of an effect; `before` are those that came before it of the same event.
    pub(super) fn effect(
        &mut self,
        at: Time,
        effect: &Effect,
        cause: Option<&Event>,
        before: &[TimedEffect],
        runtime: &Runtime,
    ) {
        self.learn(effect);
        match effect {
            Effect::NotRouted { work_item_id, queue, reason } => {
                let reason = match reason {
                    NotRouted::OmniChannelOff => "Omni-Channel is off",
                    NotRouted::NoRoutingConfiguration => "the queue has no routing configuration",
                    NotRouted::NoServiceChannel => "no service channel routes its object",
                };
                let work = self.work(work_item_id);
                self.say(at, Tone::Trouble, &format!("{work} stays in `{queue}` and is not routed: {reason}"));
            }
            Effect::Overflowed { work_item_id, owner: to, limit, .. } => {
                let limit = match limit {
                    Limit::QueuedPerHour => "work items routed in an hour",
                    Limit::Pending => "pending routing requests",
                };
                let (work, to) = (self.work(work_item_id), owner(to));
                self.say(at, Tone::Trouble, &format!("{work} overflows to {to}: the org is at its limit of {limit}"));
            }
            Effect::NoAvailableAgent { work_item_id } => {
                let work = self.work(work_item_id);
                self.say(at, Tone::Trouble, &format!("{work} ends: every available rep has declined it"));
            }
            Effect::OwnerChanged { work_item_id, owner: Owner::Queue(queue) } => {
                self.back(at, work_item_id, queue, cause, before);
            }
            Effect::PendingServiceRouting { change, id, work_item_id, is_pushed, .. } => {
                self.unplaced.retain(|(waiting, _)| waiting != id);
                if *is_pushed || *change == Change::Deleted {
                    self.backlog.leave(*id);
                }
                if *change != Change::Deleted && !is_pushed && is_ready(cause) {
                    self.unplaced.push((*id, work_item_id.clone()));
                }
            }
            Effect::SkillsDropped { work_item_id, skills, .. } => {
                let work = self.work(work_item_id);
                self.say(
                    at,
                    Tone::Trouble,
                    &format!("{work} no longer asks for {}: nobody took it in time", names(skills)),
                );
            }
            Effect::AgentWorkCreated { id, work_item_id, user_id, status, .. } => {
                // The sentence of the event has a partner's choice.
                if !matches!(cause, Some(Event::CreateAgentWork(created)) if created.work_item_id == *work_item_id) {
                    self.assigned(at, *id, work_item_id, user_id, *status);
                }
            }
            Effect::AgentWorkOpened { work_item_id, user_id, speed_to_answer, .. } => {
                let by_hand = matches!(cause, Some(Event::AcceptAgentWork { user, .. }) if user == user_id);
                let accepts = if by_hand { "accepts" } else { "automatically accepts" };
                let (work, wait) = (self.work(work_item_id), duration(*speed_to_answer));
                self.say(at, Tone::Offer, &format!("{user_id} {accepts} {work}, {wait} after it was requested"));
            }
            Effect::AgentWorkEnded { .. } => self.ended(at, effect, cause),
            Effect::AgentWorkPaused { work_item_id, user_id, paused, .. } => {
                let (work, what) = (self.work(work_item_id), if *paused { "is paused" } else { "is resumed" });
                self.say(at, Tone::Plain, &format!("{work} of {user_id} {what}"));
            }
            Effect::AgentWorkDeleted { id } => self.kept(at, &self.work_record(*id), "deleted"),
            Effect::AgentWorkUndeleted { id } => self.kept(at, &self.work_record(*id), "undeleted"),
            Effect::AgentWorkSkillDeleted { agent_work_id, skill_id } => {
                self.kept(at, &format!("the `AgentWorkSkill` `{skill_id}` of {agent_work_id}"), "deleted");
            }
            Effect::AgentWorkSkillUndeleted { agent_work_id, skill_id } => {
                self.kept(at, &format!("the `AgentWorkSkill` `{skill_id}` of {agent_work_id}"), "undeleted");
            }
            Effect::UserServicePresenceDeleted { id } => {
                self.kept(at, &format!("the `UserServicePresence` {id}"), "deleted");
            }
            Effect::UserServicePresenceUndeleted { id } => {
                self.kept(at, &format!("the `UserServicePresence` {id}"), "undeleted");
            }
            Effect::Streaming { event } => self.streamed(at, event),
            Effect::Decision(decision) => self.decision(at, decision),
            _ => self.about_agents(at, effect, before, runtime),
        }
    }

    /// Work that goes to a queue, once it has left the agent.
    fn back(&mut self, at: Time, item: &Name, queue: &Name, cause: Option<&Event>, before: &[TimedEffect]) {
        let came = |effect: &TimedEffect| match &effect.effect {
            Effect::NotRouted { work_item_id, .. } | Effect::Overflowed { work_item_id, .. } => work_item_id == item,
            _ => false,
        };
        let arrives = matches!(cause, Some(Event::WorkArrived(arrived)) if arrived.work_item_id == *item);
        if !arrives && !before.iter().any(came) {
            let work = self.work(item);
            self.say(at, Tone::Plain, &format!("{work} is in `{queue}` now"));
        }
    }

    /// Work that an agent gets without a routing decision.
    fn assigned(&mut self, at: Time, id: AgentWorkId, item: &Name, user: &Name, status: AgentWorkStatus) {
        let work = self.work(item);
        if status == AgentWorkStatus::Opened {
            self.say(at, Tone::Offer, &format!("{work} is open with {user}"));
        } else if self.offered != Some(id) {
            self.say(at, Tone::Offer, &format!("{work} offered to {user}"));
        }
    }

    fn ended(&mut self, at: Time, effect: &Effect, cause: Option<&Event>) {
        let Effect::AgentWorkEnded {
            work_item_id,
            user_id,
            status,
            handle_time,
            active_time,
            after_conversation_actual_time,
            ..
        } = effect
        else {
            return;
        };
        let work = self.work(work_item_id);
        let times = [
            handle_time.map(|seconds| format!("handled for {}", duration(seconds))),
            active_time.filter(|seconds| *seconds > 0).map(|seconds| format!("in focus for {}", duration(seconds))),
            after_conversation_actual_time
                .map(|seconds| format!("{} of it after conversation work", duration(seconds))),
        ];
        let times: Vec<String> = times.into_iter().flatten().collect();
        let times = if times.is_empty() { String::new() } else { format!(", {}", times.join(", ")) };
        let (tone, sentence) = match status {
            AgentWorkStatus::Declined => {
                let why = match cause {
                    Some(Event::DeclineAgentWork { decline_reason: Some(reason), .. }) => format!(": `{reason}`"),
                    _ => String::new(),
                };
                (Tone::Trouble, format!("{user_id} declines {work}{why}"))
            }
            AgentWorkStatus::DeclinedOnPushTimeout => {
                (Tone::Trouble, format!("{user_id} did not answer the offer of {work} in time"))
            }
            AgentWorkStatus::Unavailable => {
                (Tone::Trouble, format!("{work} is taken from {user_id}, who goes offline"))
            }
            AgentWorkStatus::Canceled => (Tone::Plain, format!("the offer of {work} to {user_id} is withdrawn")),
            AgentWorkStatus::Transferred => (Tone::Plain, format!("{work} leaves {user_id}{times}")),
            _ => match cause {
                Some(Event::CloseAgentWork { user, .. }) if user == user_id => {
                    (Tone::Plain, format!("{user_id} closes {work}{times}"))
                }
                _ => (Tone::Plain, format!("{work} of {user_id} closes{times}")),
            },
        };
        self.say(at, tone, &sentence);
    }

    /// What a partner is told.
    fn streamed(&mut self, at: Time, event: &StreamingEvent) {
        let record = &event.sobject;
        // The partner decides, so who could take it now does not matter.
        self.unplaced.retain(|(waiting, _)| *waiting != record.id);
        let work = self.work(&record.work_item_id);
        let what = match event.kind {
            Change::Created => "is to be routed",
            Change::Updated if record.is_pushed => "is with an agent",
            Change::Updated => "waits again",
            Change::Deleted => "no longer needs routing",
        };
        let id = event.replay_id;
        self.say(
            at,
            Tone::Plain,
            &format!("the partner is told that {work} {what} (replay id {id}, serial {})", record.serial),
        );
    }

    /// What a new subscriber gets.
    pub(super) fn subscribed(&mut self, at: Time, subscriber: &Name, events: &[StreamingEvent]) {
        let gets = match events {
            [] => "receives new events from now on".to_owned(),
            [one] => format!("receives 1 event again, with replay id {}", one.replay_id),
            [first, .., last] => {
                let events = count(events.len(), "event");
                format!("receives {events} again, with replay ids {} to {}", first.replay_id, last.replay_id)
            }
        };
        self.say(at, Tone::Event, &format!("{subscriber} subscribes, and {gets}"));
    }
}

/// True if work that waits is ready for routing: what the API makes may not be.
fn is_ready(cause: Option<&Event>) -> bool {
    match cause {
        Some(Event::CreatePendingServiceRouting { fields, .. } | Event::UpdatePendingServiceRouting { fields, .. }) => {
            fields.is_ready_for_routing == Some(true)
        }
        Some(Event::CreateSkillRequirement { .. }) => false,
        _ => true,
    }
}
