//! Channels, routing configurations, queues, skills: how work finds reps.

use super::decode::{Mentioned, Name, Scalar, Spanned};

enumeration! {
    /// When work on a channel frees its capacity.
    pub enum CapacityModel {
        /// When its tab closes.
        TabBased = "TAB_BASED",
        /// When its status field says so.
        StatusBased = "STATUS_BASED",
    }
}

enumeration! {
    /// What a status value means for capacity.
    pub enum StatusFieldMappingType {
        /// Work in progress.
        InProgress = "IN_PROGRESS",
        /// Paused work.
        Paused = "PAUSED",
        /// Finished work.
        Completed = "COMPLETED",
    }
}

enumeration! {
    /// Which of a rep's two capacities work is charged to.
    pub enum CapacityType {
        /// As the channel says.
        Inherited = "INHERITED",
        /// The interruptible one.
        Interruptible = "INTERRUPTIBLE",
        /// The primary one.
        NotInterruptible = "NOT_INTERRUPTIBLE",
    }
}

enumeration! {
    /// Who of several candidates is offered the work.
    pub enum RoutingModel {
        /// The one with the least work.
        LeastActive = "LEAST_ACTIVE",
        /// The one with the most free capacity.
        MostAvailable = "MOST_AVAILABLE",
        /// A partner's system decides.
        ExternalRouting = "EXTERNAL_ROUTING",
    }
}

