//! The rows of a plan: what a row is that says only what it must.

#![allow(clippy::unwrap_used, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use omnic::plan::*;
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A row has no default if a field that it must have is a choice, none of which goes without saying.
const WITHOUT_DEFAULT: [&str; 1] = ["ValueMeaning"];

#[test]
fn defaults_are_the_rows_with_the_required_fields_alone() {
    let schema: Value = serde_json::from_str(&Plan::schema()).unwrap();
    let mut rows = Rows { definitions: &schema["$defs"], read: BTreeSet::new() };
    let switches = r#""omni_channel": false, "skills_based_routing": false, "secondary_routing_priority": false"#;
    let settings = format!(r#"{{ "known": false, {switches}, "status_based_capacity": false }}"#);
    rows.read::<Tables>(&format!(r#"{{ "settings": {settings} }}"#));
    rows.read::<Settings>(&settings);
    rows.read::<Channel>(r#"{ "name": "" }"#);
    rows.read::<AfterConversationWork>(r#"{ "max_seconds": 0 }"#);
    rows.read::<AcwExtension>(r#"{ "seconds": 0, "most": 0 }"#);
    rows.read::<SecondaryPriority>(r#"{ "field": "" }"#);
    rows.read::<ValuePriority>(r#"{ "value": "", "priority": 0 }"#);
    rows.read::<StatusCapacity>(r#"{ "field": "" }"#);
    rows.read::<PresenceStatus>(r#"{ "name": "" }"#);
    rows.read::<PresenceConfiguration>(r#"{ "name": "" }"#);
    rows.read::<GovernedUser>(r#"{ "user": "", "presence_configuration": "" }"#);
    rows.read::<GovernedProfile>(r#"{ "profile": "", "presence_configuration": "" }"#);
    rows.read::<RoutingConfiguration>(r#"{ "name": "", "cost": { "units": 0 } }"#);
    rows.read::<Queue>(r#"{ "name": "" }"#);
    rows.read::<QueueObject>(r#"{ "object": "" }"#);
    rows.read::<Members>("{}");
    rows.read::<Skill>(r#"{ "name": "" }"#);
    rows.read::<SkillRule>(r#"{ "object": "", "field": "", "skill": "", "set": "" }"#);
    rows.read::<SupervisorView>(r#"{ "name": "" }"#);
    rows.read::<SupervisorAction>(r#"{ "tab": "", "action": "" }"#);
    rows.read::<SupervisorTab>(r#"{ "tab": "" }"#);
    rows.read::<RouteWork>(r#"{ "flow": "", "action": "" }"#);
    rows.read::<MayName>("{}");
    rows.read::<Choices>("{}");
    rows.read::<FlowSkill>("{}");
    rows.read::<MessagingEntry>(r#"{ "name": "" }"#);
    rows.read::<Outside>("{}");
    rows.read::<Agent>(r#"{ "user": "" }"#);
    rows.read::<AgentSkill>(r#"{ "skill": "" }"#);
    rows.read.extend(WITHOUT_DEFAULT.map(String::from));
    assert_eq!(rows.read, objects(&schema["$defs"]));
}

/// What absence means where it is not "no", "none" or nothing at all.
#[test]
fn what_goes_without_saying() {
    assert!(SkillRule::default().active);
    assert!(Agent::default().presence_configuration_known);
    assert_eq!(PresenceConfiguration::default().acceptance, Acceptance::Manual);
    assert_eq!(Channel::default().capacity_model, CapacityModel::TabBased);
    assert_eq!(RoutingConfiguration::default().capacity_type, CapacityType::Inherited);
    assert_eq!(Queue::default().agents, None);
}

struct Rows<'s> {
    definitions: &'s Value,
    read: BTreeSet<String>,
}

impl Rows<'_> {
    fn read<T: Default + PartialEq + Debug + Serialize + DeserializeOwned + JsonSchema>(&mut self, json: &str) {
        let name = T::schema_name().into_owned();
        let fields: BTreeMap<String, Value> = serde_json::from_str(json).unwrap();
        let required: BTreeSet<String> = serde_json::from_value(
            self.definitions[&name].get("required").cloned().unwrap_or(Value::Array(Vec::new())),
        )
        .unwrap();
        assert_eq!(fields.into_keys().collect::<BTreeSet<_>>(), required, "{name}");
        assert_eq!(serde_json::from_str::<T>(json).unwrap(), T::default(), "{name}");
        // What a reader takes for granted is not written, and the schema says what it is.
        let mut row: Value = serde_json::from_str(json).unwrap();
        assert_eq!(serde_json::to_value(T::default()).unwrap(), row, "{name}");
        for (field, definition) in self.definitions[&name]["properties"].as_object().unwrap() {
            if !required.contains(field) {
                row[field] = definition.get("default").unwrap().clone();
            }
        }
        assert_eq!(serde_json::from_value::<T>(row).unwrap(), T::default(), "{name}");
        assert!(self.read.insert(name));
    }
}

/// The types with fields that the tables lead to.
fn objects(definitions: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open = vec!["Tables".to_owned()];
    while let Some(name) = open.pop() {
        let definition = &definitions[&name];
        if definition.get("properties").is_some() && !found.insert(name) {
            continue;
        }
        let text = definition.to_string();
        open.extend(text.split("#/$defs/").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())));
    }
    found
}
