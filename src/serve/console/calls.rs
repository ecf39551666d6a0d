//! What a console's methods do: each is an event of the user who is signed in, or a question.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::told::{channels, named, status_label, works};
use crate::plan::Name;
use crate::runtime::records::AgentWorkStatus;
use crate::runtime::{
    AgentRoute, AgentWorkId, ConsoleResult, Effect, Event, Refusal, Route, Supervision, TimedEffect, WorkKey,
};
use crate::serve::exchange::{ApiError, Request, Response};
use crate::serve::ids::Id;
use crate::serve::org::{Org, refused};
use crate::serve::records::Named;

/// The body of `POST /omnic/v1/console/call`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Call {
    /// The method, such as `acceptAgentWork`.
    method: String,
    /// Its arguments, by the names of the guide.
    #[serde(default)]
    arguments: Map<String, Value>,
}

/// `POST /omnic/v1/console/call`.
///
/// # Errors
///
/// If there is no such method, an argument is wrong, or routing refuses it.
pub(super) fn call(org: &mut Org, request: &Request, user: &Id) -> Result<Response, ApiError> {
    let body: Call = serde_json::from_slice(&request.body).map_err(|error| ApiError::json(&error.to_string()))?;
    let Some(name) = org.username(user).cloned() else { return Err(ApiError::session()) };
    let arguments = Arguments { org, method: &body.method, given: &body.arguments };
    let event = event(&arguments, &name)?;
    let work = body.arguments.get("workId").and_then(Value::as_str).and_then(|id| org.work_of(id));
    let is_question = matches!(
        event,
        Event::GetServicePresenceStatusId { .. }
            | Event::GetServicePresenceStatusChannels { .. }
            | Event::GetAgentWorks { .. }
            | Event::GetAgentWorkload { .. }
    );
    let done = if is_question { org.question(&event) } else { org.act_as(user, &event) };
    let effects = done.map_err(|refusal| told_refusal(org, &refusal, work))?;
    Ok(Response::json(200, &json!({ "result": result(org, &name, &effects) })))
}

/// The error of a refusal, in which work has the id that consoles know.
fn told_refusal(org: &Org, refusal: &Refusal, work: Option<AgentWorkId>) -> ApiError {
    let mut error = refused::error(refusal);
    if let Some(work) = work {
        error.message = error.message.replace(&format!("`{work}`"), &format!("`{}`", org.work_id(work).short()));
    }
    error
}

/// What a call came with.
struct Arguments<'a> {
    org: &'a Org,
    method: &'a str,
    given: &'a Map<String, Value>,
}

impl Arguments<'_> {
    fn wrong(&self, message: &str) -> ApiError {
        ApiError::new(400, "INVALID_ARGUMENT", format!("{}: {message}", self.method))
    }

    /// A text; none if it is not given.
    fn text(&self, name: &str) -> Result<Option<&str>, ApiError> {
        match self.given.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.wrong(&format!("`{name}` must be a string"))),
        }
    }

    fn required(&self, name: &str) -> Result<&str, ApiError> {
        self.text(name)?.filter(|text| !text.is_empty()).ok_or_else(|| {
            self.wrong(&format!("`{name}` is missing: pass an object with it, such as {{{name}: \"…\"}}"))
        })
    }

    fn status(&self) -> Result<Name, ApiError> {
        let id = self.required("statusId")?;
        let known = Id::parse(id).and_then(|id| self.org.directory().name(Named::PresenceStatus, &id));
        known
            .cloned()
            .ok_or_else(|| self.wrong(&format!("`statusId` is `{id}`, which is the id of no presence status")))
    }

    fn work(&self) -> Result<AgentWorkId, ApiError> {
        let id = self.required("workId")?;
        let known = self.org.work_of(id).filter(|work| self.org.runtime().agent_work(*work).is_some());
        known.ok_or_else(|| {
            self.wrong(&format!(
                "`workId` is `{id}`, which is the id of no work: getAgentWorks and events have such ids"
            ))
        })
    }

    /// The id or the name of something of one kind.
    fn find(&self, kind: Named, text: &str) -> Result<Name, ApiError> {
        let found = self.org.directory().find(kind, text);
        found.cloned().ok_or_else(|| self.wrong(&format!("`{text}` is no {}", kind.object())))
    }

    fn name(&self, kind: Named, name: &str) -> Result<Option<Name>, ApiError> {
        self.text(name)?.map(|text| self.find(kind, text)).transpose()
    }

    /// Work that the user holds.
    fn own_work(&self, user: &Name) -> Result<(AgentWorkId, Name), ApiError> {
        let id = self.work()?;
        let work = self.org.runtime().agent_work(id).filter(|work| work.user_id == *user && work.status.is_active());
        let refusal = Refusal::NotYours { work: id, user: user.clone() };
        work.map(|work| (id, work.work_item_id)).ok_or_else(|| told_refusal(self.org, &refusal, Some(id)))
    }
}

