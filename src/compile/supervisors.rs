//! What supervisors see.

use super::{PlanCompiler, name_of, profile_name, sorted, text};
use crate::graph::Item;
use crate::metadata::{self};
use crate::plan::{SkillVisibility, SupervisorAction, SupervisorTab, SupervisorView};
use crate::schema::{Kind, Role};

impl<'g> PlanCompiler<'g> {
    pub(super) fn view(&self, item: Item<'g, metadata::OmniSupervisorConfig>) -> SupervisorView {
        let value = item.value;
        let users = self.graph.targets(item.node, Role::SupervisorUser).filter_map(|(user, _)| self.row(user));
        let profiles = self.graph.targets(item.node, Role::SupervisorProfile);
        let mut actions: Vec<_> = value
            .actions
            .iter()
            .filter_map(|action| {
                let (tab, name) = (text(&action.action_tab)?, text(&action.action_name)?);
                let order = action.display_order.get().copied().unwrap_or_default();
                Some((
                    tab.clone(),
                    order,
                    SupervisorAction {
                        tab,
                        action: name,
                        flow: self.proper_name(Kind::Flow, &action.custom_action_flow),
                    },
                ))
            })
            .collect();
        actions.sort_by(|(tab, order, _), (other_tab, other, _)| (tab, order).cmp(&(other_tab, other)));
        let mut tabs: Vec<_> = value
            .tabs
            .iter()
            .filter_map(|tab| {
                let order = tab.display_order.get().copied().unwrap_or_default();
                Some((order, SupervisorTab { tab: text(&tab.tab_type)?, page: text(&tab.flexi_page) }))
            })
            .collect();
        tabs.sort_by_key(|(order, _)| *order);
        SupervisorView {
            name: name_of(&item),
            users: sorted(users),
            profiles: sorted(profiles.map(|(profile, _)| profile_name(self.graph.name(profile)))),
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
}
