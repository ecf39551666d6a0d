//! References of a request to answers before it: `@{ref.id}`, `@{ref.records[0].Name}`.

use std::collections::BTreeMap;

use serde_json::Value;

/// The bodies of answers, by `referenceId`.
pub(super) type Answers = BTreeMap<String, Value>;

/// The bytes that the references of one of the requests may become: as many as a body may have.
#[derive(Debug)]
pub(super) struct Room(usize);

impl Room {
    pub(super) const fn new() -> Self {
        Self(16 << 20)
    }

    /// Takes what a value needs, as it is written.
    fn take(&mut self, value: &Value) -> Result<(), String> {
        let left = self.0.checked_sub(written(value).len());
        self.0 = left.ok_or("The references of the request become more than 16 MiB")?;
        Ok(())
    }
}

/// The value of a reference, such as `ref.records[0].Id`. Names are taken in the case in which an answer has them.
fn value<'a>(reference: &str, answers: &'a Answers) -> Result<&'a Value, String> {
    let missing = || {
        let name = reference.split(['.', '[']).next().unwrap_or(reference);
        format!("Invalid reference specified. No value for {reference} found in {name}")
    };
    let name = reference.split(['.', '[']).next().unwrap_or_default();
    let mut at = answers.get(name).ok_or_else(missing)?;
    let mut rest = reference.get(name.len()..).unwrap_or_default();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (index, after) = after.split_once(']').ok_or_else(missing)?;
            at = index.trim().parse::<usize>().ok().and_then(|index| at.get(index)).ok_or_else(missing)?;
            rest = after;
        } else {
            let after = rest.strip_prefix('.').ok_or_else(missing)?;
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (field, after) = after.split_at(end);
            at = at.get(field).ok_or_else(missing)?;
            rest = after;
        }
    }
    Ok(at)
}

fn written(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// A text with its references replaced.
///
/// # Errors
///
/// In Salesforce's words, if a reference leads nowhere; if there is no room for what it becomes.
pub(super) fn resolve_text(text: &str, answers: &Answers, room: &mut Room) -> Result<String, String> {
    let mut resolved = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("@{") {
        resolved.push_str(before);
        let Some((reference, after)) = after.split_once('}') else {
            return Err(format!("Invalid reference specified. It has no end: {text}"));
        };
        let value = value(reference.trim(), answers)?;
        room.take(value)?;
        resolved.push_str(&written(value));
        rest = after;
    }
    resolved.push_str(rest);
    Ok(resolved)
}

/// A body with its references replaced. A text that is nothing but a reference becomes the value as it is: a number stays one.
///
/// # Errors
///
/// As [`resolve_text`].
pub(super) fn resolve(body: &Value, answers: &Answers, room: &mut Room) -> Result<Value, String> {
    match body {
        Value::String(text) => {
            let alone = text.strip_prefix("@{").and_then(|rest| rest.strip_suffix('}'));
            match alone.filter(|reference| !reference.contains('}')) {
                Some(reference) => {
                    let value = value(reference.trim(), answers)?;
                    room.take(value)?;
                    Ok(value.clone())
                }
                None => resolve_text(text, answers, room).map(Value::from),
            }
        }
        Value::Array(values) => values.iter().map(|value| resolve(value, answers, room)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| Ok((name.clone(), resolve(value, answers, room)?))).collect()
        }
        other => Ok(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_replaced_by_what_answers_hold() {
        let answers = Answers::from([
            ("case".to_owned(), json!({ "id": "500", "success": true, "n": 4 })),
            ("found".to_owned(), json!({ "records": [{ "Id": "1", "Owner": { "Name": "Tier 1" } }] })),
        ]);
        for (text, expected) in [
            ("/sobjects/Case/@{case.id}", "/sobjects/Case/500"),
            ("@{found.records[0].Owner.Name} @{case.n}", "Tier 1 4"),
            ("no reference", "no reference"),
        ] {
            assert_eq!(resolve_text(text, &answers, &mut Room::new()).as_deref(), Ok(expected), "{text}");
        }
        for text in ["@{case.Id}", "@{none.id}", "@{found.records[1].Id}", "@{found.records[x]}", "@{case", "@{}"] {
            let refused = resolve_text(text, &answers, &mut Room::new());
            assert!(
                refused.as_ref().is_err_and(|words| words.starts_with("Invalid reference specified.")),
                "{refused:?}"
            );
        }
        let body = json!({ "a": "@{case.n}", "b": ["@{case.id}", 1], "c": "x@{case.n}" });
        let mut room = Room::new();
        assert_eq!(resolve(&body, &answers, &mut room), Ok(json!({ "a": 4, "b": ["500", 1], "c": "x4" })));
        room.0 = 5;
        assert!(resolve(&body, &answers, &mut room).is_ok());
        assert!(resolve(&body, &answers, &mut room).is_err());
    }
}
