//! The one thing discovery wants from `package.xml`: its API version.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::{ApiVersion, Boundary, NamedBy};

/// The name of the file that makes a folder a Metadata API folder.
pub const FILE_NAME: &str = "package.xml";

/// A type of a manifest, and the one member that counts, if not all do.
pub type ManifestType<'a> = (&'a str, Option<&'a str>);

/// The `<version>` of the `<Package>`; none if there is none to be read, or if the manifest lists types and none of
/// `wanted`: then another version is assumed, and the components are checked all the same.
pub(super) fn api_version(path: &Path, wanted: &[ManifestType<'_>], boundary: &Boundary) -> Option<ApiVersion> {
    // The walk tells of a link that leads out.
    if boundary.refuses(path, NamedBy::Project) {
        return None;
    }
    version_of(&boundary.store().read_file(path).ok()?, wanted)
}

/// What is read of a manifest.
#[derive(Default)]
struct Listed {
    version: Option<String>,
    has_types: bool,
    has_wanted: bool,
    /// The name and the members of the type at hand.
    name: String,
    members: Vec<String>,
}

impl Listed {
    /// A text in the element that the path leads to.
    fn text(&mut self, path: &[String], text: &str) {
        match path {
            [_, element] if element == "version" => self.version.get_or_insert_default().push_str(text),
            [_, types, element] if types == "types" && element == "name" => self.name.push_str(text.trim()),
            [_, types, element] if types == "types" && element == "members" => {
                self.members.push(text.trim().to_owned());
            }
            _ => {}
        }
    }

    /// A type has ended.
    fn end_of_type(&mut self, wanted: &[ManifestType<'_>]) {
        let (name, members) = (std::mem::take(&mut self.name), std::mem::take(&mut self.members));
        let counts =
            |only: Option<&str>| only.is_none_or(|only| members.iter().any(|name| name == only || name == "*"));
        self.has_types = true;
        self.has_wanted |= wanted.iter().any(|&(of, only)| of == name && counts(only));
    }
}

fn version_of(text: &str, wanted: &[ManifestType<'_>]) -> Option<ApiVersion> {
    let mut reader = Reader::from_str(text);
    let mut path: Vec<String> = Vec::new();
    let mut listed = Listed::default();
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if path.is_empty() && name != "Package" {
                    return None;
                }
                path.push(name);
            }
            Event::Text(text) => listed.text(&path, &text.xml10_content()),
            Event::End(_) => {
                if path.len() == 2 && path.last().is_some_and(|name| name == "types") {
                    listed.end_of_type(wanted);
                }
                path.pop();
                if path.is_empty() {
                    let counts = listed.has_wanted || !listed.has_types || wanted.is_empty();
                    return listed.version.filter(|_| counts).and_then(|version| ApiVersion::parse(version.trim()));
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_of_the_package_alone() {
        let package = |inner: &str| {
            let text = format!(
                "<?xml version=\"1.0\"?>\n<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">{inner}</Package>"
            );
            version_of(&text, &[("Queue", None), ("Settings", Some("OmniChannel"))])
        };
        let listing = |of: &str, member: &str| {
            let types = format!("<types><members>{member}</members><name>{of}</name></types><version>43.0</version>");
            package(&types)
        };
        assert_eq!(listing("Profile", "*"), None, "what it deploys is none of ours");
        assert_eq!(listing("Queue", "Support"), Some(ApiVersion(43)));
        assert_eq!(listing("Settings", "Case"), None);
        assert_eq!(listing("Settings", "OmniChannel"), Some(ApiVersion(43)));
        assert_eq!(listing("Settings", "*"), Some(ApiVersion(43)));
        assert_eq!(package("<types><name>Queue</name></types><version> 58.0\n</version>"), Some(ApiVersion(58)));
        assert_eq!(package("<version>5<!-- -->8.0</version>"), Some(ApiVersion(58)));
        assert_eq!(package("<types><version>58.0</version></types>"), None);
        assert_eq!(package("<version/>"), None);
        assert_eq!(package("<version>new</version>"), None);
        assert_eq!(version_of("<package><version>1.0</version></package>", &[]), None, "a ROS package is none of ours");
        assert_eq!(version_of("<Package><types></Package>", &[]), None);
        assert_eq!(version_of("", &[]), None);
        let deep = |depth: usize| format!("{}<version>1.0</version>{}", "<a>x".repeat(depth), "</a>".repeat(depth));
        assert_eq!(package(&format!("{}<version>58.0</version>", deep(5_000))), Some(ApiVersion(58)));
    }
}
