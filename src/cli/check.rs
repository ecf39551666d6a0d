//! `omnic check`

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};

use super::findings::{Findings, Scope};
use super::fix::{self, FixArgs};
use super::formats::{self, Format, Output, Style};
use super::project::{ProjectArgs, origin};
use super::write::{self, Outputs};
use super::{CLEAN, ColorArgs, FAILED, FOUND, Failure, OUTPUT, git, only, output};
use crate::analyse;
use crate::config::{FailOn, Given, Setting};
use crate::diagnostics::Severity;
use crate::diagnostics::render::{Report, human};
use crate::graph::File;
use crate::setup::{BaselineUse, Ready};
use crate::source::{self, MAX_FILE_BYTES, ReadProblem, Selection};
use crate::text::{Content, count};

/// Options that belong to one command stand before those that commands share; the help has them in this order.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  omnic check                                        # the project around the working directory
  omnic check force-app/main/default/queues          # report one folder of it
  omnic check --changed origin/main                  # report what a branch changes
  omnic check --fail-on warning                      # let warnings fail too
  omnic check --diff                                 # see what --fix would correct
  omnic check --output human --output junit=out.xml  # for people, and for a CI server

Exit status:
  0  nothing was found from --fail-on on
  1  something was found from --fail-on on, or --diff has something to show
  2  wrong arguments, something that could not be read or written, or nothing to check")]
pub(super) struct CheckArgs {
    #[command(flatten)]
    severity: SeverityArgs,
    /// Report only what concerns these files and folders; the whole project is analysed
    #[arg(long, value_name = "PATH", num_args = 1.., help_heading = SELECTION)]
    only: Vec<PathBuf>,
    /// Report only what concerns the files that changed since this commit or branch, or in `A..B` or `A...B`
    #[arg(long, value_name = "REF", conflicts_with = "only", help_heading = SELECTION)]
    changed: Option<String>,
    /// With `-` as path: the file that standard input stands for
    #[arg(long, value_name = "PATH", help_heading = SELECTION)]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    fixes: FixArgs,
    /// How findings are written to standard output
    #[arg(long, value_enum, default_value_t = Format::Human, env = "OMNIC_FORMAT", hide_env = true)]
    #[arg(help_heading = OUTPUT)]
    format: Format,
    /// Write findings in this format to a file, or without a file to standard output instead of --format; repeatable
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Output::parse, help_heading = OUTPUT)]
    output: Vec<Output>,
    /// Show how many findings there are of each check instead of the findings
    #[arg(long, help_heading = OUTPUT)]
    statistics: bool,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// Where the options stand in the help.
const SELECTION: &str = "Selection";

/// What is shown.
#[derive(Debug, Args)]
pub(super) struct MinSeverityArgs {
    /// Show findings from this severity on [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY", env = "OMNIC_MIN_SEVERITY", hide_env = true)]
    min_severity: Option<Severity>,
}

/// What is shown, and what fails.
#[derive(Debug, Args)]
pub(super) struct SeverityArgs {
    #[command(flatten)]
    shown: MinSeverityArgs,
    /// Exit with status 1 if there is a finding from this severity on, shown or not [default: error]
    #[arg(long, value_enum, value_name = "SEVERITY", env = "OMNIC_FAIL_ON", hide_env = true)]
    fail_on: Option<FailOn>,
}

impl MinSeverityArgs {
    pub(super) fn given(&self, given: Given, matches: &ArgMatches) -> Given {
        let origin = origin(matches, "min_severity", "--min-severity", "OMNIC_MIN_SEVERITY");
        Given { min_severity: self.min_severity.map(|value| Setting::new(value, origin)), ..given }
    }
}

impl SeverityArgs {
    pub(super) fn given(&self, given: Given, matches: &ArgMatches) -> Given {
        let origin = origin(matches, "fail_on", "--fail-on", "OMNIC_FAIL_ON");
        let given = Given { fail_on: self.fail_on.map(|value| Setting::new(value, origin)), ..given };
        self.shown.given(given, matches)
    }
}

