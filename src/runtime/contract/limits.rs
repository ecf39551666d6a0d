//! Limits and names that several rooms know.

use crate::plan::{Share, Units};

/// `CapacityWeight` has ten digits, two of them decimals (Object Reference 67.0).
pub(in crate::runtime) const MOST_WEIGHT: Units = Units(999_999_999_900);

/// 100 percent.
pub(in crate::runtime) const WHOLE: Share = Share(10_000);

/// The object of chats.
pub(in crate::runtime) const CHAT: &str = "LiveChatTranscript";
