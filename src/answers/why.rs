//! Why a rep is offered a queue's work, or is not.

use super::ask::Ask;
use super::step::{Holds, Step};
use super::steps::Rep;
use super::work::Work;
use crate::graph::{Graph, NodeId};
use crate::text::markdown::{code, prose};
use crate::text::one_line;

/// Whether a rep is offered a queue's work, and every step that leads to this answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The queue.
    pub queue: NodeId,
    /// The rep.
    pub agent: NodeId,
    /// The answer: of all work, or unknown if it depends on the work.
    pub offered: Holds,
    /// The steps, in the order in which work takes them.
    pub steps: Vec<Step>,
}

impl Explanation {
    /// Answers whether a rep is offered a queue's work.
    pub fn of(graph: &Graph, queue: NodeId, agent: NodeId) -> Self {
        let steps = steps(&Work::of_queue(graph, queue, Ask::default()), agent);
        let holds = |holds| steps.iter().any(|step| step.holds == holds && !step.is_for_some());
        let depends = steps.iter().any(|step| step.holds != Holds::Yes && step.is_for_some());
        let offered = if holds(Holds::No) {
            Holds::No
        } else if holds(Holds::Unknown) || depends {
            Holds::Unknown
        } else {
            Holds::Yes
        };
        Self { queue, agent, offered, steps }
    }

    /// The answer as people read it: what decides first, then every step.
    pub fn markdown(&self, graph: &Graph) -> String {
        let Self { queue, agent, offered, steps } = self;
        let of_all = |holds| steps.iter().find(|step| step.holds == holds && !step.is_for_some());
        let words = |step: &Step| prose(&one_line(&step.text));
        let first = |holds| of_all(holds).map(words).unwrap_or_default();
        let (agent, queue) = (code(&one_line(graph.name(*agent))), code(&one_line(graph.name(*queue))));
        let head = match offered {
            Holds::Yes => {
                format!("**{agent} is offered work of {queue}**, while online in such a status and with capacity left.")
            }
            Holds::No => format!("**{agent} is not offered work of {queue}:** {}.", first(Holds::No)),
            Holds::Unknown if of_all(Holds::Unknown).is_none() => {
                format!("**Whether {agent} is offered work of {queue} depends on the work:** see below.")
            }
            Holds::Unknown => {
                format!("**Whether {agent} is offered work of {queue} is not known:** {}.", first(Holds::Unknown))
            }
        };
        let line = |step: &Step| format!("- **{}**: {}\n", step.holds.as_str(), words(step));
        let lines: String = steps.iter().map(line).collect();
        format!("{head}\n\n{lines}")
    }
}

/// Every step from work to a rep, in the order in which work takes them.
pub fn steps(work: &Work<'_>, agent: NodeId) -> Vec<Step> {
    Rep::named(work, agent).all()
}
