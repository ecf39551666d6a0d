//! How much capacity is in use.

use crate::plan::Units;

/// Capacity in use of one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoolUse {
    /// How much is in use.
    pub used: Units,
    /// How much there is.
    pub capacity: Units,
}
