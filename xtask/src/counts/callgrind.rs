//! Runs callgrind and reads how many instructions it collected.

use std::path::{Path, PathBuf};

use crate::command::{Command, which};
use crate::debian::Debian;
use crate::error::{Error, Result, read};

/// A valgrind to run: the host's, or Debian's unpacked.
#[derive(Debug)]
pub struct Valgrind {
    program: PathBuf,
    library: Option<PathBuf>,
}

impl Valgrind {
    /// The host's valgrind, else the one of the Debian archive.
    ///
    /// # Errors
    ///
    /// Neither is there.
    pub fn find(root: &Path) -> Result<Self> {
        if let Some(program) = which("valgrind") {
            return Ok(Self { program, library: None });
        }
        let package = Debian::open(root)
            .and_then(|debian| debian.package("valgrind", None))
            .map_err(|error| error.hint("install valgrind"))?;
        // `usr/bin/valgrind` is a script that looks for the real one in its installed place.
        Ok(Self {
            program: package.join("usr/bin/valgrind.bin"),
            library: Some(package.join("usr/libexec/valgrind")),
        })
    }

    /// Instructions of one iteration of a function `counted::FUNCTION` of a program.
    ///
    /// # Errors
    ///
    /// The program fails, prints no iterations, or has no such function any more.
    pub fn count(&self, program: &Path, function: &str, scratch: &Path) -> Result<f64> {
        let out = scratch.join(format!("callgrind-{function}.out"));
        let mut command = Command::new(&self.program);
        if let Some(library) = &self.library {
            command = command.env("VALGRIND_LIB", library);
        }
        let text = command
            .args(["-q", "--tool=callgrind", "--collect-atstart=no"])
            .arg(format!("--toggle-collect=*::counted::{function}"))
            .arg(format!("--callgrind-out-file={}", out.display()))
            .arg(program)
            .arg(function)
            .read()?;
        let iterations = iterations(&text, function)?;
        let total = total(&read(&out)?)?;
        if total == 0 {
            let message = format!("{}: counted::{function} was not seen", program.display());
            return Err(Error::new(message)
                .hint("is it #[inline(never)], in the module `counted`, and called?"));
        }
        Ok(ratio(total, iterations))
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a short run are far below 2^52")]
fn ratio(total: u64, iterations: u64) -> f64 {
    total as f64 / iterations as f64
}

/// The figure of callgrind's `totals:` line (or `summary:`, in older versions).
fn total(out: &str) -> Result<u64> {
    let figure = |name: &str| {
        let line = out.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse().ok()
    };
    figure("totals:")
        .or_else(|| figure("summary:"))
        .ok_or_else(|| Error::new("callgrind wrote no totals"))
}

/// The number in the line `FUNCTION ITERATIONS` that the program printed.
fn iterations(text: &str, function: &str) -> Result<u64> {
    let line = text.lines().find_map(|line| {
        let (name, number) = line.trim().split_once(' ')?;
        (name == function).then(|| number.trim().parse().ok())?
    });
    line.filter(|number| *number > 0).ok_or_else(|| {
        Error::new(format!("the program printed no iterations of {function}"))
            .hint(format!("print the line `{function} N`, N turns of its loop"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    // The total of a run is read from either line, and a file without any is an error.
    #[test]
    fn totals_are_read() {
        let out = "version: 1\nevents: Ir\n\nfn=(1)\n4 12\n\ntotals: 7005\n";
        assert_eq!(total(out).unwrap(), 7005);
        assert_eq!(total("summary: 12 3\n").unwrap(), 12);
        assert!(total("events: Ir\n").is_err());
    }

    // The program's own line says how many turns it made; none, or no line, is an error.
    #[test]
    fn iterations_are_read() {
        assert_eq!(iterations("x 5\npool 1000\n", "pool").unwrap(), 1000);
        assert!(iterations("pool 0\n", "pool").is_err());
        assert!(iterations("pool_two 10\n", "pool").is_err());
    }
}
