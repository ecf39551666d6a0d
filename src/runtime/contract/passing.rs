//! How far time has passed.

use super::effect::TimedEffect;

/// What happened while time passed.
#[derive(Clone, Debug, PartialEq)]
pub struct PassOutcome {
    /// What timers did.
    pub effects: Vec<TimedEffect>,
    /// How many timers fired.
    pub timers: usize,
    /// True if the time was reached. Else more is due before it, and the runtime's time is that of the last timer.
    pub reached: bool,
}
