//! Capacity: what work costs, when it is charged, and when it is free again.

use omnic::plan::{AcwExtension, AfterConversationWork, CapacityType, Cost, Overflow, Share};
use omnic::runtime::{CapacityCheck, CreateAgentWork, Event, Owner, Refusal, RoutingOptions};

use crate::centre::{Centre, units};
use crate::say::{
    accept, agent, agent_work, arrive, close, ended, extend, login, logout, own, status, tab_closed, transfer, update,
};
use crate::world::World;

/// The workload of an agent.
pub(crate) fn load(world: &mut World, user: &str) -> String {
    let answer = world.answer(Event::GetAgentWorkload { user: user.into() });
    answer.split("currentWorkload=").nth(1).unwrap().to_owned()
}

fn costs(cost: Cost) -> impl FnOnce(&mut Centre) {
    move |centre| centre.config("Least").cost = cost
}

#[test]
fn capacity_is_charged_when_work_is_assigned() {
    let mut world = World::with(costs(Cost::Units(units(2.5)))).online(&["ana"]);
    assert_eq!(world.offers(arrive("case-1", "Cases")).len(), 1);
    assert_eq!(load(&mut world, "ana"), "2.5");
    world.apply(accept("ana", "case-1"));
    assert_eq!(load(&mut world, "ana"), "2.5");
    // All of the five units can be used, and not more.
    assert_eq!(world.offers(arrive("case-2", "Cases")).len(), 1);
    assert_eq!(world.offers(arrive("case-3", "Cases")).len(), 0);
}

#[test]
fn a_percentage_is_of_the_agents_own_capacity_to_the_exact_decimal() {
    let mut world = World::with(|centre| {
        centre.capacity("Agents", 3.0);
        centre.config("Least").cost = Cost::Share(Share::from_percent(52.0));
        centre.config("Low").cost = Cost::Units(units(1.44));
    })
    .online(&["ana"]);
    // 52 percent of 3.
    world.apply(arrive("case-1", "Cases"));
    assert_eq!(load(&mut world, "ana"), "1.56");
    // What is left is 1.44, and not a ten-thousandth less.
    assert_eq!(world.offers(arrive("case-2", "Cases")).len(), 0);
    assert_eq!(world.offers(arrive("case-3", "Low_Cases")).len(), 1);
    assert_eq!(load(&mut world, "ana"), "3.0");
}

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
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=2.0 newWorkload=1.0",
        ]
    );
    assert_eq!(
        world.only(&["agentWorkEnded", "ana"], logout("ana")),
        [
            "agentWorkEnded AW-2 case-2 ana Closed handleTime=60 activeTime=0",
            "ana workClosed case-2 AW-2",
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=1.0 newWorkload=0.0",
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
    assert_eq!(load(&mut world, "ana"), "1.0");
}

#[test]
fn status_based_work_is_free_when_its_status_says_completed() {
    let mut world = order_opened(|_| ());
    assert_eq!(
        world.after(60).apply(update("order-1", &[("Status", "Done")])),
        [
            "agentWorkEnded AW-1 order-1 ana Closed handleTime=60",
            "ana workClosed order-1 AW-1",
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=1.0 newWorkload=0.0",
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
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=1.0 newWorkload=0.0",
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
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=1.25 newWorkload=2.0",
        ]
    );
}

fn pools(options: RoutingOptions) -> World {
    World::options(options, |centre| {
        centre.capacity("Agents", 1.0);
    })
    .online(&["ana"])
}

#[test]
fn interruptible_work_has_a_capacity_of_its_own() {
    let mut world = pools(RoutingOptions::default());
    assert_eq!(world.offers(arrive("mail-1", "Emails")).len(), 1);
    assert_eq!(world.offers(arrive("mail-2", "Emails")).len(), 0);
    // Full of mails, and free for a case.
    assert_eq!(world.offers(arrive("case-1", "Cases")).len(), 1);
    assert_eq!(world.offers(arrive("case-2", "Cases")).len(), 0);
    assert_eq!(load(&mut world, "ana"), "2.0");
}

#[test]
fn a_routing_configuration_overrides_the_channels_pool() {
    let pool = |capacity_type| {
        let mut world = World::with(|centre| {
            centre.capacity("Agents", 1.0);
            centre.config("Low").capacity_type = capacity_type;
        })
        .online(&["ana"]);
        world.apply(arrive("case-1", "Cases"));
        world.offers(arrive("case-2", "Low_Cases")).len()
    };
    assert_eq!(pool(CapacityType::Inherited), 0);
    assert_eq!(pool(CapacityType::Primary), 0);
    assert_eq!(pool(CapacityType::Interruptible), 1);
}

#[test]
fn chats_are_primary_whatever_is_configured() {
    let mut world = World::with(|centre| {
        centre.capacity("Agents", 1.0);
        centre.config("Most").capacity_type = CapacityType::Interruptible;
        centre.channel("Chats").interruptible = true;
    })
    .online(&["ana"])
    .arrived("Cases", &["case-1"]);
    assert_eq!(world.offers(arrive("chat-1", "Chats")).len(), 0);
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
    let mut world = order_opened(checks(owner, status));
    world.apply(update("order-1", &[("Status", "Done")]));
    world.arrived("Cases", &["case-1"])
}

#[test]
fn reopened_work_is_charged_to_its_owner() {
    let mut world = busy_again(false, false);
    assert_eq!(
        world.apply(update("order-1", &[("Status", "Working")])),
        [
            "agentWorkCreated AW-3 order-1 ana Opened",
            "ana workloadChanged configuredCapacity=1.0 previousWorkload=1.0 newWorkload=2.0",
        ]
    );
    assert!(world.work(3).is_status_change_initiated && !world.work(3).is_owner_change_initiated);
}

#[test]
fn capacity_can_be_checked_when_work_is_reopened() {
    let refusal = busy_again(false, true).refusal(&update("order-1", &[("Status", "Working")]));
    let check = CapacityCheck::StatusChange;
    assert_eq!(refusal, Refusal::NoCapacity { user: "ana".into(), needs: units(1.0), free: units(0.0), check });
}

#[test]
fn work_given_by_hand_is_charged_once_omni_channel_has_routed_it() {
    let mut world = order_opened(checks(false, false)).online(&["ben"]).arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(own("order-1", Owner::User("ben".into()))),
        [
            "agentWorkEnded AW-1 order-1 ana Transferred handleTime=0",
            "ana workloadChanged configuredCapacity=1.0 previousWorkload=1.0 newWorkload=0.0",
            "agentWorkCreated AW-3 order-1 ben Opened",
            "ben workloadChanged configuredCapacity=1.0 previousWorkload=1.0 newWorkload=2.0",
        ]
    );
    assert!(world.work(3).is_owner_change_initiated);
    // What was never routed costs nothing.
    assert_eq!(world.apply(own("order-2", Owner::User("ben".into()))), [""; 0]);
}

