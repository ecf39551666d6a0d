//! Step three: orders each column so that few edges cross, by the middle of the neighbours' places.

use super::shapes::{Columns, Slot};

const SWEEPS: usize = 8;

pub(super) fn order(columns: &mut Columns) {
    let mut place = vec![0; columns.slots.len()];
    for column in &columns.stacks {
        note(column, &mut place);
    }
    let mut current = columns.stacks.clone();
    let mut fewest = crossings(&columns.slots, &current, &place);
    for sweep in 0..SWEEPS {
        if fewest == 0 {
            break;
        }
        let rightward = sweep % 2 == 0;
        let count = current.len();
        for step in 1..count {
            let (at, beside) = if rightward { (step, step - 1) } else { (count - 1 - step, count - step) };
            let beside = current[beside].len();
            sort(&mut current[at], beside, &columns.slots, rightward, &place);
            note(&current[at], &mut place);
        }
        let now = crossings(&columns.slots, &current, &place);
        if now < fewest {
            fewest = now;
            columns.stacks.clone_from(&current);
        }
    }
}

fn note(column: &[usize], place: &mut [usize]) {
    for (at, &slot) in column.iter().enumerate() {
        place[slot] = at;
    }
}

/// A slot without neighbours on that side stays about where it is.
fn sort(column: &mut [usize], beside: usize, slots: &[Slot], rightward: bool, place: &[usize]) {
    let length = column.len() as f64;
    let wish = |(at, &slot): (usize, &usize)| {
        let neighbours = if rightward { &slots[slot].left } else { &slots[slot].right };
        let own = ((at as f64 + 0.5) / length) * beside as f64 - 0.5;
        let sum: usize = neighbours.iter().map(|&each| place[each]).sum();
        (if neighbours.is_empty() { own } else { sum as f64 / neighbours.len() as f64 }, slot)
    };
    let mut wishes: Vec<(f64, usize)> = column.iter().enumerate().map(wish).collect();
    // Those that wish the same keep their order.
    wishes.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (at, (_, slot)) in wishes.into_iter().enumerate() {
        column[at] = slot;
    }
}

/// How many pairs of edges cross.
fn crossings(slots: &[Slot], columns: &[Vec<usize>], place: &[usize]) -> usize {
    let between = |pair: &[Vec<usize>]| {
        let [column, beside] = pair else { return 0 };
        // How many ends lie at each place up to now, as sums over ranges (a Fenwick tree).
        let mut tree = vec![0; beside.len() + 1];
        let (mut count, mut seen) = (0, 0);
        for &slot in column {
            let mut ends: Vec<usize> = slots[slot].right.iter().map(|&each| place[each]).collect();
            ends.sort_unstable();
            for &end in &ends {
                count += seen - up_to(&tree, end + 1);
            }
            for &end in &ends {
                add(&mut tree, end + 1);
            }
            seen += ends.len();
        }
        count
    };
    columns.windows(2).map(between).sum()
}

fn up_to(tree: &[usize], mut at: usize) -> usize {
    let mut sum = 0;
    while at > 0 {
        sum += tree[at];
        at &= at - 1;
    }
    sum
}

fn add(tree: &mut [usize], mut at: usize) {
    while at < tree.len() {
        tree[at] += 1;
        at += at & at.wrapping_neg();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted_and_taken_away() {
        let slot =
            |right: &[usize], left: &[usize]| Slot { right: right.to_vec(), left: left.to_vec(), ..Slot::default() };
        let slots = vec![slot(&[3], &[]), slot(&[2, 3], &[]), slot(&[], &[1]), slot(&[], &[0, 1])];
        let mut columns = Columns { slots, stacks: vec![vec![0, 1], vec![2, 3]], ..Columns::default() };
        let count = |columns: &Columns| crossings(&columns.slots, &columns.stacks, &place_of(columns));
        assert_eq!(count(&columns), 1);
        order(&mut columns);
        assert_eq!(count(&columns), 0);
    }

    fn place_of(columns: &Columns) -> Vec<usize> {
        let mut place = vec![0; columns.slots.len()];
        columns.stacks.iter().for_each(|column| note(column, &mut place));
        place
    }
}
