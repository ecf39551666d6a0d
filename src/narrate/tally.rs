//! From effects to the figures of a run.

use std::collections::BTreeMap;

use super::{About, AgentFigures, QueueFigures, RefusedEvent, RunSummary};
use crate::runtime::records::AgentWorkStatus;
use crate::runtime::{AgentWorkId, Change, Effect, Name, PoolUse, Runtime, Time, TimedEffect, What};

/// Counts what happens. Effects must come moment by moment, so that capacities can be asked for after each.
#[derive(Debug)]
pub struct Tally {
    from: Option<Time>,
    events: usize,
    queues: BTreeMap<Option<Name>, QueueFigures>,
    agents: BTreeMap<Name, Watch>,
    /// The queue of offered and open work; none: of no queue.
    works: BTreeMap<AgentWorkId, Option<Name>>,
    refusals: Vec<RefusedEvent>,
}

/// A rep who is watched.
#[derive(Debug, Default)]
struct Watch {
    handled: usize,
    declined: usize,
    timed_out: usize,
    /// Milliseconds.
    logged_in: i64,
    busy: i64,
    /// For each pool: ten-thousandths of units times milliseconds, in use and there.
    used: [i128; 2],
    capacity: [i128; 2],
    since: Time,
    /// What holds since then; none: the rep is logged out.
    pools: Option<[PoolUse; 2]>,
    has_work: bool,
}

impl Watch {
    /// Counts the time until now, and looks again.
    fn look(&mut self, user: &str, runtime: &Runtime, now: Time) {
        self.count(now);
        self.pools = runtime.pools(user);
        self.has_work = runtime.has_work(user);
    }

    fn count(&mut self, now: Time) {
        let elapsed = now.since(self.since).max(0);
        self.since = now;
        if self.has_work {
            self.busy += elapsed;
        }
        let Some(pools) = self.pools else { return };
        self.logged_in += elapsed;
        for (number, pool) in pools.iter().enumerate() {
            self.used[number] += i128::from(pool.used.0) * i128::from(elapsed);
            self.capacity[number] += i128::from(pool.capacity.0) * i128::from(elapsed);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "shown to people, as a percentage")]
    fn part(&self, pool: usize) -> Option<f64> {
        (self.capacity[pool] > 0).then(|| self.used[pool] as f64 / self.capacity[pool] as f64)
    }

    fn figures(&self, user: Name, open: usize) -> AgentFigures {
        AgentFigures {
            user,
            handled: self.handled,
            open,
            declined: self.declined,
            timed_out: self.timed_out,
            logged_in: self.logged_in / 1_000,
            busy: self.busy / 1_000,
            capacity_used: self.part(0),
            interruptible_capacity_used: self.part(1),
        }
    }

    const fn did_nothing(&self) -> bool {
        self.pools.is_none() && self.logged_in == 0 && self.handled == 0 && !self.has_work
    }
}

impl Tally {
    /// Begins with what a runtime knows, which is something if it goes on from a state.
    pub fn new(runtime: &Runtime) -> Self {
        let mut tally = Self {
            from: None,
            events: 0,
            queues: BTreeMap::new(),
            agents: BTreeMap::new(),
            works: BTreeMap::new(),
            refusals: Vec::new(),
        };
        let active = runtime.agent_works().filter(|work| work.status.is_active());
        tally.works.extend(active.map(|work| (work.id, work.original_group_id)));
        for user in runtime.names(What::Agent) {
            tally.agents.entry(user.clone()).or_default().look(&user, runtime, runtime.now());
        }
        tally
    }

    /// An event comes, at its time.
    pub fn event(&mut self, at: Time) {
        self.events += 1;
        self.from.get_or_insert(at);
    }

    /// An event was refused.
    pub fn refused(&mut self, refused: RefusedEvent) {
        self.refusals.push(refused);
    }

    /// What happened at the runtime's moment; `abouts` are what the effects are about, one each.
    pub fn tell(&mut self, effects: &[TimedEffect], abouts: &[About], runtime: &Runtime) {
        for effect in effects {
            self.count(&effect.effect, runtime);
        }
        for user in abouts.iter().flat_map(|about| &about.agents) {
            let begin = || Watch { since: runtime.now(), ..Watch::default() };
            self.agents.entry(user.clone()).or_insert_with(begin).look(user, runtime, runtime.now());
        }
    }

    fn queue(&mut self, queue: Option<Name>) -> &mut QueueFigures {
        self.queues.entry(queue.clone()).or_insert_with(|| QueueFigures { queue, ..QueueFigures::default() })
    }

    fn count(&mut self, effect: &Effect, runtime: &Runtime) {
        match effect {
            Effect::PendingServiceRouting { id, change: Change::Created, .. } => {
                self.queue(runtime.pending_service_routing(*id).and_then(|request| request.group_id)).arrived += 1;
            }
            Effect::AgentWorkCreated { id, queue, status, .. } => {
                self.works.insert(*id, queue.clone());
                if *status == AgentWorkStatus::Assigned {
                    self.queue(queue.clone()).offered += 1;
                }
            }
            Effect::AgentWorkOpened { id, .. } => {
                let queue = self.works.get(id).cloned().flatten();
                self.queue(queue).answered += 1;
            }
            Effect::AgentWorkEnded { id, user_id, status, handle_time, .. } => {
                let queue = self.works.remove(id).flatten();
                let agent = self.agents.entry(user_id.clone()).or_default();
                match status {
                    AgentWorkStatus::Declined => {
                        agent.declined += 1;
                        self.queue(queue).declined += 1;
                    }
                    AgentWorkStatus::DeclinedOnPushTimeout => {
                        agent.timed_out += 1;
                        self.queue(queue).timed_out += 1;
                    }
                    _ => agent.handled += usize::from(handle_time.is_some()),
                }
            }
            _ => {}
        }
    }

    /// The figures, at the runtime's moment.
    pub fn summary(&mut self, runtime: &Runtime) -> RunSummary {
        let now = runtime.now();
        for figures in self.queues.values_mut() {
            (figures.waiting, figures.longest_wait) = (0, None);
        }
        for request in runtime.pending_service_routings().filter(|request| !request.is_pushed) {
            let wait = runtime.waited(&request) / 1_000;
            let figures = self.queue(request.group_id);
            figures.waiting += 1;
            figures.longest_wait = figures.longest_wait.max(Some(wait));
        }
        let mut open: BTreeMap<Name, usize> = BTreeMap::new();
        for work in runtime.agent_works().filter(|work| work.status == AgentWorkStatus::Opened) {
            *open.entry(work.user_id).or_default() += 1;
        }
        for watch in self.agents.values_mut() {
            watch.count(now);
        }
        let agents = self.agents.iter().filter(|(_, watch)| !watch.did_nothing());
        // The one without a name sorts first.
        let (named, others): (Vec<_>, Vec<_>) = self.queues.values().cloned().partition(|row| row.queue.is_some());
        RunSummary {
            from: self.from,
            until: self.from.map(|_| now),
            events: self.events,
            queues: named.into_iter().chain(others).collect(),
            agents: agents
                .map(|(user, watch)| watch.figures(user.clone(), open.get(user).copied().unwrap_or_default()))
                .collect(),
            refusals: self.refusals.clone(),
        }
    }
}
