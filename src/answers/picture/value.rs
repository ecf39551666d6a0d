//! What a picture is.

use crate::answers::facts::code;
use crate::answers::state::state;
use crate::graph::Resolution;
use crate::schema::{Kind, Role};
use crate::text::{count, one_line};

/// Components, what they only name, and the references between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// The component that the picture is about, by its place in `nodes`.
    pub center: Option<usize>,
    /// What is in the picture.
    pub nodes: Vec<PictureNode>,
    /// The references between them, each once.
    pub edges: Vec<PictureEdge>,
    /// How many components are left out, though they are near enough.
    pub left_out: usize,
}

/// A component, something that is only named, or several of one kind folded into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureNode {
    /// What kind of thing.
    pub kind: Kind,
    /// Its name; empty if several are folded.
    pub name: String,
    /// What is known of it; of several, of each of them.
    pub resolution: Resolution,
    /// The file that defines it, relative to the project's root, with forward slashes.
    pub path: Option<String>,
    /// How many are folded into it; 1 for a component that stands for itself.
    pub count: usize,
}

/// A reference, or several of one role between what is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureEdge {
    /// What refers, by its place in the picture's nodes.
    pub from: usize,
    /// What is referred to, by its place there.
    pub to: usize,
    /// What for.
    pub role: Role,
    /// How many references are folded into it.
    pub count: usize,
}

impl PictureNode {
    /// True if the project does not define it, or keeps it out of a deploy.
    pub const fn is_missing(&self) -> bool {
        matches!(self.resolution, Resolution::Unknown { .. } | Resolution::Ignored(_))
    }

    /// What stands in the first line of its box: its name, or how many of what there are.
    pub fn heading(&self) -> String {
        if self.count > 1 { count(self.count, self.kind.noun()) } else { one_line(&self.name) }
    }

    /// What stands below that: its kind, and what is known of it if that is not the usual.
    pub fn caption(&self) -> String {
        let what = if self.count > 1 { "folded" } else { self.kind.noun() };
        let known = match self.resolution {
            Resolution::Unknown { .. } => ", not in the project",
            Resolution::Ignored(_) => ", in .forceignore",
            Resolution::FilledIn => ", filled in at deploy time",
            Resolution::Standard => ", standard",
            Resolution::Declared => ", in the org",
            Resolution::Here | Resolution::External => "",
        };
        format!("{what}{known}")
    }

    /// ``queue `Support` ``, or `46 queues`.
    pub fn words(&self) -> String {
        if self.count > 1 { self.heading() } else { format!("{} {}", self.kind.noun(), code(&one_line(&self.name))) }
    }

    /// The word for what is known of it.
    pub const fn state(&self) -> &'static str {
        state(self.resolution)
    }
}
