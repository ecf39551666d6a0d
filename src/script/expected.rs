//! What a schema expects in the place of a value: the reader of JSON knows neither the field nor what may stand there.

use schemars::Schema;
use serde_json::{Map, Value};

use super::ScriptError;
use crate::runtime::Time;
use crate::text::{list, nearest};

/// More names than this do not help.
const MOST: usize = 60;

/// A schema, and what it is of.
pub(super) struct SchemaCheck<'s> {
    root: &'s Value,
    noun: &'s str,
}

impl<'s> SchemaCheck<'s> {
    pub(super) fn of(schema: &'s Schema, noun: &'s str) -> Self {
        Self { root: schema.as_value(), noun }
    }

    /// The first thing that is wrong with a value, if the schema tells.
    pub(super) fn first_error(&self, value: &Value) -> Option<ScriptError> {
        self.check(self.root, value, &ValuePath { path: String::new(), owner: self.noun.to_owned() })
    }

    fn check(&self, schema: &Value, value: &Value, at: &ValuePath) -> Option<ScriptError> {
        if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/")) {
            if name == "Time" {
                let is_time = serde_json::from_value::<Time>(value.clone()).is_ok();
                return (!is_time).then(|| at.is_not_time(value));
            }
            return self.check(&self.root["$defs"][name], value, at);
        }
        if let Some(choices) = schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array()) {
            return self.choice(choices, value, at);
        }
        if let Some(names) = schema["enum"].as_array() {
            return one_of(&names.iter().filter_map(Value::as_str).collect::<Vec<_>>(), value, at);
        }
        if let Some(error) = of_type(schema, value, at) {
            return Some(error);
        }
        match value {
            Value::Object(fields) => self.object(schema, fields, at),
            Value::Array(items) => {
                let mut items = items.iter().enumerate();
                items.find_map(|(number, item)| self.check(&schema["items"], item, &at.item(number)))
            }
            _ => None,
        }
    }

    /// One of several: told apart by a field such as `event`, by the only field that each has, or by their type.
    fn choice(&self, choices: &[Value], value: &Value, at: &ValuePath) -> Option<ScriptError> {
        let names: Vec<&str> = choices.iter().filter_map(|choice| choice["const"].as_str()).collect();
        if names.len() == choices.len() {
            return one_of(&names, value, at);
        }
        if let Some(tag) = choices.iter().find_map(tag) {
            return self.tagged(choices, tag, value, at);
        }
        let keys: Vec<&str> = choices.iter().filter_map(only_key).collect();
        if keys.len() == choices.len() {
            let given: Vec<&String> = value.as_object().map(|fields| fields.keys().collect()).unwrap_or_default();
            let of_these = |name: &&&String| keys.contains(&name.as_str());
            if given.iter().filter(of_these).count() > 1 {
                return Some(at.is_not(value, &format!("an object with only one of {}", list(&keys, MOST))));
            }
            let given = given.first().copied();
            let Some(position) = given.and_then(|given| keys.iter().position(|key| key == given)) else {
                let near = given.and_then(|given| nearest(given, keys.iter().copied()));
                let error = at.is_not(value, &format!("an object with one of {}", list(&keys, MOST)));
                return Some(ScriptError { help: near.map(|near| format!("did you mean `{near}`?")), ..error });
            };
            return self.check(&choices[position], value, at);
        }
        let mut errors = choices.iter().map(|choice| self.check(choice, value, at));
        if errors.any(|error| error.is_none()) {
            return None;
        }
        // What is no `null` was meant to be the other.
        let meant = choices.iter().find(|choice| choice["type"] != "null")?;
        self.check(meant, value, at)
    }

    fn tagged(&self, choices: &[Value], tag: &str, value: &Value, at: &ValuePath) -> Option<ScriptError> {
        let Some(fields) = value.as_object() else { return Some(at.is_not(value, "an object")) };
        let name = |choice: &'_ Value| choice["properties"][tag]["const"].as_str().map(str::to_owned);
        let names: Vec<String> = choices.iter().filter_map(name).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let Some(given) = fields.get(tag) else {
            return Some(at.misses(tag).with_help(format!("it is one of {}", list(names, MOST))));
        };
        let Some(chosen) = choices.iter().find(|choice| choice["properties"][tag]["const"] == *given) else {
            let error = one_of(&names, given, &at.field(tag))?;
            // `event` and `action` are what they say.
            let message = given.as_str().map(|given| format!("there is no {tag} `{given}`")).unwrap_or(error.message);
            return Some(ScriptError { message, help: error.help });
        };
        let owner = given.as_str().unwrap_or_default();
        self.object(chosen, fields, &ValuePath { path: at.path.clone(), owner: format!("`{owner}`") })
    }

    fn object(&self, schema: &Value, fields: &Map<String, Value>, at: &ValuePath) -> Option<ScriptError> {
        let Some(known) = schema["properties"].as_object() else {
            let of_any = &schema["additionalProperties"];
            return fields.iter().find_map(|(name, value)| self.check(of_any, value, &at.field(name)));
        };
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let unknown = fields.keys().find(|name| !known.contains_key(*name));
        if let Some(unknown) = unknown.filter(|_| schema["additionalProperties"] == false) {
            let near = nearest(unknown, known.keys().map(String::as_str).filter(|name| !fields.contains_key(*name)));
            let help =
                near.map_or_else(|| takes(&at.owner, known, &required), |near| format!("did you mean `{near}`?"));
            return Some(ScriptError::new(format!("{} has no field `{unknown}`", at.owner)).with_help(help));
        }
        if let Some(missing) = required.iter().find(|name| !fields.contains_key(**name)) {
            return Some(at.misses(missing).with_help(takes(&at.owner, known, &required)));
        }
        fields.iter().find_map(|(name, value)| self.check(known.get(name)?, value, &at.field(name)))
    }
}

