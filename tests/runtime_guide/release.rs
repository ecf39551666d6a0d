//! When capacity is free again, and charged again.

use omnic::plan::{AcwExtension, AfterConversationWork, Cost};
use omnic::runtime::{AgentChange, Event, Name, Owner, PendingServiceRoutingFields, Refusal, WorkArrived};

use crate::capacity::load;
use crate::centre::{Centre, units};
use crate::say::{
    accept, arrive, change, close, decline, ended, extend, fields, login, logout, own, queue, request, tab_closed,
    update, work,
};
use crate::world::World;

#[test]
fn tab_based_work_is_free_when_its_tab_closes_or_its_agent_goes_offline() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1", "case-2"]);
    world.apply(accept("ana", "case-1"));
    world.apply(accept("ana", "case-2"));
    assert_eq!(
        world.after(60).apply(tab_closed("ana", "case-1")),
        [
            "agentWorkEnded AW-1 case-1 ana Closed handleTime=60 activeTime=0",
            "ana workClosed case-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=2 newWorkload=1",
        ]
    );
    assert_eq!(
        world.only(&["agentWorkEnded", "ana"], logout("ana")),
        [
            "agentWorkEnded AW-2 case-2 ana Closed handleTime=60 activeTime=0",
            "ana workClosed case-2 AW-2",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "ana logout",
        ]
    );
}

fn order_opened(change: impl FnOnce(&mut Centre)) -> World {
    let mut world = World::with(change).online(&["ana"]).arrived("Orders", &["order-1"]);
    world.apply(accept("ana", "order-1"));
    world
}

#[test]
fn status_based_work_survives_its_tab_and_its_agents_logout() {
    let mut world = order_opened(|_| ());
    assert_eq!(world.apply(tab_closed("ana", "order-1")), [""; 0]);
    assert_eq!(world.only(&["agentWorkEnded"], logout("ana")), [""; 0]);
    world.apply(login("ana", "Available"));
    assert_eq!(load(&mut world, "ana"), "1");
}

#[test]
fn status_based_work_is_free_when_its_status_says_completed() {
    let mut world = order_opened(|_| ());
    assert_eq!(
        world.after(60).apply(update("order-1", &[("Status", "Done")])),
        [
            "agentWorkEnded AW-1 order-1 ana Closed handleTime=60",
            "ana workClosed order-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
}

#[test]
fn a_value_that_is_not_mapped_changes_nothing() {
    assert_eq!(order_opened(|_| ()).apply(update("order-1", &[("Status", "Else")])), [""; 0]);
}

#[test]
fn paused_work_costs_the_paused_cost() {
    // By default nothing.
    let mut world = order_opened(|_| ());
    assert_eq!(
        world.apply(update("order-1", &[("Status", "On Hold")])),
        [
            "agentWorkPaused AW-1 order-1 ana paused=true",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
    let mut world = order_opened(|centre| centre.config("Least").paused_cost = Cost::Units(units(0.25)));
    world.apply(update("order-1", &[("Status", "On Hold")]));
    assert_eq!(load(&mut world, "ana"), "0.25");
    // And the full cost again when it goes on, even if there is no room.
    world.apply(arrive("case-1", "Cases"));
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Working")])),
        [
            "agentWorkPaused AW-1 order-1 ana paused=false",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1.25 newWorkload=2",
        ]
    );
}

fn checks(owner: bool, status: bool) -> impl FnOnce(&mut Centre) {
    move |centre| {
        centre.capacity("Agents", 1.0);
        let capacity = centre.channel("Orders").status_capacity.as_mut().unwrap();
        (capacity.checks_owner_change, capacity.checks_status_change) = (owner, status);
    }
}

/// `ana` has finished an order, and works on a case.
fn busy_again(owner: bool, status: bool) -> World {
    busy_with_a_case(checks(owner, status))
}

fn busy_with_a_case(change: impl FnOnce(&mut Centre)) -> World {
    let mut world = order_opened(change);
    world.apply(update("order-1", &[("Status", "Done")]));
    world.arrived("Cases", &["case-1"])
}

#[test]
fn reopened_work_is_charged_to_its_owner() {
    let mut world = busy_again(false, false);
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Working")])),
        [
            "agentWorkCreated AW-3 order-1 ana Opened Orders",
            "ana workloadChanged configuredCapacity=1 previousWorkload=1 newWorkload=2",
        ]
    );
    assert!(world.work(3).is_status_change_initiated && !world.work(3).is_owner_change_initiated);
}

#[test]
fn work_is_reopened_for_an_agent_who_is_away_too() {
    let mut world = order_opened(|_| ());
    world.apply(update("order-1", &[("Status", "Done")]));
    world.apply(logout("ana"));
    assert_eq!(
        world.apply(update("order-1", &[("Status", "On Hold")])),
        ["agentWorkCreated AW-2 order-1 ana Opened Orders"]
    );
    world.apply(login("ana", "Available"));
    // It is paused, which costs nothing; and then it is not.
    assert_eq!(load(&mut world, "ana"), "0");
    world.apply(update("order-1", &[("Status", "Working")]));
    assert_eq!(load(&mut world, "ana"), "1");
}

#[test]
fn capacity_can_be_checked_when_work_is_reopened() {
    // The record changes all the same, and its owner has no room for it yet.
    let mut world = busy_again(false, true);
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Working")])),
        ["pendingServiceRouting created PSR-3 order-1 serial=1 isPushed=false"]
    );
    let waiting = world.pending(3).unwrap();
    assert!(waiting.is_status_change_initiated && !waiting.is_owner_change_initiated);
    assert_eq!((waiting.preferred_user_id.as_deref(), waiting.is_preferred_user_required), (Some("ana"), true));
    assert_eq!(world.runtime.owner("order-1"), Some(Owner::User("ana".into())));
    assert_eq!(load(&mut world, "ana"), "1");
    assert_eq!(
        world.only(&["pendingServiceRouting", "agentWorkCreated"], decline("ana", "case-1")),
        [
            "pendingServiceRouting updated PSR-2 case-1 serial=3 isPushed=false",
            "pendingServiceRouting deleted PSR-3 order-1 serial=1 isPushed=false",
            "agentWorkCreated AW-3 order-1 ana Opened Orders",
        ]
    );
    assert!(world.work(3).is_status_change_initiated);
    assert_eq!(world.work(3).pending_service_routing_id, Some(omnic::runtime::PendingServiceRoutingId(3)));
}

#[test]
fn what_waits_for_room_needs_none_once_it_is_done() {
    let mut world = busy_again(false, true);
    world.apply(update("order-1", &[("Status", "Working")]));
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Done")])),
        ["pendingServiceRouting deleted PSR-3 order-1 serial=1 isPushed=false"]
    );
}

