//! Clock: the one place that knows the real time. What is emulated follows it, stands still, or runs faster.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::plan::Time;

/// How emulated time follows real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// As it is.
    Real,
    /// Only when it is told to.
    Manual,
    /// So many times as fast.
    Times(u32),
}

impl std::str::FromStr for Pace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "real" => Ok(Self::Real),
            "manual" => Ok(Self::Manual),
            _ => {
                let factor = text.strip_prefix('x').and_then(|factor| factor.parse().ok());
                let factor = factor.filter(|factor| (1..=100_000).contains(factor));
                factor
                    .map(Self::Times)
                    .ok_or_else(|| "write `real`, `manual` or, for ten times as fast, `x10`".to_owned())
            }
        }
    }
}

impl std::fmt::Display for Pace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Real => f.write_str("real"),
            Self::Manual => f.write_str("manual"),
            Self::Times(factor) => write!(f, "x{factor}"),
        }
    }
}

/// The real time, as the system has it.
pub(crate) fn wall() -> SystemTime {
    SystemTime::now()
}

/// The emulated time, and the real one.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    pace: Pace,
    /// The emulated time at `since`.
    origin: Time,
    since: Instant,
    /// Milliseconds since 1970 at `began`.
    unix: i64,
    began: Instant,
}

impl Clock {
    /// Starts now, or at a later time: what happened already is not undone.
    pub fn start(pace: Pace, at_least: Option<Time>) -> Self {
        let unix = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, milliseconds);
        let now = Time(unix);
        let origin = match (pace, at_least) {
            // A manual clock goes on where it stood.
            (Pace::Manual, Some(at)) => at,
            (Pace::Manual, None) => Time(unix.div_euclid(1_000) * 1_000),
            (_, Some(at)) => now.max(at),
            (_, None) => now,
        };
        let began = Instant::now();
        Self { pace, origin, since: began, unix, began }
    }

    /// How it runs.
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// The emulated time.
    pub fn now(&self) -> Time {
        let passed = milliseconds(self.since.elapsed());
        match self.pace {
            Pace::Real => self.origin.plus(passed),
            Pace::Manual => self.origin,
            Pace::Times(factor) => self.origin.plus(passed.saturating_mul(i64::from(factor))),
        }
    }

    /// The real time, in milliseconds since 1970: it never runs backward.
    pub fn real(&self) -> i64 {
        self.unix.saturating_add(milliseconds(self.began.elapsed()))
    }

    /// Moves the emulated time to a later one.
    pub fn set(&mut self, at: Time) {
        (self.origin, self.since) = (at, Instant::now());
    }

    /// Runs otherwise from now on.
    pub fn change(&mut self, pace: Pace) {
        self.set(self.now());
        self.pace = pace;
    }

    /// How long it is until an emulated time comes; none: it does not come by waiting.
    pub fn until(&self, due: Time) -> Option<Duration> {
        let left = u64::try_from(due.since(self.now()).max(0)).unwrap_or(0);
        match self.pace {
            Pace::Real => Some(Duration::from_millis(left)),
            Pace::Manual => (left == 0).then_some(Duration::ZERO),
            Pace::Times(factor) => Some(Duration::from_millis(left.div_ceil(u64::from(factor)))),
        }
    }
}

fn milliseconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_are_words_or_factors() {
        assert_eq!("x10".parse(), Ok(Pace::Times(10)));
        assert_eq!("manual".parse(), Ok(Pace::Manual));
        for wrong in ["", "x", "x0", "10", "x1.5", "x999999999"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_manual_clock_stands_still_until_it_is_set() {
        let mut clock = Clock::start(Pace::Manual, Some(Time(5_000)));
        assert_eq!(clock.now(), Time(5_000));
        assert_eq!(clock.until(Time(6_000)), None);
        clock.set(Time(7_000));
        assert_eq!((clock.now(), clock.until(Time(6_000))), (Time(7_000), Some(Duration::ZERO)));
    }

    #[test]
    fn time_never_runs_backward_from_a_saved_state() {
        let late = Time(4_000_000_000_000);
        assert!(Clock::start(Pace::Real, Some(late)).now() >= late);
    }
}
