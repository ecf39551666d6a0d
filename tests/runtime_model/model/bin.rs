//! What happened is deleted, and undeleted: `AgentWork`, `AgentWorkSkill`, `UserServicePresence`.

use omnic::runtime::{AgentWorkId, Effect, Name, Refusal, UserServicePresenceId, What, WorkKey};

use super::names::unknown;
use super::{Model, Step};

impl Model {
    pub(super) fn delete_agent_work(&mut self, key: &WorkKey) -> Step {
        let work = self.work_by_key(key)?;
        if !work.status.is_deletable() {
            return Err(Refusal::NotDeletable { work: work.id, status: work.status });
        }
        self.works.retain(|other| other.id != work.id);
        self.tell(Effect::AgentWorkDeleted { id: work.id });
        self.bin.works.push(work);
        Ok(())
    }

    pub(super) fn undelete_agent_work(&mut self, id: AgentWorkId) -> Step {
        let Some(place) = self.bin.works.iter().position(|work| work.id == id) else {
            self.work_by_key(&WorkKey::Id(id))?;
            return Err(Refusal::NotDeleted { what: What::AgentWork, name: id.to_string().into() });
        };
        let work = self.bin.works.remove(place);
        self.works.push(work);
        self.works.sort_by_key(|work| work.id);
        self.tell(Effect::AgentWorkUndeleted { id });
        Ok(())
    }

    pub(super) fn delete_agent_work_skill(&mut self, id: AgentWorkId, skill: &Name) -> Step {
        self.work_by_key(&WorkKey::Id(id))?;
        let work = self.work(id);
        let Some(place) = work.skills.iter().position(|need| need.skill == *skill) else {
            return unknown(What::AgentWorkSkill, skill);
        };
        let need = work.skills.remove(place);
        work.deleted_skills.push(need);
        self.tell(Effect::AgentWorkSkillDeleted { agent_work_id: id, skill_id: skill.clone() });
        Ok(())
    }

    pub(super) fn undelete_agent_work_skill(&mut self, id: AgentWorkId, skill: &Name) -> Step {
        self.work_by_key(&WorkKey::Id(id))?;
        let work = self.work(id);
        let Some(place) = work.deleted_skills.iter().position(|need| need.skill == *skill) else {
            if work.skills.iter().any(|need| need.skill == *skill) {
                return Err(Refusal::NotDeleted { what: What::AgentWorkSkill, name: skill.clone() });
            }
            return unknown(What::AgentWorkSkill, skill);
        };
        let need = work.deleted_skills.remove(place);
        work.skills.push(need);
        self.tell(Effect::AgentWorkSkillUndeleted { agent_work_id: id, skill_id: skill.clone() });
        Ok(())
    }

    pub(super) fn delete_user_service_presence(&mut self, id: UserServicePresenceId) -> Step {
        if let Some(user) = self.who_is_in(id) {
            return Err(Refusal::CurrentState { id, user });
        }
        let Some(place) = self.presences.iter().position(|presence| presence.id == id) else {
            return unknown(What::UserServicePresence, &id.to_string());
        };
        let presence = self.presences.remove(place);
        self.bin.presences.push(presence);
        self.tell(Effect::UserServicePresenceDeleted { id });
        Ok(())
    }

    pub(super) fn undelete_user_service_presence(&mut self, id: UserServicePresenceId) -> Step {
        let Some(place) = self.bin.presences.iter().position(|presence| presence.id == id) else {
            if self.who_is_in(id).is_some() || self.presences.iter().any(|presence| presence.id == id) {
                return Err(Refusal::NotDeleted { what: What::UserServicePresence, name: id.to_string().into() });
            }
            return unknown(What::UserServicePresence, &id.to_string());
        };
        let presence = self.bin.presences.remove(place);
        self.presences.push(presence);
        self.tell(Effect::UserServicePresenceUndeleted { id });
        Ok(())
    }

    /// Whose current state a presence is.
    fn who_is_in(&self, id: UserServicePresenceId) -> Option<Name> {
        let is_in = |agent: &&super::Agent| agent.session.as_ref().is_some_and(|session| session.presence.id == id);
        self.agents.iter().find(is_in).map(|agent| agent.name.clone())
    }
}
