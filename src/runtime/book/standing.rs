//! By what agents are compared: one number, so that many are compared fast.

use crate::plan::Time;

/// The place of an agent among those who stand at a lane with equal capacity: by a measure, such as the load; then by who
/// waits longest for work; then by name. The least is the first.
///
/// Packed, from the highest bits: the measure (45), since when (51), the rank by name (32). Measures above 1.7 thousand
/// million units count as equal, and times more than 17,000 years from 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runtime) struct Standing(u128);

const TIME_MOST: i64 = 1 << 49;
const SINCE_BITS: u32 = 51;
const RANK_BITS: u32 = 32;

/// Since when an agent waits for work: those without work in this session, by their login, before those with work, by their
/// last assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::runtime) struct Since(u64);

impl Since {
    pub(in crate::runtime) fn login(at: Time) -> Self {
        Self((at.0.clamp(-TIME_MOST, TIME_MOST - 1) + TIME_MOST).cast_unsigned())
    }

    pub(in crate::runtime) fn assignment(at: Time) -> Self {
        Self(Self::login(at).0 | 1 << (SINCE_BITS - 1))
    }

    /// Work was assigned in this session.
    pub(in crate::runtime) fn had_work(self) -> bool {
        self.0 >> (SINCE_BITS - 1) == 1
    }
}

impl Standing {
    /// Stands behind everybody.
    pub(in crate::runtime) const NOBODY: Self = Self(u128::MAX);
    /// From here on, loads count as equal.
    pub(in crate::runtime) const MOST: i64 = (1 << 44) - 1;
    const LEAST: i64 = -1 << 44;

    /// The measure is in ten-thousandths of a unit, if it is a load.
    pub(in crate::runtime) fn new(measure: i64, since: Since, rank: u32) -> Self {
        let since = u128::from(since.0) << RANK_BITS;
        Self(since | u128::from(rank)).with_measure(measure)
    }

    #[must_use]
    pub(in crate::runtime) fn with_measure(self, measure: i64) -> Self {
        let bits = (measure.clamp(Self::LEAST, Self::MOST) - Self::LEAST).cast_unsigned();
        let low = SINCE_BITS + RANK_BITS;
        Self(u128::from(bits) << low | self.0 & ((1 << low) - 1))
    }

    pub(in crate::runtime) fn measure(self) -> i64 {
        ((self.0 >> (SINCE_BITS + RANK_BITS)) as u64).cast_signed() + Self::LEAST
    }

    pub(in crate::runtime) fn since(self) -> Since {
        Since((self.0 >> RANK_BITS) as u64 & ((1 << SINCE_BITS) - 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Packed, standings have the order of what is packed.
        #[test]
        fn order_is_kept(
            a in (-1_000_000_000_000..1_000_000_000_000_i64, any::<bool>(), -(1_i64 << 48)..1 << 48, any::<u32>()),
            b in (-1_000_000_000_000..1_000_000_000_000_i64, any::<bool>(), -(1_i64 << 48)..1 << 48, any::<u32>()),
            same in 0..4_u8,
        ) {
            // Otherwise the first part would nearly always decide.
            let b = (if same > 0 { a.0 } else { b.0 }, if same > 1 { a.1 } else { b.1 }, if same > 2 { a.2 } else { b.2 }, b.3);
            let packed = |(measure, had_work, at, rank): (i64, bool, i64, u32)| {
                let since = if had_work { Since::assignment(Time(at)) } else { Since::login(Time(at)) };
                let packed = Standing::new(measure, since, rank);
                assert_eq!((packed.measure(), packed.since(), since.had_work()), (measure, since, had_work));
                packed
            };
            prop_assert_eq!(packed(a).cmp(&packed(b)), a.cmp(&b));
        }
    }

    #[test]
    fn what_is_far_stays_in_its_place() {
        let far = Standing::new(i64::MAX, Since::login(Time(i64::MAX)), u32::MAX);
        let near = Standing::new(0, Since::assignment(Time(i64::MIN)), 0);
        assert!(near < far && far.since() < near.since());
        assert_eq!((near.measure(), near.since().had_work(), far.since().had_work()), (0, true, false));
    }
}
