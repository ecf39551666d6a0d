//! What must hold after each event, by what the effects told so far.

use std::collections::{BTreeMap, BTreeSet};

use omnic::runtime::records::{AgentWorkStatus as Status, UserServicePresence};
use omnic::runtime::{AgentWorkId, Change, Effect, Event, Name, PendingServiceRoutingId, Runtime, TimedEffect};

use crate::model::{Model, Need, Pool};

/// An account of everything, kept by effects alone.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) works: BTreeMap<AgentWorkId, Entry>,
    /// Items that wait, or are offered; with whether they are pushed.
    pub(crate) waiting: BTreeMap<PendingServiceRoutingId, (Name, bool)>,
    /// Items of which it was told how they came to rest.
    at_rest: BTreeSet<Name>,
}

/// A work that an agent holds.
pub(crate) struct Entry {
    pub(crate) item: Name,
    pub(crate) user: Name,
    pub(crate) status: Status,
    /// It was charged without a check, so that it may exceed the agent's capacity.
    unchecked: bool,
}

impl Ledger {
    /// Enters what came of an event.
    pub(crate) fn enter(&mut self, event: &Event, effects: &[TimedEffect]) -> Result<(), String> {
        let skips = matches!(event, Event::CreateAgentWork(create) if create.should_skip_capacity_check);
        for timed in effects {
            self.enter_effect(&timed.effect, skips)?;
        }
        let Event::WorkArrived(arrived) = event else { return Ok(()) };
        self.accounted_for(&arrived.work_item_id)
    }

