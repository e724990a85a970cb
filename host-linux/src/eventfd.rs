//! Files that count: made, rung, and emptied without ever blocking.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, OwnedFd};

use rustix::event::{EventfdFlags, eventfd};
use rustix::io::{Errno, Result};

/// An eventfd at zero that never blocks.
///
/// # Errors
///
/// The process has too many files.
pub fn event() -> Result<OwnedFd> {
    eventfd(0, EventfdFlags::CLOEXEC | EventfdFlags::NONBLOCK)
}

/// Takes what an eventfd counted; 0 if nothing.
///
/// # Errors
///
/// It is no eventfd.
pub fn take(event: impl AsFd) -> Result<u64> {
    let mut bytes = [0; 8];
    loop {
        return match rustix::io::read(&event, &mut bytes) {
            Ok(_) => Ok(u64::from_ne_bytes(bytes)),
            Err(Errno::AGAIN) => Ok(0),
            Err(Errno::INTR) => continue,
            Err(error) => Err(error),
        };
    }
}

/// Adds one to an eventfd.
///
/// # Errors
///
/// It is no eventfd.
pub fn ring(event: impl AsFd) -> Result<()> {
    loop {
        return match rustix::io::write(&event, &1_u64.to_ne_bytes()) {
            // Full: it has rung long enough.
            Ok(_) | Err(Errno::AGAIN) => Ok(()),
            Err(Errno::INTR) => continue,
            Err(error) => Err(error),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A bell that nobody answers can be rung for ever.
    #[test]
    fn bell_rings_without_an_answer() {
        let bell = event().unwrap();
        rustix::io::write(&bell, &(u64::MAX - 1).to_ne_bytes()).unwrap();
        ring(&bell).unwrap();
        assert_eq!(take(&bell).unwrap(), u64::MAX - 1);
    }
}
