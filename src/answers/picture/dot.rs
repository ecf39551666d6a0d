//! A picture in the language of Graphviz.

use std::fmt::Write as _;

use super::value::Picture;
use crate::answers::roles::{decides, label};
use crate::text::{is_obeyed, picture};

const HEAD: &str = r#"digraph omnic {
    rankdir=LR
    node [shape=box, style=rounded, fontname="sans-serif"]
    edge [fontname="sans-serif", fontsize=10]
"#;

impl Picture {
    /// A graph in the DOT language. `link` says where a file is, as the picture's reader finds it.
    pub fn dot(&self, link: &dyn Fn(&str) -> String) -> String {
        // Writing to memory does not fail.
        let mut text = HEAD.to_owned();
        for (at, node) in self.nodes.iter().enumerate() {
            let label = format!("{}\\n{}", escaped(&node.heading()), escaped(&node.caption()));
            let _ = write!(text, "    n{at} [label=\"{label}\", tooltip=\"{}\"", escaped(&node.words()));
            if let Some(path) = &node.path {
                let _ = write!(text, ", URL=\"{}\"", escaped(&link(path)));
            }
            if node.is_missing() {
                text.push_str(", style=\"rounded,dashed\"");
            }
            if node.count > 1 {
                text.push_str(", peripheries=2");
            }
            if Some(at) == self.center {
                text.push_str(", penwidth=3");
            }
            text.push_str("]\n");
        }
        for edge in &self.edges {
            let label = escaped(&label(edge.role, edge.count));
            let _ = write!(text, "    n{} -> n{} [label=\"{label}\"", edge.from, edge.to);
            text.push_str(if decides(edge.role) { ", penwidth=2.5]\n" } else { "]\n" });
        }
        text.push_str("}\n");
        text
    }
}

/// A text inside a quoted string. Graphviz reads entities there, and backslashes in labels.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            _ if is_obeyed(c) => out.push(picture(c)),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '&' => out.push_str("&amp;"),
            _ => out.push(c),
        }
    }
    out
}
