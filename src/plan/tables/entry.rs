//! Where work enters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;
use crate::plan::{Name, SkillLevel};

/// A flow's action that hands work to Omni-Channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouteWork {
    /// The flow.
    pub flow: Name,
    /// The action's name in the flow.
    pub action: Name,
    /// The flow's status is `Active`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub active: bool,
    /// The channel (table `channels`); none if the flow gives none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub channel: Option<Input>,
    /// `QueueBased`, `SkillsBased`, `Agent`, `Bot`, … as the flow has it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_type: Option<Input>,
    /// The queue, as target or fallback.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queue: Option<Input>,
    /// The queue (table `queues`) whose label the flow shows beside the Id, if exactly one of the project's has it: Flow
    /// Builder writes a queue as one org's record Id and its label.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queue_by_label: Option<Name>,
    /// The routing configuration, for skills-based routing.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configuration: Option<Input>,
    /// The routing configuration (table `routing_configurations`) by its label, as for the queue.
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configuration_by_label: Option<Name>,
    /// The agent who is to get it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agent: Option<Input>,
    /// Only that agent may get it. Absent: false (every flow seen that means it says so).
    #[serde(default, skip_serializing_if = "is_default")]
    pub agent_required: bool,
    /// The bot or AI agent that is to get it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub bot: Option<Input>,
    /// When it should be accepted.
    #[serde(default, skip_serializing_if = "is_default")]
    pub accept_by: Option<Input>,
    /// Where the skills come from: `DefineSkillRequirements`, `RunSBRRules`, `Both`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill_option: Option<Input>,
    /// The skills that the flow gives.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill_requirements: Option<Input>,
    /// What the inputs may come to, by the flow's data: look-ups by name, variables, other flows, labels beside record Ids.
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = {}))]
    pub may: MayName,
}

/// What the inputs of a route-work action may come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MayName {
    /// The channel (table `channels`).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "named": [] }))]
    pub channels: Choices,
    /// The queue (table `queues`).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "named": [] }))]
    pub queues: Choices,
    /// The routing configuration (table `routing_configurations`).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "named": [] }))]
    pub routing_configurations: Choices,
    /// The agent (table `users`).
    #[serde(default, skip_serializing_if = "is_default")]
    #[schemars(extend("default" = { "named": [] }))]
    pub agents: Choices,
    /// The skills that the collection may hold, in the order of the flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills: Vec<FlowSkill>,
    /// Why the collection may hold other skills; nothing if it does not.
    #[serde(default, skip_serializing_if = "is_default")]
    pub skills_unknown: Vec<Name>,
}

/// What an input may come to: each of these, in whatever case, unless the flow never gets there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choices {
    /// What is known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub named: Vec<Name>,
    /// Why it may be something else; nothing if all is known.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unknown: Vec<Name>,
}

impl Choices {
    /// True if the input is not given.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.unknown.is_empty()
    }

    /// The only thing that the input can be.
    pub fn only(&self) -> Option<&Name> {
        match self.named.as_slice() {
            [only] if self.unknown.is_empty() => Some(only),
            _ => None,
        }
    }
}

/// A skill that a flow asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlowSkill {
    /// The skill (table `skills`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub skill: Choices,
    /// The least level; none: any will do, or the flow computes it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub level: Option<SkillLevel>,
    /// Work can do without it after a while; none if the flow computes that.
    #[serde(default, skip_serializing_if = "is_default")]
    pub additional: Option<bool>,
    /// The order in which it is dropped.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drop_priority: Option<i32>,
}

/// What a flow gives for an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A component by its name (the table of its kind).
    Named(Name),
    /// A resource of the flow: known only when it runs.
    Resource(Name),
    /// A text as it is; for Ids, one org's record Id.
    Text(Name),
}

/// A messaging channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessagingEntry {
    /// Its name.
    pub name: Name,
    /// Its type, such as `EmbeddedMessaging`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub kind: Option<Name>,
    /// Who takes a new conversation: `Queue`, `Flow`, `User`, `AgentforceServiceAgent`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handler: Option<Name>,
    /// The queue (table `queues`): the handler, or the fallback of another handler.
    #[serde(default, skip_serializing_if = "is_default")]
    pub queue: Option<Name>,
    /// The flow.
    #[serde(default, skip_serializing_if = "is_default")]
    pub flow: Option<Name>,
    /// The user (table `users`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub user: Option<Name>,
    /// The AI agent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub agent: Option<Name>,
    /// The routing configuration (table `routing_configurations`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub routing_configuration: Option<Name>,
}
