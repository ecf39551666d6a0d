use crate::checks::{Checker, check};
use crate::diagnostics::Severity::Note;
use crate::schema::Kind;
use crate::source::{ApiVersion, Location};

check!("OC013", "api-versions-disagree", "api_versions_disagree.md", [Note]);

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(manifest) = &graph.manifest else { return };
    let Some(written) = manifest.package.version.spanned() else { return };
    let counts = manifest.package.types.iter().any(|of| of.kind().is_some_and(Kind::is_omni_channel));
    let place = Location::new(manifest.file, written.span);
    match (ApiVersion::parse(&written.value), graph.around.source_api_version) {
        (None, _) => {
            let message = format!(
                "`package.xml` names the API version `{}`, which is not one: another is assumed",
                written.value
            );
            cx.report(Note, place, message)
                .label("not a version")
                .help(format!("write a version such as `{}`", graph.api_version))
                .element("version");
        }
        (Some(version), Some(around)) if version != around && counts => {
            let message = format!(
                "`package.xml` names the API version {version}, and `sfdx-project.json` {around}: this folder is checked \
                 by the former"
            );
            cx.report(Note, place, message)
                .label(format!("not {around}"))
                .help(format!("write the same version in both, such as {}", version.max(around)))
                .element("version");
        }
        _ => {}
    }
}
