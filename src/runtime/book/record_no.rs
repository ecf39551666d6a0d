//! Numbers by which records are known inside of the runtime. Each kind has a type of its own.

use serde::{Deserialize, Serialize};

use crate::runtime::contract::{AgentWorkId, PendingServiceRoutingId, UserServicePresenceId};

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
