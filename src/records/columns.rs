//! Which objects are read, and which of their columns.

/// An object whose records are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Object {
    /// Users.
    User,
    /// Roles and their hierarchy.
    UserRole,
    /// Public groups, queues, and the groups that stand for roles.
    Group,
    /// Who is in a group or queue.
    GroupMember,
    /// Who has which permission set.
    PermissionSetAssignment,
    /// Who takes work by skills.
    ServiceResource,
    /// Which skills these have.
    ServiceResourceSkill,
    /// Which skills users have.
    SkillUser,
    /// The names of skills, for records that give Ids only.
    Skill,
}

impl Object {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::User,
        Self::UserRole,
        Self::Group,
        Self::GroupMember,
        Self::PermissionSetAssignment,
        Self::ServiceResource,
        Self::ServiceResourceSkill,
        Self::SkillUser,
        Self::Skill,
    ];

    /// Its API name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::UserRole => "UserRole",
            Self::Group => "Group",
            Self::GroupMember => "GroupMember",
            Self::PermissionSetAssignment => "PermissionSetAssignment",
            Self::ServiceResource => "ServiceResource",
            Self::ServiceResourceSkill => "ServiceResourceSkill",
            Self::SkillUser => "SkillUser",
            Self::Skill => "Skill",
        }
    }

    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }

    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|object| object.as_str().eq_ignore_ascii_case(name))
    }

    /// The object that a file is named for: `User.csv`, `users.json`, `uat-PermissionSetAssignment.json`.
    pub(super) fn of_file(path: &str) -> Option<Self> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let find = |part: &str| {
            let plain: String = part.chars().filter(char::is_ascii_alphanumeric).collect();
            Self::named(&plain).or_else(|| Self::named(plain.strip_suffix(['s', 'S'])?))
        };
        // `sf data export tree --prefix uat` puts the prefix and a hyphen before the name.
        find(stem).or_else(|| find(stem.rsplit_once('-')?.1))
    }

    /// The columns that are read. Names are the object reference's (Object Reference 67.0); a dot leads to a parent.
    pub(super) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::User => &["Id", "Username", "IsActive", "Profile.Name", "UserRole.DeveloperName", "UserRoleId"],
            Self::UserRole => &["Id", "DeveloperName", "ParentRoleId", "PortalType"],
            Self::Group => &["Id", "DeveloperName", "Type", "RelatedId"],
            Self::GroupMember => &["GroupId", "UserOrGroupId"],
            Self::PermissionSetAssignment => &[
                "AssigneeId",
                "Assignee.Username",
                "PermissionSet.Name",
                "PermissionSet.NamespacePrefix",
                "PermissionSet.IsOwnedByProfile",
                "PermissionSetGroupId",
            ],
            Self::ServiceResource => &["Id", "RelatedRecordId", "RelatedRecord.Username", "IsActive", "ResourceType"],
            Self::ServiceResourceSkill => &[
                "ServiceResourceId",
                "SkillId",
                "Skill.DeveloperName",
                "SkillLevel",
                "EffectiveStartDate",
                "EffectiveEndDate",
            ],
            Self::SkillUser => &["UserId", "User.Username", "SkillId", "Skill.DeveloperName"],
            Self::Skill => &["Id", "DeveloperName"],
        }
    }

    /// The columns without which the records are of no use: of each list, one is enough.
    pub(super) const fn needs(self) -> &'static [&'static [&'static str]] {
        match self {
            Self::User => &[&["Id"], &["Username"], &["IsActive"]],
            Self::UserRole => &[&["Id"], &["DeveloperName"], &["ParentRoleId"]],
            Self::Group => &[&["Id"], &["DeveloperName"], &["Type"]],
            Self::GroupMember => &[&["GroupId"], &["UserOrGroupId"]],
            Self::PermissionSetAssignment => &[&["AssigneeId", "Assignee.Username"], &["PermissionSet.Name"]],
            Self::ServiceResource => &[&["Id"], &["RelatedRecordId", "RelatedRecord.Username"], &["IsActive"]],
            Self::ServiceResourceSkill => &[&["ServiceResourceId"], &["SkillId", "Skill.DeveloperName"]],
            Self::SkillUser => &[&["UserId", "User.Username"], &["SkillId", "Skill.DeveloperName"]],
            Self::Skill => &[&["Id"], &["DeveloperName"]],
        }
    }

    /// True if a record may have no value in this column.
    pub(super) fn may_be_null(column: &str) -> bool {
        ["ParentRoleId", "RelatedId", "RelatedRecordId", "RelatedRecord.Username"].contains(&column)
    }

    /// The column by which a record that is nested in one of `parent` leads to it.
    pub(super) const fn link_to(self, parent: Self) -> Option<&'static str> {
        match (parent, self) {
            (Self::Group, Self::GroupMember) => Some("GroupId"),
            (Self::User, Self::PermissionSetAssignment) => Some("AssigneeId"),
            (Self::User, Self::ServiceResource) => Some("RelatedRecordId"),
            (Self::User, Self::SkillUser) => Some("UserId"),
            (Self::UserRole, Self::User) => Some("UserRoleId"),
            (Self::ServiceResource, Self::ServiceResourceSkill) => Some("ServiceResourceId"),
            (Self::Skill, Self::ServiceResourceSkill | Self::SkillUser) => Some("SkillId"),
            _ => None,
        }
    }

    /// The number of a column, whatever its case.
    pub(super) fn column(self, name: &str) -> Option<usize> {
        self.columns().iter().position(|column| column.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
mod tests {
    use super::Object;

    #[test]
    fn files_are_named_for_objects() {
        let of = |path| Object::of_file(path).map(Object::as_str);
        assert_eq!(of("org/User.csv"), Some("User"));
        assert_eq!(of("users.json"), Some("User"));
        assert_eq!(of("../org/permission_set_assignments.CSV"), Some("PermissionSetAssignment"));
        assert_eq!(of("uat-UserRole.json"), Some("UserRole"));
        assert_eq!(of("Group-GroupMember.json"), Some("GroupMember"));
        assert_eq!(of("Account.csv"), None);
    }

    #[test]
    fn what_is_needed_is_read() {
        for object in Object::ALL {
            for column in object.needs().iter().copied().flatten() {
                assert!(object.column(column).is_some(), "{object:?} {column}");
            }
        }
    }
}
