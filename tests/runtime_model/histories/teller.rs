//! Makes events of numbers, by what the model holds.

use std::collections::BTreeMap;

use omnic::plan::{Plan, Share, SkillLevel, Units};
use omnic::runtime::records::{AgentWorkStatus, RoutingModel};
use omnic::runtime::*;

use super::BEGIN;
use crate::model::{Model, Work};

/// Tells what happens, by a step's numbers.
pub(super) struct Teller<'a> {
    pub(super) number: usize,
    pub(super) plan: &'a Plan,
    pub(super) model: &'a Model,
    pub(super) picks: Vec<u16>,
}

pub(super) fn name(name: &str) -> Name {
    name.into()
}

impl Teller<'_> {
    /// A number below the limit; without numbers left, 0.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        // One number serves twice, so that ten are enough.
        let pick = usize::from(self.picks.pop().unwrap_or_default());
        pick % limit.max(1)
    }

    /// True so often of a hundred.
    pub(super) fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub(super) fn one_of<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        let pick = self.below(from.len());
        from.get(pick).cloned()
    }

    pub(super) fn user(&mut self) -> Name {
        let mut users: Vec<Name> = self.model.agents.iter().map(|agent| agent.name.clone()).collect();
        if self.number % 40 == 39 {
            users.push("nobody".into());
        }
        self.one_of(&users).unwrap()
    }

    pub(super) fn queue(&mut self) -> Name {
        let queues = &self.plan.tables.queues;
        if self.number % 60 == 59 {
            return "Nowhere".into();
        }
        self.one_of(queues).map(|queue| name(&queue.name)).unwrap()
    }

    pub(super) fn status(&mut self) -> Name {
        if self.number % 60 == 59 {
            return "Nowhere".into();
        }
        // The first status offers everything: it is twice as likely.
        let statuses = &self.plan.tables.presence_statuses;
        let pick = self.below(statuses.len() * 2);
        name(&statuses.get(pick).unwrap_or(&statuses[0]).name)
    }

    pub(super) fn item(&mut self) -> Name {
        let items: Vec<Name> = self.model.items.iter().map(|item| item.id.clone()).collect();
        self.one_of(&items).unwrap_or_else(|| "W0".into())
    }

    /// Seldom a channel, whether it suits or not.
    pub(super) fn channel(&mut self) -> Option<Name> {
        let mut channels: Vec<Name> = self.plan.tables.channels.iter().map(|channel| name(&channel.name)).collect();
        channels.push("Far_Away".into());
        let named = self.below(16) == 5;
        self.one_of(&channels).filter(|_| named)
    }

    /// A record's object does not change.
    pub(super) fn object_of(&self, item: &Name) -> Option<Name> {
        Some(self.model.items.iter().find(|known| known.id == *item)?.object.clone())
    }

    /// A work that stands so, if there is any, and its agent; seldom another work or agent.
    pub(super) fn work(&mut self, status: AgentWorkStatus) -> (Name, WorkKey) {
        let fitting: Vec<Work> = self.model.works.iter().filter(|work| work.status == status).cloned().collect();
        let any = self.chance(6);
        let Some(work) = self.one_of(if any || fitting.is_empty() { &self.model.works } else { &fitting }) else {
            return (self.user(), WorkKey::Id(AgentWorkId(7)));
        };
        let user = if any && self.chance(50) { self.user() } else { work.user.clone() };
        let key = if any { WorkKey::WorkItem(work.item.clone()) } else { WorkKey::Id(work.id) };
        (user, key)
    }

    pub(super) fn request(&mut self, ready: Option<bool>) -> PendingServiceRoutingKey {
        let waiting = self.model.waiting.iter();
        let fitting = waiting.filter(|psr| ready.is_none_or(|ready| psr.record.is_ready_for_routing == ready));
        let found: Vec<_> = fitting.map(|psr| psr.record.clone()).collect();
        match self.one_of(&found) {
            Some(record) if self.number.is_multiple_of(2) => PendingServiceRoutingKey::Id(record.id),
            Some(record) => PendingServiceRoutingKey::WorkItem(record.work_item_id),
            None => PendingServiceRoutingKey::WorkItem(self.item()),
        }
    }

    /// A value for one of the fields that the plan asks for.
    pub(super) fn field(&mut self) -> (Name, Name) {
        let tables = &self.plan.tables;
        let mut values = vec![("Urgency", "Odd"), ("Status", "Odd")];
        for channel in &tables.channels {
            if let Some(status) = &channel.status_capacity {
                values.extend(status.values.iter().map(|value| (status.field.as_str(), value.value.as_str())));
            }
            if let Some(secondary) = &channel.secondary_priority {
                values.extend(secondary.values.iter().map(|value| (secondary.field.as_str(), value.value.as_str())));
            }
        }
        for rule in &tables.skill_rules {
            let value = rule.value.as_deref().unwrap_or_default();
            values
                .push((if self.number.is_multiple_of(2) { &rule.field["Case.".len()..] } else { &rule.field }, value));
        }
        self.one_of(&values).map(|(field, value)| (field.into(), value.into())).unwrap()
    }

    /// A field that changes: often a status.
    pub(super) fn changed_field(&mut self) -> (Name, Name) {
        let field = self.field();
        let values = ["Closed", "On Hold", "Working"];
        if self.chance(50) { ("Status".into(), self.one_of(&values).unwrap().into()) } else { field }
    }

    pub(super) fn fields(&mut self, most: usize) -> BTreeMap<Name, Name> {
        (0..self.below(most + 1)).map(|_| self.field()).collect()
    }

    pub(super) fn time_about_now(&mut self) -> Option<Time> {
        let seconds = i64::try_from(self.below(400)).unwrap();
        (seconds < 100).then(|| self.model.now.plus((seconds - 60) * 1_000)).filter(|_| self.model.now >= BEGIN)
    }

    pub(super) fn need(&mut self) -> SkillNeed {
        let mut skills: Vec<Name> = self.plan.tables.skills.iter().map(|skill| name(&skill.name)).collect();
        if self.number % 50 == 49 {
            skills.push("Nowhere".into());
        }
        let pick = self.below(60);
        SkillNeed {
            skill_id: self.one_of(&skills).unwrap_or_else(|| "English".into()),
            skill_level: [None, Some(1.0), Some(2.5), Some(4.0)][pick % 4].map(SkillLevel::from_level),
            is_additional_skill: !pick.is_multiple_of(3),
            skill_priority: [None, Some(0), Some(1), Some(1), Some(7)][pick % 5],
        }
    }

    pub(super) fn held(&mut self) -> SkillHeld {
        let need = self.need();
        SkillHeld { skill_id: need.skill_id, skill_level: need.skill_level }
    }

    pub(super) fn configuration(&mut self) -> Name {
        self.one_of(&self.plan.tables.routing_configurations).map(|config| name(&config.name)).unwrap()
    }

    /// A route, and an object that it suits.
    pub(super) fn route(&mut self) -> (Route, Name) {
        let kind = self.below(10);
        let (queue, pick) = (self.queue(), self.below(1_000));
        let known = self.plan.tables.queues.iter().find(|known| *known.name == *queue);
        let objects = known.map(|known| known.objects.clone()).unwrap_or_default();
        let mut object: Name = objects.get(pick % objects.len().max(1)).map_or("Case", |object| &object.object).into();
        if pick % 70 == 69 {
            object = "Elsewhere".into();
        }
        let route = match kind {
            0 | 1 => {
                let skills = (0..pick % 4).map(|_| self.need()).collect();
                let routing_configuration = self.configuration();
                Route::Skills(SkillsRoute { routing_configuration, skills, run_rules: pick.is_multiple_of(2) })
            }
            2 | 3 => Route::Agent(AgentRoute {
                user: self.user(),
                required: pick.is_multiple_of(3),
                backup_queue: (pick.is_multiple_of(2)).then_some(queue),
                routing_configuration: (pick % 5 < 3).then(|| self.configuration()),
            }),
            _ => Route::Queue(queue),
        };
        (route, object)
    }

    pub(super) fn request_fields(&mut self) -> PendingServiceRoutingFields {
        let (bits, numbers) = (self.below(65_536), self.below(65_536));
        let on = |bit: usize| bits >> bit & 1 == 1;
        PendingServiceRoutingFields {
            service_channel_id: None,
            routing_model: on(0).then_some([RoutingModel::LeastActive, RoutingModel::MostAvailable][numbers % 2]),
            routing_priority: on(1).then_some([0, 1, 2][numbers % 3]),
            secondary_routing_priority: on(2).then_some([0, 1, 5][numbers % 3]),
            capacity_weight: on(3).then(|| Units::from_units([0.0, 0.5, 1.0, -1.0][numbers / 8 % 4])),
            capacity_percentage: (on(4) && (!on(3) || numbers.is_multiple_of(10)))
                .then(|| Share::from_percent([20.0, 50.0, 100.0][numbers / 8 % 3])),
            push_timeout: on(5).then_some([0, 5, 30][numbers / 4 % 3]),
            drop_additional_skills_timeout: on(6).then_some([0, 5, 8][numbers / 16 % 3]),
            custom_requested_date_time: self.time_about_now(),
            target_accept_date_time: self.time_about_now(),
            preferred_user_id: (on(7) && on(8)).then(|| self.user()),
            is_preferred_user_required: (on(7) && on(8) && on(9)).then_some(on(10)),
            is_ready_for_routing: on(11).then_some(on(12) || on(13)),
        }
    }
}
