//! What is found, what helps and fixes say of it, on samples and on folders that hold one case each.

#[path = "../common/breaking.rs"]
mod breaking;
#[path = "../common/mod.rs"]
mod common;

mod elements;
mod fix;
mod fixtures;
mod helps;
mod pages;
