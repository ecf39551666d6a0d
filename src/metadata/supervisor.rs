//! What a supervisor sees and may do.

use super::decode::{Name, Scalar};

enumeration! {
    /// Which skills-based work a supervisor sees.
    pub enum OmniSuperSkillVisibilityType {
        /// Work that needs only skills of the list.
        AllSkills = "AllSkills",
        /// Work that needs any skill of the list.
        AnySkill = "AnySkill",
    }
}

elements! {
    /// A supervisor configuration.
    pub struct OmniSupervisorConfig {
        /// The name people see.
        master_label: Scalar<Name> = "masterLabel",
        /// Whether the agents' timeline is hidden.
        is_timeline_hidden: Scalar<bool> = "isTimelineHidden",
        /// Which skills-based work is visible.
        skill_visibility: Scalar<OmniSuperSkillVisibilityType> = "skillVisibility",
        /// The users who supervise.
        users: Vec<OmniSupervisorConfigUser> = "omniSupervisorConfigUser",
        /// The profiles whose users supervise, unless a user has a configuration of their own.
        profiles: Vec<OmniSupervisorConfigProfile> = "omniSupervisorConfigProfile",
        /// Visible queues.
        queues: Vec<OmniSupervisorConfigQueue> = "omniSupervisorConfigQueue",
        /// Visible skills.
        skills: Vec<OmniSupervisorConfigSkill> = "omniSupervisorConfigSkill",
        /// Visible groups of agents.
        groups: Vec<OmniSupervisorConfigGroup> = "omniSupervisorConfigGroup",
        /// What the supervisor may do.
        actions: Vec<OmniSupervisorConfigAction> = "omniSupervisorConfigAction",
        /// Which tabs there are.
        tabs: Vec<OmniSupervisorConfigTab> = "omniSupervisorConfigTab",
    }

    /// A user who supervises.
    pub struct OmniSupervisorConfigUser {
        /// The username.
        name: Scalar<Name> = "user",
    }

    /// A profile whose users supervise.
    pub struct OmniSupervisorConfigProfile {
        /// The profile.
        name: Scalar<Name> = "profile",
    }

    /// A visible queue.
    pub struct OmniSupervisorConfigQueue {
        /// The queue.
        name: Scalar<Name> = "queue",
    }

    /// A visible skill.
    pub struct OmniSupervisorConfigSkill {
        /// The skill.
        name: Scalar<Name> = "skill",
    }

    /// A visible group of agents.
    pub struct OmniSupervisorConfigGroup {
        /// The group.
        name: Scalar<Name> = "group",
    }

    /// Something the supervisor may do.
    pub struct OmniSupervisorConfigAction {
        /// What. Kept as text: the list of actions grows with the platform.
        action_name: Scalar<Name> = "actionName",
        /// On which tab.
        action_tab: Scalar<Name> = "actionTab",
        /// The flow, for a custom action.
        custom_action_flow: Scalar<Name> = "customActionFlow",
        /// Its place among the tab's actions.
        display_order: Scalar<i32> = "displayOrder",
    }

    /// A tab.
    pub struct OmniSupervisorConfigTab {
        /// Which. Kept as text: the list of tabs grows with the platform.
        tab_type: Scalar<Name> = "tabType",
        /// The page, for a tab of type `FlexipageType`.
        flexi_page: Scalar<Name> = "flexiPage",
        /// Its place among the tabs.
        display_order: Scalar<i32> = "displayOrder",
    }
}
