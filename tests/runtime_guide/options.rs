//! Every option of `RoutingOptions`: what the default does, and what each other value does instead.

use omnic::plan::{Acceptance, AgentSkill, Cost, SecondaryPriority, ValuePriority};
use omnic::runtime::{
    AcwEnd, ChatDeclinedByAll, DeclineMemory, DefaultPresence, DirectTransferCapacity, DropSkills, Event, FinishedWork,
    InterruptiblePools, LeastActive, OrgLimits, ReassignedTab, RoutingOptions, SkillSource, TargetAcceptTime, Time,
    TransferPlace, UnknownGrants, UnmappedPriority, WorkArrived,
};

use crate::capacity::load;
use crate::centre::{Centre, units};
use crate::say::{
    accept, additional, agent, arrive, arrive_by, arrive_with, create, decline, ended, login, need, queue, skills,
    subscribe, transfer, work,
};
use crate::world::World;

fn with(change: impl FnOnce(&mut RoutingOptions)) -> RoutingOptions {
    let mut options = RoutingOptions::default();
    change(&mut options);
    options
}

/// The order in which `ana` is offered what waits.
fn order(world: &mut World) -> String {
    let offers = world.offers(login("ana", "Available"));
    offers.iter().map(|offer| offer.trim_start_matches("case-").trim_end_matches(" to ana")).collect()
}

#[test]
fn least_active() {
    let offered = |least_active| {
        // `ana` has one item of 3 units, `ben` two of 1.
        let mut world = World::options(with(|options| options.least_active = least_active), |centre| {
            centre.config("Low").cost = Cost::Units(units(3.0));
        })
        .online(&["ana"])
        .arrived("Low_Cases", &["case-1"]);
        world.apply(crate::say::status("ana", "Busy"));
        let mut world = world.online(&["ben"]).arrived("Cases", &["case-2", "case-3"]);
        world.apply(crate::say::status("ana", "Available"));
        world.offers(arrive("case-4", "Cases"))
    };
    assert_eq!(offered(LeastActive::Units), ["case-4 to ben"]);
    assert_eq!(offered(LeastActive::Items), ["case-4 to ana"]);
}

/// Who is offered a record, decline after decline: six at the most.
fn declined_by_all(options: RoutingOptions, record: &str, queue: &str) -> String {
    let mut world = World::options(options, |_| ()).online(&["cem"]).arrived("Cases", &["case-8", "case-9"]);
    world = world.online(&["ana", "ben"]);
    let mut offered = Vec::new();
    let mut next = world.offers(arrive(record, queue));
    while let Some(user) = next.first().and_then(|offer| offer.rsplit(' ').next()).map(str::to_owned) {
        offered.push(user.clone());
        if offered.len() == 6 {
            break;
        }
        next = world.after(10).offers(decline(&user, record));
    }
    offered.join(" ")
}

#[test]
fn decline_memory() {
    let offered = |memory| declined_by_all(with(|options| options.decline_memory = memory), "case-1", "Cases");
    // `cem`, who has two cases, is tried before anybody is tried again, …
    assert_eq!(offered(DeclineMemory::Round), "ana ben cem ana ben ana");
    assert_eq!(offered(DeclineMemory::Last), "ana ben ana ben ana ben");
    assert_eq!(offered(DeclineMemory::All), "ana ben cem ana ben cem");
    assert_eq!(offered(DeclineMemory::Session), "ana ben cem");
    // … and the only one is offered it again only where all are.
    let again = |memory| {
        let mut world = World::options(with(|options| options.decline_memory = memory), |_| ())
            .online(&["ana"])
            .arrived("Cases", &["case-1"]);
        world.offers(decline("ana", "case-1")).len()
    };
    let memories = [DeclineMemory::Round, DeclineMemory::Last, DeclineMemory::All, DeclineMemory::Session];
    assert_eq!(memories.map(again), [0, 0, 1, 0]);
}

