//! An answer, as programs read it.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;

use crate::text::json;

/// The version of the format.
const FORMAT_VERSION: u32 = 1;

/// What the answer is taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Source {
    /// The files of a project.
    Project,
    /// A routing plan.
    Plan,
    /// A saved state of a run.
    State,
}

/// Whether work can be offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Answer {
    /// All of it, while online and with capacity left.
    Yes,
    /// Some of it: it depends on the values of its fields.
    Some,
    /// What is known does not say.
    Unknown,
    /// None of it.
    No,
}

impl Answer {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::Some => "some",
            Self::Unknown => "unknown",
            Self::No => "no",
        }
    }
}

/// The answers to a question about work.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(title = "omnic why")]
pub(super) struct WhyReport {
    /// Version of this format. Fields may be added within a version; a change or removal makes a new one.
    #[schemars(extend("const" = FORMAT_VERSION))]
    pub(super) format_version: u32,
    /// What the answer is taken from.
    pub(super) source: Source,
    /// The work that was asked about: one for each queue, and for each action of a flow, that it may come through.
    pub(super) works: Vec<WorkAnswer>,
    /// With a state: why one item waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) item: Option<ItemAnswer>,
    /// What else should be known, such as what of a record could not be used.
    pub(super) notes: Vec<String>,
}

/// Who can be offered some work.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct WorkAnswer {
    /// The queue that it comes from; absent if a flow routes it without one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) queue: Option<String>,
    /// The flow that hands it over, if one was asked about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) flow: Option<String>,
    /// The action of the flow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) action: Option<String>,
    /// The objects of the work, as far as they are known.
    pub(super) objects: Vec<String>,
    /// The best answer that anybody has.
    pub(super) answer: Answer,
    /// The answer in a sentence.
    pub(super) summary: String,
    /// True if everybody is known whom the work could reach.
    pub(super) complete: bool,
    /// What must be so for everybody, in the order in which work takes these steps. With one rep, also what must be so for
    /// the rep.
    pub(super) steps: Vec<StepRow>,
    /// Everybody whom the work could reach, by the answer and the reason. Empty if the work reaches nobody whoever they are.
    pub(super) reps: Vec<RepGroup>,
    /// What is not known of who else there is.
    pub(super) unseen: Vec<Fact>,
    /// If nobody is known to be offered any of it: lists of changes after which somebody is. Each alone is enough; the best
    /// comes first.
    pub(super) ways: Vec<WayRow>,
}

/// A step on the way from work to a rep.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct StepRow {
    /// What is asked: `switchedOn`, `routed`, `active`, `model`, `carried`, `offered`, `member`, `skill`, `skillsKnown`,
    /// `status`, `governed` or `room`.
    pub(super) condition: String,
    /// `yes`, `no` or `unknown`.
    pub(super) holds: Answer,
    /// The sentence and its place.
    #[serde(flatten)]
    pub(super) fact: Fact,
}

/// Reps of whom the same is true.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct RepGroup {
    /// Whether they can be offered the work.
    pub(super) answer: Answer,
    /// The first condition that fails, or is not known to hold; absent where all hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) condition: Option<String>,
    /// Why, and where the project says so.
    #[serde(flatten)]
    pub(super) fact: Fact,
    /// Their usernames, sorted.
    pub(super) users: Vec<String>,
}

/// Changes that do it together.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct WayRow {
    /// What to change, and where.
    pub(super) changes: Vec<Fact>,
    /// The usernames of those whom it helps, as far as they are known already.
    pub(super) users: Vec<String>,
    /// True if they can be offered the work afterwards. Else nothing is known to be against it then, and not all is known.
    pub(super) sure: bool,
}

/// A sentence, and where the project says so.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct Fact {
    /// The sentence, without a full stop.
    pub(super) text: String,
    /// The place; absent if no file says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<Place>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Place {
    /// Path relative to the project root, with forward slashes.
    pub(super) file: String,
    /// Line, from 1.
    pub(super) line: u32,
    /// Column in characters, from 1; absent where a plan keeps lines alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) column: Option<u32>,
    /// The line, without the space around it, and cut if it is long; absent if it is the first element of a file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) excerpt: Option<String>,
    /// The path as people are told it.
    #[serde(skip)]
    pub(super) shown: String,
}

/// Why one item waits, or where it is.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct ItemAnswer {
    /// The record.
    pub(super) work_item: String,
    /// The time of the state.
    pub(super) now: String,
    /// True if it waits for a rep.
    pub(super) waits: bool,
    /// Where it is, in a sentence.
    pub(super) summary: String,
    /// Skills that it asks for and that nobody has.
    pub(super) missing_skills: Vec<String>,
    /// Everybody who could be offered it at some time, by why not now.
    pub(super) reps: Vec<WaitingGroup>,
    /// Items that wait for the same reps and go first.
    pub(super) ahead: Vec<OtherItem>,
    /// Items that were requested later, and that its reps were offered since.
    pub(super) went_first: Vec<OtherItem>,
    /// The timers that may let it be offered, or that end its offer.
    pub(super) timers: Vec<TimerRow>,
}

/// Reps who cannot be offered an item now, for one reason.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct WaitingGroup {
    /// Why, in words.
    pub(super) text: String,
    /// Their usernames, sorted.
    pub(super) users: Vec<String>,
}

/// Another item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct OtherItem {
    /// The record.
    pub(super) work_item: String,
    /// Of one that went first: the rep who was offered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<String>,
    /// Of one that went first: when it was offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) at: Option<String>,
    /// Why it goes first, in words.
    pub(super) text: String,
}

/// A timer.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(super) struct TimerRow {
    /// When it fires.
    pub(super) at: String,
    /// What happens then, in words.
    pub(super) text: String,
}

impl WhyReport {
    pub(super) const fn new(source: Source) -> Self {
        Self { format_version: FORMAT_VERSION, source, works: Vec::new(), item: None, notes: Vec::new() }
    }

    /// Its JSON, with a final line end.
    pub(super) fn to_json(&self) -> String {
        let mut text = json::pretty_text(self);
        text.push('\n');
        text
    }
}

/// The JSON Schema of the format.
pub fn schema() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<WhyReport>();
    format!("{:#}\n", schema.as_value())
}
