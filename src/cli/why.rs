//! `omnic why`

mod names;
mod plan;
mod print;
mod project;
mod question;
mod report;
mod state;
mod words;

use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;

use clap::{ArgGroup, ArgMatches, Args, ValueEnum};

use super::compile::{self, CompileRequest, ErrorArgs};
use super::project::ProjectArgs;
use super::run::plan as plans;
use super::write::Outputs;
use super::{CLEAN, ColorArgs, Failure, OUTPUT, output};
use crate::plan::{Plan, Units};
use crate::text::Content;
use print::Printer;
use question::{FieldArg, Question, SkillArg, Subject};
use report::WhyReport;
pub use report::schema;

/// What the argument is here.
pub(super) const PATH_HELP: &str = "Project, folder or file of it; or a routing plan, as `omnic compile` writes it to a \
                                    `.json` file";

/// Where options stand in the help.
const QUESTION: &str = "Question";
const NARROW: &str = "What must also be so";

#[derive(Debug, Args)]
#[command(group(ArgGroup::new("question").args(["queue", "object", "flow", "record", "item"])))]
#[command(after_help = "\
Examples:
  omnic why --queue Billing                                  # who can be offered its work, and why not the others
  omnic why --queue Billing --agent ada@acme.example         # every step to one rep
  omnic why --object Case --field Language__c=German         # each way that such cases can take
  omnic why --flow Route_Calls
  omnic why --record case.json --records org                 # a record as the REST API gives it
  omnic why plan.json --queue Billing --capacity 2           # a plan; of reps with 2 units free
  omnic why plan.json --state state.json --item 4711         # why an item waits in a state that `omnic run` saved

Exit status:
  0  the question was answered, whatever the answer
  2  wrong arguments, a name that is not there, something that could not be read, or nothing to ask about")]
pub(super) struct WhyArgs {
    /// Who can be offered the work of this queue
    #[arg(long, value_name = "NAME", help_heading = QUESTION)]
    queue: Option<String>,
    /// Who can be offered work of this object: through each queue that holds it, and each flow that routes it
    #[arg(long, value_name = "NAME", help_heading = QUESTION)]
    object: Option<String>,
    /// Where the route-work actions of this flow lead, and who can be offered their work
    #[arg(long, value_name = "NAME", help_heading = QUESTION)]
    flow: Option<String>,
    /// Who can be offered a record: a JSON file as the REST API gives it
    #[arg(long, value_name = "FILE", help_heading = QUESTION)]
    record: Option<PathBuf>,
    /// With --state: why this record waits
    #[arg(long, value_name = "ID", requires = "state", help_heading = QUESTION)]
    item: Option<String>,
    /// A state that `omnic run --save` wrote, of the same plan or project
    #[arg(long, value_name = "STATE", requires = "item", help_heading = QUESTION)]
    state: Option<PathBuf>,
    /// Only this rep, by username, with every step
    #[arg(long, value_name = "USERNAME", help_heading = NARROW)]
    agent: Option<String>,
    /// The value of a field of the work, by which skill mapping sets ask for skills; repeatable
    #[arg(long, value_name = "FIELD=VALUE", value_parser = question::parse_field, conflicts_with = "item")]
    #[arg(help_heading = NARROW)]
    field: Vec<FieldArg>,
    /// The work needs these skills too, separated by commas; repeatable
    #[arg(long, value_name = "SKILL[=LEVEL]", value_parser = question::parse_skill, value_delimiter = ',')]
    #[arg(conflicts_with = "item", help_heading = NARROW)]
    skills: Vec<SkillArg>,
    /// The reps are in this presence status
    #[arg(long, value_name = "NAME", conflicts_with = "item", help_heading = NARROW)]
    status: Option<String>,
    /// The reps have this many units of capacity free
    #[arg(long, value_name = "UNITS", value_parser = question::parse_capacity, conflicts_with = "item")]
    #[arg(help_heading = NARROW)]
    capacity: Option<Units>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Human, help_heading = OUTPUT)]
    format: Format,
    #[command(flatten)]
    color: ColorArgs,
    #[command(flatten)]
    project: ProjectArgs,
}

/// How the answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Sentences, for people
    Human,
    /// One JSON document, for programs
    Json,
}

pub(super) fn run(args: &WhyArgs, matches: &ArgMatches) -> Result<u8, Failure> {
    let report = args.answer(matches)?;
    match args.format {
        Format::Json => output::print(Content::Data, |out| out.write_all(report.to_json().as_bytes()))?,
        Format::Human => {
            let color = output::use_color(args.color.color, &io::stdout());
            let content = if color { Content::Styled } else { Content::Text };
            let width = output::width();
            output::print(content, |out| Printer { color, width, out }.report(&report))?;
        }
    }
    Ok(CLEAN)
}

impl WhyArgs {
    fn answer(&self, matches: &ArgMatches) -> Result<WhyReport, Failure> {
        let is_plan = plans::is_plan(&self.project.path);
        if let (Some(state), Some(item)) = (&self.state, &self.item) {
            let plan = self.plan(is_plan, matches)?;
            let mut report = state::answer(&plan, state, item)?;
            if let Some(agent) = &self.agent {
                state::narrow(&mut report, agent, &plan)?;
            }
            return Ok(report);
        }
        let question = self.question()?;
        if is_plan {
            return plan::answer(&plans::read_file(&self.project.path, matches)?, &question);
        }
        project::answer(&self.project, matches, &question)
    }

    /// The plan of a state.
    fn plan(&self, is_plan: bool, matches: &ArgMatches) -> Result<Plan, Failure> {
        if is_plan {
            return plans::read_file(&self.project.path, matches);
        }
        let request = CompileRequest {
            errors: &ErrorArgs::LEAVE_OUT,
            color: self.color.color,
            outcome: "nothing can be said of the state",
            outputs: &Outputs::default(),
            goes_on: false,
        };
        compile::plan(&self.project, matches, &request)?
            .map_err(|_| Failure::new("the project cannot be compiled, and a state is of a plan"))
    }

    fn question(&self) -> Result<Question, Failure> {
        let mut fields: Option<BTreeMap<String, String>> = None;
        let subject = match (&self.queue, &self.object, &self.flow, &self.record) {
            (Some(queue), ..) => Subject::Queue(queue.clone()),
            (_, Some(object), ..) => Subject::Object(object.clone()),
            (_, _, Some(flow), _) => Subject::Flow(flow.clone()),
            (_, _, _, Some(file)) => {
                let record = question::record(file)?;
                fields = Some(record.fields.clone());
                Subject::Record(record)
            }
            _ => {
                return Err(Failure::new("no question is given").with_help(
                    "ask about a queue with `--queue NAME`, or about `--object`, `--flow`, `--record`, or `--item` of a `--state`",
                ));
            }
        };
        for FieldArg { field, value } in &self.field {
            fields.get_or_insert_default().insert(field.clone(), value.clone());
        }
        Ok(Question {
            subject,
            agent: self.agent.clone(),
            fields,
            skills: self.skills.clone(),
            status: self.status.clone(),
            capacity: self.capacity,
        })
    }
}
