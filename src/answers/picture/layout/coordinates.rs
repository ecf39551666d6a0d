//! Step four: columns become x, places in them y, as near to the neighbours' as the order allows.

use super::shapes::{Chain, Columns, Layout, PlacedEdge, Point, Size};

/// Space between columns, where what edges are called is written: at least, and beside the widest of these.
const COLUMN_GAP: f64 = 96.0;
const BESIDE_LABEL: f64 = 40.0;
/// Space between two nodes of a column.
const ROW_GAP: f64 = 18.0;
const ROUNDS: usize = 6;
/// Rows of what stands alone are at least as wide.
const LEAST_WIDTH: f64 = 720.0;

pub(super) fn coordinates(columns: &Columns, sizes: &[Size]) -> Layout {
    let drawing = Drawing { columns, sizes };
    let middle = drawing.rows();
    let widths: Vec<f64> =
        columns.stacks.iter().map(|column| widest(column.iter().map(|&slot| drawing.width(slot)))).collect();
    let mut left = Vec::with_capacity(widths.len());
    let gaps = gaps(columns);
    let mut x = 0.0;
    for (width, gap) in widths.iter().zip(&gaps) {
        left.push(x);
        x += width + gap;
    }
    let across = x - gaps.last().copied().unwrap_or_default();
    let placed = || columns.stacks.iter().flatten();
    let top = placed().map(|&slot| middle[slot] - drawing.height(slot) / 2.0).fold(f64::INFINITY, f64::min);
    // The left end of each slot, and its middle from the top.
    let at = |slot: usize| Point { x: left[columns.slots[slot].column], y: middle[slot] - top };
    let mut nodes = vec![Point::default(); sizes.len()];
    let mut height: f64 = 0.0;
    for (node, size) in placed().filter_map(|&slot| columns.slots[slot].node).map(|node| (node, sizes[node])) {
        let Point { x, y } = at(node);
        nodes[node] = Point { x, y: y - size.height / 2.0 };
        height = height.max(y + size.height / 2.0);
    }
    let mut layout = Layout {
        nodes,
        edges: columns.chains.iter().map(|chain| drawing.edge(chain, &at, &widths)).collect(),
        width: across,
        height,
    };
    alone(&columns.alone, sizes, &mut layout);
    layout
}

/// The space on the right of each column: what edges are called stands where they begin.
fn gaps(columns: &Columns) -> Vec<f64> {
    let mut gaps = vec![COLUMN_GAP; columns.stacks.len()];
    for chain in &columns.chains {
        let slot = if chain.backwards { chain.slots[chain.slots.len() - 2] } else { chain.slots[0] };
        let gap = &mut gaps[columns.slots[slot].column];
        *gap = gap.max(chain.label + BESIDE_LABEL);
    }
    gaps
}

/// Rows of what stands alone, below the others.
fn alone(nodes: &[usize], sizes: &[Size], layout: &mut Layout) {
    let most = layout.width.max(LEAST_WIDTH);
    let mut y = if layout.height > 0.0 { layout.height + 2.0 * ROW_GAP } else { 0.0 };
    let mut x = 0.0;
    let mut tallest: f64 = 0.0;
    for &node in nodes {
        let Size { width, height } = sizes[node];
        if x > 0.0 && x + width > most {
            x = 0.0;
            y += tallest + ROW_GAP;
            tallest = 0.0;
        }
        layout.nodes[node] = Point { x, y };
        tallest = tallest.max(height);
        layout.width = layout.width.max(x + width);
        layout.height = y + tallest;
        x += width + ROW_GAP;
    }
}

fn widest(widths: impl Iterator<Item = f64>) -> f64 {
    widths.fold(0.0, f64::max)
}

struct Drawing<'c> {
    columns: &'c Columns,
    sizes: &'c [Size],
}

/// Slots that would overlap, and go where these wish it on average.
struct Block {
    slots: usize,
    wish: f64,
}

