//! A picture as SVG, laid out here.

use std::fmt::Write as _;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::layout::{Layout, Line, PlacedEdge, Point, Size, layout};
use super::svg_style::style;
use super::svg_text::{cut, escaped, number, width};
use super::value::{Picture, PictureNode};
use crate::answers::roles::{decides, label};
use crate::text::count;

/// With more arrows than this, what they mean is said only where the pointer is.
const MOST_LABELS: usize = 32;
const MARGIN: f64 = 16.0;
const NODE_HEIGHT: f64 = 44.0;
const PADDING: f64 = 12.0;
/// Names are at most 80 letters; the whole one is in the title.
const MOST_TEXT: f64 = 220.0;
const NAME_SIZE: f64 = 13.0;
const SMALL_SIZE: f64 = 11.0;
const LABEL_HEIGHT: f64 = 13.0;
const LEGEND_HEIGHT: f64 = 24.0;
/// The legend needs it.
const LEAST_WIDTH: f64 = 560.0;

/// Longer words beside an arrow are cut; the whole ones are in the title.
const MOST_LABEL: f64 = 190.0;

/// The arrows between different nodes, in the order of the edges.
type Arrows = IndexMap<(usize, usize), Arrow, FxBuildHasher>;

/// What two nodes have to do with each other: one arrow, whatever the number of its reasons.
struct Arrow {
    words: String,
    decides: bool,
}

impl Arrow {
    /// What is written beside it.
    fn label(&self) -> String {
        cut(&self.words, SMALL_SIZE, MOST_LABEL)
    }
}

fn lines(arrows: &Arrows) -> Vec<Line> {
    let shown = arrows.len() <= MOST_LABELS;
    let line = |(&(from, to), arrow): (&(usize, usize), &Arrow)| {
        let label = if shown { width(&arrow.label(), SMALL_SIZE) } else { 0.0 };
        Line { from, to, label }
    };
    arrows.iter().map(line).collect()
}

