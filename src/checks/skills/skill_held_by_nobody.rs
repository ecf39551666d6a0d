use indexmap::IndexMap;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::by_skills;
use crate::checks::entry::routing_actions;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Warning;
use crate::graph::org::Org;
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{QueueRoutingConfig, RoutingAction};
use crate::records::Object;
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::list;

check!("OC610", "skill-held-by-nobody", "skill_held_by_nobody.md", [Warning], NeedsRecords);

/// A skill that something asks for.
struct Need {
    /// The routing configuration, skill mapping set or flow.
    by: NodeId,
    skill: NodeId,
    level: Option<f64>,
    location: Location,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(org) = graph.org() else { return };
    let users = org.is_whole(Object::User) && (!org.has(Object::SkillUser) || org.is_whole(Object::SkillUser));
    if !org.knows_skills() || !users || !graph.is_whole(Kind::Skill) {
        return;
    }
    let (holders, best) = (holders(graph, org), best_levels(graph, org));
    // Of what one component asks for, each skill once.
    let mut lacking: IndexMap<(NodeId, NodeId), (Need, usize), FxBuildHasher> = IndexMap::default();
    for need in needs(graph) {
        let level = need.level.unwrap_or_default();
        if best.get(&need.skill).is_some_and(|&best| best >= level) || !graph.is_known(need.skill) {
            continue;
        }
        lacking.entry((need.by, need.skill)).or_insert((need, 0)).1 += 1;
    }
    for (need, times) in lacking.values() {
        report(cx, need, *times, best.get(&need.skill).copied());
    }
    for config in graph.all::<QueueRoutingConfig>().filter(|config| goes_by_skills(graph, *config)) {
        let skills: Vec<_> = graph.targets(config.node, Role::RequiresSkill).collect();
        if skills.iter().all(|&(skill, _)| graph.is_known(skill) && !lacking.contains_key(&(config.node, skill))) {
            together(cx, config, &skills, &holders);
        }
    }
}

/// Reports a routing configuration of whose skills nobody has all.
fn together(
    cx: &mut Checker<'_>,
    config: Item<'_, QueueRoutingConfig>,
    skills: &[(NodeId, Location)],
    holders: &FxHashMap<NodeId, Option<FxHashSet<NodeId>>>,
) {
    // Where a profile has a skill, who has it is not known.
    let mut known = skills.iter().filter_map(|(skill, _)| holders.get(skill)?.as_ref());
    let (Some(first), Some(&(_, location))) = (known.next(), skills.first()) else { return };
    let others: Vec<_> = known.collect();
    if first.iter().any(|user| others.iter().all(|users| users.contains(user))) {
        return;
    }
    let mut names: Vec<&str> = skills.iter().map(|&(skill, _)| cx.graph.name(skill)).collect();
    names.dedup();
    let message = format!(
        "the routing configuration `{}` asks for {}, and no rep has all of them: such work is offered to nobody",
        config.component.name,
        list(names, 9)
    );
    cx.report(Warning, location, message)
        .label("nobody has this and the others")
        .help("give all of these skills to one service resource, or ask for fewer")
        .element("skills/skill");
}

/// The active users who have each skill; none where a profile has it, whose users may be others.
fn holders(graph: &Graph, org: &Org) -> FxHashMap<NodeId, Option<FxHashSet<NodeId>>> {
    let mut holders: FxHashMap<NodeId, Option<FxHashSet<NodeId>>> = FxHashMap::default();
    let mut add = |skill, user| {
        if let Some(users) = holders.entry(skill).or_insert_with(|| Some(FxHashSet::default())) {
            users.insert(user);
        }
    };
    for user in org.users().filter(|&user| org.is_active(user) == Some(true)) {
        org.skills_of(user).iter().for_each(|held| add(held.skill, user));
    }
    let of_skills = || graph.edges().filter(|(.., edge)| !edge.shadowed);
    for (skill, user, _) in of_skills().filter(|(.., edge)| edge.role == Role::SkillUser) {
        if org.is_active(user) != Some(false) {
            add(skill, user);
        }
    }
    for (skill, profile, _) in of_skills().filter(|(.., edge)| edge.role == Role::SkillProfile) {
        if !org.is_held_by_nobody(profile, Kind::Profile) {
            holders.insert(skill, None);
        }
    }
    holders
}

