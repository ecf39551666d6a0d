//! The first line of an answer.

use super::report::Answer;
use crate::narrate::noun;
use crate::text::{count, plural};

/// What the first line is made of.
pub(super) struct Head {
    /// The name of the queue or of the action, quoted, with its noun where it is not a queue.
    pub(super) from: String,
    /// The objects of the work.
    pub(super) objects: Vec<String>,
    /// `member` or `rep`.
    pub(super) noun: &'static str,
    /// How many reps have which answer.
    pub(super) yes: usize,
    pub(super) some: usize,
    pub(super) unknown: usize,
    pub(super) no: usize,
    /// Everybody is known.
    pub(super) complete: bool,
    /// The one rep who is asked about, quoted.
    pub(super) agent: Option<String>,
    pub(super) answer: Answer,
    /// What stops all of it, or the only reason.
    pub(super) reason: Option<String>,
    /// Nothing can be said of reps, whoever they are.
    pub(super) is_stopped: bool,
}

/// `cases`, `messaging sessions`; of several objects, `work`.
pub(super) fn work(objects: &[String]) -> String {
    match objects {
        [one] if one.ends_with("__c") => format!("`{one}` records"),
        [one] => plural(&noun(one)),
        _ => "work".to_owned(),
    }
}

impl Head {
    pub(super) fn sentence(&self) -> String {
        let Self { from, noun, yes, some, unknown, no, complete, answer, .. } = self;
        let work = work(&self.objects);
        let all = format!("the {work} of {from}");
        let because = self.reason.as_ref().map_or_else(String::new, |reason| format!(": {reason}"));
        if let Some(agent) = &self.agent {
            return match answer {
                Answer::Yes => format!("{agent} can be offered {all}"),
                Answer::Some => format!("{agent} can be offered some of {all}{because}"),
                Answer::Unknown => format!("whether {agent} can be offered {all} is not known{because}"),
                Answer::No => format!("{agent} cannot be offered {all}{because}"),
            };
        }
        let total = yes + some + unknown + no;
        if self.is_stopped || total == 0 {
            return match answer {
                Answer::Unknown => format!("who can be offered {all} is not known{because}"),
                _ => format!("nobody can be offered {all}{because}"),
            };
        }
        let known = if *complete { "" } else { "known " };
        let of_queue = if *noun == "member" { format!(" of {from}") } else { String::new() };
        let its = if *noun == "member" { format!("its {work}") } else { all.clone() };
        let everybody = count(total, &format!("{known}{noun}"));
        if *no == total {
            return match (complete, total) {
                (true, _) => format!("nobody can be offered {all}{because}"),
                (false, 1) => format!("the only {known}{noun}{of_queue} cannot be offered {its}{because}"),
                (false, _) => format!("none of the {everybody}{of_queue} can be offered {its}{because}"),
            };
        }
        if *unknown == total {
            return match total {
                1 => format!("whether the only {known}{noun}{of_queue} can be offered {its} is not known{because}"),
                _ => format!("whether the {everybody}{of_queue} can be offered {its} is not known"),
            };
        }
        let (first, rest) = match (yes, some) {
            (0, 0) => (format!("{no} of {everybody}{of_queue} cannot be offered {its}"), 0),
            (0, some) => (
                format!("{} can be offered some of {its}", portion(*some, total, &everybody, known, noun, &of_queue)),
                0,
            ),
            (yes, some) => {
                (format!("{} can be offered {its}", portion(*yes, total, &everybody, known, noun, &of_queue)), *some)
            }
        };
        let some = if rest > 0 { format!(", and {rest} some of them") } else { String::new() };
        let unknown = if *unknown > 0 { format!("; of {unknown} it is not known") } else { String::new() };
        format!("{first}{some}{unknown}")
    }
}

fn portion(some: usize, total: usize, everybody: &str, known: &str, noun: &str, of_queue: &str) -> String {
    match (some, total) {
        (1, 1) => format!("the only {known}{noun}{of_queue}"),
        (2, 2) => format!("both {}{of_queue}", everybody.trim_start_matches("2 ")),
        (some, total) if some == total => format!("all {everybody}{of_queue}"),
        _ => format!("{some} of {everybody}{of_queue}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(yes: usize, some: usize, unknown: usize, no: usize) -> Head {
        let answer = match (yes, some, unknown) {
            (1.., ..) => Answer::Yes,
            (_, 1.., _) => Answer::Some,
            (_, _, 1..) => Answer::Unknown,
            _ => Answer::No,
        };
        Head {
            from: "`Billing`".to_owned(),
            objects: vec!["Case".to_owned()],
            noun: "member",
            yes,
            some,
            unknown,
            no,
            complete: true,
            agent: None,
            answer,
            reason: None,
            is_stopped: false,
        }
    }

    #[test]
    fn first_lines_read_like_english() {
        assert_eq!(head(3, 0, 0, 11).sentence(), "3 of 14 members of `Billing` can be offered its cases");
        assert_eq!(head(1, 0, 0, 0).sentence(), "the only member of `Billing` can be offered its cases");
        assert_eq!(head(2, 0, 0, 0).sentence(), "both members of `Billing` can be offered its cases");
        assert_eq!(
            head(1, 2, 3, 4).sentence(),
            "1 of 10 members of `Billing` can be offered its cases, and 2 some of them; of 3 it is not known"
        );
        assert_eq!(head(0, 2, 0, 1).sentence(), "2 of 3 members of `Billing` can be offered some of its cases");
        assert_eq!(
            head(0, 0, 1, 2).sentence(),
            "2 of 3 members of `Billing` cannot be offered its cases; of 1 it is not known"
        );
        assert_eq!(head(0, 0, 0, 2).sentence(), "nobody can be offered the cases of `Billing`");
        let partly = Head { complete: false, ..head(0, 0, 0, 2) };
        assert_eq!(partly.sentence(), "none of the 2 known members of `Billing` can be offered its cases");
        let reps = Head { noun: "rep", ..head(1, 0, 0, 2) };
        assert_eq!(reps.sentence(), "1 of 3 reps can be offered the cases of `Billing`");
        let ada = Head { agent: Some("`ada`".to_owned()), reason: Some("ada sleeps".to_owned()), ..head(0, 0, 0, 1) };
        assert_eq!(ada.sentence(), "`ada` cannot be offered the cases of `Billing`: ada sleeps");
        assert_eq!(work(&["Repair_Order__c".to_owned()]), "`Repair_Order__c` records");
    }
}
