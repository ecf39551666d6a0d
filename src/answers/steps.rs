//! The steps from work to a rep, each with its answer.

use super::facts::{code, cost_in_words};
use super::step::{Condition, Holds, Step};
use super::who::Who;
use super::work::{NAMES, Need, Reach, Work, names};
use crate::graph::org::Org;
use crate::graph::reach::{Choice, Cost, Governing, Member, Why};
use crate::graph::{Graph, NodeId};
use crate::metadata::{Component, QueueRoutingConfig};
use crate::plan::Units;
use crate::schema::Role;
use crate::source::Location;
use crate::text::units;

/// Where a sentence sends those who want to know more.
pub(super) const RECORDS: &str = "records of the org, which `omnic.toml` can name, would tell";

/// A rep who is asked about, and how sentences speak of the rep.
pub(super) struct Rep<'w, 'g> {
    pub(super) work: &'w Work<'g>,
    pub(super) agent: NodeId,
    pub(super) who: Who,
    /// It is known already that the rep is a member of the queue, and not asked again.
    pub(super) is_member: bool,
}

impl<'w, 'g> Rep<'w, 'g> {
    /// A rep by name.
    pub(super) fn named(work: &'w Work<'g>, agent: NodeId) -> Self {
        Self { work, agent, who: Who::one(code(work.graph.name(agent))), is_member: false }
    }

    /// Every step of the work and of the rep, in the order in which work takes them. What follows from an answer that is
    /// not there is left out.
    pub(super) fn all(&self) -> Vec<Step> {
        let mut all = self.work.head.clone();
        all.extend(self.active());
        all.extend(self.work.tail.iter().cloned());
        if self.work.is_open {
            all.extend(self.after_active());
        }
        all
    }

    /// The steps that are about the rep.
    pub(super) fn own(&self) -> Vec<Step> {
        let mut own: Vec<Step> = self.active().into_iter().collect();
        if self.work.is_open {
            own.extend(self.after_active().into_iter().filter(|step| step.condition != Condition::Offered));
        }
        own
    }

    fn after_active(&self) -> Vec<Step> {
        let work = self.work;
        let mut steps = Vec::new();
        match &work.reach {
            Reach::Members(queue) if !self.is_member => steps.push(self.member(*queue)),
            Reach::Members(_) | Reach::Skills(_) | Reach::Reps(_) => {}
        }
        steps.extend(work.needs.iter().map(|need| self.need(need)));
        match &work.not_offered {
            Some(step) => steps.push(step.clone()),
            None if work.is_not_carried() => {}
            None => steps.push(self.status()),
        }
        let (governed, presence) = self.governed();
        steps.push(governed);
        steps.push(self.room(presence));
        steps
    }

