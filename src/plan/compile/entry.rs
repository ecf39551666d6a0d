//! Where work enters: flows and messaging channels.

use super::{PlanCompiler, owned};
use crate::graph::Item;
use crate::metadata::{self, FlowActionCall};
use crate::plan::{Input, MessagingEntry, Ref, RouteWork};
use crate::schema::{Kind, Role};

impl<'g> PlanCompiler<'g> {
    pub(super) fn route_works(&mut self) -> Vec<RouteWork> {
        let graph = self.graph;
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for item in self.rows.all(Kind::Flow).iter().filter_map(|&id| graph.get::<metadata::Flow>(id)) {
            let active = item.value.is_active();
            for action in item.value.route_works() {
                rows.push(self.route_work(&item.component.name, active, action));
                places.push(item.component.at(action.span));
            }
        }
        self.places.insert("route_works", places);
        rows
    }

    fn route_work(&self, flow: &str, active: bool, action: &FlowActionCall) -> RouteWork {
        let text = |input| action.text(input).map(|text| text.value.to_string());
        let input = |kind, names: &[&str]| names.iter().find_map(|name| self.input(kind, action, name));
        let channel = match input(Kind::ServiceChannel, &["serviceChannelId"]) {
            Some(Input::Named(channel)) => Some(channel),
            _ => text("serviceChannelDevName").map(|name| self.named(Kind::ServiceChannel, &name)),
        };
        RouteWork {
            flow: flow.to_owned(),
            action: owned(&action.name).unwrap_or_default(),
            active,
            channel,
            routing_type: text("routingType"),
            queue: input(Kind::Queue, &["queueId"]),
            routing_configuration: input(Kind::QueueRoutingConfig, &["routingConfigId"]),
            agent: input(Kind::User, &["agentId"]),
            bot: input(Kind::Bot, &["botId", "copilotId", "agentforceEmployeeAgentId"]),
            skill_option: text("skillOption"),
            skill_requirements: input(Kind::Skill, &["skillRequirementsResourceItem"]),
        }
    }

    fn input(&self, kind: Kind, action: &FlowActionCall, name: &str) -> Option<Input> {
        let value = action.input(name)?;
        let setup = value.setup_reference.get().map(|name| Input::Named(self.named(kind, name)));
        let resource = || owned(&value.element_reference).map(Input::Resource);
        setup.or_else(resource).or_else(|| owned(&value.string_value).map(Input::Text))
    }

    fn named(&self, kind: Kind, name: &str) -> Ref {
        self.graph.find(kind, name).map_or_else(|| Ref::Outside(name.to_owned()), |node| self.reference(node))
    }

    pub(super) fn messaging(&self, item: Item<'g, metadata::MessagingChannel>) -> MessagingEntry {
        let value = item.value;
        MessagingEntry {
            name: item.component.name.clone(),
            kind: owned(&value.messaging_channel_type),
            handler: owned(&value.session_handler_type),
            queue: self.first(item.node, Role::HandlerQueue),
            flow: owned(&value.session_handler_flow),
            user: owned(&value.session_handler_user),
            agent: owned(&value.session_handler_asa),
            routing_configuration: self.first(item.node, Role::HandlerConfig),
        }
    }
}
