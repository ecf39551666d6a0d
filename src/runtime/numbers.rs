//! Numbers by which rows are known inside of the runtime. Each kind has a type of its own.

use serde::{Deserialize, Serialize};

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(in crate::runtime) struct $name(u32);

        impl $name {
            /// As the index of a row.
            pub(in crate::runtime) const fn at(self) -> usize {
                self.0 as usize
            }
        }

        impl From<u32> for $name {
            fn from(number: u32) -> Self {
                Self(number)
            }
        }
    )*};
}

numbers! {
    /// A service channel: the plan's, then those outside of the project.
    ChannelIx;
    /// A presence status: the plan's, then those outside of the project.
    StatusIx;
    /// A routing configuration.
    ConfigIx;
    /// A presence configuration: the plan's, and last the org's default.
    PresenceIx;
    /// A queue.
    QueueIx;
    /// A skill: the plan's, those outside of the project, then those that events named.
    SkillIx;
    /// An agent: the plan's users, then those that events made.
    AgentIx;
    /// A lane of the index.
    LaneIx;
}
