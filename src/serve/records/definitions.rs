//! Rows of what the plan defines: configuration objects, users, groups, as an org with that plan shows them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::directory::{Directory, Named};
use super::row::{Row, system_fields};
use crate::plan::{
    Acceptance, Appearance, CapacityModel, Cost, Display, Name, Overflow, Plan, RoutingModel, SkillVisibility,
    StatusMeaning, Time,
};
use crate::serve::ids::Id;

/// The rows by object and id.
pub(crate) type Definitions = BTreeMap<Name, BTreeMap<Id, Row>>;

/// What a plan defines.
struct Definer<'a> {
    plan: &'a Plan,
    display: Display,
    directory: &'a Directory,
    /// The user who made everything.
    by: Id,
    at: Time,
    rows: Definitions,
}

/// The rows of a plan, made at a time by a user.
pub(crate) fn definitions(plan: &Plan, directory: &Directory, by: &Id, at: Time) -> Definitions {
    let display = plan.display.clone().unwrap_or_default();
    let mut definer = Definer { plan, display, directory, by: by.clone(), at, rows: BTreeMap::new() };
    definer.channels();
    definer.statuses();
    definer.presence_configurations();
    definer.routing_configurations();
    definer.groups();
    definer.people();
    definer.supervisors();
    definer.rows
}

