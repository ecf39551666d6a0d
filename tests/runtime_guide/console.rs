//! The methods of the agent's console ("Methods for Omni-Channel"), each with what it answers.

use omnic::runtime::{Event, Name};

use crate::say::{accept, close, decline, decline_for, login, logout, lower, raise, status};
use crate::world::World;

const CHANNELS: &str = "channels=[{channelId=Calls developerName=Calls}, {channelId=Cases developerName=Cases}, \
                        {channelId=Chats developerName=Chats}, {channelId=Emails developerName=Emails}, \
                        {channelId=Orders developerName=Orders}]";

fn ana() -> Name {
    "ana".into()
}

/// `ana` is offered a case.
fn offered() -> World {
    World::new().online(&["ana"]).arrived("Cases", &["case-1"])
}

/// And has opened it.
fn opened() -> World {
    let mut world = offered();
    world.apply(accept("ana", "case-1"));
    world
}

#[test]
fn login_answers_true() {
    assert_eq!(World::new().answer(login("ana", "Available")), "result ana login success=true");
}

#[test]
fn login_of_who_is_logged_in_changes_the_status() {
    let mut world = World::new().online(&["ana"]);
    let told = world.only(&["result", "ana", "userServicePresenceStarted"], login("ana", "Busy"));
    assert_eq!(
        told,
        [
            "result ana login success=true",
            "userServicePresenceStarted USP-2 ana Busy isAway=true session=S-1",
            "ana statusChanged Busy channels=[] statusName=Busy statusApiName=Busy",
            "ana loginSuccess Busy",
        ]
    );
}

#[test]
fn logout_answers_true() {
    assert_eq!(World::new().online(&["ana"]).answer(logout("ana")), "result ana logout success=true");
}

#[test]
fn set_service_presence_status_answers_the_status_and_its_channels() {
    let mut world = World::new().online(&["ana"]);
    assert_eq!(
        world.answer(status("ana", "Cases_Only")),
        "result ana setServicePresenceStatus statusName=Cases_Only statusApiName=Cases_Only Cases_Only \
         channels=[{channelId=Cases developerName=Cases}]"
    );
}

#[test]
fn set_service_presence_status_logs_in_who_is_not() {
    let mut world = World::new();
    let told = world.apply(status("ana", "Busy"));
    assert_eq!(
        told,
        [
            "result ana setServicePresenceStatus statusName=Busy statusApiName=Busy Busy channels=[]",
            "userServicePresenceStarted USP-1 ana Busy isAway=true session=S-1",
            "ana loginSuccess Busy",
        ]
    );
}

#[test]
fn get_service_presence_status_id_answers_the_status() {
    let mut world = World::new().online(&["ana"]);
    assert_eq!(
        world.apply(Event::GetServicePresenceStatusId { user: ana() }),
        ["result ana getServicePresenceStatusId statusName=Available statusApiName=Available Available"]
    );
}

#[test]
fn get_service_presence_status_channels_answers_them() {
    let mut world = World::new().online(&["ana"]);
    assert_eq!(
        world.apply(Event::GetServicePresenceStatusChannels { user: ana() }),
        [format!("result ana getServicePresenceStatusChannels {CHANNELS}")]
    );
}

#[test]
fn get_agent_works_answers_assigned_and_opened_work() {
    let mut world = opened().arrived("Chats", &["chat-1"]);
    assert_eq!(
        world.apply(Event::GetAgentWorks { user: ana() }),
        ["result ana getAgentWorks works=[{isEngaged=true workId=AW-1 workItemId=case-1}, \
          {isEngaged=false workId=AW-2 workItemId=chat-1}]"]
    );
    world.apply(close("ana", "case-1"));
    world.apply(decline("ana", "chat-1"));
    assert_eq!(world.apply(Event::GetAgentWorks { user: ana() }), ["result ana getAgentWorks works=[]"]);
}

#[test]
fn get_agent_workload_answers_capacity_and_workload() {
    let mut world = offered();
    assert_eq!(
        world.apply(Event::GetAgentWorkload { user: ana() }),
        ["result ana getAgentWorkload configuredCapacity=5 currentWorkload=1"]
    );
}

#[test]
fn accept_agent_work_answers_true() {
    assert_eq!(offered().answer(accept("ana", "AW-1")), "result ana acceptAgentWork success=true");
}

#[test]
fn decline_agent_work_answers_true() {
    assert_eq!(offered().answer(decline("ana", "AW-1")), "result ana declineAgentWork success=true");
}

#[test]
fn a_decline_can_give_a_reason() {
    let mut world = offered();
    world.apply(decline_for("ana", "AW-1", "Too_Busy"));
    assert_eq!(world.work(1).decline_reason.as_deref(), Some("Too_Busy"));
}

#[test]
fn close_agent_work_answers_true() {
    assert_eq!(opened().answer(close("ana", "AW-1")), "result ana closeAgentWork success=true");
}

#[test]
fn raise_agent_work_flag_answers_true() {
    assert_eq!(opened().answer(raise("ana", "AW-1", "Help")), "result ana raiseAgentWorkFlag success=true");
}

#[test]
fn lower_agent_work_flag_answers_true() {
    let mut world = opened();
    world.apply(raise("ana", "AW-1", "Help"));
    assert_eq!(world.answer(lower("ana", "AW-1")), "result ana lowerAgentWorkFlag success=true");
}
