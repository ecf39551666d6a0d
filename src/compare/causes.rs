//! Which rows make a difference.

use std::collections::BTreeSet;

use super::change::{Cause, Lacks, Reason, What};
use super::classes::{Entry, WorkKind};
use super::fates::Fate;
use super::rows::RowChange;
use crate::plan::{Name, Plan};
use crate::runtime::Prospects;

/// The tables whose rows may matter to any work.
const OF_ALL: [&str; 8] = [
    "settings",
    "channels",
    "presence_statuses",
    "presence_configurations",
    "governed_by_user",
    "governed_by_profile",
    "skills",
    "agents",
];

/// The tables in the order in which their rows are told as causes: what work comes to first.
const NEAREST: [&str; 13] = [
    "queues",
    "route_works",
    "routing_configurations",
    "skill_rules",
    "agents",
    "presence_configurations",
    "governed_by_user",
    "governed_by_profile",
    "presence_statuses",
    "skills",
    "channels",
    "settings",
    "users",
];

/// Which work may be affected by rows that differ.
pub(super) struct Affected<'r> {
    all: bool,
    queues: BTreeSet<&'r Name>,
    /// The objects of skill rules that differ.
    objects: BTreeSet<&'r str>,
}

/// Which work may be affected by rows that differ.
pub(super) fn affected<'r>(rows: &'r [RowChange], plans: [&'r Plan; 2]) -> Affected<'r> {
    let of = |table: &'static str| rows.iter().filter(move |row| row.table == table).map(|row| &row.row);
    let configs: BTreeSet<&Name> = of("routing_configurations").collect();
    let uses = |name: &Option<Name>| name.as_ref().is_some_and(|name| configs.contains(name));
    let by_config = plans.iter().flat_map(|plan| &plan.tables.queues).filter(|row| uses(&row.routing_configuration));
    Affected {
        all: rows.iter().any(|row| OF_ALL.contains(&row.table)),
        queues: by_config.map(|row| &row.name).chain(of("queues")).collect(),
        objects: of("skill_rules").filter_map(|row| row.split_once(':')).map(|(object, _)| object).collect(),
    }
}

impl Affected<'_> {
    /// False if nothing that decides the fate of such work differs.
    pub(super) fn may_differ(&self, kind: &WorkKind) -> bool {
        let by_entry = || match &kind.entry {
            Entry::Queue(queue) => self.queues.contains(queue),
            // What a flow comes to is asked of the runtime.
            Entry::Flow { .. } => true,
        };
        self.all || self.objects.contains(kind.object.as_str()) || by_entry()
    }
}

/// The rows on which the fate of work depends.
#[derive(Clone, Debug, Default)]
pub(super) struct Touched {
    queues: BTreeSet<Name>,
    configs: BTreeSet<Name>,
    channels: BTreeSet<Name>,
    flows: BTreeSet<Name>,
    objects: BTreeSet<Name>,
    /// The values of fields, as `field = value`.
    values: BTreeSet<String>,
}

impl Touched {
    pub(super) fn of(kind: &WorkKind, fates: &[&Fate; 2], plans: [&Plan; 2]) -> Self {
        let mut touched = Self::default();
        touched.objects.insert(kind.object.clone());
        touched.values = kind.values().into_iter().map(|(field, value)| format!("{field} = {value}")).collect();
        match &kind.entry {
            Entry::Queue(queue) => {
                touched.queues.insert(queue.clone());
            }
            Entry::Flow { flow, action } => {
                touched.flows.insert(Name::from(format!("{flow}/{action}")));
            }
        }
        for fate in fates {
            match fate {
                Ok(Prospects::Routed(work)) => {
                    touched.queues.extend(work.terms.queue.clone());
                    touched.configs.extend(work.routing_configuration.clone());
                    touched.channels.insert(work.channel.clone());
                }
                Ok(Prospects::External { routing_configuration }) => {
                    touched.configs.extend(routing_configuration.clone());
                }
                Ok(Prospects::Left { .. }) | Err(_) => {}
            }
        }
        // What is not routed any more was routed by these.
        for plan in plans {
            let queues = plan.tables.queues.iter().filter(|row| touched.queues.contains(&row.name));
            touched.configs.extend(queues.filter_map(|row| row.routing_configuration.clone()));
            let channels = plan.tables.channels.iter().filter(|row| row.object.as_ref() == Some(&kind.object));
            touched.channels.extend(channels.map(|row| row.name.clone()));
        }
        touched
    }

