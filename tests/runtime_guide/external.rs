//! The guide's "Expected Behavior for External Routing for Omni-Channel", scenario by scenario, and its troubleshooting.

use omnic::runtime::{Event, Owner, Refusal};

use crate::say::{accept, agent, cancel, close, create, decline, login, lost, queue, subscribe, transfer};
use crate::world::World;

/// A chat waits for a partner's decision.
fn waiting() -> World {
    World::new().online(&["ana", "ben"]).arrived("Partner", &["chat-1"])
}

/// `ana` has opened it.
fn opened() -> World {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    world.apply(accept("ana", "chat-1"));
    world
}

#[test]
fn agent_accepts_the_work() {
    let mut world = World::new().online(&["ana", "ben"]);
    // 1. Chat visitor initiates a chat request from the external routing button.
    let arrived = world.apply(crate::say::arrive("chat-1", "Partner"));
    assert_eq!(
        arrived,
        [
            // 2. PendingServiceRouting is created.
            "pendingServiceRouting created PSR-1 chat-1 serial=1 isPushed=false",
            // 3. Partner is notified by a pushTopic event (EventType=Create, isPushed=false).
            "streaming created replayId=1 PSR-1 chat-1 serial=1 isPushed=false",
        ]
    );
    // Omni-Channel leaves the decision to the partner, however long it takes.
    assert_eq!(world.wait(10), [""; 0]);
    // 4. Partner creates AgentWork using the PSR.
    let created = world.apply(create("chat-1", "ana"));
    assert_eq!(
        created,
        [
            "pendingServiceRouting updated PSR-1 chat-1 serial=2 isPushed=true",
            "streaming updated replayId=2 PSR-1 chat-1 serial=2 isPushed=true",
            // 5. Agent is routed the chat request (AgentWork Status = Assigned).
            "agentWorkCreated AW-1 chat-1 ana Assigned Partner",
            "ownerChanged chat-1 owner={user=ana}",
            "ana workAssigned chat-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=0 newWorkload=1",
        ]
    );
    let accepted = world.after(5).apply(accept("ana", "chat-1"));
    assert_eq!(
        accepted,
        [
            "result ana acceptAgentWork success=true",
            // 6. Agent accepts the chat request (the guide writes Status = Accept; the field has the value Opened).
            "agentWorkOpened AW-1 chat-1 ana speedToAnswer=15",
            // 7. Omni-Channel deletes the PendingServiceRouting after Agent accepts the work.
            "pendingServiceRouting deleted PSR-1 chat-1 serial=2 isPushed=true",
            // 8. Partner is notified by a pushTopic event (EventType=Delete).
            "streaming deleted replayId=3 PSR-1 chat-1 serial=2 isPushed=true",
            "ana workAccepted chat-1 AW-1",
        ]
    );
}

#[test]
fn agent_declines_the_work() {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    assert_eq!(
        world.apply(decline("ana", "chat-1")),
        [
            "result ana declineAgentWork success=true",
            // 1. Agent declines the assigned AgentWork.
            "agentWorkEnded AW-1 chat-1 ana Declined",
            "ana workDeclined chat-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            // 2. Salesforce updates the PendingServiceRouting.
            "pendingServiceRouting updated PSR-1 chat-1 serial=3 isPushed=false",
            // 3. Partner is notified (EventType=Update, LastDeclinedAgentSession=agent's session, isPushed=false).
            "streaming updated replayId=3 PSR-1 chat-1 serial=3 isPushed=false lastDeclinedAgentSession=S-1",
            "ownerChanged chat-1 owner={queue=Partner}",
        ]
    );
    // 4. Partner creates a new AgentWork using the updated PendingServiceRouting for rerouting.
    assert_eq!(world.offers(create("chat-1", "ben")), ["chat-1 to ben"]);
    assert_eq!(world.pending(1).unwrap().serial, 4);
}

