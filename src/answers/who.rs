//! Of whom a sentence speaks: one rep, or several for whom the same is true.

/// The subject of a sentence.
#[derive(Clone, Debug)]
pub struct Who {
    words: String,
    is_many: bool,
}

impl Who {
    /// One rep, by a name that is quoted already.
    pub const fn one(name: String) -> Self {
        Self { words: name, is_many: false }
    }

    /// Several.
    pub fn many(words: impl Into<String>) -> Self {
        Self { words: words.into(), is_many: true }
    }

    /// `they`: what stays the same for everybody of whom the same is true.
    pub fn they() -> Self {
        Self::many("they")
    }

    /// Who: as the object of a sentence.
    pub fn name(&self) -> &str {
        if self.is_many && self.words == "they" { "them" } else { &self.words }
    }

    /// `ada has`, `3 members have`.
    pub fn has(&self) -> String {
        self.verb("has", "have")
    }

    /// `ada is`, `3 members are`.
    pub fn is(&self) -> String {
        self.verb("is", "are")
    }

    /// The two with one of two forms of a verb.
    pub fn verb(&self, one: &str, many: &str) -> String {
        format!("{} {}", self.words, self.form(one, many))
    }

    /// The form of a word that fits.
    pub const fn form<'w>(&self, one: &'w str, many: &'w str) -> &'w str {
        if self.is_many { many } else { one }
    }
}
