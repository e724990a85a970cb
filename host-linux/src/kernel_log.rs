//! The kernel's log from a moment on.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;
use rustix::io::Errno;

use crate::HostError;

/// Where the kernel gives its log out.
const LOG: &str = "/dev/kmsg";

/// The longest record.
///
/// Source: `PRINTKRB_RECORD_MAX` and `CONSOLE_EXT_LOG_MAX` in the kernel's `kernel/printk`.
const RECORD: usize = 8 * 1024;

/// A place in the kernel's log, which moves on as it is read.
#[derive(Debug)]
pub struct KernelLog {
    file: File,
}

impl KernelLog {
    /// What the kernel says from now on.
    ///
    /// # Errors
    ///
    /// The log cannot be opened: it is often root's alone (`kernel.dmesg_restrict`).
    pub fn from_now() -> Result<Self, HostError> {
        let failed = |doing| move |error| HostError::new(doing, Path::new(LOG), error);
        // A read that finds nothing more shall say so instead of waiting.
        let flags = OFlags::NONBLOCK.bits().cast_signed();
        let opened = File::options().read(true).custom_flags(flags).open(LOG);
        let mut file = opened.map_err(failed("opening"))?;
        // The kernel moves behind the last record.
        file.seek(SeekFrom::End(0)).map_err(failed("going to the end of"))?;
        Ok(Self { file })
    }

    /// Hands out what came since the last time, a record at a time: `level,number,time,flags;text`
    /// with a newline.
    ///
    /// # Errors
    ///
    /// The log cannot be read. Records that were overwritten meanwhile are no error.
    pub fn read(&mut self, mut take: impl FnMut(&[u8])) -> Result<(), HostError> {
        let mut record = vec![0; RECORD];
        loop {
            match self.file.read(&mut record) {
                Ok(0) => return Ok(()),
                Ok(length) => take(record.get(..length).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.raw_os_error() == Some(Errno::PIPE.raw_os_error()) => {}
                Err(error) => return Err(HostError::new("reading", Path::new(LOG), error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    // From now on means what is said later and nothing before; where the log may not be read, or
    // nothing be said, there is nothing to try.
    #[test]
    fn only_what_is_said_later_is_read() {
        let Ok(mut log) = KernelLog::from_now() else { return };
        let mut said = Vec::new();
        log.read(|record| said.extend_from_slice(record)).unwrap();
        let mark = format!("host-linux test {}", std::process::id());
        let Ok(mut kernel) = File::options().write(true).open(LOG) else { return };
        // Without a newline the kernel keeps the record open for more.
        if kernel.write_all(format!("{mark}\n").as_bytes()).is_err() {
            return;
        }
        said.clear();
        log.read(|record| said.extend_from_slice(record)).unwrap();
        assert!(String::from_utf8_lossy(&said).contains(&mark));
        said.clear();
        log.read(|record| said.extend_from_slice(record)).unwrap();
        assert!(!String::from_utf8_lossy(&said).contains(&mark));
    }
}
