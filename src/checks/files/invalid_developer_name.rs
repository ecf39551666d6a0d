use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Error;
use crate::graph::File;
use crate::schema::developer_name;
use crate::text::a;

check!("OC006", "invalid-developer-name", "invalid_developer_name.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for file in graph.files.iter().filter(|file| !file.ignored) {
        let Some(kind) = file.kind else { continue };
        let name = developer_name::without_version(kind, &file.name);
        let Some(fault) = developer_name::fault(kind, name) else { continue };
        let message = format!("`{}` cannot be the developer name of {}: it {fault}", file.name, a(kind.noun()));
        cx.report(Error, graph.place_of(file.id), message).label("named by its file").help(help(file, name));
    }
}

fn help(file: &File, name: &str) -> String {
    let words: Vec<&str> = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    // Salesforce itself puts an X before a digit.
    let first = if words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit())) { "X" } else { "" };
    let better = format!("{first}{}", words.join("_"));
    match file.file_name().strip_prefix(file.name.as_str()) {
        // A letter with an accent is not to be dropped: people know better how to write it.
        Some(suffix) if name.is_ascii() && developer_name::fault_of_part(&better).is_none() => {
            format!("rename the file to `{better}{suffix}`, and write that name wherever it is referred to")
        }
        _ => "give the file another name, and write that name wherever it is referred to".to_owned(),
    }
}
