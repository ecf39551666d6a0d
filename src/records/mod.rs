//! Records: facts of an org, as its administrator exported them.
//!
//! In: the texts of files that the Salesforce CLI wrote, JSON or CSV ([`read`]), and lists of an org's metadata
//! ([`inventory::read`]). Out: users, roles, groups, assignments and skills, each with its place in those files; and what
//! of the files could not be used, with the place. A damaged file costs what is damaged, not the rest.
//! Must not know metadata, the graph or checks: what a profile or queue of some name is, is for the graph to say.

mod columns;
mod csv;
pub mod inventory;
mod join;
mod json;
mod problem;
mod rows;
mod times;

pub use columns::Object;
pub use join::read;
pub use problem::{Problem, Trouble};

use jiff::Timestamp;

use crate::source::Location;

/// What an org holds, as far as records tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Records {
    /// Users, in the order of files and rows; each username once, whatever its case.
    pub users: Vec<User>,
    /// Roles; those too that are only named by users.
    pub roles: Vec<Role>,
    /// Public groups, queues, and the groups that stand for roles.
    pub groups: Vec<Group>,
    /// Which user has which permission set.
    pub assignments: Vec<Assignment>,
    /// Which user has which skill.
    pub skills: Vec<HeldSkill>,
    /// What could not be used, in the order of files and places.
    pub problems: Vec<Problem>,
    /// True if the role of every user is known.
    pub knows_roles: bool,
    /// True if it is known of every assignment whether it is of a permission set group.
    pub knows_set_groups: bool,
    /// True if it is known of every role whether it is one of customers or partners.
    pub knows_portals: bool,
    /// The objects of which there are records, one bit each.
    given: u16,
    /// The objects of which some record could not be used, one bit each.
    damaged: u16,
}

/// A user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Username.
    pub name: Box<str>,
    /// True unless the records say that the user is not active.
    pub active: bool,
    /// The profile's label, such as `System Administrator`.
    pub profile: Option<Box<str>>,
    /// The role, by its index.
    pub role: Option<u32>,
    /// True if a permission set group is assigned: which permission sets it holds, records do not tell.
    pub has_set_group: bool,
    /// Where the record is.
    pub place: Location,
}

/// A role.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Developer name.
    pub name: Box<str>,
    /// The role above, by its index.
    pub parent: Option<u32>,
    /// True for roles of customers and partners.
    pub external: bool,
    /// True if there is a record of it; else a user names it.
    pub known: bool,
}

/// What a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A queue.
    Queue,
    /// A public group whose members are listed.
    Public,
    /// A public group whose members are not listed, such as that of all internal users.
    Unlisted,
}

/// A public group or queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Developer name.
    pub name: Box<str>,
    /// What it is.
    pub kind: GroupKind,
    /// Its members.
    pub members: Vec<Member>,
    /// True if its members are known, all of them.
    pub complete: bool,
}

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Member {
    /// A user, by index.
    User(u32),
    /// A group, by index.
    Group(u32),
    /// The users of a role, by index, and of which roles below it.
    Role(u32, Below),
}

/// Which roles below a role count with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Below {
    /// None.
    None,
    /// All of them.
    All,
    /// All but those of customers and partners.
    Internal,
}

/// A user has a permission set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The user, by index.
    pub user: u32,
    /// The permission set, with its namespace if the records tell one.
    pub set: Box<str>,
}

/// A user has a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldSkill {
    /// The user, by index.
    pub user: u32,
    /// The skill's developer name.
    pub skill: Box<str>,
    /// How well; none if the records do not tell.
    pub level: Option<f64>,
    /// When the assignment begins; none: it always counted.
    pub from: Option<Timestamp>,
    /// When the assignment ends: at this moment it does not count. None: it does not end.
    pub until: Option<Timestamp>,
    /// Where the record is.
    pub place: Location,
}

impl Records {
    /// True if there are records of the object, though there may be none left that can be used.
    pub const fn has(&self, object: Object) -> bool {
        self.given & object.bit() != 0
    }

    /// True if there are records of the object, and each could be used: what is not among them, the org has not got, as
    /// far as the query went.
    pub const fn is_whole(&self, object: Object) -> bool {
        self.has(object) && self.damaged & object.bit() == 0
    }
}
