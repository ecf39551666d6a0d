//! Work that arrives by a flow of the plan.

use omnic::plan::{Choices, FlowSkill, Input, MayName, RouteWork, SkillLevel};
use omnic::runtime::{Event, FlowRoute, Route};

use crate::centre::{Centre, held};
use crate::say::arrive_by;
use crate::world::World;

fn one(name: &str) -> Choices {
    Choices { named: vec![name.into()], ..Choices::default() }
}

/// A route-work action of the flow `Route_Cases`.
fn work(action: &str, routing_type: &str, may: MayName) -> RouteWork {
    RouteWork {
        flow: "Route_Cases".into(),
        action: action.into(),
        active: true,
        routing_type: Some(Input::Text(routing_type.into())),
        skill_option: Some(Input::Text("DefineSkillRequirements".into())),
        may,
        ..RouteWork::default()
    }
}

fn by(action: Option<&str>) -> Event {
    arrive_by("case-1", Route::Flow(FlowRoute { flow: "route_cases".into(), action: action.map(Into::into) }))
}

fn world(works: fn(&mut Centre) -> Vec<RouteWork>) -> World {
    World::with(|centre| {
        let works = works(centre);
        centre.0.route_works = works;
    })
    .online(&["ana", "ben"])
}

#[test]
fn a_flow_routes_to_what_its_data_tells() {
    let mut to_queue = world(|_| {
        let queues = one("Cases");
        vec![work("To_Cases", "QueueBased", MayName { queues, ..MayName::default() })]
    });
    assert_eq!(to_queue.offers(by(None)).len(), 1);
    let mut by_skills = world(|centre| {
        centre.agent("ben").skills = vec![held("German", 7.0)];
        let routing_configurations = one("Least");
        let skill = FlowSkill {
            skill: one("German"),
            level: Some(SkillLevel::from_level(5.0)),
            additional: Some(false),
            ..FlowSkill::default()
        };
        vec![work(
            "By_Skills",
            "SkillsBased",
            MayName { routing_configurations, skills: vec![skill], ..MayName::default() },
        )]
    });
    assert_eq!(by_skills.offers(by(None)), ["case-1 to ben"]);
    let mut to_agent = world(|_| {
        let agents = one("ben");
        let queues = one("Cases");
        vec![work("To_Ben", "Agent", MayName { agents, queues, ..MayName::default() })]
    });
    assert_eq!(to_agent.offers(by(Some("To_Ben"))), ["case-1 to ben"]);
}

#[test]
fn what_the_data_does_not_tell_is_refused() {
    let mut world = world(|_| {
        let queues = one("Cases");
        let open = Choices { unknown: vec!["whoever starts the flow gives it".into()], ..queues.clone() };
        let asleep = RouteWork { flow: "Asleep".into(), active: false, ..work("To", "QueueBased", MayName::default()) };
        vec![
            work("To_Cases", "QueueBased", MayName { queues, ..MayName::default() }),
            work("To_Any", "QueueBased", MayName { queues: open, ..MayName::default() }),
            work("To_Bot", "Bot", MayName::default()),
            asleep,
        ]
    });
    let mut told = |event: Event| world.refusal(&event).to_string();
    assert_eq!(told(by(None)), "the flow `route_cases` has several route-work actions: the event must name one");
    assert_eq!(
        told(by(Some("To_Any"))),
        "the flow `route_cases` may route to several queues, or to one that is not known"
    );
    assert_eq!(told(by(Some("To_Bot"))), "the flow `route_cases` hands the work to a bot or an AI agent");
    let asleep = arrive_by("case-1", Route::Flow(FlowRoute { flow: "Asleep".into(), action: None }));
    assert_eq!(told(asleep), "the flow `Asleep` has no such route-work action in the plan, or is not active");
}