#[test]
fn what_waits_for_room_needs_the_paused_cost_while_it_is_paused() {
    // Half a unit is free beside the case, and the paused order takes a quarter.
    let half_free = |centre: &mut Centre| {
        checks(false, true)(centre);
        centre.capacity("Agents", 1.5);
        centre.config("Least").paused_cost = Cost::Units(units(0.25));
    };
    let mut world = busy_with_a_case(half_free);
    world.apply(update("order-1", &[("Status", "Working")]));
    assert_eq!(
        world.apply(update("order-1", &[("Status", "On Hold")])),
        [
            "pendingServiceRouting deleted PSR-3 order-1 serial=1 isPushed=false",
            "agentWorkCreated AW-3 order-1 ana Opened Orders",
            "ana workloadChanged configuredCapacity=1.5 previousWorkload=1 newWorkload=1.25",
        ]
    );
    // Reopened as paused, it never waits.
    let mut world = busy_with_a_case(half_free);
    assert_eq!(
        world.only(&["pendingServiceRouting", "agentWorkCreated"], update("order-1", &[("Status", "On Hold")])),
        ["agentWorkCreated AW-3 order-1 ana Opened Orders"]
    );
    // Where there is no room for the paused cost either, it goes on waiting, for the full cost once it is not paused.
    let mut world = busy_with_a_case(|centre| {
        half_free(centre);
        centre.config("Least").paused_cost = Cost::Units(units(0.75));
    });
    world.apply(update("order-1", &[("Status", "On Hold")]));
    assert!(world.pending(3).unwrap().is_status_change_initiated);
    for status in ["Working", "On Hold", "Working"] {
        assert_eq!(world.apply(update("order-1", &[("Status", status)])), [""; 0]);
    }
    world.apply(accept("ana", "case-1"));
    assert_eq!(
        world.only(&["agentWorkCreated", "ana"], close("ana", "case-1")),
        [
            "ana workClosed case-1 AW-2",
            "ana workloadChanged configuredCapacity=1.5 previousWorkload=1 newWorkload=0",
            "agentWorkCreated AW-3 order-1 ana Opened Orders",
            "ana workloadChanged configuredCapacity=1.5 previousWorkload=0 newWorkload=1",
        ]
    );
}

