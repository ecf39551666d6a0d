//! Channels and platform events: declared in one request.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::org::{Caller, Org};

/// The channel of external routing, which the developer guide has one make.
const EXTERNAL_ROUTING: &str = "ExternalRoutingChannel__chn";
/// The filter of its member for requests.
const EXTERNAL_REQUESTS: &str = "RoutingModel = 'ExternalRouting' AND IsReadyForRouting = true";

/// The body of `POST /omnic/v1/channels`: a custom channel of change events, with what it carries. A request with
/// `ExternalRoutingChannel__chn` alone makes the one of the developer guide.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChannelRequest {
    /// Its name, with `__chn`.
    channel: String,
    /// What people see; left out: the name without `__chn`.
    #[serde(default)]
    label: Option<String>,
    /// What it carries; left out for `ExternalRoutingChannel__chn` alone.
    #[serde(default)]
    members: Vec<ChannelMember>,
}

/// An object whose change events a channel carries.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChannelMember {
    /// The event of the object, such as `AgentWorkChangeEvent`.
    selected_entity: String,
    /// Which events: as the clause WHERE of a `PushTopic`; left out: all.
    #[serde(default)]
    filter_expression: Option<String>,
    /// Fields that events have if they are not empty, also unchanged.
    #[serde(default)]
    enriched_fields: Vec<String>,
}

/// The body of `POST /omnic/v1/platform-events`: a platform event that clients publish.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PlatformEventRequest {
    /// Its name, such as `Order__e`.
    name: String,
    /// Its fields, such as `Number__c`, each with its type: `boolean`, `datetime`, `double` or `string`.
    #[serde(default)]
    fields: BTreeMap<String, String>,
}

fn of_guide() -> Vec<ChannelMember> {
    let member = |object: &str, filter: Option<&str>| ChannelMember {
        selected_entity: format!("{object}ChangeEvent"),
        filter_expression: filter.map(str::to_owned),
        enriched_fields: Vec::new(),
    };
    vec![
        member("PendingServiceRouting", Some(EXTERNAL_REQUESTS)),
        member("UserServicePresence", None),
        member("AgentWork", None),
    ]
}

fn body(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Map::new(),
    }
}

/// `/omnic/v1/channels`.
///
/// # Errors
///
/// If the channel is there, or cannot be made; nothing was made then.
pub(crate) fn channels(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    match request.method.as_str() {
        "GET" | "HEAD" => return Ok(Response::json(200, &org.channel_names())),
        "POST" => {}
        _ => return Err(ApiError::method(&request.method, "GET,POST")),
    }
    let ChannelRequest { channel, label, mut members } =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let wrong = |message: String| Err(ApiError::new(400, "INVALID_ARGUMENT", message));
    let Some(name) = channel.strip_suffix("__chn") else {
        return wrong(format!("`{channel}`: the name of a custom channel ends in __chn"));
    };
    if members.is_empty() {
        if channel != EXTERNAL_ROUTING {
            return wrong(format!("`members` may be left out for `{EXTERNAL_ROUTING}` alone"));
        }
        members = of_guide();
    }
    let caller = Caller { user: org.admin(), version: crate::serve::rest::NEWEST };
    let label = label.unwrap_or_else(|| name.to_owned());
    let made = json!({ "DeveloperName": name, "MasterLabel": label, "ChannelType": "data" });
    org.atomically(|org| {
        org.create(&caller, "PlatformEventChannel", &body(made))?;
        for ChannelMember { selected_entity, filter_expression, enriched_fields } in members {
            let enriched = enriched_fields.join(",");
            let member = json!({
                "EventChannel": channel,
                "SelectedEntity": selected_entity,
                "FilterExpression": filter_expression,
                "EnrichedFields": Some(enriched).filter(|fields| !fields.is_empty()),
            });
            org.create(&caller, "PlatformEventChannelMember", &body(member))?;
        }
        Ok::<(), ApiError>(())
    })?;
    Ok(Response::json(201, &json!({ "channel": format!("/data/{channel}") })))
}

/// `/omnic/v1/platform-events`.
///
/// # Errors
///
/// If the body does not define a platform event.
pub(crate) fn platform_events(org: &mut Org, request: &Request) -> Result<Response, ApiError> {
    match request.method.as_str() {
        "GET" | "HEAD" => {
            let list = org.platform_event_list().into_iter();
            let list: Vec<Value> = list.map(|(name, fields)| json!({ "name": name, "fields": fields })).collect();
            return Ok(Response::json(200, &list));
        }
        "POST" => {}
        _ => return Err(ApiError::method(&request.method, "GET,POST")),
    }
    let PlatformEventRequest { name, fields } =
        serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let fields: Vec<(String, String)> = fields.into_iter().collect();
    org.define_platform_event(&name, &fields)?;
    Ok(Response::json(201, &json!({ "channel": format!("/event/{name}") })))
}
