//! The effective picture: how work of a queue, or of a routing configuration, is really routed.

use super::facts::{cost_in_words, members};
use super::numbers::{Fit, duration, fits_of};
use super::offered;
use crate::graph::reach::{Barrier, Cost, Offers};
use crate::graph::{Graph, NodeId, standard_channel};
use crate::metadata::{CapacityType, QueueRoutingConfig, RoutingModel};
use crate::schema::{self, Kind, Role};
use crate::source::Location;
use crate::text::{count, list};

/// How many names a line lists.
const NAMES: usize = 5;

/// A routing configuration, and the queue that it is looked at for; without one, all that it routes.
#[derive(Clone, Copy)]
struct Picture<'g> {
    graph: &'g Graph,
    config: NodeId,
    value: &'g QueueRoutingConfig,
    queue: Option<NodeId>,
}

/// How the work of a routing configuration is routed: that of one queue, or of all that it routes. Empty if the project
/// does not define it.
pub fn lines(graph: &Graph, config: NodeId, queue: Option<NodeId>) -> Vec<String> {
    let Some(item) = graph.get::<QueueRoutingConfig>(config) else { return Vec::new() };
    let picture = Picture { graph, config, value: item.value, queue };
    let mut lines = vec![picture.model()];
    lines.extend(item.value.routing_priority.get().map(|number| format!("Priority {number}; lower numbers go first")));
    lines.push(picture.cost());
    lines.extend(picture.paused());
    match queue {
        Some(queue) => lines.extend(picture.offers(queue)),
        None => lines.push(picture.queues()),
    }
    lines.extend(picture.fits());
    lines.extend(picture.skills());
    lines.extend(picture.timeout());
    let overflow: Vec<&str> = graph.overflow_of(config).map(|(node, _)| graph.name(node)).collect();
    if !overflow.is_empty() {
        lines.push(format!("Work beyond Omni-Channel's limits goes to {}", list(overflow, NAMES)));
    }
    lines
}

