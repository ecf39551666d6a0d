//! To whom a queue's work is offered, and to whom it is known not to be.
//!
//! What stops all of it is a [`Barrier`]; what keeps it from one user a [`Refusal`]. Each step is a question of its own,
//! for those who tell them one by one.

use rustc_hash::FxHashMap;

use super::super::{Graph, NodeId, standard_channel};
use super::{Agent, Cost};
use crate::metadata::{OmniChannelSettings, QueueRoutingConfig};
use crate::schema::{Kind, Role};
use crate::source::Location;

/// Why a queue's work is offered to nobody, whoever its members are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// The project's settings switch Omni-Channel off, here.
    SwitchedOff(Location),
    /// The queue holds no object.
    HoldsNothing,
    /// No service channel carries the queue's object.
    NotCarried(NodeId),
    /// No presence status offers the service channels.
    NotOffered(Vec<NodeId>),
}

/// Why a queue's work is not offered to a user who is a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The user is granted no presence status that offers the work's service channel.
    NotGranted,
    /// An item costs more than the user's capacity, which is this.
    NoRoom(i32),
}

/// Whether a queue's work is offered to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offered {
    /// Everything is known, and nothing is against it.
    Yes,
    /// Nothing is known to be against it.
    Unknown,
    /// It is not.
    No(Refusal),
}

/// What carries the objects that a queue holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// These service channels, which the project has or names.
    By(Vec<NodeId>),
    /// One that every org has, and that nothing here names.
    ByStandard(&'static str),
    /// None, if that is `known`; the first of the objects, and where it is named.
    Not {
        /// The object.
        object: NodeId,
        /// Where the queue names it.
        place: Location,
        /// False if the project has no service channel, or if it is not known of each what it carries.
        known: bool,
    },
    /// The queue holds no object.
    Nothing,
}

/// Whether a user can choose one of several presence statuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// This one.
    Can(NodeId, Location),
    /// None of them.
    Cannot,
    /// The project or the records do not tell.
    Unknown,
}

/// To whom a queue's work is offered, as far as it is known. Where skills decide, no users are listed.
#[derive(Clone, Debug, Default)]
pub struct Offers {
    /// What stops all of it.
    pub barrier: Option<Barrier>,
    /// Members to whom nothing is known to be against it.
    pub users: Vec<Agent>,
    /// Members who are known not to be offered it.
    pub refused: Vec<(Agent, Refusal)>,
    /// True if all members are known.
    pub complete: bool,
    /// True if it is known of each of `users` that the work is offered.
    pub certain: bool,
}

impl Graph {
    /// Where the project's settings switch Omni-Channel off.
    pub fn switched_off(&self) -> Option<Location> {
        let settings = self.all::<OmniChannelSettings>().next()?;
        let off = &settings.value.enable_omni_channel;
        off.span().filter(|_| off.is_false()).map(|span| settings.component.at(span))
    }

    /// What carries the objects of a queue.
    pub fn carried(&self, queue: NodeId) -> Carried {
        let objects: Vec<(NodeId, Location)> = self.objects_of(queue).collect();
        self.carried_among(&objects)
    }

    /// What carries some objects of a queue, each with the place where the queue names it.
    pub fn carried_among(&self, objects: &[(NodeId, Location)]) -> Carried {
        let Some(&(object, place)) = objects.first() else { return Carried::Nothing };
        let channels: Vec<NodeId> = objects.iter().flat_map(|(object, _)| self.known_channels_for(*object)).collect();
        if !channels.is_empty() {
            return Carried::By(channels);
        }
        if let Some(standard) = objects.iter().find_map(|(object, _)| standard_channel(self.name(*object))) {
            return Carried::ByStandard(standard);
        }
        let known = self.defines(Kind::ServiceChannel) && self.is_whole(Kind::ServiceChannel);
        Carried::Not { object, place, known: known && self.knows_channels() }
    }

    /// The presence statuses that offer one of several service channels, in the order of their names.
    pub fn statuses_for(&self, channels: &[NodeId]) -> Vec<(NodeId, Location)> {
        let mut statuses: Vec<(NodeId, Location)> =
            channels.iter().flat_map(|&channel| self.statuses_of(channel)).collect();
        statuses.sort_by(|a, b| (self.name(a.0), a.1).cmp(&(self.name(b.0), b.1)));
        statuses.dedup_by_key(|(status, _)| *status);
        statuses
    }

    /// True if what no presence status of the project says, none says.
    pub fn knows_statuses(&self) -> bool {
        self.defines(Kind::ServicePresenceStatus) && self.is_whole(Kind::ServicePresenceStatus)
    }

    /// Whether a user can choose one of these presence statuses. Without records it is not known.
    pub fn choice_of(&self, user: NodeId, statuses: &[(NodeId, Location)]) -> Choice {
        let Some(org) = self.org() else { return Choice::Unknown };
        let mut all_refused = true;
        for &(status, place) in statuses {
            match org.is_granted(user, status) {
                Some(true) => return Choice::Can(status, place),
                Some(false) => {}
                None => all_refused = false,
            }
        }
        if all_refused { Choice::Cannot } else { Choice::Unknown }
    }

