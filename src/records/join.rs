//! From rows to facts: Ids lead from one record to another.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::problem::{Problems, Trouble};
use super::rows::{self, Content, Row, Wrong};
use super::times::Edge;
use super::{Assignment, Below, Group, GroupKind, HeldSkill, Member, Object, Records, Role, User};
use crate::source::{FileId, FolderFile};

/// Reads the files of a folder of records. `first` is the number that the first of them has in the project.
pub fn read(files: &[FolderFile], first: FileId) -> Records {
    let contents: Vec<Content> =
        files.par_iter().enumerate().map(|(at, file)| rows::read(file, FileId(first.0 + at as u32))).collect();
    let mut join = Join::default();
    for (content, file) in contents.into_iter().zip(files) {
        join.take(content, Object::of_file(&file.path));
    }
    join.join()
}

/// The records of one object, by what leads to them.
#[derive(Default)]
struct Ids {
    by_id: FxHashMap<Box<str>, u32>,
    /// References of `sf data export tree`. They start anew in each export, so that two files can have the same.
    by_reference: FxHashMap<Box<str>, Vec<(FileId, u32)>>,
}

impl Ids {
    fn add(&mut self, row: &Row, index: u32) {
        if let Ok(Some(id)) = row.text("Id") {
            self.by_id.entry(significant(id).into()).or_insert(index);
        }
        if let Some(reference) = &row.reference {
            self.by_reference.entry(reference.clone()).or_default().push((row.place.file, index));
        }
    }

    fn find(&self, id: &str, file: FileId) -> Option<u32> {
        let Some(reference) = id.strip_prefix('@') else {
            return self.by_id.get(significant(id)).copied();
        };
        let known = self.by_reference.get(reference)?;
        let own = known.iter().find(|(of, _)| *of == file);
        own.or(if let [only] = known.as_slice() { Some(only) } else { None }).map(|&(_, index)| index)
    }
}

/// The part of an Id that counts: of 18 characters, three only guard the case of the others.
fn significant(id: &str) -> &str {
    if id.len() == 18 { id.get(..15).unwrap_or(id) } else { id }
}

/// Makes something of a record.
type Step = fn(&mut Join, &Row) -> Result<(), Wrong>;

#[derive(Default)]
struct Join {
    rows: [Vec<Row>; Object::ALL.len()],
    problems: Problems,
    records: Records,
    users: Ids,
    usernames: FxHashMap<String, u32>,
    roles: Ids,
    role_names: FxHashMap<String, u32>,
    groups: Ids,
    /// For each record of a group, what it is as a member; none if that is not known.
    group_members: Vec<Option<Member>>,
    resources: Ids,
    /// For each service resource, its user if it takes work.
    resource_users: Vec<Option<u32>>,
    skills: Ids,
    skill_names: Vec<Box<str>>,
    /// The objects of which some record is lost, one bit each: what leads to one of these may lead to a lost one.
    lost: u16,
    /// True if the role of some user is not known.
    lacks_roles: bool,
    /// True if it is not known of some assignment whether it is of a permission set group.
    lacks_set_groups: bool,
    /// True if it is not known of some role whether it is one of customers or partners.
    lacks_portals: bool,
}

impl Join {
    fn take(&mut self, content: Content, named: Option<Object>) {
        let Content { rows, problems, objects, is_cut } = content;
        for seen in &objects {
            self.records.given |= seen.object.bit();
            let lacks = |columns: &&[&str]| !columns.iter().any(|column| seen.has(column));
            if is_cut || seen.object.needs().iter().any(lacks) {
                self.lost |= seen.object.bit();
            }
        }
        if is_cut && objects.is_empty() {
            // Whatever was in it is lost. Without a name, that may be anything.
            self.lost |= named.map_or(u16::MAX, Object::bit);
        }
        self.records.damaged |= self.lost;
        let lacks = |object, columns: &[&str]| {
            objects.iter().any(|seen| seen.object == object && !columns.iter().any(|column| seen.has(column)))
        };
        self.lacks_roles |= lacks(Object::User, &["UserRole.DeveloperName", "UserRoleId"]);
        self.lacks_set_groups |= lacks(Object::PermissionSetAssignment, &["PermissionSetGroupId"]);
        self.lacks_portals |= lacks(Object::UserRole, &["PortalType"]);
        self.problems.append(problems);
        for row in rows {
            self.rows[row.object as usize].push(row);
        }
    }

