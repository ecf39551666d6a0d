//! What people see of the components that have rows.

use std::collections::BTreeMap;

use super::{PlanCompiler, name_of, text};
use crate::metadata::{
    MessagingChannel, OmniSupervisorConfig, PresenceDeclineReason, PresenceUserConfig, Queue, QueueRoutingConfig,
    ServiceChannel, ServicePresenceStatus, Skill, Typed, WorkSkillRouting,
};
use crate::plan::{Appearance, Display, Name};

impl<'g> PlanCompiler<'g> {
    pub(super) fn display(&self) -> Display {
        Display {
            channels: self.appearances(|channel: &ServiceChannel| Appearance {
                label: text(&channel.label),
                minimizes_widget_on_accept: channel.minimizes_widget_on_accept.is_true(),
                interaction_component: text(&channel.interaction_component),
                ..Appearance::default()
            }),
            presence_statuses: self.appearances(|status: &ServicePresenceStatus| labelled(text(&status.label))),
            decline_reasons: self.appearances(|reason: &PresenceDeclineReason| labelled(text(&reason.label))),
            presence_configurations: self.appearances(|config: &PresenceUserConfig| Appearance {
                label: text(&config.label),
                request_sound: config.enable_request_sound.get().copied(),
                disconnect_sound: config.enable_disconnect_sound.get().copied(),
                ..Appearance::default()
            }),
            routing_configurations: self.appearances(|config: &QueueRoutingConfig| labelled(text(&config.label))),
            queues: self.appearances(|queue: &Queue| Appearance {
                label: text(&queue.name),
                description: text(&queue.description),
                email: text(&queue.email),
                sends_email_to_members: queue.sends_email_to_members.is_true(),
                ..Appearance::default()
            }),
            skills: self.appearances(|skill: &Skill| Appearance {
                label: text(&skill.label),
                description: text(&skill.description),
                ..Appearance::default()
            }),
            skill_mapping_sets: self.appearances(|set: &WorkSkillRouting| labelled(text(&set.master_label))),
            supervisor_views: self.appearances(|view: &OmniSupervisorConfig| labelled(text(&view.master_label))),
            messaging_channels: self.appearances(|channel: &MessagingChannel| labelled(text(&channel.master_label))),
        }
    }

    fn appearances<T: Typed + 'g>(&self, of: fn(&T) -> Appearance) -> BTreeMap<Name, Appearance> {
        let items = self.rows.all(T::KIND).iter().filter_map(|&node| self.graph.get::<T>(node));
        items.map(|item| (name_of(&item), of(item.value))).filter(|(_, of)| *of != Appearance::default()).collect()
    }
}

fn labelled(label: Option<Name>) -> Appearance {
    Appearance { label, ..Appearance::default() }
}