#[test]
fn agent_does_not_accept_the_work_due_to_push_time_out() {
    let mut world = World::with(|centre| centre.config("External").push_timeout_seconds = Some(30))
        .online(&["ana", "ben"])
        .arrived("Partner", &["chat-1"]);
    world.apply(create("chat-1", "ana"));
    assert_eq!(world.wait(29), [""; 0]);
    assert_eq!(
        world.wait(1),
        [
            "agentWorkEnded AW-1 chat-1 ana DeclinedOnPushTimeout",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            // 1. Existing PendingServiceRouting is updated.
            "pendingServiceRouting updated PSR-1 chat-1 serial=3 isPushed=false",
            // 2. Partner is notified (EventType=Update, isPushed=false, LastDeclinedAgentSession=agent's session).
            "streaming updated replayId=3 PSR-1 chat-1 serial=3 isPushed=false lastDeclinedAgentSession=S-1",
            "ownerChanged chat-1 owner={queue=Partner}",
        ]
    );
    // 3. Partner creates a new AgentWork for rerouting.
    assert_eq!(world.offers(create("chat-1", "ben")), ["chat-1 to ben"]);
}

#[test]
fn agent_transfers_the_work_to_an_external_routing_queue() {
    let mut world = opened();
    let told = world.after(60).apply(transfer("ana", "chat-1", queue("Partner")));
    assert_eq!(
        told,
        [
            "agentWorkEnded AW-1 chat-1 ana Transferred handleTime=60 activeTime=0",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            // 1. New PendingServiceRouting for the transfer is created.
            "ownerChanged chat-1 owner={queue=Partner}",
            "pendingServiceRouting created PSR-2 chat-1 serial=1 isPushed=false",
            // 2. Partner is notified by a pushTopic event (EventType=Create, isTransfer=true, isPushed=false).
            "streaming created replayId=4 PSR-2 chat-1 serial=1 isPushed=false isTransfer=true",
        ]
    );
    assert_eq!(world.runtime.owner("chat-1"), Some(Owner::Queue("Partner".into())));
    // 3. The routing process is repeated.
    assert_eq!(world.offers(create("chat-1", "ben")), ["chat-1 to ben"]);
}

#[test]
fn agent_transfers_the_work_to_another_agent() {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    // 1. The PendingServiceRouting from the original chat request is deleted: it was, when the agent accepted.
    let accepted = world.only(&["streaming"], accept("ana", "chat-1"));
    assert_eq!(accepted, ["streaming deleted replayId=3 PSR-1 chat-1 serial=2 isPushed=true"]);
    // 2. A new PendingServiceRouting is not created when the work is transferred.
    assert_eq!(
        world.after(60).apply(transfer("ana", "chat-1", agent("ben", false, None))),
        [
            "agentWorkCreated AW-2 chat-1 ben Assigned Partner",
            "ben workAssigned chat-1 AW-2",
            "ben workloadChanged configuredCapacity=5 previousWorkload=0 newWorkload=1",
        ]
    );
    assert!(world.pending(1).is_none() && world.pending(2).is_none());
    // 3. Two AgentWorks are created: the first is Opened, the second Assigned.
    assert_eq!([world.work(1), world.work(2)].map(|work| format!("{:?}", work.status)), ["Opened", "Assigned"]);
    // 4. The transcript's owner is the second agent: once they have taken it, which ends the first work.
    assert_eq!(
        world.apply(accept("ben", "chat-1")),
        [
            "result ben acceptAgentWork success=true",
            "agentWorkOpened AW-2 chat-1 ben speedToAnswer=0",
            "ownerChanged chat-1 owner={user=ben}",
            "agentWorkEnded AW-1 chat-1 ana Transferred handleTime=60 activeTime=0",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "ben workAccepted chat-1 AW-2",
        ]
    );
    // 5. Whether it was a transfer is told by the work that has no PendingServiceRouting.
    assert_eq!(world.work(2).pending_service_routing_id, None);
}

