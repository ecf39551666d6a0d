//! Where work enters: flows and messaging channels.

use super::{PlanCompiler, name_of, sorted, text};
use crate::graph::{Item, Routing, Targets};
use crate::metadata::{self, FlowActionCall, Scalar, Typed};
use crate::plan::{Choices, FlowSkill, Input, MayName, MessagingEntry, Name, RouteWork, SkillLevel};
use crate::schema::{Kind, Role};

/// The inputs that name a bot or an AI agent, one kind of them each.
const BOTS: [&str; 5] =
    ["botId", "copilotId", "agentforceEmployeeAgentId", "externalConversationBotId", "digitalWorkerId"];

impl<'g> PlanCompiler<'g> {
    pub(super) fn route_works(&mut self) -> Vec<RouteWork> {
        let graph = self.graph;
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for item in self.rows.all(Kind::Flow).iter().filter_map(|&id| graph.get::<metadata::Flow>(id)) {
            let active = graph.runs(item);
            for action in item.value.route_works() {
                let mut row = self.route_work(graph.name(item.node), active, action);
                row.may = graph.routing_of(item.component, action).map(|may| self.may_name(may)).unwrap_or_default();
                rows.push(row);
                places.push(item.component.at(action.span));
            }
        }
        self.places.insert("route_works", places);
        rows
    }

    fn route_work(&self, flow: &str, active: bool, action: &FlowActionCall) -> RouteWork {
        let input = |kind, names: &[&str]| names.iter().find_map(|name| self.input(kind, action, name));
        let plain = |name| self.input(Kind::Flow, action, name);
        let label = |name| action.text(name).map(|text| &*text.value);
        let channel = match plain("serviceChannelDevName") {
            Some(Input::Text(name)) => Some(Input::Named(self.named(Kind::ServiceChannel, &name))),
            other => input(Kind::ServiceChannel, &["serviceChannelId"]).filter(|_| other.is_none()).or(other),
        };
        let agent_required = action.input("isAgentRequired").is_some_and(|value| value.boolean_value.is_true());
        RouteWork {
            flow: Name::from(flow),
            action: text(&action.name).unwrap_or_default(),
            active,
            channel,
            routing_type: plain("routingType"),
            queue: input(Kind::Queue, &["queueId"]),
            queue_by_label: label("queueLabel")
                .and_then(|label| self.only(label, |queue: &metadata::Queue| &queue.name)),
            routing_configuration: input(Kind::QueueRoutingConfig, &["routingConfigId"]),
            routing_configuration_by_label: label("routingConfigLabel")
                .and_then(|label| self.only(label, |config: &metadata::QueueRoutingConfig| &config.label)),
            agent: input(Kind::User, &["agentId"]),
            agent_required,
            bot: input(Kind::Bot, &BOTS),
            accept_by: plain("acceptBy"),
            skill_option: plain("skillOption"),
            skill_requirements: plain("skillRequirementsResourceItem"),
            may: MayName::default(),
        }
    }

    fn may_name(&self, may: &Routing) -> MayName {
        let skills = may.skills.asked.iter().map(|asked| FlowSkill {
            skill: self.choices(&asked.skill),
            level: asked.level.map(SkillLevel::from_level),
            additional: asked.additional,
            drop_priority: asked.priority.filter(|priority| priority.fract() == 0.0).map(|priority| priority as i32),
        });
        MayName {
            channels: self.choices(&may.channels),
            queues: self.choices(&may.queues),
            routing_configurations: self.choices(&may.configs),
            agents: self.choices(&may.agents),
            skills: skills.collect(),
            skills_unknown: sorted(may.skills.unknown.iter().map(|unknown| Name::from(unknown.why.words()))),
        }
    }

    fn choices(&self, targets: &Targets) -> Choices {
        let named = targets.known.iter().map(|target| match target.node {
            Some(node) => self.reference(node),
            None => Name::from(&*target.name),
        });
        Choices {
            named: sorted(named),
            unknown: sorted(targets.unknown.iter().map(|unknown| Name::from(unknown.why.words()))),
        }
    }

    fn input(&self, kind: Kind, action: &FlowActionCall, name: &str) -> Option<Input> {
        let value = action.input(name)?;
        let setup = value.setup_reference.get().map(|name| Input::Named(self.named(kind, name)));
        let resource = || text(&value.element_reference).map(Input::Resource);
        setup.or_else(resource).or_else(|| text(&value.string_value).map(Input::Text))
    }

    /// The row of the only component of a type that has this label.
    fn only<T: Typed + 'g>(&self, label: &str, of: fn(&T) -> &Scalar<metadata::Name>) -> Option<Name> {
        let mut found = self.graph.all::<T>().filter(|item| of(item.value).get().is_some_and(|own| **own == *label));
        let first = found.next()?;
        if found.any(|other| other.node != first.node) { None } else { self.row(first.node) }
    }

    fn named(&self, kind: Kind, name: &str) -> Name {
        self.graph.find(kind, name).map_or_else(|| Name::from(name), |node| self.reference(node))
    }

    pub(super) fn messaging(&self, item: Item<'g, metadata::MessagingChannel>) -> MessagingEntry {
        let value = item.value;
        MessagingEntry {
            name: name_of(&item),
            kind: text(&value.messaging_channel_type),
            handler: text(&value.session_handler_type),
            queue: self.first(item.node, Role::HandlerQueue),
            flow: self.proper_name(Kind::Flow, &value.session_handler_flow),
            user: self.graph.targets(item.node, Role::HandlerUser).next().and_then(|(user, _)| self.row(user)),
            agent: text(&value.session_handler_asa),
            routing_configuration: self.first(item.node, Role::HandlerConfig),
        }
    }
}
