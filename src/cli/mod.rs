//! The command line: arguments in, text and an exit status out.
//!
//! One file per command. The only room, with the language server, that prints.

mod check;
mod compile;
mod explain;
mod output;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::analyse;
use crate::diagnostics::Severity;
use crate::graph::World;
use crate::schema;
use crate::source::{self, ApiVersion, DiscoverOptions, FolderFile, Project};

/// Nothing at or above the threshold was found.
const CLEAN: u8 = 0;
/// Something at or above the threshold was found; for `compile`, the project has errors.
const FOUND: u8 = 1;
/// The arguments are wrong, something could not be read or written, or there was nothing to check.
const FAILED: u8 = 2;

/// Checks Salesforce Omni-Channel configuration offline, and compiles it into a routing plan.
#[derive(Debug, Parser)]
#[command(name = "omnic", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 wrong arguments, \
                        something unreadable, or nothing to check.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a project, a folder or a file; only what is in the folder or file is reported
    Check(check::CheckArgs),
    /// Compile a project into its routing plan
    Compile(compile::CompileArgs),
    /// Explain a check, or list them all
    Explain(explain::ExplainArgs),
}

/// What every command that reads a project takes.
#[derive(Debug, Args)]
struct ProjectArgs {
    /// Project, folder or file; the whole project around it is read
    #[arg(default_value = ".")]
    path: PathBuf,
    /// API version to check against, such as 66.0 [default: the project's, else the newest known]
    #[arg(long, value_name = "VERSION", value_parser = parse_api_version)]
    api_version: Option<ApiVersion>,
    /// What to assume of names that the project does not define
    #[arg(long, value_enum, default_value_t = World::Project)]
    world: World,
    /// Run the strict checks too: true, but noisy on healthy projects
    #[arg(long)]
    strict: bool,
    /// Folder with records of the org, exported with the Salesforce CLI; docs/org-records.md says how
    #[arg(long, value_name = "DIR", env = "OMNIC_RECORDS", hide_env_values = true)]
    records: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ColorArgs {
    /// When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Color {
    /// If the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What makes the exit status 1.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// An error
    Error,
    /// A warning or an error
    Warning,
    /// Any finding
    Note,
    /// Nothing
    Never,
}

impl FailOn {
    const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Never => None,
        }
    }
}

/// Runs the command with the process's arguments.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors, and clap knows where to print them. Nobody is left to tell if it cannot.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { FAILED } else { CLEAN });
        }
    };
    let status = match cli.command {
        Command::Check(args) => check::run(&args),
        Command::Compile(args) => compile::run(&args),
        Command::Explain(args) => explain::run(&args),
    };
    ExitCode::from(status.unwrap_or_else(Failure::tell))
}

/// Why a command could not do its work.
#[derive(Debug)]
struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Tells it on standard error, and gives the exit status.
    fn tell(self) -> u8 {
        output::complain(&format!("error: {}", self.message));
        if let Some(help) = self.help {
            output::complain(&format!("  help: {help}"));
        }
        FAILED
    }
}

fn parse_api_version(text: &str) -> Result<ApiVersion, String> {
    ApiVersion::parse(text).ok_or_else(|| "an API version looks like 66.0".to_owned())
}

impl ProjectArgs {
    fn options(&self, project: &Project) -> Result<analyse::Options, Failure> {
        let records = self.records(project)?;
        Ok(analyse::Options { world: self.world, strict: self.strict, records, ..analyse::Options::default() })
    }

    /// The files with records of the org. A folder without any is most often a slip.
    fn records(&self, project: &Project) -> Result<Vec<FolderFile>, Failure> {
        let Some(folder) = &self.records else { return Ok(Vec::new()) };
        let help = "name a folder with records of the org as `.json` or `.csv` files; docs/org-records.md says how to \
                    export them";
        let files = source::read_folder(&project.root, folder)
            .map_err(|error| Failure::new(format!("the records cannot be read: {error}")).with_help(help))?;
        if files.is_empty() {
            let message = format!("`{}` has no records: no `.json` or `.csv` file lies in it", folder.display());
            return Err(Failure::new(message).with_help(help));
        }
        Ok(files)
    }

    /// Finds the project, and tells on standard error what of it could not be used.
    fn discover(&self) -> Result<Project, Failure> {
        let folders: Vec<&str> = schema::type_folders().collect();
        let options =
            DiscoverOptions { api_version: self.api_version, interest: &analyse::interest, type_folders: &folders };
        let project = source::discover(&self.path, &options)
            .map_err(|error| Failure::new(error.to_string()).with_help(error.help()))?;
        for folder in &project.missing_packages {
            output::complain(&format!("warning: the package directory `{folder}` of sfdx-project.json does not exist"));
        }
        for (path, problem) in &project.problems {
            output::complain(&format!("error: `{path}` could not be used: {problem}"));
        }
        Ok(project)
    }
}
