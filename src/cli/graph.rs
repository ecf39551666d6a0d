//! `omnic graph`

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueEnum};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::findings::{Findings, Scope};
use super::project::{ProjectArgs, without_findings};
use super::write::{self, Outputs};
use super::{CLEAN, FAILED, Failure, OUTPUT, kinds, output};
use crate::analyse;
use crate::answers::Neighbourhood;
use crate::answers::picture::{self, Picture};
use crate::graph::Graph;
use crate::schema::Kind;
use crate::setup::{BaselineUse, Ready};
use crate::source::{self, Project, Selection};
use crate::text::{Content, count};

/// Where the options stand in the help.
const SELECTION: &str = "Selection";
/// How far a picture goes around a component.
const DEPTH: usize = 2;
/// People see nothing in a picture with more than these.
const MOST_NODES: usize = 100;

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic graph -o routing.svg                                     # the whole project
  omnic graph --focus Queue:Support -o support.svg               # what is around one queue
  omnic graph --kind Queue --kind QueueRoutingConfig --format dot
  omnic graph --focus Queue:Support --format mermaid             # to paste into a page

Exit status:
  0  the picture was written
  2  wrong arguments, something that could not be read (a file of the project included) or written, or nothing to draw")]
pub(super) struct GraphArgs {
    /// Draw what is around this component: its type and name, such as Queue:Support
    #[arg(long, value_name = "TYPE:NAME", help_heading = SELECTION)]
    focus: Option<String>,
    /// With --focus: how many references away from it a component may be
    #[arg(long, value_name = "N", requires = "focus", default_value_t = DEPTH, help_heading = SELECTION)]
    depth: usize,
    /// Draw only components of this type, such as Queue; repeatable
    #[arg(long, value_name = "TYPE", value_parser = kinds::parse_kind, help_heading = SELECTION)]
    kind: Vec<Kind>,
    /// When components of one type are folded into one: `auto` in pictures with more than 100, never in JSON
    #[arg(long, value_enum, default_value_t = Fold::Auto, value_name = "WHEN", help_heading = SELECTION)]
    fold: Fold,
    /// What is written
    #[arg(long, value_enum, default_value_t = GraphFormat::Svg, help_heading = OUTPUT)]
    format: GraphFormat,
    /// File to write to; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE", help_heading = OUTPUT)]
    output: Option<PathBuf>,
    #[command(flatten)]
    project: ProjectArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GraphFormat {
    /// A picture that browsers show, light or dark
    Svg,
    /// The language of Graphviz
    Dot,
    /// The language of Mermaid, which GitHub and GitLab draw
    Mermaid,
    /// For programs; schemas/graph.schema.json describes it
    Json,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Fold {
    /// If a picture would be too large to be read
    Auto,
    /// Every type with more than one component
    Always,
    /// Never
    Never,
}

pub(super) fn run(args: &GraphArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    without_findings(matches)?;
    let file = args.output.as_deref().filter(|path| !write::is_stdout(path));
    let mut outputs = Outputs::default();
    if let Some(path) = file {
        outputs.add("--output", path);
    }
    let mut ready = args.project.load(&args.project.path, args.project.given(matches)?, BaselineUse::Ignored)?;
    outputs.spare_project(&ready)?;
    // What is drawn is chosen by options alone.
    ready.project.selection = Selection::All;
    let Ready { project, options, .. } = &ready;
    let analysis = analyse::analyse(project, options);
    // That there is nothing to draw must not look like success.
    Findings::of(project, &analysis, &Scope::default(), false)?;
    let picture = args.picture(&analysis.graph)?;
    let link = |path: &str| link(project, file, path);
    let (content, text) = match args.format {
        GraphFormat::Svg => (Content::Xml, picture.svg(&args.title(&analysis.graph), &link)),
        GraphFormat::Dot => (Content::Text, picture.dot(&link)),
        GraphFormat::Mermaid => (Content::Text, picture.mermaid()),
        GraphFormat::Json => (Content::Data, picture::to_json(&picture, &project.display_root)),
    };
    output::write_to(file, content, &text)?;
    if picture.left_out > 0 {
        let more = count(picture.left_out, "component");
        output::complain(&format!("note: {more} more in range but not drawn; a smaller `--depth` draws a part whole"));
    }
    Ok(if project.problems.is_empty() { CLEAN } else { FAILED })
}

impl GraphArgs {
    fn picture(&self, graph: &Graph) -> Result<Picture, Failure> {
        let whole = match &self.focus {
            Some(name) => {
                let center = kinds::find(graph, "`--focus`", name)?;
                Picture::around(graph, &Neighbourhood::of(graph, center, self.depth))
            }
            None => Picture::whole(graph),
        };
        let of_kinds = whole.of_kinds(&self.kind);
        if of_kinds.nodes.is_empty() {
            return Err(Failure::new("nothing to draw: the project has no component of these types")
                .with_help("leave out `--kind`, or name other types"));
        }
        let most = match self.fold {
            Fold::Auto if self.format == GraphFormat::Json => usize::MAX,
            Fold::Auto => MOST_NODES,
            Fold::Always => 0,
            Fold::Never => usize::MAX,
        };
        Ok(of_kinds.folded(most))
    }

    fn title(&self, graph: &Graph) -> String {
        let center = self.focus.as_deref().and_then(|name| kinds::find(graph, "`--focus`", name).ok());
        match center.map(|node| graph.node(node)) {
            Some(node) => format!("Omni-Channel: what is around the {} {}", node.kind.noun(), node.name),
            None => "Omni-Channel: how the components of the project name each other".to_owned(),
        }
    }
}

/// What stands for itself in a relative link. A colon in the first part would make it the name of a protocol.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The link to a file of the project: from the folder of the file that is written, if that lies in the project's work
/// tree, else from the project's root. So no picture says where a project lies on a machine.
fn link(project: &Project, written: Option<&Path>, path: &str) -> String {
    let around = source::work_tree(&project.root).unwrap_or_else(|| project.root.clone());
    let from =
        written.and_then(|file| source::absolute(file).ok()).and_then(|file| file.parent().map(Path::to_path_buf));
    let relative = from
        .filter(|folder| folder.starts_with(&around))
        .and_then(|folder| source::relative(&folder, &source::join(&project.root, path)));
    utf8_percent_encode(relative.as_deref().unwrap_or(path), PLAIN).to_string()
}

/// The JSON Schema of `--format json`.
#[doc(hidden)]
pub fn schema() -> String {
    picture::schema()
}
