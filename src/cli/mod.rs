//! The command line: arguments in, text and an exit status out.
//!
//! One file per command. The only room, with the language server, that prints.

mod check;
mod compile;
#[doc(hidden)]
pub mod completions;
mod explain;
mod output;
mod version;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::analyse;
use crate::diagnostics::Severity;
use crate::graph::World;
use crate::schema;
use crate::source::{self, ApiVersion, DiscoverOptions, Project};

/// Nothing at or above the threshold was found.
const CLEAN: u8 = 0;
/// Something at or above the threshold was found; for `compile`, the project has errors.
const FOUND: u8 = 1;
/// The arguments are wrong, something could not be read or written, or there was nothing to check.
const FAILED: u8 = 2;

/// Checks Salesforce Omni-Channel configuration offline, and compiles it into a routing plan.
#[derive(Debug, Parser)]
#[command(name = "omnic", version, disable_version_flag = true, max_term_width = 100)]
#[command(arg_required_else_help = true, args_conflicts_with_subcommands = true)]
#[command(after_help = "Exit status: 0 nothing found at or above --fail-on, 1 something found, 2 wrong arguments, \
                        something unreadable, or nothing to check.")]
struct Cli {
    /// Print the version
    #[arg(short = 'V', long)]
    version: bool,
    /// With --version: what a bug report needs, too
    #[arg(long, requires = "version")]
    verbose: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check a project, a folder or a file; only what is in the folder or file is reported
    Check(check::CheckArgs),
    /// Compile a project into its routing plan
    Compile(compile::CompileArgs),
    /// Explain a check, or list them all
    Explain(explain::ExplainArgs),
    /// Print what completes the command line in a shell
    Completions(completions::CompletionsArgs),
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
        Some(Command::Check(args)) => check::run(&args),
        Some(Command::Compile(args)) => compile::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Completions(args)) => completions::run(&args),
        // Without arguments there is help instead, so it is the version that was asked for.
        None => version::run(cli.verbose),
    };
    ExitCode::from(status.unwrap_or_else(Failure::tell))
}

/// The whole command line, for what is made of it: manual pages, completions, and the test of the documentation.
#[doc(hidden)]
pub fn command() -> clap::Command {
    Cli::command()
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
    fn options(&self) -> analyse::Options {
        analyse::Options { world: self.world, strict: self.strict, keep_texts: false }
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
