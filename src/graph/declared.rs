//! Names that the user says the org has, though the project does not define them.

use globset::{Glob, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashSet;

use crate::schema::Kind;

/// Names that the user says the org has.
#[derive(Clone, Debug, Default)]
pub struct Declared {
    /// In lower case.
    names: FxHashSet<(Kind, Box<str>)>,
    patterns: Vec<(Kind, GlobSet)>,
}

impl Declared {
    /// Adds a name.
    pub fn name(&mut self, kind: Kind, name: &str) {
        self.names.insert((kind, name.to_lowercase().into()));
    }

    /// Adds a name, or a pattern of names such as `Vendor_*`.
    ///
    /// # Errors
    ///
    /// If the pattern is none; in the words of `globset`.
    pub fn pattern(&mut self, kind: Kind, pattern: &str) -> Result<(), globset::Error> {
        if pattern.contains(['*', '?', '[', '{']) {
            let glob = Glob::new(&pattern.to_lowercase())?;
            // Unlike a single matcher, a set answers with an error where the pattern is too large.
            self.patterns.push((kind, GlobSetBuilder::new().add(glob).build()?));
        } else {
            self.name(kind, pattern);
        }
        Ok(())
    }

    /// True if the org is said to have it. Names are compared without case.
    pub fn has(&self, kind: Kind, name: &str) -> bool {
        if self.names.is_empty() && self.patterns.is_empty() {
            return false;
        }
        let name = name.to_lowercase();
        self.patterns.iter().any(|(of, pattern)| *of == kind && pattern.is_match(&name))
            || self.names.contains(&(kind, name.into()))
    }
}
