//! Who can be offered work: everybody whom it could reach, by the first condition that fails.

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::changes::{self, Failing, Way};
use super::facts::code;
use super::step::{Condition, Holds, Step};
use super::steps::{RECORDS, Rep, file_of, groups_in_words};
use super::who::Who;
use super::work::{Reach, Work, names};
use crate::graph::{Graph, NodeId};
use crate::schema::{Kind, Role};
use crate::source::Location;
use crate::text::{count, list};

/// Whether reps can be offered work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All of it, while online and with capacity left.
    Yes,
    /// Some of it: it depends on the values of its fields.
    Some,
    /// What is known does not say.
    Unknown,
    /// None of it.
    No,
}

impl Verdict {
    /// The word for programs.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Some => "some",
            Self::Unknown => "unknown",
            Self::No => "no",
        }
    }
}

/// Reps of whom the same is true.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Whether they can be offered the work.
    pub verdict: Verdict,
    /// The first condition that fails, or that is not known to hold.
    pub condition: Option<Condition>,
    /// Why, in a sentence without a full stop.
    pub text: String,
    /// Where the project says so.
    pub place: Option<Location>,
    /// Who, in the order of their names.
    pub reps: Vec<NodeId>,
}

/// Who can be offered work.
#[derive(Clone, Debug, PartialEq)]
pub struct WhoGets {
    /// `member` where membership decides, `rep` else.
    pub noun: &'static str,
    /// The steps of the work itself.
    pub steps: Vec<Step>,
    /// The answer for everybody together: the best that anybody has.
    pub verdict: Verdict,
    /// Everybody, by the answer and then by the reason.
    pub groups: Vec<Group>,
    /// Who else may be offered it, and why that is not known; none if everybody is known.
    pub unseen: Option<Step>,
    /// If nobody is known to be offered any of it: the shortest lists of changes after which somebody is, the best first.
    pub ways: Vec<Way>,
}

/// How many lists of changes are given.
const WAYS: usize = 3;

impl WhoGets {
    /// Answers for everybody whom the work could reach, or for `only` one user.
    pub fn of(work: &Work<'_>, only: Option<NodeId>) -> Self {
        let steps: Vec<Step> = work.steps().cloned().collect();
        let stopped = steps.iter().find(|step| step.holds == Holds::No);
        let (reps, unseen) = population(work, only);
        let asked: Vec<Asked> = reps.into_iter().map(|(rep, is_member)| Asked::of(work, rep, is_member)).collect();
        let is_partners = !work.is_open;
        let doubt = steps.iter().find(|step| step.holds == Holds::Unknown);
        let groups = if stopped.is_some() || is_partners { Vec::new() } else { grouped(work, &asked, doubt) };
        let best = groups.iter().map(|group| group.verdict).min();
        let verdict = match best {
            _ if stopped.is_some() => Verdict::No,
            _ if is_partners => Verdict::Unknown,
            Some(Verdict::No) | None if unseen.is_some() => Verdict::Unknown,
            Some(best) => best,
            None => Verdict::No,
        };
        let is_known = groups.iter().all(|group| matches!(group.verdict, Verdict::No));
        let may_be_others = asked.is_empty() && unseen.is_some();
        let mut ways = if stopped.is_some() || (is_known && !is_partners && !may_be_others) {
            changes::ways(work, &asked.iter().map(Asked::failing).collect::<Vec<_>>())
        } else {
            Vec::new()
        };
        ways.truncate(WAYS);
        let noun = if matches!(work.reach, Reach::Members(_)) && only.is_none() { "member" } else { "rep" };
        Self { noun, steps, verdict, groups, unseen, ways }
    }

    /// How many reps have an answer.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.groups.iter().filter(|group| group.verdict == verdict).map(|group| group.reps.len()).sum()
    }
}

/// The steps of one rep, told of `they`: the same words are the same reason.
struct Asked {
    rep: NodeId,
    is_member: bool,
    steps: Vec<Step>,
    /// Only once additional skills are let go.
    is_late: bool,
}

