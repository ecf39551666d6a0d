//! By what work is routed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan;

/// `RoutingModel`: who of several candidates is offered the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum RoutingModel {
    /// A partner's system decides.
    ExternalRouting,
    /// The one with the least capacity in use.
    LeastActive,
    /// The one with the most free capacity.
    MostAvailable,
}

impl From<plan::RoutingModel> for RoutingModel {
    fn from(model: plan::RoutingModel) -> Self {
        match model {
            plan::RoutingModel::External => Self::ExternalRouting,
            plan::RoutingModel::LeastActive => Self::LeastActive,
            plan::RoutingModel::MostAvailable => Self::MostAvailable,
        }
    }
}

/// `RoutingType`: by queue or by skills. Work for a preferred user alone has none of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum RoutingType {
    /// By the members of a queue.
    QueueBased,
    /// By skills.
    SkillsBased,
}
