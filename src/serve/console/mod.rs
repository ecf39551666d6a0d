//! Console: what the pages of the consoles ask: who signs in, what a user may do and does, what happens for the user, what a
//! supervisor sees; and the pages themselves, with the components that they run.
//!
//! In: a request to `/omnic/v1/console/…`, `/console…` or `/support/console/…`. Out: an answer, or one that comes when something
//! happens.
//! Must not know sockets, nor how a page looks.
//!
//! Its files, of which each uses those after it alone: `schemas`, `dispatch`, `stream`, `calls`, `supervisor`, `standing`, `told`,
//! `sign_in`, `harness`, `markup`, `pages`.

mod calls;
mod dispatch;
mod harness;
mod markup;
mod pages;
mod schemas;
mod sign_in;
mod standing;
mod stream;
mod supervisor;
mod told;

pub(crate) use dispatch::{answer, is_console};
pub(crate) use schemas::schemas;
pub(crate) use stream::{Answered, Waiting};
