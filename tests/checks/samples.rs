//! Each check's explanation is complete, its failing sample fails, its passing sample passes.

use omnic::analyse::{Options, TextFile, analyse_texts};
use omnic::checks::{Check, REGISTRY, find, sample};
use omnic::diagnostics::{Diagnostic, Severity};
use omnic::graph::World;
use omnic::triage::Policy;

fn findings(check: &Check, text: &str) -> Vec<Diagnostic> {
    findings_in(World::Project, check, text)
}

fn findings_in(world: World, check: &Check, text: &str) -> Vec<Diagnostic> {
    let files = sample::files(text)
        .into_iter()
        .map(|file| TextFile { path: file.path, text: file.text, package: 0, ignored: file.ignored })
        .collect();
    let policy = Policy { strict: check.strict, ..Policy::default() };
    let options = Options { policy, records: sample::records(text), world, ..Options::default() };
    analyse_texts(files, sample::layout(text), sample::api_version(text), &options).diagnostics
}

#[test]
fn codes_are_sorted_and_unique_and_every_explanation_is_whole() {
    for pair in REGISTRY.windows(2) {
        assert!(pair[0].code < pair[1].code, "{} stands before {}", pair[0].code, pair[1].code);
    }
    for check in REGISTRY {
        assert!(check.code.len() == 5 && check.code.starts_with("OC"), "{}", check.code);
        let kebab = check.name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(kebab && !check.name.is_empty(), "{}", check.name);
        assert_eq!(REGISTRY.iter().filter(|other| other.name == check.name).count(), 1, "{}", check.name);
        assert!(!check.severities.is_empty(), "{}", check.code);
        assert!(check.severities.windows(2).all(|pair| pair[0] > pair[1]), "{}: worst first, once each", check.code);
        for text in [check.summary, check.what, check.why, check.fix] {
            assert!(text.ends_with(['.', '!']) && !text.contains("  "), "{}: {text:?}", check.code);
        }
        assert!(!check.source.is_empty(), "{}", check.code);
    }
}

#[test]
fn failing_samples_fail() {
    for check in REGISTRY {
        let found = findings(check, check.fails);
        let own: Vec<_> = found.iter().filter(|d| d.code == check.code).collect();
        assert!(!own.is_empty(), "{}: the failing sample does not fail; found {found:#?}", check.code);
        for diagnostic in own {
            assert!(check.severities.contains(&diagnostic.severity), "{}", check.code);
            assert!(!diagnostic.message.ends_with('.'), "{}: {}", check.code, diagnostic.message);
            assert!(diagnostic.help.as_ref().is_some_and(|help| !help.is_empty()), "{}: no help", check.code);
        }
    }
}

#[test]
fn passing_samples_pass() {
    for check in REGISTRY {
        let found = findings(check, check.passes);
        assert!(found.iter().all(|d| d.code != check.code), "{}: the passing sample fails: {found:#?}", check.code);
        let errors: Vec<_> = found.iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{}: the passing sample has errors: {errors:#?}", check.code);
        assert!(!sample::files(check.passes).is_empty(), "{}", check.code);
    }
}

/// A page that sends its reader to another check must not send to one that is not there.
#[test]
fn checks_that_an_explanation_names_exist() {
    for check in REGISTRY {
        for text in [check.summary, check.what, check.why, check.fix, check.source] {
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
fn in_an_open_world_what_the_org_may_hold_is_no_more_than_a_note() {
    for code in ["OC201", "OC204", "OC406", "OC502", "OC503"] {
        let check = find(code).unwrap();
        let found = findings_in(World::Open, check, check.fails);
        let of_check: Vec<Severity> = found.iter().filter(|d| d.code == code).map(|d| d.severity).collect();
        assert!(!of_check.is_empty() && of_check.iter().all(|&severity| severity == Severity::Note), "{code}");
    }
}
