//! What each call does.

use serde_json::{Value, json};

use super::records::record;
use super::write::Answered;
use crate::serve::envelope::{Envelope, Node};
use crate::serve::exchange::ApiError;
use crate::serve::ids::Id;
use crate::serve::ordered::Ordered;
use crate::serve::org::{Caller, Org, Page, QueryAnswer};
use crate::serve::records::datetime;
use crate::serve::rest::{Write, carry_out, changed, fields_of, record_of};

/// The most records of a call (SOAP API Developer Guide, the pages of the calls).
const MOST: usize = 200;
/// The most records of `retrieve()` (the same).
const MOST_RETRIEVED: usize = 2_000;
/// The most objects of `describeSObjects()` (the same).
const MOST_DESCRIBED: usize = 100;

/// Does a call of a user.
///
/// # Errors
///
/// If all of it is refused; what is wrong with one record stands in its result.
pub(super) fn call(org: &mut Org, caller: &Caller, envelope: &Envelope) -> Result<Answered, ApiError> {
    let call = &envelope.call;
    match call.name.as_str() {
        "create" => write(org, caller, envelope, "sObjects", |org, node| Write::Create(record(org, caller, node))),
        "update" => write(org, caller, envelope, "sObjects", |org, node| Write::Update(record(org, caller, node))),
        "upsert" => {
            let field = call.field("externalIDFieldName");
            write(org, caller, envelope, "sObjects", |org, node| {
                let record = record(org, caller, node);
                if !field.eq_ignore_ascii_case("id") {
                    return Write::Upsert(node.field("type").to_owned(), field.to_owned(), record);
                }
                // By the record's own id: one that has none is new.
                if record.contains_key("Id") { Write::Update(record) } else { Write::Create(record) }
            })
        }
        "delete" => write(org, caller, envelope, "ids", |_, node| Write::Delete(node.text.trim().to_owned())),
        "undelete" => write(org, caller, envelope, "ids", |_, node| Write::Undelete(node.text.trim().to_owned())),
        "retrieve" => retrieve(org, caller, call),
        "query" | "queryAll" => {
            let (text, all) = (call.field("queryString").to_owned(), call.name == "queryAll");
            match org.query(&text, caller.version, all, false, size(envelope))? {
                QueryAnswer::Records(page) => Ok(answered(page)),
                QueryAnswer::Columns(_) => Ok(Answered::Nothing),
            }
        }
        "queryMore" => Ok(answered(org.query_more(call.field("queryLocator"), size(envelope))?)),
        "describeSObject" => describe(org, caller, call.field("sObjectType")).map(Answered::Value),
        "describeSObjects" => {
            let names: Vec<&Node> = call.all("sObjectType").collect();
            at_most(names.len(), MOST_DESCRIBED)?;
            let described: Result<Vec<Value>, ApiError> =
                names.iter().map(|node| describe(org, caller, node.text.trim())).collect();
            Ok(Answered::Value(Value::from(described?)))
        }
        "describeGlobal" => Ok(Answered::Value(to_value(&org.catalogue.describe_global(caller.version)))),
        "getUpdated" | "getDeleted" => {
            let times = (call.field("startDate"), call.field("endDate"));
            changed(org, caller, call.field("sObjectType"), times, call.name == "getDeleted").map(Answered::Value)
        }
        "getUserInfo" => Ok(Answered::Value(user_info(org, &caller.user))),
        "getServerTimestamp" => Ok(Answered::Value(json!({ "timestamp": datetime(org.clock.now()) }))),
        other => Err(ApiError::unserved(&format!("the SOAP call {other}"))),
    }
}

