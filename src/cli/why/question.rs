//! What is asked: arguments and a record, before anything is known of the project.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;

use super::super::Failure;
use super::super::run::plan::text;
use crate::plan::Units;
use crate::source::{self, MAX_FILE_BYTES};
use crate::text::without_place;

/// Work that is asked about.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    Queue(String),
    Object(String),
    Flow(String),
    Record(Record),
}

/// A question about work.
#[derive(Clone, Debug)]
pub(super) struct Question {
    pub(super) subject: Subject,
    pub(super) agent: Option<String>,
    /// Values of fields, each without its object; none if none are given.
    pub(super) fields: Option<BTreeMap<String, String>>,
    pub(super) skills: Vec<SkillArg>,
    pub(super) status: Option<String>,
    pub(super) capacity: Option<Units>,
}

/// `German`, or `German=5`.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SkillArg {
    pub(super) name: String,
    pub(super) level: Option<f64>,
}

/// `Language__c=German`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldArg {
    pub(super) field: String,
    pub(super) value: String,
}

pub(super) fn parse_skill(text: &str) -> Result<SkillArg, String> {
    let (name, level) = text.split_once('=').map_or((text, None), |(name, level)| (name, Some(level)));
    if name.is_empty() {
        return Err("write `SKILL` or `SKILL=LEVEL`".to_owned());
    }
    let number = |level: &str| level.parse::<f64>().ok().filter(|level| (0.0..=99.99).contains(level));
    let level = level.map(|level| number(level).ok_or("a level is a number from 0 to 99.99".to_owned())).transpose()?;
    Ok(SkillArg { name: name.to_owned(), level })
}

pub(super) fn parse_field(text: &str) -> Result<FieldArg, String> {
    match text.split_once('=') {
        Some((field, value)) if !field.is_empty() => {
            Ok(FieldArg { field: bare(field).to_owned(), value: value.to_owned() })
        }
        _ => Err("write `FIELD=VALUE`, such as `Language__c=German`".to_owned()),
    }
}

pub(super) fn parse_capacity(text: &str) -> Result<Units, String> {
    let number = text.parse::<f64>().ok().filter(|number| (0.0..=9_999.0).contains(number));
    number.map(Units::from_units).ok_or("it is a number of units, such as 2 or 0.5".to_owned())
}

/// A field without its object.
fn bare(field: &str) -> &str {
    field.split_once('.').map_or(field, |(_, bare)| bare)
}

/// A record as the REST API gives one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Record {
    pub(super) object: String,
    pub(super) fields: BTreeMap<String, String>,
    /// The names by which its owner may be found, and whether the record says that it is a user.
    pub(super) owners: Vec<String>,
    pub(super) is_of_user: bool,
    /// What of it could not be used, each in a sentence.
    pub(super) unused: Vec<String>,
}

/// Reads a record from a file.
pub(super) fn record(file: &Path) -> Result<Record, Failure> {
    let shown = source::display(file);
    let text = text(file, "a record", MAX_FILE_BYTES)?;
    let help = "write it as the REST API does: {\"attributes\": {\"type\": \"Case\"}, \"Priority\": \"High\"}";
    let value: Value = serde_json::from_str(&text).map_err(|error| {
        let words = error.to_string();
        let place = format!("{shown}:{}:{}", error.line(), error.column());
        Failure::new(format!("`{place}` is not JSON: {}", without_place(&words))).with_help(help)
    })?;
    read(&value).ok_or_else(|| {
        Failure::new(format!("`{shown}` is not a record: it has no `attributes` with the `type` of its object"))
            .with_help(help)
    })
}

/// Reads a record, also as the Salesforce CLI prints it.
fn read(value: &Value) -> Option<Record> {
    let object = value.as_object()?;
    let Some(kind) = object.get("attributes").and_then(|of| of.get("type")).and_then(Value::as_str) else {
        let inner = object.get("result")?;
        return read(inner);
    };
    let mut record = Record { object: kind.to_owned(), ..Record::default() };
    for (field, value) in object.iter().filter(|(field, _)| *field != "attributes") {
        record.take(field, value);
    }
    Some(record)
}

impl Record {
    fn take(&mut self, field: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::String(text) if field == "OwnerId" => {
                self.is_of_user |= text.starts_with("005");
                self.owners.push(text.clone());
            }
            Value::String(text) => self.set(field, text.clone()),
            Value::Number(number) => self.set(field, number.to_string()),
            Value::Bool(is) => self.set(field, is.to_string()),
            Value::Object(owner) if field == "Owner" => {
                let text = |name: &str| owner.get(name).and_then(Value::as_str);
                self.is_of_user |= owner.get("attributes").and_then(|of| of.get("type")?.as_str()) == Some("User");
                let names: Vec<String> =
                    ["DeveloperName", "Username", "Name"].into_iter().filter_map(text).map(str::to_owned).collect();
                if names.is_empty() {
                    self.unused.push("`Owner` has neither `DeveloperName` nor `Name`".to_owned());
                }
                self.owners.splice(0..0, names);
            }
            Value::Object(_) => self.unused.push(format!("`{field}` is not used: it is another record")),
            Value::Array(_) => self.unused.push(format!("`{field}` is not used: it is a list")),
        }
    }

    fn set(&mut self, field: &str, value: String) {
        self.fields.insert(bare(field).to_owned(), value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_rest_and_the_salesforce_cli_write_them() {
        let text = r#"{"status": 0, "result": {"attributes": {"type": "Case"}, "Priority": "High", "Score__c": 1.50,
            "IsEscalated": false, "Reason": null, "OwnerId": "00G000000000001AAA",
            "Owner": {"attributes": {"type": "Name"}, "Name": "Billing"}, "Account": {"Name": "A"}, "Tags": []}}"#;
        let record = read(&serde_json::from_str(text).unwrap_or_default()).unwrap_or_default();
        assert_eq!(record.object, "Case");
        let fields: Vec<_> = record.fields.iter().map(|(field, value)| format!("{field}={value}")).collect();
        assert_eq!(fields, ["IsEscalated=false", "Priority=High", "Score__c=1.5"]);
        assert_eq!(record.owners, ["Billing", "00G000000000001AAA"]);
        assert!(!record.is_of_user);
        assert_eq!(record.unused, ["`Account` is not used: it is another record", "`Tags` is not used: it is a list"]);
        assert_eq!(read(&Value::from("text")), None);
        assert_eq!(read(&serde_json::json!({"Priority": "High"})), None);
    }

    #[test]
    fn arguments_are_read_with_what_is_expected() {
        assert_eq!(parse_skill("German=5"), Ok(SkillArg { name: "German".to_owned(), level: Some(5.0) }));
        assert_eq!(parse_skill("German"), Ok(SkillArg { name: "German".to_owned(), level: None }));
        assert!(parse_skill("=5").is_err() && parse_skill("German=x").is_err() && parse_skill("German=100").is_err());
        let field = FieldArg { field: "Topic__c".to_owned(), value: "a=b".to_owned() };
        assert_eq!(parse_field("Case.Topic__c=a=b"), Ok(field));
        assert!(parse_field("Topic__c").is_err() && parse_field("=x").is_err());
        assert_eq!(parse_capacity("0.5"), Ok(Units(5_000)));
        assert!(parse_capacity("-1").is_err() && parse_capacity("NaN").is_err());
    }
}
