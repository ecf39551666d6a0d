//! Metadata: one typed value per component.
//!
//! In: a document and the type that its file is for. Out: a [`Component`] whose scalars keep their spans, and in which
//! absent, empty, `xsi:nil` and given stay different things; defaults are the plan's business.
//! Must not know other components, and reports nothing: what is wrong with a tree, `schema::validate` has said.
//!
//! A struct here has the elements that a check or the plan asks for; the schema has them all, and a test holds the one
//! against the other. Two kinds of files hold no component and have no schema, because nothing in them is checked:
//! those that describe fields (`fields.rs`), and the manifest of a Metadata API folder (`manifest.rs`).

#[macro_use]
mod decode;
mod fields;
mod flow;
mod manifest;
mod messaging;
mod presence;
mod routing;
mod supervisor;

pub use decode::{Holds, Mentioned, Name, Scalar, Spanned, Text};
pub use fields::*;
pub use flow::*;
pub use manifest::*;
pub use messaging::*;
pub use presence::*;
pub use routing::*;
pub use supervisor::*;

use decode::Item;

use crate::schema::Kind;
use crate::source::{FileId, Location, Span};
use crate::xml::Document;

/// One component of the project.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its type.
    pub kind: Kind,
    /// Its full name: for profiles the percent-decoded file name.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// The start tag of its root element: the place of the component as a whole.
    pub span: Span,
    /// Its content.
    pub metadata: Metadata,
}

impl Component {
    /// The place of the component as a whole.
    pub const fn location(&self) -> Location {
        Location::new(self.file, self.span)
    }

    /// A place in its file.
    pub const fn at(&self, span: Span) -> Location {
        Location::new(self.file, span)
    }
}

/// A type that components have.
pub trait Typed: Sized {
    /// Its kind.
    const KIND: Kind;
    /// Its value, if the component is of this type.
    fn of(metadata: &Metadata) -> Option<&Self>;
}

macro_rules! metadata {
    ($($kind:ident: $type:ident),* $(,)?) => {
        /// The content of a component.
        #[derive(Clone, Debug)]
        pub enum Metadata {
            $(#[doc = concat!("A `", stringify!($kind), "`.")] $kind(Box<$type>),)*
        }

        $(impl Typed for $type {
            const KIND: Kind = Kind::$kind;

            fn of(metadata: &Metadata) -> Option<&Self> {
                match metadata {
                    Metadata::$kind(value) => Some(value),
                    _ => None,
                }
            }
        })*

        /// Reads `document` as a component of type `kind`. None if it has no root element of that name.
        pub fn decode(kind: Kind, document: &Document<'_>) -> Option<Metadata> {
            let root = document.root()?;
            if root.local_name() != kind.as_str() {
                return None;
            }
            match kind {
                $(Kind::$kind => $type::item(root).map(|value| Metadata::$kind(Box::new(value))),)*
                _ => None,
            }
        }

        /// What each type's struct reads, for the test that holds it against the schema: the type, the struct's name in
        /// the schema (the type's own for its root), and element by element what it holds.
        pub fn shapes() -> Vec<(Kind, &'static str, Vec<(&'static str, Holds)>)> {
            let mut shapes = Vec::new();
            $($type::shapes(&mut |name, elements| shapes.push((Kind::$kind, name, elements)));)*
            shapes
        }
    };
}

metadata! {
    OmniChannelSettings: OmniChannelSettings,
    ServiceChannel: ServiceChannel,
    ServicePresenceStatus: ServicePresenceStatus,
    PresenceDeclineReason: PresenceDeclineReason,
    PresenceUserConfig: PresenceUserConfig,
    QueueRoutingConfig: QueueRoutingConfig,
    Queue: Queue,
    OmniSupervisorConfig: OmniSupervisorConfig,
    WorkSkillRouting: WorkSkillRouting,
    Skill: Skill,
    Group: Group,
    Profile: Profile,
    PermissionSet: PermissionSet,
    Flow: Flow,
    MessagingChannel: MessagingChannel,
}
