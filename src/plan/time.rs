//! Points in time: milliseconds, which come from outside.

use std::fmt;

use jiff::Timestamp;
use jiff::fmt::temporal::Pieces;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z. In JSON a text such as `2026-11-23T08:00:00Z`; a number of
/// milliseconds is read too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(pub i64);

impl Time {
    /// The first point in time that the calendar knows, -9999-01-02T01:59:59Z.
    pub const BEGINNING: Self = Self(-377_705_023_201_000);

    /// The last point in time that the calendar knows, 9999-12-30T22:00:00Z. No event is as late, so that a deadline
    /// beyond it is put here and is never reached.
    pub const END: Self = Self(253_402_207_200_000);

    /// So many milliseconds later, but not after [`Self::END`].
    #[must_use]
    pub const fn plus(self, milliseconds: i64) -> Self {
        let later = self.0.saturating_add(milliseconds);
        if later > Self::END.0 { Self::END } else { Self(later) }
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: u32) -> Self {
        self.plus(seconds as i64 * 1_000)
    }

    /// Milliseconds since an earlier point.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// True if `text` is a time such as the calendar has, but in a year that it does not know. The last day of the year
    /// 9999 is such a time too: somewhere on earth it is the year 10000 already.
    pub fn is_beyond_calendar(text: &str) -> bool {
        let is_time = |pieces: Pieces<'_>| pieces.time().is_some() && pieces.offset().is_some();
        text.parse::<Timestamp>().is_err() && Pieces::parse(text).is_ok_and(is_time)
    }

    /// The time of the day in UTC, such as `12:00:07`; with milliseconds if there are any.
    pub fn of_day(self) -> String {
        Timestamp::from_millisecond(self.0).map_or_else(
            |_| self.0.to_string(),
            |at| at.strftime(if self.0 % 1_000 == 0 { "%H:%M:%S" } else { "%H:%M:%S%.3f" }).to_string(),
        )
    }
}

impl From<Timestamp> for Time {
    fn from(at: Timestamp) -> Self {
        Self(at.as_millisecond())
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_millisecond(self.0) {
            Ok(at) => at.fmt(f),
            // Beyond the years that the calendar knows.
            Err(_) => self.0.fmt(f),
        }
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match Timestamp::from_millisecond(self.0) {
            Ok(at) => serializer.collect_str(&at),
            Err(_) => serializer.serialize_i64(self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Time;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time such as \"2026-11-23T08:00:00Z\", or milliseconds since 1970")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Time, E> {
                let at: Timestamp = text.parse().map_err(|_| E::invalid_value(de::Unexpected::Str(text), &self))?;
                Ok(Time(at.as_millisecond()))
            }

            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Time, E> {
                if Timestamp::from_millisecond(number).is_err() {
                    // Microseconds, most likely.
                    return Err(E::invalid_value(de::Unexpected::Signed(number), &self));
                }
                Ok(Time(number))
            }

            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Time, E> {
                match i64::try_from(number) {
                    Ok(number) => self.visit_i64(number),
                    Err(_) => Err(E::invalid_value(de::Unexpected::Unsigned(number), &self)),
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for Time {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Time".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A point in time: a text such as `2026-11-23T08:00:00Z`, or milliseconds since 1970.",
            "anyOf": [{ "type": "string", "format": "date-time" }, { "type": "integer" }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_texts_or_numbers() {
        let time: Time = serde_json::from_str("\"2026-11-23T08:00:07Z\"").unwrap_or_default();
        assert_eq!(time, Time(1_795_420_807_000));
        assert_eq!(serde_json::to_string(&time).unwrap_or_default(), "\"2026-11-23T08:00:07Z\"");
        assert_eq!(serde_json::from_str::<Time>("1795420807000").unwrap_or_default(), time);
        assert!(serde_json::from_str::<Time>("1795420807000000").is_err(), "microseconds");
        assert!(Time::is_beyond_calendar("9999-12-31T23:59:59Z"));
        for other in ["9999-12-30T22:00:00Z", "2026-11-23T08:00:00", "2026-02-30T08:00:00Z", "noon", "9999-12-31"] {
            assert!(!Time::is_beyond_calendar(other), "{other}");
        }
        let beginning = serde_json::to_string(&Time::BEGINNING).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Time>(&beginning).unwrap_or_default(), Time::BEGINNING);
        assert_eq!(serde_json::to_string(&Time::END).unwrap_or_default(), "\"9999-12-30T22:00:00Z\"");
        let last = Time::END.0;
        for late in
            [Time::END.plus(1), Time::END.plus_seconds(u32::MAX), Time(i64::MAX).plus(i64::MAX), time.plus(last)]
        {
            assert_eq!(late, Time::END);
        }
        assert_eq!(Time(i64::MIN).plus(-1), Time(i64::MIN));
        assert_eq!(time.of_day(), "08:00:07");
        assert_eq!(time.plus(5).of_day(), "08:00:07.005");
        let error = serde_json::from_str::<Time>("\"noon\"").map_err(|error| error.to_string());
        assert!(error.is_err_and(|error| error.contains("2026-11-23T08:00:00Z")));
    }
}
