//! Every refusal: which rule refuses what. [`World::refusal`] holds that nothing else has changed.

use omnic::plan::{Acceptance, GovernedProfile, Overflow, Share, SkillLevel, Tables};
use omnic::runtime::records::{AgentWorkStatus, RoutingModel};
use omnic::runtime::{
    AgentChange, AgentRoute, AgentWorkId, CapacityCheck, CreateAgentWork, Effect, Event, NotRouted, Owner,
    PendingServiceRoutingFields, Refusal, Route, RoutingOptions, Runtime, SkillRequirementFields, StartError,
    Supervision, Time, UserServicePresenceId, What, WorkArrived,
};

use crate::centre::{Centre, held, units};
use crate::say::{
    accept, agent, agent_work, arrive, arrive_by, cancel, change, close, create, decline, decline_for, ended, extend,
    gone, key, login, logout, need, own, pending, queue, ready, record, request, require, skills, status, subscribe,
    supervise, transfer, update, work,
};
use crate::world::World;

fn change_need(record: &str) -> Event {
    let (related_record_id, skill_id) = (pending(record), "French".into());
    Event::UpdateSkillRequirement { related_record_id, skill_id, fields: SkillRequirementFields::default() }
}

fn drop_need(record: &str) -> Event {
    Event::DeleteSkillRequirement { related_record_id: pending(record), skill_id: "French".into() }
}

fn online() -> World {
    World::new().online(&["ana"])
}

fn offered() -> World {
    online().arrived("Cases", &["case-1"])
}

fn opened() -> World {
    let mut world = offered();
    world.apply(accept("ana", "case-1"));
    world
}

/// The same, said.
fn told(world: &mut World, event: &Event) -> String {
    world.refusal(event).to_string()
}

fn unknown(what: What, name: &str) -> Refusal {
    Refusal::Unknown { what, name: name.into() }
}

#[test]
fn time_runs_backward() {
    let mut world = online();
    let (now, at) = (world.now(), Time(world.now().0 - 1));
    world.after(-1).after(0);
    let refused = world.runtime.apply(at, &Event::TimePassed {}).unwrap_err();
    assert_eq!(refused.refusal, Refusal::TimeRunsBackward { at, now });
    assert_eq!((refused.effects.len(), world.runtime.now()), (0, now));
}

#[test]
fn time_ends_with_the_calendar() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    let (now, due) = (world.now(), world.runtime.next_due());
    for at in [Time::END, Time(i64::MAX)] {
        assert!(world.runtime.pass(at, usize::MAX).reached);
        let refused = world.runtime.apply(at, &Event::TimePassed {}).unwrap_err();
        assert_eq!(refused.refusal, Refusal::TimeEnds { at });
        assert_eq!((refused.effects.len(), world.runtime.now(), world.runtime.next_due()), (0, now, due));
    }
    let refused = world.runtime.apply(Time(i64::MIN), &Event::TimePassed {}).unwrap_err();
    assert_eq!(refused.refusal, Refusal::TimeRunsBackward { at: Time(i64::MIN), now });
}

#[test]
fn timers_fire_before_an_event_is_refused() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    let at = world.now().plus(30_000);
    let refused = world.runtime.apply(at, &accept("ana", "case-1")).unwrap_err();
    assert!(matches!(refused.refusal, Refusal::WrongStatus { .. }), "{refused}");
    assert_eq!(crate::world::tell(&refused.effects[0], at), "agentWorkEnded AW-1 case-1 ana DeclinedOnPushTimeout");
}

