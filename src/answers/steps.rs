//! The steps from a queue's work to a rep, each with its answer.

use super::facts::{code, cost_in_words};
use super::offered::{SWITCHED_OFF, not_carried, not_offered};
use super::step::{Holds, Step};
use crate::graph::org::Org;
use crate::graph::reach::{Carried, Choice, Cost, Governing, Member, Why};
use crate::graph::{Graph, NodeId};
use crate::metadata::{Component, QueueRoutingConfig};
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{list, units};

/// How many names a sentence lists.
const NAMES: usize = 5;
/// Where a sentence sends those who want to know more.
const RECORDS: &str = "records of the org, which `omnic.toml` can name, would tell";

/// Who asks about what.
#[derive(Clone, Copy)]
pub(super) struct Answers<'g> {
    pub(super) graph: &'g Graph,
    pub(super) queue: NodeId,
    pub(super) agent: NodeId,
}

fn step(holds: Holds, place: Option<Location>, text: impl Into<String>) -> Step {
    Step { holds, text: text.into(), place, for_some: false }
}

fn yes(place: impl Into<Option<Location>>, text: impl Into<String>) -> Step {
    step(Holds::Yes, place.into(), text)
}

fn no(place: impl Into<Option<Location>>, text: impl Into<String>) -> Step {
    step(Holds::No, place.into(), text)
}

fn unknown(place: impl Into<Option<Location>>, text: impl Into<String>) -> Step {
    step(Holds::Unknown, place.into(), text)
}