    const fn graph(&self) -> &'g Graph {
        self.work.graph
    }

    fn name(&self, node: NodeId) -> String {
        code(self.graph().name(node))
    }

    fn active(&self) -> Option<Step> {
        let org = self.graph().org()?;
        let step = |holds, place, text| Step::new(Condition::Active, holds, place, text);
        Some(match org.is_active(self.agent) {
            Some(true) => step(Holds::Yes, org.place_of(self.agent), format!("{} active", self.who.is())),
            Some(false) => {
                let text =
                    format!("{} not active, and {} no work", self.who.is(), self.who.form("receives", "receive"));
                step(Holds::No, org.place_of(self.agent), text)
            }
            None => {
                let noun = self.who.form("the rep ", "");
                step(Holds::Unknown, None, format!("the records of the org do not have {noun}{}", self.who.name()))
            }
        })
    }

    fn member(&self, queue: NodeId) -> Step {
        let (graph, who, name) = (self.graph(), &self.who, self.name(queue));
        let step = |holds, place: Option<Location>, text| Step::new(Condition::Member, holds, place, text);
        let member = who.form("a member", "members");
        let members = graph.members_of(queue);
        if let Some(own) = members.iter().find(|member| member.who == self.agent) {
            return step(Holds::Yes, Some(own.location), format!("{} {member} of the queue {name}", who.is()));
        }
        let agents = graph.agents_of(queue);
        if let Some(found) = agents.users.iter().find(|found| found.user == self.agent) {
            return match found.by {
                Some(by) => {
                    let text = format!("{} {member} of {name} by {}", who.is(), in_words(graph, by));
                    step(Holds::Yes, Some(by.location), text)
                }
                None => step(Holds::Yes, None, format!("{} {member} of {name} in the org", who.is())),
            };
        }
        let place = members.first().map(|member| member.location).or_else(|| file_of(graph, queue));
        // An inactive user is left out everywhere, and is told separately.
        let is_inactive = graph.org().and_then(|org| org.is_active(self.agent)) == Some(false);
        if agents.complete && !is_inactive && !members.is_empty() {
            return step(Holds::No, place, format!("{} not {member} of the queue {name}", who.is()));
        }
        if is_inactive && agents.complete {
            let text = format!("whether {} {member} of {name} is not looked up: only active users count", who.is());
            return step(Holds::Unknown, place, text);
        }
        let Some(groups) = groups_in_words(graph, &members) else {
            return step(Holds::Unknown, place, format!("the queue {name} names no members here: {RECORDS}"));
        };
        let text = format!("{} not named by {name}; who is in {groups} is not known: {RECORDS}", who.is());
        step(Holds::Unknown, place, text)
    }

    /// Whether the rep has a skill that the work needs. What is additional is let go after a while.
    fn need(&self, need: &Need) -> Step {
        let level = need.level.map(|level| format!(" at level {level}")).unwrap_or_default();
        let (holds, held) = self.holds(need.skill, need.level);
        let Need { whose, only, .. } = need;
        let text = format!("{whose} needs the skill {}{level}, {held}", self.name(need.skill));
        let (holds, text) = match self.work.lets_go_after().filter(|_| need.additional && holds != Holds::Yes) {
            Some(seconds) if only.is_none() => {
                (Holds::Yes, format!("{text}; the work can do without it after {seconds} s"))
            }
            _ if need.additional && only.is_some() && holds != Holds::Yes => {
                (Holds::Unknown, format!("{text}; such work can do without it after a while"))
            }
            _ => (holds, text),
        };
        Step { only: only.clone(), ..Step::new(Condition::Skill(need.skill), holds, need.place, text) }
    }

    /// True if it is known that the rep does not meet a need.
    pub(super) fn fails(&self, need: &Need) -> bool {
        self.need(need).holds == Holds::No
    }

    /// True if the rep is offered the work only once it lets additional skills go.
    pub(super) fn waits_for_skills(&self) -> bool {
        let lacks = |need: &Need| self.holds(need.skill, need.level).0 != Holds::Yes;
        self.work.needs.iter().any(|need| need.additional && need.only.is_none() && lacks(need))
    }

    /// Whether the rep has a skill, as the end of a sentence.
    fn holds(&self, skill: NodeId, least: Option<f64>) -> (Holds, String) {
        let (graph, who) = (self.graph(), &self.who);
        let unknown = || (Holds::Unknown, format!("and who has it is not known: {RECORDS}"));
        match graph.has_skill(self.agent, skill) {
            None => unknown(),
            Some(false) => (Holds::No, format!("which {} not have", who.verb("does", "do"))),
            Some(true) => {
                let Some(least) = least else { return (Holds::Yes, format!("which {}", who.has())) };
                match level_of(graph, self.agent, skill) {
                    Some(level) if level >= least => (Holds::Yes, format!("which {} at level {level}", who.has())),
                    Some(level) => (Holds::No, format!("which {} at level {level} only", who.has())),
                    None => (Holds::Unknown, format!("which {} at a level that the records do not tell", who.has())),
                }
            }
        }
    }

    /// Whether the rep may choose a status that offers one of the channels.
    fn status(&self) -> Step {
        let (graph, who, work) = (self.graph(), &self.who, self.work);
        let step = |holds, place: Option<Location>, text| Step::new(Condition::Status, holds, place, text);
        let offered = names(graph, &work.channels);
        let statuses: Vec<NodeId> = work.statuses.iter().map(|(status, _)| *status).collect();
        let such_as = names(graph, &statuses);
        let Some(&(_, place)) = work.statuses.first() else {
            let text = "which presence statuses offer the work's service channel is not known from the project";
            return step(Holds::Unknown, None, text.to_owned());
        };
        let Some(org) = graph.org() else {
            let text = format!(
                "{} a presence status that offers {offered}, such as {such_as}; whether one is granted is not known: {RECORDS}",
                who.verb("needs", "need")
            );
            return step(Holds::Unknown, Some(place), text);
        };
        match graph.choice_of(self.agent, &work.statuses) {
            Choice::Can(status, place) => {
                let (by, status) = (self.granted_by(org, status), self.name(status));
                let text = format!("{by} grants {} the presence status {status}, which offers {offered}", who.name());
                step(Holds::Yes, Some(place), text)
            }
            Choice::Cannot => {
                let text = format!("{} granted no presence status that offers {offered}, such as {such_as}", who.is());
                step(Holds::No, Some(place), text)
            }
            Choice::Unknown => {
                let of = who.form("of the rep", "of theirs");
                let text = format!(
                    "whether {} granted a presence status that offers {offered}, such as {such_as}, is not known: \
                     the project lacks a profile or permission set {of}, or the records do not tell which there are",
                    who.is()
                );
                step(Holds::Unknown, Some(place), text)
            }
        }
    }

    /// What grants a status that the user has.
    fn granted_by(&self, org: &Org, status: NodeId) -> String {
        let grants = |profile: &NodeId| self.graph().grants_of(status).any(|(by, _)| by == *profile);
        let profile = org.profile_of(self.agent).filter(grants);
        profile.map_or_else(|| "a permission set".to_owned(), |profile| format!("the profile {}", self.name(profile)))
    }

    fn governed(&self) -> (Step, Option<NodeId>) {
        let (graph, who) = (self.graph(), self.who.name());
        let step = |holds, place: Option<Location>, text| Step::new(Condition::Governed, holds, place, text);
        match graph.governing(Some(self.agent), None) {
            Governing::Config(config, Why::User(place)) => {
                let text = format!("the presence configuration {} governs {who}, by name", self.name(config));
                (step(Holds::Yes, Some(place), text), Some(config))
            }
            Governing::Config(config, Why::Profile(place)) => {
                let profile = graph.org().and_then(|org| org.profile_of(self.agent));
                let profile = profile.map(|profile| self.name(profile)).unwrap_or_default();
                let text =
                    format!("the presence configuration {} governs {who}, by the profile {profile}", self.name(config));
                (step(Holds::Yes, Some(place), text), Some(config))
            }
            Governing::Unknown => {
                let has_profile = graph.org().and_then(|org| org.profile_of(self.agent)).is_some();
                let text = if has_profile {
                    format!(
                        "no presence configuration of the project governs {who}: the org's default does, whose capacity is not known"
                    )
                } else {
                    format!("no presence configuration names {who}, and the profile is not known: {RECORDS}")
                };
                (step(Holds::Unknown, None, text), None)
            }
        }
    }

    /// Whether an item fits into what the rep has when nothing else is open, or into what the question says is free.
    fn room(&self, presence: Option<NodeId>) -> Step {
        let (graph, work) = (self.graph(), self.work);
        let step = |holds, place: Option<Location>, text| Step::new(Condition::Room, holds, place, text);
        let Some(config) = work.config else {
            return step(Holds::Yes, None, "work without a routing configuration costs nothing".to_owned());
        };
        let Some(cost) = graph.cost_of(config) else {
            let place = graph.get::<QueueRoutingConfig>(config).map(|item| item.component.location());
            return step(Holds::Unknown, place, format!("what an item of {} costs is not known", self.name(config)));
        };
        let (Cost::Units(_, place) | Cost::Percent(_, place)) = cost;
        let words = cost_in_words(cost);
        let capacity = presence.and_then(|presence| graph.capacity_of(presence, work.interruptible));
        if let Some(free) = work.ask.free {
            let is = units(free.as_f64());
            let verb = if free == Units::from_units(1.0) { "is" } else { "are" };
            return match cost.needs(capacity.map(|(capacity, _)| capacity)) {
                Some(needs) if needs <= free => {
                    step(Holds::Yes, Some(place), format!("an item takes {words}, and {is} {verb} free"))
                }
                Some(_) => step(Holds::No, Some(place), format!("an item takes {words}, and only {is} {verb} free")),
                None => {
                    let text = format!("an item takes {words}, and the capacity that this is a part of is not known");
                    step(Holds::Unknown, Some(place), text)
                }
            };
        }
        match (cost, capacity) {
            (_, Some((capacity, _))) if cost.has_room(capacity) => {
                let capacity = units(capacity.into());
                step(Holds::Yes, Some(place), format!("an item takes {words}, and the capacity is {capacity}"))
            }
            (_, Some((capacity, place))) => {
                let capacity = units(capacity.into());
                let text = format!("an item takes {words}, and the capacity is {capacity}: it never fits");
                step(Holds::No, Some(place), text)
            }
            (Cost::Percent(percent, _), None) if percent <= 100.0 => {
                step(Holds::Yes, Some(place), format!("an item takes {words}, so one fits whatever the capacity is"))
            }
            _ => {
                let rep = self.who.form("the rep's", "the reps'");
                step(Holds::Unknown, Some(place), format!("an item takes {words}, and {rep} capacity is not known"))
            }
        }
    }
}

