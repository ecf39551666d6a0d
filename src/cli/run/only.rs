//! `--only`: what of a run is printed.

use std::collections::HashSet;

use super::super::{Failure, output};
use crate::narrate::{About, RunSummary, near_record, near_user};
use crate::runtime::{Name, Runtime, What};
use crate::text::{list, nearest};

/// Names that were not met, in a message.
const MOST: usize = 20;

/// What is asked for of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OnlyArg {
    Queue(Name),
    Agent(Name),
    Record(Name),
}

/// Reads `queue=Cases`, `agent=ada@acme.example` or `record=4711`.
pub(super) fn parse(text: &str) -> Result<OnlyArg, String> {
    match text.split_once('=') {
        Some((_, "")) => Err("the name is missing".to_owned()),
        Some(("queue", name)) => Ok(OnlyArg::Queue(name.into())),
        Some(("agent", name)) => Ok(OnlyArg::Agent(name.into())),
        Some(("record", name)) => Ok(OnlyArg::Record(name.into())),
        _ => Err("write `queue=NAME`, `agent=USERNAME` or `record=ID`".to_owned()),
    }
}

/// What is printed: of each kind that is named, one of the names must be met.
pub(super) struct Only {
    queues: Vec<Name>,
    agents: Vec<Name>,
    records: Vec<Name>,
    /// Reps and records that something was about.
    met: HashSet<Name>,
}

impl Only {
    /// The filter of arguments; none if there are none. A queue must be one of the plan's.
    pub(super) fn of(wanted: &[OnlyArg], runtime: &Runtime) -> Result<Option<Self>, Failure> {
        if wanted.is_empty() {
            return Ok(None);
        }
        let of_kind = |name: fn(&OnlyArg) -> Option<&Name>| wanted.iter().filter_map(name).cloned().collect();
        let only = Self {
            queues: of_kind(|wanted| if let OnlyArg::Queue(name) = wanted { Some(name) } else { None }),
            agents: of_kind(|wanted| if let OnlyArg::Agent(name) = wanted { Some(name) } else { None }),
            records: of_kind(|wanted| if let OnlyArg::Record(name) = wanted { Some(name) } else { None }),
            met: HashSet::new(),
        };
        let known = runtime.names(What::Queue);
        match only.queues.iter().find(|queue| !known.contains(queue)) {
            None => Ok(Some(only)),
            Some(queue) => {
                let near = nearest(queue, known.iter().map(Name::as_str));
                let help = near.map_or_else(
                    || "name a queue of the plan".to_owned(),
                    |near| format!("did you mean `--only queue={near}`?"),
                );
                Err(Failure::new(format!("`--only`: the plan has no queue `{queue}`")).with_help(help))
            }
        }
    }

    /// Whether what is about this is printed.
    pub(super) fn shows(&mut self, about: &About) -> bool {
        for name in about.agents.iter().chain(&about.records) {
            if self.agents.contains(name) || self.records.contains(name) {
                self.met.insert(name.clone());
            }
        }
        let meets =
            |wanted: &[Name], there: &[Name]| wanted.is_empty() || there.iter().any(|name| wanted.contains(name));
        meets(&self.queues, &about.queues) && meets(&self.agents, &about.agents) && meets(&self.records, &about.records)
    }

    /// Leaves in a summary the queues and reps that were named.
    pub(super) fn narrow(&self, summary: &mut RunSummary) {
        if !self.queues.is_empty() {
            summary.queues.retain(|row| row.queue.as_ref().is_some_and(|queue| self.queues.contains(queue)));
        }
        if !self.agents.is_empty() {
            summary.agents.retain(|row| self.agents.contains(&row.user));
        }
    }

    /// Says on standard error which reps and records nothing was about.
    pub(super) fn tell_unmet(&self, runtime: &Runtime) {
        for (noun, names) in [("agent", &self.agents), ("record", &self.records)] {
            let unmet: Vec<&Name> = names.iter().filter(|name| !self.met.contains(*name)).collect();
            let Some(first) = unmet.first() else { continue };
            let near = if noun == "agent" { near_user(first, runtime) } else { near_record(first, runtime) };
            let help = near.filter(|near| near != *first).map(|near| format!("; did you mean `{near}`?"));
            let names = list(&unmet, MOST);
            output::complain(&format!(
                "note: nothing in the run is about the {noun} {names}{}",
                help.unwrap_or_default()
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_narrow_and_names_of_one_kind_widen() {
        let about = |queue: &str, agent: &str| About {
            queues: vec![queue.into()],
            agents: vec![agent.into()],
            records: vec!["1".into()],
        };
        let mut only = Only {
            queues: vec!["A".into(), "B".into()],
            agents: vec!["ada".into()],
            records: Vec::new(),
            met: HashSet::new(),
        };
        let shown = [("A", "ada"), ("B", "ada"), ("C", "ada"), ("A", "bob")].map(|(q, a)| only.shows(&about(q, a)));
        assert_eq!(shown, [true, true, false, false]);
        assert_eq!(parse("queue=A=B"), Ok(OnlyArg::Queue("A=B".into())));
        assert!(parse("queue=").is_err() && parse("team=A").is_err() && parse("A").is_err());
    }
}
