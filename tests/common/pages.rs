//! The projects in the pages of checks: files on disk, as `omnic check` finds them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use omnic::analyse::{Analysis, Options, analyse};
use omnic::checks::{Case, Check, Flag, Page, PageFile, PageProblem, REGISTRY};
use omnic::source::Project;
use tempfile::TempDir;

/// What is expected of a project in a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    /// The check fires: the section `Fails`.
    Fails,
    /// The check does not fire, and there are no errors: the section `Passes`.
    Passes,
    /// The check fires: a section of `More`.
    Fires,
    /// There are no errors and no warnings, and the check does not fire: a section of `More`.
    Silent,
}

/// A project in a page.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// The check whose page it is in.
    pub(crate) check: &'static Check,
    /// The code, and what is special: such as `OC205-each-way`.
    pub(crate) name: String,
    pub(crate) expected: Expected,
    /// Its files: path and whole text.
    pub(crate) files: BTreeMap<String, String>,
}

/// The file of a check's page.
pub(crate) fn file_of(check: &Check) -> PathBuf {
    let name = check.name.replace('-', "_");
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/checks/{}/{name}.md", check.family().name))
}

/// The text of a check's page, as it is on disk now.
pub(crate) fn text_of(check: &Check) -> String {
    let file = file_of(check);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

/// Every project in every page, in the order of codes and of the page.
pub(crate) fn shown() -> Vec<Shown> {
    REGISTRY.iter().flat_map(|check| shown_by(check)).collect()
}

/// The projects of one page: the one that fails, the one that passes, further ones.
pub(crate) fn shown_by(check: &'static Check) -> Vec<Shown> {
    let text = text_of(check);
    let page = Page::parse(&text).0;
    let one = |name: String, expected, files| Shown { check, name, expected, files };
    let fails = one(check.code.to_owned(), Expected::Fails, whole(&page.fails.files));
    let passing = passing(&page).unwrap_or_else(|problem| {
        panic!("{}:{}: {}", file_of(check).display(), problem.line, problem.what);
    });
    let passes = one(format!("{}-passes", check.code), Expected::Passes, passing);
    let more = page.more.iter().map(|case: &Case<'_>| {
        let expected = if case.fires { Expected::Fires } else { Expected::Silent };
        one(format!("{}-{}", check.code, case.name.replace(' ', "-")), expected, whole(&case.files))
    });
    [fails, passes].into_iter().chain(more).collect()
}

/// The projects in which a check fires.
pub(crate) fn firing() -> Vec<Shown> {
    let mut shown = shown();
    shown.retain(|shown| matches!(shown.expected, Expected::Fails | Expected::Fires));
    shown
}

/// The project of the section `Fails` of a check.
pub(crate) fn failing(code: &str) -> Shown {
    let check = REGISTRY.iter().find(|check| check.code == code).unwrap();
    shown_by(check).swap_remove(0)
}

/// The folder in which each further project of a page has a folder, named after it. A test program writes it once.
pub(crate) fn further() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(concat!("pages-", env!("CARGO_CRATE_NAME")));
        let _ = std::fs::remove_dir_all(&root);
        for shown in shown().iter().filter(|one| matches!(one.expected, Expected::Fires | Expected::Silent)) {
            shown.write(&root.join(&shown.name));
        }
        root
    });
    &FOLDER
}

