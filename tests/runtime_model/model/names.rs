//! What names mean, and where the records are.

use omnic::plan::{
    AfterConversationWork, CapacityModel, Channel, PresenceStatus, Queue, RoutingConfiguration, StatusMeaning,
};
use omnic::runtime::records::AgentWorkStatus;
use omnic::runtime::{
    AgentWorkId, ConsoleChannel, Name, PendingServiceRoutingId, PendingServiceRoutingKey, Refusal, What, WorkKey,
};

use super::{Agent, Item, Model, Psr, Session, Step, Work};

pub(super) fn unknown<T>(what: What, name: &str) -> Step<T> {
    Err(Refusal::Unknown { what, name: name.into() })
}

impl Model {
    pub(super) fn tables(&self) -> &omnic::plan::Tables {
        &self.plan.tables
    }

    /// A channel by name. One from outside of the project is tab-based, and has nothing switched on.
    pub(super) fn channel(&self, name: &str) -> Channel {
        let outside = || Channel { name: name.into(), ..Channel::default() };
        self.tables().channels.iter().find(|channel| channel.name == name).cloned().unwrap_or_else(outside)
    }

    /// Whether a channel is the project's, or named in it.
    pub(super) fn knows_channel(&self, name: &str) -> bool {
        let tables = self.tables();
        tables.channels.iter().any(|channel| channel.name == name)
            || tables
                .queues
                .iter()
                .flat_map(|queue| &queue.objects)
                .any(|object| object.channel.as_deref() == Some(name))
            || tables.presence_statuses.iter().any(|status| status.channels.iter().any(|channel| channel == name))
    }

    pub(super) fn queue(&self, name: &str) -> Step<Queue> {
        let found = self.tables().queues.iter().find(|queue| queue.name == name);
        found.cloned().map_or_else(|| unknown(What::Queue, name), Ok)
    }

    pub(super) fn routing_configuration(&self, name: &str) -> Option<RoutingConfiguration> {
        self.tables().routing_configurations.iter().find(|config| config.name == name).cloned()
    }

    pub(super) fn status(&self, name: &str) -> Option<&PresenceStatus> {
        self.tables().presence_statuses.iter().find(|status| status.name == name)
    }

    pub(super) fn channels_of_status(&self, name: &str) -> Vec<Name> {
        self.status(name).iter().flat_map(|status| &status.channels).cloned().collect()
    }

    pub(super) fn console_channels(&self, status: &str) -> Vec<ConsoleChannel> {
        let channels = self.channels_of_status(status).into_iter();
        channels.map(|name| ConsoleChannel { channel_id: name.clone(), developer_name: name }).collect()
    }

    pub(super) fn is_status_based(&self, channel: &str) -> bool {
        let channel = self.channel(channel);
        self.tables().settings.status_based_capacity
            && channel.capacity_model == CapacityModel::StatusBased
            && channel.status_capacity.is_some()
    }

    /// What a value of a channel's status field means.
    pub(super) fn meaning(&self, channel: &str, field: &str, value: &str) -> Option<StatusMeaning> {
        let status = self.channel(channel).status_capacity.filter(|_| self.is_status_based(channel))?;
        let entry = status.values.iter().find(|entry| entry.value == value)?;
        (status.field == field).then_some(entry.meaning)
    }

    pub(super) fn acw_of(&self, work: &Work) -> Option<AfterConversationWork> {
        let of_agent = || self.governs(self.find_agent(&work.user)?).acw;
        self.channel(&work.terms.channel).after_conversation_work.or_else(of_agent)
    }

    pub(super) fn find_agent(&self, name: &str) -> Option<&Agent> {
        self.agents.iter().find(|agent| &*agent.name == name)
    }

    pub(super) fn known_agent(&self, name: &str) -> Step<&Agent> {
        self.find_agent(name).map_or_else(|| unknown(What::Agent, name), Ok)
    }

    pub(super) fn agent(&mut self, name: &str) -> &mut Agent {
        self.agents.iter_mut().find(|agent| &*agent.name == name).expect("a known agent")
    }

    pub(super) fn session_of(&self, name: &str) -> Option<&Session> {
        self.find_agent(name)?.session.as_ref()
    }

