//! The command line: arguments in, text and an exit status out.
//!
//! One file per command. The only room, with the language server, that prints.

mod baseline;
mod check;
#[doc(hidden)]
pub mod closure;
mod compile;
#[doc(hidden)]
pub mod completions;
mod config;
#[doc(hidden)]
pub mod diff;
mod explain;
mod findings;
mod fix;
mod formats;
mod git;
#[doc(hidden)]
pub mod graph;
mod kinds;
#[cfg(feature = "lsp")]
mod lsp;
mod only;
mod output;
mod project;
#[doc(hidden)]
pub mod run;
#[cfg(feature = "serve")]
#[doc(hidden)]
pub mod serve;
mod version;
#[doc(hidden)]
pub mod why;
mod write;

use std::io;
use std::process::ExitCode;

use clap::builder::Resettable;
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, ArgMatches, Args, CommandFactory, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use crate::text::{Content, is_obeyed, printable};

/// Nothing at or above the threshold was found.
const CLEAN: u8 = 0;
/// Something at or above the threshold was found; for `compile` and `run`, the project has errors; for `run`, also that
/// an event was refused.
const FOUND: u8 = 1;
/// The arguments are wrong, something could not be read or written, or there was nothing to check.
const FAILED: u8 = 2;

/// Where options of several commands stand in the help.
const OUTPUT: &str = "Output";

/// Checks Salesforce Omni-Channel configuration offline, and compiles it into a routing plan.
#[derive(Debug, Parser)]
#[command(name = "omnic", bin_name = "omnic", version, disable_version_flag = true, max_term_width = 100)]
#[command(arg_required_else_help = true, args_conflicts_with_subcommands = true)]
#[command(after_help = "\
Begin with `omnic check` in the folder of a Salesforce project. `omnic COMMAND --help` has examples, and says what the \
exit status means.")]
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
    /// Check a project, or one folder or file of it
    ///
    /// The whole project is always read, since names lead from file to file. Only what lies in the folder or file is
    /// reported.
    Check(Box<check::CheckArgs>),
    /// Compile a project into its routing plan
    ///
    /// The plan says what the configuration does, as one JSON file. It is always of the whole project, and the same
    /// project gives the same bytes. A project with errors is not compiled.
    Compile(compile::CompileArgs),
    /// Route work by a plan: apply events, and print what happens
    ///
    /// The plan may be a file, or a project, which is then compiled. Events are JSON Lines, each with its time;
    /// schemas/run-events.schema.json describes them. What happens is printed as JSON Lines too, or as sentences that
    /// say why. The same plan and events give the same bytes.
    #[command(mut_arg("path", |arg| arg.value_name("PLAN|PATH").help(run::PATH_HELP)))]
    Run(Box<run::RunArgs>),
    /// Say who can be offered work, and why nobody else can
    ///
    /// Of a project, each reason comes with its file and line, and work that reaches nobody with what would help. Of a plan,
    /// the answer is what `omnic run` goes by. What the files do not say stays unknown, and is named.
    #[command(mut_arg("path", |arg| arg.value_name("PATH|PLAN").help(why::PATH_HELP)))]
    Why(Box<why::WhyArgs>),
    /// Say what a change does to routing: between two projects, plans or git revisions
    ///
    /// Not how the files differ, but who can be offered which work, in which order, at what cost and on what terms, the
    /// worst first, each with the lines that cause it. Without arguments, the last commit is compared with the working
    /// tree. A side with errors is compiled as far as it can be, and what is left out is named.
    #[command(mut_arg("path", |arg| arg.index(1).value_name("OLD").help(diff::OLD_HELP).default_value("HEAD")))]
    Diff(Box<diff::DiffArgs>),
    /// Draw the components and how they name each other: as SVG, DOT, Mermaid or JSON
    ///
    /// The picture is of the whole project, or of what is around one component. Thick arrows decide who is offered work.
    /// The same project gives the same bytes.
    #[command(mut_arg("strict", |arg| arg.hide(true)), mut_arg("baseline", |arg| arg.hide(true)))]
    Graph(graph::GraphArgs),
    /// List what a change needs to be deployed, as a manifest for the Salesforce CLI
    ///
    /// What the named files and components need is followed to its end, and the result is a package.xml, JSON, or a list
    /// that says why each component is there. With --reverse it is what depends on them.
    #[command(mut_arg("strict", |arg| arg.hide(true)), mut_arg("baseline", |arg| arg.hide(true)))]
    #[command(mut_arg("path", |arg| arg.index(1).value_name("PATH|FILE|TYPE:NAME").help(closure::PATH_HELP)))]
    Closure(Box<closure::ClosureArgs>),
    /// Explain a check, or list them all
    Explain(explain::ExplainArgs),
    /// Show the effective settings, and where each comes from
    Config(config::ConfigArgs),
    /// Accept what is found today, so that only what is new is reported
    Baseline(baseline::BaselineArgs),
    /// Serve an editor, over the Language Server Protocol
    ///
    /// Editors start it; docs/editors.md says how. It speaks over standard input and output.
    #[cfg(feature = "lsp")]
    Lsp(lsp::LspArgs),
    /// Serve an org that has a routing plan, for adapters, tools and tests
    ///
    /// Clients that are made for Salesforce connect to it: REST, SOQL, SOAP and OAuth logins, Streaming API. It is for
    /// development and tests, and listens on this machine alone. docs/serve.md says what is served.
    #[cfg(feature = "serve")]
    #[command(mut_arg("path", |arg| arg.value_name("PATH|PLAN").help(run::PATH_HELP)))]
    Serve(Box<serve::ServeArgs>),
    /// Print what completes the command line in a shell
    Completions(completions::CompletionsArgs),
}