    fn join(mut self) -> Records {
        self.each(Object::UserRole, &[Self::role, Self::parent_role]);
        self.each(Object::User, &[Self::user]);
        self.each(Object::Group, &[Self::group]);
        self.each(Object::GroupMember, &[Self::group_member]);
        self.each(Object::PermissionSetAssignment, &[Self::assignment]);
        self.each(Object::ServiceResource, &[Self::resource]);
        self.each(Object::Skill, &[Self::skill]);
        self.each(Object::ServiceResourceSkill, &[Self::resource_skill]);
        self.each(Object::SkillUser, &[Self::skill_user]);
        let mut records = self.records;
        records.problems = self.problems.sorted();
        records.knows_roles = records.is_whole(Object::User) && !self.lacks_roles;
        records.knows_set_groups = records.is_whole(Object::PermissionSetAssignment) && !self.lacks_set_groups;
        records.knows_portals = records.is_whole(Object::UserRole) && !self.lacks_portals;
        let listed = records.is_whole(Object::Group) && records.is_whole(Object::GroupMember);
        for group in &mut records.groups {
            group.complete &= listed && group.kind != GroupKind::Unlisted;
        }
        records
    }

    /// Makes something of each record of an object. What one holds that it cannot hold is a problem of that one.
    fn each(&mut self, object: Object, steps: &[Step]) {
        let rows = std::mem::take(&mut self.rows[object as usize]);
        for step in steps {
            for row in &rows {
                if let Err(Wrong { column, wanted }) = step(self, row) {
                    self.lose(row, column, Trouble::WrongType { column, wanted });
                }
            }
        }
    }

    /// A record, or a part of it, cannot be used.
    fn lose(&mut self, row: &Row, column: &'static str, trouble: Trouble) {
        self.records.damaged |= row.object.bit();
        self.lost |= row.object.bit();
        self.problems.add(row.place_of(column), trouble);
    }

    /// The value of a column that every record has. Where the whole column is missing, that has been said.
    fn needed<'r>(&mut self, row: &'r Row, column: &'static str) -> Result<Option<&'r str>, Wrong> {
        let value = row.text(column)?;
        if value.is_none() && row.cell(column).is_some() {
            self.lose(row, column, Trouble::MissingValue { object: row.object, column });
        }
        Ok(value)
    }

    /// A record leads to another one that is not there. It is itself read in full: what it says is of no use. Where records
    /// of the other's object are lost, that has been said, and it may be one of those.
    fn dangles(&mut self, row: &Row, column: &'static str, value: &str, to: &'static str) {
        if to.split(" or ").filter_map(Object::named).any(|to| self.lost & to.bit() != 0) {
            return;
        }
        let value = value.to_owned();
        let trouble = Trouble::Dangling { object: row.object, column, value, to };
        self.problems.add(row.place_of(column), trouble);
    }

    fn role_named(&mut self, name: &str) -> u32 {
        let roles = &mut self.records.roles;
        *self.role_names.entry(name.to_lowercase()).or_insert_with(|| {
            roles.push(Role { name: name.into(), parent: None, external: false, known: false });
            roles.len() as u32 - 1
        })
    }

    fn role(&mut self, row: &Row) -> Result<(), Wrong> {
        let external = row.text("PortalType")?.is_some_and(|kind| !kind.eq_ignore_ascii_case("None"));
        let Some(name) = self.needed(row, "DeveloperName")? else { return Ok(()) };
        let index = self.role_named(name);
        self.roles.add(row, index);
        let role = &mut self.records.roles[index as usize];
        role.known = true;
        role.external = external;
        Ok(())
    }

    fn parent_role(&mut self, row: &Row) -> Result<(), Wrong> {
        let (Ok(Some(name)), Some(parent)) = (row.text("DeveloperName"), row.text("ParentRoleId")?) else {
            return Ok(());
        };
        let index = self.role_named(name);
        let known = self.roles.find(parent, row.place.file);
        self.records.roles[index as usize].parent = known;
        if known.is_none() {
            self.records.damaged |= Object::UserRole.bit();
            self.dangles(row, "ParentRoleId", parent, "UserRole");
        }
        Ok(())
    }