/// The event that a method is.
fn event(arguments: &Arguments<'_>, user: &Name) -> Result<Event, ApiError> {
    let user = user.clone();
    let work = || arguments.work().map(WorkKey::Id);
    Ok(match arguments.method {
        "login" => Event::Login { user, status_id: arguments.status()? },
        "logout" => Event::Logout { user },
        "setServicePresenceStatus" => Event::SetServicePresenceStatus { user, status_id: arguments.status()? },
        "getServicePresenceStatusId" => Event::GetServicePresenceStatusId { user },
        "getServicePresenceStatusChannels" => Event::GetServicePresenceStatusChannels { user },
        "getAgentWorks" => Event::GetAgentWorks { user },
        "getAgentWorkload" => Event::GetAgentWorkload { user },
        "acceptAgentWork" => Event::AcceptAgentWork { user, work_id: work()? },
        "declineAgentWork" => {
            Event::DeclineAgentWork { work_id: work()?, decline_reason: decline_reason(arguments, &user)?, user }
        }
        "closeAgentWork" => Event::CloseAgentWork { user, work_id: work()? },
        "raiseAgentWorkFlag" => {
            Event::RaiseAgentWorkFlag { user, work_id: work()?, message: arguments.text("message")?.map(Name::from) }
        }
        "lowerAgentWorkFlag" => Event::LowerAgentWorkFlag { user, work_id: work()? },
        "closeTab" => Event::TabClosed { user, work_id: work()? },
        "focusTab" => {
            let work_id = arguments.text("workId")?.map(|_| work()).transpose()?;
            Event::TabFocused { user, work_id }
        }
        "endConversation" => {
            let (id, work_item_id) = arguments.own_work(&user)?;
            let status = arguments.org.runtime().agent_work(id).map(|work| work.status);
            if status != Some(AgentWorkStatus::Opened) {
                return Err(arguments.wrong("the conversation has not begun: accept the work first"));
            }
            Event::ConversationEnded { work_item_id }
        }
        "extendAfterConversationWork" => Event::AfterConversationWorkExtended { user, work_id: work()? },
        "transferAgentWork" => Event::WorkTransferred { work_id: work()?, to: destination(arguments)?, user },
        "connectionLost" => Event::ConnectionLost { user, error: arguments.text("error")?.map(Name::from) },
        "supervise" => Event::Supervise { user, action: supervision(arguments)? },
        other => return Err(arguments.wrong(&format!("there is no method `{other}`"))),
    })
}

/// A reason, by its id or its name; any text where the user has no reasons to choose from, as the guide has it.
fn decline_reason(arguments: &Arguments<'_>, user: &Name) -> Result<Option<Name>, ApiError> {
    let Some(text) = arguments.text("declineReason")?.filter(|text| !text.is_empty()) else { return Ok(None) };
    let known = arguments.org.directory().find(Named::DeclineReason, text);
    let has_reasons = !arguments.org.runtime().decline_reasons(user).is_empty();
    Ok(Some(known.filter(|_| has_reasons).cloned().unwrap_or_else(|| Name::from(text))))
}

