//! Why a runtime could not begin.

/// Why a runtime could not begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// A row of the plan names a row that is not there, and nothing outside of the project either.
    #[error("the plan is broken: {0}")]
    Plan(String),
    /// An option is outside of its range, or names what the plan does not have.
    #[error("{0}")]
    Option(String),
    /// The state is of another plan.
    #[error("the state was saved with another plan: its digest is {saved}, that of this plan {given}")]
    OtherPlan {
        /// The digest of the state's plan.
        saved: String,
        /// The digest of the plan given.
        given: String,
    },
    /// The state contradicts itself or the plan, or has another format.
    #[error("the state is broken: {0}")]
    State(String),
}
