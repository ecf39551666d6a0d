//! What a flow's route-work action comes to, as far as the flow's data tells.

use std::borrow::Cow;

use super::Rules;
use super::{AgentRoute, FlowRoute, Name, Refusal, Route, SkillNeed, SkillsRoute};
use crate::plan::{Choices, FlowSkill, Input, RouteWork, Tables};

/// A route-work action of a flow that runs.
#[derive(Debug)]
pub(super) struct FlowWork {
    flow: Name,
    action: Name,
    /// To whom it routes, or why that is not known.
    route: Result<Route, Name>,
}

impl FlowWork {
    /// The flow.
    pub(super) const fn flow(&self) -> &Name {
        &self.flow
    }

    /// The actions of the flows that run.
    pub(super) fn all(tables: &Tables) -> Vec<Self> {
        let active = tables.route_works.iter().filter(|work| work.active);
        let one = |work: &RouteWork| Self {
            flow: work.flow.clone(),
            action: work.action.clone(),
            route: route(work).map_err(Name::from),
        };
        active.map(one).collect()
    }
}

impl Rules<'_> {
    /// The route itself, or the one that a flow takes.
    pub(super) fn followed(self, route: &Route) -> Result<Cow<'_, Route>, Refusal> {
        let Route::Flow(by) = route else { return Ok(Cow::Borrowed(route)) };
        self.of_flow(by).map(Cow::Owned)
    }

    fn of_flow(self, by: &FlowRoute) -> Result<Route, Refusal> {
        let is_it = |work: &&FlowWork| {
            work.flow.eq_ignore_ascii_case(&by.flow)
                && by.action.as_ref().is_none_or(|action| work.action.eq_ignore_ascii_case(action))
        };
        let mut works = self.plan.flows.iter().filter(is_it);
        let problem = match (works.next(), works.next()) {
            (Some(work), None) => match &work.route {
                Ok(route) => return Ok(route.clone()),
                Err(problem) => problem.clone(),
            },
            (Some(_), Some(_)) => Name::from("has several route-work actions: the event must name one"),
            (None, _) => Name::from("has no such route-work action in the plan, or is not active"),
        };
        Err(Refusal::FlowNotFollowed { flow: by.flow.clone(), problem })
    }
}

fn route(work: &RouteWork) -> Result<Route, &'static str> {
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

fn skills(work: &RouteWork) -> Result<Vec<SkillNeed>, &'static str> {
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

fn text(input: Option<&Input>) -> Option<&str> {
    match input? {
        Input::Text(text) => Some(text),
        _ => None,
    }
}