    /// The session of an agent who must be logged in.
    pub(super) fn session(&mut self, name: &str) -> Step<&mut Session> {
        self.known_agent(name)?;
        self.agent(name).session.as_mut().ok_or_else(|| Refusal::NotLoggedIn { user: name.into() })
    }

    pub(super) fn item(&mut self, id: &str) -> Step<&mut Item> {
        self.items.iter_mut().find(|item| &*item.id == id).map_or_else(|| unknown(What::WorkItem, id), Ok)
    }

    pub(super) fn psr(&mut self, id: PendingServiceRoutingId) -> &mut Psr {
        self.waiting.iter_mut().find(|psr| psr.record.id == id).expect("a waiting item")
    }

    pub(super) fn psr_by_id(&self, id: PendingServiceRoutingId) -> &Psr {
        self.waiting.iter().find(|psr| psr.record.id == id).expect("a waiting item")
    }

    pub(super) fn psr_of(&self, item: &str) -> Option<&Psr> {
        self.waiting.iter().find(|psr| &*psr.record.work_item_id == item)
    }

    pub(super) fn psr_by_key(&self, key: &PendingServiceRoutingKey) -> Step<PendingServiceRoutingId> {
        if let PendingServiceRoutingKey::WorkItem(item) = key
            && !self.items.iter().any(|known| known.id == *item)
        {
            return unknown(What::WorkItem, item);
        }
        let (found, name) = match key {
            PendingServiceRoutingKey::Id(id) => (self.waiting.iter().find(|psr| psr.record.id == *id), id.to_string()),
            PendingServiceRoutingKey::WorkItem(item) => (self.psr_of(item), item.to_string()),
        };
        found.map_or_else(|| unknown(What::PendingServiceRouting, &name), |psr| Ok(psr.record.id))
    }

    pub(super) fn work(&mut self, id: AgentWorkId) -> &mut Work {
        self.works.iter_mut().find(|work| work.id == id).expect("a kept work")
    }

    /// Works of an item that an agent holds.
    pub(super) fn active(&self, item: &str) -> Vec<Work> {
        self.works.iter().filter(|work| &*work.item == item && work.status.is_active()).cloned().collect()
    }

    /// Works that take an agent's capacity.
    pub(crate) fn held(&self, user: &str) -> impl Iterator<Item = &Work> {
        self.works.iter().filter(move |work| &*work.user == user && (work.status.is_active() || work.is_held))
    }

    pub(super) fn work_by_key(&self, key: &WorkKey) -> Step<Work> {
        let (found, name) = match key {
            WorkKey::Id(id) => (self.works.iter().find(|work| work.id == *id), id.to_string()),
            WorkKey::WorkItem(item) if !self.items.iter().any(|known| known.id == *item) => {
                return unknown(What::WorkItem, item);
            }
            WorkKey::WorkItem(item) => (self.works.iter().rfind(|work| work.item == *item), item.to_string()),
        };
        found.cloned().map_or_else(|| unknown(What::AgentWork, &name), Ok)
    }

    /// The agent's own work, which must stand where it needs to.
    pub(super) fn own(&self, user: &Name, key: &WorkKey, needs: AgentWorkStatus) -> Step<Work> {
        self.own_or_held(user, key, needs, false)
    }

    /// The agent's open work, or what is held of it.
    pub(super) fn own_closable(&self, user: &Name, key: &WorkKey) -> Step<Work> {
        self.own_or_held(user, key, AgentWorkStatus::Opened, true)
    }

    fn own_or_held(&self, user: &Name, key: &WorkKey, needs: AgentWorkStatus, or_held: bool) -> Step<Work> {
        self.known_agent(user)?;
        let theirs = self.held(user).filter(|work| *key == WorkKey::WorkItem(work.item.clone())).last();
        let work = theirs.cloned().map_or_else(|| self.work_by_key(key), Ok)?;
        if work.user != *user {
            return Err(Refusal::NotYours { work: work.id, user: user.clone() });
        }
        if work.status != needs && !(needs == AgentWorkStatus::Opened && or_held && work.is_held) {
            return Err(Refusal::WrongStatus { work: work.id, status: work.status, needs });
        }
        Ok(work)
    }
}