impl Asked {
    fn of(work: &Work<'_>, rep: NodeId, is_member: bool) -> Self {
        let they = Rep { work, agent: rep, who: Who::they(), is_member };
        Self { rep, is_member, steps: they.own(), is_late: they.waits_for_skills() }
    }

    fn failing(&self) -> Failing {
        Failing::of(self.rep, &self.steps)
    }

    fn first(&self, holds: Holds) -> Option<usize> {
        self.steps.iter().position(|step| step.holds == holds && !step.is_for_some())
    }

    /// The work that the rep is not offered, of what is for some of it.
    fn not_offered(&self, holds: Holds) -> Vec<&str> {
        let steps = self.steps.iter().filter(|step| step.holds == holds);
        let mut only: Vec<&str> = steps.filter_map(|step| step.only.as_deref()).collect();
        only.dedup();
        only
    }

    /// The answer, and the step that decides it.
    fn verdict(&self, doubt: Option<&Step>) -> (Verdict, Option<usize>) {
        if let Some(at) = self.first(Holds::No) {
            return (Verdict::No, Some(at));
        }
        if doubt.is_some() {
            return (Verdict::Unknown, None);
        }
        if let Some(at) = self.first(Holds::Unknown) {
            return (Verdict::Unknown, Some(at));
        }
        match self.steps.iter().position(|step| step.holds == Holds::No && step.is_for_some()) {
            Some(at) => (Verdict::Some, Some(at)),
            None => (Verdict::Yes, None),
        }
    }
}

/// Reps with the same answer for the same reason, and the step that decides.
type Alike<'a> = (Vec<&'a Asked>, Option<usize>);

/// Everybody by the answer and the reason.
fn grouped(work: &Work<'_>, asked: &[Asked], doubt: Option<&Step>) -> Vec<Group> {
    let mut found: FxHashMap<(Verdict, String), Alike<'_>> = FxHashMap::default();
    for one in asked {
        let (verdict, at) = one.verdict(doubt);
        let key = match (verdict, at) {
            (Verdict::Some, _) => one.not_offered(Holds::No).join(", "),
            (Verdict::Yes, _) => one.is_late.to_string(),
            (_, Some(at)) => one.steps[at].text.clone(),
            (_, None) => String::new(),
        };
        found.entry((verdict, key)).or_insert_with(|| (Vec::new(), at)).0.push(one);
    }
    let graph = work.graph;
    let mut groups: Vec<Group> = found
        .into_iter()
        .map(|((verdict, _), (mut of, at))| {
            of.sort_by(|a, b| graph.name(a.rep).cmp(graph.name(b.rep)));
            group(work, verdict, &of, at, doubt)
        })
        .collect();
    groups.sort_by(|a, b| {
        let names = |group: &Group| group.reps.first().map(|&rep| graph.name(rep));
        (a.verdict, b.reps.len(), names(a)).cmp(&(b.verdict, a.reps.len(), names(b)))
    });
    groups
}

fn status_of(asked: &Asked) -> Option<&Step> {
    asked.steps.iter().find(|step| step.condition == Condition::Status)
}

