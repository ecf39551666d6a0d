//! Points in time, as the API writes them.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// Which moment of a day a date without a time stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Its first.
    Start,
    /// The first of the next day.
    End,
}

/// Reads a time such as `2026-11-23T08:00:00.000+0000`. Some API versions give a date alone, which counts as the whole day
/// in UTC.
pub(super) fn read(text: &str, edge: Edge) -> Option<Timestamp> {
    let text = text.trim();
    if text.contains(['T', 't']) {
        return text.parse().ok();
    }
    let date: Date = text.parse().ok()?;
    let date = match edge {
        Edge::Start => date,
        Edge::End => date.checked_add(Span::new().try_days(1).ok()?).ok()?,
    };
    Some(date.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::{Edge, read};

    #[test]
    fn times_are_those_of_the_api() {
        let read = |text, edge| read(text, edge).map(|at| at.to_string());
        let noon = Some("2026-11-23T12:00:00Z".to_owned());
        for text in ["2026-11-23T12:00:00.000+0000", "2026-11-23T12:00:00Z", "2026-11-23T14:00:00.000+02:00"] {
            assert_eq!(read(text, Edge::Start), noon, "{text}");
            assert_eq!(read(text, Edge::End), noon, "{text}");
        }
        assert_eq!(read("2026-11-23", Edge::Start).as_deref(), Some("2026-11-23T00:00:00Z"));
        assert_eq!(read("2026-11-30", Edge::End).as_deref(), Some("2026-12-01T00:00:00Z"));
        for text in ["2026-02-30", "noon", "", "2026-11-23T12:00:00", "23.11.2026"] {
            assert_eq!(read(text, Edge::Start), None, "{text}");
        }
    }
}
