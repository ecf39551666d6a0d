//! The server: the loop over a client's messages, how a session opens, what the client is told unasked.
//!
//! `core` is the server and its voice; `serve` the loop, `notifications` and `publish` what it does with news from the
//! client and from the analysis; `capabilities` and `opening` are about the first messages, `stdio` about the wire.

mod capabilities;
mod core;
mod error;
mod notifications;
mod opening;
mod publish;
mod serve;
mod stdio;

pub use error::ServeError;
pub use serve::serve;
pub use stdio::run;
