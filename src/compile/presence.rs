//! Presence statuses, presence configurations, and whom they govern.

use super::channels::after_conversation_work;
use super::{PlanCompiler, name_of, profile_name, sorted};
use crate::graph::reach::{self, Governing};
use crate::graph::{File, Item};
use crate::metadata::{self};
use crate::plan::{Acceptance, GovernedProfile, GovernedUser, Name, PresenceConfiguration, PresenceStatus, Units};
use crate::schema::{Kind, Role};
use crate::source::Location;

impl<'g> PlanCompiler<'g> {
    pub(super) fn status(&self, item: Item<'g, metadata::ServicePresenceStatus>) -> PresenceStatus {
        let channels = self.references(item.node, Role::Offers);
        let granted_by = |kind| {
            let is_read = |place: Location| self.graph.file_of(place).is_none_or(File::is_readable);
            let grants = self.graph.grants_of(item.node);
            let grants = grants.filter(move |&(by, place)| self.graph.node(by).kind == kind && is_read(place));
            // Profiles are written in any case, and are joined with other tables by their names.
            let name = |by| {
                if kind == Kind::Profile { profile_name(self.graph.name(by)) } else { Name::from(self.graph.name(by)) }
            };
            sorted(grants.map(|(by, _)| name(by)))
        };
        PresenceStatus {
            name: name_of(&item),
            away: channels.is_empty(),
            channels,
            granted_by_profiles: granted_by(Kind::Profile),
            granted_by_permission_sets: granted_by(Kind::PermissionSet),
        }
    }

    pub(super) fn presence(&self, item: Item<'g, metadata::PresenceUserConfig>) -> PresenceConfiguration {
        let value = item.value;
        let capacity = value.capacity.get().copied();
        let interruptible = value.interruptible_capacity.get().copied().filter(|units| Some(*units) != capacity);
        let units = |number: Option<i32>| number.map(|number| Units::from_units(f64::from(number)));
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
            name: name_of(&item),
            capacity: units(capacity),
            interruptible_capacity: units(interruptible),
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

    pub(super) fn governed_by_user(&mut self) -> Vec<GovernedUser> {
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

    pub(super) fn governed_by_profile(&mut self) -> Vec<GovernedProfile> {
        let mut rows = Vec::new();
        for (node, profile) in self.graph.nodes().filter(|(_, node)| node.kind == Kind::Profile) {
            let Governing::Config(config, reach::Why::Profile(location)) = self.graph.governing(None, Some(node))
            else {
                continue;
            };
            if let Some(presence_configuration) = self.row(config) {
                rows.push((GovernedProfile { profile: profile_name(&profile.name), presence_configuration }, location));
            }
        }
        self.split("governed_by_profile", rows)
    }
}
