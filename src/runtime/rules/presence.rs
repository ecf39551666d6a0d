//! Which presence statuses an agent may enter.

use super::basis::Rules;
use crate::runtime::contract::{ConsoleChannel, Name, Refusal, UnknownGrants};
use crate::runtime::numbers::{AgentIx, ChannelIx, StatusIx};

impl Rules<'_> {
    /// Agents may only enter statuses that their profile or a permission set grants (Set Up Omni-Channel Developer Guide
    /// v56, `login`).
    pub(in crate::runtime) fn may_enter(self, user: &Name, status: &Name) -> Result<(AgentIx, StatusIx), Refusal> {
        let agent = self.book.find_agent(user)?;
        let known = self.book.agent(agent);
        if !known.is_active {
            return Err(Refusal::Inactive { user: user.clone() });
        }
        let status = self.plan.status_names.find(status)?;
        let row = &self.plan.statuses[status.at()];
        let by_profile =
            || !known.statuses_exact && known.profile.as_ref().is_some_and(|profile| row.profiles.contains(profile));
        let unknown = || !known.statuses_complete && self.book.state().options.unknown_grants == UnknownGrants::Allow;
        if known.statuses.contains(&status) || by_profile() || unknown() {
            return Ok((agent, status));
        }
        Err(Refusal::StatusNotGranted { user: user.clone(), status: row.name.clone() })
    }

    pub(in crate::runtime) fn logged_in(self, user: &Name) -> Result<AgentIx, Refusal> {
        let agent = self.book.find_agent(user)?;
        self.book.session(agent).map(|_| agent).ok_or_else(|| Refusal::NotLoggedIn { user: user.clone() })
    }

    pub(in crate::runtime) fn console_channels(self, channels: &[ChannelIx]) -> Vec<ConsoleChannel> {
        let name = |channel: &ChannelIx| self.plan.channels[channel.at()].name.clone();
        channels
            .iter()
            .map(|channel| ConsoleChannel { channel_id: name(channel), developer_name: name(channel) })
            .collect()
    }
}
