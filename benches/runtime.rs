//! How fast the runtime decides: `cargo bench --bench runtime`.
//!
//! Not divan: what counts is a state that was reached by many events, such as a steady load, and not one call of one
//! function. Each line is a run of its own, of which the events are noted; the same events are then applied once more, on the
//! clock. With `load`, `backlog` or `logins` behind `--`, only that part is run; with a number, only centres of so many agents.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs, clippy::cast_precision_loss, reason = "a bench")]

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::{Duration, Instant};

use omnic::plan::{
    Acceptance, Agent, Channel, Compiler, Cost, FORMAT, Plan, PresenceConfiguration, PresenceStatus, Queue,
    QueueObject, RoutingConfiguration, RoutingModel, Settings, Tables, Units,
};
use omnic::runtime::{
    AgentWorkId, Effect, Event, FinishedWork, Name, OrgLimits, Route, RoutingOptions, Runtime, Time, TimedEffect,
    WorkArrived, WorkKey,
};
use rustc_hash::FxHashMap;

// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const UNIT: Units = Units(10_000);

/// Who is in which queues, and what work costs. Capacities are 4, 5 and 6 units, in turn.
#[derive(Clone, Copy)]
enum Shape {
    /// Each agent in five queues, items of one unit, both routing models.
    Wide,
    /// Each agent in four queues, items of one to three units, all by the least capacity in use.
    Script,
}

impl Shape {
    fn queues_of(self, agent: u32, queues: u32) -> Vec<Name> {
        let mut of: Vec<u32> = match self {
            // Neighbours share few queues: five different strides through all of them.
            Self::Wide => (0..5).map(|turn| (agent * 5 + turn * (agent / queues * 37 + 1)) % queues).collect(),
            Self::Script => (0..4).map(|turn| (agent + turn * 5) % queues).collect(),
        };
        of.sort_unstable();
        of.dedup();
        of.into_iter().map(queue_name).collect()
    }

    fn configurations(self) -> u32 {
        match self {
            Self::Wide => 5,
            Self::Script => 15,
        }
    }

    fn model(self, number: u32) -> RoutingModel {
        match self {
            Self::Wide if number % 2 == 1 => RoutingModel::MostAvailable,
            Self::Wide | Self::Script => RoutingModel::LeastActive,
        }
    }

    fn units(self, number: u32) -> i64 {
        match self {
            Self::Wide => 1,
            Self::Script => 1 + i64::from(number % 3),
        }
    }
}

fn queue_name(number: u32) -> Name {
    Name::from(format!("Queue_{number:05}"))
}

fn config_name(number: u32) -> Name {
    Name::from(format!("Config_{number:02}"))
}

fn user_name(number: u32) -> Name {
    Name::from(format!("agent{number:06}@bench.example"))
}

/// A support centre.
fn plan(shape: Shape, queues: u32, agents: u32, auto_accept: bool) -> Plan {
    let configuration = |name: &str, capacity: i64| PresenceConfiguration {
        name: name.into(),
        capacity: Some(Units(capacity * UNIT.0)),
        interruptible_capacity: Some(Units(capacity * UNIT.0)),
        acceptance: if auto_accept { Acceptance::Auto } else { Acceptance::Manual },
        ..PresenceConfiguration::default()
    };
    let tables = Tables {
        settings: Settings { known: true, omni_channel: true, skills_based_routing: true, ..Settings::default() },
        channels: vec![Channel { name: "Cases".into(), object: Some("Case".into()), ..Channel::default() }],
        presence_statuses: vec![PresenceStatus {
            name: "Available".into(),
            channels: vec!["Cases".into()],
            ..PresenceStatus::default()
        }],
        presence_configurations: vec![configuration("Four", 4), configuration("Five", 5), configuration("Six", 6)],
        users: (0..agents).map(user_name).collect(),
        routing_configurations: (0..shape.configurations())
            .map(|number| RoutingConfiguration {
                name: config_name(number),
                model: Some(shape.model(number)),
                priority: i32::try_from(number % 5).ok(),
                cost: Cost::Units(Units(shape.units(number) * UNIT.0)),
                push_timeout_seconds: Some(60),
                ..RoutingConfiguration::default()
            })
            .collect(),
        queues: (0..queues)
            .map(|number| Queue {
                name: queue_name(number),
                routing_configuration: Some(config_name(number % shape.configurations())),
                objects: vec![QueueObject { object: "Case".into(), channel: Some("Cases".into()) }],
                agents: Some(Vec::new()),
                agents_complete: true,
                ..Queue::default()
            })
            .collect(),
        agents: Some(
            (0..agents)
                .map(|agent| Agent {
                    user: user_name(agent),
                    presence_configuration: Some(["Four", "Five", "Six"][agent as usize % 3].into()),
                    statuses: vec!["Available".into()],
                    statuses_complete: true,
                    queues: shape.queues_of(agent, queues),
                    ..Agent::default()
                })
                .collect(),
        ),
        ..Tables::default()
    };
    let compiler = Compiler { name: "bench".to_owned(), version: String::new() };
    Plan {
        format: FORMAT,
        compiler,
        api_version: "66.0".to_owned(),
        digest: tables.digest(),
        filled_in: Vec::new(),
        left_out: Vec::new(),
        tables,
        display: None,
        provenance: None,
    }
}