impl Answers<'_> {
    /// Every step, in the order in which work takes them. What follows from an answer that is not there is left out.
    pub(super) fn all(self) -> Vec<Step> {
        let mut all: Vec<Step> = self.switched_on().into_iter().collect();
        let (routed, config) = self.routed();
        all.push(routed);
        all.extend(self.active());
        let Some(config) = config else { return all };
        all.push(self.model(config));
        if self.graph.is_external(config) {
            return all;
        }
        let (carried, channels) = self.carried();
        all.push(carried);
        if self.graph.is_attribute_based(self.queue) {
            all.extend(self.skills(config));
        } else {
            all.push(self.member());
            all.extend(self.required_skills(config));
        }
        if !channels.is_empty() {
            all.push(self.status(&channels));
        }
        let (governed, presence) = self.governed();
        all.push(governed);
        all.push(self.room(config, presence));
        all
    }

    fn name(self, node: NodeId) -> String {
        code(self.graph.name(node))
    }

    fn names(self, nodes: impl IntoIterator<Item = NodeId>) -> String {
        let mut names: Vec<&str> = nodes.into_iter().map(|node| self.graph.name(node)).collect();
        names.dedup();
        list(names, NAMES)
    }

    /// Said only if it is off: nobody doubts it otherwise.
    fn switched_on(self) -> Option<Step> {
        let place = self.graph.switched_off()?;
        Some(no(place, SWITCHED_OFF))
    }

    fn routed(self) -> (Step, Option<NodeId>) {
        let (graph, queue) = (self.graph, self.name(self.queue));
        if let Some((config, place)) = graph.config_of(self.queue) {
            return (yes(place, format!("the queue {queue} is routed by {}", self.name(config))), Some(config));
        }
        let Some(component) = graph.components_of(self.queue).next() else {
            let text =
                format!("the queue {queue} is not among the project's, so its routing is not known: retrieve it");
            return (unknown(None, text), None);
        };
        let place = component.location();
        if graph.may_hold(component, &["queueRoutingConfig"]) {
            let text = format!("the file of the queue {queue} cannot be read to its end, so its routing is not known");
            return (unknown(place, text), None);
        }
        let text = format!("the queue {queue} has no routing configuration, so Omni-Channel does not push its work");
        (no(place, text), None)
    }

    fn active(self) -> Option<Step> {
        let org = self.graph.org()?;
        let agent = self.name(self.agent);
        Some(match org.is_active(self.agent) {
            Some(true) => yes(org.place_of(self.agent), format!("{agent} is active")),
            Some(false) => no(org.place_of(self.agent), format!("{agent} is not active, and receives no work")),
            None => unknown(None, format!("the records of the org do not have the rep {agent}")),
        })
    }

    fn model(self, config: NodeId) -> Step {
        let name = self.name(config);
        let Some(item) = self.graph.get::<QueueRoutingConfig>(config) else {
            let text = format!("the routing configuration {name} is not among the project's: retrieve it");
            return unknown(None, text);
        };
        let Some(model) = item.value.routing_model.spanned() else {
            return unknown(item.component.location(), format!("the routing model of {name} cannot be read"));
        };
        let place = item.component.at(model.span);
        if self.graph.is_external(config) {
            let text =
                format!("{name} routes by `EXTERNAL_ROUTING`: a partner's system decides who is offered the work");
            return unknown(place, text);
        }
        let by =
            if item.value.is_attribute_based.is_true() { "among reps with the skills" } else { "among the members" };
        yes(place, format!("Omni-Channel chooses {by}, by `{}`", model.value.as_str()))
    }

    /// Whether the queue's work is on a service channel, and on which the project knows.
    fn carried(self) -> (Step, Vec<NodeId>) {
        let (graph, queue) = (self.graph, self.name(self.queue));
        let objects: Vec<(NodeId, Location)> = graph.objects_of(self.queue).collect();
        let place = objects.first().map(|(_, place)| *place);
        let all = self.names(objects.iter().map(|(object, _)| *object));
        let missing = |object| not_carried(&self.name(object));
        match graph.carried(self.queue) {
            Carried::Nothing => {
                let place = graph.components_of(self.queue).next().map(Component::location);
                (no(place, format!("the queue {queue} holds no object, so no work comes into it")), Vec::new())
            }
            Carried::By(channels) => {
                let text = format!("the queue holds {all}, on {}", self.names(channels.iter().copied()));
                (yes(place, text), channels)
            }
            Carried::ByStandard(standard) => {
                (yes(place, format!("the queue holds {all}, on `{standard}`, which every org has")), Vec::new())
            }
            Carried::Not { object, known: true, .. } => {
                (no(place, format!("{}, so Omni-Channel does not route it", missing(object))), Vec::new())
            }
            Carried::Not { object, .. } => {
                let why = if graph.defines(Kind::ServiceChannel) {
                    "of some it is not known what they carry"
                } else {
                    "it has none, but the org may have one"
                };
                (unknown(place, format!("{}; {why}", missing(object))), Vec::new())
            }
        }
    }

    fn member(self) -> Step {
        let (graph, queue, agent) = (self.graph, self.name(self.queue), self.name(self.agent));
        let members = graph.members_of(self.queue);
        if let Some(own) = members.iter().find(|member| member.who == self.agent) {
            return yes(own.location, format!("{agent} is a member of the queue {queue}"));
        }
        let agents = graph.agents_of(self.queue);
        if let Some(found) = agents.users.iter().find(|found| found.user == self.agent) {
            return match found.by {
                Some(by) => yes(by.location, format!("{agent} is a member of {queue} by {}", self.in_words(by))),
                None => yes(None, format!("{agent} is a member of {queue} in the org")),
            };
        }
        let place = members
            .first()
            .map(|member| member.location)
            .or_else(|| graph.components_of(self.queue).next().map(Component::location));
        // An inactive user is left out everywhere, and is told by itself.
        let is_inactive = graph.org().and_then(|org| org.is_active(self.agent)) == Some(false);
        if agents.complete && !is_inactive && !members.is_empty() {
            return no(place, format!("{agent} is no member of the queue {queue}"));
        }
        let groups: Vec<Member> = members.into_iter().filter(|member| member.role != Role::MemberUser).collect();
        if groups.is_empty() {
            return unknown(place, format!("the queue {queue} names no members here: {RECORDS}"));
        }
        let words: Vec<String> = groups.iter().take(NAMES).map(|&by| self.in_words(by)).collect();
        let more = if groups.len() > NAMES { " and others" } else { "" };
        let text =
            format!("{agent} is not named by {queue}; who is in {}{more} is not known: {RECORDS}", words.join(", "));
        unknown(place, text)
    }

    fn in_words(self, by: Member) -> String {
        let name = self.name(by.who);
        match by.role {
            Role::MemberGroup => format!("the public group {name}"),
            Role::MemberRole => format!("the role {name}"),
            Role::MemberRoleAndSubordinates => format!("the role {name} and its subordinates"),
            Role::MemberRoleAndInternalSubordinates => format!("the role {name} and its internal subordinates"),
            _ => name,
        }
    }

    /// Attribute-based: skills decide, and membership does not.
    fn skills(self, config: NodeId) -> Vec<Step> {
        let graph = self.graph;
        let mut steps = self.required_skills(config);
        for (object, _) in graph.objects_of(self.queue) {
            for need in graph.skills_for(object).into_iter().filter(|need| need.active) {
                let value = need.value.map(|value| format!(" is {}", code(value))).unwrap_or_default();
                let when = format!("work whose {}{value}", code(need.field));
                let (holds, held) = self.holds(need.skill, need.level);
                let text = format!("{when} needs {}, {held}", self.at_level(need.skill, need.level));
                // Other work may not need it, and what is additional is dropped after a while.
                let (holds, text) = if need.additional && holds != Holds::Yes {
                    (Holds::Unknown, format!("{text}; such work can do without it after a while"))
                } else {
                    (holds, text)
                };
                steps.push(Step { for_some: true, ..step(holds, Some(need.location), text) });
            }
        }
        if steps.is_empty() {
            let place = graph.get::<QueueRoutingConfig>(config).map(|item| item.component.location());
            let text = "skills decide, and no skill mapping set of the project says which: a flow may";
            steps.push(unknown(place, text));
        }
        steps
    }

    /// The skills that all work of a routing configuration needs.
    fn required_skills(self, config: NodeId) -> Vec<Step> {
        let name = self.name(config);
        let skills = self.graph.targets(config, Role::RequiresSkill);
        skills
            .map(|(skill, place)| {
                let (holds, held) = self.holds(skill, None);
                step(holds, Some(place), format!("all work of {name} needs the skill {}, {held}", self.name(skill)))
            })
            .collect()
    }

    fn at_level(self, skill: NodeId, level: Option<i32>) -> String {
        let level = level.map(|level| format!(" at level {level}")).unwrap_or_default();
        format!("the skill {}{level}", self.name(skill))
    }

    fn holds(self, skill: NodeId, least: Option<i32>) -> (Holds, String) {
        let agent = self.name(self.agent);
        let Some(org) = self.graph.org() else {
            return (Holds::Unknown, format!("and who has it is not known: {RECORDS}"));
        };
        let held = org.skills_of(self.agent).iter().find(|held| held.skill == skill);
        match (held, least) {
            (Some(held), Some(least)) => match held.level {
                Some(level) if level >= f64::from(least) => (Holds::Yes, format!("which {agent} has at level {level}")),
                Some(level) => (Holds::No, format!("which {agent} has at level {level} only")),
                None => (Holds::Unknown, format!("which {agent} has at a level that the records do not tell")),
            },
            (Some(_), None) => (Holds::Yes, format!("which {agent} has")),
            (None, _) if self.graph.has_skill(self.agent, skill) == Some(false) => {
                (Holds::No, format!("which {agent} does not have"))
            }
            (None, _) => (Holds::Unknown, format!("and who has it is not known: {RECORDS}")),
        }
    }

    /// Whether the rep may choose a status that offers one of the channels.
    fn status(self, channels: &[NodeId]) -> Step {
        let (graph, agent) = (self.graph, self.name(self.agent));
        let offered = self.names(channels.iter().copied());
        let statuses = graph.statuses_for(channels);
        let names = self.names(statuses.iter().map(|(status, _)| *status));
        let Some(&(_, place)) = statuses.first() else {
            let text = not_offered(&offered);
            return if graph.knows_statuses() {
                no(None, text)
            } else {
                unknown(None, format!("{text}: the org may have one"))
            };
        };
        let Some(org) = graph.org() else {
            return unknown(
                place,
                format!(
                    "{agent} needs a presence status that offers {offered}, such as {names}; whether one is granted is not known: {RECORDS}"
                ),
            );
        };
        match graph.choice_of(self.agent, &statuses) {
            Choice::Can(status, place) => {
                let (by, status) = (self.granted_by(org, status), self.name(status));
                yes(place, format!("{by} grants {agent} the presence status {status}, which offers {offered}"))
            }
            Choice::Cannot => {
                no(place, format!("{agent} is granted no presence status that offers {offered}, such as {names}"))
            }
            Choice::Unknown => unknown(
                place,
                format!(
                    "whether {agent} is granted a presence status that offers {offered}, such as {names}, is not known: \
                     the project lacks a profile or permission set of the rep, or the records do not tell which there are"
                ),
            ),
        }
    }

    /// What grants a status that the user has.
    fn granted_by(self, org: &Org, status: NodeId) -> String {
        let grants = |profile: &NodeId| self.graph.grants_of(status).any(|(by, _)| by == *profile);
        let profile = org.profile_of(self.agent).filter(grants);
        profile.map_or_else(|| "a permission set".to_owned(), |profile| format!("the profile {}", self.name(profile)))
    }

    fn governed(self) -> (Step, Option<NodeId>) {
        let (graph, agent) = (self.graph, self.name(self.agent));
        match graph.governing(Some(self.agent), None) {
            Governing::Config(config, Why::User(place)) => {
                let text = format!("the presence configuration {} governs {agent}, by name", self.name(config));
                (yes(place, text), Some(config))
            }
            Governing::Config(config, Why::Profile(place)) => {
                let profile = graph.org().and_then(|org| org.profile_of(self.agent));
                let profile = profile.map(|profile| self.name(profile)).unwrap_or_default();
                let text = format!(
                    "the presence configuration {} governs {agent}, by the profile {profile}",
                    self.name(config)
                );
                (yes(place, text), Some(config))
            }
            Governing::Unknown => {
                let has_profile = graph.org().and_then(|org| org.profile_of(self.agent)).is_some();
                let text = if has_profile {
                    format!(
                        "no presence configuration of the project governs {agent}: the org's default does, whose capacity is not known"
                    )
                } else {
                    format!("no presence configuration names {agent}, and the profile is not known: {RECORDS}")
                };
                (unknown(None, text), None)
            }
        }
    }

    /// Whether an item fits into what the rep has when nothing else is open.
    fn room(self, config: NodeId, presence: Option<NodeId>) -> Step {
        let (graph, name) = (self.graph, self.name(config));
        let Some(cost) = graph.cost_of(config) else {
            let place = graph.get::<QueueRoutingConfig>(config).map(|item| item.component.location());
            return unknown(place, format!("what an item of {name} costs is not known"));
        };
        let (Cost::Units(_, place) | Cost::Percent(_, place)) = cost;
        let words = cost_in_words(cost);
        let interruptible = graph.is_queue_interruptible(config, self.queue);
        let capacity = presence.and_then(|presence| graph.capacity_of(presence, interruptible));
        match (cost, capacity) {
            (_, Some((capacity, _))) if cost.has_room(capacity) => {
                let capacity = units(capacity.into());
                yes(place, format!("an item takes {words}, and the capacity is {capacity}"))
            }
            (_, Some((capacity, place))) => {
                let capacity = units(capacity.into());
                no(place, format!("an item takes {words}, and the capacity is {capacity}: it never fits"))
            }
            (Cost::Percent(percent, _), None) if percent <= 100.0 => {
                yes(place, format!("an item takes {words}, so one fits whatever the capacity is"))
            }
            _ => unknown(place, format!("an item takes {words}, and the rep's capacity is not known")),
        }
    }
}