#[test]
fn capacity_can_be_checked_when_an_owner_changes() {
    let mut world = order_opened(checks(true, false)).online(&["ben"]).arrived("Cases", &["case-1"]);
    let refusal = world.refusal(&own("order-1", Owner::User("ben".into())));
    let check = CapacityCheck::OwnerChange;
    assert_eq!(refusal, Refusal::NoCapacity { user: "ben".into(), needs: units(1.0), free: units(0.0), check });
}

fn external(skip: bool) -> Event {
    Event::CreateAgentWork(CreateAgentWork { should_skip_capacity_check: skip, ..agent_work("chat-1", "ana") })
}

#[test]
fn external_work_must_fit_unless_its_check_is_skipped() {
    let mut world = World::with(|centre| centre.capacity("Agents", 1.0))
        .online(&["ana"])
        .arrived("Cases", &["case-1"])
        .arrived("Partner", &["chat-1"]);
    let check = CapacityCheck::AgentWork;
    assert_eq!(
        world.refusal(&external(false)),
        Refusal::NoCapacity { user: "ana".into(), needs: units(1.0), free: units(0.0), check }
    );
    assert_eq!(world.offers(external(true)), ["chat-1 to ana"]);
    assert!(world.work(2).should_skip_capacity_check);
}

#[test]
fn an_agent_over_capacity_gets_no_omni_routed_work_of_either_pool() {
    let mut world = World::with(|centre| centre.capacity("Agents", 1.0))
        .online(&["ana"])
        .arrived("Cases", &["case-1"])
        .arrived("Partner", &["chat-1"]);
    world.apply(external(true));
    assert_eq!(world.offers(arrive("mail-1", "Emails")), [""; 0]);
    world.apply(accept("ana", "chat-1"));
    assert_eq!(world.offers(close("ana", "chat-1")), ["mail-1 to ana"]);
}

