//! What consoles are told: everything that happens, numbered, from the moment on that somebody listens.

use std::collections::VecDeque;

use tokio::sync::watch;

use crate::plan::Time;
use crate::runtime::TimedEffect;
use crate::serve::chance;

/// Lines that are kept for consoles whose connection broke.
const MOST_LINES: usize = 20_000;
/// How long a console may be away, in milliseconds, until nothing is kept for it.
const LONGEST_ABSENCE: i64 = 300_000;

/// Something that consoles are told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    /// Something happened.
    Effect(Box<TimedEffect>),
    /// Everything began again, or routing did: what a console knows is no longer true.
    BeganAgain(Time),
}

/// What there is since a position.
pub(crate) enum Since<'a> {
    /// These lines.
    Lines(Box<dyn Iterator<Item = &'a Line> + 'a>),
    /// Lines are no longer there, or the position is another server's: who asks begins again.
    Lost,
}

/// The lines, and the bell that rings when there are more.
#[derive(Debug)]
pub(crate) struct Consoles {
    /// Tells the positions of this server from those of another one.
    name: String,
    /// Who knows it may load components.
    key: String,
    /// The number of the first line that is kept.
    first: u64,
    lines: VecDeque<Line>,
    /// When somebody listened last, in real milliseconds; none: nobody has.
    heard_at: Option<i64>,
    /// There is something for those who wait.
    is_stirred: bool,
    has_ended: bool,
    bell: watch::Sender<u64>,
}

impl Default for Consoles {
    fn default() -> Self {
        Self {
            name: chance::word(12).replace('.', "-"),
            key: chance::word(24).replace('.', "-"),
            first: 0,
            lines: VecDeque::new(),
            heard_at: None,
            is_stirred: false,
            has_ended: false,
            bell: watch::Sender::new(0),
        }
    }
}

impl Consoles {
    /// Who knows it may load components: frames send no token.
    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Somebody listens, at a real time in milliseconds.
    pub(crate) fn listen(&mut self, real: i64) {
        self.heard_at = Some(real);
    }

    /// Whether somebody may listen.
    pub(super) fn are_open(&self, real: i64) -> bool {
        self.heard_at.is_some_and(|at| real.saturating_sub(at) <= LONGEST_ABSENCE)
    }

    /// Something happened that nobody listens to.
    pub(super) fn miss(&mut self, count: usize) {
        self.first = self.next().saturating_add(count as u64);
        self.lines.clear();
    }

    /// Something happened.
    pub(super) fn add(&mut self, effects: Vec<TimedEffect>) {
        for effect in effects {
            self.push(Line::Effect(Box::new(effect)));
        }
    }

    /// Everything began again.
    pub(super) fn begin_again(&mut self, at: Time) {
        self.push(Line::BeganAgain(at));
    }

    fn push(&mut self, line: Line) {
        self.is_stirred = true;
        self.lines.push_back(line);
        if self.lines.len() > MOST_LINES {
            self.lines.pop_front();
            self.first = self.first.saturating_add(1);
        }
    }

    /// Something changed for those who wait, such as their sessions.
    pub(super) fn stir(&mut self) {
        self.is_stirred = true;
    }

    /// The server ends.
    pub(super) fn end(&mut self) {
        self.has_ended = true;
        self.is_stirred = true;
    }

    /// Whether the server ends.
    pub(crate) const fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Wakes those who wait, once what happened is on disk.
    pub(super) fn ring(&mut self) {
        if std::mem::take(&mut self.is_stirred) {
            self.bell.send_modify(|rung| *rung = rung.wrapping_add(1));
        }
    }

    /// Hears the bell from now on.
    pub(crate) fn bell(&self) -> watch::Receiver<u64> {
        self.bell.subscribe()
    }

    fn next(&self) -> u64 {
        self.first.saturating_add(self.lines.len() as u64)
    }

    /// The position behind the last line.
    pub(crate) fn position(&self) -> String {
        format!("{}.{}", self.name, self.next())
    }

    /// The lines since a position.
    pub(crate) fn since(&self, position: &str) -> Since<'_> {
        let number = position.split_once('.').filter(|(name, _)| *name == self.name);
        let number = number.and_then(|(_, number)| number.parse::<u64>().ok());
        let skipped = number.and_then(|number| number.checked_sub(self.first));
        match skipped.and_then(|skipped| usize::try_from(skipped).ok()) {
            Some(skipped) if skipped <= self.lines.len() => Since::Lines(Box::new(self.lines.range(skipped..))),
            _ => Since::Lost,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(consoles: &Consoles, position: &str) -> Option<usize> {
        match consoles.since(position) {
            Since::Lines(lines) => Some(lines.count()),
            Since::Lost => None,
        }
    }

    #[test]
    fn lines_are_there_from_a_position_on() {
        let mut consoles = Consoles::default();
        let first = consoles.position();
        assert_eq!(count(&consoles, &first), Some(0));
        consoles.begin_again(Time(1));
        let second = consoles.position();
        assert_eq!((count(&consoles, &first), count(&consoles, &second)), (Some(1), Some(0)));
        for position in ["", "x.0", ".", &format!("{second}9"), &format!("{first}x")] {
            assert_eq!(count(&consoles, position), None, "{position}");
        }
    }

    #[test]
    fn what_nobody_heard_and_what_is_too_old_is_lost() {
        let mut consoles = Consoles::default();
        let first = consoles.position();
        assert!(!consoles.are_open(0));
        consoles.listen(5);
        assert!(consoles.are_open(5 + LONGEST_ABSENCE) && !consoles.are_open(6 + LONGEST_ABSENCE));
        consoles.miss(1);
        assert_eq!(count(&consoles, &first), None);
        let second = consoles.position();
        for _ in 0..=MOST_LINES {
            consoles.begin_again(Time(1));
        }
        assert_eq!(count(&consoles, &second), None);
    }

    #[test]
    fn the_bell_rings_once_for_what_has_happened() {
        let mut consoles = Consoles::default();
        let bell = consoles.bell();
        consoles.ring();
        assert!(!bell.has_changed().unwrap_or(true));
        consoles.begin_again(Time(1));
        consoles.stir();
        consoles.ring();
        assert!(bell.has_changed().unwrap_or(false));
    }
}