#[test]
fn unknown_names() {
    let mut world = offered();
    let fields = |service_channel_id: Option<&str>| PendingServiceRoutingFields {
        service_channel_id: service_channel_id.map(Into::into),
        ..Default::default()
    };
    world.apply(request("case-2", fields(None)));
    let (ninth, presence) = (AgentWorkId(9), UserServicePresenceId(9));
    let skill_of = |agent_work_id, undelete: bool| {
        let skill_id = "French".into();
        if undelete {
            Event::UndeleteAgentWorkSkill { agent_work_id, skill_id }
        } else {
            Event::DeleteAgentWorkSkill { agent_work_id, skill_id }
        }
    };
    let configured = |name: &str| AgentChange { presence_configuration: Some(name.into()), ..change("ana") };
    let events = [
        (arrive("case-9", "Else"), What::Queue, "Else"),
        (cancel("case-9"), What::WorkItem, "case-9"),
        (update("case-9", &[("Status", "Done")]), What::WorkItem, "case-9"),
        (ended("case-9"), What::WorkItem, "case-9"),
        (login("eve", "Available"), What::Agent, "eve"),
        (login("ana", "Else"), What::PresenceStatus, "Else"),
        (accept("ana", "AW-9"), What::AgentWork, "AW-9"),
        (accept("ana", "case-9"), What::WorkItem, "case-9"),
        (own("case-1", Owner::Queue("Else".into())), What::Queue, "Else"),
        (arrive_by("case-9", skills("Else", Vec::new())), What::RoutingConfiguration, "Else"),
        (arrive_by("case-9", agent("eve", true, None)), What::Agent, "eve"),
        (request("case-9", fields(Some("Else"))), What::ServiceChannel, "Else"),
        (ready("case-9"), What::WorkItem, "case-9"),
        (Event::AgentChanged(configured("Else")), What::PresenceConfiguration, "Else"),
        (gone("case-9"), What::WorkItem, "case-9"),
        (Event::UndeleteAgentWork { id: ninth }, What::AgentWork, "AW-9"),
        (skill_of(ninth, false), What::AgentWork, "AW-9"),
        (skill_of(ninth, true), What::AgentWork, "AW-9"),
        (skill_of(AgentWorkId(1), false), What::AgentWorkSkill, "French"),
        (skill_of(AgentWorkId(1), true), What::AgentWorkSkill, "French"),
        (Event::DeleteUserServicePresence { id: presence }, What::UserServicePresence, "USP-9"),
        (Event::UndeleteUserServicePresence { id: presence }, What::UserServicePresence, "USP-9"),
        (change_need("case-9"), What::WorkItem, "case-9"),
        (change_need("case-2"), What::SkillRequirement, "French"),
        (drop_need("case-9"), What::WorkItem, "case-9"),
        (drop_need("case-2"), What::SkillRequirement, "French"),
    ];
    for (event, what, name) in events {
        assert_eq!(world.refusal(&event), unknown(what, name), "{event:?}");
    }
    assert_eq!(told(&mut world, &arrive("case-9", "Else")), "there is no queue `Else`");
}

#[test]
fn already_routed() {
    let refusal = Refusal::AlreadyRouted { work_item: "case-1".into() };
    // It waits, it is offered, it is opened: the last can be routed again, but has no place for a second request.
    assert_eq!(World::new().arrived("Cases", &["case-1"]).refusal(&arrive("case-1", "Cases")), refusal);
    assert_eq!(offered().refusal(&arrive("case-1", "Cases")), refusal);
    assert_eq!(opened().refusal(&request("case-1", PendingServiceRoutingFields::default())), refusal);
    // It is being transferred directly.
    let mut world = opened().online(&["ben", "cem"]);
    world.apply(transfer("ana", "case-1", agent("ben", false, None)));
    assert_eq!(world.refusal(&transfer("ana", "AW-1", agent("cem", false, None))), refusal);
    assert_eq!(world.refusal(&arrive("case-1", "Cases")), refusal);
}

#[test]
fn not_routed() {
    assert_eq!(opened().refusal(&cancel("case-1")), Refusal::NotRouted { work_item: "case-1".into() });
}

#[test]
fn queue_does_not_hold() {
    let refusal = online().refusal(&arrive("chat-1", "Cases"));
    assert_eq!(refusal, Refusal::QueueDoesNotHold { queue: "Cases".into(), object: "LiveChatTranscript".into() });
}

