//! Work that goes from one to another: direct transfers, and changes of owner by hand.

use omnic::plan::Acceptance;
use omnic::runtime::Owner;

use crate::centre::units;
use crate::say::{
    accept, agent, arrive, arrive_by, cancel, close, decline, login, logout, own, queue, skills, status as set_status,
    transfer,
};
use crate::world::World;

/// `ana` has opened a case; `ben` is there.
fn opened(world: World) -> World {
    let mut world = world.online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.online(&["ben"])
}

/// And hands it to `ben`, who has not answered.
fn handed_over(world: World) -> World {
    let mut world = opened(world);
    world.apply(transfer("ana", "case-1", agent("ben", false, None)));
    world
}

fn status(world: &World, number: u64) -> String {
    format!("{:?}", world.work(number).status)
}

#[test]
fn a_direct_transfer_times_out_as_the_first_work_would_have() {
    let mut world = handed_over(World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30)));
    assert_eq!(
        world.wait(30),
        [
            "agentWorkEnded AW-2 case-1 ben DeclinedOnPushTimeout",
            "ben workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
    assert_eq!(status(&world, 1), "Opened");
}

#[test]
fn a_direct_transfer_to_who_goes_offline_leaves_the_work_where_it_is() {
    let mut world = handed_over(World::new());
    world.apply(logout("ben"));
    assert_eq!([status(&world, 1), status(&world, 2)], ["Opened", "Unavailable"]);
}

#[test]
fn a_direct_transfer_goes_on_when_the_first_agent_closes() {
    let mut world = handed_over(World::new());
    world.apply(close("ana", "AW-1"));
    assert_eq!(
        world.only(&["agentWorkOpened", "ownerChanged", "agentWorkEnded"], accept("ben", "AW-2")),
        ["agentWorkOpened AW-2 case-1 ben speedToAnswer=0", "ownerChanged case-1 owner={user=ben}"]
    );
    assert_eq!(status(&world, 1), "Closed");
}

#[test]
fn a_direct_transfer_can_be_canceled() {
    let mut world = handed_over(World::new());
    assert_eq!(
        world.apply(cancel("case-1")),
        [
            "agentWorkEnded AW-2 case-1 ben Canceled",
            "ben workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
    assert_eq!(status(&world, 1), "Opened");
}

#[test]
fn a_direct_transfer_is_accepted_by_itself_where_offers_are() {
    let mut world = World::with(|centre| centre.presence("Agents").acceptance = Acceptance::Auto)
        .online(&["ana"])
        .arrived("Cases", &["case-1"])
        .online(&["ben"]);
    assert_eq!(
        world.apply(transfer("ana", "AW-1", agent("ben", false, None))),
        [
            "agentWorkCreated AW-2 case-1 ben Assigned Cases",
            "ben workAssigned case-1 AW-2",
            "ben workloadChanged configuredCapacity=5 previousWorkload=0 newWorkload=1",
            "agentWorkOpened AW-2 case-1 ben speedToAnswer=0",
            "ownerChanged case-1 owner={user=ben}",
            "agentWorkEnded AW-1 case-1 ana Transferred handleTime=0 activeTime=0",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "ben workAccepted case-1 AW-2",
        ]
    );
}

#[test]
fn the_first_agent_has_capacity_again_when_the_second_accepts() {
    let mut world = handed_over(World::with(|centre| centre.capacity("Agents", 1.0)));
    assert_eq!(world.offers(crate::say::arrive("case-2", "Cases")), [""; 0]);
    assert_eq!(world.offers(accept("ben", "AW-2")), ["case-2 to ana"]);
}

#[test]
fn work_that_a_preferred_agent_declines_falls_to_the_backup_queue() {
    let mut world = World::new().online(&["ana", "ben"]);
    world.apply(crate::say::arrive_by("case-1", agent("ana", false, Some("Cases"))));
    assert_eq!(world.offers(decline("ana", "case-1")), ["case-1 to ben"]);
}

#[test]
fn a_record_that_is_given_to_a_queue_is_routed_anew() {
    let mut world = opened(World::new());
    assert_eq!(
        world.apply(own("case-1", Owner::Queue("Low_Cases".into())))[..3],
        [
            "agentWorkEnded AW-1 case-1 ana Transferred handleTime=0 activeTime=0",
            "pendingServiceRouting created PSR-2 case-1 serial=1 isPushed=false",
            "pendingServiceRouting updated PSR-2 case-1 serial=2 isPushed=true",
        ]
    );
    assert!(!world.pending(2).unwrap().is_transfer);
}

#[test]
fn a_record_that_waits_is_routed_no_more_when_somebody_takes_it() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(own("case-1", Owner::User("sam".into()))),
        ["pendingServiceRouting deleted PSR-1 case-1 serial=1 isPushed=false"]
    );
    assert_eq!(world.runtime.owner("case-1"), Some(Owner::User("sam".into())));
}

#[test]
fn a_record_that_is_given_to_who_works_on_it_stays_as_it_is() {
    let mut world = opened(World::new());
    assert_eq!(world.apply(own("case-1", Owner::User("ana".into()))), [""; 0]);
    assert_eq!(status(&world, 1), "Opened");
}

#[test]
fn tab_based_work_that_is_given_to_another_by_hand_is_not_charged() {
    let mut world = opened(World::new());
    assert_eq!(
        world.apply(own("case-1", Owner::User("ben".into()))),
        [
            "agentWorkEnded AW-1 case-1 ana Transferred handleTime=0 activeTime=0",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
}

#[test]
fn a_record_that_is_transferred_to_a_queue_belongs_to_it() {
    let mut world = opened(World::with(|_| ()));
    assert_eq!(
        world.only(&["ownerChanged", "agentWorkCreated"], transfer("ana", "case-1", queue("Cases"))),
        [
            "ownerChanged case-1 owner={queue=Cases}",
            "agentWorkCreated AW-2 case-1 ben Assigned Cases",
            "ownerChanged case-1 owner={user=ben}"
        ]
    );
}

#[test]
fn work_transferred_to_a_required_rep_costs_what_it_costs() {
    let mut world = opened(World::with(|centre| centre.config("Least").cost = omnic::plan::Cost::Units(units(2.0))));
    assert_eq!(world.offers(transfer("ana", "case-1", agent("ben", true, None))), ["case-1 to ben"]);
    assert_eq!(world.work(2).capacity_weight, Some(units(2.0)));
    // Who has too little waits for room.
    let mut world = opened(World::with(|centre| centre.capacity("Agents", 1.0)));
    world.after(5).apply(arrive("case-2", "Cases"));
    assert_eq!(world.offers(transfer("ana", "case-1", agent("ben", true, None))), [""; 0]);
    assert_eq!(world.offers(decline("ben", "case-2")), ["case-1 to ben", "case-2 to ana"]);
}

#[test]
fn a_transfer_to_a_queue_keeps_its_place() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(set_status("ana", "Busy"));
    world.after(300).apply(arrive("case-2", "Most_Cases"));
    world.after(300).apply(transfer("ana", "case-1", queue("Most_Cases")));
    assert_eq!(world.offers(login("ben", "Available")), ["case-1 to ben", "case-2 to ben"]);
    // It was requested when it was transferred all the same.
    world.after(5).apply(accept("ben", "case-1"));
    assert_eq!(world.work(2).speed_to_answer, Some(5));
}

#[test]
fn open_work_can_be_routed_again() {
    let again = |route| {
        let mut world = opened(World::new());
        let told = world.only(&["agentWorkEnded", "ownerChanged", "agentWorkCreated"], arrive_by("case-1", route));
        assert!(world.pending(2).is_some_and(|pending| pending.is_transfer));
        told
    };
    let ended = "agentWorkEnded AW-1 case-1 ana Transferred handleTime=0 activeTime=0";
    let owned = "ownerChanged case-1 owner={user=ben}";
    assert_eq!(
        again(queue("Most_Cases")),
        [
            ended,
            "ownerChanged case-1 owner={queue=Most_Cases}",
            "agentWorkCreated AW-2 case-1 ben Assigned Most_Cases",
            owned
        ]
    );
    assert_eq!(again(skills("Skilled", Vec::new())), [ended, "agentWorkCreated AW-2 case-1 ben Assigned", owned]);
    assert_eq!(again(agent("ben", true, None)), [ended, "agentWorkCreated AW-2 case-1 ben Assigned", owned]);
}
