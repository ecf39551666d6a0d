//! Dates and datetimes as numbers: days and milliseconds since 1970-01-01 (UTC).
//!
//! The ranges of date literals are those of the page "Date Formats and Date Literals in WHERE" of Salesforce's SOQL and
//! SOSL Reference. Weeks begin on Sunday, as in the locale `en_US`; fiscal years begin in January, as in a new org.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::ast::{DateLiteral, Stretch, Unit};

/// What a query's dates are relative to.
#[derive(Clone, Debug)]
pub struct Context {
    /// The present.
    pub now: Timestamp,
    /// The time zone of the user who asks: where days begin for date literals.
    pub time_zone: TimeZone,
}

const EPOCH: Date = Date::constant(1970, 1, 1);

/// Days from 1970-01-01 to `2026-11-30`. None if there is no such day.
pub(super) fn parse_date(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let year: i16 = number(text, 0, 4)?.try_into().ok()?;
    let date = Date::new(year, number(text, 5, 7)?.try_into().ok()?, number(text, 8, 10)?.try_into().ok()?).ok()?;
    Some(days(date))
}

/// Milliseconds from 1970 to `2026-11-30T23:25:51.000+0000`; the zone is `Z`, `+hhmm` or `+hh:mm`. None if there is no
/// such time, or no zone.
pub(super) fn parse_datetime(text: &str) -> Option<i64> {
    let day = parse_date(text.get(..10)?)?;
    if !matches!(text.as_bytes().get(10), Some(b'T' | b't')) {
        return None;
    }
    let bytes = text.as_bytes();
    if bytes.get(13) != Some(&b':') || bytes.get(16) != Some(&b':') {
        return None;
    }
    let (hour, minute, second) = (number(text, 11, 13)?, number(text, 14, 16)?, number(text, 17, 19)?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let mut rest = text.get(19..)?;
    let mut thousandths = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return None;
        }
        let first: String = fraction.chars().take(digits.min(3)).collect();
        thousandths = format!("{first:0<3}").parse::<i64>().ok()?;
        rest = fraction.get(digits..)?;
    }
    let zone = zone_minutes(rest)?;
    Some(day * DAY + ((hour * 60 + minute - zone) * 60 + second) * 1000 + thousandths)
}

/// Milliseconds of an hour.
const HOUR: i64 = 3_600_000;

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

fn zone_minutes(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = zone.get(1..)?;
    let (hours, minutes) = match digits.len() {
        2 => (number(digits, 0, 2)?, 0),
        4 => (number(digits, 0, 2)?, number(digits, 2, 4)?),
        5 if digits.as_bytes().get(2) == Some(&b':') => (number(digits, 0, 2)?, number(digits, 3, 5)?),
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 60 + minutes))
}

fn number(text: &str, from: usize, to: usize) -> Option<i64> {
    let digits = text.get(from..to)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn days(date: Date) -> i64 {
    // No span of dates is longer than this counts.
    EPOCH.until(date).map_or(0, |span| i64::from(span.get_days()))
}

impl Context {
    /// The days that a literal stands for, from the first up to the one after the last.
    fn dates(&self, literal: DateLiteral) -> (Date, Date) {
        let today = self.now.to_zoned(self.time_zone.clone()).date();
        if literal.unit == Unit::Hour {
            // Of a field without a time: the days that the hours are in.
            let first = moved(today, Unit::Day, -i64::from(literal.number.unwrap_or(0) / 24));
            return (first, moved(today, Unit::Day, 1));
        }
        // Literals of many days that have no number count 90.
        let n = i64::from(literal.number.unwrap_or(90));
        let this = first_day(today, literal.unit);
        let at = |units: i64| moved(this, literal.unit, units);
        let day = literal.unit == Unit::Day;
        match literal.span {
            Stretch::Last => (at(-1), this),
            Stretch::This => (this, at(1)),
            Stretch::Next => (at(1), at(2)),
            // Today belongs to the last n days, but this week not to the last n weeks.
            Stretch::LastMany if day => (at(-n), at(1)),
            Stretch::LastMany => (at(-n), this),
            Stretch::NextMany => (at(1), at(n.saturating_add(1))),
            Stretch::Ago => (at(-n), at(1 - n)),
        }
    }

    /// As [`Self::dates`], in days since 1970.
    pub(super) fn day_range(&self, literal: DateLiteral) -> (i64, i64) {
        let (from, to) = self.dates(literal);
        (days(from), days(to))
    }

    /// As [`Self::dates`], in milliseconds since 1970: days begin in the user's time zone.
    pub(super) fn time_range(&self, literal: DateLiteral) -> (i64, i64) {
        if literal.unit == Unit::Hour {
            // From so many hours ago until now (assumed).
            let now = self.now.as_millisecond();
            return (
                now.saturating_sub(i64::from(literal.number.unwrap_or(0)).saturating_mul(HOUR)),
                now.saturating_add(1),
            );
        }
        let (from, to) = self.dates(literal);
        (self.midnight(from), self.midnight(to))
    }

    fn midnight(&self, date: Date) -> i64 {
        let time = DateTime::from_parts(date, Time::midnight());
        self.time_zone.to_timestamp(time).map_or_else(|_| days(date) * DAY, Timestamp::as_millisecond)
    }
}

fn first_day(day: Date, unit: Unit) -> Date {
    let month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
    match unit {
        Unit::Hour | Unit::Day => day,
        Unit::Week => moved(day, Unit::Day, -i64::from(day.weekday().to_sunday_zero_offset())),
        Unit::Month => day.first_of_month(),
        Unit::Quarter => month((day.month() - 1) / 3 * 3 + 1),
        Unit::Year => month(1),
    }
}

/// Stops at the first and the last day that there is.
fn moved(day: Date, unit: Unit, units: i64) -> Date {
    // Longer than all years that there are, whatever the unit.
    let units = units.clamp(-7_000_000, 7_000_000);
    let span = match unit {
        Unit::Hour | Unit::Day => 1.day().checked_mul(units),
        Unit::Week => 1.week().checked_mul(units),
        Unit::Month => 1.month().checked_mul(units),
        Unit::Quarter => 3.months().checked_mul(units),
        Unit::Year => 1.year().checked_mul(units),
    };
    span.map_or(if units < 0 { Date::MIN } else { Date::MAX }, |span| day.saturating_add(span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_read_with_any_zone() {
        let expected = [
            ("1970-01-02T00:00:00Z", Some(DAY)),
            ("1970-01-01T01:00:00.250+01:00", Some(250)),
            ("1970-01-01T00:00:00.5-0130", Some(90 * 60_000 + 500)),
            ("2026-11-30T23:25:51.000+0000", Some(1_796_081_151_000)),
            ("2020-12-12t12:12:00-25:00", None),
            ("2020-52-12t12:12:00-05:00", None),
            ("2020-02-30T00:00:00Z", None),
            ("2020-02-20T00:00:00", None),
            ("2020-02-20T24:00:00Z", None),
            ("2020-02-20", None),
        ];
        for (text, milliseconds) in expected {
            assert_eq!(parse_datetime(text), milliseconds, "{text}");
        }
    }
}
