//! The guide's objects: each status, and what each field says when.

use omnic::plan::SkillLevel;
use omnic::runtime::records::{AgentWorkStatus, CapacityModel, RoutingModel, RoutingType};
use omnic::runtime::{AgentRoute, Event, PendingServiceRoutingFields, Route, WorkArrived};

use crate::centre::{held, units};
use crate::say::{
    accept, additional, agent, arrive, arrive_by, cancel, close, create, decline, focus, key, login, logout, need,
    queue, request, skills, transfer, work,
};
use crate::world::World;

fn offered() -> World {
    World::new().online(&["ana"]).arrived("Cases", &["case-1"])
}

fn opened() -> World {
    let mut world = offered();
    world.apply(accept("ana", "case-1"));
    world
}

/// `ana`'s work, in each status.
fn in_each_status() -> Vec<(World, AgentWorkStatus)> {
    let after = |mut world: World, event| {
        world.apply(event);
        world
    };
    let timed = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    let mut timed = timed;
    timed.wait(30);
    vec![
        (offered(), AgentWorkStatus::Assigned),
        (after(offered(), logout("ana")), AgentWorkStatus::Unavailable),
        (after(offered(), decline("ana", "case-1")), AgentWorkStatus::Declined),
        (opened(), AgentWorkStatus::Opened),
        (after(opened(), close("ana", "case-1")), AgentWorkStatus::Closed),
        (timed, AgentWorkStatus::DeclinedOnPushTimeout),
        (after(offered(), cancel("case-1")), AgentWorkStatus::Canceled),
        (after(opened(), transfer("ana", "case-1", queue("Low_Cases"))), AgentWorkStatus::Transferred),
    ]
}

