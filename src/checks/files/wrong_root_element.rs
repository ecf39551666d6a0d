use crate::checks::{Checker, check};
use crate::diagnostics::Applicability::Unsafe;
use crate::diagnostics::Change;
use crate::diagnostics::Severity::Error;
use crate::graph::File;
use crate::schema::ViolationKind;
use crate::schema::{Kind, suffix};
use crate::source::Location;
use crate::text::slip;

check!("OC003", "wrong-root-element", "wrong_root_element.md", [Error]);

fn run(cx: &mut Checker<'_>) {
    for file in &cx.graph.files {
        for violation in &file.violations {
            let ViolationKind::WrongRoot { found, expected } = &violation.kind else { continue };
            let message = format!(
                "`{}` holds a `<{found}>`, but its name says that it is a `{type_name}`: a deploy does not read it as a \
                 `{type_name}`",
                file.file_name(),
                type_name = expected.as_str()
            );
            let finding = cx
                .report(Error, Location::new(file.id, violation.span), message)
                .label(format!("not `{}`", expected.as_str()))
                .help(help(file, found, *expected));
            if slip(local(found), [expected.as_str()]).is_some() {
                let name = expected.as_str().to_owned();
                let change = Change::Rename { span: violation.span, name };
                finding.fix(format!("make the root element a `<{}>`", expected.as_str()), Unsafe, change);
            }
        }
    }
}

fn local(name: &str) -> &str {
    name.split_once(':').map_or(name, |(_, local)| local)
}

fn help(file: &File, found: &str, expected: Kind) -> String {
    let found_suffix = Kind::TYPES.into_iter().find(|kind| kind.as_str() == local(found)).and_then(suffix);
    match (found_suffix, suffix(expected)) {
        (Some(found_suffix), Some(suffix)) if found_suffix != suffix => {
            let renamed = file.file_name().replacen(&format!(".{suffix}"), &format!(".{found_suffix}"), 1);
            format!("rename the file to `{renamed}`, or make the root element a `<{}>`", expected.as_str())
        }
        _ => format!("make the root element a `<{}>`", expected.as_str()),
    }
}
