//! `omnic run`

mod ahead;
mod lines;
mod only;
mod order;
pub(super) mod plan;
mod print;
mod query;
mod schemas;
mod session;
pub(super) mod start;
mod writer;

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args};

use super::compile::ErrorArgs;
use super::project::ProjectArgs;
use super::{CLEAN, ColorArgs, FAILED, FOUND, Failure, OUTPUT, output, write};
use ahead::Events;
use lines::Lines;
use only::{Only, OnlyArg};
pub(super) use plan::{is_plan, read_plan, without_project_options};
use query::QueryArgs;
pub use schemas::schemas;
use session::{Form, Session, SessionOptions, Stop};
#[cfg(feature = "serve")]
pub(super) use start::options as read_options;

/// What the argument is here.
pub(super) const PATH_HELP: &str =
    "Routing plan, as `omnic compile` writes it to a `.json` file; or a project to compile";

/// Where options stand in the help.
const RUN: &str = "Run";

#[derive(Debug, Args)]
#[command(after_help = "\
A line of the input is an event and its time:
  {\"at\":\"2026-11-23T08:00:00Z\",\"event\":\"login\",\"user\":\"ada@acme.example\",\"statusId\":\"Available\"}

Examples:
  omnic run --events morning.jsonl --trace           # the project here, in sentences
  omnic run plan.json --events morning.jsonl         # a plan, as JSON Lines
  adapter | omnic run plan.json                      # events as they come
  omnic run plan.json --events monday.jsonl --save state.json
  omnic run plan.json --events tuesday.jsonl --resume state.json
  omnic run --events morning.jsonl --trace --summary --only queue=Cases
  omnic run --events morning.jsonl --records-out records.jsonl --at 2026-11-23T09:00:00Z

Exit status:
  0  every event was applied
  1  an event was refused, and the rest was applied; or the project has errors, --allow-errors was not
     given, and nothing was run
  2  wrong arguments, a line that is not an event, a time too far away, something that could not be read or written, or
     nothing to compile")]
pub struct RunArgs {
    /// File of events, one JSON object a line; `-` is standard input [default: -]
    #[arg(long, value_name = "FILE", help_heading = RUN)]
    events: Option<PathBuf>,
    /// File of routing options, `.toml` or `.json`: what to do where the documentation is silent
    #[arg(long, value_name = "FILE", conflicts_with = "resume", help_heading = RUN)]
    options: Option<PathBuf>,
    /// Resume from a state written by --save, with the options that the first run had
    #[arg(long, value_name = "STATE", help_heading = RUN)]
    resume: Option<PathBuf>,
    /// Write the state at the end to a file, even if a line ended the run
    #[arg(long, value_name = "STATE", help_heading = RUN)]
    save: Option<PathBuf>,
    /// Stop when this many timers fire between two events, which is most often a slip in a year; `none` is no limit
    #[arg(long, value_name = "N", value_parser = parse_max_timers, default_value = MAX_TIMERS, help_heading = RUN)]
    max_timers: MaxTimers,
    /// Print sentences that say why, not JSON Lines; at the end, what still waits
    #[arg(long, help_heading = OUTPUT)]
    trace: bool,
    /// At the end, print figures of each queue and rep, and what was refused: tables with --trace, else a JSON object
    #[arg(long, help_heading = OUTPUT)]
    summary: bool,
    /// Print only what is about a queue, rep or record: queue=NAME, agent=USERNAME or record=ID; repeatable
    #[arg(long, value_name = "KIND=NAME", value_parser = only::parse, help_heading = OUTPUT)]
    only: Vec<OnlyArg>,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    errors: ErrorArgs,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// How many timers may fire between two events. Only offers that nobody answers are so many: here those of twenty people who
/// went into a weekend of four days without logging out, each offered work every half minute, while nothing else happens.
/// A slip in a year then costs some hundred megabytes of output, and seconds.
const MAX_TIMERS: &str = "250000";

/// The most timers between two events.
#[derive(Clone, Copy, Debug)]
struct MaxTimers(usize);

fn parse_max_timers(text: &str) -> Result<MaxTimers, String> {
    if text == "none" {
        return Ok(MaxTimers(usize::MAX));
    }
    let number = text.parse().ok().filter(|number| *number > 0);
    number.map(MaxTimers).ok_or_else(|| "it is a number of timers, 1 or more, or `none`".to_owned())
}

pub(super) fn run(args: &RunArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let start = start::read(args)?;
    let query = args.query.query()?;
    let lines = Lines::open(args.events.as_deref().filter(|file| *file != Path::new("-")))?;
    let plan = match plan::read(args, matches)? {
        Ok(plan) => plan,
        Err(status) => return Ok(status),
    };
    let runtime = start::begin(&plan, start, args)?;
    if let Some(at) = query.as_ref().and_then(|query| query.at).filter(|at| *at < runtime.now()) {
        let message = format!("`--at` is {at}, and the saved state is of {} already", runtime.now());
        return Err(Failure::new(message).with_help("name a later time"));
    }
    let options = SessionOptions {
        form: if args.trace {
            Form::Sentences { color: output::use_color(args.color.color, &std::io::stdout()) }
        } else {
            Form::Effects
        },
        summary: args.summary,
        only: Only::of(&args.only, &runtime)?,
        query,
        saves: args.save.is_some(),
        most_timers: args.max_timers.0,
    };
    let mut session = Session::new(&plan, runtime, options);
    let mut events = Events::of(lines)?;
    let played = session.play(&mut events);
    let ended = if let Err(Stop::Failed(_)) = played { Ok(()) } else { session.end(played.is_ok()) };
    if let Err(Stop::Script(error)) = &played {
        lines::tell(error, events.name(), events.number());
    }
    // Kept also then: what was applied until there need not be applied again.
    if let Some(file) = &args.save {
        write::write_file_with(file, |out| session.state().write_json(out))?;
    }
    match played {
        Ok(()) => ended.map(|()| if session.tell_refused() { FOUND } else { CLEAN }),
        Err(Stop::Script(_)) => ended.map(|()| FAILED),
        Err(Stop::Failed(failure)) => Err(failure),
    }
}