#[test]
fn external_work_can_say_what_it_costs() {
    let cost = |weight, percentage| {
        let mut world = World::new().online(&["ana"]).arrived("Partner", &["chat-1"]);
        world.apply(Event::CreateAgentWork(CreateAgentWork {
            capacity_weight: weight,
            capacity_percentage: percentage,
            ..agent_work("chat-1", "ana")
        }));
        load(&mut world, "ana")
    };
    assert_eq!([cost(None, None), cost(Some(2.0), None), cost(None, Some(50.0))], ["1.0", "2.0", "2.5"]);
}

#[test]
fn a_hundred_open_items_are_the_most() {
    let mut world = World::with(costs(Cost::Units(units(0.0)))).online(&["ana"]);
    for number in 0..100 {
        assert_eq!(world.offers(arrive(&format!("case-{number}"), "Cases")).len(), 1);
    }
    assert_eq!(world.offers(arrive("case-100", "Cases")), [""; 0]);
    world.apply(accept("ana", "case-0"));
    assert_eq!(world.offers(close("ana", "case-0")), ["case-100 to ana"]);
}

#[test]
fn a_direct_transfer_must_fit_the_agent() {
    let mut world = World::with(|centre| centre.capacity("Agents", 1.0)).online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    let mut world = world.online(&["ben"]).arrived("Cases", &["case-2"]);
    let check = CapacityCheck::Transfer;
    assert_eq!(
        world.refusal(&transfer("ana", "case-1", agent("ben", false, None))),
        Refusal::NoCapacity { user: "ben".into(), needs: units(1.0), free: units(0.0), check }
    );
}

fn limits(queued_per_hour: Option<u32>, pending: Option<u32>) -> RoutingOptions {
    let limits = omnic::runtime::OrgLimits { queued_per_hour, pending };
    RoutingOptions { limits, ..RoutingOptions::default() }
}

#[test]
fn work_overflows_at_the_orgs_limits_only() {
    let overflow = |options, overflow: Overflow| {
        World::options(options, |centre| centre.config("Least").overflow = Some(overflow)).arrived("Cases", &["case-1"])
    };
    let backlog = Overflow::Queue(omnic::plan::Ref::Row(0));
    // Nobody is there, and still the work waits in its queue.
    let mut world = overflow(limits(None, Some(2)), backlog.clone());
    assert_eq!(
        world.apply(arrive("case-2", "Cases")),
        ["pendingServiceRouting created PSR-2 case-2 serial=1 isPushed=false"]
    );
    assert_eq!(world.apply(arrive("case-3", "Cases")), ["overflowed case-3 Cases owner={queue=Backlog} limit=pending"]);
    // By the hour of the clock.
    let mut world = overflow(limits(Some(1), None), Overflow::User(3));
    assert_eq!(
        world.apply(arrive("case-2", "Cases")),
        ["overflowed case-2 Cases owner={user=sam} limit=queuedPerHour"]
    );
    assert_eq!(world.after(3_600).only(&["overflowed"], arrive("case-3", "Cases")), [""; 0]);
}

#[test]
fn without_an_overflow_assignee_the_limit_refuses() {
    let mut world = World::options(limits(None, Some(1)), |_| ()).arrived("Cases", &["case-1"]);
    let refusal = world.refusal(&arrive("case-2", "Cases"));
    assert_eq!(refusal, Refusal::LimitExceeded { limit: omnic::runtime::Limit::Pending });
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
    assert_eq!(load(&mut world, "ana"), "1.0");
    assert_eq!(
        world.wait(60),
        [
            "afterConversationWorkEnded AW-1 chat-1 ana afterConversationActualTime=60",
            "agentWorkEnded AW-1 chat-1 ana Closed handleTime=90 activeTime=0 afterConversationActualTime=60",
            "ana workClosed chat-1 AW-1",
            "ana workloadChanged configuredCapacity=5.0 previousWorkload=1.0 newWorkload=0.0",
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
fn an_unanswered_offer_stays_when_its_agent_goes_busy() {
    let mut world = World::new().online(&["ana", "ben"]).arrived("Cases", &["case-1"]);
    assert_eq!(world.only(&["agentWorkEnded"], status("ana", "Busy")), [""; 0]);
    assert_eq!(load(&mut world, "ana"), "1.0");
}
