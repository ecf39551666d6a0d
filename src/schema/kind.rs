//! The kinds of things that have names, and what names are used for.

use schemars::JsonSchema;
use serde::Deserialize;

/// Everything that has a name in an Omni-Channel project: the metadata types that are read, and what they only name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "PascalCase")]
#[repr(u8)]
pub enum Kind {
    /// The org's Omni-Channel switches (`OmniChannel.settings`).
    OmniChannelSettings,
    /// An object whose records Omni-Channel routes.
    ServiceChannel,
    /// What a rep can be: online for some channels, or away.
    ServicePresenceStatus,
    /// Why a rep turned an offer down.
    PresenceDeclineReason,
    /// How much work a rep takes, and how offers behave.
    PresenceUserConfig,
    /// How a queue's work is ordered, weighed and pushed.
    QueueRoutingConfig,
    /// A queue.
    Queue,
    /// What a supervisor sees and may do.
    OmniSupervisorConfig,
    /// Which field values ask for which skills.
    WorkSkillRouting,
    /// A skill.
    Skill,
    /// A public group.
    Group,
    /// A profile.
    Profile,
    /// A permission set.
    PermissionSet,
    /// A flow.
    Flow,
    /// A messaging channel.
    MessagingChannel,
    /// A standard or custom object: only named.
    Object,
    /// A user, by username: only named.
    User,
    /// A role: only named.
    Role,
    /// A bot or agent: only named.
    Bot,
    /// A Lightning page: only named.
    FlexiPage,
    /// A skill type: only named.
    SkillType,
}

impl Kind {
    /// The metadata types that are read, in the order of the design.
    pub const TYPES: [Self; 15] = [
        Self::OmniChannelSettings,
        Self::ServiceChannel,
        Self::ServicePresenceStatus,
        Self::PresenceDeclineReason,
        Self::PresenceUserConfig,
        Self::QueueRoutingConfig,
        Self::Queue,
        Self::OmniSupervisorConfig,
        Self::WorkSkillRouting,
        Self::Skill,
        Self::Group,
        Self::Profile,
        Self::PermissionSet,
        Self::Flow,
        Self::MessagingChannel,
    ];

    /// What is only named, and has no file here.
    pub const ONLY_NAMED: [Self; 6] =
        [Self::Object, Self::User, Self::Role, Self::Bot, Self::FlexiPage, Self::SkillType];

    /// How many kinds there are.
    pub const COUNT: usize = Self::TYPES.len() + Self::ONLY_NAMED.len();

    /// Every kind, in the order of their numbers.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::TYPES.into_iter().chain(Self::ONLY_NAMED)
    }

    /// The Metadata API's name of it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OmniChannelSettings => "OmniChannelSettings",
            Self::ServiceChannel => "ServiceChannel",
            Self::ServicePresenceStatus => "ServicePresenceStatus",
            Self::PresenceDeclineReason => "PresenceDeclineReason",
            Self::PresenceUserConfig => "PresenceUserConfig",
            Self::QueueRoutingConfig => "QueueRoutingConfig",
            Self::Queue => "Queue",
            Self::OmniSupervisorConfig => "OmniSupervisorConfig",
            Self::WorkSkillRouting => "WorkSkillRouting",
            Self::Skill => "Skill",
            Self::Group => "Group",
            Self::Profile => "Profile",
            Self::PermissionSet => "PermissionSet",
            Self::Flow => "Flow",
            Self::MessagingChannel => "MessagingChannel",
            Self::Object => "CustomObject",
            Self::User => "User",
            Self::Role => "Role",
            Self::Bot => "Bot",
            Self::FlexiPage => "FlexiPage",
            Self::SkillType => "SkillType",
        }
    }

    /// True if the project need not hold a file of it: nothing can be said of a name that it does not define.
    pub const fn needs_no_file(self) -> bool {
        matches!(
            self,
            Self::Object | Self::User | Self::Role | Self::Bot | Self::FlexiPage | Self::SkillType | Self::Profile
        )
    }

    /// True for the types that are read and are Omni-Channel's own. A deploy of a profile or a flow alone is about
    /// something else.
    pub const fn is_omni_channel(self) -> bool {
        !matches!(self, Self::Group | Self::Profile | Self::PermissionSet | Self::Flow) && !self.is_only_named()
    }

    const fn is_only_named(self) -> bool {
        matches!(self, Self::Object | Self::User | Self::Role | Self::Bot | Self::FlexiPage | Self::SkillType)
    }

    /// The words people use for it, in the singular.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::OmniChannelSettings => "Omni-Channel settings",
            Self::ServiceChannel => "service channel",
            Self::ServicePresenceStatus => "presence status",
            Self::PresenceDeclineReason => "decline reason",
            Self::PresenceUserConfig => "presence configuration",
            Self::QueueRoutingConfig => "routing configuration",
            Self::Queue => "queue",
            Self::OmniSupervisorConfig => "supervisor configuration",
            Self::WorkSkillRouting => "skill mapping set",
            Self::Skill => "skill",
            Self::Group => "public group",
            Self::Profile => "profile",
            Self::PermissionSet => "permission set",
            Self::Flow => "flow",
            Self::MessagingChannel => "messaging channel",
            Self::Object => "object",
            Self::User => "user",
            Self::Role => "role",
            Self::Bot => "bot",
            Self::FlexiPage => "Lightning page",
            Self::SkillType => "skill type",
        }
    }
}

