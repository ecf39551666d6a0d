//! Compile: from an analysis to a plan, or why there is none.
//!
//! In: an analysis, and what is done about its errors. Out: a [`Plan`], or [`NoPlan`]. Whoever wants a plan of a project
//! comes through [`compile`].
//! Must not know XML, settings, or where output goes.

mod agents;
mod channels;
mod display;
mod entry;
mod filled;
mod gate;
mod presence;
mod routing;
mod supervisors;

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::analyse::Analysis;
use crate::graph::{Graph, Item, NodeId};
use crate::metadata::{self, Scalar, Typed};
use crate::plan::{Compiler, FORMAT, LeftOut, Name, Origin, Outside, Plan, Tables};
use crate::schema::{Kind, Role};
use crate::source::{Location, SourceFile, line_of, line_starts};

pub use gate::{KEPT, NoPlan, OnErrors, compile, refuse};

/// The plan of a project, without the nodes that are left out.
fn plan(analysis: &Analysis, without: &FxHashSet<NodeId>, left_out: Vec<LeftOut>) -> Plan {
    let Analysis { graph, sources, .. } = analysis;
    let mut compiler = PlanCompiler { graph, rows: Rows::of(graph, without), places: BTreeMap::new() };
    let mut tables = compiler.tables();
    let places = std::mem::take(&mut compiler.places);
    let tables_done = || {
        tables.outside = tables.named_outside();
        tables.digest()
    };
    let (digest, (display, provenance)) =
        rayon::join(tables_done, || (compiler.display(), provenance(places, sources)));
    Plan {
        format: FORMAT,
        compiler: Compiler { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        api_version: graph.api_version.to_string(),
        digest,
        filled_in: filled::filled_in(graph, sources),
        left_out,
        tables,
        display: Some(display),
        provenance: Some(provenance),
    }
}

/// The nodes that have a row, each table sorted by name.
struct Rows {
    by_kind: BTreeMap<Kind, Vec<NodeId>>,
    /// The name of the row of each node that has one.
    names: FxHashMap<NodeId, Name>,
    /// The users of the table of agents.
    agents: FxHashSet<NodeId>,
}

impl Rows {
    fn of(graph: &Graph, without: &FxHashSet<NodeId>) -> Self {
        let mut by_kind: BTreeMap<Kind, Vec<NodeId>> = BTreeMap::new();
        let named_users = [
            Role::MemberUser,
            Role::GovernsUser,
            Role::SupervisorUser,
            Role::SkillUser,
            Role::OverflowsToUser,
            Role::HandlerUser,
        ];
        let agents = graph.reps().unwrap_or_default();
        for (id, node) in graph.nodes() {
            let is_named = |user| graph.is_referred(user, &named_users) || agents.contains(&user);
            let has_row = !node.components.is_empty() && !without.contains(&id) && !filled::is_left_out(graph, id);
            let is_again = || same_username(graph, id).is_some_and(is_named);
            if has_row || (node.kind == Kind::User && is_named(id) && !is_again()) {
                by_kind.entry(node.kind).or_default().push(id);
            }
        }
        let number = by_kind.values().map(Vec::len).sum();
        let mut names = FxHashMap::with_capacity_and_hasher(number, FxBuildHasher);
        let in_order = |nodes: &mut Vec<NodeId>| -> Vec<(NodeId, Name)> {
            nodes.par_sort_by(|a, b| graph.name(*a).cmp(graph.name(*b)));
            nodes.par_iter().map(|&node| (node, Name::from(graph.name(node)))).collect()
        };
        let of_kinds: Vec<_> = by_kind.par_iter_mut().map(|(_, nodes)| in_order(nodes)).collect();
        names.extend(of_kinds.into_iter().flatten());
        for placeholder in graph.nodes_of(Kind::User).filter(|&user| graph.is_filled_in(user)) {
            let name = same_username(graph, placeholder).and_then(|user| names.get(&user).cloned());
            names.extend(name.map(|name| (placeholder, name)));
        }
        Self { by_kind, names, agents }
    }

    fn all(&self, kind: Kind) -> &[NodeId] {
        self.by_kind.get(&kind).map_or(&[], Vec::as_slice)
    }
}

/// The user whose name is written like a placeholder: both stand in one row.
fn same_username(graph: &Graph, placeholder: NodeId) -> Option<NodeId> {
    if !graph.is_filled_in(placeholder) {
        return None;
    }
    graph.find(Kind::User, graph.name(placeholder))
}

/// Makes the tables, and notes where each row comes from.
struct PlanCompiler<'g> {
    graph: &'g Graph,
    rows: Rows,
    places: BTreeMap<&'static str, Vec<Location>>,
}

