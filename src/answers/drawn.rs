//! A neighbourhood as people see it: a diagram, and lines of text.

use std::fmt::Write as _;

use super::around::Neighbourhood;
use super::facts::code;
use super::picture::Picture;
use super::roles::words;
use crate::graph::{Graph, NodeId, Resolution};
use crate::text::{count, one_line};

impl Neighbourhood {
    /// A diagram in the language of Mermaid.
    pub fn mermaid(&self, graph: &Graph) -> String {
        Picture::around(graph, self).mermaid()
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
