//! Records are created, changed, deleted and undeleted by the calls that each object supports.

use omnic::plan::SkillLevel;
use omnic::runtime::{
    AgentWorkId, Event, FinishedWork, Owner, PendingServiceRoutingFields, Refusal, RoutingOptions,
    SkillRequirementFields, UserServicePresenceId, What,
};

use crate::capacity::load;
use crate::centre::held;
use crate::say::{
    accept, additional, agent, arrive, arrive_by, close, decline, ended, gone, key, login, logout, need, own, pending,
    ready, record, request, require, skills, status, transfer,
};
use crate::world::World;

const FIRST: AgentWorkId = AgentWorkId(1);

fn delete(work: &str) -> Event {
    Event::DeleteAgentWork { id: key(work) }
}

fn delete_skill(skill: &str) -> Event {
    Event::DeleteAgentWorkSkill { agent_work_id: FIRST, skill_id: skill.into() }
}

fn undelete_skill(skill: &str) -> Event {
    Event::UndeleteAgentWorkSkill { agent_work_id: FIRST, skill_id: skill.into() }
}

fn delete_presence(number: u64) -> Event {
    Event::DeleteUserServicePresence { id: UserServicePresenceId(number) }
}

/// `ana` has `case-1` open, by two skills.
fn opened_by_skills() -> World {
    let french_and_german = vec![held("French", 7.0), held("German", 5.0)];
    let mut world = World::with(|centre| {
        centre.agent("ana").skills.clone_from(&french_and_german);
        centre.agent("ben").skills = french_and_german;
    })
    .online(&["ana"]);
    world.apply(arrive_by("case-1", skills("Least", vec![need("French", Some(2.0)), additional("German", None)])));
    world.apply(accept("ana", "case-1"));
    world
}

fn skills_of(world: &World, work: u64) -> Vec<String> {
    world.work_skills(work).into_iter().map(|skill| skill.skill_id.to_string()).collect()
}

fn works(world: &World) -> Vec<String> {
    world.runtime.agent_works().map(|work| work.id.to_string()).collect()
}

fn presences(world: &World) -> Vec<String> {
    world.runtime.user_service_presences().map(|presence| presence.id.to_string()).collect()
}

#[test]
fn deleted_work_is_not_seen_until_it_is_undeleted() {
    let mut world = opened_by_skills();
    world.apply(close("ana", "case-1"));
    let work = world.work(1);
    assert_eq!(world.apply(delete("AW-1")), ["agentWorkDeleted AW-1"]);
    assert_eq!((world.find_work(1), works(&world), skills_of(&world, 1)), (None, vec![], vec![]));
    let unknown = Refusal::Unknown { what: What::AgentWork, name: "AW-1".into() };
    for event in [delete("AW-1"), close("ana", "AW-1"), delete_skill("French"), undelete_skill("French")] {
        assert_eq!(world.refusal(&event), unknown, "{event:?}");
    }
    assert_eq!(world.after(60).apply(Event::UndeleteAgentWork { id: FIRST }), ["agentWorkUndeleted AW-1"]);
    assert_eq!((world.work(1), skills_of(&world, 1)), (work, vec!["French".to_owned(), "German".to_owned()]));
}

#[test]
fn the_latest_work_that_is_not_deleted_is_meant() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(decline("ana", "case-1"));
    world.apply(login("ben", "Available"));
    world.apply(decline("ben", "case-1"));
    assert_eq!(works(&world), ["AW-1", "AW-2", "AW-3"]);
    assert_eq!(world.apply(delete("AW-2")), ["agentWorkDeleted AW-2"]);
    world.apply(accept("ana", "AW-3"));
    world.apply(close("ana", "AW-3"));
    assert_eq!(world.apply(delete("case-1")), ["agentWorkDeleted AW-3"]);
    assert_eq!(world.apply(delete("case-1")), ["agentWorkDeleted AW-1"]);
    assert_eq!(world.refusal(&delete("case-1")), Refusal::Unknown { what: What::AgentWork, name: "case-1".into() });
    world.apply(Event::UndeleteAgentWork { id: AgentWorkId(2) });
    assert_eq!(world.apply(delete("case-1")), ["agentWorkDeleted AW-2"]);
}

