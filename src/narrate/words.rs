//! Words of sentences.

use crate::plan::{SkillLevel, Units};
use crate::runtime::{Event, Owner, Pool, PoolUse, SkillHeld, SkillNeed, Time};
use crate::text::{list, units};

/// Names in a list; more are counted.
pub(super) const MOST: usize = 20;

/// What people call a record of an object: `case`, `messaging session`; of a custom object, its name.
pub fn noun(object: &str) -> String {
    if object.ends_with("__c") {
        return object.to_owned();
    }
    let mut words = String::new();
    for character in object.chars() {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}

/// Seconds as people say them: `45 s`, `5 min 3 s`, `1 h 2 min`.
pub(super) fn duration(seconds: i64) -> String {
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let parts: Vec<String> =
        parts.iter().filter(|(number, _)| *number != 0).map(|(number, unit)| format!("{number} {unit}")).collect();
    if parts.is_empty() { "0 s".to_owned() } else { parts.join(" ") }
}

/// A time of the day, with its zone: `08:00:07Z`.
pub fn clock(at: Time) -> String {
    format!("{}Z", at.of_day())
}

/// `2 of 6 units`.
pub(super) fn of_units(some: Units, all: Units) -> String {
    format!("{some} of {}", units(all.as_f64()))
}

/// `2 of 6 units`, or `2 of 6 interruptible units`.
pub(super) fn of_pool(pool: Pool, some: Units, all: Units) -> String {
    let words = of_units(some, all);
    match pool {
        Pool::Primary => words,
        Pool::Interruptible => words.replacen("unit", "interruptible unit", 1),
    }
}

/// `2 of 6 units and 0 of 6 interruptible units`.
pub(super) fn of_pools([primary, interruptible]: [PoolUse; 2]) -> String {
    let primary = of_pool(Pool::Primary, primary.used, primary.capacity);
    format!("{primary} and {}", of_pool(Pool::Interruptible, interruptible.used, interruptible.capacity))
}

/// The queue, or the username.
pub(super) fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Queue(queue) => format!("the queue `{queue}`"),
        Owner::User(user) => user.to_string(),
    }
}

/// `German` at level 5 (additional).
pub(super) fn need(skill: &str, level: Option<SkillLevel>, is_additional: bool) -> String {
    let level = level.map_or_else(String::new, |level| format!(" at level {level}"));
    let additional = if is_additional { " (additional)" } else { "" };
    format!("`{skill}`{level}{additional}")
}

/// The same, of a skill that an event names.
pub(super) fn need_of(skill: &SkillNeed) -> String {
    need(&skill.skill_id, skill.skill_level, skill.is_additional_skill)
}

/// The names of skills with their levels.
pub(super) fn held(skills: &[SkillHeld]) -> String {
    let skill = |skill: &SkillHeld| match skill.skill_level {
        Some(level) => format!("`{}` at level {level}", skill.skill_id),
        None => format!("`{}`", skill.skill_id),
    };
    and(&skills.iter().map(skill).collect::<Vec<_>>())
}

/// `a, b and c`.
pub(super) fn and(parts: &[String]) -> String {
    joined(parts, "and")
}

/// `a, b or c`.
pub(super) fn or(parts: &[String]) -> String {
    joined(parts, "or")
}

fn joined(parts: &[String], word: &str) -> String {
    match parts {
        [most @ .., last] if !most.is_empty() => format!("{} {word} {last}", most.join(", ")),
        _ => parts.concat(),
    }
}

/// Names in back-quotes.
pub(super) fn names<S: AsRef<str>>(names: &[S]) -> String {
    if names.is_empty() { "none".to_owned() } else { list(names, MOST) }
}

/// The name of an event, as its line has it.
pub fn name_of(event: &Event) -> String {
    let value = serde_json::to_value(event).unwrap_or_default();
    value["event"].as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_people() {
        assert_eq!(noun("MessagingSession"), "messaging session");
        assert_eq!(noun("Repair_Order__c"), "Repair_Order__c");
        assert_eq!([0, 45, 303, 3_720].map(duration), ["0 s", "45 s", "5 min 3 s", "1 h 2 min"]);
        assert_eq!(of_units(Units(10_000), Units(10_000)), "1 of 1 unit");
        assert_eq!(name_of(&Event::TimePassed {}), "timePassed");
    }
}
