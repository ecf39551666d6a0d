//! Who may be offered a queue's work, and what governs them.

use petgraph::Direction;
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashSet;

use super::super::org::Org;
use super::super::{Graph, NodeId};
use crate::records;
use crate::schema::{Kind, Role};
use crate::source::Location;

/// A member of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The user, group or role.
    pub who: NodeId,
    /// By which kind of membership.
    pub role: Role,
    /// Where the queue says so.
    pub location: Location,
}

/// The kinds of membership that a queue knows.
pub const MEMBER_ROLES: [Role; 5] = [
    Role::MemberUser,
    Role::MemberGroup,
    Role::MemberRole,
    Role::MemberRoleAndSubordinates,
    Role::MemberRoleAndInternalSubordinates,
];

/// Why a presence configuration governs someone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It names the user.
    User(Location),
    /// It names the user's profile.
    Profile(Location),
}

/// The presence configuration that governs a user or profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Governing {
    /// This one.
    Config(NodeId, Why),
    /// None that the project names: the profile's, which only records tell for a user, or the org's default.
    Unknown,
}

/// The presence configurations of those who may be offered a queue's work.
#[derive(Clone, Debug)]
pub struct Reach<'g> {
    /// The configurations, in the order of their names.
    pub configs: &'g [NodeId],
    /// True if they are all: every member is a user whom a configuration names, or records make such users of it.
    pub complete: bool,
    /// True if each of them governs a member, and every other member is known to be governed by none of the project: by
    /// the org's default, whose capacity is not known. False if any of the project may govern a member.
    pub settled: bool,
}

/// The presence configurations of a queue's members, as they are kept.
#[derive(Clone, Debug, Default)]
pub(super) struct Configs {
    /// As far as they are known, in the order of their names.
    known: Vec<NodeId>,
    complete: bool,
    settled: bool,
}

/// A user who may be offered a queue's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The user.
    pub user: NodeId,
    /// The member of the queue that the user is, or is in; none if only records have the queue's members.
    pub by: Option<Member>,
}

/// The users who may be offered a queue's work.
#[derive(Clone, Debug, Default)]
pub struct Agents {
    /// Each once, in the order of the members. Those that records know as inactive are left out.
    pub users: Vec<Agent>,
    /// True if they are all: membership decides, and every member is a user or is known from records.
    pub complete: bool,
}

impl Graph {
    /// Who may be offered a queue's work, as long as membership decides.
    pub fn members_of(&self, queue: NodeId) -> Vec<Member> {
        let mut members: Vec<_> = self
            .net
            .edges_directed(queue.in_net(), Direction::Outgoing)
            .filter(|edge| MEMBER_ROLES.contains(&edge.weight().role) && !edge.weight().shadowed)
            .map(|edge| Member {
                who: NodeId::of(edge.target()),
                role: edge.weight().role,
                location: edge.weight().location,
            })
            .collect();
        members.sort_by_key(|member| member.location);
        members
    }

    /// The presence configuration that governs a user: the one that names the user, else, if the profile is known, the
    /// one that names that (Set Up Omni-Channel Developer Guide v56: the user's assignment overrides the profile's).
    /// Where no profile is given, records may tell it.
    pub fn governing(&self, user: Option<NodeId>, profile: Option<NodeId>) -> Governing {
        let by = |node: Option<NodeId>| node.and_then(|node| self.tables.governs.get(node).copied());
        if let Some((config, location)) = by(user) {
            return Governing::Config(config, Why::User(location));
        }
        let profile = profile.or_else(|| self.org()?.profile_of(user?));
        match by(profile) {
            Some((config, location)) => Governing::Config(config, Why::Profile(location)),
            None => Governing::Unknown,
        }
    }

    /// The presence configuration that governs a user, if the project names it.
    pub fn config_governing(&self, user: NodeId) -> Option<NodeId> {
        match self.governing(Some(user), None) {
            Governing::Config(config, _) => Some(config),
            Governing::Unknown => None,
        }
    }

