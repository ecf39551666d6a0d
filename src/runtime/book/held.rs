//! Whether a console still shows work.

use super::state::Work;

impl Work {
    /// After conversation work runs.
    pub(in crate::runtime) fn wraps_up(&self) -> bool {
        self.acw.as_ref().is_some_and(|acw| acw.ended.is_none())
    }
}
