//! The decision: whose turn it is, and who gets it.

use omnic::plan::{SecondaryPriority, ValuePriority};
use omnic::runtime::{
    AgentChange, Because, Decision, Effect, Event, PendingServiceRoutingFields, Refusal, WhyNot, WorkArrived,
};

use crate::centre::{Centre, units};
use crate::say::{
    accept, agent, arrive, arrive_by, arrive_with, cancel, change, close, decline, login, logout, queue, request,
    status, work,
};
use crate::world::World;

/// The example of Omni-Channel for Administrators: `ana` has a capacity of 5 and uses 3, `ben` has one of 10 and uses 5.
fn golden() -> World {
    let mut world = World::with(|centre| centre.agent("ben").presence_configuration = Some("Seniors".into()));
    world.apply(login("ana", "Available"));
    for number in 1..=3 {
        world.apply(arrive(&format!("case-a{number}"), "Cases"));
    }
    world.apply(status("ana", "Busy"));
    world.apply(login("ben", "Available"));
    for number in 1..=5 {
        world.apply(arrive(&format!("case-b{number}"), "Cases"));
    }
    world.apply(status("ana", "Available"));
    world
}

#[test]
fn golden_case_of_least_active() {
    // 3 units in use are fewer than 5.
    assert_eq!(golden().offers(arrive("case-1", "Cases")), ["case-1 to ana"]);
}

#[test]
fn golden_case_of_most_available() {
    // 5 units free are more than 2.
    assert_eq!(golden().offers(arrive("case-1", "Most_Cases")), ["case-1 to ben"]);
}

#[test]
fn ties_go_to_the_first_to_log_in_then_to_the_longest_without_then_by_name() {
    let mut world = World::new();
    world.apply(login("cem", "Available"));
    world.after(1).apply(login("ana", "Available"));
    world.apply(login("ben", "Available"));
    // Nobody has had work: who logged in first; of two at once, by name.
    for (number, user) in ["cem", "ana", "ben"].iter().enumerate() {
        let record = format!("case-{number}");
        assert_eq!(world.after(1).offers(arrive(&record, "Cases")), [format!("{record} to {user}")]);
        world.apply(accept(user, &record));
    }
    // All have one, and had it in this order.
    assert_eq!(world.after(1).offers(arrive("case-3", "Cases")), ["case-3 to cem"]);
    // `ana` is free again, and so has the least.
    world.apply(close("ana", "case-1"));
    assert_eq!(world.after(1).offers(arrive("case-4", "Cases")), ["case-4 to ana"]);
    // One each; the last assignment of `ben` is longer ago than that of `ana`.
    assert_eq!(world.after(1).offers(arrive("case-5", "Cases")), ["case-5 to ben"]);
    assert_eq!(world.after(1).offers(arrive("case-6", "Cases")), ["case-6 to ana"]);
    // Two each; the last assignment of `cem` is the longest ago.
    assert_eq!(world.after(1).offers(arrive("case-7", "Cases")), ["case-7 to cem"]);
}

#[test]
fn members_whose_status_offers_the_channel_are_candidates() {
    // Only the members of the queue, in a status that offers the channel.
    let mut world = World::new().online(&["zoe"]);
    assert_eq!(world.offers(arrive("case-1", "Cases")), [""; 0]);
    world.apply(login("ana", "Busy"));
    assert_eq!(world.offers(status("ana", "Cases_Only")), ["case-1 to ana"]);
    assert_eq!(world.offers(arrive("chat-1", "Chats")), [""; 0]);
}

/// The order in which `ana` is offered what waits.
fn order(world: &mut World) -> Vec<String> {
    let offers = world.offers(login("ana", "Available"));
    offers.into_iter().map(|offer| offer.replace(" to ana", "")).collect()
}

#[test]
fn lower_priorities_go_first() {
    let mut world = World::new().arrived("Low_Cases", &["case-1"]).arrived("Cases", &["case-2"]);
    assert_eq!(order(&mut world), ["case-2", "case-1"]);
}