#[test]
fn work_given_by_hand_is_charged_once_omni_channel_has_routed_it() {
    let mut world = order_opened(checks(false, false)).online(&["ben"]).arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(own("order-1", Owner::User("ben".into()))),
        [
            "agentWorkEnded AW-1 order-1 ana Transferred handleTime=0",
            "ana workloadChanged configuredCapacity=1 previousWorkload=1 newWorkload=0",
            "agentWorkCreated AW-3 order-1 ben Opened Orders",
            "ben workloadChanged configuredCapacity=1 previousWorkload=1 newWorkload=2",
        ]
    );
    assert!(world.work(3).is_owner_change_initiated);
    // What was never routed costs nothing.
    world.apply(arrive("order-2", "Backlog"));
    assert_eq!(world.apply(own("order-2", Owner::User("ben".into()))), [""; 0]);
}

#[test]
fn capacity_can_be_checked_when_an_owner_changes() {
    let mut world = order_opened(checks(true, false)).online(&["ben"]).arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(own("order-1", Owner::User("ben".into()))),
        [
            "agentWorkEnded AW-1 order-1 ana Transferred handleTime=0",
            "ana workloadChanged configuredCapacity=1 previousWorkload=1 newWorkload=0",
            "pendingServiceRouting created PSR-3 order-1 serial=1 isPushed=false",
        ]
    );
    assert!(world.pending(3).unwrap().is_owner_change_initiated);
    assert_eq!(world.runtime.owner("order-1"), Some(Owner::User("ben".into())));
    // The same owner again is no change: the request keeps its place.
    assert_eq!(world.apply(own("order-1", Owner::User("ben".into()))), [""; 0]);
    world.apply(accept("ben", "case-1"));
    assert_eq!(
        world.only(&["agentWorkCreated"], close("ben", "case-1")),
        ["agentWorkCreated AW-3 order-1 ben Opened Orders"]
    );
    assert_eq!(load(&mut world, "ben"), "1");
    // Where there is room, it is charged at once.
    let mut world = order_opened(checks(true, false)).online(&["ben"]);
    let told = world.only(&["agentWorkCreated"], own("order-1", Owner::User("ben".into())));
    assert_eq!(told, ["agentWorkCreated AW-2 order-1 ben Opened Orders"]);
}

fn wrap_up(centre: &mut Centre) {
    let extension = Some(AcwExtension { seconds: 20, most: 2 });
    centre.channel("Chats").after_conversation_work = Some(AfterConversationWork { max_seconds: 60, extension });
}

/// `ana` had a chat of 30 seconds.
fn wrapping_up() -> World {
    let mut world = World::with(wrap_up).online(&["ana"]).arrived("Chats", &["chat-1"]);
    world.apply(accept("ana", "chat-1"));
    world.after(30);
    assert_eq!(
        world.apply(ended("chat-1")),
        ["afterConversationWork AW-1 chat-1 ana until=2026-11-23T08:01:30Z extensions=0"]
    );
    world
}

