//! How an SVG looks, in light and in dark. Colour is never the only sign: a kind is written in each box, what decides is
//! thick, what is missing is dashed.

use crate::schema::Kind;

/// Kinds with a colour of their own, in light and in dark; all others have that of text.
const COLOURS: [(Kind, &str, &str); 8] = [
    (Kind::Queue, "#0969da", "#58a6ff"),
    (Kind::QueueRoutingConfig, "#8250df", "#bc8cff"),
    (Kind::ServiceChannel, "#1a7f37", "#3fb950"),
    (Kind::ServicePresenceStatus, "#9a6700", "#d29922"),
    (Kind::PresenceUserConfig, "#bc4c00", "#f0883e"),
    (Kind::Skill, "#bf3989", "#f778ba"),
    (Kind::PermissionSet, "#57606a", "#8b949e"),
    (Kind::Profile, "#57606a", "#8b949e"),
];

/// The same in every picture; classes of its own keep it from pages that a picture is put into.
const LIGHT: &str = "
.omnic-graph { font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
.omnic-graph .ground { fill: #ffffff; }
.omnic-graph .box { fill: #f6f8fa; stroke: #57606a; stroke-width: 1; }
.omnic-graph .missing .box { stroke-dasharray: 5 4; }
.omnic-graph .center .box { stroke-width: 3; }
.omnic-graph .stripe { fill: #57606a; }
.omnic-graph text { fill: #1f2328; font-size: 13px; }
.omnic-graph .name { font-weight: 600; }
.omnic-graph .caption, .omnic-graph .label, .omnic-graph .legend { fill: #57606a; font-size: 11px; }
.omnic-graph .label { stroke: #ffffff; stroke-width: 3; paint-order: stroke; }
.omnic-graph .line { fill: none; stroke: #8c959f; stroke-width: 1; }
.omnic-graph .decides .line { stroke: #1f2328; stroke-width: 2.5; }
.omnic-graph .tip { fill: #8c959f; }
.omnic-graph .tip-decides { fill: #1f2328; }
.omnic-graph a:hover .box, .omnic-graph a:focus .box { stroke-width: 3; }
";

const DARK: &str = ".omnic-graph .ground { fill: #0d1117; }
.omnic-graph .box { fill: #161b22; stroke: #8b949e; }
.omnic-graph .stripe { fill: #8b949e; }
.omnic-graph text { fill: #e6edf3; }
.omnic-graph .caption, .omnic-graph .label, .omnic-graph .legend { fill: #9ea7b3; }
.omnic-graph .label { stroke: #0d1117; }
.omnic-graph .line { stroke: #6e7681; }
.omnic-graph .decides .line { stroke: #e6edf3; }
.omnic-graph .tip { fill: #6e7681; }
.omnic-graph .tip-decides { fill: #e6edf3; }
";

/// The style sheet.
pub(super) fn style() -> String {
    let colours = |pick: fn(&(Kind, &'static str, &'static str)) -> &'static str| {
        let rule = |of: &(Kind, &'static str, &'static str)| {
            format!(".omnic-graph .{} .stripe {{ fill: {}; }}\n", of.0.as_str(), pick(of))
        };
        COLOURS.iter().map(rule).collect::<String>()
    };
    let (light, dark) = (colours(|of| of.1), colours(|of| of.2));
    format!("{LIGHT}{light}@media (prefers-color-scheme: dark) {{\n{DARK}{dark}}}\n")
}