#[test]
fn agent_work_has_eight_statuses_with_their_database_values() {
    let values: Vec<_> = in_each_status()
        .into_iter()
        .map(|(world, status)| {
            assert_eq!(world.work(1).status, status);
            status.database_value()
        })
        .collect();
    assert_eq!(values, [0, 1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn closed_declined_and_unavailable_work_can_be_deleted() {
    for (mut world, status) in in_each_status() {
        let delete = Event::DeleteAgentWork { id: key("AW-1") };
        let deletable =
            [AgentWorkStatus::Closed, AgentWorkStatus::Declined, AgentWorkStatus::Unavailable].contains(&status);
        if deletable {
            assert_eq!(world.apply(delete), ["agentWorkDeleted AW-1"]);
            assert!(world.find_work(1).is_none());
        } else {
            assert!(world.refusal(&delete).to_string().contains("can be deleted"), "{status:?}");
        }
    }
}

#[test]
fn agent_work_knows_what_it_was_made_from() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(60));
    world.apply(arrive("case-1", "Cases"));
    world.after(5).apply(login("ana", "Available"));
    world.after(10).apply(accept("ana", "case-1"));
    let work = world.work(1);
    let at = |seconds: i64| Some(crate::world::START.plus(seconds * 1_000));
    assert_eq!((work.request_date_time, work.assigned_date_time, work.accept_date_time), (at(0), at(5), at(15)));
    assert_eq!((work.original_group_id.as_deref(), &*work.owner_id, &*work.user_id), (Some("Cases"), "ana", "ana"));
    assert_eq!(work.pending_service_routing_id.map(|id| id.to_string()).as_deref(), Some("PSR-1"));
    assert_eq!(
        (work.routing_model, work.routing_type),
        (Some(RoutingModel::LeastActive), Some(RoutingType::QueueBased))
    );
    assert_eq!((work.routing_priority, work.push_timeout), (Some(1), Some(60)));
    assert_eq!((work.capacity_weight, work.capacity_percentage), (Some(units(1.0)), None));
    assert_eq!((work.capacity_model, &*work.service_channel_id), (CapacityModel::TabBased, "Cases"));
    assert_eq!((&*work.work_item_id, work.bot_id), ("case-1", None));
}

#[test]
fn handle_time_runs_from_accept_to_close() {
    let mut world = offered();
    world.after(5).apply(accept("ana", "case-1"));
    world.after(100).apply(close("ana", "case-1"));
    let work = world.work(1);
    assert_eq!((work.speed_to_answer, work.handle_time), (Some(5), Some(100)));
    assert_eq!(work.close_date_time, Some(world.now()));
}

#[test]
fn active_time_is_time_in_focus() {
    let mut world = offered().arrived("Orders", &["order-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(accept("ana", "order-1"));
    world.after(5).apply(focus("ana", Some("case-1")));
    world.after(20).apply(focus("ana", Some("order-1")));
    world.after(30).apply(focus("ana", Some("case-1")));
    world.after(10).apply(focus("ana", None));
    world.after(99).apply(close("ana", "case-1"));
    world.apply(close("ana", "order-1"));
    assert_eq!((world.work(1).active_time, world.work(1).handle_time), (Some(30), Some(164)));
    // Tab-based work only.
    assert_eq!(world.work(2).active_time, None);
}

#[test]
fn times_are_whole_seconds_rounded_down() {
    let mut world = offered();
    let at = world.now().plus(1_999);
    world.runtime.apply(at, &accept("ana", "case-1")).unwrap();
    assert_eq!(world.work(1).speed_to_answer, Some(1));
}

#[test]
fn a_decline_records_when_why_and_with_what_capacity() {
    let mut world = offered();
    world.after(5).apply(crate::say::decline_for("ana", "case-1", "Too_Busy"));
    let work = world.work(1);
    assert_eq!((work.decline_date_time, work.decline_reason.as_deref()), (Some(world.now()), Some("Too_Busy")));
    assert_eq!((work.agent_capacity_when_declined, work.push_timeout_date_time), (Some(units(5.0)), None));
    assert_eq!((work.handle_time, work.speed_to_answer, work.accept_date_time), (None, None, None));
}

#[test]
fn a_push_timeout_and_a_cancel_record_when() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    world.wait(30);
    assert_eq!(world.work(1).push_timeout_date_time, Some(world.now()));
    assert_eq!(world.work(1).agent_capacity_when_declined, Some(units(5.0)));
    let mut world = offered();
    world.after(7).apply(cancel("case-1"));
    assert_eq!(world.work(1).cancel_date_time, Some(world.now()));
}

#[test]
fn agent_work_skills_tell_by_which_skills_it_was_routed() {
    let mut world = World::with(|centre| centre.agent("ana").skills = vec![held("French", 7.0), held("German", 5.0)])
        .online(&["ana"]);
    let needs = vec![need("German", Some(4.0)), additional("French", Some(2))];
    world.apply(arrive_by("case-1", skills("Least", needs)));
    let told: Vec<_> = world
        .work_skills(1)
        .into_iter()
        .map(|skill| {
            (skill.skill_id, skill.skill_level, skill.is_additional_skill, skill.skill_priority, skill.was_dropped)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("French".into(), None, true, Some(2), false),
            ("German".into(), Some(SkillLevel::from_level(4.0)), false, None, false)
        ]
    );
}

#[test]
fn was_dropped_marks_skills_that_it_was_routed_without() {
    let mut world = World::with(|centre| centre.config("Least").drop_additional_skills_after_seconds = Some(30));
    world.apply(arrive_by("case-1", skills("Least", vec![additional("French", None)])));
    world.wait(30);
    world.apply(login("ana", "Available"));
    assert!(world.work_skills(1)[0].was_dropped);
}

#[test]
fn requests_tell_what_they_wait_for() {
    let mut world = World::with(|centre| {
        centre.config("Least").push_timeout_seconds = Some(60);
        centre.config("Least").drop_additional_skills_after_seconds = Some(45);
    });
    let (custom, target) = (world.now().plus(-5_000), world.now().plus(600_000));
    world.apply(Event::WorkArrived(WorkArrived {
        custom_requested_date_time: Some(custom),
        target_accept_date_time: Some(target),
        ..work("case-1", queue("Cases"))
    }));
    let pending = world.pending(1).unwrap();
    assert_eq!((pending.created_date, pending.custom_requested_date_time), (world.now(), Some(custom)));
    assert_eq!(pending.target_accept_date_time, Some(target));
    assert_eq!((pending.group_id.as_deref(), pending.owner_id.as_deref()), (Some("Cases"), Some("Cases")));
    assert_eq!(
        (pending.routing_model, pending.routing_type),
        (Some(RoutingModel::LeastActive), Some(RoutingType::QueueBased))
    );
    assert_eq!((pending.routing_priority, pending.push_timeout), (Some(1), Some(60)));
    assert_eq!(pending.drop_additional_skills_timeout, Some(45));
    assert_eq!((pending.capacity_weight, pending.capacity_percentage), (Some(units(1.0)), None));
    assert!(pending.is_ready_for_routing && !pending.is_transfer && !pending.is_pushed && !pending.is_push_attempted);
    assert_eq!((pending.last_declined_agent_session, pending.bot_id, pending.serial), (None, None, 1));
}

#[test]
fn serial_counts_modifications() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let serial = |world: &World| world.pending(1).unwrap().serial;
    assert_eq!(serial(&world), 1);
    world.apply(login("ana", "Available"));
    assert_eq!(serial(&world), 2);
    world.apply(decline("ana", "case-1"));
    assert_eq!(serial(&world), 3);
    world.apply(login("ben", "Available"));
    world.apply(logout("ben"));
    assert_eq!(serial(&world), 5);
}

#[test]
fn is_pushed_and_is_push_attempted_follow_the_offers() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    let flags = |world: &World| world.pending(1).map(|pending| (pending.is_pushed, pending.is_push_attempted)).unwrap();
    assert_eq!(flags(&world), (false, false));
    world.apply(login("ana", "Available"));
    assert_eq!(flags(&world), (true, true));
    world.apply(decline("ana", "case-1"));
    assert_eq!(flags(&world), (false, true));
}