    /// The users who may be offered a queue's work.
    pub fn agents_of(&self, queue: NodeId) -> Agents {
        if self.is_attribute_based(queue) {
            return Agents::default();
        }
        let mut agents = Agents { users: Vec::new(), complete: self.has_members_shown(queue) };
        let mut seen = FxHashSet::default();
        for (by, member) in self.sources_of(queue) {
            let expansion = member.and_then(|member| self.org()?.expansion(self, member));
            match (by, expansion, self.org()) {
                (_, Some(expansion), Some(org)) => {
                    agents.complete &= expansion.complete;
                    let users = expansion.users.iter().map(|&user| Agent { user: org.node(user), by });
                    agents.users.extend(users.filter(|agent| seen.insert(agent.user)));
                }
                (Some(Member { who: user, role: Role::MemberUser, .. }), ..) => {
                    if self.may_work(user) && seen.insert(user) {
                        agents.users.push(Agent { user, by });
                    }
                }
                _ => agents.complete = false,
            }
        }
        agents
    }

    /// True if membership decides over a queue's work, and all its members are in its file as it is deployed.
    fn has_members_shown(&self, queue: NodeId) -> bool {
        let by_skills = self.config_of(queue).is_some_and(|(config, _)| self.may_be_attribute_based(config));
        !by_skills && self.shows_all(queue)
    }

    /// The users who may be offered work as this member of a queue, or in it, as far as they are known.
    pub fn users_of(&self, member: Member) -> Vec<NodeId> {
        let in_org = self.org().and_then(|org| Some((org, org.member(member.who, member.role)?)));
        match in_org.and_then(|(org, of)| Some((org, org.expansion(self, of)?))) {
            Some((org, expansion)) => expansion.users.iter().map(|&user| org.node(user)).collect(),
            None if member.role == Role::MemberUser && self.may_work(member.who) => vec![member.who],
            None => Vec::new(),
        }
    }

    /// The active users whom records know to be in a public group, also through groups and roles in it.
    pub fn users_in(&self, group: NodeId) -> impl Iterator<Item = NodeId> {
        let in_org = self.org().and_then(|org| Some((org, org.member(group, Role::MemberGroup)?)));
        let users = in_org.and_then(|(org, group)| Some((org, org.expansion(self, group)?)));
        users.into_iter().flat_map(|(org, expansion)| expansion.users.iter().map(|&user| org.node(user)))
    }

    /// True if a queue has members who may be offered its work, false if it is known to have none.
    pub fn has_agents(&self, queue: NodeId) -> Option<bool> {
        let mut complete = self.has_members_shown(queue);
        for (by, member) in self.sources_of(queue) {
            match (by, member.and_then(|member| self.org()?.expansion(self, member))) {
                (_, Some(expansion)) if !expansion.users.is_empty() => return Some(true),
                (_, Some(expansion)) => complete &= expansion.complete,
                (Some(Member { who, role: Role::MemberUser, .. }), None) if self.may_work(who) => return Some(true),
                (Some(Member { role: Role::MemberUser, .. }), None) => {}
                _ => complete = false,
            }
        }
        complete.then_some(false)
    }

    /// The members of a queue, each with what it is in the org: those that the queue names; of a queue that names none,
    /// those that records give it.
    fn sources_of(&self, queue: NodeId) -> Vec<(Option<Member>, Option<records::Member>)> {
        let members = self.members_of(queue);
        let Some(org) = self.org() else {
            return members.into_iter().map(|member| (Some(member), None)).collect();
        };
        if members.is_empty() {
            return org.queue(queue).map(|queue| (None, Some(queue))).into_iter().collect();
        }
        members.into_iter().map(|member| (Some(member), org.member(member.who, member.role))).collect()
    }

    /// True if the project or records tell of any member of a queue, or records that it has none. Of a queue without
    /// members in its file nothing is known: they may be kept in the org alone.
    pub fn tells_members(&self, queue: NodeId) -> bool {
        !self.sources_of(queue).is_empty()
    }

