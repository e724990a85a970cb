//! The device's configuration space, through its file.
//!
//! Bus mastering is switched here and nowhere else; the kernel keeps to itself what would let a
//! device escape, as its BARs and its interrupt messages.
#![forbid(unsafe_code)]

use std::os::fd::{AsFd, BorrowedFd};

use host_linux::pci::{Command, register};
use rustix::io::{Errno, Result, pread, pwrite};

/// Where it is in the device's file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Config {
    offset: u64,
    size: u64,
}

impl Config {
    pub(crate) const fn new(offset: u64, size: u64) -> Self {
        Self { offset, size }
    }

    /// Where `length` bytes at `at` are in the file.
    fn place(self, at: u16, length: usize) -> Result<u64> {
        let end = u64::from(at) + length as u64;
        if end <= self.size { Ok(self.offset + u64::from(at)) } else { Err(Errno::INVAL) }
    }

    pub(crate) fn read(self, file: impl AsFd, at: u16, bytes: &mut [u8]) -> Result<()> {
        let (length, place) = (bytes.len(), self.place(at, bytes.len())?);
        exactly(pread(file, bytes, place)?, length)
    }

    pub(crate) fn write(self, file: impl AsFd, at: u16, bytes: &[u8]) -> Result<()> {
        exactly(pwrite(file, bytes, self.place(at, bytes.len())?)?, bytes.len())
    }

    pub(crate) fn read_u16(self, file: impl AsFd, at: u16) -> Result<u16> {
        let mut bytes = [0; 2];
        self.read(file, at, &mut bytes)?;
        Ok(u16::from_le_bytes(bytes))
    }

    /// Sets and clears bits of the command register.
    pub(crate) fn command(self, file: BorrowedFd<'_>, set: Command, clear: Command) -> Result<()> {
        let old = Command::from_bits_retain(self.read_u16(file, register::COMMAND)?);
        if old.bits() == u16::MAX {
            return Err(Errno::NODEV);
        }
        let new = old.difference(clear).union(set);
        if new == old {
            return Ok(());
        }
        self.write(file, register::COMMAND, &new.bits().to_le_bytes())
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
        let path = std::env::temp_dir().join(format!("backend-vfio-{name}-{}", std::process::id()));
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
        let config = Config::new(4096, 256);
        config.write(&file, 4, &0x0402_u16.to_le_bytes()).unwrap();
        config.command(file.as_fd(), Command::BUS_MASTER, Command::empty()).unwrap();
        assert_eq!(config.read_u16(&file, 4).unwrap(), 0x0406);
        config.command(file.as_fd(), Command::MEMORY, Command::BUS_MASTER).unwrap();
        assert_eq!(config.read_u16(&file, 4).unwrap(), 0x0402);
        assert_eq!(config.read_u16(&file, 255).unwrap_err(), Errno::INVAL);
        assert_eq!(config.write(&file, 256, &[1]).unwrap_err(), Errno::INVAL);
    }

    // A device that is gone answers with ones, and is not written to.
    #[test]
    fn gone_device_is_not_written_to() {
        let file = file("gone");
        let config = Config::new(4096, 256);
        config.write(&file, 4, &[0xff; 2]).unwrap();
        let error = config.command(file.as_fd(), Command::empty(), Command::BUS_MASTER);
        assert_eq!(error.unwrap_err(), Errno::NODEV);
    }
}