#[derive(Debug, Args)]
struct ColorArgs {
    /// When to use colours; NO_COLOR and CLICOLOR_FORCE are respected
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN", help_heading = OUTPUT)]
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

/// Runs the command with the process's arguments.
pub fn main() -> ExitCode {
    let matches = without_empty_variables(Cli::command()).try_get_matches();
    let parsed = matches.and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, matches)));
    let (cli, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return ExitCode::from(tell_usage(error).unwrap_or_else(Failure::tell)),
    };
    let none = ArgMatches::default();
    let matches = matches.subcommand().map_or(&none, |(_, matches)| matches);
    let status = match cli.command {
        Some(Command::Check(args)) => check::run(&args, matches),
        Some(Command::Compile(args)) => compile::run(&args, matches),
        Some(Command::Run(args)) => run::run(&args, matches),
        Some(Command::Why(args)) => why::run(&args, matches),
        Some(Command::Diff(args)) => diff::run(&args, matches),
        Some(Command::Graph(args)) => graph::run(&args, matches),
        Some(Command::Closure(args)) => closure::run(&args, matches),
        Some(Command::Explain(args)) => explain::run(&args),
        Some(Command::Config(args)) => config::run(&args, matches),
        Some(Command::Baseline(args)) => baseline::run(&args, matches),
        #[cfg(feature = "lsp")]
        Some(Command::Lsp(args)) => lsp::run(&args),
        #[cfg(feature = "serve")]
        Some(Command::Serve(args)) => serve::run(args, matches),
        Some(Command::Completions(args)) => completions::run(&args),
        // Without arguments there is help instead, so it is the version that was asked for.
        None => version::run(cli.verbose),
    };
    ExitCode::from(status.unwrap_or_else(Failure::tell))
}

/// Prints what clap says, which is also help, and gives the exit status.
fn tell_usage(mut error: clap::Error) -> Result<u8, Failure> {
    clean(&mut error);
    let text = error.render();
    let is_styled = if error.use_stderr() {
        output::use_color(Color::Auto, &io::stderr())
    } else {
        output::use_color(Color::Auto, &io::stdout())
    };
    let (text, content) =
        if is_styled { (text.ansi().to_string(), Content::Styled) } else { (text.to_string(), Content::Text) };
    if error.use_stderr() {
        output::print_error(content, |out| out.write_all(text.as_bytes()));
        return Ok(FAILED);
    }
    output::print(content, |out| out.write_all(text.as_bytes()))?;
    Ok(CLEAN)
}

/// Makes printable what an error quotes of arguments and environment variables.
fn clean(error: &mut clap::Error) {
    let quoted: Vec<_> = error.context().map(|(kind, value)| (kind, value.clone())).collect();
    let is_clean = |text: &str| !text.chars().any(is_obeyed);
    let mut is_hostile = false;
    for (kind, value) in quoted {
        let cleaned = match value {
            ContextValue::String(text) if !is_clean(&text) => ContextValue::String(printable(&text)),
            ContextValue::Strings(texts) if !texts.iter().all(|text| is_clean(text)) => {
                ContextValue::Strings(texts.iter().map(|text| printable(text)).collect())
            }
            _ => continue,
        };
        is_hostile = true;
        error.insert(kind, cleaned);
    }
    if is_hostile {
        // It may quote the same, among colours of its own.
        error.remove(ContextKind::Suggested);
    }
}

/// An environment variable that is set to nothing says nothing: CI files hand on what may not be there.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let is_empty = |arg: &Arg| arg.get_env().and_then(std::env::var_os).is_some_and(|value| value.is_empty());
    let without = |arg: Arg| if is_empty(&arg) { arg.env(Resettable::Reset) } else { arg };
    command.mut_args(without).mut_subcommands(without_empty_variables)
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
