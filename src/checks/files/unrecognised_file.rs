use super::is_in_source_format;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::File;
use crate::schema::{self, Kind, NearMiss};
use crate::source::{Layout, Location, Span};
use crate::text::a;

check!("OC005", "unrecognised-file", "unrecognised_file.md", [Warning, Note], NoComment);

fn run(cx: &mut Checker<'_>) {
    let layout = cx.graph.layout;
    // All files of a retrieve in source format can lie beside a `package.xml`.
    let is_mdapi = layout == Layout::Mdapi && !is_in_source_format(cx.graph);
    for file in cx.graph.files.iter().filter(|file| !file.ignored) {
        match (file.near_miss, file.kind) {
            (Some(near), _) => near_miss(cx, file, near, layout),
            (None, Some(kind)) if layout == Layout::Sfdx && !file.source_format => without_meta(cx, file, kind),
            (None, Some(_)) if is_mdapi && file.source_format => with_meta(cx, file),
            _ => {}
        }
    }
}

fn with_meta(cx: &mut Checker<'_>, file: &File) {
    let name = file.file_name();
    let plain = name.trim_end_matches("-meta.xml");
    let message = format!(
        "`{name}` is named as in source format, but lies in a Metadata API folder: a deploy of the folder leaves it out"
    );
    cx.report(Warning, cx.graph.place_of(file.id), message)
        .label("in source format")
        .help(format!("rename the file to `{plain}`"));
}

fn near_miss(cx: &mut Checker<'_>, file: &File, near: NearMiss, layout: Layout) {
    let NearMiss { kind, suffix } = near;
    let source_format = layout == Layout::Sfdx || file.path.ends_with("-meta.xml");
    let outcome = if layout == Layout::Sfdx && file.path.ends_with("-meta.xml") {
        "the Salesforce CLI cannot tell its type, and stops"
    } else {
        "Salesforce's tools leave it out"
    };
    let message = format!("`{}` looks like {}, but is not named like one: {outcome}", file.file_name(), a(kind.noun()));
    let stem = file.file_name().trim_end_matches("-meta.xml").trim_end_matches(".xml");
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
    let name = schema::get(kind).and_then(|schema| schema.only_name.as_deref()).unwrap_or(stem);
    let meta = if source_format && layout != Layout::Mdapi { "-meta.xml" } else { "" };
    cx.report(Warning, Location::new(file.id, Span::default()), message)
        .label("not recognised")
        .help(format!("rename the file to `{name}.{suffix}{meta}`"));
}

fn without_meta(cx: &mut Checker<'_>, file: &File, kind: Kind) {
    let folder = schema::get(kind).map_or("", |schema| &schema.directory);
    let parent = file.path.rsplit('/').nth(1).unwrap_or_default();
    let name = file.file_name();
    let (severity, message) = if parent == folder {
        let message = format!("`{name}` lacks `-meta.xml`, which files of a Salesforce DX project end in");
        (Note, message)
    } else {
        let message = format!(
            "`{name}` lacks `-meta.xml`, and the Salesforce CLI leaves out such a file unless it lies in a folder \
             `{folder}`"
        );
        (Warning, message)
    };
    cx.report(severity, cx.graph.place_of(file.id), message)
        .label("in the format of the Metadata API")
        .help(format!("rename the file to `{name}-meta.xml`"));
}
