//! Any files with records of an org give records, and problems with places in the files; any inventory is taken or
//! refused.
//!
//! The input is a folder: files apart at lines that hold `%`, each with its name up to the first line end.
#![no_main]

use libfuzzer_sys::fuzz_target;
use omnic::records::{self, inventory};
use omnic::source::{FileId, FolderFile, LineIndex};
use omnic_fuzz::head;

fuzz_target!(|input: &str| {
    let mut files = Vec::new();
    let mut rest = input;
    while !rest.is_empty() && files.len() < 16 {
        let (file, behind) = head(rest);
        let (name, text) = file.split_once('\n').unwrap_or((file, ""));
        let _ = inventory::read(text);
        files.push(FolderFile { path: format!("org/{name}"), text: Ok(text.to_owned()) });
        rest = behind;
    }
    for problem in records::read(&files, FileId(0)).problems {
        let text = files[problem.location.file.0 as usize].text.as_deref().unwrap();
        let span = problem.location.span;
        assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
        assert!(LineIndex::new(text).position(span.start).line > 0);
    }
});
