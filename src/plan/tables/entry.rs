//! Where work enters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;

/// A flow's action that hands work to Omni-Channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RouteWork {
    /// The flow.
    pub flow: String,
    /// The action's name in the flow.
    pub action: String,
    /// The flow's status is `Active`.
    pub active: bool,
    /// The channel (table `channels`); none if the flow gives none.
    pub channel: Option<Input>,
    /// `QueueBased`, `SkillsBased`, `Agent`, `Bot`, … as the flow has it.
    pub routing_type: Option<Input>,
    /// The queue, as target or fallback.
    pub queue: Option<Input>,
    /// The queue (table `queues`) whose label the flow shows beside the Id, if exactly one of the project's has it: Flow
    /// Builder writes a queue as one org's record Id and its label.
    pub queue_by_label: Option<u32>,
    /// The routing configuration, for skills-based routing.
    pub routing_configuration: Option<Input>,
    /// The routing configuration (table `routing_configurations`) by its label, as for the queue.
    pub routing_configuration_by_label: Option<u32>,
    /// The agent who is to get it.
    pub agent: Option<Input>,
    /// Only that agent may get it. Absent: false (every flow seen that means it says so).
    pub agent_required: bool,
    /// The bot or AI agent that is to get it.
    pub bot: Option<Input>,
    /// When it should be accepted.
    pub accept_by: Option<Input>,
    /// Where the skills come from: `DefineSkillRequirements`, `RunSBRRules`, `Both`.
    pub skill_option: Option<Input>,
    /// The skills that the flow gives.
    pub skill_requirements: Option<Input>,
}

/// What a flow gives for an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A component by its name (the table of its kind).
    Named(Ref),
    /// A resource of the flow: known only when it runs.
    Resource(String),
    /// A text as it is; for Ids, one org's record Id.
    Text(String),
}

/// A messaging channel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MessagingEntry {
    /// Its name.
    pub name: String,
    /// Its type, such as `EmbeddedMessaging`.
    pub kind: Option<String>,
    /// Who takes a new conversation: `Queue`, `Flow`, `User`, `AgentforceServiceAgent`.
    pub handler: Option<String>,
    /// The queue (table `queues`): the handler, or the fallback of another handler.
    pub queue: Option<Ref>,
    /// The flow.
    pub flow: Option<String>,
    /// The user (table `users`).
    pub user: Option<u32>,
    /// The AI agent.
    pub agent: Option<String>,
    /// The routing configuration (table `routing_configurations`).
    pub routing_configuration: Option<Ref>,
}
