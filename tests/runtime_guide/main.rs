//! What docs/runtime.md says of the runtime, row by row: each test is named there, and proves what its row says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

mod asked;
mod capacity;
mod centre;
mod console;
mod decision;
mod docs;
mod events;
mod external;
mod flows;
mod held;
mod objects;
mod options;
mod presence;
mod records;
mod refusals;
mod release;
mod say;
mod skill_dates;
mod skills;
mod supervisor;
mod time;
mod transfers;
mod world;
