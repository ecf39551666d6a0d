//! What is asked about work besides where it comes from.

use std::collections::BTreeMap;

use crate::graph::NodeId;
use crate::plan::Units;
use crate::source::Location;

/// What narrows a question about work.
#[derive(Clone, Debug, Default)]
pub struct Ask {
    /// Work of this object alone, of a queue that may hold others.
    pub object: Option<NodeId>,
    /// The values of fields of one record, each without its object. None: all the work there may be.
    pub fields: Option<BTreeMap<String, String>>,
    /// Skills that the work needs besides those that the project says.
    pub skills: Vec<AskedSkill>,
    /// The presence status that the reps are in. None: any that they may choose.
    pub status: Option<NodeId>,
    /// How much capacity is free. None: all that a rep has.
    pub free: Option<Units>,
}

/// A skill that work needs.
#[derive(Clone, Debug)]
pub struct AskedSkill {
    /// The skill.
    pub skill: NodeId,
    /// The least level.
    pub level: Option<f64>,
    /// Whether work can do without it after a while.
    pub additional: bool,
    /// Where the project asks for it; none: whoever puts the question does.
    pub place: Option<Location>,
}
