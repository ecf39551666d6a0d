//! A neighbourhood as people see it: a diagram, and lines of text.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::around::Neighbourhood;
use super::facts::code;
use super::roles::words;
use crate::graph::{Graph, NodeId, Resolution};
use crate::text::{count, is_obeyed, one_line, picture};

impl Neighbourhood {
    /// A diagram in the language of Mermaid.
    pub fn mermaid(&self, graph: &Graph) -> String {
        let number: FxHashMap<NodeId, usize> = self.nodes.iter().enumerate().map(|(at, &node)| (node, at)).collect();
        let at = |node: &NodeId| number.get(node).copied().unwrap_or_default();
        // Writing to memory does not fail.
        let mut text = "graph LR\n".to_owned();
        for &node in &self.nodes {
            let of = graph.node(node);
            let class = if node == *self.nodes.first().unwrap_or(&node) { ":::center" } else { class(of.resolution) };
            let _ = writeln!(text, "    n{}[\"{}<br>{}\"]{class}", at(&node), of.kind.noun(), escaped(&of.name));
        }
        for (from, to, role) in &self.edges {
            let _ = writeln!(text, "    n{} -->|{}| n{}", at(from), words(*role), at(to));
        }
        text.push_str("    classDef center stroke-width:3px\n    classDef missing stroke-dasharray:4 4\n");
        text
    }

    /// The same in lines of plain text.
    pub fn text(&self, graph: &Graph) -> String {
        let mut text = String::new();
        for &node in &self.nodes {
            let of = graph.node(node);
            let known = match of.resolution {
                Resolution::Unknown { .. } => " (not among the project's)",
                Resolution::Ignored(_) => " (ignored by `.forceignore`)",
                Resolution::FilledIn => " (filled in at deploy time)",
                _ => "",
            };
            let _ = writeln!(text, "{}{known}", named(graph, node));
            for (_, to, role) in self.edges.iter().filter(|(from, ..)| *from == node) {
                let _ = writeln!(text, "    {} the {}", words(*role), named(graph, *to));
            }
        }
        if self.left_out > 0 {
            let more = if self.left_out == 1 { "is" } else { "are" };
            let _ = writeln!(text, "{} more {more} near enough, and left out", count(self.left_out, "component"));
        }
        text
    }
}

/// ``queue `Support` ``
fn named(graph: &Graph, node: NodeId) -> String {
    let of = graph.node(node);
    format!("{} {}", of.kind.noun(), code(&one_line(&of.name)))
}

const fn class(resolution: Resolution) -> &'static str {
    match resolution {
        Resolution::Unknown { .. } | Resolution::Ignored(_) => ":::missing",
        _ => "",
    }
}

/// A name inside a quoted label: what means something there is written as an entity.
fn escaped(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        match c {
            _ if is_obeyed(c) => text.push(picture(c)),
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | '[' | ']' | '{' | '}' => {
                let _ = write!(text, "#{};", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text
}