#[test]
fn no_service_channel() {
    let event = Event::WorkArrived(WorkArrived { object: "Else".into(), ..work("x", skills("Least", Vec::new())) });
    assert_eq!(online().refusal(&event), Refusal::NoServiceChannel { object: "Else".into() });
}

#[test]
fn feature_off() {
    let world = || World::with(|centre| centre.0.settings.skills_based_routing = false);
    let to_agent = |record| arrive_by(record, agent("ana", true, None));
    for event in [arrive_by("case-1", skills("Least", Vec::new())), to_agent("case-1")] {
        assert!(matches!(world().refusal(&event), Refusal::FeatureOff { .. }), "{event:?}");
    }
    // Calls to agents are excepted.
    assert_eq!(world().apply(to_agent("call-1")).len(), 1);
}

#[test]
fn direct_transfers_need_direct_to_agent_routing() {
    let mut world = World::with(|centre| centre.0.settings.skills_based_routing = false).online(&["ana"]);
    world = world.arrived("Cases", &["case-1"]).arrived("Calls", &["call-1"]).online(&["ben"]);
    for record in ["case-1", "call-1"] {
        world.apply(accept("ana", record));
    }
    for required in [false, true] {
        let refusal = world.refusal(&transfer("ana", "case-1", agent("ben", required, None)));
        assert!(matches!(refusal, Refusal::FeatureOff { .. }), "{refusal}");
    }
    assert_eq!(world.offers(transfer("ana", "call-1", agent("ben", false, None))), ["call-1 to ben"]);
    assert_eq!(world.offers(transfer("ana", "case-1", queue("Most_Cases"))), ["case-1 to ana"]);
}

#[test]
fn omni_channel_off_leaves_queues_alone() {
    let mut world = World::with(|centre| centre.0.settings.omni_channel = false);
    assert_eq!(world.apply(arrive("case-1", "Cases")), ["notRouted case-1 Cases omniChannelOff"]);
    let mut world = online();
    assert_eq!(world.apply(arrive("case-1", "Backlog")), ["notRouted case-1 Backlog noRoutingConfiguration"]);
    let mut world = World::with(|centre| {
        centre.queue("Cases").objects[0].channel = None;
        for queue in &mut centre.0.queues {
            queue.objects[0].channel = None;
        }
        centre.channel("Cases").object = None;
    });
    assert_eq!(world.apply(arrive("case-1", "Cases")), ["notRouted case-1 Cases noServiceChannel"]);
}

#[test]
fn no_routing_configuration() {
    let refusal = |name: &str| Refusal::NoRoutingConfiguration { name: name.into() };
    let mut world = World::with(|centre| {
        centre.queue("Cases").routing_configuration = Some("In_Org".into());
        centre.config("Low").model = None;
    });
    assert_eq!(world.refusal(&arrive("case-1", "Cases")), refusal("In_Org"));
    assert_eq!(world.refusal(&arrive("case-1", "Low_Cases")), refusal("Low"));
}

#[test]
fn external_needs_queue() {
    let refusal = online().refusal(&arrive_by("chat-1", skills("External", Vec::new())));
    assert_eq!(refusal, Refusal::ExternalNeedsQueue { name: "External".into() });
}

#[test]
fn inactive() {
    let mut world = online();
    world.apply(logout("ana"));
    world.apply(Event::AgentChanged(AgentChange { is_active: Some(false), ..change("ana") }));
    assert_eq!(world.refusal(&login("ana", "Available")), Refusal::Inactive { user: "ana".into() });
}

