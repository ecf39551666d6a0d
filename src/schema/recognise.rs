//! Which metadata type a file holds, by its path alone.

use std::borrow::Cow;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use rustc_hash::FxHashSet;

use super::Kind;
use crate::text::nearest;

/// What a path says about the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileClass<'p> {
    /// It holds a component.
    Component {
        /// Its type.
        kind: Kind,
        /// Its full name: the file name without its suffix; for profiles percent-decoded.
        name: Cow<'p, str>,
        /// True if it ends in `-meta.xml`.
        source_format: bool,
    },
    /// It says something of fields, which components name, or of flows.
    Fact(Fact<'p>),
    /// It looks as if it was meant to hold one, but Salesforce's tools will not read it.
    NearMiss(NearMiss),
    /// It is none of ours.
    Other,
}

/// What a file that holds no component of ours says of the fields that they name, or of flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact<'p> {
    /// An object, with all of its fields in the format of the Metadata API.
    Object(&'p str),
    /// A custom field of an object, in source format.
    Field {
        /// The object.
        object: &'p str,
        /// The field.
        name: &'p str,
    },
    /// The values that picklists of several objects share.
    GlobalValueSet(&'p str),
    /// The values of a standard picklist.
    StandardValueSet(&'p str),
    /// Which version of a flow is active.
    FlowDefinition(&'p str),
}

/// A file that is almost one of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The type it seems to be meant for.
    pub kind: Kind,
    /// The suffix that type has, without the dot and without `-meta.xml`.
    pub suffix: &'static str,
}

/// Folder and suffix of each type (Salesforce's metadata registry, source-deploy-retrieve 12.37.2).
const SUFFIXES: [(Kind, &str, &str); 15] = [
    (Kind::OmniChannelSettings, "settings", "settings"),
    (Kind::ServiceChannel, "serviceChannels", "serviceChannel"),
    (Kind::ServicePresenceStatus, "servicePresenceStatuses", "servicePresenceStatus"),
    (Kind::PresenceDeclineReason, "presenceDeclineReasons", "presenceDeclineReason"),
    (Kind::PresenceUserConfig, "presenceUserConfigs", "presenceUserConfig"),
    (Kind::QueueRoutingConfig, "queueRoutingConfigs", "queueRoutingConfig"),
    (Kind::Queue, "queues", "queue"),
    (Kind::OmniSupervisorConfig, "omniSupervisorConfigs", "omniSupervisorConfig"),
    (Kind::WorkSkillRouting, "workSkillRoutings", "workSkillRouting"),
    (Kind::Skill, "skills", "skill"),
    (Kind::Group, "groups", "group"),
    (Kind::Profile, "profiles", "profile"),
    (Kind::PermissionSet, "permissionsets", "permissionset"),
    (Kind::Flow, "flows", "flow"),
    (Kind::MessagingChannel, "messagingChannels", "messagingChannel"),
];

/// Suffixes that guides and tools invented; no Salesforce tool reads them.
const INVENTED: [(&str, Kind); 4] = [
    ("routingConfiguration", Kind::QueueRoutingConfig),
    ("routingConfig", Kind::QueueRoutingConfig),
    ("presenceConfiguration", Kind::PresenceUserConfig),
    ("presenceStatus", Kind::ServicePresenceStatus),
];

/// The names that metadata types own, by Salesforce's own packages; see `schemas/registry/make.mjs`.
pub(super) static NAMES: &str = include_str!("../../schemas/registry/names.txt");

static SUFFIXES_OF_TYPES: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| names("suffix "));

static SETTINGS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| names("settings "));

fn names(word: &str) -> FxHashSet<&'static str> {
    NAMES.lines().filter_map(|line| line.strip_prefix(word)).collect()
}

/// True for a suffix that some metadata type owns. `.xml` is every tool's.
fn is_owned(suffix: &str) -> bool {
    suffix != "xml" && SUFFIXES_OF_TYPES.contains(suffix)
}

/// The only settings file of ours.
const SETTINGS_NAME: &str = "OmniChannel";

/// The folders in which the types usually lie.
pub fn type_folders() -> impl Iterator<Item = &'static str> {
    SUFFIXES.iter().map(|&(_, folder, _)| folder)
}

/// The suffix of a type's files, without the dot and without `-meta.xml`.
pub fn suffix(kind: Kind) -> Option<&'static str> {
    SUFFIXES.iter().find(|&&(other, _, _)| other == kind).map(|&(_, _, suffix)| suffix)
}

