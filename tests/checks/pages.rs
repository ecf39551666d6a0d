//! Each check's page can be read and is current: the project that fails fails, the one that passes passes, and further ones
//! do what their headings say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::collections::BTreeSet;

use omnic::analyse::{Analysis, analyse, interest};
use omnic::checks::{Flag, Page, REGISTRY, find};
use omnic::diagnostics::{Diagnostic, Severity};
use omnic::graph::World;
use omnic::source::Interest;

use crate::common;
use crate::common::pages::{Expected, Shown, file_of, passing, shown, shown_by, text_of, with_words};

#[test]
fn codes_are_sorted_and_unique_and_every_explanation_is_whole() {
    for pair in REGISTRY.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    for check in REGISTRY {
        assert!(check.code.len() == 5 && check.code.starts_with(check.family().prefix), "{}", check.code);
        let kebab = check.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(kebab && !check.name.is_empty(), "{}", check.name);
        assert_eq!(REGISTRY.iter().filter(|other| other.name == check.name).count(), 1, "{}", check.name);
        assert!(!check.severities.is_empty(), "{}", check.code);
        assert!(check.severities.windows(2).all(|pair| pair[0] > pair[1]), "{}: worst first, once each", check.code);
        let page = check.page();
        for text in [check.summary(), page.what, page.why, page.fix] {
            assert!(text.ends_with(['.', '!']) && !text.contains("  "), "{}: {text:?}", check.code);
        }
        assert!(!page.source.is_empty() && page.evidence.is_sorted(), "{}", check.code);
    }
}

/// True if this run writes what is not current.
fn is_updated() -> bool {
    std::env::var_os("OMNIC_UPDATE").is_some()
}

