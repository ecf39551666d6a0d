//! Http: what comes and goes over sockets: connections, limits, who may ask from where, and which part answers.
//!
//! In: connections. Out: bytes.
//! Must not know what requests mean.
//!
//! Its files, of which each uses those after it alone: `server`, `plain`, `connection`, `dispatch`, `tls`, `guard`,
//! `read`, `patience`, `limits`.

mod connection;
mod dispatch;
mod guard;
mod limits;
mod patience;
mod plain;
mod read;
mod server;
mod tls;

pub use connection::Log;
pub use limits::Limits;
pub use server::{Reloader, Running, ServeError, ServerOptions, start};
pub use tls::{TlsError, TlsOptions};
