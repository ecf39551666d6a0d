//! How serving can end otherwise than it should.

/// Why serving ended otherwise than the protocol says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServeError {
    /// The client went without a word.
    #[error("the client left without saying so")]
    Gone,
    /// `exit` came without `shutdown` before it.
    #[error("the client ended the session without `shutdown`")]
    NoShutdown,
}
