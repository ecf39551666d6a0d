//! Names compared without case, as Salesforce compares API names. Knows nothing but text.

use std::borrow::Cow;

/// The key under which a name is kept in tables: the same for names that differ in case alone.
pub(super) fn fold(name: &str) -> Cow<'_, str> {
    if name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(name)
    } else {
        Cow::Owned(name.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_in_case_alone_have_one_key() {
        for (a, b) in [("AgentWork", "agentwork"), ("ÄRGER__c", "ärger__C"), ("", "")] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("AgentWork"), fold("AgentWorks"));
    }
}