#[test]
fn not_logged_in() {
    let refusal = |user: &str| Refusal::NotLoggedIn { user: user.into() };
    assert_eq!(World::new().refusal(&logout("ana")), refusal("ana"));
    assert_eq!(World::new().refusal(&Event::GetServicePresenceStatusId { user: "ana".into() }), refusal("ana"));
    assert_eq!(online().arrived("Partner", &["chat-1"]).refusal(&create("chat-1", "ben")), refusal("ben"));
    assert_eq!(opened().refusal(&transfer("ana", "case-1", agent("ben", false, None))), refusal("ben"));
}

#[test]
fn status_not_granted() {
    let refusal = World::with(|centre| centre.agent("ana").statuses.clear()).refusal(&login("ana", "Busy"));
    assert_eq!(refusal, Refusal::StatusNotGranted { user: "ana".into(), status: "Busy".into() });
}

#[test]
fn status_offers_not_channel() {
    let mut world = online().arrived("Partner", &["chat-1"]);
    world.apply(status("ana", "Cases_Only"));
    let refusal =
        Refusal::StatusOffersNotChannel { user: "ana".into(), status: "Cases_Only".into(), channel: "Chats".into() };
    assert_eq!(world.refusal(&create("chat-1", "ana")), refusal);
    let mut world = opened();
    world.apply(login("ben", "Busy"));
    assert!(matches!(
        world.refusal(&transfer("ana", "case-1", agent("ben", false, None))),
        Refusal::StatusOffersNotChannel { .. }
    ));
}

#[test]
fn not_yours() {
    let mut world = offered().online(&["ben"]);
    let refusal = Refusal::NotYours { work: "AW-1".parse().unwrap(), user: "ben".into() };
    assert_eq!(world.refusal(&accept("ben", "case-1")), refusal);
    assert_eq!(world.refusal(&decline("ben", "case-1")), refusal);
}

#[test]
fn wrong_status() {
    let refusal = |status, needs| Refusal::WrongStatus { work: "AW-1".parse().unwrap(), status, needs };
    let (assigned, opened_status) = (AgentWorkStatus::Assigned, AgentWorkStatus::Opened);
    assert_eq!(opened().refusal(&accept("ana", "case-1")), refusal(opened_status, assigned));
    assert_eq!(opened().refusal(&decline("ana", "case-1")), refusal(opened_status, assigned));
    assert_eq!(offered().refusal(&close("ana", "case-1")), refusal(assigned, opened_status));
    assert_eq!(offered().refusal(&transfer("ana", "case-1", queue("Cases"))), refusal(assigned, opened_status));
}

#[test]
fn decline_not_enabled() {
    for acceptance in [Acceptance::Manual, Acceptance::Auto] {
        let mut world = World::with(|centre| {
            centre.presence("Agents").acceptance = Acceptance::Manual;
            centre.presence("Seniors").acceptance = acceptance;
        })
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
        assert_eq!(world.refusal(&decline("ana", "case-1")), Refusal::DeclineNotEnabled { user: "ana".into() });
    }
}

#[test]
fn preferred_user_required() {
    let mut world = online();
    world.apply(arrive_by("case-1", agent("ana", true, None)));
    let refusal = world.refusal(&decline("ana", "case-1"));
    assert_eq!(refusal, Refusal::PreferredUserRequired { work: "AW-1".parse().unwrap() });
}

#[test]
fn decline_reason() {
    let mut world = World::with(|centre| {
        centre.presence("Agents").acceptance = Acceptance::Decline { reasons: vec!["Too_Busy".into()], status: None };
    })
    .online(&["ana"])
    .arrived("Cases", &["case-1"]);
    let refusal = Refusal::DeclineReason { user: "ana".into(), reason: "Not_My_Job".into() };
    assert_eq!(world.refusal(&decline_for("ana", "case-1", "Not_My_Job")), refusal);
    world.apply(decline_for("ana", "case-1", "Too_Busy"));
}

#[test]
fn no_capacity() {
    let mut world =
        World::with(|centre| centre.capacity("Agents", 0.0)).online(&["ana"]).arrived("Partner", &["chat-1"]);
    let (needs, free, check) = (units(1.0), units(0.0), CapacityCheck::AgentWork);
    assert_eq!(world.refusal(&create("chat-1", "ana")), Refusal::NoCapacity { user: "ana".into(), needs, free, check });
}