fn report(cx: &mut Checker<'_>, need: &Need, times: usize, best: Option<f64>) {
    let graph = cx.graph;
    let (skill, by) = (graph.name(need.skill), graph.node(need.by));
    let (what, label) = match (need.level, best) {
        (Some(level), Some(best)) => {
            (format!("no rep has the skill `{skill}` above level {best}, but"), format!("asks for level {level}"))
        }
        _ => (format!("no rep has the skill `{skill}`, but"), "nobody has it".to_owned()),
    };
    let what_asks = if by.kind == Kind::Flow { "places" } else { "rules" };
    let rules = if times > 1 { format!(" in {times} {what_asks}") } else { String::new() };
    let message =
        format!("{what} the {} `{}` asks for it{rules}: such work is offered to nobody", by.kind.noun(), by.name);
    let help = match (need.level, best) {
        (Some(level), Some(_)) => {
            format!("raise the level of `{skill}` of a service resource to {level}, or lower `skillLevel`")
        }
        _ => format!("give `{skill}` to service resources, or ask for a skill that somebody has"),
    };
    let element = match by.kind {
        Kind::QueueRoutingConfig => "skills/skill",
        Kind::WorkSkillRouting => "workSkillRoutingAttributes/skill",
        _ => "",
    };
    cx.report(Warning, need.location, message).label(label).help(help).element(element);
}

/// True if a routing configuration routes some queue's work by skills: else membership of the queue decides.
fn goes_by_skills(graph: &Graph, config: Item<'_, QueueRoutingConfig>) -> bool {
    config.value.is_attribute_based.is_true() && graph.queues_of(config.node).next().is_some()
}

/// The skills that routed work cannot do without.
fn needs(graph: &Graph) -> Vec<Need> {
    let mut needs = Vec::new();
    for config in graph.all::<QueueRoutingConfig>().filter(|config| goes_by_skills(graph, *config)) {
        for (skill, location) in graph.targets(config.node, Role::RequiresSkill) {
            needs.push(Need { by: config.node, skill, level: None, location });
        }
    }
    let mut objects = FxHashSet::default();
    for config in by_skills(graph) {
        for object in config.objects.into_iter().filter(|object| objects.insert(*object)) {
            let asked = graph.skills_for(object).into_iter().filter(|need| need.active && !need.additional);
            needs.extend(asked.map(|need| Need {
                by: need.rules,
                skill: need.skill,
                level: need.level.map(f64::from),
                location: need.location,
            }));
        }
    }
    needs.extend(by_flows(graph));
    needs
}

/// The skills that active flows ask for and that their work cannot do without, as far as they are known for certain.
fn by_flows(graph: &Graph) -> impl Iterator<Item = Need> {
    let works = routing_actions(graph).filter(|work| work.active && work.kind == RoutingAction::RouteWork);
    works.flat_map(|work| {
        let needed = work.may.skills.asked.iter().filter(|asked| asked.additional == Some(false));
        needed.filter_map(move |asked| {
            let [target] = asked.skill.known.as_slice() else { return None };
            let skill = target.node.filter(|_| asked.skill.is_complete())?;
            Some(Need { by: work.flow.node, skill, level: asked.level, location: target.at })
        })
    })
}

/// The highest level of each skill that somebody has; any level where no record tells one.
fn best_levels(graph: &Graph, org: &Org) -> FxHashMap<NodeId, f64> {
    let mut best: FxHashMap<NodeId, f64> = FxHashMap::default();
    let mut note = |skill, level: f64| {
        let best = best.entry(skill).or_insert(level);
        *best = best.max(level);
    };
    for user in org.users().filter(|&user| org.is_active(user) == Some(true)) {
        for held in org.skills_of(user) {
            note(held.skill, held.level.unwrap_or(f64::INFINITY));
        }
    }
    for (skill, who, edge) in graph.edges().filter(|(.., edge)| !edge.shadowed) {
        let counts = match edge.role {
            Role::SkillUser => org.is_active(who) != Some(false),
            Role::SkillProfile => !org.is_held_by_nobody(who, Kind::Profile),
            _ => continue,
        };
        if counts {
            note(skill, f64::INFINITY);
        }
    }
    best
}
