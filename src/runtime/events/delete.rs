//! Records that say what happened are deleted, and undeleted: `AgentWork`, `AgentWorkSkill`, `UserServicePresence`. The
//! calls are those that the Set Up Omni-Channel Developer Guide v56 lists for each.

use crate::runtime::book::{ItemNo, Need, PresenceNo, WorkNo, unknown};
use crate::runtime::contract::{AgentWorkId, Effect, Name, Refusal, UserServicePresenceId, What, WorkKey};
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn delete_agent_work(&mut self, key: &WorkKey) -> Result<(), Refusal> {
        let number = self.book.find_work(key)?;
        let id = number.id();
        let Some(work) = self.book.work_mut(number) else { return Ok(()) };
        let (item, status) = (work.item, work.status);
        if !status.is_deletable() {
            return Err(Refusal::NotDeletable { work: id, status });
        }
        work.deleted = true;
        self.find_latest(item);
        self.emit(Effect::AgentWorkDeleted { id });
        Ok(())
    }

    pub(in crate::runtime) fn undelete_agent_work(&mut self, id: AgentWorkId) -> Result<(), Refusal> {
        let record = || Name::from(id.to_string());
        let number = WorkNo::from(id);
        if self.book.state().works.get(number).is_none() {
            return Err(unknown(What::AgentWork, &record()));
        }
        let Some(work) = self.book.work_mut(number) else { return Ok(()) };
        undelete(&mut work.deleted, What::AgentWork, record)?;
        let item = work.item;
        self.find_latest(item);
        self.emit(Effect::AgentWorkUndeleted { id });
        Ok(())
    }

    pub(in crate::runtime) fn delete_agent_work_skill(
        &mut self,
        work: AgentWorkId,
        skill: &Name,
    ) -> Result<(), Refusal> {
        match self.skill_of_work(work, skill)? {
            need if need.deleted => return Err(unknown(What::AgentWorkSkill, skill)),
            need => need.deleted = true,
        }
        self.emit(Effect::AgentWorkSkillDeleted { agent_work_id: work, skill_id: skill.clone() });
        Ok(())
    }

    pub(in crate::runtime) fn undelete_agent_work_skill(
        &mut self,
        work: AgentWorkId,
        skill: &Name,
    ) -> Result<(), Refusal> {
        let need = self.skill_of_work(work, skill)?;
        undelete(&mut need.deleted, What::AgentWorkSkill, || skill.clone())?;
        self.emit(Effect::AgentWorkSkillUndeleted { agent_work_id: work, skill_id: skill.clone() });
        Ok(())
    }

    pub(in crate::runtime) fn delete_user_service_presence(
        &mut self,
        id: UserServicePresenceId,
    ) -> Result<(), Refusal> {
        let number = PresenceNo::from(id);
        let found = self.book.state().presences.get(number).filter(|record| !record.deleted);
        let Some(record) = found else { return Err(unknown(What::UserServicePresence, &Name::from(id.to_string()))) };
        if record.ended.is_none() {
            return Err(Refusal::CurrentState { id, user: self.book.agent_name(record.agent) });
        }
        if let Some(record) = self.book.presence_mut(number) {
            record.deleted = true;
        }
        self.emit(Effect::UserServicePresenceDeleted { id });
        Ok(())
    }

    pub(in crate::runtime) fn undelete_user_service_presence(
        &mut self,
        id: UserServicePresenceId,
    ) -> Result<(), Refusal> {
        let name = || Name::from(id.to_string());
        let number = PresenceNo::from(id);
        if self.book.state().presences.get(number).is_none() {
            return Err(unknown(What::UserServicePresence, &name()));
        }
        let Some(record) = self.book.presence_mut(number) else { return Ok(()) };
        undelete(&mut record.deleted, What::UserServicePresence, name)?;
        self.emit(Effect::UserServicePresenceUndeleted { id });
        Ok(())
    }

    /// The skill by which work was routed, deleted or not.
    fn skill_of_work(&mut self, work: AgentWorkId, skill: &Name) -> Result<&mut Need, Refusal> {
        let number = self.book.find_work(&WorkKey::Id(work))?;
        let known = self.book.index().skills.get(skill).copied();
        let mut needs = self.book.work_mut(number).into_iter().flat_map(|work| &mut work.needs);
        needs.find(|need| Some(need.skill) == known).ok_or_else(|| unknown(What::AgentWorkSkill, skill))
    }

    /// Finds the latest work on a record again.
    fn find_latest(&mut self, item: ItemNo) {
        let left = self.book.state().works.iter().filter(|(_, work)| work.item == item && !work.deleted);
        let latest: Option<WorkNo> = left.map(|(number, _)| number).max();
        if let Some(record) = self.book.item_mut(item) {
            record.latest_work = latest;
        }
    }
}

/// What is not deleted cannot be undeleted.
fn undelete(deleted: &mut bool, what: What, name: impl FnOnce() -> Name) -> Result<(), Refusal> {
    if std::mem::take(deleted) { Ok(()) } else { Err(Refusal::NotDeleted { what, name: name() }) }
}
