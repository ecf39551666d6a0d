//! Skills-based routing.

use omnic::plan::{AgentSkill, SkillLevel};
use omnic::runtime::records::RoutingModel;
use omnic::runtime::{
    AgentChange, Effect, Event, PendingServiceRoutingFields, PendingServiceRoutingId, Route, SkillNeed, SkillsRoute,
    WhyNot, WorkArrived,
};

use crate::centre::{Centre, held, units};
use crate::say::{
    accept, additional, agent, arrive, arrive_by, arrive_with, change, decline, has, login, lost, need, queue, ready,
    request, require, skills, transfer, work,
};
use crate::world::World;

const FRENCH: &str = "French";
const GERMAN: &str = "German";
const REFUNDS: &str = "Refunds";

/// `ana` has German at 5, `ben` German at 8 and Refunds at a level that nobody knows, `zoe`, in no queue, French at 10.
fn able(centre: &mut Centre) {
    centre.agent("ana").skills = vec![held(GERMAN, 5.0)];
    centre.agent("ben").skills = vec![held(GERMAN, 8.0), AgentSkill { skill: REFUNDS.into(), ..AgentSkill::default() }];
    centre.agent("zoe").skills = vec![held(FRENCH, 10.0)];
}

fn centre(change: impl FnOnce(&mut Centre)) -> World {
    World::with(|centre| {
        able(centre);
        change(centre);
    })
    .online(&["ana", "ben", "zoe"])
}

fn by(record: &str, needs: Vec<SkillNeed>) -> Event {
    arrive_by(record, skills("Least", needs))
}

#[test]
fn an_agent_needs_every_skill_at_its_level() {
    let mut world = centre(|_| ());
    assert_eq!(world.offers(by("case-1", vec![need("German", Some(5.0))])), ["case-1 to ana"]);
    assert_eq!(world.offers(by("case-2", vec![need("German", Some(5.1))])), ["case-2 to ben"]);
    assert_eq!(world.offers(by("case-3", vec![need("German", Some(8.1))])), [""; 0]);
    // No level: any will do.
    assert_eq!(world.offers(by("case-4", vec![need("German", None)])), ["case-4 to ana"]);
    // A level that is not known is taken for enough.
    let both = vec![need("German", Some(8.0)), need("Refunds", Some(9.0))];
    assert_eq!(world.offers(by("case-5", both)), ["case-5 to ben"]);
    let apart = vec![need("German", None), need("French", None)];
    assert_eq!(world.offers(by("case-6", apart)), [""; 0]);
}

#[test]
fn membership_of_queues_does_not_count() {
    assert_eq!(centre(|_| ()).offers(by("case-1", vec![need("French", None)])), ["case-1 to zoe"]);
}

#[test]
fn work_without_skills_goes_to_anyone() {
    let mut world = World::with(able).online(&["zoe"]);
    assert_eq!(world.offers(by("case-1", Vec::new())), ["case-1 to zoe"]);
    assert_eq!(world.offers(arrive("case-2", "Languages")), ["case-2 to zoe"]);
}

#[test]
fn the_skills_of_the_routing_configuration_count() {
    let mut world = centre(|centre| {
        centre.config("Least").skills = vec![FRENCH.into()];
        centre.config("Skilled").skills = vec![REFUNDS.into()];
    });
    assert_eq!(world.offers(by("case-1", Vec::new())), ["case-1 to zoe"]);
    assert_eq!(world.offers(arrive("case-2", "Languages")), ["case-2 to ben"]);
    // Where queues decide, they do not.
    assert_eq!(world.offers(arrive("case-3", "Cases")), ["case-3 to ana"]);
}

#[test]
fn skill_rules_read_the_fields_of_attribute_based_work() {
    let mut world = centre(|centre| {
        centre.rule("fr", FRENCH, None);
        centre.rule("de", GERMAN, Some(6));
        centre.rule("refund", REFUNDS, None).active = false;
    });
    let with = |record, value| arrive_with(record, "Languages", &[("Language__c", value)]);
    assert_eq!(world.offers(with("case-1", "fr")), ["case-1 to zoe"]);
    assert_eq!(world.offers(with("case-2", "de")), ["case-2 to ben"]);
    // A rule of a set that is not active, and a value without a rule, ask for nothing.
    assert_eq!(world.offers(with("case-3", "refund")), ["case-3 to ana"]);
    assert_eq!(world.offers(with("case-4", "it")).len(), 1);
    // The field may be qualified with its object.
    let qualified = arrive_with("case-5", "Languages", &[("Case.Language__c", "fr")]);
    assert_eq!(world.offers(qualified), ["case-5 to zoe"]);
}