elements! {
    /// The org's switches.
    pub struct OmniChannelSettings {
        /// Omni-Channel itself.
        enable_omni_channel: Scalar<bool> = "enableOmniChannel",
        /// Secondary routing priority.
        enable_omni_secondary_routing_priority: Scalar<bool> = "enableOmniSecondaryRoutingPriority",
        /// Skills-based routing.
        enable_omni_skills_routing: Scalar<bool> = "enableOmniSkillsRouting",
        /// Status-based capacity.
        enable_omni_status_cap_model: Scalar<bool> = "enableOmniStatusCapModel",
        /// The question whether to log in to Omni-Channel.
        enable_omni_auto_login_prompt: Scalar<bool> = "enableOmniAutoLoginPrompt",
    }

    /// An object whose records are routed.
    pub struct ServiceChannel {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// The object.
        related_entity_type: Scalar<Name> = "relatedEntityType",
        /// When capacity is freed.
        capacity_model: Scalar<CapacityModel> = "capacityModel",
        /// The field that says so, for the status-based model.
        status_field: Scalar<Name> = "statusField",
        /// What its values mean.
        status_mappings: Vec<ServiceChannelStatusFieldMapping> = "serviceChannelStatusFieldMappings",
        /// Whether capacity is checked when an owner changes.
        checks_owner_change: Scalar<bool> = "doesCheckCapOnOwnerChange",
        /// Whether capacity is checked when finished work is opened again.
        checks_status_change: Scalar<bool> = "doesCheckCapOnStatusChange",
        /// Whether offers are accepted by themselves.
        has_auto_accept_enabled: Scalar<bool> = "hasAutoAcceptEnabled",
        /// Whether primary work may interrupt this.
        is_interruptible: Scalar<bool> = "isInterruptible",
        /// The field that orders work of one routing priority.
        secondary_routing_priority_field: Scalar<Name> = "secondaryRoutingPriorityField",
        /// The order its values give.
        field_priorities: Vec<ServiceChannelFieldPriority> = "serviceChannelFieldPriorities",
        /// Whether there is time for after conversation work.
        has_after_convo_work_timer: Scalar<bool> = "hasAfterConvoWorkTimer",
        /// How much, in seconds.
        after_convo_work_max_time: Scalar<i32> = "afterConvoWorkMaxTime",
        /// Whether it can be extended.
        has_acw_extension_enabled: Scalar<bool> = "hasAcwExtensionEnabled",
        /// By how many seconds.
        acw_extension_duration: Scalar<i32> = "acwExtensionDuration",
        /// How often; a number written as a string.
        max_extensions: Scalar<Name> = "maxExtensions",
        /// Whether the widget folds away when work is accepted.
        minimizes_widget_on_accept: Scalar<bool> = "doesMinimizeWidgetOnAccept",
        /// The console component that opens when work is accepted.
        interaction_component: Scalar<Name> = "interactionComponent",
    }

    /// The secondary priority of one field value.
    pub struct ServiceChannelFieldPriority {
        /// The priority; lower goes first.
        priority: Scalar<i32> = "priority",
        /// The value.
        value: Scalar<Name> = "value",
    }

    /// The meaning of one status value.
    pub struct ServiceChannelStatusFieldMapping {
        /// The meaning.
        kind: Scalar<StatusFieldMappingType> = "type",
        /// The value.
        value: Scalar<Name> = "value",
    }

    /// How a queue's work is ordered, weighed and pushed.
    pub struct QueueRoutingConfig {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// Who is offered the work.
        routing_model: Scalar<RoutingModel> = "routingModel",
        /// The order of queues; lower goes first.
        routing_priority: Scalar<i32> = "routingPriority",
        /// What an item costs, in capacity units.
        capacity_weight: Scalar<f64> = "capacityWeight",
        /// What an item costs, in percent of the rep's capacity.
        capacity_percentage: Scalar<f64> = "capacityPercentage",
        /// What a paused item costs, in capacity units.
        paused_capacity_weight: Scalar<f64> = "pausedCapacityWeight",
        /// What a paused item costs, in percent of the rep's capacity.
        paused_capacity_percentage: Scalar<f64> = "pausedCapacityPercentage",
        /// Which capacity it is charged to.
        capacity_type: Scalar<CapacityType> = "capacityType",
        /// Seconds until an unanswered offer goes to another rep; 0 is never.
        push_timeout: Scalar<i32> = "pushTimeout",
        /// Who gets work above the org's limits: a queue.
        queue_overflow_assignee: Scalar<Name> = "queueOverflowAssignee",
        /// Who gets work above the org's limits: a user.
        user_overflow_assignee: Scalar<Name> = "userOverflowAssignee",
        /// Skills that every item needs.
        skills: Vec<QueueRoutingConfigSkill> = "skills",
        /// Seconds until additional skills are dropped.
        drop_additional_skills_timeout: Scalar<i32> = "dropAdditionalSkillsTimeout",
        /// Whether skill mapping sets decide instead of queue membership.
        is_attribute_based: Scalar<bool> = "isAttributeBased",
    }

    /// One skill of a routing configuration.
    pub struct QueueRoutingConfigSkill {
        /// The skill.
        skill: Scalar<Name> = "skill",
    }

    /// A queue.
    pub struct Queue {
        /// The name people see.
        name: Scalar<Name> = "name",
        /// What it is for.
        description: Scalar<Name> = "description",
        /// Whether its members are told of new records.
        sends_email_to_members: Scalar<bool> = "doesSendEmailToMembers",
        /// The address that is told of new records.
        email: Scalar<Name> = "email",
        /// How it is routed.
        queue_routing_config: Scalar<Name> = "queueRoutingConfig",
        /// The objects whose records it may hold.
        sobjects: Vec<QueueSobject> = "queueSobject",
        /// Its members.
        members: Option<QueueMembers> = "queueMembers",
    }

    /// An object of a queue.
    pub struct QueueSobject {
        /// The object.
        sobject_type: Scalar<Name> = "sobjectType",
    }

    /// The members of a queue.
    pub struct QueueMembers {
        /// Public groups.
        public_groups: Option<PublicGroups> = "publicGroups",
        /// Roles with all their subordinates.
        roles_and_subordinates: Option<RoleAndSubordinates> = "roleAndSubordinates",
        /// Roles with their internal subordinates.
        roles_and_internal_subordinates: Option<RoleAndSubordinatesInternal> = "roleAndSubordinatesInternal",
        /// Roles.
        roles: Option<Roles> = "roles",
        /// Users.
        users: Option<Users> = "users",
    }

    /// Public groups.
    pub struct PublicGroups {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "publicGroup",
    }

    /// Roles with all their subordinates.
    pub struct RoleAndSubordinates {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "roleAndSubordinate",
    }

    /// Roles with their internal subordinates.
    pub struct RoleAndSubordinatesInternal {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "roleAndSubordinateInternal",
    }

    /// Roles.
    pub struct Roles {
        /// Their names.
        names: Vec<Spanned<Mentioned>> = "role",
    }

    /// Users.
    pub struct Users {
        /// Their usernames.
        names: Vec<Spanned<Mentioned>> = "user",
    }

    /// Which field values ask for which skills.
    pub struct WorkSkillRouting {
        /// The name people see.
        master_label: Scalar<Name> = "masterLabel",
        /// Whether it counts.
        is_active: Scalar<bool> = "isActive",
        /// The object.
        related_entity: Scalar<Name> = "relatedEntity",
        /// The rules.
        attributes: Vec<WorkSkillRoutingAttribute> = "workSkillRoutingAttributes",
    }

    /// One rule: a value of a field asks for a skill.
    pub struct WorkSkillRoutingAttribute {
        /// The field, qualified with its object.
        field: Scalar<Name> = "field",
        /// The value.
        value: Scalar<Name> = "value",
        /// The skill.
        skill: Scalar<Name> = "skill",
        /// The least level of it.
        skill_level: Scalar<i32> = "skillLevel",
        /// Whether work can do without it after a while.
        is_additional_skill: Scalar<bool> = "isAdditionalSkill",
        /// How early it is dropped; higher goes first.
        skill_priority: Scalar<i32> = "skillPriority",
    }

    /// A skill.
    pub struct Skill {
        /// The name people see.
        label: Scalar<Name> = "label",
        /// What it is.
        description: Scalar<Name> = "description",
    }

    /// A public group.
    pub struct Group {
        /// The name people see.
        name: Scalar<Name> = "name",
    }
}

impl WorkSkillRoutingAttribute {
    /// True if a value of the rule is filled in when the project is deployed: it may be any.
    pub const fn has_filled_in(&self) -> bool {
        self.value.is_filled_in()
            || self.skill_level.is_filled_in()
            || self.is_additional_skill.is_filled_in()
            || self.skill_priority.is_filled_in()
    }
}

impl QueueMembers {
    /// True if it names nobody.
    pub fn is_empty(&self) -> bool {
        self.are_users() && self.users.as_ref().is_none_or(|m| m.names.is_empty())
    }

    /// True if it names nothing but users.
    pub fn are_users(&self) -> bool {
        self.public_groups.as_ref().is_none_or(|m| m.names.is_empty())
            && self.roles_and_subordinates.as_ref().is_none_or(|m| m.names.is_empty())
            && self.roles_and_internal_subordinates.as_ref().is_none_or(|m| m.names.is_empty())
            && self.roles.as_ref().is_none_or(|m| m.names.is_empty())
    }
}
