//! Events: each is checked, refused or carried out, by the rules and the steps.
//!
//! In: an event. Out: a changed book and effects, or a refusal and nothing changed.
//! Must not loop over what waits: what an event sets free, `engine.rs` finds. No event calls another.

mod admin;
mod console;
mod delete;
mod partner;
mod presence;
mod requests;
mod supervise;
mod transfer;
mod work;

use crate::runtime::contract::{Event, Refusal};
use crate::runtime::steps::Runtime;

impl Runtime {
    pub(in crate::runtime) fn happen(&mut self, event: &Event) -> Result<(), Refusal> {
        match event {
            Event::TimePassed {} => Ok(()),
            Event::WorkArrived(arrived) => self.work_arrived(arrived),
            Event::WorkCanceled { work_item_id } => self.work_canceled(work_item_id),
            Event::WorkItemUpdated { work_item_id, fields } => self.work_item_updated(work_item_id, fields),
            Event::RecordCreated { work_item_id, object, fields, owner } => {
                self.record_created(work_item_id, object, fields, owner.as_ref())
            }
            Event::RecordDeleted { work_item_id } => self.record_deleted(work_item_id),
            Event::OwnerChanged { work_item_id, owner } => self.owner_changed(work_item_id, owner),
            Event::ConversationEnded { work_item_id } => self.conversation_ended(work_item_id),
            Event::Login { user, status_id } => self.login(user, status_id),
            Event::Logout { user } => self.logout(user),
            Event::SetServicePresenceStatus { user, status_id } => self.set_service_presence_status(user, status_id),
            Event::GetServicePresenceStatusId { user } => self.get_service_presence_status_id(user),
            Event::GetServicePresenceStatusChannels { user } => self.get_service_presence_status_channels(user),
            Event::GetAgentWorks { user } => self.get_agent_works(user),
            Event::GetAgentWorkload { user } => self.get_agent_workload(user),
            Event::AcceptAgentWork { user, work_id } => self.accept_agent_work(user, work_id),
            Event::DeclineAgentWork { user, work_id, decline_reason } => {
                self.decline_agent_work(user, work_id, decline_reason.as_ref())
            }
            Event::CloseAgentWork { user, work_id } => self.close_agent_work(user, work_id),
            Event::RaiseAgentWorkFlag { user, work_id, message } => {
                self.raise_agent_work_flag(user, work_id, message.as_ref())
            }
            Event::LowerAgentWorkFlag { user, work_id } => self.lower_agent_work_flag(user, work_id),
            Event::ConnectionLost { user, error } => self.connection_lost(user, error.as_ref()),
            Event::TabClosed { user, work_id } => self.tab_closed(user, work_id),
            Event::TabFocused { user, work_id } => self.tab_focused(user, work_id.as_ref()),
            Event::AfterConversationWorkExtended { user, work_id } => {
                self.after_conversation_work_extended(user, work_id)
            }
            Event::WorkTransferred { user, work_id, to } => self.work_transferred(user, work_id, to),
            Event::Supervise { user, action } => self.supervise(user, action),
            Event::CreateAgentWork(given) => self.create_agent_work(given),
            Event::Subscribe { subscriber, replay_id } => self.subscribe(subscriber, *replay_id),
            Event::DataRecovered {} => {
                self.data_recovered();
                Ok(())
            }
            Event::CreatePendingServiceRouting { work_item_id, object, fields } => {
                self.create_pending_service_routing(work_item_id, object, fields)
            }
            Event::UpdatePendingServiceRouting { id, fields } => self.update_pending_service_routing(id, fields),
            Event::DeletePendingServiceRouting { id } => self.delete_pending_service_routing(id),
            Event::CreateSkillRequirement { related_record_id, need } => {
                self.create_skill_requirement(related_record_id, need)
            }
            Event::UpdateSkillRequirement { related_record_id, skill_id, fields } => {
                self.update_skill_requirement(related_record_id, skill_id, fields)
            }
            Event::DeleteSkillRequirement { related_record_id, skill_id } => {
                self.delete_skill_requirement(related_record_id, skill_id)
            }
            Event::DeleteAgentWork { id } => self.delete_agent_work(id),
            Event::UndeleteAgentWork { id } => self.undelete_agent_work(*id),
            Event::DeleteAgentWorkSkill { agent_work_id, skill_id } => {
                self.delete_agent_work_skill(*agent_work_id, skill_id)
            }
            Event::UndeleteAgentWorkSkill { agent_work_id, skill_id } => {
                self.undelete_agent_work_skill(*agent_work_id, skill_id)
            }
            Event::DeleteUserServicePresence { id } => self.delete_user_service_presence(*id),
            Event::UndeleteUserServicePresence { id } => self.undelete_user_service_presence(*id),
            Event::AgentChanged(change) => self.agent_changed(change),
        }
    }
}