/// A value as JSON, which answers are made of.
fn to_value(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn at_most(count: usize, most: usize) -> Result<(), ApiError> {
    if count <= most {
        return Ok(());
    }
    Err(ApiError::new(
        400,
        "EXCEEDED_ID_LIMIT",
        format!("record limit reached. cannot submit more than {most} records in this call"),
    ))
}

/// Writes each record; with `AllOrNoneHeader`, all or none.
fn write(
    org: &mut Org,
    caller: &Caller,
    envelope: &Envelope,
    of: &str,
    each: impl Fn(&Org, &Node) -> Write,
) -> Result<Answered, ApiError> {
    let nodes: Vec<&Node> = envelope.call.all(of).collect();
    at_most(nodes.len(), MOST)?;
    let writes: Vec<Write> = nodes.iter().map(|node| each(org, node)).collect();
    let all_or_none = match envelope.header("AllOrNoneHeader", "allOrNone").trim() {
        "true" | "1" => true,
        "" | "false" | "0" => false,
        other => {
            let message = format!("'{other}' is not a valid value for the type xsd:boolean");
            return Err(ApiError::new(400, "INVALID_INPUT", message));
        }
    };
    let is_upsert = envelope.call.name == "upsert";
    let mut saved = to_value(&carry_out(org, caller, writes, all_or_none));
    for (result, node) in saved.as_array_mut().into_iter().flatten().zip(nodes) {
        if is_upsert && let Value::Object(result) = result {
            let is_new = result.get("success") == Some(&Value::Bool(true)) && node.field("Id").is_empty();
            result.entry("created").or_insert_with(|| Value::Bool(is_new));
        }
    }
    Ok(Answered::Value(saved))
}

fn retrieve(org: &Org, caller: &Caller, call: &Node) -> Result<Answered, ApiError> {
    let object = org
        .object(call.field("sObjectType"), caller.version)
        .map_err(|error| of_type(error, call.field("sObjectType")))?;
    let fields = fields_of(org, object, Some(call.field("fieldList")), caller.version)?;
    let ids: Vec<&Node> = call.all("ids").collect();
    at_most(ids.len(), MOST_RETRIEVED)?;
    let mut found = Vec::new();
    for node in ids {
        let text = node.text.trim();
        let id = Id::parse(text).ok_or_else(|| ApiError::new(400, "MALFORMED_ID", format!("malformed id {text}")))?;
        found.push(org.row(&object.name, &id).map(|row| {
            let record = record_of(org, object, &row, &fields, caller.version);
            Ordered::object(record.into_iter().map(|(name, value)| (name, Ordered::Value(value))))
        }));
    }
    Ok(Answered::Records(found))
}

fn of_type(error: ApiError, name: &str) -> ApiError {
    if error.status == 404 {
        ApiError::new(400, "INVALID_TYPE", format!("sObject type '{name}' is not supported."))
    } else {
        error
    }
}

fn describe(org: &Org, caller: &Caller, name: &str) -> Result<Value, ApiError> {
    org.object(name, caller.version).map_err(|error| of_type(error, name))?;
    let described = org.catalogue.describe(name, caller.version);
    described.map(|described| to_value(&described)).ok_or_else(ApiError::not_found)
}

/// How many records a page has: `QueryOptions`, from 200 to 2,000.
fn size(envelope: &Envelope) -> usize {
    envelope.header("QueryOptions", "batchSize").parse().unwrap_or(2_000).clamp(200, 2_000)
}

fn answered(page: Page) -> Answered {
    Answered::Page(page.total, page.records, page.next)
}

fn user_info(org: &Org, user: &Id) -> Value {
    let row = org.row("User", user);
    let text = |field: &str| row.as_ref().and_then(|row| row.text(field)).unwrap_or_default();
    json!({
        "organizationId": org.organization().as_str(),
        "organizationName": "omnic",
        "profileId": row.as_ref().and_then(|row| row.text("ProfileId")),
        "sessionSecondsValid": 7200,
        "userEmail": text("Email"),
        "userFullName": text("Name"),
        "userId": user.as_str(),
        "userLanguage": "en_US",
        "userLocale": "en_US",
        "userName": text("Username"),
        "userTimeZone": "GMT",
        "userType": "Standard",
    })
}