/// A xorshift generator: the runs are the same each time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, most: u32) -> usize {
        usize::try_from(self.next() % u64::from(most)).unwrap()
    }

    /// Exponentially distributed, in milliseconds.
    fn exponential(&mut self, mean: f64) -> f64 {
        let uniform = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        -mean * (1.0 - uniform).ln()
    }
}

/// A runtime, and what drives it.
struct Centre {
    plan: Plan,
    runtime: Runtime,
    effects: Vec<TimedEffect>,
    users: Vec<Name>,
    queues: Vec<Name>,
    object: Name,
    status: Name,
    auto_accept: bool,
    random: Random,
    arrived: u64,
    /// Work in progress, by the time at which it will be done.
    open: BinaryHeap<Reverse<(Time, u64, usize)>>,
    by_name: FxHashMap<Name, usize>,
    now: Time,
    routed: u64,
    mean_ms: f64,
    /// All that happened.
    log: Vec<(Time, Event)>,
}

impl Centre {
    fn new(shape: Shape, queues: u32, agents: u32, auto_accept: bool, finished_work: FinishedWork) -> Self {
        let plan = plan(shape, queues, agents, auto_accept);
        let options = RoutingOptions {
            limits: OrgLimits { queued_per_hour: None, pending: None },
            finished_work,
            ..RoutingOptions::default()
        };
        let users: Vec<Name> = plan.tables.users.clone();
        Self {
            runtime: Runtime::new(&plan, options).unwrap(),
            effects: Vec::new(),
            by_name: users.iter().cloned().zip(0..).collect(),
            users,
            queues: plan.tables.queues.iter().map(|queue| queue.name.clone()).collect(),
            plan,
            object: Name::from("Case"),
            status: Name::from("Available"),
            auto_accept,
            random: Random(0x9E37_79B9_7F4A_7C15),
            arrived: 0,
            open: BinaryHeap::new(),
            now: Time(0),
            routed: 0,
            mean_ms: 300_000.0,
            log: Vec::new(),
        }
    }

    fn apply(&mut self, event: Event) {
        self.effects.clear();
        self.runtime.apply_into(self.now, &event, &mut self.effects).unwrap();
        self.log.push((self.now, event));
        let mut accepts = Vec::new();
        for timed in &self.effects {
            if let Effect::AgentWorkCreated { id, user_id, .. } = &timed.effect {
                self.routed += 1;
                let done = self.now.plus(self.random.exponential(self.mean_ms) as i64);
                let user = self.by_name[user_id];
                self.open.push(Reverse((done, id.0, user)));
                if !self.auto_accept {
                    accepts.push((user, *id));
                }
            }
        }
        for (user, id) in accepts {
            let event = Event::AcceptAgentWork { user: self.users[user].clone(), work_id: WorkKey::Id(id) };
            self.effects.clear();
            self.runtime.apply_into(self.now, &event, &mut self.effects).unwrap();
            self.log.push((self.now, event));
        }
    }

    /// Lets all happen once more, in another runtime, and gives the time that it took from an event on: the runtime's own,
    /// without what thinks up the events.
    fn replay(&self, from: usize) -> Duration {
        let mut runtime = Runtime::new(&self.plan, self.runtime.options().clone()).unwrap();
        let mut effects = Vec::new();
        let mut apply = |(at, event): &(Time, Event)| {
            effects.clear();
            runtime.apply_into(*at, event, &mut effects).unwrap();
        };
        let (before, measured) = self.log.split_at(from);
        before.iter().for_each(&mut apply);
        let start = Instant::now();
        measured.iter().for_each(&mut apply);
        start.elapsed()
    }

    fn login_all(&mut self) {
        for user in self.users.clone() {
            self.apply(Event::Login { user, status_id: self.status.clone() });
        }
    }

    fn arrive(&mut self) {
        self.arrived += 1;
        let queue = self.random.below(u32::try_from(self.queues.len()).unwrap());
        let event = Event::WorkArrived(WorkArrived {
            work_item_id: Name::from(format!("500{:012}", self.arrived)),
            object: self.object.clone(),
            fields: std::collections::BTreeMap::new(),
            service_channel_id: None,
            route: Route::Queue(self.queues[queue].clone()),
            custom_requested_date_time: None,
            target_accept_date_time: None,
        });
        self.apply(event);
    }

    fn close_next(&mut self) {
        let Reverse((done, id, user)) = self.open.pop().unwrap();
        self.now = self.now.max(done);
        let event = Event::CloseAgentWork { user: self.users[user].clone(), work_id: WorkKey::Id(AgentWorkId(id)) };
        self.apply(event);
    }