#[test]
fn too_many_open_items() {
    let options = omnic::runtime::RoutingOptions { max_open_items: 1, ..Default::default() };
    let mut world =
        World::options(options, |_| ()).online(&["ana"]).arrived("Cases", &["case-1"]).arrived("Partner", &["chat-1"]);
    assert_eq!(world.refusal(&create("chat-1", "ana")), Refusal::TooManyOpenItems { user: "ana".into(), open: 1 });
}

#[test]
fn not_external() {
    let mut world = World::new().arrived("Cases", &["case-1"]).online(&["zoe"]);
    assert_eq!(world.refusal(&create("case-1", "zoe")), Refusal::NotExternal { work_item: "case-1".into() });
}

#[test]
fn already_pushed() {
    let mut world = online().arrived("Partner", &["chat-1"]).online(&["ben"]);
    world.apply(create("chat-1", "ana"));
    assert_eq!(world.refusal(&create("chat-1", "ben")), Refusal::AlreadyPushed { work_item: "chat-1".into() });
}

#[test]
fn ready_for_routing() {
    let mut world = World::new();
    world.apply(request("case-1", PendingServiceRoutingFields::default()));
    world.apply(ready("case-1"));
    let refusal = Refusal::ReadyForRouting { work_item: "case-1".into() };
    assert_eq!(world.refusal(&ready("case-1")), refusal);
    assert_eq!(world.refusal(&require("case-1", need("French", None))), refusal);
    // So is what a queue routes, from the beginning.
    assert!(matches!(
        World::new().arrived("Cases", &["case-1"]).refusal(&ready("case-1")),
        Refusal::ReadyForRouting { .. }
    ));
}

#[test]
fn field() {
    let mut world = online().online(&["ben"]).arrived("Partner", &["chat-1"]);
    let is_field = |world: &mut World, event: Event| {
        let refusal = world.refusal(&event);
        let Refusal::Field { field, .. } = &refusal else { panic!("{event:?}: {refusal:?}") };
        field.to_string()
    };
    let fields = |change: fn(&mut PendingServiceRoutingFields)| {
        let mut fields = PendingServiceRoutingFields::default();
        change(&mut fields);
        request("case-1", fields)
    };
    let mut of = |event| is_field(&mut world, event);
    of(fields(|fields| (fields.capacity_weight, fields.capacity_percentage) = (Some(units(1.0)), Some(Share(100)))));
    assert_eq!(of(fields(|fields| fields.capacity_weight = Some(units(-1.0)))), "CapacityWeight");
    assert_eq!(of(fields(|fields| fields.capacity_percentage = Some(Share(10_010)))), "CapacityPercentage");
    assert_eq!(of(fields(|fields| fields.routing_model = Some(RoutingModel::ExternalRouting))), "RoutingModel");
    let other = CreateAgentWork { service_channel_id: Some("Cases".into()), ..agent_work("chat-1", "ana") };
    assert_eq!(of(Event::CreateAgentWork(other)), "ServiceChannelId");
    let mut world = World::new();
    world.apply(request("case-1", PendingServiceRoutingFields::default()));
    assert_eq!(is_field(&mut world, require("case-1", need("French", Some(100.0)))), "SkillLevel");
    world.apply(require("case-1", need("French", None)));
    world.apply(require("case-1", need("German", None)));
    let changed = |fields| Event::UpdateSkillRequirement {
        related_record_id: pending("case-1"),
        skill_id: "French".into(),
        fields,
    };
    let too_high = SkillRequirementFields { skill_level: Some(SkillLevel::from_level(100.0)), ..Default::default() };
    assert_eq!(is_field(&mut world, changed(too_high)), "SkillLevel");
    // One that it asks for already.
    let twice = SkillRequirementFields { skill_id: Some("German".into()), ..Default::default() };
    assert_eq!(is_field(&mut world, changed(twice)), "SkillId");
    // A record that there is.
    assert_eq!(is_field(&mut world, record("case-1", &[], None)), "WorkItemId");
    // To whom it is already.
    is_field(&mut opened(), transfer("ana", "case-1", agent("ana", false, None)));
}

