//! Between the client's identifiers and paths.

use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};

use lsp_types::Uri;
use rustc_hash::FxHasher;
use url::Url;

/// The path of a `file:` identifier; none for any other, and for what is no identifier.
pub(in crate::lsp) fn to_path(uri: &Uri) -> Option<PathBuf> {
    // VS Code writes a Windows drive's colon as `%3A`.
    let url = Url::parse(&uri.0).ok().filter(|url| url.scheme() == "file")?;
    if let Ok(path) = url.to_file_path() {
        return Some(path);
    }
    Url::parse(&uri.0.replacen("%3A", ":", 1).replacen("%3a", ":", 1)).ok()?.to_file_path().ok()
}

/// The identifier of a path; none if it is not absolute.
pub(in crate::lsp) fn of_path(path: &Path) -> Option<Uri> {
    Url::from_file_path(path).ok().map(|url| Uri(url.into()))
}

/// The path that stands for any identifier: a file's own; of what is no file, a path that no file has, another for each
/// identifier, with its last part, so that its type can be known.
pub(in crate::lsp) fn stand_in(uri: &Uri) -> PathBuf {
    to_path(uri).unwrap_or_else(|| {
        let (scheme, rest) = uri.0.split_once(':').unwrap_or(("untitled", &uri.0));
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let name = rest.rsplit(['/', '\\']).next().unwrap_or(rest);
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        let mut hasher = FxHasher::default();
        uri.0.hash(&mut hasher);
        let folder = format!("\u{0}{scheme}-{:016x}", hasher.finish());
        Path::new(if cfg!(windows) { "X:\\" } else { "/" }).join(folder).join(&*name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_go_there_and_back() {
        for path in ["/a/b.queue-meta.xml", "/a b/ü%20#?.queue-meta.xml"] {
            let uri = of_path(Path::new(path)).unwrap();
            assert_eq!(to_path(&uri).unwrap(), Path::new(path), "{uri:?}");
        }
        assert_eq!(of_path(Path::new("a")), None);
        for uri in ["untitled:Untitled-1", "git:/a?x", "nonsense", "", "file:relative", "http://x/y"] {
            assert_eq!(to_path(&Uri(uri.to_owned())).filter(|path| !path.is_absolute()), None, "{uri}");
        }
        let [one, other] = ["HEAD", "main"].map(|of| stand_in(&Uri(format!("git:/a/B%20c.queue-meta.xml?ref={of}"))));
        assert!(one.ends_with("B c.queue-meta.xml") && one != other, "{one:?}");
    }
}