/// What is wrong with a page is said with its file and its line.
#[test]
fn pages_can_be_read() {
    let mut wrong = Vec::new();
    for check in REGISTRY {
        let file = file_of(check);
        let text = text_of(check);
        assert!(is_updated() || text == check.text, "{} is not the page of {}", file.display(), check.code);
        let (page, mut problems) = Page::parse(&text);
        problems.extend(passing(&page).err());
        let names: BTreeSet<&str> = page.more.iter().map(|case| case.name).collect();
        assert_eq!(names.len(), page.more.len(), "{}: two projects have one name", file.display());
        wrong.extend(problems.iter().map(|problem| format!("{}:{}: {}", file.display(), problem.line, problem.what)));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn each_page_belongs_to_a_check() {
    let known: BTreeSet<_> = REGISTRY.iter().map(|check| file_of(check)).collect();
    let files = common::files_below(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checks"));
    let pages: BTreeSet<_> =
        files.into_iter().filter(|file| file.extension().is_some_and(|extension| extension == "md")).collect();
    assert_eq!(pages, known);
}

fn own<'a>(shown: &Shown, analysis: &'a Analysis) -> Vec<&'a Diagnostic> {
    analysis.diagnostics.iter().filter(|found| found.code == shown.check.code).collect()
}

#[test]
fn projects_in_pages_do_what_is_expected() {
    for shown in shown() {
        let analysis = shown.analyse(shown.is_strict());
        let (name, own) = (&shown.name, own(&shown, &analysis));
        let least = match shown.expected {
            Expected::Fails | Expected::Fires => {
                assert!(!own.is_empty(), "{name}: the check does not fire:\n{}", common::concise(&analysis));
                for found in own {
                    assert!(shown.check.severities.contains(&found.severity), "{name}");
                    assert!(!found.message.ends_with('.'), "{name}: {}", found.message);
                    assert!(found.help.as_ref().is_some_and(|help| !help.is_empty()), "{name}: no help");
                }
                continue;
            }
            Expected::Passes => Severity::Error,
            Expected::Silent => Severity::Warning,
        };
        assert!(own.is_empty(), "{name}: the check fires:\n{}", common::concise(&analysis));
        assert_eq!(common::codes(&analysis, least), [""; 0], "{name}:\n{}", common::concise(&analysis));
    }
}

/// What the program says of a project in which the check fires: of the first one in a page as people see it, what other
/// checks find left out; of the others all of it, a line each.
fn words(shown: &Shown) -> String {
    let mut analysis = shown.analyse(shown.is_strict());
    if shown.expected == Expected::Fires {
        return common::concise(&analysis);
    }
    analysis.diagnostics.retain(|found| found.code == shown.check.code);
    // Of these, the program knows the name alone.
    for source in analysis.sources.iter_mut().filter(|source| interest(&source.path) == Interest::Name) {
        source.text.clear();
    }
    format!("{}\n", common::human_alone(&analysis).trim_end())
}

#[test]
fn pages_say_what_the_program_says() {
    let mut differ = Vec::new();
    for check in REGISTRY {
        let firing = shown_by(check).into_iter();
        let firing = firing.filter(|shown| matches!(shown.expected, Expected::Fails | Expected::Fires));
        let says: Vec<String> = firing.map(|shown| words(&shown)).collect();
        let text = text_of(check);
        let current = with_words(&text, &says);
        if current == text {
            continue;
        }
        let file = file_of(check);
        if is_updated() {
            // Other tests read the page meanwhile.
            let new = file.with_extension("md.new");
            std::fs::write(&new, current).unwrap();
            std::fs::rename(new, &file).unwrap();
            continue;
        }
        let line = text.lines().zip(current.lines()).take_while(|(old, new)| old == new).count() + 1;
        differ.push(format!("{}:{line}", file.display()));
    }
    assert!(
        differ.is_empty(),
        "not current; `OMNIC_UPDATE=1 cargo test --test checks` writes them:\n{}",
        differ.join("\n")
    );
}

/// A page that sends its reader to another check must not send to one that is not there.
#[test]
fn checks_that_a_page_names_exist() {
    for check in REGISTRY {
        let page = check.page();
        for text in [page.summary, page.what, page.why, page.fix, page.source] {
            for (at, _) in text.match_indices("OC") {
                let code: String = text[at..].chars().take(5).collect();
                if code[2..].bytes().all(|b| b.is_ascii_digit()) && code.len() == 5 {
                    assert!(find(&code).is_some(), "{} names {code}", check.code);
                }
            }
        }
    }
}

#[test]
fn in_an_open_world_what_the_org_may_hold_is_at_most_a_note() {
    for code in ["OC201", "OC204", "OC406", "OC502", "OC503"] {
        let (_folder, project, mut options) = common::pages::failing(code).load(false);
        options.world = World::Open;
        let found = analyse(&project, &options).diagnostics;
        let of_check: Vec<Severity> = found.iter().filter(|d| d.code == code).map(|d| d.severity).collect();
        assert!(!of_check.is_empty() && of_check.iter().all(|&severity| severity == Severity::Note), "{code}");
    }
}

/// Flags say what is true: without records, a check that needs them does not run.
#[test]
fn checks_that_need_records_find_nothing_without_them() {
    for check in REGISTRY.iter().filter(|check| check.is(Flag::NeedsRecords)) {
        let (folder, project, mut options) = shown_by(check).swap_remove(0).load(false);
        options.records.clear();
        let found = analyse(&project, &options).diagnostics;
        assert!(found.iter().all(|found| found.code != check.code), "{}", check.code);
        drop(folder);
    }
}

mod reading {
    use super::*;

    const PAGE: &str = "# It is so.\n\n## What it does\n\nLooks.\n\n## Why it matters\n\nSo.\n\n## How to fix\n\nDo.\n\n\
                        ## Fails\n\n`A.queue-meta.xml`\n\n```xml\n<Queue>\n</Queue>\n```\n\n`omnic` says:\n\n```text\nno\n\
                        ```\n\n## Passes\n\n```diff\n--- A.queue-meta.xml\n+++ A.queue-meta.xml\n@@\n <Queue>\n+    \
                        <name>A</name>\n```\n\n## Source\n\nA guide.\n\nEvidence: documented\n";

    fn problems(page: &str) -> Vec<String> {
        let (page, mut problems) = Page::parse(page);
        problems.extend(passing(&page).err());
        problems.iter().map(|problem| format!("{}: {}", problem.line, problem.what)).collect()
    }

    #[test]
    fn a_page_is_read() {
        assert_eq!(problems(PAGE), [""; 0]);
        let page = Page::parse(PAGE).0;
        assert_eq!((page.summary, page.what, page.source), ("It is so.", "Looks.", "A guide."));
        assert_eq!((page.fails.says.text, page.fails.says.line), ("no\n", 27));
        let whole = page.fails.files[0].whole();
        assert!(whole.starts_with("<?xml ") && whole.contains("<Queue xmlns=") && whole.ends_with(">\n</Queue>\n"));
        assert!(passing(&page).unwrap()["A.queue-meta.xml"].ends_with(">\n    <name>A</name>\n</Queue>\n"));
        assert_eq!(with_words(PAGE, &["yes\nit is\n".to_owned()]), PAGE.replace("\nno\n", "\nyes\nit is\n"));
    }

    #[test]
    fn what_is_wrong_has_its_line() {
        let cases = [
            ("# It", "It", "1: a page begins with"),
            ("## Why it matters", "## Why", "7: `## Why it matters` is expected here, not `## Why`"),
            ("\nLooks.\n", "\n", "3: `## What it does` has no text"),
            ("`A.queue-meta.xml`\n\n```xml", "```xml", "18: a path in back-quotes, or what `omnic` says, is expected"),
            ("`omnic` says:\n\n```text\nno\n```\n\n", "", "15: what `omnic` says is missing"),
            ("documented", "documentd", "44: unknown evidence `documentd`"),
            ("Evidence: documented\n", "", "43: a page ends with"),
            (" <Queue>\n+", " <Quue>\n+", "35: the lines of this hunk are not in `A.queue-meta.xml`"),
            ("--- A", "--- B", "33: the project that fails has no file `B.queue-meta.xml`"),
            ("```diff", "```patch", "30: one fence of `diff` is expected"),
        ];
        for (old, new, wanted) in cases {
            let page = PAGE.replacen(old, new, 1);
            assert_ne!(page, PAGE);
            let found = problems(&page);
            assert!(found.iter().any(|found| found.starts_with(wanted)), "{old}: {found:#?}");
        }
    }
}
