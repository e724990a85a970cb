//! A file that a program reads, with errors that name it.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::problem::{Doing as _, Problem};

/// A file to be read from its beginning to its end.
pub(crate) struct Input {
    file: File,
    path: PathBuf,
    /// How long it is as far as is known beforehand; a pipe says 0.
    pub(crate) length: u64,
}

impl Input {
    pub(crate) fn open(path: &Path) -> Result<Self, Problem> {
        let shown = path.display();
        let file = File::open(path).doing(format_args!("opening {shown}"))?;
        let known = file.metadata().doing(format_args!("opening {shown}"))?;
        if known.is_dir() {
            return Err(Problem::new(format_args!("{shown} is a folder: name a file")));
        }
        Ok(Self { file, path: path.to_owned(), length: known.len() })
    }

    /// Fills `bytes` as far as the file goes; 0 at its end.
    pub(crate) fn fill(&mut self, bytes: &mut [u8]) -> Result<usize, Problem> {
        let mut count = 0;
        while count < bytes.len() {
            match self.file.read(&mut bytes[count..]) {
                Ok(0) => break,
                Ok(read) => count += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error).doing(format!("reading {}", self.path.display())),
            }
        }
        Ok(count)
    }
}
