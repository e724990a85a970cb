//! One interrupt vector: the file that tells of it, and how often it fired.
//!
//! Whoever looks first takes what the file has, adds it to the vector's count, and rings the bells
//! of the others, so that nobody's wake-up is eaten.
#![forbid(unsafe_code)]

use std::os::fd::OwnedFd;
use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustix::io::{Errno, Result};

use crate::eventfd::{ring, take};

/// What one reads from a file that tells of interrupts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Telling {
    /// An eventfd: how many came since it was read, in 8 bytes.
    Since,
    /// A node of UIO: how many came in all, in 4 bytes, if that is not what was read before.
    InAll,
}

/// One vector: its file, and how often it fired. For backends.
#[derive(Debug)]
pub struct Vector {
    number: u32,
    file: Arc<OwnedFd>,
    telling: Telling,
    count: AtomicU32,
    /// The line was masked by the kernel as it fired.
    masked: AtomicBool,
    bells: Mutex<Vec<(u64, Arc<OwnedFd>)>>,
}

impl Vector {
    /// A vector that a file tells of, which does not block.
    #[must_use]
    pub fn new(number: u32, file: Arc<OwnedFd>, telling: Telling) -> Self {
        Self {
            number,
            file,
            telling,
            count: AtomicU32::new(0),
            masked: AtomicBool::new(false),
            bells: Mutex::default(),
        }
    }

    /// Its number.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// The file that tells of it.
    #[must_use]
    pub const fn file(&self) -> &Arc<OwnedFd> {
        &self.file
    }

    /// How many came since the last look, as far as the file tells.
    fn taken(&self) -> Result<u64> {
        match self.telling {
            Telling::Since => take(&self.file),
            Telling::InAll => loop {
                return match rustix::io::read(&self.file, &mut [0; 4]) {
                    // Two readers may read one after the other and count the other way round; that
                    // something came is what both can be sure of.
                    Ok(_) => Ok(1),
                    Err(Errno::AGAIN) => Ok(0),
                    Err(Errno::INTR) => continue,
                    // The device is gone: its driver has let go of it.
                    Err(Errno::IO) => Err(Errno::NODEV),
                    Err(error) => Err(error),
                };
            },
        }
    }

    /// How often it fired, when everything that is known by now is counted; `listener` is whoever
    /// looks.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or the device is gone (`NODEV`).
    pub fn collect(&self, listener: u64) -> Result<u32> {
        let fired = self.taken()?;
        if fired > 0 {
            // A line stays masked until it is re-armed.
            self.masked.store(true, Relaxed);
            self.fire(fired, Some(listener))?;
        }
        Ok(self.count.load(Acquire))
    }

    /// Counts so many more, and rings all bells but one.
    ///
    /// # Errors
    ///
    /// A bell cannot be rung.
    pub fn fire(&self, times: u64, but: Option<u64>) -> Result<()> {
        // What counts is that the number changes.
        let times = u32::try_from(times).unwrap_or(1);
        self.count.fetch_add(times, AcqRel);
        for (_, bell) in self.bells().iter().filter(|(listener, _)| Some(*listener) != but) {
            ring(bell)?;
        }
        Ok(())
    }

    /// How often it fired, as far as anybody has looked.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.count.load(Acquire)
    }

    /// Whether the line was masked since this was asked last.
    #[must_use]
    pub fn take_masked(&self) -> bool {
        self.masked.swap(false, AcqRel)
    }

    /// The line is masked now.
    pub fn set_masked(&self) {
        self.masked.store(true, Relaxed);
    }

    /// From now on `bell` rings when somebody else has taken an interrupt.
    pub(crate) fn join(&self, listener: u64, bell: Arc<OwnedFd>) {
        self.bells().push((listener, bell));
    }

    pub(crate) fn leave(&self, listener: u64) {
        self.bells().retain(|(other, _)| *other != listener);
    }

    fn bells(&self) -> MutexGuard<'_, Vec<(u64, Arc<OwnedFd>)>> {
        self.bells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use rustix::fs::{OFlags, fcntl_setfl};

    use super::*;
    use crate::eventfd::event;

    // Whoever takes an interrupt rings the others' bells, and all of them see it in the count.
    #[test]
    fn taken_interrupt_is_seen_by_all() {
        let vector = Vector::new(0, Arc::new(event().unwrap()), Telling::Since);
        let bells = [(); 2].map(|()| Arc::new(event().unwrap()));
        for (listener, bell) in bells.iter().enumerate() {
            vector.join(listener as u64, Arc::clone(bell));
        }
        ring(vector.file()).unwrap();
        ring(vector.file()).unwrap();
        assert_eq!(vector.collect(0).unwrap(), 2);
        assert_eq!((take(&bells[0]).unwrap(), take(&bells[1]).unwrap()), (0, 1));
        assert_eq!(vector.collect(1).unwrap(), 2, "nothing new");
        vector.leave(1);
        ring(vector.file()).unwrap();
        assert_eq!(vector.collect(0).unwrap(), 3);
        assert_eq!(take(&bells[1]).unwrap(), 0, "it has left");
    }

    // A node of UIO tells in four bytes how many came in all; each telling is one interrupt, and
    // the line is masked until it is asked for.
    #[test]
    fn telling_of_uio_is_one_interrupt() {
        let (reader, writer) = std::io::pipe().unwrap();
        fcntl_setfl(&reader, OFlags::NONBLOCK).unwrap();
        let vector = Vector::new(0, Arc::new(reader.into()), Telling::InAll);
        assert_eq!((vector.collect(0).unwrap(), vector.take_masked()), (0, false));
        rustix::io::write(&writer, &77_u32.to_ne_bytes()).unwrap();
        assert_eq!((vector.collect(0).unwrap(), vector.take_masked()), (1, true));
        assert_eq!((vector.collect(0).unwrap(), vector.take_masked()), (1, false));
    }
}