pub(super) fn run(args: &CheckArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    args.validate()?;
    let given = args.severity.given(args.project.given(matches)?, matches);
    let mut loaded = args.load(given)?;
    args.spare_inputs(&loaded)?;
    loaded.options.keep_texts = args.fixes.any();
    let Ready { project, settings, options, .. } = &loaded;
    let mut scope = args.scope(&loaded)?;
    let to_fix = args.fixes.any().then(|| fix::without_baseline(options));
    let mut analysis = analyse::analyse(project, to_fix.as_ref().unwrap_or(options));
    scope.widen(&analysis.graph);
    if let Some(to_fix) = &to_fix {
        // That there is nothing to check is found out before anything is written.
        Findings::of(project, &analysis, &scope, false)?;
        let fixed = fix::fix(analysis, to_fix, &loaded, &scope, &args.fixes);
        if args.fixes.diff {
            let status = fix::show(&fixed, project)?;
            return Ok(if project.problems.is_empty() { status } else { FAILED });
        }
        if !fix::write(&fixed, project) {
            return Ok(FAILED);
        }
        analysis = analyse::again(&fixed.analysis.sources, &fixed.analysis.graph, options);
    }
    let found = Findings::of(project, &analysis, &scope, args.is_for_machines())?;
    let least = settings.min_severity.value;
    let shown = found.shown(least);
    analysis.load(project, &shown.diagnostics);
    let report = found.report(project, &analysis, &shown);
    args.write(&report, least)?;
    if !analysis.stale.is_empty() {
        let stale: usize = analysis.stale.iter().map(|entry| entry.count as usize).sum();
        let (what, them) =
            if stale == 1 { ("1 finding that is", "it") } else { (&*format!("{stale} findings that are"), "them") };
        output::complain(&format!(
            "note: the baseline holds {what} no longer there; `omnic baseline prune` takes {them} out"
        ));
    }
    let fails = settings.fail_on.value.severity().is_some_and(|severity| found.summary.at_least(severity) > 0);
    let failed = !project.problems.is_empty() || analysis.graph.files.iter().any(|file| is_unreadable(file));
    // The process ends here: to give back a large project's memory piece by piece would only take time.
    std::mem::forget((analysis, loaded));
    Ok(match (failed, fails) {
        (true, _) => FAILED,
        (_, true) => FOUND,
        _ => CLEAN,
    })
}

impl CheckArgs {
    /// The project; where the path is `-`, with what standard input holds in the place of one file.
    fn load(&self, given: Given) -> Result<Ready, Failure> {
        let is_stdin = self.project.path.as_os_str() == "-";
        let Some(name) = &self.stdin_filename else {
            if is_stdin {
                return Err(Failure::new("standard input has no name")
                    .with_help("say with `--stdin-filename` which file of the project it stands for"));
            }
            return self.project.load(&self.project.path, given, BaselineUse::Read);
        };
        if !is_stdin {
            return Err(Failure::new("`--stdin-filename` is for standard input").with_help("give `-` as the path"));
        }
        let text = read_stdin()?;
        // The file need not exist yet; what is around it must.
        let there = Some(&**name).filter(|name| name.is_file());
        let around = name.ancestors().skip(1).find(|folder| folder.as_os_str().is_empty() || folder.is_dir());
        let around = around.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut loaded = self.project.load(there.unwrap_or(around), given, BaselineUse::Read)?;
        let project = &mut loaded.project;
        let disk = source::absolute(name)
            .map_err(|error| Failure::new(format!("`{}` is no path: {error}", name.display())))?;
        if project.shadow(&disk, &text, &analyse::interest)
            && let Some(path) = source::relative(&project.root, &disk)
        {
            project.selection = Selection::Only([path].into());
            return Ok(loaded);
        }
        Err(Failure::new(format!("`{}` is no file of Omni-Channel metadata in the project", name.display()))
            .with_help("name a file in a package directory, such as `Support.queue-meta.xml`"))
    }