#[test]
fn is_transfer_marks_transfers() {
    let mut world = opened();
    world.apply(transfer("ana", "case-1", queue("Low_Cases")));
    assert!(world.pending(2).unwrap().is_transfer);
}

#[test]
fn last_declined_agent_session_names_the_session_that_declined() {
    let mut world = offered();
    world.apply(logout("ana"));
    world.apply(login("ana", "Available"));
    world.apply(decline("ana", "case-1"));
    let session = world.pending(1).unwrap().last_declined_agent_session;
    assert_eq!(session.map(|session| session.to_string()).as_deref(), Some("S-2"));
}

#[test]
fn requests_are_deleted_when_work_is_accepted() {
    assert!(offered().pending(1).is_some());
    assert!(opened().pending(1).is_none());
}

#[test]
fn requests_for_an_agent_name_them() {
    let mut world = World::new();
    world.apply(arrive_by("case-1", agent("ana", true, None)));
    let pending = world.pending(1).unwrap();
    assert_eq!((pending.preferred_user_id.as_deref(), pending.is_preferred_user_required), (Some("ana"), true));
    assert_eq!((pending.routing_type, pending.group_id), (None, None));
    // Without a routing configuration it costs nothing.
    world.apply(login("ana", "Available"));
    assert_eq!(crate::capacity::load(&mut world, "ana"), "0");
    assert_eq!(world.work(1).preferred_user_id.as_deref(), Some("ana"));
    // With one, what that says.
    let route = AgentRoute {
        user: "ana".into(),
        required: false,
        backup_queue: None,
        routing_configuration: Some("Least".into()),
    };
    world.apply(arrive_by("case-2", Route::Agent(route)));
    assert_eq!(crate::capacity::load(&mut world, "ana"), "1");
}

#[test]
fn requests_through_the_api_are_skills_based() {
    let mut world = World::new();
    let fields = PendingServiceRoutingFields { push_timeout: Some(0), ..Default::default() };
    world.apply(request("case-1", fields));
    let pending = world.pending(1).unwrap();
    assert_eq!(
        (pending.routing_type, pending.routing_model),
        (Some(RoutingType::SkillsBased), Some(RoutingModel::LeastActive))
    );
    assert!(!pending.is_ready_for_routing);
    assert_eq!((pending.routing_priority, pending.serial), (None, 1));
}

#[test]
fn skill_requirements_tell_what_waits_for_which_skill() {
    let mut world = World::new();
    world.apply(arrive_by("case-1", skills("Least", vec![need("French", Some(2.5)), additional("German", Some(3))])));
    let told: Vec<_> = world
        .requirements(1)
        .into_iter()
        .map(|need| (need.skill_id, need.skill_level, need.is_additional_skill, need.skill_priority))
        .collect();
    assert_eq!(
        told,
        [("French".into(), Some(SkillLevel::from_level(2.5)), false, None), ("German".into(), None, true, Some(3))]
    );
}

#[test]
fn service_resources_are_the_agents_with_their_skills() {
    let world = World::with(|centre| centre.agent("ana").skills = vec![held("French", 7.5)]);
    let resources = world.runtime.service_resources();
    let ana = resources.iter().find(|resource| &*resource.related_record_id == "ana").unwrap();
    assert_eq!((&*ana.name, &*ana.resource_type, ana.is_active), ("ana", "A", true));
    let skills: Vec<_> = ana.skills.iter().map(|skill| (&*skill.skill_id, skill.skill_level)).collect();
    assert_eq!(skills, [("French", Some(SkillLevel::from_level(7.5)))]);
}

#[test]
fn external_work_is_marked_by_its_model() {
    let mut world = World::new().online(&["ana"]).arrived("Partner", &["chat-1"]);
    world.apply(create("chat-1", "ana"));
    assert_eq!(world.work(1).routing_model, Some(RoutingModel::ExternalRouting));
}

#[test]
fn interruptible_work_is_marked() {
    let mut world = World::with(|centre| {
        let presence = centre.presence("Agents");
        presence.interruptible_capacity = Some(crate::centre::units(2.0));
    })
    .online(&["ana"])
    .arrived("Emails", &["mail-1"]);
    world.apply(arrive("case-1", "Cases"));
    assert!(world.pending(1).is_some_and(|pending| pending.is_interruptible));
    assert!(world.pending(2).is_some_and(|pending| !pending.is_interruptible));
    assert_eq!((world.work(1).is_interruptible, world.work(2).is_interruptible), (true, false));
    let presence = world.presence(1);
    assert_eq!((presence.configured_capacity, presence.configured_interrupt_capacity), (5, 2));
    world.apply(decline("ana", "mail-1"));
    let work = world.work(1);
    assert_eq!(
        (work.agent_capacity_when_declined, work.agent_int_capacity_when_declined),
        (Some(units(5.0)), Some(units(2.0)))
    );
}
