//! This repository: its rooms, its pages, and the files that the program makes of itself.

mod action;
mod documents;
mod generated;
mod rooms;
mod screens;
