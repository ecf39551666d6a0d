//! What is read beside metadata: any text is taken or refused, and nothing panics.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::records::inventory;
use omnic::source::{FileId, FolderFile};
use omnic::triage::Baseline;

fuzz_target!(|input: &str| {
    let _ = inventory::read(input);
    if let Ok(baseline) = Baseline::parse(input) {
        assert_eq!(Baseline::parse(&baseline.to_json()).unwrap().to_json(), baseline.to_json());
    }
    let names = ["User.csv", "User.json", "GroupMember.csv", "export.json"];
    let file = |name: &str| FolderFile { path: format!("org/{name}"), text: Ok(input.to_owned()) };
    let files: Vec<FolderFile> = names.into_iter().map(file).collect();
    let _ = omnic::records::read(&files, FileId(0));
});
