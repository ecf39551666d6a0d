//! Which skills an agent has at a time.

use super::state::Agent;
use crate::plan::Time;
use crate::runtime::directory::one_level_each;

impl Agent {
    /// Lets the dates up to `now` pass: what has begun is held, and what has ended is gone.
    pub(in crate::runtime) fn pass_skill_dates(&mut self, now: Time) {
        self.skills.retain(|(skill, _)| self.dated.iter().all(|row| row.skill != *skill));
        self.dated.retain_mut(|row| {
            row.from = row.from.filter(|&from| from > now);
            row.until.is_none_or(|until| until > now)
        });
        let held = self.dated.iter().filter(|row| row.from.is_none());
        self.skills.extend(held.map(|row| (row.skill, row.level)));
        one_level_each(&mut self.skills);
    }
}