    /// At a rate that keeps this share of all capacity busy.
    fn run(&mut self, load: f64, items: u64) {
        let slots = self.users.len() as f64 * 5.0;
        self.run_at(self.mean_ms / (slots * load), items);
    }

    /// Arrivals, so many milliseconds apart on average, and completions by their times.
    fn run_at(&mut self, between: f64, items: u64) {
        let mut next = self.now.0 as f64;
        let until = self.routed + items;
        while self.routed < until {
            next += self.random.exponential(between);
            while self.open.peek().is_some_and(|Reverse((done, ..))| (done.0 as f64) < next) {
                self.close_next();
            }
            self.now = self.now.max(Time(next as i64));
            self.arrive();
        }
    }
}

fn rate(count: u64, elapsed: Duration) -> String {
    let per_second = count as f64 / elapsed.as_secs_f64();
    format!("{:>10.0} /s   {:>7.0} ns each", per_second, 1e9 / per_second)
}

fn main() {
    let asked = |word: &str| std::env::args().any(|arg| arg == word);
    let scale = if asked("--test") { 100 } else { 1 };
    let some = asked("load") || asked("backlog") || asked("logins");
    if !some || asked("load") {
        steady_load(scale);
    }
    if !some || asked("backlog") {
        backlogs(scale);
    }
    if !some || asked("logins") {
        logins(scale);
    }
}

/// Whether centres of so many agents are asked for.
fn is_asked(agents: u32) -> bool {
    let mut numbers = std::env::args().filter_map(|arg| arg.parse::<u32>().ok()).peekable();
    numbers.peek().is_none() || numbers.any(|number| number == agents)
}

fn steady_load(scale: u64) {
    println!(
        "200 agents in 4 of 20 queues each, work of 300 s, one item in 0.75 s: items and completions from an empty centre, \
         with what decides when they happen"
    );
    for items in [10_000, 100_000, 1_000_000].into_iter().filter(|_| is_asked(200)) {
        let mut centre = Centre::new(Shape::Script, 20, 200, true, FinishedWork::Forget);
        centre.login_all();
        let start = Instant::now();
        centre.run_at(750.0, items / scale);
        while !centre.open.is_empty() {
            centre.close_next();
        }
        println!("  {:>8} items  {}", centre.routed, rate(centre.routed, start.elapsed()));
    }
    println!("steady load of 90 percent, each agent in 5 queues: arrivals, answers and completions");
    for (agents, queues) in
        [(10_000, 1_000), (1_000, 100), (100, 10)].into_iter().filter(|&(agents, _)| is_asked(agents))
    {
        for (auto, finished, words) in [
            (true, FinishedWork::Forget, "accepted by itself, finished work forgotten"),
            (false, FinishedWork::Forget, "accepted by agents, finished work forgotten"),
            (true, FinishedWork::Keep, "accepted by itself, finished work kept"),
        ] {
            let mut centre = Centre::new(Shape::Wide, queues, agents, auto, finished);
            centre.login_all();
            centre.run(0.9, u64::from(agents) * 10 / scale);
            let (begin, before) = (centre.log.len(), centre.routed);
            centre.run(0.9, 1_000_000 / scale);
            let items = centre.routed - before;
            println!(
                "  {agents:>6} agents  {items:>8} items  {}  {:.1} events an item, {} wait; {words}",
                rate(items, centre.replay(begin)),
                (centre.log.len() - begin) as f64 / items as f64,
                centre.runtime.waiting(),
            );
        }
    }
}

fn backlogs(scale: u64) {
    println!("everyone busy, so many waiting: an item is done, the next one is offered, another arrives");
    for agents in [100, 1_000, 10_000].into_iter().filter(|&agents| is_asked(agents)) {
        for backlog in [1_000, 10_000, 100_000, 1_000_000] {
            let mut centre = Centre::new(Shape::Wide, agents / 10, agents, true, FinishedWork::Forget);
            centre.login_all();
            for _ in 0..u64::from(agents) * 6 + backlog / scale {
                centre.arrive();
            }
            let begin = centre.log.len();
            let turns = 200_000 / scale;
            for _ in 0..turns {
                centre.close_next();
                centre.arrive();
            }
            println!("  {agents:>6} agents  {backlog:>8} wait   {}", rate(turns, centre.replay(begin)));
        }
    }
}

fn logins(scale: u64) {
    println!("everyone signs in, onto a backlog of a million");
    for agents in [100, 1_000, 10_000].into_iter().filter(|&agents| is_asked(agents)) {
        let mut centre = Centre::new(Shape::Wide, agents / 10, agents, true, FinishedWork::Forget);
        for _ in 0..1_000_000 / scale {
            centre.arrive();
        }
        let (begin, before) = (centre.log.len(), centre.routed);
        centre.login_all();
        let elapsed = centre.replay(begin);
        println!("  {agents:>6} agents  {:>8} items  {}", centre.routed - before, rate(u64::from(agents), elapsed));
    }
}