#[test]
fn not_deletable() {
    let delete = || Event::DeleteAgentWork { id: key("AW-1") };
    let work = "AW-1".parse().unwrap();
    let refusal = |status| Refusal::NotDeletable { work, status };
    assert_eq!(offered().refusal(&delete()), refusal(AgentWorkStatus::Assigned));
    assert_eq!(opened().refusal(&delete()), refusal(AgentWorkStatus::Opened));
}

#[test]
fn current_state() {
    let delete = Event::DeleteUserServicePresence { id: "USP-1".parse().unwrap() };
    let refusal = online().refusal(&delete);
    assert_eq!(refusal, Refusal::CurrentState { id: "USP-1".parse().unwrap(), user: "ana".into() });
    assert_eq!(refusal.to_string(), "`USP-1` is the current state of `ana`, which cannot be deleted");
}

#[test]
fn not_deleted() {
    let mut world = World::with(|centre| centre.agent("ana").skills = vec![held("French", 7.0)]).online(&["ana"]);
    world.apply(arrive_by("case-1", skills("Least", vec![need("French", None)])));
    let agent_work_id = "AW-1".parse().unwrap();
    let events = [
        (Event::UndeleteAgentWork { id: agent_work_id }, What::AgentWork, "AW-1"),
        (Event::UndeleteAgentWorkSkill { agent_work_id, skill_id: "French".into() }, What::AgentWorkSkill, "French"),
        (Event::UndeleteUserServicePresence { id: "USP-1".parse().unwrap() }, What::UserServicePresence, "USP-1"),
    ];
    for (event, what, name) in events {
        assert_eq!(world.refusal(&event), Refusal::NotDeleted { what, name: name.into() }, "{event:?}");
    }
    let event = Event::UndeleteAgentWork { id: agent_work_id };
    assert_eq!(told(&mut world, &event), "the `AgentWork` `AW-1` is not deleted");
}

#[test]
fn no_extension() {
    assert!(matches!(opened().refusal(&extend("ana", "case-1")), Refusal::NoExtension { .. }));
}

#[test]
fn not_supervisor() {
    let view = || supervise(Supervision::View {});
    assert_eq!(online().refusal(&view()), Refusal::NotSupervisor { user: "sam".into() });
}

#[test]
fn replay_id() {
    assert_eq!(online().refusal(&subscribe(1)), Refusal::ReplayId { replay_id: 1 });
    assert_eq!(online().refusal(&subscribe(-3)), Refusal::ReplayId { replay_id: -3 });
}

#[test]
fn a_route_to_an_agent_can_name_a_routing_configuration() {
    let route = Route::Agent(AgentRoute {
        user: "ana".into(),
        required: false,
        backup_queue: None,
        routing_configuration: Some("Else".into()),
    });
    assert_eq!(online().refusal(&arrive_by("case-1", route)), unknown(What::RoutingConfiguration, "Else"));
}

#[test]
fn a_deleted_request_is_unknown() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(Event::DeletePendingServiceRouting { id: pending("case-1") }),
        ["pendingServiceRouting deleted PSR-1 case-1 serial=1 isPushed=false"]
    );
    let event = Event::DeletePendingServiceRouting { id: pending("case-1") };
    assert_eq!(world.refusal(&event), unknown(What::PendingServiceRouting, "case-1"));
}

