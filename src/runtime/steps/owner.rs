//! A record gets another owner.

use super::runtime::Runtime;
use crate::runtime::book::{HeldBy, ItemNo};
use crate::runtime::contract::{Effect, Owner};

impl Runtime {
    /// Changes the owner of a record, and emits the change if there is one.
    pub(in crate::runtime) fn own(&mut self, item: ItemNo, owner: HeldBy) {
        let Some(record) = self.book.item_mut(item) else { return };
        if record.owner == owner {
            return;
        }
        record.owner = owner.clone();
        let work_item_id = record.name.clone();
        let owner = match owner {
            HeldBy::Nobody => return,
            HeldBy::Queue(queue) => Owner::Queue(queue),
            HeldBy::User(user) => Owner::User(user),
        };
        self.emit(Effect::OwnerChanged { work_item_id, owner });
    }
}
