//! The kernel's log: what it complained about while the guest ran.
#![forbid(unsafe_code)]

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::OpenOptionsExt;

/// Words of messages after which nothing the kernel says can be relied on.
const BROKEN: [&str; 6] =
    ["BUG:", "WARNING:", "Oops", "general protection fault", "Call Trace:", "pagealloc: memory"];

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Counts up by one from message to message.
    pub number: u64,
    /// 0 to 7; 3 is an error.
    pub level: u8,
    /// Without its time.
    pub text: String,
}

impl Message {
    /// Whether the kernel says that it is broken.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        BROKEN.iter().any(|word| self.text.contains(word))
    }

    /// Reads "6,339,5140900,-;NET: Registered": priority, number, time, flags; then the text.
    fn parse(record: &str) -> Option<Self> {
        let (head, text) = record.split_once(';')?;
        let mut head = head.split(',');
        let priority: u32 = head.next()?.parse().ok()?;
        let number = head.next()?.parse().ok()?;
        let text = text.lines().next().unwrap_or_default().to_owned();
        Some(Self { number, level: u8::try_from(priority % 8).ok()?, text })
    }
}

/// All messages so far.
///
/// # Errors
///
/// The log cannot be opened or read.
pub fn messages() -> io::Result<Vec<Message>> {
    // A read that finds nothing more shall say so instead of waiting.
    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    let mut log = File::options().read(true).custom_flags(flags).open("/dev/kmsg")?;
    let mut record = vec![0; 8192];
    let mut messages = Vec::new();
    loop {
        match log.read(&mut record) {
            Ok(0) => break,
            Ok(length) => {
                messages.extend(Message::parse(&String::from_utf8_lossy(&record[..length])));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
            // Old messages were overwritten since we opened it; the next read goes on.
            Err(error) if error.raw_os_error() == Some(rustix::io::Errno::PIPE.raw_os_error()) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(messages)
}

/// The messages after number `since`.
///
/// # Errors
///
/// As [`messages`].
pub fn messages_since(since: Option<u64>) -> io::Result<Vec<Message>> {
    let newer = |message: &Message| since.is_none_or(|since| message.number > since);
    Ok(messages()?.into_iter().filter(newer).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    // Level and text of a record; lines with its device's properties are left out.
    #[test]
    fn record_has_level_and_text() {
        let record = "3,160,424069,-;pci_root PNP0A03:00: fault\n SUBSYSTEM=acpi\n";
        let message = Message::parse(record).unwrap();
        assert_eq!((message.number, message.level), (160, 3));
        assert_eq!(message.text, "pci_root PNP0A03:00: fault");
        assert!(!message.is_broken());
        assert!(Message::parse("no record").is_none());
    }

    // A facility above the kernel's own does not change the level; a warning is seen as such.
    #[test]
    fn warning_is_broken_at_any_level() {
        let message = Message::parse("12,1,1,-;WARNING: CPU: 0 PID: 1 at x").unwrap();
        assert_eq!(message.level, 4);
        assert!(message.is_broken());
    }
}