    fn enter_effect(&mut self, effect: &Effect, skips: bool) -> Result<(), String> {
        match effect {
            Effect::PendingServiceRouting { change: Change::Deleted, id, work_item_id, .. } => {
                self.waiting.remove(id).ok_or_else(|| format!("{id} was not there to be deleted"))?;
                self.at_rest.insert(work_item_id.clone());
            }
            Effect::PendingServiceRouting { id, work_item_id, is_pushed, .. } => {
                self.waiting.insert(*id, (work_item_id.clone(), *is_pushed));
            }
            Effect::AgentWorkCreated { id, work_item_id, user_id, status, .. } => {
                let item = work_item_id.clone();
                if self.works.values().any(|entry| entry.item == item && entry.status == *status) {
                    return Err(format!("{item} is {status:?} to two"));
                }
                // Whether a direct transfer must fit is an option. The first agent has the work open until it is answered.
                let is_handed_over = self.works.values().any(|entry| entry.item == item);
                let unchecked = skips || is_handed_over || *status == Status::Opened;
                self.works.insert(*id, Entry { item, user: user_id.clone(), status: *status, unchecked });
            }
            Effect::AgentWorkOpened { id, .. } => self.entry(*id)?.status = Status::Opened,
            Effect::AgentWorkPaused { id, paused: false, .. } => self.entry(*id)?.unchecked = true,
            Effect::AgentWorkEnded { id, work_item_id, .. } => {
                self.works.remove(id).ok_or_else(|| format!("{id} ended twice"))?;
                self.at_rest.insert(work_item_id.clone());
            }
            // Capacities may be others than at the last login.
            Effect::Console { user, event: omnic::runtime::ConsoleEvent::LoginSuccess { .. } } => {
                self.works.values_mut().filter(|entry| entry.user == *user).for_each(|entry| entry.unchecked = true);
            }
            Effect::Overflowed { work_item_id, .. } | Effect::NotRouted { work_item_id, .. } => {
                self.at_rest.insert(work_item_id.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn entry(&mut self, id: AgentWorkId) -> Result<&mut Entry, String> {
        self.works.get_mut(&id).ok_or_else(|| format!("no agent holds {id}"))
    }

    /// An item waits, is with an agent, or it was told what became of it.
    fn accounted_for(&self, item: &Name) -> Result<(), String> {
        let waits = self.waiting.values().any(|(waiting, _)| waiting == item);
        let is_held = self.works.values().any(|entry| entry.item == *item);
        if waits || is_held || self.at_rest.contains(item) {
            return Ok(());
        }
        Err(format!("nothing is told of {item}"))
    }

    /// What must hold between events.
    pub(crate) fn check(&self, model: &Model) -> Result<(), String> {
        for (item, pushed) in self.waiting.values() {
            let offers =
                self.works.values().filter(|entry| entry.item == *item && entry.status == Status::Assigned).count();
            if offers != usize::from(*pushed) {
                return Err(format!("{item} is offered to {offers}, and pushed: {pushed}"));
            }
        }
        for agent in &model.agents {
            let may_exceed = self.works.values().any(|entry| entry.user == agent.name && entry.unchecked)
                || model.held(&agent.name).any(|work| work.is_held);
            let Some(session) = agent.session.as_ref().filter(|_| !may_exceed) else { continue };
            for pool in [Pool::Primary, Pool::Interruptible] {
                if model.used(&agent.name, pool) > session.governed.capacity[pool as usize] {
                    return Err(format!("`{}` is above the capacity", agent.name));
                }
            }
        }
        for psr in model.waiting_in_order() {
            if let Some(user) = model.candidates(psr).first() {
                return Err(format!("{} waits, and `{user}` could take it", psr.record.id));
            }
        }
        Ok(())
    }

    /// The records say what the effects told.
    pub(crate) fn check_records(&self, runtime: &Runtime) -> Result<(), String> {
        let told: Vec<_> = self.waiting.iter().map(|(id, (item, pushed))| (*id, item.clone(), *pushed)).collect();
        let records =
            runtime.pending_service_routings().map(|record| (record.id, record.work_item_id, record.is_pushed));
        same("PendingServiceRouting", "the effects tell", &told, &records.collect::<Vec<_>>())?;
        let told: Vec<_> =
            self.works.iter().map(|(id, work)| (*id, work.item.clone(), work.user.clone(), work.status)).collect();
        let records = runtime.agent_works().filter(|record| record.status.is_active());
        let records = records.map(|record| (record.id, record.work_item_id, record.user_id, record.status));
        same("AgentWork", "the effects tell", &told, &records.collect::<Vec<_>>())
    }
}

/// What can be seen of records that are created, deleted and undeleted, is what the model has.
pub(crate) fn check_views(model: &Model, runtime: &Runtime) -> Result<(), String> {
    let works = model.works.iter();
    let works: Vec<_> = works.map(|work| (work.id, work.item.clone(), work.user.clone(), work.status)).collect();
    let seen = runtime.agent_works().map(|seen| (seen.id, seen.work_item_id, seen.user_id, seen.status));
    same("AgentWork", "the model has", &works, &seen.collect::<Vec<_>>())?;
    for work in &model.works {
        let mut skills = work.skills.clone();
        skills.sort_by(|a, b| a.skill.cmp(&b.skill));
        let seen = runtime.agent_work_skills(work.id).into_iter().map(|seen| Need {
            skill: seen.skill_id,
            level: seen.skill_level,
            additional: seen.is_additional_skill,
            priority: seen.skill_priority,
            dropped: seen.was_dropped,
        });
        same("AgentWorkSkill", "the model has", &skills, &seen.collect::<Vec<_>>())?;
    }
    let past = model.presences.iter().map(|past| (past.id, past.user.clone(), past.status.clone(), false));
    let present = model.agents.iter().filter_map(|agent| {
        let presence = &agent.session.as_ref()?.presence;
        Some((presence.id, agent.name.clone(), presence.status.clone(), true))
    });
    let mut presences: Vec<_> = past.chain(present).collect();
    presences.sort();
    let seen =
        |seen: UserServicePresence| (seen.id, seen.user_id, seen.service_presence_status_id, seen.is_current_state);
    same(
        "UserServicePresence",
        "the model has",
        &presences,
        &runtime.user_service_presences().map(seen).collect::<Vec<_>>(),
    )?;
    let deleted = model.bin.works.iter().find(|work| runtime.agent_work(work.id).is_some());
    let ended = model.bin.presences.iter().find(|past| runtime.user_service_presence(past.id).is_some());
    if deleted.is_some() || ended.is_some() {
        return Err("a record that was deleted can be seen".to_owned());
    }
    for agent in &model.agents {
        let present = presences.iter().find(|(_, user, _, is_current)| *user == agent.name && *is_current).cloned();
        let current = runtime.current_presence(&agent.name).map(seen);
        same("the current presence", "the model has", &[present], &[current])?;
    }
    for item in &model.items {
        let waits = model.waiting.iter().find(|psr| psr.record.work_item_id == item.id).map(|psr| psr.record.id);
        let active = model.works.iter().filter(|work| work.item == item.id && work.status.is_active());
        let active: Vec<_> = active.map(|work| work.id).collect();
        same("what stands on a record", "the model has", &[Some((waits, active))], &[runtime.routing_of(&item.id)])?;
        same("the owner", "the model has", &[&item.owner], &[&runtime.owner(&item.id)])?;
    }
    for psr in &model.waiting {
        let mut needs: Vec<Need> = psr.needs.iter().map(|need| Need { dropped: false, ..need.clone() }).collect();
        needs.sort_by(|a, b| a.skill.cmp(&b.skill));
        let seen = runtime.skill_requirements(psr.record.id).into_iter().map(|seen| Need {
            skill: seen.skill_id,
            level: seen.skill_level,
            additional: seen.is_additional_skill,
            priority: seen.skill_priority,
            dropped: false,
        });
        same("SkillRequirement", "the model has", &needs, &seen.collect::<Vec<_>>())?;
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug>(what: &str, by: &str, told: &[T], seen: &[T]) -> Result<(), String> {
    if told == seen { Ok(()) } else { Err(format!("{what}: {by} {told:?}, and seen is {seen:?}")) }
}
