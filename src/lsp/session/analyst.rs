//! The thread that keeps the projects analysed.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use crossbeam_channel::{Receiver, Sender};

use super::panics::words_of;
use super::state::State;
use super::world::{Event, World};

/// What comes from the thread.
pub(in crate::lsp) enum News {
    /// What the projects are by now.
    State(State),
    /// Why an analysis failed. What there was before is still the state, and takes in the events up to this number.
    Failed(u64, String),
}

/// What a new world must be told if the old one failed.
#[derive(Default)]
struct Known {
    folders: Option<Event>,
    settings: Option<Event>,
    buffers: BTreeMap<PathBuf, Event>,
}

impl Known {
    fn note(&mut self, event: &Event) {
        match event {
            Event::Folders(_) => self.folders = Some(event.clone()),
            Event::Settings(_) => self.settings = Some(event.clone()),
            Event::Buffer(path, ..) => drop(self.buffers.insert(path.clone(), event.clone())),
            Event::Closed(path) => drop(self.buffers.remove(path)),
            Event::Disk(_) | Event::Everything => {}
        }
    }

    fn events(&self) -> impl Iterator<Item = Event> {
        self.settings.iter().chain(&self.folders).chain(self.buffers.values()).cloned()
    }
}

/// Takes in events, as many as there are, and says what the projects are then; until nobody listens. A world in which
/// something panics is replaced by a new one, which is told what counts.
pub(in crate::lsp) fn keep_analysed(new: &dyn Fn() -> World, events: &Receiver<(u64, Event)>, to_loop: &Sender<News>) {
    let mut world = new();
    let mut known = Known::default();
    while let Ok(first) = events.recv() {
        let batch: Vec<(u64, Event)> = std::iter::once(first).chain(events.try_iter()).collect();
        let last = batch.last().map_or(0, |(number, _)| *number);
        for (_, event) in &batch {
            known.note(event);
        }
        let made = take_in(&mut world, batch).or_else(|words| {
            let news = News::Failed(0, format!("the analysis failed, and is begun anew: {words}"));
            // If nobody listens, the next message says so.
            let _ = to_loop.send(news);
            world = new();
            take_in(&mut world, known.events().map(|event| (last, event)).collect())
        });
        let news = made.map_or_else(|words| News::Failed(last, format!("the analysis failed: {words}")), News::State);
        if matches!(news, News::Failed(..)) {
            world = new();
        }
        if to_loop.send(news).is_err() {
            return;
        }
    }
}

fn take_in(world: &mut World, events: Vec<(u64, Event)>) -> Result<State, String> {
    let made = catch_unwind(AssertUnwindSafe(|| {
        for (number, event) in events {
            world.apply(number, event);
        }
        world.update()
    }));
    made.map_err(|panic| words_of(&*panic))
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::path::Path;
    use std::sync::Arc;

    use crossbeam_channel::unbounded;

    use super::*;
    use crate::lsp::text::position::Encoding;

    /// The news after an edit, where each of the first `traps` worlds panics at it.
    fn news(traps: u32) -> Vec<News> {
        let (to_world, events) = unbounded();
        let (to_loop, news) = unbounded();
        let path = Path::new("/nowhere/A.queue-meta.xml").to_path_buf();
        assert!(to_world.send((7, Event::Buffer(path, 1, Arc::from("<Queue/>")))).is_ok());
        drop(to_world);
        let left = Cell::new(traps);
        let new = || {
            let mut world = World::new(Encoding::Utf8, false);
            world.is_trap = left.get() > 0;
            left.set(left.get().saturating_sub(1));
            world
        };
        keep_analysed(&new, &events, &to_loop);
        drop(to_loop);
        news.iter().collect()
    }

    #[test]
    fn a_panic_is_told_and_a_new_world_knows_what_counts() {
        let [News::State(sound)] = &*news(0) else { panic!("a state was to come") };
        let [News::Failed(0, words), News::State(state)] = &*news(1) else { panic!("a word and a state were to come") };
        assert!(words.contains("a trap"), "{words}");
        assert_eq!((state.revision, &state.reports), (7, &sound.reports));
        assert!(matches!(&*news(2), [News::Failed(0, _), News::Failed(7, _)]), "two words were to come");
    }
}