impl Picture {
    /// An SVG document. `link` says where a file is, as the picture's reader finds it.
    pub fn svg(&self, title: &str, link: &dyn Fn(&str) -> String) -> String {
        let sizes: Vec<Size> = self.nodes.iter().map(size).collect();
        let arrows = self.arrows();
        let placed = layout(&sizes, &lines(&arrows));
        let (across, down) =
            (placed.width.max(LEAST_WIDTH) + 2.0 * MARGIN, placed.height + 2.0 * MARGIN + LEGEND_HEIGHT);
        let (across, down) = (number(across.ceil()), number(down.ceil()));
        // Writing to memory does not fail.
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"omnic-graph\" width=\"{across}\" height=\"{down}\" \
             viewBox=\"0 0 {across} {down}\" role=\"group\" aria-label=\"{0}\">\n<title>{0}</title>\n<style>{1}</style>\n\
             <defs>\n{2}{3}</defs>\n<rect class=\"ground\" width=\"{across}\" height=\"{down}\"/>\n",
            escaped(title),
            style(),
            tip("tip", 7),
            tip("tip-decides", 4),
        );
        let _ = writeln!(text, "<g transform=\"translate({MARGIN} {MARGIN})\">");
        self.edges(&placed, &arrows, &mut text);
        for (at, (node, corner)) in self.nodes.iter().zip(&placed.nodes).enumerate() {
            let box_width = sizes[at].width;
            draw_node(node, *corner, box_width, Some(at) == self.center, link, &mut text);
        }
        self.loops(&placed, &sizes, &mut text);
        text.push_str("</g>\n");
        self.legend(placed.height + MARGIN + LEGEND_HEIGHT, &mut text);
        text.push_str("</svg>\n");
        text
    }

    /// The arrows between different nodes, in the order of the edges.
    fn arrows(&self) -> Arrows {
        let mut arrows: Arrows = IndexMap::default();
        for edge in self.edges.iter().filter(|edge| edge.from != edge.to) {
            let (words, decides) = (label(edge.role, edge.count), decides(edge.role));
            let empty = || Arrow { words: String::new(), decides: false };
            let arrow = arrows.entry((edge.from, edge.to)).or_insert_with(empty);
            if !arrow.words.split(", ").any(|part| part == words) {
                let comma = if arrow.words.is_empty() { "" } else { ", " };
                arrow.words = format!("{}{comma}{words}", arrow.words);
            }
            arrow.decides |= decides;
        }
        arrows
    }

    fn edges(&self, placed: &Layout, arrows: &Arrows, text: &mut String) {
        let shows_labels = placed.edges.len() <= MOST_LABELS;
        let heights = label_heights(&placed.edges, arrows);
        // What decides lies above the rest.
        let of = |edge: &PlacedEdge| arrows.get(&(edge.from, edge.to)).is_some_and(|arrow| arrow.decides);
        let (above, below): (Vec<_>, Vec<_>) = placed.edges.iter().zip(heights).partition(|(edge, _)| of(edge));
        for (edge, height) in below.into_iter().chain(above) {
            let Some(arrow) = arrows.get(&(edge.from, edge.to)) else { continue };
            let (class, tip) = if arrow.decides { ("edge decides", "tip-decides") } else { ("edge", "tip") };
            let title = format!("{} {} {}", self.nodes[edge.from].words(), arrow.words, self.nodes[edge.to].words());
            let _ = writeln!(
                text,
                "<g class=\"{class}\"><title>{}</title><path class=\"line\" d=\"{}\" marker-end=\"url(#omnic-{tip})\"/>{}</g>",
                escaped(&title),
                path(&edge.points),
                if shows_labels { label_at(edge, height, &arrow.label()) } else { String::new() },
            );
        }
    }

    /// What refers to others of its own fold, as queues overflow to queues, has an arrow that comes back to it.
    fn loops(&self, placed: &Layout, sizes: &[Size], text: &mut String) {
        for edge in self.edges.iter().filter(|edge| edge.from == edge.to) {
            let (corner, node) = (placed.nodes[edge.from], &self.nodes[edge.from]);
            let x = corner.x + sizes[edge.from].width;
            let (top, bottom) = (corner.y + 12.0, corner.y + NODE_HEIGHT - 12.0);
            let (class, tip) = if decides(edge.role) { ("edge decides", "tip-decides") } else { ("edge", "tip") };
            let _ = writeln!(
                text,
                "<g class=\"{class}\"><title>{}</title><path class=\"line\" d=\"M {x} {top} C {out} {top} {out} {bottom} \
                 {x} {bottom}\" marker-end=\"url(#omnic-{tip})\"/></g>",
                escaped(&format!("{} {} {}", node.words(), label(edge.role, edge.count), node.words())),
                x = number(x),
                out = number(x + 28.0),
                top = number(top),
                bottom = number(bottom),
            );
        }
    }

    /// What the signs mean: of those alone that can be seen.
    fn legend(&self, y: f64, text: &mut String) {
        let mut x = MARGIN;
        let mut sign = |sign: &str, words: &str, text: &mut String| {
            let at = number(x);
            let _ = writeln!(
                text,
                "<g transform=\"translate({at} {})\">{sign}<text class=\"legend\" x=\"36\" y=\"4\">{}</text></g>",
                number(y),
                escaped(words)
            );
            x += 36.0 + width(words, SMALL_SIZE) + 20.0;
        };
        if self.edges.iter().any(|edge| decides(edge.role)) {
            let thick = "<g class=\"decides\"><path class=\"line\" d=\"M 0 0 L 28 0\" marker-end=\"url(#omnic-tip-decides)\"/></g>";
            sign(thick, "decides who is offered work", text);
        }
        if self.edges.iter().any(|edge| !decides(edge.role)) {
            sign("<path class=\"line\" d=\"M 0 0 L 28 0\" marker-end=\"url(#omnic-tip)\"/>", "other reference", text);
        }
        if self.nodes.iter().any(PictureNode::is_missing) {
            let dashed = "<g class=\"missing\"><rect class=\"box\" y=\"-6\" width=\"28\" height=\"12\" rx=\"3\"/></g>";
            sign(dashed, "not in the project", text);
        }
        if self.left_out > 0 {
            sign("", &format!("{} more left out", count(self.left_out, "component")), text);
        }
    }
}

fn size(node: &PictureNode) -> Size {
    let text = width(&node.heading(), NAME_SIZE * 1.04).max(width(&node.caption(), SMALL_SIZE)).clamp(56.0, MOST_TEXT);
    Size { width: (text + 2.0 * PADDING).ceil(), height: NODE_HEIGHT }
}