#[test]
fn chat_declined_by_all() {
    let offered = |chat_declined_by_all| {
        declined_by_all(with(|options| options.chat_declined_by_all = chat_declined_by_all), "chat-1", "Chats")
    };
    assert_eq!(offered(ChatDeclinedByAll::Ends), "ana ben cem");
    assert_eq!(offered(ChatDeclinedByAll::Waits), "ana ben cem ana ben ana");
}

#[test]
fn transfer_place() {
    let offered = |transfer_place| {
        let mut world = World::options(with(|options| options.transfer_place = transfer_place), |_| ())
            .online(&["ben"])
            .arrived("Cases", &["case-1"]);
        world.apply(accept("ben", "case-1"));
        world.apply(crate::say::status("ben", "Busy"));
        world.after(300).apply(arrive("case-2", "Most_Cases"));
        world.after(300).apply(crate::say::transfer("ben", "case-1", queue("Most_Cases")));
        order(&mut world)
    };
    assert_eq!(offered(TransferPlace::Keeps), "12");
    assert_eq!(offered(TransferPlace::Loses), "21");
}

#[test]
fn head_of_line_blocking() {
    let offered = |head_of_line_blocking| {
        // An item of 6 units, which no agent of 5 can take.
        let mut world =
            World::options(with(|options| options.head_of_line_blocking = head_of_line_blocking), |centre| {
                centre.config("Least").cost = Cost::Units(units(6.0));
            })
            .arrived("Cases", &["case-1"])
            .arrived("Low_Cases", &["case-2"]);
        order(&mut world)
    };
    assert_eq!(offered(false), "2");
    assert_eq!(offered(true), "");
}

#[test]
fn interruptible_pools() {
    let offered = |interruptible_pools| {
        let mut world = World::options(with(|options| options.interruptible_pools = interruptible_pools), |centre| {
            centre.capacity("Agents", 1.0);
        })
        .online(&["ana", "ben"])
        .arrived("Cases", &["case-1"]);
        let mail = world.offers(arrive("mail-1", "Emails")).concat();
        // `ana` has the case. With a mail, `ben` may have a case all the same.
        (mail, world.offers(arrive("mail-2", "Emails")).concat(), world.offers(arrive("case-2", "Cases")).concat())
    };
    let told = |one: &str, two: &str, three: &str| (one.to_owned(), two.to_owned(), three.to_owned());
    assert_eq!(offered(InterruptiblePools::Independent), told("mail-1 to ben", "mail-2 to ana", "case-2 to ben"));
    assert_eq!(offered(InterruptiblePools::PrimaryCountsToo), told("mail-1 to ben", "", "case-2 to ben"));
}

fn ranked(centre: &mut Centre) {
    let value = |value: &str, priority| ValuePriority { value: value.into(), priority };
    centre.channel("Cases").secondary_priority =
        Some(SecondaryPriority { field: "Priority".into(), values: vec![value("High", 0), value("Low", 1)] });
}

#[test]
fn target_accept_time() {
    let offered = |target_accept_time| {
        let mut world = World::options(with(|options| options.target_accept_time = target_accept_time), ranked);
        world.apply(arrive_with("case-1", "Cases", &[("Priority", "Low")]));
        for (record, priority, seconds) in [("case-2", "Low", 60), ("case-3", "High", 90)] {
            let target_accept_date_time = Some(Time(world.now().0 + seconds * 1_000));
            world.apply(Event::WorkArrived(WorkArrived {
                fields: crate::say::fields(&[("Priority", priority)]),
                target_accept_date_time,
                ..work(record, queue("Cases"))
            }));
        }
        order(&mut world)
    };
    assert_eq!(offered(TargetAcceptTime::BeforeAge), "321");
    assert_eq!(offered(TargetAcceptTime::BeforeSecondaryPriority), "231");
    assert_eq!(offered(TargetAcceptTime::Ignored), "312");
}

