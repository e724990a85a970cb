//! An error, with what the IOMMU refused meanwhile.
#![forbid(unsafe_code)]

use core::fmt;
use std::error::Error;
use std::time::{Duration, Instant};

use crate::{Device, Fault};

/// How long a kernel may take to write down what its IOMMU told it.
const TELLING: Duration = Duration::from_millis(50);
const STEP: Duration = Duration::from_millis(5);

/// An error with the accesses of the device that were refused since the last one.
///
/// A card does not notice when an IOMMU drops its accesses: what comes of it is a time-out, or
/// bytes that are not there. What tells is the kernel's log.
#[derive(Debug)]
pub struct Explained<E> {
    error: E,
    faults: Vec<Fault>,
}

impl<E> Explained<E> {
    /// The error itself.
    pub const fn error(&self) -> &E {
        &self.error
    }

    /// Without what was refused.
    pub fn into_error(self) -> E {
        self.error
    }

    /// What was refused; none proves nothing.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

impl<E: fmt::Display> fmt::Display for Explained<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)?;
        let Some(first) = self.faults.first() else { return Ok(()) };
        let count = self.faults.len();
        write!(f, "; meanwhile the IOMMU refused {count} ")?;
        f.write_str(if count == 1 { "access" } else { "accesses" })?;
        if let Some(line) = first.log().last() {
            write!(f, ": {line}")?;
        }
        match first.explanation() {
            Some(explanation) => write!(f, ": {explanation}"),
            None => Ok(()),
        }
    }
}

impl<E: Error + 'static> Error for Explained<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.error)
    }
}

impl Device {
    /// An error of a transfer, or about its bytes, with what the IOMMU refused since the last
    /// error was explained, or the device opened.
    ///
    /// On Linux it comes from the kernel's log, if this process may read it; see
    /// [`Device::hears_no_faults`].
    ///
    /// # Examples
    ///
    /// ```
    /// use anydma::prelude::*;
    /// let device = Device::open("mock:edu")?;
    /// let error = std::io::Error::other("the bytes are not those that were sent");
    /// let explained = device.explained(error);
    /// assert!(explained.faults().is_empty());
    /// assert_eq!(explained.to_string(), "the bytes are not those that were sent");
    /// # Ok::<(), anydma::OpenError>(())
    /// ```
    #[must_use]
    pub fn explained<E>(&self, error: E) -> Explained<E> {
        let started = Instant::now();
        let faults = loop {
            let all = self.faults();
            let news = self.told().news(all.len());
            let faults: Vec<Fault> = all.into_iter().skip(news).collect();
            // The kernel writes from a thread of its own.
            if !faults.is_empty() || !self.hears_later() || started.elapsed() >= TELLING {
                break faults;
            }
            std::thread::sleep(STEP);
        };
        Explained { error, faults }
    }
}
