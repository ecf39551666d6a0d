//! Items that wait: what goes before them, and why they still wait at the end.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::mem::Discriminant;

use super::decision::why_not;
use super::words::{and, clock, duration};
use super::{Narrator, Tone};
use crate::runtime::records::{PendingServiceRouting, RoutingModel};
use crate::runtime::{Decision, Name, PassedOver, PendingServiceRoutingId, Runtime, Time, WhyNot, WhyPassed};
use crate::text::count;

/// More items than this in one sentence are counted.
const MOST: usize = 3;

/// What is known of waiting items that others went before.
#[derive(Debug, Default)]
pub(super) struct Backlog {
    waits: HashMap<PendingServiceRoutingId, Wait>,
    /// How many offers there were.
    offers: u64,
    /// The number of the last offer of each record.
    offered: HashMap<Name, u64>,
    /// An offer passed over more items than its decision names.
    is_partial: bool,
}

/// What happened to an item since it was offered last.
#[derive(Debug)]
struct Wait {
    /// The number of the first offer that went before it.
    since: u64,
    /// How many items went before it, by their priority.
    passed: BTreeMap<Option<i32>, usize>,
    /// The kinds of reasons that have been given in a sentence.
    said: HashSet<(Discriminant<WhyPassed>, Option<Discriminant<WhyNot>>)>,
}

impl Backlog {
    /// An item waits no longer.
    pub(super) fn leave(&mut self, id: PendingServiceRoutingId) {
        self.waits.remove(&id);
    }

    /// Counts an offer. Returns the items that it passes over for a kind of reason that no sentence has given since they were
    /// last offered.
    fn pass<'d>(&mut self, decision: &'d Decision) -> Vec<&'d PassedOver> {
        self.offers += 1;
        self.is_partial |= decision.more_passed > 0;
        let number = self.offers;
        let before = self.offered.insert(decision.work_item_id.clone(), number);
        let is_new = |other: &&PassedOver| {
            let new = || Wait { since: number, passed: BTreeMap::new(), said: HashSet::new() };
            let wait = self.waits.entry(other.id).or_insert_with(new);
            if before.is_none_or(|before| before < wait.since) {
                *wait.passed.entry(decision.priority).or_default() += 1;
            }
            wait.said.insert(kind(&other.why))
        };
        decision.passed.iter().filter(is_new).collect()
    }

    /// `2 items of priority 1 and 1 of priority 3 went first`; with `at least`, if a decision named only some of the items
    /// that it passed over.
    fn first(&self, id: PendingServiceRoutingId) -> Option<String> {
        let passed = &self.waits.get(&id)?.passed;
        let part = |(number, (&priority, &items)): (usize, (&Option<i32>, &usize))| {
            let items = if number == 0 { count(items, "item") } else { items.to_string() };
            format!("{items} of {}", of_priority(priority))
        };
        let parts: Vec<String> = passed.iter().enumerate().map(part).collect();
        let at_least = if self.is_partial { "at least " } else { "" };
        (!parts.is_empty()).then(|| format!("{at_least}{} went first", and(&parts)))
    }
}

fn kind(why: &WhyPassed) -> (Discriminant<WhyPassed>, Option<Discriminant<WhyNot>>) {
    let inner = if let WhyPassed::Cannot(why) = why { Some(std::mem::discriminant(why)) } else { None };
    (std::mem::discriminant(why), inner)
}

impl Narrator<'_> {
    /// The items that an offer passes over.
    pub(super) fn passes(&mut self, at: Time, decision: &Decision) {
        let mut groups: Vec<(String, Vec<&PassedOver>)> = Vec::new();
        for other in self.backlog.pass(decision) {
            let why = self.why(decision, &other.why);
            match groups.iter_mut().find(|(known, _)| *known == why) {
                Some((_, items)) => items.push(other),
                None => groups.push((why, vec![other])),
            }
        }
        let chosen = self.work(&decision.work_item_id);
        let mut groups = groups.into_iter().peekable();
        while let Some((why, items)) = groups.next() {
            let item = |other: &&PassedOver| {
                let wait = duration(at.since(other.requested).max(0) / 1_000);
                format!("{} (waits for {wait})", self.work(&other.work_item_id))
            };
            let mut named: Vec<String> = items.iter().take(MOST).map(item).collect();
            if items.len() > MOST {
                named.push(format!("{} more", items.len() - MOST));
            }
            let records = items.iter().map(|other| &other.work_item_id).chain([&decision.work_item_id]);
            self.about = self.subjects.of_records(records);
            let user = &decision.user;
            let more = match decision.more_passed {
                _ if groups.peek().is_some() => String::new(),
                0 => String::new(),
                1 => format!("; 1 more item that came earlier waits for {user} too"),
                more => format!("; {more} more items that came earlier wait for {user} too"),
            };
            self.say(at, Tone::Trouble, &format!("{chosen} goes before {}: {why}{more}", and(&named)));
        }
    }

    fn why(&self, decision: &Decision, why: &WhyPassed) -> String {
        let WhyPassed::Cannot(why) = why else { return goes_first(why) };
        format!("{}: {}", decision.user, why_not(why, self.plan, RoutingModel::LeastActive))
    }

    /// One that waits when the run ends.
    pub(super) fn still_waits(&mut self, request: &PendingServiceRouting, runtime: &Runtime) {
        let now = runtime.now();
        self.learn_object(&request.work_item_id, &request.service_channel_id);
        let wait = runtime.waited(request);
        let from = request.group_id.as_ref().map_or_else(String::new, |queue| format!(" from `{queue}`"));
        let first = self.backlog.first(request.id);
        let first = first.map(|first| format!("{}, {first}; ", of_priority(request.routing_priority)));
        let why = match runtime.why_waiting(request.id) {
            Some(waiting) => self.nobody(&waiting),
            None if request.is_ready_for_routing => "a partner decides who gets it".to_owned(),
            None => "its routing request is not ready for routing".to_owned(),
        };
        let (work, wait) = (self.work(&request.work_item_id), duration(wait / 1_000));
        self.about = super::About::of_request(request);
        let sentence = format!("{work}{from} still waits after {wait}: {}{why}", first.unwrap_or_default());
        self.say(now, Tone::Trouble, &sentence);
    }
}

pub(super) fn of_priority(priority: Option<i32>) -> String {
    priority.map_or_else(|| "no priority".to_owned(), |priority| format!("priority {priority}"))
}

pub(super) fn number(priority: Option<i32>) -> String {
    priority.map_or_else(|| "none".to_owned(), |priority| priority.to_string())
}

/// Why an item goes before another one, by their order.
pub(super) fn goes_first(why: &WhyPassed) -> String {
    match why {
        WhyPassed::Priority { chosen, other } => format!("{} before {}", of_priority(*chosen), number(*other)),
        WhyPassed::SecondaryPriority { chosen, other } => {
            format!("secondary priority {} before {}", number(*chosen), number(*other))
        }
        WhyPassed::TargetAcceptTime { chosen, other } => {
            let time = |time: &Option<Time>| time.map_or_else(|| "none".to_owned(), clock);
            format!("target accept time {} before {}", time(chosen), time(other))
        }
        WhyPassed::Requested { chosen, other } => {
            format!("counts as waiting since {}, before {}", clock(*chosen), clock(*other))
        }
        WhyPassed::Cannot(_) => "the rep could not be offered the item that waits".to_owned(),
    }
}
