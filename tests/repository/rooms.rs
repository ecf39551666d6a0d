//! Rooms stand on the floors that CONTRIBUTING.md gives them, and use only what is below; in a room that has rooms, each
//! uses those after it alone; and no files of a room go round in a circle.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Rooms without a circle of files.
const WITHOUT_CIRCLES: [&str; 5] = ["answers", "lsp", "runtime", "setup", "text"];

/// The words by which a room says in which order its rooms use each other.
const ORDER: &str = "of which each uses those after it alone:";

/// The floor of each room, from the rows `| 3 | `schema` | …`.
fn floors() -> BTreeMap<String, u32> {
    let row = |line: &str| {
        let mut cells = line.strip_prefix('|')?.split('|').map(str::trim);
        let floor = cells.next()?.parse().ok()?;
        Some((cells.next()?.trim_matches('`').to_owned(), floor))
    };
    include_str!("../../CONTRIBUTING.md").lines().filter_map(row).collect()
}

/// A module of the library: where it stands, as in `["lsp", "text", "uri"]`, and its text without comments.
struct Module {
    path: Vec<String>,
    is_folder: bool,
    text: String,
}

/// All modules, in the order of their files.
fn modules() -> Vec<Module> {
    let files = walkdir::WalkDir::new("src").sort_by_file_name().into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.path().extension().is_some_and(|is| is == "rs"));
    let module = |entry: walkdir::DirEntry| {
        let below = entry.path().strip_prefix("src").unwrap().with_extension("");
        let mut path: Vec<String> = below.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
        let is_folder = path.last().is_some_and(|last| last == "mod");
        if is_folder {
            path.pop();
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        Module { path, is_folder, text: code.collect::<Vec<_>>().join("\n") }
    };
    files.map(module).collect()
}

impl Module {
    /// Its code without its tests, which may use what the code does not.
    fn code(&self) -> &str {
        self.text.split("#[cfg(test)]\nmod tests {").next().unwrap()
    }

    /// The paths that a text of the module names, each from the root of the library.
    fn named(&self, text: &str) -> Vec<Vec<String>> {
        let mut found = Vec::new();
        for start in ["crate::", "super::", "self::"] {
            for (at, _) in text.match_indices(start) {
                // `super::super::a` is read from its first word.
                let before = &text[..at];
                let is_inside = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
                // `pub(in crate::a)` says who may use something, and uses nothing.
                if is_inside || before.ends_with("pub(in ") {
                    continue;
                }
                let mut paths = Vec::new();
                tree(&text[at..], &mut Vec::new(), &mut paths);
                found.extend(paths.into_iter().map(|path| self.absolute(path)));
            }
        }
        // What it declares, it uses.
        let declared = text.lines().filter_map(|line| line.trim().strip_suffix(';')?.rsplit_once("mod "));
        let declared = declared.filter(|(before, _)| before.is_empty() || before.starts_with("pub"));
        found.extend(declared.map(|(_, child)| [&*self.path, &[child.to_owned()]].concat()));
        found
    }

    fn absolute(&self, path: Vec<String>) -> Vec<String> {
        let mut from: Vec<String> = self.path.clone();
        let mut rest = path.into_iter().peekable();
        while let Some(word) = rest.next_if(|word| matches!(&**word, "crate" | "super" | "self")) {
            match &*word {
                "crate" => from.clear(),
                "super" => drop(from.pop()),
                _ => {}
            }
        }
        from.extend(rest);
        from
    }
}

/// Reads `a::b::{c, d::e}` from the start of a text: the paths in it, and how long it is.
fn tree(text: &str, above: &mut Vec<String>, paths: &mut Vec<Vec<String>>) -> usize {
    let depth = above.len();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if let Some(inside) = rest.strip_prefix('{') {
            let mut inner = inside;
            loop {
                inner = inner.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
                let len = tree(inner, above, paths);
                inner = &inner[len..];
                if len == 0 {
                    break;
                }
            }
            let end = inner.find('}').unwrap_or(inner.len());
            at += rest.len() - inner.len() + end + usize::from(end < inner.len());
            break;
        }
        let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        if len == 0 {
            break;
        }
        above.push(rest[..len].to_owned());
        at += len;
        match text[at..].strip_prefix("::") {
            Some(next) if next.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '{') => at += 2,
            _ => {
                paths.push(above.clone());
                break;
            }
        }
    }
    // `use a::b as c`.
    let renamed = text[at..]
        .strip_prefix(" as ")
        .map(|name| " as ".len() + name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len()));
    above.truncate(depth);
    at + renamed.unwrap_or(0)
}