    fn user(&mut self, row: &Row) -> Result<(), Wrong> {
        let active = row.flag("IsActive")?.unwrap_or(true);
        let profile = row.text("Profile.Name")?.map(Into::into);
        let Some(name) = self.needed(row, "Username")? else { return Ok(()) };
        let index = self.records.users.len() as u32;
        let index = *self.usernames.entry(name.to_lowercase()).or_insert(index);
        self.users.add(row, index);
        if (index as usize) < self.records.users.len() {
            return Ok(());
        }
        let role = self.role_of(row)?;
        let place = row.place_of("Username");
        self.records.users.push(User { name: name.into(), active, profile, role, has_set_group: false, place });
        Ok(())
    }

    fn role_of(&mut self, row: &Row) -> Result<Option<u32>, Wrong> {
        let has_roles = self.records.has(Object::UserRole);
        if let Some(name) = row.text("UserRole.DeveloperName")? {
            let role = self.role_named(name);
            if has_roles && !self.records.roles[role as usize].known {
                self.dangles(row, "UserRole.DeveloperName", name, "UserRole");
            }
            return Ok(Some(role));
        }
        let Some(id) = row.text("UserRoleId")? else { return Ok(None) };
        let role = self.roles.find(id, row.place.file);
        if role.is_none() {
            self.lacks_roles = true;
            if has_roles {
                self.dangles(row, "UserRoleId", id, "UserRole");
            }
        }
        Ok(role)
    }

    fn group(&mut self, row: &Row) -> Result<(), Wrong> {
        let (name, related) = (row.text("DeveloperName")?, row.text("RelatedId")?);
        let Some(kind) = self.needed(row, "Type")? else { return Ok(()) };
        let below = match kind {
            "Role" => Some(Below::None),
            "RoleAndSubordinates" => Some(Below::All),
            "RoleAndSubordinatesInternal" => Some(Below::Internal),
            _ => None,
        };
        let member = if let Some(below) = below {
            let role = related.and_then(|related| self.roles.find(related, row.place.file));
            if let (None, Some(related), true) = (role, related, self.records.has(Object::UserRole)) {
                self.dangles(row, "RelatedId", related, "UserRole");
            }
            role.map(|role| Member::Role(role, below))
        } else {
            let kind = match kind {
                "Queue" => GroupKind::Queue,
                "Regular" => GroupKind::Public,
                _ => GroupKind::Unlisted,
            };
            if name.is_none() && kind != GroupKind::Unlisted {
                self.needed(row, "DeveloperName")?;
            }
            let name = name.unwrap_or_default().into();
            self.records.groups.push(Group { name, kind, members: Vec::new(), complete: true });
            Some(Member::Group(self.records.groups.len() as u32 - 1))
        };
        self.groups.add(row, self.group_members.len() as u32);
        self.group_members.push(member);
        Ok(())
    }

    fn group_member(&mut self, row: &Row) -> Result<(), Wrong> {
        let file = row.place.file;
        let (Some(of), Some(who)) = (self.needed(row, "GroupId")?, self.needed(row, "UserOrGroupId")?) else {
            return Ok(());
        };
        let group = |join: &Self, id: &str| Some(join.group_members[join.groups.find(id, file)? as usize]);
        let Some(of_group) = group(self, of) else {
            if self.records.has(Object::Group) {
                self.dangles(row, "GroupId", of, "Group");
            }
            return Ok(());
        };
        let Some(Member::Group(index)) = of_group else { return Ok(()) };
        let member = self.users.find(who, file).map(|user| Some(Member::User(user))).or_else(|| group(self, who));
        match member {
            Some(Some(member)) => self.records.groups[index as usize].members.push(member),
            Some(None) => self.records.groups[index as usize].complete = false,
            None => {
                self.records.groups[index as usize].complete = false;
                if self.records.has(Object::User) && self.records.has(Object::Group) {
                    self.dangles(row, "UserOrGroupId", who, "User or Group");
                }
            }
        }
        Ok(())
    }