/// Says what the file at `path` (forward slashes) is, without looking into it. Folders do not matter for what is
/// recognised: none of these types has a strict folder in Salesforce's registry.
pub fn recognise(path: &str) -> FileClass<'_> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, source_format) = match file.strip_suffix("-meta.xml") {
        Some(stem) => (stem, true),
        None => (file, false),
    };
    let Some((name, suffix)) = stem.rsplit_once('.') else { return FileClass::Other };
    if name.is_empty() {
        return FileClass::Other;
    }
    if let Some(&(kind, ..)) = SUFFIXES.iter().find(|&&(_, _, known)| known == suffix) {
        return component(kind, name, source_format);
    }
    if let Some(fact) = fact(folders, name, suffix, source_format) {
        return FileClass::Fact(fact);
    }
    let folder = folders.rsplit('/').next().unwrap_or("");
    near_miss(folder, suffix, source_format).map_or(FileClass::Other, FileClass::NearMiss)
}

/// Suffixes as in Salesforce's metadata registry (source-deploy-retrieve 12.37.2). Of the field files, which can be
/// thousands, only those of custom fields say anything that is not known already.
fn fact<'p>(folders: &'p str, name: &'p str, suffix: &str, source_format: bool) -> Option<Fact<'p>> {
    match suffix {
        "object" => Some(Fact::Object(name)),
        "globalValueSet" => Some(Fact::GlobalValueSet(name)),
        "standardValueSet" => Some(Fact::StandardValueSet(name)),
        "flowDefinition" => Some(Fact::FlowDefinition(name)),
        "field" if source_format && name.ends_with("__c") => {
            let object = folders.strip_suffix("/fields")?.rsplit('/').next()?;
            Some(Fact::Field { object, name })
        }
        _ => None,
    }
}

fn component(kind: Kind, name: &str, source_format: bool) -> FileClass<'_> {
    match kind {
        Kind::OmniChannelSettings if name == SETTINGS_NAME => {
            FileClass::Component { kind, name: Cow::Borrowed(name), source_format }
        }
        // Other settings are other types; this one is easily misnamed after its type.
        Kind::OmniChannelSettings if is_misnamed(name) => FileClass::NearMiss(NearMiss { kind, suffix: "settings" }),
        Kind::OmniChannelSettings => FileClass::Other,
        Kind::Profile => {
            FileClass::Component { kind, name: percent_decode_str(name).decode_utf8_lossy(), source_format }
        }
        _ => FileClass::Component { kind, name: Cow::Borrowed(name), source_format },
    }
}

/// True for a name that is meant to be that of our settings, and is no other settings'.
fn is_misnamed(name: &str) -> bool {
    let bare = name.to_lowercase().replace(['-', '_', ' '], "");
    let near = |meant: &str| strsim::osa_distance(&bare, meant) <= 1;
    !SETTINGS.contains(name) && (near("omnichannel") || near("omnichannelsettings"))
}