    fn scope(&self, loaded: &Ready) -> Result<Scope, Failure> {
        let project = &loaded.project;
        if let Some(reference) = &self.changed {
            let scope = Scope::only(project, &git::changed(project, reference)?);
            let files = count(scope.files(project), "file");
            output::complain(&format!("note: {files} of the project to report, by what changed since `{reference}`"));
            return Ok(scope);
        }
        if self.only.is_empty() {
            return Ok(Scope::default());
        }
        only::scope(project, &self.only)
    }

    /// Refuses to write findings to a file that was read.
    fn spare_inputs(&self, loaded: &Ready) -> Result<(), Failure> {
        let mut outputs = Outputs::default();
        for file in self.output.iter().filter_map(|output| output.file.as_deref()) {
            outputs.add("--output", file);
        }
        outputs.spare_project(loaded)
    }

    /// Writes the report wherever it is wanted.
    fn write(&self, report: &Report<'_>, least: Severity) -> Result<(), Failure> {
        let plain = Style { color: false, statistics: self.statistics, least };
        for Output { format, file } in &self.output {
            if let Some(file) = file {
                let mut text = Vec::new();
                // Writing to memory does not fail.
                let _ = formats::render(*format, plain, report, &mut text);
                write::write_file(file, &String::from_utf8_lossy(&text))?;
            }
        }
        let mut on_stdout: Vec<_> =
            self.output.iter().filter(|output| output.file.is_none()).map(|output| output.format).collect();
        if on_stdout.is_empty() {
            on_stdout.push(self.format);
        }
        if on_stdout == [Format::Github] {
            // Without findings it is silent, which looks as if nothing had run.
            output::complain(&human::summary_line(report, least));
        }
        let style = Style { color: output::use_color(self.color.color, &io::stdout()), ..plain };
        // Each format guards its own lines.
        output::print(Content::Data, |out| {
            on_stdout.iter().try_for_each(|&format| formats::render(format, style, report, out))
        })
    }

    fn is_for_machines(&self) -> bool {
        self.output.iter().map(|output| output.format).chain([self.format]).any(|format| !format.is_for_people())
    }

    /// Refuses what makes no sense together.
    fn validate(&self) -> Result<(), Failure> {
        let mut formats = self.output.iter().map(|output| output.format).chain([self.format]);
        if self.fixes.unsafe_fixes && !self.fixes.any() {
            return Err(Failure::new("`--unsafe-fixes` alone changes nothing")
                .with_help("add `--diff` to see what it would change, or `--fix`"));
        }
        if self.fixes.diff && (self.statistics || !self.output.is_empty()) {
            return Err(Failure::new("`--diff` shows a difference, and writes no findings")
                .with_help("leave out `--output` and `--statistics`, or run once more for them"));
        }
        if self.fixes.diff && self.format != Format::Human {
            return Err(Failure::new("`--diff` shows a difference, and writes no findings")
                .with_help("leave out `--format`, or run once more for them"));
        }
        formats::validate(&self.output)?;
        if self.fixes.any() && self.stdin_filename.is_some() {
            return Err(Failure::new("standard input cannot be fixed").with_help("name a file"));
        }
        if self.statistics && !formats.all(Format::has_statistics) {
            return Err(Failure::new("`--statistics` is for the formats human, concise and json")
                .with_help("name one of them with `--format`"));
        }
        Ok(())
    }
}

/// True if the file was not read: the operating system does not let us, or it is out of bounds.
fn is_unreadable(file: &File) -> bool {
    matches!(file.problem, Some(ReadProblem::Io(_) | ReadProblem::Outside(_)))
}

fn read_stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_FILE_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("standard input cannot be read: {error}")))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(Failure::new(format!("standard input has more than {MAX_FILE_BYTES} bytes")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::new(format!("standard input is not UTF-8 text (byte {at} is the first that is not)"))
    })
}
