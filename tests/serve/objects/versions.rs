//! Which API version has what.

use crate::objects::object;
use crate::objects::room::Catalogue;

#[test]
fn fields_come_and_go_with_versions() {
    let catalogue = Catalogue::standard();
    for (name, field, first, last) in [
        ("AgentWork", "Id", 32, None),
        ("AgentWork", "PushTimeout", 36, None),
        ("AgentWork", "PreferredUserId", 46, None),
        ("AgentWork", "OwnerId", 50, None),
        ("AgentWork", "PendingServiceRoutingId", 41, None),
        ("AgentWork", "AcwExtensionCount", 55, None),
        ("AgentWork", "BotType", 63, None),
        ("AgentWorkSkill", "WasDropped", 48, None),
        ("PendingServiceRouting", "PushTimeout", 40, None),
        ("PendingServiceRouting", "BotId", 55, None),
        ("QueueRoutingConfig", "CapacityWeight", 33, None),
        ("QueueRoutingConfig", "ServiceChannelId", 32, Some(32)),
        ("QueueRoutingConfig", "IsAttributeBased", 45, None),
        ("ServiceChannel", "CapacityWeight", 32, Some(32)),
        ("ServiceChannel", "CapacityPercentage", 32, Some(32)),
        ("ServiceChannel", "HasAfterConvoWorkTimer", 52, None),
        ("ServiceChannel", "MaxExtensions", 56, None),
        ("PresenceUserConfig", "PresenceStatusOnPushTimeoutId", 36, None),
        ("UserServicePresence", "IsCurrentState", 34, None),
        ("UserServicePresence", "ConfiguredInterruptCapacity", 57, None),
    ] {
        let object = object(&catalogue, name);
        let field = object.field(field).unwrap_or_else(|| panic!("{name} has no {field}"));
        assert_eq!((field.since, field.until), (first, last), "{name}.{}", field.name);
        assert!(object.field_at(&field.name, first).is_some() && object.field_at(&field.name, first - 1).is_none());
        assert!(last.is_none_or(|last| object.column(&field.name, last + 1).is_none()), "{name}.{}", field.name);
    }
}

#[test]
fn objects_come_with_versions() {
    let catalogue = Catalogue::standard();
    for (name, first) in [
        ("AgentWork", 32),
        ("AgentWorkSkill", 42),
        ("OmniSupervisorConfig", 41),
        ("OmniSupervisorConfigAction", 56),
        ("OmniSupervisorConfigQueue", 53),
        ("PendingServiceRouting", 40),
        ("PresenceDeclineReason", 37),
        ("ServiceChannelFieldPriority", 47),
        ("ServiceResource", 38),
        ("UserServicePresence", 32),
    ] {
        assert!(catalogue.object_at(name, first).is_some(), "{name} at {first}");
        assert!(catalogue.object_at(name, first - 1).is_none(), "{name} before {first}");
        assert!(catalogue.describe(name, first - 1).is_none() && catalogue.basic(name, first - 1).is_none(), "{name}");
    }
}
