//! Presence: who may enter which status, what a status does, and what is recorded of it.

use omnic::plan::Acceptance;
use omnic::runtime::{AgentChange, Event, Refusal};

use crate::capacity::load;
use crate::centre::{Centre, units};
use crate::say::{accept, arrive, change, close, decline, login, logout, lost, status};
use crate::world::World;

/// The capacity that an agent logs in with.
fn capacity_of(change: impl FnOnce(&mut Centre)) -> String {
    let mut world = World::with(change).online(&["ana"]);
    let answer = world.answer(Event::GetAgentWorkload { user: "ana".into() });
    answer.split(' ').find_map(|word| word.strip_prefix("configuredCapacity=")).unwrap().to_owned()
}

/// Nothing but source is known of the agents: no records.
fn no_records(centre: &mut Centre) {
    centre.0.agents = None;
}

#[test]
fn the_presence_configuration_is_the_users_or_else_the_profiles_or_else_the_default() {
    // With records, the plan says it.
    assert_eq!(capacity_of(|centre| centre.agent("ana").presence_configuration = Some("Seniors".into())), "10");
    // Without, the one that names the user.
    assert_eq!(
        capacity_of(|centre| {
            no_records(centre);
            centre.govern_user("ana", "Seniors");
        }),
        "10"
    );
    // None does: the org's default, which is an option.
    assert_eq!(capacity_of(no_records), "5");
}

#[test]
fn a_profile_that_becomes_known_governs() {
    let mut world = World::with(|centre| {
        no_records(centre);
        centre.govern_profile("support", "Seniors");
    });
    world.apply(Event::AgentChanged(AgentChange { profile: Some("Support".into()), ..change("ana") }));
    world.apply(login("ana", "Available"));
    let answer = world.answer(Event::GetAgentWorkload { user: "ana".into() });
    assert_eq!(answer, "result ana getAgentWorkload configuredCapacity=10 currentWorkload=0");
}

#[test]
fn a_changed_presence_configuration_counts_from_the_next_login() {
    let mut world = World::new().online(&["ana"]);
    world.apply(Event::AgentChanged(AgentChange { presence_configuration: Some("Seniors".into()), ..change("ana") }));
    let capacity = |world: &mut World| world.answer(Event::GetAgentWorkload { user: "ana".into() });
    assert_eq!(capacity(&mut world), "result ana getAgentWorkload configuredCapacity=5 currentWorkload=0");
    world.apply(logout("ana"));
    world.apply(login("ana", "Available"));
    assert_eq!(capacity(&mut world), "result ana getAgentWorkload configuredCapacity=10 currentWorkload=0");
}

#[test]
fn a_status_must_be_granted() {
    let refused = |change: &dyn Fn(&mut Centre)| World::with(change).refusal(&login("ana", "Busy"));
    let not_granted = Refusal::StatusNotGranted { user: "ana".into(), status: "Busy".into() };
    assert_eq!(refused(&|centre| centre.agent("ana").statuses.clear()), not_granted);
    // By the profile, though the records did not tell.
    let mut world = World::with(|centre| {
        centre.agent("ana").statuses.clear();
        centre.0.presence_statuses[1].granted_by_profiles = vec!["support".into()];
    });
    world.apply(login("ana", "Busy"));
    // By an administrator: exactly those.
    let only = AgentChange { statuses: Some(vec!["Lunch".into()]), ..change("ana") };
    world.apply(Event::AgentChanged(only));
    assert_eq!(world.refusal(&status("ana", "Busy")), not_granted);
    world.apply(status("ana", "Lunch"));
}

#[test]
fn away_is_a_status_without_channels() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let told = world.apply(login("ana", "Lunch"));
    assert!(
        told.contains(&"userServicePresenceStarted USP-1 ana Lunch isAway=true session=S-1".to_owned()),
        "{told:?}"
    );
    assert!(world.presence(1).is_away);
    // No work until the agent comes back, and then at once.
    assert_eq!(world.offers(status("ana", "Available")), ["case-1 to ana"]);
}

#[test]
fn a_decline_changes_the_status_as_configured() {
    let mut world =
        World::with(|centre| centre.decline_to(Some("Busy"))).online(&["ana"]).arrived("Cases", &["case-1"]);
    let told = world.only(&["userServicePresenceStarted", "ana"], decline("ana", "case-1"));
    assert_eq!(
        told[2..],
        [
            "userServicePresenceStarted USP-2 ana Busy isAway=true session=S-1",
            "ana statusChanged Busy channels=[] statusName=Busy statusApiName=Busy",
        ]
    );
}

#[test]
fn a_push_timeout_changes_the_status_as_configured() {
    let mut world = World::with(|centre| {
        centre.config("Least").push_timeout_seconds = Some(30);
        centre.presence("Agents").status_on_push_timeout = Some("Lunch".into());
    })
    .online(&["ana"])
    .arrived("Cases", &["case-1"]);
    let told = world.after(30).only(&["ana"], Event::TimePassed {});
    assert_eq!(
        told,
        [
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "ana statusChanged Lunch channels=[] statusName=Lunch statusApiName=Lunch",
        ]
    );
}

#[test]
fn offers_are_accepted_by_themselves_if_the_presence_configuration_says_so() {
    let mut world = World::with(|centre| centre.presence("Agents").acceptance = Acceptance::Auto).online(&["ana"]);
    assert_eq!(
        world.only(&["agentWorkOpened", "result"], arrive("case-1", "Cases")),
        ["agentWorkOpened AW-1 case-1 ana speedToAnswer=0"]
    );
}

