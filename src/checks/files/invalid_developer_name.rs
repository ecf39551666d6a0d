//! OC006

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Error;
use crate::graph::File;
use crate::schema::developer_name;
use crate::text::a;

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC006",
    name: "invalid-developer-name",
    severities: &[Error],
    strict: false,
    summary: "A file name that cannot be a developer name.",
    what: "Reports components whose file name, without its suffix, is not a developer name: letters A to Z, digits \
           and single underscores, beginning with a letter, not ending in an underscore, at most 80 characters. One \
           prefix with two underscores counts as a namespace; a flow may end in its version. Profiles are named after \
           their labels, and are exempt.",
    why: "The file name becomes the component's developer name, and Salesforce rejects others.",
    fix: "Rename the file, and correct the names that refer to it. The label may be whatever people like.",
    source: "Set Up Omni-Channel Developer Guide v56, DeveloperName of each object; Object Reference 67.0 for the length",
    evidence: &[Evidence::Documented, Evidence::RealFiles],
    fails: "
== QueueRoutingConfig Tier 1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    passes: "
== QueueRoutingConfig Tier_1
    <capacityWeight>1.0</capacityWeight>
    <label>Tier 1</label>
    <routingModel>MOST_AVAILABLE</routingModel>
    <routingPriority>1</routingPriority>
",
    run,
};

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
