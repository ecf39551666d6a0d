//! An item of work whose fate differs, played through both plans.

use std::collections::BTreeSet;

use super::change::{Change, Example, Step, What};
use super::classes::{Entry, WorkKind};
use super::fates::{self, Asked};
use super::small;
use crate::narrate::{self, Attempt, Narration, Narrator, Sentence, clock};
use crate::plan::{Name, Plan};
use crate::runtime::{Event, Prospects, Refused, RoutedWork, RoutingOptions, Runtime, Time, Timed, WorkArrived};

/// The most items that an example has.
const MOST_ITEMS: u32 = 12;

/// When an example begins: a Monday, in milliseconds.
const MORNING: i64 = 1_767_600_000_000;

/// An example of a change; none where no item of work shows it.
pub(super) fn of(change: &Change, plans: [&Plan; 2], runtimes: &[Asked; 2]) -> Option<Example> {
    let kind = change.work.first()?;
    let fates = [fates::ask(&runtimes[0], kind), fates::ask(&runtimes[1], kind)];
    let routed = fates.each_ref().map(|fate| match fate {
        Ok(Prospects::Routed(work)) => Some(work),
        _ => None,
    });
    let scene = Scene::of(change, kind, routed, plans[1], runtimes)?;
    let [old, new] = [0, 1].map(|side| scene.play(plans[side], side));
    Some(Example { old: old?, new: new? })
}

/// What an example is made of.
struct Scene<'c> {
    /// Who is online.
    rep: Option<&'c Name>,
    /// In which presence statuses, for each plan: the first that may be chosen.
    statuses: [Vec<&'c Name>; 2],
    /// What arrives, in this order.
    work: Vec<(WorkKind, Name)>,
    /// The rep comes when the work waits already.
    comes_late: bool,
    /// How long is waited at the end, in seconds.
    wait: u32,
}

