//! What can be asked of a run: what an offer passes over, who holds work.

use omnic::plan::Cost;
use omnic::runtime::records::AgentWorkStatus::{Assigned, Opened};
use omnic::runtime::{
    AgentChange, AgentWorkId, Decision, Effect, Event, MOST_PASSED, PassedOver, PendingServiceRoutingId, Pool, Refusal,
    UserServicePresenceId, WhyNot, WhyPassed,
};

use crate::centre::units;
use crate::say::{accept, agent, arrive, arrive_by, change, close, has, key, login, logout, record, status, transfer};
use crate::world::{START, World};

/// The offers of an event, with their reasons.
fn decisions(world: &mut World, event: Event) -> Vec<Decision> {
    world.runtime.trace(true);
    let decision = |effect| if let Effect::Decision(decision) = effect { Some(*decision) } else { None };
    world.raw(event).into_iter().filter_map(|timed| decision(timed.effect)).collect()
}

/// What each offer of an event passes over.
fn passed(world: &mut World, event: Event) -> Vec<Vec<PassedOver>> {
    decisions(world, event).into_iter().map(|decision| decision.passed).collect()
}

#[test]
fn an_offer_tells_which_earlier_items_it_passes_over() {
    let mut world = World::new().arrived("Low_Cases", &["case-low"]);
    world.after(5).apply(arrive("case-1", "Cases"));
    let of_low =
        |why| PassedOver { id: PendingServiceRoutingId(1), work_item_id: "case-low".into(), requested: START, why };
    let by_priority = WhyPassed::Priority { chosen: Some(1), other: Some(9) };
    // `case-1` goes first; then it is the turn of `case-low`, which nothing that came earlier waits for.
    assert_eq!(passed(&mut world, login("ana", "Available")), [vec![of_low(by_priority)], vec![]]);
}

#[test]
fn an_item_that_is_too_big_is_passed_over_for_that() {
    let mut world = World::with(|centre| centre.config("Most").cost = Cost::Units(units(6.0)));
    world.apply(login("ana", "Available"));
    world.apply(arrive("case-big", "Most_Cases"));
    let no_capacity = WhyNot::NoCapacity { needs: units(6.0), free: units(5.0) };
    let passed = passed(&mut world, arrive("case-1", "Cases"));
    assert_eq!(
        passed.concat().into_iter().map(|other| other.why).collect::<Vec<_>>(),
        [WhyPassed::Cannot(no_capacity)]
    );
}

#[test]
fn of_many_items_that_are_passed_over_the_first_are_named_and_the_rest_are_counted() {
    let records: Vec<String> = (0..10_000).map(|number| format!("low-{number}")).collect();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let mut world = World::new().arrived("Low_Cases", &records);
    world.after(5).apply(arrive("case-1", "Cases"));
    let decisions = decisions(&mut world, login("ana", "Available"));
    // `case-1` goes before all of them; the four that follow it into the capacity of 5 go before nothing.
    let counted: Vec<_> = decisions.iter().map(|decision| (decision.passed.len(), decision.more_passed)).collect();
    assert_eq!(counted, [(MOST_PASSED, 10_000 - 20), (0, 0), (0, 0), (0, 0), (0, 0)]);
    let named: Vec<&str> = decisions[0].passed.iter().map(|other| other.work_item_id.as_str()).collect();
    assert_eq!(named, records[..20]);
}

#[test]
fn an_item_in_two_lanes_is_passed_over_once() {
    // It waits for `ana` as the preferred agent and as a member of the backup queue, and is too big.
    let mut world = World::with(|centre| centre.config("Most").cost = Cost::Units(units(6.0)));
    world.apply(login("ana", "Available"));
    world.apply(arrive_by("case-big", agent("ana", false, Some("Most_Cases"))));
    let decisions = decisions(&mut world, arrive("case-1", "Cases"));
    let counted: Vec<_> = decisions.iter().map(|decision| (decision.passed.len(), decision.more_passed)).collect();
    assert_eq!(counted, [(1, 0)]);
}

#[test]
fn nothing_is_passed_over_that_came_later_or_waits_for_others() {
    let mut world = World::new().arrived("Cases", &["case-1", "case-2"]);
    assert_eq!(passed(&mut world, login("ana", "Available")), [vec![], vec![]]);
    let mut world = World::new().arrived("Calls", &["call-1"]);
    // The status does not offer calls.
    world.apply(login("ana", "Cases_Only"));
    assert_eq!(passed(&mut world, arrive("case-1", "Cases")), [vec![]]);
}

