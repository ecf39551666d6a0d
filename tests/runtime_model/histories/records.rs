//! Records are created, changed, deleted and undeleted.

use omnic::plan::SkillLevel;
use omnic::runtime::records::AgentWorkStatus;
use omnic::runtime::*;

use super::Kind;
use super::teller::Teller;
use crate::model::{Need, Work};

impl Teller<'_> {
    pub(super) fn record_event(&mut self, kind: Kind) -> Event {
        match kind {
            Kind::CreateRecord => {
                let (again, (_, object)) = (self.chance(10), self.route());
                let work_item_id = if again { self.item() } else { format!("W{}", self.number).into() };
                let object = self.object_of(&work_item_id).unwrap_or(object);
                let owner = match self.below(3) {
                    0 => Some(Owner::User(self.user())),
                    1 => Some(Owner::Queue(self.queue())),
                    _ => None,
                };
                Event::RecordCreated { work_item_id, object, fields: self.fields(3), owner }
            }
            Kind::DeleteRecord => Event::RecordDeleted { work_item_id: self.item() },
            Kind::UpdateNeed => {
                let (related_record_id, skill_id) = self.required();
                Event::UpdateSkillRequirement { related_record_id, skill_id, fields: self.need_fields() }
            }
            Kind::DeleteNeed => {
                let (related_record_id, skill_id) = self.required();
                Event::DeleteSkillRequirement { related_record_id, skill_id }
            }
            Kind::DeleteWork => {
                use AgentWorkStatus::{Closed, Declined, Opened, Unavailable};
                let status = self.one_of(&[Closed, Closed, Declined, Unavailable, Opened]).unwrap();
                Event::DeleteAgentWork { id: self.work(status).1 }
            }
            Kind::UndeleteWork => {
                let there = self.chance(10);
                let works = if there { &self.model.works } else { &self.model.bin.works };
                let ids: Vec<AgentWorkId> = works.iter().map(|work| work.id).collect();
                Event::UndeleteAgentWork { id: self.one_of(&ids).unwrap_or(AgentWorkId(7)) }
            }
            Kind::DeleteSkill => {
                let (agent_work_id, skill_id) = self.skill_of_work(|work| &work.skills);
                Event::DeleteAgentWorkSkill { agent_work_id, skill_id }
            }
            Kind::UndeleteSkill => {
                let (agent_work_id, skill_id) = self.skill_of_work(|work| &work.deleted_skills);
                Event::UndeleteAgentWorkSkill { agent_work_id, skill_id }
            }
            Kind::DeletePresence => {
                let past: Vec<_> = self.model.presences.iter().map(|presence| presence.id).collect();
                Event::DeleteUserServicePresence { id: self.presence(&past) }
            }
            Kind::UndeletePresence => {
                let deleted: Vec<_> = self.model.bin.presences.iter().map(|presence| presence.id).collect();
                Event::UndeleteUserServicePresence { id: self.presence(&deleted) }
            }
            _ => Event::TimePassed {},
        }
    }

    /// One of these; seldom any other, or one that there is not.
    fn presence(&mut self, fitting: &[UserServicePresenceId]) -> UserServicePresenceId {
        let sessions = self.model.agents.iter().filter_map(|agent| agent.session.as_ref());
        let current = sessions.map(|session| session.presence.id);
        let past = self.model.presences.iter().chain(&self.model.bin.presences).map(|presence| presence.id);
        let all: Vec<UserServicePresenceId> = current.chain(past).collect();
        let any = self.chance(15);
        let id = self.one_of(if any || fitting.is_empty() { &all } else { fitting });
        id.unwrap_or(UserServicePresenceId(7))
    }

    /// A request that can be edited and a skill that it asks for; seldom another request or skill.
    fn required(&mut self) -> (PendingServiceRoutingKey, Name) {
        let waiting = self.model.waiting.iter().filter(|psr| !psr.record.is_ready_for_routing);
        let all = waiting.flat_map(|psr| psr.needs.iter().map(|need| (psr.record.id, need.skill.clone())));
        let all: Vec<(PendingServiceRoutingId, Name)> = all.collect();
        let (any, other) = (self.chance(10), self.need().skill_id);
        match self.one_of(&all) {
            Some((id, _)) if any => (PendingServiceRoutingKey::Id(id), other),
            Some((id, skill)) => (PendingServiceRoutingKey::Id(id), skill),
            None => (self.request(None), other),
        }
    }

    fn need_fields(&mut self) -> SkillRequirementFields {
        let (need, bits) = (self.need(), self.below(256));
        let on = |bit: usize| bits >> bit & 1 == 1;
        SkillRequirementFields {
            skill_id: (on(0) && on(1)).then_some(need.skill_id),
            skill_level: if bits == 77 {
                Some(SkillLevel::from_level(100.0))
            } else {
                need.skill_level.filter(|_| on(2))
            },
            is_additional_skill: on(3).then_some(need.is_additional_skill),
            skill_priority: need.skill_priority.filter(|_| on(4)),
        }
    }

    /// A work and one of its skills; seldom other ones.
    fn skill_of_work(&mut self, skills: fn(&Work) -> &Vec<Need>) -> (AgentWorkId, Name) {
        let works = self.model.works.iter();
        let all = works.flat_map(|work| skills(work).iter().map(|need| (work.id, need.skill.clone())));
        let fitting: Vec<(AgentWorkId, Name)> = all.collect();
        let works = self.model.works.iter().chain(&self.model.bin.works);
        let all = works
            .flat_map(|work| work.skills.iter().chain(&work.deleted_skills).map(|need| (work.id, need.skill.clone())));
        let all: Vec<(AgentWorkId, Name)> = all.collect();
        let (any, other) = (self.chance(12), self.chance(4));
        let (work, skill) = self
            .one_of(if any || fitting.is_empty() { &all } else { &fitting })
            .unwrap_or_else(|| (AgentWorkId(7), "English".into()));
        (work, if other { self.need().skill_id } else { skill })
    }
}