fn ranked(centre: &mut Centre) {
    let value = |value: &str, priority| ValuePriority { value: value.into(), priority };
    centre.channel("Cases").secondary_priority = Some(SecondaryPriority {
        field: "Priority".into(),
        values: vec![value("High", 0), value("Low", 2), value("Medium", 1)],
    });
}

#[test]
fn secondary_priorities_rank_work_of_one_priority() {
    let mut world = World::with(ranked);
    for (record, priority) in [("case-1", "Low"), ("case-2", "Medium"), ("case-3", "High")] {
        world.apply(arrive_with(record, "Cases", &[("Priority", priority)]));
    }
    world.apply(arrive_with("case-4", "Low_Cases", &[("Priority", "High")]));
    assert_eq!(order(&mut world), ["case-3", "case-2", "case-1", "case-4"]);
}

#[test]
fn a_request_through_the_api_has_the_secondary_priority_that_it_is_given() {
    let mut world = World::with(ranked);
    // The field of the record is known, and has the highest.
    world.apply(arrive_with("case-1", "Cases", &[("Priority", "High")]));
    world.apply(cancel("case-1"));
    let fields = |secondary_routing_priority| PendingServiceRoutingFields {
        routing_priority: Some(1),
        secondary_routing_priority,
        is_ready_for_routing: Some(true),
        ..PendingServiceRoutingFields::default()
    };
    world.apply(request("case-1", fields(None)));
    assert_eq!(world.pending(2).unwrap().secondary_routing_priority, None);
    world.apply(request("case-2", fields(Some(1))));
    assert_eq!(order(&mut world), ["case-2", "case-1"]);
}

#[test]
fn secondary_priorities_need_their_switch() {
    let mut world = World::with(|centre| {
        ranked(centre);
        centre.0.settings.secondary_routing_priority = false;
    });
    for (record, priority) in [("case-1", "Low"), ("case-2", "High")] {
        world.apply(arrive_with(record, "Cases", &[("Priority", priority)]));
    }
    assert_eq!(order(&mut world), ["case-1", "case-2"]);
}

#[test]
fn values_are_read_when_work_arrives() {
    let mut world = World::with(ranked);
    world.apply(arrive_with("case-1", "Cases", &[("Priority", "Low")]));
    world.apply(arrive_with("case-2", "Cases", &[("Priority", "Medium")]));
    // An edit does not route again.
    assert_eq!(world.apply(crate::say::update("case-1", &[("Priority", "High")])), [""; 0]);
    assert_eq!(order(&mut world), ["case-2", "case-1"]);
}

#[test]
fn older_work_goes_first_and_custom_times_make_it_older() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let earlier = world.now().plus(-60_000);
    world.after(1).apply(Event::WorkArrived(WorkArrived {
        custom_requested_date_time: Some(earlier),
        ..work("case-2", queue("Cases"))
    }));
    world.apply(arrive("case-3", "Cases"));
    assert_eq!(order(&mut world), ["case-2", "case-1", "case-3"]);
}

#[test]
fn target_accept_times_go_before_age() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let by = |world: &World, seconds: i64| Some(world.now().plus(seconds * 1_000));
    for (record, seconds) in [("case-2", 600), ("case-3", 60)] {
        let target_accept_date_time = by(&world, seconds);
        world
            .after(1)
            .apply(Event::WorkArrived(WorkArrived { target_accept_date_time, ..work(record, queue("Cases")) }));
    }
    assert_eq!(order(&mut world), ["case-3", "case-2", "case-1"]);
}

#[test]
fn an_item_that_fits_nobody_holds_nothing_back() {
    let mut world = World::with(|centre| centre.config("Least").cost = omnic::plan::Cost::Units(units(6.0)))
        .arrived("Cases", &["case-1"])
        .arrived("Low_Cases", &["case-2"]);
    assert_eq!(order(&mut world), ["case-2"]);
}