#[test]
fn records_have_ids_of_their_own() {
    for id in ["", "AW-1", "PSR-7"] {
        let refusal = online().refusal(&arrive_by(id, queue("Cases")));
        assert!(matches!(&refusal, Refusal::Field { field, .. } if &**field == "WorkItemId"), "{id}: {refusal:?}");
        assert_eq!(online().refusal(&record(id, &[], None)), refusal);
    }
}

#[test]
fn a_plan_without_channels_routes_nothing() {
    let mut plan = Centre::new().plan();
    plan.tables.channels.clear();
    plan.tables.presence_statuses.iter_mut().for_each(|status| status.channels.clear());
    plan.tables.queues.iter_mut().flat_map(|queue| &mut queue.objects).for_each(|object| object.channel = None);
    let mut runtime = Runtime::new(&plan, RoutingOptions::default()).unwrap();
    let effects = runtime.apply(Time(0), &arrive("case-1", "Cases")).unwrap();
    let reason = effects.iter().map(|timed| match &timed.effect {
        Effect::NotRouted { reason, .. } => Some(*reason),
        _ => None,
    });
    assert_eq!(reason.collect::<Vec<_>>(), [Some(NotRouted::NoServiceChannel)]);
    runtime.apply(Time(0), &update("case-1", &[("Status", "Done")])).unwrap();
}

#[test]
fn a_plan_that_names_rows_which_are_not_there_is_refused_at_once() {
    let mut plan = Centre::new().plan();
    plan.tables
        .governed_by_profile
        .push(GovernedProfile { profile: "support".into(), presence_configuration: "Nobody".into() });
    assert!(matches!(Runtime::new(&plan, RoutingOptions::default()), Err(StartError::Dangling { .. })));
    let refused = |change: fn(&mut Tables)| {
        let mut plan = Centre::new().plan();
        change(&mut plan.tables);
        Runtime::new(&plan, RoutingOptions::default()).map(|_| ()).unwrap_err().to_string()
    };
    assert_eq!(
        refused(|tables| tables.queues[2].routing_configuration = Some("Tier_9".into())),
        "the plan is broken: in the table `queues`, the field `routing_configuration` of the row `Cases` names `Tier_9`, \
         which is neither in the table `routing_configurations` nor among the names outside of the project"
    );
    let queues: fn(&mut Tables) = |tables| tables.agents.as_mut().unwrap()[0].queues.push("Nowhere".into());
    let user: fn(&mut Tables) = |tables| tables.queues[0].agents.get_or_insert_default().push("dora".into());
    let skill: fn(&mut Tables) = |tables| tables.routing_configurations[0].skills.push("Welsh".into());
    let status: fn(&mut Tables) =
        |tables| tables.presence_configurations[0].status_on_push_timeout = Some("Out".into());
    let channel: fn(&mut Tables) = |tables| tables.queues[1].objects[0].channel = Some("Fax".into());
    let overflow: fn(&mut Tables) = |tables| {
        tables.routing_configurations[1].overflow = Some(Overflow::Queue("Spill".into()));
    };
    for (change, place) in [
        (queues, "the table `agents`, the field `queues` of the row `ana` names `Nowhere`"),
        (user, "the table `queues`, the field `agents` of the row `Backlog` names `dora`"),
        (skill, "the table `routing_configurations`, the field `skills` of the row `External` names `Welsh`"),
        (
            status,
            "the table `presence_configurations`, the field `status_on_push_timeout` of the row `Agents` names `Out`",
        ),
        (channel, "the table `queues`, the field `objects.channel` of the row `Calls` names `Fax`"),
        (overflow, "the table `routing_configurations`, the field `overflow.queue` of the row `Least` names `Spill`"),
    ] {
        assert!(refused(change).contains(place), "{}", refused(change));
    }
    // What the org may have leads somewhere.
    let mut plan = Centre::new().plan();
    plan.tables.queues[2].routing_configuration = Some("Tier_9".into());
    plan.tables.outside.routing_configurations.push("Tier_9".into());
    assert!(Runtime::new(&plan, RoutingOptions::default()).is_ok());
}