    /// The user that a record leads to, by username or by Id. One that is not there is said, if there are users at all.
    fn user_of(&mut self, row: &Row, name: &'static str, id: &'static str) -> Result<Option<u32>, Wrong> {
        let (column, value, user) = match (row.text(name)?, row.text(id)?) {
            (Some(value), _) => (name, value, self.usernames.get(&value.to_lowercase()).copied()),
            (None, Some(value)) => (id, value, self.users.find(value, row.place.file)),
            (None, None) => return Ok(None),
        };
        if user.is_none() && self.records.has(Object::User) {
            self.dangles(row, column, value, "User");
        }
        Ok(user)
    }

    fn assignment(&mut self, row: &Row) -> Result<(), Wrong> {
        let Some(user) = self.user_of(row, "Assignee.Username", "AssigneeId")? else { return Ok(()) };
        // A profile has a permission set of its own, which is assigned to its users.
        if row.flag("PermissionSet.IsOwnedByProfile")? == Some(true) {
            return Ok(());
        }
        if row.text("PermissionSetGroupId")?.is_some() {
            self.records.users[user as usize].has_set_group = true;
            return Ok(());
        }
        let namespace = row.text("PermissionSet.NamespacePrefix")?;
        let Some(name) = self.needed(row, "PermissionSet.Name")? else { return Ok(()) };
        let set = namespace.map_or_else(|| name.into(), |namespace| format!("{namespace}__{name}").into());
        self.records.assignments.push(Assignment { user, set });
        Ok(())
    }

    fn resource(&mut self, row: &Row) -> Result<(), Wrong> {
        let active = row.flag("IsActive")?.unwrap_or(true);
        // Of technicians, dispatchers and others, none takes work of Omni-Channel as such.
        let kind = row.text("ResourceType")?;
        let active = active && kind.is_none_or(|kind| ["A", "Agent"].iter().any(|a| a.eq_ignore_ascii_case(kind)));
        // A crew or an asset has no user.
        let user = self.user_of(row, "RelatedRecord.Username", "RelatedRecordId")?;
        self.resources.add(row, self.resource_users.len() as u32);
        self.resource_users.push(user.filter(|_| active));
        Ok(())
    }

    fn skill(&mut self, row: &Row) -> Result<(), Wrong> {
        let Some(name) = self.needed(row, "DeveloperName")? else { return Ok(()) };
        self.skills.add(row, self.skill_names.len() as u32);
        self.skill_names.push(name.into());
        Ok(())
    }

    /// The name of the skill that a record leads to.
    fn skill_of(&mut self, row: &Row) -> Result<Option<Box<str>>, Wrong> {
        if let Some(name) = row.text("Skill.DeveloperName")? {
            return Ok(Some(name.into()));
        }
        let Some(id) = row.text("SkillId")? else { return Ok(None) };
        let skill = self.skills.find(id, row.place.file);
        if skill.is_none() {
            self.records.damaged |= row.object.bit();
            self.dangles(row, "SkillId", id, "Skill");
        }
        Ok(skill.map(|skill| self.skill_names[skill as usize].clone()))
    }

    fn resource_skill(&mut self, row: &Row) -> Result<(), Wrong> {
        let level = row.number("SkillLevel")?;
        let from = row.time("EffectiveStartDate", Edge::Start)?;
        let until = row.time("EffectiveEndDate", Edge::End)?;
        let (Some(id), Some(skill)) = (self.needed(row, "ServiceResourceId")?, self.skill_of(row)?) else {
            return Ok(());
        };
        let Some(resource) = self.resources.find(id, row.place.file) else {
            if self.records.has(Object::ServiceResource) {
                self.dangles(row, "ServiceResourceId", id, "ServiceResource");
            }
            return Ok(());
        };
        if let Some(user) = self.resource_users[resource as usize] {
            self.records.skills.push(HeldSkill { user, skill, level, from, until, place: row.place });
        }
        Ok(())
    }

    fn skill_user(&mut self, row: &Row) -> Result<(), Wrong> {
        let user = self.user_of(row, "User.Username", "UserId")?;
        if let (Some(user), Some(skill)) = (user, self.skill_of(row)?) {
            let held = HeldSkill { user, skill, level: None, from: None, until: None, place: row.place };
            self.records.skills.push(held);
        }
        Ok(())
    }
}
