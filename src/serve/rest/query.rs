//! Queries, page by page.

use indexmap::IndexMap;

use super::sobjects::only;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ordered::Ordered;
use crate::serve::org::{Caller, Org, Page, QueryAnswer};

/// Records on a page, unless the request says otherwise.
const PAGE: usize = 2_000;

/// The size of a page, from `Sforce-Query-Options: batchSize=n`.
fn size(request: &Request) -> usize {
    let options = request.header("sforce-query-options").unwrap_or_default();
    let size = options.split(',').find_map(|option| option.trim().strip_prefix("batchSize="));
    size.and_then(|size| size.trim().parse().ok()).unwrap_or(PAGE).clamp(200, PAGE)
}

/// `/query?q=` and `/queryAll?q=`.
pub(crate) fn query(org: &mut Org, caller: &Caller, request: &Request, all: bool) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    let Some(text) = request.parameter("q") else {
        return Err(ApiError::new(400, "MALFORMED_QUERY", "A query string has to be specified"));
    };
    let columns = request.parameter("columns").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    match org.query(text, caller.version, all, columns, size(request))? {
        QueryAnswer::Columns(columns) => Ok(Response::json(200, &columns)),
        QueryAnswer::Records(page) => Ok(answer(page, caller, all)),
    }
}

/// `/query/{locator}`.
pub(crate) fn more(
    org: &Org,
    caller: &Caller,
    request: &Request,
    locator: &str,
    all: bool,
) -> Result<Response, ApiError> {
    only(request, &["GET"])?;
    Ok(answer(org.query_more(locator, size(request))?, caller, all))
}

fn answer(page: Page, caller: &Caller, all: bool) -> Response {
    let mut body: IndexMap<&str, Ordered> = IndexMap::new();
    body.insert("totalSize", page.total.into());
    body.insert("done", page.next.is_none().into());
    if let Some(next) = &page.next {
        let resource = if all { "queryAll" } else { "query" };
        body.insert("nextRecordsUrl", format!("/services/data/v{}.0/{resource}/{next}", caller.version).into());
    }
    body.insert("records", Ordered::List(page.records));
    Response::json(200, &body)
}
