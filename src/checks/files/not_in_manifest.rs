use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashSet;

use super::is_in_source_format;
use crate::checks::{Checker, check};
use crate::diagnostics::Severity::{Note, Warning};
use crate::graph::{File, Graph, Manifest};
use crate::metadata::{Name, PackageTypeMembers, Spanned, manifest_name};
use crate::schema::Kind;
use crate::schema::developer_name::without_version;
use crate::source::{Location, Span};
use crate::text::{list, nearest, plural};

check!("OC009", "not-in-manifest", "not_in_manifest.md", [Warning, Note], NoComment);

/// How many pairs of names are compared at most to find the one that was meant.
const MOST_COMPARED: usize = 20_000;

/// What a manifest lists of one type, and what is there of it.
#[derive(Default)]
struct OfType<'g> {
    /// Where the type is named first, if it is.
    place: Option<Span>,
    all: bool,
    listed: Vec<&'g Spanned<Name>>,
    there: BTreeMap<String, &'g File>,
    /// There is a file that is only nearly named like one of the type.
    near_miss: bool,
}

fn run(cx: &mut Checker<'_>) {
    let graph = cx.graph;
    let Some(manifest) = &graph.manifest else { return };
    // What an ill-formed manifest lists is not known.
    if !graph.files.get(manifest.file.0 as usize).is_some_and(|file| file.is_whole()) {
        return;
    }
    // Beside files in source format it is a list for retrieves, and describes no folder.
    if is_in_source_format(graph) {
        return;
    }
    misnamed(cx, manifest);
    let types = types(graph, manifest);
    if Kind::TYPES.into_iter().zip(&types).all(|(kind, of)| of.place.is_none() || !kind.is_omni_channel()) {
        return lists_nothing(cx, manifest, &types);
    }
    for (kind, of) in Kind::TYPES.into_iter().zip(&types) {
        // What was meant by a slip is listed, only wrongly.
        let mut meant: FxHashSet<String> = FxHashSet::default();
        for member in &of.listed {
            match of.there.get(&key(kind, &member.value)) {
                None if !of.near_miss => meant.extend(not_there(cx, manifest, kind, of, member)),
                Some(file) => other_case(cx, manifest, kind, file, member),
                None => {}
            }
        }
        not_listed(cx, manifest, kind, of, meant);
    }
}

fn types<'g>(graph: &'g Graph, manifest: &'g Manifest) -> Vec<OfType<'g>> {
    let mut types: Vec<OfType<'g>> = Kind::TYPES.iter().map(|_| OfType::default()).collect();
    for file in graph.files.iter().filter(|file| !file.ignored) {
        if let Some(kind) = file.kind {
            // A file in source format is none of the folder's.
            if file.source_format {
                continue;
            }
            types[kind as usize].there.entry(key(kind, &file.name)).or_insert(file);
        } else if let Some(near) = file.near_miss {
            types[near.kind as usize].near_miss = true;
        }
    }
    for of_type in &manifest.package.types {
        let Some(kind) = of_type.kind().or_else(|| meant(of_type)) else { continue };
        // The other settings are none of ours.
        let is_ours = |name: &str| kind != Kind::OmniChannelSettings || name.eq_ignore_ascii_case("OmniChannel");
        let of = &mut types[kind as usize];
        for member in &of_type.members {
            match &*member.value {
                "*" => of.all = true,
                name if is_ours(name) => of.listed.push(member),
                _ => continue,
            }
            of.place = of.place.or(of_type.name.span());
        }
    }
    types
}

/// The type that is meant by a name that no type has in a manifest. Types that are not read have names of their own, and
/// some are near to these: only the plural, the case and the file's own root element are taken for slips.
fn meant(of_type: &PackageTypeMembers) -> Option<Kind> {
    let name = of_type.name.get()?;
    let is_meant = |known: &str| {
        let plural = plural(known);
        known.eq_ignore_ascii_case(name) || plural.eq_ignore_ascii_case(name)
    };
    let mut kinds = Kind::TYPES.into_iter().filter(|_| of_type.kind().is_none());
    kinds.find(|&kind| is_meant(manifest_name(kind)) || is_meant(kind.as_str()))
}

/// Reports the names of types that a manifest does not have.
fn misnamed(cx: &mut Checker<'_>, manifest: &Manifest) {
    for of_type in &manifest.package.types {
        let (Some(kind), Some(name)) = (meant(of_type), of_type.name.spanned()) else { continue };
        let right = manifest_name(kind);
        let message =
            format!("`package.xml` names the type `{}`, which no manifest has: a deploy does not know it", name.value);
        let help = match kind {
            Kind::OmniChannelSettings => format!("write `{right}`, with `<members>OmniChannel</members>`"),
            _ => format!("write `{right}`"),
        };
        cx.report(Warning, Location::new(manifest.file, name.span), message)
            .label(format!("did you mean `{right}`?"))
            .help(help)
            .element("types/name");
    }
}

/// What makes two names the same. Profiles are listed as their files are named, percent-encoded, some of them twice; a flow's
/// version does not matter. Case is looked at later.
fn key(kind: Kind, name: &str) -> String {
    plain(kind, name).to_lowercase()
}

