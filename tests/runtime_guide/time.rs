//! Time, and a state that is saved and resumed.

use omnic::runtime::{Event, Runtime, StartError, State};

use crate::centre::Centre;
use crate::say::{accept, additional, arrive, arrive_by, ended, login, need, skills};
use crate::world::{World, tell};

/// A case that is offered to `ana`, with 30 seconds to answer, and one that waits for a skill for 30 seconds.
fn running() -> World {
    let mut world = World::with(|centre| {
        centre.config("Least").push_timeout_seconds = Some(30);
        centre.config("Least").drop_additional_skills_after_seconds = Some(30);
        centre.channel("Chats").after_conversation_work =
            Some(omnic::plan::AfterConversationWork { max_seconds: 30, extension: None });
    })
    .online(&["ana"])
    .arrived("Chats", &["chat-1"]);
    world.apply(accept("ana", "chat-1"));
    world.apply(ended("chat-1"));
    world.apply(arrive("case-1", "Cases"));
    world.apply(arrive_by("case-2", skills("Least", vec![need("German", None), additional("French", None)])));
    world
}

#[test]
fn timers_of_one_moment_fire_in_a_fixed_order() {
    let mut world = running();
    assert_eq!(world.runtime.next_due(), Some(world.now().plus(30_000)));
    let told =
        world.after(30).only(&["skillsDropped", "agentWorkEnded", "afterConversationWorkEnded"], Event::TimePassed {});
    assert_eq!(
        told,
        [
            "skillsDropped PSR-3 case-2 skills=[French]",
            "agentWorkEnded AW-2 case-1 ana DeclinedOnPushTimeout",
            "afterConversationWorkEnded AW-1 chat-1 ana afterConversationActualTime=30",
            "agentWorkEnded AW-1 chat-1 ana Closed handleTime=30 activeTime=0 afterConversationActualTime=30",
        ]
    );
    assert_eq!(world.runtime.next_due(), None);
}

#[test]
fn timers_tell_their_own_times_and_fire_before_the_event() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(30))
        .online(&["ana"])
        .arrived("Cases", &["case-1"]);
    world.after(45);
    assert_eq!(
        world.apply(login("ben", "Available"))[..5],
        [
            "08:00:30 agentWorkEnded AW-1 case-1 ana DeclinedOnPushTimeout",
            "08:00:30 ana workloadChanged configuredCapacity=5 previousWorkload=1 newWorkload=0",
            "08:00:30 pendingServiceRouting updated PSR-1 case-1 serial=3 isPushed=false",
            "08:00:30 ownerChanged case-1 owner={queue=Cases}",
            "result ben login success=true",
        ]
    );
}

#[test]
fn a_state_that_is_saved_and_resumed_goes_on_as_before() {
    let mut world = running();
    let saved = world.runtime.save().to_json();
    let state: State = serde_json::from_str(&saved).unwrap();
    let mut resumed = Runtime::resume(&world.plan(), state).unwrap();
    assert_eq!(resumed.save().to_json(), saved);
    let at = world.now().plus(30_000);
    let effects = resumed.apply(at, &login("ben", "Available")).unwrap();
    let resumed: Vec<_> = effects.iter().map(|effect| tell(effect, at)).collect();
    assert_eq!(resumed, world.after(30).apply(login("ben", "Available")));
}

#[test]
fn a_state_belongs_to_its_plan() {
    let state = running().runtime.save();
    let other = Centre::new().plan();
    let error = Runtime::resume(&other, state).err();
    assert!(matches!(&error, Some(StartError::OtherPlan { given, .. }) if *given == other.digest), "{error:?}");
}

#[test]
fn the_same_events_give_the_same_bytes() {
    let world = running();
    assert_eq!(world.replay().save().to_json(), world.runtime.save().to_json());
}

/// A deadline that the calendar does not know is never reached, and can be saved.
#[test]
fn deadlines_stay_within_the_calendar() {
    let mut world = World::with(|centre| centre.config("Least").push_timeout_seconds = Some(u32::MAX)).online(&["ana"]);
    let last = omnic::runtime::Time(omnic::runtime::Time::END.0 - 1);
    world.runtime.apply(last, &arrive("case-1", "Cases")).unwrap();
    assert_eq!(world.runtime.next_due(), Some(omnic::runtime::Time::END));
    assert_eq!(world.runtime.apply(last, &Event::TimePassed {}).unwrap(), []);
    let state: State = serde_json::from_str(&world.runtime.save().to_json()).unwrap();
    assert_eq!(state, world.runtime.save());
}

#[test]
fn time_passes_in_slices() {
    let mut world = running();
    let until = world.now().plus(30_000);
    let first = world.runtime.pass(until, 1);
    assert_eq!((first.timers, first.reached, world.runtime.now()), (1, false, until));
    let nothing = world.runtime.pass(until, 0);
    assert_eq!((nothing.effects.len(), nothing.timers, nothing.reached), (0, 0, false));
    let rest = world.runtime.pass(until.plus(5_000), usize::MAX);
    assert_eq!((rest.timers, rest.reached, world.runtime.now()), (2, true, until.plus(5_000)));
    let all = first.effects.into_iter().chain(rest.effects).collect::<Vec<_>>();
    assert_eq!(all, running().runtime.apply(until, &Event::TimePassed {}).unwrap());
}

#[test]
fn a_state_of_another_format_is_refused() {
    let refused = |format: &str| {
        let state = World::new().runtime.save().to_json().replacen("\"format\":4", format, 1);
        serde_json::from_str::<omnic::runtime::State>(&state).unwrap_err().to_string()
    };
    let earlier = "it has format 2, and this program reads format 4, in which quantities are decimals";
    assert!(refused("\"format\":2").starts_with(earlier), "{}", refused("\"format\":2"));
    let later = "it has format 5, and this program reads format 4 at line";
    assert!(refused("\"format\":5").starts_with(later), "{}", refused("\"format\":5"));
}
