//! What the journal needs of a folder. Tests have one that breaks.

use std::io;

/// A folder with files.
pub trait Storage {
    /// A file that is written.
    type File: StorageFile + std::fmt::Debug;

    /// The names of its files, in any order.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn list(&self) -> io::Result<Vec<String>>;

    /// The content of a file.
    ///
    /// # Errors
    ///
    /// If it is not there or cannot be read.
    fn read(&self, name: &str) -> io::Result<Vec<u8>>;

    /// An empty file; one with the name is emptied.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn create(&mut self, name: &str) -> io::Result<Self::File>;

    /// A file that is there, cut to this length, to be written at its end. The cut is on disk.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn append(&mut self, name: &str, length: u64) -> io::Result<Self::File>;

    /// Gives a file another name, in place of one that has it.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn rename(&mut self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn remove(&mut self, name: &str) -> io::Result<()>;

    /// Brings new names and removals to disk.
    ///
    /// # Errors
    ///
    /// Those of the folder.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file that is written at its end.
pub trait StorageFile {
    /// Writes all bytes, with one call to the system if it takes them.
    ///
    /// # Errors
    ///
    /// If not all of them were taken. Some may have been.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Brings everything that was written to disk.
    ///
    /// # Errors
    ///
    /// If it is not known to be there.
    fn sync(&mut self) -> io::Result<()>;
}