impl Picture<'_> {
    fn is_external(&self) -> bool {
        self.value.routing_model.get() == Some(&RoutingModel::ExternalRouting)
    }

    fn model(&self) -> String {
        let known = schema::get(Kind::QueueRoutingConfig).and_then(|schema| schema.enums.get("RoutingModel"));
        let Some(model) = self.value.routing_model.get() else {
            let all = known.map(|known| known.values.keys().map(|value| format!("`{value}`")).collect::<Vec<_>>());
            return match all.as_deref() {
                Some([most @ .., last]) if !self.value.routing_model.is_missing() => {
                    format!("The routing model is none of {} and {last}", most.join(", "))
                }
                _ => "No routing model is given".to_owned(),
            };
        };
        let words = known.and_then(|known| known.values.get(model.as_str())).map_or("", |value| &value.description);
        format!("Model `{}`: {}", model.as_str(), lower(words.trim_end_matches('.')))
    }

    fn cost(&self) -> String {
        let value = self.value;
        match self.graph.cost_of(self.config) {
            Some(cost) => format!("An item costs {}, {}", cost_in_words(cost), self.charged()),
            None if value.capacity_weight.is_missing() && value.capacity_percentage.is_missing() => {
                "What an item costs is not given".to_owned()
            }
            None if value.capacity_weight.get().is_some() && value.capacity_percentage.get().is_some() => {
                "The cost is given twice, as `capacityWeight` and as `capacityPercentage`; which counts is not documented"
                    .to_owned()
            }
            None => "What an item costs cannot be read".to_owned(),
        }
    }

    /// Whether the interruptible capacity is charged. Without a queue, only if it is the same for all.
    fn interruptible(&self) -> Option<bool> {
        if let Some(queue) = self.queue {
            return self.graph.is_queue_interruptible(self.config, queue);
        }
        let mut answers =
            self.graph.queues_of(self.config).map(|(queue, _)| self.graph.is_queue_interruptible(self.config, queue));
        let first = answers.next()??;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }

    fn charged(&self) -> String {
        let says = match self.value.capacity_type.get() {
            Some(CapacityType::Interruptible | CapacityType::NotInterruptible) => "",
            Some(CapacityType::Inherited) | None => ", as the service channel says",
        };
        match self.interruptible() {
            Some(true) => format!("charged to the interruptible capacity{says}"),
            Some(false) => format!("charged to the primary capacity{says}"),
            None if self.queue.is_none() && self.graph.queues_of(self.config).next().is_none() => {
                "charged to the capacity that the service channel says".to_owned()
            }
            None => {
                "charged to the capacity that the service channel says, which is not known from the project".to_owned()
            }
        }
    }

    fn paused(&self) -> Option<String> {
        let words = match (self.value.paused_capacity_weight.get(), self.value.paused_capacity_percentage.get()) {
            (Some(&units), None) => cost_in_words(Cost::Units(units, Location::default())),
            (None, Some(&percent)) => cost_in_words(Cost::Percent(percent, Location::default())),
            _ => return None,
        };
        Some(format!("A paused item costs {words}, in the status-based capacity model"))
    }

    fn queues(&self) -> String {
        let queues: Vec<&str> = self.graph.queues_of(self.config).map(|(queue, _)| self.graph.name(queue)).collect();
        if queues.is_empty() {
            "It routes no queue of the project".to_owned()
        } else {
            format!("Routes {}", list(queues, NAMES))
        }
    }

    /// Who may be offered a queue's work, and in which presence statuses.
    fn offers(&self, queue: NodeId) -> Vec<String> {
        let graph = self.graph;
        let own = graph.members_of(queue);
        let members = members(&own).map(|members| format!(" (members: {members})")).unwrap_or_default();
        let offers = graph.offers_of(queue);
        if let Some(barrier) = &offers.barrier {
            let mut lines = vec![format!("Offered to nobody{members}: {}", offered::barrier(graph, barrier))];
            // The others say why by their own lines.
            if matches!(barrier, Barrier::SwitchedOff(_)) {
                lines.extend(self.statuses(queue));
            }
            return lines;
        }
        let mut lines = vec![if self.is_external() {
            "Offered to the rep whom the partner's system chooses; it may skip the capacity check".to_owned()
        } else if self.value.is_attribute_based.is_true() {
            "Offered to the reps with the skills, whether they are members of the queue or not; work that needs no \
             skill, to any rep"
                .to_owned()
        } else {
            self.agents(&offers, own.is_empty(), &members)
        }];
        lines.extend(self.statuses(queue));
        if graph.is_queue_accepted_unasked(queue) {
            lines.push("Offers are accepted by themselves, as the service channel says".to_owned());
        }
        lines
    }

    fn agents(&self, offers: &Offers, names_none: bool, members: &str) -> String {
        let graph = self.graph;
        let Offers { users, refused, complete, .. } = offers;
        let who = list(users.iter().map(|agent| graph.name(agent.user)), NAMES);
        let others = match graph.org() {
            _ if *complete => "",
            Some(_) => "; who else is in its groups and roles is not in the records",
            None => "; who is in its groups and roles is known only with records",
        };
        let not = offered::refusals(refused);
        let known = if *complete { "rep" } else { "known rep" };
        match (users.len(), refused.len()) {
            (0, 0) if names_none => "The queue names no members".to_owned(),
            (0, 0) if *complete => format!("Offered to nobody: none of its members is an active user{members}"),
            (0, 0) => format!("Offered to its members{members}{others}"),
            (0, _) if *complete => format!("Offered to nobody{members}: {not}"),
            (0, number) => format!("Not offered to {}{members}: {not}{others}", count(number, known)),
            (number, 0) => format!("Offered to {}{members}: {who}{others}", count(number, known)),
            (number, _) => format!("Offered to {}{members}: {who}; not to others: {not}{others}", count(number, known)),
        }
    }

    fn statuses(&self, queue: NodeId) -> Vec<String> {
        let graph = self.graph;
        let mut lines = Vec::new();
        for (object, _) in graph.objects_of(queue) {
            let channels: Vec<NodeId> = graph.known_channels_for(object).collect();
            let name = graph.name(object);
            if channels.is_empty() && standard_channel(name).is_none() {
                lines.push(format!("No service channel of the project carries `{name}`"));
            }
            for channel in channels {
                let statuses: Vec<&str> = graph.statuses_of(channel).map(|(status, _)| graph.name(status)).collect();
                let channel = graph.name(channel);
                lines.push(if statuses.is_empty() {
                    format!("`{name}` on `{channel}`: no presence status of the project offers it")
                } else {
                    format!("`{name}` on `{channel}`: reps get it in {}", list(statuses, NAMES))
                });
            }
        }
        lines
    }

    /// How many items fit under the presence configurations that are known to govern its reps; where skills decide,
    /// under any of the project.
    fn fits(&self) -> Vec<String> {
        let graph = self.graph;
        let Some(cost) = graph.cost_of(self.config).filter(|_| !self.is_external()) else { return Vec::new() };
        let by_skills = self.value.is_attribute_based.is_true();
        let fits: Vec<Fit<'_>> = match self.queue {
            Some(queue) => {
                let interruptible = graph.is_queue_interruptible(self.config, queue);
                let reached = if by_skills { graph.reach_of(queue).configs } else { graph.known_reach_of(queue) };
                reached.iter().map(|&presence| Fit::new(graph, cost, presence, interruptible)).collect()
            }
            None => fits_of(graph, self.config, cost),
        };
        let (known, unknown): (Vec<&Fit<'_>>, Vec<&Fit<'_>>) = fits.iter().partition(|fit| fit.capacity.is_some());
        let mut lines = Vec::new();
        if !known.is_empty() {
            let mut words: Vec<String> = known.iter().take(NAMES).map(|fit| fit.in_words()).collect();
            if known.len() > NAMES {
                words.push(format!("and {} more", known.len() - NAMES));
            }
            let complete = by_skills || self.queue.is_some_and(|queue| graph.reach_of(queue).complete);
            let others = if complete { "" } else { "; the presence configurations of other reps are not known" };
            lines.push(format!("Fits {}{others}", words.join(", ")));
        }
        if !unknown.is_empty() {
            let names = list(unknown.iter().map(|fit| fit.presence), NAMES);
            lines.push(format!("How many fit in {names} is not known, since the capacity that is charged is not"));
        }
        let is_routing = self.queue.is_some() || graph.queues_of(self.config).next().is_some();
        if fits.is_empty() && is_routing {
            lines.push("How many fit is not known: no presence configuration is known to govern its reps".to_owned());
        }
        lines
    }

    fn skills(&self) -> Vec<String> {
        let graph = self.graph;
        let mut lines = Vec::new();
        let own: Vec<&str> =
            graph.targets(self.config, Role::RequiresSkill).map(|(skill, _)| graph.name(skill)).collect();
        if !own.is_empty() {
            let noun = if own.len() == 1 { "skill" } else { "skills" };
            lines.push(format!("Needs the {noun} {}", list(own, NAMES)));
        }
        if !self.value.is_attribute_based.is_true() {
            return lines;
        }
        if let Some(queue) = self.queue {
            let objects = graph.objects_of(queue);
            let mut sets: Vec<&str> = objects
                .flat_map(|(object, _)| graph.skills_for(object))
                .filter(|need| need.active)
                .map(|need| graph.name(need.rules))
                .collect();
            sets.dedup();
            if !sets.is_empty() {
                lines.push(format!("Needs the skills that the skill mapping set {} asks for", list(sets, NAMES)));
            }
        }
        if let Some(&seconds) = self.value.drop_additional_skills_timeout.get().filter(|seconds| **seconds > 0) {
            lines.push(format!("Lets additional skills go after {}", duration(seconds)));
        }
        lines
    }

    fn timeout(&self) -> Option<String> {
        if self.is_external() {
            return None;
        }
        let calls = |queue| self.graph.objects_of(queue).any(|(object, _)| self.graph.name(object) == "VoiceCall");
        Some(match self.value.push_timeout.get() {
            Some(21..) if self.queue.is_some_and(calls) => {
                "An offer that is not answered goes to the next rep after 20 s: calls wait no longer".to_owned()
            }
            Some(&seconds @ 1..) => {
                format!("An offer that is not answered goes to the next rep after {}", duration(seconds))
            }
            _ => "An offer waits without limit: there is no push timeout".to_owned(),
        })
    }
}

/// A sentence that goes on after a colon.
fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
