//! Files that change while the server runs.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use super::super::output;
use crate::serve::Reloader;

/// How often the files are looked at.
const EVERY: Duration = Duration::from_millis(500);

/// Watches until it is dropped.
pub(super) struct Watcher {
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watcher {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::SeqCst);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What is seen of a file.
type Seen = (PathBuf, u64, Option<SystemTime>);

/// The files of a project. Folders of tools hold none of its components.
fn files(root: &Path) -> Vec<Seen> {
    let is_hidden = |name: &str| name.len() > 1 && name.starts_with('.') && name != "..";
    let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(|entry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !(entry.file_type().is_dir() && (is_hidden(&name) || name == "node_modules"))
    });
    let seen = |entry: walkdir::DirEntry| {
        let found = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
        Some((entry.into_path(), found.len(), found.modified().ok()))
    };
    walk.filter_map(Result::ok).filter_map(seen).collect()
}

/// Has the plan made again after each change of a file, once no more follow.
pub(super) fn watch(root: &Path, reloader: Reloader) -> Watcher {
    let ends = Arc::new(AtomicBool::new(false));
    let (root, ended) = (root.to_owned(), Arc::clone(&ends));
    let thread = std::thread::Builder::new().name("watch".to_owned()).spawn(move || {
        let mut used = files(&root);
        let mut last = used.clone();
        while !ended.load(Ordering::SeqCst) {
            std::thread::sleep(EVERY);
            let now = files(&root);
            if now != used && now == last {
                used.clone_from(&now);
                reloader.reload(|done| match done {
                    Ok(true) => output::complain("the project changed: its plan counts now"),
                    Ok(false) => output::complain("the project changed, and routes as before: nobody is logged out"),
                    Err(problem) => {
                        output::complain(&format!("the project changed, and its plan does not count: {problem}"));
                    }
                });
            }
            last = now;
        }
    });
    let thread = thread.inspect_err(|error| output::complain(&format!("warning: nothing is watched: {error}"))).ok();
    Watcher { ends, thread }
}
