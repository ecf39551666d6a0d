//! Which objects a plan reads.

use smol_str::SmolStr;

use super::model::{Body, Filter, Join, Output, Path, Shape, ShapeItem, SortBy, Subject};

/// The names of all objects whose records a plan may read, sorted.
pub(in super::super) fn objects(body: &Body, joins: &[Join]) -> Vec<SmolStr> {
    let mut objects = Vec::new();
    of_body(body, &mut objects);
    for join in joins {
        objects.push(join.object.clone());
        of_path(&join.path, &mut objects);
        of_filter(join.filter.as_ref(), &mut objects);
    }
    objects.sort_unstable();
    objects.dedup();
    objects
}

fn of_body(body: &Body, objects: &mut Vec<SmolStr>) {
    objects.push(body.object.name.clone());
    of_filter(body.filter.as_ref(), objects);
    for SortBy { subject, .. } in &body.order {
        of_subject(subject, objects);
    }
    match &body.output {
        Output::Count => {}
        Output::Records(shape) => of_shape(shape, objects),
        Output::Groups(groups) => {
            groups.keys.iter().for_each(|path| of_path(path, objects));
            groups.aggregates.iter().for_each(|aggregate| of_path(&aggregate.path, objects));
        }
    }
}

fn of_shape(shape: &Shape, objects: &mut Vec<SmolStr>) {
    for item in &shape.items {
        match item {
            ShapeItem::Field(path) => of_path(path, objects),
            ShapeItem::Parent { hop, shape } => {
                objects.extend(hop.objects.iter().cloned());
                of_shape(shape, objects);
            }
            ShapeItem::Children { body, .. } => of_body(body, objects),
        }
    }
}

fn of_filter(filter: Option<&Filter>, objects: &mut Vec<SmolStr>) {
    match filter {
        Some(Filter::All(all) | Filter::Any(all)) => all.iter().for_each(|one| of_filter(Some(one), objects)),
        Some(Filter::Not(one)) => of_filter(Some(one), objects),
        Some(Filter::Test { subject, .. } | Filter::Joined { subject, .. }) => of_subject(subject, objects),
        None => {}
    }
}

fn of_subject(subject: &Subject, objects: &mut Vec<SmolStr>) {
    if let Subject::Path(path) = subject {
        of_path(path, objects);
    }
}

fn of_path(path: &Path, objects: &mut Vec<SmolStr>) {
    objects.extend(path.hops.iter().flat_map(|hop| hop.objects.iter().cloned()));
}