#[test]
fn a_declined_direct_transfer_leaves_the_first_agent_with_the_work() {
    let mut world = opened();
    world.apply(transfer("ana", "chat-1", agent("ben", false, None)));
    assert_eq!(
        world.apply(decline("ben", "AW-2")),
        [
            "result ben declineAgentWork success=true",
            "agentWorkEnded AW-2 chat-1 ben Declined",
            "ben workDeclined chat-1 AW-2",
            "ben workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
    assert_eq!(world.answer(close("ana", "AW-1")), "result ana closeAgentWork success=true");
}

#[test]
fn an_agent_who_goes_offline_gives_unanswered_offers_back() {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    assert_eq!(
        world.only(&["agentWorkEnded", "streaming", "ownerChanged"], lost("ana")),
        [
            "agentWorkEnded AW-1 chat-1 ana Unavailable",
            "streaming updated replayId=3 PSR-1 chat-1 serial=3 isPushed=false",
            "ownerChanged chat-1 owner={queue=Partner}",
        ]
    );
}

#[test]
fn canceled_work_is_deleted_from_the_partners_list() {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    assert_eq!(
        world.apply(cancel("chat-1")),
        [
            "agentWorkEnded AW-1 chat-1 ana Canceled",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "pendingServiceRouting deleted PSR-1 chat-1 serial=2 isPushed=true",
            "streaming deleted replayId=3 PSR-1 chat-1 serial=2 isPushed=true",
        ]
    );
}

#[test]
fn only_externally_routed_requests_are_streamed() {
    let mut world = World::new().online(&["ana"]);
    let told = world.only(&["streaming"], crate::say::arrive("chat-1", "Chats"));
    assert_eq!(told, [""; 0]);
    assert_eq!(world.apply(subscribe(-2)), ["subscribed adapter events=[]"]);
}

#[test]
fn an_adapter_that_restarts_replays_from_where_it_was() {
    let mut world = opened();
    // -1: new events only; they come to every subscriber as they happen.
    assert_eq!(world.apply(subscribe(-1)), ["subscribed adapter events=[]"]);
    // -2: all that are retained.
    assert_eq!(
        world.apply(subscribe(-2)),
        ["subscribed adapter events=[1 created PSR-1 chat-1 serial=1 isPushed=false, \
          2 updated PSR-1 chat-1 serial=2 isPushed=true, 3 deleted PSR-1 chat-1 serial=2 isPushed=true]"]
    );
    // The id of the last event that was processed: those after it.
    assert_eq!(
        world.apply(subscribe(2)),
        ["subscribed adapter events=[3 deleted PSR-1 chat-1 serial=2 isPushed=true]"]
    );
    assert_eq!(world.apply(subscribe(3)), ["subscribed adapter events=[]"]);
    // One that never was.
    assert_eq!(world.refusal(&subscribe(4)), Refusal::ReplayId { replay_id: 4 });
    assert_eq!(world.refusal(&subscribe(0)), Refusal::ReplayId { replay_id: 0 });
}

#[test]
fn events_are_retained_for_a_day() {
    let mut world = waiting();
    world.after(3_600).apply(create("chat-1", "ana"));
    // 24 hours after the first.
    world.after(23 * 3_600);
    let both = "subscribed adapter events=[1 created PSR-1 chat-1 serial=1 isPushed=false, \
                2 updated PSR-1 chat-1 serial=2 isPushed=true]";
    assert_eq!(world.apply(subscribe(-2)), [both]);
    world.after(1);
    let second = "subscribed adapter events=[2 updated PSR-1 chat-1 serial=2 isPushed=true]";
    assert_eq!(world.apply(subscribe(-2)), [second]);
    // Nothing after the first was lost.
    assert_eq!(world.apply(subscribe(1)), [second]);
    world.after(3_600);
    assert_eq!(world.refusal(&subscribe(1)), Refusal::ReplayId { replay_id: 1 });
    assert_eq!(world.apply(subscribe(2)), ["subscribed adapter events=[]"]);
}

#[test]
fn a_data_recovery_logs_everyone_out_and_begins_the_stream_anew() {
    let mut world = waiting();
    world.apply(create("chat-1", "ana"));
    assert_eq!(
        world.apply(Event::DataRecovered {}),
        [
            "agentWorkEnded AW-1 chat-1 ana Unavailable",
            "pendingServiceRouting updated PSR-1 chat-1 serial=3 isPushed=false",
            "streaming updated replayId=3 PSR-1 chat-1 serial=3 isPushed=false",
            "ownerChanged chat-1 owner={queue=Partner}",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "userServicePresenceEnded USP-1 ana Available statusDuration=0 atCapacityDuration=0 idleDuration=0",
            "ana logout",
            "userServicePresenceEnded USP-2 ben Available statusDuration=0 atCapacityDuration=0 idleDuration=0",
            "ben logout",
        ]
    );
    // What was streamed before is gone, and ids go on.
    assert_eq!(world.apply(subscribe(-2)), ["subscribed adapter events=[]"]);
    assert_eq!(world.refusal(&subscribe(3)), Refusal::ReplayId { replay_id: 3 });
    world.apply(login("ben", "Available"));
    assert_eq!(
        world.only(&["streaming"], create("chat-1", "ben")),
        ["streaming updated replayId=4 PSR-1 chat-1 serial=4 isPushed=true"]
    );
}