#[test]
fn unmapped_secondary_priority() {
    let offered = |unmapped_secondary_priority| {
        let mut world =
            World::options(with(|options| options.unmapped_secondary_priority = unmapped_secondary_priority), ranked);
        for (record, priority) in [("case-1", "High"), ("case-2", "Low"), ("case-3", "Else")] {
            world.after(1).apply(arrive_with(record, "Cases", &[("Priority", priority)]));
        }
        order(&mut world)
    };
    assert_eq!(offered(UnmappedPriority::Last), "123");
    // As 0: with `High`, the older first.
    assert_eq!(offered(UnmappedPriority::First), "132");
}

#[test]
fn drop_skills() {
    let dropped = |drop_skills| {
        let mut world = World::options(with(|options| options.drop_skills = drop_skills), |centre| {
            centre.config("Least").drop_additional_skills_after_seconds = Some(30);
        });
        let needs = vec![additional("French", Some(2)), additional("German", Some(1))];
        world.apply(arrive_by("case-1", skills("Least", needs)));
        world.wait(30)
    };
    assert_eq!(dropped(DropSkills::OneByOne), ["skillsDropped PSR-1 case-1 skills=[French]"]);
    assert_eq!(dropped(DropSkills::Together), ["skillsDropped PSR-1 case-1 skills=[French, German]"]);
}

#[test]
fn skill_source() {
    let offered = |skill_source, by: fn(&mut Centre)| {
        let mut world = World::options(with(|options| options.skill_source = skill_source), by).online(&["ana"]);
        world.offers(arrive_by("case-1", skills("Least", vec![need("French", Some(9.0))]))).len()
    };
    let by_user: fn(&mut Centre) = |centre| centre.0.skills[0].users = vec!["ana".into()];
    let by_profile: fn(&mut Centre) = |centre| centre.0.skills[0].profiles = vec!["support".into()];
    let by_records: fn(&mut Centre) = |centre| {
        centre.agent("ana").skills = vec![AgentSkill { skill: "French".into(), ..AgentSkill::default() }];
    };
    assert_eq!([by_user, by_profile, by_records].map(|by| offered(SkillSource::Both, by)), [1, 1, 1]);
    assert_eq!([by_user, by_profile, by_records].map(|by| offered(SkillSource::Records, by)), [0, 0, 1]);
}

#[test]
fn unknown_grants() {
    let unknown = |centre: &mut Centre| {
        centre.agent("ana").statuses.clear();
        centre.agent("ana").statuses_complete = false;
    };
    World::with(unknown).apply(login("ana", "Available"));
    let mut world = World::options(with(|options| options.unknown_grants = UnknownGrants::Refuse), unknown);
    assert_eq!(
        world.refusal(&login("ana", "Available")).to_string(),
        "`ana` is not granted the presence status `Available`"
    );
}

#[test]
fn after_conversation_work_end() {
    let over = |after_conversation_work_end| {
        let mut world = World::options(
            with(|options| options.after_conversation_work_end = after_conversation_work_end),
            |centre| {
                centre.channel("Chats").after_conversation_work =
                    Some(omnic::plan::AfterConversationWork { max_seconds: 60, extension: None });
            },
        )
        .online(&["ana"])
        .arrived("Chats", &["chat-1"]);
        world.apply(accept("ana", "chat-1"));
        world.apply(ended("chat-1"));
        let told = world.wait(60);
        (told, world)
    };
    let (told, mut world) = over(AcwEnd::Closes);
    assert_eq!(told.len(), 4);
    assert_eq!(crate::capacity::load(&mut world, "ana"), "0");
    let (told, mut world) = over(AcwEnd::StaysOpen);
    assert_eq!(told, ["afterConversationWorkEnded AW-1 chat-1 ana afterConversationActualTime=60"]);
    assert_eq!(crate::capacity::load(&mut world, "ana"), "1");
    // Its times ended all the same.
    assert_eq!(
        world.after(99).only(&["agentWorkEnded"], crate::say::close("ana", "chat-1")),
        ["agentWorkEnded AW-1 chat-1 ana Closed handleTime=60 activeTime=0 afterConversationActualTime=60"]
    );
}

