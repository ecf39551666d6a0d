//! What a resource of a flow may hold, and why it is not known.

use super::super::FileId;
use crate::metadata::{Flow, FlowActionCall, FlowRecordLookup};
use crate::schema::Kind;
use crate::source::{Location, Span};

/// A flow, and where it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlowIn<'g> {
    pub(super) flow: &'g Flow,
    pub(super) file: FileId,
    pub(super) name: &'g str,
}

impl FlowIn<'_> {
    pub(super) const fn at(self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}

/// Something that a resource may hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'g> {
    /// A text, written there.
    Text(&'g str, Location),
    /// A record that is looked up.
    Found(Found<'g>),
    /// A component by its developer name, of the type that stands beside it.
    Setup(&'g str, Location),
    /// The skills that an action adds.
    Adds(FlowIn<'g>, &'g FlowActionCall),
    /// A record that is put together, field by field, in this variable.
    Built(FlowIn<'g>, &'g str),
}

/// More values for one input than this are not told apart.
const MOST_VALUES: usize = 200;

impl<'g> Value<'g> {
    /// Where it is written, and, of what is put together in a variable, which.
    fn key(&self) -> (Location, &'g str, std::mem::Discriminant<Self>) {
        let kind = std::mem::discriminant(self);
        match *self {
            Self::Text(_, at) | Self::Setup(_, at) | Self::Found(Found { at, .. }) => (at, "", kind),
            Self::Adds(flow, action) => (flow.at(action.span), "", kind),
            Self::Built(flow, variable) => (flow.at(Span::default()), variable, kind),
        }
    }
}

/// A record of `object` whose `field` is `text`, which is written there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<'g> {
    pub(super) object: &'g str,
    pub(super) field: Key,
    pub(super) text: &'g str,
    pub(super) at: Location,
    /// The look-up.
    pub(super) lookup: &'g FlowRecordLookup,
}

/// A field by which a record is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    DeveloperName,
    Username,
    Id,
    Label,
}

impl Key {
    /// The field of a look-up on an object that Omni-Channel knows, if records are told apart by it.
    pub(super) fn of(object: &str, field: &str) -> Option<Self> {
        let field = match field.split_once('.') {
            Some((queue, field)) if is(object, "QueueSobject") && is(queue, "Queue") => field,
            None if is(object, "QueueSobject") => return is(field, "QueueId").then_some(Self::Id),
            _ => field,
        };
        let keys: &[(&str, Self)] = match () {
            () if is(object, "User") => &[("Username", Self::Username), ("Id", Self::Id)],
            () if is(object, "Group") || is(object, "QueueSobject") => {
                &[("DeveloperName", Self::DeveloperName), ("Name", Self::Label), ("Id", Self::Id)]
            }
            () if OBJECTS.iter().any(|(known, _)| is(object, known)) => {
                &[("DeveloperName", Self::DeveloperName), ("MasterLabel", Self::Label), ("Id", Self::Id)]
            }
            () => &[],
        };
        keys.iter().find(|(name, _)| is(field, name)).map(|(_, key)| *key)
    }
}

/// Setup objects with a developer name and a label, whose records flows look up to route work.
pub(super) const OBJECTS: [(&str, Kind); 5] = [
    ("BotDefinition", Kind::Bot),
    ("QueueRoutingConfig", Kind::QueueRoutingConfig),
    ("ServiceChannel", Kind::ServiceChannel),
    ("ServicePresenceStatus", Kind::ServicePresenceStatus),
    ("Skill", Kind::Skill),
];

/// True if two names in a flow are one.
pub(super) fn is(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

/// That something else may be held, and why it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unknown {
    /// Why.
    pub why: Why,
    /// The reference or value that leads there.
    pub at: Location,
}

/// Why a value is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// Whoever starts the flow gives it.
    Input,
    /// A formula or a text with several parts makes it.
    Computed,
    /// It is a custom label.
    Label,
    /// It is of the record, the user, the org: `$Record`, `$User`, `$Setup` and others.
    Global,
    /// It is a field of a record that is not known.
    Field,
    /// It is a field that holds a name, or the Id of something that only refers to the component.
    NotItsId,
    /// It is the Id of a record of another type.
    OtherType,
    /// It is looked up, but not by a name that is written down.
    LookUp,
    /// An action other than the routing actions gives it.
    Action,
    /// A flow gives it that the project does not hold.
    Subflow,
    /// A person, an event, or a record that is created gives it.
    Outside,
    /// It is an element that is not followed.
    Element,
    /// Nothing ever gives it a value.
    Unset,
    /// The way there is too long, or goes in a circle.
    TooFar,
    /// It is the Id of a record, and no label beside it says which.
    RecordId,
    /// It is the Id of a record, or looked up by its label, and the label is not that of one component of the project.
    OtherLabel,
}

impl Why {
    /// In words, as in "because …".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Input => "whoever starts the flow gives it",
            Self::Computed => "a formula makes it",
            Self::Label => "it is a custom label",
            Self::Global => "it depends on the record, the user or the org",
            Self::Field => "it is a field of a record",
            Self::NotItsId => "it is a field of a record, and not the Id",
            Self::OtherType => "it is a record of another type",
            Self::LookUp => "it is looked up, and not by a name",
            Self::Action => "another action gives it",
            Self::Subflow => "a flow gives it that the project does not hold",
            Self::Outside => "a person, an event or a new record gives it",
            Self::Element => "the element that gives it is not followed",
            Self::Unset => "nothing gives it a value",
            Self::TooFar => "too many elements lead to it",
            Self::RecordId => "it is a record Id of one org",
            Self::OtherLabel => "its label is not that of one component of the project",
        }
    }
}

/// What something may hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Values<'g> {
    pub(super) known: Vec<Value<'g>>,
    pub(super) unknown: Vec<Unknown>,
}

impl<'g> Values<'g> {
    pub(super) fn none(&mut self, why: Why, at: Location) {
        let unknown = Unknown { why, at };
        // One place is enough for what is too much.
        let is_said = why == Why::TooFar && self.unknown.iter().any(|known| known.why == why);
        if !is_said && !self.unknown.contains(&unknown) {
            self.unknown.push(unknown);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.unknown.is_empty()
    }

    pub(super) fn add(&mut self, other: Self) {
        other.known.into_iter().for_each(|value| self.put(value));
        other.unknown.into_iter().for_each(|unknown| self.none(unknown.why, unknown.at));
    }

    /// Adds a value, unless it is here already, or as many are as anybody looks through.
    pub(super) fn put(&mut self, value: Value<'g>) {
        let key = value.key();
        if self.known.iter().any(|known| known.key() == key) {
            return;
        }
        if self.known.len() < MOST_VALUES {
            self.known.push(value);
        } else {
            self.none(Why::TooFar, key.0);
        }
    }

    pub(super) fn of(value: Value<'g>) -> Self {
        Self { known: vec![value], unknown: Vec::new() }
    }

    pub(super) fn unknown(why: Why, at: Location) -> Self {
        Self { known: Vec::new(), unknown: vec![Unknown { why, at }] }
    }
}
