//! Whether a file on disk is the one that a commit has.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha1::{Digest, Sha1};
use sha2::Sha256;

use crate::source;

/// How a repository names its objects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum ObjectFormat {
    #[default]
    Sha1,
    Sha256,
}

impl ObjectFormat {
    /// The format of an object's id in hexadecimal digits.
    pub(super) const fn of(id: &str) -> Self {
        if id.len() == 64 { Self::Sha256 } else { Self::Sha1 }
    }

    /// True if a file with this content is stored with this id. Line ends may have been converted when it was checked out.
    pub(super) fn is_stored_as(self, content: &[u8], id: &str) -> bool {
        self.blob(content) == id || self.blob(&with_plain_line_ends(content)) == id
    }

    /// The id of a file with this content.
    fn blob(self, content: &[u8]) -> String {
        match self {
            Self::Sha1 => blob::<Sha1>(content),
            Self::Sha256 => blob::<Sha256>(content),
        }
    }
}

/// Git's documentation, "Git Internals - Git Objects": the digest of the type, the size and the content.
fn blob<D: Digest>(content: &[u8]) -> String {
    let mut digest = D::new();
    digest.update(format!("blob {}\0", content.len()));
    digest.update(content);
    digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        // Writing to memory does not fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The files of a work tree.
pub(super) struct Disk<'r> {
    pub(super) root: &'r Path,
    pub(super) format: ObjectFormat,
}

impl Disk<'_> {
    /// True if the file at `path` has the content with this id. Line ends may have been converted when it was checked
    /// out. What cannot be read counts as another.
    pub(super) fn is_same(&self, path: &str, id: &str) -> bool {
        let file = source::join(self.root, path);
        if file.is_symlink() {
            let target = fs::read_link(&file).map(|target| target.to_string_lossy().replace('\\', "/"));
            return target.is_ok_and(|target| self.format.blob(target.as_bytes()) == id);
        }
        match source::read_bytes(&file) {
            Ok(content) => self.format.is_stored_as(&content, id),
            Err(_) => false,
        }
    }
}

/// As git stores a file whose line ends it converts.
fn with_plain_line_ends(content: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(content.len());
    let mut bytes = content.iter().peekable();
    while let Some(&byte) = bytes.next() {
        if byte != b'\r' || bytes.peek() != Some(&&b'\n') {
            plain.push(byte);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_that_git_gives() {
        // `printf 'a\n' | git hash-object --stdin`, in a repository of each format.
        assert_eq!(ObjectFormat::Sha1.blob(b"a\n"), "78981922613b2afb6025042ff6bd878ac1994e85");
        assert_eq!(
            ObjectFormat::Sha256.blob(b"a\n"),
            "f8625e43f9e04f24291f77cdbe4c71b3c2a3b0003f60419b3ed06a058d766c8b"
        );
        assert_eq!(with_plain_line_ends(b"a\r\nb\rc\r\r\n"), b"a\nb\rc\r\n");
    }
}
