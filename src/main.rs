//! The `omnic` command.
fn main() {}
