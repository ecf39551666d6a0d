//! What happens at a step.

use std::collections::BTreeMap;

use omnic::plan::{self, Share, Units};
use omnic::runtime::records::AgentWorkStatus;
use omnic::runtime::*;

use super::Kind;
use super::teller::{Teller, name};
use crate::model::Work;

impl Teller<'_> {
    /// Another kind, if nothing could come of it in this world.
    fn to_the_point(&self, kind: Kind) -> Kind {
        let tables = &self.plan.tables;
        let mut configurations = tables.routing_configurations.iter();
        let has_partners = configurations.any(|config| config.model == Some(plan::RoutingModel::External));
        let has_acw = tables.channels.iter().any(|channel| channel.after_conversation_work.is_some());
        match kind {
            Kind::CreateAgentWork if !has_partners => Kind::Accept,
            Kind::ConversationEnded if !has_acw => Kind::Owner,
            Kind::Extend if !has_acw => Kind::Update,
            _ => kind,
        }
    }

    pub(super) fn event(&mut self, kind: Kind) -> Event {
        let kind = self.to_the_point(kind);
        match kind {
            Kind::Arrive | Kind::Cancel | Kind::Update | Kind::Owner | Kind::ConversationEnded => self.work_event(kind),
            Kind::CreateRecord
            | Kind::DeleteRecord
            | Kind::UpdateNeed
            | Kind::DeleteNeed
            | Kind::DeleteWork
            | Kind::UndeleteWork
            | Kind::DeleteSkill
            | Kind::UndeleteSkill
            | Kind::DeletePresence
            | Kind::UndeletePresence => self.record_event(kind),
            Kind::Login | Kind::SetStatus | Kind::Logout | Kind::ConnectionLost | Kind::Ask => {
                self.presence_event(kind)
            }
            Kind::Accept
            | Kind::Decline
            | Kind::Close
            | Kind::TabClosed
            | Kind::TabFocused
            | Kind::Extend
            | Kind::Transfer => self.console_event(kind),
            _ => self.other_event(kind),
        }
    }

    /// A record is routed, or changes.
    fn work_event(&mut self, kind: Kind) -> Event {
        use AgentWorkStatus::Opened;
        match kind {
            Kind::Arrive => {
                let (route, object) = self.route();
                let work_item_id = if self.chance(7) { self.item() } else { format!("W{}", self.number).into() };
                let object = self.object_of(&work_item_id).unwrap_or(object);
                Event::WorkArrived(WorkArrived {
                    work_item_id,
                    object,
                    custom_requested_date_time: self.time_about_now(),
                    target_accept_date_time: self.time_about_now(),
                    fields: self.fields(3),
                    service_channel_id: self.channel(),
                    route,
                })
            }
            Kind::Cancel => Event::WorkCanceled { work_item_id: self.item() },
            Kind::Update => {
                let finished =
                    self.model.items.iter().filter(|item| item.meaning == Some(plan::StatusMeaning::Completed));
                let finished: Vec<Name> = finished.map(|item| item.id.clone()).collect();
                let reopens = self.chance(40);
                if let Some(work_item_id) = self.one_of(&finished).filter(|_| reopens) {
                    let fields = BTreeMap::from([("Status".into(), "Working".into())]);
                    return Event::WorkItemUpdated { work_item_id, fields };
                }
                let opened = self.model.works.iter().filter(|work| work.status == Opened);
                let opened: Vec<Name> = opened.map(|work| work.item.clone()).collect();
                let of_work = self.chance(50);
                let work_item_id = self.one_of(&opened).filter(|_| of_work).unwrap_or_else(|| self.item());
                Event::WorkItemUpdated { work_item_id, fields: BTreeMap::from([self.changed_field()]) }
            }
            Kind::Owner => {
                let to_queue = self.chance(40);
                let owner = if to_queue { Owner::Queue(self.queue()) } else { Owner::User(self.user()) };
                Event::OwnerChanged { work_item_id: self.item(), owner }
            }
            Kind::ConversationEnded => {
                let (_, key) = self.work(Opened);
                let work_item_id = match key {
                    WorkKey::WorkItem(item) => item,
                    WorkKey::Id(id) => {
                        let work = self.model.works.iter().find(|work| work.id == id);
                        work.map_or_else(|| "W0".into(), |work| work.item.clone())
                    }
                };
                Event::ConversationEnded { work_item_id }
            }
            _ => Event::TimePassed {},
        }
    }

    /// An agent comes, goes, or asks.
    fn presence_event(&mut self, kind: Kind) -> Event {
        match kind {
            Kind::Login => {
                let out = self.model.agents.iter().filter(|agent| agent.session.is_none());
                let out: Vec<Name> = out.map(|agent| agent.name.clone()).collect();
                let again = self.chance(8);
                let user = self.one_of(&out).filter(|_| !again).unwrap_or_else(|| self.user());
                Event::Login { user, status_id: self.status() }
            }
            Kind::SetStatus => Event::SetServicePresenceStatus { user: self.user(), status_id: self.status() },
            Kind::Logout => Event::Logout { user: self.user() },
            Kind::ConnectionLost => {
                let told = self.chance(50);
                Event::ConnectionLost { user: self.user(), error: told.then(|| "502".into()) }
            }
            Kind::Ask => {
                let user = self.user();
                match self.below(4) {
                    0 => Event::GetServicePresenceStatusId { user },
                    1 => Event::GetServicePresenceStatusChannels { user },
                    2 => Event::GetAgentWorks { user },
                    _ => Event::GetAgentWorkload { user },
                }
            }
            _ => Event::TimePassed {},
        }
    }

    /// An agent does something with work.
    fn console_event(&mut self, kind: Kind) -> Event {
        use AgentWorkStatus::{Assigned, Opened};
        match kind {
            Kind::Accept => {
                let (user, work_id) = self.work(Assigned);
                Event::AcceptAgentWork { user, work_id }
            }
            Kind::Decline => {
                let (user, work_id) = self.work(Assigned);
                let reason = self.one_of(&[None, Some("Busy"), Some("Rain")]).flatten();
                Event::DeclineAgentWork { user, work_id, decline_reason: reason.map(Into::into) }
            }
            Kind::Close => {
                let (user, work_id) = self.work(Opened);
                Event::CloseAgentWork { user, work_id }
            }
            Kind::TabClosed => {
                let (user, work_id) = self.work(Opened);
                Event::TabClosed { user, work_id }
            }
            Kind::TabFocused => {
                let (user, work_id) = self.work(Opened);
                let elsewhere = self.chance(20);
                Event::TabFocused { user, work_id: (!elsewhere).then_some(work_id) }
            }
            Kind::Extend => {
                let running = self
                    .model
                    .works
                    .iter()
                    .filter(|work| work.status == Opened && work.acw.is_some_and(|acw| acw.ended.is_none()));
                let running: Vec<Work> = running.cloned().collect();
                let (user, work_id) = match self.one_of(&running) {
                    Some(work) if self.chance(80) => (work.user, WorkKey::Id(work.id)),
                    _ => self.work(Opened),
                };
                Event::AfterConversationWorkExtended { user, work_id }
            }
            Kind::Transfer => {
                let (user, work_id) = self.work(Opened);
                let direct = self.chance(60);
                let (user_b, (route, _)) = (self.user(), self.route());
                let alone =
                    AgentRoute { user: user_b, required: false, backup_queue: None, routing_configuration: None };
                Event::WorkTransferred { user, work_id, to: if direct { Route::Agent(alone) } else { route } }
            }
            _ => Event::TimePassed {},
        }
    }

    /// Supervisors, partners, records through the API, administrators.
    fn other_event(&mut self, kind: Kind) -> Event {
        match kind {
            Kind::Supervise => {
                let (other, agent) = (self.chance(10), self.user());
                let user = if other { self.user() } else { name(&self.plan.tables.users[0]) };
                let action = if self.chance(20) {
                    let (queue, add, remove) = (self.queue(), vec![agent, self.user()], vec![self.user()]);
                    Supervision::ManageQueues { queue, add, remove }
                } else if self.chance(40) {
                    let (add, remove) = (vec![self.queue()], vec![self.queue()]);
                    Supervision::ChangeQueues { agent, add, remove }
                } else {
                    let bits = self.below(16);
                    let add = if bits > 4 { vec![self.held()] } else { Vec::new() };
                    let remove = if bits < 8 { vec![self.held().skill_id] } else { Vec::new() };
                    Supervision::ChangeSkills { agent, add, remove }
                };
                Event::Supervise { user, action }
            }
            Kind::CreateAgentWork => {
                let waiting = self.model.waiting.iter();
                let external = waiting.filter(|psr| psr.external && !psr.record.is_pushed);
                let found: Vec<_> = external.map(|psr| psr.record.clone()).collect();
                let odd = self.chance(8);
                let record = self.one_of(&found).filter(|_| !odd);
                let bits = self.below(64);
                Event::CreateAgentWork(CreateAgentWork {
                    service_channel_id: (bits % 16 == 3).then(|| "Cases".into()),
                    work_item_id: record.as_ref().map_or_else(|| self.item(), |record| record.work_item_id.clone()),
                    user_id: self.user(),
                    pending_service_routing_id: record.filter(|_| bits.is_multiple_of(2)).map(|record| record.id),
                    should_skip_capacity_check: bits % 4 > 1,
                    capacity_weight: (bits > 50).then_some(Units::from_units(2.0)),
                    capacity_percentage: (bits < 5).then_some(Share::from_percent(30.0)),
                })
            }
            Kind::Subscribe => {
                let replay_id = self.one_of(&[-1, -2, -2, 0, 1, 2, 3, 5, 8, 20]).unwrap();
                Event::Subscribe { subscriber: "partner".into(), replay_id }
            }
            Kind::DataRecovered => Event::DataRecovered {},
            Kind::CreateRequest => {
                let (old, (_, object)) = (self.chance(10), self.route());
                let work_item_id = if old { self.item() } else { format!("W{}", self.number).into() };
                let object = self.object_of(&work_item_id).unwrap_or(object);
                Event::CreatePendingServiceRouting { work_item_id, object, fields: self.request_fields() }
            }
            Kind::UpdateRequest => {
                let any = self.chance(10);
                let mut fields = self.request_fields();
                if !self.number.is_multiple_of(3) {
                    fields.is_ready_for_routing = Some(true);
                }
                Event::UpdatePendingServiceRouting { id: self.request((!any).then_some(false)), fields }
            }
            Kind::DeleteRequest => Event::DeletePendingServiceRouting { id: self.request(None) },
            Kind::Require => {
                let any = self.chance(10);
                let related_record_id = self.request((!any).then_some(false));
                Event::CreateSkillRequirement { related_record_id, need: self.need() }
            }
            Kind::AgentChanged => self.agent_changed(),
            _ => Event::TimePassed {},
        }
    }

    fn agent_changed(&mut self) -> Event {
        let bits = self.below(65_536);
        let on = |bit: usize| bits >> bit & 1 == 1;
        let configurations = &self.plan.tables.presence_configurations;
        let is_new = self.chance(15);
        Event::AgentChanged(AgentChange {
            user: if is_new { "z".into() } else { self.user() },
            is_active: on(0).then_some(on(1) || on(2)),
            profile: on(3).then(|| "Support".into()),
            presence_configuration: on(4).then(|| name(&configurations[bits % configurations.len()].name)),
            statuses: (on(5) && on(6)).then(|| vec![self.status(), self.status()]),
            queues: on(7).then(|| vec![self.queue(), self.queue()]),
            skills: on(8).then(|| vec![self.held()]),
            groups: None,
        })
    }
}
