//! Capacity: what work costs, when it is charged, and when it is free again.

use omnic::plan::{CapacityType, Cost, Overflow, Share};
use omnic::runtime::{CapacityCheck, CreateAgentWork, Event, Refusal, RoutingOptions};

use crate::centre::{Centre, units};
use crate::say::{accept, agent, agent_work, arrive, close, status, transfer};
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
    assert_eq!(load(&mut world, "ana"), "3");
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
    assert_eq!(load(&mut world, "ana"), "2");
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
    assert_eq!(
        [cost(None, None), cost(Some(units(2.0)), None), cost(None, Some(Share::from_percent(50.0)))],
        ["1", "2", "2.5"]
    );
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
    let backlog = Overflow::Queue("Backlog".into());
    // Nobody is there, and still the work waits in its queue.
    let mut world = overflow(limits(None, Some(2)), backlog.clone());
    assert_eq!(
        world.apply(arrive("case-2", "Cases")),
        ["pendingServiceRouting created PSR-2 case-2 serial=1 isPushed=false"]
    );
    assert_eq!(world.apply(arrive("case-3", "Cases")), ["overflowed case-3 Cases owner={queue=Backlog} limit=pending"]);
    // Within an hour.
    let mut world = overflow(limits(Some(1), None), Overflow::User("sam".into()));
    assert_eq!(
        world.apply(arrive("case-2", "Cases")),
        ["overflowed case-2 Cases owner={user=sam} limit=queuedPerHour"]
    );
    assert_eq!(world.after(3_600).only(&["overflowed"], arrive("case-3", "Cases")), [""; 0]);
}

#[test]
fn the_hourly_limit_counts_the_preceding_hour() {
    // 08:50, 08:55, 08:59, 09:01.
    let mut world = World::options(limits(Some(3), None), |centre| {
        centre.config("Least").overflow = Some(Overflow::User("sam".into()));
    });
    let mut overflows = |record: &str, seconds| {
        world.after(seconds);
        world.only(&["overflowed"], arrive(record, "Cases")).len()
    };
    assert_eq!([("case-1", 3_000), ("case-2", 300), ("case-3", 240)].map(|(case, wait)| overflows(case, wait)), [0; 3]);
    assert_eq!(overflows("case-4", 120), 1);
    // At 09:50 the first is an hour ago, and what overflowed does not count.
    assert_eq!(overflows("case-5", 2_939), 1);
    assert_eq!(overflows("case-6", 1), 0);
}

#[test]
fn without_an_overflow_assignee_the_limit_refuses() {
    let mut world = World::options(limits(None, Some(1)), |_| ()).arrived("Cases", &["case-1"]);
    let refusal = world.refusal(&arrive("case-2", "Cases"));
    assert_eq!(refusal, Refusal::LimitExceeded { limit: omnic::runtime::Limit::Pending });
}

#[test]
fn an_unanswered_offer_stays_when_its_agent_goes_busy() {
    let mut world = World::new().online(&["ana", "ben"]).arrived("Cases", &["case-1"]);
    assert_eq!(world.only(&["agentWorkEnded"], status("ana", "Busy")), [""; 0]);
    assert_eq!(load(&mut world, "ana"), "1");
}