#[test]
fn forgotten_work_is_not_there_to_be_deleted() {
    let options = RoutingOptions { finished_work: FinishedWork::Forget, ..RoutingOptions::default() };
    let mut world = World::options(options, |_| ()).online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(close("ana", "case-1"));
    world.apply(logout("ana"));
    let unknown = |what, name: &str| Refusal::Unknown { what, name: name.into() };
    assert_eq!(world.refusal(&delete("AW-1")), unknown(What::AgentWork, "AW-1"));
    assert_eq!(world.refusal(&delete_presence(1)), unknown(What::UserServicePresence, "USP-1"));
    // A record that nobody routes is forgotten at once.
    world.apply(record("case-2", &[], None));
    assert_eq!(world.refusal(&gone("case-2")), unknown(What::WorkItem, "case-2"));
}

#[test]
fn skills_of_work_can_be_deleted_while_it_is_active() {
    let mut world = opened_by_skills();
    let before = world.work_skills(1);
    assert_eq!(world.apply(delete_skill("French")), ["agentWorkSkillDeleted agentWorkId=AW-1 skillId=French"]);
    assert_eq!((skills_of(&world, 1), load(&mut world, "ana")), (vec!["German".to_owned()], "1".to_owned()));
    let unknown = Refusal::Unknown { what: What::AgentWorkSkill, name: "French".into() };
    assert_eq!(world.refusal(&delete_skill("French")), unknown);
    assert_eq!(world.apply(undelete_skill("French")), ["agentWorkSkillUndeleted agentWorkId=AW-1 skillId=French"]);
    assert_eq!(world.work_skills(1), before);
}

#[test]
fn work_that_is_handed_on_has_its_skills_although_a_record_of_them_was_deleted() {
    let mut world = opened_by_skills();
    world.apply(delete_skill("French"));
    world.apply(login("ben", "Available"));
    world.apply(transfer("ana", "case-1", agent("ben", false, None)));
    assert_eq!(
        (skills_of(&world, 1), skills_of(&world, 2)),
        (vec!["German".into()], vec!["French".into(), "German".into()])
    );
}

#[test]
fn a_presence_that_ended_can_be_deleted_and_undeleted() {
    let mut world = World::new().online(&["ana"]);
    world.after(60).apply(status("ana", "Lunch"));
    let first = world.presence(1);
    assert_eq!(world.apply(delete_presence(1)), ["userServicePresenceDeleted USP-1"]);
    assert_eq!((presences(&world), world.runtime.user_service_presence(first.id)), (vec!["USP-2".to_owned()], None));
    assert_eq!(
        world.refusal(&delete_presence(1)),
        Refusal::Unknown { what: What::UserServicePresence, name: "USP-1".into() }
    );
    let undelete = Event::UndeleteUserServicePresence { id: first.id };
    assert_eq!(world.apply(undelete), ["userServicePresenceUndeleted USP-1"]);
    assert_eq!(world.runtime.user_service_presence(first.id), Some(first));
}

#[test]
fn skill_requirements_can_be_changed_until_it_is_ready() {
    let mut world = World::with(|centre| centre.agent("ana").skills = vec![held("French", 7.0)]).online(&["ana"]);
    world.apply(request("case-1", PendingServiceRoutingFields::default()));
    world.apply(require("case-1", need("Refunds", Some(4.0))));
    world.apply(require("case-1", additional("German", Some(1))));
    let change = |skill: &str, fields| Event::UpdateSkillRequirement {
        related_record_id: pending("case-1"),
        skill_id: skill.into(),
        fields,
    };
    let drop =
        |skill: &str| Event::DeleteSkillRequirement { related_record_id: pending("case-1"), skill_id: skill.into() };
    let level = |level| Some(SkillLevel::from_level(level));
    let fields = |skill_id: Option<&str>, skill_level| SkillRequirementFields {
        skill_id: skill_id.map(Into::into),
        skill_level,
        ..Default::default()
    };
    let required = Some(false);
    let to_required =
        SkillRequirementFields { is_additional_skill: required, skill_priority: Some(2), ..fields(None, None) };
    assert_eq!(world.apply(change("German", to_required)), [""; 0]);
    assert_eq!(world.apply(change("Refunds", fields(Some("French"), level(5.0)))), [""; 0]);
    let told = world.requirements(1).into_iter();
    let told: Vec<_> =
        told.map(|need| (need.skill_id, need.skill_level, need.is_additional_skill, need.skill_priority)).collect();
    assert_eq!(told, [("French".into(), level(5.0), false, None), ("German".into(), None, false, Some(2))]);
    // What is not given stays.
    world.apply(change("French", fields(None, None)));
    assert_eq!(world.requirements(1)[0].skill_level, level(5.0));
    world.apply(drop("German"));
    assert_eq!(world.offers(ready("case-1")), ["case-1 to ana"]);
    let routed = Refusal::ReadyForRouting { work_item: "case-1".into() };
    assert_eq!(world.refusal(&change("French", fields(None, level(1.0)))), routed);
    assert_eq!(world.refusal(&drop("French")), routed);
}