fn plain(kind: Kind, name: &str) -> Cow<'_, str> {
    match kind {
        Kind::Profile => {
            let once = percent_decode_str(name).decode_utf8_lossy();
            Cow::Owned(percent_decode_str(&once).decode_utf8_lossy().into_owned())
        }
        _ => Cow::Borrowed(without_version(kind, name)),
    }
}

/// Says that a member is not there, and gives the key of the one that was probably meant.
fn not_there(
    cx: &mut Checker<'_>,
    manifest: &Manifest,
    kind: Kind,
    of: &OfType<'_>,
    member: &Spanned<Name>,
) -> Option<String> {
    let (noun, name) = (kind.noun(), &*plain(kind, &member.value));
    let is = if kind == Kind::OmniChannelSettings { "are" } else { "is" };
    let message = format!("`package.xml` lists {}, which {is} not in the folder: a deploy fails", the(kind, name));
    // Where thousands are listed and not there, a slip of the pen is not the reason.
    let few = of.listed.len().saturating_mul(of.there.len()) <= MOST_COMPARED;
    let near = if few { nearest(name, of.there.values().map(|file| file.name.as_str())) } else { None };
    let (label, help) = match near {
        Some(near) => (format!("did you mean `{near}`?"), format!("write `{near}`, or add the {noun} to the folder")),
        None => ("not in the folder".to_owned(), format!("remove the line, or add the {noun} to the folder")),
    };
    cx.report(Warning, Location::new(manifest.file, member.span), message)
        .label(label)
        .help(help)
        .element("types/members");
    near.map(|near| key(kind, near))
}

fn other_case(cx: &mut Checker<'_>, manifest: &Manifest, kind: Kind, file: &File, member: &Spanned<Name>) {
    let same = plain(kind, &member.value) == plain(kind, &file.name);
    if same || kind == Kind::Profile {
        return;
    }
    let message = format!(
        "`package.xml` lists {}, whose file is named `{}`: a deploy can take them for two",
        the(kind, &member.value),
        file.name
    );
    let place = cx.graph.place_of(file.id);
    cx.report(Note, Location::new(manifest.file, member.span), message)
        .label("other case")
        .related(place, "this file")
        .help(format!("write `{}`", file.name))
        .element("types/members");
}

fn not_listed(cx: &mut Checker<'_>, manifest: &Manifest, kind: Kind, of: &OfType<'_>, mut listed: FxHashSet<String>) {
    if of.all {
        return;
    }
    listed.extend(of.listed.iter().map(|member| key(kind, &member.value)));
    let missing = of.there.iter().filter(|(key, _)| !listed.contains(*key)).map(|(_, &file)| file);
    let missing: Vec<&File> = missing.collect();
    let Some(first) = missing.first() else { return };
    let (what, is, it, more, label) = if missing.len() == 1 {
        let (is, it) = if kind == Kind::OmniChannelSettings { ("are", "them") } else { ("is", "it") };
        (the(kind, &first.name), is, it, "", format!("`{}` is missing", first.name))
    } else {
        let names = list(missing.iter().map(|file| &file.name), 3);
        (
            format!("the {} {names}", plural(kind.noun())),
            "are",
            "them",
            ", and the others likewise",
            format!("{} are missing", missing.len()),
        )
    };
    let message = format!(
        "`package.xml` does not list {what}, which {is} in the folder: a deploy refuses {it} or leaves {it} out"
    );
    // Files are named as manifests list them, profiles percent-encoded.
    let name = first.file_name().trim_end_matches("-meta.xml").rsplit_once('.').map_or("", |(stem, _)| stem);
    let name = without_version(kind, name);
    let of_type = manifest_name(kind);
    let help = match of.place {
        Some(_) => format!("add `<members>{name}</members>` to the `<types>` of `{of_type}`{more}"),
        None => format!("add `<types>` with the `<name>` `{of_type}`, and `<members>{name}</members>` in it{more}"),
    };
    let places: Vec<Location> = missing.iter().take(3).map(|file| cx.graph.place_of(file.id)).collect();
    let place = of.place.unwrap_or(manifest.package.span);
    let finding = cx.report(Warning, Location::new(manifest.file, place), message);
    let finding = finding.label(label).help(help).element("types");
    places.into_iter().fold(finding, |finding, place| finding.related(place, "not listed"));
}

fn lists_nothing(cx: &mut Checker<'_>, manifest: &Manifest, types: &[OfType<'_>]) {
    let omni = Kind::TYPES.into_iter().zip(types).filter(|(kind, _)| kind.is_omni_channel());
    if omni.map(|(_, of)| of.there.len()).sum::<usize>() == 0 {
        return;
    }
    let message =
        "`package.xml` lists no Omni-Channel component, though the folder has some: a deploy by it deploys none";
    cx.report(Note, Location::new(manifest.file, manifest.package.span), message)
        .label("lists none of them")
        .help("list the components of the folder, unless they are deployed by other means");
}

fn the(kind: Kind, name: &str) -> String {
    match kind {
        Kind::OmniChannelSettings => format!("the {}", kind.noun()),
        _ => format!("the {} `{name}`", kind.noun()),
    }
}
