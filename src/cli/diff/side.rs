//! The two sides of a comparison: a path, a plan or a git revision, each compiled.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use super::super::git::{self, Listed, Operand, Revision};
use super::super::run::{read_plan, without_project_options};
use super::super::write::Outputs;
use super::super::{Failure, compile, output};
use super::DiffArgs;
use crate::analyse::Live;
use crate::compile::OnErrors;
use crate::config::{Origin, Setting};
use crate::diagnostics::Summary;
use crate::plan::{LeftOut, Plan};
use crate::setup::{BaselineUse, Ready};
use crate::source::{self, Entry, Interest, Selection, Snapshot};
use crate::text::count;

/// One side, compiled.
pub(super) struct CompiledSide {
    /// What it is, as people read it: `` `main` ``, `the working tree`.
    pub(super) name: String,
    /// What it is, for programs: `main`.
    pub(super) title: String,
    /// The root of the project, from the working directory; none for a plan, which does not say.
    pub(super) root: Option<String>,
    /// What is not compared, and why, each without a full stop.
    pub(super) notes: Vec<String>,
    /// True for a project without Omni-Channel metadata.
    is_empty: bool,
    /// Its plan.
    pub(super) plan: Plan,
}

/// Reads both sides. What is to be known of them is told on standard error; nothing is given if one cannot be compiled.
pub(super) fn read(
    args: &DiffArgs,
    matches: &ArgMatches,
    outputs: &Outputs<'_>,
) -> Result<Option<[CompiledSide; 2]>, Failure> {
    let Operands { sides: [old, new], project } = operands(args)?;
    options_count(args, matches, [&old, &new])?;
    let around = project.or_else(|| [&new, &old].into_iter().find_map(path_of_project).cloned());
    let around = around.unwrap_or_else(|| PathBuf::from("."));
    let reader = Reader { args, matches, outputs, around };
    // Git lists both commits at once, and the new side is read while the old one is compiled.
    let (old, new) = rayon::join(|| reader.find(&old), || reader.find(&new));
    let (old, snapshot) = reader.load(old?, true, None)?;
    let mut before = None;
    let (old, new) =
        rayon::join(|| reader.compiled(old, &mut before), || new.and_then(|new| reader.load(new, false, snapshot)));
    let Some(old) = old? else { return Ok(None) };
    let Some(new) = reader.compiled(new?.0, &mut before)? else { return Ok(None) };
    // Most often a slip, which must not look like two sides that are alike.
    if old.is_empty && new.is_empty {
        let message = format!("nothing to compare: there is no Omni-Channel metadata in {} and {}", old.name, new.name);
        return Err(Failure::new(message).with_help("give the folder of a Salesforce project"));
    }
    Ok(Some([old, new]))
}

/// What the arguments name.
struct Operands {
    sides: [Operand; 2],
    /// The project that two commits are about.
    project: Option<PathBuf>,
}

fn path_of_project(operand: &Operand) -> Option<&PathBuf> {
    match operand {
        Operand::Project(path) => Some(path),
        _ => None,
    }
}

fn operands(args: &DiffArgs) -> Result<Operands, Failure> {
    let here = Path::new(".");
    let project = args.new.as_deref().filter(|path| path.exists()).unwrap_or(here);
    let read = |argument: &Path| {
        let (operand, note) = git::operand(argument, project)?;
        if let Some(note) = note {
            output::complain(&note);
        }
        Ok::<_, Failure>(operand)
    };
    let two = || {
        Failure::new("a range of commits names both sides already")
            .with_help("after a range, the second argument can only be the path of the project; else leave it out")
    };
    let new = args.new.as_deref().map(read).transpose()?;
    let (sides, project) = match (read(&args.project.path)?, new) {
        (Operand::Range(old, new), None) => ([Operand::Revision(old), Operand::Revision(new)], None),
        (Operand::Range(old, new), Some(Operand::Project(path))) => {
            ([Operand::Revision(old), Operand::Revision(new)], Some(path))
        }
        (Operand::Range(..), Some(_)) | (_, Some(Operand::Range(..))) => return Err(two()),
        (old, new) => ([old, new.unwrap_or_else(|| Operand::Project(here.to_path_buf()))], None),
    };
    Ok(Operands { sides, project })
}

/// Refuses options about projects where there is none.
fn options_count(args: &DiffArgs, matches: &ArgMatches, sides: [&Operand; 2]) -> Result<(), Failure> {
    match sides {
        [Operand::Plan(old), _] if args.old_records.is_some() => {
            let shown = source::display(old);
            let message =
                format!("`--old-records` is for a project, and `{shown}` is a plan, which is compiled already");
            Err(Failure::new(message).with_help("leave `--old-records` out, or name the project instead of the plan"))
        }
        [Operand::Plan(_), Operand::Plan(new)] => without_project_options(new, matches),
        _ => Ok(()),
    }
}

/// A revision as it was written; of an id, the start.
fn short(Revision { name, commit }: &Revision) -> String {
    if name == commit { name.chars().take(10).collect() } else { name.clone() }
}

