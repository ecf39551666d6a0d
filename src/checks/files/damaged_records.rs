use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{self, Error, Note};
use crate::records::{Object, Problem, Trouble};
use crate::text::list;

check!("OC012", "damaged-records", "damaged_records.md", [Error, Note], NeedsRecords, NoComment, EachAlone);

fn run(cx: &mut Checker<'_>) {
    let Some(org) = cx.graph.org() else { return };
    for problem in org.problems() {
        let (message, label) = words(problem);
        cx.report(severity(&problem.trouble), problem.location, message).label(label).help(help(&problem.trouble));
    }
}

/// What is lost is an error, and what is only of no use is not.
const fn severity(trouble: &Trouble) -> Severity {
    match trouble {
        Trouble::UnknownObject | Trouble::OtherObject(_) | Trouble::MayBeCut { .. } => Note,
        _ => Error,
    }
}

/// What is wrong, and a few words for the place.
fn words(problem: &Problem) -> (String, &'static str) {
    let more = match problem.more {
        0 => String::new(),
        more => format!(" ({more} more in this file are like it)"),
    };
    match &problem.trouble {
        Trouble::NotJson(words) => {
            (format!("the records are not JSON from here on ({words}): those before are used"), "the JSON ends here")
        }
        Trouble::NotCsv(words) => (format!("the records are not CSV: {words}{more}"), "not CSV"),
        Trouble::NoCommas => {
            ("the columns are not separated by commas, so no record can be read".to_owned(), "no commas")
        }
        Trouble::CutOff => ("the file is cut off: it ends in the middle of its records".to_owned(), "cut off here"),
        Trouble::Empty => ("the file is empty".to_owned(), "nothing here"),
        Trouble::MayBeCut { held } => (
            format!(
                "the file holds {held} records, the most that `sf data query` gives: there may be more, so nobody is \
                 taken to be missing from the org"
            ),
            "perhaps not all records",
        ),
        Trouble::NoRecords => ("the file holds JSON, but no list of records".to_owned(), "no records"),
        Trouble::Failed(message) => {
            (format!("the file holds no records but the message of a command that failed: {message}"), "no records")
        }
        Trouble::Partial { held, total } => (
            format!("the file holds {held} of the {total} records that the query found, so the rest is not known"),
            "not all records",
        ),
        Trouble::UnknownObject => (
            "neither the records nor the file's name say of which object they are, so they are passed over".to_owned(),
            "records of what?",
        ),
        Trouble::OtherObject(object) => {
            (format!("records of `{object}` tell nothing about routing, and are passed over"), "of no use")
        }
        Trouble::NoRecord => (format!("this is no record, and is passed over{more}"), "no record"),
        Trouble::Fields { found, columns } => (
            format!("the row has {found} fields for {columns} columns, and is passed over{more}"),
            "not as many fields as columns",
        ),
        Trouble::MissingColumns { object, columns } => {
            let names = columns.iter().map(|columns| columns.join("` or `"));
            (format!("the records of {} lack {}", object.as_str(), list(names, 9)), "not all columns")
        }
        Trouble::MissingValue { object, column } => {
            (format!("a record of {} without `{column}` is passed over{more}", object.as_str()), "no value")
        }
        Trouble::WrongType { column, wanted } => {
            (format!("`{column}` is not {wanted}, so the record is passed over{more}"), "not what it should be")
        }
        Trouble::Dangling { object, column, value, to } => (
            format!(
                "`{column}` of the {} leads to `{value}`, but there is no such {to} among the records{more}",
                object.as_str()
            ),
            "leads nowhere",
        ),
    }
}

fn help(trouble: &Trouble) -> String {
    let query = |object: Object, column: &str| {
        format!("export {} with the query of docs/org-records.md, which has `{column}`", object.as_str())
    };
    match trouble {
        Trouble::Failed(_) => "run the command again, and look at its message".to_owned(),
        Trouble::NoCommas => "export the file again: spreadsheets may save CSV with other separators".to_owned(),
        Trouble::Partial { .. } | Trouble::MayBeCut { .. } => {
            "use `sf data export bulk`, which has no such limit".to_owned()
        }
        Trouble::UnknownObject => {
            "name the file for the object, such as `User.csv`, or move it out of the folder of records".to_owned()
        }
        Trouble::OtherObject(_) => "move the file out of the folder of records".to_owned(),
        Trouble::MissingColumns { object, columns } => {
            query(*object, columns.first().and_then(|columns| columns.first()).copied().unwrap_or_default())
        }
        Trouble::MissingValue { object, column } => query(*object, column),
        Trouble::Dangling { object, to, .. } => {
            format!("export {} and {to} again, at one time and from one org", object.as_str())
        }
        _ => "export the file again".to_owned(),
    }
}