    /// False if records know the user as inactive: such a user receives no work.
    fn may_work(&self, user: NodeId) -> bool {
        self.org().and_then(|org| org.is_active(user)) != Some(false)
    }

    /// The presence configurations of those who may be offered a queue's work. Where it is not known of each member what
    /// governs it, and where the routing configuration is attribute-based, so that anyone may be offered the work, they are
    /// all the project has.
    pub fn reach_of(&self, queue: NodeId) -> Reach<'_> {
        match self.configs_of(queue) {
            Some(Configs { known, complete, settled: true }) => {
                Reach { configs: known, complete: *complete, settled: true }
            }
            _ => Reach { configs: &self.tables.presence, complete: false, settled: false },
        }
    }

    /// The presence configurations of those members of a queue of whom they are known, whoever else is a member. None of
    /// them where the routing configuration is attribute-based, so that membership does not count.
    pub fn known_reach_of(&self, queue: NodeId) -> &[NodeId] {
        self.configs_of(queue).map_or(&[], |configs| &configs.known)
    }

    /// The presence configurations of a queue's members. Several checks ask it of every queue, and each queue may have
    /// thousands of members.
    fn configs_of(&self, queue: NodeId) -> Option<&Configs> {
        let all = self.tables.reach.get_or_init(|| {
            let queues = self.nodes_of(Kind::Queue);
            queues
                .map(|queue| {
                    let mut configs = match self.org() {
                        _ if self.is_attribute_based(queue) => Configs::default(),
                        Some(org) => self.configs_by_records(org, queue),
                        None => self.configs_of_members(queue),
                    };
                    configs.complete &= !configs.known.is_empty() && self.has_members_shown(queue);
                    configs.settled &= self.has_members_shown(queue);
                    configs
                })
                .collect()
        });
        self.number_of(queue, Kind::Queue).and_then(|at| all.get(at))
    }

    fn configs_by_records(&self, org: &Org, queue: NodeId) -> Configs {
        let mut configs = FxHashSet::default();
        let sources = self.sources_of(queue);
        // Of a queue without members nothing is known: they may be kept elsewhere. What a broken file would have named
        // is not known either.
        let mut settled = !sources.is_empty() && self.is_whole(Kind::PresenceUserConfig);
        let mut complete = true;
        for (by, member) in sources {
            match (by, member.and_then(|member| org.expansion(self, member))) {
                (_, Some(expansion)) => {
                    complete &= expansion.complete && expansion.governed;
                    settled &= expansion.complete && expansion.placed;
                    configs.extend(&expansion.configs);
                }
                (Some(Member { who, role: Role::MemberUser, .. }), None) => match self.config_governing(who) {
                    _ if !self.may_work(who) => {}
                    Some(config) => {
                        configs.insert(config);
                    }
                    None => {
                        complete = false;
                        settled &= org.profile_of(who).is_some();
                    }
                },
                _ => (complete, settled) = (false, false),
            }
        }
        // A member whom something governs is settled, whatever a broken file says.
        settled |= complete && !configs.is_empty();
        Configs { known: self.by_name(configs.into_iter().collect()), complete, settled }
    }

    /// Without records, users are known whom a configuration names.
    fn configs_of_members(&self, queue: NodeId) -> Configs {
        let mut configs = Vec::new();
        let mut complete = true;
        for edge in self.net.edges_directed(queue.in_net(), Direction::Outgoing).filter(|edge| !edge.weight().shadowed)
        {
            let role = edge.weight().role;
            if role == Role::MemberUser {
                match self.tables.governs.get(NodeId::of(edge.target())) {
                    Some((config, _)) => configs.push(*config),
                    None => complete = false,
                }
            } else if MEMBER_ROLES.contains(&role) {
                complete = false;
            }
        }
        let settled = complete && !configs.is_empty();
        Configs { known: self.by_name(configs), complete, settled }
    }
}