#[test]
fn declined_work_keeps_its_age_and_goes_to_another() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.after(60).apply(decline("ana", "case-1"));
    // Not to `ana` again, who still takes newer work.
    assert_eq!(world.offers(arrive("case-2", "Cases")), ["case-2 to ana"]);
    assert_eq!(
        world.pending(1).unwrap().last_declined_agent_session.map(|session| session.to_string()).unwrap(),
        "S-1"
    );
    world.apply(arrive("case-3", "Low_Cases"));
    world.apply(login("ben", "Available"));
    world.after(30).apply(accept("ben", "case-1"));
    // From the first request to the second agent's accept.
    assert_eq!(world.work(4).speed_to_answer, Some(90));
}

#[test]
fn timed_out_work_keeps_its_age() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    world.wait(30);
    world.apply(login("ben", "Available"));
    world.after(10).apply(accept("ben", "case-1"));
    assert_eq!(world.work(2).speed_to_answer, Some(40));
}

/// `cem` has two cases, so that he comes last.
fn three_reps() -> World {
    World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["cem"])
        .arrived("Low_Cases", &["case-8", "case-9"])
        .online(&["ana", "ben"])
}

#[test]
fn everybody_is_tried_before_anybody_is_tried_again() {
    let mut world = three_reps();
    assert_eq!(world.offers(arrive("case-1", "Cases")), ["case-1 to ana"]);
    assert_eq!(world.offers(decline("ana", "case-1")), ["case-1 to ben"]);
    // A push timeout counts as a decline.
    world.after(30);
    assert_eq!(world.offers(Event::TimePassed {}), ["case-1 to cem"]);
    assert_eq!(world.offers(decline("cem", "case-1")), ["case-1 to ana"]);
    // Who comes later has not been tried.
    world.apply(status("ben", "Busy"));
    world.apply(Event::AgentChanged(AgentChange { queues: Some(vec!["Cases".into()]), ..change("zoe") }));
    world.apply(login("zoe", "Available"));
    assert_eq!(world.offers(decline("ana", "case-1")), ["case-1 to zoe"]);
}

#[test]
fn a_chat_that_every_available_rep_declined_ends() {
    let mut world = three_reps();
    world.apply(logout("ben"));
    assert_eq!(world.offers(arrive("chat-1", "Chats")), ["chat-1 to ana"]);
    assert_eq!(world.offers(decline("ana", "chat-1")), ["chat-1 to cem"]);
    assert_eq!(
        world.only(&["noAvailableAgent", "pendingServiceRouting"], decline("cem", "chat-1")),
        [
            "pendingServiceRouting updated PSR-3 chat-1 serial=5 isPushed=false",
            "noAvailableAgent chat-1",
            "pendingServiceRouting deleted PSR-3 chat-1 serial=5 isPushed=false",
        ]
    );
}

#[test]
fn a_declined_chat_waits_for_a_rep_who_has_no_room_yet() {
    let mut world = World::with(|centre| centre.capacity("Agents", 1.0)).online(&["ana", "ben"]);
    world.apply(arrive("case-1", "Cases"));
    world.apply(arrive("chat-1", "Chats"));
    assert_eq!(world.only(&["noAvailableAgent"], decline("ben", "chat-1")), [""; 0]);
    assert_eq!(world.offers(decline("ana", "case-1")), ["case-1 to ben", "chat-1 to ana"]);
}

#[test]
fn a_declined_chat_waits_for_a_rep_who_has_as_many_items_as_anyone_may() {
    let options = omnic::runtime::RoutingOptions { max_open_items: 1, ..Default::default() };
    let mut world = World::options(options, |_| ()).online(&["ana"]);
    assert_eq!(world.offers(arrive("case-1", "Cases")), ["case-1 to ana"]);
    world.apply(login("ben", "Available"));
    assert_eq!(world.offers(arrive("chat-1", "Chats")), ["chat-1 to ben"]);
    assert_eq!(world.only(&["noAvailableAgent"], decline("ben", "chat-1")), [""; 0]);
    assert_eq!(world.only(&["noAvailableAgent"], logout("ana")), ["noAvailableAgent chat-1"]);
}

