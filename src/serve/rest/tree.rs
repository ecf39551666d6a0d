//! Records with their children in one request: `/composite/tree/T`. All are created, or none.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::sobjects::only;
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Caller, Org};

/// The most records, levels and objects of a request (REST API Developer Guide, "sObject Tree").
const MOST: usize = 200;
const DEEPEST: usize = 5;
const MOST_OBJECTS: usize = 5;

/// A record of a tree, behind its parent.
struct Node {
    object: String,
    reference: String,
    /// Where the parent is among the nodes, and the field that leads to it.
    parent: Option<(usize, String)>,
    fields: Map<String, Value>,
}

fn invalid(message: impl Into<String>) -> ApiError {
    ApiError::new(400, "INVALID_INPUT", message)
}

fn records(value: &Value) -> Option<&Vec<Value>> {
    value.get("records").and_then(Value::as_array)
}

/// Reads records and, behind each, its children.
fn read(
    org: &Org,
    caller: &Caller,
    given: &[Value],
    (parent, depth): (Option<(usize, String)>, usize),
    nodes: &mut Vec<Node>,
) -> Result<(), ApiError> {
    if depth > DEEPEST {
        return Err(invalid(format!("A tree has at most {DEEPEST} levels")));
    }
    for record in given {
        let Value::Object(record) = record else { return Err(ApiError::json("a record is an object")) };
        let attribute = |name: &str| {
            let value = record.get("attributes").and_then(|attributes| attributes.get(name)).and_then(Value::as_str);
            value.filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let kind = attribute("type").ok_or_else(|| invalid("Include the type of each record: attributes.type"))?;
        let reference = attribute("referenceId")
            .ok_or_else(|| invalid("Include a reference ID with each record: attributes.referenceId"))?;
        let object = org.object(&kind, caller.version)?.clone();
        let at = nodes.len();
        if at >= MOST {
            return Err(ApiError::new(400, "LIMIT_EXCEEDED", format!("Maximum record limit {MOST} reached")));
        }
        let fields = record.iter().filter(|(name, value)| *name != "attributes" && records(value).is_none());
        let fields = fields.map(|(name, value)| (name.clone(), value.clone())).collect();
        nodes.push(Node { object: object.name.clone(), reference, parent: parent.clone(), fields });
        for (name, children) in record.iter().filter_map(|(name, value)| records(value).map(|records| (name, records)))
        {
            let child = object.child(name).ok_or_else(|| {
                let message = format!("No such relation '{name}' on sobject of type {}", object.name);
                ApiError::new(400, "INVALID_FIELD", message)
            })?;
            let before = nodes.len();
            read(org, caller, children, (Some((at, child.field.clone())), depth + 1), nodes)?;
            let of_child = |node: &Node| crate::caseless::equal(&node.object, &child.object);
            let of_parent = |node: &&Node| node.parent.as_ref().is_some_and(|(parent, _)| *parent == at);
            if !nodes.iter().skip(before).filter(of_parent).all(of_child) {
                return Err(invalid(format!("the records of {name} are of the type {}", child.object)));
            }
        }
    }
    Ok(())
}

/// `POST /composite/tree/T`.
pub(super) fn tree(org: &mut Org, caller: &Caller, request: &Request, name: &str) -> Result<Response, ApiError> {
    only(request, &["POST"])?;
    let object = org.object(name, caller.version)?.name.clone();
    let body = Value::Object(request.object()?);
    let given = records(&body).ok_or_else(|| ApiError::json("the body has a list `records`"))?;
    let mut nodes = Vec::new();
    read(org, caller, given, (None, 1), &mut nodes)?;
    if let Some(other) = nodes.iter().find(|node| node.parent.is_none() && node.object != object) {
        return Err(invalid(format!("the records are of the type {object}, and `{}` is not", other.reference)));
    }
    let objects: BTreeSet<&str> = nodes.iter().map(|node| node.object.as_str()).collect();
    if objects.len() > MOST_OBJECTS {
        return Err(invalid(format!("A tree has at most {MOST_OBJECTS} types of records")));
    }
    let mut references = BTreeSet::new();
    if let Some(twice) = nodes.iter().find(|node| !references.insert(&node.reference)) {
        return Err(invalid(format!("Duplicate ReferenceId provided in the request: {}", twice.reference)));
    }
    let made = org.atomically(|org| {
        let mut ids: Vec<Id> = Vec::new();
        for node in &nodes {
            let mut fields = node.fields.clone();
            let parent = node.parent.as_ref().and_then(|(at, field)| Some((field, ids.get(*at)?)));
            if let Some((field, id)) = parent {
                fields.insert(field.clone(), Value::from(id.as_str()));
            }
            let made = org.create(caller, &node.object, &fields);
            ids.push(made.map_err(|error| (node.reference.clone(), error))?);
        }
        Ok(ids)
    });
    match made {
        Ok(ids) => {
            let results = nodes.iter().zip(&ids);
            let results: Vec<Value> =
                results.map(|(node, id)| json!({ "referenceId": node.reference, "id": id.as_str() })).collect();
            Ok(Response::json(201, &json!({ "hasErrors": false, "results": results })))
        }
        Err((reference, error)) => {
            let fields = error.fields.unwrap_or_default();
            let error = json!({ "statusCode": error.code, "message": error.message, "fields": fields });
            let results = json!([{ "referenceId": reference, "errors": [error] }]);
            Ok(Response::json(400, &json!({ "hasErrors": true, "results": results })))
        }
    }
}
