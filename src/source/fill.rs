//! The texts of a snapshot's files, for a project's entries.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::read::decode;
use super::snapshot::{Followed, Snapshot, SnapshotItem};
use super::store::missing;
use super::{Entry, Interest, MAX_FILE_BYTES, ReadProblem, paths};

/// Where the text of an entry is.
enum Source {
    /// On disk: the path, if that is not the entry's.
    Disk(Option<PathBuf>),
    /// In the snapshot: the path from its root, and the id of the content.
    Snapshot(String, String),
    Nothing(ReadProblem),
}

/// Gives entries that were found in `snapshot` the texts that they have there. What is the same on disk is left to be read
/// from there.
pub(super) fn fill(entries: &mut [Entry], snapshot: &Snapshot) {
    let places: Vec<Option<Followed>> = entries
        .par_iter()
        .map(|entry| {
            // Of the others, only the name matters.
            let is_read = entry.interest != Interest::Name;
            snapshot.inside(&entry.disk).filter(|_| is_read).map(|path| snapshot.follow(&path))
        })
        .collect();
    let plain = plain_folders(&places, snapshot.root());
    let source = |(entry, place): (&Entry, &Option<Followed>)| {
        let other = |path: PathBuf| Source::Disk((path != entry.disk).then_some(path));
        match place {
            None => Source::Disk(None),
            Some(Followed::Outside(path)) => other(path.clone()),
            Some(Followed::Inside(path)) => match snapshot.item(path) {
                Some(SnapshotItem::File(id)) => {
                    let disk = paths::join(snapshot.root(), path);
                    let is_same = plain.get(folder(path)) == Some(&true) && snapshot.is_on_disk(path, &disk, id);
                    if is_same { other(disk) } else { Source::Snapshot(path.clone(), id.clone()) }
                }
                _ => Source::Nothing(missing()),
            },
        }
    };
    let sources: Vec<Source> = entries.par_iter().zip(&places).map(source).collect();
    let texts = texts(&sources, snapshot);
    let asked = places.iter().zip(&sources).filter_map(|(place, source)| match (place, source) {
        (Some(Followed::Inside(path)), Source::Disk(_)) => Some((path.clone(), true)),
        (_, Source::Snapshot(path, _)) => Some((path.clone(), false)),
        _ => None,
    });
    snapshot.remember_on_disk(asked.collect());
    for (entry, source) in entries.iter_mut().zip(sources) {
        match source {
            Source::Disk(None) => {}
            Source::Disk(Some(path)) => entry.real = Some(path.into()),
            Source::Snapshot(_, id) => match texts.get(&id) {
                Some(Ok(text)) => entry.shadow = Some(Arc::clone(text)),
                Some(Err(problem)) => entry.problem = Some(Box::new(problem.clone())),
                None => entry.problem = Some(Box::new(missing())),
            },
            Source::Nothing(problem) => entry.problem = Some(Box::new(problem)),
        }
    }
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// For each folder of the places whether the disk has one there that no link is part of: what lies behind a link may be
/// anywhere.
fn plain_folders<'p>(places: &'p [Option<Followed>], root: &Path) -> HashMap<&'p str, bool> {
    let inside = places.iter().filter_map(|place| match place {
        Some(Followed::Inside(path)) => Some(folder(path)),
        _ => None,
    });
    let folders: BTreeSet<&str> = inside.collect();
    let is_plain = |folder: &str| {
        let disk = paths::join(root, folder);
        disk.canonicalize().is_ok_and(|real| real == disk)
    };
    folders.into_par_iter().map(|folder| (folder, is_plain(folder))).collect()
}

/// The texts that are not on disk, by the ids of their contents: files that are alike share one.
fn texts(sources: &[Source], snapshot: &Snapshot) -> BTreeMap<String, Result<Arc<str>, ReadProblem>> {
    let mut paths: BTreeMap<&str, &str> = BTreeMap::new();
    for source in sources {
        if let Source::Snapshot(path, id) = source {
            paths.entry(id).or_insert(path);
        }
    }
    if paths.is_empty() {
        return BTreeMap::new();
    }
    let wanted: Vec<(&str, &str)> = paths.into_iter().map(|(id, path)| (path, id)).collect();
    let contents = snapshot.contents().get(&wanted, MAX_FILE_BYTES);
    let text = |content: Result<Arc<[u8]>, ReadProblem>| decode(&content?).map(Arc::from);
    wanted.iter().zip(contents).map(|((_, id), content)| ((*id).to_owned(), text(content))).collect()
}
