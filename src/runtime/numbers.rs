//! Numbers by which things are known inside of the runtime: of rows, and of records. Each kind has a type of its own.

use serde::{Deserialize, Serialize};

use super::contract::{AgentWorkId, PendingServiceRoutingId, UserServicePresenceId};

macro_rules! rows {
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

rows! {
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

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident $(= $id:ident)?;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub(in crate::runtime) struct $name(u64);

        impl From<u64> for $name {
            fn from(number: u64) -> Self {
                Self(number)
            }
        }

        impl From<$name> for u64 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        $(
            impl $name {
                /// As others know it.
                pub(in crate::runtime) const fn id(self) -> $id {
                    $id(self.0)
                }
            }

            impl From<$id> for $name {
                fn from(id: $id) -> Self {
                    Self(id.0)
                }
            }
        )?
    )*};
}

records! {
    /// A record that work arrives as. Others know it by its name.
    ItemNo;
    /// A `PendingServiceRouting`.
    PendingNo = PendingServiceRoutingId;
    /// An `AgentWork`.
    WorkNo = AgentWorkId;
    /// A `UserServicePresence`.
    PresenceNo = UserServicePresenceId;
}
