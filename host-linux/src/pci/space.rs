//! A device's configuration space, through a file that has it.
//!
//! Bus mastering and interrupt lines are switched here and nowhere else. Of the command register
//! only the byte that changes is written: the kernel masks a line by the upper one, and must not
//! find its bit undone because somebody switched bus mastering meanwhile.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, BorrowedFd};

use rustix::io::{Errno, Result, pread, pwrite};

use super::{Command, register};

/// Where it is in a file: of VFIO, or at the beginning of sysfs's own. For backends.
#[derive(Clone, Copy, Debug)]
pub struct ConfigSpace {
    offset: u64,
    size: u64,
}

impl ConfigSpace {
    /// So many bytes at an offset of a file.
    #[must_use]
    pub const fn new(offset: u64, size: u64) -> Self {
        Self { offset, size }
    }

    /// Where `length` bytes at `at` are in the file.
    fn place(self, at: u16, length: usize) -> Result<u64> {
        let end = u64::from(at) + length as u64;
        if end <= self.size { Ok(self.offset + u64::from(at)) } else { Err(Errno::INVAL) }
    }

    /// Reads.
    ///
    /// # Errors
    ///
    /// `INVAL` past the end; what the system refuses.
    pub fn read(self, file: impl AsFd, at: u16, bytes: &mut [u8]) -> Result<()> {
        let (length, place) = (bytes.len(), self.place(at, bytes.len())?);
        exactly(pread(file, bytes, place)?, length)
    }

    /// Writes.
    ///
    /// # Errors
    ///
    /// As [`ConfigSpace::read`].
    pub fn write(self, file: impl AsFd, at: u16, bytes: &[u8]) -> Result<()> {
        exactly(pwrite(file, bytes, self.place(at, bytes.len())?)?, bytes.len())
    }

    /// Reads a register of 16 bits.
    ///
    /// # Errors
    ///
    /// As [`ConfigSpace::read`].
    pub fn read_u16(self, file: impl AsFd, at: u16) -> Result<u16> {
        let mut bytes = [0; 2];
        self.read(file, at, &mut bytes)?;
        Ok(u16::from_le_bytes(bytes))
    }

    /// Sets and clears bits of the command register. Calls that change bits of one byte must not
    /// overlap.
    ///
    /// # Errors
    ///
    /// `NODEV` if the device is gone; as [`ConfigSpace::read`].
    pub fn command(self, file: BorrowedFd<'_>, set: Command, clear: Command) -> Result<()> {
        let old = Command::from_bits_retain(self.read_u16(file, register::COMMAND)?);
        if old.bits() == u16::MAX {
            return Err(Errno::NODEV);
        }
        let new = old.difference(clear).union(set).bits().to_le_bytes();
        for (at, (new, old)) in
            (register::COMMAND..).zip(new.into_iter().zip(old.bits().to_le_bytes()))
        {
            if new != old {
                self.write(file, at, &[new])?;
            }
        }
        Ok(())
    }
}

/// All of it or nothing: registers are not read by halves.
fn exactly(done: usize, wanted: usize) -> Result<()> {
    if done == wanted { Ok(()) } else { Err(Errno::IO) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// A file with a configuration space at 4096.
    fn file(name: &str) -> std::fs::File {
        let path = std::env::temp_dir().join(format!("host-linux-{name}-{}", std::process::id()));
        let mut file = std::fs::File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .open(&path)
            .unwrap();
        std::fs::remove_file(path).unwrap();
        file.write_all(&[0; 4096 + 256]).unwrap();
        file
    }

    // Only the bits that are meant change, and nothing beyond the space is reached.
    #[test]
    fn command_changes_only_what_is_meant() {
        let file = file("command");
        let config = ConfigSpace::new(4096, 256);
        config.write(&file, 4, &0x0402_u16.to_le_bytes()).unwrap();
        config.command(file.as_fd(), Command::BUS_MASTER, Command::empty()).unwrap();
        assert_eq!(config.read_u16(&file, 4).unwrap(), 0x0406);
        config.command(file.as_fd(), Command::MEMORY, Command::BUS_MASTER).unwrap();
        assert_eq!(config.read_u16(&file, 4).unwrap(), 0x0402);
        config.command(file.as_fd(), Command::empty(), Command::INTX_DISABLE).unwrap();
        assert_eq!(config.read_u16(&file, 4).unwrap(), 0x0002);
        assert_eq!(config.read_u16(&file, 255).unwrap_err(), Errno::INVAL);
        assert_eq!(config.write(&file, 256, &[1]).unwrap_err(), Errno::INVAL);
    }

    // A device that is gone answers with ones, and is not written to.
    #[test]
    fn gone_device_is_not_written_to() {
        let file = file("gone");
        let config = ConfigSpace::new(4096, 256);
        config.write(&file, 4, &[0xff; 2]).unwrap();
        let error = config.command(file.as_fd(), Command::empty(), Command::BUS_MASTER);
        assert_eq!(error.unwrap_err(), Errno::NODEV);
    }
}