#[test]
fn a_flow_says_whether_skill_rules_count() {
    let by_flow = |run_rules| {
        let route = Route::Skills(SkillsRoute { routing_configuration: "Least".into(), skills: Vec::new(), run_rules });
        let fields = crate::say::fields(&[("Language__c", "fr")]);
        let mut world = centre(|centre| {
            centre.rule("fr", FRENCH, None);
        });
        world.offers(Event::WorkArrived(WorkArrived { fields, ..work("case-1", route) }))
    };
    assert_eq!(by_flow(true), ["case-1 to zoe"]);
    assert_eq!(by_flow(false), ["case-1 to ana"]);
}

#[test]
fn required_beats_additional_and_the_higher_level_counts() {
    let mut world = centre(|_| ());
    world.apply(by("case-1", vec![additional("French", None), need("French", Some(99.0)), need("French", Some(2.0))]));
    let requirements = world.requirements(1);
    let told: Vec<_> = requirements.iter().map(|need| (need.is_additional_skill, need.skill_level)).collect();
    assert_eq!(told, [(false, Some(SkillLevel::from_level(99.0)))]);
}

fn dropping(centre: &mut Centre) {
    able(centre);
    centre.config("Least").drop_additional_skills_after_seconds = Some(30);
}

#[test]
fn additional_skills_are_dropped_by_groups_the_highest_priority_first() {
    let mut world = World::with(dropping).online(&["ana"]);
    let needs = vec![need("German", None), additional("French", Some(1)), additional("Refunds", Some(2))];
    assert_eq!(world.offers(by("case-1", needs)), [""; 0]);
    assert_eq!(world.wait(29), [""; 0]);
    assert_eq!(world.wait(1), ["skillsDropped PSR-1 case-1 skills=[Refunds]"]);
    // The next group waits another 30 seconds; then `ana` can do it.
    assert_eq!(world.wait(29), [""; 0]);
    assert_eq!(
        world.wait(1)[..3],
        [
            "skillsDropped PSR-1 case-1 skills=[French]",
            "pendingServiceRouting updated PSR-1 case-1 serial=2 isPushed=true",
            "agentWorkCreated AW-1 case-1 ana Assigned",
        ]
    );
    let told: Vec<_> = world.work_skills(1).into_iter().map(|skill| (skill.skill_id, skill.was_dropped)).collect();
    assert_eq!(told, [("French".into(), true), ("German".into(), false), ("Refunds".into(), true)]);
}

#[test]
fn skills_of_one_priority_are_dropped_together_and_those_without_last() {
    let mut world = World::with(dropping);
    let needs = vec![additional("French", None), additional("German", Some(3)), additional("Refunds", Some(3))];
    world.apply(by("case-1", needs));
    assert_eq!(world.wait(30), ["skillsDropped PSR-1 case-1 skills=[German, Refunds]"]);
    assert_eq!(world.wait(30), ["skillsDropped PSR-1 case-1 skills=[French]"]);
}

#[test]
fn the_time_to_drop_skills_counts_from_the_custom_request_time() {
    let mut world = World::with(dropping);
    let earlier = world.now().plus(-40_000);
    let needs = vec![additional("French", Some(2)), additional("German", Some(1))];
    let told = world.apply(Event::WorkArrived(WorkArrived {
        custom_requested_date_time: Some(earlier),
        ..work("case-1", skills("Least", needs))
    }));
    // 30 seconds have passed already, 60 have not.
    assert_eq!(
        told,
        [
            "pendingServiceRouting created PSR-1 case-1 serial=1 isPushed=false",
            "skillsDropped PSR-1 case-1 skills=[French]",
        ]
    );
    assert_eq!(world.wait(20), ["skillsDropped PSR-1 case-1 skills=[German]"]);
}

#[test]
fn decline_and_offline_put_dropped_skills_back() {
    for event in [decline("ana", "case-1"), lost("ana")] {
        let mut world = World::with(dropping).online(&["ana"]);
        world.apply(by("case-1", vec![additional("French", None)]));
        world.wait(30);
        world.after(10).apply(event);
        // `cem` has no French either, and waits for the timer, which began anew.
        assert_eq!(world.offers(login("cem", "Available")), [""; 0]);
        assert_eq!(world.wait(29), [""; 0]);
        assert_eq!(world.wait(1)[0], "skillsDropped PSR-1 case-1 skills=[French]");
    }
}