impl<'c> Scene<'c> {
    fn of(
        change: &'c Change,
        kind: &'c WorkKind,
        routed: [Option<&'c RoutedWork>; 2],
        plan: &Plan,
        runtimes: &[Asked; 2],
    ) -> Option<Self> {
        let item = |number: u32| Name::from(format!("item {number}"));
        let anybody = || {
            let of = |work: Option<&'c RoutedWork>| -> BTreeSet<&'c Name> { work.map(fates::reps).unwrap_or_default() };
            let (old, new) = (of(routed[0]), of(routed[1]));
            old.intersection(&new).next().or(new.first()).or(old.first()).copied()
        };
        let mut scene = Self {
            rep: None,
            statuses: statuses(routed),
            work: vec![(kind.clone(), item(1))],
            comes_late: false,
            wait: 0,
        };
        scene.rep = match &change.what {
            What::ReachesNobody { before: reps, .. }
            | What::NoLongerKnown { reps, .. }
            | What::KnownNow { reps, .. }
            | What::LosesReps { reps, .. }
            | What::GainsReps { reps, .. }
            | What::Holds { reps, .. } => reps.first(),
            What::Row { .. } => return None,
            _ => anybody(),
        };
        match &change.what {
            What::Statuses { lost, gained, .. } => {
                let status = lost.first().or(gained.first())?;
                scene.statuses = [vec![status], vec![status]];
            }
            What::Holds { before, after, .. } => {
                let most = (*before).max(*after).min(MOST_ITEMS);
                scene.work = (1..=most).map(|number| (kind.clone(), item(number))).collect();
            }
            What::PushTimeout { before, after } | What::DropsSkills { before, after } => {
                scene.wait = before.iter().chain(after).max().copied().unwrap_or_default() + 1;
            }
            What::Priority { passes, passed_by, .. } => {
                let other = passes.first().or(passed_by.first())?;
                let other = any_work(other, plan)?;
                let Ok(Prospects::Routed(work)) = fates::ask(&runtimes[1], &other) else { return None };
                let shared = fates::reps(&work);
                let own = routed[1].map(fates::reps).unwrap_or_default();
                scene.rep = Some(own.into_iter().find(|rep| shared.contains(rep))?);
                scene.comes_late = true;
                // What is overtaken was there first.
                let at = usize::from(passes.is_empty());
                scene.work.insert(at, (other, item(2)));
            }
            What::PausedCost { .. } | What::Overflow { .. } => return None,
            _ => {}
        }
        Some(scene)
    }

    /// What happens with a plan.
    fn play(&self, plan: &Plan, side: usize) -> Option<Vec<Step>> {
        let plan = small::plan(plan, self.rep, &self.work);
        let mut runtime = Runtime::new(&plan, RoutingOptions::default()).ok()?;
        runtime.trace(true);
        let narrator = Narrator::new(&plan, &runtime);
        let mut stage = Stage { runtime, narrator, now: MORNING, steps: Vec::new() };
        if !self.comes_late {
            self.sign_in(&mut stage, side);
        }
        for (kind, item) in &self.work {
            stage.apply(&Event::WorkArrived(WorkArrived {
                work_item_id: item.clone(),
                object: kind.object.clone(),
                fields: kind.values(),
                service_channel_id: None,
                route: kind.route(),
                custom_requested_date_time: None,
                target_accept_date_time: None,
            }));
        }
        if self.comes_late {
            self.sign_in(&mut stage, side);
        }
        if self.wait > 0 {
            stage.now += 1_000 * i64::from(self.wait);
            stage.apply(&Event::TimePassed {});
        }
        Some(stage.steps)
    }

    /// The rep comes online, in the first status that may be chosen. If none may, the refusal is a step.
    fn sign_in(&self, stage: &mut Stage<'_>, side: usize) {
        let Some(rep) = self.rep else { return };
        let own = self.statuses[side].iter().map(|status| (*status, false));
        let others = self.statuses[1 - side].iter().map(|status| (*status, true));
        let mut refused = None;
        for (status, is_of_other) in own.chain(others) {
            let event = Event::Login { user: rep.clone(), status_id: status.clone() };
            match stage.try_apply(&event) {
                Ok(()) => return,
                Err(step) if refused.is_none() || !is_of_other => refused = refused.or(Some(step)),
                Err(_) => {}
            }
        }
        stage.steps.extend(refused.map(|step| *step));
    }
}

/// Some work of a queue.
fn any_work(queue: &Name, plan: &Plan) -> Option<WorkKind> {
    let row = plan.tables.queues.iter().find(|row| row.name == *queue)?;
    let object = row.objects.first()?.object.clone();
    Some(WorkKind { entry: Entry::Queue(queue.clone()), object, fields: std::collections::BTreeMap::new() })
}

/// The presence statuses that offer the work: first those that do with both plans.
fn statuses(routed: [Option<&RoutedWork>; 2]) -> [Vec<&Name>; 2] {
    let own = routed.map(|work| work.map(|work| work.statuses.iter().collect::<Vec<_>>()).unwrap_or_default());
    [0, 1].map(|side: usize| {
        let mut names = own[side].clone();
        names.sort_by_key(|name| !own[1 - side].contains(name));
        names
    })
}

struct Stage<'p> {
    runtime: Runtime,
    narrator: Narrator<'p>,
    now: i64,
    steps: Vec<Step>,
}

impl Stage<'_> {
    fn apply(&mut self, event: &Event) {
        if let Err(step) = self.try_apply(event) {
            self.steps.push(*step);
        }
    }

    /// The step if it is refused, which then is not among the steps yet.
    fn try_apply(&mut self, event: &Event) -> Result<(), Box<Step>> {
        let at = Time(self.now);
        let timed = Timed { at, event: event.clone() };
        match self.runtime.apply(at, event) {
            Ok(effects) => {
                let Narration { sentences, .. } = self.narrator.tell(Some(event), &effects, &self.runtime);
                let told = sentences.iter().flat_map(lines).collect();
                self.steps.push(Step { event: timed, effects, refused: None, told });
                self.now += 1_000;
                Ok(())
            }
            Err(Refused { refusal, effects }) => {
                let words = narrate::refusal(&refusal, Attempt::Event(event), &self.runtime);
                let told = vec![format!("{} refused: {words}", clock(at))];
                Err(Box::new(Step { event: timed, effects, refused: Some(refusal), told }))
            }
        }
    }
}

/// A sentence with its time, and the lines below it.
fn lines(sentence: &Sentence) -> Vec<String> {
    let first = format!("{} {}", clock(sentence.at), sentence.text);
    [first].into_iter().chain(sentence.details.iter().map(|line| format!("  {line}"))).collect()
}