fn whole(files: &[PageFile<'_>]) -> BTreeMap<String, String> {
    files.iter().map(|file| (file.path.to_owned(), file.whole().into_owned())).collect()
}

/// The files that the section `Passes` makes of those of `Fails`.
pub(crate) fn passing(page: &Page<'_>) -> Result<BTreeMap<String, String>, PageProblem> {
    let texts = page.fails.files.iter().map(|file| (file.path.to_owned(), file.text.to_owned()));
    let changed = apply(texts.collect(), page.passes.text, page.passes.line)?;
    Ok(changed.iter().map(|(path, text)| (path.clone(), PageFile { path, text }.whole().into_owned())).collect())
}

/// Applies a unified difference to the texts of files. The lines of a hunk say where it belongs, and its numbers count for
/// nothing: behind the hunk before, they must be there exactly once. `first` is the number of the difference's first line.
fn apply(
    mut files: BTreeMap<String, String>,
    difference: &str,
    first: usize,
) -> Result<BTreeMap<String, String>, PageProblem> {
    let problem = |line: usize, what: String| PageProblem { line: first + line, what };
    let lines: Vec<&str> = difference.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        let named = |at: usize, mark| lines.get(at).and_then(|line| line.strip_prefix(mark));
        let (Some(old), Some(new)) = (named(at, "--- "), named(at + 1, "+++ ")) else {
            return Err(problem(at, "`--- path` and `+++ path` are expected".to_owned()));
        };
        let before = match (old, files.get(old)) {
            ("/dev/null", _) => "",
            (_, Some(text)) => text,
            _ => return Err(problem(at, format!("the project that fails has no file `{old}`"))),
        };
        let before: Vec<&str> = before.lines().collect();
        let (mut after, mut done): (Vec<&str>, usize) = (Vec::new(), 0);
        at += 2;
        while lines.get(at).is_some_and(|line| line.starts_with("@@")) {
            let hunk = at;
            at += 1;
            let (mut removed, mut added): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
            while let Some(line) = lines.get(at).filter(|line| !line.starts_with("@@") && !line.starts_with("--- ")) {
                match line.split_at_checked(1) {
                    Some((" ", text)) => {
                        removed.push(text);
                        added.push(text);
                    }
                    Some(("-", text)) => removed.push(text),
                    Some(("+", text)) => added.push(text),
                    _ => return Err(problem(at, "a line begins with a space, `-` or `+`".to_owned())),
                }
                at += 1;
            }
            let last = before.len().saturating_sub(removed.len());
            let mut places = (done..=last).filter(|&place| before[place..].starts_with(&removed));
            let (Some(place), None) = (places.next(), places.next()) else {
                return Err(problem(hunk, format!("the lines of this hunk are not in `{old}`, or not only once")));
            };
            after.extend(&before[done..place]);
            after.extend(&added);
            done = place + removed.len();
        }
        after.extend(&before[done..]);
        let text: String = after.iter().flat_map(|line| [line, "\n"]).collect();
        if old != "/dev/null" {
            files.remove(old);
        }
        match (new, text.is_empty()) {
            ("/dev/null", true) => {}
            ("/dev/null", false) => return Err(problem(at - 1, format!("`{old}` is not removed whole"))),
            _ => drop(files.insert(new.to_owned(), text)),
        }
    }
    Ok(files)
}

impl Shown {
    /// Its files in a folder of their own.
    pub(crate) fn folder(&self) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        self.write(folder.path());
        folder
    }

    fn write(&self, folder: &Path) {
        for (path, text) in &self.files {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, text).unwrap();
        }
    }

    /// True if its check is strict, so that it runs only in strict mode.
    pub(crate) fn is_strict(&self) -> bool {
        self.check.is(Flag::Strict)
    }

    /// Finds it, and how the command line analyses it. The files are in the folder as long as that is kept.
    pub(crate) fn load(&self, strict: bool) -> (TempDir, Project, Options) {
        let folder = self.folder();
        let records = folder.path().join("org");
        let (project, options) = super::load(folder.path(), strict, records.is_dir().then_some(records.as_path()));
        (folder, project, options)
    }

    /// Analyses it as the command line does.
    pub(crate) fn analyse(&self, strict: bool) -> Analysis {
        let (_folder, project, options) = self.load(strict);
        analyse(&project, &options)
    }
}

/// The page of a check with the words of the program brought up to date; `says` is what it says of each project in which
/// the check fires, in the order of the page.
pub(crate) fn with_words(text: &str, says: &[String]) -> String {
    let page = Page::parse(text).0;
    let cases = std::iter::once(&page.fails).chain(page.more.iter().filter(|case| case.fires));
    let mut out = String::with_capacity(text.len());
    let mut lines = text.split_inclusive('\n').enumerate().peekable();
    for (case, says) in cases.zip(says).filter(|(case, _)| case.says.line > 0) {
        let (start, count) = (case.says.line - 1, case.says.text.lines().count());
        while let Some((_, line)) = lines.next_if(|(at, _)| *at < start) {
            out.push_str(line);
        }
        out.push_str(says);
        while lines.next_if(|(at, _)| *at < start + count).is_some() {}
    }
    out.extend(lines.map(|(_, line)| line));
    out
}