fn near_miss(folder: &str, suffix: &str, source_format: bool) -> Option<NearMiss> {
    if is_owned(suffix) {
        return None;
    }
    let of = |kind| self::suffix(kind).map(|suffix| NearMiss { kind, suffix });
    if let Some(&(_, kind)) = INVENTED.iter().find(|(known, _)| known.eq_ignore_ascii_case(suffix)) {
        return of(kind);
    }
    // A bare `.xml` file in a type's folder, or any `-meta.xml` file there with a suffix that the folder's type has not.
    if source_format || suffix == "xml" {
        let known = SUFFIXES.iter().find(|&&(kind, known, _)| kind != Kind::OmniChannelSettings && known == folder);
        if let Some(&(kind, ..)) = known {
            return of(kind);
        }
    }
    if !source_format {
        return None;
    }
    // Elsewhere only a slip of the pen counts: hundreds of other types have suffixes of their own.
    let first = suffix.chars().next()?.to_ascii_lowercase();
    let candidates = SUFFIXES.iter().filter(|(_, _, known)| {
        known.chars().next().is_some_and(|c| c.to_ascii_lowercase() == first) && known.len().abs_diff(suffix.len()) <= 2
    });
    let name = nearest(suffix, candidates.clone().map(|&(_, _, known)| known))?;
    let slip = strsim::levenshtein(&name.to_lowercase(), &suffix.to_lowercase()) <= 1 + usize::from(name.len() > 8);
    let kind = candidates.into_iter().find(|&&(_, _, known)| known == name)?.0;
    if slip { of(kind) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(path: &str) -> Option<(Kind, String)> {
        match recognise(path) {
            FileClass::Component { kind, name, .. } => Some((kind, name.into_owned())),
            _ => None,
        }
    }

    #[test]
    fn suffixes_decide_wherever_the_file_lies() {
        assert_eq!(kind("a/b/X.queue-meta.xml"), Some((Kind::Queue, "X".to_owned())));
        assert_eq!(kind("X.queue"), Some((Kind::Queue, "X".to_owned())));
        assert_eq!(
            kind("settings/OmniChannel.settings-meta.xml"),
            Some((Kind::OmniChannelSettings, "OmniChannel".to_owned()))
        );
        assert_eq!(
            kind("profiles/Custom%3A Support Profile.profile"),
            Some((Kind::Profile, "Custom: Support Profile".to_owned()))
        );
    }

    #[test]
    fn files_about_fields_are_told_from_strangers() {
        let fact = |path| match recognise(path) {
            FileClass::Fact(fact) => Some(fact),
            _ => None,
        };
        let topic = Fact::Field { object: "Case", name: "Topic__c" };
        assert_eq!(fact("app/objects/Case/fields/Topic__c.field-meta.xml"), Some(topic));
        assert_eq!(fact("objects/Case.object"), Some(Fact::Object("Case")));
        assert_eq!(fact("objects/Case/Case.object-meta.xml"), Some(Fact::Object("Case")));
        assert_eq!(fact("globalValueSets/Topics.globalValueSet"), Some(Fact::GlobalValueSet("Topics")));
        assert_eq!(fact("x/CaseStatus.standardValueSet-meta.xml"), Some(Fact::StandardValueSet("CaseStatus")));
        assert_eq!(fact("flowDefinitions/Route.flowDefinition"), Some(Fact::FlowDefinition("Route")));
        assert_eq!(fact("flows/Route.flowDefinition-meta.xml"), Some(Fact::FlowDefinition("Route")));
        for stranger in [
            "objects/Case/fields/Status.field-meta.xml",
            "objects/Case/Topic__c.field-meta.xml",
            "fields/Topic__c.field-meta.xml",
            "objects/Case/fields/Topic__c.field",
            "objects/Case/listViews/All.listView-meta.xml",
        ] {
            assert_eq!(fact(stranger), None, "{stranger}");
        }
    }

    /// A type of ours under another name would be left out in silence.
    #[test]
    fn the_names_of_types_hold_ours_and_no_invention() {
        for (kind, _, suffix) in SUFFIXES {
            assert!(SUFFIXES_OF_TYPES.contains(suffix), "{kind:?}");
        }
        assert!(INVENTED.iter().all(|(suffix, _)| !is_owned(suffix)));
        assert!(SETTINGS.contains(SETTINGS_NAME) && SETTINGS.len() > 300);
    }

    #[test]
    fn near_misses_are_told_from_strangers() {
        let near = |path| match recognise(path) {
            FileClass::NearMiss(near) => Some(near.kind),
            _ => None,
        };
        assert_eq!(near("x/General.routingConfiguration-meta.xml"), Some(Kind::QueueRoutingConfig));
        assert_eq!(near("x/General.queueRoutingConfigs-meta.xml"), Some(Kind::QueueRoutingConfig));
        assert_eq!(near("queues/General.xml"), Some(Kind::Queue));
        assert_eq!(near("settings/OmniChannelSettings.settings"), Some(Kind::OmniChannelSettings));
        assert_eq!(near("settings/Omni-Channel.settings-meta.xml"), Some(Kind::OmniChannelSettings));
        assert_eq!(near("queues/General.queues-meta.xml"), Some(Kind::Queue));
        for stranger in [
            // Types of their own, whatever folder they lie in.
            "settings/OmniChannelPricing.settings-meta.xml",
            "settings/OmniChannelRouting.settings",
            "settings/OmniStudio.settings-meta.xml",
            "queues/General.layout-meta.xml",
            "skills/German.skilltype-meta.xml",
            "settings/Case.settings-meta.xml",
            "omniScripts/A_B_C.os-meta.xml",
            "omniUiCards/X.ouc-meta.xml",
            "queues/README.md",
            "classes/Queue.cls-meta.xml",
            "layouts/Case.layout-meta.xml",
            "roles/CEO.role-meta.xml",
            "permissionsetgroups/X.permissionsetgroup-meta.xml",
            "skilltypes/X.skilltype-meta.xml",
            ".queue-meta.xml",
        ] {
            assert_eq!(recognise(stranger), FileClass::Other, "{stranger}");
        }
    }
}
