//! Skill assignments with dates.

use omnic::plan::{AgentSkill, SkillLevel, SupervisorAction};
use omnic::runtime::records::AgentWorkStatus;
use omnic::runtime::{AgentChange, Event, PendingServiceRoutingId, Runtime, SkillNeed, State, Supervision};

use crate::centre::held;
use crate::say::{accept, arrive_by, change, has, need, skills};
use crate::world::{START, World};

const FRENCH: &str = "French";
const GERMAN: &str = "German";

fn by(record: &str, needs: Vec<SkillNeed>) -> Event {
    arrive_by(record, skills("Least", needs))
}

/// An assignment of a skill at level 5, with its dates in seconds after the start.
fn dated(skill: &str, from: Option<i64>, until: Option<i64>) -> AgentSkill {
    let at = |seconds: i64| START.plus(seconds * 1_000);
    AgentSkill { from: from.map(at), until: until.map(at), ..held(skill, 5.0) }
}

/// `ana` has German at these times alone, and nobody else has it.
fn german(assignments: &[(Option<i64>, Option<i64>)]) -> World {
    let skills = assignments.iter().map(|&(from, until)| dated(GERMAN, from, until)).collect();
    World::with(|centre| centre.agent("ana").skills = skills).online(&["ana"])
}

fn asks(record: &str) -> Event {
    by(record, vec![need("German", None)])
}

#[test]
fn an_assignment_with_dates_counts_between_them() {
    let mut world = german(&[(Some(60), Some(120))]);
    assert_eq!(world.offers(asks("case-1")), [""; 0]);
    assert_eq!(world.wait(59), [""; 0]);
    // Waiting work is offered when the assignment begins.
    assert_eq!(
        world.wait(1)[..3],
        [
            "skillsChanged ana began=[{skillId=German skillLevel=5}] ended=[]",
            "pendingServiceRouting updated PSR-1 case-1 serial=2 isPushed=true",
            "agentWorkCreated AW-1 case-1 ana Assigned",
        ]
    );
    world.apply(accept("ana", "case-1"));
    assert_eq!(world.wait(59), [""; 0]);
    assert_eq!(world.offers(asks("case-2")), ["case-2 to ana"]);
    // When it ends, what the rep has stays, be it open or only offered, and no more is offered.
    assert_eq!(world.wait(1), ["skillsChanged ana began=[] ended=[German]"]);
    assert_eq!(world.runtime.next_due(), None);
    assert_eq!((world.work(1).status, world.work(2).status), (AgentWorkStatus::Opened, AgentWorkStatus::Assigned));
    assert_eq!(world.offers(asks("case-3")), [""; 0]);
    assert_eq!(world.runtime.why_waiting(PendingServiceRoutingId(3)).unwrap().missing_skills, ["German"]);
}

#[test]
fn dates_before_the_first_login_have_passed_and_are_not_told() {
    let hour = 3_600;
    let mut began = World::with(|centre| {
        centre.agent("ana").skills = vec![dated(GERMAN, Some(-2 * hour), None), dated(FRENCH, None, Some(-hour))];
    });
    // Whether time passes to each date or over both of them.
    let each = began.runtime.pass(START.plus(-2 * hour * 1_000), 1);
    assert_eq!((each.effects, began.runtime.next_due()), (Vec::new(), Some(START.plus(-hour * 1_000))));
    assert_eq!(began.apply(Event::TimePassed {}), [""; 0]);
    assert_eq!(began.runtime.next_due(), None);
    let mut began = began.online(&["ana"]);
    assert_eq!(began.offers(asks("case-1")), ["case-1 to ana"]);
    assert_eq!(began.offers(by("case-2", vec![need("French", None)])), [""; 0]);
    // What begins and ends with the first event does so before it.
    let mut now = german(&[(Some(0), None)]);
    assert_eq!(now.offers(asks("case-1")), ["case-1 to ana"]);
    assert_eq!(german(&[(None, Some(0))]).offers(asks("case-1")), [""; 0]);
    // An assignment that ends before it begins never counts.
    let mut never = german(&[(Some(60), Some(30))]);
    assert_eq!(never.offers(asks("case-1")), [""; 0]);
    assert_eq!(never.wait(hour), [""; 0]);
}

#[test]
fn of_several_assignments_the_best_of_those_that_count_is_held() {
    let mut world = World::with(|centre| {
        let low = AgentSkill { level: Some(SkillLevel::from_level(2.0)), ..dated(GERMAN, None, Some(60)) };
        // Without dates, and without a level: it always counts, for what asks for no level.
        let always = AgentSkill { level: Some(SkillLevel::from_level(1.0)), ..dated(FRENCH, None, None) };
        let better = AgentSkill { level: Some(SkillLevel::from_level(9.0)), ..dated(FRENCH, Some(60), Some(120)) };
        centre.agent("ana").skills = vec![low, dated(GERMAN, Some(60), None), always, better];
    })
    .online(&["ana"]);
    assert_eq!(world.offers(by("case-1", vec![need("German", Some(3.0))])), [""; 0]);
    assert_eq!(
        world.wait(60)[..2],
        [
            "skillsChanged ana began=[{skillId=French skillLevel=9}, {skillId=German skillLevel=5}] ended=[]",
            "pendingServiceRouting updated PSR-1 case-1 serial=2 isPushed=true",
        ]
    );
    assert_eq!(world.wait(60), ["skillsChanged ana began=[{skillId=French skillLevel=1}] ended=[]"]);
    assert_eq!(world.offers(by("case-2", vec![need("French", Some(1.0))])), ["case-2 to ana"]);
}