#[test]
fn a_record_that_is_created_counts_for_nothing_until_it_changes() {
    let mut world = World::new().online(&["ana"]);
    let owned = Owner::User("ana".into());
    assert_eq!(world.apply(record("order-1", &[("Status", "Done")], Some(owned.clone()))), [""; 0]);
    assert_eq!(world.apply(record("case-1", &[], Some(Owner::Queue("Cases".into())))), [""; 0]);
    assert_eq!(world.runtime.owner("order-1"), Some(owned));
    assert_eq!((load(&mut world, "ana"), world.runtime.waiting()), ("0".to_owned(), 0));
    // Given to a queue, it is routed.
    assert_eq!(world.offers(own("case-1", Owner::Queue("Cases".into()))), ["case-1 to ana"]);
    // What its fields said counts when it is routed.
    world.apply(arrive("order-1", "Orders"));
    assert_eq!(
        world.only(&["agentWorkEnded"], accept("ana", "order-1")),
        ["agentWorkEnded AW-2 order-1 ana Closed handleTime=0"]
    );
}

#[test]
fn what_waits_or_is_offered_is_canceled_when_its_record_is_deleted() {
    let mut world = World::new().arrived("Cases", &["case-1"]);
    assert_eq!(world.apply(gone("case-1")), ["pendingServiceRouting deleted PSR-1 case-1 serial=1 isPushed=false"]);
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    assert_eq!(
        world.apply(gone("case-1")),
        [
            "agentWorkEnded AW-1 case-1 ana Canceled",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "pendingServiceRouting deleted PSR-1 case-1 serial=2 isPushed=true",
        ]
    );
}

#[test]
fn open_work_closes_when_its_record_is_deleted() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    assert_eq!(
        world.after(60).apply(gone("case-1")),
        [
            "agentWorkEnded AW-1 case-1 ana Closed handleTime=60 activeTime=0",
            "ana workClosed case-1 AW-1",
            "ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
        ]
    );
    // Held work takes no capacity any more.
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(own("case-1", Owner::Queue("Backlog".into())));
    assert_eq!(load(&mut world, "ana"), "1");
    world.apply(gone("case-1"));
    assert_eq!(load(&mut world, "ana"), "0");
    // After conversation work ends with it.
    let mut world = World::with(|centre| {
        let work = omnic::plan::AfterConversationWork { max_seconds: 60, extension: None };
        centre.channel("Calls").after_conversation_work = Some(work);
    })
    .online(&["ana"])
    .arrived("Calls", &["call-1"]);
    world.apply(accept("ana", "call-1"));
    world.apply(ended("call-1"));
    assert_eq!(
        world.only(&["afterConversationWorkEnded"], gone("call-1")),
        ["afterConversationWorkEnded AW-1 call-1 ana afterConversationActualTime=0"]
    );
}

#[test]
fn a_record_that_was_deleted_is_known_and_can_be_routed_again() {
    let mut world = World::new().online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(gone("case-1"));
    assert_eq!(world.apply(gone("case-1")), [""; 0]);
    assert!(matches!(world.refusal(&record("case-1", &[], None)), Refusal::Field { .. }));
    assert_eq!(world.offers(arrive("case-1", "Cases")), ["case-1 to ana"]);
}
