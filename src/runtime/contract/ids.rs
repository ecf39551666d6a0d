//! Ids of the records that the runtime makes: a prefix and a number, counted up.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "-{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                let number = text.strip_prefix(concat!($prefix, "-")).ok_or(())?;
                // One spelling each, so that an id is also a name.
                if number.starts_with(['0', '+']) && number != "0" {
                    return Err(());
                }
                number.parse().map(Self).map_err(|_| ())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                text.parse().map_err(|()| {
                    de::Error::invalid_value(de::Unexpected::Str(&text), &concat!("an id such as `", $prefix, "-1`"))
                })
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "pattern": concat!("^", $prefix, "-[0-9]+$") })
            }
        }
    )*};
}

ids! {
    /// An `AgentWork`, such as `AW-1`.
    AgentWorkId = "AW";
    /// A `PendingServiceRouting`, such as `PSR-1`.
    PendingServiceRoutingId = "PSR";
    /// A `UserServicePresence`, such as `USP-1`.
    UserServicePresenceId = "USP";
    /// A presence session of an agent, from login to logout, such as `S-1`: the guide's "chat session id".
    SessionId = "S";
}