impl Definer<'_> {
    fn put(&mut self, object: &str, mut row: Row) {
        let by = self.by.clone();
        system_fields(&mut row, (self.at, &by), (self.at, &by));
        row.settle(object);
        self.rows.entry(Name::from(object)).or_default().insert(row.id.clone(), row);
    }

    /// A row that has a developer name and a label.
    fn define(&self, named: Named, name: &Name, appearance: Option<&Appearance>) -> Row {
        let label = appearance.and_then(|appearance| appearance.label.clone());
        Row::new(self.directory.id(named, name))
            .with("DeveloperName", name.as_str())
            .with("MasterLabel", label.unwrap_or_else(|| name.clone()).as_str())
            .with("Language", "en_US")
    }

    fn part(&self, object: &str, parts: &[&str]) -> Row {
        Row::new(self.directory.id_of_parts(object, parts))
    }

    fn id(&self, named: Named, name: &str) -> Value {
        Value::from(self.directory.id(named, name).as_str())
    }

    fn channels(&mut self) {
        let plan = self.plan;
        for channel in &plan.tables.channels {
            let appearance = self.display.channels.get(&channel.name).cloned().unwrap_or_default();
            let model = match channel.capacity_model {
                CapacityModel::TabBased => "TabBased",
                CapacityModel::StatusBased => "StatusBased",
            };
            let mut row = self.define(Named::ServiceChannel, &channel.name, Some(&appearance));
            row.set("RelatedEntity", channel.object.as_ref().map(Name::as_str));
            row.set("CapacityModel", model);
            row.set("DoesMinimizeWidgetOnAccept", appearance.minimizes_widget_on_accept);
            row.set("HasAutoAcceptEnabled", channel.auto_accept);
            row.set("IsInterruptible", channel.interruptible);
            let work = channel.after_conversation_work;
            let extension = work.and_then(|work| work.extension);
            row.set("HasAfterConvoWorkTimer", work.is_some());
            row.set("AfterConvoWorkMaxTime", work.map(|work| work.max_seconds));
            row.set("HasAcwExtensionEnabled", extension.is_some());
            row.set("AcwExtensionDuration", extension.map(|extension| extension.seconds));
            row.set("MaxExtensions", extension.map(|extension| extension.most.to_string()));
            row.set("SecRoutingPriorityField", channel.secondary_priority.as_ref().map(|field| field.field.as_str()));
            let status = channel.status_capacity.as_ref();
            row.set("StatusField", status.map(|status| status.field.as_str()));
            row.set("DoesCheckCapOnOwnerChange", status.is_some_and(|status| status.checks_owner_change));
            row.set("DoesCheckCapOnStatusChange", status.is_some_and(|status| status.checks_status_change));
            let id = row.id.to_string();
            self.put("ServiceChannel", row);
            for priority in channel.secondary_priority.iter().flat_map(|field| &field.values) {
                let row = self.part("ServiceChannelFieldPriority", &[&channel.name, &priority.value]);
                let row = row.with("ServiceChannelId", id.as_str()).with("Value", priority.value.as_str());
                self.put("ServiceChannelFieldPriority", row.with("Priority", priority.priority));
            }
            for value in status.iter().flat_map(|status| &status.values) {
                let meaning = match value.meaning {
                    StatusMeaning::InProgress => "InProgress",
                    StatusMeaning::Paused => "Paused",
                    StatusMeaning::Completed => "Completed",
                };
                let row = self.part("ServiceChannelStatusField", &[&channel.name, &value.value]);
                let row = row.with("ServiceChannelId", id.as_str()).with("Value", value.value.as_str());
                self.put("ServiceChannelStatusField", row.with("Type", meaning));
            }
        }
    }

    fn statuses(&mut self) {
        let plan = self.plan;
        for status in &plan.tables.presence_statuses {
            let row =
                self.define(Named::PresenceStatus, &status.name, self.display.presence_statuses.get(&status.name));
            let id = row.id.to_string();
            self.put("ServicePresenceStatus", row);
            for channel in &status.channels {
                let row = self.part("ServiceChannelStatus", &[&status.name, channel]);
                let row = row.with("ServicePresenceStatusId", id.as_str());
                let channel = self.id(Named::ServiceChannel, channel);
                self.put("ServiceChannelStatus", row.with("ServiceChannelId", channel));
            }
        }
        for reason in &plan.tables.decline_reasons {
            let row = self.define(Named::DeclineReason, reason, self.display.decline_reasons.get(reason));
            self.put("PresenceDeclineReason", row);
        }
    }

    fn presence_configurations(&mut self) {
        let plan = self.plan;
        for config in &plan.tables.presence_configurations {
            let appearance = self.display.presence_configurations.get(&config.name).cloned().unwrap_or_default();
            let mut row = self.define(Named::PresenceConfiguration, &config.name, Some(&appearance));
            let whole = |units: crate::plan::Units| json!(units.as_f64());
            row.set("Capacity", config.capacity.map(whole));
            row.set("InterruptibleCapacity", config.interruptible_capacity.map(whole));
            let is_declining = matches!(config.acceptance, Acceptance::Decline { .. });
            row.set("OptionsIsAutoAcceptEnabled", config.acceptance == Acceptance::Auto);
            row.set("OptionsIsDeclineEnabled", is_declining);
            row.set("OptionsIsDisconnectSoundEnabled", appearance.disconnect_sound.unwrap_or(false));
            row.set("OptionsIsRequestSoundEnabled", appearance.request_sound.unwrap_or(false));
            row.set("OptionsIsDeclineReasonEnabled", false);
            let id = row.id.to_string();
            let timeout = config.status_on_push_timeout.as_ref().map(|status| self.id(Named::PresenceStatus, status));
            row.set("PresenceStatusOnPushTimeoutId", timeout);
            if let Acceptance::Decline { reasons, status } = &config.acceptance {
                row.set("OptionsIsDeclineReasonEnabled", !reasons.is_empty());
                row.set("PresenceStatusOnDeclineId", status.as_ref().map(|name| self.id(Named::PresenceStatus, name)));
                for reason in reasons {
                    let part = self.part("PresenceConfigDeclineReason", &[&config.name, reason]);
                    let part = part.with("PresenceUserConfigId", id.as_str());
                    let reason = self.id(Named::DeclineReason, reason);
                    self.put("PresenceConfigDeclineReason", part.with("PresenceDeclineReasonId", reason));
                }
            }
            self.put("PresenceUserConfig", row);
        }
        for governed in &plan.tables.governed_by_profile {
            let row = self.part("PresenceUserConfigProfile", &[&governed.presence_configuration, &governed.profile]);
            let config = self.id(Named::PresenceConfiguration, &governed.presence_configuration);
            let profile = self.id(Named::Profile, &governed.profile);
            self.put("PresenceUserConfigProfile", row.with("PresenceUserConfigId", config).with("ProfileId", profile));
        }
    }

    fn routing_configurations(&mut self) {
        let plan = self.plan;
        for config in &plan.tables.routing_configurations {
            let appearance = self.display.routing_configurations.get(&config.name);
            let mut row = self.define(Named::RoutingConfiguration, &config.name, appearance);
            let model = config.model.map(|model| match model {
                RoutingModel::LeastActive => "LeastActive",
                RoutingModel::MostAvailable => "MostAvailable",
                RoutingModel::External => "ExternalRouting",
            });
            row.set("RoutingModel", model);
            row.set("RoutingPriority", config.priority);
            match config.cost {
                Cost::Units(units) => row.set("CapacityWeight", units.as_f64()),
                Cost::Share(share) => row.set("CapacityPercentage", json!(share)),
            }
            row.set("PushTimeout", config.push_timeout_seconds);
            row.set("DropAdditionalSkillsTimeout", config.drop_additional_skills_after_seconds);
            row.set("IsAttributeBased", config.attribute_based);
            let overflow = config.overflow.as_ref().map(|overflow| match overflow {
                Overflow::Queue(queue) => self.id(Named::Queue, queue),
                Overflow::User(user) => self.id(Named::User, user),
            });
            row.set("OverflowAssigneeId", overflow);
            self.put("QueueRoutingConfig", row);
        }
        for skill in &plan.tables.skills {
            let appearance = self.display.skills.get(&skill.name).cloned().unwrap_or_default();
            let row = self.define(Named::Skill, &skill.name, Some(&appearance));
            let description = appearance.description.as_ref().map(Name::as_str);
            self.put("Skill", row.with("Description", description));
        }
    }

    fn groups(&mut self) {
        let plan = self.plan;
        for queue in &plan.tables.queues {
            let appearance = self.display.queues.get(&queue.name).cloned().unwrap_or_default();
            let label = appearance.label.unwrap_or_else(|| queue.name.clone());
            let config = queue.routing_configuration.as_ref();
            let row = Row::new(self.directory.id(Named::Queue, &queue.name))
                .with("Name", label.as_str())
                .with("DeveloperName", queue.name.as_str())
                .with("Type", "Queue")
                .with("Email", appearance.email.as_ref().map(Name::as_str))
                .with("DoesSendEmailToMembers", appearance.sends_email_to_members)
                .with("QueueRoutingConfigId", config.map(|config| self.id(Named::RoutingConfiguration, config)));
            let id = row.id.to_string();
            self.put("Group", row);
            for object in &queue.objects {
                let row = self.part("QueueSobject", &[&queue.name, &object.object]);
                self.put("QueueSobject", row.with("QueueId", id.as_str()).with("SobjectType", object.object.as_str()));
            }
            for group in &queue.members.groups {
                let row = self.part("GroupMember", &[&queue.name, "Group", group]);
                let group = self.id(Named::Group, group);
                self.put("GroupMember", row.with("GroupId", id.as_str()).with("UserOrGroupId", group));
            }
        }
        for (id, name) in self.directory.all(Named::Group) {
            let row = Row::new(id.clone()).with("Name", name.as_str()).with("DeveloperName", name.as_str());
            self.put("Group", row.with("Type", "Regular"));
        }
    }

    fn people(&mut self) {
        for (id, name) in self.directory.all(Named::Role) {
            let row = Row::new(id.clone()).with("Name", name.as_str()).with("DeveloperName", name.as_str());
            self.put("UserRole", row);
        }
        for (id, name) in self.directory.all(Named::Profile) {
            self.put("Profile", Row::new(id.clone()).with("Name", name.as_str()).with("UserType", "Standard"));
        }
        for (id, name) in self.directory.all(Named::PermissionSet) {
            let row = Row::new(id.clone()).with("Name", name.as_str()).with("Label", name.as_str());
            self.put("PermissionSet", row.with("IsOwnedByProfile", false));
        }
    }

    fn supervisors(&mut self) {
        let plan = self.plan;
        for view in &plan.tables.supervisor_views {
            let appearance = self.display.supervisor_views.get(&view.name);
            let mut row = self.define(Named::SupervisorConfiguration, &view.name, appearance);
            row.set("IsTimelineHidden", view.timeline_hidden);
            let visibility = view.skill_visibility.map(|visibility| match visibility {
                SkillVisibility::AllSkills => "AllSkills",
                SkillVisibility::AnySkill => "AnySkill",
            });
            row.set("SkillVisibility", visibility);
            let id = row.id.to_string();
            self.put("OmniSupervisorConfig", row);
            let parts: [(&str, &str, Named, &Vec<Name>); 5] = [
                ("OmniSupervisorConfigGroup", "GroupId", Named::Group, &view.groups),
                ("OmniSupervisorConfigProfile", "ProfileId", Named::Profile, &view.profiles),
                ("OmniSupervisorConfigQueue", "QueueId", Named::Queue, &view.queues),
                ("OmniSupervisorConfigSkill", "SkillId", Named::Skill, &view.skills),
                ("OmniSupervisorConfigUser", "UserId", Named::User, &view.users),
            ];
            for (object, field, named, names) in parts {
                for name in names {
                    let row = self.part(object, &[&view.name, name]).with("OmniSupervisorConfigId", id.as_str());
                    let to = self.id(named, name);
                    self.put(object, row.with(field, to));
                }
            }
            for (order, action) in view.actions.iter().enumerate() {
                let place = (order + 1).to_string();
                let row = self.part("OmniSupervisorConfigAction", &[&view.name, &action.tab, &action.action, &place]);
                let row = row.with("OmniSupervisorConfigId", id.as_str()).with("DisplayOrder", order + 1);
                let row = row.with("ActionTab", action.tab.as_str()).with("ActionName", action.action.as_str());
                let flow = action.flow.as_ref().map(Name::as_str);
                self.put("OmniSupervisorConfigAction", row.with("FlowName", flow));
            }
        }
    }
}
