//! What records tell of an org, by the nodes of the graph.
//!
//! It stands beside the net and not in it: edges are what source says, and many ask for all of them. Without records
//! there is none of this, and nothing is any slower.

use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use rustc_hash::{FxHashMap, FxHashSet};

use super::standard::profile_name;
use super::{Declared, File, Graph, NodeId};
use crate::records::{Below, Group, GroupKind, HeldSkill, Member, Object, Problem, Records};
use crate::schema::{Kind, Role};
use crate::source::{ApiVersion, Location};

/// The first API version whose profiles and permission sets hold presence statuses (Metadata API WSDL 63.0 and 64.0).
const GRANTS_SINCE: ApiVersion = ApiVersion(64);

/// The org, as far as records tell.
#[derive(Clone, Debug)]
pub struct Org {
    records: Arc<Records>,
    users: Vec<OrgUser>,
    user_of: FxHashMap<NodeId, u32>,
    role_of: FxHashMap<NodeId, u32>,
    group_of: FxHashMap<NodeId, u32>,
    queue_of: FxHashMap<NodeId, u32>,
    /// For each role, its active users.
    in_role: Vec<Vec<u32>>,
    /// For each role, the roles right below.
    below: Vec<Vec<u32>>,
    /// What profiles and permission sets say of presence statuses.
    grants: FxHashMap<NodeId, Grants>,
    /// The profiles and permission sets that active users have.
    held: FxHashSet<NodeId>,
    /// True if it is not known which profile some active user has.
    has_other_profiles: bool,
    /// True if what source says of presence statuses could be read, all of it.
    reads_grants: bool,
    /// Who is in each group, and in each role with none, all or the internal ones below: worked out when first asked.
    expansions: Vec<OnceLock<Expansion>>,
}

/// A user with records.
#[derive(Clone, Debug)]
struct OrgUser {
    node: NodeId,
    /// None if it is not known: not told, or by a label that nothing else knows.
    profile: Option<NodeId>,
    /// The permission sets that the project has.
    sets: Vec<NodeId>,
    /// True if there are others.
    has_other_sets: bool,
    skills: Vec<Held>,
}

/// A skill that a user has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// The skill.
    pub skill: NodeId,
    /// How well; none if the records do not tell.
    pub level: Option<f64>,
    /// When it begins; none: it always counted.
    pub from: Option<Timestamp>,
    /// When it ends; none: it does not.
    pub until: Option<Timestamp>,
    /// Where the record is.
    pub location: Location,
}

/// What a profile or permission set says of presence statuses.
#[derive(Clone, Debug, Default)]
struct Grants {
    granted: Vec<NodeId>,
    /// Listed, but not granted.
    refused: Vec<NodeId>,
}

/// Who is in a group or role.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Expansion {
    /// Active users, sorted, each once.
    pub(super) users: Vec<u32>,
    /// True if these are all.
    pub(super) complete: bool,
    /// The presence configurations that govern them, in the order of their nodes.
    pub(super) configs: Vec<NodeId>,
    /// True if one of the project's governs each of them.
    pub(super) governed: bool,
    /// True if it is known of each of them whether one of the project's does, and which.
    pub(super) placed: bool,
}

/// The names in records that become nodes. `has` tells of a name whether something else than records has it.
pub(super) fn names<'r>(records: &'r Records, kind: Kind, has: impl Fn(&str) -> bool) -> Vec<&'r str> {
    match kind {
        Kind::User => records.users.iter().map(|user| &*user.name).collect(),
        Kind::Profile => {
            let labels: FxHashSet<&str> = records.users.iter().filter_map(|user| user.profile.as_deref()).collect();
            // A custom profile is named as it is labelled, and a standard one in another language than English is not:
            // a label that nothing knows may be of either.
            let name = |label: &'r str| if has(label) { Some(label) } else { profile_name(label) };
            let mut names: Vec<&str> = labels.into_iter().filter_map(name).collect();
            names.sort_unstable();
            names
        }
        Kind::Skill => records.skills.iter().map(|held| &*held.skill).collect(),
        _ => Vec::new(),
    }
}

