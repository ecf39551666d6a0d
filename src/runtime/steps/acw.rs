//! After conversation work begins and ends.

use super::runtime::Runtime;
use crate::runtime::book::{Acw, WorkNo};
use crate::runtime::contract::{AcwEnd, Effect};
use crate::runtime::view::seconds;

impl Runtime {
    /// After conversation work begins, if there is any, and it has not begun before.
    pub(in crate::runtime) fn begin_acw(&mut self, work: WorkNo) {
        let Some(record) = self.book.work(work).filter(|record| record.acw.is_none()) else { return };
        let of_presence = self.plan.presences[self.rules().presence_of(record.agent).at()].acw;
        let Some(acw) = self.plan.channels[record.channel.at()].acw.or(of_presence) else { return };
        let now = self.book.state().now;
        let until = now.plus_seconds(acw.max_seconds);
        let extension = acw.extension.map(|extension| (extension.seconds, extension.most));
        self.book.begin_acw(work, Acw { started: now, until, ended: None, extensions: 0, extension });
        self.tell_acw(work);
    }

    pub(in crate::runtime) fn tell_acw(&mut self, work: WorkNo) {
        let Some(record) = self.book.work(work) else { return };
        let Some(acw) = &record.acw else { return };
        let effect = Effect::AfterConversationWork {
            id: work.id(),
            work_item_id: self.book.item_name(record.item),
            user_id: self.book.agent_name(record.agent),
            until: acw.until,
            extensions: acw.extensions,
        };
        self.emit(effect);
    }

    /// After conversation work ends, if it runs.
    pub(in crate::runtime) fn end_acw(&mut self, work: WorkNo) {
        let Some(started) = self.book.end_acw(work) else { return };
        let time = seconds(self.book.state().now.since(started));
        let Some((item, agent)) = self.book.work(work).map(|record| (record.item, record.agent)) else { return };
        let effect = Effect::AfterConversationWorkEnded {
            id: work.id(),
            work_item_id: self.book.item_name(item),
            user_id: self.book.agent_name(agent),
            after_conversation_actual_time: time,
        };
        self.emit(effect);
    }

    pub(in crate::runtime) fn acw_end(&mut self, work: WorkNo) {
        self.end_acw(work);
        if self.book.state().options.after_conversation_work_end == AcwEnd::Closes {
            self.finish(work);
        }
    }
}