/// Where a value stands.
struct ValuePath {
    /// Such as `route.skills[0]`.
    path: String,
    /// What its fields are fields of.
    owner: String,
}

impl ValuePath {
    fn field(&self, name: &str) -> Self {
        let path = if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) };
        Self { owner: format!("`{path}`"), path }
    }

    fn item(&self, number: usize) -> Self {
        let path = format!("{}[{number}]", self.path);
        Self { owner: format!("`{path}`"), path }
    }

    fn misses(&self, name: &str) -> ScriptError {
        ScriptError::new(format!("`{}` is missing", self.field(name).path))
    }

    fn is_not_time(&self, value: &Value) -> ScriptError {
        let error = self.is_not(value, "a time such as `2026-11-23T08:00:00Z`");
        let is_beyond = value.as_str().is_some_and(Time::is_beyond_calendar);
        match (is_beyond, value) {
            (true, _) => error.with_help(format!("times are from {} to {}", Time::BEGINNING, Time::END)),
            (_, Value::Number(_)) => error.with_help("a number is of milliseconds since 1970"),
            _ => error,
        }
    }

    fn is_not(&self, value: &Value, what: &str) -> ScriptError {
        let is = match value {
            Value::Array(_) => "a list".to_owned(),
            Value::Object(fields) if fields.is_empty() => "an empty object".to_owned(),
            Value::Object(fields) => format!("an object with {}", list(fields.keys(), 3)),
            other => format!("`{other}`"),
        };
        ScriptError::new(format!("{} is {is}, and must be {what}", self.owner))
    }
}

/// The field that says which of several a value is.
fn tag(choice: &Value) -> Option<&str> {
    let properties = choice["properties"].as_object()?;
    properties.iter().find(|(_, property)| property["const"].is_string()).map(|(name, _)| name.as_str())
}

/// The field of a choice that has one alone.
fn only_key(choice: &Value) -> Option<&str> {
    let properties = choice["properties"].as_object()?;
    (properties.len() == 1).then(|| properties.keys().next().map(String::as_str))?
}

/// What fields an object has.
fn takes(owner: &str, known: &Map<String, Value>, required: &[&str]) -> String {
    let optional: Vec<&String> = known.keys().filter(|name| !required.contains(&name.as_str())).collect();
    match (required.is_empty(), optional.is_empty()) {
        (true, true) => "remove it".to_owned(),
        (true, false) => format!("{owner} may have {}", list(optional, MOST)),
        (false, true) => format!("{owner} has {}", list(required, MOST)),
        (false, false) => format!("{owner} has {}, and may have {}", list(required, MOST), list(optional, MOST)),
    }
}

/// A name that must be one of some.
fn one_of(names: &[&str], value: &Value, at: &ValuePath) -> Option<ScriptError> {
    let given = value.as_str();
    if given.is_some_and(|given| names.contains(&given)) {
        return None;
    }
    let allowed = list(names, MOST);
    let Some(given) = given else { return Some(at.is_not(value, &format!("one of {allowed}"))) };
    let help = nearest(given, names.iter().copied()).map(|near| format!("did you mean `{near}`?"));
    let help = help.unwrap_or_else(|| format!("it is one of {allowed}"));
    Some(ScriptError::new(format!("{} cannot be `{given}`", at.owner)).with_help(help))
}

/// A value of another type than the schema's, or out of its range.
fn of_type(schema: &Value, value: &Value, at: &ValuePath) -> Option<ScriptError> {
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let is = |name: &&str| match *name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    if !types.iter().any(is) {
        let mut named: Vec<&str> = types.iter().filter(|name| **name != "null").map(|name| words(name)).collect();
        if named.is_empty() {
            named.push(words("null"));
        }
        return Some(at.is_not(value, &named.join(" or ")));
    }
    if let Some(number) = value.as_f64() {
        let [least, most] = ["minimum", "maximum"].map(|word| schema[word].as_f64());
        if let Some(least) = least.filter(|least| number < *least) {
            return Some(at.is_not(value, &format!("{least} or more")));
        }
        if let Some(most) = most.filter(|most| number > *most) {
            return Some(at.is_not(value, &format!("{most} or less")));
        }
    }
    // Ids: `^AW-[0-9]+$`.
    let prefix = schema["pattern"].as_str()?.strip_prefix('^')?.strip_suffix("[0-9]+$")?;
    let number = value.as_str()?.strip_prefix(prefix);
    let is_id = number.is_some_and(|number| number.parse::<u64>().is_ok());
    (!is_id).then(|| at.is_not(value, &format!("an id such as `{prefix}1`")))
}

fn words(kind: &str) -> &'static str {
    match kind {
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a text",
        "array" => "a list",
        "null" => "`null`",
        _ => "an object",
    }
}