#[test]
fn a_push_timeout_puts_dropped_skills_back() {
    let mut world = World::with(|centre| {
        dropping(centre);
        centre.config("Least").push_timeout_seconds = Some(10);
    })
    .online(&["ana", "cem"]);
    world.apply(by("case-1", vec![additional("French", None)]));
    assert_eq!(world.wait(30)[0], "skillsDropped PSR-1 case-1 skills=[French]");
    assert_eq!(world.wait(10)[0], "agentWorkEnded AW-1 case-1 ana DeclinedOnPushTimeout");
    assert_eq!(world.wait(29), [""; 0]);
    assert_eq!(world.wait(1)[0], "skillsDropped PSR-1 case-1 skills=[French]");
}

#[test]
fn a_skill_that_nothing_in_the_plan_has_is_one_that_the_org_may_have() {
    let mut world = World::new().online(&["cem"]);
    assert_eq!(world.offers(by("case-1", vec![need("Elsewhere", None)])), [""; 0]);
    let given = AgentChange { skills: Some(vec![has("Elsewhere", None)]), ..change("cem") };
    assert_eq!(world.offers(Event::AgentChanged(given)), ["case-1 to cem"]);
}

#[test]
fn a_skill_that_an_agent_is_given_counts_at_once() {
    let mut world = World::new().online(&["cem"]);
    world.apply(by("case-1", vec![need("French", Some(3.0))]));
    let given = AgentChange { skills: Some(vec![has("French", Some(3.0))]), ..change("cem") };
    assert_eq!(world.offers(Event::AgentChanged(given)), ["case-1 to cem"]);
}

#[test]
fn requests_through_the_api_wait_until_they_are_ready() {
    let mut world = centre(|_| ());
    let fields = PendingServiceRoutingFields { capacity_weight: Some(units(2.0)), ..Default::default() };
    assert_eq!(
        world.apply(request("case-1", fields)),
        ["pendingServiceRouting created PSR-1 case-1 serial=1 isPushed=false"]
    );
    assert_eq!(world.offers(require("case-1", need("French", None))), [""; 0]);
    assert_eq!(world.offers(ready("case-1")), ["case-1 to zoe"]);
    assert_eq!(world.work(1).capacity_weight, Some(units(2.0)));
}

#[test]
fn a_request_that_is_ready_when_it_is_made_has_no_skills() {
    let mut world = World::with(able).online(&["cem"]);
    let fields = PendingServiceRoutingFields { is_ready_for_routing: Some(true), ..Default::default() };
    assert_eq!(world.offers(request("case-1", fields)), ["case-1 to cem"]);
}

#[test]
fn priorities_of_requests_through_the_api_count() {
    let mut world = World::new();
    let fields = |routing_priority| PendingServiceRoutingFields {
        routing_priority,
        is_ready_for_routing: Some(true),
        ..Default::default()
    };
    // Without one: after all that has one.
    world.apply(request("case-1", fields(None)));
    world.apply(request("case-2", fields(Some(20))));
    world.apply(arrive("case-3", "Low_Cases"));
    assert_eq!(world.offers(login("ana", "Available")), ["case-3 to ana", "case-2 to ana", "case-1 to ana"]);
}

#[test]
fn open_work_is_transferred_to_a_queue_to_skills_or_to_an_agent() {
    let opened = || {
        let mut world = centre(|_| ()).arrived("Cases", &["case-1"]);
        world.apply(accept("ana", "case-1"));
        world
    };
    let mut world = opened();
    // Of the three that could take it, `ana` included, she has had work.
    assert_eq!(world.offers(transfer("ana", "case-1", queue("Cases"))), ["case-1 to ben"]);
    assert!(world.pending(2).unwrap().is_transfer);
    let french = skills("Least", vec![need("French", None)]);
    assert_eq!(opened().offers(transfer("ana", "case-1", french)), ["case-1 to zoe"]);
    assert_eq!(opened().offers(transfer("ana", "case-1", agent("ben", true, None))), ["case-1 to ben"]);
    assert_eq!(opened().offers(transfer("ana", "case-1", agent("cem", false, Some("Cases")))), ["case-1 to ben"]);
    assert_eq!(opened().offers(transfer("ana", "case-1", agent("ben", false, None))), ["case-1 to ben"]);
}

