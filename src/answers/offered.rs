//! To whom a queue's work is offered, in words: for hover and code lenses.

use crate::graph::reach::{Agent, Barrier, Refusal};
use crate::graph::{Graph, NodeId};
use crate::text::{count, list};

/// How many names a phrase lists.
const NAMES: usize = 5;

/// Said of a project whose settings switch Omni-Channel off.
pub(super) const SWITCHED_OFF: &str = "Omni-Channel is switched off in the project's settings";

/// Said of an object that no service channel carries. The name is quoted already.
pub(super) fn not_carried(object: &str) -> String {
    format!("no service channel of the project carries {object}")
}

/// Said of service channels that no presence status offers. The names are quoted already.
pub(super) fn not_offered(channels: &str) -> String {
    format!("no presence status of the project offers {channels}")
}

/// Why work is offered to nobody, whoever the members are.
pub fn barrier(graph: &Graph, barrier: &Barrier) -> String {
    let names = |nodes: &[NodeId]| list(nodes.iter().map(|&node| graph.name(node)), NAMES);
    match barrier {
        Barrier::SwitchedOff(_) => SWITCHED_OFF.to_owned(),
        Barrier::HoldsNothing => "the queue holds no object, so no work comes into it".to_owned(),
        Barrier::NotCarried(object) => not_carried(&format!("`{}`", graph.name(*object))),
        Barrier::NotOffered(channels) => not_offered(&names(channels)),
    }
}

/// Why members are not offered the work: ``2 members have too little capacity for an item``, each reason once.
pub fn refusals(refused: &[(Agent, Refusal)]) -> String {
    let mut counted: Vec<(Refusal, usize)> = Vec::new();
    for (_, refusal) in refused {
        let is_same = |other: &Refusal| match (refusal, other) {
            (Refusal::NoRoom(_), Refusal::NoRoom(_)) => true,
            _ => refusal == other,
        };
        match counted.iter_mut().find(|(other, _)| is_same(other)) {
            Some((_, number)) => *number += 1,
            None => counted.push((*refusal, 1)),
        }
    }
    let words = |(refusal, number): &(Refusal, usize)| {
        let (one, own) = (*number == 1, count(*number, "member"));
        match refusal {
            Refusal::NotGranted => {
                format!("{own} {} granted no presence status that offers it", if one { "is" } else { "are" })
            }
            Refusal::NoRoom(_) => {
                format!("{own} {} too little capacity for an item", if one { "has" } else { "have" })
            }
        }
    };
    counted.iter().map(words).collect::<Vec<_>>().join(", ")
}
