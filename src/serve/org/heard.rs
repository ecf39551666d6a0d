//! What a console asks and does: events of its user, and what routing answers.

use super::state::Org;
use crate::plan::Name;
use crate::runtime::{AgentWorkId, Event, Refusal, TimedEffect};
use crate::serve::ids::Id;
use crate::serve::records::{Directory, Named, Row};

impl Org {
    /// Something that a user does happens now.
    ///
    /// # Errors
    ///
    /// If routing refuses it.
    pub(crate) fn act_as(&mut self, user: &Id, event: &Event) -> Result<Vec<TimedEffect>, Refusal> {
        self.actor = user.clone();
        let at = self.clock.now().max(self.runtime.now());
        self.act(at, event)
    }

    /// What routing answers to a question: an event that changes nothing, and that no history has.
    ///
    /// # Errors
    ///
    /// If routing refuses it.
    pub(crate) fn question(&mut self, event: &Event) -> Result<Vec<TimedEffect>, Refusal> {
        let at = self.clock.now().max(self.runtime.now());
        self.runtime.apply(at, event).map_err(|refused| refused.refusal)
    }

    /// Names and their ids.
    pub(crate) const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The id of work.
    pub(crate) fn work_id(&self, work: AgentWorkId) -> Id {
        Id::numbered(self.directory.prefix("AgentWork"), work.0)
    }

    /// The work of an id.
    pub(crate) fn work_of(&self, text: &str) -> Option<AgentWorkId> {
        self.number("AgentWork", &Id::parse(text)?).map(AgentWorkId)
    }

    /// The id of a record that routing knows by a name.
    pub(crate) fn record_id(&self, item: &str) -> Option<Id> {
        self.item_id(item)
    }

    /// The name by which routing knows a record.
    pub(crate) fn record_name(&self, id: &Id) -> Name {
        self.item_name(id)
    }

    /// A record of work, by the name that routing has for it: its object and its row.
    pub(crate) fn record_of(&self, item: &str) -> Option<(Name, Row)> {
        let (object, row) = self.find(&self.item_id(item)?)?;
        Some((object, row.into_owned()))
    }

    /// The name of a person.
    pub(crate) fn person_name(&self, user: &str) -> String {
        let id = self.directory.id(Named::User, user);
        let row = self.row("User", &id);
        row.and_then(|row| row.text("Name").map(str::to_owned)).unwrap_or_else(|| user.to_owned())
    }

    /// The queues of a user, sorted.
    pub(crate) fn queues_of(&self, user: &str) -> Vec<Name> {
        self.people.get(user).map(|person| person.queues.iter().cloned().collect()).unwrap_or_default()
    }
}
