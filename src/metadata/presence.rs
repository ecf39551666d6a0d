//! Presence statuses and configurations, and who is granted them.

use super::decode::{Mentioned, Name, Scalar, Spanned};

elements! {
    /// What a rep can be.
    pub struct ServicePresenceStatus {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// The channels on which a rep in it takes work; none is away.
        channels: Option<ServiceChannelStatus> = "channels",
    }

    /// The channels of a presence status.
    pub struct ServiceChannelStatus {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "channel",
    }

    /// Why a rep turned an offer down.
    pub struct PresenceDeclineReason {
        /// The name people see.
        label: Scalar<Name> = "label",
    }

    /// How much work a rep takes, and how offers behave.
    pub struct PresenceUserConfig {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// Capacity units.
        capacity: Scalar<i32> = "capacity",
        /// Capacity units for interruptible work; as `capacity` if absent.
        interruptible_capacity: Scalar<i32> = "interruptibleCapacity",
        /// Whether offers are accepted by themselves.
        enable_auto_accept: Scalar<bool> = "enableAutoAccept",
        /// Whether offers can be declined.
        enable_decline: Scalar<bool> = "enableDecline",
        /// Whether a reason is asked for.
        enable_decline_reason: Scalar<bool> = "enableDeclineReason",
        /// The reasons.
        decline_reasons: Vec<Spanned<Name>> = "declineReasons",
        /// The status after a decline.
        presence_status_on_decline: Scalar<Name> = "presenceStatusOnDecline",
        /// The status after an offer was not answered in time.
        presence_status_on_push_timeout: Scalar<Name> = "presenceStatusOnPushTimeout",
        /// Whether there is time for after conversation work.
        has_after_convo_work_timer: Scalar<bool> = "hasAfterConvoWorkTimer",
        /// How much, in seconds.
        after_convo_work_max_time: Scalar<i32> = "afterConvoWorkMaxTime",
        /// Whether it can be extended.
        has_acw_extension_enabled: Scalar<bool> = "hasAcwExtensionEnabled",
        /// By how many seconds.
        acw_extension_duration: Scalar<i32> = "acwExtensionDuration",
        /// How often; a number written as a string.
        max_extensions: Scalar<Name> = "maxExtensions",
        /// Whether a sound is played when work is offered.
        enable_request_sound: Scalar<bool> = "enableRequestSound",
        /// Whether a sound is played when the connection is lost.
        enable_disconnect_sound: Scalar<bool> = "enableDisconnectSound",
        /// Whom it governs.
        assignments: Option<PresenceConfigAssignments> = "assignments",
    }

    /// Whom a presence configuration governs.
    pub struct PresenceConfigAssignments {
        /// By profile.
        profiles: Option<PresenceConfigProfileAssignments> = "profiles",
        /// By user; beats the profile.
        users: Option<PresenceConfigUserAssignments> = "users",
    }

    /// Profiles that a presence configuration governs.
    pub struct PresenceConfigProfileAssignments {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "profile",
    }

    /// Users that a presence configuration governs.
    pub struct PresenceConfigUserAssignments {
        /// Their usernames.
        names: Vec<Spanned<Mentioned>> = "user",
    }

    /// A profile's part in Omni-Channel.
    pub struct Profile {
        /// Its presence statuses.
        statuses: Vec<ProfileServicePresenceStatusAccess> = "servicePresenceStatusAccesses",
    }

    /// A presence status of a profile.
    pub struct ProfileServicePresenceStatusAccess {
        /// Whether it is granted; profiles list every status.
        enabled: Scalar<bool> = "enabled",
        /// The status.
        status: Scalar<Name> = "servicePresenceStatus",
    }

    /// A permission set's part in Omni-Channel.
    pub struct PermissionSet {
        /// Its presence statuses.
        statuses: Vec<PermissionSetServicePresenceStatusAccess> = "servicePresenceStatusAccesses",
    }

    /// A presence status of a permission set.
    pub struct PermissionSetServicePresenceStatusAccess {
        /// Whether it is granted.
        enabled: Scalar<bool> = "enabled",
        /// The status.
        status: Scalar<Name> = "servicePresenceStatus",
    }
}