#[test]
fn direct_transfer_capacity() {
    // `ben` has as much as he can take already.
    let is_offered = |direct_transfer_capacity, queue: &str, record: &str| {
        let of = |options: &mut RoutingOptions| options.direct_transfer_capacity = direct_transfer_capacity;
        let mut world = World::options(with(of), |centre| centre.capacity("Agents", 1.0));
        world = world.online(&["ana"]).arrived(queue, &[record]);
        world.apply(accept("ana", record));
        world = world.online(&["ben"]).arrived("Cases", &["case-9"]);
        let event = transfer("ana", record, agent("ben", false, None));
        let is_offered = world.runtime.apply(world.now(), &event).is_ok();
        (is_offered, load(&mut world, "ben"))
    };
    let refused = (false, "1".to_owned());
    let over_capacity = (true, "2".to_owned());
    let default = DirectTransferCapacity::default();
    assert_eq!(is_offered(default, "Chats", "chat-1"), over_capacity);
    assert_eq!(is_offered(default, "Cases", "case-1"), refused);
    assert_eq!(is_offered(DirectTransferCapacity::Checked, "Chats", "chat-1"), refused);
    assert_eq!(is_offered(DirectTransferCapacity::Exceeds, "Cases", "case-1"), over_capacity);
}

#[test]
fn reassigned_tab() {
    let free = |reassigned_tab| {
        let mut world = World::options(with(|options| options.reassigned_tab = reassigned_tab), |_| ())
            .online(&["ana"])
            .arrived("Cases", &["case-1"]);
        world.apply(accept("ana", "case-1"));
        world.apply(crate::say::own("case-1", omnic::runtime::Owner::Queue("Backlog".into())));
        crate::capacity::load(&mut world, "ana")
    };
    assert_eq!(free(ReassignedTab::HoldsCapacity), "1");
    assert_eq!(free(ReassignedTab::FreesCapacity), "0");
}

#[test]
fn voice_push_timeout_cap_seconds() {
    let timed_out = |options| {
        let mut world = World::options(options, |centre| centre.config("Least").push_timeout_seconds = Some(60))
            .online(&["ana"])
            .arrived("Calls", &["call-1"]);
        (0..100).find(|_| !world.wait(1).is_empty()).unwrap() + 1
    };
    assert_eq!(timed_out(RoutingOptions::default()), 20);
    assert_eq!(timed_out(with(|options| options.voice_push_timeout_cap_seconds = Some(30))), 30);
    assert_eq!(timed_out(with(|options| options.voice_push_timeout_cap_seconds = None)), 60);
}

#[test]
fn max_open_items() {
    let mut world = World::options(with(|options| options.max_open_items = 2), |_| ()).online(&["ana"]);
    let offers = ["case-1", "case-2", "case-3"].map(|record| world.offers(arrive(record, "Cases")).len());
    assert_eq!(offers, [1, 1, 0]);
}

#[test]
fn limits() {
    assert_eq!(RoutingOptions::default().limits, OrgLimits { queued_per_hour: Some(45_000), pending: Some(300_000) });
    let third = |limits| {
        let mut world =
            World::options(with(|options| options.limits = limits), |_| ()).arrived("Cases", &["case-1", "case-2"]);
        world.runtime.apply(world.now(), &arrive("case-3", "Cases")).map_err(|refused| refused.to_string())
    };
    assert!(third(OrgLimits { queued_per_hour: None, pending: None }).is_ok());
    let refused = third(OrgLimits { queued_per_hour: Some(2), pending: None }).unwrap_err();
    assert!(refused.starts_with("LIMIT_EXCEEDED: QueuedPerHour"), "{refused}");
    let refused = third(OrgLimits { queued_per_hour: None, pending: Some(2) }).unwrap_err();
    assert!(refused.starts_with("LIMIT_EXCEEDED: Pending"), "{refused}");
}