#[test]
fn trees_of_imports_are_read_whole() {
    let mut paths = Vec::new();
    let text = "crate::{fix, xml::{self, Document as Tree, a::B}, text::count};\nuse super::other;";
    tree(text, &mut Vec::new(), &mut paths);
    let paths: Vec<String> = paths.iter().map(|path| path.join("::")).collect();
    let expected = ["crate::fix", "crate::xml::self", "crate::xml::Document", "crate::xml::a::B", "crate::text::count"];
    assert_eq!(paths, expected);
    let module =
        Module { path: vec!["lsp".into(), "text".into(), "uri".into()], is_folder: false, text: String::new() };
    let of = |text: &str| module.named(text).iter().map(|path| path.join("::")).collect::<Vec<_>>();
    assert_eq!(of("use super::super::session::{state, seen};"), ["lsp::session::state", "lsp::session::seen"]);
    assert_eq!(of("x(crate::graph::Graph::new)"), ["graph::Graph::new"]);
    assert_eq!(of("pub(in crate::lsp) mod a;"), ["lsp::text::uri::a"]);
}

#[test]
fn every_room_has_a_floor() {
    let floors = floors();
    let modules = include_str!("../../src/lib.rs").lines().filter_map(|line| line.strip_prefix("pub mod "));
    let rooms: Vec<&str> = modules.map(|line| line.trim_end_matches(';')).collect();
    for room in &rooms {
        assert!(floors.contains_key(*room), "`{room}` has no row in the table of rooms in CONTRIBUTING.md");
    }
    assert_eq!(floors.len(), rooms.len(), "the table has a room that is not there: {floors:?}");
}

#[test]
fn imports_run_downward() {
    let floors = floors();
    let mut wrong = BTreeSet::new();
    for module in modules() {
        let Some((room, floor)) = module.path.first().and_then(|room| floors.get_key_value(room)) else { continue };
        for path in module.named(&module.text) {
            let other = path.first().filter(|other| *other != room);
            if let Some(other) = other.filter(|other| floors.get(*other).is_some_and(|below| below >= floor)) {
                wrong.insert(format!("`{}` uses `{other}`", module.path.join("::")));
            }
        }
    }
    assert!(wrong.is_empty(), "not on a lower floor: {wrong:#?}");
}

/// The rooms in a room, in the order that the first lines of its `mod.rs` give.
fn ordered(room: &Path) -> Option<Vec<String>> {
    let text = std::fs::read_to_string(room.join("mod.rs")).unwrap_or_default();
    let says = text.lines().filter_map(|line| line.strip_prefix("//!")).collect::<String>();
    let (_, order) = says.split_once(ORDER)?;
    let (order, _) = order.split_once('.')?;
    Some(order.split('`').skip(1).step_by(2).map(str::to_owned).collect())
}

#[test]
fn rooms_in_a_room_keep_their_order() {
    let modules = modules();
    let mut wrong = BTreeSet::new();
    let mut seen = 0;
    for room in modules.iter().filter(|module| module.is_folder) {
        let folder = Path::new("src").join(room.path.join("/"));
        let Some(order) = ordered(&folder) else { continue };
        seen += 1;
        let has_parts = |of: &Module| of.path.len() == room.path.len() + 1 && of.path.starts_with(&room.path);
        let there: BTreeSet<&String> =
            modules.iter().filter(|of| has_parts(of)).filter_map(|of| of.path.last()).collect();
        assert_eq!(order.iter().collect::<BTreeSet<_>>(), there, "the rooms of `{}`", folder.display());
        let place = |path: &[String]| {
            let own = path.strip_prefix(&*room.path)?.first()?;
            order.iter().position(|of| of == own)
        };
        for module in modules.iter().filter(|of| of.path.len() > room.path.len()) {
            let Some(from) = place(&module.path) else { continue };
            for path in module.named(module.code()) {
                if place(&path).is_some_and(|to| to < from) {
                    wrong.insert(format!("`{}` uses `{}`", module.path.join("::"), path.join("::")));
                }
            }
        }
    }
    assert!(seen > 0, "no room says the order of its rooms");
    assert!(wrong.is_empty(), "not after it: {wrong:#?}");
}