impl<'g> PlanCompiler<'g> {
    /// The tables, but for what rows name outside of them.
    fn tables(&mut self) -> Tables {
        let queues = self.table("queues", Self::queue);
        let agents = self.agents(&queues);
        Tables {
            settings: self.settings(),
            channels: self.table("channels", Self::channel),
            presence_statuses: self.table("presence_statuses", Self::status),
            decline_reasons: self.names::<metadata::PresenceDeclineReason>("decline_reasons"),
            presence_configurations: self.table("presence_configurations", Self::presence),
            users: self.rows.all(Kind::User).iter().filter_map(|&id| self.row(id)).collect(),
            governed_by_user: self.governed_by_user(),
            governed_by_profile: self.governed_by_profile(),
            routing_configurations: self.table("routing_configurations", Self::routing),
            queues,
            skills: self.table("skills", Self::skill),
            skill_rules: self.skill_rules(),
            supervisor_views: self.table("supervisor_views", Self::view),
            route_works: self.route_works(),
            messaging_channels: self.table("messaging_channels", Self::messaging),
            outside: Outside::default(),
            agents,
        }
    }

    /// One row for each component of a type, sorted by name.
    fn table<T: Typed + Sync + 'g, R: Send>(
        &mut self,
        table: &'static str,
        row: fn(&Self, Item<'g, T>) -> R,
    ) -> Vec<R> {
        let graph = self.graph;
        let items: Vec<_> = self.rows.all(T::KIND).iter().filter_map(|&id| graph.get::<T>(id)).collect();
        self.places.insert(table, items.iter().map(|item| item.component.location()).collect());
        items.into_par_iter().map(|item| row(self, item)).collect()
    }

    fn names<T: Typed + Sync + 'g>(&mut self, table: &'static str) -> Vec<Name> {
        self.table(table, |_, item: Item<'g, T>| name_of(&item))
    }

    /// The name by which rows refer to a node, whether it has a row or not.
    fn reference(&self, node: NodeId) -> Name {
        self.row(node).unwrap_or_else(|| Name::from(self.graph.name(node)))
    }

    /// The name of a node that has a row.
    fn row(&self, node: NodeId) -> Option<Name> {
        self.rows.names.get(&node).cloned()
    }

    fn first(&self, from: NodeId, role: Role) -> Option<Name> {
        self.graph.targets(from, role).next().map(|(to, _)| self.reference(to))
    }

    /// What a node refers to in a role, sorted, each once.
    fn references(&self, from: NodeId, role: Role) -> Vec<Name> {
        sorted(self.graph.targets(from, role).map(|(to, _)| self.reference(to)))
    }

    /// A name as its component has it, in whatever case it is written.
    fn proper_name(&self, kind: Kind, written: &Scalar<metadata::Name>) -> Option<Name> {
        let written = written.get()?;
        let node = self.graph.find(kind, written);
        Some(Name::from(node.map_or(&**written, |node| self.graph.name(node))))
    }

    fn target_names(&self, from: NodeId, role: Role) -> Vec<Name> {
        sorted(self.graph.targets(from, role).map(|(to, _)| Name::from(self.graph.name(to))))
    }

    /// Sorts rows that each have a place, leaves out those that say nothing new, and notes the places.
    fn split<R: Ord>(&mut self, table: &'static str, mut rows: Vec<(R, Location)>) -> Vec<R> {
        rows.sort();
        rows.dedup_by(|(later, _), (earlier, _)| later == earlier);
        let (rows, places) = rows.into_iter().unzip();
        self.places.insert(table, places);
        rows
    }
}

fn name_of<T>(item: &Item<'_, T>) -> Name {
    Name::from(item.component.name.as_str())
}

/// A profile's name as it is in all tables: profiles are written in any case.
fn profile_name(name: &str) -> Name {
    Name::from(name.to_lowercase())
}

fn text(scalar: &Scalar<metadata::Name>) -> Option<Name> {
    scalar.get().map(|text| Name::from(&**text))
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<_> = values.collect();
    values.sort();
    values.dedup();
    values
}

/// Seconds, if there are any.
fn positive(seconds: &Scalar<i32>) -> Option<u32> {
    seconds.get().and_then(|&seconds| u32::try_from(seconds).ok()).filter(|&seconds| seconds > 0)
}

/// Turns places into files and lines.
fn provenance(places: BTreeMap<&'static str, Vec<Location>>, sources: &[SourceFile]) -> BTreeMap<String, Vec<Origin>> {
    let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    // Rows of one file share its name.
    let mut names: Vec<Option<Name>> = vec![None; sources.len()];
    let mut origin = |location: Location| {
        let file = sources.get(location.file.0 as usize)?;
        let lines = match &*file.lines {
            [] => found.entry(location.file.0).or_insert_with(|| line_starts(&file.text)),
            known => known,
        };
        let name = names.get_mut(location.file.0 as usize)?.get_or_insert_with(|| Name::from(&*file.path));
        Some(Origin { file: name.clone(), line: line_of(lines, location.span.start) })
    };
    places
        .into_iter()
        .map(|(table, places)| (table.to_owned(), places.into_iter().filter_map(&mut origin).collect()))
        .collect()
}
