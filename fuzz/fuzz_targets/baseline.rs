//! Any text is a baseline that reads back as it was written, or is refused.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::triage::Baseline;

fuzz_target!(|input: &str| {
    let Ok(baseline) = Baseline::parse(input) else { return };
    let written = baseline.to_json();
    assert_eq!(Baseline::parse(&written).unwrap().to_json(), written);
    let all: Vec<_> = baseline.entries().collect();
    let (new, old, stale) = baseline.subtract(Vec::new(), &[]);
    assert!(new.is_empty() && old.is_empty());
    assert!(stale.iter().eq(all.iter().filter(|entry| entry.count > 0)));
    assert!(baseline.without(&all).is_empty());
});
