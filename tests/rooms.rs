//! Rooms stand on the floors that CONTRIBUTING.md gives them, and use only what is below.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeMap;
use std::path::Path;

/// The floor of each room, from the rows `| 3 | `schema` | …`.
fn floors() -> BTreeMap<String, u32> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let floor = cells.next()?.parse().ok()?;
        Some((cells.next()?.trim_matches('`').to_owned(), floor))
    };
    include_str!("../CONTRIBUTING.md").lines().filter_map(row).collect()
}

/// The rooms that a source text names, as `crate::room`.
fn named(text: &str) -> impl Iterator<Item = &str> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = code.flat_map(|line| line.split("crate::").skip(1));
    paths.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap())
}

#[test]
fn every_room_has_a_floor() {
    let floors = floors();
    let modules = include_str!("../src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod "));
    let rooms: Vec<&str> = modules.map(|line| line.trim_end_matches(';')).collect();
    for room in &rooms {
        assert!(floors.contains_key(*room), "`{room}` has no row in the table of rooms in CONTRIBUTING.md");
    }
    assert_eq!(floors.len(), rooms.len(), "the table has a room that is not there: {floors:?}");
}

#[test]
fn imports_run_downward() {
    let floors = floors();
    let mut wrong = Vec::new();
    for entry in walkdir::WalkDir::new("src").sort_by_file_name().into_iter().map(Result::unwrap) {
        let path = entry.path();
        let below = path.strip_prefix("src").unwrap();
        let room = below.iter().next().map(Path::new).and_then(Path::file_stem).and_then(|room| room.to_str());
        let Some((room, floor)) = room.and_then(|room| floors.get_key_value(room)) else { continue };
        if !path.is_file() {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        for other in named(&text).filter(|other| other != room) {
            if floors.get(other).is_some_and(|below| below >= floor) {
                wrong.push(format!("{} uses `{other}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "not on a lower floor: {wrong:#?}");
}