/// A side that was found.
enum Found<'o> {
    Plan(&'o Path),
    Project(&'o Path),
    Revision(Listed<'o>, &'o Revision),
}

/// A side that was read.
enum Loaded<'o> {
    Plan(&'o Path),
    Project { ready: Box<Ready>, name: String, title: String },
}

struct Reader<'a> {
    args: &'a DiffArgs,
    matches: &'a ArgMatches,
    outputs: &'a Outputs<'a>,
    /// The project whose revisions are meant.
    around: PathBuf,
}

impl Reader<'_> {
    fn find<'o>(&self, operand: &'o Operand) -> Result<Found<'o>, Failure> {
        Ok(match operand {
            Operand::Plan(path) => Found::Plan(path),
            Operand::Project(path) => Found::Project(path),
            // Two of them are two sides.
            Operand::Revision(revision) | Operand::Range(revision, _) => {
                Found::Revision(Listed::read(&self.around, revision)?, revision)
            }
        })
    }

    /// Reads a side, and gives what its commit has. `before` is another commit, of which the project was read already.
    fn load<'o>(
        &self,
        found: Found<'o>,
        is_old: bool,
        before: Option<Arc<Snapshot>>,
    ) -> Result<(Loaded<'o>, Option<Arc<Snapshot>>), Failure> {
        match found {
            // A plan is read when its turn comes, so that messages about the old side come first.
            Found::Plan(path) => Ok((Loaded::Plan(path), None)),
            Found::Project(path) => {
                let is_here = path == Path::new(".");
                let title = if is_here { "the working tree".to_owned() } else { source::display(path) };
                let name = if is_here { title.clone() } else { format!("`{title}`") };
                let ready = Box::new(self.setup(is_old)?.load(path, BaselineUse::Read)?);
                Ok((Loaded::Project { ready, name, title }, None))
            }
            Found::Revision(listed, revision) => {
                let title = short(revision);
                let setup = self.setup(is_old)?;
                let (ready, snapshot) = listed.project(&self.around, &setup, BaselineUse::Read, before)?;
                let loaded = Loaded::Project { ready: Box::new(ready), name: format!("`{title}`"), title };
                Ok((loaded, Some(snapshot)))
            }
        }
    }

    fn setup(&self, is_old: bool) -> Result<crate::setup::Setup, Failure> {
        let mut given = self.args.project.given(self.matches)?;
        if let Some(folder) = self.args.old_records.clone().filter(|_| is_old) {
            given.records = Some(Setting::new(folder, Origin::Flag("--old-records")));
        }
        Ok(self.args.project.setup(given))
    }

    /// Compiles a side; none if that is not possible, which is told. `before` is the side before: files that are the same
    /// need not be read again.
    fn compiled(&self, side: Loaded<'_>, before: &mut Option<Live>) -> Result<Option<CompiledSide>, Failure> {
        let (ready, name, title) = match side {
            Loaded::Plan(path) => return self.plan(path).map(Some),
            Loaded::Project { ready, name, title } => (*ready, name, title),
        };
        for line in &ready.told {
            output::complain(line);
        }
        self.outputs.spare_project(&ready)?;
        let Ready { mut project, mut options, .. } = ready;
        project.selection = Selection::All;
        options.keep_lines = true;
        options.policy.only_errors();
        let live = match before.take() {
            Some(mut live) => {
                live.replace(project.clone());
                live.set_options(options);
                live
            }
            None => Live::new(project.clone(), options),
        };
        let live = before.insert(live);
        let analysis = live.analyse();
        let plan = match crate::compile::compile(&analysis, &project.problems, OnErrors::LeaveOut) {
            Ok(plan) => plan,
            Err(no_plan) => {
                output::complain(&format!("error: {name} cannot be compared: {no_plan}"));
                return Ok(None);
            }
        };
        let mut notes = Vec::new();
        let is_ours = |entry: &Entry| !entry.ignored && entry.interest != Interest::Aside;
        let is_empty = !project.entries.iter().any(is_ours);
        if is_empty {
            notes.push(format!("there is no Omni-Channel metadata in {name}"));
        }
        let errors = Summary::of(&analysis.diagnostics).errors;
        if errors > 0 {
            notes.push(format!("{name} has {}; `omnic check` shows them", count(errors, "error")));
        }
        for (path, _) in &project.problems {
            notes.push(format!("{name}: `{path}` could not be read, and is not compared"));
        }
        for LeftOut { component, name: row, code } in &plan.left_out {
            let noun = compile::noun(component);
            notes.push(format!("{name}: the {noun} `{row}` is left out of the comparison ({code} says why)"));
        }
        for note in &notes {
            output::complain(&format!("note: {note}"));
        }
        let root = Some(project.display_root.clone());
        // The process ends soon: to give back a large project's memory piece by piece would only take time.
        std::mem::forget((analysis, project));
        Ok(Some(CompiledSide { name, title, root, notes, is_empty, plan }))
    }

    fn plan(&self, path: &Path) -> Result<CompiledSide, Failure> {
        self.outputs.spare([path])?;
        let plan = read_plan(path)?;
        let title = source::display(path);
        let name = format!("`{title}`");
        Ok(CompiledSide { name, title, root: None, notes: Vec::new(), is_empty: false, plan })
    }
}
