//! The types that `schemas/metadata/*.toml` is read into.

use rustc_hash::FxBuildHasher;
use serde::Deserialize;

/// A map in the order of its file. Its keys are ours, so that a fast hash is safe.
pub type IndexMap<K, V> = indexmap::IndexMap<K, V, FxBuildHasher>;

/// Everything that has a name in an Omni-Channel project: the metadata types that are read, and what they only name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
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
}

/// A metadata type: one file of `schemas/metadata`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeSchema {
    /// The type; also the name of its root element.
    pub name: Kind,
    /// Folder in which it usually lies. Any folder will do (its registry entry is not strict).
    pub directory: String,
    /// File suffix, without the dot and without `-meta.xml`.
    pub suffix: String,
    /// The only file name it may have, for settings.
    #[serde(default)]
    pub only_name: Option<String>,
    /// First API version.
    pub since: u16,
    /// True if only the fields given here are looked at, and others are read past in silence.
    #[serde(default)]
    pub partial: bool,
    /// What it is, for people.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// Its elements, in the WSDL's order.
    pub fields: IndexMap<String, Field>,
    /// Its complex types, by the WSDL's names.
    #[serde(default)]
    pub structs: IndexMap<String, Struct>,
    /// Its enumerations, by the WSDL's names.
    #[serde(default)]
    pub enums: IndexMap<String, Enum>,
    /// Wrong names that are often used at its root, and what is meant: the documentation's slips, object field names.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
}

impl TypeSchema {
    /// Looks up each field's [`Shape`], so that nobody does so again for each element of a file.
    #[must_use]
    pub fn linked(mut self) -> Self {
        let shape = |kind: &str| match kind {
            "boolean" => Shape::Boolean,
            "int" => Shape::Int,
            "double" => Shape::Double,
            _ => {
                let of_enum = self.enums.get_index_of(kind).map(Shape::Enum);
                of_enum.or_else(|| self.structs.get_index_of(kind).map(Shape::Struct)).unwrap_or_default()
            }
        };
        let own: Vec<Shape> = self.fields.values().map(|field| shape(&field.kind)).collect();
        let nested: Vec<Vec<Shape>> =
            self.structs.values().map(|s| s.fields.values().map(|field| shape(&field.kind)).collect()).collect();
        for (field, shape) in self.fields.values_mut().zip(own) {
            field.shape = shape;
        }
        for (shape, shapes) in self.structs.values_mut().zip(nested) {
            for (field, shape) in shape.fields.values_mut().zip(shapes) {
                field.shape = shape;
            }
        }
        self
    }

    /// The path below the root of the element whose value makes a reference in this role, such as
    /// `assignments/users/user`.
    pub fn path_of(&self, role: Role) -> Option<String> {
        self.fields.iter().find_map(|(name, field)| self.path_in(name, field, role))
    }

    fn path_in(&self, name: &str, field: &Field, role: Role) -> Option<String> {
        if field.reference.is_some_and(|reference| reference.role == role) {
            return Some(name.to_owned());
        }
        let Shape::Struct(index) = field.shape else { return None };
        let (_, shape) = self.structs.get_index(index)?;
        let rest = shape.fields.iter().find_map(|(child, field)| self.path_in(child, field, role))?;
        Some(format!("{name}/{rest}"))
    }
}

/// A complex type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Struct {
    /// True if only the fields given here are looked at.
    #[serde(default)]
    pub partial: bool,
    /// Its elements, in the WSDL's order.
    pub fields: IndexMap<String, Field>,
    /// Wrong names that are often used here, and what is meant.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
}

/// An enumeration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enum {
    /// Its values, in the WSDL's order.
    pub values: IndexMap<String, EnumValue>,
    /// Wrong values that are often used, and what is meant.
    #[serde(default)]
    pub slips: IndexMap<String, String>,
}

/// One value of an enumeration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// First API version, if later than the enumeration itself.
    #[serde(default)]
    pub since: Option<u16>,
    /// What it means, for people.
    pub description: String,
}

/// How often an element may occur.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Cardinality {
    /// At most once.
    #[serde(rename = "0..1")]
    Optional,
    /// Exactly once.
    #[serde(rename = "1")]
    Required,
    /// Any number of times, in one block.
    #[serde(rename = "0..*")]
    Repeated,
}

/// One element of a type or complex type.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `boolean`, `int`, `double`, `string`, or the name of an enumeration or complex type of this file.
    #[serde(rename = "type")]
    pub kind: String,
    /// How often it may occur.
    pub cardinality: Cardinality,
    /// First API version, the earliest that any source names.
    pub since: u16,
    /// Last API version, if it has gone.
    #[serde(default)]
    pub until: Option<u16>,
    /// What it does, for people.
    pub description: String,
    /// Where the facts come from.
    pub source: String,
    /// What it is when absent, if a source says so.
    #[serde(default)]
    pub default: Option<String>,
    /// Its unit, such as `seconds`.
    #[serde(default)]
    pub unit: Option<String>,
    /// Allowed numbers.
    #[serde(default)]
    pub range: Option<Range>,
    /// Most characters.
    #[serde(default)]
    pub max_length: Option<u32>,
    /// What its value names.
    #[serde(default)]
    pub reference: Option<Reference>,
    /// For a list, what makes two entries the same: `"value"` for a list of scalars, else the child element's name.
    #[serde(default)]
    pub unique_by: Option<String>,
    /// [`Field::kind`], looked up.
    #[serde(skip)]
    pub shape: Shape,
}

/// What an element holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    #[default]
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int,
    /// A number.
    Double,
    /// A value of the enumeration with this index in [`TypeSchema::enums`].
    Enum(usize),
    /// The elements of the complex type with this index in [`TypeSchema::structs`].
    Struct(usize),
}

/// The numbers that a field allows.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Least number.
    #[serde(default)]
    pub min: Option<f64>,
    /// Most.
    #[serde(default)]
    pub max: Option<f64>,
    /// True if `min` itself is not allowed.
    #[serde(default)]
    pub above_min: bool,
    /// True if a source says that a deploy is refused; false if it only says what is valid.
    #[serde(default)]
    pub refused: bool,
    /// An older, narrower least number, and the API version from which it no longer holds.
    #[serde(default)]
    pub formerly: Option<FormerMinimum>,
}

/// A least number that older versions of the documentation give.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormerMinimum {
    /// The older least number.
    pub min: f64,
    /// First API version in which it no longer holds.
    pub before: u16,
}

/// What a field's value names.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// The kind of thing named.
    pub to: Kind,
    /// What for.
    pub role: Role,
}