#[test]
fn after_conversation_work_ends_after_its_maximum() {
    let mut world = wrapping_up();
    assert_eq!(load(&mut world, "ana"), "1");
    assert_eq!(
        world.wait(60),
        [
            "afterConversationWorkEnded AW-1 chat-1 ana afterConversationActualTime=60",
            "agentWorkEnded AW-1 chat-1 ana Closed handleTime=90 activeTime=0 afterConversationActualTime=60",
            "ana workClosed chat-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
}

#[test]
fn after_conversation_work_ends_when_the_agent_closes() {
    let mut world = wrapping_up();
    assert_eq!(
        world.after(10).apply(close("ana", "chat-1"))[1..3],
        [
            "afterConversationWorkEnded AW-1 chat-1 ana afterConversationActualTime=10",
            "agentWorkEnded AW-1 chat-1 ana Closed handleTime=40 activeTime=0 afterConversationActualTime=10",
        ]
    );
}

#[test]
fn after_conversation_work_can_be_extended_a_few_times() {
    let mut world = wrapping_up();
    for (extensions, until) in [(1, "08:01:50"), (2, "08:02:10")] {
        assert_eq!(
            world.apply(extend("ana", "chat-1")),
            [format!("afterConversationWork AW-1 chat-1 ana until=2026-11-23T{until}Z extensions={extensions}")]
        );
    }
    let refusal = world.refusal(&extend("ana", "chat-1"));
    assert!(matches!(refusal, Refusal::NoMoreExtensions { most: 2, .. }), "{refusal}");
    assert_eq!(world.wait(99), [""; 0]);
    assert_eq!(world.wait(1).len(), 4);
    let work = world.work(1);
    assert_eq!((work.acw_extension_count, work.acw_extension_duration), (Some(2), Some(20)));
    assert_eq!(work.after_conversation_actual_time, Some(100));
}

#[test]
fn what_after_conversation_work_allows_is_settled_when_it_begins() {
    let mut world = World::with(|centre| {
        centre.channel("Orders").after_conversation_work = None;
        let extension = Some(AcwExtension { seconds: 20, most: 1 });
        centre.presence("Agents").after_conversation_work = Some(AfterConversationWork { max_seconds: 60, extension });
    })
    .online(&["ana"])
    .arrived("Orders", &["order-1"]);
    world.apply(accept("ana", "order-1"));
    world.apply(ended("order-1"));
    // From the next login on she has a configuration without after conversation work.
    world.apply(Event::AgentChanged(AgentChange { presence_configuration: Some("Seniors".into()), ..change("ana") }));
    world.apply(Event::DataRecovered {});
    assert_eq!(
        world.apply(extend("ana", "order-1")),
        ["afterConversationWork AW-1 order-1 ana until=2026-11-23T08:01:20Z extensions=1"]
    );
}

#[test]
fn after_conversation_work_is_the_channels_or_else_the_presence_configurations() {
    let until = |channel: Option<u32>, presence: Option<u32>| {
        let time =
            |seconds: Option<u32>| seconds.map(|max_seconds| AfterConversationWork { max_seconds, extension: None });
        let mut world = World::with(|centre| {
            centre.channel("Chats").after_conversation_work = time(channel);
            centre.presence("Agents").after_conversation_work = time(presence);
        })
        .online(&["ana"])
        .arrived("Chats", &["chat-1"]);
        world.apply(accept("ana", "chat-1"));
        world.apply(ended("chat-1")).concat()
    };
    let told = |time: &str| format!("afterConversationWork AW-1 chat-1 ana until=2026-11-23T{time}Z extensions=0");
    assert_eq!(until(Some(60), Some(30)), told("08:01:00"));
    assert_eq!(until(None, Some(30)), told("08:00:30"));
    assert_eq!(until(None, None), "");
}

#[test]
fn the_status_at_the_accept_counts() {
    let mut world = World::new().online(&["ana"]).arrived("Orders", &["order-1"]);
    world.apply(update("order-1", &[("Status", "Done")]));
    assert_eq!(
        world.only(&["agentWorkEnded"], accept("ana", "order-1")),
        ["agentWorkEnded AW-1 order-1 ana Closed handleTime=0"]
    );
    assert_eq!(load(&mut world, "ana"), "0");
}

#[test]
fn a_console_is_told_only_while_its_agent_is_logged_in() {
    let mut world = order_opened(|_| ());
    world.apply(logout("ana"));
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Done")])),
        ["agentWorkEnded AW-1 order-1 ana Closed handleTime=0"]
    );
}

#[test]
fn an_owner_that_stays_is_no_change() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    assert_eq!(world.after(60).apply(own("case-1", Owner::Queue("Cases".into()))), [""; 0]);
    world.apply(arrive("case-2", "Cases"));
    assert_eq!(world.pending(1).unwrap().work_item_id, "case-1");
}

#[test]
fn values_of_fields_may_be_numbers_booleans_and_null() {
    let line = r#"{"event":"workItemUpdated","workItemId":"case-1","fields":{"A":"x","B":null,"C":true,"D":7,"E":-7,"F":1.50}}"#;
    let Event::WorkItemUpdated { fields, .. } = serde_json::from_str(line).unwrap() else { panic!("another event") };
    let values: Vec<&str> = fields.values().map(Name::as_str).collect();
    assert_eq!(values, ["x", "", "true", "7", "-7", "1.5"]);
    let list = line.replace("true", "[true]");
    let refused = serde_json::from_str::<Event>(&list).unwrap_err().to_string();
    assert!(refused.contains("expected a text, a number, a boolean or null"), "{refused}");
}

#[test]
fn another_channel_has_its_own_words_for_the_status() {
    let mut world = World::new().online(&["ana"]);
    // By the channel of cases it is tab-based, and its status means nothing.
    let order = work("order-1", queue("Orders"));
    let held = fields(&[("Status", "On Hold")]);
    world.apply(Event::WorkArrived(WorkArrived { service_channel_id: Some("Cases".into()), fields: held, ..order }));
    assert_eq!(world.only(&["agentWorkPaused"], accept("ana", "order-1")), [""; 0]);
    world.apply(close("ana", "order-1"));
    let by_its_own = PendingServiceRoutingFields {
        service_channel_id: Some("Orders".into()),
        capacity_weight: Some(units(1.0)),
        is_ready_for_routing: Some(true),
        ..PendingServiceRoutingFields::default()
    };
    assert_eq!(world.offers(request("order-1", by_its_own)), ["order-1 to ana"]);
    assert_eq!(
        world.only(&["agentWorkPaused"], accept("ana", "order-1")),
        ["agentWorkPaused AW-2 order-1 ana paused=true"]
    );
}
