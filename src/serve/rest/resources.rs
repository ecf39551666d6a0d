//! What there is: versions, resources, limits.

use serde_json::{Value, json};

use crate::serve::exchange::{ApiError, Response};

/// The oldest API version that is answered (Salesforce: 21 to 30 are retired).
pub(crate) const OLDEST: u32 = 31;
/// The newest API version (Winter '27).
pub const NEWEST: u32 = 68;

/// The version of a segment such as `v56.0`.
///
/// # Errors
///
/// If it is none that is served.
pub(crate) fn version(segment: &str) -> Result<u32, ApiError> {
    let number = segment.strip_prefix(['v', 'V']).and_then(|rest| rest.strip_suffix(".0").unwrap_or(rest).parse().ok());
    let Some(number) = number else { return Err(ApiError::not_found()) };
    match number {
        OLDEST..=NEWEST => Ok(number),
        1..OLDEST => Err(ApiError::new(410, "UNSUPPORTED_API_VERSION", "API version is no longer supported")),
        _ => Err(ApiError::not_found()),
    }
}

/// The name of the release of a version: three a year, since Winter '04 had 2.
fn release(version: u32) -> String {
    // 56 is Winter '23; the year in a name is the calendar year of its summer.
    let season = ["Winter", "Spring", "Summer"][((version + 1) % 3) as usize];
    format!("{season} '{:02}", (version + 13) / 3)
}

/// `GET /services/data`.
pub(crate) fn versions() -> Response {
    let version = |number: u32| json!({ "label": release(number), "url": format!("/services/data/v{number}.0"), "version": format!("{number}.0") });
    Response::json(200, &(OLDEST..=NEWEST).map(version).collect::<Vec<Value>>())
}

/// `GET /services/data/vN`.
pub(crate) fn resources(version: u32) -> Response {
    let at = |name: &str| Value::from(format!("/services/data/v{version}.0/{name}"));
    let names = ["sobjects", "query", "queryAll", "composite", "limits", "actions"];
    let map: serde_json::Map<String, Value> = names.into_iter().map(|name| (name.to_owned(), at(name))).collect();
    Response::json(200, &map)
}

/// `GET /services/data/vN/limits`: requests are counted, of which `used` came and `most` may come; the other figures are those of
/// an org that is not used up, and are not enforced.
pub(crate) fn limits((used, most): (u32, u32)) -> Response {
    let requests = json!({ "Max": most, "Remaining": most.saturating_sub(used) });
    let limit = |most: u32| json!({ "Max": most, "Remaining": most });
    Response::json(
        200,
        &json!({
            "DailyApiRequests": requests,
            "DailyDurableStreamingApiEvents": limit(1_000_000),
            "DailyStreamingApiEvents": limit(1_000_000),
            "DataStorageMB": limit(1_024),
            "DurableStreamingApiConcurrentClients": limit(2_000),
            "StreamingApiConcurrentClients": limit(2_000),
        }),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_the_names_of_their_releases() {
        let names =
            [(47, "Winter '20"), (56, "Winter '23"), (57, "Spring '23"), (64, "Summer '25"), (68, "Winter '27")];
        for (number, name) in names {
            assert_eq!(release(number), name, "{number}");
        }
        assert_eq!(version("v56.0"), Ok(56));
        assert_eq!(version("v56"), Ok(56));
        assert_eq!(version("v20.0").map_err(|error| error.status), Err(410));
        assert_eq!(version("v99.0").map_err(|error| error.status), Err(404));
    }
}