/// The best level at which records give a user a skill.
pub(super) fn level_of(graph: &Graph, user: NodeId, skill: NodeId) -> Option<f64> {
    let held = graph.org()?.skills_of(user).iter().filter(|held| held.skill == skill);
    held.filter_map(|held| held.level).max_by(f64::total_cmp)
}

/// Where a component begins.
pub(super) fn file_of(graph: &Graph, node: NodeId) -> Option<Location> {
    graph.components_of(node).next().map(Component::location)
}

/// A member of a queue that is not a user.
fn in_words(graph: &Graph, by: Member) -> String {
    let name = code(graph.name(by.who));
    match by.role {
        Role::MemberGroup => format!("the public group {name}"),
        Role::MemberRole => format!("the role {name}"),
        Role::MemberRoleAndSubordinates => format!("the role {name} and its subordinates"),
        Role::MemberRoleAndInternalSubordinates => format!("the role {name} and its internal subordinates"),
        _ => name,
    }
}

/// The members of a queue that are groups or roles; none if there are none.
pub(super) fn groups_in_words(graph: &Graph, members: &[Member]) -> Option<String> {
    let groups: Vec<&Member> = members.iter().filter(|member| member.role != Role::MemberUser).collect();
    let words: Vec<String> = groups.iter().take(NAMES).map(|by| in_words(graph, **by)).collect();
    let more = if groups.len() > NAMES { " and others" } else { "" };
    (!words.is_empty()).then(|| format!("{}{more}", words.join(", ")))
}