/// What records name, the org has.
pub(super) fn declare(records: &Records, declared: &mut Declared) {
    for group in &records.groups {
        declared.name(if group.kind == GroupKind::Queue { Kind::Queue } else { Kind::Group }, &group.name);
    }
    for name in names(records, Kind::Skill, |_| false) {
        declared.name(Kind::Skill, name);
    }
}

impl Org {
    pub(super) fn of(graph: &Graph, records: &Arc<Records>) -> Self {
        let node = |kind, name: &str| graph.find(kind, name);
        let mut org = Self {
            users: Vec::with_capacity(records.users.len()),
            user_of: FxHashMap::default(),
            role_of: FxHashMap::default(),
            group_of: FxHashMap::default(),
            queue_of: FxHashMap::default(),
            in_role: vec![Vec::new(); records.roles.len()],
            below: vec![Vec::new(); records.roles.len()],
            grants: grants(graph),
            held: FxHashSet::default(),
            has_other_profiles: false,
            reads_grants: graph.api_version >= GRANTS_SINCE
                && graph.is_whole(Kind::Profile)
                && graph.is_whole(Kind::PermissionSet),
            expansions: vec![OnceLock::new(); records.groups.len() + 3 * records.roles.len()],
            records: Arc::clone(records),
        };
        for (index, user) in records.users.iter().enumerate() {
            // Every user of the records is a node.
            let node = node(Kind::User, &user.name).unwrap_or_default();
            let profile = user.profile.as_deref().and_then(|label| {
                graph.find(Kind::Profile, label).or_else(|| graph.find(Kind::Profile, profile_name(label)?))
            });
            org.user_of.insert(node, index as u32);
            org.users.push(OrgUser {
                node,
                profile,
                sets: Vec::new(),
                has_other_sets: user.has_set_group,
                skills: Vec::new(),
            });
            if user.active {
                org.held.extend(profile);
                org.has_other_profiles |= profile.is_none();
            }
            if let Some(role) = user.role.filter(|_| user.active) {
                org.in_role[role as usize].push(index as u32);
            }
        }
        for (index, role) in records.roles.iter().enumerate() {
            if let Some(parent) = role.parent {
                org.below[parent as usize].push(index as u32);
            }
            if let Some(node) = node(Kind::Role, &role.name) {
                org.role_of.insert(node, index as u32);
            }
        }
        for (index, Group { name, kind, .. }) in records.groups.iter().enumerate() {
            let (kind, by_node) = match kind {
                GroupKind::Queue => (Kind::Queue, &mut org.queue_of),
                GroupKind::Public | GroupKind::Unlisted => (Kind::Group, &mut org.group_of),
            };
            if let Some(node) = node(kind, name) {
                by_node.entry(node).or_insert(index as u32);
            }
        }
        for assignment in &records.assignments {
            let user = &mut org.users[assignment.user as usize];
            match node(Kind::PermissionSet, &assignment.set).filter(|&set| !graph.node(set).components.is_empty()) {
                Some(set) => {
                    user.sets.push(set);
                    if records.users[assignment.user as usize].active {
                        org.held.insert(set);
                    }
                }
                None => user.has_other_sets = true,
            }
        }
        for held in &records.skills {
            let Some(skill) = node(Kind::Skill, &held.skill) else { continue };
            let &HeldSkill { level, from, until, place: location, .. } = held;
            org.users[held.user as usize].skills.push(Held { skill, level, from, until, location });
        }
        org
    }

    /// The records themselves.
    pub fn records(&self) -> &Arc<Records> {
        &self.records
    }

    /// What of the records could not be used.
    pub fn problems(&self) -> &[Problem] {
        &self.records.problems
    }

