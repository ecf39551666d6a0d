//! Work that has left its agent and still takes capacity: calls with after conversation work, and open tabs.

use omnic::plan::AfterConversationWork;
use omnic::runtime::{AcwEnd, Owner, Refusal, RoutingOptions};

use crate::capacity::load;
use crate::centre::Centre;
use crate::say::{
    accept, agent, arrive, close, ended, extend, login, logout, own, queue, status, tab_closed, transfer,
};
use crate::world::World;

fn wrap_up(centre: &mut Centre) {
    centre.capacity("Agents", 1.0);
    let acw = AfterConversationWork { max_seconds: 60, ..AfterConversationWork::default() };
    centre.channel("Calls").after_conversation_work = Some(acw);
}

/// `ana` has been on a call for a minute.
fn called(options: RoutingOptions) -> World {
    let mut world = World::options(options, wrap_up).online(&["ana"]).arrived("Calls", &["call-1"]);
    world.apply(accept("ana", "call-1"));
    world.after(60);
    world
}

#[test]
fn a_change_of_status_ends_after_conversation_work() {
    let mut world = called(RoutingOptions::default());
    world.apply(ended("call-1"));
    assert_eq!(
        world.after(10).apply(status("ana", "Busy"))[1..5],
        [
            "afterConversationWorkEnded AW-1 call-1 ana afterConversationActualTime=10",
            "agentWorkEnded AW-1 call-1 ana Closed handleTime=70 activeTime=0 afterConversationActualTime=10",
            "ana workClosed call-1 AW-1",
            "ana workloadChanged configuredCapacity=1 previousWorkload=1 newWorkload=0",
        ]
    );
    // The same status is no change.
    let mut world = called(RoutingOptions::default());
    world.apply(ended("call-1"));
    assert_eq!(world.only(&["agentWorkEnded"], status("ana", "Available")), [""; 0]);
}

#[test]
fn who_transfers_a_call_has_after_conversation_work() {
    let mut world = called(RoutingOptions::default());
    assert_eq!(
        world.only(&["afterConversationWork", "agentWorkEnded"], transfer("ana", "call-1", queue("Calls"))),
        [
            "afterConversationWork AW-1 call-1 ana until=2026-11-23T08:02:00Z extensions=0",
            "agentWorkEnded AW-1 call-1 ana Transferred handleTime=60 activeTime=0",
        ]
    );
    assert_eq!(load(&mut world, "ana"), "1");
    assert_eq!(world.offers(arrive("call-2", "Calls")), [""; 0]);
    assert_eq!(world.after(60).offers(omnic::runtime::Event::TimePassed {}), ["call-1 to ana"]);
    assert_eq!(world.work(1).after_conversation_actual_time, Some(60));
}

#[test]
fn who_hands_a_call_to_another_rep_has_it_from_the_accept_on() {
    let mut world = called(RoutingOptions::default()).online(&["ben"]);
    let told = ["afterConversationWork", "agentWorkEnded"];
    assert_eq!(world.only(&told, transfer("ana", "call-1", agent("ben", false, None))), [""; 0]);
    assert_eq!(
        world.after(10).only(&told, accept("ben", "call-1")),
        [
            "afterConversationWork AW-1 call-1 ana until=2026-11-23T08:02:10Z extensions=0",
            "agentWorkEnded AW-1 call-1 ana Transferred handleTime=70 activeTime=0",
        ]
    );
    // Other work has none after a transfer.
    let mut world = World::with(|centre| {
        let acw = AfterConversationWork { max_seconds: 60, ..AfterConversationWork::default() };
        centre.channel("Cases").after_conversation_work = Some(acw);
    });
    world = world.online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    assert_eq!(world.only(&["afterConversationWork"], transfer("ana", "case-1", queue("Low_Cases"))), [""; 0]);
}

#[test]
fn wrapping_up_a_transferred_call_can_end_early() {
    let transferred = || {
        let mut world = called(RoutingOptions::default());
        world.apply(transfer("ana", "call-1", queue("Calls")));
        world
    };
    let done = ["afterConversationWorkEnded AW-1 call-1 ana afterConversationActualTime=5"];
    for event in [close("ana", "call-1"), tab_closed("ana", "AW-1"), status("ana", "Busy"), logout("ana")] {
        assert_eq!(transferred().after(5).only(&["afterConversationWorkEnded"], event), done);
    }
    assert!(matches!(transferred().refusal(&extend("ana", "call-1")), Refusal::NoExtension { .. }));
    // Where work stays open after its time, it takes capacity until it is closed.
    let options = RoutingOptions { after_conversation_work_end: AcwEnd::StaysOpen, ..RoutingOptions::default() };
    let mut world = called(options);
    world.apply(transfer("ana", "call-1", queue("Calls")));
    world.wait(60);
    assert_eq!(load(&mut world, "ana"), "1");
    assert_eq!(world.offers(close("ana", "AW-1")), ["call-1 to ana"]);
}

/// `ana` and `ben` of one unit each; a case that `ana` has opened is given to a queue by hand.
fn given_away() -> World {
    let mut world = World::with(|centre| centre.capacity("Agents", 1.0)).online(&["ana"]);
    world = world.arrived("Cases", &["case-1", "case-2"]);
    world.apply(accept("ana", "case-1"));
    world.apply(own("case-1", Owner::Queue("Low_Cases".into())));
    world
}

#[test]
fn tab_based_work_given_to_a_queue_takes_capacity_until_its_tab_closes() {
    let mut world = given_away();
    assert_eq!(format!("{:?}", world.work(1).status), "Transferred");
    assert_eq!(load(&mut world, "ana"), "1");
    assert_eq!(
        world.answer(omnic::runtime::Event::GetAgentWorks { user: "ana".into() }),
        "result ana getAgentWorks works=[{isEngaged=true workId=AW-1 workItemId=case-1}]"
    );
    assert_eq!(world.runtime.holder(&crate::say::key("case-1"), &[]), Ok("ana".into()));
    assert_eq!(world.offers(login("ben", "Available")), ["case-2 to ben"]);
    assert_eq!(world.offers(tab_closed("ana", "case-1")), ["case-1 to ana"]);
    assert!(matches!(world.refusal(&tab_closed("ana", "AW-1")), Refusal::WrongStatus { .. }));
}

#[test]
fn it_is_free_when_its_agent_goes_offline_too() {
    let mut world = given_away();
    world.apply(logout("ana"));
    assert_eq!(world.offers(login("ana", "Available")), ["case-2 to ana"]);
}
