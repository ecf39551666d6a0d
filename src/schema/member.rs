//! What a manifest calls the component in a file, for every metadata type that Salesforce's registry knows.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::recognise::NAMES;

/// A component as a manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    /// The metadata type.
    pub type_name: &'static str,
    /// The full name.
    pub name: String,
}

/// How the name of what is in a file is found.
#[derive(Clone, Copy, Debug)]
enum Naming {
    /// It is that of the file.
    Name,
    /// It is that of the file behind the folders below the type's.
    Folder,
    /// The same with a slash behind it: it is a folder itself.
    Slash,
    /// It is that of the file behind its parent's.
    Child,
    /// It is its parent's.
    Parent,
}

/// The components of one type in files with one suffix.
struct FileRule {
    type_name: &'static str,
    naming: Naming,
    /// The folder in which they lie.
    folder: &'static str,
}

/// The components that are folders.
struct BundleRule {
    type_name: &'static str,
    /// True if a file beside the folders is one, too.
    has_files: bool,
}

static FILES: LazyLock<FxHashMap<&'static str, Vec<FileRule>>> = LazyLock::new(|| {
    let mut rules: FxHashMap<_, Vec<FileRule>> = FxHashMap::default();
    for line in NAMES.lines().filter_map(|line| line.strip_prefix("file ")) {
        let [suffix, type_name, naming, folder] = line.split(' ').collect::<Vec<_>>()[..] else { continue };
        let naming = match naming {
            "name" => Naming::Name,
            "folder" => Naming::Folder,
            "slash" => Naming::Slash,
            "child" => Naming::Child,
            _ => Naming::Parent,
        };
        rules.entry(suffix).or_default().push(FileRule { type_name, naming, folder });
    }
    rules
});

static BUNDLES: LazyLock<FxHashMap<&'static str, BundleRule>> = LazyLock::new(|| {
    let rule = |line: &'static str| {
        let [word, folder, type_name] = line.split(' ').collect::<Vec<_>>()[..] else { return None };
        let has_files = word == "content";
        (has_files || word == "bundle").then_some((folder, BundleRule { type_name, has_files }))
    };
    NAMES.lines().filter_map(rule).collect()
});

/// What a manifest calls the component that the file at `path` (forward slashes) belongs to, by its path alone; none if
/// the registry cannot tell.
pub fn member(path: &str) -> Option<Member> {
    let (folders, file) = path.rsplit_once('/').unwrap_or(("", path));
    let folders: Vec<&str> = folders.split('/').filter(|folder| !folder.is_empty()).collect();
    in_bundle(&folders, file).or_else(|| in_file(&folders, file))
}

fn in_bundle(folders: &[&str], file: &str) -> Option<Member> {
    let (at, rule) = folders.iter().enumerate().rev().find_map(|(at, folder)| Some((at, BUNDLES.get(folder)?)))?;
    let name = match folders.get(at + 1) {
        Some(folder) => (*folder).to_owned(),
        None if rule.has_files => stem(file)?.0.to_owned(),
        None => return None,
    };
    Some(Member { type_name: rule.type_name, name })
}

/// How files of the source format end.
const META: &str = "-meta.xml";

/// The name and the suffix of a file.
fn stem(file: &str) -> Option<(&str, &str)> {
    file.strip_suffix(META).unwrap_or(file).rsplit_once('.').filter(|(name, _)| !name.is_empty())
}

fn in_file(folders: &[&str], file: &str) -> Option<Member> {
    let (name, suffix) = stem(file)?;
    let rules = FILES.get(suffix)?;
    // Several types have one suffix, and each its folder.
    let in_its_folder = |rule: &&FileRule| match rule.naming {
        Naming::Child | Naming::Parent => rule.folder == "-" || folders.last() == Some(&rule.folder),
        _ => folders.contains(&rule.folder),
    };
    let rule = match (rules.iter().find(in_its_folder), &rules[..]) {
        (Some(rule), _) => rule,
        // Elsewhere a file that ends in `.md` is most often a page.
        (None, [only]) if matches!(only.naming, Naming::Name) && (suffix != "md" || file.ends_with(META)) => only,
        _ => return None,
    };
    let parent = || {
        let above = if rule.folder == "-" { 1 } else { 2 };
        folders.len().checked_sub(above).and_then(|at| folders.get(at).copied())
    };
    let name = match rule.naming {
        Naming::Name => name.to_owned(),
        Naming::Child => format!("{}.{name}", parent()?),
        Naming::Parent => parent()?.to_owned(),
        Naming::Folder | Naming::Slash => {
            let at = folders.iter().rposition(|folder| *folder == rule.folder)?;
            let slash = if matches!(rule.naming, Naming::Slash) { "/" } else { "" };
            [&folders[at + 1..], &[name]].concat().join("/") + slash
        }
    };
    Some(Member { type_name: rule.type_name, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each as the Salesforce CLI names it in a manifest (source-deploy-retrieve 13.7.0).
    #[test]
    fn files_are_named_as_in_manifests() {
        for (path, expected) in [
            ("classes/Router.cls", "ApexClass Router"),
            ("classes/Router.cls-meta.xml", "ApexClass Router"),
            ("roles/Support_Manager.role-meta.xml", "Role Support_Manager"),
            ("objects/Case/fields/Topic__c.field-meta.xml", "CustomField Case.Topic__c"),
            ("objects/Ticket__c/Ticket__c.object-meta.xml", "CustomObject Ticket__c"),
            ("objects/Ticket__c.object", "CustomObject Ticket__c"),
            ("objects/Case/listViews/All.listView-meta.xml", "ListView Case.All"),
            ("objectTranslations/Case-de/Topic__c.fieldTranslation-meta.xml", "CustomObjectTranslation Case-de"),
            ("bots/Helper/Helper.bot-meta.xml", "Bot Helper"),
            ("bots/Helper/v1.botVersion-meta.xml", "BotVersion Helper.v1"),
            ("reports/Service/Daily/Cases.report-meta.xml", "Report Service/Daily/Cases"),
            ("reports/Service.reportFolder-meta.xml", "Report Service/"),
            ("profiles/Custom%3A Support.profile-meta.xml", "Profile Custom%3A Support"),
            ("email/Folder.emailFolder-meta.xml", "EmailTemplate Folder"),
            ("lwc/console/console.js", "LightningComponentBundle console"),
            ("lwc/console/__tests__/console.test.js", "LightningComponentBundle console"),
            ("staticresources/Sounds.resource-meta.xml", "StaticResource Sounds"),
            ("staticresources/Sounds/a/b.wav", "StaticResource Sounds"),
            ("sites/Help.site-meta.xml", "CustomSite Help"),
            ("siteDotComSites/Help.site-meta.xml", "SiteDotCom Help"),
            ("settings/Case.settings-meta.xml", "Settings Case"),
            ("standardValueSets/CaseOrigin.standardValueSet-meta.xml", "StandardValueSet CaseOrigin"),
        ] {
            let found = member(&format!("force-app/main/default/{path}"));
            let found = found.map(|member| format!("{} {}", member.type_name, member.name));
            assert_eq!(found.as_deref(), Some(expected), "{path}");
        }
        for stranger in
            ["README.md", "lwc/jsconfig.json", "x/Help.site-meta.xml", "documents/Folder/Logo.png", "x/.cls"]
        {
            assert_eq!(member(stranger), None, "{stranger}");
        }
    }
}
