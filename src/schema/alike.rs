//! What is the same but for how it is written.

use crate::xml::Element;

/// True if no more than one of `names` ends as a documented slip does: `overflowAssignee` may be the queue or the user.
pub(super) fn is_one_ending<'n>(slip: &str, names: impl Iterator<Item = &'n str>) -> bool {
    let slip = slip.strip_suffix("Id").unwrap_or(slip).to_lowercase();
    names.filter(|name| name.to_lowercase().ends_with(&slip)).nth(1).is_none()
}

/// True if two elements say the same: their names, attributes, values and the elements in them are the same in the same
/// order. A comment in the second that is not in the first is something said.
pub(super) fn says_the_same(first: Element<'_, '_>, second: Element<'_, '_>) -> bool {
    first.source() == second.source() || (!second.source().contains("<!--") && is_alike(first, second, 0))
}

fn is_alike(first: Element<'_, '_>, second: Element<'_, '_>, depth: usize) -> bool {
    // Nothing in metadata is deeper.
    const DEEPEST: usize = 8;
    let attributes = |of: Element<'_, '_>| {
        let attributes = of.attributes().into_iter();
        attributes.map(|attribute| (attribute.name().to_owned(), attribute.value().into_owned())).collect::<Vec<_>>()
    };
    if depth > DEEPEST || first.local_name() != second.local_name() || attributes(first) != attributes(second) {
        return false;
    }
    if !first.has_children() && !second.has_children() {
        return first.value() == second.value();
    }
    let (mut ones, mut others) = (first.children(), second.children());
    loop {
        match (ones.next(), others.next()) {
            (None, None) => return !first.has_text() && !second.has_text(),
            (Some(one), Some(other)) if is_alike(one, other, depth + 1) => {}
            _ => return false,
        }
    }
}
