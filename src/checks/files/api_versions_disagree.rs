//! OC013

use crate::checks::{Check, Checker, Evidence};
use crate::diagnostics::Severity::Note;
use crate::schema::Kind;
use crate::source::{ApiVersion, Location};

pub(in crate::checks) const CHECK: Check = Check {
    code: "OC013",
    name: "api-versions-disagree",
    severities: &[Note],
    strict: false,
    summary: "`package.xml` and `sfdx-project.json` name different API versions.",
    what: "Reports the `<version>` of a Metadata API folder's `package.xml` that is not the `sourceApiVersion` of the \
           Salesforce DX project around the folder, or, in a lone folder, a `<version>` that is not a version. The folder is \
           checked by its `package.xml`, unless that lists nothing of Omni-Channel.",
    why: "What one version has the other may not: which of the two a deploy uses depends on the command.",
    fix: "Write the same version in both.",
    source: "Metadata API Developer Guide 67.0, package.xml; Salesforce DX Project Configuration",
    evidence: &[Evidence::Documented],
    fails: r#"
== file package.xml
<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>*</members>
        <name>Queue</name>
    </types>
    <version>newest</version>
</Package>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
"#,
    passes: r#"
== file package.xml
<?xml version="1.0" encoding="UTF-8"?>
<Package xmlns="http://soap.sforce.com/2006/04/metadata">
    <types>
        <members>*</members>
        <name>Queue</name>
    </types>
    <version>67.0</version>
</Package>
== Queue Support
    <doesSendEmailToMembers>false</doesSendEmailToMembers>
    <name>Support</name>
"#,
    run,
};

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
