use crate::checks::{Checker, REGISTRY, check, find};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{DIRECTIVE, File, Suppression};
use crate::source::Location;
use crate::text::nearest;

check!("OC010", "invalid-suppression", "invalid_suppression.md", [Warning, Note], NoComment, EachAlone);

const HELP: &str = "write `<!-- omnic-ignore CODE: reason -->`";

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    for file in &graph.files {
        for suppression in &file.suppressions {
            comment(cx, file, suppression);
        }
    }
}

/// Signs that people put before a reason instead of a colon.
const DASHES: [char; 3] = ['-', '\u{2013}', '\u{2014}'];

/// The checks and the reason of a comment that names checks and goes on with what can only be a reason.
fn without_colon(suppression: &Suppression) -> Option<String> {
    let words = || suppression.checks.iter().map(|(word, _)| word.as_str());
    let named: Vec<&str> =
        words().map(|word| word.trim_end_matches(DASHES)).take_while(|name| find(name).is_some()).collect();
    let ends_with_dash = named.len().checked_sub(1).and_then(|last| words().nth(last))?.ends_with(DASHES);
    let rest: Vec<&str> = words().skip(named.len()).collect();
    let first = rest.first()?;
    let is_slip = || {
        let is_code = first.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("OC"))
            && first[2..].bytes().all(|byte| byte.is_ascii_digit());
        is_code || nearest(first, REGISTRY.iter().flat_map(|check| [check.code, check.name])).is_some()
    };
    if !ends_with_dash && !first.starts_with(DASHES) && (suppression.reason.is_some() || is_slip()) {
        return None;
    }
    let reason = rest.join(" ");
    let reason = reason.trim_start_matches(|c: char| DASHES.contains(&c) || c == ' ');
    let more = suppression.reason.as_deref().map(|more| format!(": {more}")).unwrap_or_default();
    let reason = if reason.is_empty() { "reason" } else { reason };
    Some(format!("{}: {reason}{more}", named.join(", ")))
}

fn comment(cx: &mut Checker<'_>, file: &File, suppression: &Suppression) {
    let whole = Location::new(file.id, suppression.span);
    if suppression.directive != DIRECTIVE {
        let message = format!("the comment begins with `{}`, which means nothing to omnic", suppression.directive);
        cx.report(Warning, whole, message).label("silences nothing").help(HELP);
        return;
    }
    if suppression.checks.is_empty() {
        let message = "the comment names no check, so that it silences nothing";
        cx.report(Warning, whole, message).label("which check?").help(HELP);
        return;
    }
    if let Some(meant) = without_colon(suppression) {
        let message = "the reason in the comment does not stand behind a colon, so that its words are read as checks";
        cx.report(Warning, whole, message).label("needs a colon").help(format!("write `<!-- {DIRECTIVE} {meant} -->`"));
        return;
    }
    for (name, span) in &suppression.checks {
        if find(name).is_some() {
            continue;
        }
        let message =
            format!("the comment names the check `{name}`, which does not exist, so that it silences nothing");
        let near = nearest(name, REGISTRY.iter().flat_map(|check| [check.code, check.name]));
        let (label, help) = match near {
            Some(near) => (format!("did you mean `{near}`?"), format!("write `{near}`")),
            None => {
                ("no such check".to_owned(), "write the code that stands at the finding, such as `OC503`".to_owned())
            }
        };
        cx.report(Warning, Location::new(file.id, *span), message).label(label).help(help);
    }
    if suppression.reason.is_none() {
        let message = "the comment gives no reason: nobody will know later whether it is still needed";
        cx.report(Note, whole, message)
            .label("why?")
            .help("write the reason behind a colon: `<!-- omnic-ignore CODE: reason -->`");
    }
}