#[test]
fn offers_are_accepted_by_themselves_if_the_channel_says_so() {
    let mut world = World::with(|centre| centre.channel("Cases").auto_accept = true).online(&["ana"]);
    assert_eq!(
        world.only(&["agentWorkOpened", "result"], arrive("case-1", "Cases")),
        ["agentWorkOpened AW-1 case-1 ana speedToAnswer=0"]
    );
    assert_eq!(world.only(&["agentWorkOpened"], arrive("chat-1", "Chats")), [""; 0]);
}

#[test]
fn an_offer_times_out_after_the_push_timeout() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana", "ben"])
        .arrived("Cases", &["case-1"]);
    assert_eq!(world.wait(29), [""; 0]);
    assert_eq!(
        world.wait(1),
        [
            "agentWorkEnded AW-1 case-1 ana DeclinedOnPushTimeout",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "pendingServiceRouting updated PSR-1 case-1 serial=3 isPushed=false",
            "ownerChanged case-1 owner={queue=Cases}",
            "pendingServiceRouting updated PSR-1 case-1 serial=4 isPushed=true",
            "agentWorkCreated AW-2 case-1 ben Assigned Cases",
            "ownerChanged case-1 owner={user=ben}",
            "ben workAssigned case-1 AW-2",
            "ben workloadChanged configuredCapacity=5 previousWorkload=0 newWorkload=1",
        ]
    );
    // Whoever accepts in time is not disturbed.
    world.after(29).apply(accept("ben", "case-1"));
    assert_eq!(world.wait(3_600), [""; 0]);
}

#[test]
fn without_a_push_timeout_offers_wait() {
    assert_eq!(World::new().online(&["ana"]).arrived("Cases", &["case-1"]).wait(86_400), [""; 0]);
}

#[test]
fn calls_time_out_after_twenty_seconds_at_the_most() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(60))
        .online(&["ana"])
        .arrived("Calls", &["call-1"])
        .arrived("Cases", &["case-1"]);
    assert_eq!(
        world.after(20).only(&["agentWorkEnded"], Event::TimePassed {}),
        ["agentWorkEnded AW-1 call-1 ana DeclinedOnPushTimeout"]
    );
    assert_eq!(
        world.after(40).only(&["agentWorkEnded"], Event::TimePassed {}),
        ["agentWorkEnded AW-2 case-1 ana DeclinedOnPushTimeout"]
    );
}

#[test]
fn offline_gives_unanswered_offers_to_others() {
    for event in [logout("ana"), lost("ana")] {
        let mut world = World::new().online(&["ana", "ben"]).arrived("Cases", &["case-1"]);
        world.after(60);
        assert_eq!(
            world.only(&["agentWorkEnded", "agentWorkCreated", "ownerChanged"], event),
            [
                "agentWorkEnded AW-1 case-1 ana Unavailable",
                "ownerChanged case-1 owner={queue=Cases}",
                "agentWorkCreated AW-2 case-1 ben Assigned Cases",
                "ownerChanged case-1 owner={user=ben}",
            ]
        );
        // It counts as requested anew.
        world.after(5).apply(accept("ben", "case-1"));
        assert_eq!(world.work(2).speed_to_answer, Some(5));
    }
}

#[test]
fn a_presence_is_recorded_with_its_durations() {
    let mut world = World::with(|centre| centre.capacity("Agents", 2.0)).online(&["ana"]);
    // Idle for 10 seconds, one unit for 20, two for 30, idle for 40.
    world.after(10).apply(arrive("case-1", "Cases"));
    world.apply(accept("ana", "case-1"));
    world.after(20).apply(arrive("case-2", "Cases"));
    world.apply(accept("ana", "case-2"));
    world.after(30).apply(close("ana", "case-1"));
    world.apply(close("ana", "case-2"));
    let current = world.presence(1);
    assert!(current.is_current_state && current.status_duration.is_none() && current.status_end_date.is_none());
    assert_eq!((current.at_capacity_duration, current.idle_duration, current.configured_capacity), (30, 10, 2));
    // (1 x 20 + 2 x 30) / 60 seconds.
    assert_eq!(current.average_capacity, Some(units(1.3333)));
    let told = world.after(40).only(&["userServicePresenceEnded"], status("ana", "Busy"));
    assert_eq!(
        told,
        ["userServicePresenceEnded USP-1 ana Available statusDuration=100 atCapacityDuration=30 idleDuration=50 \
          averageCapacity=0.8"]
    );
    let ended = world.presence(1);
    assert_eq!((ended.is_current_state, ended.status_duration), (false, Some(100)));
    assert_eq!(ended.status_end_date, Some(world.now()));
    assert!(world.presence(2).is_current_state);
}

#[test]
fn capacity_without_a_value_is_none() {
    // The file says `xsi:nil`: nothing fits.
    let mut world = World::with(|centre| centre.presence("Agents").capacity = None).online(&["ana"]);
    assert_eq!(world.offers(arrive("case-1", "Cases")), [""; 0]);
    assert_eq!(load(&mut world, "ana"), "0");
    assert_eq!(world.tables().presence_configurations[0].interruptible_capacity, Some(units(5.0)));
    // The interruptible capacity has one.
    assert_eq!(world.offers(arrive("mail-1", "Emails")), ["mail-1 to ana"]);
}
