//! This repository: its rooms, its pages, and the files that the program makes of itself.

mod documents;
mod generated;
mod rooms;
mod screens;
