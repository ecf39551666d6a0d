//! What the input `skillRequirement` of Add Skill Requirements holds: a list in JSON, in a text.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::{FlowActionCall, TracedText};
use crate::metadata::decode::{Name, Spanned};
use crate::source::Span;
use crate::text::without_place;

/// The most skills that one Add Skill Requirements action may add (Salesforce Help, Add a Skill Requirement Action).
pub const MOST_SKILLS: usize = 10;

/// One skill that is asked for. Numbers are texts in every real flow seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// `skillId`: a record Id, a name, or a merge field such as `{!Get_Skill.Id}`.
    pub id: Option<Spanned<Name>>,
    /// `skillDevName`, which version 2 of the action has.
    pub name: Option<Spanned<Name>>,
    /// `skillLabel`.
    pub label: Option<Spanned<Name>>,
    /// `skillLevel`, as written.
    pub level: Option<Spanned<Name>>,
    /// `skillPriority`, as written.
    pub priority: Option<Spanned<Name>>,
    /// `isAdditionalSkill`.
    pub additional: Option<Spanned<Name>>,
    /// The whole object.
    pub span: Span,
}

/// What the input holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Requirements {
    /// These.
    Listed(Vec<Requirement>),
    /// No JSON of this shape: where, and in the words of the reader.
    Unreadable(Span, String),
}

impl FlowActionCall {
    /// The skills that an Add Skill Requirements action lists. None if its input gives none, or not as a text.
    pub fn requirements(&self) -> Option<Requirements> {
        let input = self.input("skillRequirement")?;
        input.string_value.get().map(|_| read(&input.string_value))
    }
}

/// Reads a text that is there.
fn read(written: &TracedText) -> Requirements {
    let text = written.get().map_or("", |text| text);
    let one = |text| serde_json::from_str::<&RawValue>(text).map(|one| vec![one]);
    let listed = if text.starts_with('{') && !text.starts_with("{!") {
        one(text)
    } else {
        serde_json::from_str::<Vec<&RawValue>>(text)
    };
    let read = listed.and_then(|listed| listed.into_iter().map(|raw| requirement(written, text, raw)).collect());
    match read {
        Ok(requirements) => Requirements::Listed(requirements),
        Err(error) => {
            let words = without_place(&error.to_string()).to_owned();
            Requirements::Unreadable(written.span_of(0, text.len()), words)
        }
    }
}

fn requirement(written: &TracedText, text: &str, raw: &RawValue) -> Result<Requirement, serde_json::Error> {
    let fields: BTreeMap<String, &RawValue> = serde_json::from_str(raw.get())?;
    let field = |name: &str| fields.get(name).and_then(|raw| plain(written, text, raw));
    let start = offset(text, raw);
    Ok(Requirement {
        id: field("skillId"),
        name: field("skillDevName"),
        label: field("skillLabel"),
        level: field("skillLevel"),
        priority: field("skillPriority"),
        additional: field("isAdditionalSkill"),
        span: written.span_of(start, start + raw.get().len()),
    })
}

/// A text, number or truth value without its quotes; none if it is empty, null, or something else.
fn plain(written: &TracedText, text: &str, raw: &RawValue) -> Option<Spanned<Name>> {
    let (start, source) = (offset(text, raw), raw.get());
    let (value, from, to) = match source.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inside) if inside.contains('\\') => {
            (serde_json::from_str::<String>(source).ok()?, start + 1, start + source.len() - 1)
        }
        Some(inside) => (inside.to_owned(), start + 1, start + source.len() - 1),
        None if source == "null" || source.starts_with(['[', '{']) => return None,
        None => (source.to_owned(), start, start + source.len()),
    };
    let is_blank = value.trim_ascii().is_empty();
    (!is_blank).then(|| Spanned { value: value.into(), span: written.span_of(from, to) })
}

/// Where a value begins in the text that it was read from.
fn offset(text: &str, raw: &RawValue) -> usize {
    (raw.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}