fn draw_node(
    node: &PictureNode,
    corner: Point,
    width: f64,
    is_center: bool,
    link: &dyn Fn(&str) -> String,
    text: &mut String,
) {
    let missing = if node.is_missing() { " missing" } else { "" };
    let center = if is_center { " center" } else { "" };
    let room = width - 2.0 * PADDING + 1.0;
    let (open, close) = match &node.path {
        Some(path) => (format!("<a href=\"{}\">", escaped(&link(path))), "</a>"),
        None => (String::new(), ""),
    };
    let stacked = if node.count > 1 {
        format!("<rect class=\"box\" x=\"5\" y=\"5\" width=\"{}\" height=\"{NODE_HEIGHT}\" rx=\"5\"/>", number(width))
    } else {
        String::new()
    };
    let of_text = |class: &str, y: u8, words: String| {
        format!("<text class=\"{class}\" x=\"{PADDING}\" y=\"{y}\">{}</text>", escaped(&words))
    };
    let _ = writeln!(
        text,
        "{open}<g class=\"node {}{missing}{center}\" transform=\"translate({} {})\"><title>{}</title>{stacked}<rect \
         class=\"box\" width=\"{}\" height=\"{NODE_HEIGHT}\" rx=\"5\"/><rect class=\"stripe\" width=\"4\" \
         height=\"{NODE_HEIGHT}\" rx=\"2\"/>{}{}</g>{close}",
        node.kind.as_str(),
        number(corner.x),
        number(corner.y),
        escaped(&title(node)),
        number(width),
        of_text("name", 19, cut(&node.heading(), NAME_SIZE * 1.04, room)),
        of_text("caption", 35, cut(&node.caption(), SMALL_SIZE, room)),
    );
}

fn title(node: &PictureNode) -> String {
    let known = node.caption();
    let known = known.split_once(", ").map(|(_, known)| format!(", {known}")).unwrap_or_default();
    format!("{}{known}", node.words())
}

fn tip(class: &str, size: u8) -> String {
    format!(
        "<marker id=\"omnic-{class}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"{size}\" markerHeight=\"{size}\" \
         orient=\"auto\"><path class=\"{class}\" d=\"M 0 1 L 10 5 L 0 9 z\"/></marker>\n"
    )
}

fn path(points: &[Point]) -> String {
    let mut path = String::new();
    let mut before: Option<Point> = None;
    for &Point { x, y } in points {
        let _ = match before {
            None => write!(path, "M {} {}", number(x), number(y)),
            Some(from) => {
                let half = (x - from.x) / 2.0;
                let (one, other) = (number(from.x + half), number(x - half));
                write!(path, " C {one} {} {other} {} {} {}", number(from.y), number(y), number(x), number(y))
            }
        };
        before = Some(Point { x, y });
    }
    path
}

fn middle(edge: &PlacedEdge) -> Point {
    Point { x: edge.label.x, y: edge.label.y - 4.0 }
}

fn label_at(edge: &PlacedEdge, y: f64, words: &str) -> String {
    let x = number(middle(edge).x);
    format!("<text class=\"label\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>", number(y), escaped(words))
}

/// The height of each label's place: moved down, from the top on, as far as others are in the way.
fn label_heights(edges: &[PlacedEdge], arrows: &Arrows) -> Vec<f64> {
    let mut places: Vec<f64> = edges.iter().map(|edge| middle(edge).y).collect();
    if edges.len() > MOST_LABELS {
        return places;
    }
    let wide =
        |edge: &PlacedEdge| arrows.get(&(edge.from, edge.to)).map_or(0.0, |arrow| width(&arrow.label(), SMALL_SIZE));
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|&one, &other| places[one].total_cmp(&places[other]));
    let mut done: Vec<usize> = Vec::new();
    for at in order {
        let beside = |other: &&usize| {
            let apart = (middle(&edges[**other]).x - middle(&edges[at]).x).abs();
            apart < f64::midpoint(wide(&edges[**other]), wide(&edges[at]))
        };
        let mut others: Vec<f64> = done.iter().filter(beside).map(|&other| places[other]).collect();
        others.sort_by(f64::total_cmp);
        for other in others {
            if (other - places[at]).abs() < LABEL_HEIGHT {
                places[at] = other + LABEL_HEIGHT;
            }
        }
        done.push(at);
    }
    places
}
