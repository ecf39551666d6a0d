//! From the graph to the tables.

use std::collections::BTreeMap;

use super::tables::{
    Acceptance, AcwExtension, AfterConversationWork, CapacityModel, CapacityType, Channel, Cost, GovernedProfile,
    GovernedUser, Input, Members, MessagingEntry, Overflow, PresenceConfiguration, PresenceStatus, Queue, QueueObject,
    Ref, RouteWork, RoutingConfiguration, RoutingModel, SecondaryPriority, Settings, SkillRule, SkillVisibility,
    StatusCapacity, StatusMeaning, SupervisorAction, SupervisorTab, SupervisorView, Tables, ValueMeaning,
    ValuePriority,
};
use super::{Compiler, FORMAT, Origin, Plan};
use crate::graph::reach::{self, Governing};
use crate::graph::{Graph, Item, NodeId, standard_channel};
use crate::metadata::{self, FlowActionCall, Name, Scalar, Typed};
use crate::schema::{Kind, Role};
use crate::source::{LineIndex, Location, SourceFile};

/// Compiles a project without errors. `sources` are its files, for the lines in the provenance table.
pub fn compile(graph: &Graph, sources: &[SourceFile]) -> Plan {
    let mut compiler = PlanCompiler { graph, rows: Rows::of(graph), places: BTreeMap::new() };
    let tables = compiler.tables();
    Plan {
        format: FORMAT,
        compiler: Compiler { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        api_version: graph.api_version.to_string(),
        digest: tables.digest(),
        tables,
        provenance: Some(provenance(compiler.places, sources)),
    }
}

/// The nodes that have a row, each table sorted by name, so that an index is found by searching for the name.
struct Rows {
    by_kind: BTreeMap<Kind, Vec<NodeId>>,
}

impl Rows {
    fn of(graph: &Graph) -> Self {
        let mut by_kind: BTreeMap<Kind, Vec<NodeId>> = BTreeMap::new();
        let named_users = [Role::MemberUser, Role::GovernsUser, Role::SupervisorUser];
        for (id, node) in graph.nodes() {
            if !node.components.is_empty() || (node.kind == Kind::User && graph.is_referred(id, &named_users)) {
                by_kind.entry(node.kind).or_default().push(id);
            }
        }
        for nodes in by_kind.values_mut() {
            nodes.sort_by(|a, b| graph.name(*a).cmp(graph.name(*b)));
        }
        Self { by_kind }
    }

    fn all(&self, kind: Kind) -> &[NodeId] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// Makes the tables, and notes where each row comes from.
struct PlanCompiler<'g> {
    graph: &'g Graph,
    rows: Rows,
    places: BTreeMap<&'static str, Vec<Location>>,
}

impl<'g> PlanCompiler<'g> {
    fn tables(&mut self) -> Tables {
        Tables {
            settings: self.settings(),
            channels: self.table("channels", |_, item| Self::channel(item)),
            presence_statuses: self.table("presence_statuses", Self::status),
            decline_reasons: self.names::<metadata::PresenceDeclineReason>("decline_reasons"),
            presence_configurations: self.table("presence_configurations", Self::presence),
            users: self.rows.all(Kind::User).iter().map(|&id| self.graph.name(id).to_owned()).collect(),
            governed_by_user: self.governed_by_user(),
            governed_by_profile: self.governed_by_profile(),
            routing_configurations: self.table("routing_configurations", Self::routing),
            queues: self.table("queues", Self::queue),
            skills: self.names::<metadata::Skill>("skills"),
            skill_rules: self.skill_rules(),
            supervisor_views: self.table("supervisor_views", Self::view),
            route_works: self.route_works(),
            messaging_channels: self.table("messaging_channels", Self::messaging),
        }
    }

    /// One row for each component of a type, sorted by name.
    fn table<T: Typed + 'g, R>(&mut self, table: &'static str, row: fn(&Self, Item<'g, T>) -> R) -> Vec<R> {
        let graph = self.graph;
        let items: Vec<_> = self.rows.all(T::KIND).iter().filter_map(|&id| graph.get::<T>(id)).collect();
        self.places.insert(table, items.iter().map(|item| item.component.location()).collect());
        items.into_iter().map(|item| row(self, item)).collect()
    }

    fn names<T: Typed + 'g>(&mut self, table: &'static str) -> Vec<String> {
        self.table(table, |_, item: Item<'g, T>| item.component.name.clone())
    }

    /// The row of a node, or its name if it has none.
    fn reference(&self, node: NodeId) -> Ref {
        let name = self.graph.name(node);
        let rows = self.rows.all(self.graph.node(node).kind);
        match rows.binary_search_by(|row| self.graph.name(*row).cmp(name)) {
            Ok(row) => Ref::Row(row as u32),
            Err(_) => Ref::Outside(name.to_owned()),
        }
    }

    /// The index of a node that has a row.
    fn row(&self, node: NodeId) -> Option<u32> {
        match self.reference(node) {
            Ref::Row(row) => Some(row),
            Ref::Outside(_) => None,
        }
    }

    fn first(&self, from: NodeId, role: Role) -> Option<Ref> {
        self.graph.targets(from, role).next().map(|(to, _)| self.reference(to))
    }

    /// What a node refers to in a role, sorted, each once.
    fn references(&self, from: NodeId, role: Role) -> Vec<Ref> {
        sorted(self.graph.targets(from, role).map(|(to, _)| self.reference(to)))
    }

    fn target_names(&self, from: NodeId, role: Role) -> Vec<String> {
        sorted(self.graph.targets(from, role).map(|(to, _)| self.graph.name(to).to_owned()))
    }

    fn settings(&mut self) -> Settings {
        let item = self.graph.all::<metadata::OmniChannelSettings>().next();
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
            omni_channel: value.enable_omni_channel.is_true(),
            skills_based_routing: value.enable_omni_skills_routing.is_true(),
            secondary_routing_priority: value.enable_omni_secondary_routing_priority.is_true(),
            status_based_capacity: value.enable_omni_status_cap_model.is_true(),
        }
    }

    fn channel(item: Item<'g, metadata::ServiceChannel>) -> Channel {
        let value = item.value;
        let secondary_priority = value.secondary_routing_priority_field.get().map(|field| SecondaryPriority {
            field: field.to_string(),
            values: sorted(value.field_priorities.iter().filter_map(|mapped| {
                Some(ValuePriority { value: owned(&mapped.value)?, priority: *mapped.priority.get()? })
            })),
        });
        let status_capacity = value.status_field.get().map(|field| StatusCapacity {
            field: field.to_string(),
            values: sorted(value.status_mappings.iter().filter_map(|mapped| {
                Some(ValueMeaning { value: owned(&mapped.value)?, meaning: meaning(*mapped.kind.get()?) })
            })),
            checks_owner_change: value.checks_owner_change.is_true(),
            checks_status_change: value.checks_status_change.is_true(),
        });
        Channel {
            name: item.component.name.clone(),
            object: owned(&value.related_entity_type),
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

    fn status(&self, item: Item<'g, metadata::ServicePresenceStatus>) -> PresenceStatus {
        let channels = self.references(item.node, Role::Offers);
        let granted_by = |kind| {
            let grants = self.graph.grants_of(item.node).filter(move |&(by, _)| self.graph.node(by).kind == kind);
            sorted(grants.map(|(by, _)| self.graph.name(by).to_owned()))
        };
        PresenceStatus {
            name: item.component.name.clone(),
            away: channels.is_empty(),
            channels,
            granted_by_profiles: granted_by(Kind::Profile),
            granted_by_permission_sets: granted_by(Kind::PermissionSet),
        }
    }

    fn presence(&self, item: Item<'g, metadata::PresenceUserConfig>) -> PresenceConfiguration {
        let value = item.value;
        let capacity = value.capacity.get().copied().unwrap_or_default();
        let interruptible = value.interruptible_capacity.get().copied().unwrap_or(capacity);
        let acceptance = if value.enable_auto_accept.is_true() {
            Acceptance::Auto
        } else if value.enable_decline.is_true() {
            let asks = value.enable_decline_reason.is_true();
            Acceptance::Decline {
                reasons: if asks { self.references(item.node, Role::DeclineReason) } else { Vec::new() },
                status: self.first(item.node, Role::StatusOnDecline),
            }
        } else {
            Acceptance::Manual
        };
        PresenceConfiguration {
            name: item.component.name.clone(),
            capacity: super::Units::from_units(f64::from(capacity)),
            interruptible_capacity: super::Units::from_units(f64::from(interruptible)),
            acceptance,
            status_on_push_timeout: self.first(item.node, Role::StatusOnPushTimeout),
            after_conversation_work: after_conversation_work(
                &value.has_after_convo_work_timer,
                &value.after_convo_work_max_time,
                &value.has_acw_extension_enabled,
                &value.acw_extension_duration,
                &value.max_extensions,
            ),
        }
    }

    fn governed_by_user(&mut self) -> Vec<GovernedUser> {
        let mut rows = Vec::new();
        for &node in self.rows.all(Kind::User) {
            let Governing::Config(config, reach::Why::User(location)) = self.graph.governing(Some(node), None) else {
                continue;
            };
            if let (Some(user), Some(presence_configuration)) = (self.row(node), self.row(config)) {
                rows.push((GovernedUser { user, presence_configuration }, location));
            }
        }
        self.split("governed_by_user", rows)
    }

    fn governed_by_profile(&mut self) -> Vec<GovernedProfile> {
        let mut rows = Vec::new();
        for (node, profile) in self.graph.nodes().filter(|(_, node)| node.kind == Kind::Profile) {
            let Governing::Config(config, reach::Why::Profile(location)) = self.graph.governing(None, Some(node))
            else {
                continue;
            };
            if let Some(presence_configuration) = self.row(config) {
                rows.push((GovernedProfile { profile: profile.name.to_lowercase(), presence_configuration }, location));
            }
        }
        self.split("governed_by_profile", rows)
    }

    /// Sorts rows that each have a place, and notes the places.
    fn split<R: Ord>(&mut self, table: &'static str, mut rows: Vec<(R, Location)>) -> Vec<R> {
        rows.sort();
        let (rows, places) = rows.into_iter().unzip();
        self.places.insert(table, places);
        rows
    }

    fn routing(&self, item: Item<'g, metadata::QueueRoutingConfig>) -> RoutingConfiguration {
        let value = item.value;
        let overflow_queue = self.first(item.node, Role::OverflowsToQueue).map(Overflow::Queue);
        let overflow_user = || owned(&value.user_overflow_assignee).map(Overflow::User);
        RoutingConfiguration {
            name: item.component.name.clone(),
            model: match value.routing_model.get() {
                Some(metadata::RoutingModel::LeastActive) => RoutingModel::LeastActive,
                Some(metadata::RoutingModel::ExternalRouting) => RoutingModel::External,
                Some(metadata::RoutingModel::MostAvailable) | None => RoutingModel::MostAvailable,
            },
            priority: value.routing_priority.get().copied().unwrap_or_default(),
            cost: cost(&value.capacity_weight, &value.capacity_percentage),
            paused_cost: cost(&value.paused_capacity_weight, &value.paused_capacity_percentage),
            capacity_type: match value.capacity_type.get() {
                Some(metadata::CapacityType::Interruptible) => CapacityType::Interruptible,
                Some(metadata::CapacityType::NotInterruptible) => CapacityType::Primary,
                Some(metadata::CapacityType::Inherited) | None => CapacityType::Inherited,
            },
            push_timeout_seconds: positive(&value.push_timeout),
            overflow: overflow_queue.or_else(overflow_user),
            skills: self.references(item.node, Role::RequiresSkill),
            drop_additional_skills_after_seconds: positive(&value.drop_additional_skills_timeout),
            attribute_based: value.is_attribute_based.is_true(),
        }
    }

    fn queue(&self, item: Item<'g, metadata::Queue>) -> Queue {
        let graph = self.graph;
        let config = graph.config_of(item.node).map(|(config, _)| config);
        let mut objects: Vec<_> = graph.objects_of(item.node).map(|(object, _)| self.queue_object(object)).collect();
        objects.sort_by(|a, b| a.object.cmp(&b.object));
        objects.dedup();
        let users = sorted(graph.targets(item.node, Role::MemberUser).filter_map(|(user, _)| self.row(user)));
        let names = |role| self.target_names(item.node, role);
        let members = Members {
            users: users.clone(),
            groups: names(Role::MemberGroup),
            roles: names(Role::MemberRole),
            roles_and_subordinates: names(Role::MemberRoleAndSubordinates),
            roles_and_internal_subordinates: names(Role::MemberRoleAndInternalSubordinates),
        };
        let attribute_based = config
            .and_then(|config| graph.get::<metadata::QueueRoutingConfig>(config))
            .is_some_and(|config| config.value.is_attribute_based.is_true());
        let only_users = Members { users: users.clone(), ..Members::default() } == members;
        Queue {
            name: item.component.name.clone(),
            routing_configuration: config.map(|config| self.reference(config)),
            objects,
            members,
            agents: if attribute_based { Vec::new() } else { users },
            agents_complete: only_users && !attribute_based,
        }
    }

    fn queue_object(&self, object: NodeId) -> QueueObject {
        let name = self.graph.name(object);
        let own = self.graph.channels_for(object).map(|(channel, _)| self.reference(channel)).min();
        let channel = own.or_else(|| standard_channel(name).map(|shipped| Ref::Outside(shipped.to_owned())));
        QueueObject { object: name.to_owned(), channel }
    }

    fn skill_rules(&mut self) -> Vec<SkillRule> {
        let mut rows = Vec::new();
        for item in self.graph.all::<metadata::WorkSkillRouting>() {
            let Some(object) = item.value.related_entity.get() else { continue };
            for rule in &item.value.attributes {
                let (Some(field), Some(skill)) = (owned(&rule.field), rule.skill.spanned()) else { continue };
                let Some(node) = self.graph.find(Kind::Skill, &skill.value) else { continue };
                let row = SkillRule {
                    object: object.to_string(),
                    field,
                    value: owned(&rule.value),
                    skill: self.reference(node),
                    level: rule.skill_level.get().copied(),
                    additional: rule.is_additional_skill.is_true(),
                    drop_priority: rule.skill_priority.get().copied(),
                    set: item.component.name.clone(),
                    active: item.value.is_active.is_true(),
                };
                rows.push((row, item.component.at(rule.span)));
            }
        }
        self.split("skill_rules", rows)
    }

    fn view(&self, item: Item<'g, metadata::OmniSupervisorConfig>) -> SupervisorView {
        let value = item.value;
        let users = self.graph.targets(item.node, Role::SupervisorUser).filter_map(|(user, _)| self.row(user));
        let profiles = self.graph.targets(item.node, Role::SupervisorProfile);
        let mut actions: Vec<_> = value
            .actions
            .iter()
            .filter_map(|action| {
                let (tab, name) = (owned(&action.action_tab)?, owned(&action.action_name)?);
                let order = action.display_order.get().copied().unwrap_or_default();
                Some((
                    tab.clone(),
                    order,
                    SupervisorAction { tab, action: name, flow: owned(&action.custom_action_flow) },
                ))
            })
            .collect();
        actions.sort_by(|(tab, order, _), (other_tab, other, _)| (tab, order).cmp(&(other_tab, other)));
        let mut tabs: Vec<_> = value
            .tabs
            .iter()
            .filter_map(|tab| {
                let order = tab.display_order.get().copied().unwrap_or_default();
                Some((order, SupervisorTab { tab: owned(&tab.tab_type)?, page: owned(&tab.flexi_page) }))
            })
            .collect();
        tabs.sort_by_key(|(order, _)| *order);
        SupervisorView {
            name: item.component.name.clone(),
            users: sorted(users),
            profiles: sorted(profiles.map(|(profile, _)| self.graph.name(profile).to_lowercase())),
            queues: self.references(item.node, Role::SeesQueue),
            skills: self.references(item.node, Role::SeesSkill),
            skill_visibility: value.skill_visibility.get().map(|visibility| match visibility {
                metadata::OmniSuperSkillVisibilityType::AllSkills => SkillVisibility::AllSkills,
                metadata::OmniSuperSkillVisibilityType::AnySkill => SkillVisibility::AnySkill,
            }),
            groups: self.target_names(item.node, Role::SeesGroup),
            timeline_hidden: value.is_timeline_hidden.is_true(),
            actions: actions.into_iter().map(|(.., action)| action).collect(),
            tabs: tabs.into_iter().map(|(_, tab)| tab).collect(),
        }
    }

    fn route_works(&mut self) -> Vec<RouteWork> {
        let graph = self.graph;
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for item in self.rows.all(Kind::Flow).iter().filter_map(|&id| graph.get::<metadata::Flow>(id)) {
            let active = item.value.status.get().is_some_and(|status| &**status == "Active");
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

    fn messaging(&self, item: Item<'g, metadata::MessagingChannel>) -> MessagingEntry {
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

fn owned(scalar: &Scalar<Name>) -> Option<String> {
    scalar.get().map(ToString::to_string)
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<_> = values.collect();
    values.sort();
    values.dedup();
    values
}

/// Seconds, if there are any.
fn positive(seconds: &Scalar<i32>) -> Option<u32> {
    seconds.get().and_then(|&seconds| u32::try_from(seconds).ok()).filter(|&seconds| seconds > 0)
}

fn cost(units: &Scalar<f64>, percent: &Scalar<f64>) -> Cost {
    match (units.get(), percent.get()) {
        (None, Some(&percent)) => Cost::Share(super::Share::from_percent(percent)),
        (units, _) => Cost::Units(super::Units::from_units(units.copied().unwrap_or_default())),
    }
}

const fn meaning(mapping: metadata::StatusFieldMappingType) -> StatusMeaning {
    match mapping {
        metadata::StatusFieldMappingType::InProgress => StatusMeaning::InProgress,
        metadata::StatusFieldMappingType::Paused => StatusMeaning::Paused,
        metadata::StatusFieldMappingType::Completed => StatusMeaning::Completed,
    }
}

fn after_conversation_work(
    timer: &Scalar<bool>,
    max_time: &Scalar<i32>,
    extension: &Scalar<bool>,
    duration: &Scalar<i32>,
    extensions: &Scalar<Name>,
) -> Option<AfterConversationWork> {
    let max_seconds = positive(max_time).filter(|_| timer.is_true())?;
    let most = extensions.get().and_then(|number| number.parse().ok());
    let extension = positive(duration).zip(most).filter(|_| extension.is_true());
    let extension = extension.map(|(seconds, most)| AcwExtension { seconds, most });
    Some(AfterConversationWork { max_seconds, extension })
}

/// Turns places into files and lines.
fn provenance(places: BTreeMap<&'static str, Vec<Location>>, sources: &[SourceFile]) -> BTreeMap<String, Vec<Origin>> {
    let mut lines: BTreeMap<u32, LineIndex<'_>> = BTreeMap::new();
    let mut origin = |location: Location| {
        let file = sources.get(location.file.0 as usize)?;
        let index = lines.entry(location.file.0).or_insert_with(|| LineIndex::new(&file.text));
        Some(Origin { file: file.path.clone(), line: index.position(location.span.start).line })
    };
    places
        .into_iter()
        .map(|(table, places)| (table.to_owned(), places.into_iter().filter_map(&mut origin).collect()))
        .collect()
}
