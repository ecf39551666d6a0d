//! The effective settings as text.

use std::fmt::Write as _;

use super::{Origin, Setting, Settings};
use crate::graph::World;
use crate::source;
use crate::text::{json, one_line};

/// The effective settings in the notation of `omnic.toml`, each with where it comes from. `root` is the project's root
/// as people are told it.
pub fn show(settings: &Settings, root: &str, api_version: &str, api_version_source: &str) -> String {
    let mut lines = Lines { settings, text: String::new() };
    lines.comment(&format!("project root: {root}"));
    match settings.files.as_slice() {
        [] => lines.comment("no omnic.toml at or above it"),
        [first, rest @ ..] => {
            lines.comment(&format!("configuration: {}", first.shown));
            for file in rest {
                lines.comment(&format!("extends: {}", file.shown));
            }
        }
    }
    lines.text.push('\n');
    lines.plain("api-version", &quoted(api_version), api_version_source);
    lines.setting("world", &quoted(world(settings.world.value)), settings.world.origin);
    lines.setting("strict", &settings.strict.value.to_string(), settings.strict.origin);
    lines.setting("min-severity", &quoted(settings.min_severity.value.as_str()), settings.min_severity.origin);
    lines.setting("fail-on", &quoted(settings.fail_on.value.as_str()), settings.fail_on.origin);
    lines.path("baseline", &settings.baseline);
    lines.org();
    lines.external();
    lines.levels();
    lines.overrides();
    lines.exceptions();
    lines.text
}

struct Lines<'s> {
    settings: &'s Settings,
    text: String,
}

/// Where comments begin, so that values and origins are read as two columns.
const COLUMN: usize = 40;

impl Lines<'_> {
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.text, "# {}", one_line(text));
    }

    fn plain(&mut self, key: &str, value: &str, origin: &str) {
        let setting = format!("{key} = {value}");
        let _ = writeln!(self.text, "{setting:COLUMN$}  # {}", one_line(origin));
    }

    fn setting(&mut self, key: &str, value: &str, origin: Origin) {
        let origin = self.origin(origin);
        self.plain(key, value, &origin);
    }

    fn path(&mut self, key: &str, path: &Setting<std::path::PathBuf>) {
        let missing = if path.value.exists() { "" } else { ", does not exist" };
        let origin = format!("{}{missing}", self.origin(path.origin));
        self.plain(key, &quoted(&source::display(&path.value)), &origin);
    }

    fn origin(&self, origin: Origin) -> String {
        match origin {
            Origin::Default => "default".to_owned(),
            Origin::File(number) => self.settings.files.get(number).map(|file| file.shown.clone()).unwrap_or_default(),
            Origin::Environment(name) | Origin::Flag(name) => name.to_owned(),
        }
    }

    fn org(&mut self) {
        let Settings { records, inventory, .. } = self.settings;
        if records.value.is_none() && inventory.value.is_empty() {
            return;
        }
        self.text.push_str("\n[org]\n");
        if let Some(folder) = &records.value {
            self.path("records", &Setting::new(folder.clone(), records.origin));
        }
        if !inventory.value.is_empty() {
            let paths: Vec<_> = inventory.value.iter().map(|path| quoted(&source::display(path))).collect();
            self.setting("inventory", &format!("[{}]", paths.join(", ")), inventory.origin);
        }
    }

    fn external(&mut self) {
        if self.settings.external.is_empty() {
            return;
        }
        self.text.push_str("\n[external]\n");
        for kind in super::resolve::declarable() {
            let of_kind: Vec<_> = self.settings.external.iter().filter(|name| name.value.0 == kind).collect();
            let Some(first) = of_kind.first() else { continue };
            let names: Vec<_> = of_kind.iter().map(|name| quoted(&name.value.1)).collect();
            self.setting(kind.as_str(), &format!("[{}]", names.join(", ")), first.origin);
        }
    }

    fn levels(&mut self) {
        let mut levels: Vec<_> = self.settings.policy.levels.iter().zip(&self.settings.level_origins).collect();
        if levels.is_empty() {
            return;
        }
        levels.sort_by_key(|((check, _), _)| check.code);
        self.text.push_str("\n[checks]\n");
        for ((check, level), origin) in levels {
            let origin = format!("{} ({})", self.origin(*origin), check.name);
            self.plain(check.code, &quoted(level.as_str()), &origin);
        }
    }

    fn overrides(&mut self) {
        for (of, (paths, origin)) in self.settings.policy.overrides.iter().zip(&self.settings.override_origins) {
            let _ = writeln!(self.text, "\n[[overrides]]  # {}", one_line(&self.origin(*origin)));
            let paths: Vec<_> = paths.iter().map(|path| quoted(path)).collect();
            let _ = writeln!(self.text, "paths = [{}]", paths.join(", "));
            let levels: Vec<_> =
                of.levels.iter().map(|(check, level)| format!("{} = {}", check.code, quoted(level.as_str()))).collect();
            let _ = writeln!(self.text, "checks = {{ {} }}", levels.join(", "));
        }
    }

    fn exceptions(&mut self) {
        for (exception, name) in self.settings.policy.exceptions.iter().zip(&self.settings.exception_names) {
            let _ = writeln!(self.text, "\n[[exceptions]]  # {}", one_line(&self.origin(Origin::File(exception.file))));
            let fields = [
                ("check", Some(exception.check.code.to_owned())),
                ("type", exception.kind.map(|kind| kind.as_str().to_owned())),
                ("name", name.clone()),
                ("element", exception.element.clone()),
                ("reason", Some(exception.reason.clone())),
            ];
            for (key, value) in fields {
                if let Some(value) = value {
                    let _ = writeln!(self.text, "{key} = {}", quoted(&value));
                }
            }
        }
    }
}

/// A TOML string, on one line: JSON escapes as TOML does.
fn quoted(text: &str) -> String {
    json::text(&text)
}

const fn world(world: World) -> &'static str {
    match world {
        World::Project => "project",
        World::Open => "open",
        World::Closed => "closed",
    }
}