    /// True if there are records of the object.
    pub fn has(&self, object: Object) -> bool {
        self.records.has(object)
    }

    /// True if there are records of the object, and each could be used.
    pub fn is_whole(&self, object: Object) -> bool {
        self.records.is_whole(object)
    }

    pub(super) fn index(&self, user: NodeId) -> Option<u32> {
        self.user_of.get(&user).copied()
    }

    pub(super) fn node(&self, user: u32) -> NodeId {
        self.users[user as usize].node
    }

    /// The users of the records.
    pub fn users(&self) -> impl Iterator<Item = NodeId> {
        self.users.iter().map(|user| user.node)
    }

    /// True if the records say that the user is active, false if not; none if they do not know the user.
    pub fn is_active(&self, user: NodeId) -> Option<bool> {
        self.index(user).map(|user| self.records.users[user as usize].active)
    }

    /// Where a user's record is.
    pub fn place_of(&self, user: NodeId) -> Option<Location> {
        self.index(user).map(|user| self.records.users[user as usize].place)
    }

    /// A user's profile; none if it is not known which of the project's, if any, it is.
    pub fn profile_of(&self, user: NodeId) -> Option<NodeId> {
        self.users[self.index(user)? as usize].profile
    }

    /// The permission sets of the project that a user has.
    pub fn sets_of(&self, user: NodeId) -> &[NodeId] {
        self.index(user).map_or(&[], |user| &self.users[user as usize].sets)
    }

    /// The skills that records give a user, whatever the dates of their assignments.
    pub fn skills_of(&self, user: NodeId) -> &[Held] {
        self.index(user).map_or(&[], |user| &self.users[user as usize].skills)
    }

    /// True if it is known which user has which skill: service resources and their skills could be read, all of them.
    pub fn knows_skills(&self) -> bool {
        self.is_whole(Object::ServiceResource) && self.is_whole(Object::ServiceResourceSkill)
    }

    /// The presence statuses that a user's profile and permission sets grant, as far as the project has them, in the
    /// order of their nodes.
    pub fn statuses_of(&self, user: NodeId) -> Vec<NodeId> {
        let Some(user) = self.index(user).map(|user| &self.users[user as usize]) else { return Vec::new() };
        let by = user.sets.iter().chain(&user.profile).filter_map(|by| self.grants.get(by));
        let mut statuses: Vec<_> = by.flat_map(|grants| &grants.granted).copied().collect();
        statuses.sort_unstable();
        statuses.dedup();
        statuses
    }

    /// Whether a user is granted a presence status; none if that is not known: a profile or permission set of the user is
    /// not in the project, or the profile does not list the status. Profiles are often kept in part.
    pub fn is_granted(&self, user: NodeId, status: NodeId) -> Option<bool> {
        let user = &self.users[self.index(user)? as usize];
        let by = |by: &NodeId| self.grants.get(by).is_some_and(|grants| grants.granted.contains(&status));
        if user.sets.iter().chain(&user.profile).any(by) {
            return Some(true);
        }
        let refuses = |by: &NodeId| self.grants.get(by).is_some_and(|grants| grants.refused.contains(&status));
        let known = self.reads_grants
            && self.records.is_whole(Object::PermissionSetAssignment)
            && !user.has_other_sets
            && user.profile.as_ref().is_some_and(refuses);
        known.then_some(false)
    }

    /// True if no active user has the profile or permission set.
    pub fn is_held_by_nobody(&self, by: NodeId, kind: Kind) -> bool {
        let known = self.records.is_whole(Object::User)
            && (kind != Kind::PermissionSet
                || (self.records.knows_set_groups && !self.records.users.iter().any(|user| user.has_set_group)));
        known && !self.held.contains(&by) && (kind == Kind::PermissionSet || !self.has_other_profiles)
    }

