//! Where work enters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Ref;
use crate::plan::SkillLevel;

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
    /// What the inputs may come to, by the flow's data: look-ups by name, variables, other flows, labels beside record Ids.
    #[serde(default)]
    pub may: MayName,
}

/// What the inputs of a route-work action may come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct MayName {
    /// The channel (table `channels`).
    #[serde(default, skip_serializing_if = "Choices::is_empty")]
    pub channels: Choices,
    /// The queue (table `queues`).
    #[serde(default, skip_serializing_if = "Choices::is_empty")]
    pub queues: Choices,
    /// The routing configuration (table `routing_configurations`).
    #[serde(default, skip_serializing_if = "Choices::is_empty")]
    pub routing_configurations: Choices,
    /// The agent (table `users`).
    #[serde(default, skip_serializing_if = "Choices::is_empty")]
    pub agents: Choices,
    /// The skills that the collection may hold, in the order of the flow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills: Vec<FlowSkill>,
    /// Why the collection may hold other skills; nothing if it does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skills_unknown: Vec<String>,
}

/// What an input may come to: each of these, in whatever case, unless the flow never gets there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Choices {
    /// What is known.
    pub named: Vec<Ref>,
    /// Why it may be something else; nothing if all is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown: Vec<String>,
}

impl Choices {
    /// True if the input is not given.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty() && self.unknown.is_empty()
    }

    /// The only thing that the input can be.
    pub fn only(&self) -> Option<&Ref> {
        match self.named.as_slice() {
            [only] if self.unknown.is_empty() => Some(only),
            _ => None,
        }
    }
}

/// A skill that a flow asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FlowSkill {
    /// The skill (table `skills`).
    pub skill: Choices,
    /// The least level in ten-thousandths; none: any will do, or the flow computes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<SkillLevel>,
    /// Work can do without it after a while; none if the flow computes that.
    pub additional: Option<bool>,
    /// The order in which it is dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop_priority: Option<i32>,
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