#[test]
fn of_a_skill_that_an_agent_is_given_twice_the_higher_level_counts() {
    let mut world = World::new();
    let skills = Some(vec![has("French", Some(8.0)), has("French", Some(2.0))]);
    world.apply(Event::AgentChanged(AgentChange { skills, ..change("ana") }));
    let resources = world.runtime.service_resources();
    let ana = resources.iter().find(|resource| &*resource.name == "ana").unwrap();
    let french = ana.skills.iter().filter(|held| &*held.skill_id == "French").map(|held| held.skill_level);
    assert_eq!(french.collect::<Vec<_>>(), [Some(SkillLevel::from_level(8.0))]);
}

#[test]
fn waiting_work_tells_which_skills_are_missing_or_too_low() {
    let mut world = centre(|_| ());
    world.apply(by("case-1", vec![need("German", Some(6.0))]));
    let too_low = |world: &World, number| world.runtime.why_waiting(PendingServiceRoutingId(number)).unwrap();
    world.apply(by("case-2", vec![need("German", Some(8.5))]));
    let waiting = too_low(&world, 2);
    assert_eq!(waiting.missing_skills, [""; 0]);
    let why = |held| WhyNot::SkillLevel {
        skill: "German".into(),
        needs: SkillLevel::from_level(8.5),
        held: SkillLevel::from_level(held),
    };
    let others: Vec<_> = waiting.others.into_iter().map(|other| (other.user, other.why)).collect();
    assert_eq!(others, [("ana".into(), why(5.0)), ("ben".into(), why(8.0))]);
    world.apply(by("case-3", vec![need("Klingon", None), need("German", None)]));
    let waiting = too_low(&world, 3);
    assert_eq!((waiting.missing_skills, waiting.others), (vec!["Klingon".into()], Vec::new()));
}

#[test]
fn skills_are_not_checked_for_a_preferred_agent() {
    let preferring = |record: &str, user: &str| {
        let fields = PendingServiceRoutingFields {
            preferred_user_id: Some(user.into()),
            routing_model: Some(RoutingModel::LeastActive),
            capacity_weight: Some(units(1.0)),
            is_ready_for_routing: Some(false),
            ..PendingServiceRoutingFields::default()
        };
        [request(record, fields), require(record, need("German", Some(6.0))), ready(record)]
    };
    let mut world = centre(|_| ());
    world.runtime.trace(true);
    // `ana` has it at 5, and is offered it; of the others, `ben` could have it.
    let mut told = Vec::new();
    for event in preferring("case-1", "ana").into_iter().chain(preferring("case-2", "zoe")) {
        told.extend(world.raw(event));
    }
    let mut decisions = told.into_iter().filter_map(|timed| match timed.effect {
        Effect::Decision(decision) => Some((decision.user, decision.eligible, decision.others)),
        _ => None,
    });
    let (user, eligible, _) = decisions.next().unwrap();
    assert_eq!((&*user, eligible), ("ana", 2));
    // `zoe` has no German at all; `ana` has too little.
    let (user, eligible, others) = decisions.next().unwrap();
    assert_eq!((&*user, eligible), ("zoe", 2));
    let too_low = WhyNot::SkillLevel {
        skill: "German".into(),
        needs: SkillLevel::from_level(6.0),
        held: SkillLevel::from_level(5.0),
    };
    assert!(others.iter().any(|other| &*other.user == "ana" && other.why == too_low), "{others:?}");
    // The preferred agent is gone: that is why, and not a skill.
    world.apply(lost("ana"));
    world.apply(lost("ben"));
    for event in preferring("case-3", "ana") {
        world.raw(event);
    }
    let waiting = world.runtime.why_waiting(PendingServiceRoutingId(3)).unwrap();
    let whys: Vec<_> = waiting.others.into_iter().map(|other| (other.user, other.why)).collect();
    assert_eq!(whys, [("ana".into(), WhyNot::Offline {}), ("ben".into(), WhyNot::Offline {})]);
}

#[test]
fn declined_work_without_a_queue_stays_with_its_rep() {
    let mut world = centre(|_| ());
    assert_eq!(world.offers(by("case-1", vec![need("French", None)])), ["case-1 to zoe"]);
    // Nobody else has the skill, and there is no queue to go back to.
    assert_eq!(world.only(&["ownerChanged", "agentWorkCreated"], decline("zoe", "case-1")), [""; 0]);
    assert!(world.pending(1).is_some_and(|request| !request.is_pushed));
    // It goes to who gets the skill, and back to `zoe` only in a new session.
    world.apply(crate::say::logout("zoe"));
    assert_eq!(world.offers(login("zoe", "Available")), ["case-1 to zoe"]);
}
