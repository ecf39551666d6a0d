//! A picture in the language of Mermaid.

use std::fmt::Write as _;

use super::value::{Picture, PictureNode};
use crate::answers::roles::{decides, label};
use crate::text::{is_obeyed, picture};

impl Picture {
    /// A diagram in the language of Mermaid.
    pub fn mermaid(&self) -> String {
        // Writing to memory does not fail.
        let mut text = "graph LR\n".to_owned();
        for (at, node) in self.nodes.iter().enumerate() {
            let class = if Some(at) == self.center { ":::center" } else { class(node) };
            let (caption, heading) = (escaped(&node.caption()), escaped(&node.heading()));
            // A box with two more sides stands for several.
            let (open, close) = if node.count > 1 { ("[[", "]]") } else { ("[", "]") };
            let words =
                if node.count > 1 { format!("{heading}<br>{caption}") } else { format!("{caption}<br>{heading}") };
            let _ = writeln!(text, "    n{at}{open}\"{words}\"{close}{class}");
        }
        for edge in &self.edges {
            let arrow = if decides(edge.role) { "==>" } else { "-->" };
            let _ = writeln!(text, "    n{} {arrow}|\"{}\"| n{}", edge.from, label(edge.role, edge.count), edge.to);
        }
        text.push_str("    classDef center stroke-width:3px\n    classDef missing stroke-dasharray:4 4\n");
        text
    }
}

const fn class(node: &PictureNode) -> &'static str {
    if node.is_missing() { ":::missing" } else { "" }
}

/// A text inside a quoted label: what means something there is written as an entity.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            _ if is_obeyed(c) => out.push(picture(c)),
            '"' | '#' | '<' | '>' | '&' | '`' | '\\' | '|' | '[' | ']' | '{' | '}' => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}
