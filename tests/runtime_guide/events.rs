//! The events of the agent's console ("Events for Omni-Channel"), each with its payload.

use omnic::plan::Acceptance;
use omnic::runtime::{Event, Supervision};

use crate::say::{accept, close, decline, key, login, logout, lost, lower, raise, status, supervise};
use crate::world::World;

fn offered() -> World {
    World::new().online(&["ana"]).arrived("Cases", &["case-1"])
}

fn opened() -> World {
    let mut world = offered();
    world.apply(accept("ana", "case-1"));
    world
}

#[test]
fn login_success_tells_the_status() {
    assert_eq!(World::new().only(&["ana"], login("ana", "Busy")), ["ana loginSuccess Busy"]);
}

#[test]
fn status_changed_tells_the_status_and_its_channels() {
    let mut world = World::new().online(&["ana"]);
    assert_eq!(
        world.only(&["ana"], status("ana", "Cases_Only")),
        ["ana statusChanged Cases_Only channels=[{channelId=Cases developerName=Cases}] statusName=Cases_Only \
          statusApiName=Cases_Only"]
    );
    // The same again is no change.
    assert_eq!(world.only(&["ana"], status("ana", "Cases_Only")), [""; 0]);
}

#[test]
fn logout_tells_nothing_more() {
    assert_eq!(World::new().online(&["ana"]).only(&["ana"], logout("ana")), ["ana logout"]);
}

#[test]
fn work_assigned_tells_record_and_work() {
    let mut world = World::new().online(&["ana"]);
    assert_eq!(world.only(&["ana"], crate::say::arrive("case-1", "Cases"))[0], "ana workAssigned case-1 AW-1");
}

#[test]
fn work_accepted_tells_record_and_work() {
    assert_eq!(offered().only(&["ana"], accept("ana", "case-1")), ["ana workAccepted case-1 AW-1"]);
}

#[test]
fn work_accepted_comes_for_automatic_accepts_too() {
    let mut world = World::with(|centre| centre.presence("Agents").acceptance = Acceptance::Auto).online(&["ana"]);
    assert_eq!(
        world.only(&["ana"], crate::say::arrive("case-1", "Cases")),
        [
            "ana workAssigned case-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=0 newWorkload=1",
            "ana workAccepted case-1 AW-1",
        ]
    );
}

#[test]
fn work_declined_tells_record_and_work() {
    assert_eq!(offered().only(&["ana"], decline("ana", "case-1"))[0], "ana workDeclined case-1 AW-1");
}

#[test]
fn a_push_timeout_is_no_decline_to_the_console() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    assert_eq!(
        world.after(30).only(&["ana"], Event::TimePassed {}),
        ["ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0"]
    );
}

#[test]
fn work_closed_tells_record_and_work() {
    assert_eq!(opened().only(&["ana"], close("ana", "case-1"))[0], "ana workClosed case-1 AW-1");
}

#[test]
fn work_flag_updated_tells_who_did_it_and_why() {
    let mut world = World::with(|centre| {
        centre.view();
    })
    .online(&["ana"])
    .arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    assert_eq!(
        world.only(&["ana"], raise("ana", "case-1", "Help")),
        ["ana workFlagUpdated AW-1 isFlagged=true message=Help roleUpdatedBy=AGENT updatedBy=ana"]
    );
    assert_eq!(
        world.only(&["ana"], lower("ana", "case-1")),
        ["ana workFlagUpdated AW-1 isFlagged=false roleUpdatedBy=AGENT updatedBy=ana"]
    );
    let raised = Supervision::RaiseFlag { work_id: key("case-1"), message: Some("Look".into()) };
    assert_eq!(
        world.only(&["ana"], supervise(raised)),
        ["ana workFlagUpdated AW-1 isFlagged=true message=Look roleUpdatedBy=SUPERVISOR updatedBy=sam"]
    );
}

#[test]
fn workload_changed_tells_capacity_and_workload_before_and_after() {
    let mut world = offered();
    let change = |from: &str, to: &str| {
        vec![format!("ana workloadChanged configuredCapacity=5 previousWorkload={from} newWorkload={to}")]
    };
    let mut changes = |event| {
        let mut told = world.only(&["ana"], event);
        told.retain(|line| line.contains("workloadChanged"));
        told
    };
    assert_eq!(changes(crate::say::arrive("case-2", "Cases")), change("1", "2"));
    assert_eq!(changes(accept("ana", "case-1")), [""; 0]);
    assert_eq!(changes(close("ana", "case-1")), change("2", "1"));
    // Going offline is one change, whatever it frees.
    assert_eq!(changes(logout("ana")), change("1", "0"));
}

#[test]
fn connection_error_tells_the_error() {
    let mut world = World::new().online(&["ana"]);
    let error = |error: Option<&str>| Event::ConnectionLost { user: "ana".into(), error: error.map(Into::into) };
    assert_eq!(world.only(&["ana"], error(Some("no network"))), ["ana connectionError error=no network", "ana logout"]);
    world.apply(login("ana", "Available"));
    assert_eq!(world.only(&["ana"], lost("ana")), ["ana connectionError error=connection lost", "ana logout"]);
}
