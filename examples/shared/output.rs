//! A file that a program writes to, with errors that name it.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::problem::{Doing as _, Problem};

/// Where bytes go, if anywhere.
pub(crate) struct Output {
    file: Option<(File, PathBuf)>,
}

impl Output {
    /// Creates the file, if one is named, unless it is `input`, which would be destroyed.
    pub(crate) fn create(path: Option<&Path>, input: Option<&Path>) -> Result<Self, Problem> {
        let Some(path) = path else { return Ok(Self { file: None }) };
        let canonical = |path: &Path| path.canonicalize().ok();
        if let Some(input) = input.and_then(canonical)
            && canonical(path) == Some(input)
        {
            return Err(Problem::new(format_args!(
                "{} is both input and output: name another file for the output",
                path.display()
            )));
        }
        let file = File::create(path).doing(format_args!("creating {}", path.display()))?;
        Ok(Self { file: Some((file, path.to_owned())) })
    }

    /// Writes all of `bytes`: they are large pieces, so nothing is kept back.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let Some((file, path)) = &mut self.file else { return Ok(()) };
        file.write_all(bytes).doing(format_args!("writing {}", path.display()))
    }
}