    /// Whether a user has a skill, at whatever level; none if neither records nor the skill's own assignments tell.
    pub fn has_skill(&self, user: NodeId, skill: NodeId) -> Option<bool> {
        let profile = self.org().and_then(|org| org.profile_of(user));
        let in_records = || self.org().is_some_and(|org| org.skills_of(user).iter().any(|held| held.skill == skill));
        let has_profile = |(by, _): (NodeId, Location)| Some(by) == profile;
        if in_records()
            || self.targets(skill, Role::SkillUser).any(|(by, _)| by == user)
            || self.targets(skill, Role::SkillProfile).any(has_profile)
        {
            return Some(true);
        }
        // A profile that has the skill may be the user's.
        let may_be_by_profile = profile.is_none() && self.targets(skill, Role::SkillProfile).next().is_some();
        (self.org()?.knows_skills() && !may_be_by_profile).then_some(false)
    }

    /// To whom a routed queue's work is offered. Of one whose routing configuration the project does not have, or that a
    /// partner's system routes, more than a switch that is off is not known.
    pub fn offers_of(&self, queue: NodeId) -> Offers {
        let mut offers = Offers { barrier: self.switched_off().map(Barrier::SwitchedOff), ..Offers::default() };
        let config = self.config_of(queue).map(|(config, _)| config);
        let Some(config) = config.filter(|&config| {
            offers.barrier.is_none() && self.get::<QueueRoutingConfig>(config).is_some() && !self.is_external(config)
        }) else {
            return offers;
        };
        let mut work = Work { graph: self, statuses: None, room: None, known: FxHashMap::default() };
        match self.carried(queue) {
            Carried::By(channels) => {
                let statuses = self.statuses_for(&channels);
                if statuses.is_empty() && self.knows_statuses() {
                    offers.barrier = Some(Barrier::NotOffered(channels));
                }
                work.statuses = (!statuses.is_empty()).then_some(statuses);
            }
            Carried::Not { object, known: true, .. } => offers.barrier = Some(Barrier::NotCarried(object)),
            Carried::Nothing => offers.barrier = Some(Barrier::HoldsNothing),
            Carried::ByStandard(_) | Carried::Not { .. } => {}
        }
        if offers.barrier.is_some() || self.is_attribute_based(queue) {
            return offers;
        }
        work.room = self.cost_of(config).map(|cost| (cost, self.is_queue_interruptible(config, queue)));
        let agents = self.agents_of(queue);
        (offers.complete, offers.certain) = (agents.complete, true);
        for agent in agents.users {
            match work.offered(agent.user) {
                Offered::No(refusal) => offers.refused.push((agent, refusal)),
                answer => {
                    offers.certain &= answer == Offered::Yes;
                    offers.users.push(agent);
                }
            }
        }
        offers
    }
}

/// What a queue's work asks of those who are to take it.
struct Work<'g> {
    graph: &'g Graph,
    /// The presence statuses in which reps get it; none if they are not known.
    statuses: Option<Vec<(NodeId, Location)>>,
    /// What an item costs, and whether that is charged to the interruptible capacity.
    room: Option<(Cost, Option<bool>)>,
    /// Whether an item fits, by presence configuration: a queue can have thousands of members under few of them.
    known: FxHashMap<Option<NodeId>, Offered>,
}

impl Work<'_> {
    fn offered(&mut self, user: NodeId) -> Offered {
        let graph = self.graph;
        let mut certain = graph.org().and_then(|org| org.is_active(user)) == Some(true);
        match self.statuses.as_ref().map_or(Choice::Unknown, |statuses| graph.choice_of(user, statuses)) {
            Choice::Can(..) => {}
            Choice::Cannot => return Offered::No(Refusal::NotGranted),
            Choice::Unknown => certain = false,
        }
        let presence = graph.config_governing(user);
        let room = self.room;
        match *self.known.entry(presence).or_insert_with(|| has_room(graph, room, presence)) {
            Offered::Yes if certain => Offered::Yes,
            Offered::Yes | Offered::Unknown => Offered::Unknown,
            no @ Offered::No(_) => no,
        }
    }
}

/// Whether an item fits into what a presence configuration allows.
fn has_room(graph: &Graph, room: Option<(Cost, Option<bool>)>, presence: Option<NodeId>) -> Offered {
    let Some((cost, interruptible)) = room else { return Offered::Unknown };
    match presence.and_then(|presence| graph.capacity_of(presence, interruptible)) {
        Some((capacity, _)) if cost.has_room(capacity) => Offered::Yes,
        Some((capacity, _)) => Offered::No(Refusal::NoRoom(capacity)),
        None if matches!(cost, Cost::Percent(percent, _) if percent <= 100.0) => Offered::Yes,
        None => Offered::Unknown,
    }
}