    pub(super) fn member(&self, who: NodeId, role: Role) -> Option<Member> {
        let below = match role {
            Role::MemberUser => return self.index(who).map(Member::User),
            Role::MemberGroup => return self.group_of.get(&who).copied().map(Member::Group),
            Role::MemberRole => Below::None,
            Role::MemberRoleAndSubordinates => Below::All,
            _ => Below::Internal,
        };
        self.role_of.get(&who).map(|&role| Member::Role(role, below))
    }

    /// The queue of that name in the org, as a group.
    pub(super) fn queue(&self, queue: NodeId) -> Option<Member> {
        self.queue_of.get(&queue).copied().map(Member::Group)
    }

    /// Who is in a group or role. None for a user.
    pub(super) fn expansion(&self, graph: &Graph, member: Member) -> Option<&Expansion> {
        let groups = self.records.groups.len();
        let slot = match member {
            Member::User(_) => return None,
            Member::Group(group) => group as usize,
            Member::Role(role, below) => groups + 3 * role as usize + below as usize,
        };
        Some(self.expansions.get(slot)?.get_or_init(|| self.expand(graph, member)))
    }

    /// Goes down through groups and roles, each once: groups can be members of one another in a circle.
    fn expand(&self, graph: &Graph, member: Member) -> Expansion {
        let mut users = FxHashSet::default();
        let mut complete = true;
        let mut seen = FxHashSet::from_iter([member]);
        let mut open = vec![member];
        while let Some(member) = open.pop() {
            match member {
                Member::User(user) => {
                    if self.records.users[user as usize].active {
                        users.insert(user);
                    }
                }
                Member::Group(group) => {
                    let group = &self.records.groups[group as usize];
                    complete &= group.complete;
                    open.extend(group.members.iter().filter(|member| seen.insert(**member)));
                }
                Member::Role(role, below) => {
                    complete &= self.knows(role, below);
                    let own = &self.records.roles[role as usize];
                    if below == Below::Internal && own.external {
                        continue;
                    }
                    users.extend(&self.in_role[role as usize]);
                    if below != Below::None {
                        let members = self.below[role as usize].iter().map(|&role| Member::Role(role, below));
                        open.extend(members.filter(|member| seen.insert(*member)));
                    }
                }
            }
        }
        let mut users: Vec<u32> = users.into_iter().collect();
        users.sort_unstable();
        let mut configs = FxHashSet::default();
        let (mut governed, mut placed) = (true, true);
        for &user in &users {
            if let Some(config) = graph.config_governing(self.node(user)) {
                configs.insert(config);
            } else {
                governed = false;
                placed &= self.users[user as usize].profile.is_some();
            }
        }
        let mut configs: Vec<NodeId> = configs.into_iter().collect();
        configs.sort_unstable();
        Expansion { users, complete, configs, governed, placed }
    }

    /// True if it is known who is in a role, and in the roles below that count.
    fn knows(&self, role: u32, below: Below) -> bool {
        let known = self.records.roles[role as usize].known;
        let hierarchy = if below == Below::None {
            known || !self.records.has(Object::UserRole)
        } else {
            known && self.records.is_whole(Object::UserRole)
        };
        self.records.knows_roles && hierarchy && (below != Below::Internal || self.records.knows_portals)
    }
}

/// What each profile and permission set of the project says of presence statuses.
fn grants(graph: &Graph) -> FxHashMap<NodeId, Grants> {
    let mut grants: FxHashMap<NodeId, Grants> = FxHashMap::default();
    // Of a file that is cut short, what was read last may be half a name.
    let is_read = |place| graph.file_of(place).is_none_or(File::is_readable);
    for (from, to, edge) in graph.edges().filter(|(.., edge)| !edge.shadowed && is_read(edge.location)) {
        match edge.role {
            Role::GrantsStatus => grants.entry(from).or_default().granted.push(to),
            Role::ListsStatus => grants.entry(from).or_default().refused.push(to),
            _ => {}
        }
    }
    grants
}
