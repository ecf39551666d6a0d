//! The objects of the Set Up Omni-Channel Developer Guide v56, with its field names, meanings and values.
//!
//! In: nothing; the runtime makes them. Out: records as an org would show them, to read and to serialise.

mod agent_work;
mod pending_service_routing;
mod people;
mod routing;

pub use agent_work::{AgentWork, AgentWorkSkill, AgentWorkStatus, CapacityModel};
pub use pending_service_routing::{PendingServiceRouting, SkillRequirement};
pub use people::{ServiceResource, ServiceResourceSkill, UserServicePresence};
pub use routing::{RoutingModel, RoutingType};
