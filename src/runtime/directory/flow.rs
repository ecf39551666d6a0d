//! What a flow's route-work action comes to, as far as the flow's data tells.

use crate::plan::{Choices, FlowSkill, Input, RouteWork, Tables};
use crate::runtime::contract::{AgentRoute, Name, Route, SkillNeed, SkillsRoute};

/// A route-work action of a flow that runs.
#[derive(Debug)]
pub(in crate::runtime) struct FlowWork {
    pub flow: Name,
    pub action: Name,
    /// To whom it routes, or why that is not known.
    pub route: Result<Route, Name>,
}

impl FlowWork {
    /// The flow.
    pub(in crate::runtime) const fn flow(&self) -> &Name {
        &self.flow
    }

    /// The actions of the flows that run.
    pub(in crate::runtime) fn all(tables: &Tables) -> Vec<Self> {
        let active = tables.route_works.iter().filter(|work| work.active);
        let one = |work: &RouteWork| Self {
            flow: work.flow.clone(),
            action: work.action.clone(),
            route: route(work).map_err(Name::from),
        };
        active.map(one).collect()
    }
}

pub(in crate::runtime) fn route(work: &RouteWork) -> Result<Route, &'static str> {
    let only = |choices: &Choices| choices.only().cloned();
    let may = &work.may;
    match text(work.routing_type.as_ref()) {
        Some("QueueBased" | "Queue") => {
            only(&may.queues).map(Route::Queue).ok_or("may route to several queues, or to one that is not known")
        }
        Some("SkillsBased") => {
            let routing_configuration =
                only(&may.routing_configurations).ok_or("may use a routing configuration that is not known")?;
            let option = text(work.skill_option.as_ref()).ok_or("does not say where the skills come from")?;
            let own = matches!(option, "DefineSkillRequirements" | "Both");
            let skills = if own { skills(work)? } else { Vec::new() };
            let run_rules = matches!(option, "RunSBRRules" | "Both");
            Ok(Route::Skills(SkillsRoute { routing_configuration, skills, run_rules }))
        }
        Some("Agent" | "AgentBased") => {
            let user = only(&may.agents).ok_or("may route to a rep who is not known")?;
            let backup_queue = if may.queues.is_empty() {
                None
            } else {
                Some(only(&may.queues).ok_or("may fall back on a queue that is not known")?)
            };
            let routing_configuration = only(&may.routing_configurations);
            Ok(Route::Agent(AgentRoute { user, required: work.agent_required, backup_queue, routing_configuration }))
        }
        Some(_) => Err("hands the work to a bot or an AI agent"),
        None => Err("computes the routing type"),
    }
}

pub(in crate::runtime) fn skills(work: &RouteWork) -> Result<Vec<SkillNeed>, &'static str> {
    const UNKNOWN: &str = "may ask for skills that are not known";
    let one = |asked: &FlowSkill| {
        Ok(SkillNeed {
            skill_id: asked.skill.only().cloned().ok_or(UNKNOWN)?,
            skill_level: asked.level,
            is_additional_skill: asked.additional.ok_or(UNKNOWN)?,
            skill_priority: asked.drop_priority,
        })
    };
    if work.may.skills_unknown.is_empty() { work.may.skills.iter().map(one).collect() } else { Err(UNKNOWN) }
}

pub(in crate::runtime) fn text(input: Option<&Input>) -> Option<&str> {
    match input? {
        Input::Text(text) => Some(text),
        _ => None,
    }
}
