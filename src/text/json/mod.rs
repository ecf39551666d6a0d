//! JSON that is safe to print: what a terminal or a runner of CI jobs would obey is escaped, and means the same to a
//! reader.

mod careful;
mod tidy;

pub use careful::{pretty_text, text, write, write_line, write_pretty};
pub use tidy::{Object, tidy_text};