    pub(super) fn add(&mut self, other: Self) {
        self.queues.extend(other.queues);
        self.configs.extend(other.configs);
        self.channels.extend(other.channels);
        self.flows.extend(other.flows);
        self.objects.extend(other.objects);
        self.values.extend(other.values);
    }

    /// True if the row is one of these, or of a table whose rows may matter to any work.
    fn has(&self, row: &RowChange, reps: &[&Name], plans: [&Plan; 2]) -> bool {
        let name = &row.row;
        match row.table {
            "queues" => self.queues.contains(name),
            "routing_configurations" => self.configs.contains(name),
            "channels" => self.channels.contains(name),
            "route_works" => self.flows.contains(name),
            "agents" | "governed_by_user" | "users" => reps.contains(&name),
            "skill_rules" => name.split_once(": ").is_some_and(|(object, rule)| {
                let value = rule.rsplit_once(" for ").map_or(rule, |(value, _)| value);
                self.objects.contains(object) && self.values.contains(value)
            }),
            "presence_statuses" => plans.iter().zip(row.at).any(|(plan, at)| {
                let status = at.and_then(|at| plan.tables.presence_statuses.get(at));
                status.is_some_and(|status| status.channels.iter().any(|channel| self.channels.contains(channel)))
            }),
            _ => true,
        }
    }
}

/// Fields of tables. Without fields: any.
type Parts = &'static [(&'static str, &'static [&'static str])];

/// What decides whether reps are reached.
const REACH: Parts = &[
    ("settings", &["omni_channel", "known", "skills_based_routing"]),
    ("queues", &["routing_configuration", "objects", "members", "agents", "agents_complete"]),
    ("routing_configurations", &["attribute_based", "skills", "model", "cost", "capacity_type"]),
    ("channels", &["object", "interruptible"]),
    ("presence_statuses", &["channels", "granted_by_profiles", "granted_by_permission_sets"]),
    ("presence_configurations", &["capacity", "interruptible_capacity"]),
    ("governed_by_user", &[]),
    ("governed_by_profile", &[]),
    ("agents", &[]),
    ("skills", &[]),
    ("skill_rules", &[]),
    ("route_works", &[]),
];

/// What decides whether work is routed at all.
const NOT_ROUTED: Parts = &[
    ("settings", &["omni_channel", "known", "skills_based_routing"]),
    ("queues", &["routing_configuration", "objects"]),
    ("routing_configurations", &["model"]),
    ("channels", &["object"]),
    ("route_works", &[]),
];

/// The tables, and their fields, that can be the reason.
fn may_give(reason: Option<&Reason>) -> Parts {
    match reason {
        Some(Reason::NotMembers) => &[
            ("queues", &["routing_configuration", "members", "agents", "agents_complete"]),
            ("routing_configurations", &["attribute_based"]),
            ("agents", &["queues"]),
            ("route_works", &[]),
        ],
        Some(Reason::LackSkill(_) | Reason::SkillLevel(_)) => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["attribute_based", "skills"]),
            ("agents", &["skills"]),
            ("skills", &[]),
            ("skill_rules", &[]),
            ("route_works", &[]),
        ],
        Some(Reason::NotOffered(_) | Reason::NotGranted(_)) => &[
            ("queues", &["objects"]),
            ("channels", &["object"]),
            ("presence_statuses", &[]),
            ("agents", &["statuses", "profile"]),
        ],
        Some(Reason::NoRoom) => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["cost", "capacity_type"]),
            ("channels", &["interruptible"]),
            ("presence_configurations", &["capacity", "interruptible_capacity"]),
            ("governed_by_user", &[]),
            ("governed_by_profile", &[]),
            ("agents", &["presence_configuration", "profile"]),
        ],
        Some(Reason::NotRouted(_)) => NOT_ROUTED,
        Some(Reason::Inactive | Reason::Unknown) | None => REACH,
    }
}

