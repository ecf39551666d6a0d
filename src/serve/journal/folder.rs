//! A real folder, and the lock that keeps a second server out.
//!
//! The lock is one of the system's: it ends with the process, however that ends. On Unix it is `flock`, on Windows a file
//! that is opened without sharing. The file stays and means nothing by itself.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::error::JournalError;
use super::storage::{Storage, StorageFile};

const LOCK: &str = "lock";

/// A folder that this process alone uses, until it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: Lock,
}

/// The file that is locked.
#[derive(Debug)]
struct Lock(File);

/// A file in it.
#[derive(Debug)]
pub struct FolderFile(File);

impl Folder {
    /// Locks a folder, and makes it if there is none. On Unix, only its owner may enter a folder made here.
    ///
    /// # Errors
    ///
    /// If it cannot be made or written, or another process has it.
    pub fn open(path: &Path) -> Result<Self, JournalError> {
        let unusable =
            |action| move |source| JournalError::Folder { folder: path.display().to_string(), action, source };
        make(path).map_err(unusable("creating"))?;
        let lock = path.join(LOCK);
        let held = match lock_file(&lock) {
            Ok(Some(file)) => Lock(file),
            Ok(None) => {
                let process = fs::read_to_string(&lock).ok().map(|text| text.trim().to_owned());
                return Err(JournalError::InUse { process: process.filter(|text| !text.is_empty()) });
            }
            Err(error) => return Err(unusable("locking")(error)),
        };
        // A second server names this process in its error.
        let write = || {
            held.0.set_len(0)?;
            (&held.0).write_all(format!("{}\n", std::process::id()).as_bytes())
        };
        write().map_err(unusable("writing"))?;
        Ok(Self { path: path.to_owned(), _lock: held })
    }
}

/// Closing the file is not enough: a process that is being started from this one has it open until it runs.
#[cfg(unix)]
impl Drop for Lock {
    fn drop(&mut self) {
        // If it fails, closing does it a moment later.
        let _ = rustix::fs::flock(&self.0, rustix::fs::FlockOperation::Unlock);
    }
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => sync_folder(parent),
        None => sync_folder(Path::new(".")),
    }
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// The lock file, if nobody else has it.
#[cfg(unix)]
fn lock_file(path: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The lock file, if nobody else has it.
#[cfg(windows)]
fn lock_file(path: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// `ERROR_SHARING_VIOLATION`.
    const IN_USE: i32 = 32;
    match OpenOptions::new().create(true).truncate(false).write(true).share_mode(0).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(IN_USE) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The lock file, if nobody else has it.
#[cfg(not(any(unix, windows)))]
fn lock_file(_: &Path) -> io::Result<Option<File>> {
    Err(io::Error::new(io::ErrorKind::Unsupported, "this system has no lock that ends with the process"))
}

#[cfg(unix)]
fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Other systems have no such call: names are as safe as the file system makes them.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it fails on Unix")]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

impl Storage for Folder {
    type File = FolderFile;

    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                names.extend(entry.file_name().into_string().ok());
            }
        }
        Ok(names)
    }

    fn read(&self, name: &str) -> io::Result<Vec<u8>> {
        fs::read(self.path.join(name))
    }

    fn create(&mut self, name: &str) -> io::Result<FolderFile> {
        File::create(self.path.join(name)).map(FolderFile)
    }

    fn append(&mut self, name: &str, length: u64) -> io::Result<FolderFile> {
        let mut file = OpenOptions::new().write(true).open(self.path.join(name))?;
        if file.metadata()?.len() != length {
            file.set_len(length)?;
            file.sync_all()?;
        }
        file.seek(SeekFrom::End(0))?;
        Ok(FolderFile(file))
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.path.join(from), self.path.join(to))
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        fs::remove_file(self.path.join(name))
    }

    fn sync(&mut self) -> io::Result<()> {
        sync_folder(&self.path)
    }
}

impl StorageFile for FolderFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_data()
    }
}
