//! How much work a query may be. The org does one thing at a time, and routing, streaming and consoles wait behind a query:
//! so its work is counted in steps, and one that would hold them up is refused, as Salesforce refuses what runs too long.
//!
//! Why a bound, rather than slices or a snapshot: an answer is of one moment, and costs writes nothing. A step is about 20
//! nanoseconds of an optimised build, so that the bound is about 50 milliseconds; being counted, it comes at the same place
//! on each machine.

use std::cell::Cell;

use super::error::{ErrorCode, SoqlError};
use super::place::Span;

/// The most steps of a query, or of one page of its answer.
const MOST_STEPS: u64 = 4_000_000;

/// Steps of looking at a record.
pub(super) const ROW: u64 = 3;
/// Steps of comparing a value, without its length.
pub(super) const TEST: u64 = 2;
/// Steps of looking a parent up.
pub(super) const PARENT: u64 = 15;
/// Steps of a value that sorts, or is put into a group.
pub(super) const KEY: u64 = 8;
/// Steps of a value in an answer.
pub(super) const VALUE: u64 = 8;
/// Letters that are compared in a step.
pub(super) const LETTERS: usize = 16;

/// Counts steps.
#[derive(Debug)]
pub(super) struct Meter {
    left: Cell<u64>,
}

impl Meter {
    pub(super) const fn new() -> Self {
        Self { left: Cell::new(MOST_STEPS) }
    }

    /// Counts steps; false once there were too many. What comes after that is not looked at.
    pub(super) fn spend(&self, steps: u64) -> bool {
        // The last step is never used, so that 0 says that there were too many.
        self.left.set(self.left.get().saturating_sub(steps));
        self.left.get() > 0
    }

    /// # Errors
    ///
    /// If there were too many steps.
    pub(super) fn check(&self) -> Result<(), SoqlError> {
        if self.left.get() > 0 {
            return Ok(());
        }
        let reason = "Your query request was running for too long.".to_owned();
        Err(SoqlError {
            code: ErrorCode::QueryTimeout,
            message: reason.clone(),
            reason,
            span: Span::default(),
            row: 1,
            column: 1,
        })
    }
}
