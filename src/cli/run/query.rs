//! `--query`: records of the run, as an org would show them.

use std::io;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::super::{Failure, OUTPUT, write};
use super::only::Only;
use crate::narrate::About;
use crate::runtime::{Runtime, Time};
use crate::text::json;

/// Which records are written, as of when, and where to.
#[derive(Debug, Args)]
pub(super) struct QueryArgs {
    /// Print the records of these types, with all their fields, as JSON Lines; separated by commas
    #[arg(
        long,
        value_name = "TYPES",
        value_enum,
        value_delimiter = ',',
        ignore_case = true,
        hide_possible_values = true
    )]
    #[arg(help_heading = OUTPUT, long_help = "Print the records of these types, with all their fields, as JSON Lines; \
        separated by commas: AgentWork, AgentWorkSkill, PendingServiceRouting, SkillRequirement, UserServicePresence")]
    query: Vec<RecordType>,
    /// Write the records to a file instead; without --query, those of all types
    #[arg(long, value_name = "FILE", help_heading = OUTPUT)]
    pub(super) records_out: Option<PathBuf>,
    /// Take the records as they are at a time, not at the end
    #[arg(long, value_name = "TIME", value_parser = parse_time, help_heading = OUTPUT)]
    at: Option<Time>,
}

/// A type of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RecordType {
    #[value(name = "AgentWork")]
    AgentWork,
    #[value(name = "AgentWorkSkill")]
    AgentWorkSkill,
    #[value(name = "PendingServiceRouting")]
    PendingServiceRouting,
    #[value(name = "SkillRequirement")]
    SkillRequirement,
    #[value(name = "UserServicePresence")]
    UserServicePresence,
}

fn parse_time(text: &str) -> Result<Time, String> {
    let value = text.parse::<i64>().map_or_else(|_| serde_json::Value::from(text), serde_json::Value::from);
    serde_json::from_value(value).map_err(|_| "it is a time such as 2026-11-23T08:00:00Z".to_owned())
}

/// Records that are still to be written.
pub(super) struct Query {
    types: Vec<RecordType>,
    file: Option<PathBuf>,
    pub(super) at: Option<Time>,
}

impl QueryArgs {
    /// What is asked for, if anything is.
    pub(super) fn query(&self) -> Result<Option<Query>, Failure> {
        if self.query.is_empty() && self.records_out.is_none() {
            if self.at.is_some() {
                let failure = Failure::new("`--at` says as of when records are taken, and none are asked for");
                return Err(failure.with_help("name their types with `--query`, or a file with `--records-out`"));
            }
            return Ok(None);
        }
        let types = if self.query.is_empty() { RecordType::value_variants().to_vec() } else { self.query.clone() };
        let file = self.records_out.clone().filter(|file| !write::is_stdout(file));
        Ok(Some(Query { types, file, at: self.at }))
    }
}

/// A record as the REST API writes one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<R> {
    attributes: Attributes,
    #[serde(flatten)]
    record: R,
}

#[derive(Serialize)]
struct Attributes {
    #[serde(rename = "type")]
    name: &'static str,
}

impl Query {
    /// The records of a runtime, to the file or to `out`.
    pub(super) fn run(
        &self,
        runtime: &Runtime,
        only: Option<&mut Only>,
        out: impl FnOnce(&[u8]) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut text = Vec::new();
        // Writing to memory does not fail, and JSON has all these values.
        let _ = self.write(runtime, only, &mut text);
        match &self.file {
            Some(file) => write::write_file(file, &String::from_utf8_lossy(&text)),
            None => out(&text),
        }
    }

    fn write(&self, runtime: &Runtime, mut only: Option<&mut Only>, out: &mut Vec<u8>) -> io::Result<()> {
        let mut shows = |about: &About| only.as_mut().is_none_or(|only| only.shows(about));
        let works: Vec<_> = runtime.agent_works().filter(|work| shows(&About::of_work(work))).collect();
        let requests: Vec<_> =
            runtime.pending_service_routings().filter(|request| shows(&About::of_request(request))).collect();
        for kind in &self.types {
            match kind {
                RecordType::AgentWork => rows("AgentWork", &works, out)?,
                RecordType::AgentWorkSkill => {
                    let skills = works.iter().flat_map(|work| runtime.agent_work_skills(work.id));
                    rows("AgentWorkSkill", skills, out)?;
                }
                RecordType::PendingServiceRouting => rows("PendingServiceRouting", &requests, out)?,
                RecordType::SkillRequirement => {
                    let skills = requests.iter().flat_map(|request| runtime.skill_requirements(request.id));
                    rows("SkillRequirement", skills, out)?;
                }
                RecordType::UserServicePresence => {
                    let presences = runtime.user_service_presences();
                    rows("UserServicePresence", presences.filter(|it| shows(&About::of_presence(it))), out)?;
                }
            }
        }
        Ok(())
    }
}

fn rows<R: Serialize>(name: &'static str, records: impl IntoIterator<Item = R>, out: &mut Vec<u8>) -> io::Result<()> {
    for record in records {
        json::write_line(&Row { attributes: Attributes { name }, record }, &mut *out)?;
    }
    Ok(())
}
