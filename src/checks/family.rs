//! Families of checks: what the codes that begin alike have in common.

/// A family of checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// How the codes of its checks begin.
    pub prefix: &'static str,
    /// Its folder in `src/checks`, and the word to filter by.
    pub name: &'static str,
    /// What its checks look at, as a heading.
    pub title: &'static str,
}

/// Every family, in the order of codes.
pub const FAMILIES: [Family; 9] = [
    Family { prefix: "OC0", name: "files", title: "Files and names" },
    Family { prefix: "OC1", name: "schema", title: "Schemas" },
    Family { prefix: "OC2", name: "references", title: "References" },
    Family { prefix: "OC3", name: "channels", title: "Settings and service channels" },
    Family { prefix: "OC4", name: "presence", title: "Presence configurations and statuses" },
    Family { prefix: "OC5", name: "routing", title: "Queues and routing configurations" },
    Family { prefix: "OC6", name: "skills", title: "Skills" },
    Family { prefix: "OC7", name: "supervisors", title: "Supervisor configurations" },
    Family { prefix: "OC8", name: "entry", title: "Flows and messaging channels" },
];