#[test]
fn a_new_session_may_be_offered_what_an_earlier_one_declined() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(decline("ana", "case-1"));
    world.apply(crate::say::logout("ana"));
    assert_eq!(world.offers(login("ana", "Available")), ["case-1 to ana"]);
}

#[test]
fn a_preferred_agent_gets_the_work_whatever_the_model_says() {
    let mut world = World::new().online(&["ana", "ben"]).arrived("Cases", &["case-1"]);
    // `ben` has less to do.
    assert_eq!(world.offers(arrive_by("case-2", agent("ana", false, Some("Cases")))), ["case-2 to ana"]);
}

#[test]
fn work_of_a_preferred_agent_who_cannot_falls_to_the_backup_queue() {
    let mut world = World::new().online(&["ben"]);
    assert_eq!(world.offers(arrive_by("case-1", agent("ana", false, Some("Cases")))), ["case-1 to ben"]);
    // Without one it waits for the agent.
    assert_eq!(world.offers(arrive_by("case-2", agent("ana", false, None))), [""; 0]);
    assert_eq!(world.offers(login("ana", "Available")), ["case-2 to ana"]);
}

#[test]
fn work_that_requires_its_agent_waits_for_nobody_else() {
    let mut world = World::with(|centre| {
        centre.config("Least").push_timeout_seconds = Some(30);
    })
    .online(&["ben"]);
    assert_eq!(world.offers(arrive_by("case-1", agent("ana", true, Some("Cases")))), [""; 0]);
    assert_eq!(world.offers(login("ana", "Available")), ["case-1 to ana"]);
    // It neither times out nor can be declined.
    assert_eq!(world.wait(3_600), [""; 0]);
    assert!(matches!(world.refusal(&decline("ana", "case-1")), Refusal::PreferredUserRequired { .. }));
}

#[test]
fn work_can_name_its_channel() {
    let mut world = World::new();
    world.apply(login("ana", "Cases_Only"));
    let on = |channel: &str| {
        Event::WorkArrived(WorkArrived {
            service_channel_id: Some(channel.into()),
            ..work(&format!("case-{channel}"), queue("Cases"))
        })
    };
    assert_eq!(world.offers(on("Chats")), [""; 0]);
    assert_eq!(world.offers(on("Cases")), ["case-Cases to ana"]);
}

#[test]
fn a_change_of_queues_counts_at_once() {
    let mut world = World::new().online(&["zoe"]).arrived("Cases", &["case-1"]);
    let change = AgentChange { queues: Some(vec!["Cases".into()]), ..change("zoe") };
    assert_eq!(
        world.apply(Event::AgentChanged(change))[..3],
        [
            "agentChanged zoe",
            "pendingServiceRouting updated PSR-1 case-1 serial=2 isPushed=true",
            "agentWorkCreated AW-1 case-1 zoe Assigned Cases",
        ]
    );
}

fn decision(world: &mut World, event: Event) -> Decision {
    world.runtime.trace(true);
    let effects = world.raw(event);
    effects
        .into_iter()
        .find_map(|timed| if let Effect::Decision(decision) = timed.effect { Some(*decision) } else { None })
        .unwrap()
}

#[test]
fn a_traced_decision_says_why() {
    let mut world = golden();
    world.apply(login("cem", "Busy"));
    let decision = decision(&mut world, arrive("case-1", "Cases"));
    assert_eq!(
        (&*decision.user, decision.used, decision.capacity, decision.cost),
        ("ana", units(3.0), units(5.0), units(1.0))
    );
    assert_eq!(decision.because, Because::Model(omnic::runtime::records::RoutingModel::LeastActive));
    assert_eq!((decision.eligible, decision.more), (2, 0));
    let others: Vec<_> = decision.others.into_iter().map(|other| (other.user, other.why)).collect();
    let offers_not = WhyNot::StatusOffersNotChannel { status: "Busy".into(), channel: "Cases".into() };
    let not_best = WhyNot::NotBest { used: units(5.0), capacity: units(10.0) };
    assert_eq!(others, [("ben".into(), not_best), ("cem".into(), offers_not)]);
}