#[test]
fn assignments_of_one_moment_begin_together() {
    let mut world = World::with(|centre| {
        centre.agent("ana").skills = vec![dated(GERMAN, Some(60), None)];
        centre.agent("ben").skills = vec![dated(GERMAN, Some(60), None)];
    })
    .online(&["ana", "ben"])
    .arrived("Cases", &["case-1"]);
    world.apply(asks("case-2"));
    // `ana` comes first and has had work, so that `ben` is the better one.
    assert_eq!(world.after(60).offers(Event::TimePassed {}), ["case-2 to ben"]);
}

#[test]
fn what_an_event_says_of_a_skill_wins_over_its_dates() {
    let skills = |skills| Event::AgentChanged(AgentChange { skills: Some(skills), ..change("ana") });
    let mut given = german(&[(None, Some(60))]);
    given.apply(skills(vec![has("German", None)]));
    assert_eq!(given.runtime.next_due(), None);
    assert_eq!(given.wait(60), [""; 0]);
    assert_eq!(given.offers(asks("case-1")), ["case-1 to ana"]);
    let mut taken = german(&[(Some(60), None)]);
    taken.apply(skills(Vec::new()));
    assert_eq!(taken.wait(60), [""; 0]);
    assert_eq!(taken.offers(asks("case-1")), [""; 0]);
    // A change of something else leaves the dates.
    let mut other = german(&[(Some(60), None)]);
    other.apply(Event::AgentChanged(AgentChange { queues: Some(Vec::new()), ..change("ana") }));
    assert_eq!(other.wait(60), ["skillsChanged ana began=[{skillId=German skillLevel=5}] ended=[]"]);
}

#[test]
fn a_supervisor_who_changes_a_skill_leaves_the_dates_of_others() {
    let mut world = World::with(|centre| {
        centre.agent("ana").skills = vec![dated(GERMAN, Some(60), None), dated(FRENCH, None, Some(60))];
        let change =
            SupervisorAction { tab: "AllAgents".into(), action: "ChangeSkills".into(), ..SupervisorAction::default() };
        centre.view().actions = vec![change];
    })
    .online(&["ana"]);
    let action =
        Supervision::ChangeSkills { agent: "ana".into(), add: vec![has("French", Some(3.0))], remove: Vec::new() };
    world.apply(Event::Supervise { user: "sam".into(), action });
    assert_eq!(world.wait(60), ["skillsChanged ana began=[{skillId=German skillLevel=5}] ended=[]"]);
    assert_eq!(world.offers(by("case-1", vec![need("French", Some(3.0))])), ["case-1 to ana"]);
}

#[test]
fn a_resumed_state_has_its_dates() {
    let mut world = german(&[(Some(-60), Some(60)), (Some(90), None)]);
    world.apply(asks("case-1"));
    let state: State = serde_json::from_str(&world.runtime.save().to_json()).unwrap();
    let mut resumed = Runtime::resume(&world.plan(), state).unwrap();
    assert_eq!(resumed.next_due(), Some(START.plus(60_000)));
    let later = START.plus(100_000);
    let told = resumed.apply(later, &Event::TimePassed {}).unwrap();
    assert_eq!(told, world.after(100).raw(Event::TimePassed {}));
    assert_eq!(told.len(), 2);
    assert_eq!(resumed.save().to_json(), world.runtime.save().to_json());
}

#[test]
fn dates_come_after_the_other_timers_of_their_moment() {
    let mut world = World::with(|centre| {
        centre.config("Least").push_timeout_seconds = Some(60);
        centre.agent("ana").skills = vec![dated(GERMAN, Some(60), None)];
    })
    .online(&["ana"])
    .arrived("Cases", &["case-1"]);
    let told = world.after(60).only(&["agentWorkEnded", "skillsChanged"], Event::TimePassed {});
    assert_eq!(
        told,
        [
            "agentWorkEnded AW-1 case-1 ana DeclinedOnPushTimeout",
            "skillsChanged ana began=[{skillId=German skillLevel=5}] ended=[]",
        ]
    );
}

#[test]
fn a_record_with_dates_beats_the_assignment_of_the_skill() {
    let own = |dated: Vec<AgentSkill>| {
        World::with(|centre| {
            centre.0.skills.iter_mut().find(|row| row.name == GERMAN).unwrap().users = vec!["ana".into()];
            centre.agent("ana").skills = dated;
        })
        .online(&["ana"])
    };
    assert_eq!(own(Vec::new()).offers(asks("case-1")), ["case-1 to ana"]);
    let mut ended = own(vec![dated(GERMAN, None, Some(60))]);
    assert_eq!(ended.wait(60), ["skillsChanged ana began=[] ended=[German]"]);
    assert_eq!(ended.offers(asks("case-1")), [""; 0]);
}