/// The tables, and their fields, that can make such a difference.
fn may_cause(what: &What) -> Parts {
    match what {
        What::ReachesNobody { reason, .. } | What::LosesReps { reason, .. } | What::GainsReps { reason, .. } => {
            may_give(reason.as_ref())
        }
        What::NoLongerKnown { lacks, .. } | What::KnownNow { lacks, .. } => match lacks {
            Lacks::Queue => &[("queues", &[])],
            Lacks::RoutingConfiguration(_) => {
                &[("queues", &["routing_configuration"]), ("routing_configurations", &["model"])]
            }
            Lacks::ServiceChannel => &[("channels", &["object"]), ("queues", &["objects"])],
            Lacks::Other(_) => NOT_ROUTED,
        },
        What::Statuses { .. } => &[("presence_statuses", &["channels"])],
        What::Goes { .. } => &[("route_works", &[]), ("queues", &[])],
        What::Priority { .. } => {
            &[("queues", &["routing_configuration"]), ("routing_configurations", &["priority"]), ("route_works", &[])]
        }
        What::SecondaryPriority { .. } => &[
            ("channels", &["secondary_priority", "object"]),
            ("settings", &["secondary_routing_priority"]),
            ("queues", &["objects"]),
        ],
        What::Holds { .. } | What::Cost { .. } => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["cost", "capacity_type"]),
            ("presence_configurations", &["capacity", "interruptible_capacity"]),
            ("governed_by_user", &[]),
            ("governed_by_profile", &[]),
            ("agents", &["presence_configuration", "profile"]),
            ("channels", &["interruptible"]),
            ("route_works", &[]),
        ],
        What::PausedCost { .. } => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["paused_cost"]),
            ("route_works", &[]),
        ],
        What::PushTimeout { .. } => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["push_timeout_seconds"]),
            ("route_works", &[]),
        ],
        What::DropsSkills { .. } => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["drop_additional_skills_after_seconds"]),
            ("route_works", &[]),
        ],
        What::Needs { .. } => &[
            ("queues", &["routing_configuration"]),
            ("routing_configurations", &["skills", "attribute_based"]),
            ("skill_rules", &[]),
            ("route_works", &[]),
        ],
        What::Model { .. } => {
            &[("queues", &["routing_configuration"]), ("routing_configurations", &["model"]), ("route_works", &[])]
        }
        What::Channel { .. } => &[("queues", &["objects"]), ("channels", &[]), ("route_works", &[])],
        What::Overflow { .. } => {
            &[("queues", &["routing_configuration"]), ("routing_configurations", &["overflow"]), ("route_works", &[])]
        }
        What::Row { .. } => &[],
    }
}

/// The reps of whom a difference tells.
fn reps(what: &What) -> Vec<&Name> {
    match what {
        What::ReachesNobody { before: reps, .. }
        | What::LosesReps { reps, .. }
        | What::GainsReps { reps, .. }
        | What::Holds { reps, .. } => reps.iter().collect(),
        _ => Vec::new(),
    }
}

/// The rows that make a difference.
pub(super) fn of(what: &What, touched: &Touched, rows: &[RowChange], plans: [&Plan; 2]) -> Vec<Cause> {
    let (tables, reps) = (may_cause(what), reps(what));
    let causes = rows.iter().filter_map(|row| {
        let (_, fields) = tables.iter().find(|(table, _)| *table == row.table)?;
        let by_field = |field: &&str| row.fields.iter().any(|change| change.field == **field);
        let matters = row.fields.is_empty() || fields.is_empty() || fields.iter().any(by_field);
        (matters && touched.has(row, &reps, plans)).then(|| cause(row, plans))
    });
    let mut causes: Vec<Cause> = causes.collect();
    causes.sort_by_key(|cause| NEAREST.iter().position(|table| *table == cause.table));
    causes
}

/// A row as a cause, with its places.
pub(super) fn cause(row: &RowChange, plans: [&Plan; 2]) -> Cause {
    let place = |plan: &Plan, at: Option<usize>| plan.provenance.as_ref()?.get(row.table)?.get(at?).cloned();
    Cause {
        table: row.table,
        row: row.row.clone(),
        fields: row.fields.iter().map(|change| change.field.clone()).filter(|field| !field.is_empty()).collect(),
        old: place(plans[0], row.at[0]),
        new: place(plans[1], row.at[1]),
    }
}