#[test]
fn nobody_holds() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let nobody = Refusal::NobodyHolds { work_item: "case-1".into() };
    assert_eq!(world.runtime.holder(&key("case-1"), &[Assigned]), Err(nobody));
    world.apply(login("ana", "Available"));
    let held = |statuses| world.runtime.holder(&key("case-1"), statuses);
    // Also where a rule will refuse it: the refusal then says why.
    assert_eq!([held(&[Assigned]), held(&[Opened])], [Ok("ana".into()), Ok("ana".into())]);
    assert_eq!(world.runtime.holder(&key("AW-1"), &[Opened]), Ok("ana".into()));
    assert!(world.runtime.holder(&key("case-2"), &[Opened]).is_err());
}

#[test]
fn several_hold() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(login("ben", "Available"));
    world.apply(transfer("ana", "case-1", agent("ben", false, None)));
    let held = |statuses| world.runtime.holder(&key("case-1"), statuses);
    assert_eq!([held(&[Assigned]), held(&[Opened])], [Ok("ben".into()), Ok("ana".into())]);
    let several = Refusal::SeveralHold { work_item: "case-1".into(), users: vec!["ana".into(), "ben".into()] };
    assert_eq!(several.to_string(), "`ana` and `ben` hold `case-1`: name one of them as `user`");
    assert_eq!(held(&[Assigned, Opened]), Err(several));
}

#[test]
fn both_capacities_are_known_of_who_is_logged_in() {
    let mut world = World::new();
    assert_eq!(world.runtime.pools("ana"), None);
    world.apply(login("ana", "Available"));
    world.apply(arrive("mail-1", "Emails"));
    let pools = world.runtime.pools("ana").unwrap();
    assert_eq!(pools[Pool::Primary as usize].used, units(0.0));
    assert_eq!(pools[Pool::Interruptible as usize].used, units(1.0));
    assert_eq!(pools.map(|pool| pool.capacity), [units(5.0), units(5.0)]);
}

#[test]
fn what_is_known_of_an_agent_can_be_asked() {
    let mut world = World::with(|centre| centre.agent("ana").skills = vec![crate::centre::held("French", 7.0)]);
    let told = world.runtime.agent("ana").unwrap();
    assert_eq!((&*told.user, told.is_active, told.profile.as_deref()), ("ana", Some(true), Some("support")));
    assert_eq!(told.skills.as_deref(), Some([has("French", Some(7.0))].as_slice()));
    assert!(told.queues.as_ref().is_some_and(|queues| queues.contains(&"Cases".into())));
    world.apply(Event::AgentChanged(told.clone()));
    assert_eq!(world.runtime.agent("ana"), Some(told));
    let changed = AgentChange {
        is_active: Some(false),
        profile: Some("support".into()),
        presence_configuration: Some("Seniors".into()),
        statuses: Some(vec!["Busy".into()]),
        queues: Some(vec!["Orders".into()]),
        skills: Some(vec![has("German", None)]),
        groups: Some(vec!["Team".into()]),
        ..change("eve")
    };
    assert_eq!(world.runtime.agent("eve"), None);
    world.apply(Event::AgentChanged(changed.clone()));
    assert_eq!(world.runtime.agent("eve"), Some(changed));
}

#[test]
fn what_stands_on_a_record_is_known() {
    let mut world = World::new();
    let of = |world: &World| world.runtime.routing_of("case-1");
    assert_eq!(of(&world), None);
    world.apply(record("case-1", &[], None));
    assert_eq!(of(&world), Some((None, vec![])));
    world.apply(arrive("case-1", "Cases"));
    assert_eq!(of(&world), Some((Some(PendingServiceRoutingId(1)), vec![])));
    world.apply(login("ana", "Available"));
    assert_eq!(of(&world), Some((Some(PendingServiceRoutingId(1)), vec![AgentWorkId(1)])));
    world.apply(accept("ana", "case-1"));
    assert_eq!(of(&world), Some((None, vec![AgentWorkId(1)])));
    world.apply(close("ana", "case-1"));
    assert_eq!(of(&world), Some((None, vec![])));
}

#[test]
fn the_current_presence_of_an_agent_is_known() {
    let mut world = World::new().online(&["ana"]);
    world.after(5).apply(status("ana", "Busy"));
    let current = world.runtime.current_presence("ana").unwrap();
    assert!(current.is_current_state);
    assert_eq!((current.id, &*current.service_presence_status_id), (UserServicePresenceId(2), "Busy"));
    assert_eq!(world.runtime.user_service_presence(current.id), Some(current));
    world.apply(logout("ana"));
    assert_eq!((world.runtime.current_presence("ana"), world.runtime.current_presence("eve")), (None, None));
    assert!(world.runtime.user_service_presence(UserServicePresenceId(2)).is_some_and(|it| !it.is_current_state));
    assert_eq!(world.runtime.user_service_presence(UserServicePresenceId(3)), None);
}