#[test]
fn default_presence() {
    let first = |default_presence| {
        World::options(with(|options| options.default_presence = default_presence), |centre| {
            centre.0.agents = None;
            centre.config("Least").push_timeout_seconds = Some(30);
        })
        .online(&["ana"])
    };
    // Five units, which are accepted by hand.
    let mut world = first(DefaultPresence::default());
    let answer = world.answer(Event::GetAgentWorkload { user: "ana".into() });
    assert_eq!(answer, "result ana getAgentWorkload configuredCapacity=5 currentWorkload=0");
    world.apply(arrive("case-1", "Cases"));
    assert!(world.refusal(&decline("ana", "case-1")).to_string().ends_with("does not let them decline"));
    assert_eq!(world.after(30).only(&["userServicePresenceStarted"], Event::TimePassed {}), [""; 0]);
    // Others, with a status by its name.
    let mut world = first(DefaultPresence {
        capacity: units(2.0),
        interruptible_capacity: Some(units(0.0)),
        acceptance: Acceptance::Decline { reasons: Vec::new(), status: Some("Lunch".into()) },
        status_on_push_timeout: Some("Busy".into()),
    });
    let answer = world.answer(Event::GetAgentWorkload { user: "ana".into() });
    assert_eq!(answer, "result ana getAgentWorkload configuredCapacity=2 currentWorkload=0");
    assert_eq!(world.offers(arrive("mail-1", "Emails")), [""; 0]);
    world.apply(arrive("case-1", "Cases"));
    assert_eq!(
        world.after(30).only(&["userServicePresenceStarted"], Event::TimePassed {}),
        ["userServicePresenceStarted USP-2 ana Busy isAway=true session=S-1"]
    );
    assert_eq!(world.offers(login("ben", "Available")), ["case-1 to ben"]);
    assert_eq!(
        world.only(&["userServicePresenceStarted"], decline("ben", "case-1")),
        ["userServicePresenceStarted USP-4 ben Lunch isAway=true session=S-2"]
    );
}

#[test]
fn event_retention_hours() {
    let retained = |options| {
        let mut world = World::options(options, |_| ()).online(&["ana"]).arrived("Partner", &["chat-1"]);
        world.after(25 * 3_600).apply(create("chat-1", "ana"));
        world.apply(subscribe(-2)).concat().matches("PSR-1").count()
    };
    assert_eq!(retained(RoutingOptions::default()), 1);
    assert_eq!(retained(with(|options| options.event_retention_hours = 72)), 2);
}

#[test]
fn finished_work() {
    let finished = |finished_work| {
        let mut world = World::options(with(|options| options.finished_work = finished_work), |_| ())
            .online(&["ana"])
            .arrived("Cases", &["case-1"]);
        world.apply(accept("ana", "case-1"));
        world.apply(crate::say::close("ana", "case-1"));
        world
    };
    assert_eq!(format!("{:?}", finished(FinishedWork::Keep).work(1).status), "Closed");
    assert!(finished(FinishedWork::Forget).find_work(1).is_none());
}

#[test]
fn first_record_number() {
    let mut world = World::options(with(|options| options.first_record_number = 700), |_| ());
    let told = world.apply(login("ana", "Available"));
    assert_eq!(told[1], "userServicePresenceStarted USP-700 ana Available isAway=false session=S-700");
    let told = world.apply(arrive("case-1", "Cases"));
    assert_eq!(told[0], "pendingServiceRouting created PSR-700 case-1 serial=1 isPushed=false");
    assert_eq!(told[2], "agentWorkCreated AW-700 case-1 ana Assigned Cases");
}
