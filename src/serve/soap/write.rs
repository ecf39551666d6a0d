//! Values as XML, by the types of the tables.

use std::fmt::Write as _;

use serde_json::Value;

use super::tables::{Member, Table, kind};
use crate::serve::envelope::escaped;
use crate::serve::ordered::Ordered;

/// The namespace of calls.
pub(super) const PARTNER: &str = "urn:partner.soap.sforce.com";
/// The namespace of records.
pub(super) const SOBJECT: &str = "urn:sobject.partner.soap.sforce.com";

/// A value that an answer holds.
pub(super) enum Answered {
    /// Of the type of the call's result.
    Value(Value),
    /// Records of a query: how many there are in all, those of this page, and where the next page is.
    Page(usize, Vec<Ordered>, Option<String>),
    /// Records, of which some are not there.
    Records(Vec<Option<Ordered>>),
    /// Nothing.
    Nothing,
}

/// The element of an answer.
pub(super) fn response(call: &Table, answered: &Answered) -> String {
    let mut text = format!("<{}Response>", call.name);
    match (answered, &call.result) {
        (Answered::Value(value), Some(result)) => member(&mut text, result, value),
        (Answered::Page(total, records, next), _) => {
            text.push_str("<result xsi:type=\"QueryResult\">");
            page(&mut text, "records", *total, records, next.as_deref());
            text.push_str("</result>");
        }
        (Answered::Records(records), _) => {
            for found in records {
                match found {
                    Some(found) => record(&mut text, "result", found),
                    None => text.push_str("<result xsi:nil=\"true\"/>"),
                }
            }
        }
        (Answered::Nothing | Answered::Value(_), _) => {}
    }
    // Writing to a string does not fail.
    let _ = write!(text, "</{}Response>", call.name);
    text
}

/// A value of a member; a list is an element for each of its values.
fn member(text: &mut String, of: &Member, value: &Value) {
    if of.many {
        for item in value.as_array().into_iter().flatten() {
            element(text, of, item);
        }
        return;
    }
    if value.is_null() {
        if of.kind == "string" || of.kind == "ID" {
            let _ = write!(text, "<{} xsi:nil=\"true\"/>", of.name);
        }
        return;
    }
    element(text, of, value);
}

fn element(text: &mut String, of: &Member, value: &Value) {
    let _ = write!(text, "<{}>", of.name);
    match kind(of.kind) {
        Some(table) => {
            for inner in &table.members {
                member(text, inner, value.get(inner.name).unwrap_or(&Value::Null));
            }
        }
        None => text.push_str(&simple(value)),
    }
    let _ = write!(text, "</{}>", of.name);
}

/// A text, a number, a time or a switch: times end in `Z`, as those of XML Schema do.
fn simple(value: &Value) -> String {
    match value {
        Value::String(text) => {
            let time = text
                .strip_suffix("+0000")
                .filter(|rest| crate::serve::records::parse_datetime(text).is_some() && rest.contains('T'));
            time.map_or_else(|| escaped(text), |time| format!("{time}Z"))
        }
        other => other.to_string(),
    }
}

fn page(text: &mut String, name: &str, total: usize, records: &[Ordered], next: Option<&str>) {
    let _ = write!(text, "<done>{}</done>", next.is_none());
    match next {
        Some(next) => {
            let _ = write!(text, "<queryLocator>{next}</queryLocator>");
        }
        None => text.push_str("<queryLocator xsi:nil=\"true\"/>"),
    }
    for one in records {
        record(text, name, one);
    }
    let _ = write!(text, "<size>{total}</size>");
}

/// A record: its object, its id, then its fields.
fn record(text: &mut String, name: &str, value: &Ordered) {
    let _ = write!(text, "<{name} xsi:type=\"sf:sObject\" xmlns:sf=\"{SOBJECT}\">");
    fields(text, value);
    let _ = write!(text, "</{name}>");
}

fn fields(text: &mut String, value: &Ordered) {
    let Ordered::Object(members) = value else { return };
    let kind = members.get("attributes").map(type_of).unwrap_or_default();
    let _ = write!(text, "<sf:type>{}</sf:type>", escaped(&kind));
    match members.get("Id").and_then(Ordered::as_str) {
        Some(id) => {
            let _ = write!(text, "<sf:Id>{}</sf:Id>", escaped(id));
        }
        None => text.push_str("<sf:Id xsi:nil=\"true\"/>"),
    }
    for (name, value) in members.iter().filter(|(name, _)| *name != "attributes" && *name != "Id") {
        match value {
            Ordered::Value(Value::Null) => {
                let _ = write!(text, "<sf:{name} xsi:nil=\"true\"/>");
            }
            Ordered::Value(value) => {
                let _ = write!(text, "<sf:{name}>{}</sf:{name}>", simple(value));
            }
            Ordered::Object(inner) if inner.contains_key("attributes") => {
                let _ = write!(text, "<sf:{name} xsi:type=\"sf:sObject\">");
                fields(text, value);
                let _ = write!(text, "</sf:{name}>");
            }
            Ordered::Object(inner) => {
                let records = match inner.get("records") {
                    Some(Ordered::List(records)) => records.as_slice(),
                    _ => &[],
                };
                let _ = write!(text, "<sf:{name} xsi:type=\"QueryResult\">");
                page(text, "records", records.len(), records, None);
                let _ = write!(text, "</sf:{name}>");
            }
            Ordered::List(_) => {}
        }
    }
}

fn type_of(attributes: &Ordered) -> String {
    match attributes {
        Ordered::Value(value) => value.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
        other => other.get("type").and_then(Ordered::as_str).unwrap_or_default().to_owned(),
    }
}
