//! How sure a check's claim about Salesforce is.

/// A reason to believe what a check says of Salesforce. None of the checks was verified in an org.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Evidence {
    /// An error text of Salesforce's was seen for it, in a report or in notes by Salesforce's engineers.
    ErrorSeen,
    /// A document, a schema or source code of Salesforce's says so.
    Documented,
    /// Files that orgs have accepted or written agree.
    RealFiles,
    /// No source says so, or not in full; the source says which part.
    Assumed,
    /// A rule of this program, about its own comments, settings and records: no claim about Salesforce.
    Own,
}

impl Evidence {
    /// All of them, strongest first.
    pub const ALL: [Self; 5] = [Self::ErrorSeen, Self::Documented, Self::RealFiles, Self::Assumed, Self::Own];

    /// The words in lists and tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ErrorSeen => "error text seen",
            Self::Documented => "documented",
            Self::RealFiles => "real files agree",
            Self::Assumed => "assumed",
            Self::Own => "a rule of omnic",
        }
    }

    /// One sentence for a page.
    const fn sentence(self) -> &'static str {
        match self {
            Self::ErrorSeen => "Salesforce's error text was seen.",
            Self::Documented => "Salesforce documents it.",
            Self::RealFiles => "Real files agree.",
            Self::Assumed => "Part of it is assumed: see the source.",
            Self::Own => "It is a rule of omnic, not of Salesforce.",
        }
    }

    /// The sentences for a page, strongest evidence first.
    pub(crate) fn sentences(evidence: &[Self]) -> String {
        match evidence {
            [Self::Assumed] => "It is assumed: no source says what Salesforce does.".to_owned(),
            _ => evidence.iter().map(|evidence| evidence.sentence()).collect::<Vec<_>>().join(" "),
        }
    }
}
