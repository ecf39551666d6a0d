//! Capacity in fixed-point numbers: sums of floating-point numbers would depend on their order.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Ten-thousandths: of a capacity unit, or of a whole.
const SCALE: f64 = 10_000.0;

/// Capacity in ten-thousandths of a capacity unit: 10000 is one unit. Salesforce keeps two decimals
/// (Object Reference 67.0, `CapacityWeight`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Units(pub i64);

/// How well a skill is held, in ten-thousandths of a level: 50000 is level 5. Salesforce keeps two decimals (Object
/// Reference 67.0, `ServiceResourceSkill.SkillLevel`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct SkillLevel(pub i64);

/// A share of a rep's capacity in ten-thousandths of the whole: 10000 is all of it, 5225 is 52.25 percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Share(pub i64);

impl Units {
    /// The nearest number of ten-thousandths.
    pub fn from_units(units: f64) -> Self {
        Self(fixed(units * SCALE))
    }

    /// As a number of units.
    #[expect(clippy::cast_precision_loss, reason = "capacities are far below 2^52")]
    pub fn in_units(self) -> f64 {
        self.0 as f64 / SCALE
    }
}

/// Units as a decimal number, such as `2` or `1.56`.
impl std::fmt::Display for Units {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.in_units().fmt(f)
    }
}

impl SkillLevel {
    /// The nearest number of ten-thousandths.
    pub fn from_level(level: f64) -> Self {
        Self(fixed(level * SCALE))
    }

    /// As a number.
    #[expect(clippy::cast_precision_loss, reason = "levels are far below 2^52")]
    pub fn as_level(self) -> f64 {
        self.0 as f64 / SCALE
    }
}

impl Share {
    /// The nearest number of ten-thousandths.
    pub fn from_percent(percent: f64) -> Self {
        Self(fixed(percent * SCALE / 100.0))
    }

    /// In percent.
    #[expect(clippy::cast_precision_loss, reason = "shares are far below 2^52")]
    pub fn in_percent(self) -> f64 {
        self.0 as f64 * 100.0 / SCALE
    }

    /// This share of a capacity; what is less than a ten-thousandth is dropped.
    pub fn of(self, capacity: Units) -> Units {
        let whole = i128::from(self.0) * i128::from(capacity.0) / 10_000;
        Units(i64::try_from(whole).unwrap_or(i64::MAX))
    }
}

#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, and no field holds numbers near the limit")]
fn fixed(scaled: f64) -> i64 {
    scaled.round() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        assert_eq!(Units::from_units(0.1 + 0.2), Units(3000));
        assert_eq!(Units::from_units(1.0), Units(10_000));
        assert_eq!(Share::from_percent(52.0).of(Units::from_units(3.0)), Units(15_600));
        assert_eq!(Share::from_percent(100.0), Share(10_000));
    }
}
