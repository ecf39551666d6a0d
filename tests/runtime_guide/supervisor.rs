//! Supervisors: what their configuration shows and allows, and nothing else.

use omnic::plan::{SkillVisibility, SupervisorAction, SupervisorView};
use omnic::runtime::{AgentChange, Effect, Event, Name, Refusal, Supervision, SupervisorSight, What};

use crate::say::{accept, additional, arrive_by, change, has, key, login, need, raise, skills, supervise};
use crate::world::World;

fn view(change: impl FnOnce(&mut SupervisorView)) -> World {
    World::with(|centre| change(centre.view()))
}

fn sees(world: &mut World) -> SupervisorSight {
    let effects = world.raw(supervise(Supervision::View {}));
    effects
        .into_iter()
        .find_map(|timed| if let Effect::SupervisorView { sight, .. } = timed.effect { Some(*sight) } else { None })
        .unwrap()
}

fn agents(world: &mut World) -> Vec<String> {
    sees(world).agents.iter().map(|agent| agent.user.to_string()).collect()
}

fn may(actions: &[(&str, &str)]) -> impl FnOnce(&mut SupervisorView) {
    let actions = actions
        .iter()
        .map(|&(tab, action)| SupervisorAction {
            tab: tab.into(),
            action: action.into(),
            flow: (action == "CustomAction").then(|| "Message_Agents".into()),
        })
        .collect();
    move |view| view.actions = actions
}

#[test]
fn agents_of_the_listed_groups_are_visible() {
    let mut world = view(|view| view.groups = vec!["Tier_1".into(), "Tier_2".into()]);
    assert_eq!(agents(&mut world), [""; 0]);
    for (agent, group) in [("ben", "Tier_2"), ("ana", "Tier_1"), ("cem", "Else")] {
        let groups = Some(vec![group.into()]);
        world.apply(Event::AgentChanged(AgentChange { groups, ..change(agent) }));
    }
    assert_eq!(agents(&mut world), ["ana", "ben"]);
}

#[test]
fn groups_come_from_records_too() {
    let mut world = World::with(|centre| {
        centre.view().groups = vec!["Tier_1".into()];
        centre.agent("cem").groups = vec!["Tier_1".into()];
    });
    assert_eq!(agents(&mut world), ["cem"]);
}

#[test]
fn a_list_that_is_empty_hides_nothing() {
    let mut world = view(|_| ());
    let sight = sees(&mut world);
    assert_eq!(sight.agents.len(), world.tables().users.len());
    assert_eq!(sight.queues.len(), world.tables().queues.len());
    assert_eq!(sight.skills.len(), world.tables().skills.len());
}

#[test]
fn listed_queues_are_visible_with_what_waits_in_them() {
    let mut world = view(|view| view.queues = vec!["Cases".into(), "Low_Cases".into()]).arrived("Cases", &["case-1"]);
    let mut world = {
        world.after(60);
        world
    }
    .arrived("Cases", &["case-2"])
    .arrived("Orders", &["order-1"]);
    world.after(30);
    let queues: Vec<_> = sees(&mut world)
        .queues
        .iter()
        .map(|queue| (queue.queue.to_string(), queue.waiting, queue.longest_wait))
        .collect();
    assert_eq!(queues, [("Cases".to_owned(), 2, Some(90)), ("Low_Cases".to_owned(), 0, None)]);
}

#[test]
fn listed_skills_are_visible_with_what_waits_for_them() {
    let waiting = |visibility| {
        let mut world = view(|view| {
            view.skills = vec!["French".into(), "German".into()];
            view.skill_visibility = visibility;
        });
        for (record, needs) in [
            ("case-1", vec![need("French", None)]),
            ("case-2", vec![need("French", None), need("German", None)]),
            ("case-3", vec![need("French", None), additional("German", None), need("Refunds", None)]),
            ("case-4", vec![need("Refunds", None)]),
        ] {
            world.apply(arrive_by(record, skills("Least", needs)));
        }
        let skills = sees(&mut world).skills;
        skills.iter().map(|skill| format!("{} {}", skill.skill, skill.waiting)).collect::<Vec<_>>()
    };
    // Items that ask for at least one of the listed skills.
    assert_eq!(waiting(Some(SkillVisibility::AnySkill)), ["French 3", "German 2"]);
    // Items all of whose skills are listed: not the one that needs Refunds, too.
    assert_eq!(waiting(Some(SkillVisibility::AllSkills)), ["French 2", "German 1"]);
}