impl Drawing<'_> {
    fn height(&self, slot: usize) -> f64 {
        self.columns.slots[slot].node.map_or(0.0, |node| self.sizes[node].height)
    }

    fn width(&self, slot: usize) -> f64 {
        self.columns.slots[slot].node.map_or(0.0, |node| self.sizes[node].width)
    }

    /// From the right side of the one node to the left side of the other; columns in between are passed straight, and so
    /// is what is left of a node's own column.
    fn edge(&self, chain: &Chain, at: &impl Fn(usize) -> Point, widths: &[f64]) -> PlacedEdge {
        let last = chain.slots.len() - 1;
        let mut points = Vec::with_capacity(2 * last + 1);
        let mut gaps = Vec::with_capacity(last);
        for (index, &slot) in chain.slots.iter().enumerate() {
            let Point { x, y } = at(slot);
            if let Some(&before) = points.last().filter(|_| index > 0) {
                gaps.push((before, Point { x, y }));
                points.push(Point { x, y });
            }
            if index < last {
                let right = Point { x: x + widths[self.columns.slots[slot].column], y };
                let side = Point { x: x + self.width(slot), y };
                if index == 0 && side.x < right.x {
                    points.push(side);
                }
                points.push(right);
            }
        }
        // What it is called stands where it begins.
        let gap = if chain.backwards { gaps.last() } else { gaps.first() };
        let (from, to) = gap.copied().unwrap_or_default();
        let label = Point { x: f64::midpoint(from.x, to.x), y: f64::midpoint(from.y, to.y) };
        if chain.backwards {
            points.reverse();
        }
        PlacedEdge { from: chain.from, to: chain.to, points, label }
    }

    /// The middle of each slot.
    fn rows(&self) -> Vec<f64> {
        let mut middle = vec![0.0; self.columns.slots.len()];
        for column in &self.columns.stacks {
            self.place(column, &mut middle, |_, _| None);
        }
        for round in 0..ROUNDS {
            let rightward = round % 2 == 0;
            let wish = |slot: usize, middle: &[f64]| {
                let of = &self.columns.slots[slot];
                let beside = if rightward { &of.left } else { &of.right };
                let sum: f64 = beside.iter().map(|&each| middle[each]).sum();
                (!beside.is_empty()).then(|| sum / beside.len() as f64)
            };
            let count = self.columns.stacks.len();
            for step in 0..count {
                let column = &self.columns.stacks[if rightward { step } else { count - 1 - step }];
                self.place(column, &mut middle, |slot, middle| Some(wish(slot, middle).unwrap_or(middle[slot])));
            }
        }
        middle
    }

    /// Gives each slot of a column the place it wishes, as near as the order and the gaps allow. Slots that would overlap
    /// form a block (the pool-adjacent-violators algorithm).
    fn place(&self, column: &[usize], middle: &mut [f64], wish: impl Fn(usize, &[f64]) -> Option<f64>) {
        let mut offset = 0.0;
        let mut offsets = Vec::with_capacity(column.len());
        let mut blocks: Vec<Block> = Vec::new();
        for &slot in column {
            offset += self.height(slot) / 2.0;
            let mut block = Block { slots: 1, wish: wish(slot, middle).unwrap_or(offset) - offset };
            while let Some(before) = blocks.pop_if(|before| before.wish > block.wish) {
                let (many, few) = (before.slots as f64, block.slots as f64);
                let wish = (before.wish * many + block.wish * few) / (many + few);
                block = Block { slots: before.slots + block.slots, wish };
            }
            blocks.push(block);
            offsets.push(offset);
            offset += self.height(slot) / 2.0 + ROW_GAP;
        }
        let wishes = blocks.iter().flat_map(|block| std::iter::repeat_n(block.wish, block.slots));
        for ((&slot, offset), wish) in column.iter().zip(offsets).zip(wishes) {
            middle[slot] = wish + offset;
        }
    }
}
