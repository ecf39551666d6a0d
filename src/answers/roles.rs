//! The words for the roles in which components name each other.

use crate::schema::Role;

/// The role's name, as the schemas have it: `routed-by`.
pub fn name_of(role: Role) -> String {
    let mut name = String::new();
    for c in format!("{role:?}").chars() {
        if c.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(c.to_lowercase());
    }
    name
}

/// What the one that refers says of the other.
pub const fn words(role: Role) -> &'static str {
    match role {
        Role::RoutedBy | Role::HandlerConfig => "is routed by",
        Role::Holds => "holds",
        Role::MemberUser | Role::MemberGroup | Role::MemberRole => "has as member",
        Role::MemberRoleAndSubordinates => "has as member, with all subordinates,",
        Role::MemberRoleAndInternalSubordinates => "has as member, with internal subordinates,",
        Role::Carries => "carries",
        Role::Offers => "offers",
        Role::DeclineReason => "lists",
        Role::StatusOnDecline => "after a decline sets",
        Role::StatusOnPushTimeout => "after a timeout sets",
        Role::GovernsUser | Role::GovernsProfile => "governs",
        Role::OverflowsToQueue | Role::OverflowsToUser => "overflows to",
        Role::RequiresSkill => "needs",
        Role::SupervisorUser | Role::SupervisorProfile => "is for",
        Role::SeesQueue | Role::SeesSkill | Role::SeesGroup | Role::SeesBot => "shows",
        Role::ActionFlow => "runs in an action",
        Role::TabPage => "shows in a tab",
        Role::RulesFor => "has rules for",
        Role::MapsToSkill | Role::AsksForSkill => "asks for",
        Role::SkillUser | Role::SkillProfile => "is held by",
        Role::OfSkillType => "is of",
        Role::ListsStatus => "lists, and does not grant,",
        Role::GrantsStatus => "grants",
        Role::HandlerQueue | Role::HandlerFlow | Role::HandlerUser | Role::HandlerBot => "is handled by",
        Role::RoutesChannel => "routes work of",
        Role::RoutesToQueue | Role::RoutesToBot | Role::RoutesToUser => "routes to",
        Role::RoutesByConfig => "routes by",
        Role::LooksUp | Role::MayLookUp => "looks up",
    }
}

/// True for the references that decide who is offered work: from an object over its service channel and the presence
/// statuses that offer it to those who grant these, and from queues to their members and from work to its skills. The
/// others say how work is routed, and who sees it.
pub const fn decides(role: Role) -> bool {
    matches!(
        role,
        Role::Holds
            | Role::Carries
            | Role::Offers
            | Role::GrantsStatus
            | Role::MemberUser
            | Role::MemberGroup
            | Role::MemberRole
            | Role::MemberRoleAndSubordinates
            | Role::MemberRoleAndInternalSubordinates
            | Role::RequiresSkill
            | Role::MapsToSkill
            | Role::AsksForSkill
            | Role::SkillUser
            | Role::SkillProfile
    )
}

/// The words on an arrow, and how many references it stands for.
pub fn label(role: Role, count: usize) -> String {
    let words = words(role).trim_end_matches(',');
    if count > 1 { format!("{words} ({count})") } else { words.to_owned() }
}
