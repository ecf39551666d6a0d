//! Quantities: decimals for people, whole numbers inside. Sums of floating-point numbers would depend on their order.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A quantity with a fixed number of decimals: `$scale` of its parts are one.
macro_rules! quantities {
    ($($(#[$doc:meta])* $name:ident = $scale:literal, $from:ident, $expected:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub i64);

        impl $name {
            /// The nearest number of parts.
            pub fn $from(number: f64) -> Self {
                Self(nearest(number, $scale))
            }

            /// As a number that is not exact.
            #[expect(clippy::cast_precision_loss, reason = "quantities are far below 2^52")]
            pub fn as_f64(self) -> f64 {
                self.0 as f64 / f64::from($scale)
            }
        }

        /// As a decimal number, such as `2` or `1.56`.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.as_f64().fmt(f)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                if self.0 % $scale == 0 {
                    return serializer.serialize_i64(self.0 / $scale);
                }
                // The shortest number that is read as this float has no more decimals than the quantity.
                serializer.serialize_f64(self.as_f64())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(Decimal { scale: $scale, expected: $expected }).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "number" })
            }
        }
    )*};
}

quantities! {
    /// Capacity, in ten-thousandths of a capacity unit: 10000 is one unit. Salesforce keeps two decimals (Object Reference
    /// 67.0, `CapacityWeight`).
    Units = 10_000, from_units, "a number of capacity units with up to four decimals";
    /// How well a skill is held, in ten-thousandths of a level: 50000 is level 5. Salesforce keeps two decimals (Object
    /// Reference 67.0, `ServiceResourceSkill.SkillLevel`).
    SkillLevel = 10_000, from_level, "a skill level with up to four decimals";
    /// A share of a rep's capacity in hundredths of a percent: 10000 is all of it, 5225 is 52.25 percent.
    Share = 100, from_percent, "a number of percent with up to two decimals";
}

/// Reads a decimal number as the nearest number of parts.
struct Decimal {
    scale: i64,
    expected: &'static str,
}

impl de::Visitor<'_> for Decimal {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<i64, E> {
        Ok(number.saturating_mul(self.scale))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<i64, E> {
        self.visit_i64(i64::try_from(number).unwrap_or(i64::MAX))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<i64, E> {
        Ok(nearest(number, self.scale))
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "`as` saturates, and no field holds numbers near the limit"
)]
fn nearest(number: f64, scale: i64) -> i64 {
    (number * scale as f64).round() as i64
}

impl Share {
    /// This share of a capacity; what is less than a ten-thousandth is dropped.
    pub fn of(self, capacity: Units) -> Units {
        let whole = i128::from(self.0) * i128::from(capacity.0) / 10_000;
        Units(i64::try_from(whole).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        assert_eq!(Units::from_units(0.1 + 0.2), Units(3000));
        assert_eq!(Units::from_units(1.0), Units(10_000));
        assert_eq!(Share::from_percent(52.0).of(Units::from_units(3.0)), Units(15_600));
        assert_eq!(Share::from_percent(100.0), Share(10_000));
    }

    #[test]
    fn numbers_are_decimals_in_json() {
        for (units, text) in [(60_000, "6"), (5_000, "0.5"), (15_625, "1.5625"), (-1, "-0.0001"), (0, "0")] {
            assert_eq!(serde_json::to_string(&Units(units)).unwrap(), text);
            assert_eq!(serde_json::from_str::<Units>(text).unwrap(), Units(units));
        }
        assert_eq!(serde_json::to_string(&Share(5_225)).unwrap(), "52.25");
        assert_eq!(serde_json::from_str::<Share>("52.25").unwrap(), Share(5_225));
        assert_eq!(serde_json::from_str::<SkillLevel>("7.0").unwrap(), SkillLevel(70_000));
        let error = serde_json::from_str::<Units>("\"6\"").unwrap_err().to_string();
        assert!(error.contains("a number of capacity units with up to four decimals"), "{error}");
    }

    /// Whatever the sum, a state that is saved and read again has the same one.
    #[test]
    fn all_decimals_survive() {
        let numbers = (0..100_000_i64).chain((0..100_000).map(|step| 999_999_999_999_999 - step * 7_919));
        for number in numbers {
            let text = serde_json::to_string(&Units(number)).unwrap();
            assert_eq!(serde_json::from_str::<Units>(&text).unwrap(), Units(number), "{text}");
        }
    }
}