fn destination(arguments: &Arguments<'_>) -> Result<Route, ApiError> {
    let (queue, user) = (arguments.name(Named::Queue, "queue")?, arguments.name(Named::User, "user")?);
    match (queue, user) {
        (Some(queue), None) => Ok(Route::Queue(queue)),
        (None, Some(user)) => {
            let route = AgentRoute { user, required: false, backup_queue: None, routing_configuration: None };
            Ok(Route::Agent(route))
        }
        _ => Err(arguments.wrong("give `queue` or `user`")),
    }
}

/// What a supervisor does: names or ids in, names out.
fn supervision(arguments: &Arguments<'_>) -> Result<Supervision, ApiError> {
    let action = arguments.required("action")?;
    let changed = if action == "changeQueues" { Named::Queue } else { Named::User };
    let mut fields = BTreeMap::new();
    for (name, value) in arguments.given {
        let value = match name.as_str() {
            "agent" | "agents" => inward(arguments, value, Named::User)?,
            "queue" => inward(arguments, value, Named::Queue)?,
            "add" | "remove" if action == "changeSkills" => inward(arguments, value, Named::Skill)?,
            "add" | "remove" => inward(arguments, value, changed)?,
            "workId" => Value::from(arguments.work()?.to_string()),
            _ => value.clone(),
        };
        fields.insert(name.clone(), value);
    }
    serde_json::to_value(fields).and_then(serde_json::from_value).map_err(|error| arguments.wrong(&error.to_string()))
}

fn inward(arguments: &Arguments<'_>, value: &Value, kind: Named) -> Result<Value, ApiError> {
    match value {
        Value::String(text) => arguments.find(kind, text).map(|name| Value::from(name.as_str())),
        Value::Array(values) => values.iter().map(|value| inward(arguments, value, kind)).collect(),
        Value::Object(fields) => {
            let field = |(name, value): (&String, &Value)| {
                let value = if name == "skillId" { inward(arguments, value, kind)? } else { value.clone() };
                Ok((name.clone(), value))
            };
            fields.iter().map(field).collect::<Result<Map<String, Value>, ApiError>>().map(Value::Object)
        }
        value => Ok(value.clone()),
    }
}

/// What a method answers; `true` if it has nothing to say.
fn result(org: &Org, user: &str, effects: &[TimedEffect]) -> Value {
    let of_method = effects.iter().find_map(|timed| match &timed.effect {
        Effect::Result { user: whose, result } if whose == user => Some(result),
        _ => None,
    });
    let status = |id: &Name, name: &Name, api_name: &Name| {
        json!({
            "statusId": named(org, Named::PresenceStatus, id),
            "statusName": status_label(org, name),
            "statusApiName": api_name,
        })
    };
    match of_method {
        Some(ConsoleResult::SetServicePresenceStatus { status_name, status_api_name, status_id, channels: list }) => {
            let mut value = status(status_id, status_name, status_api_name);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("channels".to_owned(), channels(org, list));
            }
            value
        }
        Some(ConsoleResult::GetServicePresenceStatusId { status_name, status_api_name, status_id }) => {
            status(status_id, status_name, status_api_name)
        }
        Some(ConsoleResult::GetServicePresenceStatusChannels { channels: list }) => {
            json!({ "channels": channels(org, list) })
        }
        Some(ConsoleResult::GetAgentWorks { works: list }) => json!({ "works": works(org, list) }),
        Some(ConsoleResult::GetAgentWorkload { configured_capacity, current_workload }) => {
            let interruptible = org.runtime().pools(user).map(|[_, interruptible]| interruptible);
            json!({
                "configuredCapacity": configured_capacity,
                "currentWorkload": current_workload,
                "configuredInterruptibleCapacity": interruptible.as_ref().map(|pool| pool.capacity),
                "currentInterruptibleWorkload": interruptible.as_ref().map(|pool| pool.used),
            })
        }
        _ => Value::from(true),
    }
}
