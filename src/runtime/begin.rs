//! How a runtime begins, and goes on from a saved state.

use std::collections::BTreeSet;

use super::steps::Runtime;
use crate::plan::{Plan, Time, Units};
use crate::runtime::book::{Agent, Book, FORMAT, Shelf, State, Stream, Terms};
use crate::runtime::contract::{Contradiction, RoutingOptions, StartError};
use crate::runtime::directory::{Directory, PlannedAgent};
use crate::runtime::numbers::AgentIx;

/// Records are numbered up to this: numbers that JSON readers take exactly.
const MOST_RECORDS: u64 = 1 << 53;

pub(in crate::runtime) fn begin(plan: &Plan, options: RoutingOptions) -> Result<Runtime, StartError> {
    if options.first_record_number > MOST_RECORDS {
        return Err(StartError::FirstRecordNumber(MOST_RECORDS));
    }
    let directory = Directory::of(plan, &options)?;
    let agent = |known: &PlannedAgent| Agent {
        name: known.name.clone(),
        is_active: true,
        profile: known.profile.clone(),
        presence: known.presence,
        statuses: known.statuses.clone(),
        statuses_exact: false,
        statuses_complete: known.statuses_complete,
        queues: known.queues.clone(),
        skills: known.skills.clone(),
        dated: known.dated.clone(),
        groups: known.groups.clone(),
        session: None,
        used: [Units(0); 2],
        works: Vec::new(),
        unchecked: 0,
    };
    let mut agents: Vec<Agent> = directory.agents.iter().map(agent).collect();
    for agent in &mut agents {
        agent.pass_skill_dates(Time::BEGINNING);
    }
    let first = options.first_record_number;
    let state = State {
        format: FORMAT,
        plan: plan.digest.clone(),
        agents,
        options,
        now: Time::BEGINNING,
        skills: Vec::new(),
        items: Shelf::from_number(1),
        pendings: Shelf::from_number(first),
        works: Shelf::from_number(first),
        presences: Shelf::from_number(first),
        next_session: first,
        routed: std::collections::VecDeque::new(),
        stream: Stream { next_replay_id: 1, retained: std::collections::VecDeque::new(), reset: 0 },
    };
    Ok(assemble(directory, state))
}

pub(in crate::runtime) fn resume(plan: &Plan, state: State) -> Result<Runtime, StartError> {
    if state.plan != plan.digest {
        return Err(StartError::OtherPlan { saved: state.plan, given: plan.digest.clone() });
    }
    let directory = Directory::of(plan, &state.options)?;
    validate(&directory, &state).map_err(StartError::State)?;
    Ok(assemble(directory, state))
}

fn assemble(plan: Directory, state: State) -> Runtime {
    let mut runtime = Runtime {
        plan,
        book: Book::of(state),
        out: Vec::new(),
        tracing: false,
        quiet: false,
        new_pendings: Vec::new(),
        freed: Vec::new(),
        done_items: Vec::new(),
    };
    runtime.rebuild_index();
    runtime
}

/// Every number that leads to something in a state must do so, and no count may be near its end.
fn validate(plan: &Directory, state: &State) -> Result<(), Contradiction> {
    let skills = plan.skills.len() + state.skills.len();
    let present = |is: bool, what| if is { Ok(()) } else { Err(Contradiction::Missing(what)) };
    let within = |is: bool, what| if is { Ok(()) } else { Err(Contradiction::OutOfRange(what)) };
    let once = |is: bool, what| if is { Ok(()) } else { Err(Contradiction::Twice(what)) };
    let numbers: [u64; 4] = [
        state.items.next().into(),
        state.pendings.next().into(),
        state.works.next().into(),
        state.presences.next().into(),
    ];
    let small = |number: &u64| *number <= 2 * MOST_RECORDS;
    within(numbers.iter().chain([&state.next_session]).all(small), "a number")?;
    within((1..=1 << 53).contains(&state.stream.next_replay_id), "a replay id")?;
    let names: BTreeSet<_> = state.agents.iter().map(|agent| &agent.name).collect();
    once(names.len() == state.agents.len(), "agents have one name")?;
    let names: BTreeSet<_> = state.items.iter().map(|(_, item)| &item.name).collect();
    once(names.len() == state.items.iter().count(), "records have one id")?;
    let agent = |agent: AgentIx| present(agent.at() < state.agents.len(), "an agent");
    for known in &state.agents {
        present(known.queues.iter().all(|queue| queue.at() < plan.queues.len()), "a queue")?;
        present(known.skills.iter().all(|(skill, _)| skill.at() < skills), "a skill")?;
        present(known.dated.iter().all(|row| row.skill.at() < skills), "a skill")?;
        present(known.statuses.iter().all(|status| status.at() < plan.statuses.len()), "a status")?;
        present(
            known.presence.is_none_or(|presence| presence.at() < plan.presences.len()),
            "a presence configuration",
        )?;
        present(known.works.iter().all(|&work| state.works.get(work).is_some()), "an agent's work")?;
        if let Some(session) = &known.session {
            present(session.status.at() < plan.statuses.len(), "a status")?;
            present(session.presence.at() < plan.presences.len(), "a presence configuration")?;
            present(state.presences.get(session.record).is_some(), "a presence record")?;
        }
    }
    for (_, item) in state.items.iter() {
        present(item.channel.is_none_or(|channel| channel.at() < plan.channels.len()), "a channel")?;
        present(item.pending.is_none_or(|pending| state.pendings.get(pending).is_some()), "a routing request")?;
        present(item.active.iter().chain(&item.held).all(|&work| state.works.get(work).is_some()), "work on a record")?;
    }
    let terms = |terms: &Terms| {
        present(terms.queue.is_none_or(|queue| queue.at() < plan.queues.len()), "a queue")?;
        present(terms.config.is_none_or(|config| config.at() < plan.configs.len()), "a routing configuration")?;
        terms.preferred.map_or(Ok(()), agent)
    };
    for (number, pending) in state.pendings.iter() {
        present(state.items.get(pending.item).is_some_and(|item| item.pending == Some(number)), "a record")?;
        present(pending.channel.at() < plan.channels.len(), "a channel")?;
        present(pending.pushed.is_none_or(|work| state.works.get(work).is_some()), "pushed work")?;
        present(pending.needs.iter().all(|need| need.skill.at() < skills), "a skill")?;
        terms(&pending.terms)?;
    }
    for (_, work) in state.works.iter() {
        // Finished work may outlive its record's place; work that an agent holds may not.
        present(state.items.get(work.item).is_some(), "a record")?;
        present(work.channel.at() < plan.channels.len(), "a channel")?;
        present(work.needs.iter().all(|need| need.skill.at() < skills), "a skill")?;
        agent(work.agent)?;
        terms(&work.terms)?;
    }
    for (_, record) in state.presences.iter() {
        present(record.status.at() < plan.statuses.len(), "a status")?;
        agent(record.agent)?;
    }
    Ok(())
}