/// For each module, the modules of its room that it uses.
fn arrows(modules: &[Module]) -> BTreeMap<&[String], BTreeSet<&[String]>> {
    let known: BTreeSet<&[String]> = modules.iter().map(|module| &*module.path).collect();
    let arrows = modules.iter().map(|module| {
        let named = module.named(module.code());
        let module_of = |path: &Vec<String>| (1..=path.len()).rev().find_map(|len| known.get(&path[..len]).copied());
        let used = named.iter().filter(|path| path.first() == module.path.first()).filter_map(module_of);
        let others: BTreeSet<&[String]> = used.filter(|used| *used != &*module.path).collect();
        (&*module.path, others)
    });
    arrows.collect()
}

/// A circle that leads back to the last of `way`, if there is one.
fn circle<'m>(
    arrows: &BTreeMap<&'m [String], BTreeSet<&'m [String]>>,
    way: &mut Vec<&'m [String]>,
    done: &mut BTreeSet<&'m [String]>,
) -> Option<Vec<&'m [String]>> {
    let at = *way.last()?;
    if let Some(first) = way[..way.len() - 1].iter().position(|before| *before == at) {
        return Some(way[first..].to_vec());
    }
    if !done.insert(at) {
        return None;
    }
    for next in arrows.get(at).into_iter().flatten() {
        way.push(next);
        let found = circle(arrows, way, done);
        way.pop();
        if found.is_some() {
            return found;
        }
    }
    None
}

#[test]
fn no_files_go_round_in_a_circle() {
    let modules = modules();
    let arrows = arrows(&modules);
    let has_arrows =
        |room: &&str| arrows.iter().any(|(from, to)| from.first().is_some_and(|of| of == room) && !to.is_empty());
    assert!(WITHOUT_CIRCLES.iter().all(has_arrows), "a room whose files use each other nowhere");
    let mut wrong = BTreeMap::new();
    for module in modules.iter().filter(|module| !module.path.is_empty()) {
        let mut done = BTreeSet::new();
        let Some(found) = circle(&arrows, &mut vec![&*module.path], &mut done) else { continue };
        let words: Vec<String> = found.iter().map(|path| path.join("::")).collect();
        wrong.entry(module.path[0].clone()).or_insert_with(BTreeSet::new).insert(words.join(" -> "));
    }
    wrong.retain(|room, _| WITHOUT_CIRCLES.contains(&&**room));
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The library without a feature needs none of the packages that come with it.
#[test]
fn what_comes_with_a_feature_is_used_in_its_room_alone() {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().unwrap();
    let targets = manifest["target"].as_table().unwrap().values().map(|target| &target["dependencies"]);
    let dependencies: Vec<&toml::Table> =
        targets.chain([&manifest["dependencies"]]).filter_map(toml::Value::as_table).collect();
    let modules = modules();
    for (feature, least) in [("cli", "clap"), ("lsp", "lsp-types"), ("serve", "tokio")] {
        let names = manifest["features"][feature].as_array().unwrap().iter();
        let names: Vec<&str> = names.map(|name| name.as_str().unwrap().strip_prefix("dep:").unwrap()).collect();
        assert!(names.contains(&least), "`{feature}` comes without `{least}`");
        for name in names {
            let is_optional = |of: &toml::Table| of.get("optional").and_then(toml::Value::as_bool) == Some(true);
            let of = dependencies.iter().find_map(|all| all.get(name)?.as_table());
            assert!(of.is_some_and(is_optional), "`{name}` is not optional");
            let word = format!("{}::", name.replace('-', "_"));
            let is_inside = |module: &&Module| {
                module.path[0] == feature || module.path[0] == "main" || module.path.ends_with(&["tests".to_owned()])
            };
            let outside = modules.iter().filter(|module| !is_inside(module));
            for module in outside {
                let mut lines = module.code().lines().filter(|line| !line.contains("cfg_attr(feature = "));
                let found = lines.find(|line| line.contains(&word));
                assert_eq!(found, None, "`{}` uses `{name}`, which only `{feature}` brings", module.path.join("::"));
            }
        }
    }
}
