//! Settings and service channels.

use super::{PlanCompiler, name_of, positive, sorted, text};
use crate::graph::Item;
use crate::metadata::{self, Scalar};
use crate::plan::{
    AcwExtension, AfterConversationWork, CapacityModel, Channel, Name, SecondaryPriority, Settings, StatusCapacity,
    StatusMeaning, ValueMeaning, ValuePriority,
};
use crate::schema::{Kind, Role};

impl<'g> PlanCompiler<'g> {
    pub(super) fn settings(&mut self) -> Settings {
        let item = self
            .rows
            .all(Kind::OmniChannelSettings)
            .iter()
            .find_map(|&id| self.graph.get::<metadata::OmniChannelSettings>(id));
        self.places.insert("settings", item.iter().map(|item| item.component.location()).collect());
        let Some(Item { value, .. }) = item else {
            return Settings {
                known: false,
                omni_channel: true,
                skills_based_routing: true,
                secondary_routing_priority: true,
                status_based_capacity: true,
            };
        };
        Settings {
            known: true,
            omni_channel: value.enable_omni_channel.may_be_true(),
            skills_based_routing: value.enable_omni_skills_routing.may_be_true(),
            secondary_routing_priority: value.enable_omni_secondary_routing_priority.may_be_true(),
            status_based_capacity: value.enable_omni_status_cap_model.may_be_true(),
        }
    }

    pub(super) fn channel(&self, item: Item<'g, metadata::ServiceChannel>) -> Channel {
        let value = item.value;
        let secondary_priority = value.secondary_routing_priority_field.get().map(|field| SecondaryPriority {
            field: Name::from(&**field),
            values: sorted(value.field_priorities.iter().filter_map(|mapped| {
                Some(ValuePriority { value: text(&mapped.value)?, priority: *mapped.priority.get()? })
            })),
        });
        let status_capacity = value.status_field.get().map(|field| StatusCapacity {
            field: Name::from(&**field),
            values: sorted(value.status_mappings.iter().filter_map(|mapped| {
                Some(ValueMeaning { value: text(&mapped.value)?, meaning: meaning(*mapped.kind.get()?) })
            })),
            checks_owner_change: value.checks_owner_change.is_true(),
            checks_status_change: value.checks_status_change.is_true(),
        });
        Channel {
            name: name_of(&item),
            object: self.graph.targets(item.node, Role::Carries).next().map(|(to, _)| Name::from(self.graph.name(to))),
            capacity_model: match value.capacity_model.get() {
                Some(metadata::CapacityModel::StatusBased) => CapacityModel::StatusBased,
                Some(metadata::CapacityModel::TabBased) | None => CapacityModel::TabBased,
            },
            auto_accept: value.has_auto_accept_enabled.is_true(),
            interruptible: value.is_interruptible.is_true(),
            after_conversation_work: after_conversation_work(
                &value.has_after_convo_work_timer,
                &value.after_convo_work_max_time,
                &value.has_acw_extension_enabled,
                &value.acw_extension_duration,
                &value.max_extensions,
            ),
            secondary_priority,
            status_capacity,
        }
    }
}

const fn meaning(mapping: metadata::StatusFieldMappingType) -> StatusMeaning {
    match mapping {
        metadata::StatusFieldMappingType::InProgress => StatusMeaning::InProgress,
        metadata::StatusFieldMappingType::Paused => StatusMeaning::Paused,
        metadata::StatusFieldMappingType::Completed => StatusMeaning::Completed,
    }
}

pub(super) fn after_conversation_work(
    timer: &Scalar<bool>,
    max_time: &Scalar<i32>,
    extension: &Scalar<bool>,
    duration: &Scalar<i32>,
    extensions: &Scalar<metadata::Name>,
) -> Option<AfterConversationWork> {
    let max_seconds = positive(max_time).filter(|_| timer.is_true())?;
    let most = extensions.get().and_then(|number| number.parse().ok());
    let extension = positive(duration).zip(most).filter(|_| extension.is_true());
    let extension = extension.map(|(seconds, most)| AcwExtension { seconds, most });
    Some(AfterConversationWork { max_seconds, extension })
}