#[test]
fn visible_agents_show_status_workload_work_and_flags() {
    let mut world = view(|view| view.timeline_hidden = true).online(&["ana"]).arrived("Cases", &["case-1", "case-2"]);
    world.apply(accept("ana", "case-1"));
    world.apply(raise("ana", "case-1", "Help"));
    let sight = sees(&mut world);
    assert_eq!((&*sight.configuration, sight.is_timeline_hidden), ("Leads", true));
    assert_eq!(
        serde_json::to_value(&sight.agents[..2]).unwrap(),
        serde_json::json!([
            {
                "user": "ana", "status": "Available", "workload": 2, "configuredCapacity": 5,
                "workItems": ["case-1", "case-2"], "flags": [{ "workItemId": "case-1", "message": "Help" }]
            },
            { "user": "ben", "status": null, "workload": 0, "configuredCapacity": null, "workItems": [], "flags": [] }
        ])
    );
}

#[test]
fn actions_are_shown_in_their_order() {
    let mut world =
        view(may(&[("AllAgents", "ChangeSkills"), ("AllAgents", "ChangeQueues"), ("QueuesBacklog", "ManageQueues")]));
    let actions = ["AllAgents.ChangeSkills", "AllAgents.ChangeQueues", "QueuesBacklog.ManageQueues"];
    assert_eq!(sees(&mut world).actions, actions.map(Name::from));
}

fn change_queues(agent: &str, add: &[&str], remove: &[&str]) -> Event {
    let names = |names: &[&str]| names.iter().map(|&name| name.into()).collect();
    supervise(Supervision::ChangeQueues { agent: agent.into(), add: names(add), remove: names(remove) })
}

#[test]
fn a_supervisor_changes_an_agents_queues() {
    let mut world = view(may(&[("AllAgents", "ChangeQueues")])).online(&["zoe"]).arrived("Cases", &["case-1"]);
    let told = world.apply(change_queues("zoe", &["Cases"], &[]));
    assert_eq!(told[0], "agentChanged zoe");
    assert_eq!(told[2], "agentWorkCreated AW-1 case-1 zoe Assigned Cases");
    world.apply(change_queues("zoe", &[], &["Cases"]));
    assert_eq!(world.offers(crate::say::arrive("case-2", "Cases")), [""; 0]);
}

#[test]
fn a_supervisor_changes_an_agents_skills() {
    let mut world = view(may(&[("AllAgents", "ChangeSkills")])).online(&["zoe"]);
    world.apply(arrive_by("case-1", skills("Least", vec![need("French", None)])));
    let action = |add, remove| supervise(Supervision::ChangeSkills { agent: "zoe".into(), add, remove });
    assert_eq!(world.offers(action(vec![has("French", Some(3.0))], Vec::new())), ["case-1 to zoe"]);
    world.apply(action(Vec::new(), vec!["French".into()]));
    assert_eq!(world.offers(arrive_by("case-2", skills("Least", vec![need("French", None)]))), [""; 0]);
}

#[test]
fn a_supervisor_puts_agents_into_a_queue() {
    let mut world = view(may(&[("QueuesBacklog", "ManageQueues")])).online(&["zoe"]).arrived("Cases", &["case-1"]);
    let action = |add, remove| supervise(Supervision::ManageQueues { queue: "Cases".into(), add, remove });
    assert_eq!(world.offers(action(vec!["zoe".into()], Vec::new())), ["case-1 to zoe"]);
    world.apply(action(Vec::new(), vec!["zoe".into()]));
    assert_eq!(world.offers(crate::say::arrive("case-2", "Cases")), [""; 0]);
}

#[test]
fn actions_outside_of_routing_are_told() {
    let mut world = view(may(&[
        ("AllAgents", "AssignLearning"),
        ("AssignedWork", "CustomAction"),
        ("QueuesBacklog", "AWSDashboard"),
    ]));
    let learning = Supervision::AssignLearning { agents: vec!["ana".into()] };
    assert_eq!(world.apply(supervise(learning)), ["supervisorActed sam tab=AllAgents action=AssignLearning"]);
    let dashboard = Supervision::AwsDashboard { tab: "QueuesBacklog".into() };
    assert_eq!(world.apply(supervise(dashboard)), ["supervisorActed sam tab=QueuesBacklog action=AWSDashboard"]);
    let custom = Supervision::CustomAction { tab: "AssignedWork".into(), flow: "Message_Agents".into() };
    assert_eq!(
        world.apply(supervise(custom)),
        ["supervisorActed sam tab=AssignedWork action=CustomAction flow=Message_Agents"]
    );
}