/// What a reference is for. Every reference field of the schema has one; the graph's edges carry it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Queue → routing configuration.
    RoutedBy,
    /// Queue → object whose records it may hold.
    Holds,
    /// Queue → user who is a member.
    MemberUser,
    /// Queue → public group whose users are members.
    MemberGroup,
    /// Queue → role whose users are members.
    MemberRole,
    /// Queue → role whose users and their subordinates are members.
    MemberRoleAndSubordinates,
    /// Queue → role whose users and their internal subordinates are members.
    MemberRoleAndInternalSubordinates,
    /// Service channel → object.
    Carries,
    /// Presence status → service channel.
    Offers,
    /// Presence configuration → decline reason.
    DeclineReason,
    /// Presence configuration → status after a decline.
    StatusOnDecline,
    /// Presence configuration → status after a push timeout.
    StatusOnPushTimeout,
    /// Presence configuration → user it governs.
    GovernsUser,
    /// Presence configuration → profile it governs.
    GovernsProfile,
    /// Routing configuration → queue.
    OverflowsToQueue,
    /// Routing configuration → user.
    OverflowsToUser,
    /// Routing configuration → skill that its work needs.
    RequiresSkill,
    /// Supervisor configuration → user who supervises.
    SupervisorUser,
    /// Supervisor configuration → profile whose users supervise.
    SupervisorProfile,
    /// Supervisor configuration → queue that is visible.
    SeesQueue,
    /// Supervisor configuration → skill that is visible.
    SeesSkill,
    /// Supervisor configuration → group whose users are visible.
    SeesGroup,
    /// Supervisor configuration → AI agent that is visible.
    SeesBot,
    /// Supervisor configuration → flow of a custom action.
    ActionFlow,
    /// Supervisor configuration → page of a tab.
    TabPage,
    /// Skill mapping set → object.
    RulesFor,
    /// Skill mapping set → skill.
    MapsToSkill,
    /// Skill → user who has it.
    SkillUser,
    /// Skill → profile whose users have it.
    SkillProfile,
    /// Skill → skill type.
    OfSkillType,
    /// Profile or permission set → presence status listed there, granted or not.
    ListsStatus,
    /// Profile or permission set → presence status granted there. No schema has this role: whether a status that is
    /// listed is granted stands in the element beside it.
    GrantsStatus,
    /// Messaging channel → queue, as handler or fallback.
    HandlerQueue,
    /// Messaging channel → flow.
    HandlerFlow,
    /// Messaging channel → user.
    HandlerUser,
    /// Messaging channel → bot or agent.
    HandlerBot,
    /// Messaging channel → routing configuration.
    HandlerConfig,
    /// Flow → service channel of a route-work action.
    RoutesChannel,
    /// Flow → queue of a route-work action.
    RoutesToQueue,
    /// Flow → routing configuration of a route-work action.
    RoutesByConfig,
    /// Flow → bot of a route-work action.
    RoutesToBot,
    /// Flow → rep of a route-work action.
    RoutesToUser,
    /// Flow → skill that it asks for.
    AsksForSkill,
    /// Flow → what it looks up by its name, for whatever purpose.
    LooksUp,
    /// Flow → queue that it looks up by its name, unless that is the name of a public group.
    MayLookUp,
}
