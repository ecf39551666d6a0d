//! What a plan of a project with errors leaves out.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A component that has no row, because a deploy rejects it or its file cannot be read to its end. Rows that name it keep
/// its name, as that of something outside of the project.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// The metadata type, such as `QueueRoutingConfig`.
    pub component: String,
    /// The name of the component.
    pub name: String,
    /// The code of the check that found the error, such as `OC507`.
    pub code: String,
}
