//! Names to numbers, and numbers to records.

use super::index::Index;
use super::record_no::{ItemNo, PendingNo, PresenceNo, WorkNo};
use super::state::{Agent, Item, Pending, PresenceRecord, Session, State, Work};
use crate::runtime::contract::records::AgentWorkStatus;
use crate::runtime::contract::{Name, PendingServiceRoutingKey, Refusal, What, WorkKey};
use crate::runtime::numbers::{AgentIx, SkillIx};

/// All that has happened, and what is derived from it: whoever changes one changes the other, by a method of this type.
#[derive(Debug)]
pub(in crate::runtime) struct Book {
    /// What is saved.
    pub(super) state: State,
    /// What is made from it.
    pub(super) index: Index,
}

/// What the state is known to hold, since a record is kept as long as its number is kept anywhere. A missing record is a
/// bug of the runtime: tests stop at it, and a program goes on without. Whoever asks for what somebody named looks itself.
impl Book {
    /// What is saved.
    pub(in crate::runtime) fn state(&self) -> &State {
        &self.state
    }

    /// What is made from it.
    pub(in crate::runtime) fn index(&self) -> &Index {
        &self.index
    }

    pub(in crate::runtime) fn agent(&self, agent: AgentIx) -> &Agent {
        &self.state.agents[agent.at()]
    }

    pub(in crate::runtime) fn agent_mut(&mut self, agent: AgentIx) -> &mut Agent {
        &mut self.state.agents[agent.at()]
    }

    pub(in crate::runtime) fn session(&self, agent: AgentIx) -> Option<&Session> {
        self.agent(agent).session.as_ref()
    }

    pub(in crate::runtime) fn agent_name(&self, agent: AgentIx) -> Name {
        self.agent(agent).name.clone()
    }

    pub(in crate::runtime) fn item(&self, item: ItemNo) -> Option<&Item> {
        let found = self.state.items.get(item);
        debug_assert!(found.is_some(), "no item {item:?}");
        found
    }

    pub(in crate::runtime) fn pending(&self, pending: PendingNo) -> Option<&Pending> {
        let found = self.state.pendings.get(pending);
        debug_assert!(found.is_some(), "no pending {pending:?}");
        found
    }

    pub(in crate::runtime) fn work(&self, work: WorkNo) -> Option<&Work> {
        let found = self.state.works.get(work);
        debug_assert!(found.is_some(), "no work {work:?}");
        found
    }

    pub(in crate::runtime) fn item_mut(&mut self, item: ItemNo) -> Option<&mut Item> {
        let found = self.state.items.get_mut(item);
        debug_assert!(found.is_some(), "no item {item:?}");
        found
    }

    pub(in crate::runtime) fn pending_mut(&mut self, pending: PendingNo) -> Option<&mut Pending> {
        let found = self.state.pendings.get_mut(pending);
        debug_assert!(found.is_some(), "no pending {pending:?}");
        found
    }

    pub(in crate::runtime) fn work_mut(&mut self, work: WorkNo) -> Option<&mut Work> {
        let found = self.state.works.get_mut(work);
        debug_assert!(found.is_some(), "no work {work:?}");
        found
    }

    pub(in crate::runtime) fn presence_mut(&mut self, presence: PresenceNo) -> Option<&mut PresenceRecord> {
        let found = self.state.presences.get_mut(presence);
        debug_assert!(found.is_some(), "no presence {presence:?}");
        found
    }

    pub(in crate::runtime) fn item_name(&self, item: ItemNo) -> Name {
        self.item(item).map_or_else(|| Name::from(""), |item| item.name.clone())
    }

    pub(in crate::runtime) fn agent_number(&self, name: &str) -> Option<AgentIx> {
        self.index.agents.find(name, |agent| self.state.agents.get(agent.at()).map(|known| &known.name))
    }

    pub(in crate::runtime) fn item_number(&self, name: &str) -> Option<ItemNo> {
        self.index.items.find(name, |item| self.state.items.get(item).map(|known| &known.name))
    }

    pub(in crate::runtime) fn find_agent(&self, name: &Name) -> Result<AgentIx, Refusal> {
        self.agent_number(name).ok_or_else(|| unknown(What::Agent, name))
    }

    pub(in crate::runtime) fn find_item(&self, name: &Name) -> Result<ItemNo, Refusal> {
        self.item_number(name).ok_or_else(|| unknown(What::WorkItem, name))
    }

    pub(in crate::runtime) fn find_pending(&self, key: &PendingServiceRoutingKey) -> Result<PendingNo, Refusal> {
        let refused = |name: &Name| unknown(What::PendingServiceRouting, name);
        match key {
            PendingServiceRoutingKey::Id(id) => {
                let number = PendingNo::from(*id);
                self.state.pendings.get(number).map(|_| number).ok_or_else(|| refused(&Name::from(id.to_string())))
            }
            PendingServiceRoutingKey::WorkItem(name) => {
                self.item(self.find_item(name)?).and_then(|item| item.pending).ok_or_else(|| refused(name))
            }
        }
    }

    pub(in crate::runtime) fn find_work(&self, key: &WorkKey) -> Result<WorkNo, Refusal> {
        let refused = |name: &Name| unknown(What::AgentWork, name);
        match key {
            WorkKey::Id(id) => {
                let number = WorkNo::from(*id);
                self.state
                    .works
                    .get(number)
                    .filter(|work| !work.deleted)
                    .map(|_| number)
                    .ok_or_else(|| refused(&Name::from(id.to_string())))
            }
            WorkKey::WorkItem(name) => {
                let latest = self.item(self.find_item(name)?).and_then(|item| item.latest_work);
                latest.filter(|&work| self.state.works.get(work).is_some()).ok_or_else(|| refused(name))
            }
        }
    }

    /// The agent's work that a console or an agent names, in the status that it has to have.
    pub(in crate::runtime) fn own_work(
        &self,
        user: &Name,
        key: &WorkKey,
        needs: AgentWorkStatus,
    ) -> Result<(AgentIx, WorkNo), Refusal> {
        let (agent, number) = self.work_of(user, key)?;
        match self.work(number).map(|work| work.status) {
            Some(status) if status != needs => Err(Refusal::WrongStatus { work: number.id(), status, needs }),
            _ => Ok((agent, number)),
        }
    }

    /// The agent's work that a console or an agent names.
    pub(in crate::runtime) fn work_of(&self, user: &Name, key: &WorkKey) -> Result<(AgentIx, WorkNo), Refusal> {
        let agent = self.find_agent(user)?;
        // By the record: the agent's own work on it, where somebody else's is newer.
        let own = match key {
            WorkKey::Id(_) => None,
            WorkKey::WorkItem(name) => {
                let item = self.find_item(name)?;
                let mut works = self.agent(agent).works.iter().rev().copied();
                works.find(|&work| self.work(work).is_some_and(|work| work.item == item))
            }
        };
        let number = own.map_or_else(|| self.find_work(key), Ok)?;
        let Some(work) = self.work(number) else { return Err(unknown(What::AgentWork, user)) };
        if work.agent != agent {
            return Err(Refusal::NotYours { work: number.id(), user: user.clone() });
        }
        Ok((agent, number))
    }

    pub(in crate::runtime) fn skill_name(&self, skill: SkillIx) -> Name {
        self.index.skill_names[skill.at()].clone()
    }
}

pub(in crate::runtime) fn unknown(what: What, name: &Name) -> Refusal {
    Refusal::Unknown { what, name: name.clone() }
}