#[test]
fn every_other_action_is_refused() {
    let mut world = view(may(&[("AllAgents", "ChangeQueues"), ("AllAgents", "CustomAction")])).online(&["ana"]);
    for (action, tab, name) in [
        (
            Supervision::ChangeSkills { agent: "ana".into(), add: Vec::new(), remove: Vec::new() },
            "AllAgents",
            "ChangeSkills",
        ),
        (
            Supervision::ManageQueues { queue: "Cases".into(), add: Vec::new(), remove: Vec::new() },
            "QueuesBacklog",
            "ManageQueues",
        ),
        (Supervision::AssignLearning { agents: vec!["ana".into()] }, "AllAgents", "AssignLearning"),
        (Supervision::AwsDashboard { tab: "AllAgents".into() }, "AllAgents", "AWSDashboard"),
        (
            Supervision::CustomAction { tab: "AssignedWork".into(), flow: "Message_Agents".into() },
            "AssignedWork",
            "CustomAction",
        ),
        (Supervision::CustomAction { tab: "AllAgents".into(), flow: "Another".into() }, "AllAgents", "CustomAction"),
    ] {
        let refusal = world.refusal(&supervise(action));
        assert_eq!(refusal, Refusal::ActionNotAllowed { user: "sam".into(), tab: tab.into(), action: name.into() });
    }
}

#[test]
fn what_is_not_visible_cannot_be_changed() {
    let mut world = World::with(|centre| {
        centre.agent("ana").groups = vec!["Tier_1".into()];
        let view = centre.view();
        may(&[("AllAgents", "ChangeQueues"), ("AllAgents", "ChangeSkills"), ("QueuesBacklog", "ManageQueues")])(view);
        view.groups = vec!["Tier_1".into()];
        view.queues = vec!["Cases".into()];
        view.skills = vec!["French".into()];
    })
    .online(&["ben"])
    .arrived("Cases", &["case-1"]);
    let hidden = |what, name: &str| Refusal::NotVisible { user: "sam".into(), what, name: name.into() };
    assert_eq!(world.refusal(&change_queues("ben", &["Cases"], &[])), hidden(What::Agent, "ben"));
    assert_eq!(world.refusal(&change_queues("ana", &["Orders"], &[])), hidden(What::Queue, "Orders"));
    let skill = Supervision::ChangeSkills { agent: "ana".into(), add: vec![has("German", None)], remove: Vec::new() };
    assert_eq!(world.refusal(&supervise(skill)), hidden(What::Skill, "German"));
    let queue = Supervision::ManageQueues { queue: "Orders".into(), add: Vec::new(), remove: Vec::new() };
    assert_eq!(world.refusal(&supervise(queue)), hidden(What::Queue, "Orders"));
    let flag = Supervision::RaiseFlag { work_id: key("case-1"), message: None };
    assert_eq!(world.refusal(&supervise(flag)), hidden(What::Agent, "ben"));
}

#[test]
fn a_users_own_view_beats_the_profiles() {
    let mut world = World::with(|centre| {
        let mut managers = centre.view().clone();
        managers.name = "Managers".into();
        managers.users.clear();
        managers.profiles = vec!["support".into()];
        centre.0.supervisor_views.push(managers);
    });
    assert_eq!(sees(&mut world).configuration, "Leads");
    // `ana` has the profile.
    let effects = world.raw(Event::Supervise { user: "ana".into(), action: Supervision::View {} });
    let Effect::SupervisorView { sight, .. } = &effects[0].effect else { panic!("{effects:?}") };
    assert_eq!(sight.configuration, "Managers");
}

#[test]
fn a_supervisor_lowers_a_flag() {
    let mut world = view(|_| ()).online(&["ana"]).arrived("Cases", &["case-1"]);
    world.apply(accept("ana", "case-1"));
    world.apply(raise("ana", "case-1", "Help"));
    world.apply(supervise(Supervision::LowerFlag { work_id: key("case-1") }));
    assert!(sees(&mut world).agents[0].flags.is_empty());
    world.apply(login("ben", "Available"));
}
