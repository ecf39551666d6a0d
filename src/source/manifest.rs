//! The one thing discovery wants from `package.xml`: its API version.

use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::read::read_file;
use super::{ApiVersion, Boundary, NamedBy};

/// The name of the file that makes a folder a Metadata API folder.
pub const FILE_NAME: &str = "package.xml";

/// The `<version>` of the `<Package>`; none if there is none to be read: then another version is assumed, and the
/// components are checked all the same.
pub(super) fn api_version(path: &Path, boundary: &Boundary) -> Option<ApiVersion> {
    // The walk tells of a link that leads out.
    if boundary.refuses(path, NamedBy::Project) {
        return None;
    }
    version_of(&read_file(path).ok()?)
}

fn version_of(text: &str) -> Option<ApiVersion> {
    let mut reader = Reader::from_str(text);
    let mut depth = 0_u32;
    let mut version: Option<String> = None;
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name();
                match depth {
                    0 if name.as_ref() != "Package" => return None,
                    1 if name.as_ref() == "version" => version = Some(String::new()),
                    _ => {}
                }
                depth += 1;
            }
            Event::Text(text) if depth == 2 => {
                if let Some(version) = &mut version {
                    version.push_str(&text.xml10_content());
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                if let (1, Some(version)) = (depth, &version) {
                    return ApiVersion::parse(version.trim());
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
            version_of(&text)
        };
        assert_eq!(package("<types><name>Queue</name></types><version> 58.0\n</version>"), Some(ApiVersion(58)));
        assert_eq!(package("<version>5<!-- -->8.0</version>"), Some(ApiVersion(58)));
        assert_eq!(package("<types><version>58.0</version></types>"), None);
        assert_eq!(package("<version/>"), None);
        assert_eq!(package("<version>new</version>"), None);
        assert_eq!(version_of("<package><version>1.0</version></package>"), None, "a ROS package is none of ours");
        assert_eq!(version_of("<Package><types></Package>"), None);
        assert_eq!(version_of(""), None);
    }
}
