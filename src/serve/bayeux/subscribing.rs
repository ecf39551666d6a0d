//! Which subscriptions can be had, and how they begin.

use smol_str::SmolStr;

use super::channel::{Target, TargetError};
use super::event::Retention;
use super::message::{Incoming, Start};
use super::session::Subscription;
use super::state::State;
use super::wording;

/// A subscription that can be had.
struct Plan {
    text: SmolStr,
    retention: Retention,
    target: Target,
    start: Start,
}

/// Makes the subscriptions of a message, all or none.
///
/// # Errors
///
/// The `error` of the answer.
pub(super) fn subscribe(state: &mut State, number: u64, to: Incoming<'_>, texts: &[&str]) -> Result<(), String> {
    let plans = texts.iter().map(|text| plan(state, to, text)).collect::<Result<Vec<_>, _>>()?;
    check_limits(state, number, &plans)?;
    for plan in plans {
        carry_out(state, number, plan);
    }
    Ok(())
}

/// What one subscription asks for, if it can be had.
fn plan(state: &State, to: Incoming<'_>, text: &str) -> Result<Plan, String> {
    let mut target = Target::parse(text).map_err(|error| match error {
        TargetError::Empty => wording::NO_CHANNEL.to_owned(),
        TargetError::NoSlash => wording::NO_SLASH.to_owned(),
        TargetError::Wildcard => wording::wildcard(text),
        TargetError::Filter => wording::filter(text),
    })?;
    let written = target.channel.clone();
    if let Some(known) = state.spellings.get(&written) {
        target.channel = known.clone();
    }
    let channel = written.as_str();
    let Some(topic) = state.topics.get(&target.channel) else {
        return Err(match channel.split('/').nth(1).unwrap_or_default() {
            "data" => wording::change_events(channel),
            "u" => wording::generic(channel),
            "event" => wording::platform_events(channel),
            "systemTopic" => wording::system_topic(channel),
            _ => wording::no_such_channel(channel),
        });
    };
    let unknown = target.unknown_fields(&topic.fields);
    if !unknown.is_empty() {
        return Err(wording::no_such_fields(&unknown));
    }
    let start = to.start(text, channel)?;
    if let Start::After(id) = start
        && !state.log.can_start_after(topic.retention, id)
    {
        return Err(wording::replay_id(&id.to_string()));
    }
    Ok(Plan { text: text.into(), retention: topic.retention, target, start })
}

fn check_limits(state: &State, number: u64, plans: &[Plan]) -> Result<(), String> {
    let Some(session) = state.sessions.get(&number) else { return Ok(()) };
    let is_full = |channel: &str| {
        !session.is_subscribed_to(channel) && state.subscribers(channel) >= state.options.max_subscribers
    };
    let new = plans.iter().filter(|plan| !session.has_subscription(&plan.text)).count();
    if session.subscription_count().saturating_add(new) > state.options.max_subscriptions
        || plans.iter().any(|plan| is_full(&plan.target.channel))
    {
        return Err(wording::TOO_MANY_SUBSCRIBERS.to_owned());
    }
    let mut waiting = session.waiting_count();
    for Plan { retention, target, start, .. } in plans {
        waiting = waiting.saturating_add(state.log.after(*retention, &target.channel, start.after()).count());
        if waiting > state.options.max_waiting {
            return Err(wording::replay_too_long(&target.channel));
        }
    }
    Ok(())
}

/// One that is there already goes on as it is, unless it is to start at another place.
fn carry_out(state: &mut State, number: u64, plan: Plan) {
    let Plan { text, retention, target, start } = plan;
    let subscription = state.next_subscription();
    let after = start.after();
    let Some(session) = state.sessions.get_mut(&number) else { return };
    if after == u64::MAX && session.has_subscription(&text) {
        return;
    }
    let channel = target.channel.clone();
    let events = state.log.after(retention, &channel, after);
    session.subscribe(Subscription { number: subscription, text, target }, events);
}