fn group(work: &Work<'_>, verdict: Verdict, of: &[&Asked], at: Option<usize>, doubt: Option<&Step>) -> Group {
    let graph = work.graph;
    let reps: Vec<NodeId> = of.iter().map(|asked| asked.rep).collect();
    let base = Group { verdict, condition: None, text: String::new(), place: None, reps };
    let Some(first) = of.first() else { return base };
    // Once more, in words that fit how many they are.
    let noun = if matches!(work.reach, Reach::Members(_)) && first.is_member { "member" } else { "rep" };
    let who = match of {
        [one] => Who::one(code(graph.name(one.rep))),
        many => Who::many(count(many.len(), noun)),
    };
    let steps = Rep { work, agent: first.rep, who, is_member: first.is_member }.own();
    let step = at.and_then(|at| steps.into_iter().nth(at));
    match (verdict, step) {
        (Verdict::Yes, _) => {
            let status = status_of(first);
            let such = match &work.ask.status {
                Some(status) => format!("in {}", code(graph.name(*status))),
                None => format!("while online in a presence status that offers {}", names(graph, &work.channels)),
            };
            let late = work.lets_go_after().filter(|_| first.is_late);
            let late = late
                .map_or_else(String::new, |seconds| format!(", once additional skills are let go after {seconds} s"));
            Group { text: format!("{such}{late}"), place: status.and_then(|step| step.place), ..base }
        }
        (Verdict::Some, Some(step)) => {
            let not = list_plain(&first.not_offered(Holds::No));
            let text = format!("all but work {not}: that needs skills, or levels of them, that are missing");
            Group { condition: Some(step.condition), text, place: step.place, ..base }
        }
        (_, Some(step)) => Group { condition: Some(step.condition), text: step.text, place: step.place, ..base },
        (_, None) => {
            let text = doubt.map(|step| step.text.clone()).unwrap_or_default();
            let (condition, place) = (doubt.map(|step| step.condition), doubt.and_then(|step| step.place));
            Group { condition, text, place, ..base }
        }
    }
}

/// `a, b or c`.
fn list_plain(parts: &[&str]) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => format!("{} or {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

/// Everybody whom the work could reach, each with whether membership is known; and why others are not known.
fn population(work: &Work<'_>, only: Option<NodeId>) -> (Vec<(NodeId, bool)>, Option<Step>) {
    let graph = work.graph;
    if let Some(only) = only {
        return (vec![(only, false)], None);
    }
    match &work.reach {
        Reach::Members(queue) => members(graph, *queue),
        Reach::Reps(reps) => (reps.iter().map(|&rep| (rep, false)).collect(), None),
        Reach::Skills(_) => {
            if let Some(reps) = graph.reps() {
                return (reps.into_iter().map(|rep| (rep, false)).collect(), None);
            }
            let roles = [Role::MemberUser, Role::GovernsUser, Role::SkillUser];
            let users = graph.nodes_of(Kind::User).filter(|&user| graph.is_referred(user, &roles));
            let place = work.config.and_then(|config| file_of(graph, config));
            let text = format!("skills decide, and who has which is not known: {RECORDS}");
            let unseen = Step::new(Condition::SkillsKnown, Holds::Unknown, place, text);
            (users.map(|user| (user, false)).collect(), Some(unseen))
        }
    }
}

/// The members of a queue, inactive ones whom it names among them.
fn members(graph: &Graph, queue: NodeId) -> (Vec<(NodeId, bool)>, Option<Step>) {
    let members = graph.members_of(queue);
    let agents = graph.agents_of(queue);
    let mut users: Vec<NodeId> = agents.users.iter().map(|agent| agent.user).collect();
    let is_inactive = |user| graph.org().and_then(|org| org.is_active(user)) == Some(false);
    let named = members.iter().filter(|member| member.role == Role::MemberUser).map(|member| member.who);
    users.extend(named.filter(|&user| is_inactive(user)));
    users.sort_unstable();
    users.dedup();
    let unseen = (!agents.complete || !graph.tells_members(queue)).then(|| {
        let place = members.iter().find(|member| member.role != Role::MemberUser).map(|member| member.location);
        let place = place.or_else(|| file_of(graph, queue));
        let text = match (groups_in_words(graph, &members), graph.components_of(queue).next()) {
            (Some(groups), _) if graph.org().is_some() => {
                format!("who else is in {groups} is not known from the records")
            }
            (Some(groups), _) => format!("who is in {groups} is not in the project: add records of the org"),
            (None, Some(_)) if members.is_empty() => {
                format!("the queue {} names no members here: {RECORDS}", list([graph.name(queue)], 1))
            }
            (None, _) => format!("who else is a member of {} is not known", code(graph.name(queue))),
        };
        Step::new(Condition::Member, Holds::Unknown, place, text)
    });
    (users.into_iter().map(|user| (user, true)).collect(), unseen)
}
